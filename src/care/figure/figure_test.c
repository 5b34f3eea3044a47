/* figure_test.c - every figure is what one would count by hand, and its link shows those rows. */

#include "care/figure/figure.h"
#include "care/figure/today.h"
#include "care/signal/signal.h"

#include "care/delivery/delivery.h"
#include "care/kitchen/kitchen.h"
#include "care/meal/meal.h"
#include "care/order/order.h"
#include "care/organisation/organisation.h"
#include "care/place/place.h"
#include "care/visit/visit.h"
#include "house.h"
#include "model/row/list.h"

#include <stdio.h>
#include <string.h>

extern const struct module calendar_module, parameter_module, compound_module, carer_module,
    catalogue_module, offer_module, rating_module, family_module, review_module;

static const struct module *const figure_modules[] = {
    &division_module,
    &calendar_module,
    &parameter_module,
    &review_module,
    &organisation_module,
    &place_module,
    &compound_module,
    &elder_module,
    &family_module,
    &carer_module,
    &catalogue_module,
    &offer_module, &meal_module, &delivery_module, &kitchen_module,
    &order_module,
    &visit_module,
    &signal_module,
    &rating_module,
    &figure_module,
    NULL,
};

enum { N = 240 };
enum { MEAL = 77 };
#define NEAR INT64_C(990101001001)
#define FAR  INT64_C(990102001001)

/* Half of everything lies in another district; the world is at 2026-11-21 09:00, a Saturday. */
static int64_t scope_at(int i)
{
    return i % 2 ? FAR : NEAR;
}

/* A sequence that meets all combinations of small choices. */
static int pick(int i, int below, int salt)
{
    unsigned h = (unsigned)i * 2654435761u ^ (unsigned)salt * 0x9E3779B9u;
    h = (h ^ h >> 15) * 0x85EBCA6Bu;
    h = (h ^ h >> 13) * 0xC2B2AE35u;
    return (int)((h ^ h >> 16) % (unsigned)below);
}

static struct day day_near(struct ctx *c, int i, int salt)
{
    return (struct day){ day_of(c->now).n + pick(i, 4, salt) - 2 };
}

static void orders_make(struct ctx *c, struct care_order *rows)
{
    for (int i = 0; i < N; i++) {
        struct care_order *o = &rows[i];
        record_clear(care_order_fields, o);
        o->row.scope = scope_at(i);
        o->number = sv_fmt(test_mem(), "n%d", i);
        o->day = day_near(c, i, 1);
        o->state = pick(i, 12, 2);
        o->told = pick(i, 4, 3);
        o->quantity = 1;
        o->item.n = pick(i, 2, 9) ? MEAL : 0;
        o->sitting = o->item.n == MEAL ? SITTING_LUNCH : SITTING_NONE;
        o->operated_by = pick(i, 7, 12);
        o->start_min = 480;
        o->end_min = 540;
        o->row.created_at.ms = c->now.ms - pick(i, 5, 4) * 3600000;
    }
    MUST_GO(c, entity_bulk(c, &care_order_entity, rows, N));
}

static void visits_make(struct ctx *c, struct visit *rows, const struct care_order *orders)
{
    for (int i = 0; i < N; i++) {
        struct visit *v = &rows[i];
        record_clear(visit_fields, v);
        v->row.scope = scope_at(i);
        v->care_order = orders[i].id;
        v->day = day_near(c, i, 5);
        v->start_min = 420 + pick(i, 200, 6);
        v->end_min = v->start_min + 30;
        v->state = pick(i, 5, 7);
    }
    MUST_GO(c, entity_bulk(c, &visit_entity, rows, N));
}

static void places_make(struct ctx *c, struct place *rows)
{
    for (int i = 0; i < N; i++) {
        struct place *p = &rows[i];
        record_clear(place_fields, p);
        p->row.scope = scope_at(i);
        p->name = SV("驿站");
        p->state = pick(i, 4, 8);
        if (i % 3 == 0)
            p->closed_on = day_near(c, i, 9);
        if (i % 3 == 0)
            p->closed_until.n = p->closed_on.n + pick(i, 3, 10);
        if (i % 5)
            p->verify_until = day_near(c, i, 11);
    }
    MUST_GO(c, entity_bulk(c, &place_entity, rows, N));
}

static void papers_make(struct ctx *c, struct paper *rows)
{
    for (int i = 0; i < N; i++) {
        struct paper *p = &rows[i];
        record_clear(paper_fields, p);
        p->row.scope = scope_at(i);
        if (i % 7)
            p->valid_to.n = day_of(c->now).n + pick(i, 90, 12) - 30;
    }
    MUST_GO(c, entity_bulk(c, &paper_entity, rows, N));
}

