/* tags.c - what OpenStreetMap's tags mean to somebody on foot, and to wheels. */

#include "roads/import/tags.h"

#define STEPS_MAX 5000

static const struct sv keys[TAG_COUNT] = {
    [TAG_HIGHWAY] = SV_INIT("highway"),       [TAG_FOOT] = SV_INIT("foot"),
    [TAG_ACCESS] = SV_INIT("access"),         [TAG_NAME] = SV_INIT("name"),
    [TAG_NAME_ZH] = SV_INIT("name:zh"),       [TAG_STEP_COUNT] = SV_INIT("step_count"),
    [TAG_WHEELCHAIR] = SV_INIT("wheelchair"), [TAG_BRIDGE] = SV_INIT("bridge"),
    [TAG_TUNNEL] = SV_INIT("tunnel"),         [TAG_CONVEYING] = SV_INIT("conveying"),
    [TAG_ONEWAY_FOOT] = SV_INIT("oneway:foot"), [TAG_FOOTWAY] = SV_INIT("footway"),
    [TAG_RAILWAY] = SV_INIT("railway"),       [TAG_PUBLIC_TRANSPORT] = SV_INIT("public_transport"),
    [TAG_MAN_MADE] = SV_INIT("man_made"),     [TAG_MOTORROAD] = SV_INIT("motorroad"),
    [TAG_BARRIER] = SV_INIT("barrier"),       [TAG_KERB] = SV_INIT("kerb"),
    [TAG_RAMP_WHEELCHAIR] = SV_INIT("ramp:wheelchair"), [TAG_RAMP] = SV_INIT("ramp"),
    [TAG_HANDRAIL] = SV_INIT("handrail"),     [TAG_CROSSING] = SV_INIT("crossing"),
    [TAG_CROSSING_SIGNALS] = SV_INIT("crossing:signals"), [TAG_ONEWAY] = SV_INIT("oneway"),
    [TAG_ONEWAY_BICYCLE] = SV_INIT("oneway:bicycle"), [TAG_CYCLEWAY] = SV_INIT("cycleway"),
    [TAG_JUNCTION] = SV_INIT("junction"),     [TAG_BICYCLE] = SV_INIT("bicycle"),
    [TAG_MOTOR_VEHICLE] = SV_INIT("motor_vehicle"), [TAG_VEHICLE] = SV_INIT("vehicle"),
};

enum osm_tag tag_of(struct sv key)
{
    for (int tag = 1; tag < TAG_COUNT; tag++)
        if (sv_eq(key, keys[tag]))
            return (enum osm_tag)tag;
    return TAG_NONE;
}

/* highway=* and what it is; motorways are for wheels alone. */
static const struct { struct sv value; enum road_kind kind; } highways[] = {
    { SV_INIT("footway"), ROAD_FOOTWAY },
    { SV_INIT("residential"), ROAD_RESIDENTIAL },
    { SV_INIT("service"), ROAD_SERVICE },
    { SV_INIT("path"), ROAD_PATH },
    { SV_INIT("steps"), ROAD_STEPS },
    { SV_INIT("tertiary"), ROAD_TERTIARY },
    { SV_INIT("unclassified"), ROAD_MINOR },
    { SV_INIT("secondary"), ROAD_SECONDARY },
    { SV_INIT("primary"), ROAD_PRIMARY },
    { SV_INIT("pedestrian"), ROAD_PEDESTRIAN },
    { SV_INIT("living_street"), ROAD_LIVING_STREET },
    { SV_INIT("track"), ROAD_TRACK },
    { SV_INIT("cycleway"), ROAD_CYCLEWAY },
    { SV_INIT("bridleway"), ROAD_PATH },
    { SV_INIT("corridor"), ROAD_FOOTWAY },
    { SV_INIT("elevator"), ROAD_ELEVATOR },
    { SV_INIT("platform"), ROAD_PLATFORM },
    { SV_INIT("crossing"), ROAD_CROSSING },
    { SV_INIT("road"), ROAD_MINOR },
    { SV_INIT("trunk"), ROAD_TRUNK },
    { SV_INIT("tertiary_link"), ROAD_TERTIARY },
    { SV_INIT("secondary_link"), ROAD_SECONDARY },
    { SV_INIT("primary_link"), ROAD_PRIMARY },
    { SV_INIT("trunk_link"), ROAD_TRUNK },
    { SV_INIT("motorway"), ROAD_MOTORWAY },
    { SV_INIT("motorway_link"), ROAD_MOTORWAY },
};

