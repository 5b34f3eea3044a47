/*
 * meals.c - the run sheet and bag labels of a delivery run, and the list of where to eat that hangs
 * in a community for those without a telephone. The sheet has names and addresses in full and comes
 * back; a label has the family name, the building and the diet, no more.
 */

#include "care/printing/printing.h"

#include "care/delivery/delivery.h"
#include "care/division/division.h"
#include "care/hours/hours.h"
#include "model/row/answer.h"

SQL(printing_run_stops);
SQL(printing_tables);
SQL(printing_dishes);

enum { TABLES_MAX = 60 };

MUST static enum err stops_read(struct ctx *c, int64_t run, int64_t *ids, size_t *ret_n)
{
    size_t n = 0;
    struct rows r = db_rows(c, &sql_printing_run_stops, PARAMS(P_INT("run", run)));
    while (n < RUN_STOPS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    *ret_n = n;
    return rows_end(&r);
}

struct run_facts {
    struct meal_run     run;
    struct place        place;
    struct carer        carer;
    struct meal_bringer bringer;
    bool                has_carer;
};

MUST static enum err run_read(struct ctx *c, int64_t id, struct run_facts *w)
{
    bool found;
    TRY(entity_get(c, &meal_run_entity, id, &w->run));
    TRY(entity_load(c, &place_entity, w->run.place.n, &w->place, &found));
    record_clear(meal_bringer_fields, &w->bringer);
    if (w->run.bringer.n)
        TRY(entity_load(c, &meal_bringer_entity, w->run.bringer.n, &w->bringer, &found));
    if (w->run.carer.n)
        TRY(entity_load(c, &carer_entity, w->run.carer.n, &w->carer, &w->has_carer));
    return ERR_NONE;
}

static struct sv sitting_words(struct ctx *c, const struct run_facts *w)
{
    struct sv day = day_words(&c->mem, w->run.day);
    struct sv sitting = sitting_name((enum sitting)w->run.sitting, LANG_ZH);
    return sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(day), SV_ARG(sitting));
}

MUST static enum err stop_line(struct ctx *c, struct printing *paper, int64_t id)
{
    struct meal_stop s;
    struct care_order o;
    struct served who;
    bool found;
    TRY(entity_get(c, &meal_stop_entity, id, &s));
    TRY(entity_load(c, &care_order_entity, s.care_order.n, &o, &found));
    TRY(served_of(c, &o, &who));
    struct sv diets = diets_text(&c->mem, s.diets, LANG_ZH);
    struct sv cash = o.paid || o.pay_way != PAY_CASH
                         ? SV("")
                         : sv_fmt(&c->mem, "收 ¥%lld.%02lld", (long long)(o.own_pay.fen / 100),
                                  (long long)(o.own_pay.fen % 100));
    struct sv what = sv_fmt(&c->mem, "%lld 份 %.*s %.*s", (long long)s.quantity, SV_ARG(diets),
                            SV_ARG(cash));
    struct sv name = sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(who.name), SV_ARG(who.phone));
    struct sv at = s.at_min ? clock_words(&c->mem, (int)s.at_min) : SV("");
    print_row(paper->print, (const struct sv[]){ sv_fmt(&c->mem, "%lld", (long long)s.seq), at,
                                                 s.door, who.address, name, what, o.note,
                                                 SV("□本人 □代收 □没人") });
    printing_names(c, paper, s.elder.n);
    return ERR_NONE;
}

/* When it is; which round it is, once that was planned. */
static struct sv round_words(struct ctx *c, const struct run_facts *w)
{
    struct sv when = sitting_words(c, w);
    if (!w->run.back_min)
        return when;
    struct sv leave = clock_words(&c->mem, (int)w->run.leave_min);
    struct sv back = clock_words(&c->mem, (int)w->run.back_min);
    return sv_fmt(&c->mem, "%.*s　第 %lld 趟（%s）%.*s 出发 %.*s 返回", SV_ARG(when),
                  (long long)w->run.trip, travels[w->run.travel].zh, SV_ARG(leave), SV_ARG(back));
}

