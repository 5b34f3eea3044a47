/* page_test.c - one person's page, one organisation's page, and who is calling. */

#include "care/division/town_test.h"
#include "care/elder/elder.h"
#include "care/fact/fact.h"
#include "care/elder/page.h"
#include "care/family/family.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/organisation/page.h"
#include "care/parameter/parameter.h"
#include "care/rating/rating.h"
#include "care/visit/visit.h"
#include "care/signal/signal.h"

#include <stdlib.h>
#include <string.h>

static const struct module *const page_modules[] = {
    &division_module, &parameter_module, &organisation_module, &compound_module,
    &place_module,    &elder_module,     &fact_module,         &family_module,
    &carer_module,    &catalogue_module, &offer_module,
    &meal_module, &delivery_module, &kitchen_module,
    &order_module,
    &visit_module,    &signal_module,    &rating_module,       NULL,
};

static struct sv ask(struct ctx *c, const struct endpoint *of, const char *path, struct request q)
{
    struct answer a = { .body = buf_new(test_mem(), 512) };
    while (of->path && strcmp(of->path, path) != 0)
        of++;
    CHECK(of->path);
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(c, of->run(c, &q, &a));
    json_end(&a.json, '}');
    const struct json_value *tree;
    MUST_GO(c, json_parse(c, buf_sv(&a.body), &tree));
    return sv_copy(test_mem(), buf_sv(&a.body));
}

static struct request at(int64_t id)
{
    return (struct request){ .param = { sv_fmt(test_mem(), "%lld", (long long)id) } };
}

static bool says(struct sv text, const char *part)
{
    return sv_find(text, sv_of(part)) >= 0;
}

struct folk { struct ctx *c; struct division area; struct elder elder; };

static struct folk folk_world(void)
{
    struct folk f = { .c = house_world(page_modules) };
    struct contact child;
    f.area = town_division(f.c, "云汀市", DIVISION_CITY, NULL, "9901");
    record_clear(elder_fields, &f.elder);
    f.elder.name = SV("王秀英");
    f.elder.birth = day_civil(1946, 3, 7);
    f.elder.phone = SV("10012345678");
    f.elder.division = f.area.id;
    f.elder.address = SV("东堤社区 3 号楼 402");
    MUST_GO(f.c, entity_create(f.c, &elder_entity, &f.elder));
    record_clear(contact_fields, &child);
    child.elder = f.elder.id;
    child.name = SV("王小梅");
    child.phone = SV("100 8765 4321");
    MUST_GO(f.c, entity_create(f.c, &contact_entity, &child));
    f.c->who = officer_of(990100000000, 990199999999);
    return f;
}

struct call_asked { struct sv number; };

TEST_DB(a_number_leads_to_the_person_and_the_look_is_noted)
{
    struct folk f = folk_world();
    struct call_asked own = { SV("10012345678") }, child = { SV("+86 100-8765-4321") };
    struct call_asked nobody = { SV("10000000000") }, last = { SV("5678") };
    struct sv text = ask(f.c, elder_endpoints, "/api/call", (struct request){ .query = &own });
    CHECK(says(text, "\"kind\":\"elder\"") && says(text, "王秀英") && says(text, "402"));
    text = ask(f.c, elder_endpoints, "/api/call", (struct request){ .query = &child });
    CHECK(says(text, "\"kind\":\"contact\"") && says(text, "联系人电话"));
    struct sv same = ask(f.c, elder_endpoints, "/api/call", (struct request){ .query = &last });
    CHECK(says(same, "\"kind\":\"elder\""));
    text = ask(f.c, elder_endpoints, "/api/call", (struct request){ .query = &nobody });
    CHECK(says(text, "\"people\":[]"));
    text = ask(f.c, elder_endpoints, "/api/elder/{id}/page", at(f.elder.id.n));
    CHECK(says(text, "\"what\":\"call:name,address\""));
    f.c->who = officer_of(990200000000, 990299999999);         /* another city's */
    text = ask(f.c, elder_endpoints, "/api/call", (struct request){ .query = &own });
    CHECK(says(text, "\"people\":[]"));
}

TEST_DB(her_page_is_masked_and_holds_her_contacts_and_history)
{
    struct folk f = folk_world();
    struct sv text = ask(f.c, elder_endpoints, "/api/elder/{id}/page", at(f.elder.id.n));
    CHECK(says(text, "\"contacts\":[{"));
    CHECK(says(text, "\"orders\":[]"));
    CHECK(says(text, "\"history\":[{"));
    CHECK(!says(text, "王秀英") && !says(text, "楼 402") && !says(text, "10012345678"));
}

TEST_DB(an_assessor_records_a_grade_with_its_source)
{
    struct folk f = folk_world();
    struct elder given, after;
    struct request q = at(f.elder.id.n);
    struct who assessor = *officer_of(990100000000, 990199999999);
    assessor.role = ROLE_ASSESSOR;
    f.c->who = &assessor;
    record_clear(elder_fields, &given);
    given.grade = GRADE_MODERATE;
    given.grade_on = day_civil(2026, 11, 1);
    given.grade_source = SV("评估报告 2026-1");
    q.body = &given;
    q.if_match = SV("1");
    (void)ask(f.c, elder_endpoints, "/api/elder/{id}/grade", q);
    MUST_GO(f.c, entity_get(f.c, &elder_entity, f.elder.id.n, &after));
    CHECK_INT(after.grade, GRADE_MODERATE);
    CHECK_TEXT(after.name, "王秀英");
}

TEST_DB(an_organisations_page_tells_its_figures)
{
    struct folk f = folk_world();
    struct organisation o;
    struct paper p;
    f.c->who = &who_house;
    record_clear(organisation_fields, &o);
    record_clear(paper_fields, &p);
    o.name = SV("柳荫养老服务驿站");
    o.division = f.area.id;
    MUST_GO(f.c, entity_create(f.c, &organisation_entity, &o));
    p.org = o.id;
    p.kind = PAPER_FOOD;
    p.valid_to = (struct day){ day_of(f.c->now).n + 10 };
    MUST_GO(f.c, entity_create(f.c, &paper_entity, &p));
    f.c->who = officer_of(990100000000, 990199999999);
    struct sv text = ask(f.c, organisation_endpoints, "/api/organisation/{id}/page", at(o.id.n));
    CHECK(says(text, "\"papers\":[{"));
    CHECK(says(text, "\"key\":\"papers_due\",\"name\":\"证照到期\""));
    CHECK(says(text, "\"value\":1,\"list\":\"/api/paper?org="));
    CHECK(says(text, "\"key\":\"orders\""));
}
