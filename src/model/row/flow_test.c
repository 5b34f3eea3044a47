/* flow_test.c - a row lives through its steps, and no other way. */

#include "model/history/history.h"
#include "small.h"
#include "store/build.h"

#include <string.h>

static struct small_errand errand(const struct small *s)
{
    struct small_errand e = { .elder = { small_add(s, "王小明", s->near) }, .org = { 8 },
                              .account = { 5 }, .state = SMALL_PLACED, .what = SV("买菜") };
    MUST_GO(s->c, entity_create(s->c, &small_errand, &e));
    return e;
}

static const struct who *manager_of(int64_t org)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = (struct who){ .role = ROLE_STATION_MANAGER, .account = 20, .org = org };
    return w;
}

TEST_DB(a_row_walks_through_its_steps)
{
    struct small s = small_world();
    struct small_errand e = errand(&s), back;
    s.c->who = manager_of(8);
    MUST_GO(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("accept"), NULL, &back));
    CHECK_INT(back.state, SMALL_ACCEPTED);
    CHECK_INT(back.row.version, 2);
    struct small_result r = { .minutes = 0 };
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 2, SV("finish"), &r, &back), ERR_INVALID,
              "fields.invalid");
    r.minutes = 45;
    MUST_GO(s.c, entity_act(s.c, &small_errand, e.id.n, 2, SV("finish"), &r, &back));
    CHECK_INT(back.state, SMALL_DONE);
    CHECK_INT(back.minutes, 45);
}

TEST_DB(a_step_is_refused_out_of_turn)
{
    struct small s = small_world();
    struct small_errand e = errand(&s), back;
    s.c->who = manager_of(8);
    struct small_result r = { .minutes = 45 };
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("finish"), &r, &back), ERR_CONFLICT,
              "step.not_now");
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("fly"), NULL, &back), ERR_MISSING,
              "step.unknown");
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("expire"), NULL, &back),
              ERR_MISSING, "step.unknown");
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 7, SV("accept"), NULL, &back),
              ERR_CONFLICT, "version.stale");
    CHECK_INT(entity_act(s.c, &small_errand, e.id.n, 1, SV("cancel"), NULL, &back), ERR_INVALID);
    CHECK_TEXT(sv_of(s.c->fault.fields[0].key), "step.reason");
    ctx_forgive(s.c);
    s.c->who = caller_as(ROLE_CITIZEN, 5);           /* hers, but not her step */
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("accept"), NULL, &back),
              ERR_FORBIDDEN, "who.forbidden");
    s.c->who = caller_as(ROLE_CITIZEN, 6);
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("cancel"), NULL, &back),
              ERR_MISSING, "entity.missing");
    s.c->who = manager_of(7);
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("accept"), NULL, &back),
              ERR_MISSING, "entity.missing");
    s.c->who = manager_of(8);
    s.c->now = moment_at(day_civil(2026, 11, 22), 600);
    MUST_FAIL(s.c, entity_act(s.c, &small_errand, e.id.n, 1, SV("accept"), NULL, &back),
              ERR_CONFLICT, "small.sunday");
    MUST_GO(s.c, entity_act_by_rule(s.c, &small_errand, e.id.n, 1, SV("expire"), NULL, &back));
    CHECK_INT(back.state, SMALL_CANCELLED);
}

TEST_DB(the_state_moves_by_steps_alone)
{
    struct small s = small_world();
    struct small_errand e = errand(&s);
    e.state = SMALL_DONE;
    MUST_FAIL(s.c, entity_update(s.c, &small_errand, &e, 1, "change"), ERR_CONFLICT,
              "state.by_action");
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    struct small_errand begun = { .elder = e.elder, .account = { 5 }, .state = SMALL_DONE,
                                  .what = SV("做完了") };
    MUST_FAIL(s.c, entity_create(s.c, &small_errand, &begun), ERR_FORBIDDEN, "step.no_start");
    begun.state = SMALL_DRAFT;
    MUST_GO(s.c, entity_create(s.c, &small_errand, &begun));
}

