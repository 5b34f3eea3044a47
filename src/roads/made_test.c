/* made_test.c - made-up streets for the tests of this folder. */

#include "roads/made_test.h"

#include "roads/import/import.h"

#include <unistd.h>

struct ctx *made_ctx(void)
{
    static struct ctx c;
    ctx_next(&c, (struct moment){ 1 });
    return &c;
}

const char *made_path(void)
{
    return sv_fmt(test_mem(), "/tmp/yike-roads-test-%d.roads", (int)getpid()).at;
}

struct point made_point(double x_m, double y_m)
{
    struct plane p = plane_at((struct point){ 300000000, 1140000000 });
    return plane_back(&p, (struct plane_point){ x_m, y_m });
}

struct roads made_open(struct road_builder *b)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    enum err e = road_builder_write(c, b, made_path(), NULL);
    road_builder_free(b);
    CHECK(e == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    return r;
}

struct roads made_street(void)
{
    struct road_builder b = { 0 };
    int64_t nodes[16];
    for (int i = 0; i < 16; i++) {
        nodes[i] = i + 1;
        road_builder_node(&b, i + 1, made_point(i * 100, 0), 0);
    }
    road_builder_way(&b, &(struct road_way){ .id = 1, .name = SV("和平街"), .kind = ROAD_FOOTWAY },
                     nodes, 16);
    return made_open(&b);
}

struct roads made_import(const char *file)
{
    struct ctx *c = made_ctx();
    struct roads r = { 0 };
    const char *full = test_data(file);
    const struct road_maps maps = { .file = &full, .n = 1 };
    CHECK(roads_import(c, &maps, made_path(), NULL) == ERR_NONE);
    CHECK(roads_open(c, made_path(), &r) == ERR_NONE);
    return r;
}

void made_end(struct roads *r)
{
    roads_close(r);
    unlink(made_path());
}

uint32_t made_number(unsigned *seed, uint32_t below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 8) % below;
}

static void random_way(struct road_builder *b, unsigned *seed, int64_t id, int side)
{
    static const enum road_kind kinds[] = { ROAD_RESIDENTIAL, ROAD_FOOTWAY, ROAD_STEPS,
                                            ROAD_SERVICE, ROAD_ELEVATOR };
    int64_t nodes[12];
    size_t n = 2 + made_number(seed, 10);
    int x = (int)made_number(seed, (uint32_t)side), y = (int)made_number(seed, (uint32_t)side);
    for (size_t i = 0; i < n; i++) {
        nodes[i] = 1 + x + (int64_t)y * side;
        int *coordinate = made_number(seed, 2) ? &x : &y;
        int next = *coordinate + (made_number(seed, 2) ? 1 : -1);
        if (next >= 0 && next < side)
            *coordinate = next;
    }
    struct road_way way = { .id = id, .name = made_number(seed, 3) ? SV("和平街") : SV("") };
    way.kind = kinds[made_number(seed, 4) ? made_number(seed, 2) : made_number(seed, 5)];
    way.flags = made_number(seed, 5) ? 0 : ROAD_PRIVATE;
    if (made_number(seed, 12) == 0)
        way.flags |= made_number(seed, 2) ? ROAD_ONLY_FORWARD : ROAD_ONLY_BACKWARD;
    if (made_number(seed, 12) == 0)
        way.flags |= ROAD_NO_WHEELCHAIR;
    road_builder_way(b, &way, nodes, n);
}

struct roads made_random(unsigned seed, int size)
{
    struct road_builder b = { 0 };
    int side = 2;
    while (side * side < size)
        side++;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            double dx = made_number(&seed, 40), dy = made_number(&seed, 40);
            unsigned flags = made_number(&seed, 25) ? 0 : 1 + made_number(&seed, 2);
            road_builder_node(&b, 1 + x + (int64_t)y * side,
                              made_point(x * 60 + dx, y * 60 + dy), flags);
        }
    for (int i = 0; i < side * side / 2 + 2; i++)
        random_way(&b, &seed, i, side);
    return made_open(&b);
}

struct point made_beside(const struct roads *r, unsigned *seed)
{
    struct point at = r->at[made_number(seed, r->junctions)];
    at.lat_e7 += (int32_t)made_number(seed, 8000) - 4000;
    at.lon_e7 += (int32_t)made_number(seed, 8000) - 4000;
    return at;
}

void made_row(struct buf *b, const char *prefix, int i, struct point at)
{
    buf_fmt(b, "%s%d,", prefix, i);
    buf_fixed(b, at.lat_e7, 7);
    buf_byte(b, ',');
    buf_fixed(b, at.lon_e7, 7);
}

struct anchor made_anchor(const struct roads *r, enum profile profile, unsigned *seed)
{
    struct anchor made;
    for (int tries = 0; tries < 50; tries++) {
        struct point at = r->at[made_number(seed, r->junctions)];
        at.lat_e7 += (int32_t)made_number(seed, 4000) - 2000;
        at.lon_e7 += (int32_t)made_number(seed, 4000) - 2000;
        if (roads_snap(r, profile, at, 500, &made))
            break;
    }
    return made;
}

void made_refused(const struct ctx *c, enum err err, const char *why)
{
    size_t chinese = 0;
    CHECK(err == ERR_INVALID);
    CHECK(sv_find(c->fault.log, sv_of(why)) >= 0);
    for (size_t i = 0; i < c->fault.arg1.len; i++)
        chinese += (unsigned char)c->fault.arg1.at[i] >= 0x80;
    if (c->fault.arg1.len && (chinese > 0) != (c->lang == LANG_ZH))
        test_fail(__FILE__, __LINE__, "%.*s", SV_ARG(c->fault.arg1));
}
