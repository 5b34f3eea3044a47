/* delivery_test.c - meals brought: doors, walking order, what became of each, who hears of it. */

#include "care/delivery/delivery.h"
#include "care/order/order_world_test.h"
#include "care/signal/signal.h"
#include "store/build.h"

#include <stdlib.h>

#define MONDAY day_civil(2026, 11, 23)

/* A station that brings lunch, its place, and two who order it. */
struct bringing { struct station s; struct place place; struct offer offer; };

static struct bringing bringing_world(void)
{
    struct bringing b = { .s = station_world() };
    struct ctx *c = b.s.c;
    struct catalogue_item k;
    record_clear(catalogue_item_fields, &k);
    k.row.scope = b.s.org.row.scope;
    k.name = k.plain_name = SV("送餐");
    k.category = CATEGORY_MEAL;
    k.at_home = true;
    MUST_GO(c, entity_create(c, &catalogue_item_entity, &k));
    record_clear(place_fields, &b.place);
    b.place.row.scope = b.s.org.row.scope;
    b.place.id.n = id_make(c->now.ms, 12, 1);
    b.place.org = b.s.org.id;
    b.place.name = SV("A站");
    b.place.state = REVIEW_PUBLISHED;
    MUST_GO(c, entity_bulk(c, &place_entity, &b.place, 1));
    record_clear(offer_fields, &b.offer);
    b.offer = b.s.lunch_offer;
    b.offer.id.n = id_make(c->now.ms, 13, 1);
    b.offer.item = k.id;
    b.offer.place = b.place.id;
    MUST_GO(c, entity_bulk(c, &offer_entity, &b.offer, 1));
    return b;
}

static struct care_order ordered(struct bringing *b, const char *name, const char *address)
{
    struct care_order o;
    struct order_new n = station_order(&b->s, &b->offer, 660);
    if (name) {
        n.elder.n = 0;
        n.for_name = sv_of(name);
        n.for_phone = SV("10000000001");
        n.for_address = sv_of(address);
    }
    MUST_GO(b->s.c, station_place(&b->s, &b->s.citizen, &n, &o));
    return o;
}

static struct meal_run made(struct bringing *b)
{
    struct run_asked in = { b->place.id, MONDAY, SITTING_LUNCH };
    struct meal_run run;
    b->s.c->who = &b->s.manager;
    MUST_GO(b->s.c, run_make(b->s.c, &in, &run));
    return run;
}

static struct meal_stop stop_of(struct bringing *b, const struct care_order *o)
{
    struct meal_stop s;
    struct build q = build_new(b->s.c);
    record_clear(meal_stop_fields, &s);
    build_sql(&q, "SELECT id FROM meal_stop WHERE care_order = ");
    build_int(&q, o->id.n);
    build_sql(&q, " ORDER BY id DESC LIMIT 1");
    struct rows r = build_rows(b->s.c, &q);
    int64_t id = rows_next(&r) ? rows_int(&r, 0) : 0;
    bool found;
    MUST_GO(b->s.c, rows_end(&r));
    MUST_GO(b->s.c, entity_load(b->s.c, &meal_stop_entity, id, &s, &found));
    return s;
}

static enum err at_door(struct bringing *b, const struct who *who, struct meal_stop *s,
                        const char *action, const void *input)
{
    b->s.c->who = who;
    return entity_act(b->s.c, &meal_stop_entity, s->id.n, s->row.version, sv_of(action), input, s);
}

static struct care_order order_now(struct bringing *b, const struct care_order *o)
{
    struct care_order now;
    bool found;
    MUST_GO(b->s.c, entity_load(b->s.c, &care_order_entity, o->id.n, &now, &found));
    return now;
}

TEST(a_door_is_short_and_never_says_the_flat)
{
    static const char *const doors[][2] = {
        { "荷塘里8号楼4单元201", "8-4" }, { "柳荫里 3 号楼 2 单元 401", "3-2" },
        { "槐安里1栋", "1" },             { "安澜路甲12号", "" },
        { "", "" },                       { "12345", "" },
    };
    for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
        CHECK_TEXT(door_short(test_mem(), sv_of(doors[i][0])), doors[i][1]);
}

