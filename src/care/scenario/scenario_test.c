/* scenario_test.c - what a list of changes may say, and who keeps and reads a scenario. */

#include "care/scenario/scenario.h"

#include "care/parameter/parameter.h"
#include "house.h"

#include <string.h>

extern const struct module review_module, calendar_module, compound_module;

static const struct module *const with_scenarios[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &scenario_module, NULL,
};

#define HERE  INT64_C(990101001000)
#define THERE INT64_C(990101002000)

static size_t read_n(struct ctx *c, const char *json)
{
    struct scenario_changes changes;
    MUST_GO(c, scenario_changes_read(c, sv_of(json), &changes));
    return changes.n;
}

TEST_DB(scenario_reads_the_four_changes)
{
    struct ctx *c = house_world(with_scenarios);
    struct scenario_changes k;
    CHECK_INT((int64_t)read_n(c, "[]"), 0);
    MUST_GO(c, scenario_changes_read(c, SV(
        "[{\"act\":\"open\",\"lat\":30.2,\"lon\":120.5,\"supply\":40,\"name\":\"新站\"},"
        "{\"act\":\"close\",\"place\":\"7\"},"
        "{\"act\":\"move\",\"place\":\"8\",\"lat\":30.3,\"lon\":120.6},"
        "{\"act\":\"enlarge\",\"place\":\"9\",\"supply\":60}]"), &k));
    CHECK_INT((int64_t)k.n, 4);
    CHECK_INT(k.at[0].act, ATLAS_OPEN);
    CHECK_INT(k.at[0].at.lat_e7, 302000000);
    CHECK_INT((int64_t)k.at[0].supply, 40);
    CHECK_INT(k.at[1].place, 7);
    CHECK_INT(k.at[2].at.lon_e7, 1206000000);
    CHECK_INT(k.at[3].act, ATLAS_ENLARGE);
}

TEST_DB(scenario_refuses_changes_that_are_not_whole)
{
    static const char *const bad[] = {
        "{}", "7", "[7]", "[{}]", "[{\"act\":\"open\"}]", "[{\"act\":\"burn\",\"place\":\"7\"}]",
        "[{\"act\":\"close\"}]", "[{\"act\":\"move\",\"place\":\"7\"}]",
        "[{\"act\":\"enlarge\",\"place\":\"7\"}]", "[{\"act\":\"close\",\"place\":\"7\",\"x\":1}]",
        "[{\"act\":\"open\",\"lat\":91,\"lon\":0}]", "[{\"place\":\"7\"}]",
        "[{\"act\":\"open\",\"lat\":1,\"lon\":1,\"supply\":-1}]", "[",
    };
    struct ctx *c = house_world(with_scenarios);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct scenario_changes k;
        MUST_FAIL(c, scenario_changes_read(c, sv_of(bad[i]), &k), ERR_INVALID, "fields.invalid");
    }
    struct buf many = buf_new(&c->mem, 4096);
    buf_text(&many, "[");
    for (int i = 0; i <= SCENARIO_CHANGES_MAX; i++)
        buf_fmt(&many, "%s{\"act\":\"close\",\"place\":\"%d\"}", i ? "," : "", i + 1);
    buf_text(&many, "]");
    struct scenario_changes k;
    MUST_FAIL(c, scenario_changes_read(c, buf_sv(&many), &k), ERR_INVALID, "fields.invalid");
}

static struct division_id town(struct ctx *c, int64_t scope)
{
    struct division d;
    record_clear(division_fields, &d);
    d.row.scope = scope;
    d.name = SV("街道");
    d.level = DIVISION_STREET;
    d.valid_from = day_civil(2020, 1, 1);
    d.valid_to = DAY_NONE;
    MUST_GO(c, entity_bulk(c, &division_entity, &d, 1));
    return d.id;
}

static struct scenario plan_in(struct division_id division)
{
    struct scenario s;
    record_clear(scenario_fields, &s);
    s.name = SV("西片增设驿站");
    s.division = division;
    s.kind = PLACE_STATION;
    s.minutes = 15;
    s.metres = 1500;
    s.changes.json = SV("[{\"act\":\"close\",\"place\":\"7\"}]");
    return s;
}

TEST_DB(scenario_is_kept_and_seen_in_its_division_alone)
{
    struct ctx *c = house_world(with_scenarios);
    MUST_GO(c, db_begin(c));
    struct division_id here = town(c, HERE), there = town(c, THERE);
    MUST_GO(c, db_commit(c));
    c->who = officer_of(HERE, HERE + 999);
    MUST_GO(c, db_begin(c));
    struct scenario s = plan_in(here), other = plan_in(there), seen;
    MUST_GO(c, entity_create(c, &scenario_entity, &s));
    CHECK_INT(s.row.scope, HERE);
    CHECK_INT(s.made_by.n, 77);
    MUST_GO(c, entity_get(c, &scenario_entity, s.id.n, &seen));
    MUST_GO(c, db_commit(c));
    MUST_GO(c, db_begin(c));
    MUST_FAIL(c, entity_create(c, &scenario_entity, &other), ERR_FORBIDDEN, "scope.outside");
    db_rollback(c);
    c->who = officer_of(THERE, THERE + 999);
    MUST_GO(c, db_begin(c));
    MUST_FAIL(c, entity_get(c, &scenario_entity, s.id.n, &seen), ERR_MISSING, "entity.missing");
    db_rollback(c);
}
