/* tile.c - vector tiles: where things lie in them, and their bytes. */

#include "geo/tile.h"

#include <assert.h>
#include <math.h>

static const double PI = 3.14159265358979323846;

enum { COMMAND_MOVE = 1, COMMAND_LINE = 2, COMMAND_CLOSE = 7 };

bool tile_frame_of(int z, int64_t x, int64_t y, struct tile_frame *ret_frame)
{
    if (z < 0 || z > TILE_ZOOM_MAX || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z)
        return false;
    double scale = (double)(1 << z) * TILE_EXTENT;
    *ret_frame = (struct tile_frame){ z, (uint32_t)x, (uint32_t)y, scale };
    return true;
}

/* Far outside the tile everything is equally far, so that coordinates stay small. */
static int32_t near_tile(double n)
{
    const double far = 1 << 20;
    return (int32_t)lround(n < -far ? -far : n > far ? far : n);
}

struct tile_xy tile_place(const struct tile_frame *f, struct point at)
{
    double lat = at.lat_e7 * 1e-7, most = 85.05112878;
    lat = lat > most ? most : lat < -most ? -most : lat;
    double x = at.lon_e7 / 3.6e9 + 0.5;
    double y = 0.5 - asinh(tan(lat * PI / 180)) / (2 * PI);
    return (struct tile_xy){ near_tile(x * f->scale - (double)f->x * TILE_EXTENT),
                             near_tile(y * f->scale - (double)f->y * TILE_EXTENT) };
}

struct point tile_back(const struct tile_frame *f, struct tile_xy at)
{
    double x = (at.x + (double)f->x * TILE_EXTENT) / f->scale;
    double y = (at.y + (double)f->y * TILE_EXTENT) / f->scale;
    double lon = (x - 0.5) * 360, lat = atan(sinh((0.5 - y) * 2 * PI)) * 180 / PI;
    lon = lon < -180 ? -180 : lon > 180 ? 180 : lon;
    return (struct point){ (int32_t)lround(lat * 1e7), (int32_t)lround(lon * 1e7) };
}

struct point_box tile_box(const struct tile_frame *f)
{
    struct point_box box = box_none();
    box_add(&box, tile_back(f, (struct tile_xy){ -TILE_MARGIN, -TILE_MARGIN }));
    box_add(&box, tile_back(f, (struct tile_xy){ TILE_EXTENT + TILE_MARGIN,
                                                 TILE_EXTENT + TILE_MARGIN }));
    return box;
}

/* --- protocol buffers --- */

static void put_varint(struct buf *b, uint64_t n)
{
    for (; n >= 128; n >>= 7)
        buf_byte(b, (char)(n | 128));
    buf_byte(b, (char)n);
}

static void put_number(struct buf *b, unsigned field, uint64_t n)
{
    put_varint(b, field << 3);
    put_varint(b, n);
}

static void put_bytes(struct buf *b, unsigned field, struct sv bytes)
{
    put_varint(b, field << 3 | 2);
    put_varint(b, bytes.len);
    buf_put(b, bytes);
}

