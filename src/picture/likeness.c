/* likeness.c - what makes two photographs the same although their bytes differ. */

#include "picture/picture.h"

#include <turbojpeg.h>

enum { GRID_W = 9, GRID_H = 8, FLAT_BITS = 4, GREY_STEP = 2 };

struct grey { uint8_t *at; int w, h; };

static void end(tjhandle *tj)
{
    if (*tj)
        tjDestroy(*tj);
}

MUST static enum err grey_decode(struct ctx *c, struct sv jpeg, struct grey *ret_grey)
{
    AUTO(end) tjhandle tj = tjInitDecompress();
    const unsigned char *bytes = (const unsigned char *)jpeg.at;
    int w = 0, h = 0, sampling, space;
    bool good = tj && tjDecompressHeader3(tj, bytes, jpeg.len, &w, &h, &sampling, &space) == 0
             && w > 0 && h > 0 && w <= PICTURE_SIDE_MAX && h <= PICTURE_SIDE_MAX;
    struct grey g = { .w = w, .h = h };
    if (good) {
        g.at = NEW(&c->mem, uint8_t, (size_t)w * (size_t)h);
        good = tjDecompress2(tj, bytes, jpeg.len, g.at, w, 0, h, TJPF_GRAY, 0) == 0;
    }
    if (!good)
        return fail(c, ERR_INVALID, "picture.unreadable", "no small JPEG of ours");
    *ret_grey = g;
    return ERR_NONE;
}

/* The mean of one field of the grid, times 16. */
static int mean(const struct grey *g, int column, int line)
{
    int x0 = column * g->w / GRID_W, x1 = (column + 1) * g->w / GRID_W;
    int y0 = line * g->h / GRID_H, y1 = (line + 1) * g->h / GRID_H;
    int64_t sum = 0, n = 0;
    for (int y = y0; y < y1 || y == y0; y++)
        for (int x = x0; x < x1 || x == x0; x++, n++)
            sum += g->at[(size_t)y * (size_t)g->w + (size_t)x];
    return (int)(sum * 16 / n);
}

enum err picture_likeness(struct ctx *c, struct sv small_jpeg, uint64_t *ret_likeness)
{
    struct grey g;
    uint64_t bits = 0;
    TRY(grey_decode(c, small_jpeg, &g));
    for (int line = 0; line < GRID_H; line++)
        for (int column = 0; column + 1 < GRID_W; column++)
            bits = bits << 1 |
                   (mean(&g, column, line) + 16 * GREY_STEP < mean(&g, column + 1, line));
    *ret_likeness = bits;
    return ERR_NONE;
}

int picture_distance(uint64_t a, uint64_t b)
{
    return __builtin_popcountll(a ^ b);
}

bool picture_blank(uint64_t likeness)
{
    int n = __builtin_popcountll(likeness);
    return n <= FLAT_BITS || n >= 64 - FLAT_BITS;
}
