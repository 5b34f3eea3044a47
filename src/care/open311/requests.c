/* requests.c - the state of what was sent: one, a list, a token. */

#include "care/open311/inside.h"

#include "care/parameter/parameter.h"

SQL(open311_requests);
SQL(open311_request);

#define R struct request_ticket

enum { LISTED_MAX = 1000, SPAN_DAYS = 90, NUMBERS_MAX = 50, LATEST_MIN = 1439 };

static bool is_closed(const R *r)
{
    return r->state == REQUEST_REPLIED || r->state == REQUEST_CLOSED ||
           r->state == REQUEST_WITHDRAWN;
}

/* What names a person or a home is left out unless the client that sent it asks. */
static bool is_public(const R *r)
{
    return !r->hidden && !r->elder.n && !r->care_order.n;
}

static struct moment updated_at(const R *r)
{
    const struct moment all[] = { r->routed_at, r->accepted_at, r->replied_at, r->closed_at };
    struct moment last = r->row.created_at;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        last = all[i].ms > last.ms ? all[i] : last;
    return last;
}

/* --- one --- */

MUST static enum err put_place(struct ctx *c, struct json *j, const R *r)
{
    struct place p;
    bool found = false;
    if (r->place.n)
        TRY(entity_load(c, &place_entity, r->place.n, &p, &found));
    if (!found || p.state != REVIEW_PUBLISHED)
        return ERR_NONE;
    json_text(j, "address", sv_fmt(&c->mem, "%.*s%s%.*s", SV_ARG(p.name), p.address.len ? "，" : "",
                                   SV_ARG(p.address)));
    json_fixed(j, "lat", p.lat.e7, 7);
    json_fixed(j, "long", p.lon.e7, 7);
    return ERR_NONE;
}

static void put_own(struct json *j, const R *r)
{
    json_text(j, "description", r->matter);
    if (r->place.n || (!r->lat.e7 && !r->lon.e7))
        return;
    json_fixed(j, "lat", r->lat.e7, 7);
    json_fixed(j, "long", r->lon.e7, 7);
}

MUST static enum err put_request(struct ctx *c, struct json *j, const R *r, bool own)
{
    struct sv office;
    bool en = c->lang == LANG_EN;
    const struct choice *topic = &request_topics[r->topic], *state = &request_states[r->state];
    TRY(division_path(c, r->row.scope, &office));
    json_object(j, NULL);
    json_text(j, "service_request_id", r->number);
    json_text(j, "status", is_closed(r) ? SV("closed") : SV("open"));
    json_text(j, "status_notes", own && r->reply.len ? r->reply
                                                     : sv_of(en ? state->en : state->zh));
    json_text(j, "service_name", sv_of(en ? topic->en : topic->zh));
    json_text(j, "service_code", sv_of(topic->key));
    json_text(j, "agency_responsible", office);
    json_moment(j, "requested_datetime", r->came_at);
    json_moment(j, "updated_datetime", updated_at(r));
    json_moment(j, "expected_datetime", moment_at(r->due, LATEST_MIN));
    if (own)
        put_own(j, r);
    TRY(put_place(c, j, r));
    json_end(j, '}');
    return ERR_NONE;
}

/* --- which --- */

/* What a list is asked for. */
struct asked {
    struct open311_client client;
    struct sv  numbers, codes, status;
    struct moment from, to;
};

static bool among(struct sv list, struct sv one)
{
    struct sv part;
    if (!list.len)
        return true;
    while (sv_cut(&list, ',', &part))
        if (sv_eq(sv_trim(part), one))
            return true;
    return false;
}

static void read_moment(struct ctx *c, const struct pairs *p, const char *name,
                        struct moment *ret_at)
{
    struct sv text = pair_of(p, name);
    struct day day;
    if (!text.len || sv_moment(text, ret_at))
        return;
    if (sv_day(text, &day))
        *ret_at = moment_at(day, 0);
    else
        fail_field(c, sv_of(name), "open311.datetime");
}

/* At most 90 days; without dates the last 90. */
MUST static enum err read_span(struct ctx *c, const struct pairs *p, struct asked *in)
{
    const int64_t span = (int64_t)SPAN_DAYS * MS_A_DAY;
    read_moment(c, p, "start_date", &in->from);
    read_moment(c, p, "end_date", &in->to);
    TRY(fail_fields(c));
    if (!moment_known(in->to))
        in->to.ms = moment_known(in->from) ? in->from.ms + span : c->now.ms + 1;
    if (!moment_known(in->from))
        in->from.ms = in->to.ms - span;
    if (in->to.ms < in->from.ms)
        fail_field(c, SV("end_date"), "days.backwards");
    else if (in->to.ms - in->from.ms > span)
        fail_field(c, SV("start_date"), "open311.span");
    return fail_fields(c);
}

