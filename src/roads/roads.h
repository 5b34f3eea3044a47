/*
 * roads.h - the streets of a city, read from one mapped file that never changes.
 *
 * A junction is where streets meet, an edge the street between two junctions (with its shape,
 * name, kind and number of steps), an arc one direction of an edge for one profile. What is not
 * on the streets (a home, a place) joins them by an anchor: the nearest point of an edge, and the
 * off-network leg that leads there. struct roads is immutable: any number of threads read it.
 *
 *   import/import.h   OpenStreetMap files in, a road file out
 *   import/builder.h  the same from streets made up by a program
 *   roads.h           open, snap
 *   reach.h           walking times from one point within a limit
 *   near.h            the nearest of many places, in order
 *   circle.h          what can be reached, as polygon and as lines
 *   route.h           the way from here to there, in words
 *   batch/net.h       the streets made ready for questions of a whole city ...
 *   batch/near_all.h  the nearest places of every point, kept while places open and close
 *   batch/reach_all.h how much is within a limit of every point
 *   batch/relation.h  who is within a limit of whom
 *   hierarchy/matrix.h  tables of costs across the city, without a limit
 *   roads_tile.h      the street net as vector tiles
 *   mend/mend.h       what people add to the map, laid over a road file
 */
#ifndef ROADS_ROADS_H
#define ROADS_ROADS_H

#include "base/ctx.h"
#include "geo/point.h"
#include "roads/profile.h"

/* Times are milliseconds; this one says that there is no way, or none within the limit. */
#define NOT_REACHED UINT32_MAX

enum { ACCESS_M_DEFAULT = 300, ACCESS_M_MAX = 5000, NO_EDGE = -1 };

/* One street between two junctions, as it stands in the file. */
struct edge {
    uint32_t a, b;               /* junctions, a <= b */
    uint32_t first_shape;        /* inner points: from here to the next edge's first_shape */
    uint32_t length_cm;
    uint32_t name;               /* 0: none */
    uint32_t zone;               /* of private land that hangs together; 0: public */
    uint16_t steps;
    uint16_t flags;              /* enum road_flag */
    uint8_t  kind;               /* enum road_kind */
    uint8_t  wait;               /* per cent of the waiting at a crossing with lights */
    uint8_t  slope[2];           /* from a to b and back: time in 64ths of the flat; 0: not known */
};

/* Eight bytes each, for one profile, grouped by the junction they leave. */
struct arc {
    uint32_t head;               /* the junction it leads to; ARC_EXIT may be set */
    uint32_t ms;                 /* NOT_REACHED: not for this profile */
};

/* Leaves private land for a public street: open only to whom set out from that land. */
#define ARC_EXIT 0x80000000u

struct roads {
    uint32_t junctions, edges, arcs, names, shapes, boxes;
    struct point_box box;
    uint64_t total_m, checksum, size;
    const struct point *at;              /* of each junction */
    const uint8_t *junction_flags;
    const uint32_t *first_arc;           /* junctions + 1 */
    const struct arc *arc[PROFILE_COUNT];
    const uint32_t *arc_edge;            /* edge * 2, + 1 when it runs from b to a */
    const struct edge *edge;             /* edges + 1; the last only ends the shapes */
    const uint16_t *wheels;              /* enum wheels_flag of each edge */
    const struct point *shape;
    const uint32_t *name_at;             /* names + 1 */
    const char *name_text;
    const struct point_box *tree;        /* boxes over the edges, see snap.c */
    void *map;                           /* of a file; else the image is in a block of its own */
    void *block;
};

/*
 * Maps a road file and checks it whole: checksum, every number, every order. A file that is cut,
 * corrupt, of another version or made with other profiles fails ERR_INVALID ("roads.file", {0}
 * the file, {1} why). A road file is replaced by renaming, never written in place.
 */
MUST enum err roads_open(struct ctx *c, const char *path, struct roads *ret_roads);

/* Accepts a zeroed struct. */
void roads_close(struct roads *r);

/* What this folder says to people, ended by a zeroed row. */
extern const struct message road_messages[];

struct sv edge_name(const struct roads *r, uint32_t edge);                /* "" when it has none */

/* The edge's points from a to b: *ret_n of them, at least two. */
struct point *edge_points(struct arena *mem, const struct roads *r, uint32_t edge, size_t *ret_n);

/*
 * Milliseconds for the whole edge from a to b, or back: TIME_FORBIDDEN when the profile may not use
 * it at all, or not that way.
 */
int64_t edge_ms(const struct roads *r, enum profile profile, uint32_t edge, bool back);

/* Whether the profile may use the edge, in one direction at least. */
bool edge_allows(const struct roads *r, enum profile profile, uint32_t edge);

/* Whether the profile's net is cut off from the others there: homes join it for want of another. */
bool edge_island(const struct roads *r, enum profile profile, uint32_t edge);

/* Where something that is not on the streets joins them. */
struct anchor {
    int64_t      edge;           /* NO_EDGE: no street within the limit */
    uint32_t     along_cm;       /* from a */
    uint32_t     access_cm;      /* straight from the home to the street */
    struct point home, at;       /* the thing itself; its point on the street */
};

/* False, and an anchor of NO_EDGE, when nothing that the profile may use lies within max_m. */
bool roads_snap(const struct roads *r, enum profile profile, struct point home, double max_m,
                struct anchor *ret_anchor);

/* The same, sooner when an edge that lies near is known: that of a neighbour. */
bool roads_snap_near(const struct roads *r, enum profile profile, struct point home, double max_m,
                     int64_t hint, struct anchor *ret_anchor);

/*
 * For many homes that lie close together: what may be nearest to one of them is found once. The
 * answers are those of roads_snap_near(), which is asked where nothing lies within SNAP_AROUND_M.
 */
enum { SNAP_AROUND_M = 60, SNAP_AROUND_MAX = 64 };
struct snap_around { uint32_t box[SNAP_AROUND_MAX], n; bool full; };   /* boxes of edges */
void roads_around(const struct roads *r, const struct point_box *homes,
                  struct snap_around *ret_around);
bool roads_snap_around(const struct roads *r, enum profile profile, struct point home,
                       double max_m, int64_t hint, const struct snap_around *around,
                       struct anchor *ret_anchor);

/* All of that for points in an order in which neighbours stand together. Answers: roads_snap(). */
void roads_snap_run(const struct roads *r, enum profile profile, const struct point *at, uint32_t n,
                    double max_m, struct anchor *ret_anchor);

/* The nearest street of all, cut off from the others or not: what a street is joined to. */
bool roads_snap_any(const struct roads *r, struct point end, double max_m,
                    struct anchor *ret_anchor);

#endif
