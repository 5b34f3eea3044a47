/* shape_test.c - areas, outlines of fields, and vector tiles. */

#include "geo/contour.h"
#include "geo/shape.h"
#include "geo/tile.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct ctx *fresh(void)
{
    static struct ctx c;
    ctx_next(&c, (struct moment){ 1 });
    return &c;
}

static struct point at(double lat, double lon)
{
    return (struct point){ (int32_t)lround(lat * 1e7), (int32_t)lround(lon * 1e7) };
}

TEST(a_boundary_is_read_with_its_holes)
{
    struct shape s;
    CHECK(shape_read(fresh(), SV(
        "{\"type\":\"Feature\",\"properties\":{\"name\":\"a \\\" ] b\",\"list\":[1,{\"x\":[]}]},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[ [[114,30],[115,30,7.5],[115,31],[114,31],[114,30]],"
        "[[114.4,30.4],[114.6,30.4],[114.6,30.6],[114.4,30.6],[114.4,30.4]] ]}}"), &s) == ERR_NONE);
    CHECK_INT(s.rings, 2);
    CHECK_INT(s.points, 10);
    CHECK(shape_holds(&s, at(30.1, 114.1)));
    CHECK(!shape_holds(&s, at(30.5, 114.5)));            /* in the hole */
    CHECK(!shape_holds(&s, at(30.5, 115.5)));
    CHECK(!shape_holds(&s, at(29.9, 114.5)));
    CHECK(shape_read(fresh(), SV("{\"type\":\"MultiPolygon\",\"coordinates\":"
                                 "[[[[0,0],[1,0],[1,1],[0,1]]],[[[5,5],[6,5],[6,6]]]]}"), &s) ==
          ERR_NONE);
    CHECK_INT(s.rings, 2);
    CHECK(shape_holds(&s, at(0.5, 0.5)) && shape_holds(&s, at(5.2, 5.8)));
    CHECK(!shape_holds(&s, at(3, 3)));
}

TEST(what_is_no_boundary_is_refused)
{
    static const char *const bad[] = {
        "", "{", "[]", "{}", "null", "{\"type\":\"Point\",\"coordinates\":[1,2]}",
        "{\"coordinates\":[[[0,0],[1,0],[1,1]]]", "{\"coordinates\":[[[0,0],[1,0]]]}",
        "{\"coordinates\":[[[0,0],[181,0],[1,1]]]}", "{\"coordinates\":[[[0,0],[1,\"0\"],[1,1]]]}",
        "{\"coordinates\":[[[0,0],[1,0],[1,1]]]} x", "{\"coordinates\":[[[[[[[0,0]]]]]]]}",
        "{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}", "{\"a\":\"\\",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct ctx *c = fresh();
        struct shape s;
        CHECK(shape_read(c, sv_of(bad[i]), &s) == ERR_INVALID);
        CHECK(c->fault.arg0.len > 0);
    }
}

TEST(geojson_has_six_decimals)
{
    struct buf b = buf_new(test_mem(), 64);
    geojson_point(&b, (struct point){ -5, 1140000004 });
    CHECK_TEXT(buf_sv(&b), "{\"type\":\"Point\",\"coordinates\":[114.000000,-0.000001]}");
    b.len = 0;
    geojson_position(&b, (struct point){ 411500000, -86109995 });
    CHECK_TEXT(buf_sv(&b), "[-8.611000,41.150000]");
}

/* --- contours --- */

TEST(an_outline_follows_the_field_and_joins_corners)
{
    enum { SIDE = 40 };
    static float f[SIDE * SIDE];
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            float d = hypotf((float)x - 20, (float)y - 20);
            f[y * SIDE + x] = d < 5 ? 20 - d : d;        /* a ring from 5 to 12 */
        }
    struct field_grid grid = { SIDE, SIDE, f, 12 };
    struct contour c = contour_trace(test_mem(), &grid);
    CHECK_INT(c.rings, 2);
    double outer = contour_ring_area2(&c, 0) / 2, inner = contour_ring_area2(&c, 1) / 2;
    CHECK(outer > 440 && outer < 456);                   /* 12 * 12 * pi is 452 */
    CHECK(inner < -60 && inner > -90);
    for (uint32_t i = 0; i < c.ring_end[0]; i++)
        CHECK(fabsf(hypotf(c.point[i].x - 20, c.point[i].y - 20) - 12) < 0.15f);

    static const float corners[] = { 9, 9, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 9, 9, 9, 9 };
    struct field_grid two = { 4, 4, corners, 5 };
    CHECK_INT(contour_trace(test_mem(), &two).rings, 1);
}

/* --- tiles, read back --- */

struct cursor { const uint8_t *at, *end; };

static uint64_t varint(struct cursor *p)
{
    uint64_t n = 0;
    for (int shift = 0; p->at < p->end; shift += 7) {
        n |= (uint64_t)(*p->at & 127) << shift;
        if (*p->at++ < 128)
            break;
    }
    return n;
}

static struct cursor part(struct cursor *p)
{
    uint64_t size = varint(p);
    CHECK(size <= (uint64_t)(p->end - p->at));
    struct cursor made = { p->at, p->at + size };
    p->at += size;
    return made;
}

