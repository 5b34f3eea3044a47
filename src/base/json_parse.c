/*
 * json_parse.c - a text to a tree, strictly.
 *
 * Written here rather than taken from a library: the ones at hand bend numbers into doubles,
 * let lone surrogates, NUL and members given twice pass, and keep memory of their own.
 */

#include "base/json.h"

struct reader {
    struct ctx *c;
    struct sv   text;
    size_t      at;
    size_t      items, items_max;
    const char *fault;           /* sticky: the message key of the first fault */
    struct { struct sv name; size_t index; bool object; } path[JSON_BODY_DEPTH_MAX];
    int         deep;            /* of path: where it is being read */
};

static bool refuse(struct reader *r, const char *key)
{
    if (!r->fault)
        r->fault = key;
    return false;
}

static bool malformed(struct reader *r)
{
    return refuse(r, "json.malformed");
}

/* The byte at hand, 0 at the end (a NUL in the text fits nowhere either). */
static char peek(const struct reader *r)
{
    return r->at < r->text.len ? r->text.at[r->at] : '\0';
}

static bool take(struct reader *r, char byte)
{
    if (peek(r) != byte)
        return false;
    r->at++;
    return true;
}

static void skip_space(struct reader *r)
{
    while (peek(r) == ' ' || peek(r) == '\t' || peek(r) == '\n' || peek(r) == '\r')
        r->at++;
}

static bool take_word(struct reader *r, struct sv word)
{
    if (!sv_starts(sv_from(r->text, r->at), word))
        return malformed(r);
    r->at += word.len;
    return true;
}

static bool take_digits(struct reader *r)
{
    size_t start = r->at;
    while (peek(r) >= '0' && peek(r) <= '9')
        r->at++;
    return r->at > start || malformed(r);
}

static bool take_number(struct reader *r, struct json_value *v)
{
    size_t start = r->at;
    take(r, '-');
    if (!take(r, '0') && !take_digits(r))
        return false;
    if (take(r, '.') && !take_digits(r))
        return false;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        if (!take_digits(r))
            return false;
    }
    v->kind = JSON_NUMBER;
    v->text = sv_head(sv_from(r->text, start), r->at - start);
    return true;
}

/* --- strings --- */

static bool take_hex4(struct reader *r, uint32_t *ret_unit)
{
    uint32_t unit = 0;
    for (int i = 0; i < 4; i++, r->at++) {
        char c = peek(r);
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return malformed(r);
        unit = unit << 4 | digit;
    }
    *ret_unit = unit;
    return true;
}

static bool take_escaped_rune(struct reader *r, struct buf *out)
{
    uint32_t rune, low;
    if (!take_hex4(r, &rune))
        return false;
    if (rune >= 0xD800 && rune <= 0xDBFF) {
        if (!take(r, '\\') || !take(r, 'u') || !take_hex4(r, &low))
            return malformed(r);
        if (low < 0xDC00 || low > 0xDFFF)
            return malformed(r);
        rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
    } else if (rune == 0 || (rune >= 0xDC00 && rune <= 0xDFFF)) {
        return malformed(r);
    }
    buf_rune(out, rune);
    return true;
}

static bool take_escape(struct reader *r, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (take(r, 'u'))
        return take_escaped_rune(r, out);
    ptrdiff_t which = sv_find_byte(sv_of(from), peek(r));
    if (which < 0)
        return malformed(r);
    r->at++;
    buf_byte(out, to[which]);
    return true;
}

/* What stands before the next quote, backslash or control character. */
static struct sv take_run(struct reader *r)
{
    size_t start = r->at;
    while ((uint8_t)peek(r) >= 0x20 && peek(r) != '"' && peek(r) != '\\')
        r->at++;
    return sv_head(sv_from(r->text, start), r->at - start);
}

/* Borrows from the text unless there are escapes. The text is known to be UTF-8 without NUL. */
static bool take_string(struct reader *r, struct sv *ret_text)
{
    if (!take(r, '"'))
        return malformed(r);
    struct sv run = take_run(r);
    if (take(r, '"')) {
        *ret_text = run;
        return true;
    }
    struct buf out = buf_new(&r->c->mem, run.len + 32);
    buf_put(&out, run);
    while (!take(r, '"')) {
        if (!take(r, '\\'))
            return malformed(r);
        if (!take_escape(r, &out))
            return false;
        buf_put(&out, take_run(r));
    }
    *ret_text = buf_sv(&out);
    return true;
}

/* --- containers --- */

static bool take_value(struct reader *r, int depth, struct json_value *v);

static bool is_twice(const struct json_value *object, struct sv name)
{
    for (const struct json_value *v = object->first; v; v = v->next)
        if (sv_eq(v->name, name))
            return true;
    return false;
}

