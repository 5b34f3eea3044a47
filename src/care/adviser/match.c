/* match.c - what is sold near an elder's home for what she needs, and what she would pay. */

#include "care/adviser/adviser.h"

#include "care/near/walk.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

#include <stdlib.h>

SQL(adviser_offers);

enum { FOUND_MAX = 400, SHOWN_MAX = 20 };

struct match_asked { struct elder_id elder; struct set needs; };
static const struct field asked_fields[] = {
    LINK(struct match_asked, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    SET(struct match_asked, needs, category_choices, .required = true, .zh = "需求", .en = "Needs"),
    { 0 },
};

struct near { int64_t offer; double m; struct point at; bool walked; };

static int nearer(const void *a, const void *b)
{
    const struct near *x = a, *y = b;
    return x->m < y->m ? -1 : x->m > y->m ? 1 : (x->offer > y->offer) - (x->offer < y->offer);
}

/* A degree of longitude is taken at the equator's length: the square is too wide, never too narrow
 * in latitude; the true distance decides. */
static enum err offers_near(struct ctx *c, const struct match_asked *in, struct point home,
                            int64_t most_m, struct near *ret_near, size_t *ret_n)
{
    enum { E7_A_METRE = 90 };
    int64_t lat = most_m * E7_A_METRE, lon = lat * 3;
    size_t n = 0;
    struct rows r = db_rows(c, &sql_adviser_offers,
                            PARAMS(P_INT("south", home.lat_e7 - lat),
                                   P_INT("north", home.lat_e7 + lat),
                                   P_INT("west", home.lon_e7 - lon),
                                   P_INT("east", home.lon_e7 + lon)));
    while (n < FOUND_MAX && rows_next(&r)) {
        int category = 0;
        struct point at = { (int32_t)rows_int(&r, 2), (int32_t)rows_int(&r, 3) };
        double m = point_distance_m(home, at);
        if (choice_of(category_choices, rows_text(&r, 1), &category)
            && in->needs.bits >> category & 1 && m <= (double)most_m)
            ret_near[n++] = (struct near){ rows_int(&r, 0), m, at, false };
    }
    *ret_n = n;
    return rows_end(&r);
}

/* On the streets where they know both ends; a way round may be longer than the circle is wide. */
MUST static enum err walk_all(struct ctx *c, struct point home, int64_t most_m, struct near *near,
                              size_t n)
{
    struct point *to = NEW(&c->mem, struct point, n + 1);
    int64_t *metres = NEW(&c->mem, int64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        to[i] = near[i].at;
    TRY(walk_metres(c, home, to, n, most_m * 3, metres));
    for (size_t i = 0; i < n; i++) {
        near[i].walked = metres[i] >= 0;
        near[i].m = near[i].walked ? (double)metres[i] : near[i].m;
    }
    return ERR_NONE;
}

MUST static enum err put_match(struct ctx *c, struct json *j, const struct elder *e,
                               const struct near *at)
{
    struct offer o;
    struct catalogue_item item;
    struct organisation org;
    struct price price;
    bool found, item_found, org_found;
    TRY(entity_load(c, &offer_entity, at->offer, &o, &found));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &item_found));
    TRY(entity_load(c, &organisation_entity, o.org.n, &org, &org_found));
    if (!found || !item_found || !org_found)
        return ERR_NONE;
    TRY(order_price(c, &o, &item, 1, e, day_of(c->now), &price));
    json_object(j, NULL);
    json_id(j, "offer", o.id.n);
    json_text(j, "name", o.name);
    json_text(j, "item", item.plain_name);
    json_text(j, "category", sv_of(category_choices[item.category].key));
    json_id(j, "org", org.id.n);
    json_text(j, "org_title", org.name);
    json_text(j, "phone", org.phone);
    json_int(j, "metres", (int64_t)at->m);
    json_bool(j, "walked", at->walked);
    json_int(j, "price", price.total.fen);
    json_int(j, "own_pay", price.own_pay.fen);
    json_text(j, "price_note", price.note);
    json_end(j, '}');
    return ERR_NONE;
}

static enum err match_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct match_asked *in = q->query;
    struct near *near = NEW(&c->mem, struct near, FOUND_MAX);
    struct elder e;
    int64_t most_m;
    size_t n;
    TRY(entity_get(c, &elder_entity, in->elder.n, &e));
    if (e.home_lat.e7 == 0)
        return fail(c, ERR_CONFLICT, "adviser.no_home", "elder %lld has no point",
                    (long long)e.id.n);
    TRY(parameter_int(c, "adviser.near_m", e.row.scope, day_of(c->now), &most_m));
    TRY(offers_near(c, in, (struct point){ (int32_t)e.home_lat.e7, (int32_t)e.home_lon.e7 },
                    most_m, near, &n));
    TRY(walk_all(c, (struct point){ (int32_t)e.home_lat.e7, (int32_t)e.home_lon.e7 }, most_m,
                 near, n));
    qsort(near, n, sizeof *near, nearer);
    json_int(&a->json, "within_m", most_m);
    json_int(&a->json, "total", (int64_t)n);
    json_array(&a->json, "items");
    for (size_t i = 0; i < n && i < SHOWN_MAX; i++)
        TRY(put_match(c, &a->json, &e, &near[i]));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field item_gives[] = {
    SAYS(ID, "offer"), SAYS(TEXT, "name"), SAYS(TEXT, "item"), SAYS(TEXT, "category"),
    SAYS(ID, "org"), SAYS(TEXT, "org_title"), SAYS(TEXT, "phone"), SAYS(INT, "metres"),
    SAYS(BOOL, "walked"),
    SAYS(INT, "price"), SAYS(INT, "own_pay"), SAYS(TEXT, "price_note"), { 0 },
};
static const struct field match_gives[] = {
    SAYS(INT, "within_m"), SAYS(INT, "total"), SAYS(LIST, "items", .record = item_gives), { 0 },
};

const struct endpoint adviser_endpoints[] = {
    { .verb = GET, .path = "/api/adviser/match", .run = match_get, .lane = READS,
      .may = MAY_READ_REGISTER, .query = asked_fields, .query_size = sizeof(struct match_asked),
      .gives = match_gives, .zh = "按需求匹配身边的服务",
      .en = "What is sold near an elder's home for her needs, with her price" },
    { 0 },
};
