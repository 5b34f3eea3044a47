/* messy_test.c - a messy list taken in: every finding named, stored, and taken back. */

#include "app/demo/make/messy.h"

#include "care/division/town_test.h"
#include "care/elder/elder.h"
#include "care/intake/intake.h"
#include "model/history/history.h"

#include <stdio.h>
#include <string.h>


static struct elder known(const struct town *t)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 7);
    e.division = t->community.id;
    e.phone = SV("10099990000");
    MUST_GO(t->c, entity_create(t->c, &elder_entity, &e));
    return e;
}

static struct sv bytes_of(const char *path)
{
    FILE *in = fopen(path, "re");
    CHECK(in != NULL);
    char *at = NEW(test_mem(), char, 4 << 20);
    size_t n = fread(at, 1, 4 << 20, in);
    fclose(in);
    return (struct sv){ at, n };
}

static struct sv messy_bytes(const struct town *t, int64_t rows)
{
    const char *path = sv_fmt(test_mem(), "%s/messy.xlsx", t->c->house->config->data_dir).at;
    struct messy m = { .community = SV("东堤社区"), .elsewhere = SV("天涯社区"), .rows = rows,
                       .known_name = SV("王秀英"), .known_birth = day_civil(1946, 3, 7) };
    MUST_GO(t->c, messy_write(t->c, path, &m));
    return bytes_of(path);
}

struct wish {
    const struct intake_new *n;
    struct sv                bytes;
    struct import_batch      b;
    const char              *action;
};

static enum err upload(struct ctx *c, void *arg)
{
    struct wish *w = arg;
    return intake_upload(c, w->n, w->bytes, &w->b);
}

/* What a person sends with the step "map" is what the guess says. */
static enum err act(struct ctx *c, void *arg)
{
    struct wish *w = arg;
    struct import_batch now;
    TRY(entity_get(c, &import_batch_entity, w->b.id.n, &now));
    struct intake_map map = { now.sheet, now.header_row, now.header_rows, now.mapping, true,
                              SV("柳荫街道") };
    return entity_act(c, &import_batch_entity, now.id.n, now.row.version, sv_of(w->action),
                      strcmp(w->action, "map") == 0 ? &map : NULL, &w->b);
}

static void step(struct ctx *c, struct wish *w, const char *action)
{
    w->action = action;
    c->reason = SV("导错了");
    MUST_GO(c, transaction(c, act, w));
    c->reason = SV("");
}

static struct wish checked(const struct town *t, int64_t rows)
{
    static const struct intake_new n = { SV_INIT("elder"), SV_INIT("messy.xlsx"), SV_INIT("") };
    struct wish w = { .n = &n, .bytes = messy_bytes(t, rows) };
    MUST_GO(t->c, transaction(t->c, upload, &w));
    step(t->c, &w, "map");
    MUST_GO(t->c, intake_check(t->c, w.b.id.n, NULL));
    MUST_GO(t->c, entity_get(t->c, &import_batch_entity, w.b.id.n, &w.b));
    if (w.b.state != BATCH_CHECKED)
        test_fail(__FILE__, __LINE__, "state %d: %.*s", w.b.state, SV_ARG(w.b.trouble));
    return w;
}

static bool line_of(struct ctx *c, int64_t batch, int64_t line, struct import_line *ret)
{
    struct query q = { .size = LIST_SIZE_MAX };
    struct page page;
    q.filters[q.filters_n++] = (struct filter){ field_named(import_line_fields, SV("batch")), '=',
                                                sv_fmt(test_mem(), "%lld", (long long)batch) };
    MUST_GO(c, entity_list(c, &import_line_entity, &q, &page));
    for (size_t i = 0; i < page.n; i++)
        if (((struct import_line *)page.rows)[i].line == line) {
            *ret = ((struct import_line *)page.rows)[i];
            return true;
        }
    return false;
}

/* The line's text names the field and the sentence of the key (as far as its first argument). */
static bool names(struct ctx *c, const struct import_line *l, const struct messy_fault *f)
{
    const struct field *field = field_named(elder_fields, sv_of(f->field));
    struct sv why = house_message(c->house, &c->mem, LANG_ZH, f->key, SV("\1"), SV("\1"));
    ptrdiff_t cut = sv_find_byte(why, '\1');
    struct sv want = sv_fmt(&c->mem, "%s：%.*s", field->zh,
                            SV_ARG(cut < 0 ? why : sv_head(why, (size_t)cut)));
    return sv_find(l->faults, want) >= 0;
}

