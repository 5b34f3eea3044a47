/* siting_test.c - against every choice of a tiny world; gains, budgets, marks; the whole house. */

#include "care/siting/question.h"

#include "care/atlas/inside.h"
#include "care/elder/elder.h"
#include "care/parameter/parameter.h"
#include "care/property/property.h"
#include "house.h"
#include "roads/made_test.h"

#include <math.h>
#include <string.h>

extern const struct module household_module, home_module, calendar_module, carer_module,
    family_module, review_module, catalogue_module, offer_module, order_module, visit_module,
    signal_module, meal_module, delivery_module, kitchen_module, coverage_module;

static const struct module *const with_siting[] = {
    &division_module, &calendar_module, &parameter_module, &review_module, &organisation_module,
    &place_module, &compound_module, &elder_module, &family_module, &carer_module,
    &catalogue_module, &offer_module, &meal_module, &delivery_module, &kitchen_module,
    &order_module, &visit_module, &signal_module, &figure_module, &household_module, &home_module,
    &coverage_module, &atlas_module, &scenario_module, &property_module, &siting_module, NULL,
};

#define HERE INT64_C(990101001001)

/* --- without a database: homes and places at random on made-up streets --- */

enum { HOMES = 60, PLACES = 3, SPOTS = 8 };

struct scene {
    struct roads   roads;
    struct atlas  *atlas;
    struct atlas_demand demand;
    struct atlas_served served;
    struct point   at[SPOTS];
    uint8_t        mark[SPOTS];
    int64_t        cost[SPOTS];
    bool           closable[PLACES + 1];
};

static struct scene *scene_of(unsigned seed, bool by_round)
{
    struct scene *s = NEW(test_mem(), struct scene, 1);
    unsigned dice = seed * 31;
    s->roads = made_random(seed, 300);
    s->atlas = atlas_new(test_mem());
    s->atlas->roads = &s->roads;
    for (int i = 1; i <= HOMES; i++)
        home_put(s->atlas, i, HERE + made_number(&dice, 3),
                 made_anchor(&s->roads, PROFILE_ELDER, &dice).home, ADDRESS_DOOR);
    for (int i = 1; i <= PLACES; i++)
        site_put(s->atlas, &(struct atlas_site){
            .id = i, .scope = HERE, .kind = PLACE_STATION, .name = SV("站"),
            .at = made_anchor(&s->roads, PROFILE_ELDER, &dice).home });
    s->demand = (struct atlas_demand){ .rule = { PLACE_STATION, PROFILE_ELDER, 4, 200 },
                                      .by_round = by_round,
                                      .within = { { HERE, HERE + 2 } }, .within_n = 1 };
    atlas_demand_of(test_mem(), s->atlas, &s->demand);
    for (int i = 0; i < SPOTS; i++) {
        s->at[i] = made_anchor(&s->roads, PROFILE_ELDER, &dice).home;
        s->cost[i] = 1 + made_number(&dice, 5);
    }
    s->served = atlas_serve(test_mem(), s->atlas, &s->demand, s->at, SPOTS);
    return s;
}

static void scene_end(struct scene *s)
{
    s->atlas->roads = NULL;                              /* it was not held by a slot */
    atlas_end(s->atlas);
    made_end(&s->roads);
}

static struct plan_ask asked(const struct scene *s, bool by_number, int64_t budget)
{
    return (struct plan_ask){ .demand = &s->demand, .served = &s->served, .mark = s->mark,
                              .cost = s->cost, .closable = s->closable, .by_number = by_number,
                              .budget = budget, .limits.seed = 1 };
}

/* Elders served when the bits of `open` are built and those of `closed` are closed. */
static int64_t served_by(const struct scene *s, unsigned open, unsigned closed)
{
    bool *has = NEW(test_mem(), bool, s->demand.homes + 1);
    int64_t n = 0;
    for (uint32_t row = 0; row < SPOTS + s->served.sites; row++) {
        bool on = row < SPOTS ? (open >> row & 1) == 1
                              : (closed >> (row - SPOTS) & 1) == 0;
        for (size_t l = s->served.first[row]; on && l < s->served.first[row + 1]; l++)
            has[s->served.home[l]] = true;
    }
    for (uint32_t h = 0; h < s->demand.homes; h++)
        n += has[h] ? s->demand.home[h].elders : 0;
    return n;
}

