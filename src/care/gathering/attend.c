/* attend.c - who came: a tick, a counter card or the last four digits; once a day. */

#include "care/gathering/inside.h"

#include "care/counter/counter.h"
#include "care/parameter/parameter.h"

SQL(gathering_people);
SQL(attendance_of);

const struct choice attendance_ways[] = {
    { "tick", "点名", "ticked" }, { "card", "刷卡", "card" }, { "digits", "手机尾号", "digits" },
    { "paper", "纸质补录", "from paper" }, { 0 },
};
static const struct choice states[] = {
    { "here", "已到", "came" }, { "undone", "已撤销", "undone" }, { 0 },
};

#define A struct attendance
const struct field attendance_fields[] = {
    ROW_FIELDS(A),
    LINK(A, gathering, "gathering", .read_only = true, .filter = true, .brief = true,
         .zh = "课程活动", .en = "Class or outing"),
    LINK(A, enrolment, "enrolment", .read_only = true, .filter = true, .brief = true,
         .zh = "报名", .en = "Sign-up"),
    LINK(A, org, "organisation", .read_only = true, .filter = true, .zh = "举办机构",
         .en = "Held by"),
    LINK(A, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    FIELD(A, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(A, at, .read_only = true, .brief = true, .zh = "签到时间", .en = "When"),
    CHOICE(A, way, attendance_ways, .read_only = true, .brief = true, .zh = "方式", .en = "How"),
    FIELD(A, backdated, .read_only = true, .zh = "补录", .en = "Noted later"),
    LINK(A, noted_by, "account", .read_only = true, .zh = "登记人", .en = "Noted by"),
    CHOICE(A, state, states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "enrolment, day", .unique = true,
      .where = "state = 'here' AND ended_at IS NULL", .message = "attendance.twice" },
    { .name = "day", .columns = "gathering, day, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "when", .columns = "day, id" },
    { .name = "state", .columns = "state, day, id" },
    { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* What is over and settled is not taken back by a slip of the finger. */
static enum err undo_guard(struct ctx *c, const void *row)
{
    const A *a = row;
    return a->day.n == day_of(c->now).n || a->backdated ? ERR_NONE
        : fail(c, ERR_CONFLICT, "attendance.day", "attendance %lld is of another day",
               (long long)a->id.n);
}

static const struct step steps[] = {
    { .from = "here", .action = "undo", .to = "undone", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = undo_guard, .danger = true, .zh = "撤销签到", .en = "Undo" },
    { 0 },
};

const struct entity attendance_entity = {
    .name = "attendance", .zh = "活动签到", .en = "Attendance", .size = sizeof(A),
    .fields = attendance_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "day", .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "gathering", .menu = "orders",
};
#undef A

/* --- who is it? --- */

static bool ends_with(struct sv phone, struct sv digits)
{
    return digits.len == 4 && phone.len >= 4 && sv_eq(sv_from(phone, phone.len - 4), digits);
}

static bool comes(const struct enrolment *r)
{
    return r->state == ENROLMENT_IN || r->state == ENROLMENT_DONE || r->state == ENROLMENT_ABSENT;
}

/* By card, else by the last four digits of her telephone; of two with the same digits both. */
MUST static enum err find(struct ctx *c, struct gathering_id id, struct sv code,
                          struct signed_in *ret, int *ret_way)
{
    struct elder_id card;
    int64_t ids[GATHERING_PEOPLE_MAX];
    size_t n = 0;
    TRY(diner_card_elder(c, code, &card));
    *ret_way = card.n ? ATTEND_CARD : ATTEND_DIGITS;
    struct rows r = db_rows(c, &sql_gathering_people, PARAMS(P_INT("gathering", id.n)));
    while (n < GATHERING_PEOPLE_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n && ret->n < sizeof ret->several / sizeof *ret->several; i++) {
        struct enrolment one;
        bool found;
        TRY(entity_load(c, &enrolment_entity, ids[i], &one, &found));
        bool hers = card.n ? one.elder.n == card.n : ends_with(one.for_phone, sv_trim(code));
        if (comes(&one) && hers)
            ret->several[ret->n++] = one.id;
    }
    if (!ret->n)
        fail_field(c, SV("code"), "gathering.nobody");
    return fail_fields(c);
}

/* --- noting it --- */

MUST static enum err check_day(struct ctx *c, const struct gathering *g, struct day day)
{
    int64_t days, ago = day_of(c->now).n - day.n;
    TRY(parameter_int(c, "gathering.backdate_days", g->row.scope, day_of(c->now), &days));
    if (!gathering_meets(g, day))
        fail_field(c, SV("day"), "gathering.not_that_day");
    else if (ago < 0)
        fail_field(c, SV("day"), "visit.not_yet");
    else if (ago > days)
        fail_field(c, SV("day"), "gathering.too_long_ago");
    return fail_fields(c);
}

MUST static enum err note(struct ctx *c, const struct gathering *g, struct enrolment_id id,
                          const struct sign_in *in, struct signed_in *ret)
{
    struct enrolment r;
    struct attendance *a = &ret->made;
    int64_t there = 0;
    bool found;
    TRY(entity_load(c, &enrolment_entity, id.n, &r, &found));
    if (!found || r.gathering.n != g->id.n || !comes(&r)) {
        fail_field(c, SV("enrolment"), "gathering.nobody");
        return fail_fields(c);
    }
    TRY(db_int(c, &sql_attendance_of, PARAMS(P_INT("enrolment", id.n), P_INT("day", in->day.n)),
               &there));
    ret->before = there != 0;
    if (there)
        return entity_load(c, &attendance_entity, there, a, &found);
    record_clear(attendance_fields, a);
    a->row.scope = g->row.scope;
    a->gathering = g->id;
    a->enrolment = id;
    a->org = g->org;
    a->elder = r.elder;
    a->day = in->day;
    a->at = ctx_happened(c);
    a->way = in->way;
    a->backdated = in->day.n != day_of(c->now).n;
    a->noted_by = review_me(c);
    return entity_create_by_rule(c, &attendance_entity, a);
}

enum err gathering_sign_in(struct ctx *c, struct gathering_id id, const struct sign_in *asked,
                           struct signed_in *ret)
{
    struct gathering g;
    struct sign_in in = *asked;
    int way;
    *ret = (struct signed_in){ .n = 0 };
    TRY(gathering_of_staff(c, id, &g));
    if (!day_known(in.day))
        in.day = day_of(c->now);
    TRY(check_day(c, &g, in.day));
    if (!in.enrolment.n) {
        TRY(find(c, id, in.code, ret, &way));
        if (ret->n > 1)
            return ERR_NONE;
        in.enrolment = ret->several[0];
        in.way = in.way == ATTEND_PAPER ? ATTEND_PAPER : way;
    }
    ret->n = 1;
    ret->several[0] = in.enrolment;
    return note(c, &g, in.enrolment, &in, ret);
}
