/* survey_test.c - who is asked is drawn by lot, three tries count, and shares say how sure. */

#include "care/order/order_world_test.h"
#include "care/survey/survey.h"

#include <math.h>

#define NEAR(a, b) CHECK(fabs((a) - (b)) < 0.00006)

/* Newcombe, Statistics in Medicine 17 (1998), table of method 3. */
TEST(wilson_gives_the_published_intervals)
{
    static const struct { int64_t n, x; double low, high; } known[] = {
        { 263, 81, 0.2553, 0.3662 }, { 148, 15, 0.0624, 0.1605 },
        { 20, 0, 0.0000, 0.1611 },   { 29, 1, 0.0061, 0.1718 },
    };
    for (size_t i = 0; i < 4; i++) {
        struct share s = share_of(0, known[i].n, known[i].x);
        NEAR(s.low, known[i].low);
        NEAR(s.high, known[i].high);
    }
}

TEST(a_whole_population_is_sure_and_a_small_one_surer_than_a_large_one)
{
    struct share all = share_of(40, 40, 30), part = share_of(50, 40, 30), big = share_of(0, 40, 30);
    NEAR(all.low, 0.75);
    NEAR(all.high, 0.75);
    CHECK(part.high - part.low < big.high - big.low);
    struct share none = share_of(40, 0, 0);
    NEAR(none.low, 0);
    NEAR(none.high, 1);
}

/* p = 0.9 * 0.8 + 0.1 * 0.5; variance by hand: 0.81 * 0.16 / 29 * (1 - 30/900) + 0.01 * 0.25 / 9
 * * (1 - 10/100). */
TEST(strata_are_weighted_by_their_people)
{
    struct stratum s[] = { { 900, 30, 24 }, { 100, 10, 5 }, { 200, 0, 0 } };
    double covered, variance = 0.81 * 0.16 / 29 * (1 - 30.0 / 900) + 0.01 * 0.25 / 9 * 0.9;
    struct share all = share_of_strata(s, 3, &covered);
    NEAR(all.p, 0.77);
    NEAR(covered, 1000.0 / 1200);
    double n = 0.77 * 0.23 / variance, z2 = 3.841458820694124;
    NEAR((all.low + all.high) / 2, (0.77 + z2 / (2 * n)) / (1 + z2 / n));
}

/* --- drawing and calling --- */

struct asked { struct station s; struct who district, clerk; struct survey_round r; };

static void served(struct asked *a, int n)
{
    for (int i = 0; i < n; i++) {
        struct elder e = a->s.wang;
        struct care_order o;
        e.id.n = 5000 + i;
        e.account.n = 0;
        MUST_GO(a->s.c, entity_bulk(a->s.c, &elder_entity, &e, 1));
        for (int k = 0; k < 2; k++) {                      /* twice served is asked once */
            record_clear(care_order_fields, &o);
            o.id.n = 7000 + 2 * i + k;
            o.row.scope = a->s.org.row.scope;
            o.number = sv_fmt(test_mem(), "T%d-%d", i, k);
            o.org = i % 4 ? a->s.org.id : a->s.other_org.id;
            o.elder = e.id;
            o.day = day_civil(2026, 11, 10 + k);
            o.state = ORDER_SERVED;
            MUST_GO(a->s.c, entity_bulk(a->s.c, &care_order_entity, &o, 1));
        }
    }
}

static void begin(struct asked *a)
{
    struct division d;
    a->s = station_world();
    record_clear(division_fields, &d);
    d.id.n = 77;
    d.row.scope = INT64_C(990101001000);
    d.name = SV("柳荫街道");
    d.level = DIVISION_STREET;
    MUST_GO(a->s.c, entity_bulk(a->s.c, &division_entity, &d, 1));
    served(a, 40);
    a->district = a->s.staff;
    a->district.role = ROLE_DISTRICT_OFFICER;
    a->clerk = a->s.staff;
    a->clerk.role = ROLE_CLERK_12345;
}

