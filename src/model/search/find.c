/*
 * find.c - rows that words lead to.
 *
 * For a caller with ranges of scopes (or all) the index answers (runs.c). Whoever sees rows by
 * another rule (an organisation its clients, a carer her visits) sees few: their names are read
 * and compared here. Several words: the rows of the word with fewest, compared with the others.
 */

#include "model/search/finding.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW_ROWS = 5000,             /* a view of more is searched through the index */
    SECOND_MAX = 400,            /* rows of one word that are compared with the other words */
    RUN_COUNTED = 500,           /* entries first counted to tell the rarest word */
    RUN_COUNTED_STEP = 4,
    RUN_COUNTED_MAX = 32000,
};

/* --- words --- */

void words_of(struct arena *mem, struct sv text, struct words *w)
{
    struct sv part, rest = text;
    *w = (struct words){ .at = NEW(mem, struct word, SEARCH_WORDS_MAX) };
    while (w->n < SEARCH_WORDS_MAX && sv_cut(&rest, ' ', &part)) {
        struct sv word = search_word(mem, part);
        if (word.len)
            w->at[w->n++].text = word;
    }
    for (size_t i = 0; i < w->n; i++)
        probes_of(mem, w->at[i].text, &w->at[i].probes);
    w->whole.text = search_word(mem, text);
    probes_of(mem, w->whole.text, &w->whole.probes);
}

/* What a masked name shows may be looked for by everybody, more only by who may see it whole. */
bool words_allowed(struct ctx *c, const struct entity *e, const struct words *w)
{
    bool own = c->who && !who_is_house(c) && roles[c->who->role].sees == SEES_OWN;
    return !search_of_persons(e) || own || who_may(c, MAY_UNMASK) || surname_only(w->whole.text);
}

/* --- hits --- */

static int hit_order(const void *a, const void *b)
{
    const struct search_hit *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    int order = sv_order(x->key, y->key);
    if (order)
        return order;
    return x->id < y->id ? -1 : x->id > y->id;
}

void hit_add(struct finding *f, struct search_hit hit)
{
    struct search_hits *h = f->hits;
    h->at = GROW(&f->c->mem, h->at, h->n, &f->room);
    h->at[h->n++] = hit;
}

/* The best in order, each row once. */
void hits_settle(struct finding *f)
{
    struct search_hits *h = f->hits;
    size_t kept = 0;
    if (h->n)
        qsort(h->at, h->n, sizeof *h->at, hit_order);
    for (size_t i = 0; i < h->n; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++)
            known = h->at[k].id == h->at[i].id;
        if (known)
            continue;
        if (kept == f->max) {
            h->more = true;
            break;
        }
        h->at[kept++] = h->at[i];
    }
    h->n = kept;
}

/* --- rows at hand --- */

/* The best rank of a row that all words meet; MEETINGS: it is none. */
static int words_rank(struct ctx *c, const struct entity *e, const struct sv *texts,
                      const struct words *w)
{
    struct entries *list = NEW(&c->mem, struct entries, 1);
    size_t at = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (search_keyed(f))
            search_field(&c->mem, f, texts[at++], list);
    int best = entries_rank(list, w->whole.text, &w->whole.probes), worst = -1;
    for (size_t i = 0; w->n > 1 && i < w->n; i++) {
        int rank = entries_rank(list, w->at[i].text, &w->at[i].probes);
        worst = rank > worst ? rank : worst;
    }
    return w->n > 1 && worst < best ? worst : best;
}

static void build_texts(struct build *b, const struct entity *e)
{
    build_sql(b, "SELECT id");
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (search_keyed(f)) {
            build_sql(b, ", ");
            build_name(b, f->name);
        }
    build_sql(b, " FROM ");
    build_name(b, e->name);
    build_sql(b, " WHERE ended_at IS NULL");
}

/* Compares the rows of a statement of build_texts(); *ret_rows how many there were. */
static enum err compare(struct finding *f, struct build *b, const struct words *w, size_t *ret_rows)
{
    struct ctx *c = f->c;
    struct arena scratch = { 0 }, kept = c->mem;
    struct rows r = build_rows(c, b);
    kept = c->mem;
    for (*ret_rows = 0; rows_next(&r); ++*ret_rows) {
        struct sv texts[8];
        size_t n = 0;
        c->mem = scratch;
        for (; n < 8 && (int)n + 1 < r.columns; n++)
            texts[n] = rows_text(&r, (int)n + 1);
        int rank = words_rank(c, f->e, texts, w);
        scratch = c->mem;
        c->mem = kept;
        if (rank < MEETINGS)
            hit_add(f, (struct search_hit){ rows_int(&r, 0), rank, rows_text(&r, 1) });
        kept = c->mem;
        arena_reset(&scratch);
    }
    arena_free(&scratch);
    return rows_end(&r);
}

