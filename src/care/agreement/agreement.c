/* agreement.c - service agreements: table, steps, the clock's expiry. */

#include "care/agreement/agreement.h"

#include "care/agreement/signing.h"
#include "care/elder/seen.h"
#include "care/figure/figure.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(figure_recipients);
SQL(agreement_past);
SQL(agreement_without_signature);
SQL(figure_agreements_ending);

const struct choice agreement_kinds[] = {
    { "basic", "基本养老服务", "basic elder care" },
    { "meal", "助餐", "meals" },
    { "home", "上门服务", "help at home" },
    { "bed", "家庭照护床位", "care bed at home" },
    { "day", "日间照料", "day care" },
    { 0 },
};

const struct choice agreement_states[] = {
    { "draft", "待签字", "to be signed" }, { "active", "履行中", "in force" },
    { "expired", "已到期", "expired" },    { "ended", "已解除", "ended" },
    { "dropped", "未签成", "not signed" }, { 0 },
};

const struct choice signer_kinds[] = {
    { "self", "本人", "herself" },
    { "guardian", "监护人", "guardian" },
    { "family", "受托亲属", "entrusted relative" },
    { 0 },
};

const struct field agreement_fields[] = {
    ROW_FIELDS(struct agreement),
    LINK(struct agreement, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    LINK(struct agreement, org, "organisation", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "签约机构", .en = "Organisation"),
    CHOICE(struct agreement, kind, agreement_kinds, .create_only = true, .filter = true,
           .brief = true, .zh = "签约内容", .en = "Kind"),
    FIELD(struct agreement, valid_from, .brief = true, .zh = "协议期起", .en = "From"),
    FIELD(struct agreement, valid_to, .filter = true, .brief = true, .zh = "协议期至", .en = "To"),
    FIELD(struct agreement, price_sheet, .many_lines = true, .high = 2000, .zh = "价目（已告知）",
          .en = "Prices she was shown", .hint_zh = "每行一项：项目、单位、价格",
          .hint_en = "a line each: item, unit, price"),
    CHOICE(struct agreement, state, agreement_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    FIELD(struct agreement, signed_on, .read_only = true, .zh = "签字日期", .en = "Signed on"),
    FIELD(struct agreement, signed_by, .read_only = true, .class = MASKED, .mask = MASK_NAME,
          .high = 40, .zh = "签字人", .en = "Signed by"),
    CHOICE(struct agreement, signer, signer_kinds, .read_only = true, .zh = "签字人身份",
           .en = "Who signed"),
    CHOICE(struct agreement, consent_way, consent_ways, .read_only = true, .zh = "同意方式",
           .en = "Consent by"),
    LINK(struct agreement, heard_by, "account", .read_only = true, .zh = "经办人", .en = "Noted by"),
    FIELD(struct agreement, ended_why, .read_only = true, .zh = "解除原因", .en = "Why it ended"),
    FIELD(struct agreement, note, .many_lines = true, .high = 1000, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, state, id" },
    { .name = "org", .columns = "org, state, elder" },
    { .name = "ends", .columns = "state, valid_to, scope, id" },
    { .name = "within", .columns = "scope, state, valid_to, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "once", .columns = "elder, org, kind", .unique = true,
      .where = "ended_at IS NULL AND state IN ('draft', 'active')", .message = "agreement.twice" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "签约先后", "Drafted" },
    { "valid_to", "valid_to", false, "到期先后", "Ends" },
    { 0 },
};

/* --- steps --- */

static const struct field sign_takes[] = {
    FIELD(struct agreement, signed_on, .required = true, .zh = "签字日期", .en = "Signed on"),
    FIELD(struct agreement, signed_by, .required = true, .high = 40, .zh = "签字人姓名",
          .en = "Name of who signed"),
    CHOICE(struct agreement, signer, signer_kinds, .required = true, .zh = "签字人身份",
           .en = "Who signed"),
    CHOICE(struct agreement, consent_way, consent_ways, .required = true, .zh = "同意方式",
           .en = "Consent by"),
    { 0 },
};

/* What must be on paper before there is something to sign. */
static void check_whole(struct ctx *c, const struct agreement *a)
{
    if (!day_known(a->valid_from))
        fail_field(c, SV("valid_from"), "field.required");
    if (!day_known(a->valid_to))
        fail_field(c, SV("valid_to"), "field.required");
    if (a->price_sheet.len == 0)
        fail_field(c, SV("price_sheet"), "agreement.prices");
}

static enum err sign(struct ctx *c, void *row, const void *input)
{
    struct agreement *a = row;
    const struct agreement *given = input;
    check_whole(c, a);
    if (given->signed_on.n > day_of(c->now).n)
        fail_field(c, SV("signed_on"), "agreement.signed_future");
    TRY(fail_fields(c));
    a->signed_on = given->signed_on;
    a->signed_by = given->signed_by;
    a->signer = given->signer;
    a->consent_way = given->consent_way;
    a->heard_by = review_me(c);
    return ERR_NONE;
}

static const struct field renew_takes[] = {
    FIELD(struct agreement, valid_to, .required = true, .zh = "续签至", .en = "Renewed until"),
    FIELD(struct agreement, signed_on, .required = true, .zh = "签字日期", .en = "Signed on"),
    { 0 },
};

static enum err renew(struct ctx *c, void *row, const void *input)
{
    struct agreement *a = row;
    const struct agreement *given = input;
    if (given->valid_to.n <= a->valid_to.n || given->valid_to.n < day_of(c->now).n)
        fail_field(c, SV("valid_to"), "agreement.renew_later");
    if (given->signed_on.n > day_of(c->now).n)
        fail_field(c, SV("signed_on"), "agreement.signed_future");
    TRY(fail_fields(c));
    a->valid_to = given->valid_to;
    a->signed_on = given->signed_on;
    a->heard_by = review_me(c);
    return ERR_NONE;
}

static enum err end(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct agreement *)row)->ended_why = c->reason;
    return ERR_NONE;
}

#define STATION_OR_STREET (RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER))

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "draft", .may = STATION_OR_STREET, .zh = "新签约",
      .en = "Draft" },
    { .from = "draft", .action = "sign", .to = "active", .may = STATION_OR_STREET, .effect = sign,
      .takes = sign_takes, .takes_size = sizeof(struct agreement), .zh = "已签字", .en = "Signed" },
    { .from = "draft", .action = "drop", .to = "dropped", .may = STATION_OR_STREET, .reason = true,
      .effect = end, .zh = "未签成", .en = "Not signed" },
    { .from = "active,expired", .action = "renew", .to = "active", .may = STATION_OR_STREET,
      .effect = renew, .takes = renew_takes, .takes_size = sizeof(struct agreement), .zh = "续签",
      .en = "Renew" },
    { .from = "active", .action = "end", .to = "ended", .may = STATION_OR_STREET, .reason = true,
      .danger = true, .effect = end, .zh = "解除", .en = "End" },
    { .from = "active", .action = "expire", .to = "expired", .may = STATION_OR_STREET,
      .automatic = true, .zh = "到期", .en = "Expire" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct agreement *a = row, *was = before;
    int64_t years;
    if (was && was->state != AGREEMENT_DRAFT && was->state == a->state &&
        (was->valid_from.n != a->valid_from.n || !sv_eq(was->price_sheet, a->price_sheet)))
        fail_field(c, SV("price_sheet"), "agreement.signed");
    if (!day_known(a->valid_from) || !day_known(a->valid_to))
        return fail_fields(c);
    TRY(parameter_int(c, "agreement.years_max", a->row.scope, day_of(c->now), &years));
    if (a->valid_to.n < a->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    else if (!was && a->valid_to.n - a->valid_from.n > years * 366)
        fail_field(c, SV("valid_to"), "agreement.long");
    return fail_fields(c);
}

const struct entity agreement_entity = {
    .name = "agreement", .zh = "服务协议", .en = "Service agreement",
    .size = sizeof(struct agreement), .fields = agreement_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "kind",
    .reads = MAY_READ_REGISTER, .writes = MAY_SERVE_ORDERS, .seen_by_org = "org = $",
    .seen_by_own = SEEN_BY_FAMILY,
    .elder = "elder", .open = "draft,active",
    .scope_of = "elder", .rules = rules, .menu = "people", .files = true,
};

/* --- the clock --- */

static enum err job_expire(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock expire = { &agreement_entity, &sql_agreement_past, "expire",
                                                 "" };
    return step_by_clock(c, j, &expire);
}

static const struct job_kind jobs[] = { { .name = "agreement_expire", .run = job_expire }, { 0 } };

static const struct schedule schedules[] = {
    { .name = "agreement_expire", .job = "agreement_expire", .every_s = 86400, .at_min = 5 },
    { 0 },
};

static const struct indicator indicators[] = {
    { .key = "agreements_ending", .zh = "即将到期的签约", .en = "Agreements ending soon",
      .unit_zh = "份", .unit_en = "agreements",
      .definition_zh = "履行中的服务协议，今天起 {figure.papers_days} 天内到期的；"
                       "辖区按老年人所在社区",
      .definition_en = "agreements in force that end within {figure.papers_days} days; by "
                       "the elder's community",
      .sql = &sql_figure_agreements_ending, .entity = "agreement",
      .list = "state=active&valid_to.from={today}&valid_to.to={soon}",
      .watch = "figure.agreements_ending.watch", .bad = "figure.agreements_ending.bad" },
    { .key = "recipients", .zh = "签约服务对象", .en = "Elders under agreement", .unit_zh = "人",
      .unit_en = "people",
      .definition_zh = "有履行中服务协议的老年人，一人只计一次（一人可有几份协议，名单见协议）；"
                       "辖区按老年人所在社区",
      .definition_en = "elders with an agreement in force, each once (one may have several; the "
                       "names stand in the agreements)",
      .sql = &sql_figure_recipients, .entity = "agreement",
      .parts = { { "agreements", "履行中的协议", "agreements in force", "state=active" } } },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "agreement.years_max", "3", "year", "一份服务协议最长年限", "Years one agreement may last",
      HOUSE_DEFAULT },
    { "figure.agreements_ending.watch", "1", "", "签约到期：关注", "Agreements ending: watch",
      HOUSE_DEFAULT },
    { "figure.agreements_ending.bad", "50", "", "签约到期：告急", "Agreements ending: bad",
      HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "agreement.twice", "这位老人与本机构已有同类协议（待签字或履行中）",
      "there is such an agreement already, to be signed or in force" },
    { "agreement.prices", "请先填写已告知老人的价目", "write down the prices she was shown" },
    { "agreement.signed_future", "签字日期不能晚于今天", "the day of signing lies in the future" },
    { "agreement.renew_later", "续签至的日期应晚于原到期日，且不早于今天",
      "the new last day lies after the old one, and not in the past" },
    { "agreement.signed", "已签字的协议不能改期限起点和价目，请解除后重签",
      "what was signed stays: end it and sign a new one" },
    { "agreement.long", "协议期超过了允许的最长年限", "the term is longer than is allowed" },
    { "agreement.needs_one", "请填写老人的证件号码或电话", "give her document number or telephone" },
    { "agreement.nobody", "没有找到：请核对姓名与号码；未登记的老人请先由社区登记",
      "nobody found: compare name and number; who is not registered goes to the community first" },
    { 0 },
};

static const struct entity *const entities[] = { &agreement_entity, NULL };

static const struct invariant invariants[] = {
    { "agreement_signed", "履行中的协议都有签字日期和期限", &sql_agreement_without_signature },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "agreements_expiring", .zh = "到期的服务协议", .en = "Agreements that expire",
      .entity = "agreement", .list = "state=active&valid_to.to={soon}", .due = "valid_to",
      .may = STATION_OR_STREET, .shows = "elder,org,kind,valid_to" },
    { .key = "agreements_unsigned", .zh = "待签字的协议", .en = "Agreements to sign",
      .entity = "agreement", .list = "state=draft", .may = STATION_OR_STREET,
      .shows = "elder,org,kind", .weight = TODO_LOW },
    { 0 },
};

const struct module agreement_module = {
    .name = "agreement", .entities = entities, .endpoints = agreement_endpoints, .jobs = jobs,
    .schedules = schedules, .indicators = indicators, .parameters = parameters,
    .messages = messages, .invariants = invariants, .todos = todos,
};
