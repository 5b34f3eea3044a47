/* post.c - a request comes in from a client. */

#include "care/open311/inside.h"

#include "care/address/book.h"

#define R struct request_ticket

enum { DESCRIPTION_MAX = 4000, LINE_MAX = 300, NAME_MAX = 40 };

/* --- what it is --- */

static int choice_at(const struct choice *all, struct sv key)
{
    for (int i = 0; all[i].key; i++)
        if (sv_is(key, all[i].key))
            return i;
    return -1;
}

static bool said_yes(struct sv value)
{
    return sv_is(value, "yes") || sv_is(value, "true") || sv_is(value, "1");
}

static struct sv whole_name(struct ctx *c, const struct pairs *p)
{
    struct sv first = pair_of(p, "first_name"), last = pair_of(p, "last_name");
    bool latin = last.len && (unsigned char)last.at[0] < 0x80;
    struct sv all = latin ? sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(first), SV_ARG(last))
                          : sv_fmt(&c->mem, "%.*s%.*s", SV_ARG(last), SV_ARG(first));
    return sv_runes_head(sv_trim(all), NAME_MAX);
}

static void add_line(struct buf *b, const char *label, struct sv value)
{
    if (!value.len)
        return;
    buf_text(b, b->len ? "\n" : "");
    buf_text(b, label);
    buf_put(b, sv_runes_head(value, LINE_MAX));
}

/* Her words, and below them what a request has no field for. A picture is not fetched from here. */
static struct sv matter_of(struct ctx *c, const struct pairs *p)
{
    struct buf b = buf_new(&c->mem, 512);
    buf_put(&b, pair_of(p, "description"));
    add_line(&b, "地点：", pair_of(p, "address_string"));
    add_line(&b, "照片：", pair_of(p, "media_url"));
    add_line(&b, "邮箱：", pair_of(p, "email"));
    return buf_sv(&b);
}

static void read_what(struct ctx *c, const struct pairs *p, R *r)
{
    struct sv description = pair_of(p, "description"), phone = pair_of(p, "phone");
    int kind = choice_at(request_kinds, attribute_of(c, p, "kind"));
    if (kind < 0)
        fail_field(c, SV("attribute[kind]"), "open311.kind");
    r->kind = kind < 0 ? 0 : kind;
    r->danger = said_yes(attribute_of(c, p, "danger"));
    r->hidden = said_yes(attribute_of(c, p, "hidden"));
    if (!description.len)
        fail_field(c, SV("description"), "field.required");
    else if (sv_runes(description) > DESCRIPTION_MAX)
        fail_field(c, SV("description"), "open311.long");
    r->matter = matter_of(c, p);
    r->name = whole_name(c, p);
    r->phone = phone;
    if (phone.len && phone_check(phone))
        fail_field(c, SV("phone"), phone_check(phone));
}

/* --- where --- */

MUST static enum err by_point(struct ctx *c, const struct pairs *p, R *r)
{
    struct division d;
    bool found;
    int64_t lat, lon;
    if (!sv_fixed(pair_of(p, "lat"), 7, -900000000, 900000000, &lat) ||
        !sv_fixed(pair_of(p, "long"), 7, -1800000000, 1800000000, &lon)) {
        fail_field(c, SV("lat"), "open311.point");
        return ERR_NONE;
    }
    r->lat.e7 = lat;
    r->lon.e7 = lon;
    TRY(division_at(c, r->lat, r->lon, &d, &found));
    if (found)
        r->division = d.id;
    else
        fail_field(c, SV("lat"), "open311.outside");
    return ERR_NONE;
}

MUST static enum err by_compound(struct ctx *c, int64_t id, const char *field, R *r)
{
    struct compound k;
    bool found = false;
    if (id)
        TRY(entity_load(c, &compound_entity, id, &k, &found));
    if (found)
        r->division = k.division;
    else
        fail_field(c, sv_of(field), "open311.address");
    return ERR_NONE;
}

