/* change.c - what would be other than it stands, as it is written. */

#include "care/dispatch/change.h"

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

void change_members(struct json *j, const struct the_day *d, const struct change *one)
{
    const struct day_visit *v = &d->visits[one->visit];
    json_id(j, "order", v->order.n);
    json_int(j, "order_version", v->order_version);
    json_int(j, "visit_version", v->visit_version);
    if (one->carer == NOBODY)
        json_text(j, "carer", SV(""));
    else
        json_id(j, "carer", d->carers[one->carer].id.n);
    json_int(j, "start_min", one->start_min);
}

void changes_json(struct json *j, const char *name, const struct the_day *d,
                  const struct changes *all)
{
    json_array(j, name);
    for (int i = 0; all && i < all->n; i++) {
        json_object(j, NULL);
        change_members(j, d, &all->at[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

struct sv clock_text(struct arena *mem, int minute)
{
    return sv_fmt(mem, "%02d:%02d", minute / 60 % 24, minute % 60);
}

/* Somebody new goes to one whom others know. */
static bool unusual(const struct the_day *d, const struct day_visit *v)
{
    bool known = false;
    for (int k = 0; k < d->carers_n && !known; k++)
        known = day_weight(d, v->elder, d->carers[k].id) > 0;
    return known && v->carer != NOBODY && !v->usual;
}

void totals_now(const struct the_day *d, struct totals *ret_totals)
{
    struct totals t = { .visits = d->visits_n };
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        t.travel_min += v->way_min;
        t.wait_min += v->wait_min;
        t.unassigned += v->carer == NOBODY && !v->over;
        t.changed += unusual(d, v);
    }
    for (int k = 0; k < d->carers_n; k++) {
        bool goes = false;
        for (int i = 0; i < d->visits_n && !goes; i++)
            goes = d->visits[i].carer == k;
        t.carers_out += goes;
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
