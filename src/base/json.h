/*
 * json.h - JSON: a streaming writer, and reading into records through field tables.
 *
 * The writer is sticky and puts the commas itself. Ids, links and codes (scopes) are strings,
 * for a number of 64 bits does not survive JavaScript; money is integer fen, a moment
 * is RFC 3339 with +08:00, a day is 2026-11-21, degrees are decimal numbers, a choice is its key.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/field.h"

enum { JSON_DEPTH_MAX = 24 };

struct json {
    struct buf *out;
    uint32_t    started;         /* bit d: something has been written at depth d */
    uint32_t    arrays;          /* bit d: depth d is an array */
    int         depth;
};

struct json json_new(struct buf *out);

/* Containers; name: of the member inside an object, NULL inside an array or on top. */
void json_object(struct json *j, const char *name);
void json_array(struct json *j, const char *name);
void json_end(struct json *j, char close);          /* '}' or ']' */

/* Values; name as above. Bytes that are no UTF-8 come out as U+FFFD; no moment or day as null. */
void json_text(struct json *j, const char *name, struct sv value);
void json_int(struct json *j, const char *name, int64_t value);
void json_id(struct json *j, const char *name, int64_t value);           /* as a string */
void json_fixed(struct json *j, const char *name, int64_t value, int digits);
void json_real(struct json *j, const char *name, double value);    /* shortest that reads back; not
                                                                      finite: null */
void json_bool(struct json *j, const char *name, bool value);
void json_null(struct json *j, const char *name);
void json_moment(struct json *j, const char *name, struct moment value);
void json_day(struct json *j, const char *name, struct day value);
void json_raw(struct json *j, const char *name, struct sv json);        /* already JSON; "": null */

/* One field of a record, nothing when it is absent or hidden. */
void json_field(struct json *j, const struct field *f, const void *record);

/* All fields of a record as members of the open object. */
void json_fields(struct json *j, const struct field *fields, const void *record);

/* A whole object. */
void json_record(struct json *j, const char *name, const struct field *fields, const void *record);

/* --- reading --- */

/* Items: values in one text. Members: of one object. */
enum { JSON_BODY_DEPTH_MAX = 16, JSON_ITEMS_MAX = 20000, JSON_MEMBERS_MAX = 256 };

enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };

/* A parsed value. Numbers stay text until somebody asks for a kind of number, so none is bent. */
struct json_value {
    enum json_kind     kind;
    bool               yes;      /* JSON_BOOL */
    struct sv          name;     /* of a member, unescaped; "" elsewhere */
    struct sv          text;     /* JSON_TEXT: unescaped; JSON_NUMBER: as written */
    struct sv          source;   /* as it stands in the text */
    struct json_value *first;    /* of an array or object; in order through .next */
    struct json_value *next;
    size_t             n;        /* members or elements */
};

/*
 * Parses a whole text, strictly as RFC 8259 says: UTF-8, no member twice, no lone surrogate, no
 * NUL, nothing behind it, within the limits above. The tree borrows from `text` and lives as
 * long as c->mem. Fails ERR_MALFORMED ("json.malformed", "json.too_deep", "json.too_many";
 * {0} is the byte, counted from 1, {1} the member:
 * jobs[3].service).
 */
MUST enum err json_parse(struct ctx *c, struct sv text, const struct json_value **ret_tree);

/* The same for files with more items: tables of numbers take 80 bytes for each. */
MUST enum err json_parse_large(struct ctx *c, struct sv text, size_t items_max,
                               const struct json_value **ret_tree);

/* A member of an object, NULL when absent or null or when it is no object. */
const struct json_value *json_member(const struct json_value *object, const char *name);

/* An integer written as such (1, not 1.0 or 1e3) within [low, high]; false for anything else. */
bool json_whole(const struct json_value *v, int64_t low, int64_t high, int64_t *ret_n);

/* An id: a string of digits, above 0. */
bool json_id_of(const struct json_value *v, int64_t *ret_id);

/*
 * Reads the members of an object into a record. Unknown members, read-only fields, wrong types
 * and values out of range are noted with fail_field(), one fault a field; a member of null makes
 * the field absent (refused when it is required). given[i] (may be NULL) says which fields of the
 * table were there; members not given leave the record as it is. With `create` false create_only
 * fields are refused too. Text is copied into c->mem, trimmed, checked as UTF-8. Fails
 * ERR_INVALID with all faults, ERR_MALFORMED ("json.not_object") when it is no object.
 */
MUST enum err json_read(struct ctx *c, const struct json_value *object, const struct field *fields,
                        bool create, void *record, bool *given);

/*
 * The same for one textual value (CSV cell, query parameter): false has noted the fault. Empty
 * makes the field absent. Beyond JSON's forms: yes/no as true, 1, yes, 是; a choice by key or
 * label; a set's keys parted by commas; 2026/11/21. Money is fen here too.
 */
bool field_parse(struct ctx *c, const struct field *f, struct sv value, void *record);

#endif
