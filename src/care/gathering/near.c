/* near.c - what one may sign up for near a home, by how long it is to walk there. */

#include "care/gathering/inside.h"

#include "care/near/ask.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(gathering_open);

enum { SHOWN_MAX = 60, HITS_MAX = 400, DISTRICT = 1000000, WALK_MIN = 60 };

struct open_one { struct gathering g; int64_t seconds; };      /* -1: too far, or no place */

struct open_list { struct open_one at[SHOWN_MAX]; size_t n; int64_t low, high; };

/* Walking times to places of the kinds that hold classes, as far as an hour's walk. */
MUST static enum err walk(struct ctx *c, struct directory *d, const struct near_asked *asked,
                          struct open_list *list)
{
    struct near_asked q = *asked;
    struct near_want want;
    struct near_home home = { .n = 0 };
    q.kind = SV("station,district_centre,day_centre,institution,meal_point,provider,"
                "community_office,other");
    q.minutes = (struct opt_int){ true, WALK_MIN };
    TRY(near_want_of(c, d, &q, &want));
    TRY(near_home(c, d, &q, want.profile, want.at, &home));
    if (home.scope) {
        list->low = home.scope / DISTRICT * DISTRICT;
        list->high = list->low + DISTRICT - 1;
    }
    if (!list->n)                        /* asked for the district only */
        return ERR_NONE;
    want.size = HITS_MAX;
    struct near_hits hits = near_find(&c->mem, d, &home, &want);
    for (size_t i = 0; i < hits.n; i++)
        for (size_t k = 0; k < list->n; k++)
            if (hits.at[i].ms < NEAR_FAR && d->place[hits.at[i].place].id == list->at[k].g.place.n)
                list->at[k].seconds = hits.at[i].ms / 1000;
    return ERR_NONE;
}

MUST static enum err read_open(struct ctx *c, struct open_list *list)
{
    struct rows r = db_rows(c, &sql_gathering_open,
                            PARAMS(P_INT("today", day_of(c->now).n), P_INT("low", list->low),
                                   P_INT("high", list->high)));
    int64_t ids[SHOWN_MAX];
    size_t n = 0;
    while (n < SHOWN_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (list->n = 0; list->n < n; list->n++) {
        bool found;
        list->at[list->n].seconds = -1;
        TRY(entity_load(c, &gathering_entity, ids[list->n], &list->at[list->n].g, &found));
    }
    return ERR_NONE;
}

/* Near before far, what cannot be walked to last; then what comes first. */
static int by_walk(const void *a, const void *b)
{
    const struct open_one *x = a, *y = b;
    if ((x->seconds < 0) != (y->seconds < 0))
        return x->seconds < 0 ? 1 : -1;
    if (x->seconds / 60 != y->seconds / 60)
        return x->seconds < y->seconds ? -1 : 1;
    if (x->g.first_day.n != y->g.first_day.n)
        return x->g.first_day.n < y->g.first_day.n ? -1 : 1;
    return x->g.id.n < y->g.id.n ? -1 : 1;
}

/* The streets and the places are known only to a house that serves; without them: no minutes. */
MUST static enum err walk_if_known(struct ctx *c, const struct near_asked *q,
                                   struct open_list *list)
{
    struct directory *d;
    if (!near_home_named(q))
        return ERR_NONE;
    TRY(directory_enter(c, &d));
    enum err e = walk(c, d, q, list);
    directory_leave(c, d);
    return e;
}

enum err gathering_open_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct open_list *list = NEW(&c->mem, struct open_list, 1);
    const struct near_asked *asked = q->query;
    list->high = INT64_MAX;
    TRY(walk_if_known(c, asked, list));         /* finds the district */
    TRY(read_open(c, list));
    TRY(walk_if_known(c, asked, list));
    qsort(list->at, list->n, sizeof list->at[0], by_walk);
    json_array(&a->json, "items");
    for (size_t i = 0; i < list->n; i++) {
        const struct open_one *o = &list->at[i];
        json_object(&a->json, NULL);
        TRY(gathering_json(c, &a->json, &o->g));
        if (o->seconds >= 0)
            json_int(&a->json, "minutes", o->seconds < 60 ? 1 : (o->seconds + 59) / 60);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field item_gives[] = {
    GATHERING_GIVES,
    MAY_SAY(INT, "minutes", .zh = "步行分钟", .en = "Minutes on foot from the home asked about"),
    { 0 },
};
const struct field gathering_open_gives[] = {
    SAYS(LIST, "items", .record = item_gives), { 0 },
};
