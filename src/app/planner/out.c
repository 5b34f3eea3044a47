/* out.c - answers as rows: CSV, or GeoJSON when the file is called so. */

#include "app/planner/out.h"

#include "base/csv.h"
#include "geo/shape.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 20 };

static void flush(struct out *o)
{
    const char *at = o->buf.at;
    for (size_t left = o->buf.len; left && !o->why;) {
        ssize_t n = write(o->fd, at, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            o->why = n < 0 ? errno : EIO;
            break;
        }
        at += n;
        left -= (size_t)n;
    }
    o->buf.len = 0;
}

static bool told(const struct out *o)
{
    if (o->why)
        fprintf(stderr, "yike roads: %s: cannot be written: %s\n",
                o->path ? o->path : "standard output", strerror(o->why));
    return o->why == 0;
}

bool out_begin(struct out *o, const char *path)
{
    *o = (struct out){ .path = path, .fd = STDOUT_FILENO };
    o->buf = buf_new(&o->mem, BUFFER + 65536);
    o->head = buf_new(&o->mem, 256);
    o->point = buf_new(&o->mem, 64);
    o->geojson = path && sv_ends(sv_of(path), SV(".geojson"));
    if (path) {
        struct buf name = buf_new(&o->mem, 64);
        buf_fmt(&name, "%s.XXXXXX", path);
        (void)buf_cstr(&name);
        o->beside = name.at;
        o->fd = mkstemp(o->beside);
        o->why = o->fd < 0 ? errno : 0;
    }
    if (o->geojson)
        buf_text(&o->buf, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    return told(o);
}

void out_row(struct out *o, struct point at)
{
    o->inside = false;
    if (!o->geojson)
        return;
    buf_text(&o->buf, o->rows ? ",\n" : "");
    o->json = json_new(&o->buf);
    json_object(&o->json, NULL);
    json_text(&o->json, "type", SV("Feature"));
    o->point.len = 0;
    geojson_point(&o->point, at);
    json_raw(&o->json, "geometry", buf_sv(&o->point));
    json_object(&o->json, "properties");
}

static bool begin_cell(struct out *o, const char *name)
{
    if (o->geojson)
        return false;
    if (o->rows == 0) {
        buf_text(&o->head, o->inside ? "," : "");
        buf_text(&o->head, name);
    }
    buf_text(&o->buf, o->inside ? "," : "");
    o->inside = true;
    return true;
}

void out_text(struct out *o, const char *name, struct sv value)
{
    if (!begin_cell(o, name)) {
        json_text(&o->json, name, value);
        return;
    }
    struct csv_out cell = csv_out_new(&o->buf);
    if (value.len)
        csv_put(&cell, value);
}

void out_int(struct out *o, const char *name, int64_t value)
{
    if (begin_cell(o, name))
        buf_int(&o->buf, value);
    else
        json_int(&o->json, name, value);
}

void out_fixed(struct out *o, const char *name, int64_t value, int digits)
{
    if (begin_cell(o, name))
        buf_fixed(&o->buf, value, digits);
    else
        json_fixed(&o->json, name, value, digits);
}

void out_none(struct out *o, const char *name)
{
    if (!begin_cell(o, name))
        json_null(&o->json, name);
}

/* The header is known when the first row is; it goes before it. */
void out_row_end(struct out *o)
{
    if (o->geojson) {
        json_end(&o->json, '}');
        json_end(&o->json, '}');
    } else {
        buf_text(&o->buf, "\n");
    }
    if (o->rows++ == 0 && !o->geojson) {
        struct sv row = sv_copy(&o->mem, buf_sv(&o->buf));
        o->buf.len = 0;
        buf_put(&o->buf, buf_sv(&o->head));
        buf_text(&o->buf, "\n");
        buf_put(&o->buf, row);
    }
    if (o->buf.len >= BUFFER)
        flush(o);
}

static bool in_place(struct out *o)
{
    if (fchmod(o->fd, 0644) != 0 || fsync(o->fd) != 0 || rename(o->beside, o->path) != 0)
        o->why = errno;
    return o->why == 0;
}

bool out_end(struct out *o, bool good)
{
    if (o->geojson)
        buf_text(&o->buf, "\n]}\n");
    if (good && !o->why)
        flush(o);
    if (o->path && o->fd >= 0) {
        if (!good || o->why || !in_place(o))
            unlink(o->beside);
        close(o->fd);
    }
    good = good && told(o);
    arena_free(&o->mem);
    return good;
}

bool out_file(const char *path, struct sv text)
{
    struct out o;
    bool good = out_begin(&o, path);
    o.geojson = false;
    o.buf.len = 0;
    if (good)
        buf_put(&o.buf, text);
    return out_end(&o, good);
}