MUST static enum err read_asked(struct ctx *c, const struct request *q, struct asked *in)
{
    struct pairs p;
    struct sv rest, one;
    int topic;
    *in = (struct asked){ .numbers = SV("") };
    TRY(pairs_read(c, q->query_string, &p));
    TRY(jurisdiction_check(c, pair_of(&p, "jurisdiction_id")));
    TRY(client_of_key(c, pair_of(&p, "api_key"), &in->client));
    in->numbers = pair_of(&p, "service_request_id");
    in->codes = pair_of(&p, "service_code");
    in->status = pair_of(&p, "status");
    rest = in->status;
    while (sv_cut(&rest, ',', &one))
        if (one.len && !sv_is(sv_trim(one), "open") && !sv_is(sv_trim(one), "closed"))
            fail_field(c, SV("status"), "open311.status");
    TRY(fail_fields(c));
    rest = in->codes;
    while (sv_cut(&rest, ',', &one))
        TRY(service_of(c, sv_trim(one), &topic));
    return read_span(c, &p, in);
}

static bool fits(const struct asked *in, const R *r)
{
    return among(in->codes, sv_of(request_topics[r->topic].key)) &&
           among(in->status, is_closed(r) ? SV("closed") : SV("open"));
}

static bool is_own(const struct asked *in, const R *r)
{
    return in->client.id.n && r->client.n == in->client.id.n;
}

/* The row of a number, if this caller may see it. */
MUST static enum err load_number(struct ctx *c, const struct asked *in, struct sv number, R *r,
                                 bool *ret_found)
{
    int64_t id;
    *ret_found = false;
    TRY(db_int(c, &sql_open311_request, PARAMS(P_TEXT("number", number)), &id));
    if (id)
        TRY(entity_load(c, &request_entity, id, r, ret_found));
    *ret_found = *ret_found && (is_own(in, r) || is_public(r));
    return ERR_NONE;
}

MUST static enum err put_numbers(struct ctx *c, const struct asked *in, struct json *j)
{
    struct sv rest = in->numbers, number;
    for (int n = 0; n < NUMBERS_MAX && sv_cut(&rest, ',', &number); n++) {
        R r;
        bool found;
        TRY(load_number(c, in, sv_trim(number), &r, &found));
        if (found)
            TRY(put_request(c, j, &r, is_own(in, &r)));
    }
    return ERR_NONE;
}

MUST static enum err fill_requests(struct ctx *c, const struct request *q, struct json *j)
{
    struct asked in;
    int64_t *ids = NEW(&c->mem, int64_t, LISTED_MAX);
    size_t n = 0;
    TRY(read_asked(c, q, &in));
    if (in.numbers.len)
        return put_numbers(c, &in, j);
    struct rows rows = db_rows(c, &sql_open311_requests,
                               PARAMS(P_INT("since", in.from.ms), P_INT("until", in.to.ms),
                                      P_INT("client", in.client.id.n)));
    while (n < LISTED_MAX && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        R r;
        bool found;
        TRY(entity_load(c, &request_entity, ids[i], &r, &found));
        if (found && fits(&in, &r))
            TRY(put_request(c, j, &r, is_own(&in, &r)));
    }
    return ERR_NONE;
}

enum err requests_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "service_requests", fill_requests);
}

MUST static enum err read_one(struct ctx *c, const struct request *q, struct asked *in, R *r)
{
    struct pairs p;
    bool found;
    *in = (struct asked){ .numbers = SV("") };
    TRY(pairs_read(c, q->query_string, &p));
    TRY(jurisdiction_check(c, pair_of(&p, "jurisdiction_id")));
    TRY(client_of_key(c, pair_of(&p, "api_key"), &in->client));
    TRY(load_number(c, in, q->param[0], r, &found));
    return found ? ERR_NONE : fail(c, ERR_MISSING, "open311.request", "no such request");
}

MUST static enum err fill_request(struct ctx *c, const struct request *q, struct json *j)
{
    struct asked in;
    R r;
    TRY(read_one(c, q, &in, &r));
    return put_request(c, j, &r, is_own(&in, &r));
}

enum err request_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "service_requests", fill_request);
}

MUST static enum err fill_token(struct ctx *c, const struct request *q, struct json *j)
{
    struct asked in;
    R r;
    TRY(read_one(c, q, &in, &r));
    json_object(j, NULL);
    json_text(j, "service_request_id", r.number);
    json_text(j, "token", r.number);
    json_end(j, '}');
    return ERR_NONE;
}

enum err token_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "service_requests", fill_token);
}
#undef R
