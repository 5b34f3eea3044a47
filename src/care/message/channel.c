/* channel.c - ways out: the table of gateways, in use or not. */

#include "care/message/inside.h"

SQL(channel_in_use);

static const struct choice adapters[] = {
    { "file", "写入文件", "file" }, { "http", "服务商接口（HTTP）", "HTTP" }, { 0 },
};
static const struct choice forms[] = { { "json", "JSON", "JSON" }, { "form", "表单", "form" },
                                       { 0 } };
static const struct choice signs[] = {
    { "none", "不签名", "none" }, { "md5", "MD5", "MD5" }, { "hmac_sha256", "HMAC-SHA256",
                                                             "HMAC-SHA256" }, { 0 },
};
static const struct choice repeats_choices[] = {
    { "not_known", "不会识别重复（超时不再自动重发）", "sends a repeated id again" },
    { "dropped", "按消息编号去重（可放心重试）", "drops a repeated id" }, { 0 },
};
static const struct choice states[] = { { "off", "停用", "off" }, { "active", "使用中", "in use" },
                                        { 0 } };
/* A call list needs no gateway. */
static const struct choice ways[] = { { "sms", "短信", "SMS" }, { "voice", "语音电话", "voice call" },
                                      { "wechat", "微信", "WeChat" }, { 0 } };

enum { TIMEOUT_MS = 5000, RATE_S = 20, TRIES = 5 };

#define BODY_SLOTS "{to} {text} {params} {code} {once} {login} {secret} {time} {token} {sign}"

