/* guess.c - where a list's header is, and which of its columns are which of our fields. */

#include "care/intake/inside.h"
#include "model/row/shown.h"

enum { HEAD_AT_MAX = 15, HEAD_HIGH_MAX = 3, LABEL_PART_MIN = 9, PAGES_LOOKED_AT = 20 };

/* --- the first rows, copied --- */

static void row_copy(struct arena *mem, const struct sheet_row *from, struct sheet_row *to)
{
    *to = *from;
    to->cells = NEW(mem, struct sheet_cell, from->n);
    for (size_t i = 0; i < from->n; i++) {
        to->cells[i] = from->cells[i];
        to->cells[i].text = sv_copy(mem, from->cells[i].text);
    }
}

enum err heads_read(struct ctx *c, struct sheet_book *b, size_t page, struct head_rows *ret_head)
{
    struct sheet_rows *rows;
    struct sheet_row row;
    struct head_rows h = { .rows = NEW(&c->mem, struct sheet_row, INTAKE_HEAD_ROWS) };
    TRY(sheet_rows_open(c, b, page, &rows));
    while (h.n < INTAKE_HEAD_ROWS && sheet_next(rows, &row)) {
        row_copy(&c->mem, &row, &h.rows[h.n++]);
        h.columns = row.n > h.columns ? row.n : h.columns;
    }
    *ret_head = h;
    return sheet_rows_end(c, rows);
}

/* --- labels --- */

/* Without blanks, signs and what stands in brackets: "* 姓 名（必填）" is 姓名. */
struct sv label_normal(struct arena *mem, struct sv label)
{
    struct buf b = buf_new(mem, label.len + 1);
    struct sv s = text_clean(mem, label, false);
    uint32_t rune;
    int depth = 0;
    while (sv_rune(&s, &rune)) {
        bool opens = rune == '(' || rune == 0xFF08 || rune == '[' || rune == 0x3010;
        bool closes = rune == ')' || rune == 0xFF09 || rune == ']' || rune == 0x3011;
        if (rune >= 'A' && rune <= 'Z')
            rune += 32;
        if (opens && b.len)
            depth++;
        else if (closes && depth)
            depth--;
        else if (depth == 0 && !opens && !closes && !(rune < 128 && strchr(" *:_-#./,", (int)rune))
                 && rune != 0xFF1A && rune != 0x3001)
            buf_rune(&b, rune);
    }
    return buf_sv(&b);
}

struct sv head_label(struct arena *mem, const struct head_rows *h, size_t first, size_t rows,
                     size_t column)
{
    struct buf b = buf_new(mem, 64);
    struct sv last = SV("");
    for (size_t i = first; i < first + rows && i < h->n; i++) {
        struct sv one = sheet_text(&h->rows[i], column);
        if (one.len == 0 || sv_eq(one, last))
            continue;
        buf_put(&b, one);
        last = one;
    }
    return buf_sv(&b);
}

/* How well a label means a field: 3 its own name or label, 2 a word, 1 a part; 0 not at all. */
static int word_fits(struct arena *mem, struct sv label, struct sv word)
{
    struct sv normal = label_normal(mem, word);
    if (sv_eq(normal, label))
        return 2;
    return normal.len >= LABEL_PART_MIN && sv_find(label, normal) >= 0 ? 1 : 0;
}

static int field_fits(struct arena *mem, const struct import_rule *r, const struct field *f,
                      struct sv label)
{
    int best = 0;
    if (sv_is(label, f->name) || sv_eq(label_normal(mem, sv_of(f->zh)), label)
        || sv_eq(label_normal(mem, sv_of(f->en)), label))
        return 3;
    for (const struct import_word *w = r->words; w && w->field; w++) {
        struct sv rest = sv_of(w->words), one;
        while (strcmp(w->field, f->name) == 0 && sv_cut(&rest, ' ', &one)) {
            int fits = word_fits(mem, label, one);
            best = fits > best ? fits : best;
        }
    }
    return best;
}

/* A column that is one flag of a set: 独居 √ */
static int flag_fits(struct arena *mem, const struct field *f, struct sv label, int *ret_flag)
{
    for (int i = 0; f->kind == KIND_SET && f->choices[i].key; i++)
        if (sv_eq(label_normal(mem, sv_of(f->choices[i].zh)), label)
            || sv_eq(label_normal(mem, sv_of(f->choices[i].en)), label)) {
            *ret_flag = i;
            return 2;
        }
    return 0;
}

static bool taken(const struct import_map *m, const struct field *f, int flag)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->at[i].field == f && m->at[i].flag == flag)
            return true;
    return false;
}

static bool is_wanted(const struct import_rule *r, const struct field *f)
{
    return r->goes_out ? shown_goes_out(f) && f->kind != KIND_ID : field_imports(f);
}

/* The field that a label means best and that no column has yet; 0 when none does. */
static int column_guess(struct arena *mem, const struct import_rule *r, struct sv label,
                        const struct import_map *m, struct import_column *ret_column)
{
    int best = 0;
    struct sv normal = label_normal(mem, label);
    for (const struct field *f = r->entity->fields; normal.len && f->kind != KIND_END; f++) {
        int flag = -1;
        int fits = is_wanted(r, f) ? field_fits(mem, r, f, normal) : 0;
        if (fits == 0 && is_wanted(r, f) && !r->goes_out)
            fits = flag_fits(mem, f, normal, &flag);
        if (fits > best && !taken(m, f, flag)) {
            best = fits;
            ret_column->field = f;
            ret_column->flag = flag;
        }
    }
    return best;
}

