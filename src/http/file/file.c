/* file.c - attachments. */

#include "http/file/file.h"

#include "http/generic.h"
#include "http/wire/head.h"
#include "http/file/file_small.h"
#include "model/history/access.h"
#include "model/seal/seal.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(file_add);
SQL(file_list);
SQL(file_count);
SQL(file_one);
SQL(file_end);
SQL(file_move);
SQL(file_unused);
SQL(file_unused_end);

static const struct column columns[] = {
    { .name = "id", .type = VALUE_INT, .not_null = true },
    { .name = "entity", .type = VALUE_TEXT, .not_null = true },
    { .name = "row_id", .type = VALUE_INT, .not_null = true },
    { .name = "hash", .type = VALUE_TEXT, .not_null = true },
    { .name = "size", .type = VALUE_INT, .not_null = true },
    { .name = "type", .type = VALUE_TEXT, .not_null = true },
    { .name = "name", .type = VALUE_TEXT },
    { .name = "account", .type = VALUE_INT },
    { .name = "created_at", .type = VALUE_INT, .not_null = true },
    { .name = "ended_at", .type = VALUE_INT },
    { .name = "note", .type = VALUE_TEXT },
    { .name = "ended_by", .type = VALUE_INT },
    { .name = "ended_reason", .type = VALUE_TEXT },
    { .name = "sealed", .type = VALUE_INT, .not_null = true, .default_sql = "0" },
};
static const struct index indexes[] = { { .name = "row", .columns = "entity, row_id, id" }, { 0 } };
const struct table file_tables[] = {
    { .name = "file",
      .columns = columns,
      .columns_n = sizeof columns / sizeof columns[0],
      .indexes = indexes },
    { 0 },
};

struct file_id { int64_t n; };
struct file_row {
    struct file_id id;
    struct sv      entity;
    int64_t        row_id;
    struct sv      hash;
    int64_t        size;
    struct sv      type, name, note;
    int64_t        account;
    struct moment  created_at;
    bool           sealed;        /* encrypted on disk; size and hash are of what lies there */
};
const struct field file_fields[] = {
    ID(struct file_row, id),
    FIELD(struct file_row, entity, .hidden = true), FIELD(struct file_row, row_id, .hidden = true),
    FIELD(struct file_row, hash, .hidden = true), FIELD(struct file_row, size),
    FIELD(struct file_row, type), FIELD(struct file_row, name), FIELD(struct file_row, note),
    FIELD(struct file_row, account, .hidden = true), FIELD(struct file_row, created_at),
    FIELD(struct file_row, sealed, .hidden = true),
    { 0 },
};

const struct field file_listed_gives[] = {
    SAYS(ID, "id"), SAYS(INT, "size"), SAYS(TEXT, "type"), MAY_SAY(TEXT, "name"),
    MAY_SAY(TEXT, "note"), SAYS(MOMENT, "created_at"), SAYS(TEXT, "href"),
    MAY_SAY(TEXT, "small", .zh = "小图", .en = "The small picture"), { 0 },
};
const struct field files_gives[] = {
    SAYS(LIST, "items", .record = file_listed_gives), SAYS(BOOL, "may_add"), { 0 },
};

