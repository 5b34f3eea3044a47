/* household_test.c - who lives behind one door: proposed, confirmed, split, merged, left. */

#include "care/division/town_test.h"
#include "care/fact/fact.h"
#include "care/household/household.h"

#include <string.h>

struct door { struct town town; struct compound compound; struct building building; };

static struct door door_world(void)
{
    struct door d = { .town = town_world() };
    record_clear(compound_fields, &d.compound);
    d.compound.name = SV("柳荫里");
    d.compound.division = d.town.community.id;
    d.compound.lat.e7 = 305000000;
    d.compound.lon.e7 = 1145000000;
    MUST_GO(d.town.c, entity_create(d.town.c, &compound_entity, &d.compound));
    record_clear(building_fields, &d.building);
    d.building.compound = d.compound.id;
    d.building.name = SV("3号楼");
    MUST_GO(d.town.c, entity_create(d.town.c, &building_entity, &d.building));
    return d;
}

/* One stored as a matched list stores her: behind the door that is given. */
static struct elder elder_at(const struct door *d, const char *name, const char *room)
{
    struct elder e;
    struct ctx *c = d->town.c;
    record_clear(elder_fields, &e);
    e.row.scope = d->town.community.row.scope;
    e.division = d->town.community.id;
    e.name = sv_of(name);
    e.birth = day_civil(1946, 3, 7);
    e.compound = d->compound.id;
    e.home_building = d->building.id;
    e.room = sv_of(room);
    e.match_level = ADDRESS_DOOR;
    MUST_GO(c, db_begin(c));
    MUST_GO(c, entity_bulk(c, &elder_entity, &e, 1));
    MUST_GO(c, db_commit(c));
    return e;
}

static void look(struct ctx *c)
{
    struct job_table table = { .kinds = household_module.jobs, .kinds_n = 1 };
    bool ran = false;
    int64_t job;
    MUST_GO(c, job_add(c, "household_propose", SV("{}"), &job));
    MUST_GO(c, job_step(c, &table, &ran));
    CHECK(ran);
    struct job done;
    MUST_GO(c, job_get(c, job, &done, &ran));
    CHECK_TEXT(done.state, "done");
}

static struct page all_of(struct ctx *c, const struct entity *e)
{
    struct query q = { .size = 50, .up = true };
    struct page page;
    MUST_GO(c, entity_list(c, e, &q, &page));
    return page;
}

static struct household only(struct ctx *c)
{
    struct page p = all_of(c, &household_entity);
    CHECK_INT(p.n, 1);
    return ((const struct household *)p.rows)[0];
}

static struct household_member member_of(struct ctx *c, struct elder_id who)
{
    struct page p = all_of(c, &household_member_entity);
    for (size_t i = 0; i < p.n; i++)
        if (((const struct household_member *)p.rows)[i].elder.n == who.n)
            return ((const struct household_member *)p.rows)[i];
    test_fail(__FILE__, __LINE__, "she is in no household");
}

static struct household confirmed(struct ctx *c, int64_t others)
{
    struct household h = only(c), in, after;
    record_clear(household_fields, &in);
    in.others = (struct opt_int){ others >= 0, others };
    MUST_GO(c, entity_act(c, &household_entity, h.id.n, h.row.version, SV("confirm"), &in, &after));
    return only(c);
}

TEST_DB(two_behind_one_door_are_proposed_and_a_person_confirms)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    struct elder a = elder_at(&d, "王秀英", "502");
    elder_at(&d, "李德福", "502");
    elder_at(&d, "赵桂芬", "501");
    look(c);
    struct household h = only(c);
    CHECK_INT(h.state, HOUSEHOLD_PROPOSED);
    CHECK_INT(h.members_n, 2);
    CHECK_INT(h.kind, HOUSEHOLD_UNKNOWN);
    CHECK_TEXT(h.door, "柳荫里3号楼");
    CHECK_INT(member_of(c, a.id).state, MEMBER_PROPOSED);
    h = confirmed(c, 0);
    CHECK_INT(h.state, HOUSEHOLD_CONFIRMED);
    CHECK_INT(h.kind, HOUSEHOLD_ELDERS);
    CHECK_INT(member_of(c, a.id).state, MEMBER_CONFIRMED);
    look(c);
    CHECK_INT(only(c).id.n, h.id.n);
}

