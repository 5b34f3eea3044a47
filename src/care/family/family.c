/* family.c - binding: table, steps, who may agree. */

#include "care/family/family.h"

#include "care/family/my.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(bond_living);
SQL(elder_of_account);
SQL(bond_twice);
SQL(bond_without_consent);
SQL(bond_past);

const struct choice bond_states[] = {
    { "asked", "待老人同意", "asked" }, { "active", "已绑定", "active" },
    { "refused", "未同意", "refused" }, { "ended", "已解除", "ended" }, { 0 },
};

const struct choice bond_mays[] = {
    { "order", "下单", "order" }, { "records", "查看记录", "see records" },
    { "money", "查看费用", "see money" }, { "alarms", "接收紧急呼叫", "receive alarms" }, { 0 },
};

const struct choice consent_ways[] = {
    { "phone", "电话", "by telephone" }, { "counter", "到站", "at the counter" },
    { "sms", "短信", "by message" }, { "visit", "上门", "on a visit" }, { 0 },
};

const struct field bond_fields[] = {
    ROW_FIELDS(struct bond),
    LINK(struct bond, account, "account", .required = true, .create_only = true, .filter = true,
         .zh = "亲属账号", .en = "Account"),
    LINK(struct bond, elder, "elder", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct bond, relation, relation_kinds, .brief = true, .zh = "与老人关系",
           .en = "Relation"),
    SET(struct bond, may, bond_mays, .brief = true, .zh = "可代办", .en = "May"),
    CHOICE(struct bond, state, bond_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    CHOICE(struct bond, consent_way, consent_ways, .read_only = true, .zh = "同意方式",
           .en = "Consent by"),
    FIELD(struct bond, consent_at, .read_only = true, .brief = true, .zh = "同意时间",
          .en = "Consent at"),
    LINK(struct bond, consent_by, "account", .read_only = true, .zh = "记录人", .en = "Heard by"),
    FIELD(struct bond, valid_until, .zh = "有效期至", .en = "Valid until"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, state, id" },
    { .name = "account", .columns = "account, state, id" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "ends", .columns = "state, valid_until, id" },
    { .name = "once", .columns = "account, elder", .unique = true,
      .where = "ended_at IS NULL AND state IN ('asked', 'active')", .message = "bond.twice" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "申请先后", "Asked" }, { 0 } };

/* A citizen agrees or refuses only as the elder herself; staff note what they heard. */
static enum err guard_elder_side(struct ctx *c, const void *row)
{
    const struct bond *b = row;
    int64_t own = 0;
    if (who_may(c, MAY_WRITE_REGISTER) || !c->who)
        return c->who && b->account.n == c->who->account
            ? fail(c, ERR_FORBIDDEN, "bond.own", "account %lld asked for it itself",
                   (long long)b->account.n)
            : ERR_NONE;
    TRY(db_int(c, &sql_elder_of_account, PARAMS(P_INT("account", c->who->account)), &own));
    if (own != b->elder.n)
        return fail(c, ERR_FORBIDDEN, "bond.not_hers", "account %lld is not elder %lld's",
                    (long long)c->who->account, (long long)b->elder.n);
    return ERR_NONE;
}

/* The way a citizen agrees is her own message; staff say how they heard it. */
static enum err agree(struct ctx *c, void *row, const void *input)
{
    struct bond *b = row;
    bool staff = who_may(c, MAY_WRITE_REGISTER);
    b->consent_way = staff && input ? ((const struct bond *)input)->consent_way : CONSENT_SMS;
    b->consent_at = c->now;
    b->consent_by = review_me(c);
    return ERR_NONE;
}

static const struct field agree_takes[] = {
    CHOICE(struct bond, consent_way, consent_ways, .required = true, .zh = "老人如何表示同意",
           .en = "How she agreed"),
    { 0 },
};

#define STAFF_OR_CITIZEN (RIGHT(MAY_WRITE_REGISTER) | RIGHT(MAY_BE_CITIZEN))

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "asked", .may = STAFF_OR_CITIZEN, .zh = "申请绑定",
      .en = "Ask" },
    { .from = "asked", .action = "agree", .to = "active", .may = STAFF_OR_CITIZEN,
      .guard = guard_elder_side, .effect = agree, .takes = agree_takes,
      .takes_size = sizeof(struct bond), .zh = "老人同意", .en = "She agrees" },
    { .from = "asked", .action = "refuse", .to = "refused", .may = STAFF_OR_CITIZEN,
      .guard = guard_elder_side, .zh = "老人不同意", .en = "She refuses" },
    { .from = "asked,active", .action = "end", .to = "ended", .may = STAFF_OR_CITIZEN,
      .danger = true, .reason = true, .zh = "解除绑定", .en = "End" },
    { .from = "active", .action = "expire", .to = "ended", .may = STAFF_OR_CITIZEN,
      .automatic = true, .zh = "到期", .en = "Expire" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct bond *b = row;
    (void)before;
    if (b->state == BOND_ACTIVE && day_known(b->valid_until) && b->valid_until.n < day_of(c->now).n)
        fail_field(c, SV("valid_until"), "bond.past");
    return fail_fields(c);
}

const struct entity bond_entity = {
    .name = "bond", .zh = "亲属绑定", .en = "Family bond", .size = sizeof(struct bond),
    .fields = bond_fields, .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps,
    .title = "relation", .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .seen_by_own = "account = $ OR elder IN (SELECT id FROM elder WHERE account = $)",
    .elder = "elder", .open = "asked,active", .scope_of = "elder", .rules = rules,
    .menu = "people",
    .no_create = true,             /* asked for by the citizen, or made at the counter */
    .files = true, .files_class = SECRET,                    /* household books, ID copies */
};

enum err bond_allows(struct ctx *c, int64_t account, struct elder_id elder, enum bond_may what,
                     bool *ret_allows)
{
    int64_t own = 0;
    TRY(db_int(c, &sql_elder_of_account, PARAMS(P_INT("account", account)), &own));
    *ret_allows = own == elder.n;
    if (*ret_allows)
        return ERR_NONE;
    struct rows rows = db_rows(c, &sql_bond_living, PARAMS(
        P_INT("account", account), P_INT("elder", elder.n), P_INT("today", day_of(c->now).n)));
    if (rows_next(&rows))
        *ret_allows = rows_int(&rows, 1) >> what & 1;
    return rows_end(&rows);
}

/* --- the clock --- */

/* What a relative sees asks for an active bond, not for its day: so the day ends the bond. */
static enum err job_expire(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock expire = { &bond_entity, &sql_bond_past, "expire", "到期" };
    return step_by_clock(c, j, &expire);
}

static const struct job_kind jobs[] = { { .name = "bond_expire", .run = job_expire }, { 0 } };

static const struct schedule schedules[] = {
    { .name = "bond_expire", .job = "bond_expire", .every_s = 86400, .at_min = 5 },
    { 0 },
};

static const struct message messages[] = {
    { "bond.twice", "已经申请或绑定过这位老人", "this binding has been asked for already" },
    { "bond.own", "申请人不能替老人同意，请由另一位工作人员确认",
      "who asked cannot agree for her; ask a colleague" },
    { "bond.not_hers", "只有老人本人或工作人员可以确认", "only she herself or staff can answer" },
    { "bond.past", "有效期不能早于今天", "the binding would have ended already" },
    { "bond.paper", "证明材料没有上传成功，请重新上传", "this paper is not there; please send it again" },
    { 0 },
};

static const struct entity *const entities[] = { &bond_entity, NULL };

static const struct invariant invariants[] = {
    { "bond_once", "同一账号对同一老人只有一个有效绑定", &sql_bond_twice },
    { "bond_consent", "有效绑定都有同意记录", &sql_bond_without_consent },
    { 0 },
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "bonds_asked", .zh = "待老人同意的绑定", .en = "Bonds the elder is to be asked about",
      .entity = "bond", .list = "state=asked", .due = "created_at", .within = "todo.bond_hours",
      .may = RIGHT(MAY_WRITE_REGISTER), .shows = "elder,relation,account" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "my.renew_days", "60", "day", "本人与家属：协议到期前几天提示续签",
      "Elder and family: days before an agreement ends to speak of renewal", "系统默认值，待核" },
    { 0 },
};

const struct module family_module = {
    .name = "family", .entities = entities, .endpoints = my_endpoints, .messages = messages,
    .invariants = invariants, .jobs = jobs, .schedules = schedules,
    .todos = todos, .parameters = parameters,
};
