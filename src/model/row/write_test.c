/* write_test.c - creating, reading and changing rows: what is refused, what goes with a write. */

#include "model/history/history.h"
#include "model/row/list.h"
#include "model/row/many.h"
#include "small.h"
#include "store/build.h"

#include <string.h>

static bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

TEST_DB(a_created_row_comes_back_as_it_was)
{
    struct small s = small_world();
    struct small_person p = small_someone(&s, "王小明"), back;
    p.phone = SV("10012345678");
    p.id_number = SV("99010519460302002x");
    p.illness = SV("高血压");
    p.grade = (struct opt_int){ true, 2 };
    p.lon = (struct degrees){ -86123456 };
    p.home_lon = (struct degrees){ 1161234567 };
    p.flags = (struct set){ 5 };
    p.pension = (struct money){ 312345 };
    p.alone = true;
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    CHECK_INT(p.row.version, 1);
    CHECK_INT(p.row.scope, 990101001000);
    MUST_GO(s.c, entity_get(s.c, &small_person, p.id.n, &back));
    for (const struct field *f = small_person.fields; f->kind != KIND_END; f++)
        if (!field_same(f, &p, &back))
            test_fail(__FILE__, __LINE__, "%s differs", f->name);
}

TEST_DB(every_fault_of_the_fields_is_told_at_once)
{
    struct small s = small_world();
    struct small_person p = { .phone = SV("abc"), .grade = { true, 9 } };
    record_clear(small_person.fields, &p);
    p.phone = SV("abc");
    p.grade = (struct opt_int){ true, 9 };
    CHECK_INT(entity_create(s.c, &small_person, &p), ERR_INVALID);
    CHECK_INT(s.c->fault.fields_n, 4);               /* town, name, phone, grade */
    ctx_forgive(s.c);
    p = small_someone(&s, "不可");
    CHECK_INT(entity_create(s.c, &small_person, &p), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "name");
}

TEST_DB(a_unique_sealed_value_is_unique_through_its_blind_index)
{
    struct small s = small_world();
    struct small_person a = small_someone(&s, "王一"), b = small_someone(&s, "王二");
    a.id_number = SV("990105194603020021");
    b.id_number = SV("990105 19460302 0021");
    MUST_GO(s.c, entity_create(s.c, &small_person, &a));
    MUST_FAIL(s.c, entity_create(s.c, &small_person, &b), ERR_CONFLICT, "small.id_taken");
}

TEST_DB(a_change_needs_the_version_and_gives_the_row_as_it_is)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct small_person p, other;
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
    other = p;
    p.name = SV("王大明");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    CHECK_INT(p.row.version, 2);
    other.name = SV("李四");
    CHECK_INT(entity_update(s.c, &small_person, &other, 1, "change"), ERR_CONFLICT);
    CHECK_TEXT(sv_of(s.c->fault.key), "version.stale");
    CHECK(says(s.c->fault.current, "\"version\":2"));
    CHECK(says(s.c->fault.current, "王**"));
    ctx_forgive(s.c);
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &other));
    CHECK_TEXT(other.name, "王大明");
    MUST_GO(s.c, entity_update(s.c, &small_person, &other, 2, "change"));
    CHECK_INT(other.row.version, 2);                 /* nothing changed, nothing written */
}

TEST_DB(what_is_append_only_is_never_changed)
{
    struct small s = small_world();
    struct small_fact f = { .text = SV("a") };
    MUST_GO(s.c, entity_create(s.c, &small_fact, &f));
    f.text = SV("b");
    MUST_FAIL(s.c, entity_update(s.c, &small_fact, &f, 1, "change"), ERR_FORBIDDEN,
              "entity.append_only");
}

