/* staff.c - shifts, leave, training. */

#include "care/carer/staff.h"

#include "care/figure/figure.h"
#include "care/hours/hours.h"
#include "care/todo/todo.h"

SQL(carer_on_leave);
SQL(leave_overlaps);
SQL(figure_contracts_ending);

#define OF_ONES_STAFF "carer IN (SELECT id FROM carer WHERE org = $)"

enum err carer_absent(struct ctx *c, const struct carer *a, struct day day, bool *ret_absent)
{
    int64_t n = 0;
    *ret_absent = carer_away(a, day);
    if (*ret_absent)
        return ERR_NONE;
    TRY(db_int(c, &sql_carer_on_leave, PARAMS(P_INT("carer", a->id.n), P_INT("day", day.n)), &n));
    *ret_absent = n > 0;
    return ERR_NONE;
}

/* --- shifts --- */

const struct field shift_fields[] = {
    ROW_FIELDS(struct shift),
    LINK(struct shift, carer, "carer", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "护理员", .en = "Carer"),
    FIELD(struct shift, week, .required = true, .check = hours_check, .high = HOURS_LENGTH_MAX,
          .brief = true, .zh = "班次", .en = "Works", .hint_zh = "如 Mo-Fr 08:00-12:00,13:00-17:00",
          .hint_en = "as Mo-Fr 08:00-12:00,13:00-17:00"),
    LINK(struct shift, starts_at, "place", .brief = true, .zh = "出发地点（不填为家）",
         .en = "Starts at (home)"),
    FIELD(struct shift, valid_from, .required = true, .brief = true, .zh = "自", .en = "From"),
    FIELD(struct shift, valid_to, .brief = true, .zh = "至", .en = "To"),
    { 0 },
};

static const struct index shift_indexes[] = {
    { .name = "carer", .columns = "carer, valid_from, id" }, { 0 },
};

static const struct sort shift_sorts[] = { { "carer", "carer", false, "护理员", "Carer" }, { 0 } };

static enum err shift_rules(struct ctx *c, const void *before, void *row)
{
    const struct shift *s = row;
    (void)before;
    if (day_known(s->valid_to) && s->valid_to.n < s->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return fail_fields(c);
}

const struct entity shift_entity = {
    .name = "shift", .zh = "班次", .en = "Shift", .size = sizeof(struct shift),
    .fields = shift_fields, .indexes = shift_indexes, .sorts = shift_sorts, .title = "week",
    .reads = MAY_READ_STAFF, .writes = MAY_WRITE_STAFF, .seen_by_org = OF_ONES_STAFF,
    .seen_by_carer = "carer = $", .scope_of = "carer", .rules = shift_rules, .menu = "staff",
};

/* --- leave --- */

const struct choice leave_kinds[] = {
    { "annual", "年休假", "annual leave" },  { "sick", "病假", "sick leave" },
    { "personal", "事假", "personal leave" }, { "training", "外出培训", "training" },
    { "parent", "产假/陪产假", "parental leave" }, { 0 },
};

const struct choice leave_states[] = {
    { "asked", "待批", "asked" }, { "approved", "已批", "approved" },
    { "refused", "未批", "refused" }, { "cancelled", "已撤销", "cancelled" }, { 0 },
};

const struct field leave_fields[] = {
    ROW_FIELDS(struct leave),
    LINK(struct leave, carer, "carer", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "护理员", .en = "Carer"),
    CHOICE(struct leave, kind, leave_kinds, .create_only = true, .filter = true, .brief = true,
           .zh = "假别", .en = "Kind"),
    FIELD(struct leave, from_day, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "自", .en = "From"),
    FIELD(struct leave, to_day, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "至", .en = "To"),
    FIELD(struct leave, note, .high = 300, .zh = "说明", .en = "Note"),
    CHOICE(struct leave, state, leave_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(struct leave, decided_by, "account", .read_only = true, .zh = "审批人",
         .en = "Decided by"),
    { 0 },
};

static const struct index leave_indexes[] = {
    { .name = "carer", .columns = "carer, state, from_day, id" },
    { .name = "work", .columns = "state, from_day, scope, id" },
    { .name = "to_day", .columns = "to_day, id" },
    { 0 },
};

static const struct sort leave_sorts[] = {
    { "created", "id", true, "申请先后", "Asked" }, { 0 },
};

static enum err leave_rules(struct ctx *c, const void *before, void *row)
{
    const struct leave *l = row;
    int64_t n = 0;
    if (before)
        return ERR_NONE;
    if (l->to_day.n < l->from_day.n)
        fail_field(c, SV("to_day"), "days.backwards");
    TRY(db_int(c, &sql_leave_overlaps,
               PARAMS(P_INT("carer", l->carer.n), P_INT("id", l->id.n),
                      P_INT("from_day", l->from_day.n), P_INT("to_day", l->to_day.n)), &n));
    if (n)
        fail_field(c, SV("from_day"), "leave.overlaps");
    return fail_fields(c);
}

/* Nobody grants her own. */
static enum err not_hers(struct ctx *c, const void *row)
{
    const struct leave *l = row;
    if (c->who && c->who->carer && c->who->carer == l->carer.n)
        return fail(c, ERR_FORBIDDEN, "leave.own", "leave %lld is the caller's own",
                    (long long)l->id.n);
    return ERR_NONE;
}

static enum err decide(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct leave *)row)->decided_by = review_me(c);
    return ERR_NONE;
}

#define STAFF_OR_HERSELF (RIGHT(MAY_WRITE_STAFF) | RIGHT(MAY_DO_VISITS))

