/* plan_test.c - what is tried and what is planned holds, by a check that shares no code with it. */

#include "care/dispatch/day_world_test.h"

#include <stdlib.h>

enum { MOST = 24 };

struct placed { struct care_order o; int east; };
struct monday { struct team t; struct placed at[MOST]; int n; };

static struct care_order add(struct monday *m, int start_min, int east)
{
    m->at[m->n] = (struct placed){ team_order(&m->t, start_min, east), east };
    return m->at[m->n++].o;
}

static struct monday monday_world(void)
{
    struct monday m = { .t = team_world() };
    team_shift(&m.t, &m.t.s.mei, "Mo-Fr 08:00-12:00");
    team_shift(&m.t, &m.t.lan, "Mo-Fr 08:00-10:30,11:00-12:30");
    return m;
}

/* --- by hand --- */

/* Minutes on foot for so many hundred metres, a hundred and forty metres walked for each. */
static int walk_min(int hundred)
{
    int s = (hundred < 0 ? -hundred : hundred) * 14000 / 120;
    return s / 60;
}

struct seen { int begin, end, east; int64_t carer; bool bath; };

static int by_begin(const void *a, const void *b)
{
    return ((const struct seen *)a)->begin - ((const struct seen *)b)->begin;
}

static bool in_shift(const struct monday *m, const struct seen *s)
{
    if (s->carer == m->t.s.mei.id.n)
        return s->begin >= 480 && s->end <= 720;
    return (s->begin >= 480 && s->end <= 630) || (s->begin >= 660 && s->end <= 750);
}

/* All visits as stored: windows, shifts, skills, no two at once, the way between them. */
static int check_day(struct monday *m)
{
    struct seen all[MOST];
    int n = 0;
    for (int i = 0; i < m->n; i++) {
        struct visit v = team_visit(&m->t, &m->at[i].o);
        if (!v.id.n)
            continue;
        all[n++] = (struct seen){ (int)v.start_min, (int)v.end_min, m->at[i].east, v.carer.n,
                                  true };
        CHECK(v.start_min >= m->at[i].o.start_min - 15);
        CHECK(v.start_min <= m->at[i].o.start_min + 30);
        CHECK_INT(v.end_min - v.start_min, 60);
        CHECK(v.carer.n == m->t.s.mei.id.n || v.carer.n == m->t.lan.id.n);
        CHECK(in_shift(m, &all[n - 1]));
    }
    qsort(all, (size_t)n, sizeof *all, by_begin);
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++)
            if (all[k].carer == all[i].carer)
                CHECK(all[k].begin >= all[i].end + walk_min(all[k].east - all[i].east));
    return n;
}

/* --- asking --- */

static const struct json_value *replan(struct monday *m, const char *more)
{
    return team_ask(&m->t, &m->t.s.manager, POST, "/api/dispatch/replan", NULL,
                    sv_fmt(test_mem(), "{\"day\":\"2026-11-23\"%s}", more).at);
}

static const struct json_value *try_it(struct monday *m, const struct care_order *o,
                                       const struct carer *a, int start_min)
{
    struct sv at = start_min < 0 ? SV("") : sv_fmt(test_mem(), ",\"start_min\":%d", start_min);
    return team_ask(&m->t, &m->t.s.manager, POST, "/api/dispatch/try", NULL,
                    sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\","
                           "\"carer\":\"%lld\"%.*s}", (long long)o->id.n, (long long)a->id.n,
                           SV_ARG(at)).at);
}

static void apply(struct monday *m, const struct json_value *changes)
{
    struct buf b = buf_new(test_mem(), 4096);
    buf_text(&b, "{\"day\":\"2026-11-23\",\"changes\":[");
    for (const struct json_value *one = changes->first; one; one = one->next) {
        buf_fmt(&b, "%s{\"order\":\"%.*s\",\"order_version\":%.*s,\"visit_version\":%.*s,"
                    "\"carer\":\"%.*s\",\"start_min\":%.*s}",
                one == changes->first ? "" : ",", SV_ARG(json_member(one, "order")->text),
                SV_ARG(json_member(one, "order_version")->text),
                SV_ARG(json_member(one, "visit_version")->text),
                SV_ARG(json_member(one, "carer")->text),
                SV_ARG(json_member(one, "start_min")->text));
    }
    buf_text(&b, "]}");
    (void)team_ask(&m->t, &m->t.s.manager, POST, "/api/dispatch/apply", NULL, buf_cstr(&b));
}

