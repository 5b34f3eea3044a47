/* fuzz_csv.c - any bytes as a table: what is read can be written, and reads the same again. */

#include "base/csv.h"

#include <assert.h>

/* Cells are compared joined by a byte no cell may hold. */
static struct sv rows_of(struct ctx *c, struct sv text, bool *ret_whole, struct buf *written)
{
    struct csv t = csv_new(text);
    struct buf seen = buf_new(&c->mem, 256);
    struct csv_out out = csv_out_new(written);
    while (csv_next(&t, &c->mem)) {
        assert(t.cells_n >= 1 && t.cells_n <= CSV_COLUMNS_MAX);
        for (size_t i = 0; i < t.cells_n; i++) {
            buf_put(&seen, t.cells[i]);
            buf_byte(&seen, '\0');
            csv_put(&out, t.cells[i]);
        }
        buf_byte(&seen, '\0');
        csv_end_line(&out);
    }
    *ret_whole = csv_err(c, &t) == ERR_NONE;
    return buf_sv(&seen);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct buf first = buf_new(&c.mem, 256), second = buf_new(&c.mem, 256);
    bool whole;
    struct sv seen = rows_of(&c, (struct sv){ (const char *)bytes, size }, &whole, &first);
    if (whole) {
        struct sv again = rows_of(&c, buf_sv(&first), &whole, &second);
        assert(whole);
        assert(sv_eq(seen, again));
    }
    arena_free(&c.mem);
    return 0;
}
