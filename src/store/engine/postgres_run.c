/* postgres_run.c - preparing, binding and running on PostgreSQL, and COPY. */

#include "store/engine/postgres.h"

#include <endian.h>
#include <stdio.h>
#include <string.h>

enum { COPY_CHUNK = 64 * 1024 };

/*
 * A statement prepared for values of these types. An optional filter, `$1 IS NULL OR carer = $1`,
 * is prepared apart for "given" and "not given": the server can neither tell the type of a
 * parameter from IS NULL nor plan well for both.
 */
struct slot {
    Oid  type;
    bool asked;                      /* the text says IS [NOT] NULL of it … */
    bool was_null;                   /* … and this was the answer */
    bool used;                       /* elsewhere in the text */
};
struct prepared { char name[24]; int n; struct slot slots[]; };

/* --- preparing --- */

static Oid type_of(struct value v)
{
    static const Oid types[] = {
        [VALUE_NULL] = 0,        [VALUE_INT] = OID_INT8,   [VALUE_REAL] = OID_FLOAT8,
        [VALUE_TEXT] = OID_TEXT, [VALUE_BLOB] = OID_BYTEA,
    };
    return types[v.type];
}

static bool takes(const struct prepared *p, const struct statement *s)
{
    for (int i = 0; i < s->n; i++) {
        bool null = s->values[i].type == VALUE_NULL;
        if (p->slots[i].asked && p->slots[i].was_null != null)
            return false;
        if (!null && p->slots[i].type != type_of(s->values[i]))
            return false;
    }
    return p->n == s->n;
}

/* What stands at the head of `rest`, up to and with the closing quote or one byte. */
static size_t piece_len(struct sv rest)
{
    char quote = rest.at[0];
    if (quote != '\'' && quote != '"')
        return 1;
    ptrdiff_t end = sv_find_byte(sv_from(rest, 1), quote);
    return end < 0 ? rest.len : (size_t)end + 2;
}

/* "$12…" gives 12 and its length; 0 when no parameter stands there. */
static int parameter(struct sv rest, size_t *ret_len)
{
    int n = 0;
    size_t len = 1;
    while (rest.at[0] == '$' && len < rest.len && rest.at[len] >= '0' && rest.at[len] <= '9' &&
           n < 10000)
        n = n * 10 + (rest.at[len++] - '0');
    *ret_len = len;
    return n;
}

/* The text with the questions for NULL answered; notes which are asked, which used elsewhere. */
static struct sv answered(struct ctx *c, const struct statement *s, struct slot *slots)
{
    static const struct sv is_null = SV_INIT(" IS NULL"), is_given = SV_INIT(" IS NOT NULL");
    struct buf out = buf_new(&c->mem, s->text.len + 64);
    size_t len;
    for (struct sv rest = s->text; rest.len > 0; rest = sv_from(rest, len)) {
        int n = parameter(rest, &len);
        if (n == 0 || n > s->n) {
            len = n ? len : piece_len(rest);
            buf_put(&out, sv_head(rest, len));
            continue;
        }
        struct slot *at = &slots[n - 1];
        struct sv behind = sv_from(rest, len);
        bool null = sv_starts(behind, is_null), given = sv_starts(behind, is_given);
        at->asked = at->asked || null || given;
        at->used = at->used || !(null || given);
        if (null || given)
            buf_text(&out, null == at->was_null ? "true" : "false");
        else
            buf_put(&out, sv_head(rest, len));
        len += null ? is_null.len : given ? is_given.len : 0;
    }
    return (struct sv){ buf_cstr(&out), out.len };
}

static void let_go(struct postgres *p, struct cached *at)
{
    if (!at->handle)
        return;
    char text[48];
    snprintf(text, sizeof text, "DEALLOCATE %s", ((struct prepared *)at->handle)->name);
    PQclear(PQexec(p->link, text));
    block_free(at->handle);
    at->handle = NULL;
}

