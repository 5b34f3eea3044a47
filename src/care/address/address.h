/*
 * address.h - addresses as people write them, matched to what is known: 柳阴里12栋3门502.
 *
 * Pure functions over an index in memory: divisions, compounds, buildings, entrances, street
 * names and learnt aliases. An answer says how far the text leads (its level), to which rows, at
 * what point, how sure it is and why. It never guesses silently: below ADDRESS_SCORE_MIN, or where
 * two fit alike, nothing is matched and the candidates are named. README.md tells the rules.
 */
#ifndef CARE_ADDRESS_H
#define CARE_ADDRESS_H

#include "base/field.h"
#include "base/text.h"
#include "geo/point.h"

/* How far a home is known. */
enum address_level {
    ADDRESS_NONE,        /* not even the community */
    ADDRESS_COMMUNITY,   /* the middle of a community or village */
    ADDRESS_COMPOUND,
    ADDRESS_BUILDING,    /* which entrance may be known too, but not the door */
    ADDRESS_DOOR,        /* building, entrance where it has several, and room */
};
extern const struct choice address_levels[];

enum { ADDRESS_SCORE_MIN = 75, ADDRESS_CANDIDATES = 5, ADDRESS_TOKENS_MAX = 96 };

/* Why the score is not 100, and why a door is not told: bits. */
enum address_why {
    ADDRESS_ALIAS       = 1 << 0,  /* by another name of the compound */
    ADDRESS_LEARNT      = 1 << 1,  /* by an alias that staff taught */
    ADDRESS_SOUNDS      = 1 << 2,  /* by sound: 柳阴里 for 柳荫里 */
    ADDRESS_STREET      = 1 << 3,  /* by street and number */
    ADDRESS_GROUP       = 1 << 4,  /* by village and group */
    ADDRESS_DIVIDED     = 1 << 5,  /* one of several of that name, chosen by the division */
    ADDRESS_CONTRADICTS = 1 << 6,  /* the text names a division it does not lie in */
    ADDRESS_ELSEWHERE   = 1 << 7,  /* it does not lie in the row's division */
    ADDRESS_UNKNOWN     = 1 << 8,  /* words beside the name that nothing explains */
    ADDRESS_REST        = 1 << 9,  /* words behind the door that nothing explains */
    ADDRESS_SEVERAL     = 1 << 10, /* several fit alike */
    ADDRESS_NO_BUILDING = 1 << 11, /* the compound has no such building */
    ADDRESS_NO_ENTRANCE = 1 << 12, /* the building has no such entrance */
    ADDRESS_UNCLEAR     = 1 << 13, /* its numbers can be read in two ways */
    ADDRESS_FAR_STREET  = 1 << 14, /* unknown division or street words before the name */
};
extern const struct choice address_whys[];         /* index is the bit's number */

struct address_found {
    int       level;
    int64_t   division, compound, building, entrance;      /* ids; 0: not known */
    int64_t   scope;                                       /* of the compound or community */
    struct sv building_text, entrance_text, room;          /* as a register writes them */
    struct point at;                                       /* of the level */
    int       score;                                       /* 0..100 */
    unsigned  why;                                         /* enum address_why */
};

struct address_match {
    struct address_found best;               /* level ADDRESS_NONE: unmatched */
    struct address_found other[ADDRESS_CANDIDATES];      /* when not matched: best first */
    size_t               others;
    struct sv            unknown;            /* the words that could be learnt as an alias */
};

struct address_index;

/*
 * Matches a text. `scope` is the row's own division (0: not known): it chooses among compounds of
 * one name, and a compound outside it is never matched. Texts are borrowed from `mem` and `text`.
 */
void address_match(struct arena *mem, const struct address_index *ix, struct sv text,
                   int64_t scope, struct address_match *ret_match);

/*
 * What lies behind a known compound (0: a known building): "12号楼3单元502". For a person who was
 * put there by hand. False when the text says nothing of a door.
 */
bool address_door(struct arena *mem, const struct address_index *ix, int64_t compound,
                  int64_t building, struct sv text, struct address_found *ret_found);

/* The form under which a text is compared: widths, numerals, brackets and blanks evened out. */
struct sv address_form(struct arena *mem, struct sv text);

/* --- the index; immutable once finished --- */

struct address_index *address_index_new(void);
void address_index_end(void *index);         /* frees it; accepts NULL */

struct address_division { int64_t id, scope; int level; struct sv name; struct point at; };
struct address_compound {
    int64_t id, scope, division;
    struct sv name, aliases, address;        /* aliases parted by commas */
    struct point at;
};
struct address_building { int64_t id, compound; struct sv name, aliases; struct point at; };
struct address_entrance { int64_t id, building; struct sv name; struct point at; };

/* In this order: divisions, compounds, buildings, entrances; the others at any time. */
void address_add_division(struct address_index *ix, const struct address_division *d);
void address_add_compound(struct address_index *ix, const struct address_compound *k);
void address_add_building(struct address_index *ix, const struct address_building *b);
void address_add_entrance(struct address_index *ix, const struct address_entrance *e);
void address_add_street(struct address_index *ix, struct sv name);
/* `building` 0: the alias means the whole compound. */
void address_add_learnt(struct address_index *ix, struct sv text, int64_t compound,
                        int64_t building);
void address_index_finish(struct address_index *ix);

#endif