static bool says(const struct json_value *answer, struct ctx *c, const char *key)
{
    struct sv text = house_message(c->house, &c->mem, c->lang, key, SV(""), SV(""));
    for (const struct json_value *r = json_member(answer, "reasons")->first; r; r = r->next)
        if (sv_eq(r->text, text))
            return true;
    return false;
}

/* --- tried --- */

TEST_DB(what_fits_says_what_else_shifts_and_can_be_applied)
{
    struct monday m = monday_world();
    struct care_order nine = add(&m, 540, 0), ten = add(&m, 600, 5);
    team_assign(&m.t, &nine, &m.t.s.mei);
    const struct json_value *got = try_it(&m, &ten, &m.t.s.mei, -1);
    CHECK(json_member(got, "fits")->yes);
    CHECK_INT(team_int(got, "travel_more_min"), 10);
    CHECK(team_int(got, "start_min") >= 600);
    apply(&m, json_member(got, "changes"));
    CHECK_INT(check_day(&m), 2);
    struct care_order half = add(&m, 600, 3);
    CHECK(!json_member(try_it(&m, &half, &m.t.s.mei, -1), "fits")->yes);
}

TEST_DB(a_drop_that_needs_another_to_slide_says_which)
{
    struct monday m = monday_world();
    struct care_order nine = add(&m, 540, 0), ten = add(&m, 600, 0);
    team_assign(&m.t, &nine, &m.t.s.mei);
    const struct json_value *got = try_it(&m, &ten, &m.t.s.mei, 590);
    CHECK(json_member(got, "fits")->yes);
    const struct json_value *also = json_member(got, "also");
    CHECK_INT(also->n, 1);
    CHECK_INT(team_int(also->first, "start_before"), 540);
    CHECK_INT(team_int(also->first, "start_min"), 530);
    CHECK_INT(json_member(got, "changes")->n, 2);
}

TEST_DB(every_reason_against_is_said)
{
    struct monday m = monday_world();
    struct care_order nine = add(&m, 540, 0), far = add(&m, 600, 60), late = add(&m, 660, 0);
    struct ctx *c = m.t.c;
    team_assign(&m.t, &nine, &m.t.s.mei);
    CHECK(says(try_it(&m, &far, &m.t.s.mei, 540), c, "visit.clash"));
    CHECK(says(try_it(&m, &far, &m.t.s.mei, 600), c, "dispatch.late"));
    CHECK(says(try_it(&m, &late, &m.t.s.mei, 690), c, "dispatch.shift"));
    CHECK(says(try_it(&m, &late, &m.t.s.mei, 720), c, "dispatch.window"));
    CHECK(says(try_it(&m, &late, &m.t.s.gang, 660), c, "carer.skill"));
    m.t.lan.away_from = m.t.lan.away_to = MONDAY;
    MUST_GO(c, entity_update_by_rule(c, &carer_entity, &m.t.lan, m.t.lan.row.version, "leave"));
    CHECK(says(try_it(&m, &late, &m.t.lan, 660), c, "carer.away"));
}

TEST_DB(a_bad_trial_is_named)
{
    struct monday m = monday_world();
    struct care_order nine = add(&m, 540, 0);
    static const struct { const char *more, *field; } bad[] = {
        { "\"carer\":\"x\"", "carer" }, { "\"carer\":\"7\"", "carer" },
        { "\"start_min\":1440", "start_min" }, { "\"start_min\":-1", "start_min" },
        { "\"what\":1", "what" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\",%s}",
                                  (long long)nine.id.n, bad[i].more).at;
        CHECK(team_fails(&m.t, &m.t.s.manager, POST, "/api/dispatch/try", NULL, body) ==
              ERR_INVALID);
        CHECK_TEXT(m.t.c->fault.fields[0].field, bad[i].field);
        ctx_forgive(m.t.c);
    }
    const char *body = "{\"day\":\"2026-11-23\",\"order\":\"7\"}";
    CHECK(team_fails(&m.t, &m.t.s.manager, POST, "/api/dispatch/try", NULL, body) == ERR_MISSING);
    ctx_forgive(m.t.c);
}

/* --- planned --- */

