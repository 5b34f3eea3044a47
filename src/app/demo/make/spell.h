/*
 * spell.h - homes written as people write them: 柳阴里 12 栋 3 门 5-2（老供销社后面）.
 *
 * The same home comes out differently each time; what it says and how far is known, so that the
 * matcher can be tried on any number of them (spell_test.c, bench/address.c), and the demo city's
 * register has addresses as an office finds them in its sheets.
 */
#ifndef APP_DEMO_MAKE_SPELL_H
#define APP_DEMO_MAKE_SPELL_H

#include "app/demo/make/random.h"
#include "care/address/address.h"

/* A home as the register would write it. */
struct spelt_home {
    struct sv city, district, street, community, compound;
    struct sv alias, address;            /* another name, street and number; "" none */
    int building, entrance;              /* entrance 0: none */
    bool group;                          /* the building is a group of a village */
    int floor, door;                     /* in a village the house is `door` */
};

enum {
    SPELT_DIVISION = 1,                  /* must name the community: others are called the same */
    SPELT_WHOLE = 2,                     /* never leaves the room or the entrance out */
};

/* A spelling in mem. *ret_level is what can be known from it. */
struct sv spell_home(struct arena *mem, struct dice *dice, const struct spelt_home *h,
                     unsigned how, enum address_level *ret_level);

/* --- a made-up city to match in --- */

enum { SPELT_NAMES = 432, SPELT_BUILDINGS = 12, SPELT_ENTRANCES = 4 };

/* SPELT_NAMES compounds in each of `streets` streets, a third of them villages with groups. */
struct address_index *spelt_city(struct arena *mem, int streets);

struct spelt_key { int64_t compound, building, entrance, scope; };
struct spelt_home spelt_draw(struct arena *mem, struct dice *dice, int streets,
                             struct spelt_key *ret_key);

#endif
