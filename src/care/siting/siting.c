/* siting.c - questions that are kept: table, rules, steps, and what the module brings. */

#include "care/siting/question.h"

#include "care/export/export.h"

#define ASK MAY_READ_FIGURES

const struct choice siting_ways[] = {
    { "walk", "步行分钟", "minutes on foot" }, { "radius", "直线半径", "straight metres" }, { 0 },
};
const struct choice siting_goals[] = {
    { "number", "按数量", "by number" }, { "budget", "按预算", "by budget" }, { 0 },
};
const struct choice siting_sources[] = {
    { "places", "现有其他网点", "places of other kinds" },
    { "properties", "闲置房产", "idle properties" },
    { "grid", "沿街网格点", "points of a grid on the streets" },
    { 0 },
};
const struct choice siting_states[] = {
    { "waiting", "计算中", "being worked out" }, { "done", "已完成", "done" },
    { "failed", "没算成", "failed" }, { "cancelled", "已取消", "called off" }, { 0 },
};

#define S struct siting_row
#define ASKED                                                                                     \
    LINK(S, division, "division", .create_only = true, .filter = true, .brief = true,             \
         .zh = "区划", .en = "Division"),                                                          \
    CHOICE(S, kind, place_kinds, .required = true, .create_only = true, .filter = true,           \
           .brief = true, .zh = "网点类型", .en = "Kind of place"),                                \
    CHOICE(S, profile, walk_paces, .create_only = true, .zh = "步速", .en = "Pace"),              \
    FIELD(S, minutes, .create_only = true, .low = 1, .high = ATLAS_MINUTES_MAX,                   \
          .zh = "步行分钟", .en = "Minutes on foot; else parameter coverage.minutes"),             \
    FIELD(S, metres, .create_only = true, .low = 100, .high = ATLAS_METRES_MAX,                   \
          .zh = "直线半径（米）", .en = "Radius in metres; else parameter coverage.radius_m"),      \
    CHOICE(S, way, siting_ways, .create_only = true, .zh = "口径", .en = "By minutes or metres"),    \
    CHOICE(S, goal, siting_goals, .create_only = true, .brief = true, .zh = "怎么选",              \
           .en = "By number or budget"),                                                          \
    FIELD(S, sites, .create_only = true, .high = SITING_SITES_MAX, .zh = "最多建几处",             \
          .en = "At most so many"),                                                               \
    FIELD(S, budget, .create_only = true, .low = 0, .zh = "预算", .en = "Budget"),                 \
    FIELD(S, close_saves, .create_only = true, .low = 0, .zh = "关一处可省",                       \
          .en = "What closing one sets free"),                                                    \
    FIELD(S, equity, .create_only = true, .high = SITING_EQUITY_MAX, .zh = "公平权重",             \
          .en = "Equity weight", .hint_zh = "0 为人人相同；越大越先顾覆盖最差的社区",                \
          .hint_en = "0: all count the same; more: the least served communities first"),          \
    SET(S, sources, siting_sources, .create_only = true, .zh = "候选来源", .en = "Candidates"),    \
    SET(S, kinds, place_kinds, .create_only = true, .zh = "哪些网点可作候选",                      \
        .en = "Kinds of places that may take it in"),                                             \
    FIELD(S, grid_m, .create_only = true, .high = SITING_GRID_MAX, .zh = "网格步距（米）",          \
          .en = "Step of the grid (m)"),                                                          \
    FIELD(S, seconds, .create_only = true, .low = 1, .high = SITING_SECONDS_MAX,                  \
          .zh = "最多算几秒", .en = "Seconds of computing at most"),                               \
    FIELD(S, marks, .create_only = true, .zh = "必建、不建、可关的点",                             \
          .en = "Forced, forbidden, closable")

const struct field siting_asked_fields[] = { ASKED, { 0 } };

