/* bed_test.c - two streets: beds have, used, needed, and the figure, counted by hand. */

#include "care/bed/bed.h"

#include "care/elder/elder.h"
#include "care/figure/figure.h"
#include "care/meal/meal.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"
#include "house.h"

#include <string.h>

extern const struct module calendar_module, carer_module, family_module, review_module,
    catalogue_module, offer_module, order_module, visit_module, signal_module, compound_module;

static const struct module *const with_beds[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &elder_module, &family_module, &carer_module,
    &catalogue_module, &offer_module, &meal_module, &delivery_module, &kitchen_module,
    &order_module, &visit_module, &signal_module, &figure_module, &bed_module, NULL,
};

#define WEST INT64_C(990101001000)
#define EAST INT64_C(990101002000)

static struct division divide(struct ctx *c, const char *name, int level, struct division_id up,
                              const char *code)
{
    struct division d;
    record_clear(division_fields, &d);
    d.name = sv_of(name);
    d.level = level;
    d.parent = up;
    d.official_code = sv_of(code);
    MUST_GO(c, entity_create(c, &division_entity, &d));
    return d;
}

static void home(struct ctx *c, int64_t scope, int n)
{
    for (int i = 0; i < n; i++) {
        struct elder e;
        record_clear(elder_fields, &e);
        e.row.scope = scope;
        e.name = SV("王秀英");
        MUST_GO(c, entity_bulk(c, &elder_entity, &e, 1));
    }
}

static void institution(struct ctx *c, int64_t scope, int64_t beds, struct opt_int free, int state)
{
    struct place p;
    record_clear(place_fields, &p);
    p.row.scope = scope;
    p.name = SV("养老院");
    p.kind = PLACE_INSTITUTION;
    p.phone = SV("01000001234");
    p.beds_total = beds;
    p.beds_free = free;
    p.state = state;
    MUST_GO(c, entity_bulk(c, &place_entity, &p, 1));
}

struct beds { struct ctx *c; struct division west, east; };

static struct bed_count counted(struct beds *t, struct division_id in, int kind, int64_t have,
                                int64_t back)
{
    struct bed_count b;
    record_clear(bed_count_fields, &b);
    b.division = in;
    b.kind = kind;
    b.have = have;
    b.used = (struct opt_int){ true, have / 2 };
    b.as_of.n = day_of(t->c->now).n - back;
    b.source = SV("街道月报");
    return b;
}

static void keep(struct beds *t, struct bed_count b)
{
    MUST_GO(t->c, entity_create(t->c, &bed_count_entity, &b));
}

static struct beds town(void)
{
    struct beds t = { .c = house_world(with_beds) };
    struct ctx *c = t.c;
    MUST_GO(c, db_begin(c));
    struct division city = divide(c, "云汀市", DIVISION_CITY, (struct division_id){ 0 }, "9901");
    struct division district = divide(c, "安澜区", DIVISION_DISTRICT, city.id, "990101");
    t.west = divide(c, "西街道", DIVISION_STREET, district.id, "990101001");
    t.east = divide(c, "东街道", DIVISION_STREET, district.id, "990101002");
    home(c, WEST + 1, 30);
    home(c, WEST, 10);
    home(c, EAST + 7, 10);
    institution(c, WEST, 3, (struct opt_int){ true, 1 }, REVIEW_PUBLISHED);
    institution(c, WEST + 2, 2, (struct opt_int){ 0 }, REVIEW_PUBLISHED);
    institution(c, WEST + 2, 0, (struct opt_int){ 0 }, REVIEW_PUBLISHED);
    institution(c, EAST, 90, (struct opt_int){ true, 9 }, REVIEW_DRAFT);
    keep(&t, counted(&t, t.west.id, COUNTED_STATION, 9, 40));
    keep(&t, counted(&t, t.west.id, COUNTED_STATION, 4, 10));
    keep(&t, counted(&t, t.east.id, COUNTED_HOME, 2, 0));
    MUST_GO(c, db_commit(c));
    return t;
}

static void line_is(const struct bed_line *l, int64_t have, int64_t used, int64_t need)
{
    CHECK_INT(l->have.known ? l->have.n : -1, have);
    CHECK_INT(l->used.known ? l->used.n : -1, used);
    CHECK_INT(l->need, need);
}

