/* fuzz_json.c - any bytes as JSON: what is read can be written, and reads the same again. */

#include "base/json.h"

#include <assert.h>
#include <stddef.h>

struct thing {
    bool           open;
    int64_t        count;
    double         share;
    struct sv      name;
    struct opt_int grade;
    struct moment  at;
    struct day     born;
    struct degrees lon;
    struct text    extra;
};

static const struct field fields[] = {
    FIELD(struct thing, open),
    FIELD(struct thing, count, .low = -5, .high = 1439),
    FIELD(struct thing, share),
    FIELD(struct thing, name, .required = true),
    FIELD(struct thing, grade),
    FIELD(struct thing, at),
    FIELD(struct thing, born),
    FIELD(struct thing, lon),
    FIELD(struct thing, extra),
    { 0 },
};

static void put(struct json *j, const char *name, const struct json_value *v)
{
    if (v->kind != JSON_OBJECT && v->kind != JSON_ARRAY) {
        if (v->kind == JSON_TEXT)
            json_text(j, name, v->text);
        else
            json_raw(j, name, v->source);
        return;
    }
    bool object = v->kind == JSON_OBJECT;
    (object ? json_object : json_array)(j, name);
    for (const struct json_value *of = v->first; of; of = of->next)
        put(j, object ? sv_text(j->out->mem, of->name) : NULL, of);
    json_end(j, object ? '}' : ']');
}

static struct sv written(struct ctx *c, const struct json_value *v)
{
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    put(&j, NULL, v);
    return buf_sv(&b);
}

/* A record that was taken comes back from what is written of it. */
static void check_record(struct ctx *c, const struct json_value *v)
{
    struct thing t, back;
    record_clear(fields, &t);
    record_clear(fields, &back);
    if (json_read(c, v, fields, true, &t, NULL) != ERR_NONE)
        return;
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    json_record(&j, NULL, fields, &t);
    const struct json_value *again = NULL;
    assert(json_parse(c, buf_sv(&b), &again) == ERR_NONE);
    assert(json_read(c, again, fields, true, &back, NULL) == ERR_NONE);
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        assert(field_same(f, &t, &back));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    const struct json_value *v = NULL, *again = NULL;
    if (json_parse(&c, (struct sv){ (const char *)bytes, size }, &v) == ERR_NONE) {
        struct sv text = written(&c, v);
        assert(json_parse(&c, text, &again) == ERR_NONE);
        assert(sv_eq(written(&c, again), text));
        check_record(&c, v);
    }
    arena_free(&c.mem);
    return 0;
}
