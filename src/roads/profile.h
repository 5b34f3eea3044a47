/*
 * profile.h - who walks, on what, and how long it takes.
 *
 * Both tables are data. A road file holds the times they give, so it names their fingerprint and
 * is refused, with the advice to import again, when they have changed since.
 */
#ifndef ROADS_PROFILE_H
#define ROADS_PROFILE_H

#include "base/text.h"

/* What a street is, from OpenStreetMap's highway=*; the order is kept in road files. */
enum road_kind {
    ROAD_FOOTWAY, ROAD_PATH, ROAD_PEDESTRIAN, ROAD_STEPS, ROAD_CROSSING, ROAD_ELEVATOR,
    ROAD_LIVING_STREET, ROAD_RESIDENTIAL, ROAD_SERVICE, ROAD_MINOR, ROAD_TERTIARY, ROAD_SECONDARY,
    ROAD_PRIMARY, ROAD_TRUNK, ROAD_TRACK, ROAD_CYCLEWAY, ROAD_PLATFORM, ROAD_KIND_COUNT
};

struct road_kind_info {
    const char *key;             /* "footway": in tiles and on the command line */
    const char *zh, *en;         /* what an unnamed one is called in directions */
    int         tile_zoom;       /* from this zoom level on it is drawn */
};
extern const struct road_kind_info road_kinds[ROAD_KIND_COUNT];

enum road_flag {
    ROAD_PRIVATE       = 1,      /* for residents and those who visit them: no way through */
    ROAD_NO_WHEELCHAIR = 2,
    ROAD_BRIDGE        = 4,
    ROAD_TUNNEL        = 8,
    ROAD_ONLY_FORWARD  = 16,     /* escalators and the like, as the street's points run */
    ROAD_ONLY_BACKWARD = 32,
    ROAD_ISLAND        = 64,     /* set by the builder: cut off on foot ... */
    ROAD_ISLAND_WHEEL  = 128,    /* ... or in a wheelchair; homes join it for want of another */
};

enum profile {
    PROFILE_STANDARD, PROFILE_ELDER, PROFILE_FRAIL, PROFILE_WHEELCHAIR, PROFILE_COUNT,
    PROFILE_DEFAULT = PROFILE_ELDER
};

enum { TIME_FORBIDDEN = -1 };

struct profile_info {
    const char *key, *zh, *en;   /* "elder", 老年人步速 */
    int         speed_cm_s;      /* on the flat, and on the leg between a home and the street */
    int         step_ms;         /* for one step of a stair, up and down taken together */
    int         elevator_ms;     /* waiting and riding, for each lift */
    bool        steps;           /* false: no stairs, and nothing marked wheelchair=no */
};
extern const struct profile_info profiles[PROFILE_COUNT];

bool profile_find(struct sv key, enum profile *ret_profile);

/*
 * Milliseconds for a whole street of `length_cm` and `steps` steps, both ways the same:
 * TIME_FORBIDDEN when the profile may not use it. Stairs take steps * step_ms, but never less
 * than their length on the flat.
 */
int64_t profile_ms(enum profile profile, enum road_kind kind, unsigned flags, uint32_t length_cm,
                   unsigned steps);

/* Milliseconds for an off-network leg of `length_cm`. */
uint32_t profile_access_ms(enum profile profile, uint32_t length_cm);

/* Changes whenever a figure above changes that times depend on. */
uint64_t profile_fingerprint(void);

#endif
