/* month.c - the month of a station: what is billed, what is held, and the hours of each carer. */

#include "care/doubt/doubt.h"

#include "care/carer/carer.h"
#include "care/organisation/organisation.h"
#include "care/visit/worked.h"
#include "http/describe/gives.h"
#include "sheet/out.h"

#include <string.h>

SQL(month_lines);

enum { LINES_MAX = 3000, CARERS_MAX = 200 };

struct month_asked { struct sv month; struct organisation_id org; };
static const struct field asked_fields[] = {
    FIELD(struct month_asked, month, .required = true, .low = 7, .high = 7, .zh = "月份",
          .en = "Month, 2026-11"),
    LINK(struct month_asked, org, "organisation", .zh = "机构",
         .en = "Organisation; one's own when absent"),
    { 0 },
};

struct month_line {
    int64_t visit, order, carer, elder, check;
    struct day day;
    int64_t minutes, price, own, others, station, score;
    struct set reasons;
    bool confirmed, held;
};
struct month { struct organisation org; struct day first, last; struct month_line *at; size_t n; };

/* --- reading --- */

static enum err days_of(struct ctx *c, struct sv month, struct month *m)
{
    char room[16];
    if (month.len == 7) {
        memcpy(room, month.at, 7);
        memcpy(room + 7, "-01", 3);
    }
    if (month.len != 7 || !sv_day((struct sv){ room, 10 }, &m->first)) {
        fail_field(c, SV("month"), "doubt.month");
        return fail_fields(c);
    }
    struct civil v = civil_of_day(m->first);
    m->last.n = day_civil(v.year + (v.month == 12), v.month % 12 + 1, 1).n - 1;
    return ERR_NONE;
}

/* A station's own; an officer's within her scope. */
static enum err org_of(struct ctx *c, struct organisation_id asked, struct month *m)
{
    bool own = roles[c->who->role].sees == SEES_ORG;
    int64_t id = asked.n ? asked.n : c->who->org;
    if (own && id != c->who->org)
        return fail(c, ERR_MISSING, "missing", "another organisation's month");
    TRY(entity_get(c, &organisation_entity, id, &m->org));
    bool all = own || who_in_scope(c, m->org.row.scope);
    return all ? ERR_NONE : fail(c, ERR_MISSING, "missing", "out of scope");
}

/* A line is billed when the visit is clear or accepted; a doubtful one is held, and only it. */
static void line_read(struct rows *r, struct month_line *l)
{
    int state = DOUBT_CLEAR, order = ORDER_SERVED, seat = SEAT_ALONE;
    int64_t start = rows_int(r, 5), end = rows_int(r, 6);
    int64_t came = rows_int(r, 7), left = rows_int(r, 8);
    choice_of(doubt_states, rows_text(r, 13), &state);
    choice_of(order_states, rows_text(r, 12), &order);
    choice_of(visit_seats, rows_text(r, 18), &seat);
    *l = (struct month_line){
        .visit = rows_int(r, 0), .order = rows_int(r, 1), .carer = rows_int(r, 2),
        .elder = rows_int(r, 3), .day = { rows_int(r, 4) },
        .price = visit_share((enum visit_seat)seat, rows_int(r, 9)),
        .own = visit_share((enum visit_seat)seat, rows_int(r, 10)),
        .others = visit_share((enum visit_seat)seat, rows_int(r, 11)),
        .station = visit_share((enum visit_seat)seat, rows_int(r, 17)),
        .score = rows_int(r, 14),
        .check = rows_int(r, 15), .reasons = { (uint64_t)rows_int(r, 16) },
        .minutes = came && left ? (left - came) / 60000 : end - start,
        .confirmed = order == ORDER_CONFIRMED || order == ORDER_RATED,
        .held = state != DOUBT_CLEAR && state != DOUBT_ACCEPTED,
    };
}

static enum err lines_read(struct ctx *c, struct month *m)
{
    m->at = NEW(&c->mem, struct month_line, LINES_MAX);
    m->n = 0;
    struct rows r = db_rows(c, &sql_month_lines,
                            PARAMS(P_INT("org", m->org.id.n), P_INT("first", m->first.n),
                                   P_INT("last", m->last.n)));
    while (m->n < LINES_MAX && rows_next(&r))
        line_read(&r, &m->at[m->n++]);
    return rows_end(&r);
}

static enum err month_read(struct ctx *c, const struct month_asked *in, struct month *m)
{
    TRY(days_of(c, in->month, m));
    TRY(org_of(c, in->org, m));
    return lines_read(c, m);
}

