/* near_test.c - what is near is what a search over everything would say; and how it is told. */

#include "care/division/town_test.h"
#include "care/elder/elder.h"
#include "care/near/near_scene_test.h"
#include "care/near/walk.h"
#include "care/near/rank.h"
#include "care/near/scratch.h"
#include "care/notice/notice.h"
#include "care/offer/offer.h"
#include "care/parameter/parameter.h"
#include "roads/made_test.h"

#include <stdlib.h>
#include <string.h>

/* --- against a search over everything --- */

static struct listed_care care_made(unsigned *seed)
{
    struct listed_care k = { 0 };
    if (made_number(seed, 3))
        k = (struct listed_care){
            .price_low = (int32_t)(100 + made_number(seed, 5) * 100),
            .beds = (int32_t)made_number(seed, 3), .mode = (uint8_t)made_number(seed, 4),
            .medical = (uint8_t)made_number(seed, 3), .scheme = (uint8_t)made_number(seed, 3),
            .rating = (uint8_t)made_number(seed, 6), .levels = (uint8_t)made_number(seed, 64),
            .accessible = (uint8_t)made_number(seed, 32) };
    if (made_number(seed, 2))
        k.price_high = k.price_low + (int32_t)made_number(seed, 3) * 100;
    return k;
}

/* A directory without a database: places strewn over made-up streets, all open, kinds in turn. */
static struct directory *strewn(struct roads *r, unsigned *seed, uint32_t n)
{
    struct directory *d = block_take(sizeof *d);
    struct near_place *spots = NEW(&d->mem, struct near_place, n);
    struct hours *hours = NEW(&d->mem, struct hours, 1);
    CHECK(hours_parse(SV("24/7"), hours) == NULL);
    d->hours = hours;
    d->calendar = calendar_known(&d->mem);
    d->place = NEW(&d->mem, struct listed_place, n);
    d->tags = NEW(&d->mem, uint32_t, n);
    d->opens = NEW(&d->mem, uint32_t, n);
    d->kind = NEW(&d->mem, uint8_t, n);
    d->text = NEW(&d->mem, struct listed_text, n);
    d->care = NEW(&d->mem, struct listed_care, n);
    d->places = n;
    for (uint32_t i = 0; i < n; i++) {
        struct anchor a = made_anchor(r, PROFILE_STANDARD, seed);
        d->place[i].at = a.home;
        d->kind[i] = (uint8_t)(i % PLACE_KINDS);
        d->tags[i] = 1u << (TAG_KIND + d->kind[i]) | 1u << (TAG_DOOR + i % 4);
        d->care[i] = care_made(seed);
        d->text[i] = (struct listed_text){ .due_on = (int32_t)made_number(seed, 4),
                                           .sink_after = (uint16_t)made_number(seed, 2),
                                           .sink_min = (uint8_t)(made_number(seed, 3) * 4) };
        d->place[i].scope = INT64_C(990101000000) + made_number(seed, 3) * 1000;
        d->place[i].name = sv_fmt(&d->mem, "%u", made_number(seed, 20));
        spots[i] = (struct near_place){ a.home, d->tags[i] };
    }
    d->roads = r;
    d->near = near_index_build(r, spots, n, 500);
    near_index_wheels(d->near, 500);
    d->scratch = scratch_pool(d);
    return d;
}

static void strewn_end(struct directory *d)
{
    d->roads = NULL;                                 /* the test's own */
    directory_end(d);
}

/* The nearest of all, each place asked for by itself. */
static size_t naive(const struct directory *d, const struct near_home *home,
                    const struct near_want *w, struct near_hit *hits)
{
    size_t n = 0;
    struct reach *reach = reach_new(test_mem(), d->roads);
    for (uint32_t i = 0; i < d->places; i++)
        hits[i] = (struct near_hit){ i, NOT_REACHED, 0 };
    for (size_t g = 0; g < home->n; g++) {
        reach_from(reach, w->profile, &home->from[g], w->limit_ms);
        for (uint32_t i = 0; i < d->places; i++) {
            uint32_t ms = reach_ms(reach, near_anchor(d->near, w->profile, i));
            hits[i].ms = ms < hits[i].ms ? ms : hits[i].ms;
        }
    }
    for (uint32_t i = 0; i < d->places; i++)
        if (hits[i].ms != NOT_REACHED && (!w->kinds || w->kinds >> d->kind[i] & 1))
            hits[n++] = hits[i];
    for (size_t i = 0; i < n; i++)
        hits[i].rank = near_rank_of(d, w, &hits[i]);
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && (hits[k].rank < hits[k - 1].rank); k--) {
            struct near_hit other = hits[k];
            hits[k] = hits[k - 1];
            hits[k - 1] = other;
        }
    return n;
}

