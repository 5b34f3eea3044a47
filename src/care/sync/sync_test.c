/* sync_test.c - a carer's phone without a network: what she takes along and what comes back. */

#include "care/order/order_world_test.h"
#include "care/sync/inside.h"
#include "model/history/history.h"

enum { VISIT_DAY_MIN = 540, HOUR_MS = 3600000, MINUTE_MS = 60000 };

/* One visit of 李梅 on Monday 09:00; the clock stands at 10:00 of that day. */
struct round {
    struct station s;
    struct ctx    *c;
    struct who     mei, other;
    struct visit   v;
};

static struct visit visit_now(struct round *r)
{
    struct visit v;
    bool found;
    MUST_GO(r->c, entity_load(r->c, &visit_entity, r->v.id.n, &v, &found));
    return v;
}

static struct round round_world(void)
{
    struct round r = { .s = station_world() };
    struct order_new n = station_order(&r.s, &r.s.bath_offer, VISIT_DAY_MIN);
    struct assign_input mei = { r.s.mei.id };
    struct care_order o;
    bool found;
    r.c = r.s.c;
    MUST_GO(r.c, station_place(&r.s, &r.s.citizen, &n, &o));
    r.c->who = &r.s.manager;
    MUST_GO(r.c, entity_act(r.c, &care_order_entity, o.id.n, 1, SV("accept"), NULL, &o));
    MUST_GO(r.c, entity_act(r.c, &care_order_entity, o.id.n, 2, SV("assign"), &mei, &o));
    MUST_GO(r.c, order_visit_of(r.c, &o, &r.v, &found));
    r.mei = (struct who){ .account = 40, .role = ROLE_CARER, .carer = r.s.mei.id.n };
    r.other = (struct who){ .account = 41, .role = ROLE_CARER, .carer = r.s.gang.id.n };
    r.c->now = moment_at(day_civil(2026, 11, 23), 600);
    return r;
}

static const struct json_value *answer_of(struct ctx *c, struct answer *a)
{
    const struct json_value *tree;
    json_end(&a->json, '}');
    MUST_GO(c, json_parse(c, buf_sv(&a->body), &tree));
    return tree;
}

static struct answer answer_new(void)
{
    struct answer a = { .body = buf_new(test_mem(), 4096) };
    return a;
}

/* The results of a push of these items; the phone's clock is so far ahead. */
static const struct json_value *push(struct round *r, int64_t ahead_ms, struct sv items)
{
    struct sync_push body;
    struct answer a = answer_new();
    struct request q = { .param = { SV("visits") }, .body = &body };
    struct buf text = buf_new(test_mem(), 1024);
    struct json j = json_new(&text);
    json_object(&j, NULL);
    json_moment(&j, "phone_at", (struct moment){ r->c->now.ms + ahead_ms });
    json_raw(&j, "items", items);
    json_end(&j, '}');
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    record_clear(sync_push_fields, &body);
    r->c->who = &r->mei;
    MUST_GO(r->c, json_parse(r->c, buf_sv(&text), &q.json));
    MUST_GO(r->c, json_read(r->c, q.json, sync_push_fields, true, &body, NULL));
    MUST_GO(r->c, sync_push_post(r->c, &q, &a));
    return json_member(answer_of(r->c, &a), "results")->first;
}

struct told { const char *key, *action, *after, *what; int64_t version; int64_t ago_ms; };

/* An item about the round's visit, done so long ago by the phone's own clock. */
static void item(struct round *r, struct json *j, const struct told *t, int64_t ahead_ms)
{
    json_object(j, NULL);
    json_text(j, "key", sv_of(t->key));
    json_text(j, "entity", SV("visit"));
    json_text(j, "action", sv_of(t->action));
    json_id(j, "id", r->v.id.n);
    json_int(j, "version", t->version ? t->version : r->v.row.version);
    if (t->after)
        json_text(j, "after", sv_of(t->after));
    json_moment(j, "at", (struct moment){ r->c->now.ms + ahead_ms - t->ago_ms });
    json_raw(j, "what", sv_of(t->what ? t->what : "{}"));
    json_end(j, '}');
}

static const struct json_value *tell(struct round *r, int64_t ahead_ms, const struct told *list,
                                     size_t n)
{
    struct buf b = buf_new(test_mem(), 1024);
    struct json j = json_new(&b);
    json_array(&j, NULL);
    for (size_t i = 0; i < n; i++)
        item(r, &j, &list[i], ahead_ms);
    json_end(&j, ']');
    return push(r, ahead_ms, buf_sv(&b));
}

static struct sv result(const struct json_value *one)
{
    return json_member(one, "result")->text;
}

static struct sv why(const struct json_value *one)
{
    const struct json_value *fields = json_member(one, "fields");
    return json_member(fields ? fields->first : one, fields ? "key" : "message_key")->text;
}

