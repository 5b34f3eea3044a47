/*
 * entity.h - an entity is declared once; table, API, console list and form, history, import and
 * export then exist. Reads and writes apply scope, rights, masks, history, events, search keys and
 * idempotency; the request is the transaction.
 */
#ifndef MODEL_ENTITY_H
#define MODEL_ENTITY_H

#include "model/who/who.h"
#include "store/db.h"
#include "store/schema.h"

enum entity_kind {
    ENTITY_ORDINARY,
    ENTITY_APPEND_ONLY,        /* events, history: never changed */
    ENTITY_DATED,              /* has valid_from, valid_to (days), recorded_at, source */
};
/* One way a list may be sorted; each has its index. */
struct sort { const char *name; const char *column; bool down; const char *zh, *en; };

/*
 * One step of a life: {from, action, to, who may, guard, effect}. The answer to a read names the
 * actions the reader may take now. No state changes any other way.
 */
struct step {
    const char *from;          /* state keys, comma between; "" only on create */
    const char *action;        /* "accept" */
    const char *to;            /* state key; "" keeps the state (a note, a photo) */
    uint64_t    may;           /* bit per right: any of them, RIGHT(MAY_SERVE_ORDERS) | … */
    const char *zh, *en;       /* the button */
    /* NULL or: ERR_NONE when the step may be taken now. Also asked to name actions: no writes. */
    enum err  (*guard)(struct ctx *c, const void *row);
    /* NULL or: changes row and whatever else goes with it, before the row is stored. */
    enum err  (*effect)(struct ctx *c, void *row, const void *input);
    const struct field *takes; /* fields of the input record; NULL: takes nothing */
    size_t      takes_size;
    bool        reason;        /* asks for a reason */
    bool        danger;        /* the button asks again */
    bool        automatic;     /* only other code takes it; never a button */
};
#define RIGHT(r) (UINT64_C(1) << (r))

struct entity {
    const char          *name;          /* table, API segment: "visit"; no SQL word: "care_order" */
    const char          *zh, *en;
    enum entity_kind     kind;
    size_t               size;          /* of the struct */
    const struct field  *fields;        /* begins with ROW_FIELDS */
    const struct index  *indexes;
    const struct sort   *sorts;         /* first is the default; id is always there last */
    const char          *state;         /* name of the CHOICE field that the work-flow moves */
    const struct step   *steps;         /* ends with { 0 } */
    const char          *title;         /* field that a link to the row shows */
    enum right           reads;         /* asked of staff; citizens need seen_by_own */
    enum right           writes;        /* for the generic create and update */
    enum right           creates;       /* 0: as writes */
    bool                 no_create, no_update;   /* only rules write it */
    /*
     * Whose rows a reader sees beyond scope: static SQL over the table, `$` stands for the caller's
     * account, organisation or carer. NULL: none of that kind of caller sees any.
     */
    const char          *seen_by_own;
    const char          *seen_by_org;   /* "org = $" */
    const char          *seen_by_carer; /* "carer = $" */
    bool                 seen_by_all;   /* whoever holds `reads` sees every row (a directory) */
    const char          *elder;         /* field naming the elder it is about ("id" of herself) */
    const char          *open;          /* states in which a row goes along when she moves */
    const char          *scope_of;      /* LINK whose row's scope this row takes and follows */
    const char          *found_by;      /* LINK: the words of that row find this one, not its own */
    const char          *menu;          /* console menu group key; NULL: no menu entry */
    bool                 files;         /* attachments; `filed` (or NULL) hears of each stored */
    enum class           files_class;   /* not OPEN: sealed on disk, opening them is logged */
    enum err (*filed)(struct ctx *c, const void *row, struct sv hash, struct sv type);
    bool                 no_history;    /* only for rows that are themselves a log */
    bool                 no_events;     /* made with another row, whose event tells of both */
    /* NULL or: rules of one write, after the table's; `before` NULL on create. May set fields. */
    enum err           (*rules)(struct ctx *c, const void *before, void *row);
    /* NULL or: what follows a stored write; other modules declare theirs (struct follower). */
    enum err           (*follow)(struct ctx *c, const void *before, const void *row,
                                 const char *action);
    bool                 follows_values;   /* … only values that change: no row made or ended */
};

