/*
 * chain.c - seals over history: Merkle roots that name their rows and the seal before.
 *
 * On PostgreSQL rows commit out of the order of their ids, so a seal lists its rows instead of
 * claiming a range; each run looks a little behind the newest row sealed, and once a minute
 * further, for what was committed late. history_check tells what was missed all the same.
 */

#include "model/history/history.h"
#include "model/inside.h"
#include "model/jobs.h"

#include <stdlib.h>
#include <string.h>

SQL(history_from);
SQL(history_one);
SQL(history_count);
SQL(seal_last);
SQL(seals_reaching);
SQL(seals_after);
SQL(seal_add);

enum { SEAL_MAX = 4096, BEHIND_MS = 10000, FAR_BEHIND_MS = 600000, SEALS_AT_ONCE = 8 };

/* --- ids as bytes --- */

struct ids { int64_t *at; size_t n, room; };

static void ids_add(struct arena *mem, struct ids *ids, int64_t id)
{
    ids->at = GROW(mem, ids->at, ids->n, &ids->room);
    ids->at[ids->n++] = id;
}

static struct sv ids_pack(struct arena *mem, const struct ids *ids)
{
    struct buf b = buf_new(mem, 8 * ids->n + 1);
    for (size_t i = 0; i < ids->n; i++)
        for (int k = 0; k < 8; k++)
            buf_byte(&b, (char)(ids->at[i] >> (8 * k)));
    return buf_sv(&b);
}

static void ids_unpack(struct arena *mem, struct sv bytes, struct ids *ids)
{
    for (size_t i = 0; i + 8 <= bytes.len; i += 8) {
        uint64_t id = 0;
        for (int k = 0; k < 8; k++)
            id |= (uint64_t)(uint8_t)bytes.at[i + (size_t)k] << (8 * k);
        ids_add(mem, ids, (int64_t)id);
    }
}

