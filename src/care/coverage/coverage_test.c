/* coverage_test.c - a street of 1.5 km, homes along it, and who reaches what, counted by hand. */

#include "care/coverage/coverage.h"
#include "care/coverage/kept.h"
#include "care/coverage/past.h"

#include "care/figure/figure.h"
#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/parameter/parameter.h"
#include "house.h"
#include "model/row/list.h"
#include "roads/made_test.h"

#include <string.h>
#include <time.h>

extern const struct module calendar_module, carer_module, family_module, review_module,
    catalogue_module, offer_module, order_module, visit_module, signal_module;

static const struct module *const with_coverage[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &elder_module, &family_module, &carer_module,
    &catalogue_module, &offer_module,
    &meal_module, &delivery_module, &kitchen_module,
    &order_module, &visit_module, &signal_module,
    &coverage_module, &figure_module, NULL,
};

#define HERE  INT64_C(990101001001)
#define THERE INT64_C(990101001002)

/* At 0.8 m/s a quarter of an hour is 720 m, both legs to the street included. */
enum { A_WITHIN, B_BEYOND, C_NOWHERE, D_FIELDS, E_DEAD, F_NEAR, HOMES };

struct alley {
    struct ctx   *c;
    struct roads  roads;
    struct house *house;
    struct elder  elder[HOMES];
};

static void keep_roads(void *snapshot)
{
    (void)snapshot;
}

static void shop(struct ctx *c, int kind, double x_m, int state)
{
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.row.scope = HERE;
    p.name = SV("网点");
    p.phone = SV("01000001234");
    p.hours = SV("Mo-Su 08:00-17:00");
    p.kind = kind;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.state = state;
    if (kind == PLACE_MEAL_POINT)
        p.closed_on = day_of(c->now);                    /* one day: until is not said */
    MUST_GO(c, entity_bulk(c, &place_entity, &p, 1));
}

static void home(struct alley *l, int i, int level, double x_m, double y_m)
{
    struct elder *e = &l->elder[i];
    struct point at = made_point(x_m, y_m);
    record_clear(elder_fields, e);
    e->row.scope = i == F_NEAR ? THERE : HERE;
    e->name = SV("王秀英");
    e->match_level = level;
    if (level != ADDRESS_NONE) {
        e->home_lat.e7 = at.lat_e7;
        e->home_lon.e7 = at.lon_e7;
    }
    if (i == E_DEAD)
        e->died_on = day_civil(2026, 1, 1);
    MUST_GO(l->c, entity_bulk(l->c, &elder_entity, e, 1));
}

static struct alley lane(void)
{
    struct alley l = { .c = house_world(with_coverage), .roads = made_street() };
    struct roads *kept = NEW(test_mem(), struct roads, 1);
    l.house = (struct house *)(uintptr_t)l.c->house;
    l.house->roads = slot_new(test_mem(), keep_roads);
    *kept = l.roads;
    slot_swap(l.house->roads, kept);
    MUST_GO(l.c, db_begin(l.c));
    shop(l.c, PLACE_STATION, 0, REVIEW_PUBLISHED);
    shop(l.c, PLACE_MEAL_POINT, 300, REVIEW_PUBLISHED);
    shop(l.c, PLACE_CLINIC, 100, REVIEW_DRAFT);
    shop(l.c, PLACE_PHARMACY, 1400, REVIEW_PUBLISHED);
    home(&l, A_WITHIN, ADDRESS_DOOR, 705, 0);            /* 715 m to the station, 705 to pills */
    home(&l, B_BEYOND, ADDRESS_BUILDING, 715, 0);        /* 725 m, and 695 */
    home(&l, C_NOWHERE, ADDRESS_NONE, 0, 0);
    home(&l, D_FIELDS, ADDRESS_COMPOUND, 100, 400);      /* no street within 300 m */
    home(&l, E_DEAD, ADDRESS_DOOR, 0, 0);
    home(&l, F_NEAR, ADDRESS_COMMUNITY, 100, 20);        /* 130 m */
    MUST_GO(l.c, db_commit(l.c));
    return l;
}

static void lane_end(struct alley *l)
{
    slot_swap(l->house->roads, NULL);
    made_end(&l->roads);
}