/* Does the caller's role create, or change, rows at all? For generic endpoints. */
bool entity_may_create(const struct ctx *c, const struct entity *e);
bool entity_may_update(const struct ctx *c, const struct entity *e);

/* --- one row --- */

/*
 * Checks (fields, links, rules), gives id (unless set), version 1, scope (scope_of, or row.scope;
 * when 0 the low end of an officer's first range), seals, stores, notes history, event and search
 * keys. The rights `writes` and `creates` are asked by the generic endpoints, not here; here the
 * caller's role must write at all, an officer's row must lie in her ranges, the row of a citizen,
 * organisation or carer must be one she then sees (where the entity has that seen_by), and every
 * link she sets must lead to a row she sees. ERR_INVALID with all faults, ERR_CONFLICT,
 * ERR_FORBIDDEN. Where steps begin with from "", the state must be the `to` of one she may take.
 */
MUST enum err entity_create(struct ctx *c, const struct entity *e, void *row);

/*
 * The same, and three below, whatever the caller may write or see: for rules. History names her.
 * `under`: a row that belongs to one created in this same transaction, of the scope given.
 */
MUST enum err entity_create_by_rule(struct ctx *c, const struct entity *e, void *row);
MUST enum err entity_create_under(struct ctx *c, const struct entity *e, void *row);
MUST enum err entity_update_by_rule(struct ctx *c, const struct entity *e, void *row,
                                    int64_t version, const char *action);
MUST enum err entity_act_by_rule(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                                 struct sv action, const void *input, void *ret_row);

const struct row *entity_row(const struct entity *e, const void *row);  /* version, scope, times */

/* The row as the caller may see it, plain values in the struct; ERR_MISSING when there is none. */
MUST enum err entity_get(struct ctx *c, const struct entity *e, int64_t id, void *ret_row);

/* The same without asking who reads: for rules that look across, never straight to an answer. */
MUST enum err entity_load(struct ctx *c, const struct entity *e, int64_t id, void *ret_row,
                          bool *ret_found);

/*
 * Stores a changed row (loaded before) when its version is still `version`, else ERR_CONFLICT
 * "version.stale" with fault.current. Checks as create; ERR_MISSING when the caller does not see
 * it, ERR_FORBIDDEN when she may not change it, or append-only; ERR_CONFLICT "state.by_action".
 * `action` is for history and event. Not written when no field changed. The row gets its version.
 */
MUST enum err entity_update(struct ctx *c, const struct entity *e, void *row, int64_t version,
                            const char *action);

/*
 * Takes a work-flow step: finds it by state and action, asks right and guard, runs effect, stores.
 * ERR_MISSING "step.unknown", ERR_CONFLICT "step.not_now" (or version.stale), ERR_INVALID when a
 * reason or input is missing. Steps marked automatic are taken only by entity_act_by_rule.
 */
MUST enum err entity_act(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                         struct sv action, const void *input, void *ret_row);

enum { STEPS_MAX = 16 };       /* the room of *ret_steps: steps the caller may take now */
size_t entity_steps(struct ctx *c, const struct entity *e, const void *row,
                    const struct step **ret_steps);

/*
 * Many new rows at once (imports, demo), inside a transaction: no checks, rules or scope_of, the
 * scope is given; id, version and created_at are filled in where they are 0. Sealing and search
 * keys as always; one line of history and one event ("bulk", row 0) a batch. Memory grows with n.
 */
MUST enum err entity_bulk(struct ctx *c, const struct entity *e, void *rows, size_t n);
#include "model/row/list.h"
#include "model/row/answer.h"
#endif
