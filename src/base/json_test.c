/* json_test.c - JSON written, parsed and read into records. */

#include "base/json.h"
#include "base/messages.h"
#include "test.h"

#include <string.h>

struct sample_id { int64_t n; };
struct carer_id { int64_t n; };
enum colour { RED, GREEN };
struct home { struct sv street; int64_t floor; };
struct leg { int64_t distance_m; };

struct sample {
    struct sample_id id;
    struct row       row;
    bool             open;
    int64_t          count;
    struct opt_int   grade;
    double           share;
    struct sv        name, note, key;
    struct carer_id  carer;
    enum colour      colour;
    struct set       days;
    struct money     price;
    struct moment    at;
    struct day       born;
    struct degrees   lon;
    struct text      extra;
    struct list      legs;
    struct home      home;
    int64_t          area;
};

static const struct choice colours[] = { { "red", "红", "Red" }, { "green", "绿", "Green" }, { 0 } };
static const struct choice weekdays[] = { { "mon", "周一", "Mon" }, { "tue", "周二", "Tue" }, { 0 } };

static const struct field home_fields[] = {
    FIELD(struct home, street, .required = true),
    FIELD(struct home, floor, .low = -5, .high = 120),
    { 0 },
};
static const struct field leg_fields[] = { FIELD(struct leg, distance_m), { 0 } };

static const char *no_x(struct sv value)
{
    return sv_find_byte(value, 'x') < 0 ? NULL : "sample.no_x";
}

static const struct field fields[] = {
    ROW_FIELDS(struct sample),
    FIELD(struct sample, open),
    FIELD(struct sample, count, .low = 0, .high = 1439),
    FIELD(struct sample, grade),
    FIELD(struct sample, share),
    FIELD(struct sample, name, .low = 2, .high = 5, .required = true, .check = no_x),
    FIELD(struct sample, note, .high = 50, .many_lines = true),
    FIELD(struct sample, key, .hidden = true),
    LINK(struct sample, carer, "carer", .create_only = true),
    CHOICE(struct sample, colour, colours),
    SET(struct sample, days, weekdays),
    FIELD(struct sample, price),
    FIELD(struct sample, at),
    FIELD(struct sample, born),
    FIELD(struct sample, lon),
    FIELD(struct sample, extra),
    LIST(struct sample, legs, struct leg, leg_fields),
    RECORD(struct sample, home, home_fields),
    FIELD(struct sample, area, .code = true),
    { 0 },
};

static struct ctx *call(void)
{
    struct ctx *c = NEW(test_mem(), struct ctx, 1);
    c->mem = *test_mem();                        /* one arena for both: the runner ends it */
    *test_mem() = (struct arena){ 0 };
    return c;
}

static void end(struct ctx *c)
{
    *test_mem() = c->mem;
}

static const struct json_value *parsed(struct ctx *c, struct sv text)
{
    const struct json_value *v = NULL;
    return json_parse(c, text, &v) == ERR_NONE ? v : NULL;
}

/* What is noted for one body: "name: key". */
static struct sv fault_of(struct sv body, bool create)
{
    struct ctx *c = call();
    struct sample s;
    record_clear(fields, &s);
    struct sv said = SV("unread");
    const struct json_value *v = parsed(c, body);
    if (v && json_read(c, v, fields, create, &s, NULL) == ERR_NONE)
        said = SV("fine");
    else if (c->fault.fields_n)
        said = sv_fmt(&c->mem, "%.*s: %s", SV_ARG(c->fault.fields[0].field),
                      c->fault.fields[0].key);
    end(c);
    return said;
}

