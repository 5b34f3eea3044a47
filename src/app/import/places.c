/* places.c - places, each with the organisation that runs it; and compounds. */

#include "app/import/sites.h"

#include "care/compound/compound.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"

#include <stdlib.h>
#include <string.h>

/* Words of the field that mean one of our kinds beside its key and label. */
static const struct {
    const char *word, *kind;
} words[] = {
    { "养老院", "institution" },
    { "敬老院", "institution" },
    { "护理院", "institution" },
    { "福利院", "institution" },
    { "驿站", "station" },
    { "养老驿站", "station" },
    { "社区养老服务站", "station" },
    { "养老照料中心", "district_centre" },
    { "日托", "day_centre" },
    { "助餐点", "meal_point" },
    { "长者食堂", "meal_point" },
    { "老年食堂", "meal_point" },
    { "配餐中心", "central_kitchen" },
    { "社区卫生服务中心", "clinic" },
    { "社区卫生服务站", "clinic" },
    { "卫生院", "clinic" },
    { "药房", "pharmacy" },
    { "超市", "shop" },
    { "银行", "bank" },
    { "居委会", "community_office" },
    { "村委会", "community_office" },
    { NULL, NULL },
};

/* One organisation of the file. */
struct org {
    struct sv key;
    int64_t row;
    bool named;
    size_t site;
};
struct orgs {
    struct org *at;
    size_t n, room;
    int64_t verify_days;
};

static struct sv kind_word(struct sv said)
{
    for (int i = 0; words[i].word; i++)
        if (sv_is(said, words[i].word))
            return sv_of(words[i].kind);
    return said;
}

/* The kind, where field_parse found none: by the words people use. */
static void kind_take(struct import_table *t, struct place *p)
{
    struct sv said = table_cell(t, "kind");
    const struct field *f = field_named(place_fields, SV("kind"));
    if (said.len == 0)
        fail_field(t->im->c, SV("kind"), "field.required");
    else if (!field_parse(t->im->c, f, kind_word(said), p))
        fail_field_args(t->im->c, SV("kind"), "import.kind", said, SV(""));
}

static void verified_take(struct import_table *t, struct sites *s, struct place *p)
{
    struct ctx *c = t->im->c;
    const struct orgs *orgs = s->more;
    struct sv said = table_cell(t, "verified_on");
    struct day seen;
    p->verify_until = day_of(c->now); /* nobody has looked: due at once */
    if (said.len == 0)
        return;
    if (!sv_day(said, &seen) || seen.n > day_of(c->now).n) {
        fail_field(c, SV("verified_on"), "import.verified_on");
        return;
    }
    p->verified_at = moment_at(seen, 0);
    p->verify_until = (struct day){ seen.n + orgs->verify_days };
}

static void org_take(struct import_table *t, struct sites *s, struct site *at)
{
    struct orgs *orgs = s->more;
    struct arena *mem = &t->im->c->mem;
    struct sv named = table_cell(t, "org");
    orgs->at = GROW(mem, orgs->at, s->n, &orgs->room);
    orgs->at[s->n] = (struct org){
        .key = sv_fmt(mem, named.len ? "name:%.*s" : "place:%.*s",
                      SV_ARG(named.len ? named : at->key)),
        .named = named.len != 0,
        .site = s->n,
    };
    at->org = s->n;
    orgs->n = s->n + 1;
}

static void place_finish(struct import_table *t, struct sites *s, struct site *at, void *row)
{
    struct place *p = row;
    kind_take(t, p);
    verified_take(t, s, p);
    p->state = REVIEW_PUBLISHED;
    org_take(t, s, at);
}

/* --- organisations --- */

static int by_key(const void *a, const void *b)
{
    const struct org *x = *(struct org *const *)a, *y = *(struct org *const *)b;
    int order = sv_order(x->key, y->key);
    return order ? order : (x->site > y->site) - (x->site < y->site);
}

/* Of those with the same key the first stands for all; returns how many are left, in key order. */
static size_t orgs_merge(struct sites *s, struct org **sorted)
{
    struct orgs *orgs = s->more;
    size_t left = 0;
    for (size_t i = 0; i < s->n; i++)
        sorted[i] = &orgs->at[i];
    if (s->n)
        qsort(sorted, s->n, sizeof *sorted, by_key);
    for (size_t i = 0; i < s->n; i++) {
        if (left == 0 || !sv_eq(sorted[left - 1]->key, sorted[i]->key))
            sorted[left++] = sorted[i];
        s->at[sorted[i]->site].org = sorted[left - 1]->site;
    }
    return left;
}