static void compare(struct directory *d, unsigned *seed, enum profile profile)
{
    struct near_home home = { .n = 1 + made_number(seed, 3) };
    for (size_t i = 0; i < home.n; i++)
        home.from[i] = made_anchor(d->roads, profile, seed);
    struct near_want w = { .openings = near_openings(test_mem()), .profile = profile,
                           .care = NEW(test_mem(), struct near_asked, 1),
                           .today = (int32_t)made_number(seed, 4),
                           .limit_ms = 200000 + made_number(seed, 1500000),
                           .size = 1 + made_number(seed, 12), .offset = made_number(seed, 5) };
    w.kinds = made_number(seed, 2) ? 0 : 0x24u;
    w.tags = w.kinds ? w.kinds << TAG_KIND : UINT32_MAX;
    struct near_hit *all = NEW(test_mem(), struct near_hit, d->places);
    size_t n = naive(d, &home, &w, all);
    struct near_hits hits = near_find(test_mem(), d, &home, &w);
    size_t want = n < w.offset ? 0 : n - w.offset < w.size ? n - w.offset : w.size;
    CHECK_INT(hits.n, want);
    for (size_t i = 0; i < want; i++)
        CHECK_INT(hits.at[i].rank, all[w.offset + i].rank);
    if (!hits.more)
        CHECK_INT(hits.total, n);
    else
        CHECK(n >= w.offset + w.size);
}

TEST(what_is_near_is_what_a_search_over_everything_says)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 12; round++) {
        struct roads r = made_random(seed + (unsigned)round, 60);
        unsigned draw = seed * 7u + (unsigned)round;
        struct directory *d = strewn(&r, &draw, 40);
        for (int i = 0; i < 12; i++)
            compare(d, &draw, (enum profile)(i % PROFILE_COUNT));
        strewn_end(d);
        made_end(&r);
    }
}

/* --- filters, one by one, against the question put in plain words --- */

static bool chosen(const struct listed_care *k, const struct near_asked *q)
{
    int64_t high = k->price_high ? k->price_high : k->price_low;
    if (q->operation_mode.bits && !(q->operation_mode.bits & UINT64_C(1) << k->mode))
        return false;
    if (q->medical.bits && !(q->medical.bits & UINT64_C(1) << k->medical))
        return false;
    if ((q->level.bits & ~(uint64_t)k->levels) || (q->accessible.bits & ~(uint64_t)k->accessible))
        return false;
    if (q->beds && k->beds == 0)
        return false;
    if ((q->price_min.fen || q->price_max.fen) && k->price_low == 0)
        return false;
    if ((q->price_max.fen && k->price_low > q->price_max.fen) || high < q->price_min.fen)
        return false;
    if ((q->rating.known || q->rating_scheme) && k->rating == 0)
        return false;
    if (q->rating_scheme && k->scheme != q->rating_scheme)
        return false;
    return !q->rating.known || k->rating >= q->rating.n;
}

/* Mostly one filter, sometimes several. */
static struct near_asked asked_made(unsigned *seed)
{
    struct near_asked q;
    record_clear(near_asked_fields, &q);
    for (int n = made_number(seed, 3) ? 1 : 3; n > 0; n--)
        switch (made_number(seed, 8)) {
        case 0: q.operation_mode.bits = 1 + made_number(seed, 15); break;
        case 1: q.medical.bits = 1 + made_number(seed, 7); break;
        case 2: q.level.bits = UINT64_C(1) << made_number(seed, 6); break;
        case 3: q.accessible.bits = UINT64_C(1) << made_number(seed, 5); break;
        case 4: q.beds = true; break;
        case 5: q.price_max.fen = 150 + made_number(seed, 6) * 100; break;
        case 6: q.rating = (struct opt_int){ true, 1 + made_number(seed, 5) }; break;
        default: q.rating_scheme = (int)made_number(seed, 3); break;
        }
    q.sort = (int)made_number(seed, 5);
    q.all = made_number(seed, 2);
    q.minutes = (struct opt_int){ true, 4 + made_number(seed, 20) };
    q.limit = (struct opt_int){ true, 1 + made_number(seed, 30) };
    q.lat.e7 = q.lon.e7 = 1;
    return q;
}

