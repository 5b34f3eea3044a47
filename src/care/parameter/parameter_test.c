/* parameter_test.c - the nearest place and the right day decide. */

#include "care/parameter/parameter.h"
#include "care/division/town_test.h"

#include <string.h>

static void put(struct ctx *c, const char *value, struct division_id division, struct day from)
{
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("elder.age_from");
    p.value = sv_of(value);
    p.division = division;
    p.valid_from = from;
    p.source = SV("测试文件第一条");
    MUST_GO(c, entity_create(c, &parameter_entity, &p));
}

static int64_t asked(struct ctx *c, int64_t scope, struct day day)
{
    int64_t n = -1;
    MUST_GO(c, parameter_int(c, "elder.age_from", scope, day, &n));
    return n;
}

TEST_DB(the_nearest_division_and_the_latest_day_decide)
{
    struct town t = town_world();
    struct day before = day_civil(2026, 1, 1), after = day_civil(2026, 7, 1);
    int64_t here = t.community.row.scope, elsewhere = 990201001001;
    CHECK_INT(asked(t.c, here, after), 60);                      /* the declared default */
    put(t.c, "61", (struct division_id){ 0 }, before);
    CHECK_INT(asked(t.c, here, after), 61);
    put(t.c, "65", t.district.id, after);
    CHECK_INT(asked(t.c, here, before), 61);
    CHECK_INT(asked(t.c, here, after), 65);
    CHECK_INT(asked(t.c, elsewhere, after), 61);
    put(t.c, "66", t.street.id, before);
    CHECK_INT(asked(t.c, here, after), 66);
}

TEST_DB(a_parameter_nobody_declares_is_our_mistake)
{
    struct town t = town_world();
    int64_t n;
    MUST_FAIL(t.c, parameter_int(t.c, "no.such", 0, day_civil(2026, 1, 1), &n), ERR_BROKEN,
              "parameter.unknown");
}

TEST_DB(defaults_become_rows_once)
{
    struct town t = town_world();
    int64_t added;
    MUST_GO(t.c, parameter_seed(t.c, &added));
    CHECK(added >= 2);
    MUST_GO(t.c, parameter_seed(t.c, &added));
    CHECK_INT(added, 0);
    CHECK_INT(asked(t.c, t.street.row.scope, day_civil(2026, 1, 1)), 60);
}