static void elders_make(struct ctx *c, struct elder *rows)
{
    for (int i = 0; i < N; i++) {
        struct elder *e = &rows[i];
        record_clear(elder_fields, e);
        e->row.scope = scope_at(i);
        e->name = SV("王秀英");
        e->residence = pick(i, 3, 13);
        if (i % 11 == 0)
            e->died_on = day_civil(2026, 1, 1);
    }
    MUST_GO(c, entity_bulk(c, &elder_entity, rows, N));
}

struct small_city {
    struct ctx *c;
    struct care_order *orders;
    struct visit *visits;
    struct place *places;
    struct paper *papers;
    struct elder *elders;
};

static void meal_make(struct ctx *c)
{
    struct catalogue_item k;
    record_clear(catalogue_item_fields, &k);
    k.id.n = MEAL;
    k.row.scope = NEAR;
    k.name = k.plain_name = SV("午餐");
    k.category = CATEGORY_MEAL;
    MUST_GO(c, entity_bulk(c, &catalogue_item_entity, &k, 1));
}

static struct small_city city(void)
{
    struct ctx *c = house_world(figure_modules);
    struct small_city w = { .c = c,
                            .orders = NEW(test_mem(), struct care_order, N),
                            .visits = NEW(test_mem(), struct visit, N),
                            .places = NEW(test_mem(), struct place, N),
                            .papers = NEW(test_mem(), struct paper, N),
                            .elders = NEW(test_mem(), struct elder, N) };
    MUST_GO(c, db_begin(c));
    meal_make(c);
    orders_make(c, w.orders);
    visits_make(c, w.visits, w.orders);
    places_make(c, w.places);
    papers_make(c, w.papers);
    elders_make(c, w.elders);
    MUST_GO(c, db_commit(c));
    return w;
}

/* --- counting by hand --- */

static bool here(int64_t scope, int64_t low, int64_t high)
{
    return scope >= low && scope <= high;
}

static bool served_state(int state)
{
    return state == ORDER_SERVED || state == ORDER_CONFIRMED || state == ORDER_RATED ||
           state == ORDER_DISPUTED;
}

/* What the figure of a key must be within a range; of a share the numerator. */
static int64_t by_hand(const struct small_city *w, struct sv key, int64_t low, int64_t high)
{
    int64_t today = day_of(w->c->now).n, n = 0;
    for (int i = 0; i < N; i++) {
        const struct care_order *o = &w->orders[i];
        const struct visit *v = &w->visits[i];
        const struct place *p = &w->places[i];
        const struct paper *q = &w->papers[i];
        bool shut =
            day_known(p->closed_on) && p->closed_on.n <= today && p->closed_until.n >= today;
        if (sv_is(key, "visits_overdue"))
            n += here(v->row.scope, low, high) && v->day.n == today && v->state == VISIT_PLANNED &&
                 v->start_min <= 9 * 60 - 15;
        else if (sv_is(key, "not_met"))
            n +=
                here(v->row.scope, low, high) && v->day.n == today - 1 && v->state == VISIT_NOT_MET;
        else if (sv_is(key, "orders_waiting"))
            n += here(o->row.scope, low, high) && o->state == ORDER_PLACED &&
                 o->row.created_at.ms <= w->c->now.ms - 2 * 3600000;
        else if (sv_is(key, "served"))
            n += here(o->row.scope, low, high) && o->day.n == today - 1 && served_state(o->state);
        else if (sv_is(key, "meals") || sv_is(key, "meals_by_operator"))
            n += here(o->row.scope, low, high) && o->day.n == today - 1 && o->item.n == MEAL &&
                 o->state != ORDER_DRAFT && o->state != ORDER_DECLINED &&
                 o->state != ORDER_CANCELLED;
        else if (sv_is(key, "places_closed"))
            n += here(p->row.scope, low, high) && p->state == REVIEW_PUBLISHED && shut;
        else if (sv_is(key, "places_unverified"))
            n += here(p->row.scope, low, high) && p->state == REVIEW_PUBLISHED &&
                 day_known(p->verify_until) && p->verify_until.n < today;
        else if (sv_is(key, "papers_expiring"))
            n += here(q->row.scope, low, high) && day_known(q->valid_to) &&
                 q->valid_to.n >= today && q->valid_to.n <= today + 30;
        else if (sv_is(key, "elders"))
            n += here(w->elders[i].row.scope, low, high) && !day_known(w->elders[i].died_on);
        else
            test_fail(__FILE__, __LINE__, "nobody counts %.*s", SV_ARG(key));
    }
    return n;
}

