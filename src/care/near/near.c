/* near.c - answers about what is near: lists, circles, ways. */

#include "care/near/rank.h"
#include "care/near/scratch.h"
#include "care/near/serves.h"
#include "care/near/walk.h"

enum { ITEM_BYTES = 450, FRAME_BYTES = 500 };        /* about */

int64_t near_metres(enum profile profile, uint32_t ms)
{
    return ((int64_t)ms * profiles[profile].speed_cm_s + 50000) / 100000;
}

struct sv near_by(enum profile profile, enum lang lang)
{
    bool zh = lang == LANG_ZH;
    switch (profiles[profile].vehicle) {
    case BY_CYCLE: return zh ? SV("骑车") : SV("by e-bike");
    case BY_CAR: return zh ? SV("开车") : SV("by car");
    default: return zh ? SV("步行") : SV("on foot");
    }
}

void near_minutes_text(struct buf *b, enum profile profile, uint32_t ms, enum lang lang)
{
    int64_t minutes = (ms + 59999) / 60000;
    bool zh = lang == LANG_ZH;
    if (zh) {
        buf_put(b, near_by(profile, lang));
        buf_byte(b, ' ');
    }
    buf_int(b, minutes ? minutes : 1);
    buf_put(b, zh ? SV(" 分钟 · ") : SV(" min "));
    if (!zh) {
        buf_put(b, near_by(profile, lang));
        buf_put(b, SV(" · "));
    }
    if (profiles[profile].vehicle != ON_FOOT)
        buf_put(b, zh ? SV("约 ") : SV("about "));
    buf_int(b, near_metres(profile, ms));
    buf_put(b, zh ? SV(" 米") : SV(" m"));
}

static struct sv opening_text(struct arena *mem, const struct directory *d,
                              const struct near_want *want, struct near_opening *o, enum lang lang)
{
    if (o->text.len == 0) {
        struct buf b = buf_new(mem, 64);
        if (o == &want->openings[NEAR_OPENINGS])
            buf_text(&b, lang == LANG_ZH ? "临时停业" : "closed for now");
        else
            hours_text(&b, &d->hours[o->hours - 1], &o->state, want->at, lang);
        o->text = buf_sv(&b);
    }
    return o->text;
}

static void put_walk(struct buf *b, const struct near_hit *hit, enum profile profile,
                     enum lang lang)
{
    buf_put(b, SV(",\"seconds\":"));
    buf_int(b, (hit->ms + 500) / 1000);
    buf_put(b, SV(",\"metres\":"));
    buf_int(b, near_metres(profile, hit->ms));
    buf_put(b, SV(",\"minutes_text\":\""));
    near_minutes_text(b, profile, hit->ms, lang);
    buf_byte(b, '"');
}

/* Written straight: everything in it is a number or a word of ours that needs no escaping. */
void near_item_json(struct json *j, const char *name, const struct directory *d,
                    const struct near_hit *hit, const struct near_want *want, enum lang lang)
{
    struct near_opening *o = near_open(d, hit->place, want);
    int32_t verified_on = d->text[hit->place].verified_on;
    json_raw(j, name, SV("{"));                      /* the comma before it is the writer's */
    struct buf *b = j->out;
    buf_put(b, directory_text(d, hit->place, lang));
    if (hit->ms < NEAR_FAR) {
        put_walk(b, hit, want->profile, lang);
    } else if (hit->ms > NEAR_FAR) {
        buf_put(b, SV(",\"straight_m\":"));
        buf_int(b, hit->ms - NEAR_FAR);
    }
    if (verified_on) {
        buf_put(b, SV(",\"verified_days\":"));
        buf_int(b, want->today - verified_on);
    }
    if (want->today > d->text[hit->place].due_on)
        buf_put(b, SV(",\"overdue\":true"));
    if (near_sinks(d, want, hit->place))
        buf_put(b, SV(",\"sunk\":true"));
    buf_put(b, SV(",\"open\":\""));
    buf_text(b, o->word);
    buf_put(b, SV("\",\"open_text\":\""));
    buf_put(b, opening_text(b->mem, d, want, o, lang));
    buf_put(b, SV("\"}"));
}

/* Places that no street leads to, within the straight distance that could be walked. */
static int64_t unreached(const struct directory *d, const struct near_home *home,
                         const struct near_want *want)
{
    int64_t n = 0;
    enum profile p = want->profile;
    double reach_m = (double)near_metres(want->profile, want->limit_ms);
    for (uint32_t k = 0; k < d->lost_n[p]; k++) {
        uint32_t i = d->lost[p][k];
        if ((d->tags[i] & want->tags) && point_distance_m(home->at, d->place[i].at) <= reach_m)
            n++;
    }
    return n;
}

void near_pace_json(struct json *j, enum profile profile, enum lang lang)
{
    const struct profile_info *p = &profiles[profile];
    json_text(j, "profile", sv_of(p->key));
    json_text(j, "profile_name", sv_of(lang == LANG_ZH ? p->zh : p->en));
    json_fixed(j, "speed", p->speed_cm_s, 2);
}

