/* turn.c - the one thing we read of Exif: how the camera was held. */

#include "picture/picture.h"

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, ENTRY_SIZE = 12, SEGMENTS_MAX = 64 };

/* A block of a TIFF file; numbers lie in the order of its maker's processor. */
struct tiff { struct sv bytes; bool little; };

static uint32_t byte_at(struct sv s, size_t at)
{
    return at < s.len ? (unsigned char)s.at[at] : 0;
}

static uint32_t short_at(const struct tiff *t, size_t at)
{
    uint32_t a = byte_at(t->bytes, at), b = byte_at(t->bytes, at + 1);
    return t->little ? b << 8 | a : a << 8 | b;
}

static uint32_t long_at(const struct tiff *t, size_t at)
{
    uint32_t a = short_at(t, at), b = short_at(t, at + 2);
    return t->little ? b << 16 | a : a << 16 | b;
}

static int turn_of(struct sv block)
{
    struct tiff t = { block, sv_starts(block, SV("II*\0")) };
    if (!t.little && !sv_starts(block, SV("MM\0*")))
        return 1;
    size_t at = long_at(&t, 4);
    uint32_t n = short_at(&t, at);
    for (uint32_t i = 0; i < n && at + 2 + (i + 1) * ENTRY_SIZE <= block.len; i++) {
        size_t entry = at + 2 + (size_t)i * ENTRY_SIZE;
        uint32_t turn = short_at(&t, entry + 8);
        if (short_at(&t, entry) == TAG_ORIENTATION && short_at(&t, entry + 2) == TYPE_SHORT)
            return turn >= 1 && turn <= 8 ? (int)turn : 1;
    }
    return 1;
}

int picture_turn(struct sv jpeg)
{
    struct sv rest = sv_from(jpeg, 2);
    for (int i = 0; i < SEGMENTS_MAX && byte_at(rest, 0) == 0xFF; i++) {
        size_t len = byte_at(rest, 2) << 8 | byte_at(rest, 3);
        struct sv inside = sv_head(sv_from(rest, 4), len > 2 ? len - 2 : 0);
        if (byte_at(rest, 1) == 0xE1 && sv_starts(inside, SV("Exif\0\0")))
            return turn_of(sv_from(inside, 6));
        if (byte_at(rest, 1) == 0xDA || len < 2)          /* the picture itself begins */
            break;
        rest = sv_from(rest, 2 + len);
    }
    return 1;
}