enum access { ACCESS_UNSAID, ACCESS_OPEN, ACCESS_RESIDENTS, ACCESS_CLOSED };

static const struct { struct sv value; enum access access; } accesses[] = {
    { SV_INIT("yes"), ACCESS_OPEN },           { SV_INIT("designated"), ACCESS_OPEN },
    { SV_INIT("permissive"), ACCESS_OPEN },    { SV_INIT("official"), ACCESS_OPEN },
    { SV_INIT("public"), ACCESS_OPEN },        { SV_INIT("use_sidepath"), ACCESS_OPEN },
    { SV_INIT("private"), ACCESS_RESIDENTS },  { SV_INIT("residents"), ACCESS_RESIDENTS },
    { SV_INIT("permit"), ACCESS_RESIDENTS },   { SV_INIT("customers"), ACCESS_RESIDENTS },
    { SV_INIT("destination"), ACCESS_RESIDENTS }, { SV_INIT("delivery"), ACCESS_RESIDENTS },
    { SV_INIT("no"), ACCESS_CLOSED },          { SV_INIT("military"), ACCESS_CLOSED },
};

static enum access access_of(struct sv value)
{
    for (size_t i = 0; i < sizeof accesses / sizeof *accesses; i++)
        if (sv_eq(value, accesses[i].value))
            return accesses[i].access;
    return ACCESS_UNSAID;
}

/* foot=* speaks of walkers, access=* of everybody. */
static enum access foot_access(const struct osm_tags *tags)
{
    enum access foot = access_of(tags->value[TAG_FOOT]);
    return foot != ACCESS_UNSAID ? foot : access_of(tags->value[TAG_ACCESS]);
}

static bool is_set(struct sv value)
{
    return value.len && !sv_is(value, "no");
}

static bool find_kind(const struct osm_tags *tags, enum road_kind *ret_kind)
{
    struct sv highway = tags->value[TAG_HIGHWAY];
    for (size_t i = 0; i < sizeof highways / sizeof *highways && highway.len; i++)
        if (sv_eq(highway, highways[i].value)) {
            *ret_kind = highways[i].kind;
            return true;
        }
    bool platform = sv_is(tags->value[TAG_RAILWAY], "platform") ||
                    sv_is(tags->value[TAG_PUBLIC_TRANSPORT], "platform");
    *ret_kind = platform ? ROAD_PLATFORM : ROAD_FOOTWAY;
    return highway.len == 0 && (platform || sv_is(tags->value[TAG_MAN_MADE], "pier"));
}

/* Escalators, and the rare way that walkers may use one way only. */
static unsigned direction_flags(const struct osm_tags *tags)
{
    struct sv conveying = tags->value[TAG_CONVEYING], oneway = tags->value[TAG_ONEWAY_FOOT];
    if (sv_is(conveying, "forward") || sv_is(oneway, "yes"))
        return ROAD_ONLY_FORWARD;
    if (sv_is(conveying, "backward") || sv_is(oneway, "-1"))
        return ROAD_ONLY_BACKWARD;
    return 0;
}

/* --- wheels --- */

static enum access wheel_access(const struct osm_tags *tags, enum osm_tag own)
{
    enum access access = access_of(tags->value[own]);
    if (access == ACCESS_UNSAID)
        access = access_of(tags->value[TAG_VEHICLE]);
    return access != ACCESS_UNSAID ? access : access_of(tags->value[TAG_ACCESS]);
}

/* 1 along the way's points, -1 against them, 0 both ways. */
static int oneway_of(const struct osm_tags *tags, enum road_kind kind)
{
    struct sv oneway = tags->value[TAG_ONEWAY];
    if (sv_is(oneway, "yes") || sv_is(oneway, "true") || sv_is(oneway, "1"))
        return 1;
    if (sv_is(oneway, "-1") || sv_is(oneway, "reverse"))
        return -1;
    return !sv_is(oneway, "no") && (kind == ROAD_MOTORWAY ||
                                    sv_is(tags->value[TAG_JUNCTION], "roundabout"));
}

