/* lens.c - the nearest place of one kind at one pace, of every home. */

#include "care/atlas/inside.h"

#include <string.h>

#define LIMIT_MS (ATLAS_MINUTES_MAX * 60000u)

const struct net *net_for(struct atlas *a, enum profile profile)
{
    if (!a->net[profile])
        a->net[profile] = net_make(a->roads, (struct pace){ .profile = profile }, LIMIT_MS);
    return a->net[profile];
}

void lens_end(struct lens *l)
{
    near_all_free(l->all);
    block_free(l->number);
    block_free(l->ms);
    round_end(&l->round);
    counted_end(&l->counted);
    access_end(&l->access);
    *l = (struct lens){ 0 };
}

void lenses_forget(struct atlas *a)
{
    for (int i = 0; i < ATLAS_LENSES_MAX; i++)
        lens_end(&a->lens[i]);
}

void nets_forget(struct atlas *a)
{
    goals_forget(a);
    for (int p = 0; p < PROFILE_COUNT; p++) {
        net_free(a->net[p]);
        a->net[p] = NULL;
    }
}

void *widened(void *at, size_t size, size_t n, size_t *room)
{
    if (n <= *room)
        return at;
    size_t was = *room;
    *room = n + n / 2;
    at = block_resize(at, *room * size);
    memset((char *)at + was * size, 0, (*room - was) * size);
    return at;
}

void lens_open(struct atlas *a, struct lens *l, uint32_t site)
{
    l->number = widened(l->number, sizeof *l->number, a->sites + 1, &l->sites_room);
    l->number[site] = near_all_open(l->all, site_anchor(&a->site[site], l->profile)) + 1;
}

void lens_close(struct lens *l, uint32_t site)
{
    near_all_close(l->all, l->number[site] - 1);
    l->number[site] = 0;
}

static uint32_t nearest_ms(const struct atlas *a, const struct lens *l, size_t spot)
{
    near_entry nearest;
    const struct anchor *from = spot_anchor(a, &a->spot[spot], l->profile);
    return from->edge != NO_EDGE && near_all_ask(l->all, from, &nearest) ? near_cost(nearest)
                                                                         : NOT_REACHED;
}

void lens_settle(struct atlas *a, struct lens *l, uint32_t *ms)
{
    AUTO(arena_free) struct arena mem = { 0 };
    uint32_t n, *changed = near_all_changed(l->all, &mem, &n);
    if (n == 0)
        return;
    uint8_t *marked = NEW(&mem, uint8_t, a->roads->edges);
    for (uint32_t i = 0; i < n; i++)
        marked[changed[i]] = 1;
    for (size_t i = 0; i < l->spots; i++) {
        int64_t edge = spot_anchor(a, &a->spot[i], l->profile)->edge;
        if (edge != NO_EDGE && marked[edge])
            ms[i] = nearest_ms(a, l, i);
    }
}

/* All places of the kind at once: quicker than one by one. */
static void lens_make(struct atlas *a, struct lens *l, const struct atlas_rule *rule)
{
    uint32_t n = 0;
    struct anchor *at = block_take((a->sites + 1) * sizeof *at);
    l->profile = rule->profile;
    l->kind = rule->kind;
    l->all = near_all_new(net_for(a, rule->profile), 1, LIMIT_MS);
    l->number = widened(NULL, sizeof *l->number, a->sites + 1, &l->sites_room);
    for (size_t i = 0; i < a->sites; i++)
        if (a->site[i].open && a->site[i].is.kind == rule->kind) {
            at[n++] = *site_anchor(&a->site[i], rule->profile);
            l->number[i] = n;
        }
    near_all_open_many(l->all, at, n);
    block_free(at);
}

static void lens_widen(struct atlas *a, struct lens *l)
{
    l->ms = widened(l->ms, sizeof *l->ms, a->spots + 1, &l->spots_room);
    for (; l->spots < a->spots; l->spots++)
        l->ms[l->spots] = nearest_ms(a, l, l->spots);
}

static struct lens *lens_find(struct atlas *a, const struct atlas_rule *rule)
{
    for (int i = 0; i < ATLAS_LENSES_MAX; i++) {
        struct lens *l = &a->lens[i];
        if (l->used && l->kind == rule->kind && l->profile == rule->profile)
            return l;
    }
    return NULL;
}

/* That nobody has asked for longest, or an empty one. */
static struct lens *lens_oldest(struct atlas *a)
{
    struct lens *oldest = &a->lens[0];
    for (int i = 1; i < ATLAS_LENSES_MAX; i++)
        if (a->lens[i].used < oldest->used)
            oldest = &a->lens[i];
    return oldest;
}

static void lens_bring(struct atlas *a, struct lens *l)
{
    homes_join(a);
    homes_join_rides(a, l->profile);
    lens_settle(a, l, l->ms);
    lens_widen(a, l);
}

struct lens *lens_for(struct atlas *a, const struct atlas_rule *rule)
{
    struct lens *l = lens_find(a, rule);
    if (!l) {
        l = lens_oldest(a);
        lens_end(l);
        lens_make(a, l, rule);
    }
    l->used = ++a->asked;
    lens_bring(a, l);
    return l;
}

struct lens *lens_once(struct atlas *a, const struct atlas_rule *rule, struct lens *guest)
{
    struct lens *l = lens_find(a, rule);
    if (!l)
        lens_make(a, l = guest, rule);
    lens_bring(a, l);
    return l;
}
