/* csv.c - tables as text. */

#include "base/csv.h"

#include <string.h>

struct csv csv_new(struct sv text)
{
    struct csv t = { .rest = text, .separator = ',', .line_next = 1 };
    if (sv_starts(text, CSV_MARK))
        t.rest = sv_from(text, CSV_MARK.len);
    return t;
}

static bool refuse(struct csv *t, const char *key)
{
    t->fault = key;
    return false;
}

/* A formula, or one already behind quotes: so that taking one ' off always undoes putting it. */
bool csv_is_formula(struct sv s)
{
    double n;
    while (sv_starts(s, SV("'")))
        s = sv_from(s, 1);
    return s.len && memchr("=+-@\t\r", s.at[0], 6) && !sv_real(s, -1e300, 1e300, &n);
}

static bool at_line_end(const struct csv *t)
{
    return t->rest.len == 0 || t->rest.at[0] == '\n' || t->rest.at[0] == '\r';
}

static void skip_line_end(struct csv *t)
{
    if (t->rest.len == 0)
        return;
    t->rest = sv_from(t->rest, sv_starts(t->rest, SV("\r\n")) ? 2 : 1);
    t->line_next++;
}

static bool cut_plain(struct csv *t, struct sv *ret_cell)
{
    size_t len = 0;
    const struct sv s = t->rest;
    while (len < s.len && s.at[len] != t->separator && s.at[len] != '\n' && s.at[len] != '\r')
        len++;
    *ret_cell = sv_head(s, len);
    t->rest = sv_from(s, len);
    return true;
}

/* The rest begins behind the opening quote. */
static bool cut_quoted(struct csv *t, struct arena *mem, struct sv *ret_cell)
{
    const struct sv s = t->rest;
    size_t len = 0, doubled = 0;
    for (; len < s.len; len++) {
        if (s.at[len] == '"' && (len + 1 == s.len || s.at[len + 1] != '"'))
            break;
        if (s.at[len] == '"') {
            doubled++;
            len++;
        } else if (s.at[len] == '\n') {
            t->line_next++;
        }
    }
    if (len >= s.len)
        return refuse(t, "csv.quote");
    t->rest = sv_from(s, len + 1);
    *ret_cell = sv_head(s, len);
    if (!at_line_end(t) && t->rest.at[0] != t->separator)
        return refuse(t, "csv.quote");
    if (doubled == 0)
        return true;

    char *made = NEW(mem, char, len - doubled);
    for (size_t from = 0, to = 0; from < len; from++) {
        made[to++] = s.at[from];
        from += s.at[from] == '"';
    }
    *ret_cell = (struct sv){ made, len - doubled };
    return true;
}

static bool cut_cell(struct csv *t, struct arena *mem)
{
    struct sv cell;
    if (t->cells_n == CSV_COLUMNS_MAX)
        return refuse(t, "csv.too_many_columns");
    if (t->rest.len && t->rest.at[0] == '"') {
        t->rest = sv_from(t->rest, 1);
        if (!cut_quoted(t, mem, &cell))
            return false;
    } else {
        cut_plain(t, &cell);
    }
    if (!sv_utf8(cell))
        return refuse(t, "csv.not_utf8");
    if (sv_starts(cell, SV("'")) && csv_is_formula(cell))
        cell = sv_from(cell, 1);
    t->cells[t->cells_n++] = cell;
    return true;
}

bool csv_next(struct csv *t, struct arena *mem)
{
    while (t->rest.len && at_line_end(t))
        skip_line_end(t);
    t->line = t->line_next;
    t->cells_n = 0;
    if (t->fault || t->rest.len == 0)
        return false;

    for (;;) {
        if (!cut_cell(t, mem))
            return false;
        if (at_line_end(t))
            break;
        t->rest = sv_from(t->rest, 1);           /* the separator */
    }
    skip_line_end(t);
    return true;
}

struct sv csv_cell(const struct csv *t, size_t column)
{
    return column < t->cells_n ? t->cells[column] : SV("");
}

enum err csv_err(struct ctx *c, const struct csv *t)
{
    if (!t->fault)
        return ERR_NONE;
    bool first = c->fault.kind == ERR_NONE;
    enum err e = fail(c, ERR_MALFORMED, t->fault, "could not read line %lld of a table",
                      (long long)t->line);
    if (first) {
        c->fault.arg0 = sv_fmt(&c->mem, "%lld", (long long)t->line);
        c->fault.arg1 = sv_fmt(&c->mem, "%d", CSV_COLUMNS_MAX);
    }
    return e;
}

/* --- writing --- */

struct csv_out csv_out_new(struct buf *out)
{
    return (struct csv_out){ .out = out };
}

static bool needs_quotes(struct sv s)
{
    if (s.len && (s.at[0] == ' ' || s.at[s.len - 1] == ' '))
        return true;
    if (sv_starts(s, CSV_MARK))                  /* else the first cell would lose it */
        return true;
    for (size_t i = 0; i < s.len; i++)
        if (memchr(",;\"\t\r\n", s.at[i], 6))
            return true;
    return false;
}

void csv_put(struct csv_out *t, struct sv cell)
{
    bool quotes = needs_quotes(cell) || (cell.len == 0 && !t->inside);    /* no empty line */
    if (t->inside)
        buf_byte(t->out, ',');
    t->inside = true;
    if (quotes)
        buf_byte(t->out, '"');
    if (csv_is_formula(cell))
        buf_byte(t->out, '\'');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"')
            buf_byte(t->out, '"');
        buf_byte(t->out, cell.at[i]);
    }
    if (quotes)
        buf_byte(t->out, '"');
}

void csv_end_line(struct csv_out *t)
{
    buf_text(t->out, "\r\n");
    t->inside = false;
}