/* How many rows the link shows this caller. */
static int64_t shown(struct ctx *c, struct sv link)
{
    struct sv rest = link, entity;
    struct query q;
    struct page page;
    CHECK(sv_starts(rest, SV("/api/")));
    rest = sv_from(rest, 5);
    CHECK(sv_cut(&rest, '?', &entity));
    const struct entity *e = house_entity(c->house, entity);
    CHECK(e != NULL);
    MUST_GO(c, query_read(c, e, rest, &q));
    q.total = true;
    MUST_GO(c, entity_list(c, e, &q, &page));
    return page.total;
}

static int64_t numerator(const struct figure *f)
{
    if (!f->whole.known)
        return (int64_t)f->value;
    return (int64_t)(f->value * (double)f->whole.n / 100 + 0.5);
}

static void parts_check(struct ctx *c, const struct figure *f)
{
    const struct figure_part *p = f->parts.at;
    for (size_t i = 0; i < f->parts.n; i++)
        if (shown(c, p[i].list) != p[i].value)
            test_fail(__FILE__, __LINE__, "%.*s: %lld, but its list shows %lld", SV_ARG(p[i].key),
                      (long long)p[i].value, (long long)shown(c, p[i].list));
}

static void all_check(const struct small_city *w, int64_t division, int64_t low, int64_t high)
{
    struct list made;
    MUST_GO(w->c, figures_of(w->c, division, SV(""), &made));
    const struct figure *f = made.at;
    CHECK_INT(made.n, 10);
    for (size_t i = 0; i < made.n; i++) {
        int64_t want = by_hand(w, f[i].key, low, high);
        if (numerator(&f[i]) != want || shown(w->c, f[i].list) != want)
            test_fail(__FILE__, __LINE__, "%.*s is %.*s, counted %lld, list %.*s shows %lld",
                      SV_ARG(f[i].key), SV_ARG(f[i].text), (long long)want, SV_ARG(f[i].list),
                      (long long)shown(w->c, f[i].list));
        CHECK(want > 0);
        CHECK(i == 0 || f[i - 1].state >= f[i].state);
        parts_check(w->c, &f[i]);
    }
}

TEST_DB(a_figure_is_what_one_counts_and_its_link_shows_those_rows)
{
    struct small_city w = city();
    all_check(&w, 0, 0, DIVISION_CODE_MAX);
}

TEST_DB(a_figure_counts_the_callers_area_only)
{
    struct small_city w = city();
    w.c->who = officer_of(990101000000, 990101999999);
    all_check(&w, 0, 990101000000, 990101999999);
}

TEST_DB(a_division_narrows_the_area_and_never_widens_it)
{
    struct small_city w = city();
    struct division d[2];
    for (int i = 0; i < 2; i++) {
        record_clear(division_fields, &d[i]);
        d[i].name = SV("区");
        d[i].level = DIVISION_DISTRICT;
        d[i].row.scope = i ? 990102000000 : 990101000000;
    }
    MUST_GO(w.c, db_begin(w.c));
    MUST_GO(w.c, entity_bulk(w.c, &division_entity, d, 2));
    MUST_GO(w.c, db_commit(w.c));
    all_check(&w, d[1].id.n, 990102000000, 990102999999);
    w.c->who = officer_of(990101001000, 990101001999);
    all_check(&w, d[0].id.n, 990101001000, 990101001999);
    struct list made;
    MUST_FAIL(w.c, figures_of(w.c, d[1].id.n, SV(""), &made), ERR_MISSING, "figure.outside");
    w.c->who = caller_as(ROLE_STATION_MANAGER, 5);
    MUST_FAIL(w.c, figures_of(w.c, 0, SV(""), &made), ERR_FORBIDDEN, "figure.no_area");
}

TEST_DB(an_empty_house_has_no_share_and_nothing_bad)
{
    struct ctx *c = house_world(figure_modules);
    struct list made;
    MUST_GO(c, figures_of(c, 0, SV(""), &made));
    const struct figure *f = made.at;
    for (size_t i = 0; i < made.n; i++) {
        CHECK_INT(f[i].state, FIGURE_GOOD);
        CHECK(sv_is(f[i].text, f[i].whole.known ? "—" : "0"));
    }
}