/* A NULL says nothing of its type, so the server is asked what it took it for. */
static enum err ask_types(struct ctx *c, struct postgres *p, const struct statement *s,
                          struct prepared *made)
{
    PGresult *r = PQdescribePrepared(p->link, made->name);
    enum err e =
        PQresultStatus(r) == PGRES_COMMAND_OK ? ERR_NONE : postgres_refuse(c, p, r, s->name);
    for (int i = 0; !e && i < s->n; i++)
        made->slots[i].type = PQparamtype(r, i);
    PQclear(r);
    return e;
}

static enum err make(struct ctx *c, struct postgres *p, const struct statement *s,
                     struct prepared *made)
{
    bool unsure = false;
    made->n = s->n;
    for (int i = 0; i < s->n; i++)
        made->slots[i].was_null = s->values[i].type == VALUE_NULL;
    struct sv text = answered(c, s, made->slots);
    Oid *types = NEW(&c->mem, Oid, s->n);
    for (int i = 0; i < s->n; i++) {
        Oid type = type_of(s->values[i]);
        types[i] = made->slots[i].type = type || made->slots[i].used ? type : OID_TEXT;
        unsure = unsure || !types[i];
    }
    snprintf(made->name, sizeof made->name, "s%lld", (long long)++p->prepared);
    PGresult *r = PQprepare(p->link, made->name, text.at, s->n, types);
    enum err e =
        PQresultStatus(r) == PGRES_COMMAND_OK ? ERR_NONE : postgres_refuse(c, p, r, s->name);
    PQclear(r);
    if (!e && unsure)
        e = ask_types(c, p, s, made);
    return e;
}

static enum err prepare(struct ctx *c, struct postgres *p, const struct statement *s,
                        struct prepared **ret)
{
    struct cached *set = cache_set(&p->cache, s);
    for (int i = 0; i < CACHE_WAYS; i++) {
        if (cache_is(&set[i], s) && takes(set[i].handle, s)) {
            set[i].used = ++p->cache.clock;
            *ret = set[i].handle;
            return ERR_NONE;
        }
    }
    struct prepared *made = block_take(sizeof *made + (size_t)s->n * sizeof(struct slot));
    enum err e = make(c, p, s, made);
    if (e) {
        block_free(made);
        return e;
    }
    struct cached *room = cache_room(set);               /* none is ever busy here */
    let_go(p, room);
    cache_put(&p->cache, room, s, made);
    *ret = made;
    return ERR_NONE;
}

enum err postgres_prepare(struct ctx *c, struct db *db, const struct statement *s)
{
    struct postgres *p = (struct postgres *)db;
    struct prepared *made;
    TRY(postgres_ensure(c, p));
    return prepare(c, p, s, &made);
}

/* --- values --- */

struct bound { const char **at; int *len, *binary; };

static void put_int(struct ctx *c, struct bound *b, int i, int64_t n, Oid type)
{
    if (type != OID_INT8) {
        b->at[i] = sv_fmt(&c->mem, "%lld", (long long)n).at;
        return;
    }
    uint64_t *big = NEW(&c->mem, uint64_t, 1);
    *big = htobe64((uint64_t)n);
    b->at[i] = (const char *)big;
    b->len[i] = sizeof *big;
    b->binary[i] = 1;
}

static void put_value(struct ctx *c, struct bound *b, int i, struct value v, Oid type)
{
    switch (v.type) {
    case VALUE_NULL:
        break;
    case VALUE_INT:
        put_int(c, b, i, v.n, type);
        break;
    case VALUE_REAL:
        b->at[i] = sv_fmt(&c->mem, "%.17g", v.real).at;
        break;
    case VALUE_TEXT:
    case VALUE_BLOB:
        b->at[i] = v.text.at ? v.text.at : "";
        b->len[i] = (int)v.text.len;
        b->binary[i] = 1;
        break;
    }
}

