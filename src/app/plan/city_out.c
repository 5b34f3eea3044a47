/* city_out.c - where to build in a city: what is told of the answer. */

#include "app/plan/city.h"
#include "app/planner/out.h"
#include "plan/site/even.h"

#include <stdio.h>
#include <stdlib.h>

static int64_t ten_thousandths(uint64_t part, uint64_t whole)
{
    return whole ? (int64_t)((part * 10000 + whole / 2) / whole) : 0;
}

/* --- how even it is --- */

static double gini(struct arena *mem, const struct city *q, const uint64_t *covered)
{
    struct shared *s = NEW(mem, struct shared, q->areas);
    uint32_t n = 0;
    for (uint32_t k = 0; k < q->areas; k++)
        if (q->area_elders[k])
            s[n++] = (struct shared){ (double)covered[k] / (double)q->area_elders[k],
                                      (double)q->area_elders[k] };
    return gini_of(s, n);
}

static uint32_t least_served(const struct city *q, const uint64_t *covered)
{
    uint32_t least = 0;
    for (uint32_t k = 1; k < q->areas; k++)
        if (q->area_elders[k] && (!q->area_elders[least]
            || covered[k] * q->area_elders[least] < covered[least] * q->area_elders[k]))
            least = k;
    return least;
}

static void print_kind(const struct city *q, uint32_t kind)
{
    struct arena *mem = &q->c->mem;
    uint64_t elders = 0, before, after;
    uint64_t *area = NEW(mem, uint64_t, q->areas + 1), *later = NEW(mem, uint64_t, q->areas + 1);
    for (uint32_t h = 0; h < q->homes.n; h++)
        elders += q->homes.elders[h];
    city_covered(q, q->before, kind, area, &before);
    city_covered(q, q->after, kind, later, &after);
    printf("%.*s: %llu of %llu elders within %u minutes before, %llu after\n",
           SV_ARG(q->kind[kind]), (unsigned long long)before, (unsigned long long)elders,
           q->limit_ms / 60000, (unsigned long long)after);
    if (q->areas == 0)
        return;
    uint32_t least = least_served(q, area), then = least_served(q, later);
    printf("  Gini between %u divisions %.4f before, %.4f after; least served %.*s %.1f%%, "
           "then %.*s %.1f%%\n", q->areas, gini(mem, q, area), gini(mem, q, later),
           SV_ARG(q->homes.area[q->level][least].name[q->level]),
           (double)ten_thousandths(area[least], q->area_elders[least]) / 100,
           SV_ARG(q->homes.area[q->level][then].name[q->level]),
           (double)ten_thousandths(later[then], q->area_elders[then]) / 100);
}

/* --- the sites --- */

static uint64_t elders_near(const struct city *q, const struct relation *near, uint32_t row)
{
    uint64_t sum = 0;
    for (size_t k = near->first[row]; k < near->first[row + 1]; k++)
        sum += q->homes.elders[near->to[k]];
    return sum;
}

/* kind * homes + home: how many that stand or will stand are near. */
static uint8_t *count_near(const struct city *q)
{
    uint8_t *near = NEW(&q->c->mem, uint8_t, (size_t)q->kinds * q->homes.n);
    for (int both = 0; both < 2; both++) {
        const struct city_sites *s = both ? &q->places : &q->candidates;
        for (uint32_t i = 0; i < s->near.rows; i++) {
            uint32_t kind = both ? q->place_kind[i] : s->table.kind[i];
            bool stands = both || q->answer.open[i]
                          || city_state(&s->table, i) == POINTS_EXISTING;
            for (size_t k = s->near.first[i]; stands && kind < q->kinds
                                              && k < s->near.first[i + 1]; k++) {
                uint8_t *n = &near[(size_t)kind * q->homes.n + s->near.to[k]];
                *n = *n < UINT8_MAX ? (uint8_t)(*n + 1) : *n;
            }
        }
    }
    return near;
}

/* Elders near the site who have no other of the kind: those whom closing it would leave without. */
static uint64_t elders_only(const struct city *q, const uint8_t *count, const struct relation *near,
                            uint32_t row, uint32_t kind, bool stands)
{
    uint64_t sum = 0;
    for (size_t k = near->first[row]; k < near->first[row + 1]; k++)
        if (count[(size_t)kind * q->homes.n + near->to[k]] == stands)
            sum += q->homes.elders[near->to[k]];
    return sum;
}

static const char *decision(const struct city *q, uint32_t i)
{
    enum points_state state = city_state(&q->candidates.table, i);
    if (state != POINTS_FREE)
        return points_states[state];
    return q->answer.open[i] ? "build" : "leave";
}

static bool write_sites(const struct city *q, const uint8_t *count)
{
    const struct points *t = &q->candidates.table;
    struct out o;
    bool good = out_begin(&o, q->ask->planner.out);
    for (uint32_t i = 0; good && i < t->n; i++) {
        bool stands = q->answer.open[i] || city_state(t, i) == POINTS_EXISTING;
        out_row(&o, t->at[i]);
        out_text(&o, "site", t->id[i]);
        out_text(&o, "kind", t->kinds[t->kind[i]]);
        out_text(&o, "decision", sv_of(decision(q, i)));
        out_fixed(&o, "cost", t->cost ? t->cost[i] : 100, 2);
        out_int(&o, "elders_near", (int64_t)elders_near(q, &q->candidates.near, i));
        out_int(&o, "elders_only", (int64_t)elders_only(q, count, &q->candidates.near, i,
                                                        t->kind[i], stands));
        out_row_end(&o);
    }
    return out_end(&o, good);
}

