/* inside.h - what model's own files share; no other folder includes it. */
#ifndef MODEL_INSIDE_H
#define MODEL_INSIDE_H

#include "base/json.h"
#include "model/house.h"
#include "model/seal/seal.h"
#include "store/build.h"

#include <assert.h>

/* --- columns.c: fields as physical columns --- */

enum value_type column_type(const struct field *f);
bool field_stored(const struct field *f);          /* lists and nested records have no column */
bool field_sealed(const struct field *f);          /* SEALED or SECRET */
struct table entity_table(struct arena *mem, const struct entity *e);

/* --- cells.c: the physical values of a row --- */

struct cell { const char *column; struct value value; };
struct cells { struct cell *at; size_t n, room; };

/* The columns of one field: one, or a ciphertext with its blind indexes. */
MUST enum err cells_of(struct ctx *c, const struct entity *e, const struct field *f,
                       const void *row, struct cells *cells);
/* "id, version, …" as row_take reads them; to_answer: NULL for what is sealed and not shown. */
void build_columns(struct build *b, const struct entity *e, bool to_answer);
MUST enum err row_take(struct ctx *c, struct rows *r, const struct entity *e, void *ret_row);

/* A value as text, and back: what is encrypted. */
struct sv value_text(struct arena *mem, struct value v);
bool value_read(enum value_type type, struct sv text, struct value *ret_value);

/* A condition over a SEALED field: equality through its index (of 4 characters: its last four). */
void build_blind(struct ctx *c, struct build *b, const struct entity *e, const struct field *f,
                 struct sv value);
/* The same over the whole value, however short it is. */
void build_blind_key(struct ctx *c, struct build *b, const struct entity *e,
                     const struct field *f, struct sv value);

/* --- scope.c: what the caller sees and may change --- */

enum view_use { VIEW_READ, VIEW_WRITE };
struct view {
    bool        all;
    bool        ranges;              /* the caller's ranges count */
    const char *condition;           /* seen_by_*, `$` stands for self; NULL: none */
    int64_t     self;
    bool        elders;              /* rows about elders granted to the caller */
};

/* ERR_SIGN_IN, ERR_FORBIDDEN when the caller may read (write) none of this entity. */
MUST enum err view_of(struct ctx *c, const struct entity *e, enum view_use use,
                      struct view *ret_view);
/* " OR scope BETWEEN …" for each of the caller's ranges. */
void build_ranges(struct build *b, const struct who *w, bool no_scope_index);
/* " AND (…)"; nothing for a caller who sees all. */
void build_view(struct ctx *c, struct build *b, const struct entity *e, const struct view *v,
                bool no_scope_index);
/* Does the caller see (may she change) this stored row? *ret_scope (may be NULL) is the row's. */
MUST enum err row_seen(struct ctx *c, const struct entity *e, enum view_use use, int64_t id,
                       bool *ret_seen, int64_t *ret_scope);
MUST enum err row_scope(struct ctx *c, const struct entity *e, int64_t id, bool *ret_found,
                        int64_t *ret_scope);
/* A row's scope has changed: rows that take theirs from it follow. */
MUST enum err scope_follow(struct ctx *c, const struct entity *e, int64_t id, int64_t scope);

bool who_is_house(const struct ctx *c);

/* --- rows --- */

int64_t row_id(const struct entity *e, const void *row);
struct row *row_of(const struct entity *e, void *row);
int64_t row_link(const struct entity *e, const void *row, const char *field);   /* or 0 */
int64_t row_elder(const struct entity *e, const void *row);                     /* or 0 */

/* --- query.c --- */

/* May a list be filtered by it? id, created_at and scope of every row may, undeclared. */
bool field_filters(const struct field *f);

/* --- write.c: one write on its way --- */

struct change {
    const struct entity *e;
    const void          *before;     /* NULL: a new row */
    void                *row;
    const char          *action;     /* for history and events */
    bool                 by_rule;    /* not the caller's own act: who may write is not asked */
    bool                 scoped;     /* its scope is said: what it belongs to is not asked */
};
/* Fields, links, rules, scope. */
MUST enum err change_check(struct ctx *c, const struct change *ch);
/* The row, its search keys, history and event; then what follows. */
MUST enum err change_store(struct ctx *c, const struct change *ch);
MUST enum err stale(struct ctx *c, const struct entity *e, const void *current, int64_t version);
/* ERR_MISSING when the caller does not see the row, ERR_FORBIDDEN when she may only read it. */
MUST enum err change_allowed(struct ctx *c, const struct entity *e, int64_t id);
/* Who may change the row now, and the row as it stands at `version`. */
MUST enum err step_row(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                       bool by_rule, void *ret_before);
MUST enum err may_write(struct ctx *c, const struct entity *e, bool by_rule);

/* --- search/condition.c --- */

/* " AND (…)": rows that all words of the text lead to. */
MUST enum err build_search(struct ctx *c, struct build *b, const struct entity *e, struct sv text);

/* --- flow.c --- */

/* False when the entity has no work-flow. */
bool state_of(const struct entity *e, const void *row, struct sv *ret_state);
/* The step that makes a row (from ""), NULL when the entity declares none. */
MUST enum err flow_start(struct ctx *c, const struct change *ch, const struct step **ret_step);

/* --- list.c --- */

/* SQLite's plan of the list, a line a step: for tests. */
MUST enum err list_explain(struct ctx *c, const struct entity *e, const struct query *q,
                           struct buf *ret_plan);

/* --- history.c --- */

MUST enum err history_add(struct ctx *c, const struct change *ch);
/* A line that is no change of a field: a batch, a look at complete values. `after` is JSON. */
struct note { const char *entity; int64_t row, elder, scope; const char *action; struct sv after; };
MUST enum err history_note(struct ctx *c, const struct note *n);

/* --- answer.c --- */

/* A MASKED text as it is shown to somebody who has not unmasked it. */
void masked_field(struct json *j, const struct field *f, const void *row);

/* Titles of links of n rows; a failure is logged. */
struct titles;
struct titles *titles_of(struct ctx *c, const struct entity *e, const void *rows, size_t n,
                         bool plain, bool brief);
struct sv title_of(const struct titles *all, const struct field *f, int64_t id);      /* or "" */

MUST enum err sessions_clean(struct ctx *c);
struct history;
struct sv history_hash(struct arena *mem, const struct history *h);      /* over all but .hash */

extern const struct table model_tables[];        /* ends with { 0 } */

#endif
