/* units.c - cutting a text into what is read, and folding what is typed. */

#include "model/search/units.h"

static uint32_t folded(uint32_t rune)
{
    if (rune >= 0xFF01 && rune <= 0xFF5E)            /* full-width forms */
        rune -= 0xFEE0;
    if (rune == 0xFC || rune == 0xDC)                /* ü Ü */
        return 'v';
    return rune >= 'A' && rune <= 'Z' ? rune + ('a' - 'A') : rune;
}

static bool is_letter(uint32_t rune)
{
    return rune >= 'a' && rune <= 'z';
}

static bool is_digit(uint32_t rune)
{
    return rune >= '0' && rune <= '9';
}

/* Spaces, dots, brackets: of ASCII, Latin-1, general and Chinese punctuation. */
static bool is_sign(uint32_t rune)
{
    if (rune < 0x80)
        return !is_letter(rune) && !is_digit(rune);
    if (rune == 0x3005 || rune == 0x3007)            /* 々 〇 */
        return false;
    return rune < 0xC0 || (rune >= 0x2000 && rune <= 0x2BFF) || (rune >= 0x3000 && rune <= 0x303F)
        || rune == 0x30FB || (rune >= 0xFE00 && rune <= 0xFE6F) || rune >= 0xE0000
        || (rune >= 0xFF5F && rune <= 0xFFFF);
}

struct sv search_word(struct arena *mem, struct sv word)
{
    enum { BYTES_MAX = 120 };
    struct buf b = buf_new(mem, word.len + 1);
    uint32_t rune;
    while (b.len < BYTES_MAX && sv_rune(&word, &rune)) {
        rune = folded(rune);
        if (!is_sign(rune))
            buf_rune(&b, rune);
    }
    return buf_sv(&b);
}

/* Takes the unit that begins here; false for a sign. */
static bool unit_take(struct arena *mem, struct sv *rest, struct text_unit *u)
{
    uint32_t rune = 0;
    if (!sv_rune(rest, &rune))
        return false;
    rune = folded(rune);
    *u = (struct text_unit){ .digits = is_digit(rune), .run = is_digit(rune) || is_letter(rune) };
    if (is_sign(rune))
        return false;
    struct buf b = buf_new(mem, 8);
    buf_rune(&b, rune);
    if (!u->run)
        pinyin_of(rune, &u->readings);
    for (struct sv look = *rest; u->run && b.len < RUN_MAX && sv_rune(&look, &rune); *rest = look) {
        rune = folded(rune);
        if (!(u->digits ? is_digit(rune) : is_letter(rune)))
            break;
        buf_rune(&b, rune);
    }
    u->text = buf_sv(&b);
    if (u->run)
        u->readings = (struct readings){ .at = { u->text }, .n = 1, .today = 1 };
    return true;
}

/* As 尉迟 they are yu chi, whatever 尉 and 迟 are by themselves. */
static void family_name(struct sv text, struct text_units *us)
{
    struct sv first = us->n ? us->at[0].text : SV(""), two[2], reading;
    uint32_t rune;
    if (us->n == 0 || us->at[0].run)
        return;
    if (us->n > 2 && surname_compound(text, two)) {
        readings_prefer(&us->at[0].readings, two[0]);
        readings_prefer(&us->at[1].readings, two[1]);
    } else if (sv_rune(&first, &rune) && (reading = surname_reading(rune)).len) {
        readings_prefer(&us->at[0].readings, reading);
    }
}

void units_of(struct arena *mem, struct sv text, bool person, struct text_units *ret_units)
{
    struct sv rest = text;
    ret_units->n = 0;
    while (rest.len && ret_units->n < UNITS_MAX)
        if (unit_take(mem, &rest, &ret_units->at[ret_units->n]))
            ret_units->n++;
    if (person)
        family_name(text, ret_units);
}
