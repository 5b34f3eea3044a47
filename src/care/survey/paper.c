/* paper.c - what came of a round of call-backs, on A4: in all, by provider, how it was drawn. */

#include "care/printing/printing.h"
#include "care/survey/survey.h"

static struct sv percent(struct ctx *c, double share)
{
    return sv_fmt(&c->mem, "%.1f%%", share * 100);
}

static struct sv between(struct ctx *c, struct share s)
{
    return sv_fmt(&c->mem, "%.*s – %.*s", SV_ARG(percent(c, s.low)), SV_ARG(percent(c, s.high)));
}

static struct sv number(struct ctx *c, int64_t n)
{
    return sv_fmt(&c->mem, "%lld", (long long)n);
}

static void line_print(struct ctx *c, struct print *p, const struct survey_line *l)
{
    struct share s = share_of(l->of.population, l->of.answered, l->of.good);
    bool any = l->of.answered > 0;
    print_row(p, (const struct sv[]){
        l->name, number(c, l->of.population), number(c, l->drawn), number(c, l->of.answered),
        number(c, l->refused), number(c, l->unreached), any ? percent(c, s.p) : SV("—"),
        any ? between(c, s) : SV("—") });
}

static void sums_print(struct ctx *c, struct print *p, const struct survey_round *round,
                       const struct survey_result *r)
{
    const struct print_fact facts[] = {
        { SV("服务期间"), sv_fmt(&c->mem, "%.*s 至 %.*s", SV_ARG(day_words(&c->mem, round->from_day)),
                              SV_ARG(day_words(&c->mem, round->to_day))) },
        { SV("抽样种子"), number(c, round->seed) },
        { SV("服务人数"), number(c, round->population) }, { SV("抽取"), number(c, r->drawn) },
        { SV("回答"), number(c, r->answered) }, { SV("拒访"), number(c, r->refused) },
        { SV("无法接通"), number(c, r->unreached) },
        { SV("代表人数占比"), percent(c, r->covered) },
    };
    print_big(p, SV("总体满意率"), r->answered ? percent(c, r->all.p) : SV("还没有人回答"));
    if (r->answered)
        print_text(p, sv_fmt(&c->mem, "95%% 把握在 %.*s 之间", SV_ARG(between(c, r->all))));
    print_facts(p, facts, sizeof facts / sizeof *facts, 2);
}

enum err printing_survey(struct ctx *c, struct printing *paper)
{
    static const struct print_column columns[] = {
        { SV_INIT("服务机构"), 0.28, false }, { SV_INIT("服务人数"), 0.1, true },
        { SV_INIT("抽取"), 0.08, true }, { SV_INIT("回答"), 0.08, true },
        { SV_INIT("拒访"), 0.08, true }, { SV_INIT("未接通"), 0.1, true },
        { SV_INIT("满意"), 0.1, true }, { SV_INIT("95% 区间"), 0.18, true },
    };
    static const struct sv signs[] = { SV_INIT("制表人"), SV_INIT("审核人") };
    struct survey_round round;
    struct survey_result r;
    struct print *p = paper->print;
    TRY(entity_get(c, &survey_round_entity, paper->asked.round, &round));
    TRY(survey_result_of(c, round.id, &r));
    print_form(p, &(struct print_form){
        .title = SV("电话回访结果"), .under = round.name, .foot = paper->mark,
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(paper->work->batch->number)) });
    sums_print(c, p, &round, &r);
    print_gap(p, 8);
    print_table(p, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r.n; i++)
        line_print(c, p, &r.lines[i]);
    print_gap(p, 6);
    print_small(p, survey_method(LANG_ZH));
    print_sign(p, signs, 2);
    paper->work->rows = (int64_t)r.n;
    return ERR_NONE;
}
