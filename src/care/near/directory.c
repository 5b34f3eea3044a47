/* directory.c - building, swapping and ending the snapshot. */

#include "care/near/make/build.h"

#include "base/log.h"
#include "base/sorted.h"
#include "care/near/scratch.h"


/* On foot few or none of a city's places; all of them without streets. */
static void note_lost(struct directory *d, enum profile p)
{
    size_t room = 0;
    for (uint32_t i = 0; i < d->places; i++) {
        if (d->near && near_anchor(d->near, p, i)->edge != NO_EDGE)
            continue;
        d->lost[p] = GROW(&d->mem, d->lost[p], d->lost_n[p], &room);
        d->lost[p][d->lost_n[p]++] = i;
    }
}

static void join_streets(struct ctx *c, struct directory *d)
{
    d->roads_slot = c->house->roads;
    d->roads = d->roads_slot ? slot_enter(d->roads_slot) : NULL;
    if (!d->roads)
        return;
    struct near_place *spots = block_take((d->places + 1) * sizeof *spots);
    for (uint32_t i = 0; i < d->places; i++)
        spots[i] = (struct near_place){ d->place[i].at, d->tags[i] };
    d->near = near_index_build(d->roads, spots, d->places, PLACE_ACCESS_M);
    near_index_wheels(d->near, PLACE_ACCESS_M);
    block_free(spots);
}

enum err directory_build(struct ctx *c, struct directory **ret_directory)
{
    struct directory *d = block_take(sizeof *d);
    d->built_at = c->now;
    enum err err = directory_load(c, d);
    if (err) {
        directory_end(d);
        return err;
    }
    directory_keys(d);
    join_streets(c, d);
    for (int p = 0; p < PROFILE_COUNT; p++)
        note_lost(d, (enum profile)p);
    d->scratch = scratch_pool(d);
    *ret_directory = d;
    return ERR_NONE;
}

enum err directory_refresh(struct ctx *c)
{
    struct directory *d;
    if (!c->house->directory)
        return ERR_NONE;
    TRY(directory_build(c, &d));
    log_line(LOG_INFO, "directory.built",
             "%u places, %u offers, %u compounds, %u keys, %u unplaced", d->places, d->offers,
             d->compounds, d->keys, d->near ? d->near->unplaced : d->places);
    slot_swap(c->house->directory, d);
    return ERR_NONE;
}

void directory_end(void *snapshot)
{
    struct directory *d = snapshot;
    if (!d)
        return;
    scratch_pool_end(d);
    near_index_free(d->near);
    if (d->roads)
        slot_leave(d->roads_slot, d->roads);
    arena_free(&d->mem);
    block_free(d);
}

enum err directory_enter(struct ctx *c, struct directory **ret_directory)
{
    struct directory *d = c->house->directory ? slot_enter(c->house->directory) : NULL;
    if (!d) {
        c->fault.retry_after_s = 2;
        return fail(c, ERR_BUSY, "directory.none", "the directory is not built yet");
    }
    *ret_directory = d;
    return ERR_NONE;
}

void directory_leave(struct ctx *c, struct directory *d)
{
    slot_leave(c->house->directory, d);
}

/* --- by id: compounds stand in its order, places by by_id, divisions in order of code --- */

const struct listed_place *directory_place(const struct directory *d, int64_t id)
{
    uint32_t low = 0, high = d->places;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->place[d->by_id[middle]].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    const struct listed_place *p = low < d->places ? &d->place[d->by_id[low]] : NULL;
    return p && p->id == id ? p : NULL;
}

const struct listed_compound *directory_compound(const struct directory *d, int64_t id)
{
    size_t low = SORTED_FROM(struct listed_compound, d->compound, d->compounds, id, id);
    return low < d->compounds && d->compound[low].id == id ? &d->compound[low] : NULL;
}

const struct listed_division *directory_division(const struct directory *d, int64_t id)
{
    for (uint32_t i = 0; i < d->divisions; i++)
        if (d->division[i].id == id)
            return &d->division[i];
    return NULL;
}
