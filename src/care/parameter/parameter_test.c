/* parameter_test.c - the nearest place and the right day decide. */

#include "care/parameter/parameter.h"
#include "care/division/town_test.h"

#include <string.h>

static void put(struct ctx *c, const char *value, struct division_id division, struct day from)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("elder.age_from");
    p.value = sv_of(value);
    p.division = division;
    p.valid_from = from;
    p.source = SV("测试文件第一条");
    MUST_GO(c, entity_create(c, &parameter_entity, &p));
}

static int64_t asked(struct ctx *c, int64_t scope, struct day day)
{
    int64_t n = -1;
    MUST_GO(c, parameter_int(c, "elder.age_from", scope, day, &n));
    return n;
}

TEST_DB(the_nearest_division_and_the_latest_day_decide)
{
    struct town t = town_world();
    struct day before = day_civil(2026, 1, 1), after = day_civil(2026, 7, 1);
    int64_t here = t.community.row.scope, elsewhere = 990201001001;
    CHECK_INT(asked(t.c, here, after), 60);                      /* the declared default */
    put(t.c, "61", (struct division_id){ 0 }, before);
    CHECK_INT(asked(t.c, here, after), 61);
    put(t.c, "65", t.district.id, after);
    CHECK_INT(asked(t.c, here, before), 61);
    CHECK_INT(asked(t.c, here, after), 65);
    CHECK_INT(asked(t.c, elsewhere, after), 61);
    put(t.c, "66", t.street.id, before);
    CHECK_INT(asked(t.c, here, after), 66);
}

TEST_DB(the_division_in_which_all_others_lie_rules_the_house)
{
    struct town t = town_world();
    struct day before = day_civil(2026, 1, 1), after = day_civil(2026, 7, 1);
    town_division(t.c, "东街", DIVISION_STREET, &t.district, "");
    put(t.c, "66", t.street.id, before);
    CHECK_INT(asked(t.c, 0, after), 60);                         /* one street of two */
    put(t.c, "65", t.district.id, after);
    CHECK_INT(asked(t.c, 0, before), 60);
    CHECK_INT(asked(t.c, 0, after), 65);
    town_division(t.c, "邻区", DIVISION_DISTRICT, &t.city, "");
    CHECK_INT(asked(t.c, 0, after), 60);
    put(t.c, "70", t.city.id, before);
    CHECK_INT(asked(t.c, 0, after), 70);
}

TEST_DB(a_parameter_nobody_declares_is_our_mistake)
{
    struct town t = town_world();
    int64_t n;
    MUST_FAIL(t.c, parameter_int(t.c, "no.such", 0, day_civil(2026, 1, 1), &n), ERR_BROKEN,
              "parameter.unknown");
}

TEST_DB(defaults_become_rows_once)
{
    struct town t = town_world();
    int64_t added;
    MUST_GO(t.c, parameter_seed(t.c, &added));
    CHECK(added >= 2);
    MUST_GO(t.c, parameter_seed(t.c, &added));
    CHECK_INT(added, 0);
    CHECK_INT(asked(t.c, t.street.row.scope, day_civil(2026, 1, 1)), 60);
}

/* --- versions --- */

static struct parameter version(struct day from, struct day to, const char *value)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("elder.age_from");
    p.value = sv_of(value);
    p.valid_from = from;
    p.valid_to = to;
    p.source = SV("测试文件");
    return p;
}

static struct parameter again(struct ctx *c, int64_t id)
{
    struct parameter p;
    bool found;
    MUST_GO(c, entity_load(c, &parameter_entity, id, &p, &found));
    CHECK(found);
    return p;
}

static struct day from_today(const struct ctx *c, int64_t n)
{
    return (struct day){ day_of(c->now).n + n };
}

