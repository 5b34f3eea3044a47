/* query.c - ?name=v&name.from=v&q=&sort=-name&after=&size=&total=1 as a query. */

#include "model/inside.h"

#include <string.h>

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Percent and plus decoded; false for bad escapes and bad UTF-8. */
static bool decoded(struct arena *mem, struct sv s, struct sv *ret_text)
{
    struct buf b = buf_new(mem, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        if (s.at[i] != '%') {
            buf_byte(&b, s.at[i] == '+' ? ' ' : s.at[i]);
            continue;
        }
        struct sv two = sv_head(sv_from(s, i + 1), 2);
        int high = two.len == 2 ? digit_of(two.at[0]) : -1;
        int low = two.len == 2 ? digit_of(two.at[1]) : -1;
        if (high < 0 || low < 0)
            return false;
        buf_byte(&b, (char)(high * 16 + low));
        i += 2;
    }
    *ret_text = buf_sv(&b);
    return sv_utf8(*ret_text);
}

static void take_sort(struct ctx *c, const struct entity *e, struct sv value, struct query *q)
{
    bool other = sv_starts(value, SV("-"));
    struct sv name = other ? sv_from(value, 1) : value;
    for (const struct sort *s = e->sorts; s && s->name; s++) {
        if (sv_is(name, s->name)) {
            q->sort = s;
            q->up = other;
            return;
        }
    }
    fail_field(c, SV("sort"), "query.no_sort");
}

bool field_filters(const struct field *f)
{
    return f->filter || f->kind == KIND_ID || strcmp(f->name, "created_at") == 0
        || strcmp(f->name, "scope") == 0;
}

/* "name", "name.from", "name.to", "name.in", "name.none" of a field that may be filtered. */
static void take_filter(struct ctx *c, const struct entity *e, struct sv name, struct sv value,
                        struct query *q)
{
    char op = '=';
    ptrdiff_t dot = sv_find_byte(name, '.');
    struct sv base = dot < 0 ? name : sv_head(name, (size_t)dot);
    struct sv end = dot < 0 ? SV("") : sv_from(name, (size_t)dot + 1);
    const struct field *f = field_named(e->fields, base);
    if (sv_is(end, "from"))
        op = '>';
    else if (sv_is(end, "to"))
        op = '<';
    else if (sv_is(end, "in"))
        op = 'i';
    else if (sv_is(end, "none"))
        op = 'n';
    else if (end.len)
        f = NULL;
    if (!f || !field_filters(f) || (f->class == SEALED && op != '=')) {
        fail_field(c, name, "query.no_filter");
        return;
    }
    if (q->filters_n == LIST_FILTERS_MAX) {
        fail_field(c, name, "query.too_many");
        return;
    }
    bool many = f->class != SEALED && f->kind != KIND_TEXT && sv_find_byte(value, ',') >= 0;
    if (f->kind == KIND_SET && op != 'n')
        op = 's';
    else if (op == '=' && many)
        op = 'i';
    q->filters[q->filters_n++] = (struct filter){ f, op, value };
}

static void take_one(struct ctx *c, const struct entity *e, struct sv name, struct sv value,
                     struct query *q)
{
    if (value.len == 0)
        return;                                      /* an empty box of the query form */
    if (sv_is(name, "q"))
        q->search = sv_runes_head(sv_trim(value), 60);
    else if (sv_is(name, "sort"))
        take_sort(c, e, value, q);
    else if (sv_is(name, "after"))
        q->after = value;
    else if (sv_is(name, "total"))
        q->total = sv_is(value, "1") || sv_is(value, "true");
    else if (sv_is(name, "ended"))
        q->ended = sv_is(value, "1") || sv_is(value, "true");
    else if (!sv_is(name, "size"))
        take_filter(c, e, name, value, q);
    else if (!sv_int(value, 1, LIST_SIZE_MAX, &q->size))
        fail_field(c, SV("size"), "query.size");
}

enum err query_read(struct ctx *c, const struct entity *e, struct sv query_string,
                    struct query *ret_query)
{
    struct query q = { 0 };
    struct sv pair;
    while (sv_cut(&query_string, '&', &pair)) {
        struct sv name, value = SV("");
        ptrdiff_t is = sv_find_byte(pair, '=');
        bool good = decoded(&c->mem, is < 0 ? pair : sv_head(pair, (size_t)is), &name)
                 && (is < 0 || decoded(&c->mem, sv_from(pair, (size_t)is + 1), &value));
        if (!good)
            return fail(c, ERR_MALFORMED, "query.malformed", "the query string is badly escaped");
        if (name.len)
            take_one(c, e, name, value, &q);
    }
    TRY(fail_fields(c));
    *ret_query = q;
    return ERR_NONE;
}
