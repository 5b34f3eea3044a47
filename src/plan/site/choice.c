/*
 * choice.c - a choice of sites, kept so that every swap's effect is known without trying it.
 *
 * For a client with nearest open site r at d1 and second nearest at d2, opening i at c < d2 saves
 * max(0, d1 - c) (gain of i), closing r costs d2 - d1 (loss of r), and doing both costs
 * d2 - max(c, d1) less than the two together (extra of i and r): Resende and Werneck 2007. When a
 * site opens or closes only the clients whose d1 or d2 changes are taken out and put in again.
 */

#include "plan/site/inside.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CELLS_MAX ((size_t)50000000)

double cpu_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

uint64_t choice_random(struct choice *s, uint64_t below)
{
    uint64_t z = s->random += 0x9E3779B97F4A7C15u;            /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (z ^ (z >> 31)) % below;
}

double outside_of(const struct choice *s, uint32_t client)
{
    double outside = s->p->outside[client];
    return outside < s->outside_max ? outside : s->outside_max;
}

/* --- making one --- */

/* Dearer than any choice that serves all: one client outside is never worth it. */
static double outside_max(const struct siting *p)
{
    double sum = 1;
    for (uint32_t i = 0; i < p->sites; i++)
        sum += p->fixed[i];
    for (uint32_t j = 0; j < p->clients; j++) {
        double most = p->outside[j] < INFINITY ? p->outside[j] : 0;
        if (p->first[j + 1] > p->first[j])
            most = fmax(most, p->link[p->first[j + 1] - 1].cost);
        sum += most;
    }
    return sum;
}

