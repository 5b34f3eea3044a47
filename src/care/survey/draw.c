/* draw.c - who is asked: of each provider a simple random sample of the people it served. */

#include "care/survey/survey.h"

#include <stdlib.h>

SQL(survey_served);

struct served { int64_t org, elder, order; uint64_t lot; };

static int by_org_and_lot(const void *a, const void *b)
{
    const struct served *x = a, *y = b;
    if (x->org != y->org)
        return x->org < y->org ? -1 : 1;
    return x->lot < y->lot ? -1 : x->lot > y->lot;
}

/* Everybody whom a provider served in the span, once a provider. */
MUST static enum err served_all(struct ctx *c, const struct survey_round *r,
                                struct served **ret_all, size_t *ret_n)
{
    struct scope_range in = division_range(r->row.scope);
    struct served *all = NULL;
    size_t n = 0, room = 0;
    struct rows rows = db_rows(c, &sql_survey_served,
                               PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                      P_INT("from", r->from_day.n), P_INT("to", r->to_day.n)));
    while (rows_next(&rows)) {
        all = GROW(&c->mem, all, n, &room);
        int64_t elder = rows_int(&rows, 1), org = rows_int(&rows, 0);
        all[n++] = (struct served){ org, elder, rows_int(&rows, 2),
                                    draw_number(r->seed, elder ^ org) };
    }
    TRY(rows_end(&rows));
    if (n)
        qsort(all, n, sizeof *all, by_org_and_lot);
    *ret_all = all;
    *ret_n = n;
    return ERR_NONE;
}

MUST static enum err call_add(struct ctx *c, const struct survey_round *r, const struct served *s)
{
    struct survey_call k;
    record_clear(survey_call_fields, &k);
    k.round = r->id;
    k.org.n = s->org;
    k.elder.n = s->elder;
    k.care_order.n = s->order;
    k.place_in_queue = (int64_t)(s->lot >> 20);
    return entity_create_by_rule(c, &survey_call_entity, &k);
}

/* One provider's people lie together, the lowest lots first. */
MUST static enum err stratum_add(struct ctx *c, struct survey_round *r, const struct served *at,
                                 size_t n)
{
    struct survey_stratum s;
    int64_t take = (int64_t)n < r->per_org ? (int64_t)n : r->per_org;
    if (r->drawn + take > SURVEY_CALLS_MAX)
        return fail(c, ERR_INVALID, "survey.many", "round %lld would draw too many",
                    (long long)r->id.n);
    record_clear(survey_stratum_fields, &s);
    s.round = r->id;
    s.org.n = at->org;
    s.population = (int64_t)n;
    s.drawn = take;
    s.row.scope = r->row.scope;
    TRY(entity_create_by_rule(c, &survey_stratum_entity, &s));
    for (int64_t i = 0; i < take; i++)
        TRY(call_add(c, r, &at[i]));
    r->population += (int64_t)n;
    r->drawn += take;
    return ERR_NONE;
}

enum err survey_draw(struct ctx *c, struct survey_round *r)
{
    struct served *all;
    size_t n, from = 0;
    TRY(served_all(c, r, &all, &n));
    if (n == 0)
        return fail(c, ERR_CONFLICT, "survey.nobody", "round %lld: nobody was served",
                    (long long)r->id.n);
    r->population = r->drawn = 0;
    r->drawn_at = c->now;
    for (size_t i = 1; i <= n; i++)
        if (i == n || all[i].org != all[from].org) {
            TRY(stratum_add(c, r, &all[from], i - from));
            from = i;
        }
    return ERR_NONE;
}
