/* code.c - internal division codes: twelve digits in which children nest. */

#include "care/division/division.h"

static const int digits_of[DIVISION_LEVELS] = { 2, 4, 6, 9, 12 };

/* How many codes one division of a level spans. */
static int64_t span_of(enum division_level level)
{
    int64_t n = 1;
    for (int i = digits_of[level]; i < DIVISION_DIGITS; i++)
        n *= 10;
    return n;
}

enum division_level division_level_of(int64_t code)
{
    int level = DIVISION_PROVINCE;
    while (level < DIVISION_COMMUNITY && code % span_of((enum division_level)level) != 0)
        level++;
    return (enum division_level)level;
}

struct scope_range division_range(int64_t code)
{
    if (code == 0)
        return (struct scope_range){ 0, DIVISION_CODE_MAX };
    return (struct scope_range){ code, code + span_of(division_level_of(code)) - 1 };
}

bool division_holds(int64_t code, int64_t scope)
{
    struct scope_range r = division_range(code);
    return scope >= r.low && scope <= r.high;
}

/* A level may be skipped (a county run by its province): its digits are then zero. */
int64_t division_up(int64_t code)
{
    int level = (int)division_level_of(code);
    int64_t up = code;
    while (level > DIVISION_PROVINCE && up == code) {
        level--;
        up = code - code % span_of((enum division_level)level);
    }
    return up == code ? 0 : up;
}

size_t division_chain(int64_t code, int64_t ret_codes[DIVISION_CHAIN_MAX])
{
    size_t n = 0;
    while (code != 0 && n + 1 < DIVISION_CHAIN_MAX) {
        ret_codes[n++] = code;
        code = division_up(code);
    }
    ret_codes[n++] = 0;
    return n;
}

bool division_code_of(struct sv official, int64_t *ret_code)
{
    int64_t n;
    bool length = official.len == 2 || official.len == 4 || official.len == 6 ||
                  official.len == 9 || official.len == 12;
    if (!length || !sv_int(official, 1, DIVISION_CODE_MAX, &n))
        return false;
    for (size_t i = official.len; i < DIVISION_DIGITS; i++)
        n *= 10;
    if (n < 10000000000)                       /* no province is numbered 00 */
        return false;
    *ret_code = n;
    return true;
}
