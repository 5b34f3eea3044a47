/* proxy.c - a 委托书 to sign on paper: who, for what, until when; one in force, or a blank one. */

#include "care/printing/printing.h"

#include "care/escort/escort.h"

/* The longest in force for any act; id 0: a blank one is printed. */
MUST static enum err in_force(struct ctx *c, const struct elder *e, int64_t org,
                              struct proxy *ret_proxy)
{
    record_clear(proxy_fields, ret_proxy);
    for (int act = ACT_ESCORT; org && !ret_proxy->id.n && act <= ACT_REPORTS; act++)
        TRY(proxy_of(c, e->id, (struct organisation_id){ org }, (enum proxy_act)act,
                     day_of(c->now), ret_proxy));
    return ERR_NONE;
}

static struct sv acts_words(struct ctx *c, const struct proxy *p)
{
    struct buf b = buf_new(&c->mem, 96);
    for (int i = 0; proxy_acts[i].key; i++) {
        buf_text(&b, p->acts.bits >> i & 1 ? "☑ " : "□ ");
        buf_text(&b, proxy_acts[i].zh);
        buf_text(&b, "　　");
    }
    return buf_sv(&b);
}

static struct sv span_words(struct ctx *c, const struct proxy *p)
{
    if (!p->id.n)
        return SV("自　　　年　　月　　日 至　　　年　　月　　日");
    return sv_fmt(&c->mem, "自 %.*s 至 %.*s", SV_ARG(day_words(&c->mem, p->valid_from)),
                  SV_ARG(day_words(&c->mem, p->valid_until)));
}

enum err printing_proxy(struct ctx *c, struct printing *paper)
{
    struct print *p = paper->print;
    struct elder e;
    struct organisation org = { 0 };
    struct proxy held;
    bool found = false;
    int64_t of = paper->asked.org ? paper->asked.org : c->who->org;
    TRY(entity_get(c, &elder_entity, paper->asked.elder, &e));
    if (of)
        TRY(entity_load(c, &organisation_entity, of, &org, &found));
    TRY(in_force(c, &e, of, &held));
    const struct print_fact facts[] = {
        { SV("委托人（老人）"), e.name }, { SV("联系电话"), e.phone },
        { SV("住址"), elder_door_words(c, &e) },
        { SV("受托机构"), found ? org.name : SV("") },
        { SV("委托事项"), acts_words(c, &held) }, { SV("有效期"), span_words(c, &held) },
    };
    print_form(p, &(struct print_form){ .title = SV("委托书"), .foot = paper->mark,
        .under = held.id.n ? SV("已登记") : SV("（打印后签字，拍照上传）"),
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(paper->work->batch->number)) });
    print_facts(p, facts, sizeof facts / sizeof *facts, 1);
    print_text(p, SV("本人委托上述机构派工作人员，在有效期内代本人办理以上勾选的事项。工作人员只办勾选的事，"
                     "把医生说的话、取到的药和票据如实转告、当面交接。"));
    print_text(p, SV("本委托不包括：签手术或住院同意书、办理银行和财产事务、更改用药。"
                     "本人可随时口头或书面撤回，打驿站电话或 12345 都可以。"));
    print_small(p, SV("不要把银行卡、存折、密码和验证码交给任何人。"));
    print_gap(p, 24);
    print_sign(p, (const struct sv[]){ SV("委托人签字（或按手印）："), SV("日期：") }, 2);
    print_gap(p, 16);
    print_sign(p, (const struct sv[]){ SV("监护人签字（代签时）："), SV("经办人：") }, 2);
    printing_names(c, paper, e.id.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
