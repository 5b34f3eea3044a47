/* plan_test.c - a sitting dealt out to who is at hand: what holds, what is kept, what is left. */

#include "care/delivery/bringing_test.h"
#include "store/build.h"

enum { HOMES = 14 };

struct lunches { struct bringing b; struct care_order order[HOMES]; };

static struct lunches lunches_ordered(int n)
{
    struct lunches l = { .b = bringing_world() };
    for (int i = 0; i < n; i++) {
        struct sv where = sv_fmt(test_mem(), "槐安里%d号楼%d单元10%d%c", 1 + i / 3, 1 + i % 3, i % 9,
                                 '\0');
        l.order[i] = ordered(&l.b, "周试算", where.at);
    }
    l.b.s.c->who = &who_house;             /* nobody of a world that goes with this frame */
    return l;
}

static enum err hand_add(struct lunches *l, const struct carer *a, int64_t boxes, int64_t from,
                         struct meal_bringer *ret)
{
    record_clear(meal_bringer_fields, ret);
    ret->place = l->b.place.id;
    ret->day = MONDAY;
    ret->sitting = SITTING_LUNCH;
    ret->carer.n = a ? a->id.n : 0;
    ret->name = a ? SV("") : SV("周志愿");
    ret->boxes = boxes;
    ret->from_min = from;
    l->b.s.c->who = &l->b.s.manager;
    return entity_create(l->b.s.c, &meal_bringer_entity, ret);
}

static struct runs_made planned(struct lunches *l)
{
    struct run_asked in = { l->b.place.id, MONDAY, SITTING_LUNCH };
    struct runs_made made;
    l->b.s.c->who = &l->b.s.manager;
    MUST_GO(l->b.s.c, run_make(l->b.s.c, &in, &made));
    return made;
}

