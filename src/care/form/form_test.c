/* form_test.c - another office's form: guessed, bound, filled as who asks may see. */

#include "care/form/inside.h"

#include "care/division/division.h"
#include "sheet/out.h"
#include "small.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct module *const parts[] = { &division_module, &small_module, &export_module,
                                              &form_module, NULL };

struct desk { struct ctx *c; struct who officer; };

static struct sv bytes_of(const char *path)
{
    struct stat s;
    CHECK(stat(path, &s) == 0);
    char *at = NEW(test_mem(), char, (size_t)s.st_size);
    FILE *in = fopen(path, "re");
    CHECK(in && fread(at, 1, (size_t)s.st_size, in) == (size_t)s.st_size);
    (void)fclose(in);
    return (struct sv){ at, (size_t)s.st_size };
}

/* A title, who fills it in, two rows of heads, one empty row, totals. */
static struct sv form_made(struct ctx *c)
{
    const char *path = sv_fmt(test_mem(), "%s/form.xlsx", world_folder()).at;
    struct sheet_out *o;
    MUST_GO(c, sheet_out_open(c, path, &o));
    sheet_out_page(o, SV("登记"));
    sheet_out_across(o, SHEET_TITLE, SV("登记表"), 4);
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_PLAIN, SV("填报单位："));
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_HEAD, SV("序号"));
    sheet_out_text(o, SHEET_HEAD, SV("姓名"));
    sheet_out_across(o, SHEET_HEAD, SV("联系"), 2);
    sheet_out_end_row(o);
    for (int i = 0; i < 2; i++)
        sheet_out_text(o, SHEET_HEAD, SV(""));
    sheet_out_text(o, SHEET_HEAD, SV("电话"));
    sheet_out_text(o, SHEET_HEAD, SV("街道填"));
    sheet_out_end_row(o);
    for (int i = 0; i < 4; i++)
        sheet_out_text(o, SHEET_CELL, SV(""));
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_CELL, SV("合计"));
    sheet_out_text(o, SHEET_CELL, SV(""));
    sheet_out_end_row(o);
    MUST_GO(c, sheet_out_close(c, o));
    return bytes_of(path);
}

static struct desk desk_make(void)
{
    struct desk d = { .c = house_world(parts) };
    struct account a = { .kind = ACCOUNT_STAFF, .name = SV("王敏"), .login = SV("wangmin") };
    struct small_town t = { .row.scope = 990101001000, .name = SV("近镇"), .size = 3 };
    MUST_GO(d.c, entity_create(d.c, &small_town, &t));
    for (int i = 0; i < 3; i++) {
        struct small_person p = {
            .town = t.id, .name = i ? SV("王秀英") : SV("=HYPER"), .phone = SV("10012345678"),
            .birth = day_civil(1940, 5, 1 + i),
            .id_number = sv_fmt(test_mem(), "99010119400501000%d", i),
        };
        MUST_GO(d.c, entity_create(d.c, &small_person, &p));
    }
    MUST_GO(d.c, entity_create(d.c, &account_entity, &a));
    struct access_grant g = { .account = a.id, .role = ROLE_STREET_OFFICER, .low = 990101000000,
                              .high = 990101999999, .valid_from = DAY_NONE,
                              .valid_to = DAY_NONE };
    MUST_GO(d.c, entity_create(d.c, &access_grant_entity, &g));
    d.officer = *officer_of(990101000000, 990101999999);
    d.officer.account = a.id.n;
    return d;
}

TEST(a_form_is_guessed_its_rows_and_its_columns)
{
    struct ctx *c = house_world(parts);
    struct form_template t = { .entity = SV("small_person") };
    struct form_layout *l;
    MUST_GO(c, form_guess(c, form_made(c), &t));
    CHECK_INT(t.header_row, 3);
    CHECK_INT(t.header_rows, 2);
    CHECK_INT(t.from_row, 5);
    CHECK_INT(t.through_row, 5);
    MUST_GO(c, layout_read(c, &t, &l));
    CHECK_TEXT(layout_names(c, l), "name,phone");
    CHECK_INT(l->columns_n, 3);
    CHECK_TEXT(l->columns[0].text, "#");
    CHECK_INT(l->columns[2].column, 2);
}

