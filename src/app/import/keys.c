/* keys.c - by what id of its own an imported row is known again. */

#include "app/import/keys.h"

SQL(import_keys);

static const struct column columns[] = {
    { .name = "entity", .type = VALUE_TEXT, .not_null = true },
    { .name = "source", .type = VALUE_TEXT, .not_null = true },
    { .name = "key", .type = VALUE_TEXT, .not_null = true },
    { .name = "row_id", .type = VALUE_INT, .not_null = true },
};
static const struct index indexes[] = { { .name = "row", .columns = "row_id" }, { 0 } };

const struct table import_tables[] = {
    { .name = "import_key",
      .columns = columns,
      .columns_n = sizeof columns / sizeof columns[0],
      .key = "entity, source, key",
      .indexes = indexes },
    { 0 },
};

enum err keys_load(struct import *im, const char *entity, struct import_keys *ret_keys)
{
    size_t room = 0;
    *ret_keys = (struct import_keys){ 0 };
    struct rows r = db_rows(im->c, &sql_import_keys,
                            PARAMS(P_TEXT("entity", sv_of(entity)), P_TEXT("source", im->source)));
    while (rows_next(&r)) {
        ret_keys->at = GROW(&im->mem, ret_keys->at, ret_keys->n, &room);
        ret_keys->at[ret_keys->n++] =
            (struct import_key){ sv_copy(&im->mem, rows_value(&r, 0).text), rows_int(&r, 1) };
    }
    return rows_end(&r);
}

int64_t keys_row(const struct import_keys *k, struct sv key)
{
    size_t low = 0, high = k->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = sv_order(k->at[middle].key, key);
        if (order == 0)
            return k->at[middle].row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

enum err keys_store(struct import *im, const char *entity, const struct import_key *at, size_t n)
{
    static const char *const names[] = { "entity", "source", "key", "row_id" };
    struct value *values = NEW(&im->c->mem, struct value, 4 * n);
    for (size_t i = 0; i < n; i++) {
        values[4 * i] = V_TEXT(sv_of(entity));
        values[4 * i + 1] = V_TEXT(im->source);
        values[4 * i + 2] = V_TEXT(at[i].key);
        values[4 * i + 3] = V_INT(at[i].row);
    }
    return n ? db_bulk(im->c, "import_key", names, 4, values, n) : ERR_NONE;
}
