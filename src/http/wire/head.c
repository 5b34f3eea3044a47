/* head.c - reading the head of a request, strictly. */

#include "http/wire/head.h"

#include <string.h>
#include <strings.h>

#define H(name_, member, once_) { name_, sizeof name_ - 1, offsetof(struct head, member), once_ }

/* Headers we read. `once`: two of them are refused, since a proxy might take the other one. */
static const struct header_row { const char *name; size_t len, offset; bool once; } rows[] = {
    H("host", host, true),
    H("content-length", content_length, true),
    H("transfer-encoding", transfer_encoding, true),
    H("content-type", content_type, true),
    H("authorization", authorization, true),
    H("cookie", cookie, false),
    H("accept-encoding", accept_encoding, false),
    H("accept-language", accept_language, false),
    H("if-match", if_match, true),
    H("if-none-match", if_none_match, false),
    H("idempotency-key", idempotency_key, true),
    H("origin", origin, true),
    H("sec-fetch-site", fetch_site, true),
    H("x-yike-csrf", csrf, true),
    H("x-yike-channel", channel, true),
    H("x-yike-purpose", purpose, true),
    H("x-yike-reason", reason, true),
    H("user-agent", agent, false),
    H("x-forwarded-for", forwarded_for, false),
    H("x-forwarded-proto", forwarded_proto, false),
    H("last-event-id", last_event_id, true),
    H("x-request-id", request_id, false),
};

static const struct { const char *name; enum verb verb; bool head_only; } verbs[] = {
    { "GET", GET, false }, { "POST", POST, false }, { "PATCH", PATCH, false },
    { "PUT", PUT, false }, { "DELETE", DELETE, false }, { "HEAD", GET, true },
};

static const struct refusal fine = { 0, NULL };

static bool token_char(unsigned char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') ||
           (ch && strchr("!#$%&'*+-.^_`|~", ch));
}

static bool is_token(struct sv s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!token_char((unsigned char)s.at[i]))
            return false;
    return s.len > 0;
}

static bool has_control(struct sv s)
{
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.at[i] < 0x20 && s.at[i] != '\t') || s.at[i] == 0x7F)
            return true;
    return false;
}

static const struct header_row *row_named(struct sv name)
{
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (rows[i].len == name.len && strncasecmp(rows[i].name, name.at, name.len) == 0)
            return &rows[i];
    return NULL;
}

static struct refusal sort_headers(struct head *h)
{
    if (h->headers_n > HEADERS_MAX)
        return (struct refusal){ 431, "http.headers_many" };
    for (size_t i = 0; i < h->headers_n; i++) {
        const struct header *one = &h->headers[i];
        if (!is_token(one->name) || has_control(one->value))
            return (struct refusal){ 400, "http.header_form" };
        const struct header_row *row = row_named(one->name);
        if (!row)
            continue;
        struct sv *place = (struct sv *)(void *)((char *)h + row->offset);
        if (row->once && place->at)
            return (struct refusal){ 400, "http.header_twice" };
        *place = sv_trim(one->value);
        if (!place->at)
            place->at = "";
    }
    return fine;
}

static int hex_of(char ch)
{
    if (ch >= '0' && ch <= '9')
        return ch - '0';
    if (ch >= 'a' && ch <= 'f')
        return ch - 'a' + 10;
    if (ch >= 'A' && ch <= 'F')
        return ch - 'A' + 10;
    return -1;
}

static bool is_plain(struct sv s, bool plus)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] == '%' || (plus && s.at[i] == '+') || (unsigned char)s.at[i] >= 0x80 ||
            s.at[i] == 0)
            return false;
    return true;
}

