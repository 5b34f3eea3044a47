/* matrix.c - `yike roads matrix`: the time from each point of one table to each of another. */

#include "app/planner/out.h"
#include "app/planner/planner.h"

#include "roads/batch/relation.h"
#include "roads/hierarchy/matrix.h"

#include <stdio.h>

/*
 * A band of rows at a time, so that no more than that is kept. For few rows without a limit plain
 * searches are done before a hierarchy is made.
 */
enum { BAND_CELLS = 1 << 22, FEW_ROWS = 60 };

struct matrix {
    struct planner    *p;
    const struct net  *net;
    struct hierarchy  *hierarchy;        /* for ways without a limit; else NULL */
    struct points       from, to;
    struct anchor     *from_at, *to_at;
    uint32_t           first;
    uint32_t          *cost;             /* of the band: row by row */
};

static void band_part(void *arg, int part, uint32_t first, uint32_t end)
{
    struct matrix *m = arg;
    AUTO(arena_free) struct arena mem = { 0 };
    const struct anchor *from = m->from_at + m->first + first;
    uint32_t *cost = m->cost + (size_t)first * m->to.n;
    (void)part;
    if (end == first)
        return;
    if (m->hierarchy)
        matrix_make(&mem, &(struct matrix_ask){ .hierarchy = m->hierarchy, .from = from,
                    .from_n = end - first, .to = m->to_at, .to_n = m->to.n }, cost);
    else
        relation_table(&mem, &(struct relation_ask){ .net = m->net, .limit = m->net->limit,
                       .from = from, .from_n = end - first, .to = m->to_at, .to_n = m->to.n },
                       cost);
}

static void put_cell(struct matrix *m, struct out *o, uint32_t from, uint32_t to, uint32_t cost)
{
    out_row(o, m->to.at[to]);
    out_text(o, "from", m->from.id[from]);
    out_text(o, "to", m->to.id[to]);
    if (cost == NOT_REACHED)
        out_none(o, "seconds");
    else
        out_fixed(o, "seconds", ((int64_t)cost + 50) / 100, 1);
    out_row_end(o);
}

static void put_bands(struct matrix *m, struct out *o)
{
    uint32_t rows = BAND_CELLS / m->to.n ? BAND_CELLS / m->to.n : 1;
    m->cost = NEW(&m->p->c->mem, uint32_t, (size_t)rows * m->to.n);
    for (m->first = 0; m->first < m->from.n; m->first += rows) {
        uint32_t n = m->from.n - m->first < rows ? m->from.n - m->first : rows;
        planner_share(m->p, n, band_part, m);
        for (size_t i = 0; i < (size_t)n * m->to.n; i++)
            put_cell(m, o, m->first + (uint32_t)(i / m->to.n), (uint32_t)(i % m->to.n),
                     m->cost[i]);
    }
}

static int ask(struct matrix *m)
{
    struct planner *p = m->p;
    struct out o;
    uint32_t limit = p->minutes ? (uint32_t)p->minutes * 60000 : NET_COST_MAX;
    struct net *net = planner_net(p, limit);
    m->net = net;
    m->from_at = planner_snap(p, &m->from);
    m->to_at = planner_snap(p, &m->to);
    bool good = out_begin(&o, p->out);
    if (good && !p->minutes && m->from.n >= FEW_ROWS)
        m->hierarchy = hierarchy_make(net);
    if (good)
        put_bands(m, &o);
    hierarchy_free(m->hierarchy);
    net_free(net);
    return out_end(&o, good) ? 0 : 1;
}

int planner_matrix(struct planner *p)
{
    struct matrix m = { .p = p };
    int threads = planner_parts(p), code = 1;
    if (!p->from || !p->to)
        return planner_wrong("matrix", "it needs --from FILE and --to FILE");
    enum err e = points_read(p->c, p->from, POINTS_ALONE, p->datum, threads, &m.from);
    if (e == ERR_NONE)
        e = points_read(p->c, p->to, POINTS_ALONE, p->datum, threads, &m.to);
    if (e != ERR_NONE)
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(p->c->fault.log));
    else if ((uint64_t)m.from.n * m.to.n > PLANNER_PAIRS_MAX)
        fprintf(stderr, "yike roads: %u x %u is more than 100,000,000 pairs; cut the tables\n",
                m.from.n, m.to.n);
    else
        code = ask(&m);
    points_close(&m.from);
    points_close(&m.to);
    return code;
}