enum err postgres_execute(struct ctx *c, struct postgres *p, const struct statement *s,
                          PGresult **ret)
{
    struct prepared *how;
    TRY(postgres_ensure(c, p));
    TRY(prepare(c, p, s, &how));
    struct bound b = { NEW(&c->mem, const char *, s->n), NEW(&c->mem, int, s->n),
                       NEW(&c->mem, int, s->n) };
    for (int i = 0; i < s->n; i++)
        put_value(c, &b, i, s->values[i], how->slots[i].type);
    PGresult *r = PQexecPrepared(p->link, how->name, s->n, b.at, b.len, b.binary, 0);
    ExecStatusType status = PQresultStatus(r);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        *ret = r;
        return ERR_NONE;
    }
    enum err e = postgres_refuse(c, p, r, s->name);
    PQclear(r);
    return e;
}

/* --- COPY --- */

static void copy_text(struct buf *b, struct sv s)
{
    for (size_t i = 0; i < s.len; i++) {
        switch (s.at[i]) {
        case '\\': buf_text(b, "\\\\"); break;
        case '\n': buf_text(b, "\\n"); break;
        case '\r': buf_text(b, "\\r"); break;
        case '\t': buf_text(b, "\\t"); break;
        default:   buf_byte(b, s.at[i]); break;
        }
    }
}

static void copy_value(struct buf *b, struct value v)
{
    switch (v.type) {
    case VALUE_NULL: buf_text(b, "\\N"); break;
    case VALUE_INT:  buf_int(b, v.n); break;
    case VALUE_REAL: buf_fmt(b, "%.17g", v.real); break;
    case VALUE_TEXT: copy_text(b, v.text); break;
    case VALUE_BLOB:
        buf_text(b, "\\\\x");
        buf_hex(b, (const uint8_t *)v.text.at, v.text.len);
        break;
    }
}

static bool copy_rows(struct ctx *c, struct postgres *p, const struct bulk *k)
{
    struct buf b = buf_new(&c->mem, COPY_CHUNK + 4096);
    for (size_t i = 0; i < k->rows; i++) {
        const struct value *row = k->values + i * (size_t)k->columns_n;
        for (int j = 0; j < k->columns_n; j++) {
            if (j)
                buf_byte(&b, '\t');
            copy_value(&b, row[j]);
        }
        buf_byte(&b, '\n');
        if (b.len < COPY_CHUNK && i + 1 < k->rows)
            continue;
        if (PQputCopyData(p->link, b.at, (int)b.len) != 1)
            return false;
        b.len = 0;
    }
    return true;
}

static enum err copy_end(struct ctx *c, struct postgres *p, const char *table, const char *why)
{
    PQputCopyEnd(p->link, why);
    enum err e = ERR_NONE;
    for (PGresult *r; (r = PQgetResult(p->link)); PQclear(r))
        if (PQresultStatus(r) != PGRES_COMMAND_OK && !e)
            e = postgres_refuse(c, p, r, table);
    if (!e && PQstatus(p->link) != CONNECTION_OK)
        e = postgres_refuse(c, p, NULL, table);
    return e;
}

enum err postgres_bulk(struct ctx *c, struct db *db, const struct bulk *k)
{
    struct postgres *p = (struct postgres *)db;
    TRY(postgres_ensure(c, p));
    struct build b = build_new(c);
    build_sql(&b, "COPY ");
    build_name(&b, k->table);
    for (int i = 0; i < k->columns_n; i++) {
        build_piece(&b, i ? ", " : " (");
        build_name(&b, k->columns[i]);
    }
    build_sql(&b, ") FROM STDIN");
    PGresult *r = PQexec(p->link, buf_cstr(&b.text));
    enum err e = PQresultStatus(r) == PGRES_COPY_IN ? ERR_NONE : postgres_refuse(c, p, r, k->table);
    PQclear(r);
    if (e)
        return e;
    return copy_end(c, p, k->table, copy_rows(c, p, k) ? NULL : "the rows could not be sent");
}
