/* package.c - what a package is: fields, who writes it, its editions, publishing. */

#include "care/package/plan.h"

#include "care/todo/todo.h"
#include "model/row/many.h"

SQL(package_items);
SQL(package_rules_check);

const struct choice package_kinds[] = {
    { "eat", "吃", "meals" }, { "walk", "行", "getting about" }, { "medical", "医", "medical" },
    { "care", "护", "care" }, { 0 },
};
const struct choice package_payers[] = {
    { "own", "机构让利", "her own, at the organisation's price" },
    { "government", "政府购买", "the government" }, { "station", "机构承担", "the organisation" },
    { 0 },
};

enum { AGE_MAX = 120, MONTHS_MAX = 36, TIMES_MAX = 31 };

#define P struct service_package
const struct field service_package_fields[] = {
    ROW_FIELDS(P),
    LINK(P, org, "organisation", .create_only = true, .filter = true, .brief = true,
         .zh = "机构（空为政府的服务包）", .en = "Organisation; the government's if empty"),
    FIELD(P, name, .required = true, .brief = true, .search = true, .high = 20, .zh = "名称",
          .en = "Name"),
    FIELD(P, about, .many_lines = true, .high = 500, .zh = "介绍", .en = "About"),
    SET(P, kinds, package_kinds, .required = true, .brief = true, .zh = "类别", .en = "Kinds"),
    FIELD(P, min_age, .low = 0, .high = AGE_MAX, .zh = "年龄不低于（0 为不限）",
          .en = "Age at least; 0: any"),
    CHOICE(P, grade, ability_grades, .zh = "能力等级（该级及更重；未评估为不限）",
           .en = "Grade, or worse; unknown: any"),
    SET(P, groups, elder_flags, .zh = "或对象类别（任一）", .en = "Or groups: any of them"),
    WHOM_RESIDENCE_FIELDS(P),
    CHOICE(P, payer, package_payers, .create_only = true, .filter = true, .brief = true,
           .zh = "自付以外由谁承担", .en = "Who pays the rest"),
    FIELD(P, months, .low = 1, .high = MONTHS_MAX, .required = true, .brief = true,
          .zh = "一期几个月", .en = "Months of a term"),
    FIELD(P, valid_from, .required = true, .brief = true, .zh = "生效", .en = "From"),
    FIELD(P, valid_to, .filter = true, .zh = "失效", .en = "Until"),
    FIELD(P, source, .required = true, .high = 200, .zh = "依据", .en = "Source"),
    CHOICE(P, status, parameter_statuses, .filter = true, .brief = true, .zh = "核对",
           .en = "Checked"),
    LINK(P, replaces, "service_package", .read_only = true, .zh = "接续的版本", .en = "Follows"),
    LINK(P, submitted_by, "account", .read_only = true, .zh = "提交人", .en = "Submitted by"),
    CHOICE(P, state, review_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index package_indexes[] = {
    { .name = "org", .columns = "org, state, id" },
    { .name = "state", .columns = "state, scope, id" },
    { .name = "payer", .columns = "payer, id" },
    { .name = "status", .columns = "status, id" },
    { .name = "ending", .columns = "state, scope, valid_to, id" },
    { .name = "replaces", .columns = "replaces, id", .where = "replaces IS NOT NULL" },
    { 0 },
};
static const struct sort package_sorts[] = {
    { "created", "id", true, "最近登记", "Latest" }, { 0 },
};

/* A station spends its own money only; the government's packages are made by who sets rules. */
static void check_whose(struct ctx *c, const P *p)
{
    bool staff_of = c->who && c->who->org;
    if (staff_of && p->org.n != c->who->org)
        fail_field(c, SV("org"), "package.own_org");
    else if (!p->org.n && !who_may(c, MAY_SET_RULES) && c->who != &who_house)
        fail_field(c, SV("org"), "package.whose");
    if (p->org.n && p->payer == PACKAGE_GOVERNMENT)
        fail_field(c, SV("payer"), "package.not_government");
    if (!p->org.n && p->payer == PACKAGE_STATION)
        fail_field(c, SV("payer"), "package.not_station");
}

static bool same_promise(const P *a, const P *b)
{
    return sv_eq(a->name, b->name) && a->months == b->months && a->min_age == b->min_age &&
           a->grade == b->grade && a->groups.bits == b->groups.bits &&
           a->residences.bits == b->residences.bits &&
           a->residence_months == b->residence_months &&
           a->valid_from.n == b->valid_from.n;
}

static enum err package_rules(struct ctx *c, const void *before, void *row)
{
    P *p = row;
    const P *was = before;
    if (!was && c->who && c->who->org && !p->org.n)
        p->org.n = c->who->org;
    if (!was)
        check_whose(c, p);
    else if (c->who && c->who->org && p->org.n != c->who->org)
        fail_field(c, SV("org"), "package.own_org");
    if (was && was->state != REVIEW_DRAFT && !same_promise(was, p))
        fail_field(c, SV("name"), "package.fixed");
    if (day_known(p->valid_to) && p->valid_to.n < p->valid_from.n - 1)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    struct package_item items[PACKAGE_ITEMS_MAX];
    P *p = row;
    size_t n;
    (void)input;
    p->submitted_by = review_me(c);
    TRY(package_items(c, p->id, items, &n));
    return n ? ERR_NONE : fail(c, ERR_CONFLICT, "package.empty", "package %lld has no items",
                               (long long)p->id.n);
}

/* An organisation sees the government's packages and touches only its own. */
static enum err ours_guard(struct ctx *c, const void *row)
{
    const P *p = row;
    if (c->who && c->who->org && p->org.n != c->who->org)
        return fail(c, ERR_FORBIDDEN, "package.own_org", "package %lld is not of organisation %lld",
                    (long long)p->id.n, (long long)c->who->org);
    return ERR_NONE;
}

static enum err publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const P *)row)->submitted_by);
}

