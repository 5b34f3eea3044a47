/* plan.c - homes and candidates made a siting problem, solved, and put in order. */

#include "care/siting/plan.h"

#include "roads/roads.h"

#include <stdlib.h>
#include <string.h>

#define NO_ROW UINT32_MAX

struct work {
    const struct plan_ask     *q;
    const struct atlas_home   *home;
    const struct atlas_served *s;
    struct arena *mem;
    bool         *stays;                 /* of each home: a place that stays serves it */
    uint32_t     *client;                /* of each home, + 1 */
    double       *weight;                /* of each home's elder */
    double        unit;                  /* what a weight of 1 is */
    struct siting problem;
};

static bool usable(const struct work *w, uint32_t row)
{
    return row < w->s->points ? w->q->mark[row] != MARK_FORBIDDEN
                              : w->q->closable[row - w->s->points];
}

static int64_t price_of(const struct work *w, uint32_t row)
{
    if (w->q->by_number)
        return 1;
    return row < w->s->points ? w->q->cost[row] : w->q->close_saves;
}

/* --- weights --- */

struct community { int64_t scope; double elders, served; };

static int by_scope(const void *left, const void *right)
{
    const struct community *a = left, *b = right;
    return (a->scope > b->scope) - (a->scope < b->scope);
}

/* Communities in order of code, with how many there are and are served. */
static struct community *communities(struct work *w, size_t *ret_n)
{
    uint32_t homes = w->q->demand->homes;
    struct community *all = NEW(w->mem, struct community, homes + 1);
    size_t n = 0;
    for (uint32_t h = 0; h < homes; h++)
        all[h] = (struct community){ w->home[h].scope, w->home[h].elders,
                                     w->home[h].served ? w->home[h].elders : 0 };
    if (homes)
        qsort(all, homes, sizeof *all, by_scope);
    for (uint32_t h = 0; h < homes; h++) {
        if (n && all[n - 1].scope == all[h].scope) {
            all[n - 1].elders += all[h].elders;
            all[n - 1].served += all[h].served;
        } else {
            all[n++] = all[h];
        }
    }
    *ret_n = n;
    return all;
}

static void weigh(struct work *w)
{
    size_t n;
    const struct community *all = communities(w, &n);
    w->unit = w->q->equity > 0 ? 0.01 : 1;
    w->weight = NEW(w->mem, double, w->q->demand->homes + 1);
    for (uint32_t h = 0; h < w->q->demand->homes; h++) {
        struct community key = { .scope = w->home[h].scope };
        const struct community *k = bsearch(&key, all, n, sizeof *all, by_scope);
        double lack = k->elders > 0 ? 1 - k->served / k->elders : 0;
        w->weight[h] = floor((1 + w->q->equity * lack) / w->unit + 0.5);
    }
}

/* --- the problem --- */

static void note_stays(struct work *w)
{
    w->stays = NEW(w->mem, bool, w->q->demand->homes + 1);
    for (uint32_t k = 0; k < w->s->sites; k++)
        for (size_t l = w->s->first[w->s->points + k];
             !w->q->closable[k] && l < w->s->first[w->s->points + k + 1]; l++)
            w->stays[w->s->home[l]] = true;
}

static size_t count_clients(struct work *w, uint32_t *ret_clients)
{
    size_t links = 0;
    uint32_t n = 0, rows = w->s->points + w->s->sites;
    w->client = NEW(w->mem, uint32_t, w->q->demand->homes + 1);
    for (uint32_t row = 0; row < rows; row++)
        for (size_t l = w->s->first[row]; usable(w, row) && l < w->s->first[row + 1]; l++) {
            uint32_t h = w->s->home[l];
            if (w->stays[h])
                continue;
            w->client[h] = w->client[h] ? w->client[h] : ++n;
            links++;
        }
    *ret_clients = n;
    return links;
}

static void fill_links(struct work *w)
{
    struct siting *p = &w->problem;
    uint32_t rows = w->s->points + w->s->sites;
    size_t *at = NEW(w->mem, size_t, (size_t)p->clients + 2);
    for (int round = 0; round < 2; round++) {
        for (uint32_t row = 0; row < rows; row++)
            for (size_t l = w->s->first[row]; usable(w, row) && l < w->s->first[row + 1]; l++) {
                uint32_t j = w->client[w->s->home[l]];
                if (j == 0)
                    continue;
                if (round)
                    p->link[at[j - 1]++] = (struct site_link){ 0, row };
                else
                    at[j]++;
            }
        for (uint32_t j = 0; j < p->clients && !round; j++) {
            at[j + 1] += at[j];
            p->first[j + 1] = at[j + 1];
        }
    }
}

