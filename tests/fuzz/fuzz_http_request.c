/* fuzz_http_request.c - heads, queries and bodies of requests, as a stranger may send them. */

#include "http/wire/head.h"

#include <assert.h>

struct ask { int64_t minutes; struct sv q; bool open; struct degrees lat; struct day day; };
static const struct choice doors[] = { { "home", "上门", "Home" }, { "meal", "吃饭", "Meals" }, { 0 } };
struct thing { struct sv name; int door; struct set doors; struct money price; struct moment at; };

static const struct field ask_fields[] = {
    FIELD(struct ask, minutes, .low = 1, .high = 60),
    FIELD(struct ask, q, .high = 40),
    FIELD(struct ask, open),
    FIELD(struct ask, lat),
    FIELD(struct ask, day),
    { 0 },
};
static const struct field thing_fields[] = {
    FIELD(struct thing, name, .required = true, .high = 40),
    CHOICE(struct thing, door, doors),
    SET(struct thing, doors, doors),
    FIELD(struct thing, price),
    FIELD(struct thing, at),
    { 0 },
};

enum { LINES_MAX = 80 };

/* The first line is the request line, then headers until an empty one, then the body. */
static struct sv read_lines(struct sv text, struct head *h, struct header *headers)
{
    struct sv line, name;
    if (!sv_cut(&text, '\n', &line))
        return text;
    sv_cut(&line, ' ', &h->method);
    sv_cut(&line, ' ', &h->uri);
    h->version = line;
    h->headers = headers;
    while (h->headers_n < LINES_MAX && sv_cut(&text, '\n', &line) && line.len) {
        sv_cut(&line, ':', &name);
        headers[h->headers_n++] = (struct header){ name, line };
    }
    return text;
}

/* What was let through keeps the promises of head.h. */
static void check_head(const struct head *h)
{
    assert(h->verb != VERB_NONE);
    assert(h->segments_n <= SEGMENTS_MAX);
    for (size_t i = 0; i < h->segments_n; i++) {
        assert(sv_utf8(h->segment[i]));
        assert(h->segment[i].len > 0);
        assert(!sv_is(h->segment[i], ".."));
    }
    assert(!(h->chunked && h->length >= 0));
    assert(h->token.len == 0 || (h->token.len >= 32 && h->token.len <= 128));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ctx c = { 0 };
    struct head h = { 0 };
    struct header headers[LINES_MAX];
    struct ask ask;
    struct thing thing;
    const struct json_value *tree;
    struct sv body = read_lines((struct sv){ (const char *)data, size }, &h, headers);
    if (head_read(&c.mem, &h).status == 0) {
        check_head(&h);
        (void)same_origin(&h, SV("https://example.invalid"));
        (void)etag_listed(h.if_none_match, SV("a"));
        (void)if_match_version(h.if_match);
        (void)forwarded_last(h.forwarded_for);
        if (query_record(&c, h.query, ask_fields, &ask) == ERR_NONE)
            assert(sv_utf8(ask.q));
        ctx_forgive(&c);
    }
    record_clear(thing_fields, &thing);
    if (json_parse(&c, body, &tree) == ERR_NONE &&
        json_read(&c, tree, thing_fields, true, &thing, NULL) == ERR_NONE)
        assert(sv_utf8(thing.name));
    arena_free(&c.mem);
    return 0;
}
