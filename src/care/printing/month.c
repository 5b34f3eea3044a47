/* month.c - a station's confirmation sheets of a month, one an elder, in the order of buildings. */

#include "care/printing/printing.h"

#include "care/carer/carer.h"
#include "care/catalogue/catalogue.h"

#include <stdlib.h>

SQL(printing_month_visits);

/* One visit and the door it went to. */
struct line {
    int64_t   visit, order, elder;
    struct printing_door door;
    struct sv name;
    size_t    place;                   /* in time: keeps days in order */
};

static int in_order(const void *left, const void *right)
{
    const struct line *a = left, *b = right;
    int way = printing_door_order(&a->door, &b->door);
    way = way ? way : a->elder < b->elder ? -1 : a->elder > b->elder;
    way = way ? way : sv_order(a->name, b->name);
    return way ? way : a->place < b->place ? -1 : a->place > b->place;
}

static bool same_door(const struct line *a, const struct line *b)
{
    return a->elder == b->elder && (a->elder || (sv_eq(a->name, b->name) &&
                                                 sv_eq(a->door.address, b->door.address)));
}

/* Ordered for somebody not in the register: what stands behind the compound's name. */
static void building_from_address(struct line *l)
{
    struct printing_door *d = &l->door;
    if (d->building.len == 0 && d->compound.len && sv_starts(d->address, d->compound))
        d->building = sv_trim(sv_from(d->address, d->compound.len));
}

static enum err lines_read(struct ctx *c, const struct printing_asked *in, struct line *ret_lines,
                           size_t *ret_n)
{
    struct day first, next;
    size_t n = 0;
    printing_month_days(in->month, &first, &next);
    struct rows r = db_rows(c, &sql_printing_month_visits,
                            PARAMS(P_INT("org", in->org), P_INT("first", first.n),
                                   P_INT("next", next.n)));
    while (n < PRINTING_VISITS_MAX + 1 && rows_next(&r)) {
        ret_lines[n] = (struct line){
            .visit = rows_int(&r, 0), .order = rows_int(&r, 1), .elder = rows_int(&r, 2),
            .door = { sv_copy(&c->mem, rows_text(&r, 3)), sv_copy(&c->mem, rows_text(&r, 4)),
                      sv_copy(&c->mem, rows_text(&r, 5)), sv_copy(&c->mem, rows_text(&r, 7)) },
            .name = sv_copy(&c->mem, rows_text(&r, 6)), .place = n,
        };
        building_from_address(&ret_lines[n]);
        n++;
    }
    TRY(rows_end(&r));
    *ret_n = n;
    if (n > PRINTING_VISITS_MAX)
        return fail(c, ERR_INVALID, "printing.many", "more than %d visits", PRINTING_VISITS_MAX);
    return n ? ERR_NONE : fail(c, ERR_INVALID, "printing.none", "no visits in the month");
}

/* --- one elder's sheet --- */

static void begin_table(struct print *p)
{
    const struct print_column columns[] = {
        { SV("日期"), 3, false }, { SV("时间"), 2.4, false }, { SV("服务项目"), 3, false },
        { SV("护理员"), 2, false }, { SV("分钟"), 1.2, true }, { SV("自付（元）"), 1.8, true },
        { SV("备注"), 1.8, false },
    };
    print_table(p, columns, sizeof columns / sizeof columns[0]);
}

static struct sv span_of(struct ctx *c, const struct visit *v)
{
    if (!moment_known(v->arrived_at) || !moment_known(v->done_at))
        return sv_fmt(&c->mem, "约 %.*s–%.*s", SV_ARG(clock_words(&c->mem, v->start_min)),
                      SV_ARG(clock_words(&c->mem, v->end_min)));
    return sv_fmt(&c->mem, "%.*s–%.*s", SV_ARG(clock_words(&c->mem, minute_of(v->arrived_at))),
                  SV_ARG(clock_words(&c->mem, minute_of(v->done_at))));
}

