/* answer.c - rows as JSON: masks, titles of links, actions. */

#include "base/log.h"
#include "model/inside.h"

#include <string.h>

/* --- titles of links, looked up once for a page --- */

struct title { int64_t id; struct sv text; };
struct titles {
    const struct field *link;
    const struct field *title;           /* of the entity it leads to */
    struct title       *at;
    size_t              n;
};

enum { TITLES_AT_ONCE = 200 };

static const struct field *title_field(struct ctx *c, const struct field *link)
{
    const struct entity *to = link->links ? house_entity(c->house, sv_of(link->links)) : NULL;
    const struct field *f = to && to->title ? field_named(to->fields, sv_of(to->title)) : NULL;
    assert(!f || !field_sealed(f));
    return f && f->kind == KIND_TEXT ? f : NULL;
}

static void title_put(struct ctx *c, struct titles *t, int64_t id, struct sv text, bool plain)
{
    if (t->title->class == MASKED && !plain)
        text = mask_text(&c->mem, t->title->mask, text);
    t->at[t->n++] = (struct title){ id, text };
}

static enum err titles_read(struct ctx *c, struct titles *t, const int64_t *ids, size_t n,
                            bool plain)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT id, ");
    build_name(&b, t->title->name);
    build_sql(&b, " FROM ");
    build_name(&b, t->link->links);
    build_sql(&b, " WHERE id IN (");
    for (size_t i = 0; i < n; i++) {
        build_piece(&b, i ? ", " : "");
        build_value(&b, V_INT(ids[i]));
    }
    build_sql(&b, ")");
    struct rows r = build_rows(c, &b);
    while (rows_next(&r))
        title_put(c, t, rows_int(&r, 0), rows_text(&r, 1), plain);
    return rows_end(&r);
}

/* All titles of one row by one statement, a subquery a link. */
static enum err titles_read_one(struct ctx *c, struct titles *all, size_t n, const int64_t *ids,
                                bool plain)
{
    struct build b = build_new(c);
    for (size_t i = 0; i < n; i++) {
        build_piece(&b, i ? ", (SELECT " : "SELECT (SELECT ");
        build_name(&b, all[i].title->name);
        build_sql(&b, " FROM ");
        build_name(&b, all[i].link->links);
        build_sql(&b, " WHERE id = ");
        build_value(&b, V_INT(ids[i]));
        build_sql(&b, ")");
    }
    struct rows r = build_rows(c, &b);
    if (rows_next(&r))
        for (size_t i = 0; i < n; i++)
            if (rows_value(&r, (int)i).type != VALUE_NULL)
                title_put(c, &all[i], ids[i], rows_text(&r, (int)i), plain);
    return rows_end(&r);
}

static const void *row_n(const struct entity *e, const void *rows, size_t i)
{
    return (const char *)rows + i * e->size;
}

/* The ids that the rows link to, each once. */
static size_t links_of(const struct entity *e, const struct field *link, const void *rows, size_t n,
                       int64_t *ids)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t id = field_int(link, row_n(e, rows, i));
        bool known = id == 0;
        for (size_t k = 0; k < found && !known; k++)
            known = ids[k] == id;
        if (!known)
            ids[found++] = id;
    }
    return found;
}

/* NULL: no title is shown with it. */
static const struct field *title_shown(struct ctx *c, const struct field *f, bool brief)
{
    return f->kind == KIND_LINK && !f->hidden && (!brief || f->brief) ? title_field(c, f) : NULL;
}

static enum err titles_of_one(struct ctx *c, const struct entity *e, const void *row, bool plain,
                              bool brief, struct titles *all)
{
    int64_t *ids = NEW(&c->mem, int64_t, fields_n(e->fields));
    size_t n = 0;
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (f->kind != KIND_LINK || field_int(f, row) == 0)
            continue;
        const struct field *title = title_shown(c, f, brief);
        if (!title)
            continue;
        ids[n] = field_int(f, row);
        all[n++] = (struct titles){ f, title, NEW(&c->mem, struct title, 1), 0 };
    }
    return n ? titles_read_one(c, all, n, ids, plain) : ERR_NONE;
}

static enum err titles_of_page(struct ctx *c, const struct entity *e, const void *rows, size_t n,
                               bool plain, bool brief, struct titles *all)
{
    int64_t *ids = NEW(&c->mem, int64_t, n);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        const struct field *title = title_shown(c, f, brief);
        if (!title)
            continue;
        struct titles *t = all++;
        size_t ids_n = links_of(e, f, rows, n, ids);
        *t = (struct titles){ f, title, NEW(&c->mem, struct title, ids_n), 0 };
        for (size_t i = 0; i < ids_n; i += TITLES_AT_ONCE) {
            size_t part = ids_n - i < TITLES_AT_ONCE ? ids_n - i : TITLES_AT_ONCE;
            TRY(titles_read(c, t, ids + i, part, plain));
        }
    }
    return ERR_NONE;
}

/* Titles of every link of a page. A row without titles is still an answer, so a failure is logged.
 */
