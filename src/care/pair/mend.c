/* mend.c - visits that stand with a carer who must not come any more are put before somebody. */

#include "care/pair/pair.h"

#include "care/signal/signal.h"

SQL(pair_visits);

enum { LAST_DAY = 10000000 };

static bool forbids(const struct carer_pair *p)
{
    return p && p->kind == PAIR_FORBIDDEN && p->state == PAIR_STANDING;
}

static bool same_days(const struct carer_pair *a, const struct carer_pair *b)
{
    return a->valid_from.n == b->valid_from.n && a->valid_to.n == b->valid_to.n;
}

MUST static enum err visits_of(struct ctx *c, const struct carer_pair *p, struct work_item *item,
                               int *ret_n)
{
    struct day today = day_of(c->now);
    int64_t first = p->valid_from.n > today.n ? p->valid_from.n : today.n;
    int64_t last = day_known(p->valid_to) ? p->valid_to.n : LAST_DAY;
    struct rows r = db_rows(c, &sql_pair_visits,
                            PARAMS(P_INT("elder", p->elder.n), P_INT("carer", p->carer.n),
                                   P_INT("first", first), P_INT("last", last)));
    *ret_n = 0;
    while (rows_next(&r)) {
        if (++*ret_n > 1)
            continue;
        item->visit.n = rows_int(&r, 0);
        item->care_order.n = rows_int(&r, 1);
    }
    return rows_end(&r);
}

enum err pair_mend(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct carer_pair *p = row, *was = before;
    struct work_item w = { .kind = SIGNAL_PAIR, .elder = p->elder, .org = p->org };
    int n;
    (void)action;
    if (!forbids(p) || (forbids(was) && same_days(p, was)))
        return ERR_NONE;
    TRY(visits_of(c, p, &w, &n));
    if (n == 0)
        return ERR_NONE;
    w.why = sv_fmt(&c->mem, "已登记不再安排的护理员还有 %d 次上门没有改派，请换人", n);
    return signal_raise(c, &w);
}