bool percent_decode(struct arena *mem, struct sv s, bool plus, struct sv *ret_text)
{
    if (is_plain(s, plus)) {
        *ret_text = s;
        return true;
    }
    char *out = arena_take(mem, s.len + 1, 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char ch = s.at[i];
        if (ch == '%') {
            int high = i + 1 < s.len ? hex_of(s.at[i + 1]) : -1;
            int low = i + 2 < s.len ? hex_of(s.at[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            ch = (char)(high * 16 + low);
            i += 2;
        } else if (plus && ch == '+') {
            ch = ' ';
        }
        out[n++] = ch;
    }
    struct sv text = { out, n };
    if (!sv_utf8(text))                                  /* refuses NUL too */
        return false;
    *ret_text = text;
    return true;
}

/* Segments are decoded after the cut, so %2F stays inside one; ".", ".." and "" are refused. */
static struct refusal cut_path(struct arena *mem, struct head *h)
{
    struct sv rest = sv_from(h->path, 1), part;
    while (sv_cut(&rest, '/', &part)) {
        if (h->segments_n == SEGMENTS_MAX)
            return (struct refusal){ 404, "http.path_unknown" };
        struct sv *segment = &h->segment[h->segments_n];
        if (!percent_decode(mem, part, false, segment))
            return (struct refusal){ 400, "http.path_form" };
        if (segment->len == 0 || sv_is(*segment, ".") || sv_is(*segment, "..") ||
            has_control(*segment))
            return (struct refusal){ 400, "http.path_form" };
        h->segments_n++;
    }
    return fine;
}

static bool starts_as(struct sv s, struct sv with)
{
    return s.len >= with.len && strncasecmp(s.at, with.at, with.len) == 0;
}

/*
 * "http://host/path?query", which every server must take (RFC 9112, 3.2.2), becomes "/path?query";
 * read_host() then wants the same host in Host, for a proxy might go by the one or the other.
 */
static void cut_authority(struct arena *mem, struct head *h, struct sv *ret_authority)
{
    size_t scheme = starts_as(h->uri, SV("http://")) ? 7
                  : starts_as(h->uri, SV("https://")) ? 8 : 0;
    struct sv rest = sv_from(h->uri, scheme);
    size_t n = 0;
    if (!scheme)
        return;
    while (n < rest.len && rest.at[n] != '/' && rest.at[n] != '?')
        n++;
    *ret_authority = sv_head(rest, n);
    rest = sv_from(rest, n);
    h->uri = rest.len && rest.at[0] == '/' ? rest : sv_fmt(mem, "/%.*s", SV_ARG(rest));
}

static struct refusal read_verb(struct head *h)
{
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++)
        if (sv_is(h->method, verbs[i].name)) {
            h->verb = verbs[i].verb;
            h->head_only = verbs[i].head_only;
            return fine;
        }
    return (struct refusal){ 501, "http.method" };
}

static struct refusal read_line(struct arena *mem, struct head *h, struct sv *ret_authority)
{
    if (!sv_is(h->version, "HTTP/1.1") && !sv_is(h->version, "HTTP/1.0"))
        return (struct refusal){ 505, "http.version" };
    if (h->uri.len > URI_MAX)
        return (struct refusal){ 414, "http.uri_long" };
    struct refusal no = read_verb(h);
    if (no.status)
        return no;
    cut_authority(mem, h, ret_authority);
    if (h->uri.len == 0 || h->uri.at[0] != '/')           /* *, authority, no form at all */
        return (struct refusal){ 400, "http.path_form" };
    for (size_t i = 0; i < h->uri.len; i++)
        if ((unsigned char)h->uri.at[i] <= 0x20 || h->uri.at[i] == 0x7F || h->uri.at[i] == '#' ||
            h->uri.at[i] == '\\')
            return (struct refusal){ 400, "http.path_form" };

    struct sv rest = h->uri;
    sv_cut(&rest, '?', &h->path);
    h->query = rest;
    return cut_path(mem, h);
}

/* Exactly one way to say how long the body is. */
static struct refusal read_length(struct head *h)
{
    h->length = -1;
    if (h->transfer_encoding.at) {
        if (h->content_length.at)
            return (struct refusal){ 400, "http.two_lengths" };
        if (h->transfer_encoding.len != 7 ||
            strncasecmp(h->transfer_encoding.at, "chunked", 7) != 0)
            return (struct refusal){ 501, "http.transfer_encoding" };
        if (sv_is(h->version, "HTTP/1.0"))
            return (struct refusal){ 400, "http.two_lengths" };
        h->chunked = true;
    } else if (h->content_length.at) {
        for (size_t i = 0; i < h->content_length.len; i++)
            if (h->content_length.at[i] < '0' || h->content_length.at[i] > '9')
                return (struct refusal){ 400, "http.length" };
        if (!sv_int(h->content_length, 0, INT64_MAX, &h->length))
            return (struct refusal){ 400, "http.length" };
    }
    if (h->verb == GET && (h->chunked || h->length > 0))
        return (struct refusal){ 400, "http.body_unwanted" };
    return fine;
}

static bool host_char(char ch)
{
    return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') ||
           ch == '.' || ch == '-' || ch == '_' || ch == ':' || ch == '[' || ch == ']';
}

/* `authority` is that of an absolute address; its .at is NULL when the address was none. */
static struct refusal read_host(const struct head *h, struct sv authority)
{
    if (!h->host.at && !authority.at && sv_is(h->version, "HTTP/1.0"))
        return fine;
    if (h->host.len == 0 || h->host.len > 255)
        return (struct refusal){ 400, "http.host" };
    for (size_t i = 0; i < h->host.len; i++)
        if (!host_char(h->host.at[i]))
            return (struct refusal){ 400, "http.host" };
    if (authority.at && (authority.len != h->host.len || !starts_as(authority, h->host)))
        return (struct refusal){ 400, "http.host" };
    return fine;
}

static bool is_hex(struct sv s)
{
    for (size_t i = 0; i < s.len; i++)
        if (hex_of(s.at[i]) < 0)
            return false;
    return true;
}

/* A token is 64 hex digits; anything else cannot be one and counts as none. */
static void read_token(struct head *h)
{
    struct sv found = { 0 }, rest = h->cookie, pair, name;
    if (h->authorization.len > 7 && strncasecmp(h->authorization.at, "bearer ", 7) == 0) {
        found = sv_trim(sv_from(h->authorization, 7));
        h->bearer = true;
    }
    while (!h->bearer && sv_cut(&rest, ';', &pair)) {
        pair = sv_trim(pair);
        if (sv_cut(&pair, '=', &name) && sv_is(name, "yike"))
            found = pair;
    }
    if (found.len >= 32 && found.len <= 128 && is_hex(found))
        h->token = found;
}

/* True when the list names the word without forbidding it by q=0. */
static bool accepts(struct sv list, const char *word)
{
    struct sv one, name;
    while (sv_cut(&list, ',', &one)) {
        if (!sv_cut(&one, ';', &name))
            continue;
        if (sv_is(sv_trim(name), word)) {
            struct sv weight = sv_trim(one);
            return !sv_is(weight, "q=0") && !sv_starts(weight, SV("q=0.0"));
        }
    }
    return false;
}

struct refusal head_read(struct arena *mem, struct head *h)
{
    struct sv authority = { 0 };
    struct refusal no = read_line(mem, h, &authority);
    if (!no.status)
        no = sort_headers(h);
    if (!no.status)
        no = read_host(h, authority);
    if (!no.status)
        no = read_length(h);
    if (no.status)
        return no;
    read_token(h);
    h->takes_gzip = accepts(h->accept_encoding, "gzip");
    h->takes_br = accepts(h->accept_encoding, "br");
    h->lang = h->accept_language.len >= 2 && strncasecmp(h->accept_language.at, "en", 2) == 0
            ? LANG_EN : LANG_ZH;
    return fine;
}

struct sv if_match_version(struct sv value)
{
    if (sv_starts(value, SV("W/")))
        value = sv_from(value, 2);
    if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
        value = sv_head(sv_from(value, 1), value.len - 2);
    size_t digits = 0;
    while (digits < value.len && value.at[digits] >= '0' && value.at[digits] <= '9')
        digits++;
    if (digits != value.len && value.at[digits] != '-')
        return SV("");
    return sv_head(value, digits);
}

bool etag_listed(struct sv list, struct sv etag)
{
    struct sv one;
    while (sv_cut(&list, ',', &one)) {
        one = sv_trim(one);
        if (sv_is(one, "*"))
            return true;
        if (sv_starts(one, SV("W/")))
            one = sv_from(one, 2);
        if (one.len == etag.len + 2 && one.at[0] == '"' &&
            sv_eq(sv_head(sv_from(one, 1), etag.len), etag))
            return true;
    }
    return false;
}

struct sv forwarded_last(struct sv forwarded_for)
{
    struct sv one, last = SV("");
    while (sv_cut(&forwarded_for, ',', &one))
        last = sv_trim(one);
    if (last.len > 45)
        return SV("");
    for (size_t i = 0; i < last.len; i++)
        if (hex_of(last.at[i]) < 0 && last.at[i] != '.' && last.at[i] != ':')
            return SV("");
    return last;
}

static bool same_host(struct sv url, struct sv host)
{
    ptrdiff_t at = sv_find(url, SV("://"));
    if (at < 0)
        return false;
    url = sv_from(url, (size_t)at + 3);
    return url.len == host.len && strncasecmp(url.at, host.at, host.len) == 0;
}

bool same_origin(const struct head *h, struct sv public_url)
{
    if (h->fetch_site.len && !sv_is(h->fetch_site, "same-origin"))
        return false;
    if (h->origin.len == 0)
        return true;
    return same_host(h->origin, h->host) || (public_url.len && sv_eq(h->origin, public_url));
}

enum err query_record(struct ctx *c, struct sv query, const struct field *fields, void *record)
{
    record_clear(fields, record);
    bool *seen = NEW(&c->mem, bool, fields_n(fields));
    struct sv pair, name, value;
    while (sv_cut(&query, '&', &pair)) {
        if (pair.len == 0)
            continue;
        sv_cut(&pair, '=', &name);
        if (!percent_decode(&c->mem, name, true, &name) ||
            !percent_decode(&c->mem, pair, true, &value))
            return fail(c, ERR_MALFORMED, "http.query_form", "bad escape in a query");
        const struct field *f = field_named(fields, name);
        if (!f || f->read_only) {
            fail_field(c, name, "field.unknown");
        } else if (seen[f - fields]) {
            fail_field(c, name, "field.twice");
        } else {
            seen[f - fields] = true;
            (void)field_parse(c, f, value, record);       /* has noted its fault */
        }
    }
    record_check(c, fields, record, true);
    return fail_fields(c);
}
