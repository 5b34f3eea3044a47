/* client.c - 接入应用: whose programs may send requests, and their keys. */

#include "care/open311/inside.h"

#include "care/review/review.h"
#include "http/describe/gives.h"
#include "model/seal/seal.h"

SQL(client_by_key);

enum { KEY_BYTES = 20, KEY_END = 4 };

static const struct choice states[] = {
    { "active", "使用中", "in use" }, { "stopped", "已停用", "stopped" }, { 0 },
};

#define K struct open311_client
const struct field open311_client_fields[] = {
    ROW_FIELDS(K),
    FIELD(K, name, .required = true, .low = 2, .high = 60, .brief = true, .zh = "接入应用",
          .en = "Program", .hint_zh = "例如：12345热线平台、街道小程序",
          .hint_en = "the hotline's platform, a street's app"),
    LINK(K, division, "division", .required = true, .create_only = true, .brief = true,
         .zh = "可提交的区划", .en = "Division it may send for"),
    FIELD(K, contact, .high = 100, .brief = true, .zh = "联系单位和电话",
          .en = "Who answers for it there"),
    FIELD(K, key_hash, .hidden = true, .read_only = true, .zh = "密钥摘要", .en = "Hash of the key"),
    FIELD(K, key_end, .read_only = true, .brief = true, .zh = "密钥后四位",
          .en = "End of its key"),
    FIELD(K, key_at, .read_only = true, .brief = true, .zh = "密钥生成时间", .en = "Key made at"),
    CHOICE(K, state, states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "key", .columns = "key_hash", .unique = true, .where = "key_hash IS NOT NULL" },
    { .name = "state", .columns = "state, id" },
    { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近的在前", "Newest" }, { 0 } };

static enum err rules(struct ctx *c, const void *before, void *row)
{
    K *k = row;
    struct division d;
    bool found;
    if (before)
        return ERR_NONE;
    TRY(entity_load(c, &division_entity, k->division.n, &d, &found));
    if (!found)
        fail_field(c, SV("division"), "link.missing");
    else
        k->row.scope = d.row.scope;
    return fail_fields(c);
}

#define KEEPS RIGHT(MAY_MANAGE_ACCOUNTS)
static const struct step steps[] = {
    { .from = "active", .action = "stop", .to = "stopped", .may = KEEPS, .danger = true,
      .reason = true, .zh = "停用", .en = "Stop" },
    { .from = "stopped", .action = "use", .to = "active", .may = KEEPS, .zh = "启用",
      .en = "Use again" },
    { 0 },
};

const struct entity open311_client_entity = {
    .name = "open311_client", .zh = "诉求接入应用", .en = "Program that sends requests",
    .size = sizeof(K), .fields = open311_client_fields, .indexes = indexes, .sorts = sorts,
    .state = "state", .steps = steps, .title = "name", .reads = MAY_MANAGE_ACCOUNTS,
    .writes = MAY_MANAGE_ACCOUNTS, .seen_by_all = true, .rules = rules, .menu = "setup",
};

enum err client_of_key(struct ctx *c, struct sv key, K *ret_client)
{
    int64_t id = 0;
    bool found = false;
    record_clear(open311_client_fields, ret_client);
    if (!key.len)
        return ERR_NONE;
    if (key.len == KEY_BYTES * 2)
        TRY(db_int(c, &sql_client_by_key,
                   PARAMS(P_TEXT("key_hash", seal_hash_hex(&c->mem, key))), &id));
    if (id)
        TRY(entity_load(c, &open311_client_entity, id, ret_client, &found));
    if (!found || ret_client->state != CLIENT_ACTIVE)
        return fail(c, ERR_FORBIDDEN, "open311.key", "a key that is not in use");
    return ERR_NONE;
}

/* --- a new key: shown once, the one before ends --- */

static enum err key_post(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    K k;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &open311_client_entity, id, &k));
    struct sv key = seal_random_hex(&c->mem, KEY_BYTES);
    k.key_hash = seal_hash_hex(&c->mem, key);
    k.key_end = sv_from(key, key.len - KEY_END);
    k.key_at = c->now;
    TRY(entity_update_by_rule(c, &open311_client_entity, &k, k.row.version, "key"));
    json_text(&a->json, "key", key);
    return ERR_NONE;
}
#undef K

static const struct field key_gives[] = { SAYS(TEXT, "key"), { 0 } };

const struct endpoint open311_client_endpoints[] = {
    { .verb = POST, .path = "/api/open311_client/{id}/key", .run = key_post, .lane = WRITES,
      .may = MAY_MANAGE_ACCOUNTS, .gives = key_gives, .no_replay = true, .per_minute = 10,
      .zh = "生成新密钥（只显示一次，旧的作废）",
      .en = "A new key, shown once; the one before ends" },
    { 0 },
};
