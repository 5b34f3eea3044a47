/* menu.c - what suits an elder: near, helped with, had before. */

#include "care/near/walk.h"
#include "care/standing/pause.h"
#include "care/suited/suited.h"

#include <stdlib.h>

SQL(menu_offers);
SQL(menu_before);

enum { WALK_LIMIT_M = 8000 };
enum { OFFERS_MAX = 300, DISTRICT = 1000000, BEFORE_DAYS = 400, BEFORE_LOOKED_AT = 20 };

static bool has_line(const struct menu *m, struct catalogue_item_id item)
{
    for (size_t i = 0; i < m->lines_n; i++)
        if (m->lines[i].item.id.n == item.n)
            return true;
    return false;
}

/* Where the home or the streets are not known, the organisation decides when it accepts. */
MUST static enum err serves(struct ctx *c, const struct elder *e, const struct menu_line *l,
                            bool *ret_serves)
{
    struct walk walk;
    *ret_serves = true;
    if (!l->item.at_home || !l->offer.area_m || l->distance_m < 0)
        return ERR_NONE;
    *ret_serves = l->distance_m <= l->offer.area_m;
    if (!*ret_serves)                     /* farther by air than one may walk */
        return ERR_NONE;
    TRY(walk_within(c, (struct point){ (int32_t)l->place.lat.e7, (int32_t)l->place.lon.e7 },
                    (struct point){ (int32_t)e->home_lat.e7, (int32_t)e->home_lon.e7 },
                    l->offer.area_m, &walk));
    *ret_serves = !walk.known || walk.within;
    return ERR_NONE;
}

static int64_t distance(const struct elder *e, const struct place *p)
{
    if (!e->home_lat.e7 || !p->lat.e7)
        return -1;
    return (int64_t)point_distance_m(
        (struct point){ (int32_t)e->home_lat.e7, (int32_t)e->home_lon.e7 },
        (struct point){ (int32_t)p->lat.e7, (int32_t)p->lon.e7 });
}

MUST static enum err take_offer(struct ctx *c, struct menu *m, int64_t id)
{
    struct menu_line *l = &m->lines[m->lines_n];
    bool found, ok;
    TRY(entity_load(c, &offer_entity, id, &l->offer, &found));
    if (!found || has_line(m, l->offer.item))
        return ERR_NONE;
    TRY(entity_load(c, &catalogue_item_entity, l->offer.item.n, &l->item, &found));
    TRY(entity_load(c, &place_entity, l->offer.place.n, &l->place, &found));
    l->distance_m = distance(&m->elder, &l->place);
    TRY(serves(c, &m->elder, l, &ok));
    if (!ok)
        return ERR_NONE;
    TRY(order_price(c, &l->offer, &l->item, 1, &m->elder, day_of(c->now), &l->price));
    m->lines_n++;
    return ERR_NONE;
}

/* On the streets, where they know her home and the place. */
MUST static enum err walked(struct ctx *c, struct menu *m)
{
    struct point to[MENU_LINES_MAX];
    int64_t metres[MENU_LINES_MAX];
    const struct elder *e = &m->elder;
    if (!e->home_lat.e7)
        return ERR_NONE;
    for (size_t i = 0; i < m->lines_n; i++)
        to[i] = (struct point){ (int32_t)m->lines[i].place.lat.e7,
                                (int32_t)m->lines[i].place.lon.e7 };
    TRY(walk_metres(c, (struct point){ (int32_t)e->home_lat.e7, (int32_t)e->home_lon.e7 }, to,
                    m->lines_n, WALK_LIMIT_M, metres));
    for (size_t i = 0; i < m->lines_n; i++) {
        struct menu_line *l = &m->lines[i];
        l->walked = metres[i] >= 0 && l->distance_m >= 0;
        l->distance_m = l->walked ? metres[i] : l->distance_m;
    }
    return ERR_NONE;
}

/* By domain; within it what costs her least of its price, then what is near. */
static int by_domain(const void *a, const void *b)
{
    const struct menu_line *x = a, *y = b;
    bool x_helped = x->price.own_pay.fen < x->price.total.fen;
    bool y_helped = y->price.own_pay.fen < y->price.total.fen;
    if (x->item.domain != y->item.domain)
        return x->item.domain - y->item.domain;
    if (x_helped != y_helped)
        return x_helped ? -1 : 1;
    if (x->distance_m != y->distance_m)
        return x->distance_m < y->distance_m ? -1 : 1;
    return x->item.id.n < y->item.id.n ? -1 : 1;
}

MUST static enum err near_her(struct ctx *c, struct menu *m)
{
    int64_t ids[OFFERS_MAX], low = m->elder.row.scope / DISTRICT * DISTRICT;
    size_t n = 0;
    struct rows r = db_rows(c, &sql_menu_offers,
                            PARAMS(P_INT("low", low), P_INT("high", low + DISTRICT - 1),
                                   P_INT("lat", m->elder.home_lat.e7),
                                   P_INT("lon", m->elder.home_lon.e7)));
    while (n < OFFERS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n && m->lines_n < MENU_LINES_MAX; i++)
        TRY(take_offer(c, m, ids[i]));
    TRY(walked(c, m));
    qsort(m->lines, m->lines_n, sizeof m->lines[0], by_domain);
    return ERR_NONE;
}

/* Only what the caller may see: a station reads its own. */
MUST static enum err had_before(struct ctx *c, struct menu *m)
{
    int64_t ids[BEFORE_LOOKED_AT];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_menu_before,
                            PARAMS(P_INT("elder", m->elder.id.n),
                                   P_INT("since", day_of(c->now).n - BEFORE_DAYS)));
    while (n < BEFORE_LOOKED_AT && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n && m->before_n < MENU_BEFORE_MAX; i++) {
        enum err e = entity_get(c, &care_order_entity, ids[i], &m->before[m->before_n]);
        if (e == ERR_MISSING || e == ERR_FORBIDDEN) {
            ctx_forgive(c);
            continue;
        }
        TRY(e);
        m->before_n++;
    }
    return ERR_NONE;
}

enum err menu_of(struct ctx *c, struct elder_id elder, struct menu **ret_menu)
{
    struct menu *m = NEW(&c->mem, struct menu, 1);
    TRY(pause_elder(c, elder, &m->elder));
    TRY(near_her(c, m));
    TRY(had_before(c, m));
    *ret_menu = m;
    return ERR_NONE;
}
