/*
 * schema.h - JSON schemas from field tables, for the API's document.
 *
 * `name` is of the member inside an object, NULL inside an array.
 */
#ifndef HTTP_SCHEMA_H
#define HTTP_SCHEMA_H

#include "base/json.h"
#include "model/house.h"

enum side { GIVEN, TAKEN, CHANGED };          /* of an answer, of a create, of a change */

void schema_text(struct json *j, const char *name, const char *value);
void schema_type(struct json *j, const char *type, const char *format);     /* format NULL: none */
void schema_ref(struct json *j, const char *name, const char *to, const char *suffix);

/* "时间 · Time"; a label that is NULL is the name. */
struct sv schema_labels(struct arena *mem, const char *zh, const char *en, const char *name);

/* The members of the open schema of one field: type, format, range, choices. */
void schema_kind(struct json *j, const struct field *f, enum side side);

/* The schema of a record, in place. */
void schema_record(struct json *j, const char *name, const struct field *fields, enum side side);

/* The same; an entity's by reference, of no table (NULL) an object. */
void schema_put(struct json *j, const struct house *h, const char *name, const struct field *fields,
                enum side side);

#endif