static enum err row_print(struct ctx *c, struct print *p, const struct line *l, int64_t *minutes,
                          int64_t *fen)
{
    struct visit v;
    struct care_order o;
    struct catalogue_item item;
    struct carer carer;
    bool found;
    TRY(entity_get(c, &visit_entity, l->visit, &v));
    TRY(entity_load(c, &care_order_entity, l->order, &o, &found));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    TRY(entity_load(c, &carer_entity, v.carer.n, &carer, &found));
    int64_t took = moment_known(v.arrived_at) && moment_known(v.done_at)
        ? (v.done_at.ms - v.arrived_at.ms) / 60000 : v.end_min - v.start_min;
    int64_t own = visit_share((enum visit_seat)v.seat, o.own_pay.fen);
    *minutes += took;
    *fen += own;
    const struct sv cells[] = {
        sv_from(day_words(&c->mem, v.day), sizeof "2026年" - 1), span_of(c, &v), item.name,
        carer.name, sv_fmt(&c->mem, "%lld", (long long)took),
        sv_fmt(&c->mem, "%lld.%02lld", (long long)(own / 100), (long long)(own % 100)),
        v.backdated ? SV("补录") : v.seat == SEAT_ALONE ? SV("") : SV("两人"),
    };
    print_row(p, cells);
    return ERR_NONE;
}

/* How often somebody came; of an order of two both lines are one coming, and both are told. */
static struct sv times_words(struct ctx *c, const struct line *l, size_t n)
{
    size_t times = 0;
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (size_t k = 0; k < i && !again; k++)
            again = l[k].order == l[i].order;
        times += !again;
    }
    return times == n ? sv_fmt(&c->mem, "%zu 次", n)
                      : sv_fmt(&c->mem, "%zu 次（%zu 人次）", times, n);
}

static enum err sheet_print(struct ctx *c, struct printing *paper, const struct organisation *org,
                            const struct line *l, size_t n)
{
    struct print *p = paper->print;
    struct care_order o;
    struct served s;
    int64_t minutes = 0, fen = 0;
    TRY(entity_get(c, &care_order_entity, l->order, &o));
    TRY(served_of(c, &o, &s));
    const struct print_fact facts[] = { { SV("老年人"), s.name }, { SV("联系电话"), s.phone } };
    const struct print_fact where[] = { { SV("服务地址"), s.address } };
    const struct sv signs[] = { SV("老人（家属）签字："), SV("机构经办："), SV("日期：") };
    print_form(p, &(struct print_form){
        .title = SV("上门服务月确认单"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s", SV_ARG(org->name), SV_ARG(paper->asked.month)),
        .number = sv_fmt(&c->mem, "编号 %.*s-%lld", SV_ARG(paper->work->batch->number),
                         (long long)(paper->work->rows + 1)),
        .code = sv_fmt(&c->mem, "%s/console/#/back?number=%.*s",
                       c->house->config->public_url ? c->house->config->public_url : "",
                       SV_ARG(o.number)) });
    print_facts(p, facts, 2, 2);
    print_facts(p, where, 1, 1);
    begin_table(p);
    for (size_t i = 0; i < n; i++)
        TRY(row_print(c, p, l + i, &minutes, &fen));
    print_gap(p, 8);
    print_text(p, sv_fmt(&c->mem, "合计 %.*s，%lld 分钟，自付 ¥%lld.%02lld。",
                         SV_ARG(times_words(c, l, n)), (long long)minutes,
                         (long long)(fen / 100), (long long)(fen % 100)));
    print_text(p, SV("我确认以上服务属实；不属实的请划去并写明，或拨打 12345。"));
    print_gap(p, 16);
    print_sign(p, signs, 3);
    printing_names(c, paper, l->elder);
    paper->work->rows++;
    return ERR_NONE;
}

enum err printing_month(struct ctx *c, struct printing *p)
{
    struct line *lines = NEW(&c->mem, struct line, PRINTING_VISITS_MAX + 1);
    struct organisation org;
    bool found;
    size_t n;
    TRY(lines_read(c, &p->asked, lines, &n));
    TRY(entity_load(c, &organisation_entity, p->asked.org, &org, &found));
    qsort(lines, n, sizeof *lines, in_order);
    for (size_t i = 0, k; i < n; i = k) {
        for (k = i + 1; k < n && same_door(&lines[i], &lines[k]); k++)
            ;
        TRY(sheet_print(c, p, &org, &lines[i], k - i));
        if (p->work->rows % 50 == 0)
            TRY(export_progress(p->work, p->work->rows));
    }
    return ERR_NONE;
}
