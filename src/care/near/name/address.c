/*
 * address.c - a home by its address as people write it, matched by rules (care/address), not by a
 * position. The address comes in a body, so that it stands in no log, and nothing of it is kept.
 */

#include "care/address/book.h"
#include "care/address/address.h"
#include "care/near/name/where.h"

const struct field address_asked_fields[] = {
    FIELD(struct address_asked, text, .required = true, .low = 2, .high = 200, .zh = "地址",
          .en = "Address"),
    { 0 },
};

static bool listed(const struct directory *d, const struct address_found *f,
                   struct listed_found *ret_found)
{
    const struct listed_compound *k = f->compound ? directory_compound(d, f->compound) : NULL;
    const struct listed_division *v = k || !f->division ? NULL : directory_division(d, f->division);
    if (k)
        *ret_found = (struct listed_found){ LISTED_COMPOUND, 0, (uint32_t)(k - d->compound) };
    if (v)
        *ret_found = (struct listed_found){ LISTED_DIVISION, 0, (uint32_t)(v - d->division) };
    return k || v;
}

static void write_whys(struct json *j, unsigned why, enum lang lang)
{
    json_array(j, "why");
    for (size_t i = 0; i < choices_n(address_whys); i++)
        if (why >> i & 1)
            json_text(j, NULL, sv_of(lang == LANG_EN ? address_whys[i].en : address_whys[i].zh));
    json_end(j, ']');
}

/* Two candidates in one compound (its buildings) are one answer here. */
static void write_others(struct json *j, const struct directory *d, const struct address_match *m)
{
    struct listed_found seen[ADDRESS_CANDIDATES], f;
    size_t n = 0;
    json_array(j, "others");
    for (size_t i = 0; i < m->others; i++) {
        size_t k = 0;
        if (!listed(d, &m->other[i], &f))
            continue;
        while (k < n && (seen[k].kind != f.kind || seen[k].ref != f.ref))
            k++;
        if (k < n)
            continue;
        seen[n++] = f;
        where_item_json(j, NULL, d, &f);
    }
    json_end(j, ']');
}

static void write_match(struct ctx *c, struct json *j, const struct directory *d,
                        const struct address_match *m)
{
    struct listed_found f;
    bool found = m->best.level != ADDRESS_NONE && listed(d, &m->best, &f);
    json_bool(j, "found", found);
    if (found) {
        where_item_json(j, "item", d, &f);
        json_int(j, "score", m->best.score);
        json_text(j, "level", sv_of(address_levels[m->best.level].key));
        if (m->best.building_text.len)
            json_text(j, "building", m->best.building_text);
    }
    write_whys(j, found ? m->best.why : 0, c->lang);
    write_others(j, d, m);
}

enum err address_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct address_asked *asked = q->body;
    const struct address_index *ix;
    struct address_match m;
    struct directory *d;
    TRY(address_enter(c, &ix));
    address_match(&c->mem, ix, asked->text, 0, &m);
    enum err err = directory_enter(c, &d);
    if (!err) {
        write_match(c, &a->json, d, &m);
        directory_leave(c, d);
    }
    address_leave(c, ix);
    return err;
}
