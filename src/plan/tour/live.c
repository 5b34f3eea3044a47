/* live.c - one change at a time to a day that is under way. */

#include "plan/tour/live.h"

#include "plan/tour/schedule.h"
#include "plan/tour/search/state.h"

#include <string.h>

enum visit_state { WANTED, OVER };       /* OVER: done or cancelled */

struct tour_live {
    struct arena       *mem;
    struct tour_problem p;
    int                 room;            /* visits there may be */
    int32_t           **codes;           /* of each carer: start, visits and breaks, end */
    int                *codes_n;
    int32_t            *with;            /* codes of a trial */
    uint8_t            *state;           /* of each visit */
    int32_t            *carer_of;        /* of each visit; TOUR_NONE: nobody */
    int32_t            *told_carer, *told_begin;
    int32_t            *wish;
};

const struct tour_problem *tour_live_problem(const struct tour_live *l)
{
    return &l->p;
}

static int idle_codes(const struct tour_carer *k, int32_t *codes)
{
    int n = 0;
    codes[n++] = STOP_START;
    for (int b = 0; b < k->breaks_n; b++)
        codes[n++] = STOP_BREAK - b;
    codes[n++] = STOP_END;
    return n;
}

/* The codes of a plan; carers who do not go out are idle. */
static void take_plan(struct tour_live *l, const struct tour_plan *plan)
{
    for (int k = 0; k < l->p.carers_n; k++)
        l->codes_n[k] = idle_codes(&l->p.carers[k], l->codes[k]);
    for (int i = 0; i < plan->tours_n; i++) {
        int k = plan->tours[i].carer;
        l->codes_n[k] = tour_codes(&plan->tours[i], l->codes[k]);
    }
    for (int v = 0; v < l->p.visits_n; v++)
        l->carer_of[v] = TOUR_NONE;
    for (int k = 0; k < l->p.carers_n; k++)
        for (int i = 0; i < l->codes_n[k]; i++)
            if (l->codes[k][i] >= 0)
                l->carer_of[l->codes[k][i]] = k;
}

static void copy_problem(struct tour_live *l, const struct tour_problem *p)
{
    size_t carers = (size_t)p->carers_n;
    l->p = *p;
    l->p.visits = NEW(l->mem, struct tour_visit, l->room);
    l->p.carers = NEW(l->mem, struct tour_carer, carers);
    memcpy(l->p.visits, p->visits, sizeof *p->visits * (size_t)p->visits_n);
    memcpy(l->p.carers, p->carers, sizeof *p->carers * carers);
    l->p.wish = l->wish = NEW(l->mem, int32_t, (size_t)l->room * carers);
    if (p->wish)
        memcpy(l->wish, p->wish, sizeof *l->wish * (size_t)p->visits_n * carers);
}

static void remember(struct ctx *c, struct tour_live *l);

struct tour_live *tour_live_new(struct arena *mem, const struct tour_problem *p,
                                const struct tour_plan *plan, int room)
{
    struct tour_live *l = NEW(mem, struct tour_live, 1);
    struct ctx c = { 0 };
    *l = (struct tour_live){ .mem = mem, .room = p->visits_n + room };
    copy_problem(l, p);
    l->codes = NEW(mem, int32_t *, p->carers_n);
    l->codes_n = NEW(mem, int, p->carers_n);
    for (int k = 0; k < p->carers_n; k++)
        l->codes[k] = NEW(mem, int32_t, l->room + p->carers[k].breaks_n + 2);
    l->with = NEW(mem, int32_t, l->room + 64);
    l->state = NEW(mem, uint8_t, l->room);
    l->carer_of = NEW(mem, int32_t, l->room);
    l->told_carer = NEW(mem, int32_t, l->room);
    l->told_begin = NEW(mem, int32_t, l->room);
    for (int v = 0; v < l->room; v++)
        l->carer_of[v] = l->told_carer[v] = l->told_begin[v] = TOUR_NONE;
    take_plan(l, plan);
    remember(&c, l);
    arena_free(&c.mem);
    return l;
}

/* --- one visit into the plan --- */

/* What her day costs as it is; nothing when she stays at home. */
static int64_t cost_now(const struct tour_live *l, int k)
{
    struct tour_trial t = { 0 };
    if (l->codes_n[k] == l->p.carers[k].breaks_n + 2)
        return 0;
    return tour_try(&l->p, k, l->codes[k], l->codes_n[k], TOUR_NONE, &t) ? t.cost : 0;
}

