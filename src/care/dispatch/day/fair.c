/*
 * fair.c - the month shared out: who has much more than the station's mean gets no more while
 * somebody who may do it has less.
 *
 * Much more is dispatch.fair_percent above the mean, and dispatch.fair_hours at least. Counted are
 * the hours of work of the month's other days, made and planned (worked.h), of everybody who works
 * that day or has worked in the month. Whom the elder wishes for is not asked.
 */

#include "care/dispatch/day/day.h"

#include "care/parameter/parameter.h"

static bool counts(const struct day_carer *a)
{
    return a->month_all_min > 0 || (!a->away && a->parts_n > 0);
}

static void means(struct the_day *d)
{
    int64_t other = 0, all = 0, n = 0;
    for (int i = 0; i < d->carers_n; i++) {
        if (!counts(&d->carers[i]))
            continue;
        other += d->carers[i].month_min;
        all += d->carers[i].month_all_min;
        n++;
    }
    d->fair.mean_min = n ? other / n : 0;
    d->fair.mean_all_min = n ? all / n : 0;
}

enum err fair_read(struct ctx *c, struct the_day *d)
{
    struct fair *f = &d->fair;
    TRY(parameter_int(c, "dispatch.fair_percent", d->scope, d->day, &f->percent));
    TRY(parameter_int(c, "dispatch.fair_hours", d->scope, d->day, &f->hours));
    means(d);
    for (int i = 0; i < d->carers_n; i++) {
        struct day_carer *a = &d->carers[i];
        int64_t more = a->month_min - f->mean_min;
        a->over_mean = f->percent > 0 && more * 100 > f->mean_min * f->percent &&
                       more > f->hours * 60;
    }
    return ERR_NONE;
}

int day_less_worked(const struct the_day *d, const struct day_visit *v)
{
    const char *keys[HINDRANCES_MAX];
    int least = NOBODY;
    for (int i = 0; i < d->carers_n; i++) {
        const struct day_carer *a = &d->carers[i];
        if (a->month_min >= d->fair.mean_min || a->parts_n == 0 || a->limit_min < v->minutes ||
            day_hindrances(d, a, v, keys))
            continue;
        if (least == NOBODY || a->month_min < d->carers[least].month_min)
            least = i;
    }
    return least;
}

bool day_enough(const struct the_day *d, const struct day_visit *v, int carer)
{
    const struct day_carer *a = &d->carers[carer];
    bool wished = v->carer_wish.n == a->id.n || day_liking(d, v->elder, a->id) == LIKES_HER;
    return a->over_mean && !wished;
}
