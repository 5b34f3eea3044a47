/* night_test.c - standing orders get their carers at night, once; days are kept while they hold. */

#include "care/dispatch/day_world_test.h"
#include "care/dispatch/night.h"

/* As if a rule had made it. */
static struct care_order ruled(struct team *t, struct care_order o)
{
    o.standing.n = 7;
    MUST_GO(t->c, entity_update_by_rule(t->c, &care_order_entity, &o, o.row.version, "x"));
    return o;
}

static struct care_order by_rule(struct team *t, int start_min, int east)
{
    return ruled(t, team_order(t, start_min, east));
}

static int night(struct team *t)
{
    int n = 0;
    MUST_GO(t->c, night_day(t->c, t->s.org.id, MONDAY, &n));
    return n;
}

TEST_DB(the_night_sends_carers_to_standing_orders_and_twice_is_once)
{
    struct team t = team_world();
    struct care_order stands = team_order(&t, 540, 0), rule = by_rule(&t, 540, 4),
                      alone = team_order(&t, 660, 0);
    team_assign(&t, &stands, &t.s.mei);
    MUST_GO(t.c, db_commit(t.c));
    CHECK_INT(night(&t), 1);
    CHECK_INT(team_visit(&t, &rule).carer.n, t.lan.id.n);
    CHECK_INT(team_visit(&t, &stands).carer.n, t.s.mei.id.n);
    CHECK_INT(team_visit(&t, &stands).row.version, 1);
    CHECK_INT(team_visit(&t, &alone).id.n, 0);
    CHECK_INT(night(&t), 0);
    MUST_GO(t.c, db_begin(t.c));
}

TEST_DB(what_fits_nowhere_waits_and_leaves_the_others_theirs)
{
    struct team t = team_world();
    struct care_order all[6];
    int made = 0;
    for (int i = 0; i < 6; i++)
        all[i] = by_rule(&t, 540, i);
    MUST_GO(t.c, db_commit(t.c));
    CHECK_INT(night(&t), 2);
    for (int i = 0; i < 6; i++)
        made += team_visit(&t, &all[i]).id.n != 0;
    CHECK_INT(made, 2);
    MUST_GO(t.c, db_begin(t.c));
}

static int two_of(struct team *t, const struct care_order *o, struct visit *ret_two)
{
    int n;
    MUST_GO(t->c, order_visits_of(t->c, o, ret_two, &n));
    return n;
}

TEST_DB(the_night_sends_two_at_once_or_neither)
{
    struct team t = team_world();
    struct care_order both = ruled(&t, team_pair_order(&t, 540, 0)),
                      late = ruled(&t, team_pair_order(&t, 540, 3));
    struct visit two[VISITS_OF_ORDER];
    MUST_GO(t.c, db_commit(t.c));
    CHECK_INT(night(&t), 1);                                    /* mei and lan: for one of them */
    int n = two_of(&t, &both, two), other = two_of(&t, &late, two + n % VISITS_OF_ORDER);
    CHECK_INT(n + other, VISITS_OF_ORDER);
    CHECK(n == 0 || other == 0);
    CHECK(two[0].carer.n != two[1].carer.n && two[0].carer.n && two[1].carer.n);
    CHECK_INT(two[0].start_min, two[1].start_min);
    CHECK_INT(night(&t), 0);
    MUST_GO(t.c, db_begin(t.c));
}

TEST_DB(the_night_leaves_room_for_two_beside_what_stands)
{
    struct team t = team_world();
    struct care_order stands = team_order(&t, 540, 0),
                      rule = ruled(&t, team_pair_order(&t, 600, 2));
    struct visit two[VISITS_OF_ORDER];
    team_assign(&t, &stands, &t.s.mei);
    MUST_GO(t.c, db_commit(t.c));
    CHECK_INT(night(&t), 1);
    CHECK_INT(two_of(&t, &rule, two), VISITS_OF_ORDER);
    CHECK(two[0].start_min >= 600 && two[0].start_min <= 630);  /* the way there takes her time */
    CHECK_INT(two[0].start_min, two[1].start_min);
    CHECK_INT(team_visit(&t, &stands).row.version, 1);
    CHECK_INT(night(&t), 0);
    MUST_GO(t.c, db_begin(t.c));
}

