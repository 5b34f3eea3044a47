/* menu.c - an elder's own menu on paper (服务菜单): what is near, what she pays, whom to call. */

#include "care/printing/printing.h"

#include "care/suited/suited.h"

static struct sv yuan(struct ctx *c, struct money m)
{
    struct buf b = buf_new(&c->mem, 16);
    if (m.fen == 0)
        return SV("免费");
    buf_fixed(&b, m.fen, 2);
    buf_text(&b, " 元");
    return buf_sv(&b);
}

static void domain_print(struct ctx *c, struct print *p, const struct menu *m, size_t *i)
{
    static const struct print_column columns[] = {
        { SV_INIT("服务"), 3, false }, { SV_INIT("在哪里"), 4, false },
        { SV_INIT("原价"), 1.5, true }, { SV_INIT("您自付"), 1.5, true },
    };
    int domain = m->lines[*i].item.domain;
    print_heading(p, sv_of(domain_choices[domain].zh));
    print_table(p, columns, 4);
    for (; *i < m->lines_n && m->lines[*i].item.domain == domain; ++*i) {
        const struct menu_line *l = &m->lines[*i];
        struct sv where = l->item.at_home ? sv_fmt(&c->mem, "%.*s上门", SV_ARG(l->place.name))
                                          : l->place.name;
        struct sv cells[] = { l->item.plain_name, where, yuan(c, l->price.total),
                              yuan(c, l->price.own_pay) };
        print_row(p, cells);
    }
}

enum err printing_menu(struct ctx *c, struct printing *paper)
{
    struct print *p = paper->print;
    struct quota_state states[QUOTA_RULES_MAX];
    struct menu *m;
    size_t n;
    TRY(menu_of(c, (struct elder_id){ paper->asked.elder }, &m));
    TRY(quota_of(c, &m->elder, day_of(c->now), states, &n));
    print_form(p, &(struct print_form){ .title = SV("服务菜单"), .under = m->elder.name,
                                        .foot = paper->mark });
    for (size_t i = 0; i < n; i++)
        print_text(p, sv_fmt(&c->mem, "%.*s：%.*s", SV_ARG(states[i].rule.name),
                             SV_ARG(quota_words(&c->mem, &states[i], LANG_ZH))));
    for (size_t i = 0; i < m->lines_n;)
        domain_print(c, p, m, &i);
    print_text(p, SV("价格以下单当天为准；补贴和额度以审核为准。要哪一项，打驿站电话或 12345 都可以。"));
    printing_names(c, paper, m->elder.id.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
