/* condition.c - what words find, as a condition of a list. */

#include "model/search/finding.h"

#include <string.h>

static void build_ids(struct build *b, const struct search_hits *hits)
{
    build_sql(b, "(");
    for (size_t i = 0; i < hits->n; i++) {
        build_piece(b, i ? ", " : "");
        build_value(b, V_INT(hits->at[i].id));
    }
    build_piece(b, hits->n ? ")" : "NULL)");
}

static void build_runs(struct finding *f, struct build *b, const struct probe *p)
{
    build_sql(b, "SELECT row_id FROM search_entry WHERE entity = ");
    build_value(b, V_TEXT(sv_of(f->e->name)));
    build_sql(b, " AND rank IN (0, 1, 2) AND bucket IN (");
    const char *comma = "";
    for (size_t i = 0; i < f->runs.n; i++)
        for (size_t k = 0; k < f->runs.at[i].buckets; k++) {
            build_piece(b, comma);
            build_int(b, f->runs.at[i].bucket[k]);
            comma = ", ";
        }
    build_piece(b, comma[0] ? ")" : "NULL)");
    build_key_range(f->c, b, p);
    if (!f->view.all) {
        build_sql(b, " AND (1 = 0");
        build_ranges(b, f->c->who, false);
        build_sql(b, ")");
    }
    build_sql(b, " LIMIT ");
    build_int(b, SEARCH_LIST_MAX);
}

/* "column IN (…) OR …" of what a word finds; the runs of f are there. */
static void build_found(struct finding *f, struct build *b, const char *column,
                        const struct word *w)
{
    for (size_t p = 0; p < w->probes.n; p++) {
        build_piece(b, p ? " OR " : "");
        build_name(b, column);
        build_sql(b, " IN (");
        build_runs(f, b, &w->probes.at[p]);
        build_sql(b, ")");
    }
}

/* Rows of a list about no elder are found by a number, too. */
static void build_sealed(struct ctx *c, struct build *b, const struct entity *e, struct sv word)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->search && f->class == SEALED && !e->elder && search_is_number(word)
            && (word.len > 4 || seal_last4(f))) {
            build_sql(b, " OR ");
            build_blind(c, b, e, f, word);
        }
}

/* One entity's words over a column of the list: its id, or the link to whom rows are about. */
static enum err build_words(struct ctx *c, struct build *b, const struct entity *e,
                            const char *column, struct sv text, const struct words *w)
{
    struct search_hits hits = { .n = 0 };
    struct finding f = { .c = c, .e = e, .max = SEARCH_MAX, .hits = &hits };
    bool may;
    TRY(view_may(c, e, &f.view, &may));
    if (!may || !search_has(e) || !words_allowed(c, e, w)) {
        build_sql(b, "1 = 0");
        return ERR_NONE;
    }
    if (f.view.condition || f.view.elders) {
        TRY(search_rows(c, e, text, SEARCH_MAX, &hits));
        build_name(b, column);
        build_sql(b, " IN ");
        build_ids(b, &hits);
        return ERR_NONE;
    }
    TRY(runs_of(&f));
    for (size_t i = 0; i < w->n; i++) {
        build_piece(b, i ? " AND (" : "(");
        build_found(&f, b, column, &w->at[i]);
        if (strcmp(column, "id") == 0)
            build_sealed(c, b, e, w->at[i].text);
        build_sql(b, ")");
    }
    if (w->n > 1) {
        build_sql(b, " OR ");
        build_found(&f, b, column, &w->whole);
    }
    return ERR_NONE;
}

/* A whole number names its rows, and no words are looked for; *ret_is: it is one. */
static enum err build_whole(struct ctx *c, struct build *b, const struct entity *e, struct sv text,
                            bool *ret_is)
{
    struct search_hits hits = { .n = 0 };
    struct finding f = { .c = c, .e = e, .max = SEARCH_MAX, .hits = &hits };
    bool may;
    TRY(view_may(c, e, &f.view, &may));
    if (may)
        TRY(by_whole(&f, text));
    *ret_is = hits.n > 0;
    if (*ret_is) {
        build_sql(b, " AND id IN ");
        build_ids(b, &hits);
    }
    return ERR_NONE;
}

enum err build_search(struct ctx *c, struct build *b, const struct entity *e, struct sv text)
{
    struct words words;
    bool whole;
    const struct field *by = e->found_by ? field_named(e->fields, sv_of(e->found_by)) : NULL;
    const struct entity *to = by ? house_entity(c->house, sv_of(by->links)) : NULL;
    TRY(build_whole(c, b, e, text, &whole));
    if (whole)
        return ERR_NONE;
    words_of(&c->mem, text, &words);
    if (words.n == 0) {
        build_sql(b, " AND 1 = 0");
        return ERR_NONE;
    }
    build_sql(b, " AND (");
    TRY(build_words(c, b, e, "id", text, &words));
    if (to) {
        build_sql(b, " OR ");
        TRY(build_words(c, b, to, by->name, text, &words));
    }
    build_sql(b, ")");
    return ERR_NONE;
}