TEST(every_kind_comes_back_as_it_was_written)
{
    struct ctx *c = call();
    struct sample s, back;
    record_clear(fields, &s);
    record_clear(fields, &back);
    s.open = true;
    s.count = 1439;
    s.grade = (struct opt_int){ true, 0 };
    s.share = 0.1;
    s.name = SV("王\"\\秀");
    s.note = SV("a\n\tb/\u2028");
    s.carer.n = INT64_MAX;
    s.colour = GREEN;
    s.days.bits = 3;
    s.price.fen = -1250;
    s.at.ms = 1795242600123;
    s.born = day_civil(1941, 2, 28);
    s.lon.e7 = -1164073999;
    s.extra.json = SV("{\"a\":[1,2.50,null]}");
    s.home = (struct home){ SV("安澜街"), -1 };
    s.area = 990101001001;

    struct buf b = buf_new(&c->mem, 16);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    for (const struct field *f = fields; f->kind != KIND_END; f++)
        if (!f->read_only && f->kind != KIND_LIST)
            json_field(&j, f, &s);
    json_end(&j, '}');

    bool given[sizeof fields / sizeof fields[0]] = { 0 };
    CHECK(json_read(c, parsed(c, buf_sv(&b)), fields, true, &back, given) == ERR_NONE);
    for (const struct field *f = fields; f->kind != KIND_END; f++) {
        CHECK(field_same(f, &s, &back));
        CHECK_INT(given[f - fields], !f->read_only && !f->hidden && f->kind != KIND_LIST);
    }
    end(c);
}

TEST(a_record_is_written_as_the_manual_says)
{
    struct ctx *c = call();
    struct sample s;
    struct leg legs[] = { { 7 }, { 8 } };
    record_clear(fields, &s);
    s.id.n = 9007199254740993;
    s.row.scope = 990101001001;
    s.key = SV("never shown");
    s.lon.e7 = 411579400;
    s.born = day_civil(2026, 11, 21);
    s.legs = (struct list){ legs, 2 };
    struct buf b = buf_new(&c->mem, 16);
    struct json j = json_new(&b);
    json_record(&j, NULL, fields, &s);
    CHECK_TEXT(buf_sv(&b),
               "{\"id\":\"9007199254740993\",\"version\":0,\"scope\":\"990101001001\","
               "\"open\":false,\"count\":0,\"share\":0,\"colour\":\"red\",\"days\":[],\"price\":0,"
               "\"born\":\"2026-11-21\",\"lon\":41.15794,"
               "\"legs\":[{\"distance_m\":7},{\"distance_m\":8}],"
               "\"home\":{\"floor\":0},\"area\":\"0\"}");
    end(c);
}

TEST(control_characters_and_bad_bytes_are_escaped)
{
    struct buf b = buf_new(test_mem(), 4);
    struct json j = json_new(&b);
    json_text(&j, NULL, SV("\x01\x1F\"\\\b\r\x7F\xC3("));
    CHECK_TEXT(buf_sv(&b), "\"\\u0001\\u001f\\\"\\\\\\b\\r\\u007f\uFFFD(\"");
}

TEST(a_real_is_the_shortest_that_reads_back)
{
    static const double numbers[] = { 0.1, 1.0 / 3, 5e-324, 1e22, -2.5, 123456789.125 };
    static const char *const want[] = { "0.1", "0.3333333333333333", "4.94065645841247e-324",
                                        "1e+22", "-2.5", "123456789.125" };
    for (size_t i = 0; i < 6; i++) {
        struct buf b = buf_new(test_mem(), 4);
        struct json j = json_new(&b);
        json_real(&j, NULL, numbers[i]);
        CHECK_TEXT(buf_sv(&b), want[i]);
        double back;
        CHECK(sv_real(buf_sv(&b), -1e300, 1e300, &back));
        CHECK(memcmp(&back, &numbers[i], sizeof back) == 0);
    }
}

