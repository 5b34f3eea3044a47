/* fuzz_sheet.c - any bytes as a workbook: read to the end or refused, within the limits. */

#include "sheet/sheet.h"

#include <assert.h>

static void page_read(struct ctx *c, struct sheet_book *b, size_t page)
{
    struct sheet_rows *rows;
    if (sheet_rows_open(c, b, page, &rows) != ERR_NONE)
        return;
    int64_t last = 0;
    for (struct sheet_row row; sheet_next(rows, &row);) {
        assert(row.n >= 1 && row.n <= SHEET_COLUMNS_MAX && row.number >= 1);
        assert(b->form == SHEET_XLSX || row.number > last);
        last = row.number;
        for (size_t i = 0; i < row.n; i++)
            assert(row.cells[i].text.len <= SHEET_TEXT_MAX);
    }
    if (sheet_rows_end(c, rows) != ERR_NONE)
        assert(c->fault.key);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct sheet_book *b = NULL;
    if (sheet_open(&c, (struct sv){ (const char *)bytes, size }, &b) == ERR_NONE)
        for (size_t i = 0; i < b->pages_n && i < 3; i++)
            page_read(&c, b, i);
    sheet_close(b);
    arena_free(&c.mem);
    return 0;
}
