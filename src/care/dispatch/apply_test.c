/* apply_test.c - changes are put in all or none, and taken back. */

#include "care/dispatch/day_world_test.h"

#include <stdio.h>

#define APPLY "/api/dispatch/apply"

/* One change of an order as it stands now. */
static struct sv change_of(struct team *t, const struct care_order *of, const struct carer *a,
                           int start_min)
{
    struct care_order o;
    bool found;
    MUST_GO(t->c, entity_load(t->c, &care_order_entity, of->id.n, &o, &found));
    struct visit v = team_visit(t, &o);
    return sv_fmt(test_mem(), "{\"order\":\"%lld\",\"order_version\":%lld,\"visit_version\":%lld,"
                  "\"carer\":\"%.*s\",\"start_min\":%d}", (long long)o.id.n,
                  (long long)o.row.version, (long long)v.row.version,
                  SV_ARG(a ? sv_fmt(test_mem(), "%lld", (long long)a->id.n) : SV("")), start_min);
}

static const char *body_of(struct sv one, struct sv two)
{
    return sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":[%.*s%s%.*s]}", SV_ARG(one),
                  two.len ? "," : "", SV_ARG(two)).at;
}

static const struct json_value *apply(struct team *t, struct sv one, struct sv two)
{
    return team_ask(t, &t->s.manager, POST, APPLY, NULL, body_of(one, two));
}

static enum err applies_not(struct team *t, struct sv one, struct sv two)
{
    enum err e;
    MUST_GO(t->c, db_savepoint(t->c));
    e = team_fails(t, &t->s.manager, POST, APPLY, NULL, body_of(one, two));
    struct fault why = t->c->fault;
    ctx_forgive(t->c);
    MUST_GO(t->c, db_savepoint_undo(t->c));
    t->c->fault = why;
    return e;
}

static void must_fault(struct team *t, enum err e, const char *field, const char *key)
{
    CHECK(e == ERR_INVALID || e == ERR_CONFLICT);
    CHECK(t->c->fault.fields_n > 0);
    CHECK_TEXT(t->c->fault.fields[0].field, field);
    CHECK_TEXT(sv_of(t->c->fault.fields[0].key), key);
    ctx_forgive(t->c);
}

static int state_of(struct team *t, const struct care_order *of)
{
    struct care_order o;
    bool found;
    MUST_GO(t->c, entity_load(t->c, &care_order_entity, of->id.n, &o, &found));
    return o.state;
}

TEST_DB(an_order_is_sent_moved_and_taken_off)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    const struct json_value *day = apply(&t, change_of(&t, &o, &t.s.mei, 550), SV(""));
    const struct json_value *row = team_row(json_member(day, "visits"), "order", o.id.n);
    CHECK_INT(team_int(row, "start_min"), 550);
    CHECK_INT(team_int(row, "promised_min"), 540);
    CHECK_INT(state_of(&t, &o), ORDER_ASSIGNED);
    CHECK_INT(team_visit(&t, &o).end_min, 610);
    (void)apply(&t, change_of(&t, &o, &t.lan, 535), SV(""));
    CHECK_INT(team_visit(&t, &o).carer.n, t.lan.id.n);
    CHECK_INT(team_visit(&t, &o).start_min, 535);
    (void)apply(&t, change_of(&t, &o, NULL, 540), SV(""));
    CHECK_INT(state_of(&t, &o), ORDER_ACCEPTED);
    CHECK_INT(team_visit(&t, &o).id.n, 0);
}

TEST_DB(two_who_change_places_do_not_clash)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 540, 1);
    team_assign(&t, &one, &t.s.mei);
    team_assign(&t, &two, &t.lan);
    (void)apply(&t, change_of(&t, &one, &t.lan, 540), change_of(&t, &two, &t.s.mei, 540));
    CHECK_INT(team_visit(&t, &one).carer.n, t.lan.id.n);
    CHECK_INT(team_visit(&t, &two).carer.n, t.s.mei.id.n);
}

TEST_DB(what_cannot_be_leaves_nothing_half_written)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 540, 1),
                      three = team_order(&t, 600, 1);
    team_assign(&t, &one, &t.s.mei);
    struct sv good = change_of(&t, &three, &t.s.mei, 600);
    must_fault(&t, applies_not(&t, good, change_of(&t, &two, &t.s.mei, 540)), "changes.1.carer",
               "visit.clash");
    must_fault(&t, applies_not(&t, good, change_of(&t, &two, &t.s.gang, 540)), "changes.1.carer",
               "carer.skill");
    must_fault(&t, applies_not(&t, good, good), "changes.1.order", "dispatch.twice");
    CHECK_INT(state_of(&t, &three), ORDER_ACCEPTED);
    struct sv old = change_of(&t, &two, &t.lan, 540);
    team_assign(&t, &two, &t.lan);
    enum err e = applies_not(&t, good, old);
    CHECK(e == ERR_CONFLICT);
    CHECK_TEXT(sv_of(t.c->fault.key), "dispatch.moved_on");
    must_fault(&t, e, "changes.1.order", "dispatch.moved_on");
    CHECK_INT(state_of(&t, &three), ORDER_ACCEPTED);
}

