/* wechat.c - binding one's WeChat: the attempt's row, and what she asks of it. */

#include "care/wechat/wechat.h"

#include "care/message/channel.h"
#include "care/message/choice.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/http.h"
#include "model/seal/seal.h"
#include "print/qr.h"

#define DEFAULTS "系统默认值，待核"

SQL(wechat_ask_by_mark);
SQL(wechat_last_ask);

enum { MARK_BYTES = 16 };

static const struct choice states[] = {
    { "asked", "已去授权", "sent to WeChat" }, { "coded", "正在核对", "being checked" },
    { "bound", "已绑定", "bound" }, { "refused", "没有绑定成", "refused" }, { 0 },
};

#define A struct wechat_ask
const struct field wechat_ask_fields[] = {
    ROW_FIELDS(A),
    LINK(A, account, "account", .read_only = true, .filter = true, .brief = true, .zh = "账号",
         .en = "Account"),
    CHOICE(A, state, states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(A, mark, .hidden = true, .read_only = true, .zh = "标记", .en = "Mark"),
    FIELD(A, code, .class = SECRET, .high = 512, .hidden = true, .read_only = true,
          .zh = "授权码", .en = "Code"),
    FIELD(A, until, .read_only = true, .brief = true, .zh = "有效至", .en = "Until"),
    FIELD(A, why, .high = 200, .read_only = true, .brief = true, .zh = "原因", .en = "Why not"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "mark", .columns = "mark", .unique = true },
    { .name = "account", .columns = "account, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近的在前", "Newest" }, { 0 } };

static enum err take_code(struct ctx *c, void *row, const void *input)
{
    A *ask = row;
    (void)c;
    ask->code = *(const struct sv *)input;
    return ERR_NONE;
}

static enum err forget_code(struct ctx *c, void *row, const void *input)
{
    A *ask = row;
    (void)c;
    ask->code = SV("");
    ask->why = *(const struct sv *)input;
    return ERR_NONE;
}

static const struct step steps[] = {
    { .from = "asked", .action = "code", .to = "coded", .automatic = true, .effect = take_code,
      .zh = "带码回来", .en = "Came back with a code" },
    { .from = "coded", .action = "bind", .to = "bound", .automatic = true, .effect = forget_code,
      .zh = "绑定", .en = "Bound" },
    { .from = "coded", .action = "refuse", .to = "refused", .automatic = true,
      .effect = forget_code, .zh = "没有绑定成", .en = "Refused" },
    { 0 },
};

const struct entity wechat_ask_entity = {
    .name = "wechat_ask", .zh = "微信绑定", .en = "Binding of a WeChat", .size = sizeof(A),
    .fields = wechat_ask_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "state", .reads = MAY_MANAGE_ACCOUNTS, .writes = MAY_MANAGE_ACCOUNTS,
    .no_create = true, .no_update = true, .seen_by_all = true,
};

/* --- hers --- */

struct mine { bool offered, bound; struct sv state, why, qr_path; int64_t qr_side; };
static const struct field mine_gives[] = {
    FIELD(struct mine, offered, .zh = "可以绑定", .en = "The house has a WeChat gateway for it"),
    FIELD(struct mine, bound, .zh = "已绑定", .en = "Bound"),
    FIELD(struct mine, state, .zh = "none 没在绑定，waiting 正在核对，refused 上次没成",
          .en = "none; waiting for WeChat; refused the last time"),
    FIELD(struct mine, why, .zh = "上次为什么没成", .en = "Why it was refused"),
    FIELD(struct mine, qr_path, .zh = "本页地址的二维码", .en = "This page's address as a QR"),
    FIELD(struct mine, qr_side, .zh = "二维码边长", .en = "Its side"), { 0 },
};
struct begun { struct sv url; struct moment until; };
static const struct field begun_gives[] = {
    FIELD(struct begun, url, .zh = "去微信授权的地址", .en = "WeChat's authorise address"),
    FIELD(struct begun, until, .zh = "有效至", .en = "Holds until"), { 0 },
};
struct came { struct sv code, state; };
static const struct field came_takes[] = {
    FIELD(struct came, code, .required = true, .high = 512, .zh = "微信给的授权码",
          .en = "WeChat's code"),
    FIELD(struct came, state, .required = true, .high = 128, .zh = "绑定标记", .en = "The mark"),
    { 0 },
};

/* Offered where the gateway in use says how to authorise, and the house knows its own address. */
MUST static enum err offered(struct ctx *c, struct message_channel *k, bool *ret_is)
{
    const char *base = c->house->config ? c->house->config->public_url : NULL;
    TRY(channel_of(c, WAY_WECHAT, k, ret_is));
    *ret_is = *ret_is && k->authorise_url.len && k->openid_url.len && base && *base;
    return ERR_NONE;
}

/* Her own face's page; WeChat puts code and state behind it. */
static struct sv back_url(struct ctx *c)
{
    const char *page = roles[c->who->role].sees == SEES_OWN   ? "/me/messages"
                       : roles[c->who->role].sees == SEES_CARER ? "/carer/" : "/console/";
    return sv_fmt(&c->mem, "%s%s", c->house->config->public_url, page);
}

/* Her last attempt, as long as it says something about now. */
MUST static enum err note_last(struct ctx *c, struct mine *m)
{
    A ask;
    int64_t id;
    bool found = false;
    m->state = SV("none");
    TRY(db_int(c, &sql_wechat_last_ask, PARAMS(P_INT("account", c->who->account)), &id));
    if (id)
        TRY(entity_load(c, &wechat_ask_entity, id, &ask, &found));
    if (!found || ask.until.ms < c->now.ms)
        return ERR_NONE;
    if (ask.state == WECHAT_CODED)
        m->state = SV("waiting");
    if (ask.state == WECHAT_REFUSED) {
        m->state = SV("refused");
        m->why = ask.why;
    }
    return ERR_NONE;
}

MUST static enum err answer_mine(struct ctx *c, struct answer *a)
{
    struct message_channel k;
    struct message_choice choice;
    struct mine m = { 0 };
    int side = 0;
    TRY(offered(c, &k, &m.offered));
    TRY(message_choice_of(c, (struct account_id){ c->who->account }, (struct elder_id){ 0 },
                          &choice));
    m.bound = choice.wechat.len > 0;
    TRY(note_last(c, &m));
    if (m.offered)
        m.qr_path = qr_path(&c->mem, back_url(c), &side);
    m.qr_side = side;
    return answer_record(c, a, mine_gives, &m);
}

static enum err mine_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    return answer_mine(c, a);
}

