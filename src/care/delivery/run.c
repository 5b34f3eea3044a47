/* run.c - a round of delivered meals: whose, when, what it misses, how far it has come. */

#include "care/delivery/round.h"

SQL(run_counts);
SQL(run_bringer);

const struct choice run_states[] = {
    { "planned", "待出发", "planned" }, { "under_way", "配送中", "under way" },
    { "done", "已送完", "done" },       { "dropped", "已取消", "dropped" }, { 0 },
};

#define R struct meal_run
const struct field meal_run_fields[] = {
    ROW_FIELDS(R),
    LINK(R, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "网点",
         .en = "Place"),
    LINK(R, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(R, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    CHOICE(R, sitting, sitting_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "餐次", .en = "Sitting"),
    LINK(R, bringer, "meal_bringer", .read_only = true, .filter = true, .zh = "谁来送",
         .en = "Who is at hand"),
    LINK(R, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "送餐员",
         .en = "Who brings"),
    FIELD(R, trip, .read_only = true, .brief = true, .default_sql = "1", .zh = "第几趟",
          .en = "Which of her rounds"),
    CHOICE(R, travel, travels, .read_only = true, .brief = true, .default_sql = "'walk'",
           .zh = "出行方式", .en = "Travels"),
    FIELD(R, boxes, .read_only = true, .default_sql = "0", .zh = "一次最多带几份（0 未说）",
          .en = "Boxes at once (0: not said)"),
    FIELD(R, stops, .read_only = true, .brief = true, .zh = "户数", .en = "Stops"),
    FIELD(R, portions, .read_only = true, .brief = true, .zh = "份数", .en = "Portions"),
    FIELD(R, open, .read_only = true, .brief = true, .zh = "未送", .en = "Not brought yet"),
    FIELD(R, leave_min, .read_only = true, .brief = true, .default_sql = "0",
          .zh = "计划出发（当天第几分钟）", .en = "To leave (minute of the day)"),
    FIELD(R, back_min, .read_only = true, .brief = true, .default_sql = "0",
          .zh = "计划返回（当天第几分钟）", .en = "To be back (minute of the day)"),
    FIELD(R, travel_min, .was = "walk_min", .read_only = true, .brief = true, .zh = "路上分钟",
          .en = "Minutes on the way"),
    FIELD(R, over_hot_min, .read_only = true, .default_sql = "0", .zh = "保温超时分钟",
          .en = "Minutes past the hand-over limit"),
    FIELD(R, over_late_min, .read_only = true, .default_sql = "0", .zh = "晚于时段分钟",
          .en = "Minutes past the promised time"),
    FIELD(R, over_boxes, .read_only = true, .default_sql = "0", .zh = "多出的份数",
          .en = "Boxes more than she carries"),
    FIELD(R, by_streets, .read_only = true, .zh = "按街道排序", .en = "Ordered by the streets"),
    FIELD(R, locked, .read_only = true, .default_sql = "0", .zh = "已锁定", .en = "Locked"),
    FIELD(R, left_at, .read_only = true, .zh = "出发时间", .en = "Left at"),
    FIELD(R, done_at, .read_only = true, .zh = "送完时间", .en = "Done at"),
    CHOICE(R, state, run_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index run_indexes[] = {
    { .name = "place", .columns = "place, day, sitting, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "carer", .columns = "carer, day, id" },
    { .name = "bringer", .columns = "bringer, id" },
    { .name = "state", .columns = "state, day, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort run_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* --- steps --- */

struct give_input { struct carer_id carer; };
static const struct field give_takes[] = {
    LINK(struct give_input, carer, "carer", .required = true, .zh = "送餐员", .en = "Who brings"),
    { 0 },
};

/* A round that was somebody's and is another's now stays so: planning again would take it back. */
static enum err give(struct ctx *c, void *row, const void *input)
{
    const struct give_input *in = input;
    struct carer a;
    R *r = row;
    bool found;
    TRY(entity_load(c, &carer_entity, in->carer.n, &a, &found));
    if (!found || a.org.n != r->org.n || a.state == CARER_LEFT) {
        fail_field(c, SV("carer"), "carer.not_here");
        return fail_fields(c);
    }
    if (r->bringer.n && r->carer.n != in->carer.n) {
        struct rows rows = db_rows(c, &sql_run_bringer,
                                   PARAMS(P_INT("place", r->place.n), P_INT("day", r->day.n),
                                          P_TEXT("sitting", sv_of(sitting_choices[r->sitting].key)),
                                          P_INT("carer", in->carer.n)));
        r->bringer.n = rows_next(&rows) ? rows_int(&rows, 0) : 0;
        TRY(rows_end(&rows));
        r->locked = r->state == RUN_PLANNED;
    }
    r->carer = in->carer;
    return ERR_NONE;
}

static enum err lock(struct ctx *c, void *row, const void *input)
{
    (void)c, (void)input;
    ((R *)row)->locked = true;
    return ERR_NONE;
}

static enum err unlock(struct ctx *c, void *row, const void *input)
{
    (void)c, (void)input;
    ((R *)row)->locked = false;
    return ERR_NONE;
}

static enum err is_open(struct ctx *c, const void *row)
{
    return ((const R *)row)->locked ? fail(c, ERR_CONFLICT, "delivery.locked", "it is locked")
                                    : ERR_NONE;
}

static enum err is_locked(struct ctx *c, const void *row)
{
    return ((const R *)row)->locked ? ERR_NONE
                                    : fail(c, ERR_CONFLICT, "delivery.open", "it is not locked");
}

static enum err run_left(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((R *)row)->left_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err run_done(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((R *)row)->done_at = ctx_happened(c);
    return ERR_NONE;
}

#define SERVES RIGHT(MAY_SERVE_ORDERS)

static const struct step run_steps[] = {
    { .from = "planned,under_way", .action = "give", .to = "", .may = SERVES, .zh = "派给",
      .en = "Give to", .effect = give, .takes = give_takes,
      .takes_size = sizeof(struct give_input) },
    { .from = "planned", .action = "lock", .to = "", .may = SERVES, .zh = "锁定", .en = "Lock",
      .guard = is_open, .effect = lock },
    { .from = "planned", .action = "unlock", .to = "", .may = SERVES, .zh = "解锁",
      .en = "Unlock", .guard = is_locked, .effect = unlock },
    { .from = "planned", .action = "leave", .to = "under_way", .zh = "出发", .en = "Left",
      .effect = run_left, .automatic = true },
    { .from = "under_way", .action = "finish", .to = "done", .zh = "送完", .en = "Done",
      .effect = run_done, .automatic = true },
    { .from = "planned", .action = "drop", .to = "dropped", .zh = "取消", .en = "Dropped",
      .automatic = true },
    { 0 },
};

const struct entity meal_run_entity = {
    .name = "meal_run", .zh = "送餐路线", .en = "Delivery run", .size = sizeof(R),
    .fields = meal_run_fields, .indexes = run_indexes, .sorts = run_sorts, .state = "state",
    .steps = run_steps, .title = "day", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .seen_by_carer = "carer = $",
    .scope_of = "place", .menu = "orders",
};
#undef R

/* --- what every stop does to its run --- */

MUST static enum err counts_read(struct ctx *c, struct meal_run *run)
{
    struct rows r = db_rows(c, &sql_run_counts, PARAMS(P_INT("run", run->id.n)));
    if (rows_next(&r)) {
        run->stops = rows_int(&r, 0);
        run->portions = rows_int(&r, 1);
        run->open = rows_int(&r, 2);
    }
    return rows_end(&r);
}

enum err run_count(struct ctx *c, struct meal_run_id id)
{
    struct meal_run run;
    bool found;
    TRY(entity_load(c, &meal_run_entity, id.n, &run, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "a stop without its run %lld", (long long)id.n);
    TRY(counts_read(c, &run));
    TRY(entity_update_by_rule(c, &meal_run_entity, &run, run.row.version, "count"));
    if (run.state == RUN_PLANNED && run.open < run.stops && run.stops)
        TRY(entity_act_by_rule(c, &meal_run_entity, run.id.n, run.row.version, SV("leave"), NULL,
                               &run));
    if (run.state == RUN_UNDER_WAY && run.open == 0)
        TRY(entity_act_by_rule(c, &meal_run_entity, run.id.n, run.row.version, SV("finish"), NULL,
                               &run));
    return ERR_NONE;
}

struct sv door_short(struct arena *mem, struct sv address)
{
    static const char *const houses[] = { "号楼", "栋", "楼", "单元", "门" };
    struct buf b = buf_new(mem, 16);
    int64_t number = -1;
    for (size_t at = 0; at < address.len && b.len < 12;) {
        size_t end = at;
        while (end < address.len && address.at[end] >= '0' && address.at[end] <= '9')
            end++;
        if (end > at) {
            if (!sv_int(sv_head(sv_from(address, at), end - at), 0, 99999, &number))
                number = -1;
            at = end;
            continue;
        }
        if (address.at[at] == ' ') {
            at++;
            continue;
        }
        for (size_t i = 0; number >= 0 && i < sizeof houses / sizeof *houses; i++)
            if (sv_starts(sv_from(address, at), sv_of(houses[i]))) {
                buf_text(&b, b.len ? "-" : "");
                buf_int(&b, number);
                break;
            }
        number = -1;
        at++;
    }
    return buf_sv(&b);
}
