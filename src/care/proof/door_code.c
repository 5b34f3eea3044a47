/* door_code.c - codes that hang in the homes: made, printed, hung up, checked. */

#include "care/parameter/parameter.h"
#include "care/proof/inside.h"
#include "http/describe/gives.h"
#include "model/seal/seal.h"

#include <openssl/evp.h>
#include <sodium.h>

SQL(door_code_find);
SQL(door_codes_of);
SQL(door_codes_before);
SQL(door_codes_due);
SQL(door_code_sheet);

const struct choice door_code_kinds[] = {
    { "door", "门码", "door code" }, { "pin", "老人口令", "elder's number" }, { 0 },
};
const struct choice door_code_states[] = {
    { "made", "待上墙", "made" }, { "hung", "已上墙", "hung up" }, { "ended", "已作废", "ended" }, { 0 },
};

#define D struct door_code
const struct field door_code_fields[] = {
    ROW_FIELDS(D),
    LINK(D, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(D, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    CHOICE(D, kind, door_code_kinds, .create_only = true, .filter = true, .brief = true,
           .zh = "种类", .en = "Kind"),
    CHOICE(D, state, door_code_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    FIELD(D, code, .class = SEALED, .mask = MASK_ALL, .create_only = true, .high = 20, .zh = "码",
          .en = "Code", .hint_zh = "门码不填；口令填 4 到 6 位数字",
          .hint_en = "Leave out for a door code; four to six digits for a number"),
    FIELD(D, salt, .hidden = true, .high = 32, .zh = "盐", .en = "Salt"),
    FIELD(D, check_hash, .hidden = true, .high = 64, .zh = "离线校验值", .en = "Off-line check"),
    FIELD(D, valid_from, .brief = true, .filter = true, .zh = "生效日", .en = "Valid from"),
    FIELD(D, valid_to, .brief = true, .zh = "失效日", .en = "Valid to"),
    FIELD(D, hung_on, .read_only = true, .zh = "上墙日", .en = "Hung up on"),
    FIELD(D, hung_by, .read_only = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "交接签字人", .en = "Signed by"),
    { 0 },
};

static const struct index door_code_indexes[] = {
    { .name = "code", .columns = "code" },
    { .name = "elder", .columns = "elder, kind, state" },
    { .name = "org", .columns = "org, state, id" },
    { 0 },
};
static const struct sort door_code_sorts[] = {
    { "from", "valid_from", true, "生效日", "Valid from" }, { 0 },
};

/* --- making --- */

/* Without 0 1 I L O, which are taken for each other. */
static struct sv random_code(struct arena *mem)
{
    static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
    struct buf b = buf_new(mem, DOOR_CODE_LENGTH + 1);
    for (int i = 0; i < DOOR_CODE_LENGTH; i++)
        buf_byte(&b, letters[randombytes_uniform(sizeof letters - 1)]);
    return buf_sv(&b);
}

struct sv door_code_hash(struct arena *mem, struct sv code, struct sv salt)
{
    uint8_t key[CODE_CHECK_BYTES];
    struct sv normal = seal_normal(mem, MASK_ALL, code);
    struct buf b = buf_new(mem, 2 * sizeof key + 1);
    if (PKCS5_PBKDF2_HMAC(normal.at, (int)normal.len, (const uint8_t *)salt.at, (int)salt.len,
                          CODE_ROUNDS, EVP_sha256(), sizeof key, key) != 1)
        return SV("");
    buf_hex(&b, key, sizeof key);
    return buf_sv(&b);
}

static void code_seal(struct ctx *c, struct door_code *d)
{
    d->code = seal_normal(&c->mem, MASK_ALL, d->code);
    d->salt = seal_random_hex(&c->mem, 8);
    d->check_hash = door_code_hash(&c->mem, d->code, d->salt);
}

static bool is_pin(struct sv s)
{
    bool good = s.len >= 4 && s.len <= 6;
    for (size_t i = 0; good && i < s.len; i++)
        good = s.at[i] >= '0' && s.at[i] <= '9';
    return good;
}

static enum err days_set(struct ctx *c, struct door_code *d)
{
    int64_t days;
    if (!day_known(d->valid_from))
        d->valid_from = day_of(c->now);
    if (d->kind == CODE_PIN || day_known(d->valid_to))
        return ERR_NONE;
    TRY(parameter_int(c, "door_code.days", d->row.scope, d->valid_from, &days));
    d->valid_to.n = d->valid_from.n + days;
    return ERR_NONE;
}

enum err door_code_make(struct ctx *c, struct door_code *d)
{
    if (d->kind == CODE_DOOR && d->code.len == 0)
        d->code = random_code(&c->mem);
    if (d->kind == CODE_PIN)
        d->state = CODE_HUNG;                            /* a number hangs nowhere */
    code_seal(c, d);
    return days_set(c, d);
}

static enum err code_rules(struct ctx *c, const void *before, void *row)
{
    struct door_code *d = row;
    if (before || d->salt.len)
        return ERR_NONE;
    if (d->kind == CODE_DOOR && d->code.len)
        fail_field(c, SV("code"), "door_code.made");
    if (d->kind == CODE_PIN && !is_pin(seal_normal(&c->mem, MASK_ALL, d->code)))
        fail_field(c, SV("code"), "door_code.pin_form");
    if (c->who && c->who->org)
        d->org.n = c->who->org;
    if (d->org.n == 0)
        return fail(c, ERR_FORBIDDEN, "door_code.no_org", "a code without organisation");
    TRY(fail_fields(c));
    return door_code_make(c, d);
}

/* --- hung up --- */

struct hang_input { struct sv signed_by; };
static const struct field hang_takes[] = {
    FIELD(struct hang_input, signed_by, .required = true, .high = 40, .zh = "交接签字人",
          .en = "Who signed for it"),
    { 0 },
};

/* From the day it hangs the old one is of yesterday; on the day itself both are right. */
static enum err end_before(struct ctx *c, const struct door_code *d)
{
    int64_t ids[10];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_door_codes_before,
                            PARAMS(P_INT("elder", d->elder.n), P_TEXT("kind", SV("door")),
                                   P_INT("but", d->id.n), P_INT("day", d->hung_on.n)));
    while (n < 10 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct door_code old;
        bool found;
        TRY(entity_load(c, &door_code_entity, ids[i], &old, &found));
        old.valid_to = d->hung_on;
        TRY(entity_update_by_rule(c, &door_code_entity, &old, old.row.version, "replaced"));
    }
    return ERR_NONE;
}

static enum err hang_effect(struct ctx *c, void *row, const void *input)
{
    const struct hang_input *in = input;
    struct door_code *d = row;
    d->hung_on = day_of(ctx_happened(c));
    d->hung_by = in->signed_by;
    if (d->valid_from.n > d->hung_on.n)
        d->valid_from = d->hung_on;
    return end_before(c, d);
}

static const struct step door_code_steps[] = {
    { .from = "made", .action = "hang", .to = "hung", .may = RIGHT(MAY_SERVE_ORDERS),
      .zh = "已上墙交接", .en = "Hung up, signed for", .effect = hang_effect, .takes = hang_takes,
      .takes_size = sizeof(struct hang_input) },
    { .from = "made,hung", .action = "end", .to = "ended", .may = RIGHT(MAY_SERVE_ORDERS),
      .zh = "作废", .en = "End", .reason = true, .danger = true },
    { 0 },
};

const struct entity door_code_entity = {
    .name = "door_code", .zh = "门码", .en = "Door code", .kind = ENTITY_ORDINARY,
    .size = sizeof(D), .fields = door_code_fields, .indexes = door_code_indexes,
    .sorts = door_code_sorts, .state = "state", .steps = door_code_steps, .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_update = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "elder", .menu = "orders", .rules = code_rules,
};
#undef D

/* --- checking --- */

static enum proof_why why_of(bool own, struct sv state, struct day from, struct day to,
                             struct day day, enum door_code_kind kind)
{
    if (kind == CODE_PIN)
        return own && sv_is(state, "hung") ? WHY_PIN_OK : WHY_PIN_WRONG;
    if (!own)
        return WHY_CODE_FOREIGN;
    if (sv_is(state, "made"))
        return WHY_CODE_UNHUNG;
    bool valid = sv_is(state, "hung") && day.n >= from.n && (!day_known(to) || day.n <= to.n);
    return valid ? WHY_CODE_OK : WHY_CODE_OLD;
}

enum err door_code_judge(struct ctx *c, struct elder_id elder, enum door_code_kind kind,
                         struct sv given, struct day day, enum proof_why *ret_why,
                         struct door_code_id *ret_code)
{
    struct sv key = seal_index(c, "door_code", "code", "key",
                               seal_normal(&c->mem, MASK_ALL, given));
    struct rows r = db_rows(c, &sql_door_code_find,
                            PARAMS(P_TEXT("key", key), P_INT("elder", elder.n),
                                   P_TEXT("kind", sv_of(door_code_kinds[kind].key))));
    *ret_why = kind == CODE_PIN ? WHY_PIN_WRONG : WHY_CODE_UNKNOWN;
    ret_code->n = 0;
    if (rows_next(&r)) {
        bool open = rows_value(&r, 4).type == VALUE_NULL;
        bool own = elder.n && rows_int(&r, 1) == elder.n;
        struct day to = open ? DAY_NONE : (struct day){ rows_int(&r, 4) };
        *ret_why = why_of(own, rows_text(&r, 2), (struct day){ rows_int(&r, 3) }, to, day, kind);
        ret_code->n = own ? rows_int(&r, 0) : 0;         /* whose else it is, is not told */
    }
    return rows_end(&r);
}

enum err door_codes_json(struct ctx *c, struct json *j, struct elder_id elder, struct day day)
{
    json_array(j, "codes");
    struct rows r = db_rows(c, &sql_door_codes_of,
                            PARAMS(P_INT("elder", elder.n), P_INT("day", day.n)));
    while (rows_next(&r)) {
        json_object(j, NULL);
        json_text(j, "kind", rows_text(&r, 0));
        json_text(j, "salt", rows_text(&r, 1));
        json_text(j, "hash", rows_text(&r, 2));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

/* --- a month's codes for every home --- */

struct issue_asked { struct day from, to; };
static const struct field issue_fields[] = {
    FIELD(struct issue_asked, from, .zh = "生效日", .en = "Valid from; tomorrow when absent"),
    FIELD(struct issue_asked, to, .zh = "工单日期至", .en = "Homes visited until; a month when absent"),
    { 0 },
};

static enum err issue_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct issue_asked *asked = q->body;
    int64_t job, from = day_known(asked->from) ? asked->from.n : day_of(c->now).n + 1;
    struct buf b = buf_new(&c->mem, 128);
    struct json j = json_new(&b);
    if (!c->who->org)
        return fail(c, ERR_FORBIDDEN, "door_code.no_org", "codes for no organisation");
    json_object(&j, NULL);
    json_id(&j, "org", c->who->org);
    json_int(&j, "from", from);
    json_int(&j, "to", day_known(asked->to) ? asked->to.n : from + 31);
    json_end(&j, '}');
    TRY(job_add_for(c, "door_codes", buf_sv(&b), c->who->account, 0, &job));
    json_id(&a->json, "job", job);
    return ERR_NONE;
}

struct issue { int64_t org, from, to; size_t made; };

enum err door_codes_due(struct ctx *c, struct organisation_id org, struct day from, struct day to,
                        int64_t *ret_elders, size_t *ret_n)
{
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_door_codes_due,
                            PARAMS(P_INT("org", org.n), P_INT("low", from.n - 31),
                                   P_INT("high", to.n), P_INT("from", from.n)));
    while (*ret_n < CODES_DUE_MAX && rows_next(&r))
        ret_elders[(*ret_n)++] = rows_int(&r, 0);
    return rows_end(&r);
}

/* Ten homes a transaction, in order of ids: what a crash left is not made twice. */
static enum err issue_some(struct ctx *c, void *arg)
{
    struct issue *i = arg;
    int64_t elders[CODES_DUE_MAX];
    size_t n;
    TRY(door_codes_due(c, (struct organisation_id){ i->org }, (struct day){ i->from },
                       (struct day){ i->to }, elders, &n));
    for (size_t k = 0; k < n; k++) {
        struct door_code d;
        record_clear(door_code_fields, &d);
        d.elder.n = elders[k];
        d.org.n = i->org;
        d.valid_from.n = i->from;
        TRY(entity_create_by_rule(c, &door_code_entity, &d));
    }
    i->made = n;
    return ERR_NONE;
}

enum err job_door_codes(struct ctx *c, const struct job *j)
{
    const struct json_value *tree;
    struct issue i = { 0 };
    int64_t done = 0;
    TRY(json_parse(c, j->input, &tree));
    if (!json_id_of(json_member(tree, "org"), &i.org) ||
        !json_whole(json_member(tree, "from"), 0, 100000, &i.from) ||
        !json_whole(json_member(tree, "to"), 0, 100000, &i.to))
        return fail(c, ERR_MALFORMED, "json.malformed", "job without organisation or days");
    do {
        TRY(transaction(c, issue_some, &i));
        done += (int64_t)i.made;
        TRY(job_progress(c, j, done, 0));
    } while (i.made);
    return ERR_NONE;
}

/* The sheet to print and hang up; every code on it is noted as seen. */
static enum err sheet_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t ids[500];
    size_t n = 0;
    (void)q;
    struct rows r = db_rows(c, &sql_door_code_sheet, PARAMS(P_INT("org", c->who->org)));
    while (n < 500 && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(&a->json, "items");
    for (size_t i = 0; i < n; i++) {
        struct door_code d;
        struct elder e;
        bool found;
        TRY(entity_get(c, &door_code_entity, ids[i], &d));
        TRY(entity_load(c, &elder_entity, d.elder.n, &e, &found));
        json_object(&a->json, NULL);
        json_id(&a->json, "id", d.id.n);
        json_text(&a->json, "name", mask_text(&c->mem, MASK_NAME, e.name));
        json_text(&a->json, "address", e.address);
        json_text(&a->json, "code", d.code);
        json_text(&a->json, "qr", sv_fmt(&c->mem, DOOR_CODE_QR "%.*s", SV_ARG(d.code)));
        json_day(&a->json, "valid_from", d.valid_from);
        json_day(&a->json, "valid_to", d.valid_to);
        json_end(&a->json, '}');
        TRY(access_note(c, d.elder.n, &door_code_entity, d.id.n, SV("address,code")));
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field issued_gives[] = { SAYS(ID, "job"), { 0 } };
static const struct field sheet_row_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(TEXT, "address"), SAYS(TEXT, "code"),
    SAYS(TEXT, "qr"), SAYS(DAY, "valid_from"), MAY_SAY(DAY, "valid_to"), { 0 },
};
static const struct field sheet_gives[] = {
    SAYS(LIST, "items", .record = sheet_row_gives), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/door_code/issue",
      .gives = issued_gives, .run = issue_post, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .takes = issue_fields, .takes_size = sizeof(struct issue_asked),
      .zh = "批量生成门码", .en = "Door codes for every home the organisation goes to" },
    { .verb = GET, .path = "/api/door_code/sheet", .gives = sheet_gives,
      .run = sheet_get, .lane = WRITES,
      .may = MAY_SERVE_ORDERS, .zh = "门码打印清单", .en = "Codes to print and hang up" },
    { 0 },
};

const struct module door_code_module = {
    .name = "door_code",
    .entities = (const struct entity *const[]){ &door_code_entity, NULL },
    .endpoints = endpoints,
};
