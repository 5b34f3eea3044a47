/* work_item.c - work items: table, steps, one open item for one reason. */

#include "care/parameter/parameter.h"
#include "care/signal/signal.h"
#include "care/todo/hand.h"

SQL(signal_open);
SQL(signal_open_place);

const struct choice signal_kinds[] = {
    { "other", "其他", "other" },
    { "not_met_alone", "独居老人未遇", "nobody met, lives alone" },
    { "not_met", "连续未遇", "nobody met several times" },
    { "attention", "需要关注", "needs attention" },
    { "refused", "多次谢绝", "refused several times" },
    { "mood", "情绪需要关注", "her mood worries" },
    { "repeated", "诉求重复", "the same complaint again" },
    { "inspection", "投诉请检查", "a complaint asks for an inspection" },
    { "meal_missed", "送餐未遇", "nobody in for a meal" },
    { "meal_batch", "配餐交接异常", "a fault at the meal hand-over" },
    { "advance", "备用金逾期未结清", "an errand's advance is overdue" },
    { "pair", "需要换护理员", "another carer is wanted" },
    { 0 },
};
const struct choice signal_states[] = {
    { "open", "待处理", "open" }, { "taken", "处理中", "taken" }, { "done", "已办结", "done" },
    { "dropped", "不需处理", "dropped" }, { 0 },
};
const struct choice signal_weights[] = {
    { "urgent", "紧急", "urgent" }, { "soon", "较急", "soon" }, { "normal", "一般", "normal" }, { 0 },
};
const struct choice signal_outcomes[] = {
    { "none", "未出结果", "none yet" },          { "safe", "平安", "she is well" },
    { "helped", "已处置", "helped" },            { "handed_on", "已转交", "handed on" },
    { "unreached", "没联系上", "not reached" },  { "false_signal", "误报", "a false signal" }, { 0 },
};

