/* declared.c - what is wrong with the declarations of a house: mistakes of ours, told by a test. */

#include "base/messages.h"
#include "model/inside.h"
#include "model/module.h"

#include <string.h>

/* One entity being looked at. */
struct looking { const struct house *h; const struct entity *e; struct buf *out; };

static void wrong(const struct looking *l, const char *part, const char *what)
{
    buf_fmt(l->out, "%s.%s: %s\n", l->e->name, part ? part : "", what);
}

static const struct field *field_of(const struct looking *l, const char *name)
{
    return field_named(l->e->fields, sv_of(name));
}

/* --- names --- */

/* Words that one engine or the other keeps for itself. */
static const char *const sql_words[] = {
    "all", "and", "as", "asc", "between", "by", "case", "check", "column", "create",
    "current_date", "default", "delete", "desc", "distinct", "drop", "else", "end", "exists",
    "fetch", "for", "foreign", "from", "grant", "group", "having", "in", "index", "insert",
    "into", "is", "join", "left", "like", "limit", "natural", "not", "null", "offset", "on",
    "or", "order", "outer", "primary", "references", "right", "select", "set", "some", "table",
    "then", "to", "transaction", "union", "unique", "update", "user", "using", "values", "when",
    "where", "window", "with", NULL,
};

static void name_check(const struct looking *l, const char *name)
{
    for (size_t i = 0; sql_words[i]; i++)
        if (strcmp(sql_words[i], name) == 0)
            wrong(l, name, "is an SQL word");
    size_t len = strlen(name);
    if (len == 0 || len > 48 || strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789") != len)
        wrong(l, name, "a name has 1 to 48 small letters, digits or _");
}

/* --- fields --- */

static void row_fields_check(const struct looking *l)
{
    static const char *const first[] = { "id", "version", "scope", "created_at", "ended_at" };
    for (size_t i = 0; i < 5; i++)
        if (l->e->fields[i].kind == KIND_END || strcmp(l->e->fields[i].name, first[i]) != 0) {
            wrong(l, first[i], "fields begin with ROW_FIELDS");
            return;
        }
}

static void field_look(const struct looking *l, const struct field *f)
{
    name_check(l, f->name);
    if (!f->zh || !f->en)
        wrong(l, f->name, "has no label in both languages");
    if (f->filter && f->class == SECRET)
        wrong(l, f->name, "a SECRET field cannot be filtered by");
    if (f->search && (f->class == SECRET || f->kind != KIND_TEXT))
        wrong(l, f->name, "only text that is not SECRET can be searched");
    if (field_sealed(f) && f->default_sql)
        wrong(l, f->name, "a sealed field has no default");
    if (f->kind == KIND_LINK && (!f->links || !house_entity(l->h, sv_of(f->links))))
        wrong(l, f->name, "links to no entity of the house");
    if ((f->kind == KIND_CHOICE || f->kind == KIND_SET) && !f->choices)
        wrong(l, f->name, "has no choices");
    for (const struct field *other = l->e->fields; other != f; other++)
        if (strcmp(other->name, f->name) == 0)
            wrong(l, f->name, "is there twice");
}

static void dated_look(const struct looking *l)
{
    static const char *const needed[] = { "valid_from", "valid_to", "recorded_at", "source" };
    for (size_t i = 0; l->e->kind == ENTITY_DATED && i < 4; i++)
        if (!field_of(l, needed[i]))
            wrong(l, needed[i], "a dated entity needs this field");
}

/* --- sorts, indexes, references to fields --- */

static void sorts_look(const struct looking *l)
{
    for (const struct sort *s = l->e->sorts; s && s->name; s++) {
        const struct field *f = field_of(l, s->column);
        if (!f || !field_stored(f) || field_sealed(f))
            wrong(l, s->column, "cannot be sorted by");
        if (!s->zh || !s->en)
            wrong(l, s->name, "the sort has no label in both languages");
    }
}

/* Each number that is typed into a search is one look-up. */
static void whole_look(const struct looking *l)
{
    for (const struct field *f = l->e->fields; f->kind != KIND_END; f++) {
        bool indexed = false;
        for (const struct index *x = l->e->indexes; x && x->name; x++) {
            struct sv rest = sv_of(x->columns), first;
            indexed = indexed || (sv_cut(&rest, ',', &first) && sv_is(sv_trim(first), f->name));
        }
        if (f->search_whole && (f->kind != KIND_TEXT || f->class != OPEN || !indexed))
            wrong(l, f->name, "only open text that begins an index is found as a whole");
    }
}

static bool message_known(const struct house *h, const char *key)
{
    bool known = message_named(base_messages, key) || message_named(model_messages, key);
    for (size_t i = 0; h->modules && h->modules[i] && !known; i++)
        known = h->modules[i]->messages && message_named(h->modules[i]->messages, key);
    return known;
}

static void indexes_look(const struct looking *l)
{
    for (const struct index *x = l->e->indexes; x && x->name; x++) {
        struct sv rest = sv_of(x->columns), part;
        while (sv_cut(&rest, ',', &part)) {
            part = sv_trim(part);
            ptrdiff_t space = sv_find_byte(part, ' ');
            const struct field *f = field_named(
                l->e->fields, space < 0 ? part : sv_head(part, (size_t)space));
            if (!f || f->class == SECRET)
                wrong(l, x->name, "the index names a column that is not there, or SECRET");
        }
        if (x->message && !message_known(l->h, x->message))
            wrong(l, x->name, "the index's message has no sentence");
    }
}

static void link_look(const struct looking *l, const char *name, const char *what)
{
    const struct field *f = name ? field_of(l, name) : NULL;
    if (name && (!f || (f->kind != KIND_LINK && f->kind != KIND_ID)))
        wrong(l, name, what);
}

/* --- work-flow --- */

static bool state_known(const struct field *f, struct sv key)
{
    int index;
    return choice_of(f->choices, key, &index);
}

static void step_look(const struct looking *l, const struct field *state, const struct step *s)
{
    struct sv rest = sv_of(s->from), one;
    while (sv_cut(&rest, ',', &one))
        if (!state_known(state, sv_trim(one)))
            wrong(l, s->action, "the step comes from no state");
    if (s->to[0] && !state_known(state, sv_of(s->to)))
        wrong(l, s->action, "the step leads to no state");
    if (!s->from[0] && (!s->to[0] || s->takes))
        wrong(l, s->action, "a first step needs a state and takes nothing");
    if (!s->automatic && (!s->may || !s->zh || !s->en))
        wrong(l, s->action, "the step has no right or no label");
}

static void steps_look(const struct looking *l)
{
    const struct field *state = l->e->state ? field_of(l, l->e->state) : NULL;
    if (!l->e->steps && !l->e->state)
        return;
    if (!state || state->kind != KIND_CHOICE || !state->read_only) {
        wrong(l, l->e->state, "the state must be a read-only choice");
        return;
    }
    if (l->e->kind == ENTITY_APPEND_ONLY)
        wrong(l, l->e->state, "what is never changed has no states");
    for (const struct step *s = l->e->steps; s && s->action; s++)
        step_look(l, state, s);
}

/* The states that follow an elder who moves are states, of rows that name her. */
static void open_look(const struct looking *l)
{
    const struct field *state = l->e->open && l->e->state ? field_of(l, l->e->state) : NULL;
    struct sv rest = sv_of(l->e->open), key;
    if (l->e->open && (!state || !l->e->elder))
        wrong(l, l->e->open, "open states need a state and an elder");
    while (state && state->choices && sv_cut(&rest, ',', &key))
        if (!state_known(state, key))
            wrong(l, l->e->open, "names a state that there is not");
}

static void entity_look(const struct looking *l)
{
    const struct entity *e = l->e;
    name_check(l, e->name);
    row_fields_check(l);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        field_look(l, f);
    dated_look(l);
    sorts_look(l);
    indexes_look(l);
    whole_look(l);
    steps_look(l);
    link_look(l, e->elder, "the elder is no link or id");
    link_look(l, e->scope_of, "the scope comes from no link");
    link_look(l, e->found_by, "is found by no link");
    open_look(l);
    const struct field *title = e->title ? field_of(l, e->title) : NULL;
    if (e->title && (!title || field_sealed(title)))
        wrong(l, e->title, "a title is a field that is not sealed");
    if (!e->zh || !e->en || e->size == 0)
        wrong(l, NULL, "has no label in both languages, or no size");
    if (house_entity(l->h, sv_of(e->name)) != e)
        wrong(l, NULL, "another entity has this name");
}

static void module_look(const struct house *h, const struct module *m, struct buf *out)
{
    for (size_t i = 0; m->entities && m->entities[i]; i++)
        entity_look(&(struct looking){ h, m->entities[i], out });
}

void house_faults(const struct house *h, struct buf *out)
{
    module_look(h, &model_module, out);
    for (size_t i = 0; h->modules && h->modules[i]; i++)
        if (h->modules[i] != &model_module)
            module_look(h, h->modules[i], out);
}