static struct the_day *enter(struct team *t, bool fresh)
{
    struct the_day *d;
    MUST_GO(t->c, day_enter(t->c, t->s.org.id, MONDAY, fresh, &d));
    return d;
}

TEST_DB(a_day_is_kept_while_it_holds)
{
    struct team t = team_world();
    struct house h = *t.c->house;
    const struct house *before = t.c->house;
    h.dispatch = dispatch_days_new(test_mem());
    t.c->house = &h;
    struct care_order o = team_order(&t, 540, 0);
    struct the_day *first = enter(&t, false), *again = enter(&t, false);
    CHECK(first == again);
    CHECK_INT(first->visits_n, 1);
    struct the_day *fresh = enter(&t, true);
    CHECK(fresh != first);
    day_leave(t.c, fresh);
    team_assign(&t, &o, &t.s.mei);
    struct the_day *now = enter(&t, false);
    CHECK(now != first && now->visits[0].carer != NOBODY && first->visits[0].carer == NOBODY);
    CHECK(!sv_eq(now->stamp, first->stamp));
    team_parameter(&t, "dispatch.late_min", "45");
    struct the_day *wider = enter(&t, false);                   /* a parameter counts too */
    CHECK(wider != now && wider->late_min == 45 && now->late_min != 45);
    day_leave(t.c, wider);
    day_leave(t.c, first);
    day_leave(t.c, again);
    day_leave(t.c, now);
    for (int i = 0; i < 60; i++) {
        struct the_day *d;
        MUST_GO(t.c, day_enter(t.c, t.s.org.id, (struct day){ MONDAY.n + i }, false, &d));
        day_leave(t.c, d);
    }
    dispatch_days_end(h.dispatch);
    t.c->house = before;
}

TEST_DB(a_day_asked_later_the_same_day_is_made_anew)
{
    struct team t = team_world();
    struct care_order o = team_order(&t, 540, 0);
    team_assign(&t, &o, &t.s.mei);
    t.c->now = moment_at(MONDAY, 530);
    struct the_day *d = enter(&t, false);
    CHECK(!d->visits[0].pinned);
    day_leave(t.c, d);
    t.c->now = moment_at(MONDAY, 560);
    d = enter(&t, false);
    CHECK(d->visits[0].pinned);
    CHECK_INT(d->visits[0].expect_min, 560);
    CHECK_INT(d->carers[d->visits[0].carer].free_min, 620);
    day_leave(t.c, d);
    t.c->now = moment_at((struct day){ MONDAY.n + 1 }, 560);
    d = enter(&t, false);
    CHECK(d->visits[0].pinned && d->now_min == MINUTES_A_DAY);
    day_leave(t.c, d);
}

struct adding { int64_t id; };

static enum err add_job(struct ctx *c, void *arg)
{
    struct adding *a = arg;
    return job_add(c, "dispatch.plan", SV("{}"), &a->id);
}

TEST_DB(the_nights_job_goes_over_all_organisations_and_says_how_many)
{
    struct team t = team_world();
    struct care_order one = by_rule(&t, 540, 0), two = by_rule(&t, 600, 1);
    struct job_table table = { .kinds = dispatch_jobs, .kinds_n = 1 };
    struct adding a;
    struct job done;
    bool ran, found;
    t.c->who = &who_house;
    MUST_GO(t.c, db_commit(t.c));
    for (int turn = 0; turn < 2; turn++) {
        MUST_GO(t.c, transaction(t.c, add_job, &a));
        MUST_GO(t.c, job_step(t.c, &table, &ran));
        CHECK(ran);
        MUST_GO(t.c, job_get(t.c, a.id, &done, &found));
        CHECK_TEXT(done.state, "done");
        CHECK_TEXT(done.result, turn == 0 ? "{\"assigned\":2}" : "{\"assigned\":0}");
        CHECK_INT(done.done, 1);
    }
    CHECK(team_visit(&t, &one).id.n && team_visit(&t, &two).id.n);
    MUST_GO(t.c, db_begin(t.c));
}
