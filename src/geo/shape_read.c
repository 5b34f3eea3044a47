/*
 * shape_read.c - reads the rings out of GeoJSON without building a tree of it.
 *
 * Boundaries have tens of thousands of points. The text is walked once: objects for the members
 * that matter, arrays of numbers as they come; everything else is passed over.
 */

#include "base/why.h"
#include "geo/shape.h"

#include <math.h>

struct reader {
    struct arena *mem;
    struct sv     rest;
    const struct why *wrong;
    struct shape  shape;
    size_t        point_room, ring_room;
};

static void skip_space(struct reader *r)
{
    size_t n = 0;
    while (n < r->rest.len && (r->rest.at[n] == ' ' || r->rest.at[n] == '\n' ||
                               r->rest.at[n] == '\r' || r->rest.at[n] == '\t'))
        n++;
    r->rest = sv_from(r->rest, n);
}

static char peek(struct reader *r)
{
    skip_space(r);
    return r->rest.len ? r->rest.at[0] : '\0';
}

static bool take(struct reader *r, char want)
{
    if (r->wrong || peek(r) != want)
        return false;
    r->rest = sv_from(r->rest, 1);
    return true;
}

static void need(struct reader *r, char want)
{
    if (!take(r, want) && !r->wrong)
        r->wrong = WHY("它不是 JSON", "it is not JSON");
}

/* A text as it stands between its quotes; escapes stay. */
static struct sv read_text(struct reader *r)
{
    need(r, '"');
    size_t n = 0;
    while (n < r->rest.len && r->rest.at[n] != '"')
        n += r->rest.at[n] == '\\' ? 2 : 1;
    if (n >= r->rest.len) {
        r->wrong = WHY("文件不完整，后面被截断了", "it is cut short");
        return SV("");
    }
    struct sv text = sv_head(r->rest, n);
    r->rest = sv_from(r->rest, n + 1);
    return text;
}

/* A number or word. */
static struct sv read_word(struct reader *r)
{
    size_t n = 0;
    skip_space(r);
    while (n < r->rest.len && sv_find_byte(SV(",]} \n\r\t"), r->rest.at[n]) < 0)
        n++;
    struct sv word = sv_head(r->rest, n);
    r->rest = sv_from(r->rest, n);
    if (n == 0 && !r->wrong)
        r->wrong = WHY("它不是 JSON", "it is not JSON");
    return word;
}

static void skip_value(struct reader *r, int depth)
{
    char start = peek(r);
    if (depth > SHAPE_DEPTH_MAX)
        r->wrong = WHY("嵌套过深", "it is nested too deeply");
    if (r->wrong)
        return;
    if (start == '"') {
        read_text(r);
    } else if (start == '{' || start == '[') {
        char end = start == '{' ? '}' : ']';
        need(r, start);
        while (!r->wrong && peek(r) != end) {
            if (start == '{') {
                read_text(r);
                need(r, ':');
            }
            skip_value(r, depth + 1);
            if (!take(r, ','))
                break;
        }
        need(r, end);
    } else {
        read_word(r);
    }
}

/* [lon,lat] or [lon,lat,height]; its opening bracket has been read. */
static void read_position(struct reader *r)
{
    double lon = 0, lat = 0;
    bool right = sv_real(read_word(r), -180, 180, &lon) && take(r, ',') &&
                 sv_real(read_word(r), -90, 90, &lat);
    while (right && take(r, ','))
        read_word(r);
    if (!right && !r->wrong)
        r->wrong = WHY("有坐标不是“经度, 纬度”", "a position is not longitude, latitude");
    need(r, ']');
    struct shape *s = &r->shape;
    if (s->points >= SHAPE_POINTS_MAX)
        r->wrong = WHY("点数过多", "it has too many points");
    if (r->wrong)
        return;
    struct point at = { (int32_t)lround(lat * 1e7), (int32_t)lround(lon * 1e7) };
    s->point = GROW(r->mem, s->point, s->points, &r->point_room);
    s->point[s->points++] = at;
    box_add(&s->box, at);
}

/* Arrays in arrays down to positions; an array of positions is a ring. */
static void read_coordinates(struct reader *r, int depth)
{
    need(r, '[');
    if (depth > 4 && !r->wrong)
        r->wrong = WHY("坐标嵌套过深", "its coordinates are nested too deeply");
    uint32_t before = r->shape.points;
    bool ring = false;
    while (!r->wrong && peek(r) == '[') {
        struct sv start = r->rest;
        need(r, '[');
        ring = peek(r) != '[' && peek(r) != ']';
        if (ring) {
            read_position(r);
        } else {
            r->rest = start;
            read_coordinates(r, depth + 1);
        }
        if (!take(r, ','))
            break;
    }
    need(r, ']');
    if (!ring || r->wrong)
        return;
    struct shape *s = &r->shape;
    if (s->points - before < 3)
        r->wrong = WHY("有一圈少于三个点", "a ring has fewer than three points");
    s->ring_end = GROW(r->mem, s->ring_end, s->rings, &r->ring_room);
    s->ring_end[s->rings++] = s->points;
}

static void read_object(struct reader *r, int depth);

static void read_list(struct reader *r, int depth)
{
    need(r, '[');
    while (!r->wrong && peek(r) == '{') {
        read_object(r, depth + 1);
        if (!take(r, ','))
            break;
    }
    need(r, ']');
}

static void read_member(struct reader *r, struct sv name, int depth)
{
    if (sv_is(name, "coordinates"))
        read_coordinates(r, 1);
    else if (sv_is(name, "geometry") && peek(r) == '{')
        read_object(r, depth + 1);
    else if ((sv_is(name, "features") || sv_is(name, "geometries")) && peek(r) == '[')
        read_list(r, depth);
    else
        skip_value(r, depth + 1);
}

static void read_object(struct reader *r, int depth)
{
    need(r, '{');
    if (depth > SHAPE_DEPTH_MAX && !r->wrong)
        r->wrong = WHY("嵌套过深", "it is nested too deeply");
    while (!r->wrong && peek(r) != '}') {
        struct sv name = read_text(r);
        need(r, ':');
        if (!r->wrong)
            read_member(r, name, depth);
        if (!take(r, ','))
            break;
    }
    need(r, '}');
}

enum err shape_read(struct ctx *c, struct sv json, struct shape *ret_shape)
{
    struct reader r = { .mem = &c->mem, .rest = json, .shape = { .box = box_none() } };
    read_object(&r, 1);
    if (!r.wrong && peek(&r) != '\0')
        r.wrong = WHY("后面还有多余的内容", "something stands behind it");
    if (!r.wrong && r.shape.rings == 0)
        r.wrong = WHY("里面没有多边形", "it has no polygon");
    if (r.wrong) {
        enum err kind = fail(c, ERR_INVALID, "geo.shape", "boundary: %s", r.wrong->en);
        c->fault.arg0 = why_said(c, r.wrong);
        return kind;
    }
    *ret_shape = r.shape;
    return ERR_NONE;
}
