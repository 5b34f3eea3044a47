/* search.c - search keys of rows: writing them, and conditions over them. */

#include "model/search.h"
#include "model/inside.h"

#include <stdlib.h>

SQL(search_keys_end);
SQL(search_keys_move);

static bool keyed(const struct field *f)
{
    return f->search && f->kind == KIND_TEXT && !field_sealed(f);
}

static bool has_keys(const struct entity *e)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (keyed(f))
            return true;
    return false;
}

static void keys_of_row(struct ctx *c, const struct entity *e, const void *row,
                        struct key_list *ret_keys)
{
    struct key_list one;
    ret_keys->n = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (!keyed(f) || field_absent(f, row))
            continue;
        search_keys(&c->mem, field_text(f, row), f->mask == MASK_NAME && f->class == MASKED, &one);
        for (size_t i = 0; i < one.n && ret_keys->n < KEYS_OF_MAX; i++) {
            bool known = false;
            for (size_t k = 0; k < ret_keys->n && !known; k++)
                known = sv_eq(ret_keys->at[k].text, one.at[i].text);
            if (!known)
                ret_keys->at[ret_keys->n++] = one.at[i];
        }
    }
}

static enum err keys_insert(struct ctx *c, const struct entity *e, const void *row,
                            const struct key_list *keys)
{
    if (keys->n == 0)
        return ERR_NONE;
    struct build b = build_new(c);
    build_sql(&b, "INSERT INTO search_key (key, entity, row_id, scope, weight) VALUES ");
    for (size_t i = 0; i < keys->n; i++) {
        build_piece(&b, i ? ", (" : "(");
        build_value(&b, V_TEXT(keys->at[i].text));
        build_sql(&b, ", ");
        build_value(&b, V_TEXT(sv_of(e->name)));
        build_sql(&b, ", ");
        build_value(&b, V_INT(row_id(e, row)));
        build_sql(&b, ", ");
        build_value(&b, V_INT(row_at(e, row)->scope));
        build_sql(&b, ", ");
        build_value(&b, V_INT(keys->at[i].weight));
        build_sql(&b, ")");
    }
    return build_run(c, &b, NULL);
}

static enum err keys_end(struct ctx *c, const struct entity *e, int64_t id)
{
    return db_run(c, &sql_search_keys_end, PARAMS(P_TEXT("entity", sv_of(e->name)),
                                                  P_INT("row_id", id)), NULL);
}

enum err search_keys_write(struct ctx *c, const struct entity *e, const void *row)
{
    if (!has_keys(e))
        return ERR_NONE;
    struct key_list *keys = NEW(&c->mem, struct key_list, 1);
    keys_of_row(c, e, row, keys);
    TRY(keys_end(c, e, row_id(e, row)));
    return keys_insert(c, e, row, keys);
}

enum err search_keys_change(struct ctx *c, const struct entity *e, const void *before,
                            const void *row)
{
    bool same = before != NULL;
    for (const struct field *f = e->fields; f->kind != KIND_END && same; f++)
        same = !keyed(f) || field_same(f, before, row);
    if (!has_keys(e))
        return ERR_NONE;
    if (same && row_at(e, before)->scope != row_at(e, row)->scope)
        return search_keys_move(c, e, row_id(e, row), row_at(e, row)->scope);
    if (same)
        return ERR_NONE;
    if (before)
        return search_keys_write(c, e, row);
    struct key_list *keys = NEW(&c->mem, struct key_list, 1);
    keys_of_row(c, e, row, keys);
    return keys_insert(c, e, row, keys);
}

enum err search_keys_move(struct ctx *c, const struct entity *e, int64_t id, int64_t scope)
{
    if (!has_keys(e))
        return ERR_NONE;
    return db_run(c, &sql_search_keys_move,
                  PARAMS(P_TEXT("entity", sv_of(e->name)), P_INT("row_id", id),
                         P_INT("scope", scope)), NULL);
}

enum { KEY_COLUMNS = 5 };

/* Key rows being gathered: entity, key, row_id, scope, weight. */
struct key_row { struct value at[KEY_COLUMNS]; };
struct key_rows { struct key_row *at; size_t n, room; };

static int key_order(const void *a, const void *b)
{
    return sv_order(((const struct key_row *)a)->at[1].text,
                    ((const struct key_row *)b)->at[1].text);
}