const struct field siting_fields[] = {
    ROW_FIELDS(S),
    FIELD(S, name, .required = true, .high = 60, .brief = true, .search = true, .zh = "名称",
          .en = "Name"),
    ASKED,
    CHOICE(S, state, siting_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    FIELD(S, job, .read_only = true, .hidden = true, .zh = "任务", .en = "Job"),
    LINK(S, scenario, "scenario", .read_only = true, .brief = true, .zh = "推演方案",
         .en = "As a scenario"),
    FIELD(S, fault, .read_only = true, .high = 500, .zh = "为什么没算成", .en = "Why it failed"),
    FIELD(S, answered_at, .read_only = true, .zh = "算完时间", .en = "Answered at"),
    FIELD(S, answer, .read_only = true, .hidden = true, .high = SITING_ANSWER_MAX, .zh = "答案",
          .en = "Answer"),
    LINK(S, made_by, "account", .read_only = true, .brief = true, .zh = "提问人", .en = "Asked by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "kind", .columns = "scope, kind, id" },
    { .name = "division", .columns = "division, id" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "提问先后", "Newest first" }, { 0 } };

/* --- the row --- */

void question_check(struct ctx *c, const struct siting_row *s)
{
    if (s->goal == SITING_BY_NUMBER && s->sites < 1)
        fail_field(c, SV("sites"), "siting.sites");
    if (s->goal == SITING_BY_BUDGET && s->budget.fen < 1)
        fail_field(c, SV("budget"), "siting.budget");
    if (s->grid_m && s->grid_m < SITING_GRID_MIN)
        fail_field(c, SV("grid_m"), "siting.grid_small");
}

/* The job stands with the row: both are there, or neither. */
static enum err rules(struct ctx *c, const void *before, void *row)
{
    S *s = row;
    if (before)
        return ERR_NONE;
    if (!s->division.n)
        fail_field(c, SV("division"), "field.required");
    question_check(c, s);
    TRY(fail_fields(c));
    s->made_by.n = c->who ? c->who->account : 0;
    struct sv input = sv_fmt(&c->mem, "{\"siting\":\"%lld\",\"role\":%d}", (long long)s->id.n,
                             c->who ? (int)c->who->role : 0);
    return job_add_for(c, "siting.run", input, s->made_by.n, 0, &s->job);
}

/* The row is called off at once; the job stops when it next notes progress. */
static enum err call_off(struct ctx *c, void *row, const void *input)
{
    const S *s = row;
    struct job j;
    bool found;
    (void)input;
    TRY(job_get(c, s->job, &j, &found));
    return found ? job_cancel(c, s->job) : ERR_NONE;
}

static const struct step steps[] = {
    { .from = "waiting", .action = "cancel", .to = "cancelled", .may = RIGHT(ASK),
      .effect = call_off, .zh = "取消计算", .en = "Call off" },
    { .from = "waiting", .action = "answer", .to = "done", .effect = siting_end,
      .automatic = true, .zh = "算完", .en = "Answered" },
    { .from = "waiting", .action = "fail", .to = "failed", .effect = siting_end,
      .automatic = true, .zh = "没算成", .en = "Failed" },
    { 0 },
};

const struct entity siting_entity = {
    .name = "siting", .zh = "选址方案", .en = "Siting", .size = sizeof(S), .fields = siting_fields,
    .indexes = indexes, .sorts = sorts, .state = "state", .steps = steps, .title = "name",
    .reads = ASK, .writes = ASK, .scope_of = "division", .rules = rules,
};

/* --- the module --- */

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/siting/candidates", .run = siting_candidates_post,
      .lane = READS, .may = ASK, .takes = siting_asked_fields, .takes_size = sizeof(S),
      .gives = siting_candidates_gives, .no_replay = true, .per_minute = 120,
      .zh = "选址：可以建在哪里的候选点", .en = "Where one may build: the candidates" },
    { .verb = POST, .path = "/api/siting/try", .run = siting_try_post, .lane = READS, .may = ASK,
      .takes = siting_asked_fields, .takes_size = sizeof(S), .gives = siting_gives,
      .no_replay = true, .per_minute = 60,
      .zh = "选址：当场算（不保存；候选或老人太多的请保存为任务）",
      .en = "Siting at once; nothing is kept. Larger questions are kept as a row and answered by "
            "a job" },
    { .verb = GET, .path = "/api/siting/{id}/answer", .run = siting_answer_get, .lane = READS,
      .may = ASK, .gives = siting_answer_gives, .zh = "选址任务的答案",
      .en = "The answer of a kept question" },
    { .verb = GET, .path = "/api/siting/{id}/progress", .run = siting_progress_get,
      .lane = READS, .may = ASK, .gives = siting_progress_gives, .zh = "选址任务算到哪里",
      .en = "How far a kept question is" },
    { .verb = POST, .path = "/api/siting/export", .run = siting_take_post, .lane = WRITES,
      .may = MAY_EXPORT, .takes = siting_take_fields, .takes_size = sizeof(struct siting_take),
      .gives = export_batch_fields, .zh = "导出选址方案（Excel 或 A3 PDF）",
      .en = "Take an answer out, as a workbook or on A3" },
    { 0 },
};

