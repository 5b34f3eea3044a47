/* fuzz_graph.c - any bytes as a table of a graph, beside good nodes; any bytes as heights. */

#include "roads/import/import.h"

#include <assert.h>
#include <string.h>

static const char nodes[] = "id,lat,lon,barrier\n1,30,114,\n2,30.001,114.001,gate\n3,30.002,114,\n";

static enum err read_table(struct ctx *c, struct road_builder *b, struct sv bytes)
{
    FILE *in = fmemopen((void *)(uintptr_t)bytes.at, bytes.len, "rb");
    enum err e = roads_read(c, b, in, "fuzz", NULL);
    fclose(in);
    if (e != ERR_NONE)
        assert(c->fault.log.len > 0);
    c->fault = (struct fault){ 0 };
    return e;
}

/* A tile from the input, in memory: what heights_at() reads is never beyond it. */
static void read_heights(const uint8_t *bytes, size_t size)
{
    enum { SIDE = 3 };
    uint8_t tile[SIDE * SIDE * 2] = { 0 };
    struct height_tile one = { .lat = 30, .lon = 114, .side = SIDE, .at = tile };
    struct heights heights = { .folder = "/nowhere", .tile = &one, .tiles = 1, .tiles_room = 1 };
    memcpy(tile, bytes, size < sizeof tile ? size : sizeof tile);
    for (size_t i = 0; i + 4 <= size; i += 4) {
        struct point at = { 300000000, 1140000000 };
        double m;
        at.lat_e7 += (int32_t)((bytes[i] << 8 | bytes[i + 1]) * 9999999ll / 65535);
        at.lon_e7 += (int32_t)((bytes[i + 2] << 8 | bytes[i + 3]) * 9999999ll / 65535);
        if (heights_at(&heights, at, &m))
            assert(m >= -32768 && m <= 32767);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct road_builder b = { 0 };
    struct roads r = { 0 };
    if (size == 0)
        return 0;
    read_heights(bytes, size);
    enum err e = read_table(&c, &b, (struct sv){ nodes, sizeof nodes - 1 });
    assert(e == ERR_NONE);
    if (read_table(&c, &b, (struct sv){ (const char *)bytes, size }) == ERR_NONE &&
        road_builder_open(&c, &b, &r) == ERR_NONE)
        roads_close(&r);
    road_builder_free(&b);
    arena_free(&c.mem);
    return 0;
}
