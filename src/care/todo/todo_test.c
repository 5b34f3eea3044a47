/* todo_test.c - what waits is told to whom it waits for, worst first, and to nobody else. */

#include "care/todo/todo.h"

#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/organisation/organisation.h"
#include "care/place/place.h"
#include "care/verify/verify.h"
#include "care/visit/visit.h"
#include "house.h"

#include <string.h>

extern const struct module calendar_module, parameter_module, compound_module, carer_module,
    catalogue_module, offer_module, rating_module, family_module, review_module, figure_module,
    proposal_module, verify_module, staff_module;

static const struct module *const todo_modules[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &elder_module, &family_module, &carer_module, &staff_module,
    &catalogue_module, &offer_module,
    &meal_module, &delivery_module, &kitchen_module,
    &order_module, &visit_module, &rating_module,
    &figure_module, &verify_module, &proposal_module, &todo_module, NULL,
};

enum { N = 60, ME = 7, OTHER = 8, ORG = 41 };
#define NEAR INT64_C(990101001001)
#define FAR  INT64_C(990102001001)

static const struct who *manager_of(int64_t org)
{
    struct who *w = NEW(test_mem(), struct who, 1);
    *w = *caller_as(ROLE_STATION_MANAGER, ME);
    w->org = org;
    return w;
}

/* Of every three orders two wait; they are so many hours old as their number says. */
static struct ctx *orders_world(void)
{
    struct ctx *c = house_world(todo_modules);
    struct care_order *rows = NEW(test_mem(), struct care_order, N);
    for (int i = 0; i < N; i++) {
        struct care_order *o = &rows[i];
        record_clear(care_order_fields, o);
        o->row.scope = i % 2 ? NEAR : FAR;
        o->org.n = i % 2 ? ORG : ORG + 1;
        o->number = sv_fmt(test_mem(), "n%02d", i);
        o->day = day_of(c->now);
        o->state = i % 3 ? ORDER_PLACED : ORDER_SERVED;
        o->quantity = 1;
        o->start_min = 480;
        o->end_min = 540;
        o->row.created_at.ms = c->now.ms - i * INT64_C(360000);
    }
    MUST_GO(c, db_begin(c));
    MUST_GO(c, entity_bulk(c, &care_order_entity, rows, N));
    MUST_GO(c, db_commit(c));
    return c;
}

static struct todo_count only(struct ctx *c, const char *key)
{
    struct list made;
    MUST_GO(c, todo_counts(c, &(struct todo_asked){ .kind = sv_of(key) }, &made));
    return made.n ? *(struct todo_count *)made.at : (struct todo_count){ 0 };
}

TEST_DB(what_waits_for_an_organisation_is_its_own_and_overdue_after_the_hours_allowed)
{
    struct ctx *c = orders_world();
    c->who = manager_of(ORG);
    int waiting = 0, late = 0;
    for (int i = 1; i < N; i += 2) {
        waiting += i % 3 != 0;
        late += i % 3 != 0 && i > 20;            /* two hours are twenty times six minutes */
    }
    struct todo_count k = only(c, "orders_waiting");
    CHECK_INT(k.total, waiting);
    CHECK_INT(k.late, late);
    CHECK_INT(k.today, waiting - late);
    struct page page;
    struct query q;
    MUST_GO(c, query_read(c, &care_order_entity, SV("state=placed&size=200"), &q));
    MUST_GO(c, entity_list(c, &care_order_entity, &q, &page));
    CHECK_INT(page.n, waiting);
}