struct titles *titles_of(struct ctx *c, const struct entity *e, const void *rows, size_t n,
                         bool plain, bool brief)
{
    struct titles *all = NEW(&c->mem, struct titles, fields_n(e->fields) + 1);
    struct fault kept = c->fault;
    enum err err = n == 1 ? titles_of_one(c, e, rows, plain, brief, all)
                          : titles_of_page(c, e, rows, n, plain, brief, all);
    if (err != ERR_NONE && !c->fault.retryable)
        log_fault(c, "answer.titles");                  /* else the whole request is run again */
    c->fault = kept;
    return all;
}

struct sv title_of(const struct titles *all, const struct field *f, int64_t id)
{
    for (const struct titles *t = all; t->link; t++)
        for (size_t i = 0; t->link == f && i < t->n; i++)
            if (t->at[i].id == id)
                return t->at[i].text;
    return SV("");
}

static bool has_title(const struct titles *all, const struct field *f, int64_t id)
{
    for (const struct titles *t = all; t->link; t++)
        for (size_t i = 0; t->link == f && i < t->n; i++)
            if (t->at[i].id == id)
                return true;
    return false;
}

static void title_json(struct ctx *c, struct json *j, const struct titles *all,
                       const struct field *f, int64_t id)
{
    if (has_title(all, f, id))
        json_text(j, sv_fmt(&c->mem, "%s_title", f->name).at, title_of(all, f, id));
}

/* --- one row --- */

void masked_field(struct json *j, const struct field *f, const void *row)
{
    if (field_absent(f, row))
        return;
    if (f->kind == KIND_TEXT) {
        struct sv shown = mask_text(j->out->mem, f->mask, field_text(f, row));
        if (shown.len)
            json_text(j, f->name, shown);
    } else if (f->kind == KIND_DEGREES && f->mask == MASK_COARSE) {
        int64_t n = field_int(f, row), half = n < 0 ? -50000 : 50000;
        json_fixed(j, f->name, (n + half) / 100000, 2);
    }                                     /* a grade, a flag, a number: left out */
}

static void field_json(struct json *j, const struct field *f, const void *row, bool plain)
{
    if (f->hidden || f->class == SECRET)
        return;
    if (f->class == OPEN || (f->class == MASKED && plain))
        json_field(j, f, row);
    else
        masked_field(j, f, row);
}

static void steps_json(struct ctx *c, struct json *j, const struct entity *e, const void *row)
{
    const struct step *steps[STEPS_MAX];
    size_t n = entity_steps(c, e, row, steps);
    json_array(j, "actions");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_text(j, "name", sv_of(steps[i]->action));
        json_text(j, "label", sv_of(c->lang == LANG_EN ? steps[i]->en : steps[i]->zh));
        if (steps[i]->reason)
            json_bool(j, "reason", true);
        if (steps[i]->danger)
            json_bool(j, "danger", true);
        if (steps[i]->takes) {
            json_array(j, "takes");
            for (const struct field *f = steps[i]->takes; f->kind != KIND_END; f++)
                json_text(j, NULL, sv_of(f->name));
            json_end(j, ']');
        }
        json_end(j, '}');
    }
    json_end(j, ']');
}

struct shown { const struct entity *e; const struct titles *titles; bool plain, brief; };

/* What a list shows of it: its id, its title, the columns that are brief. */
static bool is_brief(const struct entity *e, const struct field *f)
{
    return f->brief || (e->title && strcmp(f->name, e->title) == 0);
}

static void row_json(struct ctx *c, struct json *j, const char *name, const struct shown *s,
                     const void *row)
{
    json_object(j, name);
    for (const struct field *f = s->e->fields; f->kind != KIND_END; f++) {
        if (s->brief && !is_brief(s->e, f))
            continue;
        field_json(j, f, row, s->plain);
        if (f->kind == KIND_LINK && !f->hidden && field_int(f, row))
            title_json(c, j, s->titles, f, field_int(f, row));
    }
    if (s->e->steps && !s->brief)
        steps_json(c, j, s->e, row);
    json_end(j, '}');
}

void entity_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                 const void *row, bool plain)
{
    struct shown s = { e, titles_of(c, e, row, 1, plain, false), plain, false };
    row_json(c, j, name, &s, row);
}

static void page_json(struct ctx *c, struct json *j, const char *name, const struct shown *s,
                      const struct page *page)
{
    json_array(j, name);
    for (size_t i = 0; i < page->n; i++)
        row_json(c, j, NULL, s, row_n(s->e, page->rows, i));
    json_end(j, ']');
}

void entity_page_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                      const struct page *page, bool plain)
{
    struct shown s = { e, titles_of(c, e, page->rows, page->n, plain, false), plain, false };
    page_json(c, j, name, &s, page);
}

void entity_brief_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                       const struct page *page)
{
    struct shown s = { e, titles_of(c, e, page->rows, page->n, false, true), false, true };
    page_json(c, j, name, &s, page);
}
