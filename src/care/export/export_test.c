/* export_test.c - what leaves the house is masked, marked, harmless, and on record. */

#include "care/export/export.h"
#include "model/row/list.h"
#include "sheet/sheet.h"
#include "small.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct module *const parts[] = { &small_module, &export_module, NULL };

struct desk { struct ctx *c; struct who officer; int64_t near; };

static int64_t town_add(struct ctx *c, int64_t scope, const char *name)
{
    struct small_town t = { .row.scope = scope, .name = sv_of(name), .size = 3 };
    MUST_GO(c, entity_create(c, &small_town, &t));
    return t.id.n;
}

static void person_add(struct ctx *c, int64_t town, const char *name)
{
    struct small_person p = {
        .town.n = town, .name = sv_of(name), .phone = SV("10012345678"), .alone = true,
        .address = SV("松鹤里 5 号楼 402"), .illness = SV("糖尿病"), .pension = { 123450 },
        .birth = day_civil(1940, 5, 1),
        .id_number = sv_fmt(test_mem(), "99010119400501%s", name + strlen(name) - 4),
    };
    MUST_GO(c, entity_create(c, &small_person, &p));
}

/* A street officer with an account, two persons of her street and one of another. */
static struct desk desk_make(void)
{
    struct desk d = { .c = house_world(parts) };
    struct account a = { .kind = ACCOUNT_STAFF, .name = SV("王敏"), .login = SV("wangmin") };
    d.near = town_add(d.c, 990101001000, "=HYPERLINK(\"http://x\")");
    int64_t far = town_add(d.c, 990102001000, "远镇");
    person_add(d.c, d.near, "王秀英0001");
    person_add(d.c, d.near, "李桂兰0002");
    person_add(d.c, far, "赵淑珍0003");
    MUST_GO(d.c, entity_create(d.c, &account_entity, &a));
    struct access_grant g = { .account = a.id, .role = ROLE_STREET_OFFICER, .low = 990101000000,
                              .high = 990101999999, .valid_from = DAY_NONE,
                              .valid_to = DAY_NONE };
    MUST_GO(d.c, entity_create(d.c, &access_grant_entity, &g));
    d.officer = *officer_of(990101000000, 990101999999);
    d.officer.account = a.id.n;
    return d;
}

static struct export_batch take(struct desk *d, const char *entity, int format, const char *columns)
{
    struct export_batch b = { .format = format, .entity = sv_of(entity), .title = SV("名单"),
                              .columns = sv_of(columns), .reason = SV("月度核对") };
    bool found;
    d->c->who = &d->officer;
    MUST_GO(d->c, export_begin(d->c, &b, "export.list"));
    d->c->who = &who_house;
    const struct job_table jobs = { .kinds = export_module.jobs, .kinds_n = 1 };
    MUST_GO(d->c, job_step(d->c, &jobs, &found));
    CHECK(found);
    MUST_GO(d->c, entity_load(d->c, &export_batch_entity, b.id.n, &b, &found));
    return b;
}

static struct sv file_of(struct desk *d, const struct export_batch *b)
{
    struct stat s;
    const char *path = export_path(test_mem(), d->c->house->config, b);
    CHECK(stat(path, &s) == 0);
    CHECK_INT(s.st_size, b->size);
    char *at = NEW(test_mem(), char, (size_t)s.st_size);
    FILE *f = fopen(path, "re");
    CHECK(f && fread(at, 1, (size_t)s.st_size, f) == (size_t)s.st_size);
    (void)fclose(f);
    return (struct sv){ at, (size_t)s.st_size };
}