TEST_DB(a_new_version_ends_the_open_one_before_it_and_overlaps_none)
{
    struct ctx *c = town_world().c;
    struct parameter one = version(from_today(c, -100), DAY_NONE, "61");
    struct parameter two = version(from_today(c, 10), DAY_NONE, "62");
    MUST_GO(c, entity_create(c, &parameter_entity, &one));
    MUST_GO(c, entity_create(c, &parameter_entity, &two));
    CHECK_INT(again(c, one.id.n).valid_to.n, from_today(c, 9).n);
    CHECK_INT(asked(c, 0, from_today(c, 9)), 61);
    CHECK_INT(asked(c, 0, from_today(c, 10)), 62);
    struct parameter inside = version(from_today(c, -50), from_today(c, -40), "70");
    MUST_FAULT(c, entity_create(c, &parameter_entity, &inside), "parameter.overlap_before");
    struct parameter early = version(from_today(c, -200), DAY_NONE, "70");
    MUST_FAULT(c, entity_create(c, &parameter_entity, &early), "parameter.overlap_after");
    struct parameter same = version(from_today(c, 10), DAY_NONE, "70");
    MUST_FAULT(c, entity_create(c, &parameter_entity, &same), "parameter.taken");
    struct parameter word = version(from_today(c, 400), DAY_NONE, "six");
    MUST_FAULT(c, entity_create(c, &parameter_entity, &word), "parameter.not_number");
}

TEST_DB(a_gap_between_versions_is_there_only_when_it_is_explained)
{
    struct ctx *c = town_world().c;
    struct parameter one = version(from_today(c, -100), from_today(c, 10), "61");
    struct parameter two = version(from_today(c, 20), DAY_NONE, "62");
    MUST_GO(c, entity_create(c, &parameter_entity, &one));
    MUST_FAULT(c, entity_create(c, &parameter_entity, &two), "parameter.gap");
    two.gap_reason = SV("旧文件到期，新文件未印发");
    MUST_GO(c, entity_create(c, &parameter_entity, &two));
    CHECK_INT(asked(c, 0, from_today(c, 15)), 60);               /* the declared default */
    struct parameter before = version(from_today(c, -300), from_today(c, -150), "59");
    MUST_FAULT(c, entity_create(c, &parameter_entity, &before), "parameter.gap_after");
}

TEST_DB(what_holds_already_is_not_edited)
{
    struct ctx *c = town_world().c;
    struct parameter one = version(from_today(c, -100), DAY_NONE, "61");
    MUST_GO(c, entity_create(c, &parameter_entity, &one));
    struct parameter p = again(c, one.id.n);
    p.value = SV("63");
    MUST_FAULT(c, entity_update(c, &parameter_entity, &p, p.row.version, "update"),
               "parameter.past");
    p = again(c, one.id.n);
    p.valid_to = from_today(c, -1);
    MUST_FAULT(c, entity_update(c, &parameter_entity, &p, p.row.version, "update"),
               "parameter.past_end");
    p.valid_to = from_today(c, 30);
    MUST_GO(c, entity_update(c, &parameter_entity, &p, p.row.version, "update"));
    struct parameter ahead = version(from_today(c, 31), DAY_NONE, "64");
    MUST_GO(c, entity_create(c, &parameter_entity, &ahead));
    ahead.value = SV("65");
    MUST_GO(c, entity_update(c, &parameter_entity, &ahead, ahead.row.version, "update"));
}

TEST_DB(a_version_that_changes_the_past_says_why)
{
    struct ctx *c = town_world().c;
    struct parameter one = version(from_today(c, -100), DAY_NONE, "61");
    struct parameter late = version(from_today(c, -5), DAY_NONE, "62");
    MUST_GO(c, entity_create(c, &parameter_entity, &one));
    MUST_FAULT(c, entity_create(c, &parameter_entity, &late), "parameter.past_reason");
    late.reason = SV("文件上月印发，今天收到");
    MUST_GO(c, entity_create(c, &parameter_entity, &late));
    CHECK_INT(asked(c, 0, from_today(c, -6)), 61);
    CHECK_INT(asked(c, 0, from_today(c, -5)), 62);
}

/* --- checking, correcting, withdrawing --- */