TEST_DB(the_visit_of_a_change_must_be_as_it_was_seen)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    team_assign(&t, &o, &t.s.mei);
    struct sv seen = change_of(&t, &o, NULL, 540);
    (void)apply(&t, change_of(&t, &o, &t.lan, 540), SV(""));
    CHECK(applies_not(&t, seen, SV("")) == ERR_CONFLICT);
    ctx_forgive(t.c);
}

TEST_DB(the_last_changes_are_taken_back_once_unless_something_moved)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 600, 1);
    const char *day = "{\"day\":\"2026-11-23\"}";
    team_assign(&t, &one, &t.s.mei);
    CHECK(team_fails(&t, &t.s.manager, POST, "/api/dispatch/undo", NULL, day) == ERR_CONFLICT);
    ctx_forgive(t.c);
    const struct json_value *now = apply(&t, change_of(&t, &one, &t.lan, 550),
                                         change_of(&t, &two, &t.s.mei, 600));
    CHECK(json_member(now, "can_undo")->yes);
    now = team_ask(&t, &t.s.manager, POST, "/api/dispatch/undo", NULL, day);
    CHECK(!json_member(now, "can_undo")->yes);
    CHECK_INT(team_visit(&t, &one).carer.n, t.s.mei.id.n);
    CHECK_INT(team_visit(&t, &one).start_min, 540);
    CHECK_INT(team_visit(&t, &two).id.n, 0);
    CHECK(team_fails(&t, &t.s.manager, POST, "/api/dispatch/undo", NULL, day) == ERR_CONFLICT);
    ctx_forgive(t.c);
    (void)apply(&t, change_of(&t, &two, &t.s.mei, 600), SV(""));
    struct reassign_input lan = { t.lan.id };
    struct visit v = team_visit(&t, &two);
    MUST_GO(t.c, entity_act_by_rule(t.c, &visit_entity, v.id.n, v.row.version, SV("reassign"),
                                    &lan, &v));
    MUST_FAIL(t.c, team_fails(&t, &t.s.manager, POST, "/api/dispatch/undo", NULL, day),
              ERR_CONFLICT, "dispatch.moved_on");
}

TEST_DB(beyond_the_window_the_elder_is_told_again)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    bool found;
    CHECK_INT(o.told, TOLD_AGREED);
    (void)apply(&t, change_of(&t, &o, &t.s.mei, 570), SV(""));
    MUST_GO(t.c, entity_load(t.c, &care_order_entity, o.id.n, &o, &found));
    CHECK_INT(o.told, TOLD_AGREED);
    (void)apply(&t, change_of(&t, &o, &t.s.mei, 600), SV(""));
    MUST_GO(t.c, entity_load(t.c, &care_order_entity, o.id.n, &o, &found));
    CHECK_INT(o.told, TOLD_NO);
    CHECK_INT(o.start_min, 540);
}

TEST_DB(bad_changes_are_named)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    static const struct { const char *changes, *field, *key; } bad[] = {
        { "[]", "changes", "dispatch.no_changes" },
        { "{}", "changes", "dispatch.no_changes" },
        { "[{\"order_version\":1,\"carer\":\"\"}]", "changes.0.order", "field.required" },
        { "[{\"order\":\"7\",\"carer\":\"\"}]", "changes.0.order_version", "field.low" },
        { "[{\"order\":\"7\",\"order_version\":1,\"carer\":\"x\"}]", "changes.0.carer",
          "field.not_id" },
        { "[{\"order\":\"7\",\"order_version\":1,\"carer\":\"\",\"start_min\":1440}]",
          "changes.0.start_min", "" },
        { "[{\"order\":\"7\",\"order_version\":1,\"carer\":\"\"}]", "changes.0.order",
          "order.missing" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":%s}",
                                  bad[i].changes).at;
        CHECK(team_fails(&t, &t.s.manager, POST, APPLY, NULL, body) == ERR_INVALID);
        CHECK_TEXT(t.c->fault.fields[0].field, bad[i].field);
        if (bad[i].key[0] && strcmp(bad[i].key, "field.low") != 0)
            CHECK_TEXT(sv_of(t.c->fault.fields[0].key), bad[i].key);
        ctx_forgive(t.c);
    }
    const char *body = body_of(change_of(&t, &o, NULL, 540), SV(""));
    CHECK(team_fails(&t, &t.s.other_manager, POST, APPLY, NULL, body) == ERR_INVALID);
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "order.missing");
    ctx_forgive(t.c);
}

TEST_DB(whatever_fails_changes_are_in_wholly_or_not_at_all)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 0), two = team_order(&t, 600, 0);
    team_assign(&t, &one, &t.s.mei);
    const char *body = body_of(change_of(&t, &one, &t.lan, 550),
                               change_of(&t, &two, &t.s.mei, 600));
    t.c->who = &who_house;
    MUST_GO(t.c, db_commit(t.c));
    EVERY_FAULT(step) {
        struct query q = { .size = 1, .total = true };
        struct page page;
        enum err e = team_fails(&t, &t.s.manager, POST, APPLY, NULL, body);
        t.c->who = &who_house;
        fault_settle(&step, e);
        CHECK_INT(team_visit(&t, &one).carer.n, e == ERR_NONE ? t.lan.id.n : t.s.mei.id.n);
        CHECK_INT(team_visit(&t, &two).id.n != 0, e == ERR_NONE);
        MUST_GO(t.c, entity_list(t.c, &dispatch_run_entity, &q, &page));
        CHECK_INT(page.total, e == ERR_NONE ? 1 : 0);
    }
}
