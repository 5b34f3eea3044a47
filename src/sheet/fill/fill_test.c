/* fill_test.c - another office's workbook is filled, and what is theirs stays as it was. */

#include "sheet/fill/fill.h"

#include "house.h"
#include "sheet/made_test.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define T(ref_, style_, text_) \
    "<c r=\"" ref_ "\" s=\"" style_ "\" t=\"inlineStr\"><is><t>" text_ "</t></is></c>"

/* A merged title, who fills it in, two rows of heads, two sample rows, totals, lines to sign. */
static const char sheet_usual[] =
    HEAD "<worksheet xmlns=\"" MAIN "\"><dimension ref=\"A1:E9\"/>"
    "<cols><col min=\"1\" max=\"1\" width=\"33.5\" customWidth=\"1\"/></cols><sheetData>"
    "<row r=\"1\" ht=\"30\" customHeight=\"1\">" T("A1", "5", "登记表")
    "<c r=\"B1\" s=\"5\"/></row>"
    "<row r=\"2\">" T("A2", "0", "填报单位：") "<c r=\"E2\" s=\"7\"/></row>"
    "<row r=\"3\">" T("A3", "1", "姓名") T("B3", "1", "联系") "<c r=\"C3\" s=\"1\"/>"
    T("D3", "1", "金额") T("E3", "1", "两倍") "</row>"
    "<row r=\"4\">" T("B4", "1", "电话") T("C4", "1", "住址") "</row>"
    "<row r=\"5\" spans=\"1:5\" ht=\"22.5\" customHeight=\"1\">" T("A5", "2", "示例")
    "<c r=\"B5\" s=\"3\"/><c r=\"C5\" s=\"3\"/><c r=\"D5\" s=\"4\"><v>1</v></c>"
    "<c r=\"E5\" s=\"4\"><f>D5*2+$D$5</f><v>2</v></c></row>"
    "<row r=\"6\"><c r=\"A6\" s=\"2\"/><c r=\"E6\"><f>D6*2</f><v>0</v></c></row>"
    "<row r=\"7\">" T("A7", "6", "合计")
    "<c r=\"D7\" s=\"6\"><f>SUM(D5:D6)+&quot;D9&quot;</f><v>1</v></c>"
    "<c r=\"E7\"><f>'第二张 表'!A1+D7+LOG10(D7)</f><v>3</v></c></row>"
    "<row r=\"9\">" T("A9", "0", "填报人：") "<c r=\"B9\" s=\"8\"/></row>"
    "</sheetData><mergeCells count=\"4\"><mergeCell ref=\"A1:E1\"/><mergeCell ref=\"A3:A4\"/>"
    "<mergeCell ref=\"B5:C5\"/><mergeCell ref=\"B9:C9\"/></mergeCells>"
    "<conditionalFormatting sqref=\"D5:D6 D7\"><cfRule type=\"expression\" priority=\"1\">"
    "<formula>D5&gt;D$7</formula></cfRule></conditionalFormatting>"
    "<dataValidations count=\"1\"><dataValidation type=\"list\" sqref=\"C5:C6\">"
    "<formula1>$A$9:$A$9</formula1></dataValidation></dataValidations>"
    "<pageMargins left=\"0.7\" right=\"0.7\" top=\"1\" bottom=\"1\" header=\"0\" footer=\"0\"/>"
    "<rowBreaks count=\"1\"><brk id=\"7\" max=\"9\"/></rowBreaks></worksheet>";

static const char sheet_second[] =
    HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c r=\"A1\"><v>7</v></c></row>"
    "</sheetData></worksheet>";
static const char sheet_looking[] =
    HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData><row r=\"1\"><c r=\"A1\">"
    "<f>登记!D7+'登记'!D$1+A7</f></c></row></sheetData></worksheet>";

static struct sv book_of(const char *page, const char *third)
{
    const struct made_part parts[] = {
        { "[Content_Types].xml",
          SV("<Types><Override PartName=\"/xl/calcChain.xml\" ContentType=\"c\"/></Types>"),
          false },
        { "_rels/.rels",
          SV("<Relationships><Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\""
             " Target=\"xl/workbook.xml\"/></Relationships>"), false },
        { "docProps/core.xml",
          SV("<cp:coreProperties xmlns:cp=\"urn:c\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
             "<dc:title>t</dc:title></cp:coreProperties>"), false },
        { "xl/workbook.xml",
          SV("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>"
             "<sheet name=\"登记\" sheetId=\"1\" r:id=\"rId1\"/>"
             "<sheet name=\"第二张 表\" sheetId=\"2\" r:id=\"rId2\"/>"
             "<sheet name=\"汇总\" sheetId=\"3\" r:id=\"rId3\"/></sheets><definedNames>"
             "<definedName name=\"_xlnm.Print_Area\" localSheetId=\"0\">登记!$A$1:$E$9</definedName>"
             "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"0\">登记!$3:$4</definedName>"
             "</definedNames></workbook>"), false },
        { "xl/_rels/workbook.xml.rels",
          SV("<Relationships>"
             "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\""
             " Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" OFFICE "/worksheet\""
             " Target=\"worksheets/sheet2.xml\"/>"
             "<Relationship Id=\"rId3\" Type=\"" OFFICE "/worksheet\""
             " Target=\"worksheets/sheet3.xml\"/>"
             "<Relationship Id=\"rId4\" Type=\"" OFFICE "/calcChain\" Target=\"calcChain.xml\"/>"
             "</Relationships>"), false },
        { "xl/worksheets/sheet1.xml", sv_of(page), false },
        { "xl/worksheets/sheet2.xml", sv_of(sheet_second), false },
        { "xl/worksheets/sheet3.xml", sv_of(third), false },
        { "xl/calcChain.xml", SV("<calcChain/>"), false },
    };
    return made_zip(parts, sizeof parts / sizeof parts[0]);
}