/* The first field of that number in a message of varints and parts. */
static bool field(struct cursor p, uint64_t number, struct cursor *ret_part, uint64_t *ret_n)
{
    while (p.at < p.end) {
        uint64_t key = varint(&p), n = 0;
        struct cursor bytes = { 0 };
        if (key % 8 == 2)
            bytes = part(&p);
        else
            n = varint(&p);
        if (key / 8 != number)
            continue;
        *ret_part = bytes;
        *ret_n = n;
        return true;
    }
    return false;
}

static int64_t unzigzag(uint64_t n)
{
    return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

TEST(a_tile_reads_back_as_it_was_drawn)
{
    struct tile_layer l = tile_layer(test_mem(), "streets");
    struct buf out = buf_new(test_mem(), 64);
    static const struct tile_xy line[] = { { 10, 10 }, { 100, 50 }, { 5000, 50 }, { 5000, 900 } };
    tile_begin(&l, TILE_LINE, 7);
    tile_tag_text(&l, "kind", SV("footway"));
    tile_tag_int(&l, "steps", -3);
    tile_line(&l, line, 4, 4);
    tile_end(&l);
    tile_layer_put(&l, &out);

    struct cursor tile = { (const uint8_t *)out.at, (const uint8_t *)out.at + out.len };
    struct cursor layer, feature, geometry, text;
    uint64_t n;
    CHECK(field(tile, 3, &layer, &n));
    CHECK(field(layer, 15, &text, &n) && n == 2);
    CHECK(field(layer, 1, &text, &n) && text.end - text.at == 7 && !memcmp(text.at, "streets", 7));
    CHECK(field(layer, 2, &feature, &n));
    CHECK(field(feature, 1, &text, &n) && n == 7);
    CHECK(field(feature, 3, &text, &n) && n == TILE_LINE);
    CHECK(field(feature, 4, &geometry, &n));
    static const int64_t want[] = { 10, 10, 90, 40, TILE_EXTENT + TILE_MARGIN - 100, 0 };
    CHECK_INT(varint(&geometry), 1 << 3 | 1);            /* move once */
    CHECK_INT(unzigzag(varint(&geometry)), want[0]);
    CHECK_INT(unzigzag(varint(&geometry)), want[1]);
    CHECK_INT(varint(&geometry), 2 << 3 | 2);            /* two lines, cut at the margin */
    for (int i = 2; i < 6; i++)
        CHECK_INT(unzigzag(varint(&geometry)), want[i]);
    CHECK(geometry.at == geometry.end);
}

TEST(a_tile_knows_where_it_lies)
{
    struct tile_frame f;
    CHECK(tile_frame_of(15, 27307, 12421, &f));
    for (int x = 0; x <= TILE_EXTENT; x += 512)
        for (int y = 0; y <= TILE_EXTENT; y += 512) {
            struct tile_xy back = tile_place(&f, tile_back(&f, (struct tile_xy){ x, y }));
            CHECK(abs(back.x - x) <= 1 && abs(back.y - y) <= 1);
        }
    struct tile_xy middle;
    CHECK(tile_frame_of(0, 0, 0, &f));
    middle = tile_place(&f, (struct point){ 0, 0 });
    CHECK(middle.x == TILE_EXTENT / 2 && middle.y == TILE_EXTENT / 2);
    CHECK(!tile_frame_of(3, 8, 0, &f) && !tile_frame_of(3, 0, -1, &f));
    CHECK(!tile_frame_of(23, 0, 0, &f));
}

TEST(rings_are_cut_to_the_tile)
{
    struct tile_layer l = tile_layer(test_mem(), "areas");
    static const struct tile_xy round[] = { { -9000, -9000 }, { 9000, -9000 }, { 9000, 9000 },
                                            { -9000, 9000 } };
    static const struct tile_xy away[] = { { 9000, 9000 }, { 9900, 9000 }, { 9000, 9900 } };
    tile_begin(&l, TILE_POLYGON, 0);
    tile_ring(&l, away, 3);
    tile_end(&l);
    CHECK_INT(l.drawn, 0);
    tile_begin(&l, TILE_POLYGON, 0);
    tile_ring(&l, round, 4);
    tile_end(&l);
    CHECK_INT(l.drawn, 1);
    CHECK(l.geometry.len < 32);
}

/* One side of it runs along the border of the tile's margin: a line, no polygon. */
TEST(of_a_ring_that_only_touches_a_tile_nothing_is_left)
{
    const struct tile_xy apart[] = { { 4224, 0 }, { 5000, 0 }, { 5000, 900 }, { 4224, 900 } };
    const struct tile_xy in[] = { { 100, 0 }, { 900, 0 }, { 900, 900 }, { 100, 900 } };
    struct tile_layer l = tile_layer(test_mem(), "coverage");
    tile_begin(&l, TILE_POLYGON, 1);
    tile_ring(&l, apart, 4);
    tile_end(&l);
    CHECK_INT(l.drawn, 0);
    tile_begin(&l, TILE_POLYGON, 2);
    tile_ring(&l, in, 4);
    tile_end(&l);
    CHECK_INT(l.drawn, 1);
    CHECK(tile_turning(in, 4) > 0);
}
