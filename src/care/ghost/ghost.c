/* ghost.c - the score that a station reads of itself, and the street's list for spot checks. */

#include "care/ghost/ghost.h"

#include "care/review/review.h"

const struct choice ghost_states[] = {
    { "quiet", "正常", "quiet" }, { "told", "请说明", "told to the station" },
    { "listed", "已列入抽查", "on the street's list" }, { 0 },
};
const struct choice spot_states[] = {
    { "open", "待抽查", "to be checked" }, { "done", "已抽查", "checked" },
    { "dropped", "不需抽查", "not needed" }, { 0 },
};
const struct choice spot_results[] = {
    { "none", "未出结果", "none yet" }, { "working", "正常服务", "it works" },
    { "partly", "部分服务", "works in part" }, { "empty", "没有服务", "no service" }, { 0 },
};

#define G struct ghost_score
const struct field ghost_score_fields[] = {
    ROW_FIELDS(G),
    LINK(G, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(G, score, .read_only = true, .high = 100, .brief = true, .filter = true, .zh = "空转分",
          .en = "Score"),
    FIELD(G, reasons_n, .read_only = true, .brief = true, .zh = "几条依据", .en = "Reasons"),
    FIELD(G, reasons, .read_only = true, .high = 1000, .many_lines = true, .zh = "依据",
          .en = "Why"),
    FIELD(G, measured_on, .read_only = true, .brief = true, .zh = "计算日期", .en = "Measured on"),
    FIELD(G, since, .read_only = true, .zh = "达到分数自", .en = "Since"),
    FIELD(G, listed_from, .read_only = true, .brief = true, .filter = true, .zh = "街道可见自",
          .en = "The street reads it from"),
    FIELD(G, answer, .read_only = true, .high = 1000, .many_lines = true, .zh = "站点说明",
          .en = "The station's answer"),
    FIELD(G, answered_at, .read_only = true, .zh = "说明时间", .en = "Answered at"),
    CHOICE(G, state, ghost_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index ghost_indexes[] = {
    { .name = "org", .columns = "org", .unique = true, .where = "ended_at IS NULL",
      .message = "ghost.once" },
    { .name = "score", .columns = "score, id" },
    { .name = "state", .columns = "state, listed_from, scope, id" },
    { 0 },
};
static const struct sort ghost_sorts[] = { { "score", "score", true, "分数", "Score" }, { 0 } };

struct answer_input { struct sv answer; };
static const struct field answer_takes[] = {
    FIELD(struct answer_input, answer, .required = true, .low = 2, .high = 1000,
          .many_lines = true, .zh = "说明", .en = "Answer",
          .hint_zh = "照片、签到表等作为附件上传", .hint_en = "photographs and sheets as files"),
    { 0 },
};

static enum err answer(struct ctx *c, void *row, const void *input)
{
    const struct answer_input *in = input;
    G *g = row;
    g->answer = in->answer;
    g->answered_at = c->now;
    return ERR_NONE;
}

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    (void)before;
    return sv_is(sv_of(action), "answer") ? ghost_answered(c, row) : ERR_NONE;
}

/* What the night has worked out, over the row; `input` is such a row. */
static enum err measured(struct ctx *c, void *row, const void *input)
{
    const G *now = input;
    G *g = row;
    (void)c;
    g->score = now->score;
    g->reasons_n = now->reasons_n;
    g->reasons = now->reasons;
    g->measured_on = now->measured_on;
    g->since = now->since;
    g->listed_from = now->listed_from;
    return ERR_NONE;
}

static const struct step ghost_steps[] = {
    { .from = "quiet,told,listed", .action = "measure", .to = "", .effect = measured,
      .automatic = true, .zh = "计算", .en = "Measured" },
    { .from = "told,listed", .action = "calm", .to = "quiet", .effect = measured,
      .automatic = true, .zh = "恢复正常", .en = "Quiet again" },
    { .from = "quiet,listed", .action = "tell", .to = "told", .effect = measured,
      .automatic = true, .zh = "请站点说明", .en = "The station is told" },
    { .from = "quiet,told", .action = "list", .to = "listed", .effect = measured,
      .automatic = true, .zh = "列入抽查", .en = "Put on the list" },
    { .from = "told,listed", .action = "answer", .to = "", .may = RIGHT(MAY_SERVE_ORDERS),
      .effect = answer, .takes = answer_takes, .takes_size = sizeof(struct answer_input),
      .zh = "说明情况", .en = "Answer" },
    { 0 },
};

/* Only who serves reads it: an office has no such right, and sees its own list in due time. */
const struct entity ghost_score_entity = {
    .name = "ghost_score", .zh = "活动自查", .en = "How alive we look", .size = sizeof(G),
    .fields = ghost_score_fields, .indexes = ghost_indexes, .sorts = ghost_sorts,
    .state = "state", .steps = ghost_steps, .title = "org", .reads = MAY_SERVE_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .seen_by_org = "org = $",
    .scope_of = "org", .follow = follow, .menu = "orders", .files = true,
};
#undef G

#define S struct spot_check
const struct field spot_check_fields[] = {
    ROW_FIELDS(S),
    LINK(S, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(S, score, .read_only = true, .high = 100, .brief = true, .zh = "空转分", .en = "Score"),
    FIELD(S, reasons_n, .read_only = true, .brief = true, .zh = "几条依据", .en = "Reasons"),
    FIELD(S, reasons, .read_only = true, .brief = true, .high = 1000, .many_lines = true,
          .zh = "依据", .en = "Why"),
    FIELD(S, answer, .read_only = true, .high = 1000, .many_lines = true, .zh = "站点说明",
          .en = "The station's answer"),
    FIELD(S, listed_on, .read_only = true, .brief = true, .zh = "列入日期", .en = "Listed on"),
    FIELD(S, due, .read_only = true, .filter = true, .brief = true, .zh = "抽查期限", .en = "Due"),
    CHOICE(S, result, spot_results, .read_only = true, .filter = true, .brief = true,
           .zh = "抽查结果", .en = "Result"),
    FIELD(S, found, .read_only = true, .high = 1000, .many_lines = true, .zh = "现场情况",
          .en = "What was found"),
    LINK(S, done_by, "account", .read_only = true, .zh = "抽查人", .en = "Checked by"),
    FIELD(S, done_at, .read_only = true, .zh = "抽查时间", .en = "Checked at"),
    CHOICE(S, state, spot_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index spot_indexes[] = {
    { .name = "org", .columns = "org, state, id" },
    { .name = "work", .columns = "state, due, scope, id" },
    { .name = "within", .columns = "scope, state, due, id" },
    { .name = "once", .columns = "org", .unique = true,
      .where = "ended_at IS NULL AND state = 'open'", .message = "ghost.listed" },
    { .name = "result", .columns = "result, id" },
    { 0 },
};
static const struct sort spot_sorts[] = {
    { "due", "due", false, "期限先后", "Due" }, { "score", "score", true, "分数", "Score" }, { 0 },
};

struct spot_input { int result; struct sv found; };
static const struct field spot_takes[] = {
    CHOICE(struct spot_input, result, spot_results, .required = true, .zh = "结果",
           .en = "Result"),
    FIELD(struct spot_input, found, .required = true, .low = 2, .high = 1000, .many_lines = true,
          .zh = "现场情况", .en = "What was found"),
    { 0 },
};

static enum err checked(struct ctx *c, void *row, const void *input)
{
    const struct spot_input *in = input;
    S *s = row;
    if (in->result == SPOT_NONE)
        fail_field(c, SV("result"), "field.required");
    s->result = in->result;
    s->found = in->found;
    s->done_by = review_me(c);
    s->done_at = c->now;
    return fail_fields(c);
}

#define OFFICE (RIGHT(MAY_WRITE_REGISTER) | RIGHT(MAY_REVIEW_DIRECTORY))
static const struct step spot_steps[] = {
    { .from = "open", .action = "check", .to = "done", .may = OFFICE, .effect = checked,
      .takes = spot_takes, .takes_size = sizeof(struct spot_input), .zh = "登记抽查结果",
      .en = "Note the result" },
    { .from = "open", .action = "drop", .to = "dropped", .may = OFFICE, .reason = true,
      .danger = true, .zh = "不需抽查", .en = "Not needed" },
    { 0 },
};

const struct entity spot_check_entity = {
    .name = "spot_check", .zh = "抽查名单", .en = "Spot check", .size = sizeof(S),
    .fields = spot_check_fields, .indexes = spot_indexes, .sorts = spot_sorts, .state = "state",
    .steps = spot_steps, .title = "org", .reads = MAY_READ_FIGURES, .writes = MAY_WRITE_REGISTER,
    .no_create = true, .no_update = true, .scope_of = "org", .menu = "places", .files = true,
};
#undef S
