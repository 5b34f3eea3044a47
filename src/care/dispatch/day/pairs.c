/* pairs.c - who must not be sent to whom, and who is preferred. */

#include "care/dispatch/day/day.h"

SQL(dispatch_pairs);

enum err day_pairs_read(struct ctx *c, struct the_day *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_dispatch_pairs,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (rows_next(&r)) {
        d->pairs = GROW(&d->mem, d->pairs, d->pairs_n, &room);
        d->pairs[d->pairs_n++] = (struct day_pair){ { rows_int(&r, 0) }, { rows_int(&r, 1) },
                                                    sv_eq(rows_text(&r, 2), SV("forbidden")) };
    }
    return rows_end(&r);
}

/* The first row of an elder: rows stand by elder and carer. */
static size_t first_of(const struct the_day *d, struct elder_id elder)
{
    size_t low = 0, high = d->pairs_n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->pairs[middle].elder.n < elder.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool day_forbidden(const struct the_day *d, struct elder_id elder, struct carer_id carer)
{
    for (size_t i = elder.n ? first_of(d, elder) : d->pairs_n;
         i < d->pairs_n && d->pairs[i].elder.n == elder.n; i++)
        if (d->pairs[i].carer.n == carer.n)
            return d->pairs[i].forbidden;
    return false;
}

enum day_liking day_liking(const struct the_day *d, struct elder_id elder, struct carer_id carer)
{
    enum day_liking found = LIKES_NOBODY;
    for (size_t i = elder.n ? first_of(d, elder) : d->pairs_n;
         i < d->pairs_n && d->pairs[i].elder.n == elder.n; i++) {
        if (d->pairs[i].forbidden)
            continue;
        if (d->pairs[i].carer.n == carer.n)
            return LIKES_HER;
        found = LIKES_ANOTHER;
    }
    return found;
}