TEST_DB(an_answer_names_what_may_be_done_now)
{
    struct small s = small_world();
    struct small_errand e = errand(&s);
    const struct step *steps[STEPS_MAX];
    s.c->who = manager_of(8);
    CHECK_INT(entity_steps(s.c, &small_errand, &e, steps), 2);
    CHECK_TEXT(sv_of(steps[0]->action), "accept");
    s.c->now = moment_at(day_civil(2026, 11, 22), 600);
    CHECK_INT(entity_steps(s.c, &small_errand, &e, steps), 1);
    CHECK_INT(s.c->fault.kind, ERR_NONE);
    s.c->who = caller_as(ROLE_CITIZEN, 5);
    struct sv json = small_json(s.c, &small_errand, &e);
    CHECK(sv_find(json, SV("\"actions\":[{\"name\":\"cancel\",\"label\":\"取消\",\"reason\":true,"
                           "\"danger\":true}]")) >= 0);
    CHECK(sv_find(json, SV("\"elder_title\":\"王**\"")) >= 0);
    s.c->who = caller_as(ROLE_AUDITOR, 4);
    CHECK_INT(entity_steps(s.c, &small_errand, &e, steps), 0);
}

TEST_DB(a_failed_step_leaves_the_row_as_it_was)
{
    struct small s = small_world();
    struct small_errand e = errand(&s), back;
    EVERY_FAULT(step) {
        s.c->who = manager_of(8);
        enum err went = entity_act(s.c, &small_errand, e.id.n, 1, SV("accept"), NULL, &back);
        fault_settle(&step, went);
        MUST_GO(s.c, entity_get(s.c, &small_errand, e.id.n, &back));
        CHECK_INT(back.state, went ? SMALL_PLACED : SMALL_ACCEPTED);
        CHECK_INT(back.row.version, went ? 1 : 2);
    }
}

/* --- a transaction is run again when the engine asks for it --- */

struct tries { int n; int64_t fail_until; };

static enum err stubborn(struct ctx *c, void *arg)
{
    struct tries *t = arg;
    struct small_fact f = { .text = SV("once") };
    if (++t->n < t->fail_until)
        db_fault(c->db, 1, FAULT_SERIAL);
    return entity_create(c, &small_fact, &f);
}

TEST_DB(a_transaction_is_run_again_and_happens_once)
{
    struct small s = small_world();
    struct tries t = { .fail_until = 3 };
    MUST_GO(s.c, transaction(s.c, stubborn, &t));
    CHECK_INT(t.n, 3);
    struct page page;
    MUST_GO(s.c, entity_list(s.c, &small_fact, &(struct query){ .total = true }, &page));
    CHECK_INT(page.total, 1);
}

/* A job of many batches must not grow with them. */
TEST(what_a_batch_made_ends_with_it_and_its_failure_lives_on)
{
    struct small s = small_world();
    struct tries t = { .fail_until = 0 };
    MUST_GO(s.c, transaction_batch(s.c, stubborn, &t));
    size_t used = s.c->mem.used;
    for (int i = 0; i < 5; i++)
        MUST_GO(s.c, transaction_batch(s.c, stubborn, &t));
    CHECK_INT((int64_t)s.c->mem.used, (int64_t)used);
    t = (struct tries){ .fail_until = 99 };
    CHECK(transaction_batch(s.c, stubborn, &t) != ERR_NONE);
    CHECK(s.c->fault.key && s.c->mem.used > used);
}

/* Waiting does not mend a disk; on PostgreSQL bad luck ends (store: of_many_that_clash…). */
TEST(a_transaction_that_never_goes_is_given_up)
{
    struct small s = small_world();
    struct tries t = { .fail_until = 99 };
    CHECK(transaction(s.c, stubborn, &t) != ERR_NONE);
    CHECK_INT(t.n, 5);
    ctx_forgive(s.c);
    struct page page;
    MUST_GO(s.c, entity_list(s.c, &small_fact, &(struct query){ .total = true }, &page));
    CHECK_INT(page.total, 0);
}