/* --- sums --- */

/* own: hers; others: the government's; station: given by the organisation's own packages. */
struct sum {
    int64_t carer, visits, billed, held, unconfirmed, minutes, price, own, others, station, way;
};

static void sum_add(struct sum *s, const struct month_line *l)
{
    bool billed = !l->held && l->confirmed;
    s->visits++;
    s->billed += billed;
    s->held += l->held;
    s->unconfirmed += !l->held && !l->confirmed;
    s->minutes += l->minutes;
    s->price += billed ? l->price : 0;
    s->own += billed ? l->own : 0;
    s->others += billed ? l->others : 0;
    s->station += billed ? l->station : 0;
}

/* Lines come by carer. */
static size_t by_carer(const struct month *m, struct sum *ret_sums)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        if (n == 0 || ret_sums[n - 1].carer != m->at[i].carer) {
            if (n == CARERS_MAX)
                break;
            ret_sums[n++] = (struct sum){ .carer = m->at[i].carer };
        }
        sum_add(&ret_sums[n - 1], &m->at[i]);
    }
    return n;
}

/* Ways between visits that were made, as far as they count as hours of work. */
MUST static enum err ways_read(struct ctx *c, const struct month *m, struct sum *sums, size_t n)
{
    struct worked *days;
    size_t days_n;
    TRY(worked_between(c, &(struct worked_asked){ m->org.id, m->org.row.scope, m->first, m->last },
                       &days, &days_n));
    for (size_t i = 0, k = 0; i < days_n; i++) {
        while (k < n && sums[k].carer < days[i].carer.n)
            k++;
        if (k < n && sums[k].carer == days[i].carer.n)
            sums[k].way += days[i].done_way_min;
    }
    return ERR_NONE;
}

static struct sv carer_name(struct ctx *c, int64_t id)
{
    struct carer a;
    bool found = false;
    if (entity_load(c, &carer_entity, id, &a, &found) != ERR_NONE)
        ctx_forgive(c);
    return found ? a.name : SV("");
}

static void put_sum(struct json *j, const struct sum *s)
{
    json_int(j, "visits", s->visits);
    json_int(j, "billed", s->billed);
    json_int(j, "held", s->held);
    json_int(j, "unconfirmed", s->unconfirmed);
    json_int(j, "minutes", s->minutes);
    json_int(j, "way_minutes", s->way);
    json_int(j, "work_minutes", s->minutes + s->way);
    json_int(j, "price", s->price);
    json_int(j, "own", s->own);
    json_int(j, "others", s->others);
    json_int(j, "station", s->station);
}

static void put_reasons(struct ctx *c, struct json *j, struct set reasons)
{
    json_array(j, "reasons");
    for (int i = 0; i < DOUBT_REASONS; i++)
        if (reasons.bits >> i & 1)
            json_text(j, NULL, sv_of(c->lang == LANG_EN ? doubt_reasons[i].en
                                                        : doubt_reasons[i].zh));
    json_end(j, ']');
}