void near_home_json(struct json *j, const struct near_home *home)
{
    json_object(j, "home");
    if (home->name.len)
        json_text(j, "name", home->name);
    json_fixed(j, "lat", home->at.lat_e7, 7);
    json_fixed(j, "lon", home->at.lon_e7, 7);
    json_bool(j, "snapped", home->n > 0);
    json_end(j, '}');
}

/* The divisions below, with how many there are in each: where one might look. */
static void write_areas(struct json *j, const struct directory *d, const struct near_ranked *r)
{
    json_array(j, "areas");
    for (size_t i = 0; i < r->areas; i++) {
        const struct listed_division *v = directory_coded(d, r->area[i].scope);
        if (!v)
            continue;
        json_object(j, NULL);
        json_id(j, "id", v->id);
        json_text(j, "name", v->name);
        json_int(j, "total", r->area[i].n);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void write_area(struct json *j, const struct directory *d, const struct listed_division *v)
{
    int64_t up = division_up(v->scope);
    const struct listed_division *above = up ? directory_coded(d, up) : NULL;
    json_object(j, "within");
    json_id(j, "id", v->id);
    json_text(j, "name", v->name);
    json_text(j, "path", v->path);
    if (above)
        json_id(j, "up", above->id);
    json_end(j, '}');
}

/* Nothing fits: which one filter would let how many in. */
static void write_loosen(struct json *j, const struct near_ranked *r)
{
    json_array(j, "loosen");
    for (int i = 0; i < NEAR_FILTERS; i++)
        if (r->loosen[i]) {
            json_object(j, NULL);
            json_text(j, "filter", sv_of(near_filters[i]));
            json_int(j, "total", r->loosen[i]);
            json_end(j, '}');
        }
    json_end(j, ']');
}

static void write_near(struct json *j, const struct directory *d, const struct near_home *home,
                       const struct near_want *want, const struct near_hits *hits, enum lang lang)
{
    buf_reserve(j->out, FRAME_BYTES + hits->n * ITEM_BYTES);
    near_pace_json(j, want->profile, lang);
    json_int(j, "minutes", want->limit_ms / 60000);
    if (near_home_named(want->care))
        near_home_json(j, home);
    if (want->area)
        write_area(j, d, want->area);
    json_moment(j, "as_of", d->built_at);
    json_int(j, "total", (int64_t)hits->total);
    if (hits->more)
        json_bool(j, "more", true);
    json_array(j, "items");
    for (size_t i = 0; i < hits->n; i++)
        near_item_json(j, NULL, d, &hits->at[i], want, lang);
    json_end(j, ']');
    if (near_home_named(want->care))
        json_int(j, "unreached", unreached(d, home, want));
}

static void write_serving(struct ctx *c, struct json *j, struct directory *d,
                          const struct near_home *home, const struct near_want *want)
{
    struct near_serving s;
    if (!near_serving(&c->mem, d, home, want, &s))
        return;
    json_object(j, "serves");
    json_text(j, "by", s.area ? SV("duty_area") : SV("walk"));
    if (s.area)
        json_text(j, "area", s.area->name);
    near_item_json(j, "place", d, &s.hit, want, c->lang);
    json_end(j, '}');
}

/* What is asked by everybody all day is not worth a look at every place when nothing is near. */
#define QUICK_FILTERS (1u << FILTER_OPEN | 1u << FILTER_WORDS)

static enum err near_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                          struct answer *a)
{
    struct near_want want;
    struct near_home home = { .n = 0 };
    struct near_ranked r = { .areas = 0 };
    TRY(near_want_of(c, d, q, &want));
    if (near_home_named(q) || !want.all)
        TRY(near_home(c, d, q, want.profile, want.at, &home));
    bool ranked = want.all || want.sort != SORT_WALK;
    if (!ranked)
        r.hits = near_find(&c->mem, d, &home, &want);
    bool advise = (want.asked & ~QUICK_FILTERS) != 0;
    if (ranked || (r.hits.total == 0 && advise))
        r = near_rank(&c->mem, d, &home, &want);
    write_near(&a->json, d, &home, &want, &r.hits, c->lang);
    if (q->serves && near_home_named(q))
        write_serving(c, &a->json, d, &home, &want);
    if (ranked)
        write_areas(&a->json, d, &r);
    if (r.hits.total == 0 && advise)
        write_loosen(&a->json, &r);
    return ERR_NONE;
}

bool near_slow(const struct request *q)
{
    const struct near_asked *a = q->query;
    return walk_pace(a->profile) >= PROFILE_FEET || a->all || a->sort != SORT_WALK ||
           a->within.n || a->operation_mode.bits ||
           a->medical.bits || a->level.bits || a->accessible.bits || a->beds || a->price_min.fen ||
           a->price_max.fen || a->rating_scheme || a->rating.known;
}

enum err near_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = near_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