/* How many fit without one filter, of those that all others let in. */
static uint32_t without(const struct directory *d, struct near_asked q, enum near_filter left_out)
{
    uint32_t n = 0;
    struct near_asked none;
    record_clear(near_asked_fields, &none);
    if (left_out == FILTER_MODE)
        q.operation_mode = none.operation_mode;
    if (left_out == FILTER_BEDS)
        q.beds = false;
    if (left_out == FILTER_PRICE)
        q.price_min = q.price_max = none.price_min;
    for (uint32_t i = 0; i < d->places; i++)
        n += chosen(&d->care[i], &q);
    return n;
}

static void check_order(const struct directory *d, const struct near_hit *a,
                        const struct near_hit *b, int sort)
{
    const struct listed_care *x = &d->care[a->place], *y = &d->care[b->place];
    if (sort == SORT_WALK)
        CHECK(a->rank <= b->rank);
    if (sort == SORT_PRICE)
        CHECK(y->price_low == 0 || (x->price_low && x->price_low <= y->price_low));
    if (sort == SORT_LEVEL)
        CHECK(x->rating >= y->rating);
    if (sort == SORT_BEDS)
        CHECK(x->beds >= y->beds);
    if (sort == SORT_NAME)
        CHECK(sv_order(d->place[a->place].name, d->place[b->place].name) <= 0);
}

static void compare_chosen(struct ctx *c, struct directory *d, unsigned *seed)
{
    struct near_asked q = asked_made(seed);
    struct near_home home = { .n = 1, .at = { 1, 1 } };
    struct near_want w;
    home.from[0] = made_anchor(d->roads, PROFILE_ELDER, seed);
    MUST_GO(c, near_want_of(c, d, &q, &w));
    struct near_hit *all = NEW(test_mem(), struct near_hit, d->places);
    size_t reached = naive(d, &home, &w, all), fit = 0, far = 0;
    for (uint32_t i = 0; i < d->places; i++)
        far += chosen(&d->care[i], &q);
    for (size_t i = 0; i < reached; i++)
        fit += chosen(&d->care[all[i].place], &q);
    struct near_ranked r = near_rank(test_mem(), d, &home, &w);
    CHECK_INT(r.hits.total, q.all ? far : fit);
    CHECK_INT(r.hits.n, r.hits.total < w.size ? r.hits.total : w.size);
    for (size_t i = 0; i < r.hits.n; i++) {
        CHECK(chosen(&d->care[r.hits.at[i].place], &q));
        if (i)
            check_order(d, &r.hits.at[i - 1], &r.hits.at[i], q.sort);
    }
    struct near_hits near = near_find(test_mem(), d, &home, &w);     /* the other way to the same */
    CHECK_INT(near.n, fit < w.size ? fit : w.size);
    for (size_t i = 0; i < near.n; i++)
        CHECK(chosen(&d->care[near.at[i].place], &q));
    static const enum near_filter tried[] = { FILTER_MODE, FILTER_BEDS, FILTER_PRICE };
    for (size_t i = 0; q.all && i < 3; i++)
        if (w.asked >> tried[i] & 1)
            CHECK_INT(r.loosen[tried[i]], without(d, q, tried[i]) - far);
}

TEST(what_is_chosen_is_what_a_look_at_every_place_says)
{
    unsigned seed = test_seed();
    for (int round = 0; round < 12; round++) {
        struct ctx c = { .now = moment_at(day_civil(2026, 11, 21), 540) };
        struct roads r = made_random(seed + (unsigned)round, 60);
        unsigned draw = seed * 7u + (unsigned)round;
        struct directory *d = strewn(&r, &draw, 60);
        for (int i = 0; i < 40; i++)
            compare_chosen(&c, d, &draw);
        strewn_end(d);
        made_end(&r);
        arena_free(&c.mem);
    }
}

/* --- from the database to the answer --- */

