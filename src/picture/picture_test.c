/* picture_test.c - small pictures of good and of hostile bytes. */

#include "picture/picture.h"
#include "test.h"

#include <png.h>
#include <string.h>
#include <turbojpeg.h>

static struct ctx c0;

/* Left half red, right half blue. */
static uint8_t *halves(int w, int h)
{
    uint8_t *at = NEW(test_mem(), uint8_t, w * h * 3);
    for (int i = 0; i < w * h; i++)
        at[i * 3 + (i % w < w / 2 ? 0 : 2)] = 255;
    return at;
}

static struct sv jpeg_of(int w, int h)
{
    unsigned char *out = NULL;
    unsigned long size = 0;
    tjhandle tj = tjInitCompress();
    CHECK(tjCompress2(tj, halves(w, h), w, 0, h, TJPF_RGB, &out, &size, TJSAMP_444, 95, 0) == 0);
    struct sv kept = sv_copy(test_mem(), (struct sv){ (char *)out, size });
    tjFree(out);
    tjDestroy(tj);
    return kept;
}

static struct sv png_of(int w, int h)
{
    png_image image = { .version = PNG_IMAGE_VERSION, .width = (png_uint_32)w,
                        .height = (png_uint_32)h, .format = PNG_FORMAT_RGB };
    size_t size = (size_t)(w * h * 3 + 1000);
    char *out = NEW(test_mem(), char, size);
    CHECK(png_image_write_to_memory(&image, out, &size, 0, halves(w, h), 0, NULL));
    return (struct sv){ out, size };
}

/* Stripes and squares, from left to right brighter or darker by a seed. */
static struct sv scene(int side, int seed, int quality)
{
    unsigned char *out = NULL;
    unsigned long size = 0;
    uint8_t *at = NEW(test_mem(), uint8_t, side * side * 3);
    for (int i = 0; i < side * side * 3; i++) {
        int x = i / 3 % side * 9 / side, y = i / 3 / side * 8 / side;
        at[i] = (uint8_t)((x * 37 + y * 59 + x * y * seed * 23) % 200 + 20);
    }
    tjhandle tj = tjInitCompress();
    CHECK(tjCompress2(tj, at, side, 0, side, TJPF_RGB, &out, &size, TJSAMP_420, quality, 0) == 0);
    struct sv kept = sv_copy(test_mem(), (struct sv){ (char *)out, size });
    tjFree(out);
    tjDestroy(tj);
    return kept;
}

static uint64_t likeness(struct sv jpeg)
{
    uint64_t bits = 0;
    struct sv small;
    struct ctx c = c0;
    CHECK(picture_small(&c, jpeg, 240, &small) == ERR_NONE);
    CHECK(picture_likeness(&c, small, &bits) == ERR_NONE);
    arena_free(&c.mem);
    return bits;
}

TEST(a_photo_stays_itself_when_scaled_and_compressed_and_no_other)
{
    uint64_t first = likeness(scene(1200, 1, 95));
    CHECK(!picture_blank(first));
    CHECK(picture_distance(first, likeness(scene(900, 1, 40))) <= 3);
    CHECK(picture_distance(first, likeness(scene(300, 1, 80))) <= 3);
    CHECK(picture_distance(first, likeness(scene(1200, 2, 95))) > 8);
    CHECK(picture_blank(likeness(jpeg_of(200, 200))));           /* two flat halves say little */
}

TEST(what_is_no_small_picture_has_no_likeness)
{
    uint64_t bits;
    struct ctx c = c0;
    CHECK(picture_likeness(&c, SV("\xFF\xD8\xFF nonsense"), &bits) == ERR_INVALID);
    ctx_forgive(&c);
    CHECK(picture_likeness(&c, SV(""), &bits) == ERR_INVALID);
    arena_free(&c.mem);
}

/* With an Exif block that says how the camera was held. */
static struct sv turned(struct sv jpeg, char turn)
{
    const char exif[] = "\xFF\xE1\0\x22" "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0";
    struct buf b = buf_new(test_mem(), jpeg.len + 64);
    buf_put(&b, sv_head(jpeg, 2));
    buf_put(&b, (struct sv){ exif, sizeof exif - 1 });
    buf_put(&b, (struct sv){ (char[]){ turn, 0, 0, 0, 0, 0, 0, 0 }, 8 });
    buf_put(&b, sv_from(jpeg, 2));
    return buf_sv(&b);
}

struct seen { int w, h; uint8_t first[3], last[3]; };

