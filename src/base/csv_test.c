/* csv_test.c - tables as text. */

#include "base/csv.h"
#include "test.h"

/* The rows as "a|b;c" for comparison, or the key of the fault with its line. */
static struct sv rows_of(struct sv text)
{
    struct csv t = csv_new(text);
    struct buf b = buf_new(test_mem(), 64);
    while (csv_next(&t, test_mem())) {
        for (size_t i = 0; i < t.cells_n; i++) {
            buf_text(&b, i ? "|" : "");
            buf_put(&b, t.cells[i]);
        }
        buf_byte(&b, ';');
    }
    return t.fault ? sv_fmt(test_mem(), "%s@%lld", t.fault, (long long)t.line) : buf_sv(&b);
}

TEST(rows_and_quoted_cells_are_cut)
{
    CHECK_TEXT(rows_of(SV("")), "");
    CHECK_TEXT(rows_of(SV("\xEF\xBB\xBFid,name\r\n1,\"王, \"\"三\"\"\"\r\n")), "id|name;1|王, \"三\";");
    CHECK_TEXT(rows_of(SV("a,,b\n\n\r\n,\n\"\"")), "a||b;|;;");
    CHECK_TEXT(rows_of(SV("a\rb\nc")), "a;b;c;");
    CHECK_TEXT(rows_of(SV("\"x\ny\",z\nlast")), "x\ny|z;last;");
    CHECK_TEXT(rows_of(SV("5\" pipe,b")), "5\" pipe|b;");
    CHECK_TEXT(rows_of(SV("\"\"\"\"\"\",b")), "\"\"|b;");
}

TEST(faulty_tables_name_the_line)
{
    CHECK_TEXT(rows_of(SV("a\n\"b\nc")), "csv.quote@2");
    CHECK_TEXT(rows_of(SV("a\n\n\"b\"c\n")), "csv.quote@3");
    CHECK_TEXT(rows_of(SV("\"x\ny\",z\n\xCD\xF5")), "csv.not_utf8@3");
    struct buf wide = buf_new(test_mem(), 64);
    for (int i = 0; i < CSV_COLUMNS_MAX; i++)
        buf_byte(&wide, ',');
    CHECK_TEXT(rows_of(buf_sv(&wide)), "csv.too_many_columns@1");
    CHECK(!sv_starts(rows_of(sv_from(buf_sv(&wide), 1)), SV("csv")));
}

TEST(a_fault_becomes_a_message_with_its_line)
{
    struct ctx c = { 0 };
    struct csv t = csv_new(SV("\"open"));
    CHECK(!csv_next(&t, &c.mem));
    CHECK(!csv_next(&t, &c.mem));
    CHECK(csv_err(&c, &t) == ERR_MALFORMED);
    CHECK_TEXT(c.fault.arg0, "1");
    arena_free(&c.mem);
}

TEST(what_is_written_comes_back_and_no_formula_runs)
{
    static const char *const cells[] = {
        "\xEF\xBB\xBF", "", "plain", "a,b", "say \"x\"", "two\nlines", " lead", "-5",
        "=1+1", "+CMD|x", "@SUM(A1)", "-x", "'=x", "'quoted", "\t=1",
    };
    enum { N = sizeof cells / sizeof cells[0] };
    struct buf b = buf_new(test_mem(), 64);
    struct csv_out out = csv_out_new(&b);
    for (int i = 0; i < N; i++) {
        csv_put(&out, sv_of(cells[i]));
        if (i % 3 == 0)
            csv_end_line(&out);
    }
    csv_end_line(&out);
    CHECK(sv_find(buf_sv(&b), SV("'=1+1")) >= 0);
    CHECK(sv_find(buf_sv(&b), SV("'-5")) < 0);

    struct csv t = csv_new(buf_sv(&b));
    int n = 0;
    while (csv_next(&t, test_mem()))
        for (size_t i = 0; i < t.cells_n; i++)
            CHECK_TEXT(t.cells[i], cells[n++]);
    CHECK(!t.fault);
    CHECK_INT(n, N);
}
