/* pmed.c - p-median problems on a graph: shortest ways between all nodes. */

#include "plan/numerals.h"
#include "plan/site/read/read.h"

#include <stdlib.h>

struct edge { uint32_t a, b, order; double cost; };

struct graph {
    uint32_t  nodes, edges;
    size_t   *first;
    uint32_t *to;
    double   *cost;
};

static int edge_order(const void *left, const void *right)
{
    const struct edge *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static void read_edges(struct numerals *f, uint32_t nodes, struct edge *edge, uint32_t n)
{
    for (uint32_t k = 0; k < n && f->fault == ERR_NONE; k++) {
        uint32_t i = (uint32_t)numerals_int(f, "the edge's first node", 1, nodes) - 1;
        uint32_t j = (uint32_t)numerals_int(f, "the edge's second node", 1, nodes) - 1;
        double cost = numerals_real(f, "the edge's cost", 0, SITE_COST_MAX);
        edge[k] = (struct edge){ i < j ? i : j, i < j ? j : i, k, cost };
    }
}

/* Of edges between the same two nodes the last; both directions. */
static struct graph graph_of(struct arena *mem, uint32_t nodes, struct edge *edge, uint32_t n)
{
    struct graph g = { .nodes = nodes };
    qsort(edge, n, sizeof *edge, edge_order);
    for (uint32_t k = 0; k < n; k++)
        if (k + 1 == n || edge[k].a != edge[k + 1].a || edge[k].b != edge[k + 1].b)
            edge[g.edges++] = edge[k];
    g.first = NEW(mem, size_t, (size_t)nodes + 2);
    g.to = NEW(mem, uint32_t, (size_t)g.edges * 2);
    g.cost = NEW(mem, double, (size_t)g.edges * 2);
    for (uint32_t k = 0; k < g.edges; k++) {
        g.first[edge[k].a + 2]++;
        g.first[edge[k].b + 2]++;
    }
    for (uint32_t i = 0; i < nodes; i++)
        g.first[i + 2] += g.first[i + 1];
    for (uint32_t k = 0; k < g.edges; k++)
        for (int way = 0; way < 2; way++) {
            size_t at = g.first[(way ? edge[k].b : edge[k].a) + 1]++;
            g.to[at] = way ? edge[k].a : edge[k].b;
            g.cost[at] = edge[k].cost;
        }
    return g;
}

/* --- shortest ways from one node: Dijkstra with a binary heap that may hold a node twice --- */

struct heap { struct { double cost; uint32_t node; } *item; size_t n; };

static void heap_put(struct heap *h, double cost, uint32_t node)
{
    size_t i = h->n++;
    for (; i > 0 && h->item[(i - 1) / 2].cost > cost; i = (i - 1) / 2)
        h->item[i] = h->item[(i - 1) / 2];
    h->item[i].cost = cost;
    h->item[i].node = node;
}

static uint32_t heap_take(struct heap *h, double *ret_cost)
{
    uint32_t node = h->item[0].node;
    *ret_cost = h->item[0].cost;
    h->n--;
    double cost = h->item[h->n].cost;
    size_t i = 0, child;
    for (; (child = 2 * i + 1) < h->n; i = child) {
        child += child + 1 < h->n && h->item[child + 1].cost < h->item[child].cost;
        if (h->item[child].cost >= cost)
            break;
        h->item[i] = h->item[child];
    }
    h->item[i] = h->item[h->n];
    return node;
}

static void ways_from(const struct graph *g, struct heap *h, uint32_t from, double *way)
{
    for (uint32_t i = 0; i < g->nodes; i++)
        way[i] = INFINITY;
    way[from] = 0;
    heap_put(h, 0, from);
    while (h->n) {
        double cost;
        uint32_t i = heap_take(h, &cost);
        if (cost > way[i])
            continue;
        for (size_t k = g->first[i]; k < g->first[i + 1]; k++)
            if (cost + g->cost[k] < way[g->to[k]]) {
                way[g->to[k]] = cost + g->cost[k];
                heap_put(h, way[g->to[k]], g->to[k]);
            }
    }
}

static struct siting siting_of(struct arena *mem, const struct graph *g, int64_t p)
{
    struct siting s = siting_new(mem, g->nodes, g->nodes, (size_t)g->nodes * g->nodes);
    double *way = NEW(mem, double, g->nodes);
    struct heap heap = { 0 };
    heap.item = arena_take(mem, sizeof *heap.item * ((size_t)g->edges * 2 + 1), 16);
    size_t links = 0;
    s.budget = p;
    for (uint32_t j = 0; j < g->nodes; j++) {
        ways_from(g, &heap, j, way);
        for (uint32_t i = 0; i < g->nodes; i++)
            if (way[i] < INFINITY)
                s.link[links++] = (struct site_link){ way[i], i };
        s.first[j + 1] = links;
    }
    siting_sort(&s);
    return s;
}

enum err pmed_read(struct ctx *c, const char *name, struct sv text, int64_t p,
                   struct siting *ret_siting)
{
    struct numerals f = numerals_of(c, name, text);
    uint32_t nodes = (uint32_t)numerals_int(&f, "the number of nodes", 1, PMED_NODES_MAX);
    uint32_t edges = (uint32_t)numerals_int(&f, "the number of edges", 0, PMED_EDGES_MAX);
    int64_t own = numerals_int(&f, "the number of sites", 1, nodes);
    if (p > nodes)
        numerals_fault(&f, "the number of sites", "more are asked for than there are nodes");
    TRY(f.fault);
    if ((size_t)edges * 5 > text.len)
        numerals_fault(&f, "the number of edges", "the file is too short for so many");
    TRY(f.fault);
    struct edge *edge = NEW(&c->mem, struct edge, edges);
    read_edges(&f, nodes, edge, edges);
    TRY(numerals_end(&f));
    struct graph g = graph_of(&c->mem, nodes, edge, edges);
    *ret_siting = siting_of(&c->mem, &g, p > 0 ? p : own);
    return ERR_NONE;
}
