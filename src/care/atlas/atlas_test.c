/* atlas_test.c - changes against a fresh start on random streets, and the register behind it. */

#include "care/atlas/page/ask.h"
#include "care/atlas/inside.h"

#include "care/coverage/coverage.h"
#include "house.h"
#include "roads/made_test.h"

#include <math.h>
#include <string.h>

extern const struct module household_module, home_module, calendar_module, carer_module,
    family_module, review_module, catalogue_module, offer_module, order_module, visit_module,
    signal_module, parameter_module,
    meal_module, delivery_module, kitchen_module;

static const struct module *const with_atlas[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &elder_module, &family_module, &carer_module,
    &catalogue_module, &offer_module, &meal_module, &delivery_module, &kitchen_module,
    &order_module, &visit_module, &signal_module, &coverage_module, &figure_module,
    &household_module, &home_module,
    &atlas_module, NULL,
};

#define HERE  INT64_C(990101001001)
#define THERE INT64_C(990101001002)

/* enum fca_measure: its header has a `relation` of its own, as the register has. */
enum { E2SFCA = 1 };

/* --- without a database --- */

static struct atlas *atlas_on(struct roads *r)
{
    struct atlas *a = atlas_new(test_mem());
    a->roads_slot = NULL;
    a->roads = r;
    return a;
}

static void atlas_off(struct atlas *a)
{
    a->roads = NULL;                                     /* it was not held by a slot */
    atlas_end(a);
}

static struct point some_point(const struct roads *r, unsigned *seed)
{
    return made_anchor(r, PROFILE_ELDER, seed).home;
}

/* What stands, so that it can be put into a fresh atlas. */
enum { HOMES = 120, PLACES = 14, ROUNDS = 25 };
struct scene { struct { struct point at; int64_t scope; int level; bool here; } home[HOMES + 1];
               struct { struct atlas_site is; bool open; } place[PLACES + 1]; };

static void stir_home(struct atlas *a, struct scene *s, const struct roads *r, unsigned *seed)
{
    uint32_t i = 1 + made_number(seed, HOMES);
    s->home[i].at = some_point(r, seed);
    s->home[i].scope = HERE + made_number(seed, 3);
    s->home[i].level = (int)made_number(seed, ADDRESS_DOOR + 1);
    s->home[i].here = made_number(seed, 4) != 0;
    if (s->home[i].here)
        home_put(a, i, s->home[i].scope, s->home[i].at, s->home[i].level);
    else
        home_drop(a, i);
}

static void stir_place(struct atlas *a, struct scene *s, const struct roads *r, unsigned *seed)
{
    uint32_t i = 1 + made_number(seed, PLACES);
    struct site *now;
    s->place[i].is = (struct atlas_site){ .id = i, .scope = HERE + made_number(seed, 3),
                                          .at = some_point(r, seed),
                                          .kind = made_number(seed, 2) ? PLACE_STATION
                                                                       : PLACE_INSTITUTION,
                                          .supply = made_number(seed, 50), .name = SV("网点") };
    s->place[i].open = made_number(seed, 3) != 0;
    if (s->place[i].open)
        site_put(a, &s->place[i].is);
    else if ((now = site_find(a, i)) != NULL)
        site_drop(a, (size_t)(now - a->site));
}

static struct atlas *afresh(struct roads *r, const struct scene *s)
{
    struct atlas *a = atlas_on(r);
    for (int i = 1; i <= HOMES; i++)
        if (s->home[i].here)
            home_put(a, i, s->home[i].scope, s->home[i].at, s->home[i].level);
    for (int i = 1; i <= PLACES; i++)
        if (s->place[i].open)
            site_put(a, &s->place[i].is);
    return a;
}

static const struct atlas_sum *sum_at(const struct atlas_sums *s, int64_t scope)
{
    static const struct atlas_sum none;
    for (size_t i = 0; i < s->n; i++)
        if (s->at[i].scope == scope)
            return &s->at[i];
    return &none;
}

static void same_sums(const struct atlas_sums *x, const struct atlas_sums *y)
{
    for (int64_t scope = HERE; scope < HERE + 3; scope++) {
        const struct atlas_sum *a = sum_at(x, scope), *b = sum_at(y, scope);
        CHECK_INT(a->known, b->known);
        CHECK_INT(a->walk, b->walk);
        CHECK_INT(a->round, b->round);
        CHECK_INT(a->both, b->both);
        CHECK_INT(a->loose, b->loose);
        CHECK_INT(a->places, b->places);
        CHECK(fabs(a->access - b->access) < 1e-9);
        for (int level = 0; level <= ADDRESS_DOOR; level++)
            CHECK_INT(a->level[level], b->level[level]);
    }
}

