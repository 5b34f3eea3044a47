/* slot.c - places in time: which exist, and taking one. */

#include "care/offer/offer.h"

SQL(slot_take);
SQL(slot_release);

const struct field slot_fields[] = {
    ROW_FIELDS(struct slot),
    LINK(struct slot, offer, "offer", .filter = true, .brief = true, .zh = "服务", .en = "Offer"),
    LINK(struct slot, org, "organisation", .filter = true, .zh = "机构", .en = "Organisation"),
    FIELD(struct slot, day, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(struct slot, start_min, .high = 1439, .brief = true, .zh = "开始", .en = "Start"),
    FIELD(struct slot, end_min, .high = 1440, .brief = true, .zh = "结束", .en = "End"),
    FIELD(struct slot, capacity, .low = 1, .high = 1000, .brief = true, .zh = "名额",
          .en = "Capacity"),
    FIELD(struct slot, taken, .high = 1000, .brief = true, .zh = "已约", .en = "Taken"),
    { 0 },
};

static const struct index slot_indexes[] = {
    { .name = "time", .columns = "offer, day, start_min", .unique = true,
      .where = "ended_at IS NULL", .message = "slot.clash" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "room", .check = "taken >= 0 AND taken <= capacity", .message = "slot.full" },
    { 0 },
};

static const struct sort slot_sorts[] = { { "day", "day", false, "日期", "Day" }, { 0 } };

const struct entity slot_entity = {
    .name = "slot",
    .zh = "可约时段",
    .en = "Slot",
    .kind = ENTITY_ORDINARY,
    .size = sizeof(struct slot),
    .fields = slot_fields,
    .indexes = slot_indexes,
    .sorts = slot_sorts,
    .reads = MAY_READ_ORDERS,
    .writes = MAY_SET_RULES,
    .no_create = true,
    .no_update = true,
    .no_history = true,
    .seen_by_org = "org = $",
    .scope_of = "org",
};

bool slot_key_read(struct sv text, struct slot_key *ret_key)
{
    ptrdiff_t point = sv_find_byte(text, '.');
    struct slot_key key;
    int64_t start;
    if (point < 0 || !sv_day(sv_head(text, (size_t)point), &key.day))
        return false;
    if (!sv_int(sv_from(text, (size_t)point + 1), 0, 1439, &start))
        return false;
    key.start_min = (int)start;
    *ret_key = key;
    return true;
}

void slot_key_write(struct buf *out, struct slot_key key)
{
    buf_day(out, key.day);
    buf_byte(out, '.');
    buf_int(out, key.start_min);
}

enum err slot_in_week(struct ctx *c, const struct offer *o, struct slot_key key,
                      int *ret_end_min)
{
    struct week week;
    struct week_slot slots[WEEK_SLOTS_MAX];
    struct calendar calendar;
    if (!week_parse(o->week, &week))
        return fail(c, ERR_BROKEN, "house.broken", "offer %lld has a bad week", (long long)o->id.n);
    TRY(calendar_load_day(c, key.day, &calendar));
    size_t n = week_day_slots(&week, &calendar, key.day, slots);
    for (size_t i = 0; i < n; i++)
        if (slots[i].start_min == key.start_min) {
            *ret_end_min = slots[i].end_min;
            return ERR_NONE;
        }
    fail_field(c, SV("slot"), "slot.none");
    return fail_fields(c);
}

enum err slot_take(struct ctx *c, const struct offer *o, struct slot_key key, int64_t n,
                   struct slot *ret_slot)
{
    int end_min;
    TRY(slot_in_week(c, o, key, &end_min));
    struct moment start = moment_at(key.day, key.start_min);
    if (start.ms < c->now.ms + o->lead_min * 60000) {
        fail_field(c, SV("slot"), "slot.too_soon");
        return fail_fields(c);
    }
    return slot_take_at(c, o, key, end_min, n, ret_slot);
}

enum err slot_take_at(struct ctx *c, const struct offer *o, struct slot_key key, int64_t end_min,
                      int64_t n, struct slot *ret_slot)
{
    bool found = false;
    struct slot wanted = {
        .row = { .scope = o->row.scope, .created_at = c->now }, .offer = o->id, .org = o->org,
        .day = key.day, .start_min = key.start_min, .end_min = end_min, .capacity = o->capacity,
        .taken = n,
    };
    TRY(id_next(c, c->house->ids, &wanted.id.n));
    record_clear(slot_fields, ret_slot);
    if (n <= o->capacity)
        TRY(db_find(c, &sql_slot_take, RECORD_PARAMS(slot_fields, &wanted), slot_fields, ret_slot,
                    &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "slot.full", "offer %lld has no place left then",
                    (long long)o->id.n);
    return ERR_NONE;
}

enum err slot_release(struct ctx *c, struct slot_id id, int64_t n)
{
    if (id.n == 0)
        return ERR_NONE;
    int64_t changed;
    TRY(db_run(c, &sql_slot_release, PARAMS(P_INT("id", id.n), P_INT("n", n)), &changed));
    if (changed != 1)
        return fail(c, ERR_BROKEN, "house.broken", "slot %lld has fewer places taken",
                    (long long)id.n);
    return ERR_NONE;
}
