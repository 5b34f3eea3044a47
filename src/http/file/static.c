/* static.c - the front ends, answered from memory. */

#include "http/file/static.h"

#include "base/log.h"
#include "http/answer.h"
#include "http/server.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum packing { PLAIN, GZIP, BROTLI, PACKINGS };
static const struct { const char *suffix, *name; } packings[PACKINGS] = {
    [PLAIN] = { "", NULL }, [GZIP] = { ".gz", "gzip" }, [BROTLI] = { ".br", "br" },
};

/* One packing of a file; responses are made once and shared by all who ask. */
struct variant {
    struct sv            bytes, etag;
    struct MHD_Response *whole, *same;
};

struct file {
    struct sv      path;                      /* "/assets/app-4f2a.js" */
    const char    *type;
    bool           hashed;                    /* its name changes with its content */
    struct variant variants[PACKINGS];
};

struct statics {
    struct arena *mem;
    struct file  *files;
    size_t        n, room;
    size_t        bytes;
    struct file  *pages[3];
};

static const struct { const char *folder, *prefix; } faces[3] = {
    { "console", "/console" }, { "carer", "/carer" }, { "citizen", "" },
};

static const struct { const char *end, *type; } types[] = {
    { ".html", "text/html; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
    { ".mjs", "text/javascript; charset=utf-8" }, { ".css", "text/css; charset=utf-8" },
    { ".json", "application/json; charset=utf-8" }, { ".svg", "image/svg+xml" },
    { ".webmanifest", "application/manifest+json" }, { ".png", "image/png" },
    { ".jpg", "image/jpeg" }, { ".webp", "image/webp" }, { ".ico", "image/x-icon" },
    { ".woff2", "font/woff2" }, { ".txt", "text/plain; charset=utf-8" },
    { ".map", "application/json; charset=utf-8" },
};

static const char *type_of(struct sv path)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (sv_ends(path, sv_of(types[i].end)))
            return types[i].type;
    return NULL;                                         /* such files are not served */
}

/* --- responses --- */

static struct MHD_Response *response(const struct file *f, enum packing p, bool whole, bool close)
{
    const struct variant *v = &f->variants[p];
    char etag[40];
    struct MHD_Response *r = MHD_create_response_from_buffer(whole ? v->bytes.len : 0,
        (void *)(uintptr_t)v->bytes.at, MHD_RESPMEM_PERSISTENT);
    size_t n = v->etag.len < sizeof etag - 3 ? v->etag.len : sizeof etag - 3;
    etag[0] = '"';
    memcpy(etag + 1, v->etag.at, n);
    etag[n + 1] = '"';
    etag[n + 2] = 0;
    (void)MHD_add_response_header(r, "ETag", etag);
    (void)MHD_add_response_header(r, "Vary", "Accept-Encoding");
    (void)MHD_add_response_header(r, "Cache-Control",
        f->hashed ? "public, max-age=31536000, immutable" : "no-cache");
    if (whole) {
        (void)MHD_add_response_header(r, "Content-Type", f->type);
        if (packings[p].name)
            (void)MHD_add_response_header(r, "Content-Encoding", packings[p].name);
    }
    headers_safe(r, true);
    if (close)
        (void)MHD_add_response_header(r, "Connection", "close");
    return r;
}

static enum packing best_packing(const struct call *call)
{
    const struct file *f = call->fixed;
    if (call->head.takes_br && f->variants[BROTLI].bytes.at)
        return BROTLI;
    if (call->head.takes_gzip && f->variants[GZIP].bytes.at)
        return GZIP;
    return PLAIN;
}

/* Shared responses carry no "Connection: close", so the last answer of a connection gets its own.
 */
struct MHD_Response *static_response(struct call *call, bool *ret_shared)
{
    enum packing p = best_packing(call);
    const struct variant *v = &call->fixed->variants[p];
    call->not_modified = call->head.if_none_match.len &&
                         etag_listed(call->head.if_none_match, v->etag);
    *ret_shared = !call->close;
    if (call->close)
        return response(call->fixed, p, !call->not_modified, true);
    return call->not_modified ? v->same : v->whole;
}

/* --- loading --- */

static bool read_bytes(struct arena *mem, const char *path, struct sv *ret_bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat s;
    if (fd < 0)
        return false;
    bool good = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size <= STATIC_BYTES_MAX;
    size_t size = good ? (size_t)s.st_size : 0, have = 0;
    char *at = arena_take(mem, size + 1, 1);
    while (good && have < size) {
        ssize_t n = read(fd, at + have, size - have);
        good = n > 0;
        have += good ? (size_t)n : 0;
    }
    close(fd);
    if (good)
        *ret_bytes = (struct sv){ at, size };
    return good;
}

