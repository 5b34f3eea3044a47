/* organisation.c - who gives care: table, review, page. */

#include "care/organisation/organisation.h"

#include "care/organisation/page.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(organisation_duty);

const struct choice org_kinds[] = {
    KINDS_OF_PLACES,
    { "assessor", "评估机构", "assessor" },
    { "government", "政府部门", "government office" },
    KINDS_AT_LAST,
    { 0 },
};

const struct field organisation_fields[] = {
    ROW_FIELDS(struct organisation),
    FIELD(struct organisation, name, .required = true, .high = 100, .filter = true, .brief = true,
          .search = true, .zh = "名称", .en = "Name"),
    CHOICE(struct organisation, kind, org_kinds, .filter = true, .brief = true, .zh = "类型",
           .en = "Kind"),
    FIELD(struct organisation, uscc, .filter = true, .check = uscc_check, .high = 18,
          .zh = "统一社会信用代码", .en = "Social credit code"),
    LINK(struct organisation, parent, "organisation", .filter = true, .zh = "上级机构（连锁）",
         .en = "Chain"),
    LINK(struct organisation, division, "division", .required = true, .filter = true,
         .brief = true, .zh = "所在区划", .en = "Division"),
    FIELD(struct organisation, legal_person, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "法定代表人", .en = "Legal representative"),
    FIELD(struct organisation, phone, .brief = true, .high = 40, .zh = "电话", .en = "Phone"),
    FIELD(struct organisation, duty_phone, .high = 40, .zh = "值班电话", .en = "Duty phone"),
    FIELD(struct organisation, address, .zh = "地址", .en = "Address"),
    FIELD(struct organisation, description, .many_lines = true, .high = 2000, .zh = "简介",
          .en = "Description"),
    CHOICE(struct organisation, state, review_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    LINK(struct organisation, submitted_by, "account", .read_only = true, .zh = "提交人",
         .en = "Submitted by"),
    FIELD(struct organisation, verified_at, .read_only = true, .brief = true, .zh = "核实时间",
          .en = "Verified"),
    LINK(struct organisation, verified_by, "account", .read_only = true, .zh = "核实人",
         .en = "Verified by"),
    FIELD(struct organisation, verify_until, .read_only = true, .filter = true,
          .zh = "下次核实期限", .en = "Verify again by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "within", .columns = "scope, kind, id" },
    { .name = "name", .columns = "name, id" },
    { .name = "uscc", .columns = "uscc", .unique = true,
      .where = "ended_at IS NULL AND uscc IS NOT NULL", .message = "organisation.uscc_taken" },
    { .name = "parent", .columns = "parent, id" },
    { .name = "division", .columns = "division, kind, id" },
    { .name = "state", .columns = "state, id" },
    { .name = "kind", .columns = "kind, id" },
    { .name = "verify", .columns = "verify_until, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "name", "name", false, "名称", "Name" },
    { "verify_until", "verify_until", false, "核实期限", "Verify again by" },
    { 0 },
};

static enum err publish_guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const struct organisation *)row)->submitted_by);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct organisation *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

static enum err verify(struct ctx *c, void *row, const void *input)
{
    struct organisation *o = row;
    int64_t days;
    (void)input;
    TRY(parameter_int(c, "directory.verify_days", o->row.scope, day_of(c->now), &days));
    o->verified_at = c->now;
    o->verified_by = review_me(c);
    o->verify_until = (struct day){ day_of(c->now).n + days };
    return ERR_NONE;
}

static const struct step steps[] = {
    REVIEW_STEPS(publish_guard, submit),
    { .from = "draft,submitted,published", .action = "verify", .to = "",
      .may = RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY), .effect = verify,
      .zh = "已核实", .en = "Verified" },
    { 0 },
};

