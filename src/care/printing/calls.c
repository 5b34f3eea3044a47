/* calls.c - the call list for tomorrow on paper: whom, the number, what to say, a place to tick. */

#include "care/printing/printing.h"

#include "care/told/told.h"

SQL(told_lines);

static enum err line_print(struct ctx *c, struct printing *paper, int64_t id, int64_t nth)
{
    struct told_call t;
    struct care_order o;
    struct served s;
    struct sv say;
    TRY(entity_get(c, &told_call_entity, id, &t));
    TRY(entity_get(c, &care_order_entity, t.care_order.n, &o));
    TRY(served_of(c, &o, &s));
    TRY(told_sentence(c, &o, &say));
    const struct sv cells[] = {
        sv_fmt(&c->mem, "%lld", (long long)nth), clock_words(&c->mem, o.start_min), s.name,
        s.phone, say,
        t.state == CALL_OPEN ? SV("□同意 □改时间 □不要了 □没接") : sv_of(told_states[t.state].zh),
    };
    print_row(paper->print, cells);
    printing_names(c, paper, t.elder.n);
    return ERR_NONE;
}

enum err printing_calls(struct ctx *c, struct printing *paper)
{
    const struct print_column columns[] = {
        { SV(""), 0.6, true }, { SV("时间"), 1.1, false }, { SV("姓名"), 1.4, false },
        { SV("电话"), 2, false }, { SV("要说的话"), 6, false }, { SV("结果"), 2, false },
    };
    struct print *p = paper->print;
    struct organisation org;
    int64_t ids[TOLD_LINES_MAX];
    size_t n = 0;
    bool found;
    TRY(entity_load(c, &organisation_entity, c->who->org, &org, &found));
    struct rows r = db_rows(c, &sql_told_lines,
                            PARAMS(P_INT("org", c->who->org), P_INT("day", paper->asked.day.n)));
    while (n < TOLD_LINES_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    print_form(p, &(struct print_form){
        .title = SV("明日告知名单"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　服务日期 %.*s", SV_ARG(found ? org.name : SV("")),
                        SV_ARG(day_words(&c->mem, paper->asked.day))),
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(paper->work->batch->number)) });
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n; i++)
        TRY(line_print(c, paper, ids[i], (int64_t)i + 1));
    if (!n)
        print_text(p, SV("没有需要打电话告知的订单。"));
    paper->work->rows = (int64_t)n;
    return ERR_NONE;
}
