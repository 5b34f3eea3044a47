/*
 * value.h - values as both engines know them, and parameters by name.
 */
#ifndef STORE_VALUE_H
#define STORE_VALUE_H

#include "base/field.h"

enum value_type { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT, VALUE_BLOB };
struct value { enum value_type type; int64_t n; double real; struct sv text; };

#define V_NULL    ((struct value){ .type = VALUE_NULL })
#define V_INT(x)  ((struct value){ .type = VALUE_INT, .n = (x) })
#define V_REAL(x) ((struct value){ .type = VALUE_REAL, .real = (x) })
#define V_TEXT(x) ((struct value){ .type = VALUE_TEXT, .text = (x) })     /* "" stays "" */
#define V_BLOB(x) ((struct value){ .type = VALUE_BLOB, .text = (x) })
#define V_ID(x)   ((x) ? V_INT(x) : V_NULL)                               /* a link of 0 is NULL */

struct param { const char *name; struct value value; };
#define P_INT(name, x)  { name, V_INT(x) }
#define P_ID(name, x)   { name, V_ID(x) }
#define P_TEXT(name, x) { name, V_TEXT(x) }
#define P_REAL(name, x) { name, V_REAL(x) }
#define P_NULL(name)    { name, V_NULL }

/* Named parameters, and behind them the fields of a record: every :name is looked up in both. */
struct params {
    const struct param *list;
    size_t              n;
    const struct field *fields;      /* may be NULL */
    const void         *record;
};
#define PARAMS(...) ((struct params){ .list = (const struct param[]){ __VA_ARGS__ }, \
                     .n = sizeof((const struct param[]){ __VA_ARGS__ }) / sizeof(struct param) })
#define NO_PARAMS ((struct params){ 0 })
#define RECORD_PARAMS(f, r) ((struct params){ .fields = (f), .record = (r) })

/*
 * The stored value of a field (absent is NULL). SEALED and SECRET fields are model's business: a
 * record does not bind them (a parameter of that name in the list must), rows_read leaves them.
 */
struct value field_value(const struct field *f, const void *record);
/* The other way; text is copied into mem. False when the value does not fit the kind. */
bool field_take(struct arena *mem, const struct field *f, void *record, struct value v);

#endif
