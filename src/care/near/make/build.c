/* build.c - the directory's rows out of the database. */

#include "base/json.h"
#include "base/sorted.h"
#include "care/near/make/build.h"

#include <stdlib.h>

SQL(near_places);
SQL(near_offers);
SQL(near_items);
SQL(near_compounds);
SQL(near_gates);
SQL(near_divisions);
SQL(near_notices);
SQL(near_known);

/* Text of a column, kept as long as the directory. */
static struct sv kept(struct directory *d, struct rows *r, int column)
{
    struct value v = rows_value(r, column);
    return v.type == VALUE_TEXT ? sv_copy(&d->mem, v.text) : SV("");
}

static bool column_null(struct rows *r, int column)
{
    return rows_value(r, column).type == VALUE_NULL;
}

static uint8_t choice_at(struct rows *r, int column, const struct choice *choices)
{
    int i = 0;
    (void)choice_of(choices, rows_value(r, column).text, &i);
    return (uint8_t)i;
}

static struct point point_at(struct rows *r, int lat_column)
{
    return (struct point){ (int32_t)rows_int(r, lat_column), (int32_t)rows_int(r, lat_column + 1) };
}

/* --- divisions, first: paths need them --- */

MUST static enum err load_divisions(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_divisions, NO_PARAMS);
    while (rows_next(&r)) {
        d->division = GROW(&d->mem, d->division, d->divisions, &room);
        d->division[d->divisions++] = (struct listed_division){
            .id = rows_int(&r, 0), .scope = rows_int(&r, 1), .name = kept(d, &r, 2),
            .at = point_at(&r, 3) };
    }
    TRY(rows_end(&r));
    for (uint32_t i = 0; i < d->divisions; i++)
        d->division[i].path = directory_path(&d->mem, d, division_up(d->division[i].scope));
    return ERR_NONE;
}

const struct listed_division *directory_coded(const struct directory *d, int64_t scope)
{
    size_t low = SORTED_FROM(struct listed_division, d->division, d->divisions, scope, scope);
    return low < d->divisions && d->division[low].scope == scope ? &d->division[low] : NULL;
}

struct sv directory_path(struct arena *mem, const struct directory *d, int64_t scope)
{
    int64_t up[DIVISION_CHAIN_MAX];
    struct buf path = buf_new(mem, 48);
    for (size_t n = division_chain(scope, up); n-- > 0;) {
        const struct listed_division *at = up[n] ? directory_coded(d, up[n]) : NULL;
        if (at && division_level_of(up[n]) != DIVISION_PROVINCE)
            buf_put(&path, at->name);
    }
    return buf_sv(&path);
}

/* --- compounds --- */

MUST static enum err load_gates(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    uint32_t at = 0;
    struct rows r = db_rows(c, &sql_near_gates, NO_PARAMS);
    while (rows_next(&r)) {
        int64_t compound = rows_int(&r, 0);
        while (at < d->compounds && d->compound[at].id < compound)
            at++;
        if (at == d->compounds || d->compound[at].id != compound)
            continue;
        if (d->compound[at].gates_n++ == 0)
            d->compound[at].first_gate = d->gates;
        d->gate = GROW(&d->mem, d->gate, d->gates, &room);
        d->gate[d->gates++] = (struct listed_gate){
            .at = point_at(&r, 1), .night_closed = rows_int(&r, 3) != 0,
            .open_min = (int16_t)rows_int(&r, 4), .close_min = (int16_t)rows_int(&r, 5) };
    }
    return rows_end(&r);
}

MUST static enum err load_compounds(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_compounds, NO_PARAMS);
    while (rows_next(&r)) {
        d->compound = GROW(&d->mem, d->compound, d->compounds, &room);
        d->compound[d->compounds++] = (struct listed_compound){
            .id = rows_int(&r, 0), .scope = rows_int(&r, 1), .name = kept(d, &r, 2),
            .aliases = kept(d, &r, 3), .at = point_at(&r, 4) };
    }
    TRY(rows_end(&r));
    for (uint32_t i = 0; i < d->compounds; i++)
        d->compound[i].path = directory_path(&d->mem, d, d->compound[i].scope);
    return load_gates(c, d);
}