TEST_DB(a_plan_that_is_applied_holds)
{
    struct monday m = monday_world();
    for (int i = 0; i < 3; i++) {
        (void)add(&m, 480 + 60 * i, 3 * i);
        (void)add(&m, 480 + 60 * i, 9 - 2 * i);
    }
    const struct json_value *got = replan(&m, "");
    CHECK_INT(team_int(json_member(got, "before"), "unassigned"), 6);
    apply(&m, json_member(got, "changes"));
    int made = check_day(&m);
    CHECK(made >= 5);
    CHECK_INT(team_int(json_member(got, "after"), "unassigned"), 6 - made);
    CHECK_INT(json_member(got, "unassigned")->n, 6 - made);
    CHECK_INT(json_member(replan(&m, ""), "changes")->n, 0);
}

TEST_DB(who_is_ill_goes_nowhere_and_few_others_change)
{
    struct monday m = monday_world();
    struct care_order one = add(&m, 480, 0), two = add(&m, 540, 2), three = add(&m, 480, 4);
    team_assign(&m.t, &one, &m.t.s.mei);
    team_assign(&m.t, &two, &m.t.s.mei);
    team_assign(&m.t, &three, &m.t.lan);
    const struct json_value *got = replan(&m, sv_fmt(test_mem(), ",\"why\":\"ill\",\"carer\":"
                                          "\"%lld\"", (long long)m.t.s.mei.id.n).at);
    CHECK(!team_row(json_member(got, "changes"), "carer", m.t.s.mei.id.n));
    apply(&m, json_member(got, "changes"));
    for (int i = 0; i < m.n; i++)
        CHECK(team_visit(&m.t, &m.at[i].o).carer.n != m.t.s.mei.id.n);
    CHECK_INT(team_visit(&m.t, &three).carer.n, m.t.lan.id.n);
    CHECK_INT(team_visit(&m.t, &two).carer.n, m.t.lan.id.n);
    (void)check_day(&m);
}

TEST_DB(who_is_late_keeps_what_she_can)
{
    struct monday m = monday_world();
    struct care_order one = add(&m, 480, 0), two = add(&m, 600, 1);
    team_assign(&m.t, &one, &m.t.s.mei);
    team_assign(&m.t, &two, &m.t.s.mei);
    const struct json_value *got = replan(&m, sv_fmt(test_mem(), ",\"why\":\"late\",\"carer\":"
                                          "\"%lld\",\"free_min\":560",
                                          (long long)m.t.s.mei.id.n).at);
    apply(&m, json_member(got, "changes"));
    CHECK_INT(team_visit(&m.t, &one).carer.n, m.t.lan.id.n);
    CHECK_INT(team_visit(&m.t, &two).carer.n, m.t.s.mei.id.n);
    CHECK_INT(check_day(&m), 2);
}

TEST_DB(who_stands_though_she_should_not_stays_and_the_rest_is_mended)
{
    struct monday m = monday_world();
    struct care_order over = add(&m, 660, 0), hers = add(&m, 540, 2);
    team_shift(&m.t, &m.t.s.mei, "Mo 08:00-12:00");
    team_assign(&m.t, &over, &m.t.s.mei);
    struct visit v = team_visit(&m.t, &over);
    v.start_min = 690;                                   /* half an hour past her shift */
    v.end_min = 750;
    MUST_GO(m.t.c, entity_update_by_rule(m.t.c, &visit_entity, &v, v.row.version, "move"));
    team_assign(&m.t, &hers, &m.t.lan);
    m.t.lan.away_from = m.t.lan.away_to = MONDAY;
    MUST_GO(m.t.c, entity_update_by_rule(m.t.c, &carer_entity, &m.t.lan, m.t.lan.row.version,
                                         "leave"));
    const struct json_value *got = replan(&m, "");
    apply(&m, json_member(got, "changes"));
    CHECK_INT(team_visit(&m.t, &over).carer.n, m.t.s.mei.id.n);
    CHECK_INT(team_visit(&m.t, &hers).carer.n, m.t.s.mei.id.n);
}

TEST_DB(what_is_locked_stays)
{
    struct monday m = monday_world();
    struct care_order one = add(&m, 540, 0), two = add(&m, 540, 8);
    team_assign(&m.t, &one, &m.t.s.mei);
    (void)team_ask(&m.t, &m.t.s.manager, POST, "/api/dispatch/lock", NULL,
                   sv_fmt(test_mem(), "{\"order\":\"%lld\",\"locked\":true}",
                          (long long)one.id.n).at);
    apply(&m, json_member(replan(&m, ""), "changes"));
    CHECK_INT(team_visit(&m.t, &one).carer.n, m.t.s.mei.id.n);
    CHECK_INT(team_visit(&m.t, &one).start_min, 540);
    CHECK_INT(team_visit(&m.t, &two).carer.n, m.t.lan.id.n);
    CHECK(says(try_it(&m, &one, &m.t.lan, 540), m.t.c, "dispatch.locked"));
}