static enum err by_rows(struct finding *f, const struct words *w, bool *ret_all)
{
    struct build b = build_new(f->c);
    size_t n;
    build_texts(&b, f->e);
    build_view(f->c, &b, f->e, &f->view, false);
    build_sql(&b, " LIMIT ");
    build_int(&b, FEW_ROWS + 1);
    TRY(compare(f, &b, w, &n));
    *ret_all = n <= FEW_ROWS;
    if (!*ret_all)
        f->hits->n = 0;
    return ERR_NONE;
}

/* Rows about elders granted one by one. */
static enum err by_elders(struct finding *f, const struct words *w)
{
    struct view v = { .elders = true };
    struct build b = build_new(f->c);
    size_t n;
    build_texts(&b, f->e);
    build_view(f->c, &b, f->e, &v, false);
    build_sql(&b, " LIMIT ");
    build_int(&b, SECOND_MAX);
    return compare(f, &b, w, &n);
}

/* --- several words --- */

static enum err words_meet(struct finding *f, const struct words *w, const struct search_hits *some)
{
    size_t n;
    for (size_t i = 0; i < some->n; i += 100) {
        struct build b = build_new(f->c);
        build_texts(&b, f->e);
        build_sql(&b, " AND id IN (");
        for (size_t k = i; k < some->n && k < i + 100; k++) {
            build_piece(&b, k == i ? "" : ", ");
            build_value(&b, V_INT(some->at[k].id));
        }
        build_sql(&b, ")");
        TRY(compare(f, &b, w, &n));
    }
    return ERR_NONE;
}

/* How many entries begin as the word does in the first district, at most `most`. */
static enum err run_length(struct finding *f, const struct word *w, int64_t most, int64_t *ret_n)
{
    struct build b = build_new(f->c);
    build_sql(&b, "SELECT count(*) FROM (SELECT 1 FROM search_entry WHERE entity = ");
    build_value(&b, V_TEXT(sv_of(f->e->name)));
    build_sql(&b, " AND bucket = ");
    build_value(&b, V_INT(f->runs.at[0].bucket[0]));
    build_sql(&b, " AND rank IN (0, 1, 2)");
    build_key_range(f->c, &b, &w->probes.at[0]);
    build_sql(&b, " LIMIT ");
    build_value(&b, V_INT(most));
    build_sql(&b, ") AS counted");
    struct rows r = build_rows(f->c, &b);
    *ret_n = rows_next(&r) ? rows_int(&r, 0) : 0;
    return rows_end(&r);
}

static void first_put(const struct word *order[SEARCH_WORDS_MAX], const struct word *first)
{
    size_t at = 0;
    while (order[at] != first)
        at++;
    for (; at > 0; at--)
        order[at] = order[at - 1];
    order[0] = first;
}

/*
 * The rarest word first: where it leads to few rows, the others need not be looked up. All are
 * counted to the same length, a longer one while all are longer still.
 */
static enum err rarest_first(struct finding *f, const struct words *w,
                             const struct word *ret_order[SEARCH_WORDS_MAX])
{
    int64_t rarest = RUN_COUNTED_MAX;
    for (size_t i = 0; i < w->n; i++)
        ret_order[i] = &w->at[i];
    if (f->runs.n == 0 || f->runs.at[0].buckets == 0)
        return ERR_NONE;
    for (int64_t most = RUN_COUNTED; most <= rarest; most *= RUN_COUNTED_STEP)
        for (size_t i = 0; i < w->n; i++) {
            int64_t n;
            TRY(run_length(f, &w->at[i], most, &n));
            if (n >= most || n >= rarest)
                continue;
            rarest = n;
            first_put(ret_order, &w->at[i]);
        }
    return ERR_NONE;
}

/* The rows of the word with fewest, so far as the limit goes, that the other words meet too. */
static enum err by_words(struct finding *f, const struct words *w)
{
    const struct word *order[SEARCH_WORDS_MAX];
    struct search_hits best = { .more = true };
    TRY(rarest_first(f, w, order));
    for (size_t i = 0; i < w->n && best.more; i++) {
        struct search_hits some = { .n = 0 };
        struct finding one = *f;
        one.hits = &some, one.room = 0, one.max = SECOND_MAX;
        TRY(by_index(&one, order[i]));
        hits_settle(&one);
        if (i == 0 || !some.more || some.n < best.n)
            best = some;
    }
    f->hits->more = f->hits->more || best.more;
    return words_meet(f, w, &best);
}

/* --- the whole --- */

static struct sv capitals(struct arena *mem, struct sv text)
{
    struct buf b = buf_new(mem, text.len + 1);
    uint32_t rune;
    while (sv_rune(&text, &rune)) {
        if (rune >= 0xFF01 && rune <= 0xFF5E)        /* full width */
            rune -= 0xFEE0;
        buf_rune(&b, rune >= 'a' && rune <= 'z' ? rune - ('a' - 'A') : rune);
    }
    return buf_sv(&b);
}

