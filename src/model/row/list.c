/*
 * list.c - pages of rows: declared filters and sorts, by keys rather than offsets.
 *
 * A page is read in index order (sort column, id). Rows without a value come last in either
 * direction, by a statement of their own, so that both parts run along the same index.
 */

#include "model/inside.h"
#include "model/search/search.h"

#include <string.h>

enum { SIZE_USUAL = 20, SMALL_SCOPE = 2000 };

/* One list on its way. */
struct listing {
    const struct entity *e;
    const struct query  *q;
    struct view          view;
    const struct field  *by;             /* the sort's field */
    bool                 down;
    bool                 no_scope_index;
    bool                 explain;        /* SQLite's plan instead of rows */
};

/* Where the page before ended. */
struct place { bool given, null; struct value value; int64_t id; };

/* --- conditions --- */

static void build_in(struct ctx *c, struct build *b, const struct field *f, struct sv list,
                     void *scratch)
{
    struct sv one;
    const char *comma = "";
    build_name(b, f->name);
    build_sql(b, " IN (");
    while (sv_cut(&list, ',', &one)) {
        if (!field_parse(c, f, sv_trim(one), scratch))
            continue;                                /* noted; the caller asks fail_fields */
        build_piece(b, comma);
        build_value(b, field_value(f, scratch));
        comma = ", ";
    }
    build_piece(b, comma[0] ? ")" : "NULL)");
}

/* A day asked of a moment means from its first to its last millisecond. */
static bool moment_bounds(const struct filter *x, int64_t *ret_low, int64_t *ret_high)
{
    struct day d;
    if (x->field->kind != KIND_MOMENT || !sv_day(x->value, &d))
        return false;
    *ret_low = moment_at(d, 0).ms;
    *ret_high = *ret_low + MS_A_DAY - 1;
    return true;
}

static void build_moment(struct build *b, const struct filter *x, int64_t low, int64_t high)
{
    build_name(b, x->field->name);
    if (x->op == '=') {
        build_sql(b, " BETWEEN ");
        build_value(b, V_INT(low));
        build_sql(b, " AND ");
    } else {
        build_piece(b, x->op == '<' ? " <= " : " >= ");
    }
    build_value(b, V_INT(x->op == '>' ? low : high));
}

static void build_filter(struct ctx *c, struct build *b, const struct entity *e,
                         const struct filter *x, void *scratch)
{
    const struct field *f = x->field;
    int64_t low, high;
    build_sql(b, " AND ");
    if (x->op == 'n') {
        build_name(b, f->name);
        build_sql(b, " IS NULL");
    } else if (f->class == SEALED) {
        build_blind(c, b, e, f, x->value);
    } else if (moment_bounds(x, &low, &high)) {
        build_moment(b, x, low, high);
    } else if (x->op == 'i') {
        build_in(c, b, f, x->value, scratch);
    } else if (field_parse(c, f, x->value, scratch)) {
        if (f->kind == KIND_SET)
            build_sql(b, "(");
        build_name(b, f->name);
        build_piece(b, f->kind == KIND_SET ? " & " : x->op == '<' ? " <= " : x->op == '>' ? " >= "
                                                                                         : " = ");
        build_value(b, field_value(f, scratch));
        if (f->kind == KIND_SET)
            build_sql(b, ") <> 0");
    } else {
        build_sql(b, "1 = 0");                       /* noted as a fault; keeps the text whole */
    }
}

/* Whose row it is: "not mine", or "mine or nobody's". */
static void build_whose(struct ctx *c, struct build *b, const struct field *f, const char *is)
{
    build_sql(b, " AND (");
    build_name(b, f->name);
    build_sql(b, " IS NULL OR ");
    build_name(b, f->name);
    build_piece(b, is);
    build_value(b, V_INT(c->who ? c->who->account : 0));
    build_sql(b, ")");
}