/* The most elders that any allowed choice serves. */
static int64_t best_of_all(const struct scene *s, const struct plan_ask *q)
{
    int64_t best = -1;
    unsigned closable = 0;
    for (uint32_t k = 0; k < s->served.sites; k++)
        closable |= s->closable[k] ? 1u << k : 0;
    for (unsigned open = 0; open < 1u << SPOTS; open++)
        for (unsigned closed = 0; closed < 1u << s->served.sites; closed++) {
            int64_t left = q->budget;
            bool good = (closed & ~closable) == 0;
            for (unsigned k = 0; k < s->served.sites; k++)
                left += closed >> k & 1 ? q->by_number ? 1 : q->close_saves : 0;
            for (unsigned i = 0; i < SPOTS; i++) {
                bool on = open >> i & 1;
                left -= on ? q->by_number ? 1 : s->cost[i] : 0;
                good = good && !(on && s->mark[i] == MARK_FORBIDDEN)
                       && (on || s->mark[i] != MARK_FORCED);
            }
            int64_t n = good && left >= 0 ? served_by(s, open, closed) : -1;
            best = n > best ? n : best;
        }
    return best;
}

/* What a what-if counts with the plan's changes. */
static int64_t tried(struct scene *s, const struct site_plan *p, int64_t *ret_before)
{
    struct ctx *c = made_ctx();
    struct atlas_change *change = NEW(test_mem(), struct atlas_change, p->steps + 1);
    struct atlas_tried t;
    int64_t after = 0;
    for (uint32_t i = 0; i < p->steps; i++)
        change[i] = p->step[i].closes
            ? (struct atlas_change){ ATLAS_CLOSE, s->served.site[p->step[i].which].id, { 0, 0 }, 0 }
            : (struct atlas_change){ ATLAS_OPEN, 0, s->at[p->step[i].which], 0 };
    MUST_GO(c, atlas_try(c, s->atlas, &(struct atlas_try){ s->demand.rule, 0, change, p->steps },
                         &t));
    *ret_before = 0;
    for (size_t i = 0; i < t.before.n; i++) {
        *ret_before += s->demand.by_round ? t.before.at[i].round : t.before.at[i].walk;
        after += s->demand.by_round ? t.after.at[i].round : t.after.at[i].walk;
    }
    return after;
}

static void check_plan(struct scene *s, const struct plan_ask *q)
{
    struct site_plan p = siting_plan(test_mem(), q);
    int64_t left = q->budget, sum = 0, before;
    CHECK_INT(p.end, PLAN_DONE);
    for (uint32_t i = 0; i < p.steps; i++) {
        const struct plan_step *step = &p.step[i];
        sum += step->gain;
        if (step->closes) {
            CHECK(s->closable[step->which] && step->gain <= 0);
            left += q->by_number ? 1 : q->close_saves;
        } else {
            CHECK(s->mark[step->which] != MARK_FORBIDDEN);
            CHECK(step->gain > 0 || s->mark[step->which] == MARK_FORCED);
            left -= q->by_number ? 1 : s->cost[step->which];
        }
    }
    CHECK(left >= 0);
    CHECK_INT(p.after, best_of_all(s, q));
    CHECK_INT(p.after - p.before, sum);
    CHECK_INT(tried(s, &p, &before), p.after);
    CHECK_INT(before, p.before);
    CHECK(p.proved && fabs(p.gained - (double)(p.after - p.before)) < 1e-6);
    for (int i = 0; i < SPOTS; i++) {
        bool built = false;
        for (uint32_t k = 0; k < p.steps; k++)
            built = built || (!p.step[k].closes && p.step[k].which == (uint32_t)i);
        CHECK(built || s->mark[i] != MARK_FORCED);
    }
}

/* The best of all choices, within its budget, and just what a what-if then counts. */
TEST(siting_finds_the_best_choice_and_a_what_if_agrees)
{
    for (unsigned seed = 1; seed <= 8; seed++) {
        struct scene *s = scene_of(seed, seed % 3 == 0);
        struct plan_ask q = asked(s, true, 1 + seed % 3);
        check_plan(s, &q);
        q = asked(s, false, 3 + seed);
        check_plan(s, &q);
        s->mark[seed % SPOTS] = MARK_FORCED;
        s->mark[(seed + 3) % SPOTS] = MARK_FORBIDDEN;
        q = asked(s, true, 2);
        check_plan(s, &q);
        s->closable[0] = s->closable[1] = s->served.sites > 1;
        q = asked(s, true, 1);
        check_plan(s, &q);
        q = asked(s, false, 5);
        q.close_saves = 2;
        check_plan(s, &q);
        scene_end(s);
    }
}

