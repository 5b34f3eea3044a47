/* made_test.h - archives made by hand for tests: good workbooks and hostile ones. */
#ifndef SHEET_MADE_TEST_H
#define SHEET_MADE_TEST_H

#include "sheet/sheet.h"

struct made_part { const char *name; struct sv content; bool locked; };

/* A zip archive of the parts, in the test's memory. */
struct sv made_zip(const struct made_part *parts, size_t n);

/* A workbook of one page 名单 from the inside of its <worksheet>, <sst> and <styleSheet>. */
struct sv made_book(const char *sheet, const char *strings, const char *styles);

#endif
