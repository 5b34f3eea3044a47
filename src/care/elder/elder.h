/*
 * elder.h - the register of older people (老年人), their homes and whom to call.
 *
 * The identity document is checked by its own rule: a citizen's number by GB 11643 (date, check
 * character; its address code is not compared with today's table, codes are historic; demo
 * numbers begin with 99). Birthday and gender come out of it when not given and must agree when
 * given. Under 60 a note says why she is in the register. The division follows from the compound
 * or the home point, which is SECRET: rules, lists and maps use the road junction next to it and
 * its 100 m cell. How a home follows from the address that was written is said in home.h.
 */
#ifndef CARE_ELDER_H
#define CARE_ELDER_H

#include "care/address/address.h"
#include "care/compound/building.h"
#include "care/review/review.h"
#include "geo/point.h"

enum elder_document {
    DOCUMENT_CITIZEN,            /* 居民身份证, GB 11643 */
    DOCUMENT_RESIDENT_PERMIT,    /* 港澳台居民居住证: 81/82/83 0000, the same check */
    DOCUMENT_FOREIGN_PERMANENT,  /* 外国人永久居留身份证: 15 old, 18 new beginning with 9 */
    DOCUMENT_PASSPORT,
};
extern const struct choice elder_documents[];

enum residence { RESIDENCE_REGISTERED, RESIDENCE_RESIDENT, RESIDENCE_FLOATING };
extern const struct choice residence_kinds[];

enum elder_flag {
    FLAG_LIVING_ALONE, FLAG_EMPTY_NEST, FLAG_LEFT_BEHIND, FLAG_DISABLED, FLAG_DESTITUTE,
    FLAG_MINIMUM_INCOME, FLAG_NEAR_MINIMUM, FLAG_SPECIAL_FAMILY, FLAG_VETERAN
};
extern const struct choice elder_flags[];

enum ability_grade {
    GRADE_UNKNOWN,
    GRADE_INTACT,
    GRADE_MILD,
    GRADE_MODERATE,
    GRADE_SEVERE,
    GRADE_TOTAL
};
extern const struct choice ability_grades[];

/* How the home was found. */
enum match_by {
    MATCH_BY_TEXT,               /* from the address */
    MATCH_BY_HAND,               /* somebody chose compound, building or point: it wins */
    MATCH_AGAIN,                 /* to be found again by the next write or the nightly job */
};
extern const struct choice match_ways[];

enum reach_known { REACH_UNKNOWN, REACH_KNOWN };       /* care/coverage */
extern const struct choice reach_choices[];

struct elder_id { int64_t n; };

struct elder {
    struct elder_id         id;
    struct row              row;
    struct sv               name;
    int                     document;
    struct sv               id_number;       /* SEALED, upper case */
    int                     gender;          /* 0 unknown, 1 male, 2 female */
    struct day              birth;
    int                     birthday_by;     /* enum birthday_by: how her birthday is kept */
    struct sv               phone;           /* SEALED, digits */
    int                     residence;
    struct set              flags;
    int                     grade;
    struct day              grade_on;
    struct sv               grade_source;
    struct division_id      division;
    struct compound_id      compound;
    struct sv               building, entrance, room, address;
    struct degrees          home_lat, home_lon;      /* SECRET; 0, 0: not known */
    struct opt_int          junction;                /* of the road file in use */
    struct opt_int          cell;                    /* elder_cell() */
    struct building_id      home_building;
    struct entrance_id      home_entrance;
    int                     match_level;             /* enum address_level */
    int                     match_by;
    int64_t                 match_score;             /* 0..100 */
    struct set              match_why;               /* enum address_why */
    int                     reach;                   /* care/coverage: enum reach_known */
    struct set              near_kinds, far_kinds;   /* of enum place_kind; none: unknown */
    struct account_id account;                 /* her own, when she signs in */
    struct day              moved_on;                /* to the address that stands here */
    struct day              died_on;
    struct sv               household_no;            /* 户口簿: as a list said it (care/household) */
    struct sv               household_head;
    struct sv               household_role;          /* to the head, in the list's words */
    struct sv               note;                    /* SECRET */
};

extern const struct field  elder_fields[];
extern const struct entity elder_entity;

enum relation { RELATION_CHILD, RELATION_SPOUSE, RELATION_SIBLING, RELATION_GRANDCHILD,
                RELATION_NEIGHBOUR, RELATION_OTHER };
extern const struct choice relation_kinds[];

struct contact_id { int64_t n; };

struct contact {
    struct contact_id id;
    struct row        row;
    struct elder_id   elder;
    struct sv         name;
    int               relation;
    struct sv         phone;         /* SEALED */
    bool              main, emergency;
    struct sv         note;
};

extern const struct field  contact_fields[];
extern const struct entity contact_entity;
extern const struct module elder_module;

/* --- documents: pure --- */

struct id_facts { struct day birth; int gender; };

/*
 * Checks a document number (already trimmed, upper case). NULL when good; *ret_facts then holds
 * what the number says (DAY_NONE and 0 when it says nothing). `today`: no birthday lies after it.
 */
const char *document_check(enum elder_document kind, struct sv number, struct day today,
                           struct id_facts *ret_facts);

/* The 18th character for 17 digits. */
char id_check_character(const char digits[17]);

/* Upper case, without blanks. */
struct sv document_normal(struct arena *mem, struct sv number);

/* Digits only, without +86; "" when it is no telephone number of 5 to 15 digits. */
struct sv phone_normal(struct arena *mem, struct sv number);

/* NULL when phone_normal() finds a number, else the message key: for field tables. */
const char *phone_check(struct sv number);

int64_t elder_cell(struct point at);   /* its 100 m cell: says no more than that */
struct point elder_cell_middle(int64_t cell);

/* Derives junction and cell from the home point (imports and demo call it before entity_bulk). */
void elder_place_home(struct ctx *c, struct elder *e);

#endif
