/* schema.c - from what the database has to what is declared, and the number of a schema. */

#include "store/schema/ddl.h"

#include <string.h>

SQL(schema_log_number);

/* --- the number --- */

static uint64_t hash_text(uint64_t h, const char *text)
{
    for (const char *at = text ? text : "\1"; *at; at++)
        h = (h ^ (unsigned char)*at) * 1099511628211u;
    return (h ^ 0xff) * 1099511628211u;
}

static uint64_t hash_int(uint64_t h, int n)
{
    return (h ^ (uint64_t)(n + 1)) * 1099511628211u;
}

static uint64_t hash_table(const struct table *t)
{
    uint64_t h = hash_text(14695981039346656037u, t->name);
    h = hash_text(hash_int(h, t->append_only + 2 * t->all_key + 4 * t->trimmed), t->key);
    for (size_t i = 0; i < t->columns_n; i++) {
        const struct column *k = &t->columns[i];
        h = hash_text(hash_text(h, k->name), k->default_sql);
        h = hash_int(hash_int(hash_int(h, (int)k->type), k->not_null),
                     k->counted + 2 * k->last_stays);
    }
    for (const struct index *x = t->indexes; x && x->name; x++) {
        h = hash_text(hash_text(hash_text(h, x->name), x->columns), x->where);
        h = hash_int(hash_text(hash_text(h, x->check), x->refers), x->unique);
    }
    return h;
}

static bool is_named(const struct schema *s, const char *table)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->tables[i].name, table) == 0)
            return true;
    return false;
}

/* A sum, so that the order of modules does not matter. */
void schema_seal(struct schema *s)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < s->n; i++)
        sum += hash_table(&s->tables[i]);
    for (size_t i = 0; i < store_tables_n; i++)
        if (!is_named(s, store_tables[i].name))
            sum += hash_table(&store_tables[i]);
    s->number = (int64_t)(sum >> 1);
    if (s->number == 0)
        s->number = 1;
}

/* --- steps --- */

struct plan {
    struct ctx     *c;
    struct catalog  has;
    struct steps   *steps;
    enum engine     engine;
    bool rebuilt; /* the table at hand: its indexes and triggers are gone with it */
};

static void add(struct plan *p, struct sv text, bool alone)
{
    struct steps *s = p->steps;
    s->at = GROW(&p->c->mem, s->at, s->n, &s->room);
    s->at[s->n++] = (struct step){ text, alone };
}

static enum err loss(struct plan *p, const char *table, struct sv column, const char *why)
{
    struct fault *f = &p->c->fault;
    enum err e =
        fail(p->c, ERR_CONFLICT, "schema.loss",
             "table %s, column %.*s: %s; write a numbered migration", table, SV_ARG(column), why);
    f->arg0 = sv_of(table);
    f->arg1 = column;
    return e;
}

static const struct column *declared(const struct table *t, struct sv name)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (sv_is(name, t->columns[i].name))
            return &t->columns[i];
    return NULL;
}

static bool renamed_away(const struct plan *p, const struct table *t, struct sv name)
{
    for (size_t i = 0; i < t->columns_n; i++)
        if (t->columns[i].was && sv_is(name, t->columns[i].was) &&
            !catalog_column(&p->has, t->name, t->columns[i].name))
            return true;
    return false;
}

static enum err check_column(struct plan *p, const struct table *t, const struct column *k,
                             const struct has_column *has)
{
    if (!sv_is(has->type, ddl_type(p->engine, k->type)))
        return loss(p, t->name, has->name, "it is of another type");
    if (has->not_null != k->not_null && !ddl_in_key(t, k->name))
        return loss(p, t->name, has->name,
                    k->not_null ? "it may be NULL there" : "it may not be NULL there");
    return ERR_NONE;
}

static enum err step_column(struct plan *p, const struct table *t, const struct column *k)
{
    const struct has_column *has = catalog_column(&p->has, t->name, k->name);
    const struct has_column *was = has ? NULL : catalog_column(&p->has, t->name, k->was);
    if (has || was)
        TRY(check_column(p, t, k, has ? has : was));
    else if (k->not_null && !k->default_sql)
        return loss(p, t->name, sv_of(k->name),
                    "it may not be NULL and has no default for the rows there");
    else
        add(p, ddl_column(p->c, t, k), false);
    if (was)
        add(p, ddl_rename(p->c, t, k), false);
    return ERR_NONE;
}

static enum err step_columns(struct plan *p, const struct table *t)
{
    for (size_t i = 0; i < t->columns_n; i++)
        TRY(step_column(p, t, &t->columns[i]));
    for (size_t i = 0; i < p->has.columns_n; i++) {
        const struct has_column *has = &p->has.columns[i];
        if (sv_is(has->table, t->name) && !declared(t, has->name) && !renamed_away(p, t, has->name))
            return loss(p, t->name, has->name, "it is not declared any more");
    }
    return ERR_NONE;
}

/* --- constraints --- */

