/* texts.c - of each place the part of its answer that never changes, written once. */

#include "base/json.h"
#include "care/elder/elder.h"
#include "care/near/make/build.h"

#include <assert.h>

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
static struct sv price_text(struct arena *mem, int64_t from, int64_t to, int unit, int lang)
{
    struct buf b = buf_new(mem, 32);
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
static void put_members(struct buf *out, const struct buf *object)
{
    struct sv all = buf_sv(object);
    buf_put(out, (struct sv){ all.at + 1, all.len - 2 });
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

/* What an institution is chosen by, as far as somebody has said it. */
static void write_care(struct json *j, const struct listed_care *care)
{
    if (care->mode)
        json_text(j, "operation_mode", sv_of(operation_modes[care->mode].key));
    if (care->medical)
        json_text(j, "medical", sv_of(medical_ways[care->medical].key));
    if (!care->levels)
        return;
    json_array(j, "levels");
    for (size_t i = 0; i < choices_n(ability_grades); i++)
        if (care->levels >> i & 1)
            json_text(j, NULL, sv_of(ability_grades[i].key));
    json_end(j, ']');
}

static void write_fixed(struct json *j, const struct directory *d, uint32_t i,
                        const struct place_facts *f, int64_t from)
{
    const struct listed_place *p = &d->place[i];
    json_id(j, "id", p->id);
    json_text(j, "name", p->name);
    json_text(j, "kind", sv_of(place_kinds[d->kind[i]].key));
    if (p->org) {
        json_id(j, "org", p->org);
        json_text(j, "org_name", f->org_name);
    }
    json_fixed(j, "lat", p->at.lat_e7, 7);
    json_fixed(j, "lon", p->at.lon_e7, 7);
    if (f->phone.len)
        json_text(j, "phone", f->phone);
    if (p->address.len)
        json_text(j, "address", p->address);
    if (from)
        json_int(j, "price_from", from);
    if (f->verified_ms)
        json_moment(j, "verified_at", (struct moment){ f->verified_ms });
    if (f->rating_level)
        json_int(j, "rating_level", f->rating_level);
    if (f->beds_free >= 0)
        json_int(j, "beds_free", f->beds_free);
    write_care(j, &d->care[i]);
    write_offers(j, d, p);
}

static void write_words(struct json *j, const struct directory *d, uint32_t i, enum lang lang,
                        const struct place_facts *f, struct sv price)
{
    const struct choice *kind = &place_kinds[d->kind[i]];
    struct sv rating = place_rating_text(j->out->mem, f->rating_scheme, f->rating_level, lang);
    json_text(j, "kind_name", sv_of(lang == LANG_ZH ? kind->zh : kind->en));
    if (price.len)
        json_text(j, "price_text", price);
    if (rating.len)
        json_text(j, "rating_text", rating);
}

/* One object of the answer in `mem`, to be cut out of its braces. */
static struct buf object_of(struct arena *mem, const struct directory *d, uint32_t i,
                            const struct place_facts *f, int lang)
{
    int unit = 0;
    int64_t from = price_from(d, &d->place[i], f, &unit);
    struct buf b = buf_new(mem, 600);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    if (lang == NEAR_LANGS)
        write_fixed(&j, d, i, f, from);
    else
        write_words(&j, d, i, (enum lang)lang, f, price_text(mem, from, f->price_high, unit, lang));
    json_end(&j, '}');
    return b;
}

static void write_text(struct directory *d, struct arena *mem, uint32_t i,
                       const struct place_facts *f)
{
    struct buf zh = object_of(mem, d, i, f, LANG_ZH), en = object_of(mem, d, i, f, LANG_EN);
    struct buf fixed = object_of(mem, d, i, f, NEAR_LANGS), all = buf_new(mem, 1024);
    struct listed_text *t = &d->text[i];
    put_members(&all, &zh);
    buf_byte(&all, ',');
    size_t zh_n = all.len;
    put_members(&all, &fixed);
    size_t fixed_n = all.len - zh_n;
    buf_byte(&all, ',');
    put_members(&all, &en);
    assert(all.len <= UINT16_MAX);
    t->zh_n = (uint16_t)zh_n;
    t->fixed_n = (uint16_t)fixed_n;
    t->en_n = (uint16_t)(all.len - zh_n - fixed_n);
    t->at = sv_copy(&d->mem, buf_sv(&all)).at;
    t->due_on = f->due_on;
    if (f->verified_ms)
        t->verified_on = (int32_t)day_of((struct moment){ f->verified_ms }).n;
}

void directory_texts(struct directory *d, const struct place_facts *facts)
{
    struct arena scratch = { 0 };
    for (uint32_t i = 0; i < d->places; i++) {
        write_text(d, &scratch, i, &facts[i]);
        arena_reset(&scratch);
    }
    arena_free(&scratch);
}