enum err search_keys_bulk(struct ctx *c, const struct entity *e, const void *rows, size_t n)
{
    static const char *const columns[KEY_COLUMNS] = { "entity", "key", "row_id", "scope",
                                                      "weight" };
    if (!has_keys(e))
        return ERR_NONE;
    struct key_rows k = { 0 };
    struct key_list *keys = NEW(&c->mem, struct key_list, 1);
    for (size_t i = 0; i < n; i++) {
        const void *row = (const char *)rows + i * e->size;
        keys_of_row(c, e, row, keys);
        for (size_t x = 0; x < keys->n; x++) {
            k.at = GROW(&c->mem, k.at, k.n, &k.room);
            k.at[k.n++] = (struct key_row){ { V_TEXT(sv_of(e->name)), V_TEXT(keys->at[x].text),
                                              V_INT(row_id(e, row)), V_INT(row_at(e, row)->scope),
                                              V_INT(keys->at[x].weight) } };
        }
    }
    if (k.n == 0)
        return ERR_NONE;
    qsort(k.at, k.n, sizeof *k.at, key_order);       /* pages of the index are then met once */
    return db_bulk(c, "search_key", columns, KEY_COLUMNS, k.at[0].at, k.n);
}

/* --- finding --- */

/* The end of all texts that begin with `word`, in byte order. */
static struct sv after_word(struct arena *mem, struct sv word)
{
    struct buf b = buf_new(mem, word.len + 4);
    buf_put(&b, word);
    buf_rune(&b, 0x10FFFF);
    return buf_sv(&b);
}

static void build_key_range(struct ctx *c, struct build *b, const struct entity *e, struct sv word)
{
    build_sql(b, "entity = ");
    build_value(b, V_TEXT(sv_of(e->name)));
    build_sql(b, " AND key >= ");
    build_value(b, V_TEXT(word));
    build_sql(b, " AND key < ");
    build_value(b, V_TEXT(after_word(&c->mem, word)));
}

/* A whole number or its last four characters, of sealed fields that may be searched. */
static void build_sealed(struct ctx *c, struct build *b, const struct entity *e, struct sv word)
{
    int64_t n;
    bool number = sv_int(sv_head(word, 3), 0, 999, &n);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        bool fits = word.len >= 7 || (word.len == 4 && seal_last4(f));
        if (f->search && f->class == SEALED && number && fits) {
            build_sql(b, " OR ");
            build_blind(c, b, e, f, word);
        }
    }
}

static void build_word(struct ctx *c, struct build *b, const struct entity *e,
                       const struct view *v, struct sv word)
{
    build_sql(b, " AND (id IN (SELECT row_id FROM search_key WHERE ");
    build_key_range(c, b, e, word);
    if (v->ranges && !v->elders) {                   /* her own keys first: there is a limit */
        build_sql(b, " AND (1 = 0");
        build_ranges(b, c->who, false);
        build_sql(b, ")");
    }
    build_sql(b, " LIMIT ");
    build_int(b, SEARCH_KEYS_MAX);
    build_sql(b, ")");
    build_sealed(c, b, e, word);
    build_sql(b, ")");
}

void build_search(struct ctx *c, struct build *b, const struct entity *e, const struct view *v,
                  struct sv text)
{
    struct sv part;
    int words = 0;
    while (words < SEARCH_WORDS_MAX && sv_cut(&text, ' ', &part)) {
        struct sv word = search_word(&c->mem, part);
        if (word.len == 0)
            continue;
        build_word(c, b, e, v, word);
        words++;
    }
    if (words == 0)
        build_sql(b, " AND 1 = 0");
}

enum err search_find(struct ctx *c, const struct entity *e, struct sv text, size_t n,
                     int64_t *ret_ids, size_t *ret_n)
{
    struct sv first = SV("");
    struct sv rest = text;
    while (first.len == 0 && sv_cut(&rest, ' ', &first))
        first = search_word(&c->mem, first);
    *ret_n = 0;
    if (first.len == 0)
        return ERR_NONE;
    struct build b = build_new(c);
    build_sql(&b, "SELECT row_id AS id, min(weight) AS least, min(key) FROM search_key WHERE ");
    build_key_range(c, &b, e, first);
    struct sv word;
    while (sv_cut(&rest, ' ', &word)) {
        word = search_word(&c->mem, word);
        if (word.len == 0)
            continue;
        build_sql(&b, " AND row_id IN (SELECT row_id FROM search_key WHERE ");
        build_key_range(c, &b, e, word);
        build_sql(&b, ")");
    }
    build_sql(&b, " GROUP BY row_id ORDER BY 2, 3, 1 LIMIT ");
    build_int(&b, (int64_t)(n < SEARCH_FIND_MAX ? n : SEARCH_FIND_MAX));
    struct rows r = build_rows(c, &b);
    size_t found = 0;
    while (rows_next(&r))
        ret_ids[found++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    *ret_n = found;
    return ERR_NONE;
}