static struct figure figure_called(struct alley *l, const char *key)
{
    struct list made;
    MUST_GO(l->c, figures_of(l->c, 0, SV(""), &made));
    const struct figure *f = made.at;
    for (size_t i = 0; i < made.n; i++)
        if (sv_is(f[i].key, key))
            return f[i];
    test_fail(__FILE__, __LINE__, "no figure %s", key);
    return (struct figure){ .value = -1 };
}

static int64_t shown(struct ctx *c, struct sv list)
{
    struct sv path;
    struct query q;
    struct page page;
    CHECK(sv_cut(&list, '?', &path));
    CHECK(sv_is(path, "/api/elder"));
    MUST_GO(c, query_read(c, &elder_entity, list, &q));
    q.total = true;
    MUST_GO(c, entity_list(c, &elder_entity, &q, &page));
    return page.total;
}

/* Of how many; outside, door, building, compound, community, unknown: each as its list shows. */
static void figure_is(struct alley *l, const char *key, const char *text, const int64_t want[7])
{
    struct figure f = figure_called(l, key);
    const struct figure_part *p = f.parts.at;
    CHECK_TEXT(f.text, text);
    CHECK_INT(f.whole.n, want[0]);
    CHECK_INT(f.parts.n, 6);
    CHECK_INT(shown(l->c, f.list), want[0] - want[1]);
    for (size_t i = 0; i < f.parts.n; i++) {
        CHECK_INT(p[i].value, want[i + 1]);
        CHECK_INT(shown(l->c, p[i].list), want[i + 1]);
    }
}

static struct elder now(struct alley *l, int i)
{
    struct elder e;
    bool found;
    MUST_GO(l->c, entity_load(l->c, &elder_entity, l->elder[i].id.n, &e, &found));
    return e;
}

static bool has(struct set s, int kind)
{
    return (s.bits >> kind & 1) != 0;
}

TEST_DB(coverage_is_what_one_walks_by_hand_and_its_lists_show_those_homes)
{
    struct alley l = lane();
    struct coverage_done done;
    CHECK_TEXT(figure_called(&l, "coverage_station").text, "—");
    CHECK(!moment_known(figure_called(&l, "coverage_station").as_of));
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK_INT(done.homes, 5);
    CHECK_INT(done.changed, 4);
    CHECK_INT(figure_called(&l, "coverage_station").as_of.ms, l.c->now.ms);
    figure_is(&l, "coverage_station", "50.0%", (int64_t[]){ 4, 2, 1, 1, 1, 1, 1 });
    figure_is(&l, "coverage_pharmacy", "50.0%", (int64_t[]){ 4, 2, 1, 1, 1, 1, 1 });
    figure_is(&l, "coverage_meal_point", "0.0%", (int64_t[]){ 4, 4, 1, 1, 1, 1, 1 });
    figure_is(&l, "coverage_clinic", "0.0%", (int64_t[]){ 4, 4, 1, 1, 1, 1, 1 });
    CHECK(has(now(&l, A_WITHIN).near_kinds, PLACE_STATION));
    CHECK(has(now(&l, B_BEYOND).far_kinds, PLACE_STATION));
    CHECK(has(now(&l, B_BEYOND).near_kinds, PLACE_PHARMACY));
    CHECK(has(now(&l, D_FIELDS).far_kinds, PLACE_STATION));
    CHECK_INT(now(&l, C_NOWHERE).reach, REACH_UNKNOWN);
    CHECK_INT(now(&l, E_DEAD).reach, REACH_UNKNOWN);
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK_INT(done.changed, 0);
    lane_end(&l);
}

TEST_DB(coverage_counts_the_callers_area_only)
{
    struct alley l = lane();
    struct coverage_done done;
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    l.c->who = officer_of(THERE, THERE);
    figure_is(&l, "coverage_station", "100.0%", (int64_t[]){ 1, 0, 0, 0, 0, 1, 0 });
    lane_end(&l);
}

/* A rule of one community holds there alone. */
TEST_DB(coverage_takes_minutes_and_pace_of_the_homes_own_community)
{
    struct alley l = lane();
    struct coverage_done done;
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.row.scope = HERE;
    p.name = SV("coverage.minutes");
    p.value = SV("10");
    p.valid_from = day_civil(2026, 1, 1);
    p.valid_to = DAY_NONE;
    p.source = SV("试行");
    MUST_GO(l.c, db_begin(l.c));
    MUST_GO(l.c, entity_bulk(l.c, &parameter_entity, &p, 1));
    MUST_GO(l.c, db_commit(l.c));
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK(has(now(&l, A_WITHIN).far_kinds, PLACE_STATION));
    CHECK(has(now(&l, F_NEAR).near_kinds, PLACE_STATION));
    lane_end(&l);
}