static struct seen look(struct sv jpeg)
{
    struct seen s;
    int sampling, space;
    tjhandle tj = tjInitDecompress();
    const unsigned char *at = (const unsigned char *)jpeg.at;
    CHECK(tjDecompressHeader3(tj, at, jpeg.len, &s.w, &s.h, &sampling, &space) == 0);
    uint8_t *all = NEW(test_mem(), uint8_t, s.w * s.h * 3);
    CHECK(tjDecompress2(tj, at, jpeg.len, all, s.w, 0, s.h, TJPF_RGB, 0) == 0);
    tjDestroy(tj);
    memcpy(s.first, all, 3);
    memcpy(s.last, all + s.w * s.h * 3 - 3, 3);
    return s;
}

static void is_red(const uint8_t *rgb)
{
    CHECK(rgb[0] > 200 && rgb[2] < 60);
}

static void is_blue(const uint8_t *rgb)
{
    CHECK(rgb[2] > 200 && rgb[0] < 60);
}

TEST(photographs_become_small)
{
    struct sv small;
    CHECK(picture_small(&c0, jpeg_of(1601, 803), 240, &small) == ERR_NONE);
    struct seen s = look(small);
    CHECK_INT(s.w, 240);
    CHECK_INT(s.h, 120);
    is_red(s.first);
    is_blue(s.last);
    CHECK(picture_small(&c0, png_of(90, 700), 240, &small) == ERR_NONE);
    s = look(small);
    CHECK_INT(s.w, 30);
    CHECK_INT(s.h, 240);
    CHECK(picture_small(&c0, png_of(40, 20), 240, &small) == ERR_NONE);
    CHECK_INT(look(small).w, 40);
    arena_free(&c0.mem);
}

TEST(photographs_stand_upright)
{
    /* How it was held, and where red then is: first and last pixel of the upright picture. */
    static const struct { char turn; bool tall, first_red, last_red; } ways[] = {
        { 1, false, true, false }, { 2, false, false, true }, { 3, false, false, true },
        { 4, false, true, false }, { 5, true, true, false },  { 6, true, true, false },
        { 7, true, false, true },  { 8, true, false, true },  { 9, false, true, false },
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct sv small, photo = turned(jpeg_of(400, 200), ways[i].turn);
        CHECK(picture_small(&c0, photo, 100, &small) == ERR_NONE);
        struct seen s = look(small);
        CHECK_INT(s.h > s.w, ways[i].tall);
        (ways[i].first_red ? is_red : is_blue)(s.first);
        (ways[i].last_red ? is_red : is_blue)(s.last);
    }
    arena_free(&c0.mem);
}

TEST(broken_pictures_are_refused_and_harm_nobody)
{
    struct sv small, jpeg = jpeg_of(300, 300), png = png_of(64, 64);
    for (size_t cut = 0; cut < jpeg.len - 2; cut += 97) {
        CHECK(picture_small(&c0, sv_head(jpeg, cut), 100, &small) == ERR_INVALID);
        ctx_forgive(&c0);
    }
    for (size_t cut = 0; cut < png.len - 20; cut += 13) {
        CHECK(picture_small(&c0, sv_head(png, cut), 100, &small) == ERR_INVALID);
        ctx_forgive(&c0);
    }
    CHECK_INT(picture_turn(SV("")), 1);
    CHECK_INT(picture_turn(SV("\xFF\xD8\xFF\xE1\xFF\xFF" "Exif\0\0II*\0\xFF\xFF\xFF\xFF")), 1);
    arena_free(&c0.mem);
}

/* A header that promises 60,000 x 60,000 pixels costs nothing. */
TEST(a_picture_that_promises_too_much_is_refused)
{
    struct sv small;
    struct sv png = sv_copy(test_mem(), png_of(64, 64));
    char *at = (char *)(uintptr_t)png.at;
    memcpy(at + 16, "\0\0\xEA\x60\0\0\xEA\x60", 8);
    CHECK(picture_small(&c0, png, 100, &small) == ERR_INVALID);
    CHECK(c0.mem.used < 100000);
    arena_free(&c0.mem);
    ctx_forgive(&c0);
}

TEST(a_child_decodes_what_strangers_sent)
{
    struct sv small;
    CHECK(picture_small_apart(&c0, jpeg_of(900, 900), 100, &small) == ERR_NONE);
    CHECK_INT(look(small).w, 100);
    CHECK(picture_small_apart(&c0, SV("\xFF\xD8\xFF hello"), 100, &small) == ERR_INVALID);
    arena_free(&c0.mem);
    ctx_forgive(&c0);
}
