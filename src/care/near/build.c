/* build.c - the directory's rows out of the database. */

#include "base/json.h"
#include "care/near/directory.h"

#include <stdlib.h>

SQL(near_places);
SQL(near_offers);
SQL(near_items);
SQL(near_compounds);
SQL(near_gates);
SQL(near_divisions);
SQL(near_notices);

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

static const struct listed_division *division_coded(const struct directory *d, int64_t scope)
{
    uint32_t low = 0, high = d->divisions;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (d->division[middle].scope < scope)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->divisions && d->division[low].scope == scope ? &d->division[low] : NULL;
}

struct sv directory_path(struct arena *mem, const struct directory *d, int64_t scope)
{
    int64_t up[DIVISION_CHAIN_MAX];
    struct buf path = buf_new(mem, 48);
    for (size_t n = division_chain(scope, up); n-- > 0;) {
        const struct listed_division *at = up[n] ? division_coded(d, up[n]) : NULL;
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

/* What is in a place's answer besides names: only needed while building. */
struct place_facts {
    struct sv phone, org_name, address;
    int64_t   price_low, price_high, beds_free, verified_ms;
    int       rating_scheme;
    int64_t   rating_level;
};

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
    *f = (struct place_facts){ .phone = rows_text(r, 8),
                               .address = p->address,
                               .org_name = rows_text(r, 19),
                               .price_low = rows_int(r, 12),
                               .price_high = rows_int(r, 13),
                               .beds_free = column_null(r, 14) ? -1 : rows_int(r, 14),
                               .verified_ms = rows_int(r, 18),
                               .rating_scheme = choice_at(r, 15, rating_schemes),
                               .rating_level = rated ? rows_int(r, 16) : 0 };
    if (f->verified_ms)
        p->verified_on = (int32_t)day_of((struct moment){ f->verified_ms }).n;
}

MUST static enum err load_places(struct ctx *c, struct directory *d, struct place_facts **ret_facts)
{
    size_t room = 0, tags_room = 0, opens_room = 0, kind_room = 0, facts_room = 0;
    struct hours_pool pool = { 0 };
    struct place_facts *facts = NULL;
    struct rows r = db_rows(c, &sql_near_places, NO_PARAMS);
    while (rows_next(&r)) {
        d->place = GROW(&d->mem, d->place, d->places, &room);
        d->tags = GROW(&d->mem, d->tags, d->places, &tags_room);
        d->opens = GROW(&d->mem, d->opens, d->places, &opens_room);
        d->kind = GROW(&d->mem, d->kind, d->places, &kind_room);
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

/* --- the answer's fixed part --- */

static int64_t price_from(const struct directory *d, const struct listed_place *p,
                          const struct place_facts *f, int *ret_unit)
{
    int64_t least = 0;
    for (uint32_t i = 0; i < p->offers_n; i++) {
        const struct listed_offer *o = &d->offer[p->first_offer + i];
        if (o->price_fen && (!least || o->price_fen < least)) {
            least = o->price_fen;
            *ret_unit = o->unit;
        }
    }
    if (f->price_low) {
        *ret_unit = UNIT_MONTH;
        return f->price_low;
    }
    return least;
}

static void put_yuan(struct buf *b, int64_t fen)
{
    buf_text(b, "¥");
    buf_fixed(b, fen, 2);
}

/* ¥12 起/次; ¥3000–4500/月 */
static struct sv price_text(struct directory *d, int64_t from, int64_t to, int unit, int lang)
{
    struct buf b = buf_new(&d->mem, 32);
    const struct choice *u = &unit_choices[unit];
    if (!from)
        return SV("");
    if (lang == LANG_EN && to <= from)
        buf_text(&b, "from ");
    put_yuan(&b, from);
    if (to > from) {
        buf_text(&b, "–");
        buf_fixed(&b, to, 2);
    } else if (lang == LANG_ZH) {
        buf_text(&b, " 起");
    }
    buf_byte(&b, '/');
    buf_text(&b, lang == LANG_ZH ? u->zh : u->en);
    return buf_sv(&b);
}

/* Members without the braces around them. */
static struct sv members(struct directory *d, const struct buf *b)
{
    struct sv all = buf_sv(b);
    return sv_copy(&d->mem, (struct sv){ all.at + 1, all.len - 2 });
}

static void write_offers(struct json *j, const struct directory *d, const struct listed_place *p)
{
    json_array(j, "offers");
    for (uint32_t i = 0; i < p->offers_n && i < NEAR_OFFERS_SHOWN; i++) {
        const struct listed_offer *o = &d->offer[p->first_offer + i];
        json_object(j, NULL);
        json_id(j, "id", o->id);
        json_text(j, "name", o->name);
        json_int(j, "price", o->price_fen);
        json_text(j, "unit", sv_of(unit_choices[o->unit].key));
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_fixed(struct directory *d, struct arena *mem, uint32_t i,
                        const struct place_facts *f, int64_t from)
{
    struct listed_place *p = &d->place[i];
    struct buf b = buf_new(mem, 600);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_id(&j, "id", p->id);
    json_text(&j, "name", p->name);
    json_text(&j, "kind", sv_of(place_kinds[d->kind[i]].key));
    if (p->org) {
        json_id(&j, "org", p->org);
        json_text(&j, "org_name", f->org_name);
    }
    json_fixed(&j, "lat", p->at.lat_e7, 7);
    json_fixed(&j, "lon", p->at.lon_e7, 7);
    if (f->phone.len)
        json_text(&j, "phone", f->phone);
    if (p->address.len)
        json_text(&j, "address", p->address);
    if (from)
        json_int(&j, "price_from", from);
    if (f->verified_ms)
        json_moment(&j, "verified_at", (struct moment){ f->verified_ms });
    if (f->rating_level)
        json_int(&j, "rating_level", f->rating_level);
    if (f->beds_free >= 0)
        json_int(&j, "beds_free", f->beds_free);
    write_offers(&j, d, p);
    json_end(&j, '}');
    p->fixed = members(d, &b);
}

static void write_words(struct directory *d, struct arena *mem, uint32_t i, int lang,
                        const struct place_facts *f, struct sv price)
{
    struct listed_place *p = &d->place[i];
    const struct choice *kind = &place_kinds[d->kind[i]];
    struct sv rating = place_rating_text(mem, f->rating_scheme, f->rating_level, (enum lang)lang);
    struct buf b = buf_new(mem, 200);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_text(&j, "kind_name", sv_of(lang == LANG_ZH ? kind->zh : kind->en));
    if (price.len)
        json_text(&j, "price_text", price);
    if (rating.len)
        json_text(&j, "rating_text", rating);
    json_end(&j, '}');
    p->words[lang] = members(d, &b);
}

static void write_places(struct directory *d, const struct place_facts *facts)
{
    struct arena scratch = { 0 };
    for (uint32_t i = 0; i < d->places; i++) {
        int unit = 0;
        int64_t from = price_from(d, &d->place[i], &facts[i], &unit);
        write_fixed(d, &scratch, i, &facts[i], from);
        for (int lang = 0; lang < NEAR_LANGS; lang++)
            write_words(d, &scratch, i, lang, &facts[i],
                        price_text(d, from, facts[i].price_high, unit, lang));
        arena_reset(&scratch);
    }
    arena_free(&scratch);
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
    d->by_id = NEW(&d->mem, uint32_t, d->places);
    for (uint32_t i = 0; i < d->places; i++) {
        uint32_t from = spots[i].place;
        place[i] = d->place[from];
        fact[i] = (*facts)[from];
        tags[i] = d->tags[from];
        opens[i] = d->opens[from];
        kind[i] = d->kind[from];
        d->by_id[from] = i;
    }
    d->place = place;
    d->tags = tags;
    d->opens = opens;
    d->kind = kind;
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
    TRY(load_places(c, d, &facts));
    TRY(load_offers(c, d));
    kind_doors(d);
    order_places(c, d, &facts);
    write_places(d, facts);
    return ERR_NONE;
}
