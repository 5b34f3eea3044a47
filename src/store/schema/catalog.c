/* catalog.c - what the database says it has. */

#include "store/schema/ddl.h"

SQL(catalog_columns);
SQL(catalog_objects);

static enum err read_columns(struct ctx *c, struct catalog *k)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_catalog_columns, NO_PARAMS);
    while (rows_next(&r)) {
        k->columns = GROW(&c->mem, k->columns, k->columns_n, &room);
        k->columns[k->columns_n++] = (struct has_column){
            .table = rows_text(&r, 0), .name = rows_text(&r, 1), .type = rows_text(&r, 2),
            .not_null = rows_int(&r, 3) != 0,
        };
    }
    return rows_end(&r);
}

static enum err read_objects(struct ctx *c, struct catalog *k)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_catalog_objects, NO_PARAMS);
    while (rows_next(&r)) {
        k->objects = GROW(&c->mem, k->objects, k->objects_n, &room);
        k->objects[k->objects_n++] = (struct has_object){
            .kind = rows_text(&r, 0), .table = rows_text(&r, 1), .name = rows_text(&r, 2),
            .definition = rows_text(&r, 3), .valid = rows_int(&r, 4) != 0,
        };
    }
    return rows_end(&r);
}

enum err catalog_read(struct ctx *c, struct catalog *ret)
{
    struct catalog k = { 0 };
    TRY(read_columns(c, &k));
    TRY(read_objects(c, &k));
    *ret = k;
    return ERR_NONE;
}

bool catalog_table(const struct catalog *k, const char *table)
{
    for (size_t i = 0; i < k->columns_n; i++)
        if (sv_is(k->columns[i].table, table))
            return true;
    return false;
}

const struct has_column *catalog_column(const struct catalog *k, const char *table,
                                        const char *name)
{
    for (size_t i = 0; name && i < k->columns_n; i++)
        if (sv_is(k->columns[i].table, table) && sv_is(k->columns[i].name, name))
            return &k->columns[i];
    return NULL;
}

const struct has_object *catalog_object(const struct catalog *k, const char *kind, struct sv name)
{
    for (size_t i = 0; i < k->objects_n; i++)
        if (sv_is(k->objects[i].kind, kind) && sv_eq(k->objects[i].name, name))
            return &k->objects[i];
    return NULL;
}
