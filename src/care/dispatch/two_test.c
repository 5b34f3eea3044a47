/* two_test.c - two who go together on the board: tried, planned, applied, told, taken back. */

#include "care/dispatch/day_world_test.h"
#include "care/dispatch/replan.h"

struct of_day { struct day day; };

static const struct json_value *board(struct team *t)
{
    struct of_day q = { MONDAY };
    return team_ask(t, &t->s.manager, GET, "/api/dispatch/day", &q, NULL);
}

static const struct json_value *seat_row(const struct json_value *day, int64_t order,
                                         const char *seat)
{
    for (const struct json_value *v = json_member(day, "visits")->first; v; v = v->next) {
        int64_t id;
        if (json_id_of(json_member(v, "order"), &id) && id == order &&
            sv_is(json_member(v, "seat")->text, seat))
            return v;
    }
    return NULL;
}

static struct sv member(const struct json_value *v, const char *name)
{
    const struct json_value *m = json_member(v, name);
    return m ? m->text : SV("(none)");
}

static const struct json_value *tried(struct team *t, const struct care_order *o, const char *seat,
                                      int64_t carer, int start_min)
{
    struct sv at = start_min < 0 ? SV("") : sv_fmt(test_mem(), ",\"start_min\":%d", start_min);
    struct sv who = carer ? sv_fmt(test_mem(), "%lld", (long long)carer) : SV("");
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\","
                            "\"seat\":\"%s\","
                            "\"carer\":\"%.*s\"%.*s}", (long long)o->id.n, seat, SV_ARG(who),
                            SV_ARG(at));
    return team_ask(t, &t->s.manager, POST, "/api/dispatch/try", NULL, body.at);
}

static const struct json_value *applied(struct team *t, const struct json_value *changes)
{
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":%.*s}",
                            SV_ARG(changes->source));
    return team_ask(t, &t->s.manager, POST, "/api/dispatch/apply", NULL, body.at);
}

TEST_DB(a_pair_stands_twice_on_the_board_and_waits_once)
{
    struct team t = team_world();
    struct care_order o = team_pair_order(&t, 540, 2);
    const struct json_value *day = board(&t);
    const struct json_value *first = seat_row(day, o.id.n, "first"),
                            *second = seat_row(day, o.id.n, "second");
    CHECK(first && second);
    CHECK_TEXT(member(first, "carer"), "");
    CHECK(!sv_eq(member(first, "key"), member(second, "key")));
    CHECK_INT(json_member(day, "unassigned")->n, 1);
    const struct json_value *u = json_member(day, "unassigned")->first;
    CHECK_TEXT(member(u, "why"), "waiting");                    /* mei and lan are free */
    const struct json_value *repair = json_member(u, "repairs")->first;
    const struct json_value *change = json_member(repair, "changes")->first;
    CHECK_INT(json_member(repair, "changes")->n, 1);            /* one change says both */
    CHECK(member(change, "second").len > 0);
    CHECK_INT(team_int(json_member(day, "totals"), "unassigned"), 1);
    const struct json_value *after = applied(&t, json_member(repair, "changes"));
    first = seat_row(after, o.id.n, "first");
    second = seat_row(after, o.id.n, "second");
    CHECK(member(first, "carer").len && member(second, "carer").len);
    CHECK(!sv_eq(member(first, "carer"), member(second, "carer")));
    CHECK(sv_eq(member(first, "with"), member(second, "carer")));
    CHECK_INT(team_int(first, "start_min"), team_int(second, "start_min"));
    after = team_ask(&t, &t.s.manager, POST, "/api/dispatch/undo", NULL,
                     "{\"day\":\"2026-11-23\"}");
    CHECK_TEXT(member(seat_row(after, o.id.n, "first"), "carer"), "");
    CHECK_TEXT(member(seat_row(after, o.id.n, "second"), "carer"), "");
}

