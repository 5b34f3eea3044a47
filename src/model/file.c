/* file.c - attachments: bytes by their hash on disk, rows in the database. */

#include "model/file.h"
#include "model/inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

SQL(files_of);
SQL(files_after);

const struct choice file_types[] = {
    { "image/jpeg", "照片", "Photo" }, { "image/png", "图片", "Picture" },
    { "image/webp", "图片", "Picture" }, { "application/pdf", "PDF 文件", "PDF" }, { 0 },
};

const struct field file_fields[] = {
    ROW_FIELDS(struct file),
    FIELD(struct file, hash, .required = true, .zh = "校验值", .en = "Hash"),
    FIELD(struct file, size, .brief = true, .zh = "大小", .en = "Size"),
    CHOICE(struct file, type, file_types, .brief = true, .zh = "类型", .en = "Type"),
    FIELD(struct file, entity, .required = true, .brief = true, .zh = "对象", .en = "Kind of record"),
    FIELD(struct file, row_id, .low = 1, .high = INT64_MAX, .zh = "记录编号", .en = "Record"),
    LINK(struct file, account, "account", .read_only = true, .zh = "上传账号", .en = "Brought by"),
    FIELD(struct file, label, .brief = true, .high = 40, .zh = "说明", .en = "Label"),
    { 0 },
};

static const struct index file_indexes[] = {
    { .name = "row", .columns = "entity, row_id" },
    { 0 },
};

/* Nobody lists files as such: they are reached through the row they are attached to. */
const struct entity file_entity = {
    .name = "file", .zh = "附件", .en = "File", .size = sizeof(struct file), .fields = file_fields,
    .indexes = file_indexes, .title = "label", .reads = MAY_READ_AUDIT, .writes = MAY_READ_AUDIT,
    .no_create = true, .no_update = true,
};

/* --- bytes on disk --- */

static bool type_of(struct sv bytes, int *ret_type)
{
    static const struct { struct sv begins; size_t at; struct sv then; } marks[] = {
        { SV_INIT("\xFF\xD8\xFF"), 0, SV_INIT("") },
        { SV_INIT("\x89PNG\r\n\x1A\n"), 0, SV_INIT("") },
        { SV_INIT("RIFF"), 8, SV_INIT("WEBP") },
        { SV_INIT("%PDF-"), 0, SV_INIT("") },
    };
    for (int i = 0; i < (int)(sizeof marks / sizeof marks[0]); i++) {
        if (sv_starts(bytes, marks[i].begins) &&
            sv_starts(sv_from(bytes, marks[i].at), marks[i].then)) {
            *ret_type = i;
            return true;
        }
    }
    return false;
}

static const char *folder_of(struct ctx *c, struct sv hash)
{
    return sv_fmt(&c->mem, "%s/files/%.*s", c->house->config->data_dir, 2, hash.at).at;
}

static const char *path_of(struct ctx *c, struct sv hash)
{
    return sv_fmt(&c->mem, "%s/%.*s", folder_of(c, hash), SV_ARG(sv_from(hash, 2))).at;
}