static bool holds(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

/* Outside the test's own transaction: the job reads on a connection of its own. */
TEST_DB(a_list_goes_out_masked_marked_and_within_scope)
{
    struct desk d = desk_make();
    struct export_batch b = take(&d, "small_person", EXPORT_CSV,
                                 "name,town,phone,id_number,address,birth,grade,alone,pension");
    CHECK_INT(b.state, EXPORT_DONE);
    CHECK_INT(b.rows_n.n, 2);
    struct sv text = file_of(&d, &b);
    CHECK(holds(text, "王***") && holds(text, "李***"));
    CHECK(!holds(text, "秀英") && !holds(text, "糖尿病") && !holds(text, "赵"));
    CHECK(!holds(text, "10012345678") && holds(text, "100****5678"));
    CHECK(holds(text, "9****************1") && !holds(text, "9901011940"));
    CHECK(holds(text, "松鹤里") && !holds(text, "402"));
    CHECK(holds(text, "1940-05-01"));
    CHECK(holds(text, "1234.5"));
    CHECK(holds(text, ",是,"));
    CHECK(holds(text, "导出 ") && holds(text, "王敏（街道养老专干）") && holds(text, "月度核对"));
    CHECK(sv_find(text, b.number) > 0);
    CHECK(holds(text, "'=HYPERLINK"));
}

TEST_DB(a_workbook_keeps_texts_as_texts_and_numbers_as_numbers)
{
    struct desk d = desk_make();
    struct export_batch b = take(&d, "small_person", EXPORT_XLSX, "town,birth,pension");
    struct sheet_book *book;
    struct sheet_rows *rows;
    struct sheet_row row;
    CHECK_INT(b.state, EXPORT_DONE);
    MUST_GO(d.c, sheet_open(d.c, file_of(&d, &b), &book));
    MUST_GO(d.c, sheet_rows_open(d.c, book, 0, &rows));
    CHECK(sheet_next(rows, &row) && holds(sheet_text(&row, 0), "导出 "));
    CHECK(sheet_next(rows, &row) && sv_is(sheet_text(&row, 2), "养老金"));
    CHECK(sheet_next(rows, &row));
    CHECK_INT(row.cells[0].kind, CELL_TEXT);
    CHECK_TEXT(row.cells[0].text, "=HYPERLINK(\"http://x\")");
    CHECK_INT(row.cells[2].kind, CELL_NUMBER);
    CHECK(row.cells[2].number > 1234.4 && row.cells[2].number < 1234.6);
    MUST_GO(d.c, sheet_rows_end(d.c, rows));
    sheet_close(book);
}

TEST_DB(what_may_not_go_out_is_refused_before_anything_is_made)
{
    struct desk d = desk_make();
    int64_t total;
    struct export_batch b = { .entity = SV("small_person"), .columns = SV("name,illness"),
                              .reason = SV("看看") };
    d.c->who = &d.officer;
    CHECK_INT(export_list_check(d.c, &b, &total), ERR_INVALID);
    ctx_forgive(d.c);
    b.columns = SV("nonsense");
    CHECK_INT(export_list_check(d.c, &b, &total), ERR_INVALID);
    ctx_forgive(d.c);
    b.columns = SV("");
    b.filter = SV("illness=x");
    CHECK_INT(export_list_check(d.c, &b, &total), ERR_INVALID);
    ctx_forgive(d.c);
    b.filter = SV("");
    MUST_GO(d.c, export_list_check(d.c, &b, &total));
    CHECK_INT(total, 2);
    b.reason = SV("");
    CHECK_INT(export_begin(d.c, &b, "export.list"), ERR_INVALID);
    ctx_forgive(d.c);
    d.c->who = &who_house;
}

/* A job that runs when she is no longer an officer makes nothing. */
TEST_DB(a_role_that_was_lost_takes_nothing_out)
{
    struct desk d = desk_make();
    d.officer.role = ROLE_DIRECTOR;
    struct export_batch b = take(&d, "small_person", EXPORT_CSV, "name");
    CHECK_INT(b.state, EXPORT_FAILED);
    CHECK_TEXT(b.fault, "export.lost_role");
    CHECK(!b.rows_n.known);
}

/* Its worker died: what was half made goes with the batch when its days are over. */
TEST_DB(a_half_made_file_does_not_outlive_its_batch)
{
    struct desk d = desk_make();
    struct export_batch b = { .format = EXPORT_CSV, .entity = SV("small_person"),
                              .columns = SV("name"), .reason = SV("月度核对") };
    bool found;
    int64_t job;
    d.c->who = &d.officer;
    MUST_GO(d.c, export_begin(d.c, &b, "export.list"));
    d.c->who = &who_house;
    const char *half = export_try_path(test_mem(),
                                       export_path(test_mem(), d.c->house->config, &b), 2);
    (void)mkdir(sv_fmt(test_mem(), "%s/exports", d.c->house->config->data_dir).at, 0700);
    FILE *f = fopen(half, "we");
    CHECK(f && fclose(f) == 0);
    const struct job_table house = { .kinds = export_module.jobs, .kinds_n = 2,
                                     .of = JOBS_OF_THE_HOUSE };
    d.c->now.ms = b.expires_at.ms + 1000;
    MUST_GO(d.c, job_add(d.c, "export.expire", SV("{}"), &job));
    MUST_GO(d.c, job_step(d.c, &house, &found));
    CHECK(found);
    MUST_GO(d.c, entity_load(d.c, &export_batch_entity, b.id.n, &b, &found));
    CHECK_INT(b.state, EXPORT_EXPIRED);
    CHECK(access(half, F_OK) != 0);
}