TEST_DB(a_drop_finds_the_other_or_says_that_one_is_free)
{
    struct team t = team_world();
    struct care_order o = team_pair_order(&t, 540, 2);
    const struct json_value *x = tried(&t, &o, "first", t.s.mei.id.n, -1);
    CHECK(json_member(x, "fits")->yes);
    CHECK_TEXT(member(x, "with_name"), "王兰");
    CHECK_INT(json_member(x, "changes")->n, 1);
    x = tried(&t, &o, "first", t.s.gang.id.n, -1);
    CHECK(!json_member(x, "fits")->yes);                        /* he cannot */
    applied(&t, json_member(tried(&t, &o, "first", t.s.mei.id.n, -1), "changes"));
    x = tried(&t, &o, "first", t.lan.id.n, 540);                /* onto the lane of the other */
    CHECK(!json_member(x, "fits")->yes);
    x = tried(&t, &o, "second", t.lan.id.n, 550);               /* ten minutes later: both */
    CHECK(json_member(x, "fits")->yes);
    const struct json_value *after = applied(&t, json_member(x, "changes"));
    CHECK_INT(team_int(seat_row(after, o.id.n, "first"), "start_min"), 550);
    CHECK_INT(team_int(seat_row(after, o.id.n, "second"), "start_min"), 550);
    x = tried(&t, &o, "second", 0, -1);                         /* off: both */
    after = applied(&t, json_member(x, "changes"));
    CHECK_TEXT(member(seat_row(after, o.id.n, "first"), "carer"), "");
    CHECK_TEXT(member(seat_row(after, o.id.n, "second"), "carer"), "");
}

/* Mei and Lan go at ten together, and at eleven Lan is with somebody else. */
static struct care_order pair_at_ten(struct team *t, const char *lans_week)
{
    team_shift(t, &t->s.mei, "Mo-Fr 08:00-18:00");
    team_shift(t, &t->lan, lans_week);
    struct care_order behind = team_order(t, 660, 0);
    team_assign(t, &behind, &t->lan);
    struct care_order o = team_pair_order(t, 600, 0);
    applied(t, json_member(tried(t, &o, "first", t->s.mei.id.n, 600), "changes"));
    return o;
}

TEST_DB(what_is_put_beside_one_of_two_moves_neither)
{
    struct team t = team_world();
    struct care_order before = team_order(&t, 540, 0);
    struct care_order o = pair_at_ten(&t, "Mo-Fr 09:50-12:00");      /* not a minute to spare */
    const struct json_value *x = tried(&t, &before, "alone", t.s.mei.id.n, 545);
    CHECK(!json_member(x, "fits")->yes);                        /* five minutes into the ten */
    CHECK_INT(json_member(x, "changes")->n, 0);
    x = tried(&t, &before, "alone", t.s.mei.id.n, 535);
    CHECK(json_member(x, "fits")->yes);
    CHECK_INT(json_member(x, "changes")->n, 1);
    CHECK_INT(json_member(x, "also")->n, 0);
    CHECK_INT(team_int(seat_row(board(&t), o.id.n, "second"), "start_min"), 600);
}

TEST_DB(a_pair_that_is_moved_names_what_slides_in_both_days)
{
    struct team t = team_world();
    struct care_order o = pair_at_ten(&t, "Mo-Fr 09:00-13:00");
    const struct json_value *x = tried(&t, &o, "first", t.s.mei.id.n, 590);
    CHECK(json_member(x, "fits")->yes);
    CHECK_INT(json_member(x, "also")->n, 0);                    /* nothing need slide */
    x = tried(&t, &o, "first", t.s.mei.id.n, 605);
    CHECK(json_member(x, "fits")->yes);                         /* Lan's next slides too */
    const struct json_value *also = json_member(x, "also");
    CHECK_INT(also->n, 1);
    CHECK_INT(team_int(also->first, "start_before"), 660);
    CHECK(team_int(also->first, "start_min") >= 665);
    CHECK_INT(json_member(x, "changes")->n, 2);
}

TEST_DB(one_free_is_said_and_no_time_is_offered)
{
    struct team t = team_world();
    struct care_order one = team_order(&t, 540, 3);
    team_assign(&t, &one, &t.lan);
    struct care_order o = team_pair_order(&t, 540, 2);
    const struct json_value *u = team_row(json_member(board(&t), "unassigned"), "order", o.id.n);
    CHECK_TEXT(member(u, "why"), "second");
    const struct json_value *x = tried(&t, &o, "first", t.s.mei.id.n, 540);
    CHECK(!json_member(x, "fits")->yes);
    CHECK_TEXT(json_member(x, "reasons")->first->text, "要两位护理员一起去，那时只有一位有空");
}

TEST_DB(a_change_of_one_half_alone_is_refused)
{
    struct team t = team_world();
    struct care_order o = team_pair_order(&t, 540, 2);
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":[{\"order\":\"%lld\","
                            "\"order_version\":%lld,\"carer\":\"%lld\"}]}", (long long)o.id.n,
                            (long long)o.row.version, (long long)t.s.mei.id.n);
    CHECK_INT(team_fails(&t, &t.s.manager, POST, "/api/dispatch/apply", NULL, body.at),
              ERR_INVALID);
    CHECK_TEXT(t.c->fault.fields[0].field, "changes.0.second");
    CHECK_TEXT(sv_of(t.c->fault.fields[0].key), "order.two");
    ctx_forgive(t.c);
}

