/* recipient_test.c - nobody whom an organisation serves is left out, however many they are. */

#include "care/recipient/recipient.h"

#include "base/id.h"
#include "care/agreement/agreement.h"
#include "care/order/order_world_test.h"

enum { MANY = 3020, PAGE = 50 };

/* So many more with an agreement, whose ids follow each other. */
static void add_many(struct station *s)
{
    struct elder *elders = NEW(test_mem(), struct elder, MANY);
    struct agreement *signed_by = NEW(test_mem(), struct agreement, MANY);
    for (int i = 0; i < MANY; i++) {
        record_clear(elder_fields, &elders[i]);
        elders[i].id.n = id_make(s->c->now.ms, 50, i);
        elders[i].name = SV("周试算");
        elders[i].row.scope = s->wang.row.scope;
        record_clear(agreement_fields, &signed_by[i]);
        signed_by[i].id.n = id_make(s->c->now.ms, 51, i);
        signed_by[i].elder = elders[i].id;
        signed_by[i].org = s->org.id;
        signed_by[i].state = AGREEMENT_ACTIVE;
        signed_by[i].valid_to.n = day_of(s->c->now).n + 100;
        signed_by[i].row.scope = s->wang.row.scope;
    }
    MUST_GO(s->c, entity_bulk(s->c, &elder_entity, elders, MANY));
    MUST_GO(s->c, entity_bulk(s->c, &agreement_entity, signed_by, MANY));
}

struct asked { struct organisation_id org; int show; int64_t page; };
static const struct json_value *page_of(struct station *s, int64_t page)
{
    const struct endpoint *e = recipient_module.endpoints;
    const struct asked in = { .page = page };
    struct request q = { .query = &in };
    struct answer a = { .body = buf_new(test_mem(), 65536) };
    const struct json_value *all;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    MUST_GO(s->c, e->run(s->c, &q, &a));
    json_end(&a.json, '}');
    MUST_GO(s->c, json_parse(s->c, buf_sv(&a.body), &all));
    return all;
}

static int64_t lines_of(const struct json_value *page)
{
    int64_t n = 0;
    for (const struct json_value *v = json_member(page, "lines")->first; v; v = v->next)
        n++;
    return n;
}

TEST_DB(nobody_of_more_than_three_thousand_is_left_out)
{
    struct station s = station_world();
    int64_t total, before;
    s.c->who = &s.manager;
    CHECK(sv_int(json_member(page_of(&s, 0), "total")->text, 0, MANY, &before));
    s.c->who = &who_house;
    add_many(&s);
    s.c->who = &s.manager;
    const struct json_value *last = page_of(&s, (before + MANY) / PAGE);
    CHECK(sv_int(json_member(last, "total")->text, 0, 2 * MANY, &total));
    CHECK_INT(total, before + MANY);
    CHECK_INT(lines_of(last), total % PAGE);
}