static const struct step leave_steps[] = {
    { .from = "", .action = "create", .to = "asked", .may = STAFF_OR_HERSELF, .zh = "请假",
      .en = "Ask" },
    { .from = "asked", .action = "approve", .to = "approved", .may = RIGHT(MAY_WRITE_STAFF),
      .guard = not_hers, .effect = decide, .zh = "批准", .en = "Approve" },
    { .from = "asked", .action = "refuse", .to = "refused", .may = RIGHT(MAY_WRITE_STAFF),
      .guard = not_hers, .effect = decide, .reason = true, .zh = "不批", .en = "Refuse" },
    { .from = "asked,approved", .action = "cancel", .to = "cancelled", .may = STAFF_OR_HERSELF,
      .zh = "撤销", .en = "Cancel" },
    { 0 },
};

const struct entity leave_entity = {
    .name = "leave_note", .zh = "请假", .en = "Leave", .size = sizeof(struct leave),
    .fields = leave_fields, .indexes = leave_indexes, .sorts = leave_sorts, .state = "state",
    .steps = leave_steps, .title = "kind", .reads = MAY_READ_STAFF, .writes = MAY_WRITE_STAFF,
    .creates = MAY_READ_STAFF, .seen_by_org = OF_ONES_STAFF, .seen_by_carer = "carer = $",
    .scope_of = "carer", .rules = leave_rules, .menu = "staff", .files = true,
};

/* --- training --- */

const struct choice training_results[] = {
    { "attended", "已参加", "attended" }, { "passed", "合格", "passed" },
    { "failed", "不合格", "failed" }, { 0 },
};

const struct field training_fields[] = {
    ROW_FIELDS(struct training),
    LINK(struct training, carer, "carer", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "护理员", .en = "Carer"),
    FIELD(struct training, topic, .required = true, .high = 100, .brief = true, .zh = "培训内容",
          .en = "Topic"),
    FIELD(struct training, held_by, .high = 100, .zh = "培训机构", .en = "Held by"),
    FIELD(struct training, held_on, .required = true, .filter = true, .brief = true, .zh = "日期",
          .en = "On"),
    FIELD(struct training, hours, .low = 0, .high = 2000, .brief = true, .zh = "学时",
          .en = "Hours"),
    CHOICE(struct training, result, training_results, .filter = true, .brief = true,
           .zh = "结果", .en = "Result"),
    FIELD(struct training, certificate, .high = 60, .zh = "证书编号", .en = "Certificate"),
    { 0 },
};

static const struct index training_indexes[] = {
    { .name = "carer", .columns = "carer, id" },
    { .name = "within", .columns = "scope, held_on, id" },
    { .name = "result", .columns = "result, id" },
    { 0 },
};

static const struct sort training_sorts[] = {
    { "created", "id", true, "登记先后", "Noted" }, { 0 },
};

static enum err training_rules(struct ctx *c, const void *before, void *row)
{
    const struct training *t = row;
    (void)before;
    if (t->held_on.n > day_of(c->now).n)
        fail_field(c, SV("held_on"), "training.future");
    return fail_fields(c);
}

const struct entity training_entity = {
    .name = "training", .zh = "培训记录", .en = "Training", .size = sizeof(struct training),
    .fields = training_fields, .indexes = training_indexes, .sorts = training_sorts,
    .title = "topic", .reads = MAY_READ_STAFF, .writes = MAY_WRITE_STAFF,
    .seen_by_org = OF_ONES_STAFF, .seen_by_carer = "carer = $", .scope_of = "carer",
    .rules = training_rules, .menu = "staff", .files = true,
};

/* --- the module --- */

static const struct indicator indicators[] = {
    { .key = "contracts_ending", .zh = "即将到期的用工合同", .en = "Contracts ending soon",
      .unit_zh = "份", .unit_en = "contracts",
      .definition_zh = "未离职人员的合同，今天起 {figure.papers_days} 天内到期的；"
                       "辖区按所属机构",
      .definition_en = "contracts of staff still there that end within {figure.papers_days} "
                       "days; by the organisation's division",
      .sql = &sql_figure_contracts_ending, .entity = "carer",
      .list = "contract_to.from={today}&contract_to.to={soon}&state=working,away",
      .watch = "figure.contracts_ending.watch", .bad = "figure.contracts_ending.bad" },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "figure.contracts_ending.watch", "1", "", "合同到期：关注", "Contracts ending: watch",
      HOUSE_DEFAULT },
    { "figure.contracts_ending.bad", "20", "", "合同到期：告急", "Contracts ending: bad",
      HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "leave.overlaps", "这段时间已有请假（待批或已批）", "there is a leave in these days already" },
    { "leave.own", "不能批自己的假，请由另一人审批", "nobody grants her own leave; ask a colleague" },
    { "training.future", "培训日期不能晚于今天", "the training lies in the future" },
    { 0 },
};

static const struct entity *const entities[] = {
    &shift_entity, &leave_entity, &training_entity, NULL,
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "leaves_asked", .zh = "请假待批", .en = "Leave to decide", .entity = "leave_note",
      .list = "state=asked", .due = "from_day", .may = RIGHT(MAY_WRITE_STAFF),
      .shows = "carer,kind,from_day,to_day" },
    { .key = "contracts_expiring", .zh = "到期的用工合同", .en = "Contracts that end",
      .entity = "carer", .list = "state=working,away&contract_to.to={soon}", .due = "contract_to",
      .may = RIGHT(MAY_WRITE_STAFF), .shows = "name,org,contract_to" },
    { 0 },
};

const struct module staff_module = {
    .name = "staff", .entities = entities, .indicators = indicators, .parameters = parameters,
    .messages = messages, .todos = todos,
};