static int id_order(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static bool ids_have(const struct ids *ids, int64_t id)
{
    return ids->n && bsearch(&id, ids->at, ids->n, sizeof id, id_order);
}

/* --- the tree: leaves and nodes are hashed apart, so neither passes for the other --- */

struct leaves { uint8_t (*at)[HASH_SIZE]; size_t n; };

static void leaf_of(struct sv row_hash, uint8_t ret_leaf[HASH_SIZE])
{
    const struct sv parts[] = { SV("row"), row_hash };
    seal_hash(parts, 2, ret_leaf);
}

static struct sv merkle_root(struct arena *mem, struct leaves *l)
{
    while (l->n > 1) {
        size_t half = 0;
        for (size_t i = 0; i < l->n; i += 2) {
            const struct sv parts[] = { SV("node"), { (char *)l->at[i], HASH_SIZE },
                                        { (char *)l->at[i + 1 < l->n ? i + 1 : i], HASH_SIZE } };
            uint8_t node[HASH_SIZE];
            seal_hash(parts, i + 1 < l->n ? 3 : 2, node);
            memcpy(l->at[half++], node, HASH_SIZE);
        }
        l->n = half;
    }
    struct buf b = buf_new(mem, 2 * HASH_SIZE + 1);
    buf_hex(&b, l->at[0], HASH_SIZE);
    return buf_sv(&b);
}

/* --- sealing --- */

struct chain_seal {
    int64_t       seq;
    struct ids    ids;
    struct sv     bytes, root, previous, hash;
    struct moment at;
    int64_t       last_id;
};

static struct sv seal_digest(struct arena *mem, const struct chain_seal *s)
{
    const struct sv parts[] = { sv_fmt(mem, "%lld %lld", (long long)s->seq, (long long)s->at.ms),
                                s->bytes, s->root, s->previous };
    uint8_t hash[HASH_SIZE];
    seal_hash(parts, 4, hash);
    struct buf b = buf_new(mem, 2 * HASH_SIZE + 1);
    buf_hex(&b, hash, HASH_SIZE);
    return buf_sv(&b);
}

/* The newest seal; seq 0 when there is none. */
static enum err last_seal(struct ctx *c, struct chain_seal *s)
{
    *s = (struct chain_seal){ 0 };
    struct rows r = db_rows(c, &sql_seal_last, NO_PARAMS);
    if (rows_next(&r)) {
        s->seq = rows_int(&r, 0);
        s->last_id = rows_int(&r, 1);
        s->hash = rows_text(&r, 5);
    }
    return rows_end(&r);
}

/* Rows sealed already, of those above `from`. */
static enum err known_ids(struct ctx *c, int64_t from, struct ids *ret_known)
{
    struct ids all = { 0 };
    struct rows r = db_rows(c, &sql_seals_reaching, PARAMS(P_INT("id", from)));
    while (rows_next(&r))
        ids_unpack(&c->mem, rows_text(&r, 0), &all);
    TRY(rows_end(&r));
    *ret_known = (struct ids){ 0 };
    for (size_t i = 0; i < all.n; i++)
        if (all.at[i] > from)
            ids_add(&c->mem, ret_known, all.at[i]);
    if (ret_known->n)
        qsort(ret_known->at, ret_known->n, sizeof(int64_t), id_order);
    return ERR_NONE;
}

static enum err unsealed(struct ctx *c, int64_t from, struct ids *ret_ids,
                         struct leaves *ret_leaves)
{
    struct ids known;
    TRY(known_ids(c, from, &known));
    ret_leaves->at = arena_take(&c->mem, SEAL_MAX * HASH_SIZE, 1);
    struct rows r = db_rows(c, &sql_history_from,
                            PARAMS(P_INT("id", from), P_INT("n", (int64_t)known.n + SEAL_MAX)));
    while (rows_next(&r)) {
        int64_t id = rows_int(&r, 0);
        if (ids_have(&known, id) || ret_ids->n == SEAL_MAX)
            continue;
        ids_add(&c->mem, ret_ids, id);
        leaf_of(rows_text(&r, 1), ret_leaves->at[ret_leaves->n++]);
    }
    return rows_end(&r);
}

static int64_t look_from(const struct ctx *c, int64_t last_id)
{
    if (last_id == 0)
        return 0;
    int64_t behind = (c->now.ms / 1000) % 60 == 0 ? FAR_BEHIND_MS : BEHIND_MS;
    return id_make(id_moment(last_id).ms - behind, 0, 0);
}

enum err history_seal(struct ctx *c, int64_t *ret_n)
{
    struct chain_seal last, s = { .at = c->now };
    struct leaves leaves = { 0 };
    TRY(last_seal(c, &last));
    TRY(unsealed(c, look_from(c, last.last_id), &s.ids, &leaves));
    *ret_n = (int64_t)s.ids.n;
    if (s.ids.n == 0)
        return ERR_NONE;
    s.seq = last.seq + 1;
    s.previous = last.hash;
    s.bytes = ids_pack(&c->mem, &s.ids);
    s.root = merkle_root(&c->mem, &leaves);
    int64_t highest = s.ids.at[s.ids.n - 1];
    struct param list[] = {
        P_INT("seq", s.seq), P_INT("first_id", s.ids.at[0]),
        P_INT("last_id", highest > last.last_id ? highest : last.last_id),
        P_INT("count", (int64_t)s.ids.n), { "ids", V_BLOB(s.bytes) }, P_TEXT("root", s.root),
        P_TEXT("previous", s.previous), P_TEXT("hash", seal_digest(&c->mem, &s)),
        P_INT("now", c->now.ms),
    };
    return db_run(c, &sql_seal_add,
                  (struct params){ .list = list, .n = sizeof list / sizeof list[0] }, NULL);
}

/* --- verifying --- */

struct checking {
    struct buf   *findings;
    int64_t       seq;
    struct sv     previous;
    int64_t       sealed, mark;          /* rows seen under a seal, of those up to this id */
    struct moment last_at;               /* of the newest seal */
};

static enum err row_hash(struct ctx *c, int64_t id, struct checking *k, struct sv *ret_hash)
{
    struct history h;
    bool found;
    record_clear(history_fields, &h);
    TRY(db_find(c, &sql_history_one, PARAMS(P_INT("id", id)), history_fields, &h, &found));
    *ret_hash = found ? history_hash(&c->mem, &h) : SV("");
    if (!found)
        buf_fmt(k->findings, "history %lld is sealed but missing\n", (long long)id);
    else if (!sv_eq(*ret_hash, h.hash))
        buf_fmt(k->findings, "history %lld was changed\n", (long long)id);
    return ERR_NONE;
}

static enum err seal_verify(struct ctx *c, const struct chain_seal *s, struct checking *k)
{
    struct leaves leaves = { .at = arena_take(&c->mem, (s->ids.n + 1) * HASH_SIZE, 1) };
    for (size_t i = 0; i < s->ids.n; i++) {
        struct sv hash;
        TRY(row_hash(c, s->ids.at[i], k, &hash));
        leaf_of(hash, leaves.at[leaves.n++]);
        k->sealed += s->ids.at[i] <= k->mark;
    }
    if (s->seq != k->seq + 1)
        buf_fmt(k->findings, "seal %lld follows %lld\n", (long long)s->seq, (long long)k->seq);
    if (!sv_eq(s->previous, k->previous) || !sv_eq(s->hash, seal_digest(&c->mem, s)))
        buf_fmt(k->findings, "seal %lld was changed\n", (long long)s->seq);
    if (leaves.n == 0 || !sv_eq(s->root, merkle_root(&c->mem, &leaves)))
        buf_fmt(k->findings, "seal %lld does not hold over its rows\n", (long long)s->seq);
    k->seq = s->seq;
    k->last_at = s->at;
    return ERR_NONE;
}

/* The next few seals; *ret_n 0 at the end. */
static enum err seals_step(struct ctx *c, struct checking *k, char *previous, size_t *ret_n)
{
    struct chain_seal seals[SEALS_AT_ONCE];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_seals_after,
                            PARAMS(P_INT("seq", k->seq), P_INT("n", SEALS_AT_ONCE)));
    while (rows_next(&r)) {
        struct chain_seal *s = &seals[n++];
        *s = (struct chain_seal){ .seq = rows_int(&r, 0), .bytes = rows_text(&r, 1),
                                  .root = rows_text(&r, 2), .previous = rows_text(&r, 3),
                                  .hash = rows_text(&r, 4), .at = { rows_int(&r, 5) } };
        ids_unpack(&c->mem, s->bytes, &s->ids);
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        TRY(seal_verify(c, &seals[i], k));
        k->previous = sv_head(seals[i].hash, 2 * HASH_SIZE);
        memcpy(previous, k->previous.at, k->previous.len);       /* outlives this step's memory */
        k->previous.at = previous;
    }
    *ret_n = n;
    return ERR_NONE;
}

