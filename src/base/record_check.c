/* record_check.c - the rules a field table states, applied to values. */

#include "base/record.h"

void field_range(const struct field *f, int64_t *ret_low, int64_t *ret_high)
{
    *ret_low = f->low;
    *ret_high = f->high;
    if (f->low || f->high)
        return;
    switch (f->kind) {
    case KIND_TEXT:
        *ret_high = TEXT_LENGTH_MAX;
        return;
    case KIND_JSON:
        *ret_high = JSON_LENGTH_MAX;
        return;
    case KIND_DEGREES:
        *ret_low = -1800000000;
        *ret_high = 1800000000;
        return;
    case KIND_REAL:
        *ret_low = -1000000000000000;
        *ret_high = 1000000000000000;
        return;
    case KIND_MOMENT:
        *ret_low = moment_at(day_civil(1900, 1, 1), 0).ms;
        *ret_high = moment_at(day_civil(2200, 1, 1), 0).ms;
        return;
    case KIND_DAY:
        *ret_low = day_civil(1850, 1, 1).n;
        *ret_high = day_civil(9999, 12, 31).n;       /* "for good" is often written so */
        return;
    default:
        *ret_low = -WHOLE_MAX;
        *ret_high = WHOLE_MAX;
    }
}

/* A bound as the person would write it. */
static struct sv bound_text(struct ctx *c, const struct field *f, int64_t n)
{
    struct buf b = buf_new(&c->mem, 32);
    switch (f->kind) {
    case KIND_MONEY:
        buf_fixed(&b, n, 2);
        break;
    case KIND_DEGREES:
        buf_fixed(&b, n, 7);
        break;
    case KIND_DAY:
        buf_day(&b, (struct day){ n });
        break;
    case KIND_MOMENT:
        buf_day(&b, day_of((struct moment){ n }));
        break;
    default:
        buf_int(&b, n);
    }
    return buf_sv(&b);
}

static bool note_range(struct ctx *c, const struct field *f, struct sv name)
{
    int64_t low, high;
    field_range(f, &low, &high);
    fail_field_args(c, name, "field.range", bound_text(c, f, low), bound_text(c, f, high));
    return false;
}

static bool note(struct ctx *c, struct sv name, const char *key)
{
    fail_field(c, name, key);
    return false;
}

/* Tabs and new lines belong in text areas, other control characters nowhere. */
static const char *characters_fault(const struct field *f, struct sv s)
{
    if (!sv_utf8(s))
        return "field.not_text";
    for (size_t i = 0; i < s.len; i++) {
        uint8_t byte = (uint8_t)s.at[i];
        bool line = byte == '\n' || byte == '\r' || byte == '\t';
        if ((byte < 0x20 && !line) || byte == 0x7F)
            return "field.not_text";
        if (line && !f->many_lines)
            return "field.one_line";
    }
    return NULL;
}

static bool check_text(struct ctx *c, const struct field *f, struct sv name, struct sv s)
{
    int64_t low, high;
    field_range(f, &low, &high);
    int64_t length = f->kind == KIND_JSON ? (int64_t)s.len : (int64_t)sv_runes(s);
    if (length > high || length < low) {
        fail_field_args(c, name, length > high ? "field.too_long" : "field.too_short",
                        bound_text(c, f, length > high ? high : low), bound_text(c, f, length));
        return false;
    }
    const char *fault = f->kind == KIND_TEXT ? characters_fault(f, s) : NULL;
    if (!fault && f->check)
        fault = f->check(s);
    return !fault || note(c, name, fault);
}

bool field_check(struct ctx *c, const struct field *f, struct sv name, const void *record)
{
    if (f->kind == KIND_LIST || f->kind == KIND_RECORD || f->kind == KIND_BOOL)
        return true;
    if (field_absent(f, record))
        return true;
    if (f->kind == KIND_TEXT || f->kind == KIND_JSON)
        return check_text(c, f, name, field_text(f, record));

    int64_t low, high;
    field_range(f, &low, &high);
    if (f->kind == KIND_REAL) {
        double n = field_real(f, record);
        return (n >= (double)low && n <= (double)high) || note_range(c, f, name);
    }
    int64_t n = field_int(f, record);
    if (f->kind == KIND_CHOICE)
        return (n >= 0 && n < (int64_t)choices_n(f->choices)) || note(c, name, "field.choice");
    if (f->kind == KIND_SET)
        return (uint64_t)n >> choices_n(f->choices) == 0 || note(c, name, "field.choice");
    if (f->kind == KIND_ID || f->kind == KIND_LINK)
        return n > 0 || note(c, name, "field.not_id");
    return (n >= low && n <= high) || note_range(c, f, name);
}

static void check_fields(struct ctx *c, const struct field *fields, struct sv path,
                         const void *record, bool create)
{
    for (const struct field *f = fields; f->kind != KIND_END; f++) {
        struct sv name = sv_of(f->name);
        if (path.len)
            name = sv_fmt(&c->mem, "%.*s.%s", SV_ARG(path), f->name);
        if (f->kind == KIND_RECORD)
            check_fields(c, f->record, name, field_at(f, record), create);
        else if (create && f->required && field_absent(f, record))
            fail_field(c, name, "field.required");
        else
            field_check(c, f, name, record);
    }
}

void record_check(struct ctx *c, const struct field *fields, const void *record, bool create)
{
    check_fields(c, fields, SV(""), record, create);
}