MUST static enum err build_where(struct ctx *c, struct build *b, const struct listing *l)
{
    void *scratch = arena_take(&c->mem, l->e->size, alignof(max_align_t));
    build_piece(b, l->q->ended ? " WHERE 1 = 1" : " WHERE ended_at IS NULL");
    build_view(c, b, l->e, &l->view, l->no_scope_index);
    for (size_t i = 0; i < l->q->filters_n; i++) {
        record_clear(l->e->fields, scratch);
        build_filter(c, b, l->e, &l->q->filters[i], scratch);
    }
    if (l->q->not_by)
        build_whose(c, b, l->q->not_by, " <> ");
    if (l->q->mine)
        build_whose(c, b, l->q->mine, " = ");
    return l->q->search.len ? build_search(c, b, l->e, l->q->search) : ERR_NONE;
}

/* --- pages --- */

static bool may_lack(const struct field *f)
{
    switch (f->kind) {
    case KIND_OPT_INT:
    case KIND_TEXT:
    case KIND_JSON:
    case KIND_LINK:
    case KIND_MOMENT:
    case KIND_DAY:
        return strcmp(f->name, "created_at") != 0;
    default:
        return false;
    }
}

/* Rows being gathered for a page. */
struct gathering { char *rows; size_t n, max; struct buf *plan; };

static enum err part_read(struct ctx *c, const struct listing *l, struct build *b,
                          struct gathering *g)
{
    build_sql(b, " LIMIT ");
    build_int(b, (int64_t)(g->max - g->n));
    struct rows r = build_rows(c, b);
    for (; l->explain && rows_next(&r); buf_byte(g->plan, '\n'))
        buf_put(g->plan, rows_text(&r, 3));
    enum err taken = ERR_NONE;
    while (taken == ERR_NONE && rows_next(&r))
        taken = row_take(c, &r, l->e, g->rows + l->e->size * g->n++);
    TRY(rows_end(&r));
    return taken;
}

MUST static enum err part_begin(struct ctx *c, const struct listing *l, struct build *ret_part)
{
    struct build b = build_new(c);
    build_piece(&b, l->explain ? "EXPLAIN QUERY PLAN SELECT " : "SELECT ");
    build_columns(&b, l->e, l->q->to_answer);
    build_sql(&b, " FROM ");
    build_name(&b, l->e->name);
    TRY(build_where(c, &b, l));
    *ret_part = b;
    return ERR_NONE;
}

static void build_order(struct build *b, const struct listing *l)
{
    build_sql(b, " ORDER BY ");
    if (l->by->kind != KIND_ID) {
        build_name(b, l->by->name);
        build_piece(b, l->down ? " DESC, " : ", ");
    }
    build_piece(b, l->down ? "id DESC" : "id");
}

/* Rows with a value, behind `from`. */
static enum err valued_part(struct ctx *c, const struct listing *l, const struct place *from,
                            struct gathering *g)
{
    struct build b;
    TRY(part_begin(c, l, &b));
    if (may_lack(l->by)) {
        build_sql(&b, " AND ");
        build_name(&b, l->by->name);
        build_sql(&b, " IS NOT NULL");
    }
    if (from->given && l->by->kind == KIND_ID) {
        build_piece(&b, l->down ? " AND id < " : " AND id > ");
        build_value(&b, V_INT(from->id));
    } else if (from->given) {
        build_sql(&b, " AND (");
        build_name(&b, l->by->name);
        build_piece(&b, l->down ? ", id) < (" : ", id) > (");
        build_value(&b, from->value);
        build_sql(&b, ", ");
        build_value(&b, V_INT(from->id));
        build_sql(&b, ")");
    }
    build_order(&b, l);
    return part_read(c, l, &b, g);
}

