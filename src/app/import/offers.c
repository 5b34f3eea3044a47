/* offers.c - what imported places offer, and the catalogue items they need. */

#include "app/import/keys.h"
#include "app/import/table.h"

#include "app/cmd/command.h"
#include "care/offer/offer.h"
#include "care/place/place.h"

SQL(import_items);

enum { BATCH = 500, PRICE_FEN_MAX = 10000000 };

struct item {
    struct catalogue_item row;
    bool fresh;
};

struct one {
    struct offer offer;
    struct sv key; /* place_id/item */
    int64_t there; /* 0: a new one */
    size_t item;
    int64_t place;
    int64_t line;
};

struct offers {
    struct import *im;
    struct import_table table;
    struct import_keys places, known;
    struct item *item;
    size_t items, item_room;
    struct one *at;
    size_t n, room;
};

/* --- the catalogue --- */

static enum err items_load(struct offers *o)
{
    struct ctx *c = o->im->c;
    struct rows r = db_rows(c, &sql_import_items, NO_PARAMS);
    while (rows_next(&r)) {
        o->item = GROW(&c->mem, o->item, o->items, &o->item_room);
        struct item *k = &o->item[o->items++];
        record_clear(catalogue_item_fields, &k->row);
        k->row.id.n = rows_int(&r, 0);
        k->row.name = rows_text(&r, 1);
        k->row.plain_name = rows_text(&r, 2);
    }
    return rows_end(&r);
}

/* The door through which citizens find a category, and whether somebody comes. */
static void item_door(struct catalogue_item *k)
{
    bool goes_out = k->category == CATEGORY_DAY_CARE || k->category == CATEGORY_COURSE ||
                    k->category == CATEGORY_MEAL || k->category == CATEGORY_REHAB;
    k->at_home = !goes_out;
    k->door = k->category == CATEGORY_MEAL ? DOOR_MEAL : goes_out ? DOOR_OTHER : DOOR_HOME;
}

/* Made from the row's own words, when it says the category. */
static void item_make(struct offers *o, struct sv name, size_t *ret_item)
{
    static const char *const taken[] = { "category", "domain", "unit", "duration_min", "skill" };
    struct ctx *c = o->im->c;
    if (table_cell(&o->table, "category").len == 0) {
        fail_field_args(c, SV("item"), "import.item", name, SV(""));
        return;
    }
    o->item = GROW(&c->mem, o->item, o->items, &o->item_room);
    struct catalogue_item *k = &o->item[o->items].row;
    record_clear(catalogue_item_fields, k);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        (void)field_parse(c, field_named(catalogue_item_fields, sv_of(taken[i])),
                          table_cell(&o->table, taken[i]), k);
    k->name = k->plain_name = sv_copy(&c->mem, name);
    item_door(k);
    record_check(c, catalogue_item_fields, k, true);
    if (c->fault.fields_n)
        return;
    o->item[o->items].fresh = true;
    *ret_item = o->items++;
}

static void item_find(struct offers *o, struct sv name, size_t *ret_item)
{
    for (size_t i = 0; i < o->items; i++) {
        if (sv_eq(o->item[i].row.name, name) || sv_eq(o->item[i].row.plain_name, name)) {
            *ret_item = i;
            return;
        }
    }
    item_make(o, name, ret_item);
}

/* --- one row --- */

static void numbers_take(struct offers *o, struct offer *f)
{
    struct ctx *c = o->im->c;
    struct week week;
    if (!sv_fixed(table_cell(&o->table, "price"), 2, 0, PRICE_FEN_MAX, &f->price.fen))
        fail_field(c, SV("price"), "import.price");
    if (table_cell(&o->table, "capacity").len == 0)
        f->capacity = 1;
    if (!week_parse(f->week, &week))
        fail_field(c, SV("week"), "offer.week");
}