TEST(texts_that_are_not_json_are_refused)
{
    static const char *const bad[] = {
        "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{\"a\"}", "{a:1}", "'a'", "01", "1.", ".5",
        "+1", "-", "1e", "1e+", "nul", "True", "NaN", "[1 2]", "\"a", "\"\\x\"", "\"\\u12\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\u0000\"", "\"\n\"", "1 1",
        "[1]]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "\xEF\xBB\xBF{}",
        "\"\xFF\"", "\"\xED\xA0\x80\"", "/**/1",
    };
    struct ctx *c = call();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ctx_forgive(c);
        if (parsed(c, sv_of(bad[i])))
            test_fail(__FILE__, __LINE__, "%s was taken", bad[i]);
        CHECK(c->fault.kind == ERR_MALFORMED);
        CHECK(c->fault.arg0.len > 0);
    }
    ctx_forgive(c);
    CHECK(!parsed(c, SV("[1,\0]")));
    end(c);
}

TEST(escapes_are_undone)
{
    struct ctx *c = call();
    const struct json_value *v = parsed(c, SV(" \"\\u738b\\ud842\\udfb7\\n\\/x\\\"\" "));
    CHECK(v);
    CHECK_TEXT(v->text, "王𠮷\n/x\"");
    v = parsed(c, SV("{\"a\":null,\"b\":[true,false,-0.5e+3]}"));
    CHECK(v);
    CHECK(!json_member(v, "a"));
    CHECK_INT(json_member(v, "b")->n, 3);
    CHECK(json_member(v, "b")->first->yes);
    CHECK_TEXT(json_member(v, "b")->first->next->next->text, "-0.5e+3");
    CHECK_TEXT(json_member(v, "b")->source, "[true,false,-0.5e+3]");
    end(c);
}

static struct sv repeated(const char *piece, size_t n, const char *close)
{
    struct buf b = buf_new(test_mem(), 64);
    for (size_t i = 0; i < n; i++)
        buf_text(&b, piece);
    for (size_t i = 0; i < n; i++)
        buf_text(&b, close);
    return buf_sv(&b);
}

TEST(depth_and_number_of_values_have_limits)
{
    struct sv deepest = repeated("[", JSON_BODY_DEPTH_MAX, "]");
    struct sv deeper = repeated("[", JSON_BODY_DEPTH_MAX + 1, "]");
    struct sv abyss = repeated("[", 1000000, "");
    struct buf many = buf_new(test_mem(), 64);
    buf_byte(&many, '[');
    buf_put(&many, repeated("1,", JSON_ITEMS_MAX - 2, ""));
    buf_text(&many, "1]");
    struct sv fits = buf_sv(&many);
    struct sv over = sv_fmt(test_mem(), "[%.*s,1]", (int)fits.len - 2, fits.at + 1);

    struct ctx *c = call();
    CHECK(parsed(c, deepest));
    CHECK(!parsed(c, deeper));
    CHECK_TEXT(sv_of(c->fault.key), "json.too_deep");
    ctx_forgive(c);
    CHECK(!parsed(c, abyss));
    ctx_forgive(c);
    CHECK(parsed(c, fits));
    CHECK(!parsed(c, over));
    CHECK_TEXT(sv_of(c->fault.key), "json.too_many");
    end(c);
}

TEST(numbers_are_exact_or_refused)
{
    CHECK_TEXT(fault_of(SV("{\"count\":1440}"), true), "count: field.range");
    CHECK_TEXT(fault_of(SV("{\"count\":1.0}"), true), "count: field.not_whole");
    CHECK_TEXT(fault_of(SV("{\"count\":\"1\"}"), true), "count: field.not_number");
    CHECK_TEXT(fault_of(SV("{\"grade\":9007199254740992}"), true), "fine");
    CHECK_TEXT(fault_of(SV("{\"grade\":9007199254740993}"), true), "grade: field.range");
    CHECK_TEXT(fault_of(SV("{\"grade\":1e400}"), true), "grade: field.not_whole");
    CHECK_TEXT(fault_of(SV("{\"share\":1e400}"), true), "share: field.not_number");
    CHECK_TEXT(fault_of(SV("{\"share\":1e200}"), true), "share: field.range");
    CHECK_TEXT(fault_of(SV("{\"price\":12.5}"), true), "price: field.not_money");
    CHECK_TEXT(fault_of(SV("{\"lon\":180.0000001}"), true), "lon: field.range");
    CHECK_TEXT(fault_of(SV("{\"lon\":1e-7}"), true), "fine");
    CHECK_TEXT(fault_of(SV("{\"carer\":41}"), true), "carer: field.not_id");
    CHECK_TEXT(fault_of(SV("{\"area\":41}"), true), "area: field.not_code");
    CHECK_TEXT(fault_of(SV("{\"area\":\"4x\"}"), true), "area: field.not_code");
    CHECK_TEXT(fault_of(SV("{\"carer\":\"9223372036854775808\"}"), true), "carer: field.not_id");
}

