/*
 * access.c - `yike roads access`: how much of what has a capacity each home can count on, by the
 * floating catchment area measures.
 */

#include "app/planner/out.h"
#include "app/planner/planner.h"

#include "roads/access/fca.h"

#include <stdio.h>

struct sharing {
    struct planner   *p;
    struct points      homes, places;
    struct anchor    *home, *place;
    enum fca_measure  measure;
    struct fca_answer answer;
};

static int put_file(const struct sharing *q)
{
    struct out o;
    bool good = out_begin(&o, q->p->out);
    for (uint32_t i = 0; good && i < q->homes.n; i++) {
        out_row(&o, q->homes.at[i]);
        out_text(&o, "home", q->homes.id[i]);
        out_int(&o, "elders", q->homes.elders[i]);
        if (q->home[i].edge == NO_EDGE) {
            out_none(&o, "places");
            out_none(&o, "per_1000");
        } else {
            out_int(&o, "places", q->answer.places[i]);
            out_fixed(&o, "per_1000", (int64_t)(q->answer.access[i] * 1e9 + 0.5), 6);
        }
        out_text(&o, "measure", sv_of(fca_infos[q->measure].key));
        out_text(&o, "profile", sv_of(profiles[q->p->profile].key));
        out_row_end(&o);
    }
    return out_end(&o, good) ? 0 : 1;
}

static double given(const struct sharing *q)
{
    double sum = 0;
    for (uint32_t i = 0; i < q->homes.n; i++)
        sum += q->homes.elders[i] * q->answer.access[i];
    return sum;
}

static void print_sums(const struct sharing *q)
{
    const struct fca_answer *a = &q->answer;
    fprintf(stderr, "%s, %s, %u min: capacity %.10g, of which %.10g is within reach of somebody; "
                    "elders %.10g, of whom %.10g have something within reach; elders times access "
                    "%.10g\n", fca_infos[q->measure].en, profiles[q->p->profile].en,
            planner_limit_ms(q->p, 0) / 60000, a->supply, a->supply_reached, a->people,
            a->people_reached, given(q));
}

static int ask(struct sharing *q)
{
    struct planner *p = q->p;
    uint32_t limit = planner_limit_ms(p, 0);
    struct net *net = planner_net(p, limit);
    q->place = planner_snap(p, &q->places);
    q->home = planner_snap(p, &q->homes);
    struct relation near = relation_make(&p->c->mem, &(struct relation_ask){
        .net = net, .limit = limit, .from = q->place, .from_n = q->places.n,
        .to = q->home, .to_n = q->homes.n, .inward = true });
    const struct fca fca = { .measure = q->measure, .limit = limit, .near = &near,
                             .supply = q->places.capacity, .people = q->homes.elders,
                             .homes = q->homes.n };
    q->answer = fca_measure(&p->c->mem, &fca);
    net_free(net);
    int code = put_file(q);
    if (code == 0)
        print_sums(q);
    return code;
}

int planner_access(struct planner *p)
{
    struct sharing q = { .p = p };
    int threads = planner_parts(p), code = 1;
    if (!p->homes || !p->places)
        return planner_wrong("access", "it needs --homes FILE and --places FILE");
    if (p->measure && !fca_find(sv_of(p->measure), &q.measure))
        return planner_wrong("access", "--measure is 2sfca, e2sfca, gaussian or balanced");
    enum err e = points_read(p->c, p->places, POINTS_PLACES, p->datum, threads, &q.places);
    if (e == ERR_NONE)
        e = points_read(p->c, p->homes, POINTS_HOMES, p->datum, threads, &q.homes);
    if (e != ERR_NONE)
        fprintf(stderr, "yike roads: %.*s\n", SV_ARG(p->c->fault.log));
    else if (!q.places.has_capacity)
        fprintf(stderr, "yike roads: %s: line 1: there is no column capacity\n", p->places);
    else if (p->kind && !points_keep_kind(&q.places, sv_of(p->kind)))
        fprintf(stderr, "yike roads: %s: no row is of kind %s\n", p->places, p->kind);
    else
        code = ask(&q);
    points_close(&q.homes);
    points_close(&q.places);
    return code;
}