/* Rows without one, which come last. */
static enum err absent_part(struct ctx *c, const struct listing *l, const struct place *from,
                            struct gathering *g)
{
    struct build b;
    TRY(part_begin(c, l, &b));
    build_sql(&b, " AND ");
    build_name(&b, l->by->name);
    build_sql(&b, " IS NULL");
    if (from->given && from->null) {
        build_piece(&b, l->down ? " AND id < " : " AND id > ");
        build_value(&b, V_INT(from->id));
    }
    build_piece(&b, l->down ? " ORDER BY id DESC" : " ORDER BY id");
    return part_read(c, l, &b, g);
}

/* --- the opaque key: sealed, so that a masked value is not read from it --- */

static struct seal_place key_place(const struct listing *l)
{
    return (struct seal_place){ l->e->name, l->q->sort ? l->q->sort->name : "", l->down };
}

static enum err key_make(struct ctx *c, const struct listing *l, const void *row,
                         struct sv *ret_key)
{
    struct value v = field_value(l->by, row);
    struct seal_place at = key_place(l);
    struct sv sealed, text = v.type == VALUE_NULL ? SV("") : value_text(&c->mem, v);
    struct buf b = buf_new(&c->mem, text.len + 32);
    buf_int(&b, row_id(l->e, row));
    buf_byte(&b, v.type == VALUE_NULL ? '-' : '+');
    buf_put(&b, text);
    TRY(seal_value(c, &at, buf_sv(&b), &sealed));
    *ret_key = base64_of(&c->mem, sealed);
    return ERR_NONE;
}

static bool key_parse(const struct listing *l, struct sv text, struct place *p)
{
    size_t digits = 0;
    while (digits < text.len && text.at[digits] != '-' && text.at[digits] != '+')
        digits++;
    if (digits == text.len || !sv_int(sv_head(text, digits), 1, INT64_MAX, &p->id))
        return false;
    p->given = true;
    p->null = text.at[digits] == '-';
    return p->null || value_read(column_type(l->by), sv_from(text, digits + 1), &p->value);
}

static enum err key_read(struct ctx *c, const struct listing *l, struct place *ret_place)
{
    *ret_place = (struct place){ 0 };
    if (l->q->after.len == 0)
        return ERR_NONE;
    struct sv sealed, text;
    struct seal_place at = key_place(l);
    struct fault kept = c->fault;
    bool good = base64_read(&c->mem, l->q->after, &sealed)
             && seal_open(c, &at, sealed, &text) == ERR_NONE && key_parse(l, text, ret_place);
    c->fault = kept;
    if (!good)
        fail_field(c, SV("after"), "query.after");
    return fail_fields(c);
}

/* --- totals and the plan --- */

/* How many rows the list has, up to `max`. Nothing is sorted, so the scope's index serves best. */
static enum err count(struct ctx *c, const struct listing *of, int64_t max, int64_t *ret_n)
{
    struct listing copy = *of, *l = &copy;
    copy.no_scope_index = false;
    struct build b = build_new(c);
    build_sql(&b, "SELECT count(*) FROM (SELECT 1 FROM ");
    build_name(&b, l->e->name);
    TRY(build_where(c, &b, l));
    build_sql(&b, " LIMIT ");
    build_int(&b, max);
    build_sql(&b, ") AS counted");
    TRY(fail_fields(c));
    struct rows r = build_rows(c, &b);
    if (rows_next(&r))
        *ret_n = rows_int(&r, 0);
    return rows_end(&r);
}

/* True when no row of the table lies outside the caller's first range. */
static enum err scope_is_all(struct ctx *c, const struct entity *e, bool *ret_all)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT (SELECT min(scope) FROM ");
    build_name(&b, e->name);
    build_sql(&b, "), (SELECT max(scope) FROM ");
    build_name(&b, e->name);
    build_sql(&b, ")");
    struct rows r = build_rows(c, &b);
    const struct scope_range *own = &c->who->ranges[0];
    *ret_all = rows_next(&r) && rows_int(&r, 0) >= own->low && rows_int(&r, 1) <= own->high;
    return rows_end(&r);
}