TEST_DB(every_finding_of_a_messy_list_is_named)
{
    struct town t = town_world();
    known(&t);
    struct wish w = checked(&t, 12);
    for (const struct messy_fault *f = messy_faults; f->line; f++) {
        struct import_line l;
        if (!line_of(t.c, w.b.id.n, f->line, &l))
            test_fail(__FILE__, __LINE__, "line %lld is not named", (long long)f->line);
        if (!names(t.c, &l, f) || l.verdict != VERDICT_WRONG)
            test_fail(__FILE__, __LINE__, "line %lld: %s is not in: %.*s", (long long)f->line,
                      f->key, SV_ARG(l.faults));
    }
    CHECK_INT(w.b.header_row, 2);
    CHECK_INT(w.b.header_rows, 2);
    CHECK_INT(w.b.counts.rows_n, 31);
    CHECK_INT(w.b.counts.wrong_n, 16);
    CHECK_INT(w.b.counts.doubt_n, 1);
    CHECK_INT(w.b.counts.new_n, 14);
    CHECK_INT(w.b.counts.hint_n, 1);
    CHECK(w.b.returned_hash.len > 0);
}

TEST_DB(the_file_given_back_says_what_to_mend_in_front_of_each_row)
{
    struct town t = town_world();
    struct wish w = checked(&t, 1);
    struct sheet_book *book;
    struct sheet_rows *rows;
    struct sheet_row row;
    struct sv bytes;
    MUST_GO(t.c, intake_returned(t.c, &w.b, &bytes));
    MUST_GO(t.c, sheet_open(t.c, bytes, &book));
    MUST_GO(t.c, sheet_rows_open(t.c, book, 0, &rows));
    int64_t seen = 0;
    while (sheet_next(rows, &row)) {
        if (row.number == 2)
            CHECK_TEXT(sheet_text(&row, 0), "错误");
        if (row.number == 8) {
            CHECK(sv_find(sheet_text(&row, 0), SV("校验位")) >= 0);
            CHECK_TEXT(sheet_text(&row, 2), "周玉梅");
        }
        seen++;
    }
    MUST_GO(t.c, sheet_rows_end(t.c, rows));
    sheet_close(book);
    CHECK_INT(seen, 23);
}

static int64_t elders_n(struct ctx *c)
{
    struct query q = { .size = LIST_SIZE_MAX };
    struct page page;
    MUST_GO(c, entity_list(c, &elder_entity, &q, &page));
    return (int64_t)page.n;
}

TEST_DB(a_confirmed_list_is_stored_once_and_taken_back_whole)
{
    struct town t = town_world();
    known(&t);
    struct wish w = checked(&t, 12);
    step(t.c, &w, "confirm");
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    CHECK_INT(elders_n(t.c), 15);
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.state, BATCH_DONE);
    CHECK_INT(w.b.added_n, 14);
    struct wish again = checked(&t, 12);
    CHECK_INT(again.b.counts.same_n, 14);
    CHECK_INT(again.b.counts.new_n, 0);
    step(t.c, &w, "undo");
    MUST_GO(t.c, intake_undo(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.state, BATCH_UNDONE);
    CHECK_INT(w.b.undone_n, 14);
    CHECK_INT(elders_n(t.c), 1);
}

static struct elder taken_in(struct ctx *c, int64_t batch, int64_t line)
{
    struct import_line l;
    struct elder e;
    CHECK(line_of(c, batch, line, &l));
    CHECK_INT(l.state, LINE_APPLIED);
    MUST_GO(c, entity_get(c, &elder_entity, l.row_id, &e));
    return e;
}

TEST_DB(a_row_of_a_list_says_which_list_it_came_by_and_when_it_was_taken_back)
{
    struct town t = town_world();
    struct wish w = checked(&t, 12);
    step(t.c, &w, "confirm");
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    struct elder e = taken_in(t.c, w.b.id.n, MESSY_GOOD_LINE);
    for (int undone = 0; undone <= 1; undone++) {
        struct buf b = buf_new(test_mem(), 256);
        struct json j = json_new(&b);
        MUST_GO(t.c, history_json(t.c, &j, NULL, &elder_entity, e.id.n));
        CHECK(sv_find(buf_sv(&b), SV("messy.xlsx，第 23 行")) >= 0);
        CHECK((sv_find(buf_sv(&b), SV("已整批撤销")) >= 0) == (undone == 1));
        if (undone)
            break;
        step(t.c, &w, "undo");
        MUST_GO(t.c, intake_undo(t.c, w.b.id.n, NULL));
    }
}

TEST_DB(elders_that_were_changed_or_are_named_since_stay_when_a_batch_is_undone)
{
    struct town t = town_world();
    struct wish w = checked(&t, 12);
    struct import_line l;
    step(t.c, &w, "confirm");
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    CHECK_INT(elders_n(t.c), 15);
    struct elder changed = taken_in(t.c, w.b.id.n, MESSY_GOOD_LINE);
    struct elder named = taken_in(t.c, w.b.id.n, MESSY_GOOD_LINE + 1);
    struct contact son = { .elder = named.id, .name = SV("王强"), .phone = SV("10088880009") };
    changed.address = SV("别处");
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &changed, changed.row.version, "change"));
    MUST_GO(t.c, entity_create(t.c, &contact_entity, &son));
    step(t.c, &w, "undo");
    MUST_GO(t.c, intake_undo(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.kept_n, 2);
    CHECK_INT(w.b.undone_n, 13);
    CHECK_INT(elders_n(t.c), 2);
    CHECK(line_of(t.c, w.b.id.n, MESSY_GOOD_LINE, &l));
    CHECK_INT(l.state, LINE_KEPT);
    CHECK(line_of(t.c, w.b.id.n, MESSY_GOOD_LINE + 2, &l));
    CHECK_INT(l.state, LINE_UNDONE);
}

