/* message.c - the row of a message: what went out to whom, its state, what a person may do. */

#include "care/message/inside.h"

#include "care/todo/todo.h"

SQL(message_twice);
SQL(message_without_transport);

#define M struct message_row
const struct field message_fields[] = {
    ROW_FIELDS(M),
    CHOICE(M, kind, message_kinds, .read_only = true, .filter = true, .brief = true,
           .zh = "说什么事", .en = "About"),
    CHOICE(M, way, message_ways, .read_only = true, .filter = true, .brief = true, .zh = "渠道",
           .en = "Channel"),
    CHOICE(M, state, message_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(M, account, "account", .read_only = true, .filter = true, .zh = "收信账号",
         .en = "To account"),
    LINK(M, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(M, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(M, care_order, "care_order", .read_only = true, .filter = true, .brief = true,
         .zh = "订单", .en = "Order"),
    FIELD(M, address, .class = SEALED, .mask = MASK_PHONE, .high = 64, .read_only = true,
          .filter = true, .brief = true, .zh = "发给", .en = "To"),
    FIELD(M, text, .high = TEXT_MAX * 2, .read_only = true, .brief = true, .zh = "内容",
          .en = "Text"),
    FIELD(M, slots, .class = SECRET, .high = 2000, .hidden = true, .read_only = true, .zh = "变量",
          .en = "Values"),
    FIELD(M, once, .hidden = true, .read_only = true, .zh = "唯一标识", .en = "Once"),
    FIELD(M, urgent, .read_only = true, .zh = "紧急", .en = "Urgent"),
    FIELD(M, parts, .read_only = true, .zh = "条数或秒数", .en = "Parts or seconds"),
    FIELD(M, happened_at, .read_only = true, .zh = "事情发生在", .en = "Happened at"),
    FIELD(M, not_before, .read_only = true, .filter = true, .zh = "不早于", .en = "Not before"),
    FIELD(M, until, .read_only = true, .zh = "过时不发", .en = "Not after"),
    FIELD(M, sent_at, .read_only = true, .brief = true, .zh = "发出时间", .en = "Sent at"),
    FIELD(M, delivered_at, .read_only = true, .zh = "送达时间", .en = "Delivered at"),
    FIELD(M, tries, .read_only = true, .zh = "试了几次", .en = "Tries"),
    FIELD(M, again, .read_only = true, .zh = "人工重发", .en = "Sent again"),
    FIELD(M, why, .high = 200, .read_only = true, .brief = true, .zh = "原因", .en = "Why"),
    FIELD(M, instead, .high = 200, .read_only = true, .zh = "微信没收的原因",
          .en = "Why not by WeChat"),
    FIELD(M, provider_ref, .high = 100, .read_only = true, .zh = "服务商消息号",
          .en = "Provider's id"),
    LINK(M, template, "message_template", .read_only = true, .zh = "模板", .en = "Text"),
    LINK(M, channel, "message_channel", .read_only = true, .zh = "通道", .en = "Gateway"),
    FIELD(M, link, .hidden = true, .read_only = true, .zh = "链接", .en = "Link"),
    FIELD(M, link_until, .read_only = true, .zh = "链接有效至", .en = "Link until"),
    FIELD(M, looked_at, .read_only = true, .zh = "查看时间", .en = "Looked at"),
    FIELD(M, looks, .read_only = true, .zh = "查看次数", .en = "Looks"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "once", .unique = true },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "state", .columns = "state, scope, not_before, id" },
    { .name = "account", .columns = "account, state, not_before, id" },
    { .name = "account_day", .columns = "account, created_at" },
    { .name = "elder", .columns = "elder, created_at, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "order", .columns = "care_order, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "way", .columns = "way, state, scope, not_before, id" },
    { .name = "address", .columns = "address, id" },
    { .name = "link", .columns = "link", .unique = true, .where = "link IS NOT NULL" },
    { .name = "ref", .columns = "channel, provider_ref", .where = "provider_ref IS NOT NULL" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近的在前", "Newest" }, { 0 } };

/* --- what a person does --- */

static enum err resend(struct ctx *c, void *row, const void *input)
{
    M *m = row;
    (void)input;
    m->again++;
    m->why = SV("");
    m->not_before = c->now;
    return message_post(c, m);
}

static enum err has_address(struct ctx *c, const void *row)
{
    const M *m = row;
    if (m->way == WAY_CALL || m->address.len == 0)
        return fail(c, ERR_CONFLICT, "message.no_address", "message %lld has no address",
                    (long long)m->id.n);
    return ERR_NONE;
}

static enum err is_call(struct ctx *c, const void *row)
{
    const M *m = row;
    return m->way == WAY_CALL ? ERR_NONE
                              : fail(c, ERR_CONFLICT, "step.not_now", "message %lld is no call",
                                     (long long)m->id.n);
}

struct called_input { struct sv why; };
static const struct field called_takes[] = {
    FIELD(struct called_input, why, .required = true, .high = 200, .zh = "电话里怎么说",
          .en = "What was said"),
    { 0 },
};

static enum err called(struct ctx *c, void *row, const void *input)
{
    M *m = row;
    m->why = ((const struct called_input *)input)->why;
    m->sent_at = c->now;
    return ERR_NONE;
}

/* What the sender found out; see inside.h. */
static enum err note_carried(struct ctx *c, void *row, const void *input)
{
    const struct carried_input *in = input;
    M *m = row;
    m->tries++;
    m->why = in->why;
    m->channel = in->channel;
    if (in->ref.len)
        m->provider_ref = in->ref;
    if (in->sent)
        m->sent_at = c->now;
    return ERR_NONE;
}

/* A refusal of WeChat is no end: the same by her number, under a new id. */
static enum err turn(struct ctx *c, void *row, const void *input)
{
    const struct carried_input *in = input;
    M *m = row;
    m->tries++;
    m->instead = in->why;
    return message_turn(c, m);
}

static enum err note_delivered(struct ctx *c, void *row, const void *input)
{
    M *m = row;
    (void)input;
    m->delivered_at = c->now;
    m->why = SV("");
    return ERR_NONE;
}

static enum err note_why(struct ctx *c, void *row, const void *input)
{
    M *m = row;
    (void)c;
    m->why = ((const struct carried_input *)input)->why;
    return ERR_NONE;
}

#define DESK_ (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_ANSWER_CALLS) | RIGHT(MAY_SET_RULES))
static const struct step steps[] = {
    { .from = "failed,unsure", .action = "resend", .to = "waiting", .may = DESK_,
      .guard = has_address, .effect = resend, .reason = true, .zh = "重发", .en = "Send again" },
    { .from = "failed,unsure,waiting,gathered", .action = "drop", .to = "dropped", .may = DESK_,
      .reason = true, .danger = true, .zh = "不再发送", .en = "Do not send" },
    { .from = "waiting", .action = "called", .to = "called", .may = DESK_, .guard = is_call,
      .effect = called, .takes = called_takes, .takes_size = sizeof(struct called_input),
      .zh = "已打电话", .en = "Rung" },
    { .from = "waiting", .action = "try", .to = "", .automatic = true, .effect = note_carried,
      .zh = "试发一次", .en = "Tried" },
    { .from = "waiting", .action = "turn", .to = "", .automatic = true, .effect = turn,
      .zh = "微信没收，改发短信", .en = "Not by WeChat: by SMS" },
    { .from = "waiting", .action = "carry", .to = "sent", .automatic = true,
      .effect = note_carried, .zh = "发出", .en = "Sent" },
    { .from = "waiting", .action = "fail", .to = "failed", .automatic = true,
      .effect = note_carried, .zh = "发送失败", .en = "Failed" },
    { .from = "waiting", .action = "doubt", .to = "unsure", .automatic = true,
      .effect = note_carried, .zh = "不确定", .en = "Unsure" },
    { .from = "sent,unsure", .action = "deliver", .to = "delivered", .automatic = true,
      .effect = note_delivered, .zh = "送达", .en = "Delivered" },
    { .from = "sent,unsure", .action = "bounce", .to = "failed", .automatic = true,
      .effect = note_why, .zh = "没有送达", .en = "Not delivered" },
    { .from = "waiting", .action = "lapse", .to = "dropped", .automatic = true,
      .effect = note_why, .zh = "过时不发", .en = "Too late" },
    { .from = "gathered", .action = "fold", .to = "digested", .automatic = true, .zh = "并入汇总",
      .en = "In a digest" },
    { 0 },
};

const struct entity message_entity = {
    .name = "message", .zh = "消息", .en = "Message", .size = sizeof(M), .fields = message_fields,
    .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps, .title = "kind",
    .reads = MAY_READ_ORDERS, .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true,
    .seen_by_own = "account = $", .seen_by_org = "org = $", .elder = "elder", .menu = "orders",
};
#undef M

static const struct todo_kind todos[] = {
    { .key = "messages_failed", .zh = "没发出去的消息", .en = "Messages that failed",
      .entity = "message", .list = "state.in=failed,unsure", .due = "created_at",
      .may = RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_ANSWER_CALLS), .shows = "kind,elder,why" },
    { .key = "messages_to_call", .zh = "要打电话告知的", .en = "To be told by telephone",
      .entity = "message", .list = "way=call&state=waiting", .due = "not_before",
      .may = RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_ANSWER_CALLS), .shows = "kind,elder,text" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "message.signature", "一刻养老", "", "短信签名", "Signature of SMS", DEFAULTS },
    { "message.quiet_from", "1290", "minute", "免打扰开始（一天的第几分钟）",
      "Quiet from (minute of the day)", DEFAULTS },
    { "message.quiet_to", "420", "minute", "免打扰结束（一天的第几分钟）",
      "Quiet until (minute of the day)", DEFAULTS },
    { "message.daily_limit", "8", "time", "每人每天最多几条（紧急的除外）",
      "Messages a person and day at most, urgent ones apart", DEFAULTS },
    { "message.digest_minute", "1200", "minute", "每天汇总的时间（一天的第几分钟）",
      "When the digest goes out (minute of the day)", DEFAULTS },
    { "message.stale_minutes", "120", "minute", "过了多少分钟就不再告知",
      "Told later than this: not told", DEFAULTS },
    { "message.tomorrow", "1", "", "前一天告知明天的服务（1是0否）",
      "Tell of tomorrow's visit the day before (1 or 0)", DEFAULTS },
    { "message.remind_minute", "1020", "minute", "提醒的默认时间（一天的第几分钟）",
      "When reminders go out (minute of the day)", DEFAULTS },
    { "message.link_hours", "72", "hour", "短信链接有效多少小时", "Hours a link holds", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "template.slot", "这类消息没有“{0}”这个词，请看可用的词", "this kind has no {0}; see which it has" },
    { "template.parts", "最长时要 {0} 条短信，超过允许的 {1} 条，请写短些",
      "at its longest {0} parts, more than {1}; write less" },
    { "template.seconds", "最长时要念 {0} 秒，超过允许的 {1} 秒，请写短些",
      "at its longest {0} seconds, more than {1}; write less" },
    { "template.wechat", "“{0}”可能超过微信每项 {1} 个字的限制，请去掉",
      "{0} may be longer than WeChat's {1} characters; leave it out" },
    { "template.call", "人工拨打不用模板", "a person who rings needs no text" },
    { "template.published", "这类消息已有发布的版本", "a version is published already" },
    { "channel.url", "地址要以 https 开头；内网网关可以是 http 加内网 IP",
      "use https; a gateway inside may have http and a private address" },
    { "channel.in_use", "这个渠道已有使用中的通道，请先停用", "another is in use; stop it first" },
    { "channel.once", "按编号去重的通道，请求里要带上 {once}", "its request must carry {once}" },
    { "channel.only_wechat", "只有微信通道才填网页授权", "only a WeChat channel has one" },
    { "channel.authorise", "授权地址里要有 {back} 和 {state}，不能有 {secret}",
      "it must carry {back} and {state}, and never {secret}" },
    { "channel.none", "没有这个通道，或密钥不对", "no such channel, or a wrong key" },
    { "choice.twice", "已经有一份偏好", "there is one already" },
    { "choice.not_optional", "这类消息不能关闭", "this kind cannot be switched off" },
    { "choice.quiet_both", "请把开始和结束都填上", "give both ends" },
    { "choice.wechat", "还没有绑定微信", "WeChat is not bound yet" },
    { "choice.her_own", "老人有自己的账号，请她自己设置", "she has an account and chooses herself" },
    { "message.no_address", "没有可发送的号码，请打电话", "there is no number; ring instead" },
    { "told.gone", "这个链接已失效，请登录后查看", "this link holds no longer; please sign in" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "message_once", "同一件事对同一人只有一条消息", &sql_message_twice },
    { "message_transport", "待发送的消息都在发送队列里", &sql_message_without_transport },
    { 0 },
};

static const struct job_kind jobs[] = {
    { "message.digest", message_digest_job, 0, 0 },
    { "message.tomorrow", message_tomorrow_job, 0, 0 },
    { 0 },
};
static const struct schedule schedules[] = {
    { "message.digest", "message.digest", 300, 0 },
    { "message.tomorrow", "message.tomorrow", 900, 0 },
    { 0 },
};

static const struct entity *const entities[] = {
    &message_entity, &message_template_entity, &message_channel_entity, &message_choice_entity,
    NULL,
};

const struct module message_module = {
    .name = "message", .entities = entities, .endpoints = message_endpoints, .jobs = jobs,
    .schedules = schedules, .parameters = parameters, .messages = messages,
    .invariants = invariants, .todos = todos, .followers = message_followers,
};
