/* atlas.c - one at a time, and up to date by the events since the last one. */

#include "care/atlas/inside.h"

enum { EVENTS_PAGE = 1000, EVENTS_MAX = 20000 };

struct atlas *atlas_new(struct arena *mem)
{
    struct atlas *a = NEW(mem, struct atlas, 1);
    pthread_mutex_init(&a->lock, NULL);
    a->today = DAY_NONE;
    return a;
}

static void forget(struct atlas *a)
{
    lenses_forget(a);
    nets_forget(a);
    homes_forget(a);
    sites_forget(a);
    if (a->roads)
        slot_leave(a->roads_slot, a->roads);
    a->roads = NULL;
    a->seq = 0;
}

void atlas_end(struct atlas *a)
{
    if (!a)
        return;
    forget(a);
    pthread_mutex_destroy(&a->lock);
}

/* Other streets: everything joins them anew. */
MUST static enum err roads_look(struct ctx *c, struct atlas *a)
{
    struct slot *slot = c->house->roads;
    struct roads *now = slot ? slot_enter(slot) : NULL;
    if (now && now == a->roads) {
        slot_leave(slot, now);
        return ERR_NONE;
    }
    forget(a);
    a->roads_slot = slot;
    a->roads = now;
    return now ? ERR_NONE : fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
}

/* What events call for. */
struct stirred { bool homes, places; };

/* One elder's row, or with row 0 many at once. A division takes its homes' codes along. */
MUST static enum err take_event(struct ctx *c, struct atlas *a, const struct event *e,
                                struct stirred *s)
{
    if (sv_is(e->entity, "place"))
        s->places = true;
    else if (sv_is(e->entity, "division") || (sv_is(e->entity, "elder") && e->row_id == 0))
        s->homes = s->places = true;
    else if (sv_is(e->entity, "elder") && !s->homes)
        return home_reload(c, a, e->row_id);
    return ERR_NONE;
}

MUST static enum err take_events(struct ctx *c, struct atlas *a, struct stirred *s)
{
    int64_t first, seen = 0;
    struct list events = { .n = EVENTS_PAGE };
    TRY(event_first(c, &first));
    if (first > a->seq + 1)
        s->homes = s->places = true;
    for (; events.n == EVENTS_PAGE && seen < EVENTS_MAX; seen += (int64_t)events.n) {
        TRY(event_after(c, a->seq, EVENTS_PAGE, &events, &a->seq));
        const struct event *e = events.at;
        for (size_t i = 0; i < events.n; i++)
            TRY(take_event(c, a, &e[i], s));
    }
    if (seen >= EVENTS_MAX)
        s->homes = s->places = true;
    return ERR_NONE;
}

/*
 * The place in the events is read before the rows: what happens meanwhile is taken again. When it
 * fails half way all is read anew next time.
 */
MUST static enum err catch_up(struct ctx *c, struct atlas *a)
{
    struct stirred s = { .homes = !a->homes_there, .places = a->today.n != day_of(c->now).n };
    TRY(roads_look(c, a));
    s.homes = s.homes || !a->homes_there;
    s.places = s.places || a->today.n != day_of(c->now).n;
    if (!s.homes)
        TRY(take_events(c, a, &s));
    if (s.homes) {
        TRY(event_last(c, &a->seq));
        lenses_forget(a);
        TRY(homes_load(c, a));
    }
    return s.places || s.homes ? sites_load(c, a) : ERR_NONE;
}

enum err atlas_enter(struct ctx *c, struct atlas **ret_atlas)
{
    struct atlas *a = c->house->atlas;
    if (!a)
        return fail(c, ERR_BUSY, "near.no_roads", "this process keeps no atlas");
    pthread_mutex_lock(&a->lock);
    enum err err = catch_up(c, a);
    if (err != ERR_NONE) {
        homes_forget(a);
        pthread_mutex_unlock(&a->lock);
        return err;
    }
    *ret_atlas = a;
    return ERR_NONE;
}

void atlas_leave(struct ctx *c, struct atlas *a)
{
    (void)c;
    pthread_mutex_unlock(&a->lock);
}