static void make_sites(struct work *w)
{
    struct siting *p = &w->problem;
    p->budget = w->q->budget;
    for (uint32_t row = 0; row < p->sites; row++) {
        bool forced = row < w->s->points && w->q->mark[row] == MARK_FORCED;
        p->price[row] = price_of(w, row);
        p->state[row] = !usable(w, row) ? SITE_CLOSED : forced ? SITE_OPEN : SITE_FREE;
        if (forced)
            p->budget -= p->price[row];
        if (row >= w->s->points && usable(w, row))
            p->budget += p->price[row];
    }
}

static enum plan_end make_problem(struct work *w)
{
    uint32_t clients;
    note_stays(w);
    weigh(w);
    size_t links = count_clients(w, &clients);
    uint32_t sites = w->s->points + w->s->sites;
    if (links > LINKS_MAX || clients > CLIENTS_MAX || sites > SITES_MAX)
        return PLAN_LARGE;
    w->problem = siting_new(w->mem, sites, clients, links);
    fill_links(w);
    make_sites(w);
    if (w->problem.budget < 0)
        return PLAN_FORCED;
    if (!siting_fits(&w->problem))
        return PLAN_LARGE;
    for (uint32_t h = 0; h < w->q->demand->homes; h++) {
        double elders = w->home[h].elders * w->weight[h];
        if (w->client[h])
            w->problem.outside[w->client[h] - 1] = elders;
    }
    siting_sort(&w->problem);
    return PLAN_DONE;
}

/* --- the answer in order --- */

/* How many open things serve each home, as changes are made one by one. */
struct standing { uint16_t *by; bool *open; };

static void stand(struct work *w, struct standing *s, uint32_t row, int change)
{
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        s->by[w->s->home[l]] = (uint16_t)(s->by[w->s->home[l]] + change);
    s->open[row] = change > 0;
}

/* Elders of a row who have so many open: 0, it would add them; 1 of an open one, its alone. */
static int64_t elders_at(const struct work *w, const struct standing *s, uint32_t row,
                         uint16_t by)
{
    int64_t n = 0;
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        n += s->by[w->s->home[l]] == by ? w->home[w->s->home[l]].elders : 0;
    return n;
}

/* Standing places whose closing pays for nothing stand again, the one that is missed most first. */
static void keep_idle(struct work *w, struct standing *s, const uint8_t *open)
{
    int64_t left = w->problem.budget;
    for (uint32_t row = 0; row < w->problem.sites; row++)
        left -= w->problem.state[row] == SITE_FREE && open[row] ? w->problem.price[row] : 0;
    for (;;) {
        uint32_t best = NO_ROW;
        int64_t most = -1;
        for (uint32_t row = w->s->points; row < w->problem.sites; row++) {
            if (s->open[row] || !usable(w, row) || w->problem.price[row] > left)
                continue;
            int64_t gain = elders_at(w, s, row, 0);
            best = gain > most ? row : best;
            most = gain > most ? gain : most;
        }
        if (best == NO_ROW)
            return;
        left -= w->problem.price[best];
        stand(w, s, best, 1);
    }
}

/* What adds nobody to the others is not built; the forced are. */
static void drop_idle(struct work *w, struct standing *s, uint8_t *open)
{
    for (uint32_t row = 0; row < w->s->points; row++)
        if (s->open[row] && w->problem.state[row] == SITE_FREE && elders_at(w, s, row, 1) == 0) {
            stand(w, s, row, -1);
            open[row] = 0;
        }
}

/* Who would be open in the end. */
static struct standing end_of(struct work *w, uint8_t *open)
{
    struct standing s = { NEW(w->mem, uint16_t, w->q->demand->homes + 1),
                          NEW(w->mem, bool, w->problem.sites + 1) };
    for (uint32_t row = 0; row < w->problem.sites; row++)
        if (open[row] || (row >= w->s->points && !usable(w, row)))
            stand(w, &s, row, 1);
    drop_idle(w, &s, open);
    keep_idle(w, &s, open);
    drop_idle(w, &s, open);
    return s;
}

/* --- steps --- */

struct struck { int64_t scope; uint32_t ms, elders; };

static int struck_order(const void *left, const void *right)
{
    const struct struck *a = left, *b = right;
    if (a->scope != b->scope)
        return a->scope < b->scope ? -1 : 1;
    return (a->ms > b->ms) - (a->ms < b->ms);
}

/* The way of the one in the middle of them. */
static uint32_t middle_ms(const struct struck *at, size_t n, int64_t elders)
{
    int64_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        seen += at[i].elders;
        if (seen * 2 >= elders)
            return at[i].ms;
    }
    return NOT_REACHED;
}

