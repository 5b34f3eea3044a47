/* consent.c - grounds and guardians: tables, rules, asking. */

#include "care/consent/consent.h"

#include "care/elder/seen.h"

SQL(consent_standing);
SQL(guardians_on);
SQL(consent_of_other_guardian);
SQL(elder_of_account);

/* --- who speaks for her --- */

const struct choice guardian_kinds[] = {
    { "legal", "法定监护人", "guardian by law" },
    { "agreed", "意定监护人", "guardian chosen beforehand" },
    { "appointed", "指定监护人", "appointed guardian" },
    { "entrusted", "委托代理人", "entrusted agent" },
    { 0 },
};

const struct choice matters[] = {
    { "care", "照护服务", "care" }, { "medical", "医疗", "medical matters" },
    { "subsidy", "补贴申领", "subsidies" }, { "property", "财产", "property" }, { 0 },
};

const struct field guardian_fields[] = {
    ROW_FIELDS(struct guardian),
    LINK(struct guardian, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct guardian, name, .required = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .brief = true, .zh = "姓名", .en = "Name"),
    CHOICE(struct guardian, kind, guardian_kinds, .filter = true, .brief = true, .zh = "身份",
           .en = "Kind"),
    CHOICE(struct guardian, relation, relation_kinds, .brief = true, .zh = "与老人关系",
           .en = "Relation"),
    FIELD(struct guardian, phone, .class = SEALED, .mask = MASK_PHONE, .high = 30,
          .check = phone_check, .zh = "电话", .en = "Phone"),
    SET(struct guardian, may, matters, .brief = true, .zh = "可决定事项", .en = "May decide"),
    FIELD(struct guardian, valid_from, .required = true, .brief = true, .zh = "自", .en = "From"),
    FIELD(struct guardian, valid_to, .brief = true, .zh = "至", .en = "To"),
    FIELD(struct guardian, paper, .high = 100, .zh = "依据文书", .en = "Deed or judgment"),
    FIELD(struct guardian, note, .many_lines = true, .high = 1000, .zh = "备注", .en = "Note"),
    { 0 },
};

static const struct index guardian_indexes[] = {
    { .name = "elder", .columns = "elder, valid_from, id" },
    { .name = "within", .columns = "scope, kind, id" },
    { 0 },
};

static const struct sort guardian_sorts[] = {
    { "created", "id", true, "登记先后", "Noted" }, { 0 },
};