/* --- items and notices --- */

MUST static enum err load_items(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_items, NO_PARAMS);
    while (rows_next(&r)) {
        d->item = GROW(&d->mem, d->item, d->items, &room);
        d->item[d->items++] = (struct listed_item){
            .id = rows_int(&r, 0), .name = kept(d, &r, 1), .plain_name = kept(d, &r, 2),
            .category = choice_at(&r, 3, category_choices),
            .door = choice_at(&r, 4, door_choices) };
    }
    return rows_end(&r);
}

MUST static enum err load_notices(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_notices, NO_PARAMS);
    while (rows_next(&r)) {
        d->notice = GROW(&d->mem, d->notice, d->notices, &room);
        d->notice[d->notices++] = (struct listed_notice){
            .id = rows_int(&r, 0), .scope = rows_int(&r, 1), .title = kept(d, &r, 2),
            .from = column_null(&r, 3) ? INT32_MIN : (int32_t)rows_int(&r, 3),
            .to = column_null(&r, 4) ? INT32_MAX : (int32_t)rows_int(&r, 4) };
    }
    return rows_end(&r);
}

MUST static enum err load_known(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_near_known, NO_PARAMS);
    while (rows_next(&r)) {
        d->known = GROW(&d->mem, d->known, d->knowns, &room);
        d->known[d->knowns++] = (struct listed_known){
            .id = rows_int(&r, 0), .question = kept(d, &r, 1), .words = kept(d, &r, 2),
            .to = column_null(&r, 3) ? INT32_MAX : (int32_t)rows_int(&r, 3) };
    }
    return rows_end(&r);
}

/* --- places --- */

/* Hours are shared: most places have one of a few dozen texts. An open-addressing table by text. */
struct hours_pool {
    struct hours *at;
    struct sv *text;
    uint32_t *slot;
    size_t n, room, text_room, slots;
};

static size_t text_hash(struct sv s)
{
    uint64_t h = 1469598103934665603u;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (uint8_t)s.at[i]) * 1099511628211u;
    return (size_t)h;
}

static void pool_widen(struct arena *mem, struct hours_pool *p)
{
    p->slots = p->slots ? p->slots * 2 : 256;
    p->slot = NEW(mem, uint32_t, p->slots);
    for (size_t i = 0; i < p->n; i++) {
        size_t at = text_hash(p->text[i]) % p->slots;
        while (p->slot[at])
            at = (at + 1) % p->slots;
        p->slot[at] = (uint32_t)i + 1;
    }
}

static uint32_t pool_hours(struct directory *d, struct hours_pool *p, struct sv text)
{
    if (p->n * 2 >= p->slots)
        pool_widen(&d->mem, p);
    size_t at = text_hash(text) % p->slots;
    for (; p->slot[at]; at = (at + 1) % p->slots)
        if (sv_eq(p->text[p->slot[at] - 1], text))
            return p->slot[at] - 1;
    p->at = GROW(&d->mem, p->at, p->n, &p->room);
    p->text = GROW(&d->mem, p->text, p->n, &p->text_room);
    if (hours_parse(text, &p->at[p->n]) != NULL)       /* checked on the way in; else unknown */
        p->at[p->n] = (struct hours){ 0 };
    p->text[p->n] = sv_copy(&d->mem, text);
    p->slot[at] = (uint32_t)++p->n;
    return (uint32_t)p->n - 1;
}