TEST_DB(near_me_tells_walking_time_opening_and_price)
{
    struct scene s = scene_open();
    struct place close = place_at(s.c, "近的驿站", 200, s.area.id);
    struct place far = place_at(s.c, "远的驿站", 1400, s.area.id);
    (void)place_at(s.c, "未发布驿站", 100, s.area.id);
    publish(s.c, &place_entity, close.id.n);
    publish(s.c, &place_entity, far.id.n);
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q = from_x(0);
    struct sv text = answer_to(&s, near_get, &q);
    CHECK(says(text, "近的驿站"));
    CHECK(!says(text, "远的驿站"));                  /* 1,400 m at 0.8 m/s is half an hour */
    CHECK(!says(text, "未发布驿站"));
    CHECK(says(text, "\"total\":1"));
    CHECK(says(text, "\"minutes_text\":\"步行 5 分钟 · 210 米\""));
    CHECK(says(text, "\"open\":\"open\""));           /* Saturday, 9:00 */
    CHECK(says(text, "营业中 · 12:00 关门"));
    CHECK(says(text, "\"profile\":\"elder\""));
    q.minutes = (struct opt_int){ true, 45 };
    CHECK(says(answer_to(&s, near_get, &q), "远的驿站"));
    q.at = moment_at(day_civil(2026, 11, 22), 600);
    CHECK(says(answer_to(&s, near_get, &q), "\"open\":\"closed\""));
    q.open = true;
    CHECK(says(answer_to(&s, near_get, &q), "\"total\":0"));
    scene_end(&s);
}

static struct place care_home(struct scene *s, const char *name, double x_m, int founded,
                              int64_t fen)
{
    struct place p;
    struct point at = made_point(x_m, 10);
    record_clear(place_fields, &p);
    p.name = sv_of(name);
    p.kind = PLACE_INSTITUTION;
    p.lat.e7 = at.lat_e7;
    p.lon.e7 = at.lon_e7;
    p.division = s->area.id;
    p.founded = founded;
    p.operated = OPERATED_PRIVATE;
    p.price_low.fen = fen;
    p.levels.bits = 1u << GRADE_MILD;
    p.accessible.bits = 1;
    MUST_GO(s->c, entity_create(s->c, &place_entity, &p));
    publish(s->c, &place_entity, p.id.n);
    return p;
}

TEST_DB(institutions_are_chosen_by_area_and_who_runs_them)
{
    struct scene s = scene_open();
    (void)care_home(&s, "公建养老院", 200, FOUNDED_BUILT, 480000);
    (void)care_home(&s, "民办养老院", 1400, FOUNDED_PRIVATE, 260000);
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q;
    record_clear(near_asked_fields, &q);
    q.within = s.area.id;                            /* no home: all of the city */
    struct sv text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"total\":2"));
    CHECK(!says(text, "\"home\""));
    CHECK(says(text, "\"name\":\"云汀市\""));
    CHECK(says(text, "\"operation_mode\":\"entrusted\""));
    q.operation_mode.bits = 1u << MODE_PRIVATE;
    text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"total\":1") && says(text, "民办养老院"));
    q.price_max.fen = 200000;
    CHECK(says(answer_to(&s, near_get, &q),
               "\"loosen\":[{\"filter\":\"price_max\",\"total\":1}]"));
    q = from_x(0);
    q.all = true;
    q.sort = SORT_PRICE;
    text = answer_to(&s, near_get, &q);
    CHECK(sv_find(text, SV("民办养老院")) < sv_find(text, SV("公建养老院")));
    CHECK(says(text, "\"straight_m\":") && says(text, "\"seconds\":"));
    scene_end(&s);
}

TEST_DB(a_filter_that_cannot_be_names_the_field)
{
    struct scene s = scene_open();
    struct near_asked q = from_x(0);
    struct answer a = { .body = buf_new(test_mem(), 64) };
    a.json = json_new(&a.body);
    MUST_GO(s.c, directory_refresh(s.c));
    q.price_min.fen = 300000;
    q.price_max.fen = 200000;
    CHECK_INT(near_get(s.c, &(struct request){ .query = &q }, &a), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "price_max");
    ctx_forgive(s.c);
    q = from_x(0);
    q.within.n = 12345;
    MUST_FAIL(s.c, near_get(s.c, &(struct request){ .query = &q }, &a), ERR_MISSING,
              "near.area_unknown");
    scene_end(&s);
}