TEST_DB(what_was_dropped_is_not_proposed_again)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    elder_at(&d, "王秀英", "502");
    elder_at(&d, "李德福", "502");
    look(c);
    struct household h = only(c), after;
    c->reason = SV("合租，各过各的");
    MUST_GO(c, entity_act(c, &household_entity, h.id.n, h.row.version, SV("drop"), NULL, &after));
    CHECK_INT(after.state, HOUSEHOLD_DROPPED);
    look(c);
    CHECK_INT(all_of(c, &household_entity).n, 1);
}

TEST_DB(one_who_comes_later_is_proposed_to_the_household_there)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    elder_at(&d, "王秀英", "502");
    elder_at(&d, "李德福", "502");
    look(c);
    confirmed(c, 0);
    struct elder late = elder_at(&d, "孙玉兰", "502");
    look(c);
    struct household_member m = member_of(c, late.id), after;
    CHECK_INT(m.state, MEMBER_PROPOSED);
    CHECK_INT(only(c).members_n, 2);
    MUST_GO(c, entity_act(c, &household_member_entity, m.id.n, 1, SV("confirm"), NULL, &after));
    CHECK_INT(only(c).members_n, 3);
}

TEST_DB(a_home_for_many_is_no_household)
{
    struct door d = door_world();
    for (int i = 0; i < 7; i++)
        elder_at(&d, "王秀英", "101");
    look(d.town.c);
    CHECK_INT(all_of(d.town.c, &household_entity).n, 0);
}

TEST_DB(a_booklet_number_makes_one_of_two_doors)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    struct elder a = elder_at(&d, "王秀英", "502"), b = elder_at(&d, "李德福", "601");
    a.household_no = b.household_no = SV("990101001");
    a.household_role = SV("户主");
    b.household_role = SV("配偶");
    MUST_GO(c, entity_update_by_rule(c, &elder_entity, &a, 1, "change"));
    MUST_GO(c, entity_update_by_rule(c, &elder_entity, &b, 1, "change"));
    look(c);
    struct household h = only(c);
    CHECK_INT(h.members_n, 2);
    CHECK_INT(h.head.n, a.id.n);
    CHECK_TEXT(h.code, "990101001");
}

TEST_DB(nobody_is_in_two_households)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    struct elder a = elder_at(&d, "王秀英", "502");
    elder_at(&d, "李德福", "502");
    look(c);
    confirmed(c, 0);
    struct household other;
    record_clear(household_fields, &other);
    other.compound = d.compound.id;
    MUST_GO(c, entity_create(c, &household_entity, &other));
    struct household_member m;
    record_clear(household_member_fields, &m);
    m.household = other.id;
    m.elder = a.id;
    MUST_FAULT(c, entity_create(c, &household_member_entity, &m), "household.elsewhere");
}

TEST_DB(who_dies_leaves_and_the_last_one_ends_it)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    struct elder a = elder_at(&d, "王秀英", "502"), b = elder_at(&d, "李德福", "502");
    look(c);
    confirmed(c, 0);
    c->now.ms += 10 * MS_A_DAY;
    a.died_on = day_of(c->now);
    MUST_GO(c, entity_update_by_rule(c, &elder_entity, &a, 1, "died"));
    c->now.ms += MS_A_DAY;
    look(c);
    struct household h = only(c);
    CHECK_INT(h.members_n, 1);
    CHECK_INT(h.kind, HOUSEHOLD_ALONE);
    b.died_on = day_of(c->now);
    MUST_GO(c, entity_update_by_rule(c, &elder_entity, &b, 1, "died"));
    c->now.ms += MS_A_DAY;
    look(c);
    CHECK_INT(only(c).state, HOUSEHOLD_ENDED);
}

TEST_DB(who_moves_leaves_the_day_before)
{
    struct door d = door_world();
    struct ctx *c = d.town.c;
    struct elder a = elder_at(&d, "王秀英", "502");
    elder_at(&d, "李德福", "502");
    look(c);
    confirmed(c, 2);
    CHECK_INT(only(c).kind, HOUSEHOLD_FAMILY);
    c->now.ms += 5 * MS_A_DAY;
    a.room = SV("201");
    a.moved_on = day_of(c->now);
    MUST_GO(c, entity_update_by_rule(c, &elder_entity, &a, 1, "move"));
    CHECK_INT(member_of(c, a.id).valid_to.n, day_of(c->now).n - 1);
    CHECK_INT(only(c).members_n, 1);
}