static enum err put_held(struct ctx *c, struct json *j, const struct month *m)
{
    json_array(j, "held_lines");
    for (size_t i = 0; i < m->n; i++) {
        const struct month_line *l = &m->at[i];
        struct visit_check k;
        if (!l->held)
            continue;
        TRY(entity_get(c, &visit_check_entity, l->check, &k));
        json_object(j, NULL);
        entity_json(c, j, "check", &visit_check_entity, &k, false);
        json_text(j, "carer_name", carer_name(c, l->carer));
        json_int(j, "price", l->price);
        put_reasons(c, j, l->reasons);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* Scores are worked out as it is looked at, so that evidence added a minute ago counts. */
static enum err month_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct month m;
    struct sum *sums = NEW(&c->mem, struct sum, CARERS_MAX), all = { 0 };
    int64_t n;
    const struct month_asked *in = q->query;
    TRY(days_of(c, in->month, &m));
    TRY(org_of(c, in->org, &m));
    TRY(doubt_run(c, m.org.id, m.first, m.last, &n));
    TRY(lines_read(c, &m));
    for (size_t i = 0; i < m.n; i++)
        sum_add(&all, &m.at[i]);
    size_t carers = by_carer(&m, sums);
    TRY(ways_read(c, &m, sums, carers));
    for (size_t i = 0; i < carers; i++)
        all.way += sums[i].way;
    json_text(&a->json, "month", in->month);
    json_text(&a->json, "org_title", m.org.name);
    put_sum(&a->json, &all);
    json_array(&a->json, "carers");
    for (size_t i = 0; i < carers; i++) {
        json_object(&a->json, NULL);
        json_id(&a->json, "carer", sums[i].carer);
        json_text(&a->json, "name", carer_name(c, sums[i].carer));
        put_sum(&a->json, &sums[i]);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return put_held(c, &a->json, &m);
}

/* --- hours for the payroll --- */

static void heads_put(struct sheet_out *o)
{
    static const char *const heads[] = { "护理员", "上门次数", "已确认可结算", "暂缓", "未确认",
                                         "服务分钟", "路上分钟", "工时（小时）" };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        sheet_out_width(o, i, i ? 12 : 18);
        sheet_out_text(o, SHEET_HEAD, sv_of(heads[i]));
    }
    sheet_out_end_row(o);
}

MUST static enum err sums_put(struct ctx *c, struct sheet_out *o, const struct month *m)
{
    struct sum *sums = NEW(&c->mem, struct sum, CARERS_MAX);
    size_t n = by_carer(m, sums);
    TRY(ways_read(c, m, sums, n));
    for (size_t i = 0; i < n; i++) {
        const int64_t cells[] = { sums[i].visits, sums[i].billed, sums[i].held,
                                  sums[i].unconfirmed, sums[i].minutes, sums[i].way };
        sheet_out_text(o, SHEET_PLAIN, carer_name(c, sums[i].carer));
        for (size_t k = 0; k < sizeof cells / sizeof *cells; k++)
            sheet_out_number(o, SHEET_PLAIN, (double)cells[k]);
        int64_t work = sums[i].minutes + sums[i].way;
        sheet_out_number(o, SHEET_PLAIN, (double)(work * 100 / 60) / 100);
        sheet_out_end_row(o);
    }
    return ERR_NONE;
}

static enum err hours_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct month m;
    struct sheet_sent out;
    struct sv bytes;
    const struct month_asked *in = q->query;
    int64_t id;
    TRY(month_read(c, in, &m));
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    sheet_out_page(out.out, sv_fmt(&c->mem, "工时 %.*s", SV_ARG(in->month)));
    sheet_out_freeze(out.out, 1);
    heads_put(out.out);
    TRY(sums_put(c, out.out, &m));
    TRY(sheet_sent_close(c, &out, &bytes));
    a->type = XLSX_TYPE;
    a->disposition = SV("attachment; filename=\"hours.xlsx\"");
    buf_put(&a->body, bytes);
    return ERR_NONE;
}

/* --- what they give --- */

#define SUM_GIVES                                                                             \
    SAYS(INT, "visits"), SAYS(INT, "billed"), SAYS(INT, "held"), SAYS(INT, "unconfirmed"),    \
        SAYS(INT, "minutes", .zh = "上门", .en = "Of visits"),                                \
        SAYS(INT, "way_minutes", .zh = "两次上门之间的路", .en = "Of ways between visits"),  \
        SAYS(INT, "work_minutes", .zh = "工时：上门和路", .en = "Hours of work: both"),       \
        SAYS(INT, "price"), SAYS(INT, "own"), SAYS(INT, "others"), \
        SAYS(INT, "station", .zh = "机构自有服务包承担", .en = "Given by its own packages")

static const struct field carer_gives[] = { SAYS(ID, "carer"), SAYS(TEXT, "name"), SUM_GIVES,
                                            { 0 } };
static const struct field held_gives[] = {
    SAYS(RECORD, "check", .links = "visit_check"), SAYS(TEXT, "carer_name"), SAYS(INT, "price"),
    SAYS(LIST, "reasons"), { 0 },
};
static const struct field month_gives[] = {
    SAYS(TEXT, "month"), SAYS(TEXT, "org_title"), SUM_GIVES,
    SAYS(LIST, "carers", .record = carer_gives),
    SAYS(LIST, "held_lines", .record = held_gives), { 0 },
};

const struct endpoint month_endpoints[] = {
    { .verb = GET, .path = "/api/month", .run = month_get, .lane = WRITES,
      .may = MAY_READ_ORDERS, .query = asked_fields, .query_size = sizeof(struct month_asked),
      .gives = month_gives, .zh = "本月：可结算、暂缓、各护理员工时",
      .en = "A station's month: what is billed, what is held, hours per carer" },
    { .verb = GET, .path = "/api/month/hours", .run = hours_get, .lane = READS,
      .may = MAY_EXPORT, .query = asked_fields, .query_size = sizeof(struct month_asked),
      .media = XLSX_TYPE, .zh = "护理员工时（Excel）", .en = "Hours per carer as a workbook" },
    { 0 },
};
