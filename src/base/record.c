/* record.c - members of records, reached through their field tables. */

#include "base/record.h"

#include <assert.h>
#include <string.h>

size_t fields_n(const struct field *fields)
{
    size_t n = 0;
    while (fields[n].kind != KIND_END)
        n++;
    return n;
}

const struct field *field_named(const struct field *fields, struct sv name)
{
    if (name.len == 0)
        return NULL;
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        if (f->name[0] == name.at[0] && strncmp(f->name, name.at, name.len) == 0 &&
            f->name[name.len] == '\0')
            return f;
    return NULL;
}

size_t choices_n(const struct choice *choices)
{
    size_t n = 0;
    while (choices[n].key)
        n++;
    return n;
}

bool choice_of(const struct choice *choices, struct sv key, int *ret_index)
{
    for (int i = 0; choices[i].key; i++) {
        if (sv_is(key, choices[i].key)) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

bool choice_meant(const struct choice *choices, struct sv word, int *ret_index)
{
    if (choice_of(choices, word, ret_index))
        return true;
    for (int i = 0; choices[i].key; i++) {
        if (word.len && (sv_is(word, choices[i].zh) || sv_is(word, choices[i].en))) {
            *ret_index = i;
            return true;
        }
    }
    return false;
}

const void *field_at(const struct field *f, const void *record)
{
    return (const char *)record + f->offset;
}

static void *at(const struct field *f, void *record)
{
    return (char *)record + f->offset;
}

/* Bytes of the member itself. */
static size_t size_of(const struct field *f)
{
    static const size_t sizes[] = {
        [KIND_BOOL] = sizeof(bool), [KIND_INT] = sizeof(int64_t),
        [KIND_OPT_INT] = sizeof(struct opt_int), [KIND_REAL] = sizeof(double),
        [KIND_TEXT] = sizeof(struct sv), [KIND_ID] = sizeof(int64_t),
        [KIND_LINK] = sizeof(int64_t), [KIND_CHOICE] = sizeof(int),
        [KIND_SET] = sizeof(struct set), [KIND_MONEY] = sizeof(struct money),
        [KIND_MOMENT] = sizeof(struct moment), [KIND_DAY] = sizeof(struct day),
        [KIND_DEGREES] = sizeof(struct degrees), [KIND_JSON] = sizeof(struct text),
        [KIND_LIST] = sizeof(struct list),
    };
    assert(f->kind != KIND_END);
    return f->kind == KIND_RECORD ? f->record_size : sizes[f->kind];
}

void field_clear(const struct field *f, void *record)
{
    if (f->kind == KIND_RECORD) {
        record_clear(f->record, at(f, record));
        return;
    }
    memset(at(f, record), 0, size_of(f));
    if (f->kind == KIND_DAY)
        *(struct day *)at(f, record) = DAY_NONE;
    if (f->kind == KIND_TEXT || f->kind == KIND_JSON)
        field_set_text(f, record, SV(""));
}

void record_clear(const struct field *fields, void *record)
{
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        field_clear(f, record);
}

bool field_absent(const struct field *f, const void *record)
{
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON:
        return field_text(f, record).len == 0;
    case KIND_ID:
    case KIND_LINK:
    case KIND_MOMENT:
        return field_int(f, record) == 0;
    case KIND_DAY:
        return !day_known((struct day){ field_int(f, record) });
    case KIND_OPT_INT:
        return !((const struct opt_int *)field_at(f, record))->known;
    default:
        return false;
    }
}

int64_t field_int(const struct field *f, const void *record)
{
    const void *member = field_at(f, record);
    switch (f->kind) {
    case KIND_BOOL:
        return *(const bool *)member;
    case KIND_CHOICE:
        return *(const int *)member;
    case KIND_OPT_INT:
        return ((const struct opt_int *)member)->n;
    case KIND_SET:
        return (int64_t)((const struct set *)member)->bits;
    default:
        assert(size_of(f) == sizeof(int64_t));
        assert(f->kind != KIND_REAL);
        return *(const int64_t *)member;
    }
}

void field_set_int(const struct field *f, void *record, int64_t n)
{
    void *member = at(f, record);
    switch (f->kind) {
    case KIND_BOOL:
        *(bool *)member = n != 0;
        return;
    case KIND_CHOICE:
        *(int *)member = (int)n;
        return;
    case KIND_OPT_INT:
        *(struct opt_int *)member = (struct opt_int){ true, n };
        return;
    case KIND_SET:
        ((struct set *)member)->bits = (uint64_t)n;
        return;
    default:
        assert(size_of(f) == sizeof(int64_t));
        assert(f->kind != KIND_REAL);
        *(int64_t *)member = n;
    }
}

double field_real(const struct field *f, const void *record)
{
    assert(f->kind == KIND_REAL);
    return *(const double *)field_at(f, record);
}

void field_set_real(const struct field *f, void *record, double n)
{
    assert(f->kind == KIND_REAL);
    *(double *)at(f, record) = n;
}

struct sv field_text(const struct field *f, const void *record)
{
    assert(f->kind == KIND_TEXT || f->kind == KIND_JSON);
    return *(const struct sv *)field_at(f, record);      /* struct text holds only its sv */
}

void field_set_text(const struct field *f, void *record, struct sv s)
{
    assert(f->kind == KIND_TEXT || f->kind == KIND_JSON);
    *(struct sv *)at(f, record) = s;
}

static bool lists_same(const struct field *f, const struct list *a, const struct list *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        for (const struct field *of = f->record; of->kind != KIND_END; of++)
            if (!field_same(of, (const char *)a->at + i * f->record_size,
                            (const char *)b->at + i * f->record_size))
                return false;
    return true;
}

bool field_same(const struct field *f, const void *a, const void *b)
{
    switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON:
        return sv_eq(field_text(f, a), field_text(f, b));
    case KIND_REAL: {
        double x = field_real(f, a), y = field_real(f, b);
        return memcmp(&x, &y, sizeof x) == 0;
    }
    case KIND_OPT_INT:
        return field_absent(f, a) ? field_absent(f, b)
                                  : !field_absent(f, b) && field_int(f, a) == field_int(f, b);
    case KIND_LIST:
        return lists_same(f, field_at(f, a), field_at(f, b));
    case KIND_RECORD:
        for (const struct field *of = f->record; of->kind != KIND_END; of++)
            if (!field_same(of, field_at(f, a), field_at(f, b)))
                return false;
        return true;
    default:
        return field_int(f, a) == field_int(f, b);
    }
}

void field_copy(const struct field *f, void *to, const void *from)
{
    if (field_absent(f, from))
        field_clear(f, to);
    else if (f->kind == KIND_TEXT || f->kind == KIND_JSON)
        field_set_text(f, to, field_text(f, from));
    else if (f->kind == KIND_REAL)
        field_set_real(f, to, field_real(f, from));
    else
        field_set_int(f, to, field_int(f, from));
}