TEST_DB(coverage_refuses_a_pace_that_is_none)
{
    struct alley l = lane();
    struct coverage_done done;
    struct parameter p;
    record_clear(parameter_fields, &p);
    p.name = SV("coverage.pace");
    p.value = SV("running");
    p.valid_from = day_civil(2026, 1, 1);
    p.valid_to = DAY_NONE;
    p.source = SV("试行");
    MUST_GO(l.c, db_begin(l.c));
    MUST_GO(l.c, entity_bulk(l.c, &parameter_entity, &p, 1));
    MUST_GO(l.c, db_commit(l.c));
    MUST_FAIL(l.c, coverage_measure(l.c, NULL, &done), ERR_INVALID, "coverage.pace");
    lane_end(&l);
}

/* Nothing to do; on PostgreSQL once no older transaction of the cluster is open (event_last). */
static bool rests(struct ctx *c)
{
    struct coverage_done done;
    bool ran = true;
    for (int i = 0; ran && i < 500; i++) {
        MUST_GO(c, coverage_when_due(c, NULL, &ran, &done));
        if (ran)
            (void)nanosleep(&(struct timespec){ .tv_nsec = 20000000 }, NULL);
    }
    return !ran;
}

TEST_DB(coverage_is_measured_again_when_something_has_changed_and_each_day)
{
    struct alley l = lane();
    struct coverage_done done;
    bool ran;
    MUST_GO(l.c, coverage_when_due(l.c, NULL, &ran, &done));
    CHECK(ran);
    CHECK(rests(l.c));
    MUST_GO(l.c, db_begin(l.c));
    shop(l.c, PLACE_CLINIC, 300, REVIEW_PUBLISHED);
    MUST_GO(l.c, db_commit(l.c));
    MUST_GO(l.c, coverage_when_due(l.c, NULL, &ran, &done));
    CHECK(ran);
    CHECK(has(now(&l, A_WITHIN).near_kinds, PLACE_CLINIC));
    CHECK(rests(l.c));
    l.c->now.ms += 86400000;
    MUST_GO(l.c, coverage_when_due(l.c, NULL, &ran, &done));
    CHECK(ran);
    lane_end(&l);
}

/* Without streets nobody knows, and what was known stays with its day. */
TEST_DB(coverage_without_streets_changes_nothing)
{
    struct alley l = lane();
    struct coverage_done done;
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    slot_swap(l.house->roads, NULL);
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK_INT(done.homes, 0);
    figure_is(&l, "coverage_station", "50.0%", (int64_t[]){ 4, 2, 1, 1, 1, 1, 1 });
    lane_end(&l);
}

/* Known and near of both communities on a day; -1 where nothing was noted yet. */
static void past_is(struct ctx *c, int kind, int64_t days_on, const int64_t want[4])
{
    struct coverage_thens t;
    int64_t got[4] = { -1, -1, -1, -1 };
    struct day day = { day_of(c->now).n + (int32_t)days_on };
    MUST_GO(c, coverage_on(c, kind, day, (struct scope_range){ HERE, THERE }, &t));
    for (size_t i = 0; i < t.n; i++) {
        got[t.at[i].scope == HERE ? 0 : 2] = t.at[i].known;
        got[t.at[i].scope == HERE ? 1 : 3] = t.at[i].near;
    }
    for (int i = 0; i < 4; i++)
        CHECK_INT(got[i], want[i]);
}

static int64_t notes(struct ctx *c)
{
    struct query q = { .size = 1, .total = true };
    struct page page;
    MUST_GO(c, entity_list(c, &coverage_past_entity, &q, &page));
    return page.total;
}

