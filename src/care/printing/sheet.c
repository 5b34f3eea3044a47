/* sheet.c - the service confirmation sheet (服务确认单) of one order. */

#include "care/printing/printing.h"

#include "care/carer/carer.h"
#include "care/catalogue/catalogue.h"

struct all {
    struct care_order o;
    struct visit v[VISITS_OF_ORDER];
    int n;
    struct sv carers;
    struct catalogue_item item;
    struct organisation org;
    struct served served;
};

static enum err all_read(struct ctx *c, int64_t order, struct all *w)
{
    bool found;
    TRY(entity_get(c, &care_order_entity, order, &w->o));
    TRY(entity_load(c, &catalogue_item_entity, w->o.item.n, &w->item, &found));
    TRY(entity_load(c, &organisation_entity, w->o.org.n, &w->org, &found));
    TRY(order_visits_of(c, &w->o, w->v, &w->n));
    TRY(order_carers_text(c, &w->o, &w->carers));
    return served_of(c, &w->o, &w->served);
}

static struct sv yuan(struct ctx *c, struct money m)
{
    return sv_fmt(&c->mem, "¥%lld.%02lld", (long long)(m.fen / 100), (long long)(m.fen % 100));
}

static struct sv time_of(struct ctx *c, struct moment at)
{
    return moment_known(at) ? clock_words(&c->mem, minute_of(at)) : SV("　　时　　分");
}

/* When somebody came first, and the last left; of two both must have. */
static struct moment came(const struct all *w)
{
    struct moment at = { 0 };
    for (int i = 0; i < w->n; i++)
        if (moment_known(w->v[i].arrived_at) && (!at.ms || w->v[i].arrived_at.ms < at.ms))
            at = w->v[i].arrived_at;
    return at;
}

static struct moment left(const struct all *w)
{
    struct moment at = { 0 };
    for (int i = 0; i < w->n; i++) {
        if (!moment_known(w->v[i].done_at))
            return (struct moment){ 0 };
        at = w->v[i].done_at.ms > at.ms ? w->v[i].done_at : at;
    }
    return at;
}

static bool backdated(const struct all *w)
{
    return (w->n > 0 && w->v[0].backdated) || (w->n > 1 && w->v[1].backdated);
}

static void facts(struct ctx *c, struct print *p, const struct all *w)
{
    const struct care_order *o = &w->o;
    struct sv when = sv_fmt(&c->mem, "%.*s %.*s–%.*s", SV_ARG(day_words(&c->mem, o->day)),
                            SV_ARG(clock_words(&c->mem, o->start_min)),
                            SV_ARG(clock_words(&c->mem, o->end_min)));
    struct sv pays = sv_fmt(&c->mem, "%.*s（自付 %.*s）", SV_ARG(yuan(c, o->price)),
                            SV_ARG(yuan(c, o->own_pay)));
    const struct print_fact first[] = {
        { SV("老年人"), w->served.name }, { SV("联系电话"), w->served.phone },
        { SV("服务项目"), w->item.name }, { SV("数量"), sv_fmt(&c->mem, "%lld",
                                                          (long long)o->quantity) },
        { SV("护理员"), w->carers }, { SV("服务费"), pays },
        { SV("到达时间"), time_of(c, came(w)) },
        { SV("离开时间"), time_of(c, left(w)) },
    };
    const struct print_fact wide[] = {
        { SV("服务地址"), w->served.address }, { SV("预约时间"), when },
    };
    print_facts(p, wide, 2, 1);
    print_facts(p, first, sizeof first / sizeof first[0], 2);
}

enum err printing_confirmation(struct ctx *c, struct printing *paper)
{
    struct all w = { 0 };
    struct print *p = paper->print;
    const struct sv signs[] = { SV("老人（家属）签字："), SV("护理员签字："), SV("日期：") };
    TRY(all_read(c, paper->asked.order, &w));
    print_form(p, &(struct print_form){
        .title = SV("服务确认单"), .under = w.org.name,
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(w.o.number)), .foot = paper->mark,
        .code = sv_fmt(&c->mem, "%s/console/#/back?number=%.*s",
                       c->house->config->public_url ? c->house->config->public_url : "",
                       SV_ARG(w.o.number)) });
    if (backdated(&w))
        print_text(p, SV("【补录】本次服务的时间在当日之后录入。"));
    facts(c, p, &w);
    print_text(p, SV("服务情况：　□ 一切正常　　□ 需要关注　　□ 上门未遇"));
    print_lines(p, SV("服务内容与备注："), 4);
    print_text(p, SV("我确认以上服务已完成，时间与内容属实；有异议请拨打机构电话或 12345。"));
    print_gap(p, 20);
    print_sign(p, signs, 3);
    print_small(p, sv_fmt(&c->mem, "%.*s　电话 %.*s", SV_ARG(w.org.name), SV_ARG(w.org.phone)));
    printing_names(c, paper, w.o.elder.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
