/*
 * fact.h - what holds of an elder and for how long, and what happened to her.
 *
 * An elder_fact (dated) says one thing (how she resides, her ability grade, one of her flags)
 * from a day to a day, where it comes from and when it was known here. Facts of one thing never
 * overlap: a new one ends the one before it, one learnt late ends where the next begins. The
 * columns of the elder are what holds today: a fact changes them in its own transaction, and a
 * change of them in the form makes the facts, the value before it among them. A nightly job turns
 * those whose day has come.
 *
 * An elder_event is a point in time: died, into and out of hospital, away and back. A death ends
 * what is running (agreements) and sets died_on; revoked, it takes that back.
 */
#ifndef CARE_FACT_H
#define CARE_FACT_H

#include "care/elder/elder.h"

enum fact_kind { FACT_RESIDENCE, FACT_GRADE, FACT_FLAG };
extern const struct choice fact_kinds[];
/* What a fact of a kind may say. */
const struct choice *fact_values(int kind);

struct elder_fact_id { int64_t n; };

struct elder_fact {
    struct elder_fact_id id;
    struct row           row;          /* scope: of the elder */
    struct elder_id      elder;
    int                  kind;
    struct sv            value;        /* key of the kind's choices; of a flag which one */
    struct day           valid_from, valid_to;     /* both count; valid_to unknown: still */
    struct moment        recorded_at;
    struct day           known_on;     /* when it was known here; today unless said */
    struct sv            source;
    struct sv            note;
};

extern const struct field  elder_fact_fields[];
extern const struct entity elder_fact_entity;

enum elder_event_kind {
    EVENT_DIED, EVENT_HOSPITAL, EVENT_DISCHARGED, EVENT_AWAY, EVENT_BACK, EVENT_OTHER
};
extern const struct choice elder_event_kinds[];

enum elder_event_state { EVENT_NOTED, EVENT_REVOKED };
extern const struct choice elder_event_states[];

struct elder_event_id { int64_t n; };

struct elder_event {
    struct elder_event_id id;
    struct row            row;
    struct elder_id       elder;
    int                   kind;
    struct day            happened_on, known_on;
    struct sv             source, note;
    int                   state;
    struct account_id     noted_by;
};

extern const struct field  elder_event_fields[];
extern const struct entity elder_event_entity;
extern const struct module fact_module;

/* What follows a change of an elder's columns by form or import: the facts that say so. */
MUST enum err fact_follow(struct ctx *c, const struct elder *before, const struct elder *now,
                          const char *action);

#endif