/*
 * SQLite knows no statistics of ranges: of a scope with few rows it must take the scope's index
 * and sort, of a large one the sort's index and skip. Counting to a limit tells which; where the
 * scope holds the whole table there is nothing to skip, and two seeks tell that.
 */
static enum err plan(struct ctx *c, struct listing *l)
{
    if (l->view.all || !l->view.ranges || db_engine(c->db) != ENGINE_SQLITE)
        return ERR_NONE;
    if (c->who->ranges_n > 0)
        TRY(scope_is_all(c, l->e, &l->no_scope_index));
    if (l->no_scope_index)
        return ERR_NONE;
    struct query bare = { .ended = true };
    struct listing probe = { .e = l->e, .q = &bare, .view = l->view };
    int64_t n = 0;
    TRY(count(c, &probe, SMALL_SCOPE + 1, &n));
    l->no_scope_index = n > SMALL_SCOPE;
    return ERR_NONE;
}

static enum err filters_check(struct ctx *c, const struct query *q)
{
    for (size_t i = 0; i < q->filters_n; i++) {
        const struct filter *x = &q->filters[i];
        assert(x->field->class != SECRET);
        if (!field_filters(x->field) || (x->field->class == SEALED && x->op != '='))
            fail_field(c, sv_of(x->field->name), "query.no_filter");
    }
    return fail_fields(c);
}

static enum err listing_make(struct ctx *c, const struct entity *e, const struct query *q,
                             struct listing *l)
{
    const struct sort *sort = q->sort ? q->sort : e->sorts;
    *l = (struct listing){ .e = e, .q = q, .by = &e->fields[0] };
    if (sort && sort->name) {
        l->by = field_named(e->fields, sv_of(sort->column));
        l->down = sort->down;
    }
    assert(l->by);
    assert(!field_sealed(l->by));
    l->down ^= q->up;
    TRY(filters_check(c, q));
    TRY(view_of(c, e, VIEW_READ, &l->view));
    return plan(c, l);
}

enum err entity_count(struct ctx *c, const struct entity *e, const struct query *q, int64_t max,
                      int64_t *ret_n)
{
    struct listing l = { .e = e, .q = q };
    *ret_n = 0;
    TRY(filters_check(c, q));
    TRY(view_of(c, e, VIEW_READ, &l.view));
    return count(c, &l, max, ret_n);
}

enum err entity_list(struct ctx *c, const struct entity *e, const struct query *q,
                     struct page *ret_page)
{
    struct listing l;
    struct place from;
    int64_t total = -1, size = q->size ? q->size : SIZE_USUAL;
    TRY(listing_make(c, e, q, &l));
    TRY(key_read(c, &l, &from));
    if (size > LIST_SIZE_MAX)
        size = LIST_SIZE_MAX;

    struct gathering g = { .max = (size_t)size + 1 };
    g.rows = arena_take(&c->mem, e->size * g.max, alignof(max_align_t));
    if (!from.null)
        TRY(valued_part(c, &l, &from, &g));
    TRY(fail_fields(c));
    if (g.n < g.max && may_lack(l.by))
        TRY(absent_part(c, &l, &from, &g));
    if (q->total)
        TRY(count(c, &l, LIST_TOTAL_MAX + 1, &total));

    struct page page = { .rows = g.rows, .n = g.n, .total = total };
    if (g.n == g.max) {
        page.n--;
        TRY(key_make(c, &l, g.rows + e->size * (page.n - 1), &page.next));
    }
    *ret_page = page;
    return ERR_NONE;
}

enum err list_explain(struct ctx *c, const struct entity *e, const struct query *q,
                      struct buf *ret_plan)
{
    struct listing l;
    struct place from;
    struct gathering g = { .max = SIZE_USUAL, .plan = ret_plan };
    TRY(listing_make(c, e, q, &l));
    TRY(key_read(c, &l, &from));
    l.explain = true;
    TRY(valued_part(c, &l, &from, &g));
    return may_lack(l.by) ? absent_part(c, &l, &from, &g) : ERR_NONE;
}
