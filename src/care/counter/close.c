/* close.c - the closing of a day: what is expected, counting, and a second pair of eyes. */

#include "care/counter/close.h"

#include "care/errand/errand.h"

#include "model/jobs.h"

SQL(payment_closed_days);
SQL(close_sums);
SQL(close_wanted);

const struct choice close_states[] = {
    { "open", "未日结", "open" }, { "counted", "待复核", "counted" },
    { "closed", "已日结", "closed" }, { 0 },
};

const struct choice close_ways[] = {
    { "cash", "现金", "cash" }, { "station_qr", "扫码", "QR" }, { "transfer", "转账", "transfer" },
    { "monthly", "月结", "monthly account" }, { 0 },
};

#define C struct day_close
const struct field day_close_fields[] = {
    ROW_FIELDS(C),
    LINK(C, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(C, place, "place", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "服务点", .en = "Place"),
    FIELD(C, day, .required = true, .create_only = true, .filter = true, .brief = true,
          .zh = "日期", .en = "Day"),
    FIELD(C, cash, .read_only = true, .brief = true, .zh = "应收现金", .en = "Cash expected"),
    FIELD(C, qr, .read_only = true, .zh = "应收扫码", .en = "QR expected"),
    FIELD(C, transfer, .read_only = true, .zh = "应收转账", .en = "Transfers expected"),
    FIELD(C, monthly, .read_only = true, .zh = "月结挂账", .en = "On monthly account"),
    FIELD(C, cash_counted, .read_only = true, .brief = true, .zh = "实点现金",
          .en = "Cash counted"),
    FIELD(C, qr_counted, .read_only = true, .zh = "扫码到账", .en = "QR received"),
    FIELD(C, transfer_counted, .read_only = true, .zh = "转账到账", .en = "Transfers received"),
    FIELD(C, advances, .read_only = true, .zh = "未结清备用金", .en = "Advances not settled",
          .default_sql = "0"),
    FIELD(C, advances_counted, .read_only = true, .zh = "实点备用金", .en = "Advances counted",
          .default_sql = "0"),
    FIELD(C, difference, .read_only = true, .brief = true, .zh = "差额（实收减应收）",
          .en = "Difference"),
    FIELD(C, why, .read_only = true, .high = 300, .zh = "差额原因", .en = "Why it differs"),
    FIELD(C, payments, .read_only = true, .zh = "笔数", .en = "Payments"),
    FIELD(C, late, .read_only = true, .zh = "其中前日更正", .en = "Of them corrections"),
    LINK(C, counted_by, "account", .read_only = true, .zh = "点款人", .en = "Counted by"),
    LINK(C, checked_by, "account", .read_only = true, .zh = "复核人", .en = "Checked by"),
    FIELD(C, counted_at, .read_only = true, .zh = "点款时间", .en = "Counted at"),
    FIELD(C, checked_at, .read_only = true, .zh = "复核时间", .en = "Checked at"),
    CHOICE(C, state, close_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};
#undef C

static const struct index indexes[] = {
    { .name = "once", .columns = "place, day", .unique = true, .where = "ended_at IS NULL",
      .message = "close.once" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "state_day", .columns = "state, scope, day" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* --- the books --- */

enum { DAYS_ON_MAX = 60 };

enum err close_open_day(struct ctx *c, struct place_id place, struct day day, struct day *ret_day)
{
    *ret_day = day;
    if (place.n == 0)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_payment_closed_days,
                            PARAMS(P_INT("place", place.n), P_INT("day", day.n),
                                   P_INT("last", day.n + DAYS_ON_MAX)));
    while (rows_next(&r))
        if (rows_int(&r, 0) == ret_day->n)
            ret_day->n++;
    return rows_end(&r);
}

enum err close_lines(struct ctx *c, struct place_id place, struct day day,
                     struct close_line *ret_lines, size_t *ret_n)
{
    size_t n = 0;
    struct rows r = db_rows(c, &sql_close_sums, PARAMS(P_INT("place", place.n),
                                                       P_INT("day", day.n)));
    while (n < CLOSE_LINES_MAX && rows_next(&r)) {
        struct close_line *l = &ret_lines[n++];
        *l = (struct close_line){ .carer = { rows_int(&r, 2) }, .amount = { rows_int(&r, 3) },
                                  .n = rows_int(&r, 4) };
        choice_of(payment_sources, rows_text(&r, 0), &l->source);
        choice_of(pay_way_choices, rows_text(&r, 1), &l->pay_way);
    }
    *ret_n = n;
    return rows_end(&r);
}

/* Sums as they are now; kept in the row when it is counted. */
static enum err expect(struct ctx *c, struct day_close *d)
{
    struct errand_held held;
    TRY(errand_held_at(c, d->place, d->day, &held));
    d->advances = held.held;
    d->cash = d->qr = d->transfer = d->monthly = (struct money){ 0 };
    d->payments = d->late = 0;
    struct rows r = db_rows(c, &sql_close_sums, PARAMS(P_INT("place", d->place.n),
                                                       P_INT("day", d->day.n)));
    struct money *const ways[] = { [PAY_CASH] = &d->cash, [PAY_STATION_QR] = &d->qr,
                                   [PAY_TRANSFER] = &d->transfer, [PAY_MONTHLY] = &d->monthly };
    while (rows_next(&r)) {
        int way = 0;
        if (choice_of(pay_way_choices, rows_text(&r, 1), &way))
            ways[way]->fen += rows_int(&r, 3);
        d->payments += rows_int(&r, 4);
        d->late += rows_int(&r, 5);
    }
    return rows_end(&r);
}

/* --- steps --- */

static const struct field count_takes[] = {
    FIELD(struct close_count, cash, .required = true, .low = -10000000, .high = 100000000,
          .zh = "实点现金", .en = "Cash counted"),
    FIELD(struct close_count, qr, .required = true, .low = -10000000, .high = 100000000,
          .zh = "扫码到账", .en = "QR received"),
    FIELD(struct close_count, transfer, .low = -10000000, .high = 100000000, .zh = "转账到账",
          .en = "Transfers received"),
    FIELD(struct close_count, advances, .low = 0, .high = 100000000, .zh = "实点备用金",
          .en = "Advances counted"),
    FIELD(struct close_count, why, .high = 300, .many_lines = true, .zh = "差额原因",
          .en = "Why it differs", .hint_zh = "实收与应收不一致时必填"),
    { 0 },
};

static struct account_id me(const struct ctx *c)
{
    return (struct account_id){ c->who && c->who != &who_house ? c->who->account : 0 };
}

static enum err count(struct ctx *c, void *row, const void *input)
{
    const struct close_count *in = input;
    struct day_close *d = row;
    if (d->day.n > day_of(c->now).n)
        return fail(c, ERR_CONFLICT, "close.later", "day %lld is not over", (long long)d->day.n);
    TRY(expect(c, d));
    d->cash_counted = in->cash;
    d->qr_counted = in->qr;
    d->transfer_counted = in->transfer;
    d->advances_counted = in->advances;
    d->difference.fen = in->cash.fen + in->qr.fen + in->transfer.fen + in->advances.fen
                      - d->cash.fen - d->qr.fen - d->transfer.fen - d->advances.fen;
    bool differs = in->cash.fen != d->cash.fen || in->qr.fen != d->qr.fen
                || in->transfer.fen != d->transfer.fen || in->advances.fen != d->advances.fen;
    if (differs && sv_trim(in->why).len < 2)
        fail_field(c, SV("why"), "close.why");
    TRY(fail_fields(c));
    d->why = differs ? in->why : SV("");
    d->counted_by = me(c);
    d->counted_at = c->now;
    return ERR_NONE;
}

static enum err another(struct ctx *c, const void *row)
{
    const struct day_close *d = row;
    return me(c).n && me(c).n != d->counted_by.n ? ERR_NONE
         : fail(c, ERR_FORBIDDEN, "close.own", "closing %lld is checked by another",
                (long long)d->id.n);
}

static enum err checked(struct ctx *c, void *row, const void *input)
{
    (void)input;
    struct day_close *d = row;
    d->checked_by = me(c);
    d->checked_at = c->now;
    return ERR_NONE;
}

static const struct step steps[] = {
    { .from = "open", .action = "count", .to = "counted", .may = RIGHT(MAY_SERVE_ORDERS),
      .effect = count, .takes = count_takes, .takes_size = sizeof(struct close_count),
      .zh = "点款", .en = "Count" },
    { .from = "counted", .action = "check", .to = "closed", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = another, .effect = checked, .zh = "复核签字", .en = "Check and sign" },
    { .from = "counted", .action = "send_back", .to = "open", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = another, .reason = true, .zh = "退回重点", .en = "Count again" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct day_close *d = row;
    struct place place;
    bool found;
    if (before)
        return ERR_NONE;
    TRY(entity_load(c, &place_entity, d->place.n, &place, &found));
    if (!found)
        return fail(c, ERR_MISSING, "entity.missing", "no place %lld", (long long)d->place.n);
    if (c->who && roles[c->who->role].sees == SEES_ORG && place.org.n != c->who->org)
        fail_field(c, SV("place"), "close.not_yours");
    if (d->day.n > day_of(c->now).n)
        fail_field(c, SV("day"), "close.later");
    TRY(fail_fields(c));
    d->org = place.org;
    return expect(c, d);
}

const struct entity day_close_entity = {
    .name = "day_close", .zh = "日结", .en = "Closing of a day", .size = sizeof(struct day_close),
    .fields = day_close_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "day", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_update = true, .seen_by_org = "org = $", .scope_of = "place", .rules = rules,
    .menu = "orders",
};

/* --- the clock --- */

struct wanted { struct place_id place; struct day day; };
enum { WANTED_MAX = 200, EVENING_MIN = 18 * 60 };

static enum err open_some(struct ctx *c, void *arg)
{
    bool *more = arg;
    struct wanted at[WANTED_MAX];
    size_t n = 0;
    bool evening = minute_of(c->now) >= EVENING_MIN;       /* the day's own is opened by then */
    struct rows r = db_rows(c, &sql_close_wanted,
                            PARAMS(P_INT("today", day_of(c->now).n - !evening),
                                   P_INT("from", day_of(c->now).n - DAYS_ON_MAX),
                                   P_INT("most", WANTED_MAX)));
    while (n < WANTED_MAX && rows_next(&r))
        at[n++] = (struct wanted){ { rows_int(&r, 0) }, { rows_int(&r, 1) } };
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct day_close d;
        record_clear(day_close_fields, &d);
        d.place = at[i].place;
        d.day = at[i].day;
        TRY(entity_create_by_rule(c, &day_close_entity, &d));
    }
    *more = n == WANTED_MAX;
    return ERR_NONE;
}

enum err job_close_open(struct ctx *c, const struct job *j)
{
    bool more = true;
    (void)j;
    while (more)
        TRY(transaction_batch(c, open_some, &more));
    return ERR_NONE;
}
