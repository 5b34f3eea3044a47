/* siting.c - the problem: made and put in order. */

#include "plan/site/site.h"

#include <stdlib.h>

struct siting siting_new(struct arena *mem, uint32_t sites, uint32_t clients, size_t links)
{
    struct siting p = { .sites = sites, .clients = clients, .budget = NO_BUDGET };
    p.state = NEW(mem, uint8_t, sites);
    p.fixed = NEW(mem, double, sites);
    p.price = NEW(mem, int64_t, sites);
    p.outside = NEW(mem, double, clients);
    p.first = NEW(mem, size_t, (size_t)clients + 1);
    p.link = NEW(mem, struct site_link, links);
    for (uint32_t i = 0; i < sites; i++)
        p.price[i] = 1;
    for (uint32_t j = 0; j < clients; j++)
        p.outside[j] = INFINITY;
    return p;
}

static int link_order(const void *left, const void *right)
{
    const struct site_link *a = left, *b = right;
    if (a->cost != b->cost)
        return a->cost < b->cost ? -1 : 1;
    return (a->site > b->site) - (a->site < b->site);
}

void siting_sort(struct siting *p)
{
    for (uint32_t j = 0; j < p->clients; j++)
        qsort(p->link + p->first[j], p->first[j + 1] - p->first[j], sizeof *p->link, link_order);
}

/* --- clients whom the same sites cover --- */

static uint64_t hash_links(const struct site_link *link, size_t n)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t l = 0; l < n; l++)
        hash = (hash ^ link[l].site) * 0x100000001B3u;
    return hash ^ hash >> 29;
}

static bool same_links(const struct siting *p, uint32_t j, uint32_t k)
{
    size_t n = p->first[j + 1] - p->first[j];
    bool same = n == p->first[k + 1] - p->first[k];
    for (size_t l = 0; same && l < n; l++)
        same = p->link[p->first[j] + l].site == p->link[p->first[k] + l].site;
    return same;
}

void siting_merge(struct arena *mem, struct siting *p)
{
    uint32_t n = 0, slots = 16;
    while (slots < p->clients * 2u)
        slots *= 2;
    uint32_t *slot = NEW(mem, uint32_t, slots);              /* a kept client + 1 */
    size_t links = 0;
    for (uint32_t j = 0; j < p->clients; j++) {
        size_t from = p->first[j], end = p->first[j + 1];
        for (size_t l = from; l < end; l++)
            p->link[links + l - from] = p->link[l];
        p->first[n] = links;
        p->first[n + 1] = links + end - from;
        uint64_t at = hash_links(p->link + links, end - from) & (slots - 1);
        while (slot[at] && !same_links(p, slot[at] - 1, n))
            at = (at + 1) & (slots - 1);
        if (slot[at]) {
            p->outside[slot[at] - 1] += p->outside[j];
            continue;
        }
        slot[at] = n + 1;
        p->outside[n++] = p->outside[j];
        links += end - from;
    }
    p->clients = n;
}

double gap_percent(double cost, double bound)
{
    if (cost <= bound)
        return 0;
    return cost > 0 ? (cost - bound) / cost * 100 : 100;
}