static void drawn(struct asked *a, int64_t seed)
{
    record_clear(survey_round_fields, &a->r);
    a->r.name = SV("十一月回访");
    a->r.division.n = 77;
    a->r.from_day = day_civil(2026, 11, 1);
    a->r.to_day = day_civil(2026, 11, 20);
    a->r.per_org = 8;
    a->r.seed = seed;
    a->s.c->who = &a->district;
    MUST_GO(a->s.c, entity_create(a->s.c, &survey_round_entity, &a->r));
    MUST_GO(a->s.c, entity_act(a->s.c, &survey_round_entity, a->r.id.n, a->r.row.version,
                               SV("draw"), NULL, &a->r));
}

/* The elders drawn, as a bit each. */
static uint64_t elders_of(struct asked *a, size_t *ret_n)
{
    struct query q;
    struct page page;
    uint64_t bits = 0;
    a->s.c->who = &a->clerk;
    MUST_GO(a->s.c, query_read(a->s.c, &survey_call_entity,
                               sv_fmt(test_mem(), "size=200&round=%lld", (long long)a->r.id.n),
                               &q));
    MUST_GO(a->s.c, entity_list(a->s.c, &survey_call_entity, &q, &page));
    for (size_t i = 0; i < page.n; i++)
        bits |= UINT64_C(1) << (((const struct survey_call *)page.rows)[i].elder.n - 5000);
    *ret_n = page.n;
    return bits;
}

TEST_DB(a_sample_is_drawn_by_provider_once_and_the_seed_draws_it_again)
{
    struct asked a;
    size_t n;
    begin(&a);
    drawn(&a, 20261122);
    CHECK_INT(a.r.population, 40);
    CHECK_INT(a.r.drawn, 16);
    uint64_t first = elders_of(&a, &n);
    CHECK_INT((int64_t)n, 16);
    a.s.c->who = &a.district;
    MUST_FAIL(a.s.c, entity_act(a.s.c, &survey_round_entity, a.r.id.n, a.r.row.version,
                                SV("draw"), NULL, &a.r), ERR_CONFLICT, "step.not_now");
    drawn(&a, 20261122);
    CHECK(elders_of(&a, &n) == first);
    drawn(&a, 7);
    CHECK(elders_of(&a, &n) != first);
    struct query q = { .size = 5 };
    struct page page;
    a.s.c->who = &a.s.manager;
    MUST_GO(a.s.c, entity_list(a.s.c, &survey_call_entity, &q, &page));
    CHECK_INT((int64_t)page.n, 0);
}

TEST_DB(three_tries_at_three_parts_of_a_day_before_she_is_not_reached)
{
    struct asked a;
    struct query q = { .size = 1 };
    struct page page;
    begin(&a);
    drawn(&a, 1);
    a.s.c->who = &a.clerk;
    MUST_GO(a.s.c, entity_list(a.s.c, &survey_call_entity, &q, &page));
    struct survey_call k = *(const struct survey_call *)page.rows;
#define ACT(name) entity_act(a.s.c, &survey_call_entity, k.id.n, k.row.version, SV(name), NULL, &k)
    a.s.c->now = moment_at(day_civil(2026, 11, 23), 600);
    MUST_FAIL(a.s.c, ACT("unreached"), ERR_CONFLICT, "survey.three");
    MUST_GO(a.s.c, ACT("no_answer"));
    MUST_FAIL(a.s.c, ACT("no_answer"), ERR_CONFLICT, "survey.same_part");
    a.s.c->now = moment_at(day_civil(2026, 11, 23), 900);
    MUST_GO(a.s.c, ACT("no_answer"));
    a.s.c->now = moment_at(day_civil(2026, 11, 24), 1140);
    MUST_FAIL(a.s.c, ACT("no_answer"), ERR_CONFLICT, "step.not_now");
    MUST_GO(a.s.c, ACT("unreached"));
    CHECK_INT(k.state, ASK_UNREACHED);
    CHECK_INT(k.tries, 3);
#undef ACT
}
