/* words.h - names for an invented city: none is a real person's, street's or estate's on purpose.
 */
#ifndef APP_DEMO_MAKE_WORDS_H
#define APP_DEMO_MAKE_WORDS_H

#include "app/demo/city/town.h"

struct sv word_sub_district(struct arena *mem, enum character kind, int quarter);
struct sv word_community(struct arena *mem, enum character kind, int quarter, int nth);
struct sv word_estate(struct arena *mem, enum character kind, int nth);
struct sv word_alias(struct arena *mem, enum character kind, int nth);        /* may be "" */
struct sv word_street(struct arena *mem, int family, int nth);
struct sv word_address(struct arena *mem, int family, int nth, int door);     /* 柳荫一街 21 号 */

/* 杏花大药房, 杏花大药房（2店）: BUSINESS_NAMES different ones, then branches. */
enum { BUSINESS_NAMES = 48 };
struct sv word_business(struct arena *mem, int quarter, int nth, int branch, const char *suffix);

/* A person's name: surnames as common as they are, given names by gender and age. */
struct sv word_person(struct arena *mem, struct dice *d, bool female, int birth_year);

/* 一 二 三 … of 1..99 */
struct sv word_number(struct arena *mem, int n);

#endif
