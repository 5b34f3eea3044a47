/* kitchen_test.c - portions fixed at the cut-off, and the hand-over from the central kitchen. */

#include "care/kitchen/van.h"
#include "care/order/order_world_test.h"
#include "care/signal/signal.h"
#include "store/build.h"

#define MONDAY day_civil(2026, 11, 23)

/* A meal point of organisation A, supplied by the kitchen of organisation B. */
struct supply { struct station s; struct place point, kitchen; struct offer offer; };

static struct supply supply_world(void)
{
    struct supply w = { .s = station_world() };
    struct meal_point m;
    w.point = station_place_row(&w.s, &w.s.org, PLACE_MEAL_POINT, "助餐点", 0);
    w.kitchen = station_place_row(&w.s, &w.s.other_org, PLACE_CENTRAL_KITCHEN,
                                  "配餐中心", 1);
    record_clear(meal_point_fields, &m);
    m.row.scope = w.point.row.scope;
    m.id.n = id_make(w.s.c->now.ms, 14, 1);
    m.place = w.point.id;
    m.org = w.s.org.id;
    m.kitchen = w.kitchen.id;
    m.state = REVIEW_PUBLISHED;
    MUST_GO(w.s.c, entity_bulk(w.s.c, &meal_point_entity, &m, 1));
    w.offer = w.s.lunch_offer;
    w.offer.id.n = id_make(w.s.c->now.ms, 13, 1);
    w.offer.place = w.point.id;
    MUST_GO(w.s.c, entity_bulk(w.s.c, &offer_entity, &w.offer, 1));
    return w;
}

static struct care_order lunch(struct supply *w, const struct who *who, uint64_t diets, int64_t n)
{
    struct care_order o;
    struct order_new in = station_order(&w->s, &w->offer, 660);
    in.elder.n = 0, in.for_name = SV("周试算"), in.for_phone = SV("10000000001");
    in.diets.bits = diets;
    in.quantity = n;
    MUST_GO(w->s.c, station_place(&w->s, who, &in, &o));
    return o;
}

static int64_t one_number(struct supply *w, const char *sql)
{
    struct build q = build_new(w->s.c);
    build_piece(&q, sql);
    struct rows r = build_rows(w->s.c, &q);
    int64_t n = rows_next(&r) ? rows_int(&r, 0) : -1;
    MUST_GO(w->s.c, rows_end(&r));
    return n;
}

#define FIXED "SELECT COALESCE(SUM(portions), 0) FROM kitchen_count"

TEST_DB(portions_are_fixed_once_and_late_ones_stand_beside)
{
    struct supply w = supply_world();
    lunch(&w, &w.s.citizen, 0, 2);
    struct care_order soft = lunch(&w, &w.s.citizen, 1 << DIET_SOFT, 1);
    struct reason_input why = { SV_INIT("不去了") };
    w.s.c->now = moment_at(MONDAY, 571);
    w.s.c->who = &who_house;
    MUST_GO(w.s.c, kitchen_fix_one(w.s.c, w.point.id, MONDAY, SITTING_LUNCH));
    CHECK_INT(one_number(&w, FIXED), 3);
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM kitchen_count"), 2);
    lunch(&w, &w.s.manager, 0, 1);                       /* at the counter */
    w.s.c->who = &w.s.citizen;
    MUST_GO(w.s.c, entity_act(w.s.c, &care_order_entity, soft.id.n, soft.row.version,
                              SV("cancel"), &why, &soft));
    w.s.c->who = &who_house;
    MUST_GO(w.s.c, kitchen_fix_one(w.s.c, w.point.id, MONDAY, SITTING_LUNCH));
    CHECK_INT(one_number(&w, FIXED), 3);
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM care_order WHERE late = 1"), 2);
}