#define DEFAULTS "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "siting.norm_share", "90", "%", "选址：社区老人走得到的比例目标",
      "Siting: the share of a community's elders to be served", DEFAULTS },
    { "siting.cost_place", "300000", "yuan", "选址：在现有用房里改建一处，没有估价时",
      "Siting: to fit out existing rooms, where nobody has said", DEFAULTS },
    { "siting.cost_new", "800000", "yuan", "选址：在网格点新建一处",
      "Siting: to build anew at a point of the grid", DEFAULTS },
    { "siting.rent_years", "3", "year", "选址：房产租金按几年计入费用",
      "Siting: years of rent that count as cost", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "siting.sites", "请写最多建几处（至少 1 处）", "say how many may be built, at least 1" },
    { "siting.budget", "请写预算（要大于 0）", "say what it may cost, more than nothing" },
    { "siting.grid_small", "网格步距至少 50 米", "the grid's step is at least 50 m" },
    { "siting.grid_many", "这样的网格超过 {0} 个候选点，请加大步距或选小一些的区划",
      "such a grid has more than {0} candidates: widen its step or choose a smaller division" },
    { "siting.many", "候选点超过 {0} 个，请减少来源或选小一些的区划",
      "there are more than {0} candidates: ask of fewer sources or a smaller division" },
    { "siting.marks", "标记要写成 {\"force\":[…],\"forbid\":[…],\"close\":[…]}，最多 500 个",
      "marks are lists named force, forbid and close, at most 500 in all" },
    { "siting.mark", "没有这个点，或标记有矛盾：{0}。候选来源改了，请重新标记",
      "there is no such point, or its marks contradict: {0}; mark anew when sources change" },
    { "siting.forced", "必建的点已经超过数量或预算，请放宽，或去掉一些必建",
      "what must be built alone is more than that: allow more, or force fewer" },
    { "siting.not_done", "这个选址任务还没有算完", "this question has not been answered yet" },
    { "siting.large", "问题较大，当场算不完，请存为任务在后台算",
      "this is too large to answer at once: keep it, and a job answers" },
    { "siting.too_large", "候选和老人太多，请选小一些的区划或减少候选",
      "there are too many homes and candidates: ask of a smaller division" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "siting.run", .run = siting_job, .lease_s = 600 },
    { .name = "export.siting", .run = siting_take_job, .lease_s = 600 },
    { 0 },
};

const struct module siting_module = {
    .name = "siting", .entities = (const struct entity *const[]){ &siting_entity, NULL },
    .endpoints = endpoints, .jobs = jobs, .parameters = parameters, .messages = messages,
};