TEST_DB(a_compound_is_found_by_initials_and_its_walk_begins_at_a_gate)
{
    struct scene s = scene_open();
    struct compound k;
    struct gate g;
    record_clear(compound_fields, &k);
    record_clear(gate_fields, &g);
    struct point middle = made_point(400, 200), gate = made_point(400, 5);
    k.name = SV("云汀花园");
    k.division = s.area.id;
    k.lat.e7 = middle.lat_e7;
    k.lon.e7 = middle.lon_e7;
    MUST_GO(s.c, entity_create(s.c, &compound_entity, &k));
    g.compound = k.id;
    g.lat.e7 = gate.lat_e7;
    g.lon.e7 = gate.lon_e7;
    MUST_GO(s.c, entity_create(s.c, &gate_entity, &g));
    struct place p = place_at(s.c, "和平驿站", 500, s.area.id);
    publish(s.c, &place_entity, p.id.n);
    MUST_GO(s.c, directory_refresh(s.c));
    struct where_asked w = { .q = SV("ythy") };
    struct sv text = answer_to(&s, where_get, &w);
    CHECK(says(text, "云汀花园"));
    CHECK(says(text, "\"has_gates\":true"));
    CHECK(says(text, "\"path\":\"云汀市\""));
    w.q = SV("花园");
    CHECK(says(answer_to(&s, where_get, &w), "云汀花园"));
    struct what_asked any;
    record_clear(what_asked_fields, &any);
    any.q = SV("hepingyizhan");
    text = answer_to(&s, what_get, &any);
    CHECK(says(text, "\"kind\":\"place\"") && says(text, "\"open_text\""));
    struct near_asked q;
    record_clear(near_asked_fields, &q);
    q.compound = k.id;
    text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"name\":\"云汀花园\""));
    CHECK(says(text, "115 米"));                     /* 5 + 100 + 10, not from the middle */
    q.place = p.id;
    CHECK(says(answer_to(&s, route_get, &q), "\"LineString\""));
    CHECK(says(answer_to(&s, circle_get, &q), "\"FeatureCollection\""));
    struct map_asked m = { .bbox = SV("113,29,115,31") };
    CHECK(says(answer_to(&s, map_places_get, &m), "和平驿站"));
    scene_end(&s);
}

TEST_DB(a_gate_that_is_ended_is_no_way_out_until_it_opens_again)
{
    struct scene s = scene_open();
    struct compound k;
    struct gate g, after;
    record_clear(compound_fields, &k);
    record_clear(gate_fields, &g);
    k.name = SV("云汀花园");
    k.division = s.area.id;
    k.lat.e7 = made_point(400, 200).lat_e7;
    k.lon.e7 = made_point(400, 200).lon_e7;
    MUST_GO(s.c, entity_create(s.c, &compound_entity, &k));
    g.compound = k.id;
    g.lat.e7 = made_point(400, 5).lat_e7;
    g.lon.e7 = made_point(400, 5).lon_e7;
    MUST_GO(s.c, entity_create(s.c, &gate_entity, &g));
    struct where_asked w = { .q = SV("云汀花园") };
    MUST_GO(s.c, directory_refresh(s.c));
    CHECK(says(answer_to(&s, where_get, &w), "\"has_gates\":true"));
    s.c->reason = SV("已砌墙");
    MUST_GO(s.c, entity_act(s.c, &gate_entity, g.id.n, 1, SV("end"), NULL, &after));
    CHECK_INT(after.state, GATE_ENDED);
    MUST_GO(s.c, directory_refresh(s.c));
    CHECK(says(answer_to(&s, where_get, &w), "\"has_gates\":false"));
    MUST_GO(s.c, entity_act(s.c, &gate_entity, g.id.n, 2, SV("reopen"), NULL, &after));
    MUST_GO(s.c, directory_refresh(s.c));
    CHECK(says(answer_to(&s, where_get, &w), "\"has_gates\":true"));
    scene_end(&s);
}

TEST_DB(a_place_closed_today_says_so_after_the_next_refresh)
{
    struct scene s = scene_open();
    struct place p = place_at(s.c, "和平驿站", 100, s.area.id), asked, after;
    publish(s.c, &place_entity, p.id.n);
    record_clear(place_fields, &asked);
    asked.closed_reason = SV("停水");
    MUST_GO(s.c, entity_act(s.c, &place_entity, p.id.n, 3, SV("close"), &asked, &after));
    MUST_GO(s.c, directory_refresh(s.c));
    struct near_asked q = from_x(0);
    struct sv text = answer_to(&s, near_get, &q);
    CHECK(says(text, "\"open\":\"closed_today\""));
    CHECK(says(text, "临时停业"));
    scene_end(&s);
}