static void add_file(struct statics *s, struct sv disk, struct sv path)
{
    const char *type = type_of(path);
    if (!type || s->n == STATIC_FILES_MAX)
        return;
    struct file f = { .path = sv_copy(s->mem, path), .type = type,
                      .hashed = sv_find(path, SV("/assets/")) >= 0 };
    for (int p = 0; p < PACKINGS; p++) {
        struct variant *v = &f.variants[p];
        const char *name = sv_fmt(s->mem, "%.*s%s", SV_ARG(disk), packings[p].suffix).at;
        if (s->bytes > STATIC_BYTES_MAX || !read_bytes(s->mem, name, &v->bytes))
            continue;
        s->bytes += v->bytes.len;
        v->etag = sv_fmt(s->mem, "%.16s%s", etag_of(s->mem, v->bytes).at,
                         p == GZIP ? "-g" : p == BROTLI ? "-b" : "");
        v->whole = response(&f, (enum packing)p, true, false);
        v->same = response(&f, (enum packing)p, false, false);
    }
    if (!f.variants[PLAIN].whole)
        return;
    s->files = GROW(s->mem, s->files, s->n, &s->room);
    s->files[s->n++] = f;
}

static void add_folder(struct statics *s, struct sv disk, struct sv path, int depth)
{
    DIR *d = opendir(disk.at);
    if (!d)
        return;
    for (struct dirent *one; (one = readdir(d));) {
        if (one->d_name[0] == '.')
            continue;
        struct sv inner = sv_fmt(s->mem, "%.*s/%s", SV_ARG(disk), one->d_name);
        struct sv below = sv_fmt(s->mem, "%.*s/%s", SV_ARG(path), one->d_name);
        struct stat st;
        if (stat(inner.at, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode) && depth < 6)
            add_folder(s, inner, below, depth + 1);
        else if (S_ISREG(st.st_mode))
            add_file(s, inner, below);
    }
    closedir(d);
}

static struct file *file_named(const struct statics *s, struct sv path)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        int order = sv_order(path, s->files[mid].path);
        if (order == 0)
            return &s->files[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

static int by_path(const void *a, const void *b)
{
    return sv_order(((const struct file *)a)->path, ((const struct file *)b)->path);
}

static const char no_page[] =
    "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><title>一刻</title>"
    "<p>前端尚未构建；接口在 /api/openapi.json。The front ends are not built; "
    "the interface is at /api/openapi.json.</p></html>\n";

/* Where no front end was built, one page says so. */
static struct file *page_of_absence(struct statics *s)
{
    struct file *f = NEW(s->mem, struct file, 1);
    f->type = "text/html; charset=utf-8";
    f->variants[PLAIN].bytes = sv_of(no_page);
    f->variants[PLAIN].etag = etag_of(s->mem, sv_of(no_page));
    f->variants[PLAIN].whole = response(f, PLAIN, true, false);
    f->variants[PLAIN].same = response(f, PLAIN, false, false);
    return f;
}

struct statics *statics_load(struct arena *mem, const char *folder)
{
    struct statics *s = NEW(mem, struct statics, 1);
    s->mem = mem;
    for (int i = 0; folder && i < 3; i++)
        add_folder(s, sv_fmt(mem, "%s/%s", folder, faces[i].folder), sv_of(faces[i].prefix), 0);
    if (s->n)
        qsort(s->files, s->n, sizeof *s->files, by_path);
    for (int i = 0; i < 3; i++) {
        s->pages[i] = file_named(s, sv_fmt(mem, "%s/index.html", faces[i].prefix));
        if (!s->pages[i])
            s->pages[i] = page_of_absence(s);
    }
    log_line(LOG_INFO, "static.loaded", "%zu files, %zu bytes", s->n, s->bytes);
    return s;
}

static void end_variants(struct file *f)
{
    for (int p = 0; p < PACKINGS; p++)
        if (f->variants[p].whole) {
            MHD_destroy_response(f->variants[p].whole);
            MHD_destroy_response(f->variants[p].same);
        }
}

void statics_free(struct statics *s)
{
    for (int i = 0; i < 3; i++)
        if (s->pages[i]->path.len == 0)
            end_variants(s->pages[i]);
    for (size_t i = 0; i < s->n; i++)
        end_variants(&s->files[i]);
}

/* --- finding --- */

static bool below(struct sv path, const char *prefix)
{
    struct sv p = sv_of(prefix);
    return sv_starts(path, p) && (path.len == p.len || path.at[p.len] == '/');
}

/* A name with an ending is a file that is missing, not a place inside a face. */
static bool looks_like_file(const struct head *h)
{
    return h->segments_n && sv_find_byte(h->segment[h->segments_n - 1], '.') >= 0;
}

bool static_find(struct call *call)
{
    const struct statics *s = call->server->statics;
    const struct head *h = &call->head;
    if (h->verb != GET || below(h->path, "/api"))
        return false;
    call->fixed = file_named(s, h->path);
    if (call->fixed)
        return true;
    if (looks_like_file(h))
        return false;
    int face = below(h->path, "/console") ? 0 : below(h->path, "/carer") ? 1 : 2;
    call->fixed = s->pages[face];
    return true;
}