/* Could she ever, as long as nothing but the order of her day is asked? */
static bool may(const struct tour_live *l, int k, int32_t v)
{
    return l->p.carers[k].shift.close >= l->p.carers[k].shift.open && tour_able(&l->p, k, v);
}

/* Where a visit would stand in a day; and the other visit of its shipment, before stop `to`. */
struct place { int at, to; };

static bool is_pair(const struct tour_live *l, int32_t v)
{
    return l->p.visits[v].part != TOUR_ALONE;
}

/* The codes of a day with the visit in it; how many there are. */
static int put_in(const int32_t *codes, int n, const struct tour_visit *visit, int32_t v,
                  struct place place, int32_t *ret_codes)
{
    int kept = 0;
    for (int i = 0; i < n; i++) {
        if (i == place.at)
            ret_codes[kept++] = v;
        if (i == place.to && visit->part != TOUR_ALONE)
            ret_codes[kept++] = visit->mate;
        ret_codes[kept++] = codes[i];
    }
    return kept;
}

static void try_place(const struct tour_live *l, int k, int32_t v, struct place place,
                      int64_t before, struct tour_offer *o, struct place *best)
{
    struct tour_trial t;
    int n = put_in(l->codes[k], l->codes_n[k], &l->p.visits[v], v, place, l->with);
    if (!tour_try(&l->p, k, l->with, n, v, &t) || !tour_holds(&t))
        return;
    int64_t cost = t.cost - before + l->wish[v * l->p.carers_n + k];
    if (o->carer != TOUR_NONE && cost >= o->cost)
        return;
    *o = (struct tour_offer){ .carer = k, .begin = t.begin, .cost = cost };
    *best = place;
}

static void try_carer(const struct tour_live *l, int k, int32_t v, struct tour_offer *o,
                      struct place *best)
{
    int64_t before = cost_now(l, k);
    for (int at = 1; at < l->codes_n[k]; at++)
        for (int to = at; to < (is_pair(l, v) ? l->codes_n[k] : at + 1); to++)
            try_place(l, k, v, (struct place){ at, to }, before, o, best);
}

static struct tour_offer best_offer(const struct tour_live *l, int32_t v, struct place *ret_place)
{
    struct tour_offer o = { .carer = TOUR_NONE, .begin = TOUR_NONE };
    for (int k = 0; k < l->p.carers_n; k++)
        if (may(l, k, v))
            try_carer(l, k, v, &o, ret_place);
    return o;
}

static struct tour_offer put(struct tour_live *l, int32_t v)
{
    struct place place = { 0 };
    struct tour_offer o = best_offer(l, v, &place);
    l->carer_of[v] = o.carer;
    if (is_pair(l, v))
        l->carer_of[l->p.visits[v].mate] = o.carer;
    if (o.carer == TOUR_NONE)
        return o;
    int k = o.carer, n = l->codes_n[k];
    l->codes_n[k] = put_in(l->codes[k], n, &l->p.visits[v], v, place, l->with);
    memcpy(l->codes[k], l->with, sizeof(int32_t) * (size_t)l->codes_n[k]);
    return o;
}

void tour_live_offers(struct tour_live *l, const struct tour_visit *visit,
                      const struct tour_window *windows, int n, struct tour_offer *ret_offers)
{
    int32_t v = l->p.visits_n;
    struct place place;
    if (v == l->room) {
        for (int i = 0; i < n; i++)
            ret_offers[i] = (struct tour_offer){ .carer = TOUR_NONE, .begin = TOUR_NONE };
        return;
    }
    l->p.visits[v] = *visit;
    l->p.visits[v].part = TOUR_ALONE;
    for (int i = 0; i < n; i++) {
        l->p.visits[v].windows = (struct tour_windows){ &windows[i], 1 };
        ret_offers[i] = best_offer(l, v, &place);
    }
}

enum err tour_live_add(struct ctx *c, struct tour_live *l, const struct tour_visit *visit,
                       int32_t *ret_visit, struct tour_offer *ret_offer)
{
    int32_t v = l->p.visits_n;
    if (v == l->room)
        return fail(c, ERR_TOO_LARGE, "plan.full", "the session has no room for another visit");
    if (visit->place < 0 || visit->place >= l->p.places_n)
        return fail(c, ERR_INVALID, "plan.invalid", "place: there is no such row of the matrix");
    l->p.visits[v] = *visit;
    l->p.visits[v].part = TOUR_ALONE;
    l->p.visits_n++;
    *ret_offer = put(l, v);
    *ret_visit = v;
    return ERR_NONE;
}