static void one_take(struct offers *o, struct one *x)
{
    struct ctx *c = o->im->c;
    struct sv place = table_cell(&o->table, "place_id"), item = table_cell(&o->table, "item");
    *x = (struct one){ .line = o->table.csv.line };
    record_clear(offer_fields, &x->offer);
    table_read(&o->table, &x->offer);
    if (x->offer.name.len == 0)
        x->offer.name = sv_copy(&c->mem, item);
    x->offer.state = REVIEW_PUBLISHED;
    numbers_take(o, &x->offer);
    x->place = keys_row(&o->places, place);
    if (!x->place)
        fail_field_args(c, SV("place_id"), "import.place", place, SV(""));
    if (item.len == 0)
        fail_field(c, SV("item"), "field.required");
    else
        item_find(o, item, &x->item);
    x->key = sv_fmt(&c->mem, "%.*s/%.*s", SV_ARG(place), SV_ARG(item));
    x->there = keys_row(&o->known, x->key);
}

/* Links are set when it is stored, so they alone may be missing now. */
static void one_check(struct offers *o, struct one *x)
{
    x->offer.org.n = x->offer.item.n = 1;
    record_check(o->im->c, offer_fields, &x->offer, true);
}

static enum err rows_read_all(struct offers *o)
{
    struct ctx *c = o->im->c;
    TRY(items_load(o));
    TRY(keys_load(o->im, "place", &o->places));
    TRY(keys_load(o->im, "offer", &o->known));
    while (table_next(&o->table)) {
        o->at = GROW(&c->mem, o->at, o->n, &o->room);
        one_take(o, &o->at[o->n]);
        one_check(o, &o->at[o->n]);
        o->n += table_row_good(&o->table);
    }
    return table_end(&o->table);
}

/* --- storing --- */

static enum err one_store(struct offers *o, struct one *x)
{
    struct ctx *c = o->im->c;
    struct place p;
    bool found;
    TRY(entity_load(c, &place_entity, x->place, &p, &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "import.key_gone", "place %lld is gone", (long long)x->place);
    struct offer stored = x->offer;
    stored.id.n = 0;
    stored.org = p.org;
    stored.place = p.id;
    stored.item = o->item[x->item].row.id;
    stored.row.scope = p.row.scope;
    struct import_key key = { x->key, 0 };
    TRY(entity_bulk(c, &offer_entity, &stored, 1));
    key.row = stored.id.n;
    o->im->added++;
    return keys_store(o->im, "offer", &key, 1);
}

static enum err one_renew(struct offers *o, const struct one *x)
{
    struct ctx *c = o->im->c;
    struct offer stored;
    bool found;
    TRY(entity_load(c, &offer_entity, x->there, &stored, &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "import.key_gone", "offer %lld is gone", (long long)x->there);
    for (size_t k = 0; k < o->table.columns_n; k++)
        if (o->table.columns[k].field)
            field_copy(o->table.columns[k].field, &stored, &x->offer);
    stored.price = x->offer.price;
    int64_t version = stored.row.version;
    TRY(entity_update_by_rule(c, &offer_entity, &stored, version, "import"));
    o->im->changed += stored.row.version != version;
    return ERR_NONE;
}

static enum err store(struct ctx *c, void *arg)
{
    struct offers *o = arg;
    o->im->added = o->im->changed = 0;
    for (size_t i = 0; i < o->items; i++) {
        struct catalogue_item *k = &o->item[i].row;
        if (!o->item[i].fresh)
            continue;
        k->id.n = 0;
        TRY(entity_create(c, &catalogue_item_entity, k));
    }
    for (size_t i = 0; i < o->n; i++) {
        TRY(o->at[i].there ? one_renew(o, &o->at[i]) : one_store(o, &o->at[i]));
        if (i % BATCH == 0 && o->im->progress)
            progress_show(o->im->progress, (int64_t)i, (int64_t)o->n);
        arena_reset(&c->mem);
    }
    return ERR_NONE;
}

enum err import_offers(struct import *im, struct sv text)
{
    static const char *const extra[] = { "place_id", "item",         "price", "category", "domain",
                                         "unit",     "duration_min", "skill", NULL };
    static const char *const required[] = { "place_id", "item", "price", NULL };
    const struct import_names names = { extra, required };
    struct ctx *c = im->c;
    struct offers o = { .im = im };
    TRY(table_open(im, text, offer_fields, &names, &o.table));
    TRY(im->faults_n ? table_end(&o.table) : rows_read_all(&o));
    struct arena read = c->mem; /* each row resets c->mem */
    c->mem = (struct arena){ 0 };
    enum err e = transaction(c, store, &o);
    arena_free(&read);
    return e;
}
