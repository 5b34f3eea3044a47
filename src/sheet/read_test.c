/* read_test.c - what the reader gives of good files, and how it refuses bad ones. */

#include "sheet/made_test.h"
#include "sheet/out.h"

#include "test.h"
#include "world.h"

#include <stdio.h>
#include <string.h>

static struct ctx *fresh(void)
{
    return NEW(test_mem(), struct ctx, 1);
}

/* All rows of a page: cells by |, the kind's letter before each, rows by /; or the fault's key. */
static struct sv read_page(struct sv bytes, size_t page)
{
    static const char kinds[] = "-tnbde";
    struct ctx *c = fresh();
    struct sheet_book *b = NULL;
    struct sheet_rows *rows;
    struct buf out = buf_new(test_mem(), 256);
    enum err e = sheet_open(c, bytes, &b);
    if (e == ERR_NONE && (e = sheet_rows_open(c, b, page, &rows)) == ERR_NONE) {
        for (struct sheet_row row; sheet_next(rows, &row);) {
            buf_fmt(&out, "%lld%s", (long long)row.number, row.hidden ? "h" : "");
            for (size_t i = 0; i < row.n; i++)
                buf_fmt(&out, "|%c%.*s", kinds[row.cells[i].kind], SV_ARG(row.cells[i].text));
            buf_text(&out, "/");
        }
        e = sheet_rows_end(c, rows);
    }
    sheet_close(b);
    struct sv got = e == ERR_NONE ? buf_sv(&out) : sv_of(c->fault.key);
    arena_free(&c->mem);
    return got;
}

TEST(cells_of_every_kind_are_read_as_people_see_them)
{
    const char *sheet =
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
        "<c r=\"B1\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>13800000000</v></c>"
        "<c r=\"B3\" s=\"1\"><v>45296</v></c><c r=\"C3\" s=\"2\"><v>45296.354166666664</v></c>"
        "<c r=\"D3\" t=\"b\"><v>1</v></c><c r=\"E3\" t=\"e\"><v>#N/A</v></c>"
        "<c r=\"F3\" t=\"str\"><f>A1</f><v>张三</v></c><c r=\"G3\"><f>NOW()</f></c>"
        "<c r=\"H3\" t=\"inlineStr\"><is><r><t>王</t></r><rPh><t>x</t></rPh><r><t>芳</t></r></is></c>"
        "<c r=\"I3\"><v>1.10105194912311E+17</v></c><c r=\"J3\" s=\"3\"><v>12.5</v></c></row>"
        "<row><c t=\"inlineStr\"><is><t>末</t></is></c></row></sheetData>";
    const char *strings = "<si><t>姓名</t></si><si><r><t>证件</t></r><r><t>号码</t></r></si>";
    const char *styles =
        "<numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
        "<numFmt numFmtId=\"171\" formatCode=\"[Red]0.00_d\"/></numFmts>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/>"
        "<xf numFmtId=\"171\"/></cellXfs>";
    CHECK_TEXT(read_page(made_book(sheet, strings, styles), 1),
               "1|t姓名|t证件号码/"
               "3h|n13800000000|d2024-01-05|d2024-01-05 08:30|bTRUE|e#N/A|t张三|e#FORMULA|t王芳"
               "|n110105194912311000|n12.5/4|t末/");
}

TEST(a_merged_area_gives_its_value_to_each_of_its_cells)
{
    const char *sheet =
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>家庭</t></is></c>"
        "<c r=\"C1\"><v>7</v></c></row>"
        "<row r=\"2\"><c r=\"C2\"><v>8</v></c></row><row r=\"3\"><c r=\"C3\"><v>9</v></c></row>"
        "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells>";
    CHECK_TEXT(read_page(made_book(sheet, "", ""), 1),
               "1|t家庭|t家庭|n7/2|t家庭|t家庭|n8/3|-|-|n9/");
}

TEST(a_page_is_named_and_a_hidden_one_is_not_the_first)
{
    struct ctx *c = fresh();
    struct sheet_book *b;
    CHECK(sheet_open(c, made_book("<sheetData/>", "", ""), &b) == ERR_NONE);
    CHECK_INT(b->pages_n, 2);
    CHECK_INT(b->first, 1);
    CHECK(b->pages[0].hidden);
    CHECK_TEXT(b->pages[1].name, "名单");
    sheet_close(b);
    arena_free(&c->mem);
    CHECK_TEXT(read_page(made_book("<sheetData/>", "", ""), 1), "");
    CHECK_TEXT(read_page(made_book("<sheetData/>", "", ""), 2), "sheet.page");
}