TEST_DB(an_officer_writes_only_in_her_ranges)
{
    struct small s = small_world();
    int64_t far = small_add(&s, "远方", s.far), near = small_add(&s, "近处", s.near);
    s.c->who = officer_of(990101000000, 990101999999);
    struct small_person p = small_someone(&s, "王小明"), back;
    MUST_GO(s.c, entity_create(s.c, &small_person, &p));
    p = small_someone(&s, "李四");
    p.town.n = s.far; /* the directory is seen by all, but not hers */
    MUST_FAIL(s.c, entity_create(s.c, &small_person, &p), ERR_FORBIDDEN, "scope.outside");

    MUST_FAIL(s.c, entity_get(s.c, &small_person, far, &back), ERR_MISSING, "entity.missing");
    record_clear(small_person.fields, &back);
    back = small_someone(&s, "换名");
    back.id.n = far;
    MUST_FAIL(s.c, entity_update(s.c, &small_person, &back, 1, "change"), ERR_MISSING,
              "entity.missing");
    MUST_GO(s.c, entity_get(s.c, &small_person, near, &back));
    back.town.n = s.far;                             /* nor may she push a row out of them */
    MUST_FAIL(s.c, entity_update(s.c, &small_person, &back, 1, "change"), ERR_FORBIDDEN,
              "scope.outside");
    struct small_town t;
    MUST_GO(s.c, entity_get(s.c, &small_town, s.far, &t));
    t.size = 9;
    MUST_FAIL(s.c, entity_update(s.c, &small_town, &t, 1, "change"), ERR_FORBIDDEN,
              "scope.outside");
}

TEST_DB(what_belongs_to_nothing_lies_in_the_officers_division)
{
    struct small s = small_world();
    struct small_town t = { .name = SV("新镇") };
    s.c->who = officer_of(990101000000, 990101999999);
    MUST_GO(s.c, entity_create(s.c, &small_town, &t));
    CHECK_INT(t.row.scope, 990101000000);
    t = (struct small_town){ .name = SV("别处"), .row.scope = 990102000000 };
    MUST_FAIL(s.c, entity_create(s.c, &small_town, &t), ERR_FORBIDDEN, "scope.outside");
}

TEST_DB(a_link_to_a_row_one_does_not_see_is_no_link)
{
    struct small s = small_world();
    int64_t far = small_add(&s, "远方", s.far);
    s.c->who = officer_of(990101000000, 990101999999);
    struct small_errand e = { .elder = { far }, .state = SMALL_PLACED, .what = SV("买菜") };
    CHECK_INT(entity_create(s.c, &small_errand, &e), ERR_INVALID);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "link.missing");
}

TEST_DB(citizens_organisations_and_carers_see_their_own)
{
    struct small s = small_world();
    int64_t elder = small_add(&s, "王小明", s.near), other = small_add(&s, "李四", s.near);
    struct small_errand e = { .elder = { elder }, .account = { 5 }, .org = { 8 }, .carer = { 9 },
                              .state = SMALL_PLACED, .what = SV("买菜") }, back;
    MUST_GO(s.c, entity_create(s.c, &small_errand, &e));
    struct who org = { .role = ROLE_STATION_MANAGER, .account = 1, .org = 8 };
    struct who carer = { .role = ROLE_CARER, .account = 2, .carer = 9 };
    const struct who *seers[] = { caller_as(ROLE_CITIZEN, 5), &org, &carer };
    for (size_t i = 0; i < 3; i++) {
        s.c->who = seers[i];
        MUST_GO(s.c, entity_get(s.c, &small_errand, e.id.n, &back));
    }
    org.org = 7;
    carer.carer = 7;
    seers[0] = caller_as(ROLE_CITIZEN, 6);
    for (size_t i = 0; i < 3; i++) {
        s.c->who = seers[i];
        MUST_FAIL(s.c, entity_get(s.c, &small_errand, e.id.n, &back), ERR_MISSING,
                  "entity.missing");
    }
    struct small_person p;
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    MUST_GO(s.c, entity_get(s.c, &small_person, elder, &p));
    MUST_FAIL(s.c, entity_get(s.c, &small_person, other, &p), ERR_MISSING, "entity.missing");
    s.c->who = NULL;
    MUST_FAIL(s.c, entity_get(s.c, &small_person, elder, &p), ERR_SIGN_IN, "who.sign_in");
    s.c->who = caller_as(ROLE_AUDIT_ADMIN, 4);
    MUST_FAIL(s.c, entity_get(s.c, &small_person, elder, &p), ERR_FORBIDDEN, "who.forbidden");
}

