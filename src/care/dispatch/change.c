/* change.c - what would be other than it stands, as it is written. */

#include "care/dispatch/change.h"
#include "care/dispatch/day/two.h"

#include <stdlib.h>

void change_add(struct changes *all, int visit, int carer, int start_min)
{
    if (all->n < DAY_VISITS_MAX)
        all->at[all->n++] = (struct change){ visit, carer, start_min };
}

void changes_of(const struct the_day *d, const struct course *k, struct changes *all)
{
    for (int i = 0; i < k->n; i++) {
        const struct day_visit *v = &d->visits[k->at[i].visit];
        if (v->carer != k->carer || v->start_min != k->at[i].begin_min)
            change_add(all, k->at[i].visit, k->carer, k->at[i].begin_min);
    }
}

static const struct change *change_of(const struct changes *all, int visit, int before)
{
    for (int i = 0; i < before; i++)
        if (all->at[i].visit == visit)
            return &all->at[i];
    return NULL;
}

bool change_whole(const struct the_day *d, const struct changes *all, int nth,
                  struct change_whole *w)
{
    const struct change *one = &all->at[nth];
    const struct day_visit *v = &d->visits[one->visit];
    *w = (struct change_whole){ one->visit, { one->carer, NOBODY }, one->start_min };
    if (v->mate == NOBODY)
        return true;
    if (change_of(all, v->mate, nth))
        return false;
    const struct change *other = change_of(all, v->mate, all->n);
    int with = other ? other->carer : d->visits[v->mate].carer, second = v->seat == SEAT_SECOND;
    w->visit = second ? v->mate : one->visit;
    w->carer[second] = one->carer;
    w->carer[!second] = one->carer == NOBODY ? NOBODY : with;
    return true;
}

static void carer_or_none(struct json *j, const char *name, const struct the_day *d, int carer)
{
    if (carer == NOBODY)
        json_text(j, name, SV(""));
    else
        json_id(j, name, d->carers[carer].id.n);
}

void change_members(struct json *j, const struct the_day *d, const struct change_whole *one)
{
    const struct day_visit *v = &d->visits[one->visit];
    json_id(j, "order", v->order.n);
    json_int(j, "order_version", v->order_version);
    json_int(j, "visit_version", v->visits_version);
    carer_or_none(j, "carer", d, one->carer[0]);
    if (v->mate != NOBODY)
        carer_or_none(j, "second", d, one->carer[1]);
    json_int(j, "start_min", one->start_min);
}

void changes_json(struct json *j, const char *name, const struct the_day *d,
                  const struct changes *all)
{
    json_array(j, name);
    for (int i = 0; all && i < all->n; i++) {
        struct change_whole w;
        if (!change_whole(d, all, i, &w))
            continue;
        json_object(j, NULL);
        change_members(j, d, &w);
        json_end(j, '}');
    }
    json_end(j, ']');
}

struct sv clock_text(struct arena *mem, int minute)
{
    return sv_fmt(mem, "%02d:%02d", minute / 60 % 24, minute % 60);
}

/* --- sums --- */

/* Somebody new goes to one whom others know. */
static bool unusual(const struct the_day *d, const struct day_visit *v, int carer)
{
    bool known = false;
    for (int k = 0; k < d->carers_n && !known; k++)
        known = day_weight(d, v->elder, d->carers[k].id) > 0;
    return known && carer != NOBODY && day_weight(d, v->elder, d->carers[carer].id) == 0;
}

struct summed { int start, visit; };

static int by_start(const void *a, const void *b)
{
    const struct summed *x = a, *y = b;
    return x->start != y->start ? x->start - y->start : x->visit - y->visit;
}

struct last { int place, end; bool out; };

static void sum_one(const struct the_day *d, const struct summed *s, int carer, struct last *last,
                    struct totals *t)
{
    const struct day_visit *v = &d->visits[s->visit];
    const struct day_carer *a = &d->carers[carer];
    int way = ground_minutes(&d->ground, a->way, last->out ? last->place : a->place, v->place);
    int wait = s->start - last->end - way;
    t->travel_min += way;
    t->wait_min += last->out && wait > 0 ? wait : 0;
    t->carers_out += !last->out;
    t->changed += unusual(d, v, carer);
    *last = (struct last){ v->place, s->start + v->minutes, true };
}

void totals_of(struct ctx *c, const struct the_day *d, const int *carer_of, const int *start_of,
               struct totals *ret_totals)
{
    struct totals t = { .visits = d->visits_n };
    struct summed *all = NEW(&c->mem, struct summed, d->visits_n + 1);
    struct last *last = NEW(&c->mem, struct last, d->carers_n + 1);
    for (int i = 0; i < d->visits_n; i++)
        all[i] = (struct summed){ start_of ? start_of[i] : d->visits[i].start_min, i };
    qsort(all, (size_t)d->visits_n, sizeof *all, by_start);
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[all[i].visit];
        int carer = carer_of ? carer_of[all[i].visit] : v->carer;
        t.unassigned += carer == NOBODY && !v->over && v->seat != SEAT_SECOND;
        if (carer != NOBODY)
            sum_one(d, &all[i], carer, &last[carer], &t);
    }
    *ret_totals = t;
}

void totals_json(struct json *j, const char *name, const struct totals *t)
{
    json_object(j, name);
    json_int(j, "visits", t->visits);
    json_int(j, "unassigned", t->unassigned);
    json_int(j, "travel_min", t->travel_min);
    json_int(j, "wait_min", t->wait_min);
    json_int(j, "carers_out", t->carers_out);
    json_int(j, "changed_from_usual", t->changed);
    json_end(j, '}');
}
