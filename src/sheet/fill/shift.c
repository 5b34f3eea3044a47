/* shift.c - names of cells in formulas and areas, moved with their rows. */

#include "sheet/fill/marks.h"

#include <string.h>

enum { ROW_LAST = 1048576 };

/* $AB$12; a row alone ($12) has no letters, a column alone no digits. */
struct ref { bool column_fixed, row_fixed; struct sv letters; int64_t row; };

static bool letter(char k)
{
    return (k >= 'A' && k <= 'Z') || (k >= 'a' && k <= 'z');
}

static bool ref_cut(struct sv s, struct ref *ret)
{
    struct ref r = { 0 };
    r.column_fixed = sv_starts(s, SV("$"));
    s = sv_from(s, r.column_fixed);
    size_t n = 0;
    while (n < s.len && n < 4 && letter(s.at[n]))
        n++;
    r.letters = sv_head(s, n);
    s = sv_from(s, n);
    if (n == 0 && r.column_fixed) {
        r.column_fixed = false;
        r.row_fixed = true;
    } else if (n && sv_starts(s, SV("$"))) {
        r.row_fixed = true;
        s = sv_from(s, 1);
    }
    if (n > 3 || !sv_int(s, 1, ROW_LAST, &r.row))
        return false;
    *ret = r;
    return true;
}

static void ref_write(struct buf *out, const struct ref *r)
{
    if (r->column_fixed)
        buf_byte(out, '$');
    buf_put(out, r->letters);
    if (r->row_fixed)
        buf_byte(out, '$');
    buf_int(out, r->row);
}

static int64_t row_moved(const struct shift *s, int64_t row)
{
    return row > s->through ? row + s->delta : row;
}

/* An area that begins at the samples or above and ends in them covers all rows that come. */
static void area_move(const struct shift *s, struct ref *first, struct ref *last)
{
    bool covers = first->row <= s->from && last->row >= s->from && last->row <= s->through;
    last->row = covers ? s->through + s->delta : row_moved(s, last->row);
    first->row = row_moved(s, first->row);
}

void ref_put(struct buf *out, size_t column, int64_t row)
{
    char letters[4];
    size_t n = 0;
    for (size_t k = column + 1; k; k = (k - 1) / 26)
        letters[n++] = (char)('A' + (k - 1) % 26);
    while (n)
        buf_byte(out, letters[--n]);
    buf_int(out, row);
}

bool range_read(struct sv range, int64_t *ret_first, int64_t *ret_last, size_t *ret_left,
                size_t *ret_right)
{
    struct sv first;
    if (!sv_cut(&range, ':', &first) || !ref_read(first, ret_first, ret_left))
        return false;
    *ret_last = *ret_first;
    *ret_right = *ret_left;
    return range.len == 0 || ref_read(range, ret_last, ret_right);
}

void ranges_shift(struct buf *out, const struct shift *s, struct sv ranges)
{
    struct sv one;
    for (bool first = true; sv_cut(&ranges, ' ', &one); first = false) {
        struct sv rest = one, head;
        struct ref a, b;
        if (!first)
            buf_byte(out, ' ');
        if (!sv_cut(&rest, ':', &head) || !ref_cut(head, &a) || (rest.len && !ref_cut(rest, &b))) {
            buf_put(out, one);
            continue;
        }
        b = rest.len ? b : a;
        area_move(s, &a, &b);
        ref_write(out, &a);
        if (rest.len || a.row != b.row) {
            buf_byte(out, ':');
            ref_write(out, &b);
        }
    }
}

/* --- formulas --- */

/* One word of a formula: a name, a number, a cell; or a sign, a text in quotes. */
struct word { struct sv text; bool run, quoted; };

static bool in_run(char k)
{
    return letter(k) || (k >= '0' && k <= '9') || (unsigned char)k >= 0x80
           || strchr("_.$[]\\", k) != NULL;
}

static size_t quote_at(struct sv s, char sign, struct sv entity)
{
    return s.at[0] == sign ? 1 : sv_starts(s, entity) ? entity.len : 0;
}

/* From one quote to the next of its kind; two together are one inside. */
static size_t quoted_len(struct sv s, char sign, struct sv entity)
{
    size_t at = quote_at(s, sign, entity);
    while (at < s.len) {
        size_t one = quote_at(sv_from(s, at), sign, entity);
        at += one ? one : 1;
        if (!one)
            continue;
        size_t two = at < s.len ? quote_at(sv_from(s, at), sign, entity) : 0;
        if (!two)
            return at;
        at += two;
    }
    return at;
}

