/* after_test.c - visits that wait for another: tried, sent by hand, by a plan, by the night. */

#include "care/dispatch/day_world_test.h"
#include "care/dispatch/night.h"
#include "care/standing/standing.h"

/* Blood pressure, twenty minutes, which all three of the team may take. */
struct gaps { struct team t; struct catalogue_item pressure; struct offer pressure_offer; };

static struct gaps gaps_world(void)
{
    struct gaps w = { .t = team_world() };
    w.pressure = w.t.s.bath;
    w.pressure.id.n = 0;
    w.pressure.name = w.pressure.plain_name = SV("量血压");
    w.pressure.skill = SKILL_NONE;
    w.pressure.duration_min = 20;
    MUST_GO(w.t.c, entity_create(w.t.c, &catalogue_item_entity, &w.pressure));
    w.pressure_offer = w.t.s.bath_offer;
    w.pressure_offer.item = w.pressure.id;
    w.pressure_offer.id.n++;
    w.pressure_offer.row.version = 1;
    MUST_GO(w.t.c, entity_bulk(w.t.c, &offer_entity, &w.pressure_offer, 1));
    return w;
}

static struct standing_id rule(struct gaps *w, const struct offer *offer, struct after after)
{
    struct standing s;
    record_clear(standing_fields, &s);
    s.row.scope = w->t.s.mei.row.scope;
    s.elder = w->t.s.wang.id;
    s.org = w->t.s.org.id;
    s.offer = offer->id;
    s.item = offer->item;
    s.weekdays.bits = 1;
    s.from_day = MONDAY;
    s.quantity = 1;
    s.state = STANDING_ACTIVE;
    s.after_item = after.item;
    s.gap_least_min = after.least_min;
    s.gap_most_min = after.most_min;
    MUST_GO(w->t.c, entity_create_by_rule(w->t.c, &standing_entity, &s));
    return s.id;
}

/* Of wang on Monday, as the rule made it. */
static struct care_order order(struct gaps *w, const struct offer *offer, int start_min,
                               struct after after)
{
    struct caller wang = { SV("王秀英"), SV("10012345678") };
    struct care_order o = team_order_for(&w->t, offer, wang, start_min, 0);
    o.elder = w->t.s.wang.id;
    o.standing = rule(w, offer, after);
    MUST_GO(w->t.c, entity_update_by_rule(w->t.c, &care_order_entity, &o, o.row.version, "x"));
    return o;
}

static struct care_order pressure(struct gaps *w, int start_min)
{
    return order(w, &w->pressure_offer, start_min, (struct after){ .most_min = 0 });
}

static struct care_order bath_after(struct gaps *w, int start_min, int64_t least, int64_t most)
{
    return order(w, &w->t.s.bath_offer, start_min, (struct after){ w->pressure.id, least, most });
}

static const struct json_value *board(struct gaps *w)
{
    struct { struct day day; } q = { MONDAY };
    return team_ask(&w->t, &w->t.s.manager, GET, "/api/dispatch/day", &q, NULL);
}

static const struct json_value *tried(struct gaps *w, const struct care_order *o,
                                      const struct carer *a, int start_min)
{
    struct sv at = start_min ? sv_fmt(test_mem(), ",\"start_min\":%d", start_min) : SV("");
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"order\":\"%lld\","
                            "\"carer\":\"%lld\"%.*s}", (long long)o->id.n, (long long)a->id.n,
                            SV_ARG(at));
    return team_ask(&w->t, &w->t.s.manager, POST, "/api/dispatch/try", NULL, body.at);
}

static void applied(struct gaps *w, const struct json_value *changes)
{
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":%.*s}",
                            SV_ARG(changes->source));
    team_ask(&w->t, &w->t.s.manager, POST, "/api/dispatch/apply", NULL, body.at);
}

static bool says(const struct json_value *x, const char *words)
{
    for (const struct json_value *r = json_member(x, "reasons")->first; r; r = r->next)
        if (sv_find(r->text, sv_of(words)) >= 0)
            return true;
    return false;
}

TEST_DB(a_gap_is_kept_by_hand_and_broken_in_words)
{
    struct gaps w = gaps_world();
    struct care_order first = pressure(&w, 540), bath = bath_after(&w, 600, 0, 30);
    team_assign(&w.t, &first, &w.t.s.mei);
    const struct json_value *v = team_row(json_member(board(&w), "visits"), "order", bath.id.n);
    CHECK_TEXT(json_member(v, "after")->text, "「量血压」做完后 30 分钟内");
    CHECK_TEXT(json_member(v, "after_key")->text,
               sv_fmt(test_mem(), "%lld", (long long)first.id.n).at);
    const struct json_value *x = tried(&w, &bath, &w.t.lan, 600);
    CHECK(!json_member(x, "fits")->yes);                        /* 09:20 and 10:00: forty */
    CHECK(says(x, "「上门助浴」要在「量血压」做完后 30 分钟内"));
    CHECK_INT(json_member(x, "changes")->n, 0);
    x = tried(&w, &bath, &w.t.lan, 0);
    CHECK(json_member(x, "fits")->yes);
    CHECK(team_int(x, "start_min") >= 585 && team_int(x, "start_min") <= 590);
    applied(&w, json_member(x, "changes"));
    CHECK_INT(team_visit(&w.t, &bath).carer.n, w.t.lan.id.n);
    x = tried(&w, &first, &w.t.s.mei, 525);                     /* then the bath is too late */
    CHECK(!json_member(x, "fits")->yes && says(x, "「上门助浴」要在"));
    x = tried(&w, &first, &w.t.s.mei, 545);
    CHECK(json_member(x, "fits")->yes);
}