static bool sqlite_lacks(struct plan *p, const struct table *t, const struct index *x)
{
    const struct has_object *has = catalog_object(&p->has, "table", sv_of(t->name));
    struct ctx *c = p->c;
    struct sv full = sv_fmt(&c->mem, "CONSTRAINT %s_%s %.*s", t->name, x->name,
                            SV_ARG(ddl_constraint(c, x)));
    if (sv_find(has->definition, full) >= 0)
        return false;
    return !x->refers || sv_find(has->definition, ddl_link_inline(c, t, x)) < 0;
}

/* How many constraints the text of a table names; a removed one shows in the count. */
static int sqlite_constraints(const struct has_object *has)
{
    int n = 0;
    struct sv rest = has->definition, word = SV("CONSTRAINT ");
    for (ptrdiff_t at; (at = sv_find(rest, word)) >= 0; n++)
        rest = sv_from(rest, (size_t)at + word.len);
    return n;
}

/* A column that this plan adds brings its link with it. */
static bool comes_inline(struct plan *p, const struct table *t, const struct index *x)
{
    const struct column *k = x->refers ? declared(t, sv_of(x->columns)) : NULL;
    return k && !k->not_null && !k->was && !catalog_column(&p->has, t->name, k->name);
}

/* SQLite cannot change the constraints of a table: it is made anew and the rows are copied. */
static void step_rebuild(struct plan *p, const struct table *t)
{
    struct ctx *c = p->c;
    bool needed = false;
    int n = 0;
    for (const struct index *x = t->indexes; x && x->name; x++) {
        if (!x->check && !x->refers)
            continue;
        bool comes = comes_inline(p, t, x);
        n += !comes;
        needed = needed || (!comes && sqlite_lacks(p, t, x));
    }
    const struct has_object *has = catalog_object(&p->has, "table", sv_of(t->name));
    bool noted = sv_find(has->definition, SV("AUTOINCREMENT")) >= 0;
    bool notes = !t->key && t->columns[0].counted && !t->columns[0].last_stays;
    if (!needed && noted == notes && n == sqlite_constraints(has))
        return;
    const char *made = sv_fmt(&c->mem, "%s_made_anew", t->name).at;
    struct buf b = buf_new(&c->mem, 512);
    buf_put(&b, ddl_table(c, t, made));
    buf_fmt(&b, "; %.*s; DROP TABLE %s; ALTER TABLE %s RENAME TO %s", SV_ARG(ddl_copy(c, t, made)),
            t->name, made, t->name);
    add(p, buf_sv(&b), false);
    p->rebuilt = true;
}

static void add_comment(struct plan *p, const char *what, struct sv name, const char *on,
                        struct sv text)
{
    struct sv quoted = ddl_quoted(p->c, text);
    add(p,
        sv_fmt(&p->c->mem, "COMMENT ON %s %.*s%s%s IS %.*s", what, SV_ARG(name), on ? " ON " : "",
               on ? on : "", SV_ARG(quoted)),
        false);
}

static void step_constraint(struct plan *p, const struct table *t, const struct index *x)
{
    struct ctx *c = p->c;
    struct sv name = ddl_name(c, t, x), text = ddl_constraint(c, x);
    const struct has_object *has = catalog_object(&p->has, "constraint", name);
    if (has && sv_eq(has->definition, text))
        return;
    if (has)
        add(p, sv_fmt(&c->mem, "ALTER TABLE %s DROP CONSTRAINT %.*s", t->name, SV_ARG(name)),
            false);
    add(p, sv_fmt(&c->mem, "ALTER TABLE %s ADD CONSTRAINT %.*s %.*s", t->name, SV_ARG(name),
                  SV_ARG(text)), false);
    add_comment(p, "CONSTRAINT", name, t->name, text);
}

/* --- indexes and triggers --- */

static void step_index(struct plan *p, const struct table *t, const struct index *x)
{
    struct ctx *c = p->c;
    struct sv name = ddl_name(c, t, x), text = ddl_index(c, t, x);
    const struct has_object *has = p->rebuilt ? NULL : catalog_object(&p->has, "index", name);
    if (has && has->valid && sv_eq(has->definition, text))
        return;
    if (has)
        add(p, sv_fmt(&c->mem, "DROP INDEX %.*s", SV_ARG(name)), false);
    bool online = p->engine == ENGINE_POSTGRES && catalog_table(&p->has, t->name);
    struct sv make = text;
    if (online) {                                        /* writers go on meanwhile */
        ptrdiff_t at = sv_find(text, SV("INDEX ")) + 6;
        make = sv_fmt(&c->mem, "%.*sCONCURRENTLY %.*s", (int)at, text.at,
                      SV_ARG(sv_from(text, (size_t)at)));
    }
    add(p, make, online);
    if (p->engine == ENGINE_POSTGRES)
        add_comment(p, "INDEX", name, NULL, text);
}

static const char refuse_function[] =
    "CREATE OR REPLACE FUNCTION store_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'rows of % are only added', TG_TABLE_NAME; END $$";