TEST_DB(a_home_that_is_not_named_is_asked_for)
{
    struct scene s = scene_open();
    struct near_asked q;
    struct answer a = { .body = buf_new(test_mem(), 64) };
    a.json = json_new(&a.body);
    record_clear(near_asked_fields, &q);
    MUST_GO(s.c, directory_refresh(s.c));
    CHECK_INT(near_get(s.c, &(struct request){ .query = &q }, &a), ERR_INVALID);
    CHECK_TEXT(s.c->fault.fields[0].field, "lat");
    ctx_forgive(s.c);
    q.compound.n = 12345;
    MUST_FAIL(s.c, near_get(s.c, &(struct request){ .query = &q }, &a), ERR_MISSING,
              "near.home_unknown");
    scene_end(&s);
}

TEST_DB(an_area_is_measured_along_the_streets)
{
    struct scene s = scene_open();
    struct walk w;
    MUST_GO(s.c, directory_refresh(s.c));
    MUST_GO(s.c, walk_within(s.c, made_point(0, 10), made_point(700, 10), 721, &w));
    CHECK(w.known && w.within);
    MUST_GO(s.c, walk_within(s.c, made_point(0, 10), made_point(700, 10), 719, &w));
    CHECK(w.known && !w.within);
    MUST_GO(s.c, walk_within(s.c, made_point(0, 10), made_point(700, 5000), 20000, &w));
    CHECK(!w.known);                                 /* no street near that home */
    scene_end(&s);
}

TEST_DB(many_are_walked_to_in_one_search)
{
    struct scene s = scene_open();
    const struct point to[] = { made_point(700, 10), made_point(0, 10), made_point(700, 5000) };
    int64_t metres[3];
    MUST_GO(s.c, directory_refresh(s.c));
    MUST_GO(s.c, walk_metres(s.c, made_point(0, 10), to, 3, 2000, metres));
    CHECK(metres[0] >= 700 && metres[0] <= 721);
    CHECK(metres[1] >= 0 && metres[1] <= 21);
    CHECK_INT(metres[2], -1);                        /* no street near that home */
    MUST_GO(s.c, walk_metres(s.c, made_point(0, 10), to, 1, 300, metres));
    CHECK_INT(metres[0], -1);                        /* farther than was asked */
    CHECK_INT(walk_minutes(0), 1);
    CHECK(walk_minutes(700) >= 10 && walk_minutes(700) <= 20);
    scene_end(&s);
}

static struct sv what_of(struct scene *s, const char *words, int kind)
{
    struct what_asked asked;
    record_clear(what_asked_fields, &asked);
    asked.q = sv_of(words);
    asked.kind = kind;
    return answer_to(s, what_get, &asked);
}

TEST_DB(words_that_find_nothing_are_read_by_sound_or_in_part)
{
    struct scene s = scene_open();
    struct place p = place_at(s.c, "和平驿站", 500, s.area.id);
    publish(s.c, &place_entity, p.id.n);
    MUST_GO(s.c, directory_refresh(s.c));
    struct sv text = what_of(&s, "和平驿站", 0);
    CHECK(says(text, "和平驿站") && !says(text, "\"used\""));
    text = what_of(&s, "合平驿站", 0);                 /* 合 sounds as 和 */
    CHECK(says(text, "\"words\":\"hepingyizhan\",\"way\":\"sound\"") && says(text, "和平驿站"));
    text = what_of(&s, "请问和平怎么走", 0);
    CHECK(says(text, "\"words\":\"和平\",\"way\":\"part\"") && says(text, "和平驿站"));
    text = what_of(&s, "请问合平义怎么走", 0);
    CHECK(says(text, "\"words\":\"hepingyi\",\"way\":\"part\""));
    CHECK_TEXT(what_of(&s, "毫无关系", 0), "{\"groups\":[]}");
    CHECK_TEXT(what_of(&s, "和平驿站", 1), "{\"groups\":[]}");        /* no service is called so */
    CHECK(says(what_of(&s, "和平驿站", 2), "\"kind\":\"place\""));
    scene_end(&s);
}
