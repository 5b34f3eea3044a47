/*
 * record.h - reading, comparing and checking records through their field tables.
 */
#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include "base/field.h"

/*
 * What .low and .high of 0, 0 stand for: text of at most 200 characters, JSON of 20,000 bytes,
 * integers and money within 2^53 (what JavaScript keeps), degrees -180..180, reals +-1e15.
 */
enum { TEXT_LENGTH_MAX = 200, JSON_LENGTH_MAX = 20000 };
#define WHOLE_MAX ((int64_t)1 << 53)

/* The range that counts, in the field's own unit (text: characters; JSON: bytes). */
void field_range(const struct field *f, int64_t *ret_low, int64_t *ret_high);

size_t fields_n(const struct field *fields);
const struct field *field_named(const struct field *fields, struct sv name);   /* or NULL */

/* A record, or one field of it, with every value absent (zeroed, days DAY_NONE). */
void record_clear(const struct field *fields, void *record);
void field_clear(const struct field *f, void *record);

/* True when the field holds no value in this record. */
bool field_absent(const struct field *f, const void *record);

/*
 * The raw member. field_int: every integral kind (bool, integers, id, link, choice, set, money,
 * moment, day, degrees); setting an opt_int makes it known. field_text: KIND_TEXT, KIND_JSON
 * (borrowed). Asking a kind for what it is not is our mistake and ends the process.
 */
int64_t   field_int(const struct field *f, const void *record);
void      field_set_int(const struct field *f, void *record, int64_t n);
double    field_real(const struct field *f, const void *record);
void      field_set_real(const struct field *f, void *record, double n);
struct sv field_text(const struct field *f, const void *record);
void      field_set_text(const struct field *f, void *record, struct sv s);
bool      field_same(const struct field *f, const void *a, const void *b);
void      field_copy(const struct field *f, void *to, const void *from);

/* Where a nested record or list member lies: for KIND_RECORD and KIND_LIST. */
const void *field_at(const struct field *f, const void *record);

/*
 * Range, length and form of one value that is there; the fault is noted under `name` (the
 * field's, or its path when it lies in a nested record, whose fields are checked one by one).
 * True when nothing was wrong.
 */
bool field_check(struct ctx *c, const struct field *f, struct sv name, const void *record);

/*
 * Every rule of the table, every fault noted (fail_field; ask fail_fields at the end). On create
 * required fields must be there; later rows may be older than the rule, so only values count.
 * Nested records are checked too, their faults under "home.street".
 */
void record_check(struct ctx *c, const struct field *fields, const void *record, bool create);

#endif