static const struct told arrived = { "key-arrive-1", "arrive", NULL, NULL, 0, 50 * MINUTE_MS };
static const struct told finished = { "key-finish-1", "finish", "key-arrive-1",
                                      "{\"note\":\"好\",\"result\":\"well\"}", 0, 5 * MINUTE_MS };

TEST_DB(what_was_done_off_line_stands_at_the_phones_moment)
{
    struct round r = round_world();
    const struct told both[] = { arrived, finished };
    const struct json_value *one = tell(&r, 0, both, 2);
    CHECK_TEXT(result(one), "done");
    CHECK_TEXT(result(one->next), "done");
    struct visit v = visit_now(&r);
    CHECK_INT(v.state, VISIT_DONE);
    CHECK_INT(v.arrived_at.ms, r.c->now.ms - 50 * MINUTE_MS);
    CHECK_INT(v.arrived_known_at.ms, r.c->now.ms);
    CHECK_INT(v.done_at.ms, r.c->now.ms - 5 * MINUTE_MS);
    CHECK(v.entered_late);
    CHECK(!v.backdated);
}

TEST_DB(a_phone_that_is_three_hours_off_tells_the_right_time)
{
    static const int64_t off[] = { 3 * HOUR_MS, -3 * HOUR_MS };
    for (size_t i = 0; i < 2; i++) {
        struct round r = round_world();
        CHECK_TEXT(result(tell(&r, off[i], &arrived, 1)), "done");
        struct visit v = visit_now(&r);
        CHECK_INT(v.arrived_at.ms, r.c->now.ms - 50 * MINUTE_MS);
        CHECK_INT(v.clock_off_s, off[i] / 1000);
        db_rollback(r.c);
        world_end();
    }
}

TEST_DB(sent_again_it_counts_once)
{
    struct round r = round_world();
    const struct told both[] = { arrived, finished };
    tell(&r, 0, both, 2);
    struct visit before = visit_now(&r);
    const struct json_value *one = tell(&r, 0, both, 2);
    CHECK_TEXT(result(one), "repeated");
    CHECK_TEXT(result(one->next), "repeated");
    CHECK_INT(visit_now(&r).row.version, before.row.version);
}

TEST_DB(when_only_the_first_answer_came_the_rest_goes_on_from_it)
{
    struct round r = round_world();
    const struct told both[] = { arrived, finished };
    CHECK_TEXT(result(tell(&r, 0, &arrived, 1)), "done");
    const struct json_value *one = tell(&r, 0, both, 2);
    CHECK_TEXT(result(one), "repeated");
    CHECK_TEXT(result(one->next), "done");
    CHECK_INT(visit_now(&r).state, VISIT_DONE);
}

TEST_DB(a_later_step_that_comes_first_waits)
{
    struct round r = round_world();
    const struct json_value *one = tell(&r, 0, &finished, 1);
    CHECK_TEXT(result(one), "later");
    CHECK_TEXT(why(one), "sync.waits");
    CHECK_INT(visit_now(&r).state, VISIT_PLANNED);
    CHECK_TEXT(result(tell(&r, 0, &arrived, 1)), "done");
    CHECK_TEXT(result(tell(&r, 0, &finished, 1)), "done");      /* with the version it led to */
}

TEST_DB(two_phones_on_one_visit_are_shown_side_by_side)
{
    struct round r = round_world();
    const struct told second = { "key-arrive-2", "arrive", NULL, NULL, 0, 20 * MINUTE_MS };
    CHECK_TEXT(result(tell(&r, 0, &arrived, 1)), "done");
    const struct json_value *one = tell(&r, 0, &second, 1);
    CHECK_TEXT(result(one), "conflict");
    CHECK(json_member(one, "same")->yes);                /* both say she has arrived */
    CHECK(!json_member(one, "mine")->yes);
    CHECK_TEXT(json_member(json_member(one, "current"), "state")->text, "arrived");
    CHECK_INT(visit_now(&r).arrived_at.ms, r.c->now.ms - 50 * MINUTE_MS);
}

TEST_DB(mine_over_the_current_record_is_a_new_deed_on_its_version)
{
    struct round r = round_world();
    const struct told finish = { "key-finish-2", "finish", NULL, NULL, 0, MINUTE_MS };
    CHECK_TEXT(result(tell(&r, 0, &arrived, 1)), "done");
    const struct json_value *one = tell(&r, 0, &finish, 1);
    CHECK_TEXT(result(one), "conflict");
    CHECK(json_member(one, "mine")->yes);
    int64_t version;
    CHECK(json_whole(json_member(one, "version"), 1, 100, &version));
    const struct told again = { "key-finish-3", "finish", NULL, NULL, version, MINUTE_MS };
    CHECK_TEXT(result(tell(&r, 0, &again, 1)), "done");
}