static int price_order(const void *left, const void *right)
{
    const int64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* How many sites can be open at once. */
static uint32_t slots_most(const struct siting *p)
{
    if (p->budget == NO_BUDGET)
        return p->sites;
    struct arena own = { 0 };
    int64_t spent = 0, *price = NEW(&own, int64_t, p->sites);
    uint32_t n = 0, most = 0;
    for (uint32_t i = 0; i < p->sites; i++) {
        most += p->state[i] == SITE_OPEN;
        if (p->state[i] == SITE_FREE)
            price[n++] = p->price[i];
    }
    qsort(price, n, sizeof *price, price_order);
    for (uint32_t i = 0; i < n && (spent += price[i]) <= p->budget; i++)
        most++;
    arena_free(&own);
    return most ? most : 1;
}

bool siting_fits(const struct siting *p)
{
    return (size_t)p->sites * slots_most(p) <= CELLS_MAX;
}

static void make_columns(struct arena *mem, struct choice *s)
{
    const struct siting *p = s->p;
    size_t links = p->first[p->clients];
    s->column = NEW(mem, size_t, p->sites + 2);
    s->client = NEW(mem, uint32_t, links);
    s->client_cost = NEW(mem, double, links);
    for (size_t l = 0; l < links; l++)
        s->column[p->link[l].site + 2]++;
    for (uint32_t i = 0; i < p->sites; i++)
        s->column[i + 2] += s->column[i + 1];
    for (uint32_t j = 0; j < p->clients; j++)
        for (size_t l = p->first[j]; l < p->first[j + 1]; l++) {
            size_t to = s->column[p->link[l].site + 1]++;
            s->client[to] = j;
            s->client_cost[to] = p->link[l].cost;
        }
}

static void count(struct choice *s, uint32_t j, double sign);

struct choice *choice_new(struct arena *mem, const struct siting *p, uint64_t seed)
{
    struct choice *s = NEW(mem, struct choice, 1);
    *s = (struct choice){ .p = p, .random = seed, .outside_max = outside_max(p),
                          .slots = slots_most(p) };
    s->open = NEW(mem, uint8_t, p->sites);
    s->slot = NEW(mem, uint32_t, p->sites);
    s->at = NEW(mem, uint32_t, s->slots);
    s->near = NEW(mem, uint32_t, p->clients);
    s->next = NEW(mem, uint32_t, p->clients);
    s->near_cost = NEW(mem, double, p->clients);
    s->next_cost = NEW(mem, double, p->clients);
    s->gain = NEW(mem, double, p->sites);
    s->loss = NEW(mem, double, s->slots);
    s->close = NEW(mem, double, s->slots);
    s->extra = NEW(mem, double, (size_t)p->sites * s->slots);
    make_columns(mem, s);
    memset(s->slot, 0xFF, p->sites * sizeof *s->slot);
    memset(s->at, 0xFF, s->slots * sizeof *s->at);
    for (uint32_t j = 0; j < p->clients; j++) {
        s->near[j] = s->next[j] = NO_SITE;
        s->near_cost[j] = s->next_cost[j] = outside_of(s, j);
        s->cost += s->near_cost[j];
        count(s, j, 1);
    }
    for (uint32_t i = 0; i < p->sites; i++)
        if (p->state[i] == SITE_OPEN)
            choice_open(s, i);
    return s;
}

/* --- one client in and out of the sums --- */

static void count(struct choice *s, uint32_t j, double sign)
{
    const struct siting *p = s->p;
    double near = s->near_cost[j], next = s->next_cost[j], lost = (next - near) * sign;
    const struct site_link *l = p->link + p->first[j], *end = p->link + p->first[j + 1];
    if (s->near[j] == NO_SITE) {
        for (; l < end && l->cost < near; l++)
            s->gain[l->site] += (near - l->cost) * sign;
        return;
    }
    uint32_t slot = s->slot[s->near[j]];
    s->loss[slot] += lost;
    for (; l < end && l->cost < near; l++) {
        s->gain[l->site] += (near - l->cost) * sign;
        s->extra[(size_t)l->site * s->slots + slot] += lost;
    }
    for (; l < end && l->cost < next; l++)
        s->extra[(size_t)l->site * s->slots + slot] += (next - l->cost) * sign;
}

/* The two nearest open sites of a client, from its list. */
static void look(struct choice *s, uint32_t j)
{
    const struct siting *p = s->p;
    double outside = outside_of(s, j);
    s->near[j] = s->next[j] = NO_SITE;
    s->near_cost[j] = s->next_cost[j] = outside;
    for (size_t l = p->first[j]; l < p->first[j + 1] && p->link[l].cost < outside; l++) {
        uint32_t i = p->link[l].site;
        if (!s->open[i])
            continue;
        if (s->near[j] != NO_SITE) {
            s->next[j] = i;
            s->next_cost[j] = p->link[l].cost;
            return;
        }
        s->near[j] = i;
        s->near_cost[j] = p->link[l].cost;
    }
}

/* --- changes --- */

void choice_open(struct choice *s, uint32_t site)
{
    const struct siting *p = s->p;
    uint32_t slot = 0;
    assert(!s->open[site] && p->state[site] != SITE_CLOSED);
    while (s->at[slot] != NO_SITE)
        slot++;
    assert(slot < s->slots);
    s->open[site] = 1;
    s->slot[site] = slot;
    s->at[slot] = site;
    s->high = slot + 1 > s->high ? slot + 1 : s->high;
    s->cost += p->fixed[site];
    s->spent += p->state[site] == SITE_OPEN ? 0 : p->price[site];
    for (size_t k = s->column[site]; k < s->column[site + 1]; k++) {
        uint32_t j = s->client[k];
        double cost = s->client_cost[k];
        if (cost >= s->next_cost[j])
            continue;
        count(s, j, -1);
        s->cost -= s->near_cost[j];
        if (cost < s->near_cost[j]) {
            s->next[j] = s->near[j];
            s->next_cost[j] = s->near_cost[j];
            s->near[j] = site;
            s->near_cost[j] = cost;
        } else {
            s->next[j] = site;
            s->next_cost[j] = cost;
        }
        s->cost += s->near_cost[j];
        count(s, j, 1);
    }
}

void choice_close(struct choice *s, uint32_t site)
{
    const struct siting *p = s->p;
    uint32_t slot = s->slot[site];
    assert(s->open[site]);
    s->open[site] = 0;
    s->cost -= p->fixed[site];
    s->spent -= p->state[site] == SITE_OPEN ? 0 : p->price[site];
    for (size_t k = s->column[site]; k < s->column[site + 1]; k++) {
        uint32_t j = s->client[k];
        if (s->near[j] != site && s->next[j] != site)
            continue;
        count(s, j, -1);
        s->cost -= s->near_cost[j];
        look(s, j);
        s->cost += s->near_cost[j];
        count(s, j, 1);
    }
    s->slot[site] = NO_SITE;
    s->at[slot] = NO_SITE;
    s->loss[slot] = 0;
    for (uint32_t i = 0; i < p->sites; i++)
        s->extra[(size_t)i * s->slots + slot] = 0;           /* it is, but for rounding */
    while (s->high > 0 && s->at[s->high - 1] == NO_SITE)
        s->high--;
}

void choice_become(struct choice *s, const uint8_t *open)
{
    for (uint32_t i = 0; i < s->p->sites; i++)
        if (s->open[i] && !open[i] && s->p->state[i] != SITE_OPEN)
            choice_close(s, i);
    for (uint32_t i = 0; i < s->p->sites; i++)
        if (!s->open[i] && open[i])
            choice_open(s, i);
}

double choice_cost(const struct choice *s)
{
    return s->cost;
}

bool choice_is_open(const struct choice *s, uint32_t site)
{
    return s->open[site];
}

double choice_if(const struct choice *s, uint32_t in, uint32_t out)
{
    uint32_t slot = s->slot[out];
    return s->cost + s->p->fixed[in] - s->p->fixed[out] - s->gain[in] + s->loss[slot]
           - s->extra[(size_t)in * s->slots + slot];
}