static const struct fill_fixed signs[] = { { 2, 1 }, { 9, 1 } };
static const struct fill_form usual = { .from = 5, .through = 6, .fixed = signs, .fixed_n = 2 };

static struct sv part_of(const char *path, const char *name)
{
    int error;
    zip_stat_t s;
    zip_t *z = zip_open(path, ZIP_RDONLY, &error);
    CHECK(z != NULL);
    if (zip_stat(z, name, 0, &s) != 0) {
        zip_discard(z);
        return SV("");
    }
    char *at = NEW(test_mem(), char, s.size + 1);
    zip_file_t *f = zip_fopen(z, name, 0);
    CHECK(f && zip_fread(f, at, s.size) == (int64_t)s.size);
    (void)zip_fclose(f);
    zip_discard(z);
    return (struct sv){ at, s.size };
}

static bool holds(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

/* The path of the filled workbook. */
static const char *fill_rows(struct ctx *c, int rows)
{
    const char *path = sv_fmt(test_mem(), "%s/filled.xlsx", world_folder()).at;
    struct sv book = book_of(sheet_usual, sheet_looking);
    struct fill *f;
    MUST_GO(c, fill_open(c, book, &usual, path, &f));
    fill_told(f, SV("导出 A&B <1>"));
    for (int i = 0; i < rows; i++) {
        fill_text(f, 0, sv_fmt(test_mem(), "第%d人", i + 1));
        fill_text(f, 1, SV("=HYPERLINK(\"http://x\")"));
        fill_number(f, 3, 1.5 + i);
        fill_end_row(f);
    }
    fill_fixed_text(f, 0, SV("柳荫街道 & 公司"));
    fill_fixed_number(f, 1, rows);
    MUST_GO(c, fill_close(c, f));
    return path;
}

TEST(rows_go_in_and_what_is_theirs_moves_along)
{
    const char *path = fill_rows(world(), 4);
    struct sv page = part_of(path, "xl/worksheets/sheet1.xml");
    CHECK(holds(page, "<row r=\"1\" ht=\"30\" customHeight=\"1\">"));
    CHECK(holds(page, "width=\"33.5\""));
    CHECK(holds(page, "<row r=\"8\" ht=\"22.5\" customHeight=\"1\">"));
    CHECK(holds(page, "<c r=\"A8\" s=\"2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">第4人"));
    CHECK(holds(page, "'=HYPERLINK("));
    CHECK(holds(page, "<c r=\"D8\" s=\"4\"><v>4.5</v></c>"));
    CHECK(holds(page, "<c r=\"E8\" s=\"4\"><f>D8*2+$D$5</f></c>"));
    CHECK(!holds(page, "示例"));
    CHECK(holds(page, "<row r=\"9\">") && holds(page, "<c r=\"D9\" s=\"6\"><f>SUM(D5:D8)+"));
    CHECK(holds(page, "+&quot;D9&quot;</f></c>"));
    CHECK(holds(page, "<f>'第二张 表'!A1+D9+LOG10(D9)</f></c>"));
    CHECK(holds(page, "<row r=\"11\">") && holds(page, "<c r=\"B11\" s=\"8\"><v>4</v></c>"));
    CHECK(holds(page, "<c r=\"B2\" t=\"inlineStr\">"));
    CHECK(holds(page, ">柳荫街道 &amp; 公司<"));
    CHECK(holds(page, "<mergeCells count=\"7\"><mergeCell ref=\"A1:E1\"/>"));
    CHECK(holds(page, "<mergeCell ref=\"B11:C11\"/><mergeCell ref=\"B5:C5\"/>"));
    CHECK(holds(page, "<mergeCell ref=\"B8:C8\"/></mergeCells>"));
    CHECK(holds(page, "sqref=\"D5:D8 D9\"") && holds(page, "<formula>D5&gt;D$9</formula>"));
    CHECK(holds(page, "sqref=\"C5:C8\"") && holds(page, "<formula1>$A$11:$A$11</formula1>"));
    CHECK(holds(page, "<brk id=\"9\""));
    CHECK(holds(page, "<headerFooter><oddFooter>&amp;L&amp;8导出 A&amp;&amp;B &lt;1&gt;"));
    CHECK(!holds(page, "<dimension"));
}

TEST(the_parts_beside_the_page_stay_or_move_with_it)
{
    const char *path = fill_rows(world(), 4);
    CHECK_TEXT(part_of(path, "xl/worksheets/sheet2.xml"), sheet_second);
    CHECK(holds(part_of(path, "xl/worksheets/sheet3.xml"), "<f>登记!D9+'登记'!D$1+A7</f>"));
    struct sv book = part_of(path, "xl/workbook.xml");
    CHECK(holds(book, "登记!$A$1:$E$11<") && holds(book, "登记!$3:$4<"));
    CHECK(holds(book, "</definedNames><calcPr fullCalcOnLoad=\"1\"/></workbook>"));
    CHECK(holds(part_of(path, "docProps/core.xml"),
                "导出 A&amp;B &lt;1&gt;</dc:description></cp:core"));
    CHECK_INT(part_of(path, "xl/calcChain.xml").len, 0);
    CHECK(!holds(part_of(path, "[Content_Types].xml"), "calcChain"));
    CHECK(!holds(part_of(path, "xl/_rels/workbook.xml.rels"), "calcChain"));
}

TEST(fewer_rows_than_samples_leave_their_lines_empty)
{
    const char *path = fill_rows(world(), 1);
    struct sv page = part_of(path, "xl/worksheets/sheet1.xml");
    CHECK(holds(page, "<c r=\"A6\" s=\"2\"/>") && holds(page, "<c r=\"E6\" s=\"4\"/>"));
    CHECK(holds(page, "<f>SUM(D5:D6)+") && holds(page, "<row r=\"9\">"));
}

TEST(our_own_reader_opens_what_was_filled)
{
    struct ctx *c = world();
    const char *path = fill_rows(c, 30);
    struct stat s;
    CHECK(stat(path, &s) == 0);
    char *at = NEW(test_mem(), char, (size_t)s.st_size);
    FILE *in = fopen(path, "re");
    CHECK(in && fread(at, 1, (size_t)s.st_size, in) == (size_t)s.st_size);
    (void)fclose(in);
    struct sheet_book *b;
    struct sheet_rows *rows;
    MUST_GO(c, sheet_open(c, (struct sv){ at, (size_t)s.st_size }, &b));
    CHECK_INT(b->pages_n, 3);
    MUST_GO(c, sheet_rows_open(c, b, 0, &rows));
    int64_t last = 0, n = 0;
    for (struct sheet_row row; sheet_next(rows, &row); n++) {
        last = row.number;
        if (row.number == 34)
            CHECK_TEXT(sheet_text(&row, 0), "第30人");
    }
    MUST_GO(c, sheet_rows_end(c, rows));
    sheet_close(b);
    CHECK_INT(last, 37);
    CHECK_INT(n, 36);
    CHECK(access(sv_fmt(test_mem(), "%s.rows", path).at, F_OK) != 0);
}

static void refused(const char *was, const char *now, const char *key)
{
    struct ctx *c = world();
    struct fill *f;
    struct buf page = buf_new(test_mem(), sizeof sheet_usual + 256);
    struct sv all = sv_of(sheet_usual);
    ptrdiff_t at = sv_find(all, sv_of(was));
    CHECK(at >= 0);
    buf_put(&page, sv_head(all, (size_t)at));
    buf_text(&page, now);
    buf_put(&page, sv_from(all, (size_t)at + strlen(was)));
    struct fill_form form = usual;
    const struct fill_fixed eighth = { 8, 0 };
    if (!key) {
        form.fixed = &eighth;
        form.fixed_n = 1;
        key = "sheet.form_cell";
    }
    CHECK_INT(fill_open(c, book_of(buf_cstr(&page), sheet_second), &form, NULL, &f), ERR_INVALID);
    CHECK_TEXT(sv_of(c->fault.key), key);
    ctx_forgive(c);
}

TEST(what_cannot_be_kept_is_refused_with_its_sentence)
{
    refused("ref=\"B5:C5\"", "ref=\"B5:C6\"", "sheet.form_merge");
    refused("ref=\"A3:A4\"", "ref=\"A3:A9\"", "sheet.form_merge");
    refused("<f>D5*2+$D$5</f>", "<f>D5/D7</f>", "sheet.form_formula");
    refused("<f>D5*2+$D$5</f>", "<f t=\"shared\" ref=\"E5:E9\" si=\"0\">D5</f>",
            "sheet.form_formula");
    refused("<f>D5*2+$D$5</f>", "<f t=\"array\" ref=\"E5\">D5</f>", "sheet.form_formula");
    refused("<row r=\"9\">", "<row r=\"3\">", "sheet.broken");
    refused("<worksheet", "<!DOCTYPE a><worksheet", "sheet.doctype");
    refused("UTF-8", "GBK", "sheet.form_encoding");
    refused("<row r=\"9\">", "<row r=\"8\"/><row r=\"9\">", NULL);
}