/* Whole words first, so that 联系人电话 does not take the place of 电话 further right. */
static int map_guess(struct arena *mem, const struct import_rule *r, const struct head_rows *h,
                     size_t first, size_t rows, struct import_map *m)
{
    int score = 0;
    bool *done = NEW(mem, bool, h->columns + 1);
    *m = (struct import_map){ NEW(mem, struct import_column, h->columns + 1), 0 };
    for (int want = 3; want > 0; want--)
        for (size_t i = 0; i < h->columns; i++) {
            struct import_column k = { .column = (int64_t)i };
            struct sv label = head_label(mem, h, first, rows, i);
            struct sv under = sheet_text(&h->rows[first + rows - 1], i);
            int fits = done[i] ? 0 : column_guess(mem, r, label, m, &k);
            if (!done[i] && fits < want && rows > 1 && !sv_eq(under, label))
                fits = column_guess(mem, r, under, m, &k);
            if (fits < want)
                continue;
            k.head = label;
            m->at[m->n++] = k;
            done[i] = true;
            score += fits;
        }
    return score;
}

/* Two texts side by side: a header even where we know none of its words. */
static bool looks_like_head(const struct sheet_row *row)
{
    size_t texts = 0;
    for (size_t i = 0; i < row->n; i++)
        texts += row->cells[i].kind == CELL_TEXT && !row->cells[i].merged;
    return texts >= 2;
}

/* Rows without content are not there: the first of those at the numbers chosen, and how many. */
static void place_of(const struct head_rows *h, int64_t header_row, int64_t header_rows,
                     struct guess *g)
{
    for (size_t i = 0; i < h->n; i++) {
        if (h->rows[i].number < header_row)
            g->first = i + 1;
        g->rows += h->rows[i].number >= header_row
                   && h->rows[i].number < header_row + header_rows;
    }
}

struct guess guess_at(struct ctx *c, const struct import_rule *r, const struct head_rows *h,
                      int64_t header_row, int64_t header_rows)
{
    struct guess g = { .columns = h->columns };
    place_of(h, header_row, header_rows, &g);
    if (g.rows)
        g.score = map_guess(&c->mem, r, h, g.first, g.rows, &g.map);
    return g;
}

struct guess guess_make(struct ctx *c, const struct import_rule *r, const struct head_rows *h)
{
    struct guess best = { .rows = 1, .columns = h->columns };
    int most = 0;
    for (size_t first = 0; first < h->n && first < HEAD_AT_MAX; first++)
        for (size_t rows = 1; rows <= HEAD_HIGH_MAX && first + rows <= h->n; rows++) {
            struct import_map m;
            int score = map_guess(&c->mem, r, h, first, rows, &m) * 4 - (int)rows;
            if (m.n < 2 || score <= most)
                continue;
            most = score;
            best = (struct guess){ first, rows, h->columns, most, m };
        }
    while (most == 0 && best.first + 1 < h->n && !looks_like_head(&h->rows[best.first]))
        best.first++;
    return best;
}

enum err pages_guess(struct ctx *c, const struct import_rule *r, struct sheet_book *book,
                     struct page_guess *ret)
{
    size_t looked = 0;
    *ret = (struct page_guess){ .page = book->first };
    for (size_t i = book->first; i < book->pages_n && looked < PAGES_LOOKED_AT; i++) {
        struct page_guess one = { .page = i };
        if (book->pages[i].hidden)
            continue;
        TRY(heads_read(c, book, i, &one.heads));
        one.guess = guess_make(c, r, &one.heads);
        if (looked++ == 0 || (one.heads.n && (ret->heads.n == 0
                                              || one.guess.score > ret->guess.score)))
            *ret = one;
    }
    return ERR_NONE;
}

/* --- what was decided last time --- */

static void remember_one(const struct import_column *known, struct guess *g, size_t column,
                         struct sv label)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->map.n; i++) {
        struct import_column *k = &g->map.at[i];
        bool same_target = k->field == known->field && k->flag == known->flag;
        if (k->column != (int64_t)column && !same_target)
            g->map.at[kept++] = *k;
    }
    g->map.at[kept] = *known;
    g->map.at[kept].column = (int64_t)column;
    g->map.at[kept].head = label;
    g->map.n = kept + 1;
}

enum err guess_remember(struct ctx *c, const struct import_rule *r, struct sv remembered,
                        const struct head_rows *h, struct guess *g)
{
    struct import_map known;
    if (remembered.len == 0 || h->n == 0)
        return ERR_NONE;
    TRY(map_read(c, r->entity, remembered, &known));
    struct import_map wide = { NEW(&c->mem, struct import_column, g->map.n + known.n + 1),
                               g->map.n };
    if (g->map.n)
        memcpy(wide.at, g->map.at, g->map.n * sizeof *wide.at);
    g->map = wide;
    for (size_t i = 0; i < known.n; i++) {
        if (known.at[i].column < 0)
            g->map.at[g->map.n++] = known.at[i];
        for (size_t k = 0; known.at[i].column >= 0 && k < h->columns; k++) {
            struct sv label = head_label(&c->mem, h, g->first, g->rows, k);
            if (label.len && sv_eq(label, known.at[i].head))
                remember_one(&known.at[i], g, k, label);
        }
    }
    return ERR_NONE;
}
