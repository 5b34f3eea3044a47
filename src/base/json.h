/*
 * json.h - JSON: a streaming writer, and reading into records through field tables.
 *
 * The writer is sticky and puts the commas itself. Ids, links and scopes are strings (a number
 * of 64 bits does not survive JavaScript), money is integer fen, a moment is RFC 3339 with
 * +08:00, a day is 2026-11-21, degrees are decimal numbers, a choice is its key.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/field.h"

enum { JSON_DEPTH_MAX = 24 };

struct json {
    struct buf *out;
    uint32_t    started;         /* bit d: something has been written at depth d */
    int         depth;
};

struct json json_new(struct buf *out);

/* Containers: begin_* take a member name inside an object, NULL inside an array or on top. */
void json_object(struct json *j, const char *name);
void json_array(struct json *j, const char *name);
void json_end(struct json *j, char close);          /* '}' or ']' */

/* Values; name as above. */
void json_text(struct json *j, const char *name, struct sv value);
void json_int(struct json *j, const char *name, int64_t value);
void json_id(struct json *j, const char *name, int64_t value);           /* as a string */
void json_fixed(struct json *j, const char *name, int64_t value, int digits);
void json_real(struct json *j, const char *name, double value);          /* shortest that reads back */
void json_bool(struct json *j, const char *name, bool value);
void json_null(struct json *j, const char *name);
void json_moment(struct json *j, const char *name, struct moment value);
void json_day(struct json *j, const char *name, struct day value);
void json_raw(struct json *j, const char *name, struct sv json);         /* already JSON */

/* One field of a record, nothing when it is absent or hidden. */
void json_field(struct json *j, const struct field *f, const void *record);

/* All fields of a record as members of the open object. */
void json_fields(struct json *j, const struct field *fields, const void *record);

/* A whole object. */
void json_record(struct json *j, const char *name, const struct field *fields, const void *record);

/* --- reading --- */

enum { JSON_BODY_DEPTH_MAX = 16, JSON_ITEMS_MAX = 20000 };

struct cJSON;

/*
 * Parses a whole text: UTF-8, within depth and item limits, nothing behind it. The tree lives as
 * long as c->mem. Fails ERR_MALFORMED ("json.malformed").
 */
MUST enum err json_parse(struct ctx *c, struct sv text, struct cJSON **ret_tree);

/* A member of an object, NULL when absent or null. */
const struct cJSON *json_member(const struct cJSON *object, const char *name);

/*
 * Reads the members of an object into a record. Unknown members, read-only fields, wrong types
 * and values out of range are noted with fail_field(); a member of null makes the field absent.
 * given[i] (may be NULL) says which fields of the table were there. With `create` false
 * create_only fields are refused too. Text is copied into c->mem, trimmed, checked as UTF-8.
 * Fails ERR_INVALID with all faults, ERR_MALFORMED when it is no object.
 */
MUST enum err json_read(struct ctx *c, const struct cJSON *object, const struct field *fields,
                        bool create, void *record, bool *given);

/* The same for one textual value (CSV cell, query parameter): false has noted the fault. */
bool field_parse(struct ctx *c, const struct field *f, struct sv value, void *record);

#endif