/* Which communities gain or lose by a row, whose homes with `by` open it is about. */
static void tell_communities(const struct work *w, const struct standing *s, uint32_t row,
                             uint16_t by, struct plan_step *step)
{
    size_t room = w->s->first[row + 1] - w->s->first[row], n = 0;
    struct struck *all = NEW(w->mem, struct struck, room + 1);
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++) {
        const struct atlas_home *h = &w->home[w->s->home[l]];
        if (s->by[w->s->home[l]] == by)
            all[n++] = (struct struck){ h->scope, h->ms, h->elders };
    }
    if (n)
        qsort(all, n, sizeof *all, struck_order);
    for (size_t from = 0, end; from < n; from = end) {
        int64_t elders = 0;
        for (end = from; end < n && all[end].scope == all[from].scope; end++)
            elders += all[end].elders;
        step->communities++;
        if (elders <= step->elders)
            continue;
        step->scope = all[from].scope;
        step->elders = elders;
        step->ms = middle_ms(all + from, end - from, elders);
    }
}

static void take_step(struct work *w, struct standing *s, uint32_t row, struct site_plan *plan)
{
    bool closes = row >= w->s->points;
    struct plan_step step = { .which = closes ? row - w->s->points : row, .closes = closes,
                              .ms = NOT_REACHED };
    step.gain = closes ? -elders_at(w, s, row, 1) : elders_at(w, s, row, 0);
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++)
        step.near += w->home[w->s->home[l]].elders;
    tell_communities(w, s, row, closes ? 1 : 0, &step);
    stand(w, s, row, closes ? -1 : 1);
    plan->step[plan->steps++] = step;
}

/* The row of those to be changed that gives most, or takes least, now. */
static uint32_t next_row(const struct work *w, const struct standing *s, const bool *due,
                         uint32_t from, uint32_t end)
{
    uint32_t best = NO_ROW;
    int64_t most = INT64_MIN;
    for (uint32_t row = from; row < end; row++) {
        if (!due[row])
            continue;
        bool closes = row >= w->s->points;
        int64_t gain = closes ? -elders_at(w, s, row, 1) : elders_at(w, s, row, 0);
        best = gain > most ? row : best;
        most = gain > most ? gain : most;
    }
    return best;
}

static void put_in_order(struct work *w, const struct standing *end, struct site_plan *plan)
{
    uint32_t sites = w->problem.sites, points = w->s->points, row;
    struct standing s = { NEW(w->mem, uint16_t, w->q->demand->homes + 1),
                          NEW(w->mem, bool, sites + 1) };
    bool *due = NEW(w->mem, bool, sites + 1);
    plan->step = NEW(w->mem, struct plan_step, sites + 1);
    for (row = 0; row < sites; row++) {
        if (row >= points)
            stand(w, &s, row, 1);
        due[row] = end->open[row] != s.open[row];
    }
    while ((row = next_row(w, &s, due, points, sites)) != NO_ROW) {
        due[row] = false;
        take_step(w, &s, row, plan);
    }
    while ((row = next_row(w, &s, due, 0, points)) != NO_ROW) {
        due[row] = false;
        take_step(w, &s, row, plan);
    }
}

static void sum_up(struct work *w, const struct standing *s, const struct site_answer *a,
                   double whole, struct site_plan *plan)
{
    double now = 0, then = 0;
    for (uint32_t h = 0; h < w->q->demand->homes; h++) {
        double weight = w->home[h].elders * w->weight[h];
        now += w->client[h] && w->home[h].served ? weight : 0;
        then += w->client[h] && s->by[h] ? weight : 0;
        plan->before += w->home[h].served ? w->home[h].elders : 0;
        plan->after += s->by[h] ? w->home[h].elders : 0;
    }
    plan->gained = (then - now) * w->unit;
    plan->most = fmax(whole - a->bound - now, then - now) * w->unit;
    plan->proved = plan->most <= plan->gained;
    plan->cpu_s = a->cpu_s;
}

struct site_plan siting_plan(struct arena *mem, const struct plan_ask *q)
{
    struct site_plan plan = { .end = PLAN_DONE };
    struct site_answer a;
    double whole = 0;
    struct work w = { .q = q, .home = q->demand->home, .s = q->served, .mem = mem };
    plan.end = make_problem(&w);
    if (plan.end != PLAN_DONE)
        return plan;
    for (uint32_t j = 0; j < w.problem.clients; j++)
        whole += w.problem.outside[j];
    siting_merge(mem, &w.problem);
    site_solve(mem, &w.problem, &q->limits, &a);
    struct standing end = end_of(&w, a.open);
    put_in_order(&w, &end, &plan);
    sum_up(&w, &end, &a, whole, &plan);
    return plan;
}