TEST_DB(what_it_waits_for_comes_first_and_a_broken_gap_is_a_fault)
{
    struct gaps w = gaps_world();
    struct care_order first = pressure(&w, 540), bath = bath_after(&w, 600, 0, 30);
    const struct json_value *x = tried(&w, &bath, &w.t.lan, 0);
    CHECK(!json_member(x, "fits")->yes && says(x, "那一单还没有人去"));
    const struct json_value *all = json_member(board(&w), "unassigned");
    CHECK_TEXT(json_member(team_row(all, "order", first.id.n), "why")->text, "waiting");
    CHECK_TEXT(json_member(team_row(all, "order", bath.id.n), "why")->text, "with");
    team_assign(&w.t, &first, &w.t.s.mei);
    all = json_member(board(&w), "unassigned");
    const struct json_value *u = team_row(all, "order", bath.id.n);
    CHECK_TEXT(json_member(u, "why")->text, "waiting");
    applied(&w, json_member(json_member(u, "repairs")->first, "changes"));
    struct visit v = team_visit(&w.t, &bath);
    CHECK(v.start_min >= 585 && v.start_min <= 590);
    v.start_min += 15;                                          /* somebody had agreed on it */
    v.end_min += 15;
    MUST_GO(w.t.c, entity_update_by_rule(w.t.c, &visit_entity, &v, v.row.version, "move"));
    const struct json_value *row = team_row(json_member(board(&w), "visits"), "order", bath.id.n);
    CHECK_TEXT(json_member(row, "fault")->text, "和要先做的那一单间隔对不上");
}

TEST_DB(times_that_can_never_keep_the_gap_are_told_so)
{
    struct gaps w = gaps_world();
    struct after three_hours = { w.t.s.bath.id, 180, 0 };
    struct care_order one = order(&w, &w.t.s.bath_offer, 480, (struct after){ .most_min = 0 }),
                      two = order(&w, &w.t.s.bath_offer, 660, three_hours);
    const struct json_value *all = json_member(board(&w), "unassigned");
    CHECK_TEXT(json_member(team_row(all, "order", one.id.n), "why")->text, "waiting");
    team_assign(&w.t, &one, &w.t.s.mei);
    const struct json_value *u = team_row(json_member(board(&w), "unassigned"), "order", two.id.n);
    CHECK_TEXT(json_member(u, "why")->text, "meet");            /* 09:00 and 11:30 at the latest */
    CHECK_INT(json_member(u, "repairs")->n, 0);
}

/* Everything of the day as it is stored: gaps kept whoever goes. */
static void check_gap(struct gaps *w, const struct care_order *first, const struct care_order *next,
                      int64_t least, int64_t most)
{
    struct visit a = team_visit(&w->t, first), b = team_visit(&w->t, next);
    CHECK(a.id.n && b.id.n);
    CHECK(b.start_min - a.end_min >= least);
    CHECK(b.start_min - a.end_min <= most);
}

TEST_DB(a_plan_keeps_gaps_and_takes_no_bath_without_its_pressure)
{
    struct gaps w = gaps_world();
    struct care_order first = pressure(&w, 540), bath = bath_after(&w, 600, 10, 30),
                      other = team_order(&w.t, 540, 6);
    const struct json_value *plan = team_ask(&w.t, &w.t.s.manager, POST, "/api/dispatch/replan",
                                             NULL, "{\"day\":\"2026-11-23\"}");
    CHECK_INT(json_member(plan, "unassigned")->n, 0);
    struct buf b = buf_new(test_mem(), 1024);
    buf_byte(&b, '[');
    for (const struct json_value *k = json_member(plan, "changes")->first; k; k = k->next)
        buf_fmt(&b, "%s{\"order\":\"%.*s\",\"order_version\":%lld,\"carer\":\"%.*s\","
                "\"start_min\":%lld}", b.len > 1 ? "," : "", SV_ARG(json_member(k, "order")->text),
                (long long)team_int(k, "order_version"), SV_ARG(json_member(k, "carer")->text),
                (long long)team_int(k, "start_min"));
    buf_byte(&b, ']');
    struct sv body = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"changes\":%.*s}",
                            SV_ARG(buf_sv(&b)));
    team_ask(&w.t, &w.t.s.manager, POST, "/api/dispatch/apply", NULL, body.at);
    check_gap(&w, &first, &bath, 10, 30);
    CHECK(team_visit(&w.t, &other).id.n);
    /* As near to what was promised as the gap lets it be: 09:00 and 10:00 are forty apart. */
    struct visit a = team_visit(&w.t, &first), v = team_visit(&w.t, &bath);
    CHECK(a.start_min >= 540 && v.start_min <= 600);
    struct sv ill = sv_fmt(test_mem(), "{\"day\":\"2026-11-23\",\"why\":\"absent_visit\","
                           "\"order\":\"%lld\"}", (long long)first.id.n);
    team_ask(&w.t, &w.t.s.manager, POST, "/api/dispatch/replan", NULL, ill.at);
}

TEST_DB(the_night_keeps_gaps)
{
    struct gaps w = gaps_world();
    struct care_order first = pressure(&w, 540), bath = bath_after(&w, 600, 0, 30);
    int n = 0;
    MUST_GO(w.t.c, db_commit(w.t.c));
    MUST_GO(w.t.c, night_day(w.t.c, w.t.s.org.id, MONDAY, &n));
    CHECK_INT(n, 2);
    check_gap(&w, &first, &bath, 0, 30);
    MUST_GO(w.t.c, night_day(w.t.c, w.t.s.org.id, MONDAY, &n));
    CHECK_INT(n, 0);
    MUST_GO(w.t.c, db_begin(w.t.c));
}
