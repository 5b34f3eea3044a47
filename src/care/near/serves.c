/* serves.c - which station serves a home: by its duty area first, else by walking time. */

#include "care/near/make/build.h"
#include "care/near/scratch.h"
#include "care/near/serves.h"

SQL(near_duties);

enum { SERVES_MINUTES = 60 };

enum err directory_duties(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_duties, PARAMS(P_INT("today", day_of(d->built_at).n)));
    while (rows_next(&r)) {
        const struct listed_place *p = directory_place(d, rows_int(&r, 1));
        if (!p)
            continue;
        d->duty = GROW(&d->mem, d->duty, d->duties, &room);
        d->duty[d->duties++] = (struct listed_duty){ rows_int(&r, 0), (uint32_t)(p - d->place) };
    }
    return rows_end(&r);
}

/* On foot from the best gate; too far: the straight metres, so that it sorts behind. */
static uint32_t walk_ms(struct near *near, const struct directory *d, const struct near_home *home,
                        enum profile profile, uint32_t place)
{
    uint32_t best = NOT_REACHED;
    for (size_t i = 0; near && i < home->n; i++) {
        reach_from(near->reach, profile, &home->from[i], SERVES_MINUTES * 60000);
        uint32_t ms = reach_ms(near->reach, near_anchor(d->near, profile, place));
        best = ms < best ? ms : best;
    }
    double far_m = point_distance_m(home->at, d->place[place].at);
    return best != NOT_REACHED ? best : NEAR_FAR | (uint32_t)far_m;
}

static size_t first_duty(const struct directory *d, int64_t scope)
{
    size_t low = 0, high = d->duties;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (d->duty[middle].scope < scope)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool by_duty(struct arena *mem, struct directory *d, const struct near_home *home,
                    const struct near_want *w, struct near_serving *to)
{
    int64_t up[DIVISION_CHAIN_MAX];
    struct near_scratch *lent = NULL;
    struct near *near = scratch_borrow(mem, d, &lent);
    bool found = false;
    division_chain(home->scope, up);
    for (size_t level = 0; !found && up[level]; level++)
        for (size_t i = first_duty(d, up[level]); i < d->duties && d->duty[i].scope == up[level];
             i++) {
            uint32_t place = d->duty[i].place, ms = walk_ms(near, d, home, w->profile, place);
            if (!found || ms < to->hit.ms)
                *to = (struct near_serving){ directory_coded(d, up[level]), { place, ms, ms } };
            found = true;
        }
    scratch_return(lent);
    return found && to->area;
}

static bool by_walk(struct arena *mem, struct directory *d, const struct near_home *home,
                    const struct near_want *w, struct near_serving *to)
{
    struct near_want any = *w;
    any.kinds = 1u << PLACE_STATION;
    any.tags = any.kinds << TAG_KIND;
    any.doors = any.categories = 0;
    any.item = 0;
    any.asked = 0;
    any.limit_ms = SERVES_MINUTES * 60000;
    any.offset = 0;
    any.size = 1;
    struct near_hits hits = near_find(mem, d, home, &any);
    if (hits.n)
        *to = (struct near_serving){ NULL, hits.at[0] };
    return hits.n > 0;
}

bool near_serving(struct arena *mem, struct directory *d, const struct near_home *home,
                  const struct near_want *want, struct near_serving *ret_serving)
{
    return (home->scope && by_duty(mem, d, home, want, ret_serving)) ||
           by_walk(mem, d, home, want, ret_serving);
}
