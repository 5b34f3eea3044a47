/*
 * household.h - who lives together behind one door (住户).
 *
 * A household is a door (compound, building, entrance, room as an elder's) and dated members. What
 * it is (独居, 纯老户, 与家人同住) is counted from its members of today and the number of people in
 * it who are not in the register; nobody types it, and it is unknown while that number is not said.
 * A job proposes one where the register has two living elders behind one door, or the same number
 * of a household booklet (户号) in one community; a person confirms or drops it, and what was
 * dropped is not proposed again. An elder is in one household at a time. One who moves or dies
 * leaves hers that day; the last one to leave ends it.
 *
 * Flags of an elder (独居, 空巢) that her household contradicts, and a home that is no longer at
 * its door, are a work list (checks.c): nothing is changed by itself.
 */
#ifndef CARE_HOUSEHOLD_H
#define CARE_HOUSEHOLD_H

#include "care/elder/elder.h"
#include "http/http.h"

enum household_state {
    HOUSEHOLD_CONFIRMED, HOUSEHOLD_PROPOSED, HOUSEHOLD_ENDED, HOUSEHOLD_DROPPED
};
extern const struct choice household_states[];

enum household_kind {
    HOUSEHOLD_UNKNOWN,       /* how many others live there was not said */
    HOUSEHOLD_ALONE,         /* one elder, nobody else */
    HOUSEHOLD_ELDERS,        /* two and more elders, nobody else */
    HOUSEHOLD_FAMILY         /* with others */
};
extern const struct choice household_kinds[];

struct household_id { int64_t n; };

struct household {
    struct household_id id;
    struct row          row;               /* scope: of the division */
    struct sv           code;              /* 户号 as the list said it; MASKED; "" none */
    struct sv           door;              /* compound, building, entrance in words: the title */
    struct division_id  division;
    struct compound_id  compound;
    struct building_id  home_building;
    struct entrance_id  home_entrance;
    struct sv           room;              /* MASKED */
    struct sv           address;           /* MASKED */
    struct elder_id     head;              /* the member who is 户主; 0: none of them */
    struct sv           head_name;         /* 户主 who is not in the register */
    struct sv           phone;             /* SEALED */
    struct opt_int      others;            /* people not in the register; unknown: not said */
    int64_t             members_n;         /* of today */
    int                 kind;
    int                 state;
    struct day          formed_on, ended_on;
    struct sv           why;               /* why proposed, dropped, split, ended */
    struct sv           note;
};
extern const struct field  household_fields[];
extern const struct entity household_entity;

enum member_state { MEMBER_CONFIRMED, MEMBER_PROPOSED, MEMBER_REJECTED };
extern const struct choice member_states[];
enum member_role { MEMBER_OTHER, MEMBER_HEAD, MEMBER_SPOUSE };
extern const struct choice member_roles[];
/* What her household says against her record. */
enum member_check { CHECK_NOTHING, CHECK_ALONE_NOT, CHECK_ALONE_MISSING, CHECK_NEST_NOT,
                    CHECK_DOOR };
extern const struct choice member_checks[];

struct household_member_id { int64_t n; };

struct household_member {
    struct household_member_id id;
    struct row                 row;        /* scope: of the household */
    struct household_id        household;
    struct elder_id            elder;
    int                        role;       /* to the head */
    struct day                 valid_from, valid_to;   /* both count; valid_to unknown: still */
    int                        state;
    struct sv                  source;
    int                        settled;    /* the check that a person found to be in order */
    struct sv                  settled_why;
    struct sv                  note;
};
extern const struct field  household_member_fields[];
extern const struct entity household_member_entity;
extern const struct module household_module;

/* What it is by its members and others. */
int household_kind_of(const struct household *h);
/* Members, head and kind as of today, into `h`; for rules of the household. */
MUST enum err household_recount(struct ctx *c, struct household *h);
/* The same for a stored one; ends it when its last member has left. */
MUST enum err household_count(struct ctx *c, struct household_id id);

/* Ends a membership on its last day; one that would end before it began is void. */
MUST enum err member_end(struct ctx *c, struct household_member *m, struct day last,
                         const char *action, bool by_rule);

/* Called by the elder's own follow: who moves or dies leaves her household. */
MUST enum err household_follow(struct ctx *c, const struct elder *was, const struct elder *now,
                               const char *action);

/* The job "household_propose": doors and booklet numbers that two elders share. */
MUST enum err household_propose(struct ctx *c, const struct job *j);

extern const struct endpoint household_endpoints[];    /* page.c; ends with { 0 } */
enum err household_checks_get(struct ctx *c, const struct request *q, struct answer *a);
extern const struct field household_checks_asked[], household_checks_gives[];
struct checks_asked { int what; struct opt_int after, size; };

#endif
