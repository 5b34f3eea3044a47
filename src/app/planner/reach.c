/* reach.c - `yike roads reach`: how many places, beds or elders each point has within the time. */

#include "app/planner/out.h"
#include "app/planner/planner.h"

#include "roads/batch/reach_all.h"

#include <stdio.h>
#include <string.h>

/* From `from` (or every point) to what is counted; up to two sums for each. */
struct counting {
    struct planner  *p;
    struct points     from, to;
    struct anchor   *from_at, *to_at;
    uint32_t         from_n, *sum[2];
    uint32_t        *weight;
    const char      *name[2];
    struct reach_all ask;
    uint32_t        *ret;
};

static void sum_part(void *arg, int part, uint32_t first, uint32_t end)
{
    struct counting *q = arg;
    struct arena mem = { 0 };
    struct reach_all ask = q->ask;
    (void)part;
    ask.from += first;
    ask.from_n = end - first;
    reach_all(&mem, &ask, q->ret + first);
    arena_free(&mem);
}

/* Capacities and elders are added as whole numbers below 2^32. */
static bool weigh(struct counting *q, bool elders)
{
    uint64_t all = 0;
    q->weight = NEW(&q->p->c->mem, uint32_t, q->to.n);
    for (uint32_t i = 0; i < q->to.n; i++) {
        q->weight[i] = elders          ? q->to.elders[i]
                       : q->to.capacity ? (uint32_t)(q->to.capacity[i] + 0.5) : 0;
        all += q->weight[i];
    }
    return all <= UINT32_MAX;
}

static void put_rows(const struct counting *q, struct out *o)
{
    struct arena scratch = { 0 };
    for (uint32_t i = 0; i < q->from_n; i++) {
        struct point at = q->from_at[i].home;
        struct buf name = buf_new(&scratch, 32);
        buf_fixed(&name, at.lat_e7, 7);
        buf_byte(&name, ' ');
        buf_fixed(&name, at.lon_e7, 7);
        out_row(o, at);
        out_text(o, "from", q->from.n ? q->from.id[i] : buf_sv(&name));
        for (int s = 0; s < 2 && q->name[s]; s++)
            if (q->from_at[i].edge == NO_EDGE)
                out_none(o, q->name[s]);
            else
                out_int(o, q->name[s], q->sum[s][i]);
        out_row_end(o);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}

static int answer(struct counting *q, const struct net *net, bool homes)
{
    struct planner *p = q->p;
    struct out o;
    q->ask = (struct reach_all){ .net = net, .limit = net->limit, .from = q->from_at,
                                 .from_n = q->from_n, .to = q->to_at, .to_n = q->to.n,
                                 .inward = homes };
    q->name[0] = homes ? "homes" : "places";
    if (homes || q->to.has_capacity)
        q->name[1] = homes ? "elders" : "capacity";
    for (int s = 0; s < 2 && q->name[s]; s++) {
        q->sum[s] = q->ret = NEW(&p->c->mem, uint32_t, q->from_n);
        q->ask.weight = s ? q->weight : NULL;
        planner_share(p, q->from_n, sum_part, q);
    }
    bool good = out_begin(&o, p->out);
    if (good)
        put_rows(q, &o);
    return out_end(&o, good) ? 0 : 1;
}

static int ask(struct counting *q, bool homes)
{
    struct planner *p = q->p;
    struct net *net = planner_net(p, planner_limit_ms(p, 0));
    q->to_at = planner_snap(p, &q->to);
    if (q->from.n) {
        q->from_n = q->from.n;
        q->from_at = planner_snap(p, &q->from);
    } else {
        q->from_at = net_points(&p->c->mem, net, true, &q->from_n);
    }
    int code = weigh(q, homes) ? answer(q, net, homes)
                               : planner_wrong("reach", "the sum is above 4,294,967,295");
    net_free(net);
    return code;
}

int planner_reach(struct planner *p)
{
    struct counting q = { .p = p };
    bool all = !p->from || strcmp(p->from, "all") == 0, homes = p->homes != NULL;
    int threads = planner_parts(p);
    if (!p->homes == !p->places)
        return planner_wrong("reach", "it needs --places FILE (what is near) or --homes FILE "
                                      "(who can come)");
    enum points_need need = homes ? POINTS_HOMES : POINTS_PLACES;
    enum err e = points_read(p->c, homes ? p->homes : p->places, need, p->datum, threads, &q.to);
    if (e == ERR_NONE && !all)
        e = points_read(p->c, p->from, POINTS_ALONE, p->datum, threads, &q.from);
    int code = 1;
    if (e != ERR_NONE)
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(p->c->fault.log));
    else if (p->kind && !points_keep_kind(&q.to, sv_of(p->kind)))
        fprintf(stderr, "yike roads: %s: no row is of kind %s\n", q.to.path, p->kind);
    else
        code = ask(&q, homes);
    points_close(&q.to);
    points_close(&q.from);
    return code;
}
