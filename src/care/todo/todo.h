/*
 * todo.h - 待办: what waits for the signed-in person, out of every entity, by declaration.
 *
 * A module declares kinds of waiting as a table. A kind is a list of one entity (rows in some
 * state), who may act on them, when they are due and what their one line shows. Rows come through
 * the entity's own list, so nobody sees a row here that its list would not show, and through the
 * rights that the kind names, so nobody is told of what she could not do.
 *
 *     static const struct todo_kind todos[] = {
 *         { .key = "leaves_asked", .zh = "请假待批", .en = "Leave to decide",
 *           .entity = "leave_note", .list = "state=asked", .due = "from_day",
 *           .may = RIGHT(MAY_WRITE_STAFF), .shows = "carer,kind,from_day,to_day" },
 *         { 0 },
 *     };
 *
 * The list's condition needs an index that begins with what it is equal to, then the scope.
 */
#ifndef CARE_TODO_H
#define CARE_TODO_H

#include "care/figure/figure.h"
#include "model/row/list.h"

/* Danger stands before all else, be it due or not: somebody may lie behind that door. */
enum todo_weight { TODO_USUAL, TODO_URGENT, TODO_LOW, TODO_DANGER };

struct todo_kind {
    const char *key, *zh, *en;
    const char *entity;
    const char *list;          /* query string; words in braces as in figure.h */
    const char *due;           /* a day or moment that lists filter by; NULL: no deadline */
    const char *within;        /* parameter: days (of a moment: hours) behind `due`; or NULL */
    uint64_t    may;           /* bit per right: any of them; read-only roles never */
    bool        not_org;       /* never for an organisation: it would decide on itself */
    const char *not_by;        /* LINK to the account that must not decide its own; or NULL */
    const char *owner;         /* LINK to the account that has taken it; or NULL */
    const char *shows;         /* fields of its one line, comma between */
    enum todo_weight weight;
};

enum { TODO_COUNT_MAX = 1000, TODO_ROWS = 20, TODO_ROWS_MAX = 200, TODO_KINDS_MAX = 64 };

/* Whose rows of kinds that can be taken. */
enum todo_whose { TODO_MINE_OR_FREE, TODO_MINE, TODO_ALL };

struct todo_asked {
    struct sv kind;            /* "" all of them */
    int       whose;           /* enum todo_whose */
    int64_t   size;            /* rows of each kind, 0: TODO_ROWS */
};

/* How many of one kind wait; 1,001 says "more than 1,000". */
struct todo_count {
    const struct todo_kind *of;
    struct sv key, name, entity, entity_name, list;
    int       weight;
    bool      taken;           /* rows of it can be taken by one person */
    int64_t   total, late, today;
};
extern const struct field todo_count_fields[];

/* A piece of its line: words, or a day or a moment that the screen tells as people say it. */
struct todo_part { struct sv text; struct day day; struct moment at; };

/* One step that the caller may take on the row now. */
struct todo_action { struct sv name, label; };

enum todo_when { TODO_LATE, TODO_TODAY, TODO_LATER, TODO_SOME_DAY };
struct todo_row {
    struct sv     kind, entity, id, title;
    int           when, weight;
    struct moment due;         /* its last moment; of a day the day's end; 0: no deadline */
    bool          day_only;    /* the deadline is a day */
    struct sv     owner, owner_title;
    bool          mine;
    struct sv     handed_by, handed_why; /* who handed it to its owner: title, words; or "" */
    int64_t       version;
    struct list   parts, actions;
};
extern const struct field todo_row_fields[];

/* The caller's kinds that have rows, worst first; none for callers without rights to act. */
MUST enum err todo_counts(struct ctx *c, const struct todo_asked *q, struct list *ret_counts);
/* Of each of these kinds its most pressing rows in one order: danger, late, today, later, none. */
MUST enum err todo_rows(struct ctx *c, const struct todo_asked *q, const struct list *counts,
                        struct list *ret_rows);

/* What is wrong with the declared kinds, a line each: a test asks that there is nothing. */
void todo_faults(struct ctx *c, struct buf *out);

extern const struct module todo_module;

#endif
