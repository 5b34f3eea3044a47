/* order_world_test.c - the small station that the tests of orders and visits share. */

#include "care/order/order_world_test.h"
#include "care/chain/chain.h"
#include "care/counter/counter.h"
#include "care/dispatch/dispatch.h"
#include "care/doubt/doubt.h"
#include "care/payment/payment.h"
#include "care/search/search.h"
#include "care/signal/signal.h"

#include "care/adviser/adviser.h"
#include "care/agreement/agreement.h"
#include "care/calendar/calendar.h"
#include "care/carer/staff.h"
#include "care/catalogue/catalogue.h"
#include "care/compound/compound.h"
#include "care/fact/fact.h"
#include "care/family/family.h"
#include "care/delivery/delivery.h"
#include "care/errand/errand.h"
#include "care/pair/pair.h"
#include "care/escort/escort.h"
#include "care/inspection/inspection.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/message/message.h"
#include "care/wechat/wechat.h"
#include "care/open311/open311.h"
#include "care/organisation/organisation.h"
#include "care/package/package.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"
#include "care/proof/door_code.h"
#include "care/mood/mood.h"
#include "care/quota/quota.h"
#include "care/rating/rating.h"
#include "care/recipient/recipient.h"
#include "care/figure/figure.h"
#include "care/remind/remind.h"
#include "care/request/request.h"
#include "care/verify/verify.h"
#include "care/centre/centre.h"
#include "care/lead/lead.h"
#include "care/gathering/gathering.h"
#include "care/ghost/ghost.h"
#include "care/survey/survey.h"
#include "care/knowledge/knowledge.h"
#include "care/standing/pause.h"
#include "care/standing/standing.h"
#include "care/sync/sync.h"
#include "care/told/told.h"

static const struct module *const order_modules[] = {
    &division_module,
    &calendar_module,
    &parameter_module,
    &review_module,
    &organisation_module,
    &place_module,
    &compound_module,
    &elder_module, &fact_module,
    &family_module,
    &carer_module,
    &staff_module,
    &agreement_module,
    &catalogue_module,
    &offer_module,
    &meal_module, &delivery_module, &kitchen_module, &inspection_module,
    &order_module, &pair_module,
    &quota_module,
    &mood_module,
    &errand_module, &escort_module, &consent_module,
    &standing_module,
    &package_module,
    &pause_module,
    &gathering_module,
    &centre_module,
    &lead_module,
    &visit_module,
    &dispatch_module,
    &signal_module,
    &payment_module,
    &counter_module,
    &chain_module,
    &told_module,
    &doubt_module,
    &adviser_module,
    &search_module,
    &request_module,
    &open311_module,
    &request_my_module,
    &message_module,
    &wechat_module,
    &remind_module,
    &ghost_module,
    &survey_module,
    &knowledge_module,
    &figure_module, &recipient_module,
    &verify_module,
    &carer_day_module,
    &sync_module,
    &door_code_module,
    &proof_module,
    &rating_module,
    NULL,
};

enum { HERE = 1 };
#define SCOPE INT64_C(990101001001)

static struct catalogue_item item(struct ctx *c, const char *name, int category, int skill,
                                  bool home)
{
    struct catalogue_item k;
    record_clear(catalogue_item_fields, &k);
    k.row.scope = SCOPE;
    k.name = k.plain_name = sv_of(name);
    k.category = category;
    k.skill = skill;
    k.at_home = home;
    k.duration_min = home ? 60 : 0;
    MUST_GO(c, entity_create(c, &catalogue_item_entity, &k));
    return k;
}

static struct organisation org(struct ctx *c, const char *name)
{
    struct organisation o;
    record_clear(organisation_fields, &o);
    o.row.scope = SCOPE;
    o.name = sv_of(name);
    o.kind = ORG_STATION;
    o.state = REVIEW_PUBLISHED;
    o.id.n = id_make(c->now.ms, 9, HERE + name[0]);
    MUST_GO(c, entity_bulk(c, &organisation_entity, &o, 1));
    return o;
}

static struct offer offer(struct ctx *c, struct organisation_id at, struct catalogue_item_id what,
                          int64_t fen, int64_t capacity)
{
    struct offer o;
    record_clear(offer_fields, &o);
    o.row.scope = SCOPE;
    o.org = at;
    o.item = what;
    o.name = SV("服务");
    o.price.fen = fen;
    o.capacity = capacity;
    o.lead_min = 60;
    o.week = SV("Mo-Sa 08:00-12:00/60");
    o.state = REVIEW_PUBLISHED;
    o.id.n = id_make(c->now.ms, 10, fen % 4096);
    MUST_GO(c, entity_bulk(c, &offer_entity, &o, 1));
    return o;
}