/* As REVIEW_STEPS, but nothing published is edited again: plans stand on it. */
#define WRITES_ RIGHT(MAY_WRITE_DIRECTORY)
#define REVIEWS_ RIGHT(MAY_REVIEW_DIRECTORY)
static const struct step package_steps[] = {
    { .from = "draft", .action = "submit", .to = "submitted", .may = WRITES_,
      .guard = ours_guard, .effect = submit, .zh = "提交审核", .en = "Submit" },
    { .from = "submitted", .action = "publish", .to = "published", .may = REVIEWS_,
      .guard = publish_guard, .effect = package_publish, .zh = "审核发布", .en = "Publish" },
    { .from = "submitted", .action = "return", .to = "draft", .may = REVIEWS_ | WRITES_,
      .guard = ours_guard, .reason = true, .zh = "退回补正", .en = "Return" },
    { .from = "published", .action = "withdraw", .to = "withdrawn", .may = REVIEWS_ | WRITES_,
      .guard = ours_guard, .reason = true, .danger = true, .zh = "停止签订",
      .en = "Close for new plans" },
    { .from = "published,withdrawn", .action = "edition", .to = "", .may = WRITES_,
      .guard = ours_guard, .effect = package_edition, .zh = "出新版本", .en = "Make a new edition" },
    { 0 },
};

const struct entity service_package_entity = {
    .name = "service_package", .zh = "服务包", .en = "Package", .kind = ENTITY_ORDINARY,
    .size = sizeof(P), .fields = service_package_fields, .indexes = package_indexes,
    .sorts = package_sorts, .state = "state", .steps = package_steps, .title = "name",
    .reads = MAY_READ_ORDERS, .writes = MAY_WRITE_DIRECTORY, .rules = package_rules,
    .seen_by_own = "state = 'published'",
    .seen_by_org = "org = $ OR (org IS NULL AND state IN ('published', 'withdrawn'))",
    .scope_of = "org", .menu = "catalogue",
};
#undef P

#define I struct package_item
const struct field package_item_fields[] = {
    ROW_FIELDS(I),
    LINK(I, service_package, "service_package", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "服务包", .en = "Package"),
    LINK(I, item, "catalogue_item", .required = true, .create_only = true, .brief = true,
         .zh = "服务项目", .en = "Item"),
    FIELD(I, times, .low = 0, .high = TIMES_MAX, .required = true, .brief = true,
          .zh = "次数（0 为取消这一项）", .en = "Times; 0 drops the item"),
    CHOICE(I, period, quota_periods, .brief = true, .zh = "周期", .en = "Period"),
    FIELD(I, own_price, .low = 0, .high = 1000000, .brief = true, .zh = "每次自付",
          .en = "She pays of one"),
    AFTER_FIELDS(I, ),
    LINK(I, quota_rule, "quota_rule", .read_only = true, .zh = "额度标准", .en = "Quota rule"),
    { 0 },
};

static const struct index item_indexes[] = {
    { .name = "once", .columns = "service_package, item", .unique = true,
      .where = "ended_at IS NULL", .message = "package.item_once" },
    { .name = "item", .columns = "item, id" },
    { 0 },
};
static const struct sort item_sorts[] = { { "created", "id", false, "先后", "Order" }, { 0 } };

static enum err item_rules(struct ctx *c, const void *before, void *row)
{
    const I *item = row, *was = before;
    struct service_package p;
    struct package_item items[PACKAGE_ITEMS_MAX];
    bool found;
    size_t n = 0;
    if (was && was->quota_rule.n != item->quota_rule.n)
        return ERR_NONE;                  /* the house notes the rule as it publishes */
    TRY(entity_load(c, &service_package_entity, item->service_package.n, &p, &found));
    if (!found || p.state != REVIEW_DRAFT)
        fail_field(c, SV("service_package"), "package.fixed");
    else if (c->who && c->who->org && p.org.n != c->who->org)
        fail_field(c, SV("service_package"), "package.own_org");
    if (found && !was)
        TRY(package_items(c, p.id, items, &n));
    if (n == PACKAGE_ITEMS_MAX)
        fail_field_args(c, SV("item"), "package.many",
                        sv_fmt(&c->mem, "%d", PACKAGE_ITEMS_MAX), SV(""));
    after_check(c, &AFTER_OF(item));
    return fail_fields(c);
}

