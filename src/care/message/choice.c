/* choice.c - how somebody wants to be told. */

#include "care/message/inside.h"

#include "care/elder/seen.h"
#include "care/family/family.h"
#include "http/http.h"

SQL(choice_of_account);
SQL(choice_of_elder);
SQL(elder_of_account);

static const struct choice choice_ways[] = {
    { "auto", "自动选择", "as it fits" }, { "sms", "短信", "SMS" },
    { "voice", "语音电话", "voice call" }, { "wechat", "微信", "WeChat" },
    { "call", "请人打电话", "a person rings" }, { 0 },
};

#define C struct message_choice
const struct field message_choice_fields[] = {
    ROW_FIELDS(C),
    LINK(C, account, "account", .create_only = true, .filter = true, .zh = "账号", .en = "Account"),
    LINK(C, elder, "elder", .create_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    CHOICE(C, way, choice_ways, .brief = true, .zh = "用什么方式", .en = "Way"),
    SET(C, off, message_kinds, .brief = true, .zh = "不想收的", .en = "Not wanted"),
    FIELD(C, digest, .brief = true, .zh = "晚上一次汇总", .en = "One digest in the evening"),
    FIELD(C, quiet_from, .low = 0, .high = 1439, .zh = "免打扰从（分钟）", .en = "Quiet from, minute"),
    FIELD(C, quiet_to, .low = 0, .high = 1439, .zh = "免打扰到（分钟）", .en = "Quiet until, minute"),
    FIELD(C, remind_min, .low = 0, .high = 1439, .zh = "提醒时间（分钟）",
          .en = "Reminders at, minute"),
    FIELD(C, wechat, .class = SEALED, .mask = MASK_ALL, .high = 64, .zh = "微信标识",
          .en = "WeChat open id"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "account", .columns = "account", .unique = true,
      .where = "account IS NOT NULL AND ended_at IS NULL", .message = "choice.twice" },
    { .name = "elder", .columns = "elder", .unique = true,
      .where = "elder IS NOT NULL AND ended_at IS NULL", .message = "choice.twice" },
    { .name = "accounts", .columns = "account, id" },
    { .name = "elders", .columns = "elder, id" },
    { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const C *m = row;
    (void)before;
    for (size_t i = 0; i < TELL_KINDS; i++)
        if (m->off.bits >> i & 1 && !message_forms[i].optional)
            fail_field(c, SV("off"), "choice.not_optional");
    if (m->quiet_from.known != m->quiet_to.known)
        fail_field(c, SV("quiet_to"), "choice.quiet_both");
    return fail_fields(c);
}

const struct entity message_choice_entity = {
    .name = "message_choice", .zh = "消息偏好", .en = "How to be told", .size = sizeof(C),
    .fields = message_choice_fields, .indexes = indexes, .sorts = sorts,
    .reads = MAY_READ_REGISTER, .writes = MAY_ANSWER_CALLS, .no_create = true, .no_update = true,
    .seen_by_own = "account = $", .seen_by_org = SEEN_BY_SERVER, .elder = "elder", .rules = rules,
};

enum err message_choice_of(struct ctx *c, struct account_id account, struct elder_id elder,
                   struct message_choice *ret_choice)
{
    int64_t id = 0;
    bool found = false;
    record_clear(message_choice_fields, ret_choice);
    if (account.n)
        TRY(db_int(c, &sql_choice_of_account, PARAMS(P_INT("account", account.n)), &id));
    if (!id && elder.n)
        TRY(db_int(c, &sql_choice_of_elder, PARAMS(P_INT("elder", elder.n)), &id));
    return id ? entity_load(c, &message_choice_entity, id, ret_choice, &found) : ERR_NONE;
}

/* --- her own --- */

static enum err answer_choice(struct ctx *c, struct answer *a, const C *m)
{
    json_text(&a->json, "way", sv_of(choice_ways[m->way].key));
    json_bool(&a->json, "digest", m->digest);
    if (m->quiet_from.known) {
        json_int(&a->json, "quiet_from", m->quiet_from.n);
        json_int(&a->json, "quiet_to", m->quiet_to.n);
    }
    if (m->remind_min.known)
        json_int(&a->json, "remind_min", m->remind_min.n);
    json_bool(&a->json, "wechat", m->wechat.len != 0);
    json_array(&a->json, "kinds");
    for (size_t i = 0; i < TELL_KINDS; i++) {
        if (!message_forms[i].optional || i == TELL_DIGEST)
            continue;
        json_object(&a->json, NULL);
        json_text(&a->json, "key", sv_of(message_kinds[i].key));
        json_text(&a->json, "name", sv_of(c->lang == LANG_EN ? message_kinds[i].en
                                                              : message_kinds[i].zh));
        json_bool(&a->json, "on", !(m->off.bits >> i & 1));
        json_bool(&a->json, "reminder", message_forms[i].reminder || i == TELL_MEAL);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* The new values over what stands; a choice that is not there yet is made. */
MUST static enum err put_choice(struct ctx *c, const struct request *q, C *m)
{
    const C *in = q->body;
    m->way = in->way;
    m->off = in->off;
    m->digest = in->digest;
    m->quiet_from = in->quiet_from;
    m->quiet_to = in->quiet_to;
    m->remind_min = in->remind_min;
    if (m->way == CHOICE_WECHAT && m->wechat.len == 0) {
        fail_field(c, SV("way"), "choice.wechat");
        return fail_fields(c);
    }
    if (m->id.n)
        return entity_update_by_rule(c, &message_choice_entity, m, m->row.version, "choose");
    return entity_create_by_rule(c, &message_choice_entity, m);
}

enum err my_choice_get(struct ctx *c, const struct request *q, struct answer *a)
{
    C m;
    (void)q;
    TRY(message_choice_of(c, review_me(c), (struct elder_id){ 0 }, &m));
    return answer_choice(c, a, &m);
}

enum err my_choice_put(struct ctx *c, const struct request *q, struct answer *a)
{
    C m;
    TRY(message_choice_of(c, review_me(c), (struct elder_id){ 0 }, &m));
    m.account = review_me(c);
    TRY(put_choice(c, q, &m));
    return answer_choice(c, a, &m);
}

/* --- of an elder without an account, by whoever answers her calls, or by bound family --- */

/* Family that may see her records says how her mother is reminded: it reads the same messages. */
MUST static enum err check_family(struct ctx *c, struct elder_id elder)
{
    bool allowed = true;
    if (c->who->role == ROLE_CITIZEN)
        TRY(bond_allows(c, c->who->account, elder, BOND_MAY_RECORDS, &allowed));
    return allowed ? ERR_NONE : fail(c, ERR_MISSING, "missing", "elder %lld is not hers",
                                     (long long)elder.n);
}

static enum err elder_asked(struct ctx *c, const struct request *q, struct elder *e, C *m)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &elder_entity, id, e));
    TRY(check_family(c, e->id));
    TRY(message_choice_of(c, e->account, e->id, m));
    return ERR_NONE;
}

enum err elder_choice_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct elder e;
    C m;
    TRY(elder_asked(c, q, &e, &m));
    return answer_choice(c, a, &m);
}

enum err elder_choice_put(struct ctx *c, const struct request *q, struct answer *a)
{
    struct elder e;
    C m;
    TRY(elder_asked(c, q, &e, &m));
    if (e.account.n)
        return fail(c, ERR_CONFLICT, "choice.her_own", "elder %lld chooses herself",
                    (long long)e.id.n);
    m.elder = e.id;
    m.row.scope = e.row.scope;
    TRY(put_choice(c, q, &m));
    return answer_choice(c, a, &m);
}
