/* small.c - decode, shrink, turn upright, encode. */

#include "picture/picture.h"

#include <assert.h>
#include <png.h>
#include <string.h>
#include <turbojpeg.h>

enum { QUALITY = 78, CHANNELS = 3 };

struct pixels { uint8_t *at; int w, h; };      /* RGB, rows from the top, no gaps */

const struct message picture_messages[] = {
    { "picture.unreadable", "这张图片打不开或过大", "this picture cannot be read, or is too large" },
    { 0 },
};

static enum err unreadable(struct ctx *c, const char *why)
{
    return fail(c, ERR_INVALID, "picture.unreadable", "picture is not readable: %s", why);
}

static struct pixels pixels_new(struct ctx *c, int w, int h)
{
    return (struct pixels){ NEW(&c->mem, uint8_t, (size_t)w * (size_t)h * CHANNELS), w, h };
}

/* --- decoding --- */

/* The smallest of the decoder's own scales that is still as large as what is wanted. */
static tjscalingfactor scale_for(int longer, int side)
{
    int n = 0;
    tjscalingfactor best = { 1, 1 }, *all = tjGetScalingFactors(&n);
    for (int i = 0; all && i < n; i++)
        if (all[i].num <= all[i].denom && TJSCALED(longer, all[i]) >= side &&
            TJSCALED(longer, all[i]) < TJSCALED(longer, best))
            best = all[i];
    return best;
}

static enum err jpeg_decode(struct ctx *c, tjhandle tj, struct sv bytes, int side,
                            struct pixels *ret)
{
    int w, h, sampling, space;
    const unsigned char *at = (const unsigned char *)bytes.at;
    if (tjDecompressHeader3(tj, at, bytes.len, &w, &h, &sampling, &space) != 0)
        return unreadable(c, "no JPEG");
    if (w <= 0 || h <= 0 || (int64_t)w * h > PICTURE_JPEG_PIXELS_MAX)
        return fail(c, ERR_INVALID, "picture.unreadable", "picture of %d x %d", w, h);
    tjscalingfactor by = scale_for(w > h ? w : h, side);
    struct pixels p = pixels_new(c, TJSCALED(w, by), TJSCALED(h, by));
    int flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS;
    if (tjDecompress2(tj, at, bytes.len, p.at, p.w, 0, p.h, TJPF_RGB, flags) != 0)
        return unreadable(c, "broken JPEG");
    *ret = p;
    return ERR_NONE;
}

static enum err png_decode(struct ctx *c, struct sv bytes, struct pixels *ret)
{
    png_image image = { .version = PNG_IMAGE_VERSION };
    const png_color white = { 255, 255, 255 };
    if (!png_image_begin_read_from_memory(&image, bytes.at, bytes.len))
        return unreadable(c, "no PNG");
    if ((int64_t)image.width * image.height > PICTURE_PNG_PIXELS_MAX || image.width == 0 ||
        image.height == 0) {
        png_image_free(&image);
        return unreadable(c, "PNG too large");
    }
    image.format = PNG_FORMAT_RGB;
    struct pixels p = pixels_new(c, (int)image.width, (int)image.height);
    if (!png_image_finish_read(&image, &white, p.at, 0, NULL) ||
        PNG_IMAGE_FAILED(image)) {
        png_image_free(&image);
        return unreadable(c, "broken PNG");
    }
    *ret = p;
    return ERR_NONE;
}

/* --- shrinking and turning --- */

/* The mean of the pixels that fall on one. */
static void box(const struct pixels *from, const struct pixels *to, int x, int y)
{
    int x0 = (int)((int64_t)x * from->w / to->w), x1 = (int)((int64_t)(x + 1) * from->w / to->w);
    int y0 = (int)((int64_t)y * from->h / to->h), y1 = (int)((int64_t)(y + 1) * from->h / to->h);
    uint64_t sum[CHANNELS] = { 0 }, n = 0;
    for (int fy = y0; fy < y1 || fy == y0; fy++)
        for (int fx = x0; fx < x1 || fx == x0; fx++, n++)
            for (int k = 0; k < CHANNELS; k++)
                sum[k] += from->at[((size_t)fy * (size_t)from->w + (size_t)fx) * CHANNELS +
                                   (size_t)k];
    for (int k = 0; k < CHANNELS; k++)
        to->at[((size_t)y * (size_t)to->w + (size_t)x) * CHANNELS + (size_t)k] =
            (uint8_t)((sum[k] + n / 2) / n);
}

