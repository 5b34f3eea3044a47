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
    ROAD_PRIMARY, ROAD_TRUNK, ROAD_TRACK, ROAD_CYCLEWAY, ROAD_PLATFORM, ROAD_MOTORWAY,
    ROAD_KIND_COUNT
};

struct road_kind_info {
    const char *key;             /* "footway": in tiles and on the command line */
    const char *zh, *en;         /* what an unnamed one is called in directions */
    int         tile_zoom;       /* from this zoom level on it is drawn */
    int         car_cm_s;        /* by car, halts at lights included; 0: not for cars */
    int         cycle_cm_s;      /* by e-bike, or pushing it; 0: not at all */
};
extern const struct road_kind_info road_kinds[ROAD_KIND_COUNT];

enum road_flag {
    ROAD_PRIVATE       = 1,      /* for residents and those who visit them: no way through */
    ROAD_NO_WHEELCHAIR = 2,
    ROAD_BRIDGE        = 4,
    ROAD_TUNNEL        = 8,
    ROAD_ONLY_FORWARD  = 16,     /* on foot: escalators and the like, as the street's points run */
    ROAD_ONLY_BACKWARD = 32,
    ROAD_ISLAND        = 64,     /* set by the builder: cut off on foot ... */
    ROAD_ISLAND_WHEEL  = 128,    /* ... or in a wheelchair; homes join it for want of another */
    ROAD_RAMP          = 256,    /* stairs that have a ramp a wheelchair may take */
    ROAD_HANDRAIL      = 512,
    ROAD_NO_FOOT       = 1024,   /* a motorway: for wheels alone */
    ROAD_LIFT_A        = 2048,   /* set by the builder: its end is a lift, of which it has half */
    ROAD_LIFT_B        = 4096,
    ROAD_FLAG_END      = 8192
};

/* What bicycles and cars may do on a street; what its kind says stands where nothing is set. */
enum wheels_flag {
    WHEELS_NO_CYCLE      = 1,
    WHEELS_NO_CAR        = 2,
    CYCLE_ONLY_FORWARD   = 4,
    CYCLE_ONLY_BACKWARD  = 8,
    CAR_ONLY_FORWARD     = 16,
    CAR_ONLY_BACKWARD    = 32,
    CYCLE_RIDES          = 64,   /* where its kind would have one push */
    WHEELS_ISLAND_CYCLE  = 128,  /* set by the builder, as ROAD_ISLAND */
    WHEELS_ISLAND_CAR    = 256,
    WHEELS_FLAG_END      = 512
};

/* What stands in the way at a junction. */
enum junction_flag {
    JUNCTION_BLOCKED = 1,        /* a barrier nobody passes */
    JUNCTION_NO_WHEELCHAIR = 2,  /* a kerb, turnstile or stile */
    JUNCTION_BORDER = 4,         /* a public street touches it */
    JUNCTION_NO_CAR = 8,         /* a bollard, a gate for walkers */
    JUNCTION_LIFT = 16,          /* storeys are joined by a lift */
    JUNCTION_SIGNALS = 32,       /* given to the builder: walkers wait for a green light */
    JUNCTION_PRIVATE = 64,       /* given to the builder: a gate for residents and their visitors */
};

/* The first four are on foot (or in a wheelchair on the walkers' ways). */
enum profile {
    PROFILE_STANDARD, PROFILE_ELDER, PROFILE_FRAIL, PROFILE_WHEELCHAIR, PROFILE_EBIKE, PROFILE_CAR,
    PROFILE_COUNT, PROFILE_FEET = PROFILE_EBIKE, PROFILE_DEFAULT = PROFILE_ELDER
};
enum vehicle { ON_FOOT, BY_CYCLE, BY_CAR, VEHICLES };
enum { TIME_FORBIDDEN = -1, SLOPE_FLAT = 64 };

struct profile_info {
    const char  *key, *zh, *en;  /* "elder", 老年人步速 */
    enum vehicle vehicle;
    int          speed_cm_s;     /* on the flat; on wheels that of an ordinary street */
    int          access_cm_s;    /* on the leg between a home and the street */
    int          step_ms;        /* for one step of a stair, up and down taken together */
    int          elevator_ms;    /* waiting and riding, for each lift */
    int          signal_ms;      /* waiting at a crossing with lights, on average */
    int          slope_percent;  /* how much of Tobler's slowing a slope has for it */
    bool         steps;          /* false: no stairs, and on foot nothing marked wheelchair=no */
    unsigned     stops;          /* enum junction_flag: where it does not pass */
};
extern const struct profile_info profiles[PROFILE_COUNT];

bool profile_find(struct sv key, enum profile *ret_profile);

/* What of a street decides how long one takes for it. */
struct profile_street {
    enum road_kind kind;
    unsigned       flags, wheels;    /* enum road_flag, enum wheels_flag */
    uint32_t       length_cm;
    unsigned       steps;
    unsigned       wait;             /* per cent of the waiting at a crossing with lights */
    unsigned       slope;            /* time against the flat in 64ths, this way; 0: flat */
};

bool profile_allows(enum profile profile, const struct profile_street *s);

/* Whether it is closed that way (`back`: against the street's points) though open the other. */
bool profile_closed(enum profile profile, unsigned flags, unsigned wheels, bool back);

/*
 * Milliseconds for the whole street one way: TIME_FORBIDDEN when the profile may not use it.
 * Stairs take steps * step_ms, but never less than their length on the flat.
 */
int64_t profile_ms(enum profile profile, const struct profile_street *s);

/* Time against the flat, in 64ths, of a slope (rise over run): Tobler's hiking function. */
unsigned slope_factor(double slope);

/* No street is quicker on the flat. */
int profile_top_cm_s(enum profile profile);

/* Milliseconds for an off-network leg of `length_cm`. */
uint32_t profile_access_ms(enum profile profile, uint32_t length_cm);

/* Changes whenever a figure above changes that times depend on. */
uint64_t profile_fingerprint(void);

#endif