TEST_DB(an_item_at_fault_stops_only_what_follows_on_its_record)
{
    struct round r = round_world();
    const struct told bad = { "key-arrive-3", "arrive", NULL, "{\"lat\":123}", 0, MINUTE_MS };
    const struct told list[] = { bad, finished };
    const struct json_value *one = tell(&r, 0, list, 2);
    CHECK_TEXT(result(one), "refused");
    CHECK_TEXT(json_member(json_member(one, "fields")->first, "field")->text, "lat");
    CHECK_TEXT(result(one->next), "later");
    CHECK_INT(visit_now(&r).state, VISIT_PLANNED);
}

TEST_DB(an_absurd_moment_is_refused_with_a_word)
{
    struct round r = round_world();
    const struct told future = { "key-arrive-4", "arrive", NULL, NULL, 0, -HOUR_MS };
    const struct told old = { "key-arrive-5", "arrive", NULL, NULL, 0, 15 * MS_A_DAY };
    CHECK_TEXT(why(tell(&r, 0, &future, 1)), "sync.future");
    CHECK_TEXT(why(tell(&r, 0, &old, 1)), "sync.too_old");
    CHECK_INT(visit_now(&r).state, VISIT_PLANNED);
}

TEST_DB(what_the_form_does_not_take_is_refused)
{
    struct round r = round_world();
    const struct told cancel = { "key-cancel-1", "cancel", NULL, NULL, 0, 0 };
    CHECK_TEXT(why(tell(&r, 0, &cancel, 1)), "sync.not_taken");
    CHECK_TEXT(result(push(&r, 0, SV("[1]"))), "refused");
    CHECK_TEXT(result(push(&r, 0, SV("[{}]"))), "refused");
}

/* --- what she takes along --- */

static const struct json_value *pull(struct round *r, const struct who *who, struct sv since)
{
    struct sync_query query = { DAY_NONE, since };
    struct request q = { .param = { SV("visits") }, .query = &query };
    struct answer a = answer_new();
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    r->c->who = who;
    MUST_GO(r->c, sync_pull_get(r->c, &q, &a));
    return answer_of(r->c, &a);
}

TEST_DB(a_second_pull_brings_only_what_changed)
{
    struct round r = round_world();
    const struct json_value *first = pull(&r, &r.mei, SV(""));
    CHECK_INT(json_member(first, "rows")->n, 1);
    struct sv since = json_member(first, "since")->text;
    CHECK_INT(json_member(pull(&r, &r.mei, since), "rows")->n, 0);
    tell(&r, 0, &arrived, 1);
    CHECK_INT(json_member(pull(&r, &r.mei, since), "rows")->n, 1);
}

TEST_DB(what_went_to_somebody_else_leaves_her_list)
{
    struct round r = round_world();
    struct sv since = json_member(pull(&r, &r.mei, SV("")), "since")->text;
    r.c->who = &who_house;
    r.v.carer = r.s.gang.id;
    MUST_GO(r.c, entity_update_by_rule(r.c, &visit_entity, &r.v, r.v.row.version, "reassign"));
    const struct json_value *next = pull(&r, &r.mei, since);
    CHECK_INT(json_member(next, "rows")->n, 0);
    CHECK_INT(json_member(next, "gone")->n, 1);
    CHECK_TEXT(result(tell(&r, 0, &arrived, 1)), "refused");     /* and she no longer does it */
}

TEST_DB(a_since_that_cannot_be_read_is_refused)
{
    struct round r = round_world();
    static const char *const bad[] = { "x", "AAAA", "!!", "AQAA" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct sync_query query = { DAY_NONE, sv_of(bad[i]) };
        struct request q = { .param = { SV("visits") }, .query = &query };
        struct answer a = answer_new();
        r.c->who = &r.mei;
        CHECK_INT(sync_pull_get(r.c, &q, &a), ERR_INVALID);
        ctx_forgive(r.c);
    }
}

TEST_DB(whatever_fails_a_deed_is_there_whole_or_not_at_all)
{
    struct round r = round_world();
    MUST_GO(r.c, db_commit(r.c));
    r.c->who = &r.mei;
    EVERY_FAULT(step) {
        struct buf b = buf_new(test_mem(), 1024), out = buf_new(test_mem(), 1024);
        struct json j = json_new(&b), to = json_new(&out);
        const struct json_value *tree;
        struct sync_trace trace[4];
        struct sync_work w = { .form = carer_day_module.sync_forms, .phone_at = r.c->now,
                               .trace = trace };
        item(&r, &j, &arrived, 0);
        MUST_GO(r.c, json_parse(r.c, buf_sv(&b), &tree));
        enum err e = sync_item_run(r.c, &w, tree, &to);
        bool said = e == ERR_NONE && sv_find(buf_sv(&out), SV("\"done\"")) >= 0;
        bool hit = db_fault_hit(r.c->db);
        if (e == ERR_NONE && hit)                        /* its savepoint alone was undone */
            CHECK_INT(visit_now(&r).state, said ? VISIT_ARRIVED : VISIT_PLANNED);
        fault_settle(&step, hit ? ERR_BUSY : ERR_NONE);
        CHECK(hit || said);
    }
}