TEST_DB(the_rows_stand_with_the_longest_overdue_first)
{
    struct ctx *c = orders_world();
    c->who = manager_of(ORG);
    struct todo_asked asked = { .kind = SV("orders_waiting"), .size = 200 };
    struct list counts, rows;
    MUST_GO(c, todo_counts(c, &asked, &counts));
    MUST_GO(c, todo_rows(c, &asked, &counts, &rows));
    const struct todo_row *r = rows.at;
    CHECK_INT(rows.n, only(c, "orders_waiting").total);
    CHECK(sv_starts(r[0].title, SV("n59")));
    CHECK_INT(r[0].when, TODO_LATE);
    CHECK_INT(r[rows.n - 1].when, TODO_TODAY);
    for (size_t i = 1; i < rows.n; i++)
        CHECK(r[i - 1].due.ms <= r[i].due.ms);
    CHECK(r[0].actions.n >= 2);
    CHECK_TEXT(((const struct todo_action *)r[0].actions.at)[0].name, "accept");
}

TEST_DB(who_may_not_act_is_not_told)
{
    struct ctx *c = orders_world();
    struct list made;
    struct todo_asked all = { 0 };
    static const enum role none[] = { ROLE_CITIZEN, ROLE_AUDITOR, ROLE_CARER, ROLE_CLERK_12345 };
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        c->who = caller_as(none[i], ME);
        MUST_GO(c, todo_counts(c, &all, &made));
        CHECK_INT(made.n, 0);
    }
    c->who = NULL;
    MUST_GO(c, todo_counts(c, &all, &made));
    CHECK_INT(made.n, 0);
}

static void verification_put(struct ctx *c, int64_t owner, int due)
{
    struct verification v;
    record_clear(verification_fields, &v);
    v.row.scope = NEAR;
    v.owner.n = owner;
    v.due.n = day_of(c->now).n + due;
    MUST_GO(c, entity_bulk(c, &verification_entity, &v, 1));
}

TEST_DB(what_a_colleague_has_taken_waits_for_her)
{
    struct ctx *c = house_world(todo_modules);
    struct list made, rows;
    MUST_GO(c, db_begin(c));
    verification_put(c, ME, -1);
    verification_put(c, OTHER, 0);
    verification_put(c, 0, 0);
    verification_put(c, 0, 5);
    verification_put(c, 0, 400);                 /* not yet: the parameter's days ahead */
    MUST_GO(c, db_commit(c));
    struct who me = *officer_of(990101000000, 990101999999);
    me.account = ME;
    c->who = &me;
    static const int want[] = { 3, 1, 4 }, late[] = { 1, 1, 1 }, today[] = { 1, 0, 2 };
    for (int whose = TODO_MINE_OR_FREE; whose <= TODO_ALL; whose++) {
        struct todo_asked asked = { .kind = SV("verifications"), .whose = whose };
        MUST_GO(c, todo_counts(c, &asked, &made));
        const struct todo_count *k = made.at;
        CHECK_INT(k->total, want[whose]);
        CHECK_INT(k->late, late[whose]);
        CHECK_INT(k->today, today[whose]);
        CHECK(k->taken);
        MUST_GO(c, todo_rows(c, &asked, &made, &rows));
        CHECK_INT(rows.n, want[whose]);
        CHECK(((const struct todo_row *)rows.at)->mine);
    }
    me.ranges[0] = (struct scope_range){ 990102000000, 990102999999 };
    CHECK_INT(only(c, "verifications").total, 0);
}

TEST_DB(nobody_is_asked_to_review_what_she_submitted_herself)
{
    struct ctx *c = house_world(todo_modules);
    struct place rows[3];
    for (int i = 0; i < 3; i++) {
        record_clear(place_fields, &rows[i]);
        rows[i].row.scope = NEAR;
        rows[i].name = SV("驿站");
        rows[i].state = REVIEW_SUBMITTED;
        rows[i].submitted_by.n = i == 0 ? ME : i == 1 ? OTHER : 0;
    }
    MUST_GO(c, db_begin(c));
    MUST_GO(c, entity_bulk(c, &place_entity, rows, 3));
    MUST_GO(c, db_commit(c));
    struct who me = *officer_of(990101000000, 990101999999);
    me.account = ME;
    c->who = &me;
    CHECK_INT(only(c, "places_submitted").total, 2);
    me.account = 99;
    CHECK_INT(only(c, "places_submitted").total, 3);
}
