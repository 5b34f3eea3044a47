/*
 * street.h - what people know of their streets and the map does not (路网修补).
 *
 * One edit is one line: a path, a footbridge, stairs, a way from a compound's gate, or a street
 * that is closed. Somebody draws it, another publishes it (care/review); the job "roads.build"
 * then lays all published ones over the imported map and puts the streets into service, and does
 * so again after every import, so an edit outlives the map it was drawn on. One that no longer
 * meets a street is left out of the net, stays published and shows in `fit`: a list of work.
 *
 * Only published edits that are valid today count. night_closed is told to people, ways are
 * counted with the hours of opening.
 */
#ifndef CARE_STREET_H
#define CARE_STREET_H

#include "care/division/division.h"
#include "care/review/review.h"
#include "http/http.h"
#include "roads/mend/mend.h"

enum street_kind {
    STREET_PATH, STREET_FOOTBRIDGE, STREET_STEPS, STREET_CROSSING, STREET_GATE_LINK, STREET_CLOSED
};

struct street_edit_id { int64_t n; };

struct street_edit {
    struct street_edit_id id;
    struct row            row;
    struct sv             name;
    int                   kind;
    struct text           line;          /* GeoJSON LineString, WGS-84 */
    struct division_id    division;      /* where its middle lies */
    int64_t               steps;         /* of stairs; of both ends of a bridge */
    bool                  wheelchair;
    bool                  night_closed;
    int64_t               open_min, close_min;
    struct day            valid_from, valid_to;
    struct sv             reason, source;
    int                   state;         /* enum review_state */
    int                   fit;           /* street_fits: row 0 not looked at, else mend_fit + 1 */
    int64_t               length_m;
    struct degrees        lat, lon;      /* its middle */
    struct account_id     submitted_by;
};

extern const struct choice street_kinds[], street_fits[];
extern const struct field  street_edit_fields[];
extern const struct entity street_edit_entity;
extern const struct module street_module;

#define JOB_ROADS_BUILD "roads.build"
enum { STREET_LINE_M_MAX = 5000 };

/*
 * The points of a GeoJSON LineString, in c->mem. NULL when good, else the key of what is wrong: no
 * line, fewer than 2 or more than MEND_POINTS_MAX points, longer than STREET_LINE_M_MAX.
 */
const char *street_line(struct ctx *c, struct sv geojson, struct point **ret_points, size_t *ret_n);

/* The edit as roads understand it; its line must be good. */
struct mend street_mend(struct ctx *c, const struct street_edit *e);

/* The published edits that are valid on a day, by id, with their mends; in c->mem. */
MUST enum err street_published(struct ctx *c, struct day day, struct street_edit **ret_edits,
                               struct mend **ret_mends, size_t *ret_n);

/*
 * What an edit would do to the streets: whether its ends meet one, or another edit that is drawn
 * (fit), and with a box the streets in it with the edit.
 */
struct street_try {
    enum mend_fit fit;
    struct anchor end[2];                /* NO_EDGE: nothing within MEND_JOIN_M */
    struct roads  with;                  /* roads_close() it; empty unless asked and fitting */
};
MUST enum err street_try(struct ctx *c, const struct roads *streets, const struct street_edit *e,
                         const struct point_box *box, struct street_try *ret_try);

/* walk.c: POST /api/street_edit/walk. */
extern const struct endpoint street_endpoints[];

#endif
