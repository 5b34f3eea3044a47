/* fuzz_osm_xml.c - any bytes as an OSM XML map, plain and after a lawful start. */

#include "roads/import/import.h"

#include <assert.h>
#include <unistd.h>

static void import(struct ctx *c, struct sv bytes)
{
    struct road_builder b = { 0 };
    FILE *in = fmemopen((void *)(uintptr_t)bytes.at, bytes.len, "rb");
    if (roads_read(c, &b, in, "fuzz", NULL) != ERR_NONE) {
        assert(c->fault.log.len > 0);
    } else {
        struct sv path = sv_fmt(&c->mem, "/tmp/yike-fuzz-%d.roads", (int)getpid());
        struct roads r = { 0 };
        if (road_builder_write(c, &b, path.at, NULL) == ERR_NONE)
            assert(roads_open(c, path.at, &r) == ERR_NONE);      /* what we write we can read */
        roads_close(&r);
        unlink(path.at);
    }
    fclose(in);
    road_builder_free(&b);
    c->fault = (struct fault){ 0 };
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char start[] = "<osm><node id='1' lat='30' lon='114'/><node id='2' lat='30.01' "
                                "lon='114'/><way id='1'><nd ref='1'/><nd ref='2'/>"
                                "<tag k='highway' v='steps'/></way>";
    if (size == 0)
        return 0;
    struct ctx c = { 0 };
    struct buf text = buf_new(&c.mem, size + sizeof start + 16);
    buf_text(&text, start);
    buf_put(&text, (struct sv){ (const char *)bytes, size });
    buf_text(&text, "</osm>");
    import(&c, (struct sv){ (const char *)bytes, size });
    import(&c, buf_sv(&text));
    arena_free(&c.mem);
    return 0;
}