static void org_fill(const struct org *o, const struct place *p, struct organisation *ret_org)
{
    record_clear(organisation_fields, ret_org);
    ret_org->id.n = o->row;
    ret_org->row.scope = p->row.scope;
    ret_org->name = o->named ? sv_from(o->key, 5) : p->name;
    (void)choice_of(org_kinds, sv_of(place_kinds[p->kind].key), &ret_org->kind);
    ret_org->division = p->division;
    ret_org->phone = p->phone;
    ret_org->address = p->address;
    ret_org->state = REVIEW_PUBLISHED;
    ret_org->verified_at = p->verified_at;
    ret_org->verify_until = p->verify_until;
}

/* The organisation of one place goes with it. */
static enum err org_renew(struct sites *s, const struct org *o)
{
    struct ctx *c = s->im->c;
    struct organisation fresh, stored;
    bool found;
    if (o->named)
        return ERR_NONE;
    org_fill(o, site_row(s, o->site), &fresh);
    TRY(entity_load(c, &organisation_entity, o->row, &stored, &found));
    if (!found)
        return ERR_NONE;
    stored.name = fresh.name;
    stored.kind = fresh.kind;
    stored.division = fresh.division;
    if (table_has(&s->table, "phone"))
        stored.phone = fresh.phone;
    if (table_has(&s->table, "address"))
        stored.address = fresh.address;
    return entity_update_by_rule(c, &organisation_entity, &stored, stored.row.version, "import");
}

enum { BATCH = 500 };

/* New ones get their ids here, a batch at a time. */
static enum err orgs_store(struct sites *s, struct org **fresh, size_t n)
{
    struct ctx *c = s->im->c;
    struct organisation *rows = NEW(&c->mem, struct organisation, n);
    struct import_key *keys = NEW(&c->mem, struct import_key, n);
    for (size_t i = 0; i < n; i++) {
        TRY(id_next(c, c->house->ids, &fresh[i]->row));
        org_fill(fresh[i], site_row(s, fresh[i]->site), &rows[i]);
        keys[i] = (struct import_key){ fresh[i]->key, fresh[i]->row };
    }
    TRY(entity_bulk(c, &organisation_entity, rows, n));
    return keys_store(s->im, "organisation", keys, n);
}

/* Those that are there already first, then the new ones. */
static enum err orgs_known(struct sites *s, struct org **sorted, size_t n, size_t *ret_fresh)
{
    struct import_keys keys;
    size_t fresh = 0;
    TRY(keys_load(s->im, "organisation", &keys));
    for (size_t i = 0; i < n; i++) {
        sorted[i]->row = keys_row(&keys, sorted[i]->key);
        if (sorted[i]->row)
            TRY(org_renew(s, sorted[i]));
        else
            sorted[fresh++] = sorted[i];
        if (i % BATCH == 0)
            arena_reset(&s->im->c->mem);
    }
    *ret_fresh = fresh;
    return ERR_NONE;
}

static enum err orgs_before(struct import *im, struct sites *s)
{
    struct orgs *orgs = s->more;
    struct org **sorted = NEW(&im->mem, struct org *, s->n);
    size_t fresh, n = orgs_merge(s, sorted);
    TRY(orgs_known(s, sorted, n, &fresh));
    for (size_t i = 0; i < fresh; i += BATCH) {
        TRY(orgs_store(s, sorted + i, fresh - i < BATCH ? fresh - i : BATCH));
        arena_reset(&im->c->mem);
    }
    for (size_t i = 0; i < s->n; i++)
        ((struct place *)site_row(s, i))->org.n = orgs->at[s->at[i].org].row;
    return ERR_NONE;
}

static void place_renew(const struct site *at, const void *row, void *stored)
{
    const struct place *from = row;
    struct place *to = stored;
    (void)at;
    to->kind = from->kind;
    if (moment_known(from->verified_at) && from->verified_at.ms > to->verified_at.ms) {
        to->verified_at = from->verified_at;
        to->verify_until = from->verify_until;
    }
}

/* --- the two imports --- */

enum err import_places(struct import *im, struct sv text)
{
    static const char *const extra[] = { "id",  "kind",        "datum", "division",
                                         "org", "verified_on", NULL };
    static const char *const required[] = { "id", "name", "kind", "lat", "lon", NULL };
    static const struct site_kind kind = {
        .e = &place_entity,
        .names = { extra, required },
        .converts = true,
        .finish = place_finish,
        .before = orgs_before,
        .renew = place_renew,
    };
    struct orgs orgs = { 0 };
    struct sites s = { .more = &orgs };
    struct ctx *c = im->c;
    TRY(parameter_int(c, "directory.verify_days", 0, day_of(c->now), &orgs.verify_days));
    return sites_import(im, text, &kind, &s);
}

enum err import_compounds(struct import *im, struct sv text)
{
    static const char *const extra[] = { "id", "datum", "division", NULL };
    static const char *const required[] = { "id", "name", "lat", "lon", NULL };
    static const struct site_kind kind = { .e = &compound_entity, .names = { extra, required } };
    struct sites s = { 0 };
    return sites_import(im, text, &kind, &s);
}
