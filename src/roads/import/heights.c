/* heights.c - how high the ground is, from SRTM tiles. */

#include "roads/import/heights.h"

#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SIDE_COARSE = 1201, SIDE_FINE = 3601, HOLE = -32768, DEGREE_E7 = 10000000 };

static int side_of(size_t bytes)
{
    if (bytes == (size_t)SIDE_COARSE * SIDE_COARSE * 2)
        return SIDE_COARSE;
    return bytes == (size_t)SIDE_FINE * SIDE_FINE * 2 ? SIDE_FINE : 0;
}

/* The tile of a degree, with a side of 0 when there is none. */
static struct height_tile tile_open(struct heights *h, int lat, int lon)
{
    struct height_tile t = { .lat = lat, .lon = lon };
    char name[TILE_NAME], path[PATH_MAX];
    struct stat st;
    snprintf(name, sizeof name, "%c%02d%c%03d.hgt", lat < 0 ? 'S' : 'N', abs(lat),
             lon < 0 ? 'W' : 'E', abs(lon));
    if (snprintf(path, sizeof path, "%s/%s", h->folder, name) >= (int)sizeof path)
        return t;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return t;
    int side = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? side_of((size_t)st.st_size) : 0;
    void *at = side ? mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    close(fd);
    if (at == MAP_FAILED) {
        h->wrong = side ? WHY("读不进内存", "it cannot be mapped")
                        : WHY("每边不是 1201 或 3601 个高程", "it has not 1201 or 3601 heights a side");
        memcpy(h->wrong_name, name, sizeof name);
        return t;
    }
    t.side = side;
    t.size = (size_t)st.st_size;
    t.at = at;
    h->found++;
    return t;
}

static const struct height_tile *tile_of(struct heights *h, int lat, int lon)
{
    for (size_t i = 0; i <= h->tiles; i++) {
        size_t at = i == 0 ? h->last : i - 1;            /* mostly the one of before */
        if (at < h->tiles && h->tile[at].lat == lat && h->tile[at].lon == lon) {
            h->last = at;
            return &h->tile[at];
        }
    }
    if (h->tiles == h->tiles_room) {
        h->tiles_room = h->tiles_room * 2 + 16;
        h->tile = block_resize(h->tile, h->tiles_room * sizeof *h->tile);
    }
    h->last = h->tiles;
    h->tile[h->tiles] = tile_open(h, lat, lon);
    return &h->tile[h->tiles++];
}

static int height_of(const struct height_tile *t, int row, int column)
{
    const uint8_t *at = t->at + ((size_t)row * (size_t)t->side + (size_t)column) * 2;
    return (int16_t)((unsigned)at[0] << 8 | at[1]);
}

bool heights_at(struct heights *h, struct point at, double *ret_m)
{
    int lat = (int)floor((double)at.lat_e7 / DEGREE_E7);
    int lon = (int)floor((double)at.lon_e7 / DEGREE_E7);
    if (h->wrong)
        return false;
    const struct height_tile *t = tile_of(h, lat, lon);
    if (!t->side)
        return false;
    double steps = t->side - 1;
    double down = ((double)(lat + 1) - (double)at.lat_e7 / DEGREE_E7) * steps;
    double right = ((double)at.lon_e7 / DEGREE_E7 - (double)lon) * steps;
    int row = down < steps ? (int)down : t->side - 2, column = right < steps ? (int)right
                                                                              : t->side - 2;
    double y = down - row, x = right - column;
    int corner[4] = { height_of(t, row, column), height_of(t, row, column + 1),
                      height_of(t, row + 1, column), height_of(t, row + 1, column + 1) };
    for (int i = 0; i < 4; i++)
        if (corner[i] == HOLE)
            return false;
    *ret_m = (corner[0] * (1 - x) + corner[1] * x) * (1 - y) +
             (corner[2] * (1 - x) + corner[3] * x) * y;
    return true;
}

enum err heights_right(struct ctx *c, const struct heights *h)
{
    const struct why *none = WHY("里面没有这些街道所在的高程块（如 N30E114.hgt）",
                                 "it holds no tile of these streets (N30E114.hgt)");
    const struct why *why = h->wrong ? h->wrong : none;
    if (!h->wrong && h->found)
        return ERR_NONE;
    struct sv name = sv_fmt(&c->mem, "%s%s%s", h->folder, h->wrong ? "/" : "", h->wrong_name);
    enum err kind = fail(c, ERR_INVALID, "roads.source", "%s: %s", name.at, why->en);
    c->fault.arg0 = name;
    c->fault.arg1 = why_said(c, why);
    return kind;
}

void heights_close(struct heights *h)
{
    if (!h)
        return;
    for (size_t i = 0; i < h->tiles; i++)
        if (h->tile[i].side)
            munmap((void *)(uintptr_t)h->tile[i].at, h->tile[i].size);
    block_free(h->tile);
    *h = (struct heights){ 0 };
}
