/* roads_tile_test.c - tiles of the street net: the right edges, at the right zooms. */

#include "roads/roads_tile.h"

#include "geo/tile.h"
#include "roads/made_test.h"

TEST(a_box_finds_the_edges_a_plain_look_finds)
{
    unsigned seed = test_seed();
    struct roads r = made_random(seed, 400);
    for (int i = 0; i < 40; i++) {
        struct point_box box = box_none();
        box_add(&box, made_point(made_number(&seed, 1300), made_number(&seed, 1300)));
        box_add(&box, made_point(made_number(&seed, 1300), made_number(&seed, 1300)));
        uint32_t next = 0;
        for (uint32_t e = 0; e < r.edges; e++) {
            if (!box_meets(&r.tree[e], &box))
                continue;
            CHECK(roads_edge_in(&r, &box, &next));
            CHECK_INT(next, e);
            next++;
        }
        CHECK(!roads_edge_in(&r, &box, &next));
    }
    made_end(&r);
}

/* The tile of a zoom that holds a point. */
static struct tile_frame tile_at(int z, struct point at)
{
    struct tile_frame f;
    int64_t x = 0, y = 0;
    for (int zoom = 1; zoom <= z; zoom++)                /* into the right quarter each time */
        for (int quarter = 0; quarter < 4; quarter++) {
            CHECK(tile_frame_of(zoom, x * 2 + quarter % 2, y * 2 + quarter / 2, &f));
            struct tile_xy here = tile_place(&f, at);
            if (here.x < 0 || here.y < 0 || here.x >= TILE_EXTENT || here.y >= TILE_EXTENT)
                continue;
            x = f.x;
            y = f.y;
            break;
        }
    CHECK(tile_frame_of(z, x, y, &f));
    return f;
}

TEST(tiles_show_streets_from_their_zoom_on)
{
    struct roads r = made_random(7, 300);
    size_t bytes[19] = { 0 };
    struct buf out = buf_new(test_mem(), 64);
    for (int z = 11; z <= 16; z++) {
        struct tile_frame f = tile_at(z, made_point(300, 300));
        out.len = 0;
        CHECK(roads_tile(&r, f.z, f.x, f.y, &out));
        bytes[z] = out.len;
    }
    CHECK_INT(bytes[11], 0);
    CHECK_INT(bytes[12], 0);                             /* no main road in it */
    CHECK(bytes[13] > 0);                                /* residential streets */
    CHECK(bytes[15] > bytes[14] / 2 && bytes[15] > 0);
    out.len = 0;
    CHECK(!roads_tile(&r, 14, -1, 0, &out));
    CHECK(roads_tile(&r, 14, 0, 0, &out));
    CHECK_INT(out.len, 0);
    made_end(&r);
}