/* What an organisation is told is its own, and each number is what its list shows. */
TEST_DB(an_organisations_figures_count_its_own_rows_and_their_lists_show_them)
{
    struct small_city w = city();
    enum { ORG = 31 };
    struct who *me = NEW(test_mem(), struct who, 1);
    struct list made;
    int64_t waiting = 0, nobody = 0;
    MUST_GO(w.c, db_begin(w.c));
    for (int i = 0; i < N; i++)
        w.orders[i].org.n = i % 3 ? ORG : ORG + 1;
    for (int i = 0; i < N; i += 2)
        w.orders[i].gathering.n = 77;                    /* a place in a class waits for no carer */
    for (int i = 0; i < N; i++)
        w.orders[i].id.n = 0, w.orders[i].number = sv_fmt(test_mem(), "o%d", i);
    MUST_GO(w.c, entity_bulk(w.c, &care_order_entity, w.orders, N));
    MUST_GO(w.c, db_commit(w.c));
    for (int i = 0; i < N; i++)
        waiting += i % 3 && w.orders[i].state == ORDER_PLACED;
    for (int i = 1; i < N; i += 2)
        nobody += i % 3 && w.orders[i].state == ORDER_ACCEPTED &&
                  w.orders[i].sitting == SITTING_NONE;
    *me = *caller_as(ROLE_STATION_MANAGER, 5);
    me->org = ORG;
    w.c->who = me;
    MUST_GO(w.c, figures_of(w.c, 0, SV(""), &made));
    const struct figure *f = made.at;
    CHECK(made.n >= 7);
    bool seen = false;
    for (size_t i = 0; i < made.n; i++) {
        CHECK(sv_starts(f[i].key, SV("org_")));
        CHECK(f[i].definition.len > 0 && sv_find(f[i].definition, SV("{")) < 0);
        if (sv_is(f[i].key, "org_overdue"))
            CHECK(sv_find(f[i].definition, SV("15 分钟")) >= 0);
        if (sv_is(f[i].key, "org_no_carer")) {
            int64_t today = ((const struct figure_part *)f[i].parts.at)->value;
            CHECK_INT((int64_t)f[i].value, nobody);
            CHECK_INT(f[i].state, today >= 3 ? FIGURE_BAD : today ? FIGURE_WATCH : FIGURE_GOOD);
        }
        if (f[i].list.len && !sv_is(f[i].key, "org_on_leave"))
            CHECK_INT(shown(w.c, f[i].list), (int64_t)f[i].value);
        parts_check(w.c, &f[i]);
        if (sv_is(f[i].key, "org_waiting"))
            CHECK_INT((int64_t)f[i].value, waiting);
        seen = seen || sv_is(f[i].key, "org_waiting");
    }
    CHECK(seen);
    CHECK(waiting > 0);
}

TEST_DB(figures_of_one_kind_of_rows_are_asked_alone)
{
    struct small_city w = city();
    struct list all, some;
    MUST_GO(w.c, figures_of(w.c, 0, SV(""), &all));
    MUST_GO(w.c, figures_of(w.c, 0, SV("place"), &some));
    const struct figure *f = some.at;
    CHECK(some.n > 0 && some.n < all.n);
    for (size_t i = 0; i < some.n; i++)
        CHECK(f[i].list.len == 0 || sv_starts(f[i].list, SV("/api/place?")));
}

/* The divisions' endpoint, as the officer of the city asks it. */
static struct sv below(struct small_city *w, const struct who *who)
{
    struct today_query asked = { 0 };
    struct request q = { .query = &asked };
    struct answer *a = NEW(test_mem(), struct answer, 1);
    a->body = buf_new(test_mem(), 4096);
    a->json = json_new(&a->body);
    json_object(&a->json, NULL);
    w->c->who = who;
    MUST_GO(w->c, divisions_get(w->c, &q, a));
    return buf_sv(&a->body);
}

TEST_DB(the_division_with_more_that_cannot_wait_stands_first)
{
    struct small_city w = city();
    struct division d[3];
    static const int64_t scopes[] = { 990100000000, 990101000000, 990102000000 };
    static const char *const names[] = { "市", "甲区", "乙区" };
    for (int i = 0; i < 3; i++) {
        record_clear(division_fields, &d[i]);
        MUST_GO(w.c, id_next(w.c, w.c->house->ids, &d[i].id.n));
        d[i].name = sv_of(names[i]);
        d[i].level = i ? DIVISION_DISTRICT : DIVISION_CITY;
        d[i].parent.n = i ? d[0].id.n : 0;
        d[i].row.scope = scopes[i];
    }
    MUST_GO(w.c, db_begin(w.c));
    MUST_GO(w.c, entity_bulk(w.c, &division_entity, d, 3));
    MUST_GO(w.c, db_commit(w.c));
    struct sv all = below(&w, officer_of(990100000000, 990199999999));
    ptrdiff_t a = sv_find(all, SV("甲区")), b = sv_find(all, SV("乙区"));
    CHECK(a > 0 && b > 0);
    int64_t here = by_hand(&w, SV("visits_overdue"), 990101000000, 990101999999);
    int64_t there = by_hand(&w, SV("visits_overdue"), 990102000000, 990102999999);
    CHECK(here > 0 && there > 0);
    CHECK(sv_find(all, sv_fmt(test_mem(), "\"value\":%lld", (long long)here)) > 0);
    CHECK(sv_find(all, SV("scope.from=990101000000&scope.to=990101999999")) > 0);
    CHECK(sv_find(below(&w, officer_of(990101000000, 990101999999)), SV("乙区")) < 0);
}
