/* message_test.c - who hears of what, when, by which way, and what it says. */

#include "care/message/inside.h"
#include "care/message/message_world_test.h"

TEST(an_sms_has_seventy_characters_alone_and_sixty_seven_of_each_part)
{
    struct buf b = buf_new(test_mem(), 600);
    static const struct { int to; int64_t parts; } steps[] = { { 70, 1 }, { 71, 2 }, { 134, 2 },
                                                               { 135, 3 } };
    int n = 0;
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        for (; n < steps[i].to; n++)
            buf_text(&b, "字");
        CHECK_INT(text_fit(buf_sv(&b)).parts, steps[i].parts);
    }
    CHECK_INT(text_fit(SV("😀")).units, 2);
}

TEST(the_houses_own_texts_name_only_their_slots_and_fit)
{
    for (int i = 0; i < TELL_KINDS; i++) {
        const struct message_form *f = &message_forms[i];
        const char *const own[] = { f->sms, f->voice, f->wechat };
        CHECK(message_kinds[i].key && f->slots && f->sms);
        for (int way = 0; way < 3; way++)
            CHECK_INT(own[way] ? text_unknown_slot(sv_of(own[way]), f).len : 0, 0);
        struct sv whole = sv_fmt(test_mem(), "【一刻养老】%s", f->sms);
        CHECK(text_fit(text_sample(test_mem(), whole, f, true)).parts <= 3);
    }
}

TEST_DB(who_ordered_and_bound_family_hear_that_the_carer_came_each_once)
{
    struct told t = told_world();
    told_step(&t, "arrive", NULL);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 2);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 2);
    struct message_row m = told_last(&t, TELL_ARRIVED);
    CHECK_INT(m.way, WAY_SMS);
    CHECK_INT(m.care_order.n, t.order.id.n);
    CHECK(sv_find(m.text, SV("上门助浴")) >= 0);
    CHECK(sv_starts(m.text, SV("【一刻养老】")));
    CHECK(sv_find(m.text, SV("王秀英")) < 0);
}

TEST_DB(family_without_the_right_to_her_records_hears_nothing)
{
    struct told t = told_world();
    t.bond.may.bits = 1u << BOND_MAY_ORDER;
    MUST_GO(t.c, entity_update_by_rule(t.c, &bond_entity, &t.bond, t.bond.row.version, "change"));
    told_step(&t, "arrive", NULL);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 1);
    CHECK_INT(told_last(&t, TELL_ARRIVED).account.n, 70);
}

TEST_DB(who_cancels_is_not_told_that_it_is_cancelled)
{
    struct told t = told_world();
    struct reason_input why = { SV_INIT("不需要了") };
    t.c->who = &t.s.citizen;
    MUST_GO(t.c, entity_act(t.c, &care_order_entity, t.order.id.n, t.order.row.version,
                            SV("cancel"), &why, &t.order));
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_CANCELLED, MESSAGE_SENT), 1);
    CHECK_INT(told_last(&t, TELL_CANCELLED).account.n, 72);
}

TEST_DB(what_is_not_wanted_is_not_sent_and_the_row_says_so)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .off = { UINT64_C(1) << TELL_ARRIVED } });
    told_step(&t, "arrive", NULL);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_DROPPED), 1);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 1);
}

TEST_DB(a_code_and_nobody_met_cannot_be_switched_off)
{
    struct told t = told_world();
    struct message_choice m = { .account = { 70 }, .off = { UINT64_C(1) << TELL_NOT_MET } };
    MUST_FAULT(t.c, entity_create_by_rule(t.c, &message_choice_entity, &m), "choice.not_optional");
}

TEST_DB(she_who_wants_a_digest_gets_one_message_in_the_evening)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .digest = true });
    told_choose(&t, 72, (struct message_choice){ .digest = true });
    told_step(&t, "arrive", NULL);
    told_send(&t);
    t.c->now.ms += 30 * 60000;
    told_step(&t, "finish", &told_well);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_GATHERED), 2);
    told_job(&t, message_digest_job);
    CHECK_INT(told_count(&t, TELL_DIGEST, MESSAGE_WAITING), 0);          /* not before its hour */
    t.c->now = moment_at(day_of(t.c->now), 1201);
    told_job(&t, message_digest_job);
    told_job(&t, message_digest_job);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_DIGEST, MESSAGE_SENT), 2);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_DIGESTED), 2);
    struct message_row m = told_last(&t, TELL_DIGEST);
    CHECK(sv_find(m.text, SV("今天2件")) >= 0);
    CHECK(sv_find(m.text, SV("上门助浴")) >= 0);
}