/* A plan of the day with two more who can: pairs are at once and never by one alone. */
TEST_DB(a_plan_keeps_two_together)
{
    struct team t = team_world();
    struct carer fang = t.lan;
    struct care_order o[2];
    struct the_day *d;
    struct replanned x;
    fang.id.n = 0;
    fang.name = SV("张芳");
    MUST_GO(t.c, entity_create(t.c, &carer_entity, &fang));
    for (int i = 0; i < 2; i++)
        o[i] = team_pair_order(&t, 540 + i * 120, 2 + 5 * i);
    MUST_GO(t.c, day_enter(t.c, t.s.org.id, MONDAY, true, &d));
    MUST_GO(t.c, replan_day(t.c, d, &PROBLEM_OF(PROBLEM_STRICT), 900, &x));
    CHECK_INT(x.plan.absent_n, 0);
    for (int i = 0; i < 2; i++) {
        int first = day_seat_at(d, o[i].id, SEAT_FIRST), second = day_seat_at(d, o[i].id,
                                                                              SEAT_SECOND);
        CHECK(x.carer_of[first] != NOBODY && x.carer_of[second] != NOBODY);
        CHECK(x.carer_of[first] != x.carer_of[second]);
        CHECK_INT(x.start_of[first], x.start_of[second]);
        CHECK_INT(x.start_of[first], o[i].start_min);           /* as promised: nothing hinders */
    }
    day_leave(t.c, d);
}

TEST_DB(who_is_ill_is_replaced_and_the_other_stays_or_both_are_off)
{
    struct team t = team_world();
    struct care_order o = team_pair_order(&t, 540, 2);
    struct carer fang = t.lan;
    applied(&t, json_member(tried(&t, &o, "first", t.s.mei.id.n, -1), "changes"));
    struct sv ill = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"why\":\"ill\","
                           "\"carer\":\"%lld\"}", (long long)t.lan.id.n);
    const struct json_value *plan =
        team_ask(&t, &t.s.manager, POST, "/api/dispatch/replan", NULL, ill.at);
    const struct json_value *change = json_member(plan, "changes")->first;
    CHECK_INT(json_member(plan, "changes")->n, 1);
    CHECK_TEXT(member(change, "carer"), "");                    /* no other: neither goes */
    CHECK_TEXT(member(change, "second"), "");
    CHECK_INT(json_member(plan, "unassigned")->n, 1);           /* told of once */
    fang.id.n = 0;
    fang.name = SV("张芳");
    MUST_GO(t.c, entity_create(t.c, &carer_entity, &fang));
    plan = team_ask(&t, &t.s.manager, POST, "/api/dispatch/replan", NULL, ill.at);
    change = json_member(plan, "changes")->first;
    CHECK_INT(json_member(plan, "changes")->n, 1);
    CHECK_TEXT(member(change, "carer"), sv_fmt(test_mem(), "%lld", (long long)t.s.mei.id.n).at);
    CHECK_TEXT(member(change, "second"), sv_fmt(test_mem(), "%lld", (long long)fang.id.n).at);
}

TEST_DB(both_are_locked_and_both_are_told)
{
    struct team t = team_world();
    struct care_order o = team_pair_order(&t, 540, 2);
    applied(&t, json_member(tried(&t, &o, "first", t.s.mei.id.n, -1), "changes"));
    struct sv body = sv_fmt(test_mem(), "{\"order\":\"%lld\",\"locked\":true}", (long long)o.id.n);
    team_ask(&t, &t.s.manager, POST, "/api/dispatch/lock", NULL, body.at);
    const struct json_value *day = board(&t);
    CHECK(json_member(seat_row(day, o.id.n, "first"), "locked")->yes);
    CHECK(json_member(seat_row(day, o.id.n, "second"), "locked")->yes);
    CHECK(!json_member(tried(&t, &o, "second", 0, -1), "fits")->yes);
    const struct json_value *told = team_ask(&t, &t.s.manager, POST, "/api/dispatch/publish", NULL,
                                             "{\"day\":\"2026-11-23\"}");
    CHECK_INT(team_int(told, "told"), 2);
    told = team_ask(&t, &t.s.manager, POST, "/api/dispatch/publish", NULL,
                    "{\"day\":\"2026-11-23\"}");
    CHECK_INT(team_int(told, "told"), 0);
}
