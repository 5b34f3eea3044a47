/* mask.c - values as they are shown to those who have not unmasked them. */

#include "model/inside.h"
#include "model/search/pinyin.h"

static struct sv mask_name(struct arena *mem, struct sv name)
{
    size_t runes = sv_runes(name), kept = runes > 1 ? surname_runes(name) : 0;
    struct buf b = buf_new(mem, name.len + 1);
    buf_put(&b, sv_runes_head(name, kept));
    for (size_t i = kept; i < runes && i < kept + 3; i++)
        buf_byte(&b, '*');
    return buf_sv(&b);
}

/* What is shown at both ends, and the stars between. */
struct ends { size_t head, stars, tail; };

/* Beside a birthday and the district, more than one at each end would tell the whole number. */
static const struct ends id_ends = { 1, 16, 1 }, phone_ends = { 3, 4, 4 };

/* Nothing but stars of what is too short to hide something. */
static struct sv mask_middle(struct arena *mem, struct sv value, struct ends ends)
{
    struct buf b = buf_new(mem, value.len + ends.stars);
    bool enough = value.len >= ends.head + ends.tail + 3;
    if (enough)
        buf_put(&b, sv_head(value, ends.head));
    for (size_t i = 0; i < ends.stars; i++)
        buf_byte(&b, '*');
    if (enough)
        buf_put(&b, sv_from(value, value.len - ends.tail));
    return buf_sv(&b);
}

static bool begins_door(uint32_t rune)
{
    switch (rune) {
    case '0' ... '9':
    case 0xFF10 ... 0xFF19:                           /* the same, wide */
    case U'栋': case U'幢': case U'楼': case U'座': case U'室':
        return true;
    default:
        return false;
    }
}

/* As far as the compound: a house number, a building or a door ends what is shown. */
static struct sv mask_address(struct arena *mem, struct sv value)
{
    struct sv rest = value;
    uint32_t rune;
    size_t kept = 0;
    bool stop = false;
    while (!stop && sv_rune(&rest, &rune)) {
        stop = begins_door(rune);
        if (!stop)
            kept = value.len - rest.len;
    }
    struct sv head = sv_head(value, kept);
    if (!stop)                                        /* nothing told us where the door begins */
        head = sv_runes_head(value, sv_runes(value) / 2);
    struct buf b = buf_new(mem, head.len + 4);
    buf_put(&b, head);
    buf_text(&b, "***");
    return buf_sv(&b);
}

struct sv mask_text(struct arena *mem, enum mask mask, struct sv value)
{
    if (value.len == 0)
        return value;
    switch (mask) {
    case MASK_NAME:
        return mask_name(mem, value);
    case MASK_PHONE:
        return mask_middle(mem, value, phone_ends);
    case MASK_ID:
        return mask_middle(mem, value, id_ends);
    case MASK_ADDRESS:
        return mask_address(mem, value);
    case MASK_COARSE:
        return SV("");
    default:
        return SV("•••");
    }
}
