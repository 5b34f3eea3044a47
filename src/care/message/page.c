/* page.c - endpoints: receipts of gateways, a test, the numbers of the page, a citizen's own. */

#include "care/message/inside.h"

#include "http/describe/gives.h"
#include "http/http.h"

#include <sodium.h>

SQL(message_by_ref);
SQL(message_tests);

enum { TESTS_MAX = 10 };

/* --- receipts --- */

struct receipt_query { struct sv token, sign; };
const struct field receipt_fields[] = {
    FIELD(struct receipt_query, token, .high = 200, .zh = "令牌", .en = "The channel's key"),
    FIELD(struct receipt_query, sign, .high = 64, .zh = "签名", .en = "HMAC-SHA256 of the body"),
    { 0 },
};

static bool same(struct sv a, struct sv b)
{
    return a.len == b.len && a.len && sodium_memcmp(a.at, b.at, a.len) == 0;
}

static bool is_signed(struct ctx *c, const struct message_channel *k, const struct request *q)
{
    const struct receipt_query *in = q->query;
    if (k->receipt_key.len == 0)
        return false;
    return same(in->token, k->receipt_key) ||
           same(in->sign, hmac_hex(&c->mem, k->receipt_key, q->raw));
}

/* One receipt: a second of the same changes nothing. */
MUST static enum err note_receipt(struct ctx *c, const struct message_channel *k, struct sv one,
                                  int64_t *noted)
{
    struct message_row m;
    struct sv ref = json_at(c, one, k->receipt_id_path);
    struct sv said = json_at(c, one, k->receipt_ok_path);
    bool fine = value_among(k->receipt_ok_value, said), found;
    const struct carried_input in = { .why = sv_fmt(&c->mem, "回执 %.*s",
                                                    SV_ARG(sv_runes_head(said, 60))) };
    int64_t id = 0;
    if (ref.len)
        TRY(db_int(c, &sql_message_by_ref, PARAMS(P_INT("channel", k->id.n), P_TEXT("ref", ref)),
                   &id));
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &message_entity, id, &m, &found));
    if (!found || (m.state != MESSAGE_SENT && m.state != MESSAGE_UNSURE))
        return ERR_NONE;
    ++*noted;
    return entity_act_by_rule(c, &message_entity, id, m.row.version,
                              fine ? SV("deliver") : SV("bounce"), &in, &m);
}

/* One object, or an array of them. */
enum err receipt_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct message_channel k;
    const struct json_value *all;
    int64_t id, noted = 0;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_load(c, &message_channel_entity, id, &k, &found));
    if (!found || !is_signed(c, &k, q))
        return fail(c, ERR_FORBIDDEN, "channel.none", "a receipt for channel %lld is not signed",
                    (long long)id);
    TRY(json_parse(c, q->raw, &all));
    if (all->kind == JSON_ARRAY)
        for (const struct json_value *v = all->first; v; v = v->next)
            TRY(note_receipt(c, &k, v->source, &noted));
    else
        TRY(note_receipt(c, &k, q->raw, &noted));
    json_int(&a->json, "noted", noted);
    return ERR_NONE;
}

static const struct field receipt_gives[] = { SAYS(INT, "noted"), { 0 } };

/* --- a test message --- */

struct test_in { struct sv phone; int way; };
static const struct choice test_ways[] = {
    { "auto", "按号码选择", "as it fits" }, { "sms", "短信", "SMS" },
    { "voice", "语音电话", "voice call" }, { 0 },
};
static const struct field test_fields[] = {
    FIELD(struct test_in, phone, .required = true, .high = 30, .check = phone_check,
          .zh = "发到哪个号码", .en = "To which number"),
    CHOICE(struct test_in, way, test_ways, .zh = "渠道", .en = "Channel"),
    { 0 },
};

