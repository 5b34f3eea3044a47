/* bringer.c - who is at hand to bring the meals of a place, day and sitting. */

#include "care/delivery/delivery.h"

#define B struct meal_bringer
const struct field meal_bringer_fields[] = {
    ROW_FIELDS(B),
    LINK(B, place, "place", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "网点", .en = "Place"),
    LINK(B, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(B, day, .required = true, .create_only = true, .filter = true, .brief = true,
          .zh = "日期", .en = "Day"),
    CHOICE(B, sitting, sitting_choices, .required = true, .create_only = true, .filter = true,
           .brief = true, .zh = "餐次", .en = "Sitting"),
    LINK(B, carer, "carer", .create_only = true, .filter = true, .brief = true, .zh = "护理员",
         .en = "Carer"),
    FIELD(B, name, .class = MASKED, .mask = MASK_NAME, .high = 40, .brief = true,
          .zh = "姓名（志愿者）", .en = "Name (of a volunteer)"),
    CHOICE(B, travel, travels, .brief = true, .zh = "出行方式", .en = "Travels"),
    FIELD(B, boxes, .required = true, .low = 1, .high = 60, .brief = true, .zh = "一次带几份",
          .en = "Boxes at once"),
    FIELD(B, from_min, .required = true, .low = 0, .high = 1439, .brief = true,
          .zh = "最早出发（当天第几分钟）", .en = "Can leave from (minute of the day)"),
    FIELD(B, until_min, .low = 0, .high = 1440, .brief = true,
          .zh = "最晚返回（当天第几分钟，0 不限）", .en = "Back by (minute of the day; 0: no matter)"),
    FIELD(B, comes, .brief = true, .zh = "来送", .en = "Comes"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "place, day, sitting, carer", .unique = true,
      .where = "carer IS NOT NULL AND ended_at IS NULL", .message = "delivery.bringer_twice" },
    { .name = "place", .columns = "place, day, sitting, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "carer", .columns = "carer, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

MUST static enum err carer_rules(struct ctx *c, B *b)
{
    struct carer a;
    bool found;
    if (!b->carer.n) {
        if (!b->name.len)
            fail_field(c, SV("name"), "delivery.no_name");
        return ERR_NONE;
    }
    TRY(entity_load(c, &carer_entity, b->carer.n, &a, &found));
    if (!found || a.org.n != b->org.n || a.state == CARER_LEFT)
        fail_field(c, SV("carer"), "carer.not_here");
    b->name = a.name;
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    B *b = row;
    struct place place;
    bool found;
    if (!before) {
        TRY(entity_load(c, &place_entity, b->place.n, &place, &found));
        b->org = place.org;
        if (!meal_cooks(c, place.org))
            return fail(c, ERR_FORBIDDEN, "delivery.not_ours", "place %lld is another's",
                        (long long)b->place.n);
        if (b->sitting == SITTING_NONE)
            fail_field(c, SV("sitting"), "menu.sitting");
        b->comes = true;
    }
    TRY(carer_rules(c, b));
    if (b->until_min && b->until_min <= b->from_min)
        fail_field(c, SV("until_min"), "delivery.backwards");
    return fail_fields(c);
}

const struct entity meal_bringer_entity = {
    .name = "meal_bringer", .zh = "送餐人手", .en = "At hand to bring meals", .size = sizeof(B),
    .fields = meal_bringer_fields, .indexes = indexes, .sorts = sorts, .title = "name",
    .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .seen_by_org = "org = $",
    .scope_of = "place", .rules = rules,
};
#undef B
