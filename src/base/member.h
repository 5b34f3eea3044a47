/*
 * member.h - the types a member of a record may have, where a plain C type would not say enough.
 */
#ifndef BASE_MEMBER_H
#define BASE_MEMBER_H

#include "base/ctx.h"

struct money   { int64_t fen; };
struct opt_int { bool known; int64_t n; };
struct degrees { int64_t e7; };               /* WGS-84, 1e-7 degrees */
struct set     { uint64_t bits; };            /* of a choice table's rows, at most 63 */
struct text    { struct sv json; };           /* a JSON value as text, checked on the way in */

/* A list of records inside a record: answers only, never a column. */
struct list { const void *at; size_t n; };

/* One row of a choice: key in store, JSON and API; labels for people. Ends with { 0 }. */
struct choice { const char *key, *zh, *en; };

size_t choices_n(const struct choice *choices);
bool   choice_of(const struct choice *choices, struct sv key, int *ret_index);     /* key */
bool   choice_meant(const struct choice *choices, struct sv word, int *ret_index); /* or label */

#endif
