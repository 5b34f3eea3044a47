/* adviser.c - notes of an adviser and referrals: fields, steps, who sees them. */

#include "care/adviser/adviser.h"

#include "care/elder/seen.h"
#include "care/hours/hours.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

static const struct choice note_states[] = {
    { "open", "跟进中", "open" }, { "closed", "已结案", "closed" }, { 0 },
};
static const struct choice referral_states[] = {
    { "sent", "待接收", "sent" }, { "accepted", "已接收", "accepted" },
    { "rejected", "未接收", "rejected" }, { "done", "已办结", "done" }, { 0 },
};

#define N struct adviser_note
const struct field adviser_note_fields[] = {
    ROW_FIELDS(N),
    LINK(N, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(N, org, "organisation", .read_only = true, .filter = true, .zh = "顾问所在机构",
         .en = "Adviser's organisation"),
    LINK(N, adviser, "account", .read_only = true, .brief = true, .zh = "顾问", .en = "Adviser"),
    SET(N, needs, category_choices, .brief = true, .zh = "需求", .en = "Needs"),
    FIELD(N, text, .class = SECRET, .mask = MASK_ALL, .required = true, .high = 2000,
          .many_lines = true, .zh = "情况", .en = "What was said"),
    FIELD(N, follow_on, .required = true, .brief = true, .filter = true, .zh = "下次跟进",
          .en = "Ask again on"),
    FIELD(N, followed, .read_only = true, .zh = "已跟进次数", .en = "Asked again so often"),
    FIELD(N, result, .class = SECRET, .mask = MASK_ALL, .read_only = true, .high = 1000,
          .many_lines = true, .zh = "结果", .en = "Result"),
    CHOICE(N, state, note_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};
#undef N

static const struct index note_indexes[] = {
    { .name = "elder", .columns = "elder, id" }, { .name = "org", .columns = "org, state, id" },
    { .name = "waiting", .columns = "state, scope, follow_on" },
    { .name = "follow", .columns = "follow_on, id" }, { 0 },
};
static const struct sort by_id[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static struct account_id me(const struct ctx *c)
{
    return (struct account_id){ c->who && c->who != &who_house ? c->who->account : 0 };
}

static struct organisation_id my_org(const struct ctx *c)
{
    bool org = c->who && c->who != &who_house && roles[c->who->role].sees == SEES_ORG;
    return (struct organisation_id){ org ? c->who->org : 0 };
}

static enum err note_rules(struct ctx *c, const void *before, void *row)
{
    struct adviser_note *n = row;
    const struct adviser_note *was = before;
    if (!was) {
        n->adviser = me(c);
        n->org = my_org(c);
    }
    if (n->needs.bits == 0)
        fail_field(c, SV("needs"), "adviser.needs");
    if ((!was || was->follow_on.n != n->follow_on.n) && n->follow_on.n <= day_of(c->now).n)
        fail_field(c, SV("follow_on"), "adviser.follow");
    return fail_fields(c);
}

struct follow_input { struct sv result; struct day follow_on; };
static const struct field follow_takes[] = {
    FIELD(struct follow_input, result, .required = true, .low = 2, .high = 1000,
          .many_lines = true, .zh = "跟进情况", .en = "What was heard"),
    FIELD(struct follow_input, follow_on, .required = true, .zh = "再次跟进", .en = "Ask again on"),
    { 0 },
};
static const struct field close_takes[] = {
    FIELD(struct follow_input, result, .required = true, .low = 2, .high = 1000,
          .many_lines = true, .zh = "结果", .en = "Result"),
    { 0 },
};

/* What was heard stands under what was heard before. */
static enum err heard(struct ctx *c, void *row, const void *input)
{
    const struct follow_input *in = input;
    struct adviser_note *n = row;
    struct buf b = buf_new(&c->mem, n->result.len + in->result.len + 16);
    buf_put(&b, n->result);
    buf_text(&b, n->result.len ? "\n" : "");
    buf_day(&b, day_of(c->now));
    buf_byte(&b, ' ');
    buf_put(&b, in->result);
    n->result = sv_runes_head(buf_sv(&b), 1000);
    n->followed++;
    return ERR_NONE;
}

static enum err follow(struct ctx *c, void *row, const void *input)
{
    ((struct adviser_note *)row)->follow_on = ((const struct follow_input *)input)->follow_on;
    return heard(c, row, input);
}

#define ADVISERS (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER))

static const struct step note_steps[] = {
    { .from = "", .action = "create", .to = "open", .may = ADVISERS, .zh = "新记录", .en = "New" },
    { .from = "open", .action = "follow", .to = "", .may = ADVISERS, .effect = follow,
      .takes = follow_takes, .takes_size = sizeof(struct follow_input), .zh = "跟进",
      .en = "Asked again" },
    { .from = "open", .action = "close", .to = "closed", .may = ADVISERS, .effect = heard,
      .takes = close_takes, .takes_size = sizeof(struct follow_input), .zh = "结案",
      .en = "Close" },
    { 0 },
};

const struct entity adviser_note_entity = {
    .name = "adviser_note", .zh = "顾问记录", .en = "Adviser's note",
    .size = sizeof(struct adviser_note), .fields = adviser_note_fields, .indexes = note_indexes,
    .sorts = by_id, .state = "state", .steps = note_steps, .reads = MAY_READ_REGISTER,
    .writes = MAY_READ_REGISTER, .no_update = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "elder", .rules = note_rules, .menu = "people", .open = "open",
};

/* --- referrals --- */

#define R struct referral
const struct field referral_fields[] = {
    ROW_FIELDS(R),
    LINK(R, note, "adviser_note", .create_only = true, .filter = true, .zh = "顾问记录",
         .en = "Note"),
    LINK(R, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(R, from_org, "organisation", .read_only = true, .filter = true, .zh = "转出机构",
         .en = "Sent by"),
    LINK(R, org, "organisation", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "转介给", .en = "Sent to"),
    LINK(R, offer, "offer", .create_only = true, .zh = "服务", .en = "Offer"),
    FIELD(R, why, .class = SECRET, .mask = MASK_ALL, .required = true, .create_only = true,
          .low = 4, .high = 500, .many_lines = true, .zh = "转介原因", .en = "Why"),
    FIELD(R, answer_by, .read_only = true, .filter = true, .brief = true, .zh = "答复期限",
          .en = "Answer by"),
    LINK(R, answered_by, "account", .read_only = true, .zh = "答复人", .en = "Answered by"),
    FIELD(R, reason, .read_only = true, .high = 300, .zh = "未接收原因", .en = "Why not"),
    FIELD(R, result, .read_only = true, .high = 500, .many_lines = true, .zh = "办理结果",
          .en = "What came of it"),
    CHOICE(R, state, referral_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};
#undef R

static const struct index referral_indexes[] = {
    { .name = "elder", .columns = "elder, id" }, { .name = "org", .columns = "org, state, id" },
    { .name = "from", .columns = "from_org, id" }, { .name = "note", .columns = "note, id" },
    { .name = "waiting", .columns = "state, scope, answer_by" }, { 0 },
};

static enum err referral_rules(struct ctx *c, const void *before, void *row)
{
    struct referral *r = row;
    int64_t days;
    if (before)
        return ERR_NONE;
    TRY(parameter_int(c, "adviser.answer_days", r->row.scope, day_of(c->now), &days));
    r->from_org = my_org(c);
    r->answer_by.n = day_of(c->now).n + days;
    if (r->from_org.n == r->org.n)
        fail_field(c, SV("org"), "adviser.self");
    return fail_fields(c);
}

/* Only the organisation that is asked answers. */
static enum err asked_guard(struct ctx *c, const void *row)
{
    const struct referral *r = row;
    return my_org(c).n == r->org.n ? ERR_NONE
         : fail(c, ERR_FORBIDDEN, "adviser.not_asked", "referral %lld asks another",
                (long long)r->id.n);
}

static enum err answer(struct ctx *c, void *row, const void *input)
{
    struct referral *r = row;
    (void)input;
    r->answered_by = me(c);
    r->reason = c->reason;
    return ERR_NONE;
}

static enum err finish(struct ctx *c, void *row, const void *input)
{
    (void)c;
    ((struct referral *)row)->result = ((const struct follow_input *)input)->result;
    return ERR_NONE;
}

static const struct step referral_steps[] = {
    { .from = "", .action = "create", .to = "sent", .may = ADVISERS, .zh = "转介", .en = "Refer" },
    { .from = "sent", .action = "accept", .to = "accepted", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = asked_guard, .effect = answer, .zh = "接收", .en = "Accept" },
    { .from = "sent", .action = "reject", .to = "rejected", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = asked_guard, .effect = answer, .reason = true, .zh = "不能接收", .en = "Reject" },
    { .from = "accepted", .action = "finish", .to = "done", .may = RIGHT(MAY_SERVE_ORDERS),
      .guard = asked_guard, .effect = finish, .takes = close_takes,
      .takes_size = sizeof(struct follow_input), .zh = "办结", .en = "Done" },
    { 0 },
};

const struct entity referral_entity = {
    .name = "referral", .zh = "转介", .en = "Referral", .size = sizeof(struct referral),
    .fields = referral_fields, .indexes = referral_indexes, .sorts = by_id, .state = "state",
    .steps = referral_steps, .reads = MAY_READ_REGISTER, .writes = MAY_READ_REGISTER,
    .no_update = true, .seen_by_org = "(org = $ OR from_org = $)", .elder = "elder",
    .scope_of = "elder", .rules = referral_rules, .menu = "people",
};

/* --- where advisers sit --- */

#define D struct adviser_duty
const struct field adviser_duty_fields[] = {
    ROW_FIELDS(D),
    LINK(D, place, "place", .required = true, .filter = true, .brief = true, .zh = "顾问点",
         .en = "Where"),
    LINK(D, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(D, name, .required = true, .high = 40, .brief = true, .zh = "顾问", .en = "Adviser"),
    FIELD(D, phone, .high = 20, .brief = true, .zh = "电话", .en = "Telephone"),
    FIELD(D, week, .required = true, .high = 120, .brief = true, .check = hours_check,
          .zh = "坐班时间", .en = "Hours", .hint_zh = "如 Mo,We 09:00-11:00"),
    { 0 },
};
#undef D

static const struct index duty_indexes[] = { { .name = "place", .columns = "place, id" },
                                             { .name = "org", .columns = "org, id" }, { 0 } };

static enum err duty_rules(struct ctx *c, const void *before, void *row)
{
    struct adviser_duty *d = row;
    struct place p;
    bool found;
    (void)before;
    TRY(entity_load(c, &place_entity, d->place.n, &p, &found));
    if (found)
        d->org = p.org;
    return ERR_NONE;
}

const struct entity adviser_duty_entity = {
    .name = "adviser_duty", .zh = "顾问坐班", .en = "Adviser's hours",
    .size = sizeof(struct adviser_duty), .fields = adviser_duty_fields, .indexes = duty_indexes,
    .sorts = by_id, .title = "name", .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY,
    .seen_by_all = true, .seen_by_org = "org = $", .scope_of = "place", .rules = duty_rules,
    .menu = "places",
};

/* --- the module --- */

static const struct message messages[] = {
    { "adviser.needs", "请至少选一项需求", "Choose at least one need" },
    { "adviser.follow", "下次跟进日期应在今天以后", "The next day lies after today" },
    { "adviser.self", "不能转介给本机构", "An organisation does not refer to itself" },
    { "adviser.not_asked", "只有被转介的机构能答复", "Only the organisation asked answers" },
    { "adviser.no_home", "这位老人的住址没有坐标，无法按距离匹配",
      "Her home has no point: nothing can be matched by distance" },
    { 0 },
};
static const struct parameter_default parameters[] = {
    { "adviser.answer_days", "3", "day", "转介几天内答复", "Days to answer a referral",
      "系统默认值，待核" },
    { "adviser.near_m", "2000", "metre", "匹配服务的直线距离", "How far services are matched",
      "系统默认值，待核" },
    { 0 },
};
static const struct todo_kind todos[] = {
    { .key = "adviser_follow", .zh = "顾问跟进", .en = "Notes to follow up",
      .entity = "adviser_note", .list = "state=open&follow_on.to={soon}", .due = "follow_on",
      .may = ADVISERS, .shows = "elder,needs,follow_on" },
    { .key = "referrals_sent", .zh = "待答复的转介", .en = "Referrals to answer",
      .entity = "referral", .list = "state=sent", .due = "answer_by",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,org,answer_by" },
    { 0 },
};

const struct module adviser_module = {
    .name = "adviser",
    .entities = (const struct entity *const[]){ &adviser_note_entity, &referral_entity,
                                                &adviser_duty_entity, NULL },
    .endpoints = adviser_endpoints, .messages = messages, .parameters = parameters,
    .todos = todos,
};