/* --- less --- */

static void take_out(struct tour_live *l, int32_t v)
{
    int k = l->carer_of[v], n = 0;
    if (k == TOUR_NONE)
        return;
    for (int i = 0; i < l->codes_n[k]; i++)
        if (l->codes[k][i] != v)
            l->codes[k][n++] = l->codes[k][i];
    l->codes_n[k] = n;
    l->carer_of[v] = TOUR_NONE;
}

void tour_live_cancel(struct tour_live *l, int32_t visit)
{
    take_out(l, visit);
    l->state[visit] = OVER;
    if (!is_pair(l, visit))
        return;
    take_out(l, l->p.visits[visit].mate);
    l->state[l->p.visits[visit].mate] = OVER;
}

/* Takes the visits of a day out and puts each where it fits now. */
static void put_all(struct tour_live *l, int k)
{
    int32_t list[l->codes_n[k]];
    int n = 0;
    for (int i = 0; i < l->codes_n[k]; i++)
        if (l->codes[k][i] >= 0)
            list[n++] = l->codes[k][i];
    for (int i = 0; i < n; i++)
        take_out(l, list[i]);
    for (int i = 0; i < n; i++)
        if (l->p.visits[list[i]].part != TOUR_HANDOVER)
            put(l, list[i]);
}

void tour_live_ill(struct tour_live *l, int32_t carer)
{
    struct tour_carer *k = &l->p.carers[carer];
    k->shift.close = k->shift.open - 1;          /* no visit fits any more */
    k->tasks_max = 0;
    put_all(l, carer);
}

/* --- under way --- */

/* A break that is over lasts no time and may be any time. */
static void end_break(struct tour_live *l, struct tour_carer *k, int b)
{
    struct tour_break *own = NEW(l->mem, struct tour_break, k->breaks_n);
    memcpy(own, k->breaks, sizeof *own * (size_t)k->breaks_n);
    own[b].service = 0;
    own[b].windows = (struct tour_windows){ 0 };
    k->breaks = own;
}

/* What she has picked up nobody else can hand over, and she has it with her from now on. */
static void carry_on(struct tour_live *l, int32_t carer, int32_t v)
{
    const struct tour_visit *visit = &l->p.visits[v];
    if (visit->part != TOUR_PICKUP)
        return;
    struct tour_visit *mate = &l->p.visits[visit->mate];
    mate->part = TOUR_ALONE;
    mate->ride_max = 0;
    for (int k = 0; k < l->p.carers_n; k++)
        if (k != carer)
            l->wish[visit->mate * l->p.carers_n + k] = TOUR_NEVER;
}

void tour_live_at(struct tour_live *l, int32_t carer, int done, int32_t free)
{
    struct tour_carer *k = &l->p.carers[carer];
    int32_t *codes = l->codes[carer];
    int n = 1, last = l->codes_n[carer] - 1;
    for (int i = 1; i <= done && i < last; i++) {
        if (codes[i] <= STOP_BREAK) {
            end_break(l, k, STOP_BREAK - codes[i]);
            codes[n++] = codes[i];
            continue;
        }
        k->start = l->p.visits[codes[i]].place;
        carry_on(l, carer, codes[i]);
        l->state[codes[i]] = OVER;
        l->carer_of[codes[i]] = TOUR_NONE;
    }
    for (int i = done + 1 < last ? done + 1 : last; i <= last; i++)
        codes[n++] = codes[i];
    l->codes_n[carer] = n;
    k->shift.open = free;
    struct tour_trial t;
    if (free > k->shift.close || !tour_try(&l->p, carer, codes, n, TOUR_NONE, &t) ||
        !tour_holds(&t))
        put_all(l, carer);
}

/* --- the whole --- */

void tour_live_plan(struct ctx *c, const struct tour_live *l, struct tour_plan *ret_plan)
{
    int room = 1, n = 0;
    for (int k = 0; k < l->p.carers_n; k++)
        room += l->codes_n[k] + 2;
    int32_t *codes = NEW(&c->mem, int32_t, room);
    for (int k = 0; k < l->p.carers_n; k++) {
        if (l->codes_n[k] == l->p.carers[k].breaks_n + 2)
            continue;
        codes[n++] = k;
        codes[n++] = l->codes_n[k];
        memcpy(codes + n, l->codes[k], sizeof *codes * (size_t)l->codes_n[k]);
        n += l->codes_n[k];
    }
    codes[n] = TOUR_NONE;
    tour_schedule(c, &l->p, codes, ret_plan);
    int kept = 0;
    for (int i = 0; i < ret_plan->absent_n; i++)
        if (l->state[ret_plan->absent[i]] == WANTED)
            ret_plan->absent[kept++] = ret_plan->absent[i];
    ret_plan->absent_n = kept;
}