/* What a published organisation is may not change behind the reviewer's back. */
static void keep_published(struct ctx *c, const struct organisation *was,
                           const struct organisation *is)
{
    static const char *const kept[] = { "name", "kind", "uscc", "parent" };
    if (was->state != REVIEW_PUBLISHED || is->state != REVIEW_PUBLISHED ||
        who_may(c, MAY_REVIEW_DIRECTORY))
        return;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        const struct field *f = field_named(organisation_fields, sv_of(kept[i]));
        if (!field_same(f, was, is))
            fail_field(c, sv_of(f->name), "review.published");
    }
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct organisation *o = row;
    if (o->parent.n && o->parent.n == o->id.n)
        fail_field(c, SV("parent"), "organisation.own_parent");
    if (before)
        keep_published(c, before, o);
    return fail_fields(c);
}

const struct entity organisation_entity = {
    .name = "organisation",
    .zh = "机构",
    .en = "Organisation",
    .size = sizeof(struct organisation),
    .fields = organisation_fields,
    .indexes = indexes,
    .sorts = sorts,
    .state = "state",
    .steps = steps,
    .title = "name",
    .reads = MAY_READ_DIRECTORY,
    .writes = MAY_WRITE_DIRECTORY,
    .seen_by_org = "id = $ OR parent = $",
    .seen_by_carer = "id IN (SELECT org FROM carer WHERE id = $)",
    .seen_by_own = "state = 'published'",
    .scope_of = "division",
    .rules = rules,
    .menu = "places",
    .files = true,
};

/* --- who answers for a place --- */

enum err duty_phone_of(struct ctx *c, int64_t scope, struct day day, struct sv *ret_phone,
                       struct sv *ret_org_name)
{
    int64_t up[DIVISION_CHAIN_MAX] = { 0 };
    division_chain(scope, up);
    struct rows rows = db_rows(c, &sql_organisation_duty, PARAMS(
        P_INT("day", day.n), P_INT("a", up[0]), P_INT("b", up[1]), P_INT("c", up[2])));
    *ret_phone = *ret_org_name = SV("");
    if (rows_next(&rows)) {
        *ret_phone = rows_text(&rows, 0);
        *ret_org_name = rows_text(&rows, 1);
    }
    return rows_end(&rows);
}

static const struct message messages[] = {
    { "uscc.length", "统一社会信用代码应为 18 位", "the social credit code has 18 characters" },
    { "uscc.letter", "统一社会信用代码只含数字和大写字母，不含 I O S V Z",
      "the social credit code has digits and letters without I O S V Z" },
    { "uscc.check", "统一社会信用代码的校验码不对，请核对每一位",
      "the social credit code's last character does not fit; compare each one" },
    { "organisation.uscc_taken", "已有机构使用这个统一社会信用代码",
      "another organisation has this social credit code" },
    { "organisation.own_parent", "机构不能是自己的上级", "an organisation cannot be its own chain" },
    { "duty_area.taken", "这个机构已负责该片区", "this organisation answers for that area already" },
    { "paper.of_whom", "从业人员证书要选人员，机构证照不选",
      "a staff certificate names the person, an organisation's paper does not" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "directory.verify_days", "90", "day", "机构和网点信息多少天内须再次核实",
      "days until facts of the directory must be verified again", "系统默认值，待核" },
    { 0 },
};

static const struct entity *const entities[] = {
    &organisation_entity, &paper_entity, &duty_area_entity, NULL,
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "organisations_submitted", .zh = "待审核的机构", .en = "Organisations to review",
      .entity = "organisation", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_by = "submitted_by", .shows = "name,kind,submitted_by" },
    { .key = "papers_expiring", .zh = "到期的证照", .en = "Papers that expire",
      .entity = "paper", .list = "valid_to.to={soon}", .due = "valid_to",
      .may = RIGHT(MAY_WRITE_DIRECTORY), .shows = "kind,number,org,carer" },
    { 0 },
};

const struct module organisation_module = {
    .name = "organisation",
    .entities = entities,
    .endpoints = organisation_endpoints,
    .messages = messages,
    .parameters = parameters,
    .todos = todos,
};