static struct request request_for(struct ctx *c, const struct parameter *p, const void *body)
{
    return (struct request){
        .param = { sv_fmt(&c->mem, "%lld", (long long)p->id.n) }, .body = body,
        .if_match = sv_fmt(&c->mem, "%lld", (long long)again(c, p->id.n).row.version),
    };
}

static enum err call(struct ctx *c, endpoint_fn *run, const struct parameter *p, const void *body)
{
    struct answer a = { .body = buf_new(&c->mem, 1024) };
    struct request q = request_for(c, p, body);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    return run(c, &q, &a);
}

static struct who district_of(const struct town *t)
{
    return (struct who){ .account = 7, .role = ROLE_DISTRICT_OFFICER,
                         .ranges = { division_range(t->district.row.scope) }, .ranges_n = 1 };
}

TEST_DB(a_version_is_checked_by_somebody_against_a_document_with_a_number)
{
    struct town t = town_world();
    struct who officer = district_of(&t);
    struct parameter one = version(from_today(t.c, -100), DAY_NONE, "60");
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &one));
    t.c->who = &officer;
    struct version_check none = { .note = SV("对过") };
    MUST_FAULT(t.c, call(t.c, version_check, &one, &none), "parameter.no_document");
    struct version_check good = { .document_no = SV("主席令第72号"), .article = SV("第二条") };
    MUST_GO(t.c, call(t.c, version_check, &one, &good));         /* though it holds everywhere */
    struct parameter p = again(t.c, one.id.n);
    CHECK_INT(p.status, PARAMETER_CHECKED);
    CHECK_INT(p.checked_by.n, 7);
    CHECK(moment_known(p.checked_at));
    CHECK_INT(asked(t.c, 0, day_of(t.c->now)), 60);
    MUST_FAIL(t.c, call(t.c, version_check, &one, &good), ERR_CONFLICT,
              "parameter.checked_already");
}

TEST_DB(a_correction_is_a_version_with_a_reason_and_the_wrong_one_stays_readable)
{
    struct town t = town_world();
    struct who officer = district_of(&t);
    struct parameter wide = version(from_today(t.c, -100), DAY_NONE, "60");
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &wide));
    t.c->who = &officer;
    struct parameter own = version(from_today(t.c, -50), DAY_NONE, "56");
    MUST_FAULT(t.c, entity_create(t.c, &parameter_entity, &own), "parameter.no_division");
    own.division = t.district.id;
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &own));
    CHECK_INT(own.row.scope, t.district.row.scope);
    struct version_correction fix = { .value = SV("65"), .reason = SV("录入时看错"),
                                      .valid_from = DAY_NONE, .valid_to = DAY_NONE };
    MUST_GO(t.c, call(t.c, version_correct, &own, &fix));
    CHECK_INT(asked(t.c, t.street.row.scope, day_of(t.c->now)), 65);
    struct parameter was = again(t.c, own.id.n);
    CHECK(moment_known(was.row.ended_at));
    CHECK(sv_is(was.value, "56"));
    MUST_FAIL(t.c, call(t.c, version_correct, &wide, &fix), ERR_FORBIDDEN, "scope.outside");
}

TEST_DB(a_version_that_does_not_hold_yet_is_withdrawn_and_the_one_before_holds_on)
{
    struct town t = town_world();
    struct who officer = district_of(&t);
    t.c->who = &officer;
    struct parameter now = version(from_today(t.c, -50), DAY_NONE, "61");
    struct parameter ahead = version(from_today(t.c, 50), DAY_NONE, "62");
    now.division = ahead.division = t.district.id;
    struct version_withdrawal why = { .reason = SV("文件暂缓执行") };
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &now));
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &ahead));
    CHECK_INT(again(t.c, now.id.n).valid_to.n, from_today(t.c, 49).n);
    MUST_GO(t.c, call(t.c, version_withdraw, &ahead, &why));
    CHECK(!day_known(again(t.c, now.id.n).valid_to));
    MUST_FAIL(t.c, call(t.c, version_withdraw, &now, &why), ERR_CONFLICT,
              "parameter.held_already");
}
