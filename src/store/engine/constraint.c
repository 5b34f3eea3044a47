/* constraint.c - from the constraint an engine names to the message its declaration names. */

#include "store/driver.h"

#include <string.h>

static const char *message_or_default(const struct index *x)
{
    return x && x->message ? x->message : "store.conflict";
}

/* "visit_day" is index "day" of table "visit". */
static bool is_named(const struct table *t, const struct index *x, struct sv name)
{
    struct sv table = sv_of(t->name);
    return name.len > table.len + 1 && sv_starts(name, table) && name.at[table.len] == '_' &&
           sv_is(sv_from(name, table.len + 1), x->name);
}

const char *constraint_message(const struct store *s, struct sv name)
{
    for (size_t i = 0; s->schema && i < s->schema->n; i++)
        for (const struct index *x = s->schema->tables[i].indexes; x && x->name; x++)
            if (is_named(&s->schema->tables[i], x, name))
                return message_or_default(x);
    return "store.conflict";
}

/* "slot.place, slot.start" against table slot and "place, start DESC". */
static bool same_columns(const char *table, const char *declared, struct sv said)
{
    struct sv want = sv_of(declared), part, got;
    while (sv_cut(&want, ',', &part)) {
        struct sv column = sv_trim(part), word;
        sv_cut(&column, ' ', &word);
        if (!sv_cut(&said, ',', &got))
            return false;
        got = sv_trim(got);
        struct sv before;
        if (!sv_cut(&got, '.', &before) || !sv_is(before, table) || !sv_eq(got, word))
            return false;
    }
    return said.len == 0;
}

const char *unique_message(const struct store *s, struct sv columns)
{
    struct sv index = SV("index '");
    if (sv_starts(columns, index)) {                     /* an index over expressions */
        struct sv name = sv_from(columns, index.len);
        return constraint_message(s, sv_head(name, name.len - 1));
    }
    for (size_t i = 0; s->schema && i < s->schema->n; i++) {
        const struct table *t = &s->schema->tables[i];
        for (const struct index *x = t->indexes; x && x->name; x++)
            if (x->unique && x->message && same_columns(t->name, x->columns, columns))
                return x->message;
    }
    return "store.conflict";
}