const struct field file_told_fields[] = {
    FIELD(struct file_told, name, .high = 200, .zh = "文件名", .en = "Name of the file"),
    FIELD(struct file_told, note, .high = 200, .zh = "说明", .en = "What it shows"),
    { 0 },
};
const struct field file_end_fields[] = {
    FIELD(struct file_end, reason, .required = true, .low = 2, .high = 200, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

static const struct { const char *start; size_t at, len; const char *type; } known[] = {
    { "\xFF\xD8\xFF", 0, 3, "image/jpeg" }, { "\x89PNG\r\n\x1A\n", 0, 8, "image/png" },
    { "WEBP", 8, 4, "image/webp" }, { "%PDF-", 0, 5, "application/pdf" },
    { "\x1A\x45\xDF\xA3", 0, 4, "audio/webm" }, { "OggS", 0, 4, "audio/ogg" },
    { "ftyp", 4, 4, "audio/mp4" },
};

static const char *type_of(struct sv bytes)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (bytes.len >= known[i].at + known[i].len &&
            memcmp(bytes.at + known[i].at, known[i].start, known[i].len) == 0)
            return known[i].type;
    return NULL;
}

struct sv file_path(struct arena *mem, const struct config *k, struct sv hash)
{
    return sv_fmt(mem, "%s/files/%.*s/%.*s", k->data_dir, SV_ARG(sv_head(hash, 2)),
                  SV_ARG(sv_from(hash, 2)));
}

/* --- keeping bytes --- */

static enum err write_all(struct ctx *c, int fd, struct sv bytes)
{
    while (bytes.len) {
        ssize_t n = write(fd, bytes.at, bytes.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(c, ERR_BUSY, "store.away", "could not write a file: %s", strerror(errno));
        bytes = sv_from(bytes, (size_t)n);
    }
    if (fsync(fd) != 0)
        return fail(c, ERR_BUSY, "store.away", "could not sync a file: %s", strerror(errno));
    return ERR_NONE;
}

static void sync_folder(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        (void)fsync(fd);
        close(fd);
    }
}

/* Written beside and renamed, so that a file with a hash for a name is whole. */
static enum err keep_bytes(struct ctx *c, struct sv path, struct sv bytes)
{
    struct sv folder = sv_head(path, path.len);
    while (folder.len && folder.at[folder.len - 1] != '/')
        folder.len--;
    const char *dir = sv_text(&c->mem, sv_head(folder, folder.len - 1));
    (void)mkdir(sv_fmt(&c->mem, "%s/files", c->house->config->data_dir).at, 0700);
    (void)mkdir(dir, 0700);
    if (access(path.at, R_OK) == 0)
        return ERR_NONE;
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    const char *beside = sv_fmt(&c->mem, "%s/.%lld", dir, (long long)id).at;
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return fail(c, ERR_BUSY, "store.away", "could not make a file: %s", strerror(errno));
    enum err err = write_all(c, fd, bytes);
    close(fd);
    if (err == ERR_NONE && rename(beside, path.at) != 0)
        err = fail(c, ERR_BUSY, "store.away", "could not name a file: %s", strerror(errno));
    if (err != ERR_NONE)
        (void)unlink(beside);
    sync_folder(dir);
    return err;
}

enum err file_put(struct ctx *c, struct sv bytes, struct sv *ret_hash)
{
    *ret_hash = seal_hash_hex(&c->mem, bytes);
    return keep_bytes(c, file_path(&c->mem, c->house->config, *ret_hash), bytes);
}

/* Bound to no row, for a paper may be taken over by another. */
static const struct seal_place sealed_place = { "file", "bytes", 0 };

MUST static enum err keep(struct ctx *c, struct request *q, bool sealed)
{
    struct file_row *row = NEW(&c->mem, struct file_row, 1);
    const char *type = type_of(q->raw);
    struct sv bytes = q->raw;
    if (!type)
        return fail(c, ERR_INVALID, "file.type", "no picture, PDF or recording");
    if (sealed)
        TRY(seal_value(c, &sealed_place, q->raw, &bytes));
    row->hash = seal_hash_hex(&c->mem, bytes);
    row->size = (int64_t)bytes.len;
    row->type = sv_of(type);
    row->sealed = sealed;
    TRY(keep_bytes(c, file_path(&c->mem, c->house->config, row->hash), bytes));
    q->hashed = row;
    return ERR_NONE;
}

enum err file_keep(struct ctx *c, struct request *q)
{
    return keep(c, q, generic_of(q->endpoint)->entity->files_class != OPEN);
}

enum err file_keep_sealed(struct ctx *c, struct request *q)
{
    return keep(c, q, true);
}

/* --- rows --- */

static void file_json(struct json *j, const struct file_row *f)
{
    struct file_row shown = *f;
    shown.size -= f->sealed ? SEAL_EXTRA : 0;
    json_fields(j, file_fields, &shown);
}

static enum err row_of_path(struct ctx *c, const struct request *q, int64_t *ret_id, void **ret_row)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(request_id(c, q, 0, ret_id));
    TRY(entity_get(c, e, *ret_id, row));
    *ret_row = row;
    return ERR_NONE;
}