static unsigned wheels_of(const struct osm_tags *tags, enum road_kind kind)
{
    unsigned wheels = 0;
    struct sv bicycle = tags->value[TAG_BICYCLE];
    int oneway = oneway_of(tags, kind);
    bool against = sv_is(tags->value[TAG_ONEWAY_BICYCLE], "no") ||
                   sv_starts(tags->value[TAG_CYCLEWAY], SV("opposite"));
    bool motorroad = sv_is(tags->value[TAG_MOTORROAD], "yes");
    if (road_kinds[kind].car_cm_s == 0 || wheel_access(tags, TAG_MOTOR_VEHICLE) == ACCESS_CLOSED)
        wheels |= WHEELS_NO_CAR;
    if (road_kinds[kind].cycle_cm_s == 0 || wheel_access(tags, TAG_BICYCLE) == ACCESS_CLOSED ||
        (motorroad && access_of(bicycle) != ACCESS_OPEN))
        wheels |= WHEELS_NO_CYCLE;
    else if (access_of(bicycle) == ACCESS_OPEN)
        wheels |= CYCLE_RIDES;
    if (oneway)
        wheels |= oneway > 0 ? CAR_ONLY_FORWARD : CAR_ONLY_BACKWARD;
    if (oneway && !against)
        wheels |= oneway > 0 ? CYCLE_ONLY_FORWARD : CYCLE_ONLY_BACKWARD;
    return wheels;
}

/* --- ways --- */

static bool has_lights(const struct osm_tags *tags)
{
    return sv_is(tags->value[TAG_CROSSING], "traffic_signals") ||
           sv_is(tags->value[TAG_CROSSING_SIGNALS], "yes");
}

static unsigned foot_flags(const struct osm_tags *tags, enum road_kind kind, enum access access)
{
    bool ramp = sv_is(tags->value[TAG_RAMP_WHEELCHAIR], "yes");
    bool closed = kind == ROAD_MOTORWAY || access == ACCESS_CLOSED ||
                  (sv_is(tags->value[TAG_MOTORROAD], "yes") && access != ACCESS_OPEN);
    unsigned flags = direction_flags(tags);
    if (closed)
        flags |= ROAD_NO_FOOT;
    if (access == ACCESS_RESIDENTS)
        flags |= ROAD_PRIVATE;
    if (ramp && kind == ROAD_STEPS)
        flags |= ROAD_RAMP;
    if (is_set(tags->value[TAG_HANDRAIL]))
        flags |= ROAD_HANDRAIL;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "no") && !ramp)
        flags |= ROAD_NO_WHEELCHAIR;
    if (is_set(tags->value[TAG_BRIDGE]))
        flags |= ROAD_BRIDGE;
    if (is_set(tags->value[TAG_TUNNEL]))
        flags |= ROAD_TUNNEL;
    return flags;
}

/* Where nobody walks, it is private land when it is so for all wheels that may go there. */
static bool wheels_private(const struct osm_tags *tags, const struct road_way *way)
{
    bool car = way->wheels & WHEELS_NO_CAR ||
               wheel_access(tags, TAG_MOTOR_VEHICLE) == ACCESS_RESIDENTS;
    bool cycle = way->wheels & WHEELS_NO_CYCLE ||
                 wheel_access(tags, TAG_BICYCLE) == ACCESS_RESIDENTS;
    return (way->flags & ROAD_NO_FOOT) && car && cycle;
}