TEST_DB(coverage_of_days_gone_by_is_noted_once_a_day_where_it_changed)
{
    struct alley l = lane();
    struct coverage_done done;
    int64_t first;
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    first = notes(l.c);
    CHECK_INT(first, 2 * PLACE_KINDS);
    past_is(l.c, PLACE_STATION, 0, (int64_t[]){ 3, 1, 1, 1 });
    past_is(l.c, PLACE_STATION, -1, (int64_t[]){ -1, -1, -1, -1 });
    MUST_GO(l.c, db_begin(l.c));
    shop(l.c, PLACE_STATION, 1400, REVIEW_PUBLISHED);
    MUST_GO(l.c, db_commit(l.c));
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK(has(now(&l, B_BEYOND).near_kinds, PLACE_STATION));
    CHECK_INT(notes(l.c), first);                        /* the same day: noted before */
    l.c->now.ms += 86400000;
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    CHECK_INT(notes(l.c), first + 3);      /* her station; the meal point, open again, in both */
    past_is(l.c, PLACE_STATION, 0, (int64_t[]){ 3, 2, 1, 1 });
    past_is(l.c, PLACE_STATION, -1, (int64_t[]){ 3, 1, 1, 1 });
    past_is(l.c, PLACE_PHARMACY, 9, (int64_t[]){ 3, 2, 1, 0 });
    lane_end(&l);
}

/* --- what everybody asks --- */

/* Homes of a community, and how many of them a column has. */
static void kept_is(struct ctx *c, const struct kept_ask *ask, int64_t scope, int column,
                    int64_t homes, int64_t near)
{
    const struct kept_table *t;
    const struct kept_row *row = NULL;
    MUST_GO(c, kept_enter(c, ask, &t));
    for (size_t i = 0; i < t->n; i++) {
        CHECK(i == 0 || t->row[i].scope > t->row[i - 1].scope);
        if (t->row[i].scope == scope)
            row = &t->row[i];
    }
    kept_leave(c);
    CHECK(row != NULL);
    CHECK_INT(row->homes, homes);
    CHECK_INT(row->near[column], near);
}

TEST_DB(everybody_is_told_what_the_job_saw_until_it_looks_again)
{
    struct alley l = lane();
    struct coverage_done done;
    const struct kept_ask own = { 0 };
    l.house->coverage = coverage_kept_new(test_mem());
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    kept_is(l.c, &own, HERE, PLACE_STATION, 3, 1);
    kept_is(l.c, &own, THERE, PLACE_STATION, 1, 1);
    MUST_GO(l.c, db_begin(l.c));
    shop(l.c, PLACE_STATION, 1400, REVIEW_PUBLISHED);
    home(&l, F_NEAR, ADDRESS_DOOR, 110, 20);
    MUST_GO(l.c, db_commit(l.c));
    kept_is(l.c, &own, HERE, PLACE_STATION, 3, 1);
    kept_is(l.c, &own, THERE, PLACE_STATION, 1, 1);
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    kept_is(l.c, &own, HERE, PLACE_STATION, 3, 2);
    kept_is(l.c, &own, THERE, PLACE_STATION, 2, 2);
    coverage_kept_end(l.house->coverage);
    lane_end(&l);
}

/* At 0.8 m/s: 715 m in the third five minutes, 725 m in the fourth, 130 m in the first. */
TEST_DB(a_rule_of_ones_own_is_counted_by_steps_and_kept_for_half_an_hour)
{
    struct alley l = lane();
    const struct kept_ask station = { true, PLACE_STATION, PROFILE_ELDER };
    l.house->coverage = coverage_kept_new(test_mem());
    l.house->atlas = atlas_new(test_mem());
    kept_is(l.c, &station, HERE, 1, 3, 0);
    kept_is(l.c, &station, HERE, 2, 3, 1);
    kept_is(l.c, &station, HERE, 3, 3, 2);
    kept_is(l.c, &station, HERE, ATLAS_STEPS - 1, 3, 2);
    kept_is(l.c, &station, THERE, 0, 1, 1);
    MUST_GO(l.c, db_begin(l.c));
    shop(l.c, PLACE_STATION, 700, REVIEW_PUBLISHED);
    MUST_GO(l.c, db_commit(l.c));
    kept_is(l.c, &station, HERE, 0, 3, 0);
    l.c->now.ms += 30 * 60000;
    kept_is(l.c, &station, HERE, 0, 3, 2);
    atlas_end(l.house->atlas);
    coverage_kept_end(l.house->coverage);
    lane_end(&l);
}

TEST_DB(counts_that_nobody_keeps_are_not_made)
{
    struct alley l = lane();
    const struct kept_table *t;
    MUST_FAIL(l.c, kept_enter(l.c, &(struct kept_ask){ 0 }, &t), ERR_BUSY, "coverage.counting");
    lane_end(&l);
}
