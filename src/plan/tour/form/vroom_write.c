/* vroom_write.c - a plan as VROOM's solution. */

#include "base/json.h"
#include "plan/tour/form/form.h"
#include "plan/tour/link.h"
#include "plan/tour/reason.h"

static void put_amounts(struct json *j, const char *name, const int64_t *amounts, int n)
{
    json_array(j, name);
    for (int a = 0; a < n; a++)
        json_int(j, NULL, amounts[a]);
    json_end(j, ']');
}

static void put_place(struct json *j, const struct tour_visit *v)
{
    if (v->located) {
        json_array(j, "location");
        json_real(j, NULL, v->lon);
        json_real(j, NULL, v->lat);
        json_end(j, ']');
    }
    json_int(j, "location_index", v->place);
}

/* A carer's start or end, as if it were a visit. */
static struct tour_visit end_of(const struct tour_carer *k, bool start)
{
    return start ? (struct tour_visit){ .place = k->start, .located = k->start_located,
                                        .lon = k->start_lon, .lat = k->start_lat }
                 : (struct tour_visit){ .place = k->end, .located = k->end_located,
                                        .lon = k->end_lon, .lat = k->end_lat };
}

/* The other half of a visit by two carers. */
static void put_pair(struct json *j, const struct tour_problem *p, int32_t v)
{
    const struct tour_link *l = p->links;
    for (int i = 0; i < p->links_n; i++)
        if (l[i].pair && (l[i].first == v || l[i].second == v))
            json_int(j, "pair", p->visits[l[i].first == v ? l[i].second : l[i].first].id);
}

static struct sv part_of(const struct tour_visit *v)
{
    static const char *const parts[] = { "job", "pickup", "delivery" };
    return sv_of(parts[v->part]);
}