static void same_access(const struct atlas_sums *x, const struct atlas_sums *y)
{
    for (int64_t scope = HERE; scope < HERE + 3; scope++) {
        CHECK_INT(sum_at(x, scope)->known, sum_at(y, scope)->known);
        CHECK_INT(sum_at(x, scope)->walk, sum_at(y, scope)->walk);
        CHECK_INT(sum_at(x, scope)->round, sum_at(y, scope)->round);
        CHECK(fabs(sum_at(x, scope)->access - sum_at(y, scope)->access) < 1e-9);
    }
}

static struct atlas_rule some_rule(unsigned *seed)
{
    int kind = made_number(seed, 2) ? PLACE_STATION : PLACE_INSTITUTION;
    return (struct atlas_rule){ .kind = kind,
                                .profile = (enum profile)made_number(seed, PROFILE_COUNT),
                                .minutes = 1 + made_number(seed, 15),
                                .metres = 100 + made_number(seed, 900) };
}

/* Whatever opens, moves, closes, whoever comes and goes: the sums are those of a fresh start. */
TEST(atlas_changes_give_what_a_fresh_start_gives)
{
    for (unsigned seed = 1; seed <= 6; seed++) {
        unsigned dice = seed;
        struct roads r = made_random(seed, 300);
        struct scene *s = NEW(test_mem(), struct scene, 1);
        struct atlas *a = atlas_on(&r);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < (round ? 4 : 3 * HOMES); i++)
                stir_home(a, s, &r, &dice);
            for (int i = 0; i < (round ? 2 : PLACES); i++)
                stir_place(a, s, &r, &dice);
            struct atlas_rule rule = some_rule(&dice);
            struct atlas *fresh = afresh(&r, s);
            struct atlas_sums x = atlas_count(test_mem(), a, &rule);
            struct atlas_sums y = atlas_count(test_mem(), fresh, &rule);
            same_sums(&x, &y);
            atlas_off(fresh);
        }
        atlas_off(a);
        made_end(&r);
    }
}

/* The changes as a scene of their own: what a fresh atlas counts is what the question foretold. */
TEST(atlas_tried_is_what_comes_true_and_leaves_nothing_behind)
{
    for (unsigned seed = 1; seed <= 5; seed++) {
        unsigned dice = seed * 77;
        struct ctx *c = made_ctx();
        struct roads r = made_random(seed, 300);
        struct scene *s = NEW(test_mem(), struct scene, 1);
        struct atlas *a = atlas_on(&r);
        for (int i = 0; i < 3 * HOMES; i++)
            stir_home(a, s, &r, &dice);
        for (int i = 1; i <= PLACES; i++) {
            s->place[i].is = (struct atlas_site){ .id = i, .scope = HERE, .kind = PLACE_STATION,
                                                  .at = some_point(&r, &dice), .supply = i,
                                                  .name = SV("站") };
            s->place[i].open = true;
            site_put(a, &s->place[i].is);
        }
        struct atlas_rule rule = { PLACE_STATION, PROFILE_ELDER, 8, 500 };
        struct atlas_change change[] = { { ATLAS_CLOSE, 1, { 0, 0 }, 0 },
                                         { ATLAS_MOVE, 2, some_point(&r, &dice), 0 },
                                         { ATLAS_ENLARGE, 3, { 0, 0 }, 90 },
                                         { ATLAS_OPEN, 0, some_point(&r, &dice), 30 } };
        struct atlas_try t = { rule, E2SFCA, change, 4 };
        struct atlas_try nothing = { rule, E2SFCA, NULL, 0 };
        struct atlas_tried tried, then, again;
        MUST_GO(c, atlas_try(c, a, &t, &tried));
        s->place[1].open = false;
        s->place[2].is.at = change[1].at;
        s->place[3].is.supply = 90;
        struct atlas *fresh = afresh(&r, s);
        site_put(fresh, &(struct atlas_site){ .id = PLACES + 1, .scope = HERE + 1, .supply = 30,
                                              .kind = PLACE_STATION, .at = change[3].at,
                                              .name = SV("新站") });
        MUST_GO(c, atlas_try(c, fresh, &nothing, &then));
        for (size_t i = 0; i < tried.after.n; i++)
            tried.after.at[i].places = sum_at(&then.before, tried.after.at[i].scope)->places;
        same_sums(&tried.after, &then.before);
        CHECK(fabs(tried.supply_after - then.supply_before) < 1e-9);
        MUST_GO(c, atlas_try(c, a, &nothing, &again));
        same_sums(&tried.before, &again.before);
        same_sums(&tried.before, &again.after);
        for (int round = 0; round < 3; round++) {        /* who moves meanwhile is counted too */
            for (int i = 0; i < HOMES / 4; i++) {
                unsigned alike = dice;
                stir_home(a, s, &r, &dice);
                stir_home(fresh, s, &r, &alike);
            }
            lenses_forget(fresh);
            goals_forget(fresh);
            MUST_GO(c, atlas_try(c, a, &t, &tried));
            MUST_GO(c, atlas_try(c, fresh, &nothing, &then));
            same_access(&tried.after, &then.before);
        }
        atlas_off(fresh);
        atlas_off(a);
        made_end(&r);
    }
}