TEST_DB(one_cannot_store_what_one_would_not_see)
{
    struct small s = small_world();
    int64_t elder = small_add(&s, "王小明", s.near);
    struct small_errand e = { .elder = { elder }, .account = { 5 }, .org = { 8 },
                              .state = SMALL_PLACED, .what = SV("买菜") };
    MUST_GO(s.c, entity_create(s.c, &small_errand, &e));
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    e = (struct small_errand){ .elder = { elder }, .account = { 6 }, .state = SMALL_PLACED,
                               .what = SV("替别人") };
    MUST_FAIL(s.c, entity_create(s.c, &small_errand, &e), ERR_FORBIDDEN, "scope.outside");
    e.id.n = 0;
    MUST_GO(s.c, entity_create_by_rule(s.c, &small_errand, &e));
}

TEST_DB(a_read_only_role_changes_nothing)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near);
    struct who auditor = { .role = ROLE_AUDITOR, .account = 3, .ranges = { { 0, INT64_MAX } },
                           .ranges_n = 1 };
    s.c->who = &auditor;
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, id, &p));
    p.name = SV("李四");
    MUST_FAIL(s.c, entity_update(s.c, &small_person, &p, 1, "change"), ERR_FORBIDDEN,
              "who.reads_only");
}

TEST_DB(a_granted_elder_is_seen_beyond_the_ranges)
{
    struct small s = small_world();
    int64_t far = small_add(&s, "远方", s.far), other = small_add(&s, "别人", s.far);
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *officer_of(990101000000, 990101999999);
    w->elders[w->elders_n++] = far;
    s.c->who = w;
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, far, &p));
    p.name = SV("改名");
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "change"));
    MUST_FAIL(s.c, entity_get(s.c, &small_person, other, &p), ERR_MISSING, "entity.missing");
}

TEST_DB(rows_follow_the_scope_of_what_they_belong_to)
{
    struct small s = small_world();
    int64_t elder = small_add(&s, "王小明", s.near);
    struct small_errand e = { .elder = { elder }, .state = SMALL_PLACED, .what = SV("买菜") }, old;
    MUST_GO(s.c, entity_create(s.c, &small_errand, &e));
    old = (struct small_errand){ .elder = { elder }, .state = SMALL_PLACED, .what = SV("旧"),
                                 .row.ended_at = { 1 } };
    MUST_GO(s.c, entity_create(s.c, &small_errand, &old));
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, elder, &p));
    p.town.n = s.far;
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "move"));
    CHECK_INT(p.row.scope, 990102001000);
    MUST_GO(s.c, entity_get(s.c, &small_errand, e.id.n, &e));
    CHECK_INT(e.row.scope, 990102001000);
    MUST_GO(s.c, entity_get(s.c, &small_errand, old.id.n, &old));
    CHECK_INT(old.row.scope, 990101001000);
}

TEST_DB(what_is_closed_stays_where_it_was_done)
{
    struct small s = small_world();
    int64_t elder = small_add(&s, "王小明", s.near);
    struct small_errand done = { .elder = { elder }, .state = SMALL_PLACED, .what = SV("买菜") };
    MUST_GO(s.c, entity_create(s.c, &small_errand, &done));
    struct build b = build_new(s.c);
    build_sql(&b, "UPDATE small_errand SET state = 'done' WHERE id = ");
    build_value(&b, V_INT(done.id.n));
    MUST_GO(s.c, build_run(s.c, &b, NULL));
    struct small_person p;
    MUST_GO(s.c, entity_get(s.c, &small_person, elder, &p));
    p.town.n = s.far;
    MUST_GO(s.c, entity_update(s.c, &small_person, &p, 1, "move"));
    MUST_GO(s.c, entity_get(s.c, &small_errand, done.id.n, &done));
    CHECK_INT(done.row.scope, 990101001000);
}

/* --- whatever step fails, a row is wholly there with all that goes with it, or not at all --- */

static int64_t counted(struct ctx *c, const char *table)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM ");
    build_name(&b, table);
    struct rows r = build_rows(c, &b);
    CHECK(rows_next(&r));
    int64_t n = rows_int(&r, 0);
    MUST_GO(c, rows_end(&r));
    return n;
}