TEST_DB(beds_of_a_street_are_had_used_and_needed)
{
    struct beds t = town();
    struct bed_balance b;
    MUST_GO(t.c, bed_balance(t.c, 0, &b));
    CHECK_INT(b.streets, 2);
    const struct bed_area *east = &b.street[0], *west = &b.street[1];
    CHECK_INT(east->scope, EAST);                       /* the larger gap first */
    CHECK_INT(west->elders, 40);
    line_is(&west->line[BED_INSTITUTION], 5, 2, 2);     /* 40 * 30 / 1000 = 1.2 */
    line_is(&west->line[BED_STATION], 4, 2, 1);         /* the later count */
    line_is(&west->line[BED_HOME], -1, -1, 1);          /* nobody counted */
    CHECK_INT(west->line[BED_INSTITUTION].used_of, 3);  /* the other has not told */
    CHECK_INT(west->unsaid, 1);
    CHECK_INT(west->have, 9);
    CHECK_INT(west->gap, 0);                            /* what is unknown is no gap */
    CHECK_INT(west->per_1000_tenths, 2250);
    line_is(&east->line[BED_INSTITUTION], 0, -1, 1);    /* a draft is none */
    line_is(&east->line[BED_HOME], 2, 1, 1);
    CHECK_INT(east->gap, 1);
    CHECK_INT(west->rank, 1);
    CHECK_INT(east->rank, 2);
    CHECK_INT(b.total.have, 11);
    line_is(&b.total.line[BED_HOME], 2, 1, 2);          /* east's two; both streets need one */
    CHECK_INT(b.total.line[BED_HOME].need_counted, 1);
    CHECK_INT(b.total.line[BED_HOME].uncounted, 1);
    CHECK_INT(b.total.elders, 50);
    CHECK_INT(b.districts, 1);
    CHECK_INT(b.district[0].gap, 1);
}

TEST_DB(the_norm_is_that_of_the_street_and_of_the_day)
{
    struct beds t = town();
    struct bed_balance b;
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("bed.norm_home");
    p.value = SV("500");
    p.division = t.east.id;
    p.valid_from = day_of(t.c->now);
    p.valid_to = DAY_NONE;
    p.source = SV("试点");
    MUST_GO(t.c, db_begin(t.c));
    MUST_GO(t.c, entity_create(t.c, &parameter_entity, &p));
    MUST_GO(t.c, db_commit(t.c));
    MUST_GO(t.c, bed_balance(t.c, t.east.id.n, &b));
    CHECK_INT(b.streets, 1);
    line_is(&b.street[0].line[BED_HOME], 2, 1, 5);
    CHECK_INT(b.street[0].gap, 1 + 3);
}

TEST_DB(a_count_that_cannot_be_names_the_field)
{
    struct beds t = town();
    struct bed_count b = counted(&t, t.west.id, COUNTED_STATION, 4, 10);
    MUST_GO(t.c, db_begin(t.c));
    MUST_FAIL(t.c, entity_create(t.c, &bed_count_entity, &b), ERR_INVALID, "fields.invalid");
    b = counted(&t, t.west.id, COUNTED_HOME, 4, -1);
    MUST_FAIL(t.c, entity_create(t.c, &bed_count_entity, &b), ERR_INVALID, "fields.invalid");
    b = counted(&t, t.west.id, COUNTED_HOME, 4, 1);
    b.used.n = 5;
    MUST_FAIL(t.c, entity_create(t.c, &bed_count_entity, &b), ERR_INVALID, "fields.invalid");
    b = counted(&t, (struct division_id){ 0 }, COUNTED_HOME, 4, 1);
    MUST_FAIL(t.c, entity_create(t.c, &bed_count_entity, &b), ERR_INVALID, "fields.invalid");
    db_rollback(t.c);
}

static struct figure figure_called(struct ctx *c, const char *key)
{
    struct list made;
    MUST_GO(c, figures_of(c, 0, SV(""), &made));
    const struct figure *f = made.at;
    for (size_t i = 0; i < made.n; i++)
        if (sv_is(f[i].key, key))
            return f[i];
    test_fail(__FILE__, __LINE__, "no figure %s", key);
    return (struct figure){ .value = -1 };
}

TEST_DB(beds_per_thousand_is_a_figure_with_its_classes)
{
    struct beds t = town();
    struct figure f = figure_called(t.c, "beds_per_1000");
    CHECK_TEXT(f.text, "220.0");                        /* 11 of 50 */
    CHECK_INT(f.whole.n, 50);
    CHECK_INT(f.state, FIGURE_GOOD);
    const struct figure_part *p = f.parts.at;
    CHECK_INT(f.parts.n, 3);
    CHECK_INT(p[0].value, 5);
    CHECK_INT(p[1].value, 4);
    CHECK_INT(p[2].value, 2);
    CHECK_TEXT(p[1].list, "/api/bed_count?kind=station");
    t.c->who = officer_of(EAST, EAST + 999);
    f = figure_called(t.c, "beds_per_1000");
    CHECK_TEXT(f.text, "200.0");                        /* hers alone: 2 of 10 */
}
