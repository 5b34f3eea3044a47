/* template_test.c - texts that fit, are seen by two people, and follow one another. */

#include "care/message/message_world_test.h"

static struct message_template draft(int kind, int way, const char *text)
{
    struct message_template t;
    record_clear(message_template_fields, &t);
    t.kind = kind;
    t.way = way;
    t.text = sv_of(text);
    return t;
}

static const struct who writer = { .account = 40, .role = ROLE_DISTRICT_OFFICER, .ranges_n = 1,
                                   .ranges = { { 990101000000, 990101999999 } } };
static const struct who reviewer = { .account = 41, .role = ROLE_DIRECTOR, .ranges_n = 1,
                                     .ranges = { { 990101000000, 990101999999 } } };

static enum err make(struct told *t, struct message_template *d)
{
    t->c->who = &writer;
    return entity_create(t->c, &message_template_entity, d);
}

static void take(struct told *t, const struct who *who, struct message_template *d,
                 const char *action)
{
    t->c->who = who;
    MUST_GO(t->c, entity_act(t->c, &message_template_entity, d->id.n, d->row.version,
                             sv_of(action), NULL, d));
}

TEST_DB(a_text_that_does_not_fit_at_its_longest_is_not_stored)
{
    struct told t = told_world();
    struct message_template d = draft(TELL_ARRIVED, WAY_SMS, "{item}：上门的人{time}到了。{link}");
    d.parts_max = 1;
    MUST_FAULT(t.c, make(&t, &d), "template.parts");
    d.parts_max = 2;
    MUST_GO(t.c, make(&t, &d));
    CHECK_INT(d.parts, 2);
    CHECK(sv_starts(d.preview, SV("【一刻养老】上门助浴：上门的人09:12到了。")));
}

TEST_DB(a_slot_the_kind_does_not_have_is_named)
{
    struct told t = told_world();
    struct message_template d = draft(TELL_ARRIVED, WAY_SMS, "{name}的服务开始了");
    MUST_FAULT(t.c, make(&t, &d), "template.slot");
    d = draft(TELL_ARRIVED, WAY_WECHAT, "{item}{link}");
    MUST_FAULT(t.c, make(&t, &d), "template.wechat");
}

TEST_DB(another_publishes_and_the_version_before_gives_way)
{
    struct told t = told_world();
    struct message_template one = draft(TELL_DONE, WAY_SMS, "{item}已做完。{link}");
    struct message_template two = draft(TELL_DONE, WAY_SMS, "{time}{item}做好了。{link}");
    struct template_held held;
    MUST_GO(t.c, make(&t, &one));
    MUST_GO(t.c, make(&t, &two));
    CHECK_INT(two.number, 2);
    MUST_GO(t.c, template_held(t.c, TELL_DONE, WAY_SMS, &held));
    CHECK_INT(held.id.n, 0);                             /* a draft counts for nothing */
    take(&t, &writer, &one, "submit");
    MUST_FAIL(t.c, entity_act(t.c, &message_template_entity, one.id.n, one.row.version,
                              SV("publish"), NULL, &one), ERR_FORBIDDEN, "who.forbidden");
    take(&t, &reviewer, &one, "publish");
    take(&t, &writer, &two, "submit");
    take(&t, &reviewer, &two, "publish");
    MUST_GO(t.c, template_held(t.c, TELL_DONE, WAY_SMS, &held));
    CHECK_TEXT(held.text, "{time}{item}做好了。{link}");
}
