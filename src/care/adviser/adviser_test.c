/* adviser_test.c - notes with a day to ask again, and referrals that only who is asked answers. */

#include "care/adviser/adviser.h"
#include "care/order/order_world_test.h"

static struct adviser_note note_of(struct station *s)
{
    struct adviser_note n = { .elder = s->wang.id, .text = SV("想有人陪着洗澡"),
                              .needs = { UINT64_C(1) << CATEGORY_BATH },
                              .follow_on = { day_of(s->c->now).n + 7 } };
    s->c->who = &s->staff;
    MUST_GO(s->c, entity_create(s->c, &adviser_note_entity, &n));
    return n;
}

TEST_DB(a_note_needs_a_need_and_a_later_day)
{
    struct station s = station_world();
    struct adviser_note n = { .elder = s.wang.id, .text = SV("随便聊聊"),
                              .follow_on = { day_of(s.c->now).n + 7 } };
    s.c->who = &s.staff;
    MUST_FAULT(s.c, entity_create(s.c, &adviser_note_entity, &n), "adviser.needs");
    n = (struct adviser_note){ .elder = s.wang.id, .text = SV("随便聊聊"), .needs = { 1 },
                               .follow_on = day_of(s.c->now) };
    MUST_FAULT(s.c, entity_create(s.c, &adviser_note_entity, &n), "adviser.follow");
}

TEST_DB(what_was_heard_stands_under_what_was_heard_before)
{
    struct station s = station_world();
    struct adviser_note n = note_of(&s);
    struct { struct sv result; struct day follow_on; } in = { SV("女儿说再想想"),
                                                              { day_of(s.c->now).n + 14 } };
    MUST_GO(s.c, entity_act(s.c, &adviser_note_entity, n.id.n, n.row.version, SV("follow"), &in,
                            &n));
    CHECK_INT(n.followed, 1);
    CHECK_INT(n.follow_on.n, in.follow_on.n);
    in.result = SV("已签约助浴");
    in.follow_on = DAY_NONE;
    MUST_GO(s.c, entity_act(s.c, &adviser_note_entity, n.id.n, n.row.version, SV("close"), &in,
                            &n));
    CHECK_INT(n.state, NOTE_CLOSED);
    CHECK(sv_find(n.result, SV("再想想")) >= 0 && sv_find(n.result, SV("已签约")) >= 0);
}

TEST_DB(a_referral_is_answered_only_by_whom_it_asks)
{
    struct station s = station_world();
    struct adviser_note n = note_of(&s);
    struct referral r = { .note = n.id, .elder = s.wang.id, .org = s.org.id,
                          .why = SV("需要助浴，希望女护理员") };
    MUST_GO(s.c, entity_create(s.c, &referral_entity, &r));
    struct referral seen;
    s.c->who = &s.other_manager;
    CHECK_INT(entity_get(s.c, &referral_entity, r.id.n, &seen), ERR_MISSING);
    ctx_forgive(s.c);
    s.c->who = &s.manager;
    MUST_GO(s.c, entity_act(s.c, &referral_entity, r.id.n, r.row.version, SV("accept"), NULL, &r));
    struct { struct sv result; struct day follow_on; } done = { SV("周一开始"), DAY_NONE };
    MUST_GO(s.c, entity_act(s.c, &referral_entity, r.id.n, r.row.version, SV("finish"), &done, &r));
    CHECK_INT(r.state, REFERRAL_DONE);
    CHECK_TEXT(r.result, "周一开始");
}