TEST_DB(who_knows_her_goes_again)
{
    struct monday m = monday_world();
    struct care_order one = add(&m, 540, 0);
    struct visit v;
    bool found;
    MUST_GO(m.t.c, entity_load(m.t.c, &care_order_entity, one.id.n, &one, &found));
    one.elder = m.t.s.wang.id;
    MUST_GO(m.t.c, entity_update_by_rule(m.t.c, &care_order_entity, &one, one.row.version, "x"));
    m.at[0].o = one;
    record_clear(visit_fields, &v);
    v.org = m.t.s.org.id;
    v.elder = m.t.s.wang.id;
    v.carer = m.t.lan.id;
    v.day = day_civil(2026, 11, 16);
    v.start_min = 540;
    v.end_min = 600;
    v.state = VISIT_DONE;
    v.row.scope = m.t.s.mei.row.scope;
    v.care_order.n = 1;
    MUST_GO(m.t.c, entity_bulk(m.t.c, &visit_entity, &v, 1));
    apply(&m, json_member(replan(&m, ""), "changes"));
    CHECK_INT(team_visit(&m.t, &one).carer.n, m.t.lan.id.n);
}

TEST_DB(a_repair_can_be_applied_as_it_stands)
{
    struct monday m = monday_world();
    struct care_order odd = { 0 };
    for (int i = 0; i < 3; i++)
        odd = add(&m, 540, i);
    team_assign(&m.t, &m.at[0].o, &m.t.s.mei);
    team_assign(&m.t, &m.at[1].o, &m.t.lan);
    struct { struct day day; } q = { MONDAY };
    const struct json_value *day = team_ask(&m.t, &m.t.s.manager, GET, "/api/dispatch/day", &q,
                                            NULL);
    const struct json_value *why = team_row(json_member(day, "unassigned"), "order", odd.id.n);
    CHECK(why);
    CHECK_TEXT(json_member(why, "why")->text, "crowded");
    const struct json_value *repair = json_member(why, "repairs")->first;
    CHECK(repair && json_member(repair, "text")->text.len);
    CHECK(json_member(repair, "changes")->n > 0);
    apply(&m, json_member(repair, "changes"));
    CHECK(team_visit(&m.t, &odd).id.n != 0);
}

TEST_DB(a_bad_plan_is_named)
{
    struct monday m = monday_world();
    static const struct { const char *more, *field; } bad[] = {
        { ",\"why\":\"ill\"", "carer" }, { ",\"why\":\"ill\",\"carer\":\"7\"", "carer" },
        { ",\"why\":\"late\",\"carer\":\"7\"", "carer" }, { ",\"why\":\"absent_visit\"", "order" },
        { ",\"why\":\"bored\"", "why" }, { ",\"free_min\":2000", "free_min" },
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\"%s}", bad[i].more).at;
        CHECK(team_fails(&m.t, &m.t.s.manager, POST, "/api/dispatch/replan", NULL, body) ==
              ERR_INVALID);
        CHECK_TEXT(m.t.c->fault.fields[0].field, bad[i].field);
        ctx_forgive(m.t.c);
    }
}

/* Lan's hours have changed; who stands with Mei is not given up to mend that, though nearer. */
TEST_DB(a_plan_takes_nobody_from_who_can_come_to_mend_another)
{
    struct monday m = { .t = team_world() };
    team_shift(&m.t, &m.t.s.mei, "Mo-Fr 08:00-12:00");
    struct care_order near = add(&m, 540, 0), far = add(&m, 540, 25), then = add(&m, 660, 0);
    team_assign(&m.t, &near, &m.t.lan);
    team_assign(&m.t, &then, &m.t.s.mei);
    team_assign(&m.t, &far, &m.t.s.mei);
    team_shift(&m.t, &m.t.lan, "Mo-Fr 13:00-18:00");
    const struct json_value *got =
        team_ask(&m.t, &m.t.s.manager, POST, "/api/dispatch/replan", NULL,
                 "{\"day\":\"2026-11-23\",\"why\":\"improve\"}");
    CHECK_INT(json_member(got, "changes")->n, 0);
    CHECK_INT(json_member(got, "unassigned")->n, 0);
}