/* Whatever fails on the way, the batch goes on where it was and stores each row once. */
TEST_DB(a_batch_that_was_cut_off_goes_on)
{
    struct town t = town_world();
    struct wish w = checked(&t, 12);
    step(t.c, &w, "confirm");
    for (int64_t k = 5; k <= 45; k += 10) {
        db_fault(t.c->db, k, FAULT_ERROR);
        enum err e = intake_confirm(t.c, w.b.id.n, NULL);
        if (e == ERR_NONE || !db_fault_hit(t.c->db))
            test_fail(__FILE__, __LINE__, "at statement %lld: %d", (long long)k, (int)e);
        db_fault(t.c->db, 0, FAULT_ERROR);
        ctx_forgive(t.c);
    }
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.state, BATCH_DONE);
    CHECK_INT(w.b.added_n, 15);
    CHECK_INT(elders_n(t.c), 15);
}

TEST_DB(a_doubt_waits_for_a_decision_and_changes_the_one_it_is)
{
    struct town t = town_world();
    struct elder old = known(&t), now;
    struct import_line l;
    struct wish w = checked(&t, 1);
    CHECK(line_of(t.c, w.b.id.n, MESSY_DOUBT_LINE, &l));
    CHECK_INT(l.verdict, VERDICT_DOUBT);
    CHECK_INT(l.row_id, old.id.n);
    MUST_GO(t.c,
            entity_act(t.c, &import_line_entity, l.id.n, l.row.version, SV("apart"), NULL, &l));
    step(t.c, &w, "confirm");
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.added_n, 4);
    MUST_GO(t.c, entity_get(t.c, &elder_entity, old.id.n, &now));
    CHECK_INT(now.row.version, 1);
}

/* A second list changes telephones; one elder is changed by hand before the batch is undone. */
TEST_DB(undoing_gives_earlier_values_back_but_not_over_what_was_changed_since)
{
    struct town t = town_world();
    static const struct intake_new n = { SV_INIT("elder"), SV_INIT("b.csv"), SV_INIT("") };
    struct elder one = known(&t), two = known(&t), back;
    struct buf csv = buf_new(test_mem(), 256);
    struct wish w = { .n = &n };
    MUST_GO(t.c, entity_get(t.c, &elder_entity, one.id.n, &one));
    MUST_GO(t.c, entity_get(t.c, &elder_entity, two.id.n, &two));
    one.name = SV("甲一");
    two.name = SV("乙二");
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &one, 1, "change"));
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &two, 1, "change"));
    buf_text(&csv, "姓名,出生日期,电话,所在社区\n甲一,1946-03-07,10011110001,东堤社区\n"
                   "乙二,1946-03-07,10011110002,东堤社区\n");
    w.bytes = buf_sv(&csv);
    MUST_GO(t.c, transaction(t.c, upload, &w));
    step(t.c, &w, "map");
    MUST_GO(t.c, intake_check(t.c, w.b.id.n, NULL));
    for (int64_t line = 2; line <= 3; line++) {
        struct import_line l;
        CHECK(line_of(t.c, w.b.id.n, line, &l));
        MUST_GO(t.c, entity_act(t.c, &import_line_entity, l.id.n, l.row.version, SV("same"),
                                NULL, &l));
    }
    step(t.c, &w, "confirm");
    MUST_GO(t.c, intake_confirm(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &elder_entity, two.id.n, &back));
    CHECK_TEXT(back.phone, "10011110002");
    back.address = SV("别处");
    MUST_GO(t.c, entity_update(t.c, &elder_entity, &back, back.row.version, "change"));
    step(t.c, &w, "undo");
    MUST_GO(t.c, intake_undo(t.c, w.b.id.n, NULL));
    MUST_GO(t.c, entity_get(t.c, &elder_entity, one.id.n, &back));
    CHECK_TEXT(back.phone, "10099990000");
    MUST_GO(t.c, entity_get(t.c, &elder_entity, two.id.n, &back));
    CHECK_TEXT(back.phone, "10011110002");
    MUST_GO(t.c, entity_get(t.c, &import_batch_entity, w.b.id.n, &w.b));
    CHECK_INT(w.b.undone_n, 1);
    CHECK_INT(w.b.kept_n, 1);
}
