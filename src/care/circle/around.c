/* around.c - GET /api/circle/around: what is inside the circle, by kind, and what is missing. */

#include "care/circle/circle.h"

#include "care/near/scratch.h"
#include "care/parameter/parameter.h"
#include "care/place/place.h"

/* The kinds that the city promises within the circle, and where that stands. */
struct promise { uint32_t kinds; struct sv source; int status; struct day since; };

static uint32_t kinds_of(struct sv list)
{
    uint32_t bits = 0;
    struct sv word;
    int kind;
    while (sv_cut(&list, ',', &word))
        if (choice_of(place_kinds, sv_trim(word), &kind))
            bits |= 1u << kind;
    return bits;
}

MUST static enum err promise_read(struct ctx *c, int64_t scope, struct promise *ret_promise)
{
    const char *name = "circle.promised";
    struct parameter_held held;
    struct parameter p;
    bool found = false;
    TRY(parameter_held(c, name, scope, day_of(c->now), &held));
    if (held.id)
        TRY(entity_load(c, &parameter_entity, held.id, &p, &found));
    struct promise s = { .kinds = kinds_of(held.value), .since = held.since };
    s.source = found ? p.source : sv_of(parameter_default_of(c->house, sv_of(name))->source);
    s.status = found ? p.status : PARAMETER_UNCHECKED;
    *ret_promise = s;
    return ERR_NONE;
}

static bool shut(const struct around *a, uint32_t place)
{
    return near_open(a->d, place, a->want) == &a->want->openings[NEAR_OPENINGS];
}

static void put_in(const struct around *a, struct around_kind *k, size_t hit)
{
    size_t at = k->n++;
    for (; at > 0 && a->hits.at[k->hit[at - 1]].ms > a->hits.at[hit].ms; at--)
        k->hit[at] = k->hit[at - 1];
    k->hit[at] = hit;
}

/*
 * Each hit to its kind, by walking time alone: here a place that nobody has verified for long does
 * not stand farther off. What is closed for now helps nobody.
 */
static void sort_kinds(struct arena *mem, struct around *a)
{
    size_t room[PLACE_KINDS] = { 0 }, shuts = 0;
    for (size_t i = 0; i < a->hits.n; i++) {
        uint32_t place = a->hits.at[i].place;
        uint8_t kind = a->d->kind[place];
        struct around_kind *k = &a->kind[kind];
        if (shut(a, place)) {
            a->shut = GROW(mem, a->shut, a->shut_n, &shuts);
            a->shut[a->shut_n++] = i;
            continue;
        }
        k->hit = GROW(mem, k->hit, (size_t)k->n, &room[kind]);
        put_in(a, k, i);
        k->open += near_open(a->d, place, a->want)->state.open;
    }
}

/* The nearest of a kind that the circle lacks, within an hour, by the gate that is best for it. */
static void look_beyond(struct near *near, const struct near_home *home, struct around *a, int kind)
{
    struct near_hit hit = { 0 }, *best = &a->kind[kind].beyond;
    for (size_t i = 0; i < home->n; i++) {
        near_begin(near, a->want->profile, &home->from[i],
                   best->ms ? best->ms : AROUND_FAR_MINUTES * 60000, 1u << (TAG_KIND + kind));
        while (near_next(near, &hit.place, &hit.ms))
            if (!shut(a, hit.place)) {
                *best = hit;
                break;
            }
    }
}

static void look(struct arena *mem, struct directory *d, const struct near_home *home,
                 struct around *a)
{
    struct near_scratch *lent;
    a->hits = near_find(mem, d, home, a->want);
    sort_kinds(mem, a);
    struct near *near = scratch_borrow(mem, d, &lent);
    for (int kind = 0; near && kind < PLACE_KINDS; kind++)
        if (a->kind[kind].promised && a->kind[kind].n == 0)
            look_beyond(near, home, a, kind);
    scratch_return(lent);
}

/* --- as JSON --- */

