/*
 * field.h - field tables: one table over a plain struct drives columns, binding, validation,
 * JSON both ways, the API's schema, the console's lists and forms, masking and history.
 *
 *     const struct field visit_fields[] = {
 *         ROW_FIELDS(struct visit),
 *         LINK  (struct visit, carer, "carer", .required = true, .zh = "护理员", .en = "Carer"),
 *         FIELD (struct visit, start_min, .low = 0, .high = 1439, .zh = "开始", .en = "Start"),
 *         CHOICE(struct visit, state, visit_states, .zh = "状态", .en = "State"),
 *         { 0 },
 *     };
 *
 * A member no kind fits does not compile, so table and struct cannot drift apart.
 * Absent values: text of length 0, a link of 0, a moment of 0, DAY_NONE, an unknown opt_int;
 * they are NULL in the database and left out of JSON. A choice is never absent (its row 0 is
 * the default). Money and plain integers are always there.
 */
#ifndef BASE_FIELD_H
#define BASE_FIELD_H

#include "base/member.h"

enum kind {
    KIND_END,                                 /* closes a table */
    KIND_BOOL, KIND_INT, KIND_OPT_INT, KIND_REAL, KIND_TEXT,
    KIND_ID,                                  /* the row's own id */
    KIND_LINK,                                /* another row's id */
    KIND_CHOICE,                              /* int, index of .choices; key in store and JSON */
    KIND_SET,                                 /* struct set; integer in the store, keys in JSON */
    KIND_MONEY,                               /* fen */
    KIND_MOMENT, KIND_DAY,
    KIND_DEGREES,                             /* 1e-7 in the store, a number of degrees in JSON */
    KIND_JSON,                                /* struct text */
    KIND_LIST,                                /* struct list of .record rows of .record_size */
    KIND_RECORD,                              /* a nested struct of .record fields */
};

/* What is shown (design: privacy). */
enum class {
    OPEN,
    MASKED,         /* plain in the database, masked in answers by .mask */
    SEALED,         /* encrypted, found only by equality through a keyed blind index */
    SECRET,         /* encrypted, never found by value */
};

enum mask {
    MASK_ALL,       /* ••• */
    MASK_NAME,      /* 王** (the family name stays) */
    MASK_PHONE,     /* 138****1234 */
    MASK_ID,        /* 9****************X */
    MASK_ADDRESS,   /* as far as the compound, then *** */
    MASK_COARSE,    /* degrees rounded to 0.01; a grade or flag is left out */
};

struct field {
    const char          *name;            /* of column, JSON member, form field */
    enum kind            kind;
    size_t               offset;
    enum class           class;
    enum mask            mask;            /* of MASKED, SEALED and SECRET fields */
    bool                 required;        /* must be given (and not empty) on create */
    bool                 read_only;       /* never taken from a person: rules set it */
    bool                 create_only;     /* taken on create, refused on change */
    bool                 hidden;          /* not in answers at all (keys, hashes) */
    bool                 filter;          /* lists filter by it (needs an index or a scope) */
    bool                 brief;           /* a column of the generic list */
    bool                 search;          /* its words find the row; SEALED: the whole, the end */
    bool                 search_whole;    /* text: found as a whole, letters in any case */
    bool                 many_lines;      /* text: a text area */
    bool                 code;            /* integers: no quantity, so a string in JSON (scope) */
    int64_t              low, high;       /* numbers: range; text: characters; 0, 0: record.h */
    const struct choice *choices;         /* KIND_CHOICE, KIND_SET; ends with { 0 } */
    const char          *links;           /* KIND_LINK: name of the entity */
    const struct field  *record;          /* KIND_LIST, KIND_RECORD: fields of one;
                                              KIND_JSON: of one element, for the document */
    size_t               record_size;
    const char          *was;             /* the column's name before a rename */
    const char          *default_sql;     /* for rows older than the column: "0", "'none'" */
    const char        *(*check)(struct sv value);  /* text: form (ID number, phone); NULL when good,
                                                      else the message key that says the fix */
    const char          *zh, *en;         /* label */
    const char          *hint_zh, *hint_en;
};