/* Outside the test's own transaction: the job reads on a connection of its own. */
static struct export_batch fill(struct desk *d, const struct form_template *t)
{
    struct export_batch b = {
        .kind = EXPORT_FORM, .format = EXPORT_XLSX, .entity = t->entity, .title = t->name,
        .reason = SV("市里要的表"),
        .filter = sv_fmt(test_mem(), "{\"template\":\"%lld\",\"query\":\"\"}", (long long)t->id.n),
    };
    const struct job_table jobs = { .kinds = form_module.jobs, .kinds_n = 1 };
    bool found;
    d->c->who = &d->officer;
    MUST_GO(d->c, export_begin(d->c, &b, "export.form"));
    d->c->who = &who_house;
    MUST_GO(d->c, job_step(d->c, &jobs, &found));
    CHECK(found);
    MUST_GO(d->c, entity_load(d->c, &export_batch_entity, b.id.n, &b, &found));
    return b;
}

TEST_DB(a_form_is_filled_masked_marked_and_harmless)
{
    struct desk d = desk_make();
    struct form_template t = { 0 };
    struct form_new n = { SV("small_person"), SV("登记表"), SV("市民政局"), SV("a.xlsx") };
    MUST_GO(d.c, form_prepare(d.c, &n, form_made(d.c), &t));
    t.fixed.json = SV("[{\"row\":2,\"column\":0,\"text\":\"填报：{name}\"},"
                      "{\"row\":6,\"column\":1,\"text\":\"{count}\"}]");
    MUST_GO(d.c, entity_create(d.c, &form_template_entity, &t));
    struct export_batch b = fill(&d, &t);
    CHECK_TEXT(b.fault, "");
    CHECK_INT(b.state, EXPORT_DONE);
    CHECK_INT(b.rows_n.n, 3);
    struct sheet_book *book;
    struct sheet_rows *rows;
    struct buf all = buf_new(test_mem(), 1024);
    MUST_GO(d.c, sheet_open(d.c, bytes_of(export_path(test_mem(), d.c->house->config, &b)),
                            &book));
    MUST_GO(d.c, sheet_rows_open(d.c, book, 0, &rows));
    for (struct sheet_row row; sheet_next(rows, &row); buf_text(&all, "/"))
        for (size_t i = 0; i < row.n; i++)
            buf_fmt(&all, "%s%.*s", i ? "|" : "", SV_ARG(row.cells[i].text));
    MUST_GO(d.c, sheet_rows_end(d.c, rows));
    sheet_close(book);
    struct sv said = buf_sv(&all);
    CHECK(sv_find(said, SV("填报：王敏")) >= 0);
    CHECK(sv_find(said, SV("|王*")) >= 0 && sv_find(said, SV("秀英")) < 0);
    CHECK(sv_find(said, SV("100****5678")) >= 0 && sv_find(said, SV("10012345678")) < 0);
    CHECK(sv_find(said, SV("'=*")) >= 0);
    CHECK(sv_find(said, SV("/合计|3")) >= 0);
}

TEST_DB(a_form_that_is_no_workbook_is_refused_with_the_sentence_of_lists)
{
    struct desk d = desk_make();
    struct form_template t = { 0 };
    struct form_new n = { SV("small_person"), SV("登记表"), SV(""), SV("a.xls") };
    CHECK_INT(form_prepare(d.c, &n, SV("\xD0\xCF\x11\xE0 old"), &t), ERR_INVALID);
    CHECK_TEXT(sv_of(d.c->fault.key), "sheet.xls");
    ctx_forgive(d.c);
    CHECK_INT(form_prepare(d.c, &n, SV("姓名,电话\n王,1\n"), &t), ERR_INVALID);
    CHECK_TEXT(sv_of(d.c->fault.key), "sheet.form_xlsx");
    ctx_forgive(d.c);
}
