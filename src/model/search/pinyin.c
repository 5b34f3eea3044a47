/* pinyin.c - readings of characters, out of the table made at build. */

#include "model/search/pinyin.h"
#include "model/search/readings.h"

static uint32_t set_of(uint32_t rune)
{
    if (rune >= READINGS_BLOCK_FIRST && rune <= READINGS_BLOCK_LAST)
        return readings_block[rune - READINGS_BLOCK_FIRST];
    size_t low = 0, high = readings_rest_n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (readings_rest[mid].rune < rune)
            low = mid + 1;
        else
            high = mid;
    }
    return low < readings_rest_n && readings_rest[low].rune == rune ? readings_rest[low].set : 0;
}

void pinyin_of(uint32_t rune, struct readings *ret_readings)
{
    struct sv all = sv_of(readings_sets[set_of(rune)]), part, one;
    *ret_readings = (struct readings){ .n = 0 };
    for (int age = 0; sv_cut(&all, '|', &part); age++) {
        while (ret_readings->n < READINGS_MAX && sv_cut(&part, ' ', &one))
            ret_readings->at[ret_readings->n++] = one;
        if (age == 0)
            ret_readings->today = ret_readings->n;
    }
}

void readings_prefer(struct readings *r, struct sv reading)
{
    size_t at = 0;
    while (at < r->n && !sv_eq(r->at[at], reading))
        at++;
    if (at == r->n && r->n < READINGS_MAX)
        r->n++;
    else if (at == r->n)
        at--;                                        /* the last, the least usual, gives way */
    if (at >= r->today)
        r->today++;
    for (; at > 0; at--)
        r->at[at] = r->at[at - 1];
    r->at[0] = reading;
}

bool pinyin_begins(struct sv letters, bool *ret_whole)
{
    size_t low = 0, high = readings_syllables_n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (sv_order(sv_of(readings_syllables[mid]), letters) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == readings_syllables_n)
        return false;
    *ret_whole = sv_is(letters, readings_syllables[low]);
    return sv_starts(sv_of(readings_syllables[low]), letters);
}