static enum err guardian_rules(struct ctx *c, const void *before, void *row)
{
    struct guardian *g = row;
    (void)before;
    if (g->phone.len)
        g->phone = phone_normal(&c->mem, g->phone);
    if (g->may.bits == 0)
        fail_field(c, SV("may"), "guardian.matters");
    if (g->kind != GUARDIAN_LEGAL && g->paper.len == 0)
        fail_field(c, SV("paper"), "guardian.paper");
    if (day_known(g->valid_to) && g->valid_to.n < g->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity guardian_entity = {
    .name = "guardian", .zh = "监护与代理", .en = "Guardian", .size = sizeof(struct guardian),
    .fields = guardian_fields, .indexes = guardian_indexes, .sorts = guardian_sorts,
    .title = "name", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .seen_by_own = SEEN_BY_FAMILY, .seen_by_org = SEEN_BY_SERVER, .elder = "elder",
    .scope_of = "elder", .rules = guardian_rules, .menu = "people", .files = true,
};

enum err guardian_for(struct ctx *c, struct elder_id elder, enum matter matter, struct day day,
                      struct guardian *ret_guardian, bool *ret_found)
{
    int64_t id = 0;
    struct rows r =
        db_rows(c, &sql_guardians_on, PARAMS(P_INT("elder", elder.n), P_INT("day", day.n)));
    while (!id && rows_next(&r))
        if (rows_int(&r, 1) >> matter & 1)
            id = rows_int(&r, 0);
    TRY(rows_end(&r));
    *ret_found = false;
    return id ? entity_load(c, &guardian_entity, id, ret_guardian, ret_found) : ERR_NONE;
}

/* --- on what ground --- */

const struct choice consent_purposes[] = {
    { "register", "建档登记", "keeping a record" },
    { "share", "信息共享给服务机构", "sharing with who serves her" },
    { "health", "健康信息", "health data" },
    { "photo", "拍照留证", "photos as proof" },
    { "device", "设备监测", "monitoring by devices" },
    { "proxy", "代为办理", "acting for her" },
    { 0 },
};

const struct choice consent_bases[] = {
    { "consent", "本人同意", "her own consent" },
    { "guardian", "监护人同意", "her guardian's consent" },
    { "duty", "法定职责", "a duty of law" },
    { "emergency", "紧急情况", "an emergency" },
    { 0 },
};

const struct choice consent_states[] = {
    { "given", "有效", "given" }, { "refused", "不同意", "refused" },
    { "withdrawn", "已撤回", "withdrawn" }, { 0 },
};

const struct field consent_fields[] = {
    ROW_FIELDS(struct consent),
    LINK(struct consent, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct consent, purpose, consent_purposes, .create_only = true, .filter = true,
           .brief = true, .zh = "用途", .en = "What for"),
    CHOICE(struct consent, basis, consent_bases, .create_only = true, .filter = true,
           .brief = true, .zh = "依据", .en = "Basis"),
    CHOICE(struct consent, way, consent_ways, .create_only = true, .zh = "表示方式",
           .en = "Given by"),
    LINK(struct consent, guardian, "guardian", .create_only = true, .zh = "监护人",
         .en = "Guardian"),
    FIELD(struct consent, article, .create_only = true, .zh = "法律或文件条款",
          .en = "Law and article"),
    FIELD(struct consent, given_on, .required = true, .create_only = true, .brief = true,
          .zh = "日期", .en = "On"),
    FIELD(struct consent, valid_until, .brief = true, .zh = "有效期至", .en = "Until"),
    FIELD(struct consent, withdrawn_on, .read_only = true, .zh = "撤回日期", .en = "Withdrawn on"),
    CHOICE(struct consent, state, consent_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    LINK(struct consent, heard_by, "account", .read_only = true, .zh = "记录人", .en = "Noted by"),
    FIELD(struct consent, note, .many_lines = true, .high = 1000, .zh = "说明", .en = "Note"),
    { 0 },
};

static const struct index consent_indexes[] = {
    { .name = "elder", .columns = "elder, purpose, state, id" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "purpose", .columns = "purpose, id" },
    { .name = "guardian", .columns = "guardian, id", .where = "guardian IS NOT NULL" },
    { 0 },
};

static const struct sort consent_sorts[] = {
    { "created", "id", true, "记录先后", "Noted" }, { 0 },
};

MUST static enum err check_guardian(struct ctx *c, const struct consent *k)
{
    struct guardian g;
    bool found = false;
    if (k->guardian.n)
        TRY(entity_load(c, &guardian_entity, k->guardian.n, &g, &found));
    if (k->basis != BASIS_GUARDIAN)
        return ERR_NONE;
    if (!found || g.elder.n != k->elder.n)
        fail_field(c, SV("guardian"), "consent.guardian");
    else if (g.kind == GUARDIAN_ENTRUSTED)
        fail_field(c, SV("guardian"), "consent.agent");
    return ERR_NONE;
}

static enum err consent_rules(struct ctx *c, const void *before, void *row)
{
    struct consent *k = row;
    if (before)
        return ERR_NONE;
    k->heard_by = review_me(c);
    if (k->given_on.n > day_of(c->now).n)
        fail_field(c, SV("given_on"), "consent.future");
    if (day_known(k->valid_until) && k->valid_until.n < k->given_on.n)
        fail_field(c, SV("valid_until"), "days.backwards");
    if (k->basis == BASIS_DUTY && k->article.len == 0)
        fail_field(c, SV("article"), "consent.article");
    if (k->basis == BASIS_EMERGENCY && k->note.len == 0)
        fail_field(c, SV("note"), "consent.emergency");
    TRY(check_guardian(c, k));
    return fail_fields(c);
}

static enum err withdraw(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct consent *)row)->withdrawn_on = day_of(c->now);
    return ERR_NONE;
}

/* A duty of law and an emergency are no word of hers: there is nothing to take back. */
static enum err her_word(struct ctx *c, const void *row)
{
    const struct consent *k = row;
    if (k->basis == BASIS_DUTY || k->basis == BASIS_EMERGENCY)
        return fail(c, ERR_CONFLICT, "consent.no_word", "consent %lld rests on a duty",
                    (long long)k->id.n);
    return ERR_NONE;
}

/* Of citizens only she herself: a relative who may read it may not take it back for her. */
static enum err hers_to_withdraw(struct ctx *c, const void *row)
{
    const struct consent *k = row;
    int64_t own = 0;
    TRY(her_word(c, row));
    if (!c->who || who_may(c, MAY_WRITE_REGISTER))
        return ERR_NONE;
    TRY(db_int(c, &sql_elder_of_account, PARAMS(P_INT("account", c->who->account)), &own));
    if (own != k->elder.n)
        return fail(c, ERR_FORBIDDEN, "bond.not_hers", "account %lld is not elder %lld's",
                    (long long)c->who->account, (long long)k->elder.n);
    return ERR_NONE;
}

static const struct step consent_steps[] = {
    { .from = "", .action = "create", .to = "given", .may = RIGHT(MAY_WRITE_REGISTER),
      .zh = "登记同意", .en = "Note" },
    { .from = "given", .action = "withdraw", .to = "withdrawn", .reason = true, .danger = true,
      .may = RIGHT(MAY_WRITE_REGISTER) | RIGHT(MAY_BE_CITIZEN), .guard = hers_to_withdraw,
      .effect = withdraw, .zh = "撤回同意", .en = "Withdraw" },
    { .from = "given", .action = "refuse", .to = "refused", .may = RIGHT(MAY_WRITE_REGISTER),
      .guard = her_word, .reason = true, .zh = "改记为不同意", .en = "She refused" },
    { 0 },
};

const struct entity consent_entity = {
    .name = "consent", .zh = "同意记录", .en = "Consent", .size = sizeof(struct consent),
    .fields = consent_fields, .indexes = consent_indexes, .sorts = consent_sorts,
    .state = "state", .steps = consent_steps, .title = "purpose", .reads = MAY_READ_REGISTER,
    .writes = MAY_WRITE_REGISTER, .seen_by_own = SEEN_BY_FAMILY, .seen_by_org = SEEN_BY_SERVER,
    .elder = "elder", .open = "given", .scope_of = "elder",
    .rules = consent_rules, .menu = "people",
    .files = true,
};

enum err consent_stands(struct ctx *c, struct elder_id elder, enum consent_purpose purpose,
                        struct day day, bool *ret_stands)
{
    int64_t n = 0;
    TRY(db_int(c, &sql_consent_standing,
               PARAMS(P_INT("elder", elder.n), P_INT("day", day.n),
                      P_TEXT("purpose", sv_of(consent_purposes[purpose].key))), &n));
    *ret_stands = n > 0;
    return ERR_NONE;
}

static const struct message messages[] = {
    { "guardian.matters", "请勾选可决定的事项", "say in which matters" },
    { "guardian.paper", "意定、指定监护和委托代理须填写文书编号",
      "all but guardians by law name their deed or judgment" },
    { "consent.guardian", "请选择这位老人的监护人；没有请先登记监护与代理",
      "choose a guardian of this elder; note the guardian first" },
    { "consent.agent", "委托代理人不能代替老人表示同意，请由本人或监护人表示",
      "an agent carries out what she decides; consent is hers or a guardian's" },
    { "consent.article", "依据法定职责时请写明法律或文件条款", "name the law or document and its article" },
    { "consent.emergency", "依据紧急情况时请说明发生了什么", "say what happened" },
    { "consent.future", "日期不能晚于今天", "this day lies in the future" },
    { "consent.no_word", "这一条不是以同意为依据，没有可撤回的同意",
      "this does not rest on consent; there is none to withdraw" },
    { 0 },
};

static const struct entity *const entities[] = { &guardian_entity, &consent_entity, NULL };

static const struct invariant invariants[] = {
    { "consent_guardian", "监护人同意都出自该老人的监护人", &sql_consent_of_other_guardian }, { 0 },
};

const struct module consent_module = {
    .name = "consent", .entities = entities, .messages = messages, .invariants = invariants,
};
