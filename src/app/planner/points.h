/*
 * points.h - tables of points as planners have them: homes and places, from CSV.
 *
 * The first line names the columns, in any order, any case: id, lat, lon, and as they are there
 * elders (of a home, 1), kind and capacity (of a place), community, street, district; cost and
 * state (of a place that may be built). Other columns are passed over. UTF-8, with or without a
 * mark; one row a line; cells may be quoted. The file is mapped and its lines are shared out to
 * several threads.
 */
#ifndef APP_PLANNER_POINTS_H
#define APP_PLANNER_POINTS_H

#include "base/ctx.h"
#include "geo/datum.h"

enum { POINTS_KINDS_MAX = 32, POINTS_LEVELS = 3, POINTS_ROWS_MAX = 50000000 };

/* From the smallest; the keys of columns. */
extern const char *const points_levels[POINTS_LEVELS];      /* community street district */

enum points_state { POINTS_FREE, POINTS_EXISTING, POINTS_FORCED, POINTS_FORBIDDEN,
                    POINTS_STATES };
extern const char *const points_states[POINTS_STATES];      /* free existing forced forbidden */

/* An area by the cells of its row, from its own level upwards; "" below. */
struct area { struct sv name[POINTS_LEVELS]; };

struct points {
    const char   *path;
    uint32_t      n;
    struct sv    *id;                        /* borrowed from the file */
    struct point *at;                        /* WGS 84 */
    uint32_t     *elders;                    /* of each row, 1 when there is no column */
    double       *capacity;                  /* NULL without the column; 0 in an empty cell */
    uint8_t      *kind;
    int64_t      *cost;                      /* in hundredths; NULL without the column */
    uint8_t      *state;                     /* enum points_state; NULL without the column */
    struct sv     kinds[POINTS_KINDS_MAX];    /* in order of their first row */
    uint32_t      kinds_n;
    uint32_t     *area_of[POINTS_LEVELS];     /* of each row; NULL without the column */
    struct area  *area[POINTS_LEVELS];
    uint32_t      areas[POINTS_LEVELS];
    bool          has_capacity;
    void         *map;
    size_t        map_size;
};

/* What one needs of the columns beside id, lat and lon. */
enum points_need { POINTS_ALONE, POINTS_HOMES, POINTS_PLACES };

/*
 * Reads a table on so many threads. What is wrong fails ERR_INVALID and stands in the log line:
 * "homes.csv: line 7, column lat: it is no latitude". Arrays in c->mem; the text stays mapped.
 */
MUST enum err points_read(struct ctx *c, const char *path, enum points_need need, enum datum datum,
                         int threads, struct points *ret_points);

void points_close(struct points *t);           /* accepts a zeroed one */

/* Only the rows of one kind; false when there is none such. */
bool points_keep_kind(struct points *t, struct sv kind);

#endif