TEST(the_calendar_from_1904_counts_from_there)
{
    struct made_part parts[] = {
        { "_rels/.rels", SV("<R><Relationship Id=\"a\" Type=\"x/officeDocument\""
                            " Target=\"w.xml\"/></R>"), false },
        { "w.xml", SV("<workbook><workbookPr date1904=\"true\"/><sheets>"
                      "<sheet name=\"a\" r:id=\"b\"/></sheets></workbook>"), false },
        { "_rels/w.xml.rels", SV("<R><Relationship Id=\"b\" Type=\"x/worksheet\" Target=\"s.xml\"/>"
                                 "<Relationship Id=\"c\" Type=\"x/styles\" Target=\"y.xml\"/></R>"),
          false },
        { "s.xml", SV("<x:worksheet><x:row><x:c s=\"0\"><x:v>43834</x:v></x:c></x:row>"
                      "</x:worksheet>"), false },
        { "y.xml", SV("<styleSheet><cellXfs><xf numFmtId=\"31\"/></cellXfs></styleSheet>"), false },
    };
    CHECK_TEXT(read_page(made_zip(parts, 5), 0), "1|d2024-01-05/");
}

TEST(the_day_that_never_was_does_not_move_the_others)
{
    const char *sheet = "<sheetData><row><c s=\"0\"><v>1</v></c><c s=\"0\"><v>59</v></c>"
                        "<c s=\"0\"><v>61</v></c><c s=\"0\"><v>0.5</v></c></row></sheetData>";
    CHECK_TEXT(read_page(made_book(sheet, "", "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"), 1),
               "1|d1900-01-01|d1900-02-28|d1900-03-01|d12:00/");
}

TEST(what_we_write_reads_back)
{
    struct ctx *c = fresh();
    struct sheet_out *o;
    const char *path = sv_fmt(test_mem(), "%s/back.xlsx", world_folder()).at;
    CHECK(sheet_out_open(c, path, &o) == ERR_NONE);
    sheet_out_page(o, SV("一"));
    sheet_out_text(o, SHEET_PLAIN, SV("990105194912310021"));
    sheet_out_skip(o);
    sheet_out_number(o, SHEET_PLAIN, 2.5);
    sheet_out_text(o, SHEET_PLAIN, SV("=1+1 <&\x01>"));
    sheet_out_end_row(o);
    CHECK(sheet_out_close(c, o) == ERR_NONE);
    char bytes[20000];
    FILE *in = fopen(path, "re");
    size_t n = fread(bytes, 1, sizeof bytes, in);
    fclose(in);
    CHECK_TEXT(read_page((struct sv){ bytes, n }, 0),
               "1|t990105194912310021|-|n2.5|t=1+1 <& >/");
    arena_free(&c->mem);
}

/* --- text --- */

TEST(tables_as_text_come_in_three_encodings_and_with_three_separators)
{
    CHECK_TEXT(read_page(SV("\xEF\xBB\xBF姓名,电话\r\n\r\n王芳,\"1,2\"\r\n"), 0),
               "1|t姓名|t电话/3|t王芳|t1,2/");
    CHECK_TEXT(read_page(SV("\xD0\xD5\xC3\xFB;a\n\xCD\xF5\xB7\xBC;b\n"), 0),
               "1|t姓名|ta/2|t王芳|tb/");
    CHECK_TEXT(read_page(SV("\xFF\xFE\xD3\x59\t\x00" "a\x00\n\x00"), 0), "1|t姓|ta/");
    CHECK_TEXT(read_page(SV("\x81\xFF\xFF\xFF"), 0), "sheet.encoding");
}

/* --- what is refused --- */

