/* knowledge_test.c - an answer is published by another person and counts until its day. */

#include "care/knowledge/knowledge.h"
#include "care/order/order_world_test.h"
#include "care/review/review.h"

TEST_DB(an_answer_is_published_by_another_and_then_has_a_day)
{
    struct station s = station_world();
    struct division d;
    struct knowledge_item k;
    struct who writer = s.staff, boss = s.staff;
    record_clear(division_fields, &d);
    d.id.n = 77;
    d.row.scope = INT64_C(990101001000);
    d.name = SV("柳荫街道");
    d.level = DIVISION_STREET;
    MUST_GO(s.c, entity_bulk(s.c, &division_entity, &d, 1));
    writer.role = boss.role = ROLE_STREET_OFFICER;
    boss.account = 31;
    record_clear(knowledge_item_fields, &k);
    k.question = SV("80岁吃饭有补贴吗");
    k.answer = SV("符合条件的每天补一次");
    k.keywords = SV("补贴,吃饭");
    k.division.n = 77;
    s.c->who = &writer;
    MUST_GO(s.c, entity_create(s.c, &knowledge_item_entity, &k));
#define ACT(who_, name) \
    (s.c->who = &(who_), entity_act(s.c, &knowledge_item_entity, k.id.n, k.row.version, \
                                    SV(name), NULL, &k))
    MUST_GO(s.c, ACT(writer, "submit"));
    MUST_FAIL(s.c, ACT(writer, "publish"), ERR_FORBIDDEN, "review.own");
    CHECK(!day_known(k.expires_on));
    MUST_GO(s.c, ACT(boss, "publish"));
    CHECK_INT(k.verified_on.n, day_of(s.c->now).n);
    CHECK_INT(k.expires_on.n, day_of(s.c->now).n + 180);
    s.c->now.ms += 200 * MS_A_DAY;                  /* past its day: looked at again, it counts */
    MUST_GO(s.c, ACT(writer, "verify"));
    CHECK_INT(k.expires_on.n, day_of(s.c->now).n + 180);
    MUST_FAIL(s.c, ACT(s.manager, "withdraw"), ERR_MISSING, "entity.missing");
#undef ACT
}
