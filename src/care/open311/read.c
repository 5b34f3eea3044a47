/* read.c - what a client sends: names and values of a query or a form. */

#include "care/open311/inside.h"

#include "http/wire/head.h"

#include <strings.h>

enum { BOUNDARY_MAX = 70 };

static enum err malformed(struct ctx *c, const char *why)
{
    return fail(c, ERR_MALFORMED, "open311.form", "a form cannot be read: %s", why);
}

MUST static enum err add(struct ctx *c, struct pairs *p, struct sv name, struct sv value)
{
    if (p->n == PAIRS_MAX)
        return malformed(c, "too many fields");
    p->at[p->n++] = (struct pair){ name, sv_trim(value) };
    return ERR_NONE;
}

enum err pairs_read(struct ctx *c, struct sv text, struct pairs *ret_pairs)
{
    struct sv pair, name, value;
    *ret_pairs = (struct pairs){ .n = 0 };
    while (sv_cut(&text, '&', &pair)) {
        if (pair.len == 0)
            continue;
        sv_cut(&pair, '=', &name);
        if (!percent_decode(&c->mem, name, true, &name) ||
            !percent_decode(&c->mem, pair, true, &value))
            return malformed(c, "a bad escape");
        TRY(add(c, ret_pairs, name, value));
    }
    return ERR_NONE;
}

/* --- multipart/form-data --- */

static bool media_is(struct sv type, const char *media)
{
    struct sv first = SV("");
    sv_cut(&type, ';', &first);
    first = sv_trim(first);
    return first.len == sv_of(media).len && strncasecmp(first.at, media, first.len) == 0;
}

/* name="x" or name=x behind a semicolon; "" when there is none. */
static struct sv parameter_in(struct sv line, const char *name)
{
    struct sv part;
    while (sv_cut(&line, ';', &part)) {
        struct sv key = SV("");          /* an empty part has none */
        part = sv_trim(part);
        sv_cut(&part, '=', &key);
        if (key.len != sv_of(name).len || strncasecmp(key.at, name, key.len) != 0)
            continue;
        if (part.len > 1 && part.at[0] == '"' && part.at[part.len - 1] == '"')
            part = sv_head(sv_from(part, 1), part.len - 2);
        return part;
    }
    return SV("");
}

/* A part's head: its name, and whether it is a file (which nobody reads here). */
static void read_head(struct sv head, struct sv *ret_name, bool *ret_file)
{
    struct sv line;
    *ret_name = SV("");
    *ret_file = false;
    while (sv_cut(&head, '\n', &line)) {
        struct sv rest = sv_trim(line), key = SV("");
        sv_cut(&rest, ':', &key);
        if (key.len != 19 || strncasecmp(key.at, "content-disposition", 19) != 0)
            continue;
        *ret_name = parameter_in(rest, "name");
        *ret_file = sv_find(rest, SV("filename")) >= 0;
    }
}

MUST static enum err add_part(struct ctx *c, struct pairs *p, struct sv part)
{
    struct sv name;
    bool file;
    ptrdiff_t end = sv_find(part, SV("\r\n\r\n"));
    if (end < 0)
        return malformed(c, "a part without a head");
    read_head(sv_head(part, (size_t)end), &name, &file);
    struct sv value = sv_from(part, (size_t)end + 4);
    if (file)
        return fail(c, ERR_MALFORMED, "open311.file", "a file came with a form");
    if (!name.len || !sv_utf8(value) || sv_find_byte(value, '\0') >= 0)
        return malformed(c, "a part without a name or that is no text");
    return add(c, p, name, value);
}

MUST static enum err parts_read(struct ctx *c, struct sv body, struct sv boundary,
                                struct pairs *p)
{
    if (!boundary.len || boundary.len > BOUNDARY_MAX)
        return malformed(c, "no boundary");
    struct sv mark = sv_fmt(&c->mem, "\r\n--%.*s", SV_ARG(boundary));
    struct sv first = sv_from(mark, 2);
    if (!sv_starts(body, first))
        return malformed(c, "it does not begin with its boundary");
    struct sv rest = sv_from(body, first.len);
    while (sv_starts(rest, SV("\r\n"))) {
        ptrdiff_t end = sv_find(rest, mark);
        if (end < 0)
            return malformed(c, "a part without an end");
        TRY(add_part(c, p, sv_head(sv_from(rest, 2), end < 2 ? 0 : (size_t)end - 2)));
        rest = sv_from(rest, (size_t)end + mark.len);
    }
    return sv_starts(rest, SV("--")) ? ERR_NONE : malformed(c, "it does not end");
}

enum err pairs_of_body(struct ctx *c, const struct request *q, struct pairs *ret_pairs)
{
    if (q->raw.len > FORM_MAX)
        return fail(c, ERR_TOO_LARGE, "http.body_large", "a form of %zu bytes", q->raw.len);
    if (media_is(q->content_type, "multipart/form-data")) {
        *ret_pairs = (struct pairs){ .n = 0 };
        return parts_read(c, q->raw, parameter_in(q->content_type, "boundary"), ret_pairs);
    }
    if (q->raw.len && !media_is(q->content_type, "application/x-www-form-urlencoded"))
        return malformed(c, "another media type");
    return pairs_read(c, q->raw, ret_pairs);
}

struct sv pair_of(const struct pairs *p, const char *name)
{
    for (size_t i = p->n; i > 0; i--)
        if (sv_is(p->at[i - 1].name, name))
            return p->at[i - 1].value;
    return SV("");
}

struct sv attribute_of(struct ctx *c, const struct pairs *p, const char *name)
{
    struct sv one = pair_of(p, sv_fmt(&c->mem, "attribute[%s]", name).at);
    return one.len ? one : pair_of(p, sv_fmt(&c->mem, "attribute[%s][]", name).at);
}