TEST(a_round_is_walked_without_crossing_itself)
{
    /* Four homes on the corners of a square and the place in the middle of one side. */
    static const int x[] = { 5, 0, 10, 10, 0 }, y[] = { 0, 0, 10, 0, 10 };
    uint32_t ms[25];
    size_t order[5];
    for (size_t i = 0; i < 25; i++) {
        int dx = x[i / 5] - x[i % 5], dy = y[i / 5] - y[i % 5];
        ms[i] = (uint32_t)((dx < 0 ? -dx : dx) + (dy < 0 ? -dy : dy));
    }
    CHECK_INT(walk_order(ms, 5, order), 40);
    CHECK_INT(order[0], 0);
    size_t seen = 0;
    for (size_t i = 0; i < 5; i++)
        seen |= (size_t)1 << order[i];
    CHECK_INT(seen, 31);
}

/* Checked against every possible round of random small sets. */
TEST(two_opt_is_rarely_far_from_the_best_round)
{
    uint64_t state = 7, found = 0, best = 0;
    for (int turn = 0; turn < 60; turn++) {
        uint32_t ms[36], least = UINT32_MAX;
        size_t order[6], p[5] = { 1, 2, 3, 4, 5 };
        int64_t x[6], y[6];
        for (size_t i = 0; i < 6; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            x[i] = (int64_t)(state >> 33) % 1000;
            y[i] = (int64_t)(state >> 13) % 1000;
        }
        for (size_t i = 0; i < 36; i++)
            ms[i] = (uint32_t)(llabs(x[i / 6] - x[i % 6]) + llabs(y[i / 6] - y[i % 6]));
        found += walk_order(ms, 6, order);
        for (int k = 0; k < 120; k++) {                  /* all permutations of five */
            uint32_t sum = ms[p[0]];
            for (size_t i = 0; i + 1 < 5; i++)
                sum += ms[p[i] * 6 + p[i + 1]];
            sum += ms[p[4] * 6];
            least = sum < least ? sum : least;
            size_t i = 3, j = 4;
            while (i < 5 && p[i] > p[i + 1])
                i--;
            if (i >= 5)
                break;
            while (p[j] < p[i])
                j--;
            size_t kept = p[i];
            p[i] = p[j], p[j] = kept;
            for (size_t a = i + 1, z = 4; a < z; a++, z--)
                kept = p[a], p[a] = p[z], p[z] = kept;
        }
        best += least;
    }
    CHECK(found >= best);
    CHECK(found * 100 <= best * 105);
}

TEST_DB(a_run_goes_by_buildings_where_there_are_no_streets)
{
    struct bringing b = bringing_world();
    struct care_order far = ordered(&b, "周试算", "槐安里12号楼1单元101");
    struct care_order near = ordered(&b, "吴试算", "槐安里9号楼1单元101");
    struct meal_run run = made(&b);
    CHECK_INT(run.stops, 2);
    CHECK_INT(run.portions, 2);
    CHECK(!run.by_streets);
    CHECK_INT(stop_of(&b, &near).seq, 1);
    CHECK_INT(stop_of(&b, &far).seq, 2);
    CHECK_TEXT(stop_of(&b, &far).door, "12-1");
    CHECK_INT(made(&b).id.n, run.id.n);                  /* made again: the same run */
    struct care_order more = ordered(&b, "郑试算", "槐安里1号楼1单元101");
    CHECK_INT(made(&b).stops, 3);
    CHECK_INT(stop_of(&b, &more).seq, 1);
}

