/* pull.c - what a person takes along: rows that are new to the phone, and those that left. */

#include "care/sync/inside.h"
#include "model/seal/seal.h"

#include <string.h>

/* What a phone has: one row is its id and a digest of what it was told, 8 + 4 bytes. */
struct held { int64_t id; uint32_t digest; };
enum { HELD_BYTES = 12, HELD_FORM = 1 };

static uint32_t digest_of(const struct sync_row *row)
{
    uint8_t hash[HASH_SIZE];
    const struct sv parts[] = { sv_of(row->entity->name), row->json };
    seal_hash(parts, 2, hash);
    uint32_t d;
    memcpy(&d, hash, sizeof d);
    return d;
}

static struct sv since_write(struct arena *mem, const struct held *held, size_t n)
{
    struct buf b = buf_new(mem, 1 + n * HELD_BYTES);
    buf_byte(&b, HELD_FORM);
    for (size_t i = 0; i < n; i++) {
        buf_put(&b, (struct sv){ (const char *)&held[i].id, sizeof held[i].id });
        buf_put(&b, (struct sv){ (const char *)&held[i].digest, sizeof held[i].digest });
    }
    return base64_of(mem, buf_sv(&b));
}

static enum err since_read(struct ctx *c, struct sv text, struct held *ret_held, size_t *ret_n)
{
    struct sv bytes;
    *ret_n = 0;
    if (text.len == 0)
        return ERR_NONE;
    if (!base64_read(&c->mem, text, &bytes) || bytes.len % HELD_BYTES != 1 ||
        bytes.at[0] != HELD_FORM || bytes.len / HELD_BYTES > SYNC_ROWS_MAX) {
        fail_field(c, SV("since"), "sync.since");
        return fail_fields(c);
    }
    for (size_t at = 1; at < bytes.len; at += HELD_BYTES, (*ret_n)++) {
        memcpy(&ret_held[*ret_n].id, bytes.at + at, sizeof(int64_t));
        memcpy(&ret_held[*ret_n].digest, bytes.at + at + sizeof(int64_t), sizeof(uint32_t));
    }
    return ERR_NONE;
}

static const struct held *held_of(const struct held *held, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++)
        if (held[i].id == id)
            return &held[i];
    return NULL;
}

/* Rows that the phone does not have so; what it has after this answer goes to `now`. */
static enum err write_rows(struct ctx *c, const struct sync_form *f, struct json *j,
                           const struct sync_rows *rows, const struct held *held, size_t held_n,
                           struct held *now)
{
    json_array(j, "rows");
    for (size_t i = 0; i < rows->n; i++) {
        const struct sync_row *row = &rows->at[i];
        const struct held *had = held_of(held, held_n, row->id);
        now[i] = (struct held){ row->id, digest_of(row) };
        if (had && had->digest == now[i].digest)
            continue;
        if (f->given)
            TRY(f->given(c, row));
        json_object(j, NULL);
        json_text(j, "entity", sv_of(row->entity->name));
        json_id(j, "id", row->id);
        json_int(j, "version", row->version);
        json_raw(j, "row", row->json);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static void write_gone(struct json *j, const struct sync_form *f, const struct held *now, size_t n,
                       const struct held *held, size_t held_n)
{
    json_array(j, "gone");
    for (size_t i = 0; i < held_n; i++) {
        if (held_of(now, n, held[i].id))
            continue;
        json_object(j, NULL);
        json_text(j, "entity", sv_of(f->takes[0].entity->name));
        json_id(j, "id", held[i].id);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_limits(struct json *j)
{
    json_object(j, "limits");
    json_int(j, "items", SYNC_ITEMS_MAX);
    json_int(j, "rows", SYNC_ROWS_MAX);
    json_int(j, "file_bytes", UPLOAD_MAX);
    json_int(j, "age_days", SYNC_AGE_MAX_DAYS);
    json_end(j, '}');
}

enum err sync_pull_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct sync_query *asked = q->query;
    const struct sync_form *f;
    struct held held[SYNC_ROWS_MAX], now[SYNC_ROWS_MAX];
    size_t held_n;
    struct sync_rows rows = { .at = NEW(&c->mem, struct sync_row, SYNC_ROWS_MAX) };
    struct day day = day_known(asked->day) ? asked->day : day_of(c->now);
    TRY(sync_form_of(c, q, &f));
    TRY(since_read(c, asked->since, held, &held_n));
    TRY(f->own ? sync_own_rows(c, f->own, day, &rows) : f->rows(c, day, &rows));
    json_text(&a->json, "form", sv_of(f->name));
    json_day(&a->json, "day", day);
    json_moment(&a->json, "as_of", c->now);
    TRY(write_rows(c, f, &a->json, &rows, held, held_n, now));
    write_gone(&a->json, f, now, rows.n, held, held_n);
    json_text(&a->json, "since", since_write(&c->mem, now, rows.n));
    json_bool(&a->json, "cut", rows.n == SYNC_ROWS_MAX);
    write_limits(&a->json);
    return ERR_NONE;
}