static enum err may_add(struct ctx *c, const struct entity *e, const void *row)
{
    const struct step *steps[STEPS_MAX];
    if (!roles[c->who->role].writes)
        return fail(c, ERR_FORBIDDEN, "forbidden", "a role that reads only");
    if (who_may(c, e->writes) && e->writes != MAY_ANYONE && e->writes != MAY_SIGNED_IN)
        return ERR_NONE;
    return entity_steps(c, e, row, steps) ? ERR_NONE
         : fail(c, ERR_FORBIDDEN, "forbidden", "may not change this %s", e->name);
}

/* What a browser calls the file, without the folders it came from. */
static struct sv last_part(struct sv name)
{
    for (size_t i = name.len; i > 0; i--)
        if (name.at[i - 1] == '/' || name.at[i - 1] == '\\')
            return sv_from(name, i);
    return name;
}

enum err file_add(struct ctx *c, const struct request *q, const char *entity, int64_t row,
                  int64_t most, struct answer *a)
{
    int64_t n;
    const struct file_told *told = q->query;
    TRY(db_int(c, &sql_file_count, PARAMS(P_TEXT("entity", sv_of(entity)), P_INT("row_id", row)),
               &n));
    if (n >= most)
        return fail(c, ERR_CONFLICT, "file.many", "%s %lld has %lld files", entity, (long long)row,
                    (long long)n);
    struct file_row made = *(const struct file_row *)q->hashed;
    TRY(id_next(c, c->house->ids, &made.id.n));
    made.name = last_part(told->name);
    made.note = told->note;
    made.entity = sv_of(entity);
    made.row_id = row;
    made.account = c->who->account;
    made.created_at = c->now;
    TRY(db_run(c, &sql_file_add, RECORD_PARAMS(file_fields, &made), NULL));
    if (!made.sealed)
        TRY(small_ask(c, made.hash, made.type));
    a->status = 201;
    file_json(&a->json, &made);
    return ERR_NONE;
}

enum err file_of_house(struct ctx *c, struct sv bytes, struct sv type, const char *entity,
                       int64_t row)
{
    struct file_row made = { .entity = sv_of(entity), .row_id = row, .type = type,
                             .size = (int64_t)bytes.len, .created_at = c->now };
    TRY(file_put(c, bytes, &made.hash));
    TRY(id_next(c, c->house->ids, &made.id.n));
    TRY(db_run(c, &sql_file_add, RECORD_PARAMS(file_fields, &made), NULL));
    return small_ask(c, made.hash, made.type);
}

enum err file_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    int64_t id;
    void *row;
    TRY(row_of_path(c, q, &id, &row));
    TRY(may_add(c, e, row));
    TRY(file_add(c, q, e->name, id, FILES_PER_ROW_MAX, a));
    const struct file_row *kept = q->hashed;
    return e->filed ? e->filed(c, row, kept->hash, kept->type) : ERR_NONE;
}

enum err file_move(struct ctx *c, int64_t file, const char *from, int64_t from_row, const char *to,
                   int64_t to_row, bool *ret_moved)
{
    int64_t n;
    TRY(db_run(c, &sql_file_move, PARAMS(P_INT("id", file), P_TEXT("entity", sv_of(from)),
                                         P_INT("row_id", from_row), P_TEXT("to", sv_of(to)),
                                         P_INT("to_row", to_row)), &n));
    *ret_moved = n > 0;
    return ERR_NONE;
}

