/*
 * fuzz_roads_file.c - a small road file with any bytes over it: refused, or safe to search.
 *
 * The input is a list of changes (two bytes of place, one of value); the checksum is made right
 * again, so that the checks behind it are reached.
 */

#include "roads/circle.h"
#include "roads/file.h"
#include "roads/import/layout.h"
#include "roads/roads_tile.h"
#include "roads/route.h"

#include <string.h>

static struct road_header *small_city(struct arena *mem)
{
    struct road_builder b = { 0 };
    struct road_counts counts = { 0 };
    struct chains chains;
    for (int i = 0; i < 16; i++)
        road_builder_node(&b, i, (struct point){ 300000000 + i / 4 * 9000,
                                                 1140000000 + i % 4 * 9000 + i * 7 }, 0);
    for (int i = 0; i < 4; i++) {
        struct road_way across = { .id = i, .name = SV("和平街"), .kind = ROAD_RESIDENTIAL };
        struct road_way along = { .id = 10 + i, .kind = i ? ROAD_FOOTWAY : ROAD_STEPS,
                                  .flags = i == 2 ? ROAD_PRIVATE : 0 };
        road_builder_way(&b, &across, (int64_t[]){ i * 4, i * 4 + 1, i * 4 + 2, i * 4 + 3 }, 4);
        road_builder_way(&b, &along, (int64_t[]){ i, i + 4, i + 8, i + 12 }, 4);
    }
    chains_make(mem, &b, &chains);
    struct road_header *image = layout_make(mem, &chains, &counts);
    road_builder_free(&b);
    return image;
}

static void use(struct arena *mem, const struct roads *r)
{
    struct reach *s = reach_new(mem, r);
    struct anchor from, to;
    struct route route;
    struct buf out = buf_new(mem, 1024);
    roads_snap(r, PROFILE_ELDER, (struct point){ 300010000, 1140010000 }, 300, &from);
    roads_snap(r, PROFILE_WHEELCHAIR, (struct point){ 300026000, 1140026000 }, 300, &to);
    reach_from(s, PROFILE_ELDER, &from, 900000);
    circle_of(mem, s);
    if (route_find(mem, s, PROFILE_ELDER, &from, &to, 900000, &route))
        route_geojson(&out, &route, LANG_ZH);
    roads_tile(r, 15, 26759, 13536, &out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena mem = { 0 };
    struct roads r;
    struct road_header *image = small_city(&mem);
    uint64_t length = image->size;
    for (size_t i = 0; i + 2 < size; i += 3)
        ((uint8_t *)image)[((size_t)bytes[i] << 8 | bytes[i + 1]) % length] = bytes[i + 2];
    image->checksum = road_checksum(image, length);
    if (road_image_check(image, length, &r) == NULL)
        use(&mem, &r);
    block_free(image);
    arena_free(&mem);
    return 0;
}
