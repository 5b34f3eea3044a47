/* mclp.c - covering problems in the plane: who lies within a radius of a site. */

#include "plan/numerals.h"
#include "plan/site/read/read.h"

#define PLACE_MAX 1e9

struct plane { uint32_t clients, sites; double radius, *x, *y, *weight, *site_x, *site_y; };

static void read_rows(struct numerals *f, struct arena *mem, struct plane *q)
{
    q->x = NEW(mem, double, q->clients);
    q->y = NEW(mem, double, q->clients);
    q->weight = NEW(mem, double, q->clients);
    q->site_x = NEW(mem, double, q->sites);
    q->site_y = NEW(mem, double, q->sites);
    for (uint32_t j = 0; j < q->clients && f->fault == ERR_NONE; j++) {
        q->x[j] = numerals_real(f, "x", -PLACE_MAX, PLACE_MAX);
        q->y[j] = numerals_real(f, "y", -PLACE_MAX, PLACE_MAX);
        q->weight[j] = numerals_real(f, "the weight", 0, SITE_COST_MAX);
    }
    for (uint32_t i = 0; i < q->sites && f->fault == ERR_NONE; i++) {
        q->site_x[i] = numerals_real(f, "a site's x", -PLACE_MAX, PLACE_MAX);
        q->site_y[i] = numerals_real(f, "a site's y", -PLACE_MAX, PLACE_MAX);
    }
}

static bool covers(const struct plane *q, uint32_t i, uint32_t j)
{
    double dx = q->site_x[i] - q->x[j], dy = q->site_y[i] - q->y[j];
    return dx * dx + dy * dy <= q->radius * q->radius;
}

static size_t count_links(const struct plane *q)
{
    size_t links = 0;
    for (uint32_t j = 0; j < q->clients; j++)
        for (uint32_t i = 0; i < q->sites; i++)
            links += covers(q, i, j);
    return links;
}

static struct siting siting_of(struct arena *mem, const struct plane *q, size_t links, int64_t p,
                               uint32_t *ret_lost)
{
    struct siting s = siting_new(mem, q->sites, q->clients, links);
    size_t n = 0;
    s.budget = p ? p : NO_BUDGET;
    *ret_lost = 0;
    for (uint32_t j = 0; j < q->clients; j++) {
        for (uint32_t i = 0; i < q->sites; i++)
            if (covers(q, i, j))
                s.link[n++] = (struct site_link){ 0, i };
        s.first[j + 1] = n;
        bool lost = n == s.first[j];
        *ret_lost += lost;
        s.outside[j] = p ? q->weight[j] : lost ? 0 : INFINITY;
    }
    for (uint32_t i = 0; i < q->sites && !p; i++)
        s.fixed[i] = 1;
    return s;
}

enum err mclp_read(struct ctx *c, const char *name, struct sv text, int64_t p,
                   struct siting *ret_siting, uint32_t *ret_lost)
{
    struct numerals f = numerals_of(c, name, text);
    struct plane q = { 0 };
    q.clients = (uint32_t)numerals_int(&f, "the number of demand points", 1, CLIENTS_MAX);
    q.sites = (uint32_t)numerals_int(&f, "the number of sites", 1, SITES_MAX);
    if (p > q.sites)
        numerals_fault(&f, "the number of sites", "more are to be opened than there are");
    else if ((int64_t)q.clients * q.sites > MCLP_PAIRS_MAX)
        numerals_fault(&f, "the number of sites", "more than 4,000,000,000 pairs");
    else if ((size_t)q.clients * 5 + (size_t)q.sites * 3 > text.len)
        numerals_fault(&f, "the number of sites", "the file is too short for so many rows");
    q.radius = numerals_real(&f, "the radius", 0, PLACE_MAX);
    TRY(f.fault);
    read_rows(&f, &c->mem, &q);
    TRY(numerals_end(&f));
    size_t links = count_links(&q);
    if (links > LINKS_MAX)
        return fail(c, ERR_INVALID, "plan.table", "%s: the radius: sites cover demand points "
                    "%zu times, at most %zu", name, links, LINKS_MAX);
    *ret_siting = siting_of(&c->mem, &q, links, p, ret_lost);
    if (!siting_fits(ret_siting))
        return fail(c, ERR_INVALID, "plan.table", "%s: the number of sites: so many, of which so "
                    "many may be open, are more than fit into memory", name);
    siting_merge(&c->mem, ret_siting);
    return ERR_NONE;
}
