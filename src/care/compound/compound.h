/*
 * compound.h - residential compounds (小区) and their gates: the homes that people name.
 *
 * A walk begins at the nearest gate that is open to residents; a compound without gates begins at
 * its point. A gate may be closed at night; one that is walled up is ended and counts no more,
 * also when it was the last one, until somebody opens it again.
 */
#ifndef CARE_COMPOUND_H
#define CARE_COMPOUND_H

#include "care/division/division.h"

struct compound_id { int64_t n; };

struct compound {
    struct compound_id id;
    struct row         row;
    struct sv          name;
    struct sv          aliases;          /* other names, parted by commas */
    struct division_id division;         /* found by the point when not given */
    struct sv          address;
    struct degrees     lat, lon;         /* WGS-84 */
    int64_t            households;
};

struct gate_id { int64_t n; };

struct gate {
    struct gate_id     id;
    struct row         row;
    struct compound_id compound;
    struct sv          name;             /* 东门 */
    struct degrees     lat, lon;
    bool               night_closed;
    int64_t            open_min, close_min;       /* of the day, when night_closed */
    int                state;            /* enum gate_state */
};

enum gate_state { GATE_OPEN, GATE_ENDED };
extern const struct choice gate_states[];

extern const struct field  compound_fields[], gate_fields[];
extern const struct entity compound_entity, gate_entity;
extern const struct module compound_module;

/* True when one can walk through at this minute of the day. */
bool gate_open(const struct gate *g, int minute);

#endif