static const struct json_value *board_at(struct supply *w, struct place_id place,
                                         const struct who *who, enum err *ret_err)
{
    struct kitchen_asked in = { place, MONDAY };
    struct request q = { .query = &in };
    struct answer a = { .body = buf_new(test_mem(), 2048) };
    const struct json_value *tree = NULL;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    w->s.c->who = who;
    *ret_err = kitchen_day_get(w->s.c, &q, &a);
    json_end(&a.json, '}');
    if (*ret_err == ERR_NONE)
        MUST_GO(w->s.c, json_parse(w->s.c, buf_sv(&a.body), &tree));
    return tree;
}

static const struct json_value *board(struct supply *w, const struct who *who, enum err *ret_err)
{
    return board_at(w, w->point.id, who, ret_err);
}

TEST_DB(the_board_says_now_at_the_cut_off_and_what_came_late)
{
    struct supply w = supply_world();
    enum err e;
    int64_t n;
    lunch(&w, &w.s.citizen, 0, 2);
    w.s.c->now = moment_at(MONDAY, 571);
    w.s.c->who = &who_house;
    MUST_GO(w.s.c, kitchen_fix_one(w.s.c, w.point.id, MONDAY, SITTING_LUNCH));
    lunch(&w, &w.s.manager, 0, 1);
    const struct json_value *at = json_member(board(&w, &w.s.manager, &e), "sittings")->first->next;
    CHECK_TEXT(json_member(at, "sitting")->text, "lunch");
    CHECK(json_whole(json_member(at, "now"), 0, 99, &n) && n == 3);
    CHECK(json_whole(json_member(at, "at_cut_off"), 0, 99, &n) && n == 2);
    CHECK_INT(json_member(at, "late")->n, 1);
    CHECK_TEXT(json_member(json_member(at, "late")->first, "what")->text, "added");
    board(&w, &w.s.other_manager, &e);
    CHECK_INT(e, ERR_MISSING);
    ctx_forgive(w.s.c);
}

TEST_DB(a_kitchen_that_feeds_points_cooks_what_they_ordered)
{
    struct supply w = supply_world();
    enum err e;
    int64_t n;
    lunch(&w, &w.s.citizen, 0, 2);
    lunch(&w, &w.s.citizen, 1 << DIET_SOFT, 1);
    const struct json_value *at =
        json_member(board_at(&w, w.kitchen.id, &w.s.other_manager, &e), "sittings")->first->next;
    CHECK_INT(e, ERR_NONE);
    CHECK(json_whole(json_member(at, "now"), 0, 99, &n) && n == 3);
    CHECK_INT(json_member(at, "lines")->n, 2);
    CHECK_INT(json_member(at, "points")->n, 1);
    const struct json_value *point = json_member(at, "points")->first;
    CHECK_TEXT(json_member(point, "name")->text, "助餐点");
    CHECK_TEXT(json_member(point, "diets_text")->text, "普通 2 · 软食 1");
    CHECK(json_whole(json_member(point, "now"), 0, 99, &n) && n == 3);
    at = json_member(board(&w, &w.s.manager, &e), "sittings")->first->next;
    CHECK_INT(json_member(at, "points")->n, 0);              /* the point itself supplies none */
    w.s.c->now = moment_at(MONDAY, 571);
    w.s.c->who = &who_house;
    MUST_GO(w.s.c, kitchen_fix_one(w.s.c, w.point.id, MONDAY, SITTING_LUNCH));
    lunch(&w, &w.s.manager, 0, 1);
    at = json_member(board_at(&w, w.kitchen.id, &w.s.other_manager, &e), "sittings")->first->next;
    point = json_member(at, "points")->first;
    CHECK(json_member(at, "fixed")->yes);
    CHECK(json_whole(json_member(point, "now"), 0, 99, &n) && n == 4);
    CHECK(json_whole(json_member(point, "at_cut_off"), 0, 99, &n) && n == 3);
    CHECK_TEXT(json_member(json_member(at, "late")->first, "place_name")->text, "助餐点");
}

