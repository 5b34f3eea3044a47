/* today.c - 今日一览 on paper: the figures worst first, each with its 口径 and its moment. */

#include "care/printing/printing.h"

#include "care/figure/figure.h"
#include "care/organisation/organisation.h"

/* What is counted, and of what it is made up. */
static struct sv meaning_of(struct ctx *c, const struct figure *f)
{
    const struct figure_part *part = f->parts.at;
    struct buf b = buf_new(&c->mem, 256);
    buf_put(&b, f->definition);
    for (size_t i = 0; i < f->parts.n; i++)
        buf_fmt(&b, "%s%.*s %lld", i ? "，" : "\n其中：", SV_ARG(part[i].name),
                (long long)part[i].value);
    return buf_sv(&b);
}

static struct sv value_of(struct ctx *c, const struct figure *f)
{
    bool bare = f->unit.len == 0 || sv_ends(f->text, f->unit);
    return bare ? f->text : sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(f->text), SV_ARG(f->unit));
}

static void figures_print(struct ctx *c, struct print *p, const struct list *figures)
{
    const struct print_column columns[] = {
        { SV("状态"), 1, false }, { SV("指标"), 2.4, false }, { SV("数值"), 1.5, true },
        { SV("对比"), 1.6, false }, { SV("口径"), 6.5, false },
    };
    const struct figure *f = figures->at;
    print_table(p, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < figures->n; i++) {
        const struct sv cells[] = {
            sv_of(figure_states[f[i].state].zh), f[i].name, value_of(c, &f[i]), f[i].compare,
            meaning_of(c, &f[i]),
        };
        print_row(p, cells);
    }
}

static int64_t count_of(const struct list *figures, enum figure_state state)
{
    const struct figure *f = figures->at;
    int64_t n = 0;
    for (size_t i = 0; i < figures->n; i++)
        n += f[i].state == (int)state;
    return n;
}

/* Whose figures they are: a division's, an organisation's, or all the caller answers for. */
static enum err area_name(struct ctx *c, int64_t division, struct sv *ret_name)
{
    struct division d;
    struct organisation o;
    bool found = false;
    *ret_name = SV("全部辖区");
    if (roles[c->who->role].sees == SEES_ORG && c->who->org) {
        TRY(entity_load(c, &organisation_entity, c->who->org, &o, &found));
        *ret_name = found ? o.name : SV("");
    } else if (division) {
        TRY(entity_load(c, &division_entity, division, &d, &found));
        *ret_name = found ? d.name : SV("");
    }
    return ERR_NONE;
}

enum err printing_today(struct ctx *c, struct printing *paper)
{
    struct list figures;
    struct sv area;
    struct print *p = paper->print;
    struct day today = day_of(c->now);
    TRY(figures_of(c, paper->asked.division, &figures));
    TRY(area_name(c, paper->asked.division, &area));
    print_form(p, &(struct print_form){
        .title = SV("今日一览"), .foot = paper->mark,
        .under = sv_fmt(&c->mem, "%.*s　%.*s　截至 %.*s",
                        SV_ARG(area), SV_ARG(day_words(&c->mem, today)),
                        SV_ARG(clock_words(&c->mem, minute_of(c->now)))),
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(paper->work->batch->number)) });
    print_text(p, sv_fmt(&c->mem, "告急 %lld 项，关注 %lld 项，正常 %lld 项；重的在前。",
                         (long long)count_of(&figures, FIGURE_BAD),
                         (long long)count_of(&figures, FIGURE_WATCH),
                         (long long)count_of(&figures, FIGURE_GOOD)));
    figures_print(c, p, &figures);
    print_gap(p, 6);
    print_small(p, SV("数值由系统按口径计数，明细可在屏幕上逐条打开。"));
    paper->work->rows = (int64_t)figures.n;
    return ERR_NONE;
}
