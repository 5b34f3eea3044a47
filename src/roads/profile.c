/*
 * profile.c - who walks, on what, and how long it takes.
 *
 * Seconds a step: a healthy adult climbs 1.6 to 1.8 steps a second; for older people stairs take
 * 2.5 to 3 times as long as the same length on the flat (0.30 m a tread). Who comes to a light with
 * 60 of 90 seconds red waits 20 on average; the slower let a short rest of green pass by.
 * Slopes: W. Tobler's hiking function (1993), 6 exp(-3.5 |s + 0.05|) km/h, taken against its own
 * speed on the flat. Car speeds are those of a city's day with its halts, not what signs allow.
 */

#include "roads/profile.h"

#include <math.h>

enum { PUSHED_CM_S = 110 };

const struct road_kind_info road_kinds[ROAD_KIND_COUNT] = {
    [ROAD_FOOTWAY] = { "footway", "步行道", "footway", 15, 0, PUSHED_CM_S },
    [ROAD_PATH] = { "path", "小路", "path", 15, 0, 280 },
    [ROAD_PEDESTRIAN] = { "pedestrian", "步行街", "pedestrian street", 14, 0, PUSHED_CM_S },
    [ROAD_STEPS] = { "steps", "台阶", "steps", 16, 0, 0 },
    [ROAD_CROSSING] = { "crossing", "过街横道", "crossing", 16, 0, PUSHED_CM_S },
    [ROAD_ELEVATOR] = { "elevator", "电梯", "lift", 17, 0, 0 },
    [ROAD_LIVING_STREET] = { "living_street", "街巷", "living street", 14, 280, 330 },
    [ROAD_RESIDENTIAL] = { "residential", "街道", "street", 13, 560, 420 },
    [ROAD_SERVICE] = { "service", "通道", "service road", 15, 330, 330 },
    [ROAD_MINOR] = { "minor", "支路", "minor road", 13, 690, 420 },
    [ROAD_TERTIARY] = { "tertiary", "道路", "road", 12, 830, 440 },
    [ROAD_SECONDARY] = { "secondary", "大街", "main road", 12, 970, 440 },
    [ROAD_PRIMARY] = { "primary", "主路", "main road", 12, 1110, 440 },
    [ROAD_TRUNK] = { "trunk", "干道", "trunk road", 12, 1530, 440 },
    [ROAD_TRACK] = { "track", "土路", "track", 14, 280, 280 },
    [ROAD_CYCLEWAY] = { "cycleway", "自行车道", "cycleway", 15, 0, 440 },
    [ROAD_PLATFORM] = { "platform", "站台", "platform", 16, 0, 0 },
    [ROAD_MOTORWAY] = { "motorway", "高速路", "motorway", 10, 2220, 0 },
};

#define NARROW (JUNCTION_BLOCKED | JUNCTION_NO_WHEELCHAIR)

/* Names, vehicle, pace, leg, a step, a lift, a light, slope, stairs, what stops. */
const struct profile_info profiles[PROFILE_COUNT] = {
    [PROFILE_STANDARD]   = { "standard", "普通步速", "standard pace", ON_FOOT,
                             120, 120, 600, 30000, 20000, 100, true, JUNCTION_BLOCKED },
    [PROFILE_ELDER]      = { "elder", "老年人步速", "elder's pace", ON_FOOT,
                             80, 80, 1000, 40000, 25000, 100, true, JUNCTION_BLOCKED },
    [PROFILE_FRAIL]      = { "frail", "体弱老人步速", "frail elder's pace", ON_FOOT,
                             60, 60, 1600, 50000, 30000, 130, true, JUNCTION_BLOCKED },
    [PROFILE_WHEELCHAIR] = { "wheelchair", "轮椅", "wheelchair", ON_FOOT,
                             100, 100, 0, 50000, 25000, 200, false, NARROW },
    [PROFILE_EBIKE]      = { "ebike", "护理员骑电动车", "carer on an e-bike", BY_CYCLE,
                             420, 110, 0, 0, 20000, 30, false, JUNCTION_BLOCKED },
    [PROFILE_CAR]        = { "car", "汽车", "car", BY_CAR,
                             560, 110, 0, 0, 0, 0, false, JUNCTION_BLOCKED | JUNCTION_NO_CAR },
};

bool profile_find(struct sv key, enum profile *ret_profile)
{
    for (int p = 0; p < PROFILE_COUNT; p++)
        if (sv_is(key, profiles[p].key)) {
            *ret_profile = (enum profile)p;
            return true;
        }
    return false;
}