static bool take_name(struct reader *r, const struct json_value *object, struct sv *ret_name)
{
    struct sv name;
    skip_space(r);
    if (!take_string(r, &name))
        return false;
    if (object->n == JSON_MEMBERS_MAX)
        return refuse(r, "json.too_many");
    if (is_twice(object, name))
        return malformed(r);
    skip_space(r);
    *ret_name = name;
    return take(r, ':') || malformed(r);
}

static bool take_container(struct reader *r, int depth, struct json_value *v)
{
    bool object = peek(r) == '{';
    char close = object ? '}' : ']';
    if (depth == JSON_BODY_DEPTH_MAX)
        return refuse(r, "json.too_deep");
    v->kind = object ? JSON_OBJECT : JSON_ARRAY;
    r->at++;
    skip_space(r);
    if (take(r, close))
        return true;

    struct json_value **last = &v->first;
    do {
        struct sv name = SV("");
        if (object && !take_name(r, v, &name))
            return false;
        struct json_value *made = NEW(&r->c->mem, struct json_value, 1);
        r->path[depth].name = name;
        r->path[depth].index = v->n;
        r->path[depth].object = object;
        r->deep = depth + 1;
        if (!take_value(r, depth + 1, made))
            return false;
        r->deep = depth;
        made->name = name;
        *last = made;
        last = &made->next;
        v->n++;
        skip_space(r);
    } while (take(r, ','));
    return take(r, close) || malformed(r);
}

static bool take_bare(struct reader *r, int depth, struct json_value *v)
{
    switch (peek(r)) {
    case '{':
    case '[':
        return take_container(r, depth, v);
    case '"':
        v->kind = JSON_TEXT;
        return take_string(r, &v->text);
    case 't':
        v->kind = JSON_BOOL;
        v->yes = true;
        return take_word(r, SV("true"));
    case 'f':
        v->kind = JSON_BOOL;
        return take_word(r, SV("false"));
    case 'n':
        return take_word(r, SV("null"));
    default:
        return take_number(r, v);
    }
}

static bool take_value(struct reader *r, int depth, struct json_value *v)
{
    if (++r->items > r->items_max)
        return refuse(r, "json.too_many");
    skip_space(r);
    size_t start = r->at;
    v->text = v->name = SV("");
    if (!take_bare(r, depth, v))
        return false;
    v->source = sv_head(sv_from(r->text, start), r->at - start);
    return true;
}

/* Where it was being read, as jobs[3].service; "the text" at its top. */
static struct sv path_of(const struct reader *r)
{
    struct buf out = buf_new(&r->c->mem, 64);
    for (int i = 0; i < r->deep; i++) {
        if (!r->path[i].object)
            buf_fmt(&out, "[%zu]", r->path[i].index);
        else
            buf_fmt(&out, "%s%.*s", i ? "." : "", SV_ARG(sv_runes_head(r->path[i].name, 40)));
    }
    return out.len ? buf_sv(&out) : SV("the text");
}

enum err json_parse_large(struct ctx *c, struct sv text, size_t items_max,
                          const struct json_value **ret_tree)
{
    struct reader r = { .c = c, .text = text, .items_max = items_max };
    struct json_value *top = NEW(&c->mem, struct json_value, 1);

    if (!sv_utf8(text))
        malformed(&r);
    else if (take_value(&r, 0, top))
        skip_space(&r);
    if (!r.fault && r.at < text.len)
        malformed(&r);

    if (r.fault) {
        bool first = c->fault.kind == ERR_NONE;
        enum err e = fail(c, ERR_MALFORMED, r.fault, "could not read JSON at byte %zu", r.at + 1);
        if (first) {
            c->fault.arg0 = sv_fmt(&c->mem, "%zu", r.at + 1);
            c->fault.arg1 = path_of(&r);
        }
        return e;
    }
    *ret_tree = top;
    return ERR_NONE;
}

enum err json_parse(struct ctx *c, struct sv text, const struct json_value **ret_tree)
{
    return json_parse_large(c, text, JSON_ITEMS_MAX, ret_tree);
}

const struct json_value *json_member(const struct json_value *object, const char *name)
{
    for (const struct json_value *v = object ? object->first : NULL; v; v = v->next)
        if (object->kind == JSON_OBJECT && sv_is(v->name, name))
            return v->kind == JSON_NULL ? NULL : v;
    return NULL;
}

bool json_whole(const struct json_value *v, int64_t low, int64_t high, int64_t *ret_n)
{
    return v && v->kind == JSON_NUMBER && sv_int(v->text, low, high, ret_n);
}

bool json_id_of(const struct json_value *v, int64_t *ret_id)
{
    return v && v->kind == JSON_TEXT && sv_int(v->text, 1, INT64_MAX, ret_id);
}
