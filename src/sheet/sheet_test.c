/* sheet_test.c - workbooks written, and read back. */

#include "sheet/out.h"

#include "test.h"
#include "world.h"

#include <stdio.h>

/* A new context without a database, in the test's own memory. */
static struct ctx *plain(void)
{
    struct ctx *c = NEW(test_mem(), struct ctx, 1);
    return c;
}

static struct sv bytes_of(const char *path)
{
    FILE *in = fopen(path, "re");
    CHECK(in != NULL);
    char *at = NEW(test_mem(), char, 1 << 20);
    size_t n = fread(at, 1, 1 << 20, in);
    fclose(in);
    return (struct sv){ at, n };
}

TEST(a_workbook_is_written_page_by_page)
{
    struct ctx *c = plain();
    struct sheet_out *o;
    const char *path = sv_fmt(test_mem(), "%s/out.xlsx", world_folder()).at;
    struct sv yes_no[] = { SV("是"), SV("否") };
    CHECK(sheet_out_open(c, path, &o) == ERR_NONE);
    sheet_out_page(o, SV("老年人:名单/[一]"));
    sheet_out_width(o, 0, 12);
    sheet_out_freeze(o, 1);
    sheet_out_choices(o, 1, 1, yes_no, 2);
    sheet_out_text(o, SHEET_REQUIRED, SV("证件号码"));
    sheet_out_text(o, SHEET_HEAD, SV("独居"));
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_WRONG, SV("=1+1"));
    sheet_out_note(o, SV("不是证件号码"));
    sheet_out_number(o, SHEET_PLAIN, 3);
    sheet_out_end_row(o);
    sheet_out_filter(o, 0, 2);
    sheet_out_page(o, SV("老年人:名单/[一]"));
    CHECK(sheet_out_close(c, o) == ERR_NONE);
    CHECK(sv_starts(bytes_of(path), SV("PK")));
    arena_free(&c->mem);
}

TEST(a_workbook_given_up_leaves_no_file)
{
    struct ctx *c = plain();
    struct sheet_out *o;
    const char *path = sv_fmt(test_mem(), "%s/none.xlsx", world_folder()).at;
    CHECK(sheet_out_open(c, path, &o) == ERR_NONE);
    sheet_out_page(o, SV("a"));
    sheet_out_drop(o);
    CHECK(fopen(path, "re") == NULL);
    arena_free(&c->mem);
}
