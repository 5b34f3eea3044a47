/* statistics.c - what the engine knows of the sizes of tables and the spread of their columns. */

#include "store/driver.h"

static enum err script(struct ctx *c, const char *what, const char *table)
{
    struct build b = build_new(c);
    build_piece(&b, what);
    build_name(&b, table);
    return db_script(c, (struct sv){ buf_cstr(&b.text), b.text.len });
}

/* A table a transaction, so that writers wait for one table only. */
static enum err sqlite_table(struct ctx *c, const char *table)
{
    TRY(db_begin(c));
    enum err e = script(c, "ANALYZE ", table);
    if (!e)
        return db_commit(c);
    db_rollback(c);
    return e;
}

static enum err tables(struct ctx *c, const struct schema *s)
{
    bool sqlite = db_engine(c->db) == ENGINE_SQLITE;
    for (size_t i = 0; i < s->n; i++)
        TRY(sqlite ? sqlite_table(c, s->tables[i].name)
                   : script(c, "VACUUM (ANALYZE) ", s->tables[i].name));
    return ERR_NONE;
}

enum err schema_statistics(struct ctx *c, const struct schema *s)
{
    if (db_engine(c->db) == ENGINE_SQLITE) {
        TRY(db_script(c, SV("PRAGMA analysis_limit = 1000")));
        return tables(c, s);
    }
    TRY(db_script(c, SV("SET statement_timeout = 0")));
    enum err e = tables(c, s);
    struct ctx after = { .db = c->db };
    enum err back = db_script(&after, SV("SET statement_timeout = '30s'"));
    arena_free(&after.mem);
    return e ? e : back ? fail(c, back, "store.away", "could not set the timeout again") : ERR_NONE;
}
