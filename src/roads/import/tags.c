/* tags.c - what OpenStreetMap's tags mean to somebody on foot. */

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
    [TAG_RAMP_WHEELCHAIR] = SV_INIT("ramp:wheelchair"),
};

enum osm_tag tag_of(struct sv key)
{
    for (int tag = 1; tag < TAG_COUNT; tag++)
        if (sv_eq(key, keys[tag]))
            return (enum osm_tag)tag;
    return TAG_NONE;
}

/* highway=* that can be walked unless it says otherwise. */
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

static unsigned direction_flags(const struct osm_tags *tags)
{
    struct sv conveying = tags->value[TAG_CONVEYING], oneway = tags->value[TAG_ONEWAY_FOOT];
    if (sv_is(conveying, "forward") || sv_is(oneway, "yes"))
        return ROAD_ONLY_FORWARD;
    if (sv_is(conveying, "backward") || sv_is(oneway, "-1"))
        return ROAD_ONLY_BACKWARD;
    return 0;
}

bool tags_way(const struct osm_tags *tags, struct road_way *ret_way)
{
    struct road_way way = { .name = tags->value[TAG_NAME] };
    if (!find_kind(tags, &way.kind))
        return false;
    enum access access = foot_access(tags);
    if (access == ACCESS_CLOSED)
        return false;
    if (sv_is(tags->value[TAG_MOTORROAD], "yes") && access != ACCESS_OPEN)
        return false;
    if (way.kind == ROAD_FOOTWAY && sv_is(tags->value[TAG_FOOTWAY], "crossing"))
        way.kind = ROAD_CROSSING;
    if (tags->value[TAG_NAME_ZH].len)
        way.name = tags->value[TAG_NAME_ZH];

    bool ramp = sv_is(tags->value[TAG_RAMP_WHEELCHAIR], "yes");
    way.flags = direction_flags(tags);
    if (access == ACCESS_RESIDENTS)
        way.flags |= ROAD_PRIVATE;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "no") && !ramp)
        way.flags |= ROAD_NO_WHEELCHAIR;
    if (is_set(tags->value[TAG_BRIDGE]))
        way.flags |= ROAD_BRIDGE;
    if (is_set(tags->value[TAG_TUNNEL]))
        way.flags |= ROAD_TUNNEL;
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

unsigned tags_node(const struct osm_tags *tags)
{
    struct sv barrier = tags->value[TAG_BARRIER];
    enum access foot = access_of(tags->value[TAG_FOOT]), all = access_of(tags->value[TAG_ACCESS]);
    unsigned flags = 0;
    if (barrier.len) {
        bool solid = is_one_of(barrier, closed, sizeof closed / sizeof *closed);
        if (foot == ACCESS_CLOSED ||
            (foot == ACCESS_UNSAID && (all == ACCESS_CLOSED || (solid && all != ACCESS_OPEN))))
            flags |= JUNCTION_BLOCKED;
        if (is_one_of(barrier, narrow, sizeof narrow / sizeof *narrow))
            flags |= JUNCTION_NO_WHEELCHAIR;
    }
    if (sv_is(tags->value[TAG_KERB], "raised") || sv_is(barrier, "turnstile"))
        flags |= JUNCTION_NO_WHEELCHAIR;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "no"))
        flags |= JUNCTION_NO_WHEELCHAIR;
    if (sv_is(tags->value[TAG_WHEELCHAIR], "yes"))
        flags &= ~(unsigned)JUNCTION_NO_WHEELCHAIR;
    return flags;
}
