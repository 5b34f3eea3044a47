/* divisions.c - administrative divisions, parents before children whatever the order of rows. */

#include "app/import/table.h"

#include <stdlib.h>

SQL(import_division_coded);

enum { NOT_YET = -1 };

struct line {
    struct division d;
    struct sv code, parent_code;
    int64_t line;
    struct line *parent;  /* of this file; NULL: none, or in the database */
    int64_t there;        /* the row that has this code already; 0: none */
    int64_t there_parent; /* the parent's row, when it is in the database */
    int depth;
};

struct divisions {
    struct import *im;
    struct import_table table;
    struct line *at;
    size_t n, room;
};

/* --- reading --- */

static void line_take(struct divisions *v, struct line *l)
{
    struct import_table *t = &v->table;
    struct ctx *c = v->im->c;
    int64_t code;
    *l = (struct line){ .line = t->csv.line,
                        .depth = NOT_YET,
                        .code = sv_copy(&c->mem, table_cell(t, "code")),
                        .parent_code = sv_copy(&c->mem, table_cell(t, "parent_code")) };
    record_clear(division_fields, &l->d);
    table_read(t, &l->d);
    l->d.official_code = l->code;
    if (!division_code_of(l->code, &code))
        fail_field(c, SV("code"), "division.official_code");
    else
        l->d.level = (int)division_level_of(code);
    if (l->parent_code.len && !division_code_of(l->parent_code, &code))
        fail_field(c, SV("parent_code"), "division.official_code");
    record_check(c, division_fields, &l->d, true);
}

static int by_code(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int order = sv_order(x->code, y->code);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static struct line *line_coded(const struct divisions *v, struct sv code)
{
    struct line key = { .code = code };
    size_t low = 0, high = v->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_code(&v->at[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < v->n && sv_eq(v->at[low].code, code) ? &v->at[low] : NULL;
}

static enum err stored_coded(struct ctx *c, struct sv code, int64_t *ret_id)
{
    int64_t scope = 0;
    (void)division_code_of(code, &scope);
    return db_int(c, &sql_import_division_coded,
                  PARAMS(P_TEXT("code", code), P_INT("scope", scope)), ret_id);
}

/* --- who stands below whom --- */

static enum err parent_find(struct divisions *v, struct line *l)
{
    struct import *im = v->im;
    TRY(stored_coded(im->c, l->code, &l->there));
    if (l->parent_code.len == 0)
        return ERR_NONE;
    l->parent = line_coded(v, l->parent_code);
    if (l->parent && l->parent->d.level >= l->d.level)
        table_fault(im, l->line, SV("parent_code"), "division.level", SV(""));
    if (l->parent)
        return ERR_NONE;
    TRY(stored_coded(im->c, l->parent_code, &l->there_parent));
    if (!l->there_parent)
        table_fault(im, l->line, SV("parent_code"), "import.parent", l->parent_code);
    return ERR_NONE;
}

/* Levels fall along every chain (parent_find has seen to it), so there is no circle. */
static int depth_of(struct line *l)
{
    if (l->depth == NOT_YET)
        l->depth = l->parent ? depth_of(l->parent) + 1 : 0;
    return l->depth;
}

static int by_depth(const void *a, const void *b)
{
    const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
    return x->depth != y->depth ? x->depth - y->depth : by_code(x, y);
}

static enum err lines_read(struct divisions *v)
{
    struct ctx *c = v->im->c;
    while (table_next(&v->table)) {
        v->at = GROW(&c->mem, v->at, v->n, &v->room);
        line_take(v, &v->at[v->n]);
        v->n += table_row_good(&v->table);
    }
    if (v->n)
        qsort(v->at, v->n, sizeof *v->at, by_code);
    for (size_t i = 1; i < v->n; i++)
        if (sv_eq(v->at[i - 1].code, v->at[i].code))
            table_fault(v->im, v->at[i].line, SV("code"), "import.id_twice", v->at[i].code);
    for (size_t i = 0; i < v->n; i++)
        TRY(parent_find(v, &v->at[i]));
    return table_end(&v->table);
}

/* --- storing --- */

static enum err line_renew(struct divisions *v, struct line *l)
{
    struct ctx *c = v->im->c;
    struct division stored;
    bool found;
    TRY(entity_load(c, &division_entity, l->there, &stored, &found));
    l->d.id = stored.id;
    for (size_t k = 0; k < v->table.columns_n; k++)
        if (v->table.columns[k].field)
            field_copy(v->table.columns[k].field, &stored, &l->d);
    int64_t version = stored.row.version;
    TRY(entity_update_by_rule(c, &division_entity, &stored, version, "import"));
    v->im->changed += stored.row.version != version;
    return ERR_NONE;
}

static enum err line_store(struct divisions *v, struct line *l)
{
    if (l->there)
        return line_renew(v, l);
    l->d.id.n = l->d.row.scope = 0; /* a second try issues the code anew */
    l->d.parent.n = l->parent ? l->parent->d.id.n : l->there_parent;
    TRY(entity_create(v->im->c, &division_entity, &l->d));
    v->im->added++;
    return ERR_NONE;
}

/* What only the rules found, told with its line as the other faults are. */
static enum err line_refused(struct divisions *v, const struct line *l, enum err e)
{
    struct ctx *c = v->im->c;
    if (e != ERR_INVALID && (e != ERR_CONFLICT || c->fault.retryable))
        return e;
    if (c->fault.fields_n == 0)
        fail_field(c, SV("code"), c->fault.key);
    v->table.csv.line = l->line;
    (void)table_row_good(&v->table);
    return table_end(&v->table);
}

struct storing {
    struct divisions *v;
    struct line **order;
};

static enum err store(struct ctx *c, void *arg)
{
    struct storing *s = arg;
    s->v->im->added = s->v->im->changed = 0;
    for (size_t i = 0; i < s->v->n; i++) {
        struct line *l = s->order[i];
        enum err e = line_store(s->v, l);
        if (e != ERR_NONE)
            return line_refused(s->v, l, e);
        arena_reset(&c->mem);
    }
    return ERR_NONE;
}

enum err import_divisions(struct import *im, struct sv text)
{
    static const char *const extra[] = { "code", "parent_code", "level", "official_code", NULL };
    static const char *const required[] = { "code", "name", NULL };
    const struct import_names names = { extra, required };
    struct ctx *c = im->c;
    struct divisions v = { .im = im };
    TRY(table_open(im, text, division_fields, &names, &v.table));
    TRY(im->faults_n ? table_end(&v.table) : lines_read(&v));
    struct line **order = NEW(&im->mem, struct line *, v.n);
    for (size_t i = 0; i < v.n; i++) {
        depth_of(&v.at[i]);
        order[i] = &v.at[i];
    }
    if (v.n)
        qsort(order, v.n, sizeof *order, by_depth);
    struct arena read = c->mem;
    c->mem = (struct arena){ 0 };
    enum err e = transaction(c, store, &(struct storing){ &v, order });
    arena_free(&read);
    return e;
}