#define W struct work_item
const struct field work_item_fields[] = {
    ROW_FIELDS(W),
    CHOICE(W, weight, signal_weights, .read_only = true, .filter = true, .brief = true,
           .zh = "轻重", .en = "Weight"),
    CHOICE(W, kind, signal_kinds, .read_only = true, .filter = true, .brief = true,
           .zh = "发生了什么", .en = "What happened"),
    LINK(W, elder, "elder", .filter = true, .brief = true, .zh = "老年人", .en = "Elder"),
    LINK(W, org, "organisation", .filter = true, .brief = true, .zh = "由谁处理", .en = "Falls to"),
    LINK(W, place, "place", .filter = true, .zh = "网点", .en = "Place"),
    LINK(W, about_org, "organisation", .read_only = true, .zh = "涉及机构",
         .en = "About organisation"),
    LINK(W, request, "request", .read_only = true, .filter = true, .zh = "诉求工单",
         .en = "Request"),
    LINK(W, care_order, "care_order", .read_only = true, .zh = "订单", .en = "Order"),
    LINK(W, visit, "visit", .read_only = true, .zh = "工单", .en = "Visit"),
    FIELD(W, why, .required = true, .brief = true, .high = 300, .zh = "为什么",
          .en = "Why (no names)"),
    FIELD(W, happened_at, .read_only = true, .filter = true, .brief = true, .zh = "发生时间",
          .en = "Happened at"),
    FIELD(W, due, .filter = true, .brief = true, .zh = "最迟处理", .en = "Due"),
    FIELD(W, signals, .read_only = true, .zh = "信号次数", .en = "Signals"),
    CHOICE(W, state, signal_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    CHOICE(W, outcome, signal_outcomes, .read_only = true, .filter = true, .zh = "结果",
           .en = "Outcome"),
    LINK(W, owner, "account", .read_only = true, .filter = true, .brief = true, .zh = "处理人",
         .en = "Owner"),
    HANDED_FIELDS(W),
    FIELD(W, taken_at, .read_only = true, .zh = "接手时间", .en = "Taken at"),
    FIELD(W, tries, .read_only = true, .zh = "已联系次数", .en = "Tries"),
    FIELD(W, tried_at, .read_only = true, .zh = "最近联系", .en = "Last tried"),
    FIELD(W, done_at, .read_only = true, .zh = "办结时间", .en = "Done at"),
    LINK(W, done_by, "account", .read_only = true, .zh = "办结人", .en = "Done by"),
    FIELD(W, found, .class = SECRET, .read_only = true, .many_lines = true, .high = 1000,
          .zh = "了解到的情况", .en = "What was found"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "happened", .columns = "happened_at, scope, id" },
    { .name = "work", .columns = "state, due, scope, id" },
    { .name = "within", .columns = "scope, state, due, id" },
    { .name = "elder", .columns = "elder, state, kind, id" },
    { .name = "owner", .columns = "owner, state, id" },
    { .name = "kind", .columns = "kind, state, due, id" },
    { .name = "weight", .columns = "weight, state, scope, due, id" },
    { .name = "org_weight", .columns = "org, weight, state, due, id" },
    { .name = "place", .columns = "place, state, kind, id" },
    { .name = "request", .columns = "request, id" },
    { .name = "outcome", .columns = "outcome, id" },
    { .name = "once",
      .columns = "kind, elder",
      .unique = true,
      .where = "ended_at IS NULL AND state IN ('open', 'taken') AND elder IS NOT NULL "
               "AND kind <> 'other'",
      .message = "work_item.open" },
    { 0 },
};

static const struct sort sorts[] = {
    { "due", "due", false, "期限先后", "Due" },
    { "happened", "happened_at", true, "最近发生", "Latest" },
    { 0 },
};

/* --- steps --- */

struct done_input { int outcome; struct sv found; };

static const struct field done_takes[] = {
    CHOICE(struct done_input, outcome, signal_outcomes, .required = true, .zh = "结果",
           .en = "Outcome"),
    FIELD(struct done_input, found, .required = true, .many_lines = true, .high = 1000,
          .zh = "了解到的情况", .en = "What was found"),
    { 0 },
};

static enum err take(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    (void)input;
    w->owner = review_me(c);
    w->taken_at = c->now;
    w->handed_by.n = 0;
    w->handed_why = SV("");
    return ERR_NONE;
}

static enum err hand_on(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    const struct todo_hand *in = input;
    TRY(todo_hand(c, &work_item_entity, w, in));
    w->owner = in->to;
    w->taken_at = c->now;
    w->handed_by = review_me(c);
    w->handed_why = in->why;
    return ERR_NONE;
}

static enum err put_back_guard(struct ctx *c, const void *row)
{
    const struct work_item *w = row;
    if (w->owner.n == review_me(c).n)
        return ERR_NONE;
    return fail(c, ERR_CONFLICT, "work_item.not_yours", "work item %lld is not the caller's",
                (long long)w->id.n);
}

static enum err put_back(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    (void)c;
    (void)input;
    w->owner.n = w->handed_by.n = 0;
    w->handed_why = SV("");
    return ERR_NONE;
}

static enum err no_answer(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    (void)input;
    w->tries++;
    w->tried_at = c->now;
    return ERR_NONE;
}

static enum err done(struct ctx *c, void *row, const void *input)
{
    const struct done_input *in = input;
    struct work_item *w = row;
    if (in->outcome == OUTCOME_NONE) {
        fail_field(c, SV("outcome"), "work_item.outcome");
        return fail_fields(c);
    }
    w->outcome = in->outcome;
    w->found = in->found;
    w->done_at = c->now;
    w->done_by = review_me(c);
    return ERR_NONE;
}

static enum err drop(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    (void)input;
    w->done_at = c->now;
    w->done_by = review_me(c);
    return ERR_NONE;
}

static enum err again(struct ctx *c, void *row, const void *input)
{
    struct work_item *w = row;
    (void)input;
    (void)c;
    w->outcome = OUTCOME_NONE;
    w->done_at = (struct moment){ 0 };
    w->done_by = (struct account_id){ 0 };
    w->owner = w->handed_by = (struct account_id){ 0 };
    w->handed_why = SV("");
    return ERR_NONE;
}

#define WHO SIGNAL_WORKERS

static const struct step steps[] = {
    { .from = "", .action = "open", .to = "open", .may = WHO, .zh = "新建工作项", .en = "Open" },
    { .from = "open", .action = "take", .to = "taken", .may = WHO, .effect = take, .zh = "我来处理",
      .en = "I take it" },
    { .from = "taken", .action = "take", .to = "", .may = WHO, .effect = take, .zh = "改由我处理",
      .en = "I take it over" },
    { .from = "open,taken", .action = "hand_on", .to = "taken", .may = WHO, .effect = hand_on,
      .takes = todo_hand_takes, .takes_size = sizeof(struct todo_hand), .zh = "转交给同事",
      .en = "Hand on" },
    { .from = "taken", .action = "put_back", .to = "open", .may = WHO, .guard = put_back_guard,
      .effect = put_back, .zh = "退回，由别人处理", .en = "Leave it to others" },
    { .from = "open,taken", .action = "no_answer", .to = "", .may = WHO, .effect = no_answer,
      .zh = "没联系上", .en = "No answer" },
    { .from = "open,taken", .action = "done", .to = "done", .may = WHO, .effect = done,
      .takes = done_takes, .takes_size = sizeof(struct done_input), .zh = "办结", .en = "Done" },
    { .from = "open,taken", .action = "drop", .to = "dropped", .may = WHO, .effect = drop,
      .reason = true, .danger = true, .zh = "不需处理", .en = "Nothing to do" },
    { .from = "done,dropped", .action = "again", .to = "open", .may = WHO, .effect = again,
      .reason = true, .zh = "重新打开", .en = "Open again" },
    { 0 },
};

/* --- one write --- */

/* What weighs how much, and by when somebody must have done something. */
static const struct { int weight; const char *minutes; } kinds[SIGNAL_KINDS] = {
    [SIGNAL_NOT_MET_ALONE] = { SIGNAL_URGENT, "signal.urgent_minutes" },
    [SIGNAL_NOT_MET] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_ATTENTION] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_MOOD] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_REFUSED] = { SIGNAL_NORMAL, "signal.normal_minutes" },
    [SIGNAL_REPEATED] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_INSPECTION] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_MEAL_MISSED] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_MEAL_BATCH] = { SIGNAL_URGENT, "signal.urgent_minutes" },
    [SIGNAL_ADVANCE] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_PAIR] = { SIGNAL_SOON, "signal.soon_minutes" },
    [SIGNAL_OTHER] = { SIGNAL_NORMAL, "signal.normal_minutes" },
};