enum err by_whole(struct finding *f, struct sv text)
{
    struct sv typed = sv_trim(text), normal = capitals(&f->c->mem, typed);
    for (const struct field *x = f->e->fields; x->kind != KIND_END; x++) {
        if (!x->search_whole || normal.len == 0)
            continue;
        struct build b = build_new(f->c);
        build_sql(&b, "SELECT id FROM ");
        build_name(&b, f->e->name);
        build_sql(&b, " WHERE ");
        build_name(&b, x->name);
        build_sql(&b, " IN (");
        build_value(&b, V_TEXT(normal));
        build_sql(&b, ", ");
        build_value(&b, V_TEXT(typed));
        build_sql(&b, ")");
        build_view(f->c, &b, f->e, &f->view, false);
        build_sql(&b, " LIMIT ");
        build_int(&b, (int64_t)f->max + 1);
        struct rows r = build_rows(f->c, &b);
        while (rows_next(&r))
            hit_add(f, (struct search_hit){ rows_int(&r, 0), -1, normal });
        TRY(rows_end(&r));
    }
    return ERR_NONE;
}

static enum err find(struct finding *f, const struct words *w)
{
    bool all = false;
    if (f->view.condition)
        TRY(by_rows(f, w, &all));
    if (all)
        return ERR_NONE;
    f->by_condition = f->view.condition != NULL;
    TRY(runs_of(f));
    TRY(by_index(f, &w->whole));
    if (w->n > 1 && !enough(f, MEETS_INSIDE))
        TRY(by_words(f, w));
    return f->view.elders && !f->by_condition ? by_elders(f, w) : ERR_NONE;
}

/* ERR_NONE with *ret_may false where the caller reads none of it. */
enum err view_may(struct ctx *c, const struct entity *e, struct view *v, bool *ret_may)
{
    struct fault kept = c->fault;
    enum err err = view_of(c, e, VIEW_READ, v);
    *ret_may = err == ERR_NONE;
    if (err != ERR_SIGN_IN && err != ERR_FORBIDDEN)
        return err;
    c->fault = kept;
    return ERR_NONE;
}

enum err search_rows(struct ctx *c, const struct entity *e, struct sv text, size_t max,
                     struct search_hits *ret_hits)
{
    struct words words;
    bool may;
    struct search_hits hits = { .n = 0 };
    struct finding f = { .c = c, .e = e, .max = max < SEARCH_MAX ? max : SEARCH_MAX,
                         .hits = &hits };
    *ret_hits = hits;
    words_of(&c->mem, text, &words);
    TRY(view_may(c, e, &f.view, &may));
    if (!may || words.n == 0)
        return ERR_NONE;
    TRY(by_whole(&f, text));
    if (search_has(e) && words_allowed(c, e, &words))
        TRY(find(&f, &words));
    hits_settle(&f);
    *ret_hits = hits;
    return ERR_NONE;
}

enum err search_page(struct ctx *c, const struct entity *e, const struct search_hits *hits,
                     size_t max, struct page *ret_page)
{
    struct view v;
    struct build b = build_new(c);
    size_t n = 0, wanted = hits->n < SEARCH_MAX ? hits->n : SEARCH_MAX;
    char *rows = arena_take(&c->mem, e->size * (wanted + 1), alignof(max_align_t));
    *ret_page = (struct page){ .rows = rows, .total = -1 };
    if (wanted == 0)
        return ERR_NONE;
    TRY(view_of(c, e, VIEW_READ, &v));
    build_sql(&b, "SELECT ");
    build_columns(&b, e, false);
    build_sql(&b, " FROM ");
    build_name(&b, e->name);
    build_sql(&b, " WHERE ended_at IS NULL AND id IN (");
    for (size_t i = 0; i < wanted; i++) {
        build_piece(&b, i ? ", " : "");
        build_value(&b, V_INT(hits->at[i].id));
    }
    build_sql(&b, ")");
    build_view(c, &b, e, &v, false);
    char *read = arena_take(&c->mem, e->size * (wanted + 1), alignof(max_align_t));
    struct rows r = build_rows(c, &b);
    enum err taken = ERR_NONE;
    for (; taken == ERR_NONE && n < wanted && rows_next(&r); n++)
        taken = row_take(c, &r, e, read + e->size * n);
    TRY(rows_end(&r));
    TRY(taken);
    for (size_t i = 0; i < wanted && ret_page->n < max; i++)
        for (size_t k = 0; k < n; k++)
            if (row_id(e, read + e->size * k) == hits->at[i].id)
                memcpy(rows + e->size * ret_page->n++, read + e->size * k, e->size);
    return ERR_NONE;
}