static void write_place(struct json *j, const char *name, const struct around *a,
                        const struct near_hit *hit)
{
    const struct listed_place *p = &a->d->place[hit->place];
    struct buf text = buf_new(j->out->mem, 48);
    near_minutes_text(&text, a->want->profile, hit->ms, a->lang);
    json_object(j, name);
    json_id(j, "place", p->id);
    json_text(j, "name", p->name);
    json_fixed(j, "lat", p->at.lat_e7, 7);
    json_fixed(j, "lon", p->at.lon_e7, 7);
    json_int(j, "seconds", (hit->ms + 500) / 1000);
    json_int(j, "metres", near_metres(a->want->profile, hit->ms));
    json_text(j, "minutes_text", buf_sv(&text));
    json_text(j, "open", sv_of(near_open(a->d, hit->place, a->want)->word));
    json_end(j, '}');
}

static void write_name(struct json *j, const struct around *a, int kind)
{
    const struct choice *k = &place_kinds[kind];
    json_text(j, "kind", sv_of(k->key));
    json_text(j, "kind_name", sv_of(a->lang == LANG_EN ? k->en : k->zh));
    json_text(j, "text", around_kind_text(j->out->mem, a, kind));
}

static void write_kinds(struct json *j, const struct around *a, uint32_t limit)
{
    json_array(j, "kinds");
    for (int kind = 0; kind < PLACE_KINDS; kind++) {
        const struct around_kind *k = &a->kind[kind];
        if (k->n == 0)
            continue;
        json_object(j, NULL);
        write_name(j, a, kind);
        json_bool(j, "promised", k->promised);
        json_int(j, "count", k->n);
        json_int(j, "open_now", k->open);
        json_array(j, "items");
        for (uint32_t i = 0; i < k->n && i < limit; i++)
            write_place(j, NULL, a, &a->hits.at[k->hit[i]]);
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_missing(struct json *j, const struct around *a)
{
    json_array(j, "missing");
    for (int kind = 0; kind < PLACE_KINDS; kind++) {
        const struct around_kind *k = &a->kind[kind];
        if (!k->promised || k->n)
            continue;
        json_object(j, NULL);
        write_name(j, a, kind);
        if (k->beyond.ms)
            write_place(j, "nearest", a, &k->beyond);
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* They count for nothing above, but whoever looks at the map should see why. */
static void write_shut(struct json *j, const struct around *a)
{
    json_array(j, "shut");
    for (size_t i = 0; i < a->shut_n && i < AROUND_K_MAX; i++)
        write_place(j, NULL, a, &a->hits.at[a->shut[i]]);
    json_end(j, ']');
}

static void write_promise(struct json *j, const struct promise *p, enum lang lang)
{
    const struct choice *status = &parameter_statuses[p->status];
    json_object(j, "promise");
    json_array(j, "kinds");
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        if (p->kinds >> kind & 1)
            json_text(j, NULL, sv_of(place_kinds[kind].key));
    json_end(j, ']');
    json_text(j, "source", p->source);
    json_text(j, "status", sv_of(status->key));
    json_text(j, "status_name", sv_of(lang == LANG_EN ? status->en : status->zh));
    if (day_known(p->since))
        json_day(j, "since", p->since);
    json_end(j, '}');
}

MUST static enum err around_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                                 struct answer *a)
{
    struct near_want want;
    struct near_home home;
    struct promise promise;
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    TRY(promise_read(c, home.scope, &promise));
    if (!d->near)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    uint32_t limit = q->limit.known ? (uint32_t)q->limit.n : AROUND_K_DEFAULT;
    want.size = AROUND_PLACES_MAX;
    want.offset = 0;
    struct around *r = NEW(&c->mem, struct around, 1);
    *r = (struct around){ .d = d, .want = &want, .lang = c->lang };
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        r->kind[kind].promised = promise.kinds >> kind & 1;
    look(&c->mem, d, &home, r);
    near_pace_json(&a->json, want.profile, c->lang);
    json_int(&a->json, "minutes", want.limit_ms / 60000);
    near_home_json(&a->json, &home);
    json_moment(&a->json, "as_of", d->built_at);
    json_text(&a->json, "words", around_words(&c->mem, r));
    write_kinds(&a->json, r, limit < AROUND_K_MAX ? limit : AROUND_K_MAX);
    write_missing(&a->json, r);
    write_shut(&a->json, r);
    write_promise(&a->json, &promise, c->lang);
    json_bool(&a->json, "more", r->hits.more);
    return ERR_NONE;
}

enum err around_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = around_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