static bool never(void *arg)
{
    ++*(int *)arg;
    return false;
}

/* Called off at once it still gives a choice within the budget, and a bound that holds. */
TEST(siting_called_off_tells_a_bound_that_holds)
{
    for (unsigned seed = 1; seed <= 4; seed++) {
        struct scene *s = scene_of(seed, false);
        struct plan_ask q = asked(s, true, 2);
        int times = 0;
        q.limits.go_on = never;
        q.limits.arg = &times;
        struct site_plan p = siting_plan(test_mem(), &q);
        int64_t best = best_of_all(s, &q), before;
        CHECK(p.steps <= 2 && p.after <= best);
        CHECK(p.most + (double)p.before >= (double)best - 1e-6);
        CHECK_INT(tried(s, &p, &before), p.after);
        scene_end(s);
    }
}

TEST(siting_refuses_more_than_may_be_built)
{
    struct scene *s = scene_of(3, false);
    s->mark[0] = s->mark[1] = MARK_FORCED;
    struct plan_ask q = asked(s, true, 1);
    CHECK_INT(siting_plan(test_mem(), &q).end, PLAN_FORCED);
    q.budget = 2;
    CHECK_INT(siting_plan(test_mem(), &q).end, PLAN_DONE);
    scene_end(s);
}

/* Two hundred here, of whom most are served; ten in a community that has nothing. */
TEST(siting_with_equity_goes_to_the_least_served)
{
    struct atlas_home home[] = { { HERE, { 0, 0 }, 180, 0, true },
                                 { HERE, { 0, 0 }, 20, NOT_REACHED, false },
                                 { HERE + 1, { 0, 0 }, 15, NOT_REACHED, false } };
    struct atlas_site site = { .id = 1 };
    size_t first[] = { 0, 1, 2, 3 };
    uint32_t row[] = { 1, 2, 0 };
    bool loose[2] = { false }, closable[1] = { false };
    struct atlas_demand d = { .home = home, .homes = 3 };
    struct atlas_served s = { first, row, &site, 2, 1, loose };
    uint8_t mark[2] = { 0 };
    int64_t cost[2] = { 1, 1 };
    struct plan_ask q = { .demand = &d, .served = &s, .mark = mark, .cost = cost,
                          .closable = closable, .by_number = true, .budget = 1 };
    struct site_plan p = siting_plan(test_mem(), &q);
    CHECK_INT((int64_t)p.steps, 1);
    CHECK_INT(p.step[0].which, 0);
    CHECK_INT(p.step[0].gain, 20);
    q.equity = 1;
    p = siting_plan(test_mem(), &q);
    CHECK_INT(p.step[0].which, 1);
    CHECK_INT(p.step[0].gain, 15);
    CHECK_INT(p.step[0].scope, HERE + 1);
    CHECK(fabs(p.gained - 30) < 1e-6 && p.proved);
}

TEST(siting_says_which_places_could_merge)
{
    struct atlas_home home[] = { { HERE, { 0, 0 }, 100, 0, true }, { HERE, { 0, 0 }, 40, 0, true },
                                 { HERE, { 0, 0 }, 30, 0, true } };
    struct atlas_site site[] = { { .id = 1 }, { .id = 2 }, { .id = 3 } };
    size_t first[] = { 0, 2, 3, 4 };                     /* both; the first alone; the third */
    uint32_t row[] = { 0, 1, 0, 2 }, n;
    bool loose[1] = { false };
    struct atlas_demand d = { .home = home, .homes = 3 };
    struct atlas_served s = { first, row, site, 0, 3, loose };
    struct overlap *o = siting_overlap(test_mem(), &d, &s, &n);
    CHECK_INT(n, 3);
    CHECK_INT(o[0].site, 1);
    CHECK(o[0].could_merge && o[0].only == 0 && o[0].with == 0 && o[0].shared == 100);
    CHECK(!o[1].could_merge && o[1].site == 0 && o[1].only == 40 && o[1].near == 140);
    CHECK(!o[2].could_merge && o[2].with == 2);
}