#define FIELD_KIND_(T, m)                     \
    _Generic(((T *)0)->m,                     \
        bool: KIND_BOOL,                      \
        int64_t: KIND_INT,                    \
        struct opt_int: KIND_OPT_INT,         \
        double: KIND_REAL,                    \
        struct sv: KIND_TEXT,                 \
        struct money: KIND_MONEY,             \
        struct moment: KIND_MOMENT,           \
        struct day: KIND_DAY,                 \
        struct degrees: KIND_DEGREES,         \
        struct text: KIND_JSON)

/* sizeof of an array of -1 when the member is not what the macro says. */
#define FIELD_IS_(T, m, type) \
    (0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((T *)0)->m), type) ? 1 : -1]))
#define FIELD_IS_ID_(T, m) \
    (0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((T *)0)->m.n), int64_t) && \
                     sizeof(((T *)0)->m) == sizeof(int64_t) ? 1 : -1]))

#define FIELD(T, m, ...) \
    { .name = #m, .kind = FIELD_KIND_(T, m), .offset = offsetof(T, m), __VA_ARGS__ }
#define ID(T, m, ...) \
    { .name = #m, .kind = KIND_ID, .offset = offsetof(T, m) + FIELD_IS_ID_(T, m), \
      .read_only = true, __VA_ARGS__ }
#define LINK(T, m, entity, ...) \
    { .name = #m, .kind = KIND_LINK, .offset = offsetof(T, m) + FIELD_IS_ID_(T, m), \
      .links = entity, __VA_ARGS__ }
/* The member is an int or an enum. */
#define CHOICE(T, m, table, ...) \
    { .name = #m, .kind = KIND_CHOICE, \
      .offset = offsetof(T, m) + 0 * sizeof(char[sizeof(((T *)0)->m) == sizeof(int) ? 1 : -1]), \
      .choices = table, __VA_ARGS__ }
#define SET(T, m, table, ...) \
    { .name = #m, .kind = KIND_SET, .offset = offsetof(T, m) + FIELD_IS_(T, m, struct set), \
      .choices = table, __VA_ARGS__ }
#define LIST(T, m, of, of_fields, ...) \
    { .name = #m, .kind = KIND_LIST, .offset = offsetof(T, m) + FIELD_IS_(T, m, struct list), \
      .record = of_fields, .record_size = sizeof(of), __VA_ARGS__ }
#define RECORD(T, m, of_fields, ...) \
    { .name = #m, .kind = KIND_RECORD, .offset = offsetof(T, m), .record = of_fields, \
      .record_size = sizeof(((T *)0)->m), __VA_ARGS__ }

/* What every stored row begins with; model fills it in. */
struct row {
    int64_t       version;       /* 1 on create, +1 a change; If-Match on every change */
    int64_t       scope;         /* internal 12-digit code of the owning division */
    struct moment created_at;
    struct moment ended_at;      /* nothing is deleted: 0 while it lives */
};

#define ROW_FIELD_(T, m, of_kind, ...) \
    { .name = #m, .kind = of_kind, .offset = offsetof(T, row.m), .read_only = true, __VA_ARGS__ }
#define ROW_FIELDS(T)                                                                \
    ID(T, id, .brief = true, .zh = "编号", .en = "Id"),                               \
    ROW_FIELD_(T, version, KIND_INT, .zh = "版本", .en = "Version"),                  \
    ROW_FIELD_(T, scope, KIND_INT, .code = true, .zh = "辖区", .en = "Scope"),        \
    ROW_FIELD_(T, created_at, KIND_MOMENT, .zh = "建立时间", .en = "Created"),         \
    ROW_FIELD_(T, ended_at, KIND_MOMENT, .zh = "停用时间", .en = "Ended")

#include "base/record.h"

#endif