static void listed_json(struct ctx *c, struct json *j, const struct file_row *one)
{
    struct sv href = sv_fmt(&c->mem, "/api/%.*s/%lld/file/%lld", SV_ARG(one->entity),
                            (long long)one->row_id, (long long)one->id.n);
    json_object(j, NULL);
    file_json(j, one);
    json_text(j, "href", href);
    if (sv_starts(one->type, SV("image/")) && !one->sealed)
        json_text(j, "small", sv_fmt(&c->mem, "%.*s/small", SV_ARG(href)));
    json_end(j, '}');
}

enum err files_write(struct ctx *c, struct json *j, const char *name, const char *entity,
                     int64_t row)
{
    json_array(j, name);
    struct rows r = db_rows(c, &sql_file_list, PARAMS(P_TEXT("entity", sv_of(entity)),
                                                      P_INT("row_id", row)));
    while (rows_next(&r)) {
        struct file_row one;
        record_clear(file_fields, &one);
        rows_read(&r, file_fields, &one);
        listed_json(c, j, &one);
    }
    TRY(rows_end(&r));
    json_end(j, ']');
    return ERR_NONE;
}

/* Files of a closed class are for those whose own they are and for staff who decide on the row. */
MUST static enum err may_open(struct ctx *c, const struct entity *e)
{
    bool own = c->who && roles[c->who->role].sees == SEES_OWN;
    return e->files_class == OPEN || own || who_may(c, e->writes) ? ERR_NONE
         : fail(c, ERR_FORBIDDEN, "file.closed", "may not open files of a %s", e->name);
}

enum err files_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    int64_t id;
    void *row;
    TRY(row_of_path(c, q, &id, &row));
    TRY(may_open(c, e));
    TRY(files_write(c, &a->json, "items", e->name, id));
    json_bool(&a->json, "may_add", may_add(c, e, row) == ERR_NONE);
    ctx_forgive(c);
    return ERR_NONE;
}

/* The row behind the path's two ids, as the caller may see it, and its file. */
static enum err file_of_path(struct ctx *c, const struct request *q, void **ret_row,
                             struct file_row *ret_file)
{
    const struct entity *e = generic_of(q->endpoint)->entity;
    int64_t id, file;
    bool found;
    TRY(row_of_path(c, q, &id, ret_row));
    TRY(request_id(c, q, 1, &file));
    record_clear(file_fields, ret_file);
    TRY(db_find(c, &sql_file_one, PARAMS(P_INT("id", file), P_TEXT("entity", sv_of(e->name)),
                                         P_INT("row_id", id)), file_fields, ret_file, &found));
    return found ? ERR_NONE : fail(c, ERR_MISSING, "missing", "no file %lld", (long long)file);
}

enum err file_end(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct file_end *in = q->body;
    struct file_row one;
    void *row;
    TRY(file_of_path(c, q, &row, &one));
    TRY(may_add(c, generic_of(q->endpoint)->entity, row));
    a->status = 204;
    return db_run(c, &sql_file_end,
                  PARAMS(P_INT("id", one.id.n), P_INT("now", c->now.ms),
                         P_INT("account", c->who->account), P_TEXT("reason", in->reason)), NULL);
}

/* --- the bytes --- */

bool file_is_personal(const struct entity *e)
{
    return e->elder != NULL;
}

/* Staff who open what concerns an elder; her own people and the carer's own work are no look. */
static enum err note_look(struct ctx *c, const struct entity *e, const void *row,
                          const struct file_row *file)
{
    enum sees sees = c->who ? roles[c->who->role].sees : SEES_OWN;
    int64_t elder = e->elder ? field_int(field_named(e->fields, sv_of(e->elder)), row) : 0;
    if (!elder || sees == SEES_OWN || sees == SEES_CARER)
        return ERR_NONE;
    return access_note(c, elder, e, file->row_id,
                       sv_fmt(&c->mem, "file:%lld", (long long)file->id.n));
}