/* A sealer that runs leaves nothing unsealed for so long, whatever commits late. */
static enum err unsealed_check(struct ctx *c, const struct checking *k)
{
    int64_t rows;
    TRY(db_int(c, &sql_history_count, PARAMS(P_INT("id", k->mark)), &rows));
    if (rows <= k->sealed)
        return ERR_NONE;
    buf_fmt(k->findings, "%lld rows of history are not sealed after %d minutes; ",
            (long long)(rows - k->sealed), FAR_BEHIND_MS / 60000);
    if (k->seq == 0) {
        buf_text(k->findings, "none ever was: the job worker has not run\n");
        return ERR_NONE;
    }
    buf_text(k->findings, "the last seal is of ");
    buf_moment(k->findings, k->last_at);
    buf_byte(k->findings, '\n');
    return ERR_NONE;
}

enum err history_check(struct ctx *c, struct buf *ret_findings)
{
    char previous[2 * HASH_SIZE];
    struct checking k = { .findings = ret_findings, .previous = SV(""),
                          .mark = id_make(c->now.ms - FAR_BEHIND_MS, 0, 0) };
    struct ctx own = *c;                             /* millions of rows pass: its own memory */
    own.mem = (struct arena){ 0 };
    enum err e = ERR_NONE;
    for (size_t n = 1; e == ERR_NONE && n > 0; arena_reset(&own.mem))
        e = seals_step(&own, &k, previous, &n);
    arena_free(&own.mem);
    if (e != ERR_NONE)
        return fail(c, e, own.fault.key, "could not verify history behind seal %lld",
                    (long long)k.seq);
    return unsealed_check(c, &k);
}

/* --- the job --- */

static enum err seal_once(struct ctx *c, void *n)
{
    return history_seal(c, n);
}

enum err job_history_seal(struct ctx *c, const struct job *j)
{
    (void)j;
    int64_t n = SEAL_MAX;
    while (n == SEAL_MAX)
        TRY(transaction_batch(c, seal_once, &n));
    return ERR_NONE;
}
