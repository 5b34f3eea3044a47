/* template.c - texts with slots: versions, review, and whether they fit. */

#include "care/message/inside.h"

#include "care/parameter/parameter.h"
#include "http/http.h"

SQL(template_published);
SQL(template_last_number);

enum { PARTS_DEFAULT = 2, SECONDS_DEFAULT = 30 };

#define T struct message_template
const struct field message_template_fields[] = {
    ROW_FIELDS(T),
    CHOICE(T, kind, message_kinds, .required = true, .create_only = true, .filter = true,
           .brief = true, .zh = "说什么事", .en = "About"),
    CHOICE(T, way, message_ways, .required = true, .create_only = true, .filter = true,
           .brief = true, .zh = "渠道", .en = "Channel"),
    FIELD(T, number, .read_only = true, .brief = true, .zh = "版本号", .en = "Version no."),
    CHOICE(T, state, review_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    FIELD(T, text, .required = true, .high = TEXT_MAX, .many_lines = true, .zh = "文字",
          .en = "Text", .hint_zh = "大括号里是会换成具体内容的词，如 {item}、{time}、{link}",
          .hint_en = "words in braces are filled in, such as {item}, {time}, {link}"),
    FIELD(T, provider_code, .high = 60, .zh = "服务商模板号", .en = "Provider's template id"),
    FIELD(T, parts_max, .low = 0, .high = 5, .zh = "短信最多几条（默认2）",
          .en = "SMS parts at most (2)"),
    FIELD(T, seconds_max, .low = 0, .high = 120, .zh = "语音最长几秒（默认30）",
          .en = "Seconds of voice at most (30)"),
    FIELD(T, units, .read_only = true, .zh = "最长字数", .en = "Characters at most"),
    FIELD(T, parts, .read_only = true, .brief = true, .zh = "最多几条短信", .en = "SMS parts"),
    FIELD(T, seconds, .read_only = true, .zh = "最长几秒", .en = "Seconds"),
    FIELD(T, preview, .read_only = true, .high = TEXT_MAX * 2, .many_lines = true, .brief = true,
          .zh = "预览", .en = "Preview"),
    LINK(T, submitted_by, "account", .read_only = true, .zh = "提交人", .en = "Submitted by"),
    LINK(T, published_by, "account", .read_only = true, .zh = "审核人", .en = "Published by"),
    FIELD(T, published_at, .read_only = true, .zh = "发布时间", .en = "Published at"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "kind", .columns = "kind, way, state, id" },
    { .name = "way", .columns = "way, id" },
    { .name = "state", .columns = "state, id" },
    { .name = "one_published", .columns = "kind, way", .unique = true,
      .where = "state = 'published' AND ended_at IS NULL", .message = "template.published" },
    { 0 },
};
static const struct sort sorts[] = { { "kind", "kind", false, "按内容", "By kind" }, { 0 } };

enum err template_signed(struct ctx *c, enum message_way way, int64_t scope, struct sv text,
                         struct sv *ret_text)
{
    struct sv signature;
    *ret_text = text;
    if (way != WAY_SMS)
        return ERR_NONE;
    TRY(parameter_text(c, "message.signature", scope, day_of(c->now), &signature));
    if (signature.len)
        *ret_text = sv_fmt(&c->mem, "【%.*s】%.*s", SV_ARG(signature), SV_ARG(text));
    return ERR_NONE;
}

/* --- whether it fits --- */

static void refuse_long(struct ctx *c, const struct message_template *t)
{
    const struct message_form *f = &message_forms[t->kind];
    if (t->way == WAY_SMS && t->parts > t->parts_max)
        fail_field_args(c, SV("text"), "template.parts", sv_fmt(&c->mem, "%lld",
                        (long long)t->parts), sv_fmt(&c->mem, "%lld", (long long)t->parts_max));
    if (t->way == WAY_VOICE && t->seconds > t->seconds_max)
        fail_field_args(c, SV("text"), "template.seconds", sv_fmt(&c->mem, "%lld",
                        (long long)t->seconds), sv_fmt(&c->mem, "%lld",
                        (long long)t->seconds_max));
    for (const struct message_slot *s = f->slots; t->way == WAY_WECHAT && s->name; s++)
        if (s->max > WECHAT_SLOT_MAX && sv_find(t->text, sv_fmt(&c->mem, "{%s}", s->name)) >= 0)
            fail_field_args(c, SV("text"), "template.wechat", sv_of(s->name),
                            sv_fmt(&c->mem, "%d", WECHAT_SLOT_MAX));
}

MUST static enum err measure(struct ctx *c, struct message_template *t)
{
    const struct message_form *f = &message_forms[t->kind];
    struct sv whole, unknown = text_unknown_slot(t->text, f);
    if (t->way == WAY_CALL)
        fail_field(c, SV("way"), "template.call");
    if (unknown.len)
        fail_field_args(c, SV("text"), "template.slot", unknown, SV(""));
    TRY(fail_fields(c));
    TRY(template_signed(c, (enum message_way)t->way, t->row.scope, t->text, &whole));
    struct text_fit fit = text_fit(text_sample(&c->mem, whole, f, true));
    t->parts_max = t->parts_max ? t->parts_max : PARTS_DEFAULT;
    t->seconds_max = t->seconds_max ? t->seconds_max : SECONDS_DEFAULT;
    t->units = fit.units;
    t->parts = t->way == WAY_SMS ? fit.parts : 0;
    t->seconds = t->way == WAY_VOICE ? fit.seconds : 0;
    t->preview = text_sample(&c->mem, whole, f, false);
    refuse_long(c, t);
    return fail_fields(c);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct message_template *t = row;
    const struct message_template *was = before;
    if (was && was->state == REVIEW_PUBLISHED && t->state == REVIEW_PUBLISHED &&
        !sv_eq(was->text, t->text)) {
        fail_field(c, SV("text"), "review.published");
        return fail_fields(c);
    }
    if (!was) {
        TRY(db_int(c, &sql_template_last_number,
                   PARAMS(P_TEXT("kind", sv_of(message_kinds[t->kind].key)),
                          P_TEXT("way", sv_of(message_ways[t->way].key))), &t->number));
        t->number++;
    }
    return measure(c, t);
}

/* --- review --- */

static enum err submit(struct ctx *c, void *row, const void *input)
{
    struct message_template *t = row;
    (void)input;
    t->submitted_by = review_me(c);
    return ERR_NONE;
}

static enum err guard(struct ctx *c, const void *row)
{
    const struct message_template *t = row;
    return review_guard(c, t->submitted_by);
}

MUST static enum err published(struct ctx *c, int kind, int way, int64_t *ret_id)
{
    return db_int(c, &sql_template_published,
                  PARAMS(P_TEXT("kind", sv_of(message_kinds[kind].key)),
                         P_TEXT("way", sv_of(message_ways[way].key))), ret_id);
}

/* The version before gives way: the gateway has one text of a kind at a time. */
static enum err publish(struct ctx *c, void *row, const void *input)
{
    struct message_template *t = row, old;
    int64_t id;
    bool found;
    (void)input;
    t->published_by = review_me(c);
    t->published_at = c->now;
    TRY(published(c, t->kind, t->way, &id));
    if (!id)
        return ERR_NONE;
    TRY(entity_load(c, &message_template_entity, id, &old, &found));
    return entity_act_by_rule(c, &message_template_entity, id, old.row.version, SV("replace"),
                              NULL, &old);
}

#define WRITES_ RIGHT(MAY_SET_RULES)
#define REVIEWS RIGHT(MAY_REVIEW_DIRECTORY)

static const struct step steps[] = {
    { .from = "draft", .action = "submit", .to = "submitted", .may = WRITES_, .effect = submit,
      .zh = "提交审核", .en = "Submit" },
    { .from = "submitted", .action = "publish", .to = "published", .may = REVIEWS, .guard = guard,
      .effect = publish, .zh = "审核发布", .en = "Publish" },
    { .from = "submitted", .action = "return", .to = "draft", .may = REVIEWS | WRITES_,
      .reason = true, .zh = "退回修改", .en = "Return" },
    { .from = "published", .action = "withdraw", .to = "withdrawn", .may = REVIEWS | WRITES_,
      .reason = true, .danger = true, .zh = "撤回", .en = "Withdraw" },
    { .from = "published", .action = "replace", .to = "withdrawn", .automatic = true,
      .zh = "被新版本替代", .en = "Replaced" },
    { .from = "withdrawn", .action = "reopen", .to = "draft", .may = WRITES_, .zh = "重新编辑",
      .en = "Edit again" },
    { 0 },
};

const struct entity message_template_entity = {
    .name = "message_template", .zh = "消息模板", .en = "Message text", .size = sizeof(T),
    .fields = message_template_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "kind", .reads = MAY_READ_ORDERS, .writes = MAY_SET_RULES,
    .seen_by_all = true, .seen_by_org = "state = 'published'", .rules = rules, .menu = "setup",
};

enum err template_held(struct ctx *c, enum message_kind kind, enum message_way way,
                       struct template_held *ret_held)
{
    const struct message_form *f = &message_forms[kind];
    const char *voice = f->voice ? f->voice : f->sms;
    const char *own[] = { f->sms, voice, f->wechat, f->sms };
    struct message_template t;
    int64_t id;
    bool found = false;
    *ret_held = (struct template_held){ .text = sv_of(own[way]) };
    TRY(published(c, (int)kind, (int)way, &id));
    if (id)
        TRY(entity_load(c, &message_template_entity, id, &t, &found));
    if (found)
        *ret_held = (struct template_held){ t.id, t.text, t.provider_code };
    return ERR_NONE;
}

/* --- a look at it before it is stored --- */

enum err template_preview(struct ctx *c, const struct request *q, struct answer *a)
{
    struct message_template t = *(const struct message_template *)q->body;
    TRY(measure(c, &t));
    return answer_record(c, a, message_template_fields, &t);
}
