/* delivery_test.c - meals brought: doors, walking order, what became of each, who hears of it. */

#include "care/delivery/bringing_test.h"
#include "care/signal/signal.h"
#include "store/build.h"

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

TEST_DB(a_run_goes_by_buildings_where_there_are_no_streets)
{
    struct bringing b = bringing_world();
    struct care_order far = ordered(&b, "周试算", "槐安里12号楼1单元101");
    struct care_order near = ordered(&b, "吴试算", "槐安里9号楼1单元101");
    struct meal_run run = made(&b);
    CHECK_INT(run.stops, 2);
    CHECK_INT(run.portions, 2);
    CHECK(!run.by_streets);
    CHECK_INT(meal_stop_of(&b, &near).seq, 1);
    CHECK_INT(meal_stop_of(&b, &far).seq, 2);
    CHECK_TEXT(meal_stop_of(&b, &far).door, "12-1");
    CHECK_INT(made(&b).id.n, run.id.n);                  /* made again: the same run */
    struct care_order more = ordered(&b, "郑试算", "槐安里1号楼1单元101");
    CHECK_INT(made(&b).stops, 3);
    CHECK_INT(meal_stop_of(&b, &more).seq, 1);
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
    CHECK_INT(meal_stop_of(&b, &o).state, STOP_DROPPED);
    CHECK_INT(made(&b).stops, 1);
    struct run_asked in = { b.place.id, MONDAY, SITTING_LUNCH };
    b.s.c->who = &b.s.other_manager;
    struct runs_made none;
    CHECK(run_make(b.s.c, &in, &none) != ERR_NONE);
    ctx_forgive(b.s.c);
    CHECK_INT(meal_stop_of(&b, &other).state, STOP_PLANNED);
}

TEST_DB(what_is_brought_ends_the_order_and_the_last_door_ends_the_run)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL), second = ordered(&b, "周试算", "槐安里2号楼");
    struct { struct sv left_with, note; } left = { SV_INIT("门卫老张"), SV_INIT("") };
    struct meal_run run = made(&b);
    bool found;
    struct meal_stop s = meal_stop_of(&b, &o), t = meal_stop_of(&b, &second);
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
    struct { struct sv note; } tried = { SV_INIT("敲门、打电话都没人") };
    made(&b);
    struct meal_stop s = meal_stop_of(&b, &o);
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
    struct meal_stop s = meal_stop_of(&b, &o);
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

TEST_DB(a_meal_handed_over_may_be_signed_for_once_its_picture_is_there)
{
    struct bringing b = bringing_world();
    struct care_order o = ordered(&b, NULL, NULL);
    struct { struct sv signed_by; } wang = { SV_INIT("王秀英") };
    struct meal_run run = made(&b);
    struct meal_stop s = meal_stop_of(&b, &o);
    b.s.c->now = moment_at(MONDAY, 690);
    MUST_FAIL(b.s.c, at_door(&b, &b.s.manager, &s, "sign", &wang), ERR_CONFLICT, "step.not_now");
    MUST_GO(b.s.c, at_door(&b, &b.s.manager, &s, "hand", NULL));
    CHECK_INT(s.signed_by.len, 0);                       /* nobody must */
    MUST_GO(b.s.c, at_door(&b, &b.s.manager, &s, "sign", &wang));
    CHECK_TEXT(s.signed_by, "王秀英");
    CHECK_INT(s.signed_at.ms, b.s.c->now.ms);
    CHECK_INT(s.state, STOP_HANDED);
    MUST_GO(b.s.c, meal_stop_entity.filed(b.s.c, &s, SV("ab12"), SV("image/png")));
    s = meal_stop_of(&b, &o);
    CHECK_INT(s.papers, 1);
    MUST_FAIL(b.s.c, at_door(&b, &b.s.manager, &s, "sign", &wang), ERR_CONFLICT, "delivery.signed");
    struct meal_run after;
    bool found;
    MUST_GO(b.s.c, entity_load(b.s.c, &meal_run_entity, run.id.n, &after, &found));
    CHECK_INT(after.open, 0);
}
