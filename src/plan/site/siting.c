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

double gap_percent(double cost, double bound)
{
    if (cost <= bound)
        return 0;
    return cost > 0 ? (cost - bound) / cost * 100 : 100;
}