MUST static enum err by_words(struct ctx *c, struct sv text, const struct open311_client *client,
                              R *r)
{
    const struct address_index *index;
    struct address_match match;
    TRY(address_enter(c, &index));
    address_match(&c->mem, index, text, client->row.scope, &match);
    address_leave(c, index);
    r->division.n = match.best.division;
    if (!r->division.n && match.best.compound)
        return by_compound(c, match.best.compound, "address_string", r);
    if (!r->division.n)
        fail_field(c, SV("address_string"), "open311.address");
    return ERR_NONE;
}

/* One of: the place, a point, an address of ours, words. */
MUST static enum err read_where(struct ctx *c, const struct pairs *p,
                                const struct open311_client *client, R *r)
{
    struct sv place = attribute_of(c, p, "place"), id = pair_of(p, "address_id");
    struct place at;
    int64_t n = 0;
    bool found = false;
    if (place.len && sv_int(place, 1, INT64_MAX, &n))
        TRY(entity_load(c, &place_entity, n, &at, &found));
    if (place.len && (!found || at.state != REVIEW_PUBLISHED))
        fail_field(c, SV("attribute[place]"), "open311.place");
    r->place.n = found ? n : 0;
    r->row.scope = found ? at.row.scope : 0;
    if (pair_of(p, "lat").len || pair_of(p, "long").len)
        return by_point(c, p, r);
    if (id.len)
        return by_compound(c, sv_int(id, 1, INT64_MAX, &n) ? n : 0, "address_id", r);
    if (place.len)
        return ERR_NONE;
    if (pair_of(p, "address_string").len)
        return by_words(c, pair_of(p, "address_string"), client, r);
    fail_field(c, SV("lat"), "open311.where");
    return ERR_NONE;
}

/* Another area's is refused, or a key for one street would write into all. */
MUST static enum err check_area(struct ctx *c, const struct open311_client *client, const R *r)
{
    struct division d = { .row.scope = r->row.scope };
    bool found = true;
    TRY(fail_fields(c));
    if (!r->place.n)
        TRY(entity_load(c, &division_entity, r->division.n, &d, &found));
    if (!found || !division_holds(client->row.scope, d.row.scope))
        fail_field(c, SV("lat"), "open311.area");
    return fail_fields(c);
}

/* --- the answer --- */

MUST static enum err take(struct ctx *c, const struct request *q, R *r)
{
    struct pairs p;
    struct open311_client client;
    TRY(pairs_of_body(c, q, &p));
    TRY(jurisdiction_check(c, pair_of(&p, "jurisdiction_id")));
    if (!pair_of(&p, "api_key").len)
        return fail(c, ERR_FORBIDDEN, "open311.key", "no key");
    TRY(client_of_key(c, pair_of(&p, "api_key"), &client));
    record_clear(request_fields, r);
    if (!pair_of(&p, "service_code").len) {
        fail_field(c, SV("service_code"), "field.required");
        return fail_fields(c);
    }
    TRY(service_of(c, pair_of(&p, "service_code"), &r->topic));
    r->channel = REQUEST_OPEN311;
    r->client = client.id;
    read_what(c, &p, r);
    TRY(read_where(c, &p, &client, r));
    TRY(check_area(c, &client, r));
    return entity_create_by_rule(c, &request_entity, r);
}

MUST static enum err fill_sent(struct ctx *c, const struct request *q, struct json *j)
{
    R r;
    TRY(take(c, q, &r));
    struct civil due = civil_of_day(r.due);
    json_object(j, NULL);
    json_text(j, "service_request_id", r.number);
    json_text(j, "service_notice",
              c->lang == LANG_EN
                  ? sv_fmt(&c->mem, "Answered by %04d-%02d-%02d", due.year, due.month, due.day)
                  : sv_fmt(&c->mem, "将在%d月%d日前答复", due.month, due.day));
    json_end(j, '}');
    return ERR_NONE;
}

enum err open311_post(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "service_requests", fill_sent);
}
#undef R