TEST(members_that_may_not_be_given_are_named)
{
    CHECK_TEXT(fault_of(SV("{\"nmae\":1}"), true), "nmae: field.unknown");
    CHECK_TEXT(fault_of(SV("{\"key\":\"k\"}"), true), "key: field.unknown");
    CHECK_TEXT(fault_of(SV("{\"id\":\"1\"}"), true), "id: field.read_only");
    CHECK_TEXT(fault_of(SV("{\"version\":null}"), true), "version: field.read_only");
    CHECK_TEXT(fault_of(SV("{\"legs\":[]}"), true), "legs: field.read_only");
    CHECK_TEXT(fault_of(SV("{\"carer\":\"1\"}"), true), "fine");
    CHECK_TEXT(fault_of(SV("{\"carer\":\"1\"}"), false), "carer: field.create_only");
    CHECK_TEXT(fault_of(SV("{\"home\":{\"stret\":\"x\"}}"), true), "home.stret: field.unknown");
    CHECK_TEXT(fault_of(SV("{\"home\":{\"floor\":121}}"), true), "home.floor: field.range");
    CHECK_TEXT(fault_of(SV("{\"home\":3}"), true), "home: field.not_object");
    CHECK_TEXT(fault_of(SV("[]"), true), "unread");
}

TEST(wrong_forms_are_named)
{
    CHECK_TEXT(fault_of(SV("{\"name\":null}"), false), "name: field.required");
    CHECK_TEXT(fault_of(SV("{\"name\":\" \\u3000 \"}"), false), "name: field.required");
    CHECK_TEXT(fault_of(SV("{\"name\":\"一\"}"), true), "name: field.too_short");
    CHECK_TEXT(fault_of(SV("{\"name\":\"一二三四五六\"}"), true), "name: field.too_long");
    CHECK_TEXT(fault_of(SV("{\"name\":\"axb\"}"), true), "name: sample.no_x");
    CHECK_TEXT(fault_of(SV("{\"name\":\"a\\nb\"}"), true), "name: field.one_line");
    CHECK_TEXT(fault_of(SV("{\"name\":\"a\\u0007b\"}"), true), "name: field.not_text");
    CHECK_TEXT(fault_of(SV("{\"name\":7}"), true), "name: field.not_text");
    CHECK_TEXT(fault_of(SV("{\"open\":1}"), true), "open: field.not_yes_no");
    CHECK_TEXT(fault_of(SV("{\"colour\":\"blue\"}"), true), "colour: field.choice");
    CHECK_TEXT(fault_of(SV("{\"colour\":1}"), true), "colour: field.choice");
    CHECK_TEXT(fault_of(SV("{\"days\":[\"mon\",\"sun\"]}"), true), "days: field.choice");
    CHECK_TEXT(fault_of(SV("{\"days\":\"mon\"}"), true), "days: field.not_list");
    CHECK_TEXT(fault_of(SV("{\"born\":\"2023-02-29\"}"), true), "born: field.not_day");
    CHECK_TEXT(fault_of(SV("{\"at\":\"2023-02-28\"}"), true), "at: field.not_moment");
    CHECK_TEXT(fault_of(SV("{\"at\":\"9999-01-01T00:00:00Z\"}"), true), "at: field.range");
}

