/* day_world_test.c - a small team and its Monday. */

#include "care/dispatch/day_world_test.h"

#include "base/id.h"
#include "care/parameter/parameter.h"

enum { LAT_E7 = 399000000, LON_E7 = 1164000000, HUNDRED_M_E7 = 11700 };

struct team team_world(void)
{
    struct team t = { .s = station_world() };
    struct carer *a = &t.lan;
    t.c = t.s.c;
    record_clear(carer_fields, a);
    a->row.scope = t.s.mei.row.scope;
    a->org = t.s.org.id;
    a->name = SV("王兰");
    a->gender = GENDER_FEMALE;
    a->skills.bits = 1 << SKILL_BATH;
    MUST_GO(t.c, entity_create(t.c, &carer_entity, a));
    t.s.bath_offer.capacity = 8;
    MUST_GO(t.c, entity_update_by_rule(t.c, &offer_entity, &t.s.bath_offer,
                                       t.s.bath_offer.row.version, "change"));
    return t;
}

struct care_order team_order_for(struct team *t, const struct offer *offer, struct caller who,
                                 int start_min, int east_100m)
{
    struct order_new n = station_order(&t->s, offer, start_min);
    struct care_order o;
    n.elder.n = 0;
    n.for_name = who.name;
    n.for_phone = who.phone;
    n.for_address = SV("槐安里3号楼2单元401");
    n.for_lat.e7 = LAT_E7;
    n.for_lon.e7 = LON_E7 + east_100m * HUNDRED_M_E7;
    t->placed++;
    MUST_GO(t->c, station_place(&t->s, &t->s.manager, &n, &o));
    MUST_GO(t->c, entity_act_by_rule(t->c, &care_order_entity, o.id.n, o.row.version,
                                     SV("accept"), NULL, &o));
    return o;
}

struct care_order team_order(struct team *t, int start_min, int east_100m)
{
    return team_order_for(t, &t->s.bath_offer,
                          (struct caller){ SV("张淑兰"), SV("10012340000") }, start_min, east_100m);
}

struct care_order team_pair_order(struct team *t, int start_min, int east_100m)
{
    struct catalogue_item k;
    bool found;
    MUST_GO(t->c, entity_load(t->c, &catalogue_item_entity, t->s.bath.id.n, &k, &found));
    if (k.carers != 2) {
        k.carers = 2;
        MUST_GO(t->c, entity_update_by_rule(t->c, &catalogue_item_entity, &k, k.row.version,
                                            "change"));
    }
    return team_order(t, start_min, east_100m);
}

void team_assign(struct team *t, struct care_order *o, const struct carer *a)
{
    struct assign_input in = { a->id };
    MUST_GO(t->c, entity_act_by_rule(t->c, &care_order_entity, o->id.n, o->row.version,
                                     SV("assign"), &in, o));
}

void team_shift(struct team *t, const struct carer *a, const char *week)
{
    struct shift s;
    record_clear(shift_fields, &s);
    s.carer = a->id;
    s.week = sv_of(week);
    s.valid_from = day_civil(2026, 11, 1);
    s.row.scope = a->row.scope;
    MUST_GO(t->c, entity_create_by_rule(t->c, &shift_entity, &s));
}

void team_parameter(struct team *t, const char *name, const char *value)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = sv_of(name);
    p.value = sv_of(value);
    p.valid_from = day_civil(2026, 11, 1);
    p.source = SV("试验");
    MUST_GO(t->c, entity_bulk(t->c, &parameter_entity, &p, 1));
}

static const struct endpoint *endpoint_of(enum verb verb, const char *path)
{
    const struct endpoint *e = dispatch_module.endpoints;
    while (e->path && (e->verb != verb || strcmp(e->path, path) != 0))
        e++;
    CHECK(e->path);
    return e;
}

/* Reads the body through the endpoint's table, as http does. */
static enum err body_read(struct ctx *c, const struct endpoint *e, struct request *q,
                          const char *body)
{
    void *record = arena_take(&c->mem, e->takes_size, 16);
    TRY(json_parse(c, sv_of(body), &q->json));
    record_clear(e->takes, record);
    TRY(json_read(c, q->json, e->takes, true, record, NULL));
    record_check(c, e->takes, record, true);
    q->body = record;
    return fail_fields(c);
}

static enum err ask(struct team *t, const struct who *who, const struct endpoint *e,
                    const void *query, const char *body, const struct json_value **ret_answer)
{
    struct ctx *c = t->c;
    struct request q = { .endpoint = e, .query = query };
    struct answer a = { .body = buf_new(&c->mem, 4096) };
    const struct who *before = c->who;
    c->who = who;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    enum err err = body ? body_read(c, e, &q, body) : ERR_NONE;
    if (err == ERR_NONE)
        err = e->run(c, &q, &a);
    c->who = before;
    if (err)
        return err;
    json_end(&a.json, '}');
    return json_parse(c, buf_sv(&a.body), ret_answer);
}

const struct json_value *team_ask(struct team *t, const struct who *who, enum verb verb,
                                  const char *path, const void *query, const char *body)
{
    const struct json_value *answer = NULL;
    MUST_GO(t->c, ask(t, who, endpoint_of(verb, path), query, body, &answer));
    return answer;
}

enum err team_fails(struct team *t, const struct who *who, enum verb verb, const char *path,
                    const void *query, const char *body)
{
    const struct json_value *answer;
    return ask(t, who, endpoint_of(verb, path), query, body, &answer);
}

struct visit team_visit(struct team *t, const struct care_order *o)
{
    struct visit v;
    bool found;
    MUST_GO(t->c, order_visit_of(t->c, o, &v, &found));
    return v;
}

const struct json_value *team_row(const struct json_value *list, const char *name, int64_t id)
{
    for (const struct json_value *row = list ? list->first : NULL; row; row = row->next) {
        int64_t n;
        if (json_id_of(json_member(row, name), &n) && n == id)
            return row;
    }
    return NULL;
}

int64_t team_int(const struct json_value *row, const char *name)
{
    int64_t n = 0;
    CHECK(json_whole(json_member(row, name), INT64_MIN, INT64_MAX, &n));
    return n;
}