#define K struct message_channel
const struct field message_channel_fields[] = {
    ROW_FIELDS(K),
    FIELD(K, name, .required = true, .high = 60, .brief = true, .zh = "名称", .en = "Name"),
    CHOICE(K, way, ways, .required = true, .create_only = true, .filter = true, .brief = true,
           .zh = "渠道", .en = "Channel"),
    CHOICE(K, adapter, adapters, .brief = true, .zh = "接入方式", .en = "Adapter"),
    CHOICE(K, state, states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(K, url, .high = 300, .zh = "接口地址", .en = "Address",
          .hint_zh = "https 开头；内网网关可用 http 加内网 IP",
          .hint_en = "https; an inner gateway may have http and a private address"),
    FIELD(K, headers, .high = 600, .many_lines = true, .zh = "请求头（一行一个）",
          .en = "Headers, a line each"),
    FIELD(K, body, .high = 2000, .many_lines = true, .zh = "请求内容", .en = "Body",
          .hint_zh = "可用 " BODY_SLOTS, .hint_en = "with " BODY_SLOTS),
    CHOICE(K, form, forms, .zh = "内容格式", .en = "Form of the body"),
    FIELD(K, login, .high = 100, .zh = "账号", .en = "User"),
    FIELD(K, secret, .class = SECRET, .high = 200, .zh = "密钥（加密保存，不再显示）",
          .en = "Secret (sealed, not shown again)"),
    CHOICE(K, sign, signs, .zh = "签名算法", .en = "Signed by"),
    FIELD(K, sign_of, .high = 300, .zh = "签名原文", .en = "Signed text"),
    FIELD(K, ok_path, .high = 60, .zh = "成功标志的位置", .en = "Where success stands"),
    FIELD(K, ok_value, .high = 60, .zh = "成功标志的值", .en = "Its values"),
    FIELD(K, id_path, .high = 60, .zh = "服务商消息号的位置", .en = "Where its id stands"),
    FIELD(K, why_path, .high = 60, .zh = "错误码的位置", .en = "Where the error stands"),
    FIELD(K, never_values, .high = 200, .zh = "不必重试的错误码", .en = "Errors not to try again"),
    CHOICE(K, repeats, repeats_choices, .zh = "同一编号重复提交", .en = "A repeated id"),
    FIELD(K, token_url, .high = 400, .zh = "取令牌地址", .en = "Address of the token"),
    FIELD(K, token_path, .high = 60, .zh = "令牌的位置", .en = "Where the token stands"),
    FIELD(K, token_s, .low = 0, .high = 86400, .zh = "令牌有效秒数", .en = "Seconds it holds"),
    FIELD(K, authorise_url, .high = 400, .zh = "微信网页授权地址",
          .en = "WeChat: where people authorise", .hint_zh = "可用 {login} {back} {state}",
          .hint_en = "with {login} {back} {state}"),
    FIELD(K, openid_url, .high = 400, .zh = "换取微信标识的地址",
          .en = "WeChat: where a code is exchanged", .hint_zh = "可用 {login} {secret} {code}",
          .hint_en = "with {login} {secret} {code}"),
    FIELD(K, openid_path, .high = 60, .zh = "微信标识的位置（默认 openid）",
          .en = "Where the open id stands (openid)"),
    FIELD(K, timeout_ms, .low = 0, .high = FETCH_MS_MAX, .zh = "超时（毫秒，默认5000）",
          .en = "Time-out, ms (5000)"),
    FIELD(K, rate_s, .low = 0, .high = 200, .zh = "每秒最多几条（默认20）",
          .en = "A second at most (20)"),
    FIELD(K, tries_max, .low = 0, .high = OUTBOX_TRIES_MAX, .zh = "最多试几次（默认5）",
          .en = "Tries at most (5)"),
    FIELD(K, receipt_key, .class = SECRET, .high = 200, .zh = "回执密钥", .en = "Key of receipts"),
    FIELD(K, receipt_id_path, .high = 60, .zh = "回执里消息号的位置", .en = "Id in a receipt"),
    FIELD(K, receipt_ok_path, .high = 60, .zh = "回执里结果的位置", .en = "Result in a receipt"),
    FIELD(K, receipt_ok_value, .high = 60, .zh = "表示送达的值", .en = "Its values for delivered"),
    LINK(K, changed_by, "account", .read_only = true, .zh = "最后修改", .en = "Changed by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "one_in_use", .columns = "way", .unique = true,
      .where = "state = 'active' AND ended_at IS NULL", .message = "channel.in_use" },
    { .name = "way", .columns = "way, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort sorts[] = { { "way", "way", false, "渠道", "Channel" }, { 0 } };

static void need_url(struct ctx *c, struct sv name, struct sv url, bool required)
{
    struct sv sample = url.len ? text_fill(&c->mem, url, NULL, 0) : url;
    if ((required || url.len) && !fetch_may(sample))
        fail_field(c, name, "channel.url");
}

/* Both or neither; the secret is never part of what a browser is sent to. */
static void authorise_rules(struct ctx *c, K *k)
{
    need_url(c, SV("authorise_url"), k->authorise_url, false);
    need_url(c, SV("openid_url"), k->openid_url, false);
    if (!k->authorise_url.len && !k->openid_url.len)
        return;
    if (k->way != WAY_WECHAT)
        fail_field(c, SV("authorise_url"), "channel.only_wechat");
    if (!k->authorise_url.len)
        fail_field(c, SV("authorise_url"), "required");
    if (!k->openid_url.len)
        fail_field(c, SV("openid_url"), "required");
    if (k->authorise_url.len && (sv_find(k->authorise_url, SV("{back}")) < 0 ||
                                 sv_find(k->authorise_url, SV("{state}")) < 0 ||
                                 sv_find(k->authorise_url, SV("{secret}")) >= 0))
        fail_field(c, SV("authorise_url"), "channel.authorise");
    k->openid_path = k->openid_path.len ? k->openid_path : SV("openid");
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    K *k = row;
    (void)before;
    k->changed_by = review_me(c);
    k->timeout_ms = k->timeout_ms ? k->timeout_ms : TIMEOUT_MS;
    k->rate_s = k->rate_s ? k->rate_s : RATE_S;
    k->tries_max = k->tries_max ? k->tries_max : TRIES;
    if (k->adapter == ADAPTER_FILE)
        return ERR_NONE;
    need_url(c, SV("url"), k->url, true);
    need_url(c, SV("token_url"), k->token_url, false);
    authorise_rules(c, k);
    if (k->body.len == 0)
        fail_field(c, SV("body"), "required");
    if (k->token_url.len && !k->token_path.len)
        fail_field(c, SV("token_path"), "required");
    if (k->repeats == REPEATS_DROPPED && sv_find(k->body, SV("{once}")) < 0 &&
        sv_find(k->headers, SV("{once}")) < 0)
        fail_field(c, SV("body"), "channel.once");
    return fail_fields(c);
}

#define KEEPS RIGHT(MAY_MANAGE_ACCOUNTS)
static const struct step steps[] = {
    { .from = "off", .action = "use", .to = "active", .may = KEEPS, .danger = true, .zh = "启用",
      .en = "Use it" },
    { .from = "active", .action = "stop", .to = "off", .may = KEEPS, .danger = true,
      .reason = true, .zh = "停用", .en = "Stop" },
    { 0 },
};

const struct entity message_channel_entity = {
    .name = "message_channel", .zh = "消息通道", .en = "Message channel", .size = sizeof(K),
    .fields = message_channel_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "name", .reads = MAY_MANAGE_ACCOUNTS, .writes = MAY_MANAGE_ACCOUNTS,
    .seen_by_all = true, .rules = rules, .menu = "setup",
};

enum err channel_of(struct ctx *c, enum message_way way, struct message_channel *ret_channel,
                    bool *ret_found)
{
    int64_t id;
    *ret_found = false;
    if (way == WAY_CALL)
        return ERR_NONE;
    TRY(db_int(c, &sql_channel_in_use, PARAMS(P_TEXT("way", sv_of(message_ways[way].key))), &id));
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &message_channel_entity, id, ret_channel, ret_found));
    *ret_found = *ret_found && ret_channel->adapter == ADAPTER_HTTP;
    return ERR_NONE;
}
