/* fuzz_fill.c - any bytes as another office's form: filled, or refused before a row is written. */

#include "sheet/fill/fill.h"

#include <assert.h>
#include <stdio.h>
#include <unistd.h>

static void fill_two(struct ctx *c, struct sv bytes, const struct fill_form *form)
{
    struct fill *f;
    char path[64];
    int n = snprintf(path, sizeof path, "/tmp/fuzz-fill-%d.xlsx", (int)getpid());
    assert(n > 0 && n < (int)sizeof path);
    if (fill_open(c, bytes, form, path, &f) != ERR_NONE) {
        assert(c->fault.key);
        return;
    }
    fill_told(f, SV("mark & <one>"));
    for (int i = 0; i < 2; i++) {
        fill_text(f, 0, SV("=1+1"));
        fill_number(f, 1, 2.5);
        fill_end_row(f);
    }
    fill_fixed_number(f, 0, 2);
    if (fill_close(c, f) != ERR_NONE)
        assert(c->fault.key);
    (void)unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    const struct fill_fixed one = { 1, 1 };
    struct ctx c = { 0 };
    struct fill_form form = { .from = 2, .through = 2, .fixed = &one, .fixed_n = 1 };
    fill_two(&c, (struct sv){ (const char *)bytes, size }, &form);
    arena_free(&c.mem);
    return 0;
}