static void step_append_only(struct plan *p, const struct table *t)
{
    struct ctx *c = p->c;
    static const char *const events[] = { "UPDATE", "DELETE", "TRUNCATE" };
    static const char *const suffixes[] = { "update", "delete", "truncate" };
    for (int i = 0; i < (p->engine == ENGINE_SQLITE ? 2 : 3); i++) {
        struct sv name = sv_fmt(&c->mem, "%s_no_%s", t->name, suffixes[i]);
        bool there = !p->rebuilt && catalog_object(&p->has, "trigger", name);
        bool wanted = i != 1 || !t->trimmed;
        if (there && !wanted)
            add(p, sv_fmt(&c->mem, p->engine == ENGINE_SQLITE ? "DROP TRIGGER %.*s"
                                                              : "DROP TRIGGER %.*s ON %s",
                          SV_ARG(name), t->name), false);
        if (there || !wanted)
            continue;
        if (p->engine == ENGINE_SQLITE)
            add(p, sv_fmt(&c->mem, "CREATE TRIGGER %.*s BEFORE %s ON %s BEGIN "
                          "SELECT RAISE(ABORT, 'rows of %s are only added'); END",
                          SV_ARG(name), events[i], t->name, t->name), false);
        else
            add(p, sv_fmt(&c->mem, "%s; CREATE TRIGGER %.*s BEFORE %s ON %s FOR EACH STATEMENT "
                          "EXECUTE FUNCTION store_append_only()", refuse_function,
                          SV_ARG(name), events[i], t->name), false);
    }
}

/* Of our own making (named after the table) and not declared any more. No row is lost by it. */
static void step_drops(struct plan *p, const struct table *t)
{
    struct ctx *c = p->c;
    for (size_t i = 0; i < p->has.objects_n && !p->rebuilt; i++) {
        const struct has_object *o = &p->has.objects[i];
        struct sv prefix = sv_fmt(&c->mem, "%s_", t->name);
        bool index = sv_is(o->kind, "index");
        if (!sv_is(o->table, t->name) || (!index && !sv_is(o->kind, "constraint")) ||
            !sv_starts(o->name, prefix) || o->definition.len == 0)
            continue;
        bool wanted = false;
        for (const struct index *x = t->indexes; x && x->name; x++)
            wanted =
                wanted || (sv_eq(ddl_name(c, t, x), o->name) && index == (!x->check && !x->refers));
        if (!wanted && index)
            add(p, sv_fmt(&c->mem, "DROP INDEX %.*s", SV_ARG(o->name)), false);
        else if (!wanted)
            add(p, sv_fmt(&c->mem, "ALTER TABLE %s DROP CONSTRAINT %.*s", t->name, SV_ARG(o->name)),
                false);
    }
}

/* --- the whole --- */

static enum err step_table(struct plan *p, const struct table *t)
{
    if (catalog_table(&p->has, t->name))
        return step_columns(p, t);
    add(p, ddl_table(p->c, t, t->name), false);
    return ERR_NONE;
}

static void step_rest(struct plan *p, const struct table *t)
{
    p->rebuilt = false;
    if (p->engine == ENGINE_SQLITE && catalog_table(&p->has, t->name))
        step_rebuild(p, t);
    for (const struct index *x = t->indexes; x && x->name; x++) {
        if (!x->check && !x->refers)
            step_index(p, t, x);
        else if (p->engine == ENGINE_POSTGRES)
            step_constraint(p, t, x);
    }
    if (t->append_only)
        step_append_only(p, t);
    step_drops(p, t);
}

enum err schema_steps(struct ctx *c, const struct schema *s, struct steps *ret)
{
    struct plan p = { .c = c, .steps = ret, .engine = db_engine(c->db) };
    TRY(catalog_read(c, &p.has));
    const struct table **all = NEW(&c->mem, const struct table *, s->n + store_tables_n);
    size_t n = 0;
    for (size_t i = 0; i < store_tables_n; i++)
        if (!is_named(s, store_tables[i].name))
            all[n++] = &store_tables[i];
    for (size_t i = 0; i < s->n; i++)
        all[n++] = &s->tables[i];
    for (size_t i = 0; i < n; i++)
        TRY(step_table(&p, all[i]));
    for (size_t i = 0; i < n; i++)
        step_rest(&p, all[i]);
    return ERR_NONE;
}

enum err schema_plan(struct ctx *c, const struct schema *s, struct buf *ret_steps)
{
    struct steps steps = { 0 };
    TRY(schema_steps(c, s, &steps));
    for (size_t i = 0; i < steps.n; i++) {
        buf_put(ret_steps, steps.at[i].text);
        buf_text(ret_steps, ";\n");
    }
    return ERR_NONE;
}

enum err schema_check(struct ctx *c, const struct schema *s)
{
    struct catalog has;
    int64_t number = 0;
    TRY(catalog_read(c, &has));
    if (catalog_table(&has, "schema_log"))
        TRY(db_int(c, &sql_schema_log_number, NO_PARAMS, &number));
    if (number != s->number)
        return fail(c, ERR_CONFLICT, "schema.other",
                    "the database is of schema %lld, this program of "
                    "%lld; run yike migrate",
                    (long long)number, (long long)s->number);
    return ERR_NONE;
}
