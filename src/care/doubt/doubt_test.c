/* doubt_test.c - how doubtful a visit is, who settles it, and what the month bills. */

#include "care/doubt/doubt.h"
#include "care/order/order_world_test.h"

/* A bath on Monday, done by 李梅 from then so many minutes long, signed in there. */
static struct visit visit_from(struct station *s, int start_min, int minutes,
                               struct arrive_input spot)
{
    struct order_new n = station_order(s, &s->bath_offer, start_min);
    struct assign_input mei = { s->mei.id };
    struct care_order o;
    struct visit v;
    bool found;
    struct moment before = s->c->now;
    MUST_GO(s->c, station_place(s, &s->citizen, &n, &o));
    s->c->who = &s->manager;
    MUST_GO(s->c, entity_act(s->c, &care_order_entity, o.id.n, 1, SV("accept"), NULL, &o));
    MUST_GO(s->c, entity_act(s->c, &care_order_entity, o.id.n, 2, SV("assign"), &mei, &o));
    MUST_GO(s->c, order_visit_of(s->c, &o, &v, &found));
    s->c->now = moment_at(day_civil(2026, 11, 23), start_min);
    MUST_GO(s->c, entity_act(s->c, &visit_entity, v.id.n, v.row.version, SV("arrive"),
                             &spot, &v));
    s->c->now.ms += minutes * 60000;
    MUST_GO(s->c, entity_act(s->c, &visit_entity, v.id.n, v.row.version, SV("finish"),
                             &(struct finish_input){ SV(""), RESULT_WELL }, &v));
    s->c->now = before;
    return v;
}

/* The same without any place. */
static struct visit done_visit(struct station *s, int start_min, int minutes)
{
    return visit_from(s, start_min, minutes, (struct arrive_input){ { 0 }, { 0 } });
}

static struct visit_check check_of(struct station *s)
{
    struct page page;
    int64_t n;
    s->c->who = &who_house;
    MUST_GO(s->c, doubt_run(s->c, s->org.id, day_civil(2026, 11, 1), day_civil(2026, 11, 30), &n));
    MUST_GO(s->c, entity_list(s->c, &visit_check_entity, &(struct query){ .size = 5 }, &page));
    CHECK_INT(page.n, 1);
    return ((const struct visit_check *)page.rows)[0];
}

static void proof_put(struct station *s, const struct visit *v, enum proof_why why)
{
    s->c->who = &who_house;
    MUST_GO(s->c, proof_add(s->c, v, why, 0, 0));
}

TEST_DB(a_visit_of_the_whole_length_is_clear)
{
    struct station s = station_world();
    done_visit(&s, 540, 60);
    struct visit_check k = check_of(&s);
    CHECK_INT(k.state, DOUBT_CLEAR);
    CHECK_INT(k.reasons.bits, 0);
}

TEST_DB(a_photo_used_before_and_a_short_visit_are_doubtful_and_a_code_outweighs)
{
    struct station s = station_world();
    struct visit v = done_visit(&s, 540, 20);
    proof_put(&s, &v, WHY_PHOTO_SEEN);
    struct visit_check k = check_of(&s);
    CHECK_INT(k.state, DOUBT_DOUBTFUL);
    CHECK(k.reasons.bits >> DOUBT_PHOTO & 1);
    CHECK(k.reasons.bits >> DOUBT_SHORT & 1);
    int64_t was = k.score;
    proof_put(&s, &v, WHY_CODE_OK);
    CHECK_INT(check_of(&s).score, was - 30 - 30);    /* its weight, and something speaks for it */
}

/* Two more homes signed in within the same minute, so far apart: is the visit's check told so? */
static bool told_together(int64_t apart_e7)
{
    struct station s = station_world();
    struct arrive_input spot = { { 310000001 }, { 1210000001 } };
    struct visit v = visit_from(&s, 540, 60, spot);
    struct visit others[2] = { v, v };
    for (int i = 0; i < 2; i++) {
        others[i].id.n += 2 * (i + 1);
        others[i].care_order.n += 2 * (i + 1);
        others[i].state = VISIT_PLANNED;
        others[i].arrived_lat.e7 += apart_e7;
    }
    s.c->who = &who_house;
    MUST_GO(s.c, entity_bulk(s.c, &visit_entity, others, 2));
    return check_of(&s).reasons.bits >> DOUBT_TOGETHER & 1;
}

TEST_DB(homes_signed_in_at_one_spot_at_once_are_doubtful)
{
    CHECK(told_together(0));
}

TEST_DB(homes_signed_in_apart_are_not)
{
    CHECK(!told_together(20000));
}

/* The manager speaks first, another judges; after that the score moves nothing. */
TEST_DB(the_manager_explains_and_another_accepts)
{
    struct station s = station_world();
    struct visit v = done_visit(&s, 540, 20);
    proof_put(&s, &v, WHY_PHOTO_SEEN);
    struct visit_check k = check_of(&s), in = { .explained = SV("手机照片重复上传") };
    s.c->who = &s.manager;
    s.c->reason = SV("自己认可");
    CHECK(entity_act(s.c, &visit_check_entity, k.id.n, k.row.version, SV("accept"), NULL, &k)
          != ERR_NONE);
    ctx_forgive(s.c);
    MUST_GO(s.c, entity_act(s.c, &visit_check_entity, k.id.n, k.row.version, SV("explain"), &in,
                            &k));
    s.c->who = &s.staff;
    s.c->reason = SV("已核对签字单");
    MUST_GO(s.c, entity_act(s.c, &visit_check_entity, k.id.n, k.row.version, SV("accept"), NULL,
                            &k));
    CHECK_INT(k.state, DOUBT_ACCEPTED);
    proof_put(&s, &v, WHY_SIGNATURE_SEEN);
    CHECK_INT(check_of(&s).state, DOUBT_ACCEPTED);
}

TEST_DB(another_station_reads_none_of_it)
{
    struct station s = station_world();
    struct visit_check k, seen;
    done_visit(&s, 540, 60);
    k = check_of(&s);
    s.c->who = &s.other_manager;
    CHECK_INT(entity_get(s.c, &visit_check_entity, k.id.n, &seen), ERR_MISSING);
    ctx_forgive(s.c);
}