/* --- divisions --- */

static bool write_divisions(const struct city *q)
{
    uint64_t *before = NEW(&q->c->mem, uint64_t, q->areas), all;
    uint64_t *after = NEW(&q->c->mem, uint64_t, q->areas);
    struct out o;
    bool good = out_begin(&o, q->ask->divisions);
    for (uint32_t kind = 0; good && kind < q->kinds; kind++) {
        city_covered(q, q->before, kind, before, &all);
        city_covered(q, q->after, kind, after, &all);
        for (uint32_t k = 0; k < q->areas; k++) {
            out_row(&o, (struct point){ 0 });
            for (int up = POINTS_LEVELS - 1; up >= (int)q->level; up--)
                out_text(&o, points_levels[up], q->homes.area[q->level][k].name[up]);
            out_text(&o, "kind", q->kind[kind]);
            out_int(&o, "elders", (int64_t)q->area_elders[k]);
            out_int(&o, "before", (int64_t)before[k]);
            out_int(&o, "after", (int64_t)after[k]);
            out_fixed(&o, "share_before", ten_thousandths(before[k], q->area_elders[k]), 4);
            out_fixed(&o, "share_after", ten_thousandths(after[k], q->area_elders[k]), 4);
            out_row_end(&o);
        }
    }
    return out_end(&o, good);
}

/* --- sites that could be one --- */

/* A site that stands or will, of both tables. */
struct standing { const struct city_sites *of; uint32_t row, kind; };

static uint32_t list_standing(const struct city *q, struct standing *list)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < q->places.table.n; i++)
        if (q->place_kind[i] < q->kinds)
            list[n++] = (struct standing){ &q->places, i, q->place_kind[i] };
    for (uint32_t i = 0; i < q->candidates.table.n; i++)
        if (q->answer.open[i] || city_state(&q->candidates.table, i) == POINTS_EXISTING)
            list[n++] = (struct standing){ &q->candidates, i, q->candidates.table.kind[i] };
    return n;
}

/* Elders whom both reach; `mark` is 1 at the homes that the one reaches. */
static uint64_t elders_shared(const struct city *q, const uint8_t *mark, const struct standing *b)
{
    const struct relation *near = &b->of->near;
    uint64_t sum = 0;
    for (size_t k = near->first[b->row]; k < near->first[b->row + 1]; k++)
        sum += mark[near->to[k]] ? q->homes.elders[near->to[k]] : 0;
    return sum;
}

static void put_overlap(const struct city *q, struct out *o, const uint8_t *count,
                        const struct standing *a, const struct standing *with, uint64_t shared)
{
    uint64_t near = elders_near(q, &a->of->near, a->row);
    uint64_t only = elders_only(q, count, &a->of->near, a->row, a->kind, true);
    out_row(o, a->of->table.at[a->row]);
    out_text(o, "site", a->of->table.id[a->row]);
    out_text(o, "kind", q->kind[a->kind]);
    out_int(o, "elders_near", (int64_t)near);
    out_int(o, "elders_only", (int64_t)only);
    if (with)
        out_text(o, "shares_most_with", with->of->table.id[with->row]);
    else
        out_none(o, "shares_most_with");
    out_int(o, "elders_shared", (int64_t)shared);
    out_int(o, "could_merge", near > 0 && with && only * 20 <= near);
    out_row_end(o);
}

static bool write_overlap(const struct city *q, const uint8_t *count)
{
    struct arena *mem = &q->c->mem;
    struct standing *list = NEW(mem, struct standing, q->places.table.n + q->candidates.table.n);
    uint32_t n = list_standing(q, list);
    uint8_t *mark = NEW(mem, uint8_t, q->homes.n);
    struct out o;
    bool good = out_begin(&o, q->ask->overlap);
    for (uint32_t i = 0; good && i < n; i++) {
        const struct relation *near = &list[i].of->near;
        const struct standing *with = NULL;
        uint64_t most = 0;
        for (size_t k = near->first[list[i].row]; k < near->first[list[i].row + 1]; k++)
            mark[near->to[k]] = 1;
        for (uint32_t j = 0; j < n; j++) {
            uint64_t shared = j == i || list[j].kind != list[i].kind
                                  ? 0 : elders_shared(q, mark, &list[j]);
            with = shared > most ? &list[j] : with;
            most = shared > most ? shared : most;
        }
        for (size_t k = near->first[list[i].row]; k < near->first[list[i].row + 1]; k++)
            mark[near->to[k]] = 0;
        put_overlap(q, &o, count, &list[i], with, most);
    }
    return out_end(&o, good);
}

bool city_tell(const struct city *q)
{
    const struct points *t = &q->candidates.table;
    const uint8_t *count = count_near(q);
    if (q->ask->planner.out && !write_sites(q, count))
        return false;
    if (q->ask->divisions && !write_divisions(q))
        return false;
    if (q->ask->overlap && !write_overlap(q, count))
        return false;
    for (uint32_t kind = 0; kind < q->kinds; kind++)
        print_kind(q, kind);
    int64_t spent = 0;
    printf("build:");
    for (uint32_t i = 0; i < t->n; i++)
        if (q->answer.open[i]) {
            printf(" %.*s", SV_ARG(t->id[i]));
            spent += t->cost ? t->cost[i] : 100;
        }
    printf("\nspent %lld.%02lld\n", (long long)(spent / 100), (long long)(spent % 100));
    return true;
}
