/* file_test.c - attachments: kept once, seen with their row, checked against their bytes. */

#include "base/json.h"
#include "model/file.h"
#include "small.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PHOTO SV("\xFF\xD8\xFF photo of the signature")

static struct sv findings(struct ctx *c)
{
    struct buf b = buf_new(test_mem(), 64);
    MUST_GO(c, files_check(c, &b));
    return buf_sv(&b);
}

TEST_DB(a_file_is_seen_with_the_row_it_is_attached_to)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct file f, back;
    const char *path, *other;
    s.c->who = officer_of(990101000000, 990101999999);
    MUST_GO(s.c, file_attach(s.c, &small_person, id, PHOTO, SV("signature"), &f));
    MUST_GO(s.c, file_open(s.c, f.id.n, &back, &path));
    CHECK_INT(back.size, (int64_t)PHOTO.len);
    CHECK_INT(back.row.scope, 990101001000);
    CHECK(access(path, R_OK) == 0);
    MUST_GO(s.c, file_attach(s.c, &small_person, id, PHOTO, SV("again"), &back));
    MUST_GO(s.c, file_open(s.c, back.id.n, &back, &other));
    CHECK_TEXT(sv_of(other), path);                  /* the same bytes are kept once */
    struct buf out = buf_new(test_mem(), 64);
    struct json j = json_new(&out);
    MUST_GO(s.c, files_json(s.c, &j, NULL, &small_person, id));
    CHECK(sv_find(buf_sv(&out), SV("\"type\":\"image/jpeg\"")) >= 0);

    s.c->who = officer_of(990102000000, 990102999999);
    MUST_FAIL(s.c, file_open(s.c, f.id.n, &back, &path), ERR_MISSING, "entity.missing");
    MUST_FAIL(s.c, file_attach(s.c, &small_person, id, PHOTO, SV(""), &f), ERR_MISSING,
              "entity.missing");
    MUST_FAIL(s.c, files_json(s.c, &j, NULL, &small_person, id), ERR_MISSING, "entity.missing");
}

TEST_DB(a_file_is_what_its_bytes_say)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct file f;
    MUST_FAIL(s.c, file_attach(s.c, &small_person, id, SV("<html>"), SV(""), &f), ERR_INVALID,
              "file.type");
    MUST_FAIL(s.c, file_attach(s.c, &small_person, id, SV(""), SV(""), &f), ERR_INVALID,
              "file.type");
    struct sv large = { NEW(test_mem(), char, FILE_BYTES_MAX + 1), FILE_BYTES_MAX + 1 };
    MUST_FAIL(s.c, file_attach(s.c, &small_person, id, large, SV(""), &f), ERR_TOO_LARGE,
              "file.too_large");
}

TEST_DB(changed_and_missing_bytes_are_found)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct file f;
    const char *path;
    MUST_GO(s.c, file_attach(s.c, &small_person, id, PHOTO, SV(""), &f));
    CHECK_TEXT(findings(s.c), "");
    MUST_GO(s.c, file_open(s.c, f.id.n, &f, &path));
    FILE *out = fopen(path, "a");
    CHECK(out && fputc('x', out) == 'x' && fclose(out) == 0);
    CHECK(sv_find(findings(s.c), SV("were changed")) >= 0);
    CHECK(unlink(path) == 0);
    CHECK(sv_find(findings(s.c), SV("are missing")) >= 0);
}

TEST_DB(a_failed_attachment_leaves_no_row)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    EVERY_FAULT(step) {
        struct file f;
        enum err e = file_attach(s.c, &small_person, id, PHOTO, SV(""), &f);
        fault_settle(&step, e);
        struct page page;
        MUST_GO(s.c, entity_list(s.c, &file_entity, &(struct query){ .total = true }, &page));
        CHECK_INT(page.total, e ? 0 : 1);
        CHECK_TEXT(findings(s.c), "");
    }
}
