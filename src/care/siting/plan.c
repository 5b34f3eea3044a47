/* plan.c - homes and candidates made a siting problem, and solved. */

#include "care/siting/work.h"

#include <stdlib.h>

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
        for (size_t l = w->s->first[row]; plan_usable(w, row) && l < w->s->first[row + 1]; l++) {
            uint32_t h = w->s->home[l];
            if (w->stays[h])
                continue;
            w->client[h] = w->client[h] ? w->client[h] : ++n;
            links++;
        }
    *ret_clients = n;
    return links;
}

/* The row's links: counted behind each client, or when `put` is there put before it. */
static void link_row(struct work *w, uint32_t row, size_t *put, size_t *count)
{
    for (size_t l = w->s->first[row]; l < w->s->first[row + 1]; l++) {
        uint32_t j = w->client[w->s->home[l]];
        if (j == 0)
            continue;
        if (put)
            w->problem.link[put[j - 1]++] = (struct site_link){ 0, row };
        else
            count[j]++;
    }
}

static void fill_links(struct work *w)
{
    struct siting *p = &w->problem;
    uint32_t rows = w->s->points + w->s->sites;
    size_t *at = NEW(w->mem, size_t, (size_t)p->clients + 2);
    for (int round = 0; round < 2; round++) {
        for (uint32_t row = 0; row < rows; row++)
            if (plan_usable(w, row))
                link_row(w, row, round ? at : NULL, at);
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
        p->state[row] = !plan_usable(w, row) ? SITE_CLOSED : forced ? SITE_OPEN : SITE_FREE;
        if (forced)
            p->budget -= p->price[row];
        if (row >= w->s->points && plan_usable(w, row))
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
    struct standing end = plan_end_of(&w, a.open);
    plan_in_order(&w, &end, &plan);
    sum_up(&w, &end, &a, whole, &plan);
    return plan;
}