TEST(other_kinds_of_file_are_refused_with_the_way_out)
{
    static char large[SHEET_BYTES_MAX + 1];
    CHECK_TEXT(read_page(SV(""), 0), "sheet.empty");
    CHECK_TEXT(read_page((struct sv){ large, sizeof large }, 0), "sheet.large");
    CHECK_TEXT(read_page(SV("\xD0\xCF\x11\xE0\xA1\xB1 W\0o\0r\0k\0b\0o\0o\0k"), 0), "sheet.xls");
    struct sv locked = SV("\xD0\xCF\x11\xE0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0");
    CHECK_TEXT(read_page(locked, 0), "sheet.locked");
    CHECK_TEXT(read_page(SV("<html><table>"), 0), "sheet.html");
    CHECK_TEXT(read_page(SV("%PDF-1.4"), 0), "sheet.not");
    CHECK_TEXT(read_page(SV("PK\x03\x04 no archive"), 0), "sheet.broken");
    struct made_part ods[] = { { "content.xml", SV("<a/>"), false } };
    CHECK_TEXT(read_page(made_zip(ods, 1), 0), "sheet.ods");
    struct made_part word[] = { { "word/document.xml", SV("<a/>"), false } };
    CHECK_TEXT(read_page(made_zip(word, 1), 0), "sheet.not");
    struct made_part binary[] = {
        { "_rels/.rels", SV("<R><Relationship Type=\"x/officeDocument\""
                            " Target=\"xl/workbook.bin\"/></R>"), false },
    };
    CHECK_TEXT(read_page(made_zip(binary, 1), 0), "sheet.xlsb");
}

TEST(hostile_archives_are_refused)
{
    struct made_part nested[] = { { "xl/embeddings/a.zip", SV("x"), false } };
    CHECK_TEXT(read_page(made_zip(nested, 1), 0), "sheet.nested");
    struct made_part locked[] = { { "xl/workbook.xml", SV("x"), true } };
    CHECK_TEXT(read_page(made_zip(locked, 1), 0), "sheet.encrypted");
    struct made_part climbing[] = { { "xl/../../etc/passwd", SV("x"), false } };
    CHECK_TEXT(read_page(made_zip(climbing, 1), 0), "sheet.path");
    struct made_part slashes[] = { { "xl\\workbook.xml", SV("x"), false } };
    CHECK_TEXT(read_page(made_zip(slashes, 1), 0), "sheet.path");
    size_t size = 24u << 20;
    char *zeros = block_take(size);
    struct made_part bomb[] = { { "xl/a.xml", { zeros, size }, false } };
    CHECK_TEXT(read_page(made_zip(bomb, 1), 0), "sheet.bomb");
    block_free(zeros);
}

TEST(hostile_sheets_are_refused)
{
    const char *far = "<sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>";
    CHECK_TEXT(read_page(made_book(far, "", ""), 1), "sheet.columns");
    const char *lost = "<sheetData><row><c t=\"s\"><v>3</v></c></row></sheetData>";
    CHECK_TEXT(read_page(made_book(lost, "", ""), 1), "sheet.broken");
    CHECK_TEXT(read_page(made_book("<sheetData><row><c>", "", ""), 1), "sheet.broken");
    struct made_part parts[] = {
        { "_rels/.rels", SV("<!DOCTYPE R [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><R>&b;</R>"),
          false },
    };
    CHECK_TEXT(read_page(made_zip(parts, 1), 0), "sheet.doctype");
    struct buf many = buf_new(test_mem(), 1 << 16);
    buf_text(&many, "<sheetData><row><c t=\"inlineStr\"><is><t>");
    for (int i = 0; i <= SHEET_TEXT_MAX / 10; i++)
        buf_text(&many, "0123456789");
    buf_text(&many, "</t></is></c></row></sheetData>");
    CHECK_TEXT(read_page(made_book(buf_cstr(&many), "", ""), 1), "sheet.text");
}

TEST(areas_that_lie_over_each_other_do_not_hang_the_reader)
{
    struct buf b = buf_new(test_mem(), 1 << 16);
    buf_text(&b, "<sheetData><row r=\"1\"><c><v>1</v></c></row></sheetData><mergeCells>");
    for (int i = 0; i < 300; i++)
        buf_text(&b, "<mergeCell ref=\"A1:CV1000\"/>");
    buf_text(&b, "</mergeCells>");
    CHECK_TEXT(read_page(made_book(buf_cstr(&b), "", ""), 1), "sheet.broken");
}
