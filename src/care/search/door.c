/* door.c - a door as people write it: 柳荫里3-2-401, 柳荫里3号楼401. */

#include "care/search/search.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The first run of digits in s, which is left behind it; false when there is none. */
static bool number_take(struct sv *s, int64_t *ret_n)
{
    size_t at = 0;
    while (at < s->len && !is_digit(s->at[at]))
        at++;
    struct sv run = sv_from(*s, at);
    size_t len = 0;
    while (len < run.len && is_digit(run.at[len]))
        len++;
    *s = sv_from(run, len);
    return sv_int(sv_head(run, len), 0, 99999, ret_n);
}

/* Full-width digits narrowed, all else as it is: signs part the numbers. */
static struct sv narrowed(struct arena *mem, struct sv text)
{
    struct buf b = buf_new(mem, text.len + 1);
    uint32_t rune;
    while (sv_rune(&text, &rune))
        buf_rune(&b, rune >= 0xFF10 && rune <= 0xFF19 ? rune - 0xFF10 + '0' : rune);
    return buf_sv(&b);
}

bool door_asked_read(struct arena *mem, struct sv text, struct door_asked *ret_door)
{
    struct door_asked d = { .n = 0 };
    struct sv rest = narrowed(mem, sv_trim(text));
    size_t at = 0;
    while (at < rest.len && !is_digit(rest.at[at]))
        at++;
    d.words = sv_trim(sv_head(rest, at));
    rest = sv_from(rest, at);
    while (d.n < DOOR_NUMBERS_MAX && number_take(&rest, &d.number[d.n]))
        d.n++;
    *ret_door = d;
    return d.words.len > 0 && d.n > 0;
}

static bool holds(struct sv column, int64_t number)
{
    int64_t n;
    return number_take(&column, &n) && n == number;
}

bool door_asked_is(const struct door_asked *door, struct sv building, struct sv entrance,
                   struct sv room)
{
    if (!holds(building, door->number[0]))
        return false;
    if (door->n == 1)
        return true;
    if (!holds(room, door->number[door->n - 1]))
        return false;
    return door->n == 2 || holds(entrance, door->number[1]);
}