static uint64_t zigzag(int64_t n)
{
    return (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
}

/* --- features --- */

struct tile_layer tile_layer(struct arena *mem, const char *name)
{
    return (struct tile_layer){ .mem = mem, .name = sv_of(name), .features = buf_new(mem, 16384),
                                .feature = buf_new(mem, 1024), .geometry = buf_new(mem, 1024) };
}

void tile_begin(struct tile_layer *l, enum tile_kind kind, uint64_t id)
{
    l->kind = kind;
    l->id = id;
    l->tags_n = 0;
    l->geometry.len = 0;
    l->pen = (struct tile_xy){ 0, 0 };
}

static uint32_t find_key(struct tile_layer *l, const char *key)
{
    for (size_t i = 0; i < l->keys; i++)
        if (sv_is(l->key[i], key))
            return (uint32_t)i;
    l->key = GROW(l->mem, l->key, l->keys, &l->keys_room);
    l->key[l->keys] = sv_of(key);
    return (uint32_t)l->keys++;
}

/* The last values are looked at only: a double is lawful, and names mostly come in runs. */
static uint32_t find_value(struct tile_layer *l, struct tile_value v)
{
    size_t look = l->values < 64 ? l->values : 64;
    for (size_t i = l->values - look; i < l->values; i++) {
        const struct tile_value *had = &l->value[i];
        if (had->is_text == v.is_text && had->n == v.n && sv_eq(had->text, v.text))
            return (uint32_t)i;
    }
    l->value = GROW(l->mem, l->value, l->values, &l->values_room);
    l->value[l->values] = v;
    return (uint32_t)l->values++;
}

static void add_tag(struct tile_layer *l, const char *key, struct tile_value v)
{
    assert(l->tags_n + 2 <= sizeof l->tags / sizeof *l->tags);
    l->tags[l->tags_n++] = find_key(l, key);
    l->tags[l->tags_n++] = find_value(l, v);
}

void tile_tag_text(struct tile_layer *l, const char *key, struct sv value)
{
    add_tag(l, key, (struct tile_value){ true, sv_copy(l->mem, value), 0 });
}

void tile_tag_int(struct tile_layer *l, const char *key, int64_t value)
{
    add_tag(l, key, (struct tile_value){ false, SV(""), value });
}

void tile_end(struct tile_layer *l)
{
    struct buf *f = &l->feature, tags = buf_new(l->mem, 64);
    if (l->geometry.len == 0)
        return;
    for (size_t i = 0; i < l->tags_n; i++)
        put_varint(&tags, l->tags[i]);
    f->len = 0;
    if (l->id)
        put_number(f, 1, l->id);
    put_bytes(f, 2, buf_sv(&tags));
    put_number(f, 3, (uint64_t)l->kind);
    put_bytes(f, 4, buf_sv(&l->geometry));
    put_bytes(&l->features, 2, buf_sv(f));
    l->drawn++;
}

static void put_command(struct tile_layer *l, unsigned command, size_t count)
{
    put_varint(&l->geometry, command | (uint64_t)count << 3);
}

static void put_move(struct tile_layer *l, struct tile_xy to)
{
    put_varint(&l->geometry, zigzag((int64_t)to.x - l->pen.x));
    put_varint(&l->geometry, zigzag((int64_t)to.y - l->pen.y));
    l->pen = to;
}

static bool in_margin(struct tile_xy at)
{
    return at.x >= -TILE_MARGIN && at.y >= -TILE_MARGIN && at.x <= TILE_EXTENT + TILE_MARGIN &&
           at.y <= TILE_EXTENT + TILE_MARGIN;
}

void tile_point(struct tile_layer *l, struct tile_xy at)
{
    if (!in_margin(at))
        return;
    put_command(l, COMMAND_MOVE, 1);
    put_move(l, at);
}

static void put_run(struct tile_layer *l, const struct tile_xy *at, size_t n)
{
    put_command(l, COMMAND_MOVE, 1);
    put_move(l, at[0]);
    put_command(l, COMMAND_LINE, n - 1);
    for (size_t i = 1; i < n; i++)
        put_move(l, at[i]);
}

/* The share of a side at which it crosses a bound, narrowed into [*from, *to]. */
static bool narrow(double start, double change, double low, double high, double *from, double *to)
{
    if (change == 0)
        return start >= low && start <= high;
    double a = (low - start) / change, b = (high - start) / change;
    if (a > b) {
        double swap = a;
        a = b;
        b = swap;
    }
    *from = a > *from ? a : *from;
    *to = b < *to ? b : *to;
    return *from <= *to;
}

/* Cuts the side from a to b to the margin; false when nothing of it is there. */
static bool cut_side(struct tile_xy *a, struct tile_xy *b)
{
    double from = 0, to = 1, low = -TILE_MARGIN, high = TILE_EXTENT + TILE_MARGIN;
    double x = (double)b->x - a->x, y = (double)b->y - a->y;
    if (!narrow(a->x, x, low, high, &from, &to) || !narrow(a->y, y, low, high, &from, &to))
        return false;
    struct tile_xy start = *a;
    a->x = (int32_t)lround(start.x + x * from);
    a->y = (int32_t)lround(start.y + y * from);
    b->x = (int32_t)lround(start.x + x * to);
    b->y = (int32_t)lround(start.y + y * to);
    return true;
}

static bool same(struct tile_xy a, struct tile_xy b)
{
    return a.x == b.x && a.y == b.y;
}

static bool within(struct tile_xy a, struct tile_xy b, int units)
{
    int64_t x = (int64_t)a.x - b.x, y = (int64_t)a.y - b.y;
    return x * x + y * y <= (int64_t)units * units;
}

void tile_line(struct tile_layer *l, const struct tile_xy *at, size_t n, int thin)
{
    struct tile_xy *run = NEW(l->mem, struct tile_xy, n + 1);
    size_t length = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        struct tile_xy a = at[i], b = at[i + 1];
        if (!cut_side(&a, &b))
            continue;
        if (length && !same(run[length - 1], a) && !same(at[i], a)) {   /* it had left the tile */
            if (length > 1)
                put_run(l, run, length);
            length = 0;
        }
        if (length == 0)
            run[length++] = a;
        bool last = i + 2 == n || !same(b, at[i + 1]);
        if ((last && !same(b, run[length - 1])) || !within(b, run[length - 1], thin))
            run[length++] = b;
    }
    if (length > 1)
        put_run(l, run, length);
}

