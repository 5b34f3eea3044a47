/* made_test.c - archives made by hand for tests. */

#include "sheet/made_test.h"

#include "test.h"

#include <string.h>
#include <zip.h>

static void part_add(zip_t *z, const struct made_part *p)
{
    zip_source_t *s = zip_source_buffer(z, p->content.at, p->content.len, 0);
    CHECK(s != NULL);
    int64_t at = zip_file_add(z, p->name, s, ZIP_FL_ENC_UTF_8);
    CHECK(at >= 0);
    if (p->locked)
        CHECK(zip_file_set_encryption(z, (uint64_t)at, ZIP_EM_AES_256, "secret") == 0);
}

struct sv made_zip(const struct made_part *parts, size_t n)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *out = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(out);
    zip_t *z = zip_open_from_source(out, ZIP_TRUNCATE, &error);
    CHECK(z != NULL);
    for (size_t i = 0; i < n; i++)
        part_add(z, &parts[i]);
    CHECK(zip_close(z) == 0);
    zip_stat_t s;
    CHECK(zip_source_stat(out, &s) == 0 && zip_source_open(out) == 0);
    char *bytes = NEW(test_mem(), char, s.size);
    CHECK(zip_source_read(out, bytes, s.size) == (int64_t)s.size);
    zip_source_close(out);
    zip_source_free(out);
    return (struct sv){ bytes, s.size };
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

static struct sv wrapped(const char *element, const char *inside)
{
    return sv_fmt(test_mem(), "<?xml version=\"1.0\"?><%s xmlns=\"" MAIN "\">%s</%s>", element,
                  inside ? inside : "", element);
}

struct sv made_book(const char *sheet, const char *strings, const char *styles)
{
    const struct made_part parts[] = {
        { "_rels/.rels",
          SV("<Relationships><Relationship Id=\"rId1\" Type=\"" OFFICE "/officeDocument\""
             " Target=\"xl/workbook.xml\"/></Relationships>"), false },
        { "xl/workbook.xml",
          SV("<workbook xmlns=\"" MAIN "\" xmlns:r=\"" OFFICE "\"><sheets>"
             "<sheet name=\"旧表\" sheetId=\"2\" state=\"hidden\" r:id=\"rId2\"/>"
             "<sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"), false },
        { "xl/_rels/workbook.xml.rels",
          SV("<Relationships>"
             "<Relationship Id=\"rId1\" Type=\"" OFFICE "/worksheet\""
             " Target=\"worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"rId2\" Type=\"" OFFICE "/worksheet\""
             " Target=\"/xl/worksheets/sheet1.xml\"/>"
             "<Relationship Id=\"rId3\" Type=\"" OFFICE "/sharedStrings\""
             " Target=\"sharedStrings.xml\"/>"
             "<Relationship Id=\"rId4\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
             "</Relationships>"), false },
        { "xl/worksheets/sheet1.xml", wrapped("worksheet", sheet), false },
        { "xl/sharedStrings.xml", wrapped("sst", strings), false },
        { "xl/styles.xml", wrapped("styleSheet", styles), false },
    };
    return made_zip(parts, sizeof parts / sizeof parts[0]);
}