/* As it is kept: only the same account, in the same session, finds it again. */
static struct sv mark_kept(struct ctx *c, struct sv mark)
{
    return seal_hash_hex(&c->mem, sv_fmt(&c->mem, "%.*s/%lld/%lld", SV_ARG(mark),
                                         (long long)c->who->account, (long long)c->who->session));
}

static enum err begin_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct message_channel k;
    struct sv mark = seal_random_hex(&c->mem, MARK_BYTES);
    int64_t minutes;
    bool is;
    A ask;
    (void)q;
    TRY(offered(c, &k, &is));
    if (!is)
        return fail(c, ERR_CONFLICT, "wechat.not_offered", "no gateway authorises");
    TRY(parameter_int(c, "message.wechat_minutes", 0, day_of(c->now), &minutes));
    record_clear(wechat_ask_fields, &ask);
    ask.account.n = c->who->account;
    ask.mark = mark_kept(c, mark);
    ask.until.ms = c->now.ms + minutes * 60000;
    TRY(entity_create_by_rule(c, &wechat_ask_entity, &ask));
    const struct begun b = { outcall_authorise(c, &k, back_url(c), mark), ask.until };
    return answer_record(c, a, begun_gives, &b);
}

/* The attempt of this mark, if it is this browser's, not used yet, and not too old. */
MUST static enum err ask_of(struct ctx *c, struct sv mark, A *ret_ask)
{
    int64_t id;
    bool found = false;
    TRY(db_int(c, &sql_wechat_ask_by_mark,
               PARAMS(P_TEXT("mark", mark_kept(c, mark))), &id));
    if (id)
        TRY(entity_load(c, &wechat_ask_entity, id, ret_ask, &found));
    if (!found || ret_ask->state != WECHAT_ASKED || ret_ask->until.ms < c->now.ms)
        return fail(c, ERR_CONFLICT, "wechat.stale", "no such attempt of account %lld",
                    (long long)c->who->account);
    return ERR_NONE;
}

static enum err code_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct came *in = q->body;
    A ask;
    TRY(ask_of(c, in->state, &ask));
    TRY(entity_act_by_rule(c, &wechat_ask_entity, ask.id.n, ask.row.version, SV("code"), &in->code,
                           &ask));
    TRY(outbox_add(c, &(struct message_out){
        .way = SV(WECHAT_CODE_WAY), .address = SV("wechat"), .template = SV("wechat.code"),
        .values = sv_fmt(&c->mem, "{\"ask\":\"%lld\"}", (long long)ask.id.n),
        .once = sv_fmt(&c->mem, "wechat/%lld", (long long)ask.id.n), .not_before = c->now }));
    return answer_mine(c, a);
}

static enum err unbind_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct message_choice m;
    (void)q;
    TRY(message_choice_of(c, (struct account_id){ c->who->account }, (struct elder_id){ 0 }, &m));
    if (m.wechat.len) {
        m.wechat = SV("");
        m.way = m.way == CHOICE_WECHAT ? CHOICE_AUTO : m.way;
        TRY(entity_update_by_rule(c, &message_choice_entity, &m, m.row.version, "unbind"));
    }
    return answer_mine(c, a);
}

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/my/wechat", .run = mine_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = mine_gives, .zh = "我的微信绑定",
      .en = "Whether my WeChat is bound" },
    { .verb = POST, .path = "/api/my/wechat", .run = begin_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .gives = begun_gives, .no_replay = true, .per_minute = 10,
      .zh = "开始绑定微信", .en = "Begin to bind my WeChat" },
    { .verb = POST, .path = "/api/my/wechat/code", .run = code_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = came_takes, .takes_size = sizeof(struct came),
      .gives = mine_gives, .per_minute = 10, .zh = "从微信授权回来",
      .en = "Come back from WeChat with its code" },
    { .verb = POST, .path = "/api/my/wechat/unbind", .run = unbind_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .gives = mine_gives, .zh = "解绑微信", .en = "Unbind my WeChat" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "message.wechat_minutes", "10", "minute", "绑定微信：去授权后多少分钟内回来有效",
      "Binding WeChat: minutes until it must have come back", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "wechat.not_offered", "本平台还没有开通微信消息", "messages by WeChat are not offered here" },
    { "wechat.stale", "这次授权已失效，请重新点“绑定微信”",
      "this authorisation holds no longer; begin again" },
    { 0 },
};

static const struct entity *const entities[] = { &wechat_ask_entity, NULL };

const struct module wechat_module = {
    .name = "wechat", .entities = entities, .endpoints = endpoints, .parameters = parameters,
    .messages = messages,
};