TEST_DB(what_is_called_off_leaves_the_run_and_another_station_makes_none)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL), other = ordered(&b, "周试算", "槐安里2号楼");
    struct reason_input why = { SV_INIT("不舒服") };
    struct meal_run run = made(&b);
    CHECK_INT(run.stops, 2);
    b.s.c->who = &b.s.citizen;
    MUST_GO(b.s.c, entity_act(b.s.c, &care_order_entity, o.id.n, o.row.version, SV("cancel"), &why,
                              &o));
    CHECK_INT(stop_of(&b, &o).state, STOP_DROPPED);
    CHECK_INT(made(&b).stops, 1);
    struct run_asked in = { b.place.id, MONDAY, SITTING_LUNCH };
    b.s.c->who = &b.s.other_manager;
    CHECK(run_make(b.s.c, &in, &run) != ERR_NONE);
    ctx_forgive(b.s.c);
    CHECK_INT(stop_of(&b, &other).state, STOP_PLANNED);
}

TEST_DB(what_is_brought_ends_the_order_and_the_last_door_ends_the_run)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL), second = ordered(&b, "周试算", "槐安里2号楼");
    struct left_input left = { SV_INIT("门卫老张"), SV_INIT("") };
    struct meal_run run = made(&b);
    bool found;
    struct meal_stop s = stop_of(&b, &o), t = stop_of(&b, &second);
    MUST_FAIL(b.s.c, at_door(&b, &b.s.manager, &s, "hand", NULL), ERR_CONFLICT,
              "delivery.not_yet");
    b.s.c->now = moment_at(MONDAY, 700);
    MUST_GO(b.s.c, at_door(&b, &b.s.manager, &s, "hand", NULL));
    CHECK_INT(order_now(&b, &o).state, ORDER_SERVED);
    MUST_GO(b.s.c, entity_load(b.s.c, &meal_run_entity, run.id.n, &run, &found));
    CHECK_INT(run.state, RUN_UNDER_WAY);
    CHECK_INT(run.open, 1);
    CHECK(at_door(&b, &b.s.other_manager, &t, "leave", &left) != ERR_NONE);
    ctx_forgive(b.s.c);
    MUST_GO(b.s.c, at_door(&b, &b.s.manager, &t, "leave", &left));
    CHECK_TEXT(t.left_with, "门卫老张");
    MUST_GO(b.s.c, entity_load(b.s.c, &meal_run_entity, run.id.n, &run, &found));
    CHECK_INT(run.state, RUN_DONE);
}

static int64_t urgent_items(struct bringing *b)
{
    struct build q = build_new(b->s.c);
    build_sql(&q, "SELECT count(*) FROM work_item WHERE weight = 'urgent'");
    struct rows r = build_rows(b->s.c, &q);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(b->s.c, rows_end(&r));
    return n;
}

TEST_DB(nobody_at_noon_is_urgent_for_who_lives_alone)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL);
    struct nobody_input tried = { SV_INIT("敲门、打电话都没人") };
    made(&b);
    struct meal_stop s = stop_of(&b, &o);
    b.s.c->now = moment_at(MONDAY, 700);
    MUST_GO(b.s.c, at_door(&b, &b.s.manager, &s, "nobody", &tried));
    CHECK_INT(order_now(&b, &o).state, ORDER_NOT_MET);
    CHECK_INT(urgent_items(&b), 1);
}

TEST_DB(a_carer_brings_only_her_own_run)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL);
    struct meal_run run = made(&b);
    struct meal_stop s = stop_of(&b, &o);
    struct who mei = { .account = 40, .role = ROLE_CARER, .org = b.s.org.id.n,
                       .carer = b.s.mei.id.n };
    b.s.c->now = moment_at(MONDAY, 700);
    MUST_FAIL(b.s.c, at_door(&b, &mei, &s, "hand", NULL), ERR_MISSING, "entity.missing");
    struct { struct carer_id carer; } to = { b.s.mei.id };
    b.s.c->who = &b.s.manager;
    MUST_GO(b.s.c, entity_act(b.s.c, &meal_run_entity, run.id.n, run.row.version, SV("give"), &to,
                              &run));
    MUST_GO(b.s.c, at_door(&b, &mei, &s, "hand", NULL));
}