static enum err planned(struct supply *w, const struct who *who)
{
    struct plan_asked in = { w->kitchen.id, MONDAY };
    struct request q = { .body = &in };
    struct answer a = { .body = buf_new(test_mem(), 256) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    w->s.c->who = who;
    return kitchen_plan_post(w->s.c, &q, &a);
}

static struct meal_batch batch(struct supply *w)
{
    struct meal_batch b;
    bool found;
    MUST_GO(w->s.c, entity_load(w->s.c, &meal_batch_entity,
                                one_number(w, "SELECT MAX(id) FROM meal_batch"), &b, &found));
    CHECK(found);
    return b;
}

struct hand { int64_t portions, temp; struct sv note; };

static enum err handed(struct supply *w, const struct who *who, struct meal_batch *b,
                       const char *action, struct hand in)
{
    w->s.c->who = who;
    return entity_act(w->s.c, &meal_batch_entity, b->id.n, b->row.version, sv_of(action), &in, b);
}

TEST_DB(a_batch_is_sent_by_the_kitchen_and_received_by_the_point)
{
    struct supply w = supply_world();
    lunch(&w, &w.s.citizen, 0, 5);
    CHECK_INT(planned(&w, &w.s.manager), ERR_MISSING);    /* not her kitchen */
    ctx_forgive(w.s.c);
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));     /* once more: the same batch */
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM meal_batch"), 1);
    struct meal_batch b = batch(&w);
    CHECK_INT(b.planned, 5);
    w.s.c->now = moment_at(MONDAY, 600);
    CHECK_INT(handed(&w, &w.s.manager, &b, "send", (struct hand){ 5, 700, SV("") }),
              ERR_FORBIDDEN);
    ctx_forgive(w.s.c);
    MUST_GO(w.s.c, handed(&w, &w.s.other_manager, &b, "send", (struct hand){ 5, 700, SV("") }));
    w.s.c->now = moment_at(MONDAY, 640);
    MUST_GO(w.s.c, handed(&w, &w.s.manager, &b, "receive", (struct hand){ 5, 652, SV("") }));
    CHECK_INT(b.faults.bits, 0);
    CHECK_INT(b.received_by.n, w.s.manager.account);
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM work_item"), 0);
}

TEST_DB(too_cold_too_late_or_too_few_is_somebodys_work)
{
    struct supply w = supply_world();
    lunch(&w, &w.s.citizen, 0, 5);
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));
    struct meal_batch b = batch(&w);
    w.s.c->now = moment_at(MONDAY, 540);
    MUST_GO(w.s.c, handed(&w, &w.s.other_manager, &b, "send", (struct hand){ 5, 600, SV("") }));
    CHECK_INT(b.faults.bits, 0);                         /* sixty degrees are just enough */
    w.s.c->now = moment_at(MONDAY, 661);
    MUST_GO(w.s.c, handed(&w, &w.s.manager, &b, "receive", (struct hand){ 4, 599, SV("") }));
    CHECK_INT(b.faults.bits, 1 << FAULT_COLD_RECEIVED | 1 << FAULT_LATE | 1 << FAULT_SHORT);
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM work_item WHERE kind = 'meal_batch'"), 1);
}

static struct meal_van van_add(struct supply *w, const struct who *who, int64_t boxes,
                               enum err want)
{
    struct meal_van v;
    record_clear(meal_van_fields, &v);
    v.kitchen = w->kitchen.id;
    v.name = SV("一号车");
    v.boxes = boxes;
    v.leave_lunch = 600;
    w->s.c->who = who;
    CHECK_INT(entity_create(w->s.c, &meal_van_entity, &v), want);
    ctx_forgive(w->s.c);
    return v;
}