/* By the channel in use, in the ordinary way: a test that took another would prove nothing. */
enum err channel_test(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct test_in *in = q->body;
    struct civil at = civil_of(c->now);
    TRY(message_send(c, &(struct message_new){
        .kind = TELL_TEST, .phone = in->phone, .by = in->way,
        .scope = c->who->ranges_n ? c->who->ranges[0].low : 0,
        .values = { { "time", sv_fmt(&c->mem, "%02d:%02d", at.hour, at.minute) } },
        .once = sv_fmt(&c->mem, "test/%lld/%lld", (long long)review_me(c).n,
                       (long long)c->now.ms) }));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

static const struct field test_gives[] = {
    SAYS(MOMENT, "at"), SAYS(TEXT, "way"), SAYS(TEXT, "state"), SAYS(TEXT, "state_name"),
    SAYS(TEXT, "to"), SAYS(TEXT, "why"), SAYS(INT, "parts"), { 0 },
};
static const struct field tests_gives[] = { SAYS(LIST, "tests", .record = test_gives), { 0 } };

/* What became of the last ones; the administrator sees no other message. */
static enum err tests_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t ids[TESTS_MAX];
    size_t n = 0;
    (void)q;
    struct rows r = db_rows(c, &sql_message_tests, NO_PARAMS);
    while (n < TESTS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    json_array(&a->json, "tests");
    for (size_t i = 0; i < n; i++) {
        struct message_row m;
        bool found;
        TRY(entity_load(c, &message_entity, ids[i], &m, &found));
        const struct choice *state = &message_states[m.state];
        json_object(&a->json, NULL);
        json_moment(&a->json, "at", m.happened_at);
        json_text(&a->json, "way", sv_of(message_ways[m.way].key));
        json_text(&a->json, "state", sv_of(state->key));
        json_text(&a->json, "state_name", sv_of(c->lang == LANG_EN ? state->en : state->zh));
        json_text(&a->json, "to", mask_text(&c->mem, MASK_PHONE, m.address));
        json_text(&a->json, "why", m.why);
        json_int(&a->json, "parts", m.parts);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- the page's numbers --- */

static const struct field number_gives[] = { SAYS(TEXT, "way"), SAYS(TEXT, "state"),
                                             SAYS(INT, "count"), { 0 } };
static const struct field numbers_gives[] = { SAYS(LIST, "numbers", .record = number_gives),
                                              { 0 } };

/* Today's, by way and state, of what the caller sees. */
static enum err numbers_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    json_array(&a->json, "numbers");
    for (size_t way = 0; message_ways[way].key; way++)
        for (size_t state = 0; message_states[state].key; state++) {
            struct buf b = buf_new(&c->mem, 96);
            struct query list;
            int64_t n;
            buf_fmt(&b, "way=%s&state=%s&created_at.from=", message_ways[way].key,
                    message_states[state].key);
            buf_day(&b, day_of(c->now));
            TRY(query_read(c, &message_entity, buf_sv(&b), &list));
            TRY(entity_count(c, &message_entity, &list, LIST_TOTAL_MAX, &n));
            if (!n)
                continue;
            json_object(&a->json, NULL);
            json_text(&a->json, "way", sv_of(message_ways[way].key));
            json_text(&a->json, "state", sv_of(message_states[state].key));
            json_int(&a->json, "count", n);
            json_end(&a->json, '}');
        }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- a citizen's own --- */

static const struct field mine_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "kind"), SAYS(TEXT, "name"), SAYS(TEXT, "text"), SAYS(MOMENT, "at"),
    SAYS(TEXT, "state"), SAYS(TEXT, "way"), MAY_SAY(ID, "care_order"),
    MAY_SAY(TEXT, "instead", .zh = "微信没收的原因", .en = "Why it came not by WeChat"), { 0 },
};
static const struct field my_messages_gives[] = { SAYS(LIST, "messages", .record = mine_gives),
                                                  { 0 } };

enum { MINE_MAX = 50 };

/* All that was meant for her, also what was not sent: codes and tests left out. */
enum err my_messages(struct ctx *c, const struct request *q, struct answer *a)
{
    struct buf b = buf_new(&c->mem, 64);
    struct query list;
    struct page page;
    (void)q;
    buf_fmt(&b, "account=%lld&size=%d", (long long)c->who->account, MINE_MAX);
    TRY(query_read(c, &message_entity, buf_sv(&b), &list));
    TRY(entity_list(c, &message_entity, &list, &page));
    const struct message_row *m = page.rows;
    json_array(&a->json, "messages");
    for (size_t i = 0; i < page.n; i++) {
        bool en = c->lang == LANG_EN;
        const struct choice *kind = &message_kinds[m[i].kind];
        json_object(&a->json, NULL);
        json_id(&a->json, "id", m[i].id.n);
        json_text(&a->json, "kind", sv_of(kind->key));
        json_text(&a->json, "name", sv_of(en ? kind->en : kind->zh));
        json_text(&a->json, "text", m[i].text);
        json_moment(&a->json, "at", m[i].happened_at);
        json_text(&a->json, "state", sv_of(message_states[m[i].state].key));
        json_text(&a->json, "way", sv_of(message_ways[m[i].way].key));
        if (m[i].instead.len)
            json_text(&a->json, "instead", m[i].instead);
        if (m[i].care_order.n)
            json_id(&a->json, "care_order", m[i].care_order.n);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- the table --- */

static const struct field choice_kind_gives[] = { SAYS(TEXT, "key"), SAYS(TEXT, "name"),
                                                  SAYS(BOOL, "on"), SAYS(BOOL, "reminder"),
                                                  { 0 } };
static const struct field choice_gives[] = {
    SAYS(TEXT, "way"), SAYS(BOOL, "digest"), MAY_SAY(INT, "quiet_from"), MAY_SAY(INT, "quiet_to"),
    MAY_SAY(INT, "remind_min"),
    SAYS(BOOL, "wechat"), SAYS(LIST, "kinds", .record = choice_kind_gives), { 0 },
};

#define CHOICE_BODY .takes = choice_takes, .takes_size = sizeof(struct message_choice)
#define C struct message_choice
static const struct choice way_keys[] = { { "auto", "自动选择", "as it fits" },
    { "sms", "短信", "SMS" }, { "voice", "语音电话", "voice call" },
    { "wechat", "微信", "WeChat" }, { "call", "请人打电话", "a person rings" }, { 0 } };
static const struct field choice_takes[] = {
    CHOICE(C, way, way_keys, .zh = "用什么方式", .en = "Way"),
    SET(C, off, message_kinds, .zh = "不想收的", .en = "Not wanted"),
    FIELD(C, digest, .zh = "晚上一次汇总", .en = "One digest in the evening"),
    FIELD(C, quiet_from, .low = 0, .high = 1439, .zh = "免打扰从（分钟）", .en = "Quiet from, minute"),
    FIELD(C, quiet_to, .low = 0, .high = 1439, .zh = "免打扰到（分钟）", .en = "Quiet until, minute"),
    FIELD(C, remind_min, .low = 0, .high = 1439, .zh = "提醒时间（分钟）",
          .en = "Reminders at, minute"),
    { 0 },
};
#undef C

const struct endpoint message_endpoints[] = {
    { POST, "/api/message/receipt/{channel}", receipt_post, WRITES, MAY_ANYONE, .raw = true,
      .no_csrf = true, .query = receipt_fields, .query_size = sizeof(struct receipt_query),
      .gives = receipt_gives, .zh = "服务商回执", .en = "A gateway's receipt" },
    { POST, "/api/message/test", channel_test, WRITES, MAY_MANAGE_ACCOUNTS, .takes = test_fields,
      .takes_size = sizeof(struct test_in), .gives = done_gives, .per_minute = 6, .zh = "发一条测试消息",
      .en = "Send a test message" },
    { GET, "/api/message/tests", tests_get, READS, MAY_MANAGE_ACCOUNTS, .gives = tests_gives,
      .zh = "最近的测试消息", .en = "What became of the last test messages" },
    { GET, "/api/message/numbers", numbers_get, READS, MAY_READ_ORDERS, .gives = numbers_gives,
      .zh = "今天的消息数", .en = "Today's messages by way and state" },
    { GET, "/api/message/texts", texts_get, READS, MAY_READ_ORDERS, .gives = texts_gives,
      .zh = "现在各类消息怎么说、多长", .en = "What each kind says now, and how long it is" },
    { POST, "/api/message_template/preview", template_preview, READS, MAY_SET_RULES,
      .takes = message_template_fields, .takes_size = sizeof(struct message_template),
      .gives = message_template_fields, .no_replay = true, .zh = "模板预览",
      .en = "A look at a text before it is stored" },
    { POST, "/api/told/{token}", link_open, WRITES, MAY_ANYONE, .no_csrf = true,
      .no_replay = true, .per_minute = 20, .gives = link_gives, .zh = "打开短信里的链接",
      .en = "Open the link of a message" },
    { GET, "/api/my/messages", my_messages, READS, MAY_BE_CITIZEN, .gives = my_messages_gives,
      .zh = "我的消息", .en = "My messages" },
    { GET, "/api/my/message_choice", my_choice_get, READS, MAY_BE_CITIZEN, .gives = choice_gives,
      .zh = "我想怎样收消息", .en = "How I want to be told" },
    { PUT, "/api/my/message_choice", my_choice_put, WRITES, MAY_BE_CITIZEN, CHOICE_BODY,
      .gives = choice_gives, .zh = "改我收消息的方式", .en = "Change how I am told" },
    { GET, "/api/my/elders/{id}/message_choice", elder_choice_get, READS, MAY_BE_CITIZEN,
      .gives = choice_gives, .zh = "家里老人怎样收消息", .en = "How an elder of mine is told" },
    { PUT, "/api/my/elders/{id}/message_choice", elder_choice_put, WRITES, MAY_BE_CITIZEN,
      CHOICE_BODY, .gives = choice_gives, .zh = "改家里老人收消息的方式",
      .en = "Change how an elder of mine is told" },
    { GET, "/api/elder/{id}/message_choice", elder_choice_get, READS, MAY_READ_REGISTER,
      .gives = choice_gives, .zh = "老人怎样收消息", .en = "How an elder is told" },
    { PUT, "/api/elder/{id}/message_choice", elder_choice_put, WRITES, MAY_ANSWER_CALLS,
      CHOICE_BODY, .gives = choice_gives, .zh = "改老人收消息的方式", .en = "Change how she is told" },
    { 0 },
};
