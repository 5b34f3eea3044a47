/* town_test.c - a small town for the tests of entities. */

#include "care/division/town_test.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/signal/signal.h"

#include "care/account/account.h"
#include "care/agreement/agreement.h"
#include "care/carer/staff.h"
#include "care/calendar/calendar.h"
#include "care/compound/compound.h"
#include "care/consent/consent.h"
#include "care/fact/fact.h"
#include "care/household/household.h"
#include "care/intake/intake.h"
#include "care/message/message.h"
#include "care/notice/notice.h"
#include "care/office/office.h"
#include "care/parameter/parameter.h"
#include "care/proposal/proposal.h"
#include "care/rating/rating.h"
#include "care/verify/verify.h"
#include "care/visit/visit.h"
#include "http/http.h"

static const struct module *const town_modules[] = {
    &division_module,
    &calendar_module,
    &parameter_module,
    &review_module,
    &organisation_module,
    &compound_module,
    &place_module,
    &account_module,
    &elder_module,
    &household_module,
    &family_module,
    &message_module,
    &agreement_module,
    &consent_module,
    &verify_module,
    &fact_module,
    &proposal_module,
    &carer_module,
    &staff_module,
    &catalogue_module,
    &offer_module, &meal_module, &delivery_module, &kitchen_module,
    &order_module,
    &visit_module,
    &signal_module,
    &rating_module,
    &notice_module,
    &intake_module,
    &office_module,
    &http_module,
    NULL,
};

struct division town_division(struct ctx *c, const char *name, enum division_level level,
                              const struct division *parent, const char *official)
{
    struct division d;
    record_clear(division_fields, &d);
    d.name = sv_of(name);
    d.level = (int)level;
    d.parent = parent ? parent->id : (struct division_id){ 0 };
    d.official_code = sv_of(official);
    d.lat.e7 = 305000000;
    d.lon.e7 = 1145000000;
    d.boundary.json = SV("{\"type\":\"Polygon\",\"coordinates\":[[[114.49,30.49],[114.51,30.49],"
                         "[114.51,30.51],[114.49,30.51],[114.49,30.49]]]}");
    MUST_GO(c, entity_create(c, &division_entity, &d));
    return d;
}

struct town town_world(void)
{
    struct town t = { .c = house_world(town_modules) };
    t.province = town_division(t.c, "示例省", DIVISION_PROVINCE, NULL, "99");
    t.city = town_division(t.c, "云汀市", DIVISION_CITY, &t.province, "9901");
    t.district = town_division(t.c, "安澜区", DIVISION_DISTRICT, &t.city, "990101");
    t.street = town_division(t.c, "柳荫街道", DIVISION_STREET, &t.district, "990101001");
    t.community = town_division(t.c, "东堤社区", DIVISION_COMMUNITY, &t.street, "990101001001");
    return t;
}