static int64_t all_of_it(struct ctx *c)
{
    return counted(c, "small_person") + counted(c, "history") * 100 +
           counted(c, "search_entry") * 10000;
}

TEST_DB(a_failed_create_leaves_nothing_behind)
{
    struct small s = small_world();
    int64_t before = all_of_it(s.c), whole = 0;
    EVERY_FAULT(step) {
        struct small_person p = small_someone(&s, "王小明");
        p.phone = SV("10012345678");
        enum err e = entity_create(s.c, &small_person, &p);
        fault_settle(&step, e);
        int64_t n = all_of_it(s.c);
        CHECK(e ? n == before : n > before);
        whole = e ? whole : n;
    }
    CHECK(whole > before);
}

TEST_DB(a_failed_change_leaves_the_row_as_it_was)
{
    struct small s = small_world();
    int64_t id = small_add(&s, "王小明", s.near), before = all_of_it(s.c);
    EVERY_FAULT(step) {
        struct small_person p = small_someone(&s, "李大为"), back;
        p.id.n = id;
        enum err e = entity_update(s.c, &small_person, &p, 1, "change");
        fault_settle(&step, e);
        MUST_GO(s.c, entity_get(s.c, &small_person, id, &back));
        CHECK_TEXT(back.name, e ? "王小明" : "李大为");
        CHECK_INT(back.row.version, e ? 1 : 2);
        if (e)
            CHECK_INT(all_of_it(s.c), before);
    }
}

TEST_DB(a_failed_batch_leaves_nothing_behind)
{
    struct small s = small_world();
    int64_t before = all_of_it(s.c);
    EVERY_FAULT(step) {
        struct small_person two[2] = { small_someone(&s, "王一"), small_someone(&s, "王二") };
        enum err e = entity_bulk(s.c, &small_person, two, 2);
        fault_settle(&step, e);
        CHECK(e ? all_of_it(s.c) == before : counted(s.c, "small_person") == 2);
    }
}

/* --- what other modules do --- */

/* A town that is named 无 is refused; any other leaves a fact. */
static enum err town_noted(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct small_town *t = row;
    if (sv_is(t->name, "无"))
        return fail(c, ERR_CONFLICT, "small.sunday", "the follower refuses");
    struct small_fact f = { .row.scope = t->row.scope,
                            .text = sv_fmt(&c->mem, "%s %s", before ? "changed" : "made", action) };
    return entity_create_by_rule(c, &small_fact, &f);
}

static const struct follower town_followers[] = { { &small_town, town_noted }, { 0 } };
static const struct module witness = { .name = "witness", .followers = town_followers };
static const struct module *const witnessed[] = { &small_module, &witness, NULL };

TEST_DB(what_other_modules_do_goes_with_a_write_or_undoes_it)
{
    struct small s = small_world();
    struct house with = *s.c->house;
    with.modules = witnessed;
    s.c->house = &with;
    struct small_town t = { .row.scope = 990101001000, .name = SV("柳荫镇"), .size = 3 };
    MUST_GO(s.c, entity_create(s.c, &small_town, &t));
    t.size = 4;
    MUST_GO(s.c, entity_update(s.c, &small_town, &t, t.row.version, "change"));
    small_add(&s, "王小明", s.near);                 /* followed by nobody */
    struct page page;
    MUST_GO(s.c, entity_list(s.c, &small_fact, &(struct query){ .size = 9 }, &page));
    const struct small_fact *facts = page.rows;
    CHECK_INT(page.n, 2);
    CHECK_TEXT(facts[0].text, "made create");
    CHECK_TEXT(facts[1].text, "changed change");
    CHECK(entity_goes_at_once(s.c, &small_person));
    CHECK(!entity_goes_at_once(s.c, &small_town));
    struct small_town no = { .row.scope = 990101001000, .name = SV("无"), .size = 3 };
    int64_t before = counted(s.c, "small_town");
    MUST_GO(s.c, db_begin(s.c));
    MUST_FAIL(s.c, entity_create(s.c, &small_town, &no), ERR_CONFLICT, "small.sunday");
    db_rollback(s.c);
    CHECK_INT(counted(s.c, "small_town"), before);
}