static bool word_cut(struct sv *s, struct word *ret)
{
    static const struct sv quot = SV_INIT("&quot;"), apos = SV_INIT("&apos;");
    size_t n = 1;
    if (s->len == 0)
        return false;
    *ret = (struct word){ 0 };
    if (quote_at(*s, '"', quot)) {
        n = quoted_len(*s, '"', quot);
    } else if (quote_at(*s, '\'', apos)) {
        n = quoted_len(*s, '\'', apos);
        ret->quoted = true;
    } else if (s->at[0] == '&') {
        ptrdiff_t end = sv_find_byte(*s, ';');
        n = end < 0 ? 1 : (size_t)end + 1;
    } else if (in_run(s->at[0])) {
        for (ret->run = true; n < s->len && in_run(s->at[n]);)
            n++;
    }
    ret->text = sv_head(*s, n);
    *s = sv_from(*s, n);
    return true;
}

/* What a formula is gone through for. */
struct pass_over {
    const struct shift *s;
    bool                own;                 /* of the page: cells without a page's name are its */
    bool                copy;
    int64_t             down;
    bool                below;               /* out: names a row behind the samples */
};

static int64_t row_copied(const struct ref *r, int64_t down)
{
    int64_t row = r->row_fixed ? r->row : r->row + down;
    return row > ROW_LAST ? ROW_LAST : row;
}

static void area_put(struct buf *out, struct pass_over *p, bool mine, struct ref *a,
                     struct ref *b)
{
    if (p->copy) {
        a->row = row_copied(a, p->down);
        if (a != b)
            b->row = row_copied(b, p->down);
    } else if (mine) {
        p->below |= a->row > p->s->through || b->row > p->s->through;
        if (a == b)
            a->row = row_moved(p->s, a->row);
        else
            area_move(p->s, a, b);
    }
    ref_write(out, a);
    if (a != b) {
        buf_byte(out, ':');
        ref_write(out, b);
    }
}

static bool is_page(const struct shift *s, const struct word *w)
{
    return sv_eq(w->text, w->quoted ? s->quoted : s->plain);
}

static void formula_put(struct buf *out, struct pass_over *p, struct sv formula)
{
    struct word w, next;
    bool mine = p->own;
    while (word_cut(&formula, &w)) {
        struct ref a, b;
        struct sv rest = formula, after;
        if ((w.run || w.quoted) && sv_starts(formula, SV("!"))) {
            mine = is_page(p->s, &w);
            buf_put(out, w.text);
            buf_byte(out, '!');
            formula = sv_from(formula, 1);
            continue;
        }
        bool cell = w.run && ref_cut(w.text, &a) && !sv_starts(formula, SV("("));
        bool two = cell && sv_starts(rest, SV(":"));
        after = sv_from(rest, 1);
        two = two && word_cut(&after, &next) && next.run && ref_cut(next.text, &b)
              && (a.letters.len == 0) == (b.letters.len == 0);
        if (cell && two) {
            area_put(out, p, mine, &a, &b);
            formula = after;
        } else if (cell && a.letters.len) {
            area_put(out, p, mine, &a, &a);
        } else {
            buf_put(out, w.text);
        }
        mine = p->own;
    }
}

void formula_shift(struct buf *out, const struct shift *s, bool own, struct sv formula)
{
    formula_put(out, &(struct pass_over){ .s = s, .own = own }, formula);
}

bool formula_moves(struct arena *mem, const struct shift *s, bool own, struct sv formula)
{
    struct shift one = *s;
    struct buf b = buf_new(mem, formula.len + 16);
    one.delta = 1;
    formula_shift(&b, &one, own, formula);
    return !sv_eq(buf_sv(&b), formula);
}

void formula_copy(struct buf *out, struct sv formula, int64_t down)
{
    static const struct shift none = { 0 };
    formula_put(out, &(struct pass_over){ .s = &none, .copy = true, .down = down }, formula);
}

bool formula_below(const struct shift *s, struct sv formula)
{
    struct arena scratch = { 0 };
    struct buf b = buf_new(&scratch, formula.len + 16);
    struct pass_over p = { .s = s, .own = true };
    formula_put(&b, &p, formula);
    arena_free(&scratch);
    return p.below;
}