bool tags_way(const struct osm_tags *tags, struct road_way *ret_way)
{
    struct road_way way = { .name = tags->value[TAG_NAME] };
    if (!find_kind(tags, &way.kind))
        return false;
    way.flags = foot_flags(tags, way.kind, foot_access(tags));
    way.wheels = wheels_of(tags, way.kind);
    if ((way.flags & ROAD_NO_FOOT) && (way.wheels & WHEELS_NO_CAR) &&
        (way.wheels & WHEELS_NO_CYCLE))
        return false;
    if (wheels_private(tags, &way))
        way.flags |= ROAD_PRIVATE;
    if (way.kind == ROAD_FOOTWAY && sv_is(tags->value[TAG_FOOTWAY], "crossing"))
        way.kind = ROAD_CROSSING;
    if (way.kind == ROAD_CROSSING && has_lights(tags))
        way.wait = 100;
    if (tags->value[TAG_NAME_ZH].len)
        way.name = tags->value[TAG_NAME_ZH];
    int64_t steps = 0;
    if (way.kind == ROAD_STEPS)
        sv_int(tags->value[TAG_STEP_COUNT], 1, STEPS_MAX, &steps);
    way.steps = (unsigned)steps;
    *ret_way = way;
    return true;
}

/* Barriers that a wheelchair cannot pass although a walker can. */
static const struct sv narrow[] = {
    SV_INIT("stile"), SV_INIT("turnstile"), SV_INIT("full-height_turnstile"),
    SV_INIT("kissing_gate"), SV_INIT("cattle_grid"), SV_INIT("step"), SV_INIT("log"),
};

/* Barriers that nobody passes unless they say so. */
static const struct sv closed[] = {
    SV_INIT("wall"), SV_INIT("fence"), SV_INIT("hedge"), SV_INIT("guard_rail"), SV_INIT("ditch"),
};

static bool is_one_of(struct sv value, const struct sv *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (sv_eq(value, list[i]))
            return true;
    return false;
}

/* Barriers that stop a car unless they say otherwise. */
static const struct sv small[] = {
    SV_INIT("bollard"), SV_INIT("block"), SV_INIT("cycle_barrier"), SV_INIT("kissing_gate"),
    SV_INIT("stile"), SV_INIT("turnstile"), SV_INIT("full-height_turnstile"), SV_INIT("step"),
    SV_INIT("log"), SV_INIT("jersey_barrier"), SV_INIT("motorcycle_barrier"), SV_INIT("chain"),
    SV_INIT("bus_trap"), SV_INIT("planter"),
};

static unsigned barrier_flags(const struct osm_tags *tags, struct sv barrier)
{
    enum access foot = access_of(tags->value[TAG_FOOT]), all = access_of(tags->value[TAG_ACCESS]);
    enum access car = wheel_access(tags, TAG_MOTOR_VEHICLE);
    bool solid = is_one_of(barrier, closed, sizeof closed / sizeof *closed);
    unsigned flags = 0;
    if (foot == ACCESS_CLOSED ||
        (foot == ACCESS_UNSAID && (all == ACCESS_CLOSED || (solid && all != ACCESS_OPEN))))
        flags |= JUNCTION_BLOCKED;
    if (foot == ACCESS_RESIDENTS || (foot == ACCESS_UNSAID && all == ACCESS_RESIDENTS))
        flags |= JUNCTION_PRIVATE;
    if (is_one_of(barrier, narrow, sizeof narrow / sizeof *narrow))
        flags |= JUNCTION_NO_WHEELCHAIR;
    if (car == ACCESS_CLOSED ||
        (car == ACCESS_UNSAID && is_one_of(barrier, small, sizeof small / sizeof *small)))
        flags |= JUNCTION_NO_CAR;
    return flags;
}

unsigned tags_node(const struct osm_tags *tags)
{
    struct sv barrier = tags->value[TAG_BARRIER];
    unsigned flags = barrier.len ? barrier_flags(tags, barrier) : 0;
    if (sv_is(tags->value[TAG_HIGHWAY], "elevator"))
        flags |= JUNCTION_LIFT;
    if (has_lights(tags))
        flags |= JUNCTION_SIGNALS;
    if (sv_is(tags->value[TAG_KERB], "raised") || sv_is(barrier, "turnstile"))
        flags |= JUNCTION_NO_WHEELCHAIR;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "no"))
        flags |= JUNCTION_NO_WHEELCHAIR;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "yes"))
        flags &= ~(unsigned)JUNCTION_NO_WHEELCHAIR;
    return flags;
}
