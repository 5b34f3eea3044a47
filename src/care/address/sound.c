/* sound.c - how a character sounds to one who types by ear: 荫 and 阴, 里 and 李, 山 and 三. */

#include "care/address/inside.h"
#include "model/search/pinyin.h"

/* zh ch sh lose their h; n is l at the beginning; ng is n at the end; ü (v) is u. */
uint64_t token_sound(uint32_t token)
{
    struct readings readings = { .n = 0 };
    uint64_t h = HASH_START;
    if (token >= 0x3400 && !token_is_number(token))
        pinyin_of(token, &readings);
    if (readings.n == 0)
        return hash_step(h, token);
    struct sv s = readings.at[0];
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.at[i];
        if (i == 0 && ch == 'n' && s.len > 1)
            ch = 'l';
        if (ch == 'v')
            ch = 'u';
        bool silent = (i == 1 && ch == 'h') ||
                      (i + 1 == s.len && ch == 'g' && i > 0 && s.at[i - 1] == 'n');
        if (!silent)
            h = hash_step(h, (uint64_t)ch);
    }
    return h;
}