static void fd_close(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

static enum err lost(struct ctx *c, const char *what, const char *path)
{
    return fail(c, ERR_BROKEN, "file.lost", "could not %s %s: %s", what, path, strerror(errno));
}

static enum err folder_sync(struct ctx *c, const char *path)
{
    AUTO(fd_close) int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && fsync(fd) == 0 ? ERR_NONE : lost(c, "sync", path);
}

/* Makes a folder, and says so on disk. */
static enum err folder_make(struct ctx *c, const char *parent, const char *path)
{
    if (mkdir(path, 0700) == 0)
        return folder_sync(c, parent);
    return errno == EEXIST ? ERR_NONE : lost(c, "make", path);
}

static enum err bytes_write(struct ctx *c, const char *path, struct sv bytes)
{
    AUTO(fd_close) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    for (size_t done = 0; fd >= 0 && done < bytes.len;) {
        ssize_t n = write(fd, bytes.at + done, bytes.len - done);
        if (n <= 0)
            return lost(c, "write", path);
        done += (size_t)n;
    }
    return fd >= 0 && fsync(fd) == 0 ? ERR_NONE : lost(c, "write", path);
}

static enum err bytes_keep(struct ctx *c, struct sv hash, struct sv bytes)
{
    const char *data = c->house->config->data_dir, *folder = folder_of(c, hash);
    const char *path = path_of(c, hash), *files = sv_fmt(&c->mem, "%s/files", data).at;
    struct stat st;
    if (stat(path, &st) == 0 && st.st_size == (off_t)bytes.len)
        return ERR_NONE;
    TRY(folder_make(c, data, files));
    TRY(folder_make(c, files, folder));
    const char *temporary = sv_fmt(&c->mem, "%s.%.*s.part", path,
                                   SV_ARG(seal_random_hex(&c->mem, 6))).at;
    enum err e = bytes_write(c, temporary, bytes);
    if (e == ERR_NONE && rename(temporary, path) != 0)
        e = lost(c, "rename", temporary);
    if (e != ERR_NONE) {
        unlink(temporary);
        return e;
    }
    return folder_sync(c, folder);
}

/* --- rows --- */

enum err file_attach(struct ctx *c, const struct entity *e, int64_t id, struct sv bytes,
                     struct sv label, struct file *ret_file)
{
    struct file f = { .entity = sv_of(e->name), .row_id = id, .size = (int64_t)bytes.len,
                      .account = { c->who ? c->who->account : 0 },
                      .label = sv_runes_head(label, 40) };
    TRY(may_write(c, e, false));
    TRY(change_allowed(c, e, id));
    if (bytes.len > FILE_BYTES_MAX)
        return fail(c, ERR_TOO_LARGE, "file.too_large", "a file of %zu bytes", bytes.len);
    if (!type_of(bytes, &f.type))
        return fail(c, ERR_INVALID, "file.type", "the file's first bytes are of no known kind");
    bool found;
    TRY(row_scope(c, e, id, &found, &f.row.scope));
    f.hash = seal_hash_hex(&c->mem, bytes);
    TRY(bytes_keep(c, f.hash, bytes));
    TRY(entity_create_by_rule(c, &file_entity, &f));
    *ret_file = f;
    return ERR_NONE;
}

enum err file_open(struct ctx *c, int64_t id, struct file *ret_file, const char **ret_path)
{
    bool found, seen = false;
    TRY(entity_load(c, &file_entity, id, ret_file, &found));
    const struct entity *e = found ? house_entity(c->house, ret_file->entity) : NULL;
    if (e)
        TRY(row_seen(c, e, VIEW_READ, ret_file->row_id, &seen, NULL));
    if (!seen || moment_known(ret_file->row.ended_at))
        return fail(c, ERR_MISSING, "entity.missing", "no file %lld for this caller",
                    (long long)id);
    *ret_path = path_of(c, ret_file->hash);
    return ERR_NONE;
}

enum err files_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                    int64_t id)
{
    bool seen;
    TRY(row_seen(c, e, VIEW_READ, id, &seen, NULL));
    if (!seen)
        return fail(c, ERR_MISSING, "entity.missing", "no %s %lld for this caller", e->name,
                    (long long)id);
    struct file f;
    struct rows r = db_rows(
        c, &sql_files_of,
        PARAMS(P_TEXT("entity", sv_of(e->name)), P_INT("row_id", id), P_INT("n", FILES_OF_MAX)));
    json_array(j, name);
    while (rows_next(&r)) {
        record_clear(file_fields, &f);
        rows_read(&r, file_fields, &f);
        json_object(j, NULL);
        json_id(j, "id", f.id.n);
        json_text(j, "type", sv_of(file_types[f.type].key));
        json_int(j, "size", f.size);
        json_text(j, "label", f.label);
        json_moment(j, "created_at", f.row.created_at);
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

/* --- check --- */

/* One row of the check; the bytes are read whole, into memory of this step. */
static void file_verify(struct ctx *c, int64_t id, struct sv hash, int64_t size,
                        struct buf *findings)
{
    AUTO(fd_close) int fd = open(path_of(c, hash), O_RDONLY | O_CLOEXEC);
    char *bytes = NEW(&c->mem, char, size + 1);
    int64_t done = 0;
    for (ssize_t n = 1; fd >= 0 && n > 0 && done <= size; done += n > 0 ? n : 0)
        n = read(fd, bytes + done, (size_t)(size + 1 - done));
    if (fd < 0)
        buf_fmt(findings, "file %lld: its bytes are missing\n", (long long)id);
    else if (done != size
             || !sv_eq(seal_hash_hex(&c->mem, (struct sv){ bytes, (size_t)done }), hash))
        buf_fmt(findings, "file %lld: its bytes were changed\n", (long long)id);
}

/* The next row behind `*id`; *ret_more false at the end. */
static enum err check_next(struct ctx *c, int64_t *id, struct buf *findings, bool *ret_more)
{
    struct rows r = db_rows(c, &sql_files_after, PARAMS(P_INT("id", *id), P_INT("n", 1)));
    bool more = rows_next(&r);
    struct sv hash = more ? rows_text(&r, 1) : SV("");
    int64_t size = more ? rows_int(&r, 2) : 0;
    *id = more ? rows_int(&r, 0) : *id;
    TRY(rows_end(&r));
    if (more)
        file_verify(c, *id, hash, size, findings);
    *ret_more = more;
    return ERR_NONE;
}

enum err files_check(struct ctx *c, struct buf *ret_findings)
{
    struct ctx own = *c;                             /* a file at a time passes: its own memory */
    own.mem = (struct arena){ 0 };
    int64_t id = 0;
    bool more = true;
    enum err e = ERR_NONE;
    while (e == ERR_NONE && more) {
        e = check_next(&own, &id, ret_findings, &more);
        arena_reset(&own.mem);
    }
    arena_free(&own.mem);
    if (e != ERR_NONE)
        return fail(c, e, own.fault.key, "could not verify files behind %lld", (long long)id);
    return ERR_NONE;
}
