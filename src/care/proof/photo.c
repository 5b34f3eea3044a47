/* photo.c - a photograph seen before: looked at by the worker, found by its likeness. */

#include "care/parameter/parameter.h"
#include "care/proof/inside.h"
#include "http/file/file_small.h"
#include "picture/picture.h"

SQL(photo_alike);
SQL(photo_mark_add);
SQL(photo_marked);

/*
 * A photo's likeness, once for each of its eight bytes: two that differ in at most seven bits
 * have one byte in common, so an index over bytes finds every one of them.
 */
enum { BANDS = 8, BITS_MAX = BANDS - 1 };

static const struct column mark_columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true },
    { .name = "proof", .type = VALUE_INT, .not_null = true },
    { .name = "org", .type = VALUE_INT, .not_null = true },
    { .name = "visit", .type = VALUE_INT, .not_null = true },
    { .name = "band", .type = VALUE_INT, .not_null = true },
    { .name = "value", .type = VALUE_INT, .not_null = true },
    { .name = "likeness", .type = VALUE_INT, .not_null = true },
};
static const struct index mark_indexes[] = {
    { .name = "alike", .columns = "org, band, value" },
    { .name = "proof", .columns = "proof, band", .unique = true },
    { 0 },
};
const struct table photo_tables[] = {
    { .name = "photo_mark", .columns = mark_columns,
      .columns_n = sizeof mark_columns / sizeof mark_columns[0], .indexes = mark_indexes },
    { 0 },
};

struct looked { struct proof proof; uint64_t likeness; bool readable; };

static int64_t band_of(uint64_t likeness, int band)
{
    return (int64_t)(likeness >> (band * 8) & 0xFF);
}

/* The visit with the nearest photo within so many bits; 0: none. */
static enum err find_alike(struct ctx *c, const struct looked *l, int64_t bits,
                           struct proof *ret_proof)
{
    int best = (int)bits + 1;
    struct visit_id mate;
    TRY(proof_mate(c, l->proof.visit, &mate));
    for (int band = 0; band < BANDS; band++) {
        struct rows r =
            db_rows(c, &sql_photo_alike,
                    PARAMS(P_INT("org", l->proof.org.n), P_INT("band", band),
                           P_INT("value", band_of(l->likeness, band)),
                           P_INT("visit", l->proof.visit.n), P_INT("mate", mate.n)));
        while (rows_next(&r)) {
            int far = picture_distance(l->likeness, (uint64_t)rows_int(&r, 1));
            if (far < best) {
                best = far;
                ret_proof->other.n = rows_int(&r, 0);
                ret_proof->measure = far;
            }
        }
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

static enum err mark(struct ctx *c, const struct looked *l)
{
    int64_t n, id;
    TRY(db_int(c, &sql_photo_marked, PARAMS(P_INT("proof", l->proof.id.n)), &n));
    for (int band = 0; n == 0 && band < BANDS; band++) {
        TRY(id_next(c, c->house->ids, &id));
        TRY(db_run(c, &sql_photo_mark_add,
                   PARAMS(P_INT("id", id), P_INT("proof", l->proof.id.n),
                          P_INT("org", l->proof.org.n),
                          P_INT("visit", l->proof.visit.n), P_INT("band", band),
                          P_INT("value", band_of(l->likeness, band)),
                          P_INT("likeness", (int64_t)l->likeness)), NULL));
    }
    return ERR_NONE;
}

static enum err judge(struct ctx *c, struct looked *l, enum proof_why *ret_why)
{
    int64_t bits;
    *ret_why = WHY_PHOTO_UNREADABLE;
    if (!l->readable)
        return ERR_NONE;
    *ret_why = WHY_PHOTO_BLANK;
    if (picture_blank(l->likeness))
        return ERR_NONE;
    TRY(parameter_int(c, "proof.photo_bits", l->proof.row.scope, day_of(l->proof.at), &bits));
    l->proof.bound = bits < 0 ? 0 : bits > BITS_MAX ? BITS_MAX : bits;
    TRY(find_alike(c, l, l->proof.bound, &l->proof));
    *ret_why = l->proof.other.n ? WHY_PHOTO_SEEN : WHY_PHOTO_NEW;
    return mark(c, l);
}

static enum err looked_at(struct ctx *c, void *arg)
{
    struct looked *l = arg;
    bool found;
    enum proof_why why;
    TRY(entity_load(c, &proof_entity, l->proof.id.n, &l->proof, &found));
    if (!found || l->proof.result != PROOF_PENDING)
        return ERR_NONE;                                 /* a run before a crash has done it */
    TRY(judge(c, l, &why));
    l->proof.why = (int)why;
    l->proof.result = proof_reasons[why].result;
    l->proof.weight = proof_reasons[why].weight;
    return entity_update_by_rule(c, &proof_entity, &l->proof, l->proof.row.version, "looked_at");
}

enum err job_proof_photo(struct ctx *c, const struct job *j)
{
    const struct json_value *tree;
    struct looked l = { 0 };
    struct sv jpeg;
    bool found;
    TRY(json_parse(c, j->input, &tree));
    if (!json_id_of(json_member(tree, "proof"), &l.proof.id.n))
        return fail(c, ERR_MALFORMED, "json.malformed", "job without a proof");
    TRY(entity_load(c, &proof_entity, l.proof.id.n, &l.proof, &found));
    if (!found || l.proof.file_hash.len == 0)
        return ERR_NONE;
    enum err e = small_read(c, l.proof.file_hash, &jpeg);
    if (e == ERR_NONE)
        e = picture_likeness(c, jpeg, &l.likeness);
    if (e != ERR_NONE && e != ERR_INVALID)
        return e;
    l.readable = e == ERR_NONE;
    ctx_forgive(c);
    return transaction(c, looked_at, &l);
}