TEST_DB(a_van_brings_the_batch_before_the_first_meal_or_says_why_not)
{
    struct supply w = supply_world();
    lunch(&w, &w.s.citizen, 0, 5);
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));
    CHECK(batch(&w).plan_note.len > 0);                  /* no van yet */
    van_add(&w, &w.s.manager, 50, ERR_INVALID);      /* a kitchen that is not hers */
    struct meal_van v = van_add(&w, &w.s.other_manager, 50, ERR_NONE);
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));
    struct meal_batch b = batch(&w);
    CHECK_INT(b.van.n, v.id.n);
    CHECK_INT(b.seq, 1);
    CHECK(b.leave_min >= 600 && b.at_min > b.leave_min && b.at_min <= 660);
    CHECK_INT(b.plan_note.len, 0);
    v.boxes = 4;
    MUST_GO(w.s.c, entity_update(w.s.c, &meal_van_entity, &v, v.row.version, "change"));
    MUST_GO(w.s.c, planned(&w, &w.s.other_manager));
    CHECK_INT(batch(&w).van.n, 0);                       /* five portions, room for four */
    CHECK(sv_starts(batch(&w).plan_note, SV("份数")));
}

/* The van's driver, of the kitchen's staff, with the batch planned onto it. */
static struct who driver_of(struct supply *w, struct carer *ret_driver)
{
    record_clear(carer_fields, ret_driver);
    ret_driver->row.scope = w->kitchen.row.scope;
    ret_driver->org = w->s.other_org.id;
    ret_driver->name = SV("周师傅");
    w->s.c->who = &who_house;
    MUST_GO(w->s.c, entity_create(w->s.c, &carer_entity, ret_driver));
    struct meal_van v = van_add(w, &w->s.other_manager, 50, ERR_NONE);
    v.driver_carer = ret_driver->id;
    MUST_GO(w->s.c, entity_update(w->s.c, &meal_van_entity, &v, v.row.version, "change"));
    MUST_GO(w->s.c, planned(w, &w->s.other_manager));
    return (struct who){ .account = 41, .role = ROLE_CARER, .org = w->s.other_org.id.n,
                         .carer = ret_driver->id.n };
}

static size_t taken_along(struct supply *w, const struct who *who)
{
    struct sync_row at[SYNC_ROWS_MAX];
    struct sync_rows rows = { at, 0 };
    w->s.c->who = who;
    MUST_GO(w->s.c, sync_own_rows(w->s.c, kitchen_forms[0].own, MONDAY, &rows));
    return rows.n;
}

TEST_DB(who_drives_notes_both_ends_on_the_telephone)
{
    struct supply w = supply_world();
    struct carer driver;
    lunch(&w, &w.s.citizen, 0, 5);
    struct who zhou = driver_of(&w, &driver);
    struct who mei = { .account = 40, .role = ROLE_CARER, .org = w.s.org.id.n,
                       .carer = w.s.mei.id.n };
    CHECK_INT(taken_along(&w, &zhou), 1);
    CHECK_INT(taken_along(&w, &mei), 0);
    struct meal_batch b = batch(&w);
    w.s.c->now = moment_at(MONDAY, 605);
    CHECK_INT(handed(&w, &mei, &b, "send", (struct hand){ 5, 700, SV("") }), ERR_MISSING);
    ctx_forgive(w.s.c);
    MUST_GO(w.s.c, handed(&w, &zhou, &b, "send", (struct hand){ 5, 700, SV("") }));
    CHECK_INT(b.sent_by.n, zhou.account);
    w.s.c->now = moment_at(MONDAY, 640);
    MUST_GO(w.s.c, handed(&w, &zhou, &b, "receive", (struct hand){ 5, 580, SV("站长签收") }));
    CHECK_INT(b.faults.bits, 1 << FAULT_COLD_RECEIVED);
    w.s.c->who = &who_house;
    CHECK_INT(one_number(&w, "SELECT COUNT(*) FROM work_item WHERE kind = 'meal_batch'"), 1);
}

TEST_DB(only_the_kitchens_own_staff_drives_its_van)
{
    struct supply w = supply_world();
    struct meal_van v = van_add(&w, &w.s.other_manager, 50, ERR_NONE);
    v.driver_carer = w.s.mei.id;
    w.s.c->who = &who_house;
    CHECK_INT(entity_update(w.s.c, &meal_van_entity, &v, v.row.version, "change"), ERR_INVALID);
    CHECK_TEXT(w.s.c->fault.fields[0].field, "driver_carer");
    ctx_forgive(w.s.c);
}
