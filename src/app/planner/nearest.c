/* nearest.c - `yike roads nearest`: the k nearest places of every home, or of every point. */

#include "app/planner/out.h"
#include "app/planner/planner.h"
#include "app/planner/ways.h"

#include "roads/batch/near_all.h"

#include <stdio.h>
#include <string.h>

enum { K = 5, RUN = 16384 };

/* What is asked: from table or from every point; and the answers of one run of rows. */
struct nearest {
    struct planner    *p;
    struct points       places, homes;
    struct anchor     *place, *from;
    uint32_t           from_n, k, first, n;
    struct near_all   *all;
    struct ways       *ways[PLANNER_THREADS_MAX];
    near_entry        *entry;            /* RUN * k */
    uint64_t          *cm;               /* of each entry */
};

static void measure_one(struct nearest *q, struct ways *w, uint32_t i, uint32_t found)
{
    const near_entry *entry = q->entry + (size_t)i * q->k;
    uint64_t *cm = q->cm + (size_t)i * q->k;
    const struct planner *p = q->p;
    if (found && !p->speed_cm_s)
        ways_from(w, p->profile, &q->from[q->first + i], near_cost(entry[found - 1]));
    for (uint32_t k = 0; k < found; k++)
        cm[k] = p->speed_cm_s ? ((uint64_t)near_cost(entry[k]) * p->speed_cm_s + 500) / 1000
                              : ways_cm(w, &q->place[near_place(entry[k])]);
}

static void ask_part(void *arg, int part, uint32_t first, uint32_t end)
{
    struct nearest *q = arg;
    near_all_ask_many(q->all, q->from + q->first + first, end - first,
                      q->entry + (size_t)first * q->k);
    for (uint32_t i = first; i < end; i++) {
        uint32_t found = 0;
        while (found < q->k && q->entry[(size_t)i * q->k + found] != NEAR_NONE)
            found++;
        measure_one(q, q->ways[part], i, found);
    }
}

static struct sv from_id(struct nearest *q, struct arena *mem, uint32_t row)
{
    if (q->homes.n)
        return q->homes.id[row];
    struct buf b = buf_new(mem, 32);
    buf_fixed(&b, q->from[row].home.lat_e7, 7);
    buf_byte(&b, ' ');
    buf_fixed(&b, q->from[row].home.lon_e7, 7);
    return buf_sv(&b);
}

static void put_none(struct out *o, struct sv from, struct point at)
{
    out_row(o, at);
    out_text(o, "from", from);
    out_none(o, "rank");
    out_none(o, "place");
    out_none(o, "seconds");
    out_none(o, "metres");
    out_row_end(o);
}

static void put_rows(struct nearest *q, struct out *o, struct arena *mem, uint32_t i)
{
    uint32_t row = q->first + i, rank = 0;
    struct sv from = from_id(q, mem, row);
    struct point at = q->from[row].home;
    for (uint32_t k = 0; k < q->k; k++) {
        near_entry entry = q->entry[(size_t)i * q->k + k];
        uint64_t cm = q->cm[(size_t)i * q->k + k];
        if (entry == NEAR_NONE)
            break;
        if (q->p->max_metres && cm > (uint64_t)q->p->max_metres * 100)
            continue;
        out_row(o, at);
        out_text(o, "from", from);
        out_int(o, "rank", ++rank);
        out_text(o, "place", q->places.id[near_place(entry)]);
        out_fixed(o, "seconds", (near_cost(entry) + 50) / 100, 1);
        out_fixed(o, "metres", (int64_t)((cm + 5) / 10), 1);
        out_row_end(o);
    }
    if (rank == 0)
        put_none(o, from, at);
}

static int answer(struct nearest *q)
{
    struct out o;
    struct arena scratch = { 0 };
    if (!out_begin(&o, q->p->out)) {
        out_end(&o, false);
        return 1;
    }
    q->entry = NEW(&q->p->c->mem, near_entry, (size_t)RUN * q->k);
    q->cm = NEW(&q->p->c->mem, uint64_t, (size_t)RUN * q->k);
    for (q->first = 0; q->first < q->from_n; q->first += RUN) {
        q->n = q->from_n - q->first < RUN ? q->from_n - q->first : RUN;
        planner_share(q->p, q->n, ask_part, q);
        for (uint32_t i = 0; i < q->n; i++) {
            put_rows(q, &o, &scratch, i);
            arena_reset(&scratch);
        }
    }
    arena_free(&scratch);
    return out_end(&o, true) ? 0 : 1;
}

static int ask(struct nearest *q)
{
    struct planner *p = q->p;
    struct ctx *c = p->c;
    uint32_t limit = planner_limit_ms(p, 0);
    struct net *net = planner_net(p, limit);
    q->place = planner_snap(p, &q->places);
    if (q->homes.n) {
        q->from_n = q->homes.n;
        q->from = planner_snap(p, &q->homes);
    } else {
        q->from = net_points(&c->mem, net, true, &q->from_n);
    }
    q->k = (uint32_t)(p->k ? p->k : K);
    q->all = near_all_new(net, q->k, limit);
    near_all_open_many(q->all, q->place, q->places.n);
    for (int i = 0; i < planner_parts(p) && !p->speed_cm_s; i++)
        q->ways[i] = ways_new(&c->mem, p->roads);
    int code = answer(q);
    near_all_free(q->all);
    net_free(net);
    return code;
}

static int read_tables(struct nearest *q)
{
    struct planner *p = q->p;
    bool all = !p->from || strcmp(p->from, "all") == 0;
    int threads = planner_parts(p);
    enum err e = points_read(p->c, p->places, POINTS_PLACES, p->datum, threads, &q->places);
    if (e == ERR_NONE && !all)
        e = points_read(p->c, p->from, POINTS_HOMES, p->datum, threads, &q->homes);
    if (e != ERR_NONE) {
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(p->c->fault.log));
        return 1;
    }
    if (p->kind && !points_keep_kind(&q->places, sv_of(p->kind))) {
        fprintf(stderr, "yike roads: %s: no row is of kind %s\n", p->places, p->kind);
        return 1;
    }
    return 0;
}

int planner_nearest(struct planner *p)
{
    struct nearest q = { .p = p };
    if (!p->places)
        return planner_wrong("nearest", "it needs --places FILE");
    if (p->k > NEAR_K_MAX)
        return planner_wrong("nearest", "--k is at most 64");
    int code = read_tables(&q);
    if (code == 0)
        code = ask(&q);
    points_close(&q.places);
    points_close(&q.homes);
    return code;
}