/* --- with the house: a street of 1.5 km, a station at one end, homes along it --- */

struct alley { struct ctx *c; struct roads roads; struct house *house; struct division_id here;
              struct place station, meals; struct property room; };

static void keep_roads(void *snapshot)
{
    (void)snapshot;
}

static struct place stands(struct alley *l, int kind, const char *name, double x_m)
{
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.row.scope = HERE;
    p.name = sv_of(name);
    p.phone = SV("01000001234");
    p.hours = SV("Mo-Su 08:00-17:00");
    p.kind = kind;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.state = REVIEW_PUBLISHED;
    MUST_GO(l->c, entity_bulk(l->c, &place_entity, &p, 1));
    return p;
}

static struct property empty_at(struct alley *l, double x_m, int64_t cost_fen)
{
    struct property p;
    struct point at = made_point(x_m, 10);
    record_clear(property_fields, &p);
    p.row.scope = HERE;
    p.name = SV("原锅炉房");
    p.address = SV("柳荫一街 21 号");
    p.source = SV("街道资产台账");
    p.division = l->here;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.area_m2 = 260;
    p.cost.fen = cost_fen;
    MUST_GO(l->c, entity_create(l->c, &property_entity, &p));
    return p;
}

static void lives(struct alley *l, int n, double x_m)
{
    struct point at = made_point(x_m, 0);
    for (int i = 0; i < n; i++) {
        struct elder e;
        record_clear(elder_fields, &e);
        e.row.scope = HERE;
        e.name = SV("王秀英");
        e.birth = day_civil(1946, 3, 2);
        e.division = l->here;
        e.phone = SV("10000000000");
        e.match_level = ADDRESS_DOOR;
        e.home_lat.e7 = at.lat_e7;
        e.home_lon.e7 = at.lon_e7;
        MUST_GO(l->c, entity_bulk(l->c, &elder_entity, &e, 1));
    }
}

static struct alley alley(void)
{
    struct alley l = { .c = house_world(with_siting), .roads = made_street() };
    struct roads *kept = NEW(test_mem(), struct roads, 1);
    struct division d;
    l.house = (struct house *)(uintptr_t)l.c->house;
    l.house->roads = slot_new(test_mem(), keep_roads);
    l.house->atlas = atlas_new(test_mem());
    *kept = l.roads;
    slot_swap(l.house->roads, kept);
    MUST_GO(l.c, db_begin(l.c));
    record_clear(division_fields, &d);
    d.row.scope = HERE;
    d.name = SV("柳荫社区");
    d.level = DIVISION_COMMUNITY;
    d.valid_from = day_civil(2020, 1, 1);
    d.valid_to = DAY_NONE;
    MUST_GO(l.c, entity_bulk(l.c, &division_entity, &d, 1));
    l.here = d.id;
    l.station = stands(&l, PLACE_STATION, "驿站", 0);
    l.meals = stands(&l, PLACE_MEAL_POINT, "助餐点", 900);
    lives(&l, 3, 100);
    lives(&l, 5, 800);
    lives(&l, 2, 1450);
    l.room = empty_at(&l, 1400, 22000000);
    MUST_GO(l.c, db_commit(l.c));
    return l;
}

static void alley_end(struct alley *l)
{
    atlas_end(l->house->atlas);
    slot_swap(l->house->roads, NULL);
    made_end(&l->roads);
}

/* Five minutes at an old person's pace are 240 m. */
static struct siting_row five_minutes(const struct alley *l)
{
    struct siting_row s;
    record_clear(siting_fields, &s);
    s.name = SV("再建一处驿站");
    s.division = l->here;
    s.kind = PLACE_STATION;
    s.minutes = (struct opt_int){ true, 5 };
    s.goal = SITING_BY_NUMBER;
    s.sites = 1;
    return s;
}

static struct solution solved(struct alley *l, const struct siting_row *s, struct question *q)
{
    struct solution made;
    MUST_GO(l->c, question_make(l->c, s, true, q));
    MUST_GO(l->c, question_solve(l->c, q, 1, NULL, NULL, &made));
    return made;
}