static struct pixels shrink(struct ctx *c, struct pixels from, int side)
{
    int longer = from.w > from.h ? from.w : from.h;
    if (longer <= side)
        return from;
    int w = (int)((int64_t)from.w * side / longer), h = (int)((int64_t)from.h * side / longer);
    struct pixels to = pixels_new(c, w ? w : 1, h ? h : 1);
    for (int y = 0; y < to.h; y++)
        for (int x = 0; x < to.w; x++)
            box(&from, &to, x, y);
    return to;
}

/* Exif's eight ways: where the pixel of the upright picture lies in the one that was taken. */
static const struct { bool across, from_right, from_bottom; } turns[] = {
    { 0 }, { false, false, false }, { false, true, false }, { false, true, true },
    { false, false, true }, { true, false, false }, { true, false, true }, { true, true, true },
    { true, true, false },
};

static struct pixels upright(struct ctx *c, struct pixels from, int turn)
{
    if (turn == 1)
        return from;
    bool across = turns[turn].across;
    struct pixels to = pixels_new(c, across ? from.h : from.w, across ? from.w : from.h);
    for (int y = 0; y < to.h; y++)
        for (int x = 0; x < to.w; x++) {
            int fx = across ? y : x, fy = across ? x : y;
            fx = turns[turn].from_right ? from.w - 1 - fx : fx;
            fy = turns[turn].from_bottom ? from.h - 1 - fy : fy;
            memcpy(to.at + ((size_t)y * (size_t)to.w + (size_t)x) * CHANNELS,
                   from.at + ((size_t)fy * (size_t)from.w + (size_t)fx) * CHANNELS, CHANNELS);
        }
    return to;
}

/* --- encoding --- */

static enum err encode(struct ctx *c, const struct pixels *p, struct sv *ret_jpeg)
{
    unsigned long size = tjBufSize(p->w, p->h, TJSAMP_420);
    unsigned char *out = NEW(&c->mem, unsigned char, size);
    tjhandle tj = tjInitCompress();
    int failed = !tj || tjCompress2(tj, p->at, p->w, 0, p->h, TJPF_RGB, &out, &size, TJSAMP_420,
                                    QUALITY, TJFLAG_NOREALLOC) != 0;
    if (tj)
        tjDestroy(tj);
    if (failed)
        return unreadable(c, "could not encode");
    *ret_jpeg = (struct sv){ (const char *)out, size };
    return ERR_NONE;
}

static enum err decode(struct ctx *c, struct sv bytes, int side, struct pixels *ret)
{
    if (sv_starts(bytes, SV("\x89PNG\r\n\x1A\n")))
        return png_decode(c, bytes, ret);
    if (!sv_starts(bytes, SV("\xFF\xD8\xFF")))
        return unreadable(c, "neither JPEG nor PNG");
    tjhandle tj = tjInitDecompress();
    if (!tj)
        return unreadable(c, "no decoder");
    enum err err = jpeg_decode(c, tj, bytes, side, ret);
    tjDestroy(tj);
    return err;
}

enum err picture_small(struct ctx *c, struct sv bytes, int side, struct sv *ret_jpeg)
{
    struct pixels p;
    assert(side > 0 && side <= PICTURE_SIDE_MAX);
    TRY(decode(c, bytes, side, &p));
    p = shrink(c, p, side);
    if (sv_starts(bytes, SV("\xFF\xD8\xFF")))
        p = upright(c, p, picture_turn(bytes));
    return encode(c, &p, ret_jpeg);
}