TEST_DB(nobody_met_is_told_at_once_even_to_who_wants_a_digest_and_at_night)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .digest = true });
    t.c->now = moment_at(day_of(t.c->now), 1380);
    told_step(&t, "not_met", &told_nobody);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_NOT_MET, MESSAGE_SENT), 2);
}

TEST_DB(at_night_a_message_waits_for_the_morning)
{
    struct told t = told_world();
    t.c->now = moment_at(day_of(t.c->now), 1380);
    told_step(&t, "arrive", NULL);
    told_send(&t);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_WAITING), 2);
    struct message_row m = told_last(&t, TELL_ARRIVED);
    CHECK_INT(m.not_before.ms, moment_at((struct day){ day_of(t.c->now).n + 1 }, 420).ms);
    t.c->now = m.not_before;
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 2);
}

TEST_DB(her_own_quiet_hours_win)
{
    struct told t = told_world();
    told_choose(&t, 70, (struct message_choice){ .quiet_from = { true, 540 },
                                                 .quiet_to = { true, 660 } });
    told_step(&t, "arrive", NULL);
    told_send(&t);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_WAITING), 1);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 1);
}

TEST_DB(beyond_the_days_limit_the_rest_goes_to_the_digest)
{
    struct told t = told_world();
    told_parameter(&t, "message.daily_limit", "1");
    told_step(&t, "arrive", NULL);
    told_send(&t);
    t.c->now.ms += 30 * 60000;
    told_step(&t, "finish", &told_well);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_SENT), 2);
    CHECK_INT(told_count(&t, TELL_DONE, MESSAGE_GATHERED), 2);
}

TEST_DB(what_is_told_hours_late_is_no_news)
{
    struct told t = told_world();
    t.c->happened.ms = t.c->now.ms - 3 * 3600000;
    told_step(&t, "arrive", NULL);
    t.c->happened.ms = 0;
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_ARRIVED, MESSAGE_DROPPED), 2);
}

TEST_DB(the_way_follows_the_telephone_and_who_has_none_is_rung)
{
    struct told t = told_world();
    static const struct { const char *phone; int way; } ways[] = {
        { "10000000001", WAY_SMS }, { "01088880001", WAY_VOICE }, { "", WAY_CALL } };
    for (int i = 0; i < 3; i++) {
        MUST_GO(t.c, message_send(t.c, &(struct message_new){
            .kind = TELL_BOND_ASKED, .elder = t.s.wang.id, .to_elder = true,
            .phone = sv_of(ways[i].phone), .once = sv_fmt(test_mem(), "way/%d", i) }));
        CHECK_INT(told_last(&t, TELL_BOND_ASKED).way, ways[i].way);
    }
}

TEST_DB(a_secret_shows_as_dots_and_goes_out_whole)
{
    struct told t = told_world();
    struct message_row m;
    MUST_GO(t.c, message_send(t.c, &(struct message_new){
        .kind = TELL_CODE, .phone = SV("10000000009"), .once = SV("code/1"),
        .values = { { "code", SV("482915") }, { "minutes", SV("5") } } }));
    told_send(&t);
    m = told_last(&t, TELL_CODE);
    CHECK_INT(m.state, MESSAGE_SENT);
    CHECK(sv_find(m.text, SV("482915")) < 0);
    CHECK(sv_find(m.text, SV("••••")) >= 0);
    CHECK(sv_find(told_file(&t), SV("\"code\":\"482915\"")) >= 0);
    CHECK(sv_find(told_file(&t), SV("验证码482915")) >= 0);
}

TEST_DB(a_link_shows_one_event_counts_looks_and_ends)
{
    struct told t = told_world();
    told_step(&t, "arrive", NULL);
    told_send(&t);
    struct sv url = told_link(&t), token = sv_from(url, (size_t)sv_find(url, SV("/told/")) + 6);
    struct sv answer = told_open(&t, token);
    CHECK(sv_find(answer, SV("上门助浴")) >= 0);
    CHECK(sv_find(answer, SV("王秀英")) < 0);
    told_open(&t, token);
    struct message_row m = told_by_link(&t, token);
    CHECK_INT(m.looks, 2);
    CHECK(moment_known(m.looked_at));
    t.c->now.ms = m.link_until.ms + 1;
    CHECK_INT(told_open_fails(&t, token), ERR_MISSING);
    CHECK_INT(told_open_fails(&t, SV("nonsense")), ERR_MISSING);
}

TEST_DB(tomorrow_is_told_once_to_family_and_to_her_by_voice_if_she_wants)
{
    struct told t = told_world();
    t.c->now = moment_at((struct day){ t.order.day.n - 1 }, 1020);
    told_job(&t, message_tomorrow_job);
    told_job(&t, message_tomorrow_job);
    told_send(&t);
    CHECK_INT(told_count(&t, TELL_TOMORROW, MESSAGE_SENT), 2);
}
