/*
 * coverage.c - `yike roads coverage`: the share of elders who have each kind of place within the
 * time, for the whole and for each community, street and district that the homes name.
 */

#include "app/planner/out.h"
#include "app/planner/planner.h"

#include "roads/access/share.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20, RUN = 1024 };

struct covering {
    struct planner   *p;
    struct points      homes, places;
    struct anchor    *place;
    uint64_t         *order;             /* of the homes along the ground */
    struct net       *net;
    struct near_all  *kind[SHARE_KINDS_MAX];
    uint32_t          level[POINTS_LEVELS], levels;       /* which of the table's there are */
    struct share_sum *sum[PLANNER_THREADS_MAX][POINTS_LEVELS];
    struct share_sum  whole[PLANNER_THREADS_MAX];
    uint32_t          loose[PLANNER_THREADS_MAX], first[PLANNER_THREADS_MAX];
};

/* --- the sums --- */

static void open_part(void *arg, int part, uint32_t first, uint32_t end)
{
    struct covering *q = arg;
    (void)part;
    for (uint32_t k = first; k < end; k++) {
        uint32_t n = 0;
        struct anchor *of_kind = block_take(((size_t)q->places.n + 1) * sizeof *of_kind);
        for (uint32_t i = 0; i < q->places.n; i++)
            if (q->places.kind[i] == k)
                of_kind[n++] = q->place[i];
        q->kind[k] = near_all_new(q->net, 1, q->net->limit);
        near_all_open_many(q->kind[k], of_kind, n);
        block_free(of_kind);
    }
}

static void note_loose(struct covering *q, int part, uint32_t row)
{
    q->first[part] = q->loose[part]++ == 0 || row < q->first[part] ? row : q->first[part];
}

/* Homes are joined to the streets as they are counted: nobody asks for their anchors again. */
static void sum_part(void *arg, int part, uint32_t first, uint32_t end)
{
    struct covering *q = arg;
    struct anchor at[RUN];
    uint32_t row[RUN];
    struct share_ask ask = { .net = q->net, .kind = (const struct near_all *const *)q->kind,
                             .kinds = q->places.kinds_n, .at = at, .home = row,
                             .people = q->homes.elders, .levels = q->levels };
    for (uint32_t i = 0; i < q->levels; i++)
        ask.area[i] = q->homes.area_of[q->level[i]];
    for (; first < end; first += ask.n) {
        ask.n = end - first < RUN ? end - first : RUN;
        planner_snap_run(q->p, &q->homes, q->order + first, ask.n, at);
        for (uint32_t i = 0; i < ask.n; i++) {
            row[i] = (uint32_t)q->order[first + i];
            if (at[i].edge == NO_EDGE)
                note_loose(q, part, row[i]);
        }
        share_add(&ask, q->sum[part], &q->whole[part]);
    }
}

static void cover(struct covering *q)
{
    struct planner *p = q->p;
    struct ctx *c = p->c;
    q->place = planner_snap(p, &q->places);
    q->order = planner_order(p, &q->homes);
    planner_share(p, q->places.kinds_n, open_part, q);
    for (uint32_t level = 0; level < POINTS_LEVELS; level++)
        if (q->homes.area_of[level])
            q->level[q->levels++] = level;
    int parts = planner_parts(p);
    for (int part = 0; part < parts; part++)
        for (uint32_t i = 0; i < q->levels; i++)
            q->sum[part][i] = NEW(&c->mem, struct share_sum, q->homes.areas[q->level[i]]);
    planner_share(p, q->homes.n, sum_part, q);
    for (int part = 1; part < parts; part++) {
        share_join(&q->whole[0], &q->whole[part]);
        if (q->loose[part] && (!q->loose[0] || q->first[part] < q->first[0]))
            q->first[0] = q->first[part];
        q->loose[0] += q->loose[part];
        for (uint32_t i = 0; i < q->levels; i++)
            for (uint32_t a = 0; a < q->homes.areas[q->level[i]]; a++)
                share_join(&q->sum[0][i][a], &q->sum[part][i][a]);
    }
    planner_tell_loose(p, &q->homes, q->loose[0], q->first[0]);
    for (uint32_t k = 0; k < q->places.kinds_n; k++)
        near_all_free(q->kind[k]);
}

/* --- the answer --- */

static int64_t per_mille(uint64_t part, uint64_t whole)
{
    return whole ? (int64_t)((part * 10000 / whole + 5) / 10) : 0;
}

/* The middle of a level's areas, for GeoJSON. */
static struct point *middles(const struct covering *q, uint32_t i)
{
    const struct points *t = &q->homes;
    uint32_t n = t->areas[q->level[i]];
    struct point_box *box = NEW(&q->p->c->mem, struct point_box, n);
    struct point *middle = NEW(&q->p->c->mem, struct point, n);
    for (uint32_t a = 0; a < n; a++)
        box[a] = box_none();
    for (uint32_t row = 0; row < t->n; row++)
        box_add(&box[t->area_of[q->level[i]][row]], t->at[row]);
    for (uint32_t a = 0; a < n; a++)
        middle[a] = box_middle(&box[a]);
    return middle;
}