static size_t runs_of(struct lunches *l, struct meal_run *ret, size_t room)
{
    struct ctx *c = l->b.s.c;
    int64_t ids[32];
    size_t n = 0;
    bool found;
    struct build q = build_new(c);
    build_sql(&q, "SELECT id FROM meal_run WHERE state <> 'dropped'"
                  " ORDER BY leave_min, id LIMIT 32");
    struct rows r = build_rows(c, &q);
    while (n < room && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    MUST_GO(c, rows_end(&r));
    for (size_t i = 0; i < n; i++)
        MUST_GO(c, entity_load(c, &meal_run_entity, ids[i], &ret[i], &found));
    return n;
}

/* Every order is at one door; no run carries too much, and nobody is in two at once. */
static void check_round(struct lunches *l, int orders)
{
    struct meal_run runs[32];
    size_t n = runs_of(l, runs, 32);
    int64_t portions = 0;
    for (int i = 0; i < orders; i++) {
        struct meal_stop s = meal_stop_of(&l->b, &l->order[i]);
        CHECK_INT(s.state, STOP_PLANNED);
        CHECK(s.at_min >= 660 && s.at_min <= 720 + 30);
    }
    for (size_t i = 0; i < n; i++) {
        CHECK(runs[i].portions <= runs[i].boxes);
        CHECK_INT(runs[i].open, runs[i].stops);
        CHECK(runs[i].back_min > runs[i].leave_min);
        portions += runs[i].portions;
        for (size_t k = 0; k < i; k++)
            CHECK(runs[k].bringer.n != runs[i].bringer.n ||
                  runs[i].leave_min >= runs[k].back_min + 4);
    }
    CHECK_INT(portions, orders);
}

TEST_DB(two_who_carry_five_each_go_out_twice)
{
    struct lunches l = lunches_ordered(HOMES);
    struct meal_bringer mei, gang;
    struct meal_run runs[8];
    MUST_GO(l.b.s.c, hand_add(&l, &l.b.s.mei, 5, 640, &mei));
    MUST_GO(l.b.s.c, hand_add(&l, NULL, 5, 640, &gang));
    struct runs_made made = planned(&l);
    CHECK_INT(made.left_out, 0);
    CHECK(made.runs >= 3);
    check_round(&l, HOMES);
    made = planned(&l);                                  /* the same runs once more */
    CHECK_INT(runs_of(&l, runs, 8), made.runs);
    check_round(&l, HOMES);
    CHECK_INT(runs[0].carer.n == l.b.s.mei.id.n || runs[0].bringer.n == gang.id.n, true);
}

TEST_DB(what_is_locked_stays_and_keeps_her_busy)
{
    struct lunches l = lunches_ordered(10);
    struct ctx *c = l.b.s.c;
    struct meal_bringer mei;
    MUST_GO(c, hand_add(&l, &l.b.s.mei, 5, 640, &mei));
    struct meal_run first = planned(&l).first;
    MUST_GO(c, entity_act(c, &meal_run_entity, first.id.n, first.row.version, SV("lock"), NULL,
                          &first));
    l.order[10] = ordered(&l.b, "郑试算", "槐安里9号楼1单元101");
    struct runs_made made = planned(&l);
    CHECK(made.first.id.n != first.id.n);
    bool found;
    struct meal_run now;
    MUST_GO(c, entity_load(c, &meal_run_entity, first.id.n, &now, &found));
    CHECK_INT(now.stops, first.stops);
    CHECK_INT(now.leave_min, first.leave_min);
    CHECK_INT(meal_stop_of(&l.b, &l.order[10]).state, STOP_PLANNED);
    check_round(&l, 11);
    MUST_FAIL(c, entity_act(c, &meal_run_entity, now.id.n, now.row.version, SV("lock"), NULL, &now),
              ERR_CONFLICT, "delivery.locked");
}

TEST_DB(what_nobody_can_bring_in_time_is_left_and_joins_when_one_more_comes)
{
    struct lunches l = lunches_ordered(HOMES);
    struct ctx *c = l.b.s.c;
    struct meal_bringer mei, gang;
    MUST_GO(c, hand_add(&l, &l.b.s.mei, 4, 725, &mei));
    struct runs_made made = planned(&l);
    CHECK(made.left_out > 0);
    int64_t left = 0;
    for (int i = 0; i < HOMES; i++)
        left += meal_stop_of(&l.b, &l.order[i]).id.n == 0;
    CHECK_INT(left, made.left_out);
    MUST_GO(c, hand_add(&l, &l.b.s.gang, 10, 640, &gang));
    CHECK_INT(planned(&l).left_out, 0);
    check_round(&l, HOMES);
    MUST_FAIL(c, hand_add(&l, &l.b.s.gang, 10, 640, &gang), ERR_CONFLICT, "delivery.bringer_twice");
}

static enum err move(struct lunches *l, const struct care_order *o, struct meal_run_id to,
                     int64_t seq)
{
    struct move_asked in = { o->id, to, seq };
    struct request q = { .body = &in };
    struct answer a = { .body = buf_new(test_mem(), 2048) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    return delivery_move_post(l->b.s.c, &q, &a);
}

TEST_DB(a_door_goes_to_another_run_by_hand_and_its_times_follow)
{
    struct lunches l = lunches_ordered(6);
    struct ctx *c = l.b.s.c;
    struct meal_bringer mei, gang;
    struct meal_run runs[8];
    MUST_GO(c, hand_add(&l, &l.b.s.mei, 3, 640, &mei));
    MUST_GO(c, hand_add(&l, &l.b.s.gang, 3, 640, &gang));
    planned(&l);
    CHECK_INT(runs_of(&l, runs, 8), 2);
    const struct care_order *o = &l.order[0];
    struct meal_run *to = meal_stop_of(&l.b, o).run.n == runs[0].id.n ? &runs[1] : &runs[0];
    MUST_GO(c, move(&l, o, to->id, 1));
    CHECK_INT(meal_stop_of(&l.b, o).run.n, to->id.n);
    CHECK_INT(meal_stop_of(&l.b, o).seq, 1);
    CHECK_INT(runs_of(&l, runs, 8), 2);
    CHECK_INT(runs[0].stops + runs[1].stops, 6);
    CHECK_INT(runs[0].over_boxes + runs[1].over_boxes, 1);   /* four, and she carries three */
    MUST_GO(c, move(&l, o, meal_stop_of(&l.b, o).run, 4));
    CHECK_INT(meal_stop_of(&l.b, o).seq, 4);
    for (int i = 1; i < 6; i++)
        MUST_GO(c, move(&l, &l.order[i], meal_stop_of(&l.b, o).run, 0));
    CHECK_INT(runs_of(&l, runs, 8), 1);                      /* the empty one is gone */
    CHECK_INT(runs[0].stops, 6);
    c->who = &l.b.s.other_manager;
    CHECK(move(&l, o, runs[0].id, 1) != ERR_NONE);
    ctx_forgive(c);
}

TEST_DB(a_run_given_to_another_by_hand_is_hers)
{
    struct lunches l = lunches_ordered(4);
    struct ctx *c = l.b.s.c;
    struct meal_bringer mei;
    MUST_GO(c, hand_add(&l, &l.b.s.mei, 6, 640, &mei));
    struct meal_run run = planned(&l).first;
    struct { struct carer_id carer; } to = { l.b.s.gang.id };
    MUST_GO(c, entity_act(c, &meal_run_entity, run.id.n, run.row.version, SV("give"), &to, &run));
    CHECK(run.locked);
    CHECK_INT(run.carer.n, l.b.s.gang.id.n);
    struct run_asked in = { l.b.place.id, MONDAY, SITTING_LUNCH };
    struct runs_made made;
    MUST_FAIL(c, run_make(c, &in, &made), ERR_CONFLICT, "delivery.nothing");
}

TEST_DB(who_is_at_hand_is_checked)
{
    struct lunches l = lunches_ordered(1);
    struct ctx *c = l.b.s.c;
    struct meal_bringer b;
    record_clear(meal_bringer_fields, &b);
    b.place = l.b.place.id;
    b.day = MONDAY;
    b.sitting = SITTING_LUNCH;
    b.boxes = 5;
    b.from_min = 700;
    b.until_min = 650;
    c->who = &l.b.s.manager;
    CHECK_INT(entity_create(c, &meal_bringer_entity, &b), ERR_INVALID);
    CHECK_INT(c->fault.fields_n, 2);                         /* no name, and back too soon */
    ctx_forgive(c);
    b.name = SV("周志愿");
    b.until_min = 800;
    c->who = &l.b.s.other_manager;
    CHECK(entity_create(c, &meal_bringer_entity, &b) != ERR_NONE);
    ctx_forgive(c);
    c->who = &l.b.s.manager;
    MUST_GO(c, entity_create(c, &meal_bringer_entity, &b));
}

/* --- found by a reader, written by the writer --- */

static struct runs_found *found_now(struct lunches *l)
{
    struct run_asked in = { l->b.place.id, MONDAY, SITTING_LUNCH };
    struct runs_found *f;
    l->b.s.c->who = &l->b.s.manager;
    MUST_GO(l->b.s.c, run_find(l->b.s.c, &in, &f));
    return f;
}

static enum err written(struct lunches *l, const struct runs_found *f, struct runs_made *ret_made)
{
    struct run_asked in = { l->b.place.id, MONDAY, SITTING_LUNCH };
    l->b.s.c->who = &l->b.s.manager;
    return run_write(l->b.s.c, &in, f, ret_made);
}

static void refused_as_moved_on(struct lunches *l, const struct runs_found *f)
{
    struct runs_made made;
    struct meal_run runs[8];
    size_t before = runs_of(l, runs, 8);
    CHECK(written(l, f, &made) == ERR_CONFLICT);
    CHECK_TEXT(sv_of(l->b.s.c->fault.key), "delivery.moved_on");
    ctx_forgive(l->b.s.c);
    CHECK_INT(runs_of(l, runs, 8), before);
}

TEST_DB(a_plan_is_written_only_on_what_it_was_found_on)
{
    struct lunches l = lunches_ordered(4);
    struct meal_bringer one;
    struct meal_run runs[8];
    struct runs_made made;
    struct runs_found *f = found_now(&l);
    l.b.s.c->who = &who_house;
    l.order[4] = ordered(&l.b, "周试算", "槐安里9号楼1单元101");           /* one door more */
    refused_as_moved_on(&l, f);
    f = found_now(&l);
    MUST_GO(l.b.s.c, hand_add(&l, NULL, 10, 600, &one));               /* somebody at hand */
    refused_as_moved_on(&l, f);
    f = found_now(&l);
    MUST_GO(l.b.s.c, written(&l, f, &made));
    CHECK(made.runs >= 1 && made.left_out == 0);
    refused_as_moved_on(&l, f);                                        /* its runs are there now */
    CHECK_INT(runs_of(&l, runs, 8), made.runs);
}
