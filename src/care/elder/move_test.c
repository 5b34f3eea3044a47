/* move_test.c - an elder moves: her open affairs go with her, what is closed stays. */

#include "care/division/town_test.h"
#include "care/elder/home.h"
#include "care/family/family.h"
#include "care/order/order.h"
#include "care/visit/visit.h"

#include <string.h>

struct moving {
    struct town town;
    struct division street, community;      /* where she goes */
    struct compound old_home, new_home;
    struct elder elder;
    struct bond active, ended;
    struct contact son;
    struct care_order placed, served;
};

static struct compound home_at(const struct moving *m, const char *name, const struct division *in)
{
    struct compound k;
    record_clear(compound_fields, &k);
    k.name = sv_of(name);
    k.division = in->id;
    k.lat.e7 = 305000000;
    k.lon.e7 = 1145000000;
    MUST_GO(m->town.c, entity_create(m->town.c, &compound_entity, &k));
    return k;
}

static struct bond bond_in(const struct moving *m, int64_t account, int state)
{
    struct bond b;
    record_clear(bond_fields, &b);
    b.row.scope = m->elder.row.scope;
    b.account.n = account;
    b.elder = m->elder.id;
    b.state = state;
    MUST_GO(m->town.c, entity_bulk(m->town.c, &bond_entity, &b, 1));
    return b;
}

static struct care_order order_in(const struct moving *m, const char *number, int state)
{
    struct care_order o;
    record_clear(care_order_fields, &o);
    o.row.scope = m->elder.row.scope;
    o.number = sv_of(number);
    o.elder = m->elder.id;
    o.state = state;
    MUST_GO(m->town.c, entity_bulk(m->town.c, &care_order_entity, &o, 1));
    return o;
}

static struct moving moving_world(void)
{
    struct moving m = { .town = town_world() };
    struct ctx *c = m.town.c;
    m.street = town_division(c, "望江街道", DIVISION_STREET, &m.town.district, "990101002");
    m.community = town_division(c, "望江社区", DIVISION_COMMUNITY, &m.street, "990101002001");
    m.old_home = home_at(&m, "柳荫里", &m.town.community);
    m.new_home = home_at(&m, "望江花园", &m.community);
    record_clear(elder_fields, &m.elder);
    m.elder.name = SV("王秀英");
    m.elder.birth = day_civil(1946, 3, 7);
    m.elder.address = SV("柳荫里3号楼");
    MUST_GO(c, entity_create(c, &elder_entity, &m.elder));
    CHECK_INT(m.elder.division.n, m.town.community.id.n);
    record_clear(contact_fields, &m.son);
    m.son.elder = m.elder.id;
    m.son.name = SV("王小明");
    m.son.phone = SV("10087654321");
    MUST_GO(c, entity_create(c, &contact_entity, &m.son));
    MUST_GO(c, db_begin(c));
    m.active = bond_in(&m, 7, BOND_ACTIVE);
    m.ended = bond_in(&m, 8, BOND_ENDED);
    m.placed = order_in(&m, "A1", ORDER_PLACED);
    m.served = order_in(&m, "A2", ORDER_SERVED);
    MUST_GO(c, db_commit(c));
    return m;
}

static enum err move(struct moving *m, const char *address, struct sv *ret_answer)
{
    struct elder_moved given = { .address = sv_of(address), .moved_on = day_civil(2026, 11, 20),
                                 .reason = SV("搬到女儿家") };
    struct request q = { .param = { sv_fmt(test_mem(), "%lld", (long long)m->elder.id.n) },
                         .if_match = sv_fmt(test_mem(), "%lld", (long long)m->elder.row.version),
                         .body = &given };
    struct answer a = { .body = buf_new(test_mem(), 256) };
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);
    enum err err = home_endpoints[0].run(m->town.c, &q, &a);
    if (err == ERR_NONE)
        json_end(&a.json, '}');
    *ret_answer = buf_sv(&a.body);
    return err;
}

static int64_t scope_of(struct ctx *c, const struct entity *e, int64_t id, void *row)
{
    bool found;
    MUST_GO(c, entity_load(c, e, id, row, &found));
    CHECK(found);
    return field_int(field_named(e->fields, SV("scope")), row);
}

TEST_DB(what_is_open_moves_with_her_and_what_is_closed_stays)
{
    struct moving m = moving_world();
    struct ctx *c = m.town.c;
    int64_t from = m.town.community.row.scope, to = m.community.row.scope;
    struct sv answer;
    MUST_GO(c, move(&m, "望江花园2号楼", &answer));
    CHECK(sv_find(answer, SV("望江社区")) > 0);
    CHECK_INT(scope_of(c, &elder_entity, m.elder.id.n, &m.elder), to);
    CHECK_INT(m.elder.compound.n, m.new_home.id.n);
    CHECK_INT(m.elder.moved_on.n, day_civil(2026, 11, 20).n);
    CHECK_INT(scope_of(c, &contact_entity, m.son.id.n, &m.son), to);
    CHECK_INT(scope_of(c, &bond_entity, m.active.id.n, &m.active), to);
    CHECK_INT(scope_of(c, &bond_entity, m.ended.id.n, &m.ended), from);
    CHECK_INT(scope_of(c, &care_order_entity, m.placed.id.n, &m.placed), to);
    CHECK_INT(scope_of(c, &care_order_entity, m.served.id.n, &m.served), from);
}

TEST_DB(the_old_street_sees_what_is_closed_and_the_new_one_what_is_open)
{
    struct moving m = moving_world();
    struct ctx *c = m.town.c;
    const struct who *was = officer_of(990101001000, 990101001999);
    const struct who *is = officer_of(990101002000, 990101002999);
    struct care_order o;
    struct elder e;
    struct sv answer;
    c->who = was;
    MUST_GO(c, move(&m, "望江花园2号楼", &answer));
    CHECK(sv_find(answer, SV("\"still_ours\":false")) > 0);
    MUST_FAIL(c, entity_get(c, &elder_entity, m.elder.id.n, &e), ERR_MISSING, "entity.missing");
    MUST_FAIL(c, entity_get(c, &care_order_entity, m.placed.id.n, &o), ERR_MISSING,
              "entity.missing");
    MUST_GO(c, entity_get(c, &care_order_entity, m.served.id.n, &o));
    c->who = is;
    MUST_GO(c, entity_get(c, &elder_entity, m.elder.id.n, &e));
    MUST_GO(c, entity_get(c, &care_order_entity, m.placed.id.n, &o));
    MUST_FAIL(c, entity_get(c, &care_order_entity, m.served.id.n, &o), ERR_MISSING,
              "entity.missing");
}

TEST_DB(nobody_moves_an_elder_of_another_street)
{
    struct moving m = moving_world();
    struct sv answer;
    m.town.c->who = officer_of(990101002000, 990101002999);
    MUST_FAIL(m.town.c, move(&m, "望江花园2号楼", &answer), ERR_MISSING, "entity.missing");
    m.town.c->who = &who_house;
    MUST_FAIL(m.town.c, move(&m, "不知何处", &answer), ERR_INVALID, "fields.invalid");
}
