/* upload.c - a file becomes a batch: kept sealed, its header and columns guessed. */

#include "care/intake/inside.h"
#include "model/seal/seal.h"

SQL(import_source_of);

static enum err source_known(struct ctx *c, const struct intake_new *n, struct import_batch *b,
                             struct sv *ret_mapping)
{
    struct import_source s;
    int64_t id;
    bool found = false;
    *ret_mapping = SV("");
    TRY(db_int(c, &sql_import_source_of,
               PARAMS(P_TEXT("entity", b->entity), P_TEXT("name", n->source),
                      P_ID("org", b->org.n)), &id));
    if (id)
        TRY(entity_load(c, &import_source_entity, id, &s, &found));
    if (!found)
        return ERR_NONE;
    b->source = s.id;
    *ret_mapping = s.mapping.json;
    return ERR_NONE;
}

static enum err guess_into(struct ctx *c, const struct import_rule *r, struct sv bytes,
                           struct sv remembered, struct import_batch *b)
{
    struct sheet_book *book;
    struct page_guess found;
    TRY(sheet_open(c, bytes, &book));
    enum err e = pages_guess(c, r, book, &found);
    sheet_close(book);
    TRY(e);
    if (found.heads.n == 0)
        return fail(c, ERR_INVALID, "intake.no_rows", "the sheet holds no row");
    TRY(guess_remember(c, r, remembered, &found.heads, &found.guess));
    b->sheet = (int64_t)found.page + 1;
    guess_place(&found.heads, &found.guess, b);
    b->mapping.json = map_json(&c->mem, &found.guess.map);
    return ERR_NONE;
}

void guess_place(const struct head_rows *h, const struct guess *g, struct import_batch *b)
{
    b->header_row = h->rows[g->first].number;
    b->header_rows = h->rows[g->first + g->rows - 1].number - b->header_row + 1;
}

enum err batch_prepare(struct ctx *c, const struct intake_new *n, struct sv bytes,
                       struct import_batch *ret_batch)
{
    struct import_batch b;
    struct sv remembered;
    const struct import_rule *r = import_rule_of(n->entity);
    if (!r)
        return fail(c, ERR_MISSING, "intake.entity", "no lists are taken in for this entity");
    if (!entity_may_create(c, r->entity) || !entity_may_update(c, r->entity))
        return fail(c, ERR_FORBIDDEN, "intake.may_not", "the caller may not write %s",
                    r->entity->name);
    record_clear(import_batch_fields, &b);
    TRY(id_next(c, c->house->ids, &b.id.n));
    bool house = c->who == NULL || c->who == &who_house;
    b.entity = n->entity;
    b.file_name = n->file_name.len ? sv_runes_head(n->file_name, 100) : SV("名单");
    b.account.n = house ? 0 : c->who->account;
    b.org.n = house ? 0 : c->who->org;
    b.size = (int64_t)bytes.len;
    b.file_hash = seal_hash_hex(&c->mem, bytes);
    TRY(source_known(c, n, &b, &remembered));
    TRY(guess_into(c, r, bytes, remembered, &b));
    TRY(kept_put(c, b.id.n, "file", bytes, &b.sealed_hash));
    *ret_batch = b;
    return ERR_NONE;
}

enum err intake_upload(struct ctx *c, const struct intake_new *n, struct sv bytes,
                       struct import_batch *ret_batch)
{
    TRY(batch_prepare(c, n, bytes, ret_batch));
    return entity_create(c, &import_batch_entity, ret_batch);
}