int profile_top_cm_s(enum profile profile)
{
    int top = profiles[profile].speed_cm_s;
    for (int kind = 0; kind < ROAD_KIND_COUNT; kind++) {
        int cm_s = profiles[profile].vehicle == BY_CAR     ? road_kinds[kind].car_cm_s
                   : profiles[profile].vehicle == BY_CYCLE ? road_kinds[kind].cycle_cm_s : 0;
        top = cm_s > top ? cm_s : top;
    }
    return top;
}

uint32_t profile_access_ms(enum profile profile, uint32_t length_cm)
{
    return (uint32_t)((uint64_t)length_cm * 1000 / (unsigned)profiles[profile].access_cm_s);
}

/* A car leaves the kind's speed as it is; a wheelchair needs a ramp beside the stairs. */
static int speed_cm_s(enum profile profile, const struct profile_street *s)
{
    const struct profile_info *p = &profiles[profile];
    bool closed;
    switch (p->vehicle) {
    case BY_CAR:
        return s->wheels & WHEELS_NO_CAR ? 0 : road_kinds[s->kind].car_cm_s;
    case BY_CYCLE:
        if (s->wheels & WHEELS_NO_CYCLE)
            return 0;
        return s->wheels & CYCLE_RIDES ? p->speed_cm_s : road_kinds[s->kind].cycle_cm_s;
    default:
        closed = !p->steps && ((s->flags & ROAD_NO_WHEELCHAIR) ||
                               (s->kind == ROAD_STEPS && !(s->flags & ROAD_RAMP)));
        return closed || (s->flags & ROAD_NO_FOOT) ? 0 : p->speed_cm_s;
    }
}

bool profile_allows(enum profile profile, const struct profile_street *s)
{
    return speed_cm_s(profile, s) > 0;
}

bool profile_closed(enum profile profile, unsigned flags, unsigned wheels, bool back)
{
    switch (profiles[profile].vehicle) {
    case BY_CAR:
        return wheels & (back ? CAR_ONLY_FORWARD : CAR_ONLY_BACKWARD);
    case BY_CYCLE:
        return wheels & (back ? CYCLE_ONLY_FORWARD : CYCLE_ONLY_BACKWARD);
    default:
        return flags & (back ? ROAD_ONLY_FORWARD : ROAD_ONLY_BACKWARD);
    }
}

/* Tobler's factor, of which the profile has its share; never under half of the flat. */
static int64_t on_slope(int64_t flat_ms, unsigned slope, int percent)
{
    if (slope == 0 || slope == SLOPE_FLAT || percent == 0)
        return flat_ms;
    int64_t parts = SLOPE_FLAT * 100 + ((int64_t)slope - SLOPE_FLAT) * percent;
    return flat_ms * (parts > SLOPE_FLAT * 50 ? parts : SLOPE_FLAT * 50) / (SLOPE_FLAT * 100);
}

int64_t profile_ms(enum profile profile, const struct profile_street *s)
{
    const struct profile_info *p = &profiles[profile];
    int speed = speed_cm_s(profile, s);
    if (speed == 0)
        return TIME_FORBIDDEN;
    int64_t ms = (int64_t)s->length_cm * 1000 / speed;
    if (s->kind == ROAD_STEPS && p->steps) {
        int64_t climb_ms = (int64_t)s->steps * p->step_ms;
        ms = climb_ms > ms ? climb_ms : ms;
    } else if (s->kind != ROAD_ELEVATOR) {
        ms = on_slope(ms, s->slope, p->slope_percent);
    }
    int halves = (s->kind == ROAD_ELEVATOR ? 2 : 0) + !!(s->flags & ROAD_LIFT_A) +
                 !!(s->flags & ROAD_LIFT_B);
    return ms + (int64_t)halves * p->elevator_ms / 2 + (int64_t)s->wait * p->signal_ms / 100;
}

unsigned slope_factor(double slope)
{
    double factor = exp(3.5 * (fabs(slope + 0.05) - 0.05)) * SLOPE_FLAT;
    return factor < UINT8_MAX ? (unsigned)lround(factor) : UINT8_MAX;
}

/* So much as a number of the tables changes, the sum does. */
uint64_t profile_fingerprint(void)
{
    uint64_t hash = ROAD_KIND_COUNT;
    for (int k = 0; k < ROAD_KIND_COUNT; k++)
        hash = (hash ^ (uint64_t)(road_kinds[k].car_cm_s * 10000 + road_kinds[k].cycle_cm_s)) *
               0x100000001B3u;
    for (int p = 0; p < PROFILE_COUNT; p++) {
        const struct profile_info *info = &profiles[p];
        const int parts[] = { info->speed_cm_s, info->access_cm_s, info->step_ms,
                              info->elevator_ms, info->signal_ms, info->slope_percent,
                              info->steps, (int)info->stops };
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            hash = (hash ^ (uint64_t)parts[i]) * 0x100000001B3u;
    }
    return hash;
}
