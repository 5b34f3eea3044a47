/* qr_test.c - the outline says the code: its three corners, its quiet border, its bounds. */

#include "print/qr.h"
#include "house.h"

#include <stdlib.h>
#include <string.h>

enum { SIDE_MAX = 200 };
static const char *const address = "otpauth://totp/Yike:sys01?secret=ABCDEFGHIJKLMNOP&issuer=Yike";

/* The squares of a path drawn again. */
struct squares { char at[SIDE_MAX][SIDE_MAX]; };

static void draw(struct sv path, int side, struct squares *s)
{
    const char *p = sv_fmt(test_mem(), "%.*s", SV_ARG(path)).at;
    memset(s, 0, sizeof *s);
    while (*p) {
        char *end;
        CHECK(*p == 'M');
        long x = strtol(p + 1, &end, 10), y = strtol(end, &end, 10);
        CHECK(*end == 'h');
        long n = strtol(end + 1, &end, 10);
        CHECK(n > 0 && x >= QR_BORDER && x + n <= side - QR_BORDER);
        CHECK(y >= QR_BORDER && y < side - QR_BORDER && side <= SIDE_MAX);
        memset(&s->at[y][x], 1, (size_t)n);
        p = strchr(end, 'z') + 1;
    }
}

/* The eye a reader looks for in a corner: seven squares wide, a ring and a heart. */
static void eye_check(const struct squares *s, int x0, int y0)
{
    static const char *const eye[7] = { "1111111", "1000001", "1011101", "1011101",
                                        "1011101", "1000001", "1111111" };
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++)
            CHECK_INT(s->at[y0 + y][x0 + x], eye[y][x] - '0');
}

TEST(the_outline_has_three_eyes_and_a_quiet_border)
{
    struct squares s;
    int side;
    struct sv path = qr_path(test_mem(), sv_of(address), &side);
    CHECK(side > 2 * QR_BORDER + 21);
    draw(path, side, &s);
    eye_check(&s, QR_BORDER, QR_BORDER);
    eye_check(&s, side - QR_BORDER - 7, QR_BORDER);
    eye_check(&s, QR_BORDER, side - QR_BORDER - 7);
    for (int i = 8; i < side - 2 * QR_BORDER - 8; i++)      /* the timing line between the eyes */
        CHECK_INT(s.at[QR_BORDER + 6][QR_BORDER + i], i % 2 == 0);
}

TEST(another_text_has_another_outline_and_none_too_long_has_one)
{
    int side, other;
    struct sv path = qr_path(test_mem(), sv_of(address), &side);
    CHECK(!sv_eq(path, qr_path(test_mem(), sv_head(sv_of(address), 20), &other)));
    CHECK(other < side);
    struct buf b = buf_new(test_mem(), QR_TEXT_MAX + 1);
    for (int i = 0; i <= QR_TEXT_MAX; i++)
        buf_byte(&b, 'a');
    CHECK_INT(qr_path(test_mem(), buf_sv(&b), &side).len, 0);
    CHECK_INT(side, 0);
    CHECK(qr_path(test_mem(), sv_head(buf_sv(&b), QR_TEXT_MAX), &side).len > 0);
    CHECK_INT(qr_path(test_mem(), SV(""), &side).len, 0);
}