/* Quoted ASCII for old browsers, RFC 8187 for names in Chinese. */
struct sv file_disposition(struct arena *mem, const char *how, struct sv plain, struct sv name)
{
    struct buf b = buf_new(mem, 128);
    buf_fmt(&b, "%s; filename=\"%.*s\"", how, SV_ARG(plain));
    if (name.len)
        buf_text(&b, "; filename*=UTF-8''");
    for (size_t n = 0; n < name.len; n++)
        if (isalnum((unsigned char)name.at[n]) || (name.at[n] && strchr("-._~", name.at[n])))
            buf_byte(&b, name.at[n]);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)name.at[n]);
    return buf_sv(&b);
}

static struct sv plain_name(struct arena *mem, const struct file_row *one)
{
    static const struct { const char *type, *ending; } endings[] = {
        { "image/jpeg", "jpg" }, { "image/png", "png" }, { "image/webp", "webp" },
        { "audio/webm", "webm" }, { "audio/ogg", "ogg" }, { "audio/mp4", "m4a" }, { "", "pdf" },
    };
    size_t i = 0;
    while (endings[i].type[0] && !sv_is(one->type, endings[i].type))
        i++;
    return sv_fmt(mem, "%lld.%s", (long long)one->id.n, endings[i].ending);
}

/* Opened in memory, for the disk holds it sealed. */
MUST static enum err send_sealed(struct ctx *c, const struct file_row *one, struct answer *a)
{
    const char *path = file_path(&c->mem, c->house->config, one->hash).at;
    char *sealed = NEW(&c->mem, char, (size_t)one->size + 1);
    struct sv plain;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_BROKEN, "broken", "file %lld cannot be read", (long long)one->id.n);
    size_t n = fread(sealed, 1, (size_t)one->size, in);
    fclose(in);
    TRY(seal_open(c, &sealed_place, (struct sv){ sealed, n }, &plain));
    a->body.len = 0;
    buf_put(&a->body, plain);
    return ERR_NONE;
}

enum err file_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct file_row one;
    void *row;
    TRY(may_open(c, generic_of(q->endpoint)->entity));
    TRY(file_of_path(c, q, &row, &one));
    TRY(note_look(c, generic_of(q->endpoint)->entity, row, &one));
    a->type = sv_text(&c->mem, one.type);
    a->disposition = file_disposition(&c->mem, "inline", plain_name(&c->mem, &one), one.name);
    a->shown = true;
    if (one.sealed)
        return send_sealed(c, &one, a);
    a->file = file_path(&c->mem, c->house->config, one.hash).at;
    return ERR_NONE;
}

enum err file_small_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct file_row one;
    void *row;
    TRY(file_of_path(c, q, &row, &one));
    return small_answer(c, a, one.hash);
}

/* --- what was sent and never used --- */

enum { UNUSED_HOURS = 24, SWEEP_MAX = 500 };

struct unused { struct moment before; struct sv hash[SWEEP_MAX]; size_t n; };

static enum err end_unused(struct ctx *c, void *found)
{
    struct unused *u = found;
    u->n = 0;
    struct rows r = db_rows(c, &sql_file_unused, PARAMS(P_INT("before", u->before.ms)));
    while (u->n < SWEEP_MAX && rows_next(&r))
        u->hash[u->n++] = rows_text(&r, 0);
    TRY(rows_end(&r));
    return db_run(c, &sql_file_unused_end, PARAMS(P_INT("before", u->before.ms)), NULL);
}

/* Sealed bytes have no second use: their nonce is their own. */
enum err job_file_sweep(struct ctx *c, const struct job *j)
{
    struct unused *u = NEW(&c->mem, struct unused, 1);
    (void)j;
    u->before.ms = c->now.ms - UNUSED_HOURS * INT64_C(3600000);
    TRY(transaction(c, end_unused, u));
    for (size_t i = 0; i < u->n; i++)
        (void)unlink(file_path(&c->mem, c->house->config, u->hash[i]).at);
    return ERR_NONE;
}