/* What is later than it should be, at a price. */
static void put_late(struct json *j, const struct tour_problem *p, const struct tour_step *s)
{
    const struct tour_visit *v = s->kind == TOUR_VISIT ? &p->visits[s->index] : NULL;
    json_array(j, "violations");
    if (v && v->late_cost && s->arrive + s->wait > v->due) {
        json_object(j, NULL);
        json_text(j, "cause", SV("delay"));
        json_int(j, "duration", s->arrive + s->wait - v->due);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void put_step(struct json *j, const struct tour_problem *p, const struct tour *t,
                     const struct tour_step *s)
{
    static const char *const kinds[] = { "start", "job", "break", "end" };
    const struct tour_carer *k = &p->carers[t->carer];
    struct tour_visit end = end_of(k, s->kind == TOUR_START);
    if (s->kind != TOUR_VISIT && s->kind != TOUR_BREAK && end.place == TOUR_NONE)
        return;
    json_object(j, NULL);
    json_text(j, "type", s->kind == TOUR_VISIT ? part_of(&p->visits[s->index])
                                               : sv_of(kinds[s->kind]));
    if (s->kind == TOUR_VISIT) {
        const struct tour_visit *v = &p->visits[s->index];
        put_place(j, v);
        json_int(j, "id", v->id);
        if (v->part == TOUR_ALONE)
            json_int(j, "job", v->id);
        put_pair(j, p, s->index);
        if (v->about.len)
            json_text(j, "description", v->about);
    } else if (s->kind == TOUR_BREAK) {
        if (!k->breaks[s->index].off)
            json_int(j, "id", k->breaks[s->index].id);
        if (k->breaks[s->index].about.len)
            json_text(j, "description", k->breaks[s->index].about);
    } else {
        put_place(j, &end);
    }
    json_int(j, "setup", s->setup);
    json_int(j, "service", s->service);
    json_int(j, "waiting_time", s->wait);
    put_amounts(j, "load", s->load, p->amounts_n);
    json_int(j, "arrival", s->arrive);
    json_int(j, "duration", s->travel);
    if (p->travels[k->travel].distance)
        json_int(j, "distance", s->distance);
    put_late(j, p, s);
    json_end(j, '}');
}

/* Sums of a tour, or of all. */
static void put_sums(struct json *j, const struct tour_problem *p, const struct tour *t)
{
    json_int(j, "cost", (t->cost + p->cost_scale / 2) / p->cost_scale);
    json_int(j, "setup", t->setup);
    json_int(j, "service", t->service);
    json_int(j, "duration", t->travel);
    json_int(j, "waiting_time", t->wait);
    json_int(j, "priority", t->priority);
    if (p->travels[0].distance)
        json_int(j, "distance", t->distance);
}

static void put_loads(struct json *j, const struct tour_problem *p, const struct tour *tours,
                      int n)
{
    int64_t delivery[TOUR_AMOUNTS_MAX] = { 0 }, pickup[TOUR_AMOUNTS_MAX] = { 0 };
    for (int t = 0; t < n; t++)
        for (int i = 0; i < tours[t].steps_n; i++)
            for (int a = 0; a < p->amounts_n && tours[t].steps[i].kind == TOUR_VISIT; a++) {
                delivery[a] += p->visits[tours[t].steps[i].index].delivery[a];
                pickup[a] += p->visits[tours[t].steps[i].index].pickup[a];
            }
    put_amounts(j, "delivery", delivery, p->amounts_n);
    put_amounts(j, "pickup", pickup, p->amounts_n);
}

static void put_tour(struct json *j, const struct tour_problem *p, const struct tour *t)
{
    const struct tour_carer *k = &p->carers[t->carer];
    json_object(j, NULL);
    json_int(j, "vehicle", k->id);
    if (k->about.len)
        json_text(j, "description", k->about);
    put_sums(j, p, t);
    if (k->hours.most || k->hours.price) {
        json_int(j, "work", t->work);
        json_int(j, "overtime", t->overtime);
    }
    put_loads(j, p, t, 1);
    json_array(j, "steps");
    for (int i = 0; i < t->steps_n; i++)
        put_step(j, p, t, &t->steps[i]);
    json_end(j, ']');
    json_array(j, "violations");
    json_end(j, ']');
    json_end(j, '}');
}

static void put_summary(struct json *j, const struct tour_problem *p,
                        const struct tour_plan *plan)
{
    struct tour sum = { 0 };
    for (int i = 0; i < plan->tours_n; i++) {
        const struct tour *t = &plan->tours[i];
        sum.cost += t->cost;
        sum.setup += t->setup;
        sum.service += t->service;
        sum.travel += t->travel;
        sum.wait += t->wait;
        sum.priority += t->priority;
        sum.distance += t->distance;
    }
    json_object(j, "summary");
    json_int(j, "routes", plan->tours_n);
    json_int(j, "unassigned", plan->absent_n);
    put_sums(j, p, &sum);
    put_loads(j, p, plan->tours, plan->tours_n);
    json_array(j, "violations");
    json_end(j, ']');
    json_object(j, "computing_times");
    json_int(j, "solving", (int64_t)(plan->cpu_s * 1000));
    json_end(j, '}');
    json_end(j, '}');
}

/* Beyond VROOM's format: why nobody makes it, whether that is a proof, and what would help. */
static void put_reason(struct json *j, struct arena *mem, const struct tour_problem *p,
                       const struct tour_reason *r)
{
    json_object(j, "reason");
    json_text(j, "kind", sv_of(tour_why_names[r->why]));
    json_bool(j, "proof", tour_why_proves(r->why));
    json_text(j, "text", tour_reason_text(mem, p, r));
    if (r->why >= TOUR_WHY_SECOND && r->other != TOUR_NONE)
        json_int(j, "job", p->visits[r->other].id);
    if (r->repair != TOUR_REPAIR_NONE) {
        json_object(j, "repair");
        json_text(j, "kind", sv_of(tour_repair_names[r->repair]));
        if (r->carer != TOUR_NONE)
            json_int(j, "vehicle", p->carers[r->carer].id);
        if (r->repair == TOUR_REPAIR_TEACH)
            json_int(j, "skill", r->skill);
        if (r->other != TOUR_NONE)
            json_int(j, "job", p->visits[r->other].id);
        if (r->by > 0) {
            json_int(j, "by", r->by);
            json_int(j, "until", r->until);
        }
        json_end(j, '}');
    }
    if (r->swap != TOUR_NONE) {
        json_object(j, "swap");
        json_int(j, "vehicle", p->carers[r->swap_carer].id);
        json_int(j, "job", p->visits[r->swap].id);
        json_end(j, '}');
    }
    json_end(j, '}');
}

static void put_absent(struct json *j, struct ctx *c, const struct tour_problem *p,
                       const struct tour_plan *plan)
{
    const struct tour_reason *reasons = tour_reasons(c, p, plan);
    json_array(j, "unassigned");
    for (int i = 0; i < plan->absent_n; i++) {
        const struct tour_visit *v = &p->visits[plan->absent[i]];
        json_object(j, NULL);
        json_int(j, "id", v->id);
        json_text(j, "type", part_of(v));
        put_pair(j, p, plan->absent[i]);
        put_place(j, v);
        if (v->about.len)
            json_text(j, "description", v->about);
        put_reason(j, &c->mem, p, &reasons[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

void vroom_write(struct ctx *c, const struct tour_problem *p, const struct tour_plan *plan,
                 struct buf *out)
{
    struct json j = json_new(out);
    json_object(&j, NULL);
    json_int(&j, "code", 0);
    put_summary(&j, p, plan);
    put_absent(&j, c, p, plan);
    json_array(&j, "routes");
    for (int i = 0; i < plan->tours_n; i++)
        put_tour(&j, p, &plan->tours[i]);
    json_end(&j, ']');
    json_end(&j, '}');
    buf_byte(out, '\n');
}