TEST(null_makes_a_field_absent_and_silence_leaves_it)
{
    struct ctx *c = call();
    struct sample s;
    record_clear(fields, &s);
    s.born = day_civil(1941, 2, 28);
    s.grade = (struct opt_int){ true, 3 };
    s.carer.n = 5;
    bool given[sizeof fields / sizeof fields[0]] = { 0 };
    const struct json_value *nulls = parsed(c, SV("{\"born\":null,\"grade\":null}"));
    CHECK(json_read(c, nulls, fields, false, &s, given) == ERR_NONE);
    CHECK(!day_known(s.born));
    CHECK(!s.grade.known);
    CHECK_INT(s.carer.n, 5);
    CHECK(given[field_named(fields, SV("born")) - fields]);
    CHECK(!given[field_named(fields, SV("carer")) - fields]);
    end(c);
}

TEST(every_fault_is_told_at_once_and_once)
{
    struct ctx *c = call();
    struct sample s;
    record_clear(fields, &s);
    const struct json_value *bad = parsed(c, SV("{\"count\":-1,\"born\":\"x\"}"));
    CHECK(json_read(c, bad, fields, true, &s, NULL) == ERR_INVALID);
    record_check(c, fields, &s, true);
    CHECK_INT(c->fault.fields_n, 4);             /* two wrong, then two missing */
    CHECK_TEXT(c->fault.fields[2].field, "name");
    CHECK_TEXT(sv_of(c->fault.fields[2].key), "field.required");
    CHECK_TEXT(c->fault.fields[3].field, "home.street");
    CHECK_TEXT(c->fault.fields[0].arg1, "1439");
    end(c);
}

TEST(a_cell_is_read_as_people_write_it)
{
    struct ctx *c = call();
    struct sample s;
    record_clear(fields, &s);
    static const char *const good[][2] = {
        { "open", "是" }, { "count", " 12 " }, { "colour", "绿" }, { "days", "周一, tue" },
        { "born", "1941/02/28" }, { "lon", "116.40739991" }, { "carer", "7" }, { "extra", "[1]" },
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        CHECK(field_parse(c, field_named(fields, sv_of(good[i][0])), sv_of(good[i][1]), &s));
    CHECK(s.open);
    CHECK_INT(s.count, 12);
    CHECK_INT(s.colour, GREEN);
    CHECK_INT(s.days.bits, 3);
    CHECK_INT(s.lon.e7, 1164073999);
    CHECK_TEXT(s.extra.json, "[1]");
    CHECK(field_parse(c, field_named(fields, SV("born")), SV(""), &s));
    CHECK(!day_known(s.born));
    CHECK_INT(c->fault.fields_n, 0);
    CHECK(!field_parse(c, field_named(fields, SV("extra")), SV("[1"), &s));
    CHECK(!field_parse(c, field_named(fields, SV("colour")), SV("蓝"), &s));
    CHECK_TEXT(c->fault.fields[1].arg0, "红 (red)、绿 (green)");
    CHECK_INT(c->fault.kind, ERR_NONE);
    end(c);
}

TEST(every_message_says_it_in_both_languages_once)
{
    for (const struct message *m = base_messages; m->key; m++) {
        CHECK(m->zh && *m->zh);
        CHECK(m->en && *m->en);
        CHECK(message_named(base_messages, m->key) == m);
    }
    for (enum err kind = ERR_NONE; kind < ERR_COUNT; kind++)
        CHECK(message_named(base_messages, err_name(kind)));
    struct buf b = buf_new(test_mem(), 8);
    message_put(&b, message_named(base_messages, "field.range"), LANG_EN, SV("1"), SV("{0}"));
    CHECK_TEXT(buf_sv(&b), "Give a value from 1 to {0}");
}