/* Some come, some go, places open and close: what is shared out is as if it were begun anew. */
TEST(atlas_beds_are_shared_out_anew_only_around_what_stirred)
{
    for (unsigned seed = 1; seed <= 4; seed++) {
        unsigned dice = seed * 31;
        struct ctx *c = made_ctx();
        struct roads r = made_random(seed, 300);
        struct scene *s = NEW(test_mem(), struct scene, 1);
        struct atlas *a = atlas_on(&r);
        struct atlas_rule rule = { PLACE_STATION, (enum profile)(seed % PROFILE_COUNT), 8, 500 };
        struct atlas_try nothing = { rule, E2SFCA, NULL, 0 };
        size_t mended = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int homes = round == 0 ? 3 * HOMES : round % 9 == 8 ? HOME_MOVES_MAX : round % 4;
            for (int i = 0; i < homes; i++)
                stir_home(a, s, &r, &dice);
            for (int i = 0; i < (round ? round % 3 : PLACES); i++)
                stir_place(a, s, &r, &dice);
            struct atlas *fresh = afresh(&r, s);
            struct atlas_tried x, y;
            MUST_GO(c, atlas_try(c, a, &nothing, &x));
            MUST_GO(c, atlas_try(c, fresh, &nothing, &y));
            same_sums(&x.before, &y.before);
            mended = a->lens[0].access.mended > mended ? a->lens[0].access.mended : mended;
            atlas_off(fresh);
        }
        CHECK(mended > 3);
        atlas_off(a);
        made_end(&r);
    }
}

/* --- with the register --- */

struct alley { struct ctx *c; struct roads roads; struct house *house; struct elder elder[4];
               struct place shop; struct division_id here; };

static void keep_roads(void *snapshot)
{
    (void)snapshot;
}

static void shop_open(struct alley *l, double x_m)
{
    struct place *p = &l->shop;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, p);
    p->row.scope = HERE;
    p->name = SV("驿站");
    p->phone = SV("01000001234");
    p->hours = SV("Mo-Su 08:00-17:00");
    p->kind = PLACE_STATION;
    p->lat.e7 = at.lat_e7;
    p->lon.e7 = at.lon_e7;
    p->beds_total = 12;
    p->state = REVIEW_PUBLISHED;
    MUST_GO(l->c, entity_bulk(l->c, &place_entity, p, 1));
    MUST_GO(l->c, event_add(l->c, &(struct event){ .entity = SV("place"), .row_id = p->id.n,
                                                   .action = SV("publish"), .scope = HERE }));
}

static void home_at(struct alley *l, int i, int level, double x_m)
{
    struct elder *e = &l->elder[i];
    struct point at = made_point(x_m, 0);
    record_clear(elder_fields, e);
    e->row.scope = i == 3 ? THERE : HERE;
    e->name = SV("王秀英");
    e->birth = day_civil(1946, 3, 2);
    e->division = l->here;
    e->phone = sv_fmt(&l->c->mem, "1000000000%d", i);
    e->match_level = level;
    if (level != ADDRESS_NONE) {
        e->home_lat.e7 = at.lat_e7;
        e->home_lon.e7 = at.lon_e7;
    }
    MUST_GO(l->c, entity_bulk(l->c, &elder_entity, e, 1));
}

static void here_is(struct alley *l)
{
    struct division d;
    record_clear(division_fields, &d);
    d.row.scope = HERE;
    d.name = SV("柳荫社区");
    d.level = DIVISION_COMMUNITY;
    d.valid_from = day_civil(2020, 1, 1);
    d.valid_to = DAY_NONE;
    MUST_GO(l->c, entity_bulk(l->c, &division_entity, &d, 1));
    l->here = d.id;
}