/* Begins of all visits as they are now; TOUR_NONE: not made. */
static int32_t *begins(struct ctx *c, const struct tour_live *l)
{
    struct tour_plan plan;
    int32_t *begin = NEW(&c->mem, int32_t, l->room);
    for (int v = 0; v < l->room; v++)
        begin[v] = TOUR_NONE;
    tour_live_plan(c, l, &plan);
    for (int i = 0; i < plan.tours_n; i++)
        for (int s = 0; s < plan.tours[i].steps_n; s++) {
            const struct tour_step *step = &plan.tours[i].steps[s];
            if (step->kind == TOUR_VISIT)
                begin[step->index] = step->arrive + step->wait;
        }
    return begin;
}

static void remember(struct ctx *c, struct tour_live *l)
{
    const int32_t *begin = begins(c, l);
    memcpy(l->told_begin, begin, sizeof *begin * (size_t)l->room);
    memcpy(l->told_carer, l->carer_of, sizeof *begin * (size_t)l->room);
}

int tour_live_changes(struct ctx *c, struct tour_live *l, struct tour_change **ret_changes)
{
    const int32_t *begin = begins(c, l);
    struct tour_change *all = NEW(&c->mem, struct tour_change, l->p.visits_n);
    int n = 0;
    for (int v = 0; v < l->p.visits_n; v++)
        if (l->state[v] == WANTED &&
            (begin[v] != l->told_begin[v] || l->carer_of[v] != l->told_carer[v]))
            all[n++] = (struct tour_change){ v, l->told_carer[v], l->carer_of[v],
                                             l->told_begin[v], begin[v] };
    remember(c, l);
    *ret_changes = all;
    return n;
}

/* The problem of what is still wanted, in the session's own numbers; *ret_old: by new ones. */
static struct tour_problem wanted(struct ctx *c, const struct tour_live *l, int32_t stay,
                                  int32_t **ret_old, int32_t **ret_new)
{
    struct tour_problem p = l->p;
    size_t carers = (size_t)p.carers_n;
    int32_t *old = NEW(&c->mem, int32_t, l->p.visits_n), *new = NEW(&c->mem, int32_t, l->room);
    int32_t *wish = NEW(&c->mem, int32_t, (size_t)l->p.visits_n * carers);
    p.visits = NEW(&c->mem, struct tour_visit, l->p.visits_n);
    p.visits_n = 0;
    for (int v = 0; v < l->p.visits_n; v++) {
        if (l->state[v] != WANTED)
            continue;
        int32_t *of = wish + (size_t)p.visits_n * carers;
        memcpy(of, l->wish + (size_t)v * carers, sizeof *of * carers);
        for (size_t k = 0; k < carers && l->carer_of[v] != TOUR_NONE; k++)
            of[k] += (int32_t)k == l->carer_of[v] || of[k] >= TOUR_NEVER ? 0 : stay;
        p.visits[p.visits_n] = l->p.visits[v];
        old[p.visits_n] = v;
        new[v] = p.visits_n++;
    }
    p.wish = wish;
    p.given = NULL;
    for (int i = 0; i < p.visits_n; i++)
        if (p.visits[i].part != TOUR_ALONE)
            p.visits[i].mate = new[p.visits[i].mate];
    *ret_old = old;
    *ret_new = new;
    return p;
}

static void renumber(struct tour_plan *plan, const int32_t *numbers)
{
    for (int i = 0; i < plan->tours_n; i++)
        for (int s = 0; s < plan->tours[i].steps_n; s++)
            if (plan->tours[i].steps[s].kind == TOUR_VISIT)
                plan->tours[i].steps[s].index = numbers[plan->tours[i].steps[s].index];
}

void tour_live_replan(struct ctx *c, struct tour_live *l, const struct tour_budget *budget,
                      int32_t stay)
{
    int32_t *old, *new;
    struct tour_plan from, found;
    struct tour_budget b = *budget;
    struct tour_problem p = wanted(c, l, stay, &old, &new);
    tour_live_plan(c, l, &from);
    renumber(&from, new);
    b.from = &from;
    tour_search(c, &p, &b, &found);
    renumber(&found, old);
    take_plan(l, &found);
}
