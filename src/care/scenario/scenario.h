/*
 * scenario.h - what if (推演): places opened, closed, moved or enlarged on paper, kept with the rule
 * by which it is judged, to be shown to others and compared.
 *
 * A scenario is about one kind of place in one division; whoever may read figures there may read,
 * try and change it. It holds changes and never a result: that is worked out when it is asked for
 * (care/atlas), over homes and places as they are then. `changes` is a JSON array of at most
 * SCENARIO_CHANGES_MAX objects:
 *
 *     { "act": "open", "lat": 30.2251, "lon": 120.1, "supply": 40, "name": "槐安新站" }
 *     { "act": "close", "place": "382912366590824451" }
 *     { "act": "move", "place": "…", "lat": …, "lon": … }           supply too when it changes
 *     { "act": "enlarge", "place": "…", "supply": 60 }
 *
 * supply: beds, else people at once, 0 unknown. A plan made by a program is one too (`origin`).
 */
#ifndef CARE_SCENARIO_H
#define CARE_SCENARIO_H

#include "care/atlas/atlas.h"
#include "care/division/division.h"
#include "model/entity.h"
#include "model/who/account.h"

enum { SCENARIO_CHANGES_MAX = 200, SCENARIO_BYTES_MAX = 60000, SCENARIO_SUPPLY_MAX = 5000 };

enum scenario_origin { SCENARIO_BY_HAND, SCENARIO_BY_SITING };
extern const struct choice scenario_origins[], scenario_measures[];

struct scenario_id { int64_t n; };

struct scenario {
    struct scenario_id id;
    struct row         row;              /* scope: of the division */
    struct sv          name;
    struct division_id division;
    int                kind;             /* enum place_kind */
    int                profile;          /* row of walk_paces */
    int64_t            minutes, metres;
    int                measure;          /* row of scenario_measures: enum fca_measure */
    struct text        changes;
    int                origin;
    struct sv          note;
    struct account_id  made_by;
};

extern const struct field  scenario_fields[];
extern const struct entity scenario_entity;
extern const struct module scenario_module;

/*
 * Reads `changes`. ERR_INVALID, field "changes", where it is no such array: "scenario.changes",
 * or "scenario.many" beyond SCENARIO_CHANGES_MAX.
 */
struct scenario_changes { struct atlas_change *at; size_t n; };
MUST enum err scenario_changes_read(struct ctx *c, struct sv json,
                                    struct scenario_changes *ret_changes);

#endif
