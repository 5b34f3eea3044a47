/* survey.c - rounds, strata and calls: tables and steps. */

#include "care/survey/survey.h"

#include "care/review/review.h"

const struct choice round_states[] = {
    { "draft", "未抽样", "not drawn" }, { "drawn", "回访中", "being asked" },
    { "closed", "已结束", "closed" }, { 0 },
};
const struct choice survey_call_states[] = {
    { "waiting", "待回访", "to be asked" }, { "answered", "已回访", "answered" },
    { "refused", "拒访", "refused" }, { "unreached", "无法接通", "not reached" }, { 0 },
};
const struct choice survey_answers[] = {
    { "none", "未答", "no answer" }, { "yes", "是／满意", "yes, satisfied" },
    { "partly", "一般", "so so" }, { "no", "否／不满意", "no, not satisfied" }, { 0 },
};
const struct choice day_parts[] = {
    { "morning", "上午", "morning" }, { "afternoon", "下午", "afternoon" },
    { "evening", "晚上", "evening" }, { 0 },
};

/* --- a round --- */

#define R struct survey_round
const struct field survey_round_fields[] = {
    ROW_FIELDS(R),
    FIELD(R, name, .required = true, .high = 60, .brief = true, .zh = "回访名称", .en = "Name"),
    LINK(R, division, "division", .required = true, .create_only = true, .brief = true,
         .zh = "范围", .en = "Where"),
    FIELD(R, from_day, .required = true, .create_only = true, .brief = true, .zh = "服务日期自",
          .en = "Served from"),
    FIELD(R, to_day, .required = true, .create_only = true, .brief = true, .zh = "服务日期至",
          .en = "Served until"),
    FIELD(R, per_org, .required = true, .create_only = true, .low = 1,
          .high = SURVEY_PER_ORG_MAX, .zh = "每家抽几人", .en = "People of each provider"),
    FIELD(R, seed, .create_only = true, .low = 1, .high = 999999999, .required = true,
          .zh = "随机种子", .en = "Seed", .hint_zh = "同一种子抽出同一批人，可复核",
          .hint_en = "the same seed draws the same people again"),
    FIELD(R, opening, .high = 500, .many_lines = true, .zh = "开场白", .en = "What to say first"),
    FIELD(R, question1, .high = 200, .zh = "问题一", .en = "Question 1"),
    FIELD(R, question2, .high = 200, .zh = "问题二（满意度）", .en = "Question 2 (satisfaction)"),
    FIELD(R, population, .read_only = true, .brief = true, .zh = "接受服务人数",
          .en = "People served"),
    FIELD(R, drawn, .read_only = true, .brief = true, .zh = "抽取人数", .en = "Drawn"),
    FIELD(R, drawn_at, .read_only = true, .zh = "抽样时间", .en = "Drawn at"),
    CHOICE(R, state, round_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};
static const struct index round_indexes[] = {
    { .name = "within", .columns = "scope, state, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort round_sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static enum err draw(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return survey_draw(c, row);
}

static const struct step round_steps[] = {
    { .from = "draft", .action = "draw", .to = "drawn", .may = RIGHT(MAY_SET_RULES),
      .effect = draw, .zh = "抽样", .en = "Draw" },
    { .from = "drawn", .action = "close", .to = "closed", .may = RIGHT(MAY_SET_RULES),
      .danger = true, .zh = "结束回访", .en = "Close" },
    { 0 },
};

static struct sv or_else(struct sv given, const char *text)
{
    return given.len ? given : sv_of(text);
}

static enum err round_rules(struct ctx *c, const void *before, void *row)
{
    R *r = row;
    if (before)
        return ERR_NONE;
    if (r->to_day.n < r->from_day.n)
        fail_field(c, SV("to_day"), "days.backwards");
    if (r->to_day.n > day_of(c->now).n)
        fail_field(c, SV("to_day"), "survey.future");
    r->opening = or_else(r->opening, "您好，这里是区民政局养老服务回访，想占用您一分钟。"
                                     "回答不影响您享受服务，也不会告诉上门的人。");
    r->question1 = or_else(r->question1, "说好的服务来了吗，做完了吗？");
    r->question2 = or_else(r->question2, "对这次服务满意吗？");
    return fail_fields(c);
}

const struct entity survey_round_entity = {
    .name = "survey_round", .zh = "回访批次", .en = "Survey round", .size = sizeof(R),
    .fields = survey_round_fields, .indexes = round_indexes, .sorts = round_sorts,
    .state = "state", .steps = round_steps, .title = "name", .reads = MAY_READ_FIGURES,
    .writes = MAY_SET_RULES, .scope_of = "division", .rules = round_rules, .menu = "requests",
};
#undef R

/* --- strata --- */

#define S struct survey_stratum
const struct field survey_stratum_fields[] = {
    ROW_FIELDS(S),
    LINK(S, round, "survey_round", .read_only = true, .filter = true, .zh = "批次",
         .en = "Round"),
    LINK(S, org, "organisation", .read_only = true, .brief = true, .zh = "服务机构",
         .en = "Provider"),
    FIELD(S, population, .read_only = true, .brief = true, .zh = "服务人数", .en = "People served"),
    FIELD(S, drawn, .read_only = true, .brief = true, .zh = "抽取人数", .en = "Drawn"),
    { 0 },
};
static const struct index stratum_indexes[] = {
    { .name = "round", .columns = "round, org", .unique = true, .message = "survey.drawn" },
    { .name = "within", .columns = "scope, id" },
    { 0 },
};
static const struct sort stratum_sorts[] = { { "round", "round", true, "批次", "Round" }, { 0 } };

const struct entity survey_stratum_entity = {
    .name = "survey_stratum", .zh = "回访分层", .en = "Stratum", .kind = ENTITY_APPEND_ONLY,
    .size = sizeof(S), .fields = survey_stratum_fields, .indexes = stratum_indexes,
    .sorts = stratum_sorts, .reads = MAY_READ_FIGURES, .writes = MAY_SET_RULES,
    .no_create = true, .no_update = true, .scope_of = "round", .no_history = true,
};
#undef S

/* --- calls --- */

#define C struct survey_call
const struct field survey_call_fields[] = {
    ROW_FIELDS(C),
    LINK(C, round, "survey_round", .read_only = true, .filter = true, .brief = true,
         .zh = "批次", .en = "Round"),
    LINK(C, org, "organisation", .read_only = true, .filter = true, .brief = true,
         .zh = "服务机构", .en = "Provider"),
    LINK(C, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(C, care_order, "care_order", .read_only = true, .zh = "订单", .en = "Order"),
    FIELD(C, place_in_queue, .read_only = true, .zh = "次序", .en = "Place in the queue"),
    FIELD(C, tries, .read_only = true, .brief = true, .zh = "已打几次", .en = "Tries"),
    SET(C, parts, day_parts, .read_only = true, .zh = "已打时段", .en = "Tried at"),
    FIELD(C, tried_at, .read_only = true, .zh = "最近一次", .en = "Last tried"),
    CHOICE(C, came, survey_answers, .read_only = true, .zh = "服务来了", .en = "It came"),
    CHOICE(C, satisfied, survey_answers, .read_only = true, .filter = true, .brief = true,
           .zh = "满意", .en = "Satisfied"),
    FIELD(C, words, .class = SECRET, .read_only = true, .high = 1000, .many_lines = true,
          .zh = "老人的话", .en = "Her words"),
    FIELD(C, recording, .read_only = true, .high = 100, .zh = "录音编号", .en = "Recording"),
    LINK(C, called_by, "account", .read_only = true, .zh = "回访人", .en = "Called by"),
    CHOICE(C, state, survey_call_states, .read_only = true, .filter = true, .brief = true,
           .zh = "结果", .en = "Result"),
    { 0 },
};
static const struct index call_indexes[] = {
    { .name = "queue", .columns = "round, state, place_in_queue" },
    { .name = "once", .columns = "round, org, elder", .unique = true, .message = "survey.drawn" },
    { .name = "within", .columns = "scope, state, id" },
    { .name = "work", .columns = "state, scope, id" },
    { .name = "elder", .columns = "elder, id" },
    { .name = "org", .columns = "org, id" },
    { .name = "satisfied", .columns = "satisfied, id" },
    { 0 },
};
static const struct sort call_sorts[] = {
    { "queue", "place_in_queue", false, "次序", "Queue" }, { 0 },
};

struct answered_input { int came, satisfied; struct sv words, recording; };
static const struct field answered_takes[] = {
    CHOICE(struct answered_input, came, survey_answers, .required = true, .zh = "服务来了吗",
           .en = "Did it come"),
    CHOICE(struct answered_input, satisfied, survey_answers, .required = true, .zh = "满意吗",
           .en = "Satisfied"),
    FIELD(struct answered_input, words, .high = 1000, .many_lines = true, .zh = "老人的话",
          .en = "Her words"),
    FIELD(struct answered_input, recording, .high = 100, .zh = "录音编号", .en = "Recording"),
    { 0 },
};

static int part_of(struct moment m)
{
    int minute = minute_of(m);
    return minute < 720 ? PART_MORNING : minute < 1080 ? PART_AFTERNOON : PART_EVENING;
}

static void tried(struct ctx *c, C *k)
{
    k->tries++;
    k->tried_at = c->now;
    k->parts.bits |= UINT64_C(1) << part_of(c->now);
    k->called_by = review_me(c);
}

/* No provider asks its own people; and a closed round asks nobody. */
static enum err office_guard(struct ctx *c, const void *row)
{
    const C *k = row;
    struct survey_round r;
    bool found;
    if (c->who && c->who->org)
        return fail(c, ERR_FORBIDDEN, "survey.office_only", "organisation %lld asks nobody",
                    (long long)c->who->org);
    TRY(entity_load(c, &survey_round_entity, k->round.n, &r, &found));
    if (!found || r.state != ROUND_DRAWN)
        return fail(c, ERR_CONFLICT, "survey.closed", "round %lld is closed",
                    (long long)k->round.n);
    return ERR_NONE;
}

static enum err answered(struct ctx *c, void *row, const void *input)
{
    const struct answered_input *in = input;
    C *k = row;
    if (in->satisfied == ANSWER_NONE)
        fail_field(c, SV("satisfied"), "field.required");
    tried(c, k);
    k->came = in->came;
    k->satisfied = in->satisfied;
    k->words = in->words;
    k->recording = in->recording;
    return fail_fields(c);
}

/* The same part of the day says nothing new: she is out in the mornings. */
static enum err no_answer_guard(struct ctx *c, const void *row)
{
    const C *k = row;
    TRY(office_guard(c, row));
    if (k->parts.bits >> part_of(c->now) & 1)
        return fail(c, ERR_CONFLICT, "survey.same_part", "call %lld was tried at this part",
                    (long long)k->id.n);
    return ERR_NONE;
}

static enum err try_again_guard(struct ctx *c, const void *row)
{
    const C *k = row;
    TRY(no_answer_guard(c, row));
    return k->tries + 1 < SURVEY_TRIES ? ERR_NONE
           : fail(c, ERR_CONFLICT, "step.not_now", "the third try ends call %lld",
                  (long long)k->id.n);
}

static enum err third_guard(struct ctx *c, const void *row)
{
    const C *k = row;
    TRY(no_answer_guard(c, row));
    return k->tries + 1 >= SURVEY_TRIES ? ERR_NONE
           : fail(c, ERR_CONFLICT, "survey.three", "call %lld has been tried %lld times",
                  (long long)k->id.n, (long long)k->tries);
}

static enum err no_answer(struct ctx *c, void *row, const void *input)
{
    (void)input;
    tried(c, row);
    return ERR_NONE;
}

#define CALLERS RIGHT(MAY_ANSWER_CALLS)
static const struct step call_steps[] = {
    { .from = "waiting", .action = "answered", .to = "answered", .may = CALLERS,
      .guard = office_guard, .effect = answered, .takes = answered_takes,
      .takes_size = sizeof(struct answered_input), .zh = "已回访", .en = "Answered" },
    { .from = "waiting", .action = "no_answer", .to = "", .may = CALLERS,
      .guard = try_again_guard, .effect = no_answer, .zh = "没接，换时段再打",
      .en = "No answer, try at another time" },
    { .from = "waiting", .action = "unreached", .to = "unreached", .may = CALLERS,
      .guard = third_guard, .effect = no_answer, .zh = "第三次没接", .en = "No answer, third time" },
    { .from = "waiting", .action = "refused", .to = "refused", .may = CALLERS,
      .guard = office_guard, .effect = no_answer, .zh = "拒访", .en = "Refused" },
    { 0 },
};

const struct entity survey_call_entity = {
    .name = "survey_call", .zh = "回访电话", .en = "Survey call", .size = sizeof(C),
    .fields = survey_call_fields, .indexes = call_indexes, .sorts = call_sorts, .state = "state",
    .steps = call_steps, .title = "org", .reads = MAY_ANSWER_CALLS, .writes = MAY_ANSWER_CALLS,
    .no_create = true, .no_update = true, .elder = "elder", .scope_of = "elder",
    .menu = "requests",
};
#undef C