static struct listed_care read_care(struct rows *r, bool rated)
{
    return (struct listed_care){
        .price_low = (int32_t)rows_int(r, 12), .price_high = (int32_t)rows_int(r, 13),
        .beds = column_null(r, 14) ? 0 : (int32_t)rows_int(r, 14),
        .scheme = choice_at(r, 15, rating_schemes),
        .rating = rated ? (uint8_t)rows_int(r, 16) : 0,
        .mode = (uint8_t)place_mode(choice_at(r, 20, place_founders),
                                    choice_at(r, 21, place_operators)),
        .medical = choice_at(r, 22, medical_ways), .levels = (uint8_t)rows_int(r, 23),
        .accessible = (uint8_t)rows_int(r, 24),
    };
}

static void read_place(struct directory *d, struct rows *r, struct hours_pool *pool,
                       struct place_facts *f)
{
    struct listed_place *p = &d->place[d->places];
    struct day today = day_of(d->built_at);
    *p = (struct listed_place){ .id = rows_int(r, 0),
                                .org = rows_int(r, 1),
                                .scope = rows_int(r, 2),
                                .name = kept(d, r, 3),
                                .at = point_at(r, 5),
                                .address = kept(d, r, 7) };
    d->opens[d->places] = pool_hours(d, pool, rows_value(r, 9).text);
    if (!column_null(r, 10)) {
        p->closed_on = (int32_t)rows_int(r, 10);
        p->closed_until = column_null(r, 11) ? p->closed_on : (int32_t)rows_int(r, 11);
        d->opens[d->places] |= OPENS_BUT;
    }
    bool rated = column_null(r, 17) || rows_int(r, 17) >= today.n;
    d->care[d->places] = read_care(r, rated);
    *f = (struct place_facts){ .phone = rows_text(r, 8),
                               .address = p->address,
                               .org_name = rows_text(r, 19),
                               .price_low = rows_int(r, 12),
                               .price_high = rows_int(r, 13),
                               .beds_free = column_null(r, 14) ? -1 : rows_int(r, 14),
                               .verified_ms = rows_int(r, 18),
                               .due_on = column_null(r, 25) ? 0 : (int32_t)rows_int(r, 25),
                               .rating_scheme = choice_at(r, 15, rating_schemes),
                               .rating_level = rated ? rows_int(r, 16) : 0 };
}

MUST static enum err load_places(struct ctx *c, struct directory *d, struct place_facts **ret_facts)
{
    size_t room = 0, tags_room = 0, opens_room = 0, kind_room = 0, care_room = 0, facts_room = 0;
    struct hours_pool pool = { 0 };
    struct place_facts *facts = NULL;
    struct rows r = db_rows(c, &sql_near_places, NO_PARAMS);
    while (rows_next(&r)) {
        d->place = GROW(&d->mem, d->place, d->places, &room);
        d->tags = GROW(&d->mem, d->tags, d->places, &tags_room);
        d->opens = GROW(&d->mem, d->opens, d->places, &opens_room);
        d->kind = GROW(&d->mem, d->kind, d->places, &kind_room);
        d->care = GROW(&d->mem, d->care, d->places, &care_room);
        facts = GROW(&c->mem, facts, d->places, &facts_room);
        read_place(d, &r, &pool, &facts[d->places]);
        d->kind[d->places] = choice_at(&r, 4, place_kinds);
        d->tags[d->places] = 1u << (TAG_KIND + d->kind[d->places]);
        d->places++;
    }
    d->hours = pool.at;
    d->hours_n = (uint32_t)pool.n;
    *ret_facts = facts;
    return rows_end(&r);
}