enum err printing_meal_run(struct ctx *c, struct printing *paper)
{
    static const struct print_column columns[] = {
        { SV_INIT("序"), 0.05, true },        { SV_INIT("时间"), 0.08, false },
        { SV_INIT("楼门"), 0.08, false },     { SV_INIT("地址"), 0.21, false },
        { SV_INIT("姓名电话"), 0.17, false }, { SV_INIT("份数、饮食"), 0.14, false },
        { SV_INIT("备注"), 0.07, false },     { SV_INIT("结果"), 0.2, false },
    };
    static const struct sv signs[] = { SV_INIT("送餐员签字"), SV_INIT("交回时间") };
    int64_t ids[RUN_STOPS_MAX];
    struct run_facts w = { .has_carer = false };
    size_t n;
    TRY(run_read(c, paper->asked.run, &w));
    TRY(stops_read(c, paper->asked.run, ids, &n));
    struct sv when = round_words(c, &w);
    struct sv name = w.has_carer ? w.carer.name : w.bringer.name;
    struct sv carer = name.len ? name : SV("　　　　");
    print_form(paper->print, &(struct print_form){
        .title = SV("送餐路线单"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s\n%lld 户 %lld 份　送餐员 %.*s", SV_ARG(w.place.name),
                        SV_ARG(when), (long long)w.run.stops, (long long)w.run.portions,
                        SV_ARG(carer)) });
    print_table(paper->print, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        TRY(stop_line(c, paper, ids[i]));
    print_sign(paper->print, signs, 2);
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}

/* One label a portion: 2/3 says that there are three bags for this door. */
static void labels(struct ctx *c, struct printing *paper, const struct run_facts *w,
                   const struct meal_stop *s)
{
    struct sv diets = diets_text(&c->mem, s->diets, LANG_ZH), when = sitting_words(c, w);
    struct sv at = clock_words(&c->mem, (int)s->at_min);
    if (s->at_min)
        when = sv_fmt(&c->mem, "%.*s　第 %lld 趟 %.*s", SV_ARG(when), (long long)w->run.trip,
                      SV_ARG(at));
    struct sv name = mask_text(&c->mem, MASK_NAME, s->for_name);
    for (int64_t i = 1; i <= s->quantity; i++)
        print_label(paper->print, &(struct print_label){
            .head = w->place.name,
            .big = sv_fmt(&c->mem, "%lld　%.*s", (long long)s->seq, SV_ARG(s->door)),
            .name = sv_fmt(&c->mem, "%.*s　%lld/%lld", SV_ARG(name), (long long)i,
                           (long long)s->quantity),
            .line = diets.len ? diets : SV("普通"), .small = when });
}

enum err printing_meal_bags(struct ctx *c, struct printing *paper)
{
    int64_t ids[RUN_STOPS_MAX];
    struct run_facts w = { .has_carer = false };
    size_t n;
    TRY(run_read(c, paper->asked.run, &w));
    TRY(stops_read(c, paper->asked.run, ids, &n));
    for (size_t i = 0; i < n; i++) {
        struct meal_stop s;
        TRY(entity_get(c, &meal_stop_entity, ids[i], &s));
        labels(c, paper, &w, &s);
        printing_names(c, paper, s.elder.n);
    }
    paper->work->rows = (int64_t)n;
    return n ? ERR_NONE : fail(c, ERR_INVALID, "delivery.nothing", "no stops");
}

/* --- for those off line --- */

MUST static enum err dishes_said(struct ctx *c, int64_t place, struct day day, struct sv *ret_text)
{
    struct buf b = buf_new(&c->mem, 160);
    struct rows r = db_rows(c, &sql_printing_dishes,
                            PARAMS(P_INT("place", place), P_INT("day", day.n)));
    while (rows_next(&r)) {
        buf_text(&b, b.len ? "、" : "");
        buf_put(&b, rows_text(&r, 0));
    }
    *ret_text = buf_sv(&b);
    return rows_end(&r);
}

struct table_line { int64_t place, lunch_fen, brought_fen; };

MUST static enum err table_row(struct ctx *c, struct printing *paper, const struct table_line *t)
{
    struct place p;
    struct sv dishes;
    struct moment cut_off;
    struct day today = day_of(c->now);
    bool found;
    TRY(entity_load(c, &place_entity, t->place, &p, &found));
    TRY(dishes_said(c, t->place, today, &dishes));
    TRY(meal_cut_off(c, p.row.scope, p.id, SITTING_LUNCH, today, &cut_off));
    struct sv until = cut_off_text(&c->mem, SITTING_LUNCH, today, cut_off, LANG_ZH);
    struct sv hours = place_closed(&p, today) ? SV("临时停业") : hours_read_out(&c->mem, p.hours);
    struct sv where = sv_fmt(&c->mem, "%.*s\n%.*s\n%.*s", SV_ARG(p.name), SV_ARG(p.address),
                             SV_ARG(hours));
    struct sv phone = sv_fmt(&c->mem, "%.*s\n%.*s", SV_ARG(p.phone), SV_ARG(until));
    struct sv price = sv_fmt(&c->mem, "%s%lld.%02lld 元%s", t->lunch_fen ? "午餐 " : "送餐 ",
                             (long long)((t->lunch_fen ? t->lunch_fen : t->brought_fen) / 100),
                             (long long)((t->lunch_fen ? t->lunch_fen : t->brought_fen) % 100),
                             t->brought_fen ? "，可送餐" : "，不送餐");
    print_row(paper->print, (const struct sv[]){ where, phone, price, dishes });
    return ERR_NONE;
}

enum err printing_meal_tables(struct ctx *c, struct printing *paper)
{
    static const struct print_column columns[] = {
        { SV_INIT("哪里、几点开门"), 0.34, false },
        { SV_INIT("电话、订餐"), 0.27, false },      /* a whole number on one line, in large type too */
        { SV_INIT("价格"), 0.16, false }, { SV_INIT("今天午餐"), 0.23, false },
    };
    struct table_line lines[TABLES_MAX];
    struct division v;
    size_t n = 0;
    TRY(entity_get(c, &division_entity, paper->asked.division, &v));
    int64_t street = v.row.scope / 1000 * 1000;      /* its own street: one walks over */
    struct rows r = db_rows(c, &sql_printing_tables,
                            PARAMS(P_INT("low", street), P_INT("high", street + 999),
                                   P_INT("here", v.row.scope)));
    while (n < TABLES_MAX && rows_next(&r)) {
        lines[n] = (struct table_line){ rows_int(&r, 0), rows_int(&r, 1), rows_int(&r, 2) };
        n++;
    }
    TRY(rows_end(&r));
    struct sv day = day_words(&c->mem, day_of(c->now));
    print_form(paper->print, &(struct print_form){
        .title = SV("附近吃饭的地方"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s　补贴以审核为准，先打电话问", SV_ARG(v.name), SV_ARG(day)) });
    print_table(paper->print, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        TRY(table_row(c, paper, &lines[i]));
    if (n == 0)
        print_text(paper->print, SV("这个街道还没有登记的助餐点。"));
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}
