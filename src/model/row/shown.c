/* shown.c - one field of a row as text, masked as in answers. */

#include "model/row/shown.h"

#include "model/inside.h"

bool shown_goes_out(const struct field *f)
{
    return !f->hidden && f->class != SECRET && f->kind != KIND_LIST && f->kind != KIND_RECORD;
}

static void put_set(struct buf *b, const struct field *f, uint64_t bits, const char *comma,
                    const struct ctx *labels)
{
    const char *between = "";
    for (size_t i = 0; f->choices[i].key; i++) {
        if (!(bits >> i & 1))
            continue;
        buf_text(b, between);
        buf_text(b, !labels ? f->choices[i].key
                    : labels->lang == LANG_EN ? f->choices[i].en : f->choices[i].zh);
        between = comma;
    }
}

static bool is_text(const struct field *f)
{
    return f->kind == KIND_TEXT || f->kind == KIND_JSON;
}

static int64_t int_of(const struct field *f, const void *row)
{
    return is_text(f) || f->kind == KIND_REAL ? 0 : field_int(f, row);
}

static void put_key(struct buf *b, const struct field *f, const void *row)
{
    int64_t n = int_of(f, row);
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON:
        buf_put(b, field_text(f, row));
        break;
    case KIND_REAL:
        buf_fmt(b, "%.15g", field_real(f, row));
        break;
    case KIND_BOOL:
        buf_text(b, n ? "true" : "false");
        break;
    case KIND_CHOICE:
        buf_text(b, f->choices[n].key);
        break;
    case KIND_SET:
        put_set(b, f, (uint64_t)n, ",", NULL);
        break;
    case KIND_MONEY:
        buf_fixed(b, n, 2);
        break;
    case KIND_MOMENT:
        buf_moment(b, (struct moment){ n });
        break;
    case KIND_DAY:
        buf_day(b, (struct day){ n });
        break;
    case KIND_DEGREES:
        buf_fixed(b, n, 7);
        break;
    default:
        buf_int(b, n);
    }
}

/* Masked: text in part, a position coarsely, anything else not at all. */
static void put_masked(struct buf *b, const struct field *f, const void *row)
{
    if (f->kind == KIND_TEXT)
        buf_put(b, mask_text(b->mem, f->mask, field_text(f, row)));
    else if (f->kind == KIND_DEGREES && f->mask == MASK_COARSE)
        buf_fixed(b, field_int(f, row) / 100000, 2);
}

struct sv shown_key(struct arena *mem, const struct field *f, const void *row)
{
    struct buf b = buf_new(mem, 64);
    if (field_absent(f, row))
        return SV("");
    if (f->class == OPEN)
        put_key(&b, f, row);
    else
        put_masked(&b, f, row);
    return buf_sv(&b);
}

/* --- for people --- */

struct titles *shown_titles(struct ctx *c, const struct entity *e, const void *rows, size_t n)
{
    return titles_of(c, e, rows, n, false, false);
}

static void put_moment(struct buf *b, struct moment m)
{
    int minute = minute_of(m);
    buf_day(b, day_of(m));
    buf_fmt(b, " %02d:%02d", minute / 60, minute % 60);
}

static void put_words(struct ctx *c, struct buf *b, const struct titles *t, const struct field *f,
                      const void *row)
{
    bool english = c->lang == LANG_EN;
    int64_t n = int_of(f, row);
    struct sv title = f->kind == KIND_LINK ? title_of(t, f, n) : SV("");
    if (title.len)
        buf_put(b, title);
    else if (f->kind == KIND_BOOL)
        buf_text(b, english ? (n ? "yes" : "no") : (n ? "是" : "否"));
    else if (f->kind == KIND_CHOICE)
        buf_text(b, english ? f->choices[n].en : f->choices[n].zh);
    else if (f->kind == KIND_SET)
        put_set(b, f, (uint64_t)n, english ? ", " : "、", c);
    else if (f->kind == KIND_MOMENT)
        put_moment(b, (struct moment){ n });
    else if (sv_ends(sv_of(f->name), SV("_min")) && n >= 0 && n <= MINUTES_A_DAY && f->high >= 1439)
        buf_fmt(b, "%02d:%02d", (int)n / 60, (int)n % 60);
    else
        put_key(b, f, row);
}

struct sv shown_words(struct ctx *c, const struct titles *t, const struct field *f,
                      const void *row)
{
    struct buf b = buf_new(&c->mem, 64);
    if (field_absent(f, row))
        return SV("");
    if (f->class == OPEN)
        put_words(c, &b, t, f, row);
    else
        put_masked(&b, f, row);
    return buf_sv(&b);
}

bool shown_number(const struct field *f, const void *row, double *ret_n)
{
    bool clock = sv_ends(sv_of(f->name), SV("_min")) && f->high >= 1439;
    if (f->class != OPEN || f->code || clock || field_absent(f, row))
        return false;
    if (f->kind == KIND_REAL)
        *ret_n = field_real(f, row);
    else if (f->kind == KIND_MONEY)
        *ret_n = (double)field_int(f, row) / 100;
    else if (f->kind == KIND_INT || f->kind == KIND_OPT_INT)
        *ret_n = (double)field_int(f, row);
    else
        return false;
    return true;
}