/* An item lies where its elder lives, or where the organisation is that it is about. */
MUST static enum err take_scope(struct ctx *c, struct work_item *w)
{
    struct elder e = { .row = w->row };
    struct organisation o = { .row = w->row };
    struct place p = { .row = w->row };
    bool found;
    if (w->elder.n) {
        TRY(entity_load(c, &elder_entity, w->elder.n, &e, &found));
        w->row.scope = found ? e.row.scope : w->row.scope;
        return ERR_NONE;
    }
    if (w->place.n) {
        TRY(entity_load(c, &place_entity, w->place.n, &p, &found));
        w->row.scope = found ? p.row.scope : w->row.scope;
        return ERR_NONE;
    }
    TRY(entity_load(c, &organisation_entity, w->org.n ? w->org.n : w->about_org.n, &o, &found));
    w->row.scope = found ? o.row.scope : w->row.scope;
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct work_item *w = row;
    int64_t minutes;
    if (before)
        return ERR_NONE;
    if (!w->elder.n && !w->org.n && !w->place.n && !w->about_org.n)
        fail_field(c, SV("elder"), "work_item.about");
    TRY(fail_fields(c));
    TRY(take_scope(c, w));
    if (!moment_known(w->happened_at))
        w->happened_at = c->now;
    w->signals = 1;
    w->weight = kinds[w->kind].weight;
    TRY(parameter_int(c, kinds[w->kind].minutes, w->row.scope, day_of(c->now), &minutes));
    if (!moment_known(w->due))
        w->due.ms = w->happened_at.ms + minutes * 60000;
    return ERR_NONE;
}

const struct entity work_item_entity = {
    .name = "work_item", .zh = "工作项", .en = "Work item", .size = sizeof(W),
    .fields = work_item_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "why", .reads = MAY_READ_REGISTER, .writes = MAY_PLACE_ORDERS,
    .no_update = true, .seen_by_org = "org = $", .elder = "elder", .open = "open,taken",
    .found_by = "elder", .rules = rules, .menu = "orders",
};
#undef W

enum err signal_raise(struct ctx *c, struct work_item *item)
{
    int64_t id = 0;
    struct work_item w;
    bool found = false;
    if ((item->elder.n || item->place.n) && item->kind != SIGNAL_OTHER)
        TRY(db_int(c, item->elder.n ? &sql_signal_open : &sql_signal_open_place,
                   PARAMS(P_TEXT("kind", sv_of(signal_kinds[item->kind].key)),
                          P_INT("elder", item->elder.n), P_INT("place", item->place.n)), &id));
    if (id)
        TRY(entity_load(c, &work_item_entity, id, &w, &found));
    if (!found)
        return entity_create_by_rule(c, &work_item_entity, item);
    w.signals++;
    return entity_update_by_rule(c, &work_item_entity, &w, w.row.version, "signal");
}
