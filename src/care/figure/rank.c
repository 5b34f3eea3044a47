/* rank.c - GET /api/today/rank: one figure in each division below, the best first. */

#include "care/figure/figure.h"
#include "care/figure/today.h"
#include "model/house.h"

#include <stdlib.h>

struct ranked {
    struct division_id division;
    struct sv      name;
    struct opt_int rank;               /* unknown: there is nothing to count it of */
    double         value;
    struct sv      text;
    struct opt_int whole;
    int            state;
};
static const struct field ranked_fields[] = {
    LINK(struct ranked, division, "division", .zh = "区划", .en = "Division"),
    FIELD(struct ranked, name, .zh = "名称", .en = "Name"),
    FIELD(struct ranked, rank, .zh = "名次", .en = "Rank"),
    FIELD(struct ranked, value, .zh = "数值", .en = "Value"),
    FIELD(struct ranked, text, .zh = "显示", .en = "As shown"),
    FIELD(struct ranked, whole, .zh = "分母", .en = "Of how many"),
    CHOICE(struct ranked, state, figure_states, .zh = "状态", .en = "State"),
    { 0 },
};

const struct field rank_query_fields[] = {
    FIELD(struct rank_query, figure, .required = true, .high = 60, .zh = "指标", .en = "Figure"),
    LINK(struct rank_query, division, "division", .zh = "看哪个区划的下一级",
         .en = "Whose divisions below"),
    { 0 },
};

struct ranking { struct moment as_of; struct sv key, name, unit, definition; struct list items; };
const struct field rank_fields[] = {
    FIELD(struct ranking, as_of, .zh = "截至", .en = "As of"),
    FIELD(struct ranking, key, .zh = "键", .en = "Key"),
    FIELD(struct ranking, name, .zh = "指标", .en = "Figure"),
    FIELD(struct ranking, unit, .zh = "单位", .en = "Unit"),
    FIELD(struct ranking, definition, .high = 500, .zh = "口径", .en = "Definition"),
    LIST(struct ranking, items, struct ranked, ranked_fields, .zh = "各辖区，好的在前",
         .en = "Divisions, the best first"),
    { 0 },
};

/* Only what is counted by area ranks areas. */
static const struct indicator *indicator_called(const struct house *h, struct sv key)
{
    for (const struct module *const *m = h->modules; *m; m++)
        for (const struct indicator *k = (*m)->indicators; k && k->key; k++)
            if (!k->of_org && sv_is(key, k->key))
                return k;
    return NULL;
}

MUST static enum err rank_one(struct ctx *c, const struct indicator *k,
                              const struct figure_division *d, struct ranked *r)
{
    int64_t sums[FIGURE_COLUMNS_MAX] = { 0 };
    struct figure_when when;
    TRY(figure_when_of(c, d->scope, &when));
    TRY(figure_ask(c, k, &when, division_range(d->scope), sums));
    TRY(figure_judge(c, k, d->scope, when.today, sums, &r->state));
    r->division.n = d->id;
    r->name = d->name;
    r->value = figure_value(k, sums);
    r->text = figure_text(&c->mem, k, sums);
    r->whole = (struct opt_int){ k->share, sums[1] };
    r->rank.known = !k->share || sums[1] > 0;
    return ERR_NONE;
}

static int by_value(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->rank.known != y->rank.known)
        return x->rank.known ? -1 : 1;
    if (x->value < y->value || y->value < x->value)
        return x->value > y->value ? -1 : 1;
    return x->division.n < y->division.n ? -1 : x->division.n > y->division.n;
}

/* Of a share much is good, of what went wrong little. Equals share a rank. */
static void put_ranks(struct ranked *at, size_t n, bool much_is_good)
{
    qsort(at, n, sizeof *at, by_value);
    size_t known = 0;
    while (known < n && at[known].rank.known)
        known++;
    for (size_t i = 0; !much_is_good && i < known / 2; i++) {
        struct ranked moved = at[i];
        at[i] = at[known - 1 - i];
        at[known - 1 - i] = moved;
    }
    for (size_t i = 0; i < known; i++) {
        bool same = i > 0 && !(at[i].value < at[i - 1].value) && !(at[i - 1].value < at[i].value);
        at[i].rank.n = same ? at[i - 1].rank.n : (int64_t)i + 1;
    }
}

enum err rank_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct rank_query *asked = q->query;
    const struct indicator *k = indicator_called(c->house, asked->figure);
    bool en = c->lang == LANG_EN;
    struct figure_below below;
    if (!k) {
        fail_field(c, SV("figure"), "figure.unknown");
        return fail_fields(c);
    }
    TRY(figure_divisions_below(c, asked->division.n, &below));
    struct ranked *rows = NEW(&c->mem, struct ranked, below.n ? below.n : 1);
    for (size_t i = 0; i < below.n; i++)
        TRY(rank_one(c, k, &below.at[i], &rows[i]));
    put_ranks(rows, below.n, k->share || !k->watch);
    struct ranking all = {
        .as_of = c->now, .key = sv_of(k->key), .name = sv_of(en ? k->en : k->zh),
        .unit = sv_of(en ? k->unit_en : k->unit_zh), .items = { rows, below.n },
    };
    TRY(figure_definition(c, k, below.scope, day_of(c->now), &all.definition));
    return answer_record(c, a, rank_fields, &all);
}
