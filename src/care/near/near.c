/* near.c - answers about what is near: lists, circles, ways. */

#include "care/near/ask.h"
#include "care/near/scratch.h"

enum { CACHE_LINE = 64, ITEM_BYTES = 450, FRAME_BYTES = 500 };   /* bytes: about */

int64_t near_metres(enum profile profile, uint32_t ms)
{
    return ((int64_t)ms * profiles[profile].speed_cm_s + 50000) / 100000;
}

void near_minutes_text(struct buf *b, uint32_t ms, int64_t metres, enum lang lang)
{
    int64_t minutes = (ms + 59999) / 60000;
    bool zh = lang == LANG_ZH;
    buf_put(b, zh ? SV("步行 ") : SV(""));
    buf_int(b, minutes ? minutes : 1);
    buf_put(b, zh ? SV(" 分钟 · ") : SV(" min on foot · "));
    buf_int(b, metres);
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

/* Written straight: everything in it is a number or a word of ours that needs no escaping. */
void near_item_json(struct json *j, const struct directory *d, const struct near_hit *hit,
                    const struct near_want *want, enum lang lang)
{
    const struct listed_place *p = &d->place[hit->place];
    struct near_opening *o = near_open(d, hit->place, want);
    int64_t metres = near_metres(want->profile, hit->ms);
    json_raw(j, NULL, SV("{"));                      /* the comma before it is the writer's */
    struct buf *b = j->out;
    buf_put(b, p->fixed);
    buf_byte(b, ',');
    buf_put(b, p->words[lang]);
    buf_put(b, SV(",\"seconds\":"));
    buf_int(b, (hit->ms + 500) / 1000);
    buf_put(b, SV(",\"metres\":"));
    buf_int(b, metres);
    if (p->verified_on) {
        buf_put(b, SV(",\"verified_days\":"));
        buf_int(b, day_of(want->at).n - p->verified_on);
    }
    buf_put(b, SV(",\"minutes_text\":\""));
    near_minutes_text(b, hit->ms, metres, lang);
    buf_put(b, SV("\",\"open\":\""));
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
    double reach_m = (double)near_metres(want->profile, want->limit_ms);
    if (d->near && d->near->unplaced == 0)
        return 0;
    for (uint32_t i = 0; i < d->places; i++)
        if ((!d->near || near_anchor(d->near, want->profile, i)->edge == NO_EDGE) &&
            (d->tags[i] & want->tags) && point_distance_m(home->at, d->place[i].at) <= reach_m)
            n++;
    return n;
}

static void write_pace(struct json *j, enum profile profile, enum lang lang)
{
    const struct profile_info *p = &profiles[profile];
    json_text(j, "profile", sv_of(p->key));
    json_text(j, "profile_name", sv_of(lang == LANG_ZH ? p->zh : p->en));
    json_fixed(j, "speed", p->speed_cm_s, 2);
}

static void write_home(struct json *j, const struct near_home *home)
{
    json_object(j, "home");
    if (home->name.len)
        json_text(j, "name", home->name);
    json_fixed(j, "lat", home->at.lat_e7, 7);
    json_fixed(j, "lon", home->at.lon_e7, 7);
    json_bool(j, "snapped", home->n > 0);
    json_end(j, '}');
}

/* Asked for together the texts arrive together; else each would be waited for in turn. */
static void fetch_ahead(const struct directory *d, const struct near_hits *hits)
{
    for (size_t i = 0; i < hits->n; i++)
        __builtin_prefetch(&d->place[hits->at[i].place].fixed);
    for (size_t i = 0; i < hits->n; i++) {
        struct sv fixed = d->place[hits->at[i].place].fixed;
        for (size_t at = 0; at < fixed.len; at += CACHE_LINE)
            __builtin_prefetch(fixed.at + at);
    }
}

static void write_near(struct json *j, const struct directory *d, const struct near_home *home,
                       const struct near_want *want, const struct near_hits *hits, enum lang lang)
{
    buf_reserve(j->out, FRAME_BYTES + hits->n * ITEM_BYTES);
    write_pace(j, want->profile, lang);
    json_int(j, "minutes", want->limit_ms / 60000);
    write_home(j, home);
    json_moment(j, "as_of", d->built_at);
    json_int(j, "total", (int64_t)hits->total);
    if (hits->more)
        json_bool(j, "more", true);
    json_array(j, "items");
    fetch_ahead(d, hits);
    for (size_t i = 0; i < hits->n; i++)
        near_item_json(j, d, &hits->at[i], want, lang);
    json_end(j, ']');
    json_int(j, "unreached", unreached(d, home, want));
}

static enum err near_with(struct ctx *c, struct directory *d, const struct near_asked *q,
                          struct answer *a)
{
    struct near_want want;
    struct near_home home;
    TRY(near_want_of(c, d, q, &want));
    TRY(near_home(c, d, q, want.profile, want.at, &home));
    struct near_hits hits = near_find(&c->mem, d, &home, &want);
    write_near(&a->json, d, &home, &want, &hits, c->lang);
    return ERR_NONE;
}

enum err near_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = near_with(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
