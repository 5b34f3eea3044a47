/* place.c - where one goes: rules and steps. */

#include "care/place/table.h"

#include "care/parameter/parameter.h"
#include "geo/datum.h"

void place_to_wgs84(struct place *p)
{
    enum datum datum = DATUM_WGS84;
    (void)datum_find(sv_of(place_datums[p->datum].key), &datum);
    struct point at = { (int32_t)p->lat.e7, (int32_t)p->lon.e7 };
    struct point there = datum_to_wgs84(datum, at);
    p->lat.e7 = there.lat_e7;
    p->lon.e7 = there.lon_e7;
}

bool place_closed(const struct place *p, struct day d)
{
    if (!day_known(p->closed_on) || d.n < p->closed_on.n)
        return false;
    return day_known(p->closed_until) ? d.n <= p->closed_until.n : d.n == p->closed_on.n;
}

enum place_mode place_mode(int founded, int operated)
{
    if (founded == FOUNDED_PRIVATE)
        return MODE_PRIVATE;
    if (founded == FOUNDED_UNKNOWN || operated == OPERATED_UNKNOWN)
        return MODE_UNKNOWN;
    return operated == OPERATED_PUBLIC ? MODE_PUBLIC : MODE_ENTRUSTED;
}

struct sv place_rating_text(struct arena *mem, int scheme, int64_t level, enum lang lang)
{
    static const char *const zh[] = { "", "一", "二", "三", "四", "五" };
    if (scheme == RATING_NONE || level < 1 || level > 5)
        return SV("");
    if (lang == LANG_ZH)
        return sv_fmt(mem, "%s%s", zh[level], scheme == RATING_STAR ? "星级" : "级");
    return sv_fmt(mem, scheme == RATING_STAR ? "%d stars" : "level %d", (int)level);
}

/* --- rules of one write --- */

/* Coordinates count as given when they differ from what was stored. */
static void convert_given(struct ctx *c, const struct place *was, struct place *p)
{
    bool moved = !was || was->lat.e7 != p->lat.e7 || was->lon.e7 != p->lon.e7;
    if (moved)
        place_to_wgs84(p);
    else if (was->datum != p->datum)
        fail_field(c, SV("datum"), "place.datum_alone");
}

static void keep_published(struct ctx *c, const struct place *was, const struct place *is)
{
    static const char *const kept[] = { "name", "kind", "org", "lat", "lon", "nonprofit", "founded",
                                        "operated", "rating_scheme", "rating_level" };
    if (was->state != REVIEW_PUBLISHED || is->state != REVIEW_PUBLISHED ||
        who_may(c, MAY_REVIEW_DIRECTORY))
        return;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const struct field *f = field_named(place_fields, sv_of(kept[i]));
        if (!field_same(f, was, is))
            fail_field(c, sv_of(f->name), "review.published");
    }
}

static void check_numbers(struct ctx *c, const struct place *p)
{
    if (p->beds_free.known && p->beds_free.n > p->beds_total)
        fail_field(c, SV("beds_free"), "place.beds");
    if (p->price_high.fen && p->price_high.fen < p->price_low.fen)
        fail_field(c, SV("price_high"), "place.prices");
    if (p->rating_level && p->rating_scheme == RATING_NONE)
        fail_field(c, SV("rating_scheme"), "place.scheme");
    if (day_known(p->closed_until) && day_known(p->closed_on) && p->closed_until.n < p->closed_on.n)
        fail_field(c, SV("closed_until"), "days.backwards");
}

/* The division from the point, when nobody named one. */
enum err place_rules(struct ctx *c, const void *before, void *row)
{
    const struct place *was = before;
    struct place *p = row;
    convert_given(c, was, p);
    if (was)
        keep_published(c, was, p);
    if (was && field_same(field_named(place_fields, SV("beds_free")), was, p) == false) {
        p->beds_at = c->now;
        p->beds_by = review_me(c);
    }
    check_numbers(c, p);
    TRY(fail_fields(c));
    return division_by_point(c, p->lat, p->lon, &p->division, &p->row.scope);
}

/* --- steps --- */

enum err place_publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const struct place *)row)->submitted_by);
}

enum err place_submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct place *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

enum err place_verify(struct ctx *c, void *row, const void *input)
{
    struct place *p = row;
    int64_t days;
    (void)input;
    TRY(parameter_int(c, "directory.verify_days", p->row.scope, day_of(c->now), &days));
    p->verified_at = c->now;
    p->verified_by = review_me(c);
    p->verify_until = (struct day){ day_of(c->now).n + days };
    return ERR_NONE;
}

enum err place_close(struct ctx *c, void *row, const void *input)
{
    const struct place *asked = input;
    struct place *p = row;
    p->closed_on = day_known(asked->closed_on) ? asked->closed_on : day_of(c->now);
    p->closed_until = day_known(asked->closed_until) ? asked->closed_until : p->closed_on;
    p->closed_reason = asked->closed_reason;
    return ERR_NONE;
}

enum err place_reopen(struct ctx *c, void *row, const void *input)
{
    struct place *p = row;
    (void)c, (void)input;
    p->closed_on = p->closed_until = DAY_NONE;
    p->closed_reason = SV("");
    return ERR_NONE;
}

enum err place_report_beds(struct ctx *c, void *row, const void *input)
{
    struct place *p = row;
    p->beds_free = ((const struct place *)input)->beds_free;
    p->beds_at = c->now;
    p->beds_by = review_me(c);
    return ERR_NONE;
}
