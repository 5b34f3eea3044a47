/*
 * profile.c - who walks, on what, and how long it takes.
 *
 * Seconds a step: a healthy adult climbs 1.6 to 1.8 steps a second; for older people stairs take
 * 2.5 to 3 times as long as the same length on the flat (0.30 m a tread).
 */

#include "roads/profile.h"

const struct road_kind_info road_kinds[ROAD_KIND_COUNT] = {
    [ROAD_FOOTWAY]       = { "footway", "步行道", "footway", 15 },
    [ROAD_PATH]          = { "path", "小路", "path", 15 },
    [ROAD_PEDESTRIAN]    = { "pedestrian", "步行街", "pedestrian street", 14 },
    [ROAD_STEPS]         = { "steps", "台阶", "steps", 16 },
    [ROAD_CROSSING]      = { "crossing", "过街横道", "crossing", 16 },
    [ROAD_ELEVATOR]      = { "elevator", "电梯", "lift", 17 },
    [ROAD_LIVING_STREET] = { "living_street", "街巷", "living street", 14 },
    [ROAD_RESIDENTIAL]   = { "residential", "街道", "street", 13 },
    [ROAD_SERVICE]       = { "service", "通道", "service road", 15 },
    [ROAD_MINOR]         = { "minor", "支路", "minor road", 13 },
    [ROAD_TERTIARY]      = { "tertiary", "道路", "road", 12 },
    [ROAD_SECONDARY]     = { "secondary", "大街", "main road", 12 },
    [ROAD_PRIMARY]       = { "primary", "主路", "main road", 12 },
    [ROAD_TRUNK]         = { "trunk", "干道", "trunk road", 12 },
    [ROAD_TRACK]         = { "track", "土路", "track", 14 },
    [ROAD_CYCLEWAY]      = { "cycleway", "自行车道", "cycleway", 15 },
    [ROAD_PLATFORM]      = { "platform", "站台", "platform", 16 },
};

const struct profile_info profiles[PROFILE_COUNT] = {
    [PROFILE_STANDARD]   = { "standard", "普通步速", "standard pace", 120, 600, 30000, true },
    [PROFILE_ELDER]      = { "elder", "老年人步速", "elder's pace", 80, 1000, 40000, true },
    [PROFILE_FRAIL]      = { "frail", "体弱老人步速", "frail elder's pace", 60, 1600, 50000, true },
    [PROFILE_WHEELCHAIR] = { "wheelchair", "轮椅", "wheelchair", 100, 0, 50000, false },
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

uint32_t profile_access_ms(enum profile profile, uint32_t length_cm)
{
    return (uint32_t)((uint64_t)length_cm * 1000 / (unsigned)profiles[profile].speed_cm_s);
}

int64_t profile_ms(enum profile profile, enum road_kind kind, unsigned flags, uint32_t length_cm,
                   unsigned steps)
{
    const struct profile_info *p = &profiles[profile];
    if (!p->steps && (kind == ROAD_STEPS || (flags & ROAD_NO_WHEELCHAIR)))
        return TIME_FORBIDDEN;
    int64_t flat_ms = profile_access_ms(profile, length_cm);
    int64_t climb_ms = (int64_t)steps * p->step_ms;
    if (kind == ROAD_ELEVATOR)
        return flat_ms + p->elevator_ms;
    return climb_ms > flat_ms ? climb_ms : flat_ms;
}

uint64_t profile_fingerprint(void)
{
    uint64_t hash = ROAD_KIND_COUNT;
    for (int p = 0; p < PROFILE_COUNT; p++) {
        const struct profile_info *info = &profiles[p];
        const int parts[] = { info->speed_cm_s, info->step_ms, info->elevator_ms, info->steps };
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            hash = (hash ^ (uint64_t)parts[i]) * 0x100000001B3u;
    }
    return hash;
}
