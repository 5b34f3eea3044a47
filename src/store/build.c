/* build.c - statements made from tables: text is static, names are checked, values are bound. */

#include "store/driver.h"

#include <assert.h>
#include <string.h>

struct build build_new(struct ctx *c)
{
    assert(c->db);
    return (struct build){
        .mem = &c->mem,
        .engine = db_engine(c->db),
        .text = buf_new(&c->mem, 256),
    };
}

void build_piece(struct build *b, const char *literal)
{
    buf_text(&b->text, literal);
}

static bool name_char(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '_';
}

void build_name(struct build *b, const char *name)
{
    size_t len = 0;
    while (name_char(name[len]))
        len++;
    assert(name[len] == '\0');
    assert(len >= 1);
    assert(len <= 60);
    buf_put(&b->text, (struct sv){ name, len });
}

void build_value(struct build *b, struct value v)
{
    if (b->n == BUILD_PARAMS_MAX) {
        b->full = true;
        return;
    }
    b->list = GROW(b->mem, b->list, b->n, &b->room);
    b->list[b->n++].value = v;
    buf_byte(&b->text, b->engine == ENGINE_SQLITE ? '?' : '$');
    buf_int(&b->text, (int64_t)b->n);
}

void build_int(struct build *b, int64_t n)
{
    buf_int(&b->text, n);
}

void build_insert(struct build *b, const char *table, const char *const *columns, int n)
{
    build_sql(b, "INSERT INTO ");
    build_name(b, table);
    for (int i = 0; i < n; i++) {
        build_piece(b, i ? ", " : " (");
        build_name(b, columns[i]);
    }
    build_sql(b, ") VALUES ");
    for (int i = 0; i < n; i++) {
        build_piece(b, i ? ", " : "(");
        buf_byte(&b->text, b->engine == ENGINE_SQLITE ? '?' : '$');
        buf_int(&b->text, i + 1);
    }
    build_sql(b, ")");
}

/* The statement a finished builder stands for. */
static enum err build_end(struct ctx *c, struct build *b, struct statement *ret)
{
    if (b->full)
        return fail(c, ERR_TOO_LARGE, "store.too_many_values",
                    "a built statement has over %d values", BUILD_PARAMS_MAX);
    struct value *values = NEW(&c->mem, struct value, b->n);
    for (size_t i = 0; i < b->n; i++)
        values[i] = b->list[i].value;
    const char *text = buf_cstr(&b->text);
    *ret = (struct statement){
        .name = "built", .text = { text, b->text.len }, .values = values, .n = (int)b->n,
    };
    return ERR_NONE;
}

struct rows build_rows(struct ctx *c, struct build *b)
{
    struct statement s;
    enum err e = build_end(c, b, &s);
    return e ? (struct rows){ .c = c, .err = e } : db_rows_of(c, &s);
}

enum err build_run(struct ctx *c, struct build *b, int64_t *ret_changed)
{
    struct statement s;
    TRY(build_end(c, b, &s));
    return db_run_of(c, &s, ret_changed);
}
