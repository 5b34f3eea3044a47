/*
 * reduce.c - what of a covering part need not be looked at: sites that another one replaces,
 * clients whom whoever serves another serves too.
 *
 * Site a is not needed when some b costs no more and serves all clients that a serves: b can
 * stand for a in any choice. Client k, who must be served, is not needed when every site of
 * another such client j serves k as well. A client with one site opens it. All of that only where
 * links cost nothing.
 */

#include "plan/site/inside.h"

/* The links by site: client[first[i]] .. client[first[i + 1]]. */
struct columns { size_t *first; uint32_t *client; };

static struct columns columns_of(struct arena *mem, const struct part *q)
{
    struct columns c = { NEW(mem, size_t, (size_t)q->sites + 2),
                         NEW(mem, uint32_t, q->first[q->clients]) };
    for (size_t l = 0; l < q->first[q->clients]; l++)
        c.first[q->link[l].site + 2]++;
    for (uint32_t i = 0; i < q->sites; i++)
        c.first[i + 2] += c.first[i + 1];
    for (uint32_t j = 0; j < q->clients; j++)
        for (size_t l = q->first[j]; l < q->first[j + 1]; l++)
            c.client[c.first[q->link[l].site + 1]++] = j;
    return c;
}

/* Whether b can stand for a when it serves the same clients and perhaps more. */
static bool is_no_dearer(const struct part *q, uint32_t b, uint32_t a, bool same)
{
    if (q->fixed[b] > q->fixed[a] || q->price[b] > q->price[a])
        return false;
    return !same || q->fixed[b] < q->fixed[a] || q->price[b] < q->price[a] || b < a;
}

/* The one that may stand for a; of those who are the same the first is kept. */
static bool is_replaced(const struct part *q, const struct columns *c, uint32_t a, uint32_t *seen)
{
    size_t n = c->first[a + 1] - c->first[a];
    bool replaced = n == 0;
    for (size_t k = c->first[a]; k < c->first[a + 1]; k++)
        for (size_t l = q->first[c->client[k]]; l < q->first[c->client[k] + 1]; l++)
            seen[q->link[l].site]++;
    for (size_t k = c->first[a]; k < c->first[a + 1]; k++)
        for (size_t l = q->first[c->client[k]]; l < q->first[c->client[k] + 1]; l++) {
            uint32_t b = q->link[l].site;
            bool all = seen[b] == n && b != a && q->state[b] == SITE_FREE;
            bool same = c->first[b + 1] - c->first[b] == n;
            replaced = replaced || (all && is_no_dearer(q, b, a, same));
            seen[b] = 0;
        }
    return replaced;
}

static bool must(const struct part *q, uint32_t j)
{
    return q->outside[j] >= q->must;
}

/* Takes out the clients whom all sites of client j serve too. */
static bool drop_implied(struct part *q, const struct columns *c, uint32_t j, uint32_t *seen)
{
    size_t n = q->first[j + 1] - q->first[j];
    bool any = false;
    for (size_t l = q->first[j]; l < q->first[j + 1]; l++) {
        uint32_t i = q->link[l].site;
        for (size_t k = c->first[i]; k < c->first[i + 1]; k++)
            seen[c->client[k]]++;
    }
    for (size_t l = q->first[j]; l < q->first[j + 1]; l++) {
        uint32_t i = q->link[l].site;
        for (size_t k = c->first[i]; k < c->first[i + 1]; k++) {
            uint32_t other = c->client[k];
            if (seen[other] == n && other != j && must(q, other)) {
                q->outside[other] = 0;
                any = true;
            }
            seen[other] = 0;
        }
    }
    return any;
}

bool part_reduce(struct arena *mem, struct part *q)
{
    struct columns c = columns_of(mem, q);
    uint32_t *seen = NEW(mem, uint32_t, q->sites > q->clients ? q->sites : q->clients);
    bool any = false;
    for (uint32_t j = 0; j < q->clients; j++)
        if (must(q, j) && q->first[j + 1] - q->first[j] == 1
            && q->state[q->link[q->first[j]].site] == SITE_FREE) {
            q->state[q->link[q->first[j]].site] = SITE_OPEN;
            any = true;
        }
    for (uint32_t a = 0; a < q->sites; a++)
        if (q->state[a] == SITE_FREE && is_replaced(q, &c, a, seen)) {
            q->state[a] = SITE_CLOSED;
            any = true;
        }
    for (uint32_t j = 0; j < q->clients; j++)
        if (must(q, j))
            any = drop_implied(q, &c, j, seen) || any;
    return any;
}
