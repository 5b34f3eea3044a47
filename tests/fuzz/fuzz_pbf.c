/* fuzz_pbf.c - any bytes as an OSM PBF map, and any bytes as what one of its blocks holds. */

#include "roads/import/import.h"

#include <assert.h>
#include <string.h>

static void be32(struct buf *b, size_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(b, (char)(n >> shift));
}

static void varint(struct buf *b, size_t n)
{
    for (; n >= 128; n >>= 7)
        buf_byte(b, (char)(n | 128));
    buf_byte(b, (char)n);
}

/* A blob that holds `raw` unpacked, so that the fuzzer need not invent lengths and zlib. */
static void put_blob(struct buf *b, const char *type, struct sv raw)
{
    struct buf head = buf_new(b->mem, 64), body = buf_new(b->mem, raw.len + 16);
    buf_byte(&body, 0x0A);
    varint(&body, raw.len);
    buf_put(&body, raw);
    buf_byte(&head, 0x0A);
    varint(&head, strlen(type));
    buf_text(&head, type);
    buf_byte(&head, 0x18);
    varint(&head, body.len);
    be32(b, head.len);
    buf_put(b, buf_sv(&head));
    buf_put(b, buf_sv(&body));
}

static void import(struct ctx *c, struct sv bytes)
{
    struct road_builder b = { 0 };
    FILE *in = fmemopen((void *)(uintptr_t)bytes.at, bytes.len, "rb");
    if (roads_read(c, &b, in, "fuzz", NULL) != ERR_NONE)
        assert(c->fault.log.len > 0);
    fclose(in);
    road_builder_free(&b);
    c->fault = (struct fault){ 0 };
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size == 0)
        return 0;
    struct ctx c = { 0 };
    struct sv input = { (const char *)bytes, size };
    import(&c, input);
    struct buf map = buf_new(&c.mem, size + 256);
    put_blob(&map, "OSMHeader", SV(""));
    put_blob(&map, "OSMData", input);
    import(&c, buf_sv(&map));
    arena_free(&c.mem);
    return 0;
}
