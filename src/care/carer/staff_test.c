/* staff_test.c - an approved leave keeps orders from her, and nobody grants her own. */

#include "care/carer/staff.h"
#include "care/division/town_test.h"

#include <string.h>

static struct carer someone(const struct town *t)
{
    struct organisation o;
    struct carer a;
    record_clear(organisation_fields, &o);
    o.name = SV("柳荫养老服务驿站");
    o.kind = ORG_STATION;
    o.division = t->street.id;
    MUST_GO(t->c, entity_create(t->c, &organisation_entity, &o));
    record_clear(carer_fields, &a);
    a.org = o.id;
    a.name = SV("赵敏");
    MUST_GO(t->c, entity_create(t->c, &carer_entity, &a));
    return a;
}

static struct leave three_days(const struct town *t, struct carer_id carer)
{
    struct leave l;
    record_clear(leave_fields, &l);
    l.carer = carer;
    l.from_day = (struct day){ day_of(t->c->now).n + 1 };
    l.to_day = (struct day){ l.from_day.n + 2 };
    return l;
}

static bool absent(const struct town *t, const struct carer *a, int64_t in_days)
{
    bool yes = false;
    MUST_GO(t->c, carer_absent(t->c, a, (struct day){ day_of(t->c->now).n + in_days }, &yes));
    return yes;
}

TEST_DB(an_approved_leave_keeps_her_away_and_an_asked_one_does_not)
{
    struct town t = town_world();
    struct carer a = someone(&t);
    struct leave l = three_days(&t, a.id), after;
    MUST_GO(t.c, entity_create(t.c, &leave_entity, &l));
    CHECK(!absent(&t, &a, 1));
    MUST_GO(t.c, entity_act(t.c, &leave_entity, l.id.n, 1, SV("approve"), NULL, &after));
    CHECK(!absent(&t, &a, 0) && absent(&t, &a, 1) && absent(&t, &a, 3) && !absent(&t, &a, 4));
    MUST_GO(t.c, entity_act(t.c, &leave_entity, l.id.n, 2, SV("cancel"), NULL, &after));
    CHECK(!absent(&t, &a, 2));
}

TEST_DB(leaves_do_not_overlap)
{
    struct town t = town_world();
    struct carer a = someone(&t);
    struct leave l = three_days(&t, a.id), twice = three_days(&t, a.id);
    MUST_GO(t.c, entity_create(t.c, &leave_entity, &l));
    twice.from_day.n += 2;
    twice.to_day.n += 5;
    MUST_FAULT(t.c, entity_create(t.c, &leave_entity, &twice), "leave.overlaps");
    twice.from_day.n += 1;
    MUST_GO(t.c, entity_create(t.c, &leave_entity, &twice));
}

TEST_DB(nobody_grants_her_own_leave)
{
    struct town t = town_world();
    struct carer a = someone(&t);
    struct leave l = three_days(&t, a.id), after;
    struct who self = *caller_as(ROLE_STATION_MANAGER, 5);
    MUST_GO(t.c, entity_create(t.c, &leave_entity, &l));
    self.org = a.org.n;
    self.carer = a.id.n;
    t.c->who = &self;
    MUST_FAIL(t.c, entity_act(t.c, &leave_entity, l.id.n, 1, SV("approve"), NULL, &after),
              ERR_FORBIDDEN, "leave.own");
}
