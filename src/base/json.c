/* json.c - writing JSON: commas, escapes, and records through their field tables. */

#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

struct json json_new(struct buf *out)
{
    return (struct json){ .out = out };
}

/* Every byte but the plain ones of ASCII needs a look. */
static bool is_plain(char c)
{
    return (uint8_t)c >= 0x20 && c != '"' && c != '\\' && (uint8_t)c < 0x7F;
}

static void escape_byte(struct buf *out, uint8_t byte)
{
    static const char *const shorts[0x20] = {
        ['\b'] = "\\b", ['\f'] = "\\f", ['\n'] = "\\n", ['\r'] = "\\r", ['\t'] = "\\t",
    };
    if (byte == '"' || byte == '\\') {
        buf_byte(out, '\\');
        buf_byte(out, (char)byte);
    } else if (byte < 0x20 && shorts[byte]) {
        buf_text(out, shorts[byte]);
    } else {
        buf_text(out, "\\u00");
        buf_hex(out, &byte, 1);
    }
}

static void quoted(struct buf *out, struct sv s)
{
    buf_byte(out, '"');
    while (s.len) {
        size_t plain = 0;
        while (plain < s.len && is_plain(s.at[plain]))
            plain++;
        buf_put(out, sv_head(s, plain));
        s = sv_from(s, plain);
        if (s.len == 0)
            break;
        uint32_t rune;
        if ((uint8_t)s.at[0] < 0x80) {
            escape_byte(out, (uint8_t)s.at[0]);
            s = sv_from(s, 1);
        } else if (sv_rune(&s, &rune)) {
            buf_rune(out, rune);
        }
    }
    buf_byte(out, '"');
}

/* The comma before a value and its name. */
static void lead(struct json *j, const char *name)
{
    uint32_t bit = 1u << j->depth;
    assert(j->depth == 0 || (name == NULL) == ((j->arrays & bit) != 0));
    assert(j->depth > 0 || !(j->started & bit));         /* one value on top */
    if (j->started & bit)
        buf_byte(j->out, ',');
    j->started |= bit;
    if (name && j->depth > 0) {
        quoted(j->out, sv_of(name));
        buf_byte(j->out, ':');
    }
}

static void begin(struct json *j, const char *name, char open)
{
    lead(j, name);
    assert(j->depth < JSON_DEPTH_MAX);
    j->depth++;
    uint32_t bit = 1u << j->depth;
    j->started &= ~bit;
    j->arrays = open == '[' ? j->arrays | bit : j->arrays & ~bit;
    buf_byte(j->out, open);
}

void json_object(struct json *j, const char *name)
{
    begin(j, name, '{');
}

void json_array(struct json *j, const char *name)
{
    begin(j, name, '[');
}

void json_end(struct json *j, char close)
{
    assert(j->depth > 0);
    assert(close == (j->arrays & 1u << j->depth ? ']' : '}'));
    j->depth--;
    buf_byte(j->out, close);
}

void json_text(struct json *j, const char *name, struct sv value)
{
    lead(j, name);
    quoted(j->out, value);
}

void json_int(struct json *j, const char *name, int64_t value)
{
    lead(j, name);
    buf_int(j->out, value);
}

void json_id(struct json *j, const char *name, int64_t value)
{
    lead(j, name);
    buf_byte(j->out, '"');
    buf_int(j->out, value);
    buf_byte(j->out, '"');
}

void json_fixed(struct json *j, const char *name, int64_t value, int digits)
{
    lead(j, name);
    buf_fixed(j->out, value, digits);
}

void json_real(struct json *j, const char *name, double value)
{
    lead(j, name);
    if (!isfinite(value)) {
        buf_text(j->out, "null");
        return;
    }
    char text[40];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buf_text(j->out, text);
}

void json_bool(struct json *j, const char *name, bool value)
{
    lead(j, name);
    buf_text(j->out, value ? "true" : "false");
}

void json_null(struct json *j, const char *name)
{
    lead(j, name);
    buf_text(j->out, "null");
}

void json_moment(struct json *j, const char *name, struct moment value)
{
    if (!moment_known(value)) {
        json_null(j, name);
        return;
    }
    lead(j, name);
    buf_byte(j->out, '"');
    buf_moment(j->out, value);
    buf_byte(j->out, '"');
}

void json_day(struct json *j, const char *name, struct day value)
{
    if (!day_known(value)) {
        json_null(j, name);
        return;
    }
    lead(j, name);
    buf_byte(j->out, '"');
    buf_day(j->out, value);
    buf_byte(j->out, '"');
}

void json_raw(struct json *j, const char *name, struct sv json)
{
    lead(j, name);
    buf_put(j->out, json.len ? json : SV("null"));
}

/* --- records --- */

static void put_set(struct json *j, const struct field *f, const void *record)
{
    uint64_t bits = (uint64_t)field_int(f, record);
    json_array(j, f->name);
    for (size_t i = 0; f->choices[i].key; i++)
        if (bits >> i & 1)
            json_text(j, NULL, sv_of(f->choices[i].key));
    json_end(j, ']');
}

static void put_list(struct json *j, const struct field *f, const void *record)
{
    const struct list *list = field_at(f, record);
    json_array(j, f->name);
    for (size_t i = 0; i < list->n; i++)
        json_record(j, NULL, f->record, (const char *)list->at + i * f->record_size);
    json_end(j, ']');
}

void json_field(struct json *j, const struct field *f, const void *record)
{
    if (f->hidden || field_absent(f, record))
        return;
    switch (f->kind) {
    case KIND_END:
        return;
    case KIND_BOOL:
        json_bool(j, f->name, field_int(f, record) != 0);
        return;
    case KIND_INT:
    case KIND_OPT_INT:
    case KIND_MONEY:
        (f->code ? json_id : json_int)(j, f->name, field_int(f, record));
        return;
    case KIND_REAL:
        json_real(j, f->name, field_real(f, record));
        return;
    case KIND_TEXT:
        json_text(j, f->name, field_text(f, record));
        return;
    case KIND_ID:
    case KIND_LINK:
        json_id(j, f->name, field_int(f, record));
        return;
    case KIND_CHOICE:
        json_text(j, f->name, sv_of(f->choices[field_int(f, record)].key));
        return;
    case KIND_SET:
        put_set(j, f, record);
        return;
    case KIND_MOMENT:
        json_moment(j, f->name, (struct moment){ field_int(f, record) });
        return;
    case KIND_DAY:
        json_day(j, f->name, (struct day){ field_int(f, record) });
        return;
    case KIND_DEGREES:
        json_fixed(j, f->name, field_int(f, record), 7);
        return;
    case KIND_JSON:
        json_raw(j, f->name, field_text(f, record));
        return;
    case KIND_LIST:
        put_list(j, f, record);
        return;
    case KIND_RECORD:
        json_record(j, f->name, f->record, field_at(f, record));
        return;
    }
}

void json_fields(struct json *j, const struct field *fields, const void *record)
{
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        json_field(j, f, record);
}

void json_record(struct json *j, const char *name, const struct field *fields, const void *record)
{
    json_object(j, name);
    json_fields(j, fields, record);
    json_end(j, '}');
}
