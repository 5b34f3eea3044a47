/* opening.c - is a place open now: for its page, and for a list that shows many. */

#include "care/place/table.h"
#include "http/describe/gives.h"

enum { OPENINGS_MAX = 200 };

const struct field places_asked_fields[] = {
    FIELD(struct places_asked, places, .required = true, .high = 4200, .zh = "网点编号，逗号分隔",
          .en = "Places, by comma, at most 200"),
    { 0 },
};
static const struct field opening_gives[] = {
    SAYS(ID, "place"),
    SAYS(TEXT, "open", .zh = "open、closing、closed、closed_today、unknown、stopped",
         .en = "open, closing, closed, closed_today, unknown, stopped"),
    SAYS(TEXT, "open_text"), MAY_SAY(TEXT, "reason", .zh = "停业原因", .en = "Why it is shut"),
    MAY_SAY(DAY, "until", .zh = "停业到", .en = "Shut until"), { 0 },
};
const struct field places_opening_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(LIST, "items", .record = opening_gives), { 0 },
};

void place_open_write(struct ctx *c, struct json *j, const struct place *p,
                      const struct calendar *k)
{
    struct hours h = { 0 };
    struct buf text = buf_new(&c->mem, 64);
    bool closed = place_closed(p, day_of(c->now));
    if (hours_parse(p->hours, &h) != NULL)
        h = (struct hours){ 0 };
    struct hours_state s = h.known ? hours_at(&h, k, c->now) : (struct hours_state){ 0 };
    json_text(j, "open", sv_of(closed ? "closed_today" : hours_word(&h, &s, c->now)));
    if (closed)
        buf_text(&text, c->lang == LANG_EN ? "closed for now" : "临时停业");
    else
        hours_text(&text, &h, &s, c->now, c->lang);
    json_text(j, "open_text", buf_sv(&text));
}

/* What is published everybody sees; the rest who may. */
enum err place_shown(struct ctx *c, int64_t id, struct place *ret_place)
{
    bool found;
    TRY(entity_load(c, &place_entity, id, ret_place, &found));
    if (found && ret_place->state == REVIEW_PUBLISHED && !moment_known(ret_place->row.ended_at))
        return ERR_NONE;
    if (c->who)
        return entity_get(c, &place_entity, id, ret_place);
    return fail(c, ERR_MISSING, "place.missing", "no published place %lld", (long long)id);
}

/* One that is published no more is stopped, whatever its hours say. */
static void opening_write(struct ctx *c, struct json *j, const struct place *p,
                          const struct calendar *k)
{
    json_object(j, NULL);
    json_id(j, "place", p->id.n);
    if (p->state != REVIEW_PUBLISHED || moment_known(p->row.ended_at)) {
        json_text(j, "open", SV("stopped"));
        json_text(j, "open_text", c->lang == LANG_EN ? SV("not published, or stopped")
                                                     : SV("未公布或已停办"));
    } else {
        place_open_write(c, j, p, k);
        if (place_closed(p, day_of(c->now)) && p->closed_reason.len)
            json_text(j, "reason", p->closed_reason);
        if (place_closed(p, day_of(c->now)) && day_known(p->closed_until))
            json_day(j, "until", p->closed_until);
    }
    json_end(j, '}');
}

enum err places_opening_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct sv rest = ((const struct places_asked *)q->query)->places, one;
    struct calendar k;
    TRY(calendar_load(c, &c->mem, &k));
    json_moment(&a->json, "as_of", c->now);
    json_array(&a->json, "items");
    for (int n = 0; sv_cut(&rest, ',', &one); n++) {
        struct place p;
        int64_t id;
        if (n == OPENINGS_MAX) {
            fail_field(c, SV("places"), "place.too_many");
            break;
        }
        if (!sv_int(sv_trim(one), 1, INT64_MAX, &id)) {
            fail_field(c, SV("places"), "field.link");
            break;
        }
        enum err e = place_shown(c, id, &p);
        if (e == ERR_NONE)
            opening_write(c, &a->json, &p, &k);
        else if (e == ERR_MISSING || e == ERR_FORBIDDEN)
            ctx_forgive(c);
        else
            return e;
    }
    json_end(&a->json, ']');
    return fail_fields(c);
}