/* Offers come in the order of their places. */
MUST static enum err load_offers(struct ctx *c, struct directory *d)
{
    size_t room = 0;
    uint32_t at = 0;
    struct rows r = db_rows(c, &sql_near_offers, NO_PARAMS);
    while (rows_next(&r)) {
        int64_t place = rows_int(&r, 1);
        while (at < d->places && d->place[at].id < place)
            at++;
        if (at == d->places || d->place[at].id != place)
            continue;
        struct listed_offer o = { .id = rows_int(&r, 0), .name = kept(d, &r, 2),
                                .price_fen = rows_int(&r, 3), .item = rows_int(&r, 4),
                                .unit = choice_at(&r, 5, unit_choices),
                                .category = choice_at(&r, 6, category_choices),
                                .door = choice_at(&r, 7, door_choices) };
        d->offer = GROW(&d->mem, d->offer, d->offers, &room);
        if (d->place[at].offers_n++ == 0)
            d->place[at].first_offer = d->offers;
        d->offer[d->offers++] = o;
        d->tags[at] |= 1u << (TAG_CATEGORY + o.category) | 1u << (TAG_DOOR + o.door);
    }
    return rows_end(&r);
}

/* Places that are a door by what they are, whether they have published offers or not. */
static void kind_doors(struct directory *d)
{
    for (uint32_t i = 0; i < d->places; i++) {
        if (d->kind[i] == PLACE_INSTITUTION)
            d->tags[i] |= 1u << (TAG_DOOR + DOOR_INSTITUTION);
        if (d->kind[i] == PLACE_MEAL_POINT)
            d->tags[i] |= 1u << (TAG_DOOR + DOOR_MEAL);
    }
}

/* --- neighbours on the ground are neighbours in memory --- */

struct spot { uint32_t curve, place; };

static int by_curve(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    if (x->curve != y->curve)
        return x->curve < y->curve ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static struct spot *curve_of(struct arena *mem, const struct directory *d)
{
    struct point_box box = box_none();
    struct spot *spots = NEW(mem, struct spot, d->places);
    for (uint32_t i = 0; i < d->places; i++)
        box_add(&box, d->place[i].at);
    for (uint32_t i = 0; i < d->places; i++)
        spots[i] = (struct spot){ point_hilbert(&box, d->place[i].at), i };
    if (d->places)
        qsort(spots, d->places, sizeof *spots, by_curve);
    return spots;
}

/*
 * Twenty places near each other are read for one answer: in the order of a space-filling curve
 * they share pages and cache lines. by_id keeps the way from an id.
 */
static void order_places(struct ctx *c, struct directory *d, struct place_facts **facts)
{
    const struct spot *spots = curve_of(&c->mem, d);
    struct listed_place *place = NEW(&d->mem, struct listed_place, d->places);
    struct place_facts *fact = NEW(&c->mem, struct place_facts, d->places);
    uint32_t *tags = NEW(&d->mem, uint32_t, d->places);
    uint32_t *opens = NEW(&d->mem, uint32_t, d->places);
    uint8_t *kind = NEW(&d->mem, uint8_t, d->places);
    struct listed_care *care = NEW(&d->mem, struct listed_care, d->places);
    d->by_id = NEW(&d->mem, uint32_t, d->places);
    for (uint32_t i = 0; i < d->places; i++) {
        uint32_t from = spots[i].place;
        place[i] = d->place[from];
        fact[i] = (*facts)[from];
        tags[i] = d->tags[from];
        opens[i] = d->opens[from];
        kind[i] = d->kind[from];
        care[i] = d->care[from];
        d->by_id[from] = i;
    }
    d->place = place;
    d->tags = tags;
    d->opens = opens;
    d->kind = kind;
    d->care = care;
    *facts = fact;
}

enum err directory_load(struct ctx *c, struct directory *d)
{
    struct place_facts *facts;
    TRY(calendar_load(c, &d->mem, &d->calendar));
    TRY(load_divisions(c, d));
    TRY(load_compounds(c, d));
    TRY(load_items(c, d));
    TRY(load_notices(c, d));
    TRY(load_known(c, d));
    TRY(load_places(c, d, &facts));
    TRY(load_offers(c, d));
    kind_doors(d);
    order_places(c, d, &facts);
    d->text = NEW(&d->mem, struct listed_text, d->places);
    directory_texts(d, facts);
    TRY(directory_sinks(c, d));
    return directory_duties(c, d);
}
