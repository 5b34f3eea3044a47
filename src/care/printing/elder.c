/*
 * elder.c - her file on one paper (档案一页纸): who she is, where, whom to call, what holds of her.
 *
 * Name, home, flags and grade stand in full, as on the other forms; numbers (document, telephones)
 * stay masked, and what the caller may not list is not there at all.
 */

#include "care/printing/printing.h"

#include "care/elder/elder.h"
#include "care/fact/fact.h"
#include "care/household/household.h"
#include "model/row/list.h"
#include "model/row/shown.h"

#include <assert.h>

enum { SECTION_ROWS = 8, SECTION_COLUMNS = 8 };

static struct sv words(const struct ctx *c, const char *zh, const char *en)
{
    return sv_of(c->lang == LANG_EN ? en : zh);
}

/* Masked values in full, sealed ones still masked; a fact's value by its name. */
static struct sv in_full(struct ctx *c, const struct titles *titles, const struct entity *e,
                         const struct field *f, const void *row)
{
    struct field open = *f;
    int value;
    open.class = OPEN;
    if (e != &elder_fact_entity || !sv_is(sv_of(f->name), "value"))
        return shown_words(c, titles, f->class == MASKED ? &open : f, row);
    const struct elder_fact *fact = row;
    const struct choice *among = fact_values(fact->kind);
    return choice_of(among, fact->value, &value) ? words(c, among[value].zh, among[value].en)
                                                 : fact->value;
}

static void facts_print(struct ctx *c, struct print *p, const struct elder *e)
{
    static const char *const told[] = {
        "name", "gender", "birth", "residence", "id_number", "phone", "division", "compound",
        "building", "entrance", "room", "flags", "grade", "grade_on", "grade_source", "moved_on",
        "died_on", "household_no", "household_head", "household_role",
    };
    struct print_fact facts[sizeof told / sizeof told[0]];
    struct titles *titles = shown_titles(c, &elder_entity, e, 1);
    size_t n = 0;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        const struct field *f = field_named(elder_fields, sv_of(told[i]));
        struct sv value = in_full(c, titles, &elder_entity, f, e);
        if (value.len)
            facts[n++] = (struct print_fact){ words(c, f->zh, f->en), value };
    }
    print_facts(p, facts, n, 2);
    if (e->address.len)
        print_text(p, sv_fmt(&c->mem, "%.*s%.*s", SV_ARG(words(c, "地址：", "Address: ")),
                             SV_ARG(e->address)));
}

/* Rows about her as a table: of which entity, found how, which of its columns. */
struct section {
    const char *zh, *en, *entity, *query, *columns;
};

static size_t columns_of(struct ctx *c, const struct entity *e, struct sv names,
                         const struct field **ret, struct print_column *ret_heads)
{
    size_t n = 0;
    struct sv name;
    while (n < SECTION_COLUMNS && sv_cut(&names, ',', &name)) {
        const struct field *f = field_named(e->fields, name);
        assert(f && shown_goes_out(f));
        double share = f->kind == KIND_BOOL || f->kind == KIND_CHOICE ? 1 : 1.6;
        ret_heads[n] = (struct print_column){ words(c, f->zh, f->en), share, false };
        ret[n++] = f;
    }
    return n;
}

/* The newest rows, as far as the caller may list such rows. */
static enum err section_print(struct ctx *c, struct print *p, const struct section *s, int64_t id)
{
    const struct entity *e = house_entity(c->house, sv_of(s->entity));
    const struct field *columns[SECTION_COLUMNS];
    struct print_column heads[SECTION_COLUMNS];
    struct query q;
    struct page page;
    if (!e || !who_may(c, e->reads))
        return ERR_NONE;
    TRY(query_read(c, e, sv_fmt(&c->mem, "%s%lld", s->query, (long long)id), &q));
    q.size = SECTION_ROWS;
    TRY(entity_list(c, e, &q, &page));
    if (!page.n)
        return ERR_NONE;
    size_t n = columns_of(c, e, sv_of(s->columns), columns, heads);
    struct titles *titles = shown_titles(c, e, page.rows, page.n);
    print_heading(p, words(c, s->zh, s->en));
    print_table(p, heads, n);
    for (size_t r = 0; r < page.n; r++) {
        struct sv cells[SECTION_COLUMNS];
        for (size_t i = 0; i < n; i++)
            cells[i] = in_full(c, titles, e, columns[i],
                               (const char *)page.rows + r * e->size);
        print_row(p, cells);
    }
    if (page.next.len)
        print_small(p, words(c, "只列最近 8 条，其余见系统。", "The newest 8; more on the screen."));
    return ERR_NONE;
}

/* Whom she lives with; 0 when in no household. */
static enum err household_find(struct ctx *c, int64_t elder, int64_t *ret_household)
{
    struct query q;
    struct page page;
    *ret_household = 0;
    if (!who_may(c, household_member_entity.reads))
        return ERR_NONE;
    TRY(query_read(c, &household_member_entity,
                   sv_fmt(&c->mem, "state=confirmed&elder=%lld", (long long)elder), &q));
    TRY(entity_list(c, &household_member_entity, &q, &page));
    const struct household_member *m = page.rows;
    for (size_t i = 0; i < page.n; i++)
        if (!day_known(m[i].valid_to) || m[i].valid_to.n >= day_of(c->now).n)
            *ret_household = m[i].household.n;
    return ERR_NONE;
}

enum err printing_elder(struct ctx *c, struct printing *paper)
{
    static const struct section sections[] = {
        { "联系人", "Contacts", "contact", "elder=", "name,relation,phone,main,emergency,note" },
        { "身份、等级与标识（来源与日期）", "What holds of her, from whom and when", "elder_fact",
          "sort=from&elder=", "kind,value,valid_from,valid_to,known_on,source" },
        { "签约服务", "Agreements", "agreement", "elder=",
          "kind,org,valid_from,valid_to,state,signed_on" },
        { "最近订单", "Last orders", "care_order", "elder=", "number,item,org,day,state" },
    };
    static const struct section together = { "同住人", "Household", "household_member",
                                             "state=confirmed&household=",
                                             "elder,role,valid_from,valid_to" };
    struct elder e;
    int64_t household;
    struct print *p = paper->print;
    TRY(entity_get(c, &elder_entity, paper->asked.elder, &e));
    print_form(p, &(struct print_form){
        .title = words(c, "老年人档案", "Her file"), .foot = paper->mark,
        .number = sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(words(c, "编号", "No.")),
                         SV_ARG(paper->work->batch->number)) });
    facts_print(c, p, &e);
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        TRY(section_print(c, p, &sections[i], e.id.n));
    TRY(household_find(c, e.id.n, &household));
    if (household)
        TRY(section_print(c, p, &together, household));
    print_gap(p, 8);
    print_small(p, words(c, "证件号码和电话按规定遮盖；完整内容须在系统中说明理由后查看，并留下记录。",
                         "Numbers are masked; see them whole in the system, with a reason."));
    printing_names(c, paper, e.id.n);
    paper->work->rows = 1;
    return ERR_NONE;
}
