/* divisions.c - GET /api/today/divisions: what cannot wait, in each division below, worst first. */

#include "care/figure/figure.h"
#include "care/figure/today.h"
#include "model/house.h"

SQL(figure_divisions_below);

enum { COLUMNS_MAX = 8, LEVELS = 6 };

struct heading { struct sv key, name, definition; };
struct cell { int64_t value; int state; struct sv list; };
struct below { struct division_id division; struct sv name; struct list cells; };

static const struct field heading_fields[] = {
    FIELD(struct heading, key, .zh = "键", .en = "Key"),
    FIELD(struct heading, name, .zh = "指标", .en = "Figure"),
    FIELD(struct heading, definition, .zh = "口径", .en = "Definition"),
    { 0 },
};
static const struct field cell_fields[] = {
    FIELD(struct cell, value, .zh = "数值", .en = "Value"),
    CHOICE(struct cell, state, figure_states, .zh = "状态", .en = "State"),
    FIELD(struct cell, list, .zh = "明细", .en = "The rows behind it"),
    { 0 },
};
static const struct field below_fields[] = {
    LINK(struct below, division, "division", .zh = "区划", .en = "Division"),
    FIELD(struct below, name, .zh = "名称", .en = "Name"),
    LIST(struct below, cells, struct cell, cell_fields, .zh = "各指标", .en = "One a column"),
    { 0 },
};

struct divisions { struct moment as_of; struct list columns, divisions; };
const struct field divisions_fields[] = {
    FIELD(struct divisions, as_of, .zh = "截至", .en = "As of"),
    LIST(struct divisions, columns, struct heading, heading_fields, .zh = "指标", .en = "Figures"),
    LIST(struct divisions, divisions, struct below, below_fields, .zh = "各辖区",
         .en = "Divisions, worst first"),
    { 0 },
};

static size_t columns_of(const struct house *h, const struct indicator **ret_columns)
{
    size_t n = 0;
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct indicator *k = (*m)->indicators; k && k->key; k++)
            if (k->by_division && !k->of_org && n < COLUMNS_MAX)
                ret_columns[n++] = k;
    return n;
}

MUST static enum err below_of(struct ctx *c, int64_t parent, struct figure_below *ret_below)
{
    struct figure_below b = { 0 };
    size_t room = 0;
    struct rows r = db_rows(c, &sql_figure_divisions_below, PARAMS(P_INT("parent", parent)));
    while (rows_next(&r)) {
        b.at = GROW(&c->mem, b.at, b.n, &room);
        b.at[b.n++] = (struct figure_division){ rows_int(&r, 0), rows_int(&r, 2),
                                                rows_text(&r, 1) };
    }
    *ret_below = b;
    return rows_end(&r);
}

/* A city of one district compares the district's streets: one row alone says nothing. */
enum err figure_divisions_below(struct ctx *c, int64_t asked, struct figure_below *ret_below)
{
    struct figure_area area;
    struct division above;
    bool found = asked != 0;
    TRY(figure_area_of(c, asked, &area));                 /* also: may the caller look there */
    if (asked)
        TRY(entity_get(c, &division_entity, asked, &above));
    else
        TRY(division_of_code(c, area.range[0].low, &above, &found));
    *ret_below = (struct figure_below){ .scope = found ? above.row.scope : 0 };
    if (!found)
        return ERR_NONE;
    TRY(below_of(c, above.id.n, ret_below));
    for (int i = 0; i < LEVELS && ret_below->n == 1; i++)
        TRY(below_of(c, ret_below->at[0].id, ret_below));
    return ERR_NONE;
}

static struct sv list_of(struct ctx *c, const struct indicator *k, const struct figure_when *w,
                         struct scope_range in)
{
    const struct entity *e = house_entity(c->house, sv_of(k->entity));
    struct buf b = buf_new(&c->mem, 160);
    if (!e || !who_may(c, e->reads))
        return SV("");
    buf_fmt(&b, "/api/%s?", k->entity);
    if (!figure_list(&b, w, k->list))
        return SV("");
    buf_fmt(&b, "&scope.from=%lld&scope.to=%lld", (long long)in.low, (long long)in.high);
    return buf_sv(&b);
}

MUST static enum err count_below(struct ctx *c, const struct indicator *const *columns, size_t n,
                                 int64_t scope, struct below *b)
{
    struct cell *cells = NEW(&c->mem, struct cell, n ? n : 1);
    struct scope_range in = division_range(scope);
    struct figure_when when;
    TRY(figure_when_of(c, scope, &when));
    for (size_t i = 0; i < n; i++) {
        int64_t sums[FIGURE_COLUMNS_MAX] = { 0 };
        TRY(figure_ask(c, columns[i], &when, in, sums));
        TRY(figure_judge(c, columns[i], scope, when.today, sums, &cells[i].state));
        cells[i].value = sums[0];
        cells[i].list = sums[0] ? list_of(c, columns[i], &when, in) : SV("");
    }
    b->cells = (struct list){ cells, n };
    return ERR_NONE;
}

/* By how many of its figures are bad, then watched, then by all that is counted. */
static int64_t badness(const struct below *b)
{
    const struct cell *cells = b->cells.at;
    int64_t score = 0, counted = 0;
    for (size_t i = 0; i < b->cells.n; i++) {
        score += cells[i].state == FIGURE_BAD ? 100 : cells[i].state == FIGURE_WATCH ? 1 : 0;
        counted += cells[i].value;
    }
    return score * 1000000 + counted;
}

static void put_in_order(struct below *b, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && badness(&b[k - 1]) < badness(&b[k]); k--) {
            struct below moved = b[k];
            b[k] = b[k - 1];
            b[k - 1] = moved;
        }
}

enum err divisions_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct today_query *asked = q->query;
    const struct indicator *indicators[COLUMNS_MAX];
    struct heading *columns = NEW(&c->mem, struct heading, COLUMNS_MAX);
    size_t n = columns_of(c->house, indicators);
    bool en = c->lang == LANG_EN;
    struct figure_below below;
    TRY(figure_divisions_below(c, asked->division.n, &below));
    struct below *rows = NEW(&c->mem, struct below, below.n ? below.n : 1);
    for (size_t i = 0; i < n; i++) {
        columns[i].key = sv_of(indicators[i]->key);
        columns[i].name = sv_of(en ? indicators[i]->en : indicators[i]->zh);
        TRY(figure_definition(c, indicators[i], below.scope, day_of(c->now),
                              &columns[i].definition));
    }
    for (size_t i = 0; i < below.n; i++) {
        rows[i] = (struct below){ .division = { below.at[i].id }, .name = below.at[i].name };
        TRY(count_below(c, indicators, n, below.at[i].scope, &rows[i]));
    }
    put_in_order(rows, below.n);
    struct divisions all = { c->now, { columns, n }, { rows, below.n } };
    return answer_record(c, a, divisions_fields, &all);
}