TEST_DB(siting_chooses_between_places_and_idle_properties)
{
    struct alley l = alley();
    struct question q;
    struct siting_row s = five_minutes(&l);
    struct solution made = solved(&l, &s, &q);
    CHECK_INT(q.n, 2);
    CHECK_INT(made.plan.steps, 1);
    CHECK_INT(q.candidate[made.plan.step[0].which].id, l.meals.id.n);
    CHECK_INT(made.plan.before, 3);
    CHECK_INT(made.plan.after, 8);
    s.goal = SITING_BY_BUDGET;
    s.budget.fen = 25000000;                             /* the meal point's guess is 300,000 */
    made = solved(&l, &s, &q);
    CHECK_INT(q.candidate[made.plan.step[0].which].id, l.room.id.n);
    CHECK_INT(made.plan.after, 5);
    s.budget.fen = 60000000;
    made = solved(&l, &s, &q);
    CHECK_INT(made.plan.after, 10);
    CHECK(sv_find(made.changes, SV("\"act\":\"open\"")) > 0);
    alley_end(&l);
}

TEST_DB(siting_counts_what_is_idle_and_a_grid)
{
    struct alley l = alley();
    struct question q;
    struct siting_row s = five_minutes(&l);
    struct property p;
    MUST_GO(l.c, db_begin(l.c));
    l.c->reason = SV("居委会要用");
    MUST_GO(l.c, entity_act(l.c, &property_entity, l.room.id.n, 1, SV("agree"), NULL, &p));
    MUST_GO(l.c, db_commit(l.c));
    (void)solved(&l, &s, &q);
    CHECK_INT(q.n, 1);
    s.sources.bits = 1u << FROM_GRID;
    s.grid_m = 100;
    struct solution made = solved(&l, &s, &q);
    CHECK(q.n >= 10 && q.candidate[0].source == FROM_GRID);
    CHECK_INT(made.plan.after, 8);
    CHECK_INT(made.plan.step[0].gain, 5);
    alley_end(&l);
}

TEST_DB(siting_refuses_by_field)
{
    struct alley l = alley();
    struct question q;
    struct siting_row s = five_minutes(&l);
    s.marks.json = SV("{\"force\":[\"property:4711\"]}");
    MUST_FAULT(l.c, question_make(l.c, &s, true, &q), "siting.mark");
    s.marks.json = SV("[7]");
    MUST_FAULT(l.c, question_make(l.c, &s, true, &q), "siting.marks");
    s.marks.json = sv_fmt(&l.c->mem, "{\"close\":[\"place:%lld\"]}", (long long)l.meals.id.n);
    MUST_FAULT(l.c, question_make(l.c, &s, true, &q), "siting.mark");
    s.marks.json = SV("");
    s.sites = 0;
    MUST_FAULT(l.c, question_make(l.c, &s, true, &q), "siting.sites");
    s.goal = SITING_BY_BUDGET;
    MUST_FAULT(l.c, question_make(l.c, &s, true, &q), "siting.budget");
    s.goal = SITING_BY_NUMBER;
    s.sites = 1;
    s.marks.json = sv_fmt(&l.c->mem, "{\"force\":[\"property:%lld\",\"place:%lld\"]}",
                          (long long)l.room.id.n, (long long)l.meals.id.n);
    MUST_GO(l.c, question_make(l.c, &s, true, &q));
    struct solution made;
    MUST_FAULT(l.c, question_solve(l.c, &q, 1, NULL, NULL, &made), "siting.forced");
    alley_end(&l);
}

/* The job itself runs in the journeys. */
TEST_DB(siting_row_stands_with_its_job)
{
    struct alley l = alley();
    struct siting_row s = five_minutes(&l), seen;
    struct job j;
    bool found;
    MUST_GO(l.c, db_begin(l.c));
    MUST_GO(l.c, entity_create(l.c, &siting_entity, &s));
    MUST_GO(l.c, db_commit(l.c));
    CHECK_INT(s.state, SITING_WAITING);
    MUST_GO(l.c, job_get(l.c, s.job, &j, &found));
    CHECK(found && sv_is(j.kind, "siting.run"));
    MUST_GO(l.c, db_begin(l.c));
    MUST_GO(l.c, entity_act(l.c, &siting_entity, s.id.n, 1, SV("cancel"), NULL, &seen));
    MUST_GO(l.c, db_commit(l.c));
    MUST_GO(l.c, job_get(l.c, s.job, &j, &found));
    CHECK(sv_is(j.state, "cancelled") && seen.state == SITING_CANCELLED);
    alley_end(&l);
}
