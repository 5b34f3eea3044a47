/*
 * part.c - what of a problem is not decided yet, as a smaller problem of the same kind.
 *
 * A site decided open becomes an outside price of the clients it serves; one decided closed
 * vanishes; a client whom only one price is left for vanishes into `base`.
 */

#include "plan/site/inside.h"

#include <string.h>

struct part part_whole(struct arena *mem, const struct choice *s)
{
    const struct siting *p = s->p;
    struct part q = { .sites = p->sites, .clients = p->clients, .fixed = p->fixed,
                      .price = p->price, .budget = p->budget, .first = p->first, .link = p->link };
    q.must = s->outside_max;
    q.covers = true;
    for (size_t l = 0; l < p->first[p->clients]; l++)
        q.covers = q.covers && p->link[l].cost <= 0;
    q.site = NEW(mem, uint32_t, p->sites);
    q.client = NEW(mem, uint32_t, p->clients);
    q.outside = NEW(mem, double, p->clients);
    q.price_of_client = NEW(mem, double, p->clients);
    q.open = NEW(mem, uint32_t, 0);
    q.state = NEW(mem, uint8_t, p->sites);
    memcpy(q.state, p->state, p->sites);
    q.price = NEW(mem, int64_t, p->sites);
    for (uint32_t i = 0; i < p->sites; i++) {
        q.site[i] = i;
        q.price[i] = p->state[i] == SITE_OPEN ? 0 : p->price[i];
    }
    for (uint32_t j = 0; j < p->clients; j++) {
        q.client[j] = j;
        q.outside[j] = outside_of(s, j);
        q.price_of_client[j] = (s->near_cost[j] + s->next_cost[j]) / 2;
    }
    return q;
}

/* The sites that are still free, and where they now stand. */
static void keep_sites(struct arena *mem, const struct part *from, struct part *q, uint32_t *now)
{
    for (uint32_t i = 0; i < from->sites; i++) {
        q->sites += from->state[i] == SITE_FREE;
        q->opens += from->state[i] == SITE_OPEN;
    }
    q->site = NEW(mem, uint32_t, q->sites);
    q->fixed = NEW(mem, double, q->sites);
    q->price = NEW(mem, int64_t, q->sites);
    q->state = NEW(mem, uint8_t, q->sites);
    q->open = NEW(mem, uint32_t, q->opens);
    memcpy(q->open, from->open, from->opens * sizeof *q->open);
    uint32_t n = 0, opens = from->opens;
    for (uint32_t i = 0; i < from->sites; i++) {
        now[i] = NO_SITE;
        if (from->state[i] == SITE_OPEN) {
            q->open[opens++] = from->site[i];
            q->base += from->fixed[i];
            q->budget -= q->budget == NO_BUDGET ? 0 : from->price[i];
        } else if (from->state[i] == SITE_FREE) {
            now[i] = n;
            q->site[n] = from->site[i];
            q->fixed[n] = from->fixed[i];
            q->price[n++] = from->price[i];
        }
    }
}

/* A client's links to sites that are free, up to an open one; its outside price from now on. */
static double keep_links(const struct part *from, struct part *q, const uint32_t *now,
                         uint32_t j, size_t *links)
{
    double outside = from->outside[j];
    for (size_t l = from->first[j]; l < from->first[j + 1] && from->link[l].cost < outside; l++) {
        uint32_t i = from->link[l].site;
        if (from->state[i] == SITE_OPEN)
            return from->link[l].cost;
        if (now[i] != NO_SITE)
            q->link[(*links)++] = (struct site_link){ from->link[l].cost, now[i] };
    }
    return outside;
}

struct part part_less(struct arena *mem, const struct part *from)
{
    struct part q = { .budget = from->budget, .base = from->base, .opens = from->opens,
                      .must = from->must, .covers = from->covers };
    uint32_t *now = NEW(mem, uint32_t, from->sites);
    size_t links = 0;
    keep_sites(mem, from, &q, now);
    q.client = NEW(mem, uint32_t, from->clients);
    q.outside = NEW(mem, double, from->clients);
    q.price_of_client = NEW(mem, double, from->clients);
    q.first = NEW(mem, size_t, (size_t)from->clients + 1);
    q.link = arena_room(mem, from->first[from->clients] * sizeof *q.link + 1,
                        alignof(struct site_link));
    for (uint32_t j = 0; j < from->clients; j++) {
        double outside = keep_links(from, &q, now, j, &links);
        if (links == q.first[q.clients]) {
            q.base += outside;
            continue;
        }
        q.client[q.clients] = from->client[j];
        q.outside[q.clients] = outside;
        q.price_of_client[q.clients] = fmin(from->price_of_client[j], outside);
        q.first[++q.clients] = links;
    }
    return q;
}
