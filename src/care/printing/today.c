/* today.c - 今日一览 on one sheet: the figures worst first, with the 口径 of what is not well. */

#include "care/printing/printing.h"

#include "care/figure/figure.h"
#include "care/organisation/organisation.h"

static struct sv value_of(struct ctx *c, const struct figure *f)
{
    bool bare = f->unit.len == 0 || sv_ends(f->text, f->unit);
    return bare ? f->text : sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(f->text), SV_ARG(f->unit));
}

/* One sheet: what is bad or watched with its 口径 while there is room, two lines of small letters
 * each; the rest as a number, two in a row. Heights in points. */
enum { EXPLAINED_RUNES = 56, ROOM = 555, ROW_TALL = 20, TWO_LINES_MORE = 8 };

static size_t explained(size_t worst, size_t rest)
{
    size_t bare = (worst + (rest + 1) / 2) * ROW_TALL;
    size_t n = bare < ROOM ? (ROOM - bare) / TWO_LINES_MORE : 0;
    return n < worst ? n : worst;
}

/* What is counted, to its first semicolon, without names of parameters; the screen has it all. */
static struct sv meaning_of(struct ctx *c, struct sv definition)
{
    struct sv aside = SV("（参数"), end = SV("）");
    struct buf b = buf_new(&c->mem, definition.len + 1);
    for (size_t i = 0; i < definition.len && !sv_starts(sv_from(definition, i), SV("；")); i++) {
        if (sv_starts(sv_from(definition, i), aside)) {
            while (i < definition.len && !sv_starts(sv_from(definition, i), end))
                i++;
            i += end.len - 1;
            continue;
        }
        buf_byte(&b, definition.at[i]);
    }
    struct sv text = buf_sv(&b), head = sv_runes_head(text, EXPLAINED_RUNES);
    return head.len == text.len ? text : sv_fmt(&c->mem, "%.*s…", SV_ARG(head));
}

static struct sv compared(struct ctx *c, const struct figure *f)
{
    struct sv value = value_of(c, f);
    return !f->compare.len ? value
                           : sv_fmt(&c->mem, "%.*s（%.*s）", SV_ARG(value), SV_ARG(f->compare));
}

static void worst_print(struct ctx *c, struct print *p, const struct figure *f, size_t n,
                        size_t with_meaning)
{
    const struct print_column columns[] = {
        { SV("状态"), 0.9, false }, { SV("指标"), 3, false }, { SV("数值"), 2.6, true },
        { SV("口径"), 5.9, false },
    };
    print_table(p, columns, sizeof columns / sizeof columns[0]);
    print_table_small(p, 3);
    for (size_t i = 0; i < n; i++)
        print_row(p, (const struct sv[]){
            sv_of(figure_states[f[i].state].zh), f[i].name, compared(c, &f[i]),
            i < with_meaning ? meaning_of(c, f[i].definition) : SV("") });
}

static void rest_print(struct ctx *c, struct print *p, const struct figure *f, size_t n)
{
    const struct print_column columns[] = {
        { SV("正常"), 2.4, false }, { SV("数值"), 2.8, true },
        { SV("正常"), 2.4, false }, { SV("数值"), 2.8, true },
    };
    print_gap(p, 6);
    print_table(p, columns, sizeof columns / sizeof columns[0]);
    for (size_t i = 0; i < n; i += 2)
        print_row(p, (const struct sv[]){
            f[i].name, compared(c, &f[i]), i + 1 < n ? f[i + 1].name : SV(""),
            i + 1 < n ? compared(c, &f[i + 1]) : SV("") });
}

/* Worst first, as they come; those that are well stand behind all others. */
static void figures_print(struct ctx *c, struct print *p, const struct list *figures)
{
    const struct figure *f = figures->at;
    size_t worst = 0;
    while (worst < figures->n && f[worst].state != FIGURE_GOOD)
        worst++;
    if (worst)
        worst_print(c, p, f, worst, explained(worst, figures->n - worst));
    if (worst < figures->n)
        rest_print(c, p, f + worst, figures->n - worst);
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
    TRY(figures_of(c, paper->asked.division, SV(""), &figures));
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
    print_small(p, SV("数值由系统按口径计数；其余口径和明细可在屏幕上逐条打开。"));
    paper->work->rows = (int64_t)figures.n;
    return ERR_NONE;
}