const struct entity package_item_entity = {
    .name = "package_item", .zh = "服务包内容", .en = "Item of a package", .kind = ENTITY_ORDINARY,
    .size = sizeof(I), .fields = package_item_fields, .indexes = item_indexes,
    .sorts = item_sorts, .title = "item", .reads = MAY_READ_ORDERS, .writes = MAY_WRITE_DIRECTORY,
    .rules = item_rules,
    .seen_by_own = "service_package IN (SELECT id FROM service_package WHERE state = 'published')",
    .seen_by_org = "service_package IN (SELECT id FROM service_package WHERE org = $ OR "
                   "(org IS NULL AND state IN ('published', 'withdrawn')))",
    .scope_of = "service_package",
};
#undef I

/* --- the module --- */

static const struct message messages[] = {
    { "package.own_org", "只能做本机构的服务包", "Only packages of your own organisation" },
    { "package.whose", "请选择机构；政府的服务包由区民政部门建立",
      "Choose the organisation: the government's packages are made by the district" },
    { "package.not_government", "机构自己的服务包不能由政府承担，请选自费或机构承担",
      "A package of an organisation is not paid by the government" },
    { "package.not_station", "政府的服务包请选政府购买或自费",
      "A package of the government is paid by it, or by herself" },
    { "package.fixed", "已提交或发布的服务包不能再改，请出新版本",
      "What was submitted or published stands: make a new edition" },
    { "package.empty", "请先加服务项目", "Add its items first" },
    { "package.item_once", "这个项目已在服务包里，请改它的次数",
      "The item is in it already: change its times" },
    { "package.many", "一个服务包最多 {0} 项", "At most {0} items" },
    { "package.edition_open", "这个服务包已有一个新版本在编辑", "A new edition is being made already" },
    { "package.closed", "这个服务包现在不能签订", "It cannot be signed up for now" },
    { "package.new_edition", "服务包已有新版本，内容或价格有变，请看过后重新签订",
      "There is a new edition, other in content or price: look at it and sign up anew" },
    { "package.not_for", "这个服务包面向：{0}。{1}", "It is for: {0}. {1}" },
    { "package.not_here", "请选择能提供全部项目的机构", "Choose an organisation that has all items" },
    { "package.not_offered", "该机构没有“{0}”，请换一家", "It does not offer {0}: choose another" },
    { "package.gap", "“{0}”要{1}：请改日子或时间", "{0} comes {1}: choose other days or another time" },
    { "package.days", "“{0}”每周 {1} 次，请选 {1} 天", "{0} comes {1} times a week: choose as many days" },
    { "package.no_slot", "“{0}”在所选的日子没有这个时间", "{0} has no such time on those days" },
    { "package.twice", "这位老人在这段时间已有这个服务包", "She has this package in that time already" },
    { "package.from_past", "起始日期不能早于今天", "The first day lies in the past" },
    { "package.end_notice", "提前结束请至少提前 {0} 天，或请驿站办理",
      "Say so {0} days before, or ask the station" },
    { "package.last_day", "最后一天应在今天（或昨天）到到期日之间",
      "The last day lies between yesterday and the end of the term" },
    { "package.renew_early", "到期前 {0} 天内才能续期", "It is renewed within {0} days of its end" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "package.renew_days", "30", "day", "服务包到期前几天起询问续期",
      "Days before the end that a plan may be renewed and is asked about", "平台默认值，待核" },
    { "package.end_notice_days", "3", "day", "老人或家属提前结束服务包要提前几天",
      "Days of notice when she or her family end a plan", "平台默认值，待核" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "package_rules", "已发布的服务包每项都有额度标准，且承担方一致", &sql_package_rules_check },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "packages_submitted", .zh = "待审核的服务包", .en = "Packages to review",
      .entity = "service_package", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_by = "submitted_by", .shows = "name,org,payer,submitted_by" },
    { .key = "packages_ending", .zh = "快失效的服务包：出新版本还是停止", .en = "Packages that expire",
      .entity = "service_package", .list = "state=published&valid_to.to={soon}",
      .due = "valid_to", .may = RIGHT(MAY_WRITE_DIRECTORY), .shows = "name,org,payer" },
    { .key = "plans_asked", .zh = "待确认的服务包签订", .en = "Packages asked for",
      .entity = "package_plan", .list = "state=asked", .due = "created_at",
      .within = "figure.waiting_hours", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "elder,service_package,from_day" },
    { .key = "plans_ending", .zh = "快到期的服务包：续期还是到期", .en = "Packages that end: renew?",
      .entity = "package_plan", .list = "state=active&until_day.to={soon}", .due = "until_day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,service_package,until_day" },
    { 0 },
};

const struct module package_module = {
    .name = "package",
    .entities = (const struct entity *const[]){ &service_package_entity, &package_item_entity,
                                                &package_plan_entity, &package_line_entity, NULL },
    .endpoints = package_endpoints, .jobs = package_jobs, .schedules = package_schedules,
    .parameters = parameters, .messages = messages, .invariants = invariants, .todos = todos,
};