static struct carer carer(struct ctx *c, struct organisation_id at, const char *name, int gender,
                          uint64_t skills)
{
    struct carer a;
    record_clear(carer_fields, &a);
    a.row.scope = SCOPE;
    a.org = at;
    a.name = sv_of(name);
    a.gender = gender;
    a.skills.bits = skills;
    MUST_GO(c, entity_create(c, &carer_entity, &a));
    return a;
}

static struct elder elder(struct ctx *c)
{
    struct elder e;
    record_clear(elder_fields, &e);
    e.row.scope = SCOPE;
    e.id.n = id_make(c->now.ms, 11, HERE);
    e.name = SV("王秀英");
    e.birth = day_civil(1946, 3, 1);
    e.gender = GENDER_FEMALE;
    e.phone = SV("10012345678");
    e.address = SV("槐安里3号楼2单元401");
    e.flags.bits = UINT64_C(1) << FLAG_MINIMUM_INCOME | UINT64_C(1) << FLAG_LIVING_ALONE;
    e.account.n = 70;
    MUST_GO(c, entity_bulk(c, &elder_entity, &e, 1));
    return e;
}

struct station station_world(void)
{
    struct ctx *c = house_world(order_modules);
    MUST_GO(c, db_begin(c));                         /* as a request: the test is one transaction */
    struct station s = { .c = c, .org = org(c, "A站"), .other_org = org(c, "B站") };
    s.bath = item(c, "上门助浴", CATEGORY_BATH, SKILL_BATH, true);
    s.lunch = item(c, "午餐", CATEGORY_MEAL, SKILL_NONE, false);
    s.bath_offer = offer(c, s.org.id, s.bath.id, 8000, 2);
    s.lunch_offer = offer(c, s.org.id, s.lunch.id, 1500, 30);
    s.mei = carer(c, s.org.id, "李梅", GENDER_FEMALE, 1 << SKILL_BATH);
    s.gang = carer(c, s.org.id, "赵刚", GENDER_MALE, 1 << SKILL_CLEAN);
    s.wang = elder(c);
    s.manager = (struct who){ .account = 20, .role = ROLE_STATION_MANAGER, .org = s.org.id.n };
    s.other_manager =
        (struct who){ .account = 21, .role = ROLE_STATION_MANAGER, .org = s.other_org.id.n };
    s.citizen = (struct who){ .account = 70, .role = ROLE_CITIZEN };
    s.stranger = (struct who){ .account = 71, .role = ROLE_CITIZEN };
    s.staff = (struct who){ .account = 30, .role = ROLE_COMMUNITY_WORKER, .ranges_n = 1,
                            .ranges = { { 990101001000, 990101001999 } } };
    return s;
}

struct place station_place_row(struct station *s, const struct organisation *org, int kind,
                               const char *name, int nth)
{
    struct place p;
    record_clear(place_fields, &p);
    p.row.scope = org->row.scope;
    p.id.n = id_make(s->c->now.ms, 12, nth);
    p.org = org->id;
    p.name = sv_of(name);
    p.kind = kind;
    p.state = REVIEW_PUBLISHED;
    MUST_GO(s->c, entity_bulk(s->c, &place_entity, &p, 1));
    return p;
}

struct order_new station_order(const struct station *s, const struct offer *o, int start_min)
{
    struct buf key = buf_new(test_mem(), 16);
    slot_key_write(&key, (struct slot_key){ day_civil(2026, 11, 23), start_min });
    return (struct order_new){ .offer = o->id, .slot = buf_sv(&key), .elder = s->wang.id };
}

enum err station_place(struct station *s, const struct who *who, const struct order_new *n,
                       struct care_order *ret_order)
{
    const struct who *before = s->c->who;
    s->c->who = who;
    struct price price;
    enum err e = order_place(s->c, n, ret_order, &price);
    s->c->who = before;
    return e;
}

void station_rule(struct station *s, const char *name, const char *value)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = sv_of(name);
    p.value = sv_of(value);
    p.valid_from = day_civil(2026, 1, 1);
    p.valid_to = DAY_NONE;
    p.source = SV("试行");
    MUST_GO(s->c, entity_bulk(s->c, &parameter_entity, &p, 1));
}
