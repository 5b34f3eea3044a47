/* gives.c - what the answers about what is near are made of. */

#include "care/near/gives.h"

#include "care/address/address.h"
#include "care/catalogue/catalogue.h"
#include "care/near/name/where.h"
#include "care/place/place.h"

static const struct field home_gives[] = {
    MAY_SAY(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(BOOL, "snapped", .zh = "有路可走", .en = "A street is near"), { 0 },
};

static const struct field offer_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(MONEY, "price"),
    SAYS(CHOICE, "unit", .choices = unit_choices), { 0 },
};

static const struct field item_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(CHOICE, "kind", .choices = place_kinds),
    SAYS(TEXT, "kind_name"), MAY_SAY(ID, "org"), MAY_SAY(TEXT, "org_name"), SAYS(REAL, "lat"),
    SAYS(REAL, "lon"), MAY_SAY(TEXT, "phone"), MAY_SAY(TEXT, "address"),
    MAY_SAY(MONEY, "price_from"), MAY_SAY(TEXT, "price_text"), MAY_SAY(MOMENT, "verified_at"),
    MAY_SAY(INT, "verified_days"),
    MAY_SAY(BOOL, "overdue", .zh = "超过核实期限", .en = "Not verified in time"),
    MAY_SAY(BOOL, "sunk", .zh = "因此排在后面", .en = "And stands farther back for it"),
    MAY_SAY(INT, "rating_level"), MAY_SAY(TEXT, "rating_text"),
    MAY_SAY(INT, "beds_free"), MAY_SAY(CHOICE, "operation_mode", .choices = operation_modes),
    MAY_SAY(TEXT, "medical"), MAY_SAY(LIST, "levels"),
    SAYS(LIST, "offers", .record = offer_gives), MAY_SAY(INT, "seconds"), MAY_SAY(INT, "metres"),
    MAY_SAY(TEXT, "minutes_text"),
    MAY_SAY(INT, "straight_m", .zh = "直线米数；没有路可走时", .en = "As the crow flies; no way there"),
    SAYS(TEXT, "open"), SAYS(TEXT, "open_text"), { 0 },
};

static const struct field area_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(INT, "total"), { 0 },
};
static const struct field within_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "path"), MAY_SAY(ID, "up"), { 0 },
};
static const struct field loosen_gives[] = { SAYS(TEXT, "filter"), SAYS(INT, "total"), { 0 } };

static const struct field serves_gives[] = {
    SAYS(TEXT, "by", .zh = "duty_area：划片；walk：走路最近", .en = "duty_area, or walk: the nearest"),
    MAY_SAY(TEXT, "area"), SAYS(RECORD, "place", .record = item_gives), { 0 },
};

const struct field near_gives[] = {
    MAY_SAY(TEXT, "profile"), MAY_SAY(TEXT, "profile_name"),
    MAY_SAY(REAL, "speed", .zh = "步速（米/秒）", .en = "Pace, m/s"), MAY_SAY(INT, "minutes"),
    MAY_SAY(RECORD, "home", .record = home_gives), SAYS(MOMENT, "as_of"),
    SAYS(INT, "total", .zh = "总数；more 时为至少", .en = "In all; at least, when there are more"),
    MAY_SAY(BOOL, "more"), SAYS(LIST, "items", .record = item_gives),
    MAY_SAY(INT, "unreached", .zh = "直线距离内但走不到的",
            .en = "In reach as the crow flies only"),
    MAY_SAY(RECORD, "serves", .record = serves_gives, .zh = "负责这个家的驿站",
            .en = "The station that serves this home"),
    MAY_SAY(RECORD, "within", .record = within_gives),
    MAY_SAY(LIST, "areas", .record = area_gives),
    MAY_SAY(LIST, "loosen", .record = loosen_gives, .zh = "放宽哪一项会有多少",
            .en = "How many, were one filter let go"), { 0 },
};

static const struct field ring_gives[] = {
    SAYS(TEXT, "type"), SAYS(JSON, "geometry"), SAYS(JSON, "properties"), { 0 },
};

const struct field circle_gives[] = {
    SAYS(TEXT, "type"), MAY_SAY(LIST, "features", .record = ring_gives),
    MAY_SAY(JSON, "geometry"), MAY_SAY(JSON, "properties"), { 0 },
};

static const struct field step_gives[] = {
    SAYS(TEXT, "turn"), SAYS(TEXT, "text"), SAYS(INT, "metres"), SAYS(INT, "seconds"), { 0 },
};

const struct field route_gives[] = {
    SAYS(INT, "seconds"), SAYS(INT, "metres"), SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"),
    SAYS(LIST, "steps", .record = step_gives), SAYS(JSON, "geometry"), { 0 },
};

static const struct field where_item_gives[] = {
    SAYS(TEXT, "kind", .zh = "compound、street 或 community", .en = "compound, street, community"),
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "path"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(BOOL, "has_gates"), { 0 },
};

const struct field address_gives[] = {
    SAYS(BOOL, "found"),
    MAY_SAY(RECORD, "item", .record = where_item_gives, .zh = "小区；只认到社区时为社区",
            .en = "The compound; the community when no more is known"),
    MAY_SAY(INT, "score", .zh = "把握，0 到 100", .en = "How sure, 0 to 100"),
    MAY_SAY(CHOICE, "level", .choices = address_levels), MAY_SAY(TEXT, "building"),
    SAYS(LIST, "why", .zh = "为什么不是 100", .en = "Why it is not 100"),
    SAYS(LIST, "others", .record = where_item_gives, .zh = "没认准时：可能是",
         .en = "When not sure: what it may be"), { 0 },
};

const struct field where_gives[] = { SAYS(LIST, "items", .record = where_item_gives), { 0 } };

static const struct field found_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "title"), SAYS(TEXT, "sub"), SAYS(TEXT, "href"),
    MAY_SAY(CHOICE, "category", .choices = category_choices),
    MAY_SAY(RECORD, "place", .record = item_gives), { 0 },
};

static const struct field group_gives[] = {
    SAYS(TEXT, "kind"), SAYS(LIST, "items", .record = found_gives), { 0 },
};

static const struct field used_gives[] = {
    SAYS(TEXT, "words"), SAYS(CHOICE, "way", .choices = what_ways), { 0 },
};

const struct field what_gives[] = {
    SAYS(LIST, "groups", .record = group_gives),
    MAY_SAY(RECORD, "used", .record = used_gives, .zh = "原词没有结果时，改按这个词查",
            .en = "What was looked for instead, when the words found nothing"), { 0 },
};

static const struct field mark_gives[] = {
    SAYS(TEXT, "type"), SAYS(JSON, "geometry"),
    SAYS(JSON, "properties", .zh = "网点；或汇总格子的 total", .en = "A place, or a cell's total"), { 0 },
};
static const struct field kind_total_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(INT, "total"), { 0 },
};

const struct field marks_gives[] = {
    SAYS(TEXT, "type"), SAYS(LIST, "features", .record = mark_gives),
    SAYS(LIST, "kinds", .record = kind_total_gives, .zh = "范围内各类型的数量",
         .en = "How many of each kind lie in the box"),
    SAYS(INT, "total", .zh = "所选类型的数量", .en = "How many of the kinds asked for"),
    SAYS(BOOL, "cells", .zh = "汇总成格子", .en = "Drawn together by cells"),
    SAYS(BOOL, "cut", .zh = "没有全部列出", .en = "There are more"), { 0 },
};
