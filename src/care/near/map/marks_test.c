/* marks_test.c - places drawn together by cells are all there, and counted in full. */

#include "care/division/town_test.h"
#include "care/near/scratch.h"
#include "care/near/name/where.h"
#include "roads/made_test.h"

enum { MANY = 400 };

/* A directory of points alone, strewn over a square of about 2 km. */
static struct directory *points_made(unsigned *seed, uint32_t n)
{
    struct directory *d = block_take(sizeof *d);
    d->place = NEW(&d->mem, struct listed_place, n);
    d->kind = NEW(&d->mem, uint8_t, n);
    d->text = NEW(&d->mem, struct listed_text, n);
    d->hours = NEW(&d->mem, struct hours, 1);        /* not known */
    d->opens = NEW(&d->mem, uint32_t, n);
    d->places = n;
    for (uint32_t i = 0; i < n; i++) {
        struct sv text = sv_fmt(&d->mem, "\"id\":\"%u\"", i);
        d->place[i].at = made_point(made_number(seed, 2000), made_number(seed, 2000));
        d->kind[i] = (uint8_t)(i % 3);
        d->text[i] = (struct listed_text){ .at = text.at, .zh_n = (uint16_t)text.len };
    }
    d->scratch = scratch_pool(d);
    return d;
}

static const struct json_value *marks_of(struct ctx *c, const struct map_asked *q)
{
    struct answer a = { .body = buf_new(test_mem(), 4096) };
    const struct json_value *tree;
    a.json = json_new(&a.body);
    json_object(&a.json, NULL);                      /* the brace that http leaves out again */
    MUST_GO(c, map_places_get(c, &(struct request){ .query = q }, &a));
    MUST_GO(c, json_parse(c, sv_copy(test_mem(), sv_from(buf_sv(&a.body), 1)), &tree));
    return tree;
}

static int64_t number_of(const struct json_value *of, const char *name)
{
    const struct json_value *v = json_member(of, name);
    int64_t n = -1;
    return v && sv_int(v->text, 0, INT64_MAX, &n) ? n : -1;
}

/* How many places the features stand for: a cell for its total, a place for one. */
static int64_t stood_for(const struct json_value *tree)
{
    int64_t sum = 0;
    const struct json_value *f = json_member(tree, "features")->first;
    for (; f; f = f->next) {
        const struct json_value *of = json_member(f, "properties");
        sum += json_member(of, "total") ? number_of(of, "total") : 1;
    }
    return sum;
}

static int64_t kinds_sum(const struct json_value *tree)
{
    int64_t sum = 0;
    for (const struct json_value *k = json_member(tree, "kinds")->first; k; k = k->next)
        sum += number_of(k, "total");
    return sum;
}

static bool is_true(const struct json_value *tree, const char *name)
{
    return json_member(tree, name)->yes;
}

TEST_DB(many_places_are_drawn_together_and_counted_in_full)
{
    static const struct module *const modules[] = { &near_module, NULL };
    struct ctx *c = house_world(modules);
    struct house *house = (struct house *)(uintptr_t)c->house;
    unsigned seed = test_seed();
    house->directory = slot_new(test_mem(), directory_end);
    slot_swap(house->directory, points_made(&seed, MANY));
    struct map_asked q = { .bbox = SV("113,29,115,31"), .cells = { true, 8 } };
    const struct json_value *tree = marks_of(c, &q);
    CHECK(is_true(tree, "cells") && !is_true(tree, "cut"));
    CHECK_INT(number_of(tree, "total"), MANY);
    CHECK_INT(stood_for(tree), MANY);
    CHECK_INT(kinds_sum(tree), MANY);
    q.kinds = sv_of(place_kinds[0].key);             /* every third */
    tree = marks_of(c, &q);
    CHECK_INT(number_of(tree, "total"), (MANY + 2) / 3);
    CHECK_INT(kinds_sum(tree), MANY);                /* the others can still be ticked */
    CHECK(!is_true(tree, "cells") || stood_for(tree) == (MANY + 2) / 3);
    q = (struct map_asked){ .bbox = SV("113,29,115,31") };
    tree = marks_of(c, &q);
    CHECK(!is_true(tree, "cells"));
    CHECK_INT(stood_for(tree), MANY);
    slot_swap(house->directory, NULL);
}

/* From the day it closes to the day before it opens; another day it is as its hours say. */
TEST_DB(what_is_closed_for_days_is_told_on_the_map)
{
    static const struct module *const modules[] = { &near_module, NULL };
    struct ctx *c = house_world(modules);
    struct house *house = (struct house *)(uintptr_t)c->house;
    unsigned seed = test_seed();
    struct directory *d = points_made(&seed, 3);
    int32_t today = (int32_t)day_of(c->now).n;
    d->opens[1] = d->opens[2] = OPENS_BUT;
    d->place[1].closed_on = d->place[1].closed_until = today;
    d->place[2].closed_on = today + 1;
    d->place[2].closed_until = today + 5;
    house->directory = slot_new(test_mem(), directory_end);
    slot_swap(house->directory, d);
    const struct json_value *tree = marks_of(c, &(struct map_asked){ .bbox = SV("113,29,115,31") });
    for (const struct json_value *f = json_member(tree, "features")->first; f; f = f->next) {
        const struct json_value *of = json_member(f, "properties");
        CHECK_TEXT(json_member(of, "open")->text,
                   sv_is(json_member(of, "id")->text, "1") ? "closed_today" : "unknown");
    }
    CHECK(place_shut(&d->place[2], (struct day){ today + 5 }));
    CHECK(!place_shut(&d->place[2], (struct day){ today + 6 }));
    slot_swap(house->directory, NULL);
}

TEST_DB(a_box_that_is_none_names_the_field)
{
    static const struct module *const modules[] = { &near_module, NULL };
    struct ctx *c = house_world(modules);
    static const char *const bad[] = { "1,2,3", "1,2,3,4,5", "west", "115,29,113,31",
                                       "113,31,115,29", "113,29,115,91" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct map_asked q = { .bbox = sv_of(bad[i]) };
        struct answer a = { .body = buf_new(test_mem(), 64) };
        CHECK_INT(map_places_get(c, &(struct request){ .query = &q }, &a), ERR_INVALID);
        CHECK_TEXT(c->fault.fields[0].field, "bbox");
        ctx_forgive(c);
    }
}