/* --- rings: cut against one border after the other (Sutherland and Hodgman) --- */

static int32_t beyond(struct tile_xy p, int border)
{
    switch (border) {
    case 0:  return -TILE_MARGIN - p.x;
    case 1:  return p.x - TILE_EXTENT - TILE_MARGIN;
    case 2:  return -TILE_MARGIN - p.y;
    default: return p.y - TILE_EXTENT - TILE_MARGIN;
    }
}

static struct tile_xy meet(struct tile_xy a, struct tile_xy b, int border)
{
    double t = (double)beyond(a, border) / ((double)beyond(a, border) - beyond(b, border));
    return (struct tile_xy){ (int32_t)lround(a.x + t * ((double)b.x - a.x)),
                             (int32_t)lround(a.y + t * ((double)b.y - a.y)) };
}

static size_t cut_ring(const struct tile_xy *from, size_t n, int border, struct tile_xy *to)
{
    size_t made = 0;
    for (size_t i = 0; i < n; i++) {
        struct tile_xy a = from[i ? i - 1 : n - 1], b = from[i];
        if ((beyond(a, border) > 0) != (beyond(b, border) > 0))
            to[made++] = meet(a, b, border);
        if (beyond(b, border) <= 0)
            to[made++] = b;
    }
    return made;
}

double tile_turning(const struct tile_xy *at, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        struct tile_xy a = at[i], b = at[(i + 1) % n];
        sum += (double)a.x * b.y - (double)b.x * a.y;
    }
    return sum;
}

void tile_ring(struct tile_layer *l, const struct tile_xy *at, size_t n)
{
    struct tile_xy *ring = NEW(l->mem, struct tile_xy, n);
    for (size_t i = 0; i < n; i++)
        ring[i] = at[i];
    for (int border = 0; border < 4 && n; border++) {
        struct tile_xy *cut = NEW(l->mem, struct tile_xy, n * 2);
        n = cut_ring(ring, n, border, cut);
        ring = cut;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || !same(ring[kept - 1], ring[i]))
            ring[kept++] = ring[i];
    while (kept > 1 && same(ring[0], ring[kept - 1]))
        kept--;
    if (kept < 3 || fabs(tile_turning(ring, kept)) < 1)      /* a border alone was left of it */
        return;
    put_run(l, ring, kept);
    put_command(l, COMMAND_CLOSE, 1);
}

void tile_layer_put(const struct tile_layer *l, struct buf *out)
{
    struct buf layer = buf_new(l->mem, l->features.len + 1024);
    if (l->drawn == 0)
        return;
    put_number(&layer, 15, 2);
    put_bytes(&layer, 1, l->name);
    buf_put(&layer, buf_sv(&l->features));
    for (size_t i = 0; i < l->keys; i++)
        put_bytes(&layer, 3, l->key[i]);
    for (size_t i = 0; i < l->values; i++) {
        struct buf value = buf_new(l->mem, 16 + l->value[i].text.len);
        if (l->value[i].is_text)
            put_bytes(&value, 1, l->value[i].text);
        else
            put_number(&value, 6, zigzag(l->value[i].n));
        put_bytes(&layer, 4, buf_sv(&value));
    }
    put_number(&layer, 5, TILE_EXTENT);
    put_bytes(out, 3, buf_sv(&layer));
}
