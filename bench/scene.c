/*
 * scene.c - places on random streets, for the near-me bench: the same seed makes the same scene.
 *
 *   bench-scene ROADS PLACES HOMES OUT_DIR
 *
 * Writes OUT_DIR/places.csv (for `yike import places` and for the peer), OUT_DIR/homes.txt
 * (requests of bench-load) and OUT_DIR/homes.csv. A place lies on a random edge, within some 30 m
 * of a random point of it; a home likewise, on an edge of its own.
 */

#include "app/demo/make/random.h"
#include "care/place/place.h"
#include "roads/roads.h"

#include <stdio.h>

enum { ASIDE_E7 = 2500, SEED = 1 };

static const char *const hours[] = { "Mo-Fr 08:00-17:00", "Mo-Su 07:00-21:00",
                                     "Mo-Sa 09:00-12:00,14:00-18:00", "Mo-Su 00:00-24:00" };

static struct point random_point(const struct roads *r, struct dice *dice)
{
    const struct edge *e = &r->edge[dice_between(dice, 0, (int64_t)r->edges - 1)];
    struct point a = r->at[e->a], b = r->at[e->b];
    double t = dice_part(dice);
    int64_t lat = a.lat_e7 + (int64_t)(t * (b.lat_e7 - a.lat_e7));
    int64_t lon = a.lon_e7 + (int64_t)(t * (b.lon_e7 - a.lon_e7));
    return (struct point){ (int32_t)(lat + dice_between(dice, -ASIDE_E7, ASIDE_E7)),
                           (int32_t)(lon + dice_between(dice, -ASIDE_E7, ASIDE_E7)) };
}

static void put_point(FILE *f, struct point p, char between)
{
    fprintf(f, "%.7f%c%.7f", p.lat_e7 / 1e7, between, p.lon_e7 / 1e7);
}

static void write_places(FILE *f, const struct roads *r, struct dice *dice, int64_t n)
{
    fprintf(f, "id,name,kind,lat,lon,address,phone,hours\n");
    for (int64_t i = 0; i < n; i++) {
        int64_t kind = dice_between(dice, 0, PLACE_KINDS - 1);
        fprintf(f, "P%lld,%s %lld,%s,", (long long)i, place_kinds[kind].zh, (long long)i,
                place_kinds[kind].key);
        put_point(f, random_point(r, dice), ',');
        fprintf(f, ",长安路 %lld 号,%lld,\"%s\"\n", (long long)dice_between(dice, 1, 999),
                (long long)(10000000000 + i), hours[dice_between(dice, 0, 3)]);
    }
}

static void write_homes(FILE *list, FILE *asked, const struct roads *r, struct dice *dice,
                        int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        struct point p = random_point(r, dice);
        put_point(list, p, ',');
        fputc('\n', list);
        fprintf(asked, "GET\t/api/near?lat=%.7f&lon=%.7f&open=true\t\t\n", p.lat_e7 / 1e7,
                p.lon_e7 / 1e7);
    }
}

static FILE *out_open(struct ctx *c, const char *dir, const char *name)
{
    FILE *f = fopen(sv_fmt(&c->mem, "%s/%s", dir, name).at, "w");
    if (!f)
        perror(name);
    return f;
}

int main(int argc, char **argv)
{
    struct ctx c = { 0 };
    struct roads roads = { 0 };
    int64_t places, homes;
    if (argc != 5 || !sv_int(sv_of(argv[2]), 1, 10000000, &places) ||
        !sv_int(sv_of(argv[3]), 1, 1000000, &homes)) {
        fprintf(stderr, "usage: bench-scene ROADS PLACES HOMES OUT_DIR\n");
        return 2;
    }
    if (roads_open(&c, argv[1], &roads) != ERR_NONE) {
        fprintf(stderr, "bench-scene: %.*s\n", SV_ARG(c.fault.log));
        return 1;
    }
    FILE *csv = out_open(&c, argv[4], "places.csv"), *list = out_open(&c, argv[4], "homes.csv"),
         *asked = out_open(&c, argv[4], "homes.txt");
    if (!csv || !list || !asked)
        return 1;
    struct dice dice = { SEED };
    write_places(csv, &roads, &dice, places);
    write_homes(list, asked, &roads, &dice, homes);
    roads_close(&roads);
    arena_free(&c.mem);
    return fclose(csv) || fclose(list) || fclose(asked) ? 1 : 0;
}