static struct alley lane(void)
{
    struct alley l = { .c = house_world(with_atlas), .roads = made_street() };
    struct roads *kept = NEW(test_mem(), struct roads, 1);
    l.house = (struct house *)(uintptr_t)l.c->house;
    l.house->roads = slot_new(test_mem(), keep_roads);
    l.house->atlas = atlas_new(test_mem());
    *kept = l.roads;
    slot_swap(l.house->roads, kept);
    MUST_GO(l.c, db_begin(l.c));
    here_is(&l);
    shop_open(&l, 0);
    home_at(&l, 0, ADDRESS_DOOR, 705);                   /* 715 m at 0.8 m/s: within 15 minutes */
    home_at(&l, 1, ADDRESS_BUILDING, 715);
    home_at(&l, 2, ADDRESS_NONE, 0);
    home_at(&l, 3, ADDRESS_COMMUNITY, 100);
    MUST_GO(l.c, db_commit(l.c));
    return l;
}

static void lane_end(struct alley *l)
{
    atlas_end(l->house->atlas);
    slot_swap(l->house->roads, NULL);
    made_end(&l->roads);
}

static const struct atlas_rule quarter = { PLACE_STATION, PROFILE_ELDER, 15, 710 };

static struct atlas_sum counted(struct alley *l, int64_t scope)
{
    struct atlas *a;
    MUST_GO(l->c, atlas_enter(l->c, &a));
    struct atlas_sums sums = atlas_count(&l->c->mem, a, &quarter);
    atlas_leave(l->c, a);
    return *sum_at(&sums, scope);
}

TEST_DB(atlas_counts_the_register_by_walk_and_by_radius)
{
    struct alley l = lane();
    struct atlas_sum here = counted(&l, HERE), there = counted(&l, THERE);
    CHECK_INT(here.known, 2);
    CHECK_INT(here.level[ADDRESS_NONE], 1);
    CHECK_INT(here.level[ADDRESS_DOOR], 1);
    CHECK_INT(here.walk, 1);
    CHECK_INT(here.round, 1);                            /* 705.1 m as the crow flies */
    CHECK_INT(here.places, 1);
    CHECK_INT(there.walk, 1);
    CHECK_INT(there.level[ADDRESS_COMMUNITY], 1);
    lane_end(&l);
}

/* Committed before the question, counted in its answer; the same as the register's notes. */
TEST_DB(atlas_holds_what_was_committed_before_the_question)
{
    struct alley l = lane();
    struct elder e;
    struct coverage_done done;
    bool found;
    CHECK_INT(counted(&l, HERE).walk, 1);
    MUST_GO(l.c, db_begin(l.c));
    shop_open(&l, 1400);
    MUST_GO(l.c, db_commit(l.c));
    CHECK_INT(counted(&l, HERE).walk, 2);
    MUST_GO(l.c, coverage_measure(l.c, NULL, &done));
    MUST_GO(l.c, entity_load(l.c, &elder_entity, l.elder[1].id.n, &e, &found));
    CHECK(e.near_kinds.bits >> PLACE_STATION & 1);
    MUST_GO(l.c, db_begin(l.c));
    e.died_on = day_of(l.c->now);
    MUST_GO(l.c, entity_update_by_rule(l.c, &elder_entity, &e, e.row.version, "change"));
    MUST_GO(l.c, db_commit(l.c));
    CHECK_INT(counted(&l, HERE).known, 1);
    CHECK_INT(counted(&l, HERE).walk, 1);
    lane_end(&l);
}

TEST_DB(atlas_refuses_a_change_to_a_place_that_is_not_there)
{
    struct alley l = lane();
    struct atlas *a;
    struct atlas_tried tried;
    struct atlas_change change = { ATLAS_CLOSE, 4711, { 0, 0 }, 0 };
    struct atlas_try t = { quarter, E2SFCA, &change, 1 };
    MUST_GO(l.c, atlas_enter(l.c, &a));
    enum err err = atlas_try(l.c, a, &t, &tried);
    atlas_leave(l.c, a);
    MUST_FAIL(l.c, err, ERR_INVALID, "atlas.no_place");
    change.place = l.shop.id.n;
    MUST_GO(l.c, atlas_enter(l.c, &a));
    MUST_GO(l.c, atlas_try(l.c, a, &t, &tried));
    atlas_leave(l.c, a);
    CHECK_INT(sum_at(&tried.before, HERE)->walk, 1);
    CHECK_INT(sum_at(&tried.after, HERE)->walk, 0);
    CHECK_INT((int64_t)tried.supply_before, 12);
    CHECK_INT((int64_t)tried.supply_after, 0);
    lane_end(&l);
}

TEST_DB(atlas_without_streets_says_so)
{
    struct alley l = lane();
    struct atlas *a;
    CHECK_INT(counted(&l, HERE).walk, 1);
    slot_swap(l.house->roads, NULL);
    MUST_FAIL(l.c, atlas_enter(l.c, &a), ERR_BUSY, "near.no_roads");
    lane_end(&l);
}
