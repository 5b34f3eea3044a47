/* fuzz_hours.c - any text as opening hours: refused, or answered without a contradiction. */

#include "care/hours/hours.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct hours h;
    struct arena mem = { 0 };
    struct calendar k = calendar_known(&mem);
    if (hours_parse((struct sv){ (const char *)data, size }, &h) == NULL && h.known) {
        struct moment at = moment_at(day_civil(2026, 9, 28), 0);
        for (int i = 0; i < 24 * 14; i++, at.ms += 3600000 + 61000) {
            struct hours_state s = hours_at(&h, &k, at);
            struct buf b = buf_new(&mem, 64);
            hours_text(&b, &h, &s, at, LANG_ZH);
            if (s.change_known) {
                assert(s.change.ms > at.ms - 60000);
                assert(hours_at(&h, &k, s.change).open != s.open);
            }
        }
    }
    arena_free(&mem);
    return 0;
}