static void put_row(const struct covering *q, struct out *o, struct point at, const char *level,
                    const struct area *area, const struct share_sum *sum, uint32_t k)
{
    out_row(o, at);
    out_text(o, "level", sv_of(level));
    for (int up = POINTS_LEVELS - 1; up >= 0; up--)
        out_text(o, points_levels[up], area->name[up]);
    out_text(o, "kind", q->places.kinds[k]);
    out_int(o, "homes", (int64_t)sum->homes);
    out_int(o, "elders", (int64_t)sum->people);
    out_int(o, "covered", (int64_t)sum->near[k]);
    out_int(o, "no_street", (int64_t)sum->loose);
    if (sum->people)
        out_fixed(o, "share", per_mille(sum->near[k], sum->people), 3);
    else
        out_none(o, "share");
    out_text(o, "profile", sv_of(profiles[q->p->profile].key));
    out_int(o, "minutes", q->p->minutes ? q->p->minutes : planner_limit_ms(q->p, 0) / 60000);
    out_row_end(o);
}

static int put_file(const struct covering *q)
{
    const struct area nowhere = { 0 };
    struct out o;
    bool good = out_begin(&o, q->p->out);
    for (uint32_t k = 0; good && k < q->places.kinds_n; k++)
        put_row(q, &o, box_middle(&q->p->roads->box), "all", &nowhere, &q->whole[0], k);
    for (uint32_t i = q->levels; good && i-- > 0;) {
        uint32_t level = q->level[i];
        const struct point *at = middles(q, i);
        for (uint32_t a = 0; a < q->homes.areas[level]; a++)
            for (uint32_t k = 0; k < q->places.kinds_n; k++)
                put_row(q, &o, at[a], points_levels[level], &q->homes.area[level][a],
                        &q->sum[0][i][a], k);
    }
    return out_end(&o, good) ? 0 : 1;
}

/* --- the table for the eye --- */

static void print_shares(const struct covering *q, const struct share_sum *sum, struct sv name)
{
    printf("%10llu ", (unsigned long long)sum->people);
    for (uint32_t k = 0; k < q->places.kinds_n; k++)
        printf(" %9.1f%%", sum->people ? 100.0 * (double)sum->near[k] / (double)sum->people : 0.0);
    printf("  %.*s\n", SV_ARG(name));
}

/* Lowest shares first, all kinds taken together; then as they came. */
struct worst { double share; uint32_t area; };

static int worst_order(const void *left, const void *right)
{
    const struct worst *a = left, *b = right;
    if (a->share != b->share)
        return a->share < b->share ? -1 : 1;
    return (a->area > b->area) - (a->area < b->area);
}

static void print_level(const struct covering *q, uint32_t i)
{
    uint32_t level = q->level[i], n = q->homes.areas[level];
    struct worst *worst = NEW(&q->p->c->mem, struct worst, n);
    for (uint32_t a = 0; a < n; a++) {
        const struct share_sum *sum = &q->sum[0][i][a];
        worst[a].area = a;
        for (uint32_t k = 0; k < q->places.kinds_n; k++)
            worst[a].share += sum->people ? (double)sum->near[k] / (double)sum->people : 1;
    }
    qsort(worst, n, sizeof *worst, worst_order);
    printf("\n%s, worst first%s:\n", points_levels[level],
           n > SHOWN ? " (the first 20; all with -o FILE.csv)" : "");
    for (uint32_t a = 0; a < n && a < SHOWN; a++)
        print_shares(q, &q->sum[0][i][worst[a].area],
                     q->homes.area[level][worst[a].area].name[level]);
}

static void print_all(const struct covering *q)
{
    printf("%s, %u min, %u places\n%10s ", profiles[q->p->profile].en,
           planner_limit_ms(q->p, 0) / 60000, q->places.n, "elders");
    for (uint32_t k = 0; k < q->places.kinds_n; k++)
        printf(" %10.*s", SV_ARG(q->places.kinds[k]));
    printf("\n");
    print_shares(q, &q->whole[0], SV("all"));
    if (q->whole[0].loose)
        printf("%10llu  of them have no street near\n", (unsigned long long)q->whole[0].loose);
    for (uint32_t i = q->levels; i-- > 0;)
        print_level(q, i);
}

static void *make_net(void *arg)
{
    struct covering *q = arg;
    q->net = planner_net(q->p, planner_limit_ms(q->p, 0));
    return NULL;
}

/* The net, which is one thread's work, is made while several read the homes. */
static enum err read_homes(struct covering *q, int threads)
{
    struct planner *p = q->p;
    pthread_t aside;
    bool started = threads > 1 && pthread_create(&aside, NULL, make_net, q) == 0;
    enum err e = points_read(p->c, p->homes, POINTS_HOMES, p->datum, threads, &q->homes);
    if (started)
        pthread_join(aside, NULL);
    else if (e == ERR_NONE)
        make_net(q);
    return e;
}

int planner_coverage(struct planner *p)
{
    struct covering *q = NEW(&p->c->mem, struct covering, 1);
    int threads = planner_parts(p), code = 1;
    q->p = p;
    if (!p->homes || !p->places)
        return planner_wrong("coverage", "it needs --homes FILE and --places FILE");
    enum err e = points_read(p->c, p->places, POINTS_PLACES, p->datum, threads, &q->places);
    if (e == ERR_NONE)
        e = read_homes(q, threads);
    if (e != ERR_NONE) {
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(p->c->fault.log));
    } else {
        cover(q);
        code = p->out ? put_file(q) : 0;
        if (code == 0)
            print_all(q);
    }
    net_free(q->net);
    points_close(&q->homes);
    points_close(&q->places);
    return code;
}
