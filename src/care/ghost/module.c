/* module.c - what the score brings to the house: the night's job, weights, 待办. */

#include "care/ghost/ghost.h"
#include "care/todo/todo.h"

static const struct job_kind jobs[] = { { "ghost.measure", ghost_measure, 0, 0 }, { 0 } };
static const struct schedule schedules[] = { { "ghost.measure", "ghost.measure", 86400, 0 },
                                             { 0 } };

#define DEFAULTS "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "ghost.days", "30", "day", "空转：看多少天", "Ghost score: days looked at", DEFAULTS },
    { "ghost.score", "50", "", "空转：几分起请站点说明", "Ghost score: the station is asked from",
      DEFAULTS },
    { "ghost.manager_days", "7", "day", "空转：站点先看几天",
      "Ghost score: days that the station reads it first", DEFAULTS },
    { "ghost.check_days", "14", "day", "空转：列入后几天内抽查",
      "Ghost score: days until the spot check", DEFAULTS },
    { "ghost.together_min", "2", "minute", "空转：几分钟内算同时签到",
      "Ghost score: minutes within which sign-ins are together", DEFAULTS },
    { "ghost.together_pairs", "3", "", "空转：同时签到几对起算",
      "Ghost score: so many pairs signed in together", DEFAULTS },
    { "ghost.closed_days", "7", "day", "空转：停业几天算已久", "Ghost score: days closed are long",
      DEFAULTS },
    { "ghost.overdue_days", "30", "day", "空转：核实逾期几天起算",
      "Ghost score: days that facts are overdue", DEFAULTS },
    { "ghost.inspection_days", "180", "day", "空转：看多少天内的巡查",
      "Ghost score: days of inspections looked at", DEFAULTS },
    { "ghost.survey_days", "90", "day", "空转：看多少天内的电话回访",
      "Ghost score: days of the call-back survey looked at", DEFAULTS },
    { "ghost.survey_calls", "5", "", "空转：回访满几人才算数",
      "Ghost score: so many people called back before it counts", DEFAULTS },
    { "ghost.unreached_percent", "50", "percent", "空转：百分之几没接通起算",
      "Ghost score: per cent not reached", DEFAULTS },
    { "ghost.never_came", "2", "", "空转：几人说没来过起算",
      "Ghost score: so many who say that nobody came", DEFAULTS },
    { "ghost.w.orders", "30", "", "空转分：没有订单", "Weight: no orders", DEFAULTS },
    { "ghost.w.attendance", "25", "", "空转分：没有签到", "Weight: nobody signed in", DEFAULTS },
    { "ghost.w.together", "20", "", "空转分：同时签到", "Weight: signed in together", DEFAULTS },
    { "ghost.w.no_answer", "15", "", "空转分：电话没人接", "Weight: no answer", DEFAULTS },
    { "ghost.w.closed", "15", "", "空转分：长期停业", "Weight: closed for long", DEFAULTS },
    { "ghost.w.overdue", "10", "", "空转分：信息逾期", "Weight: facts overdue", DEFAULTS },
    { "ghost.w.complaints", "10", "", "空转分：有投诉", "Weight: complaints", DEFAULTS },
    { "ghost.w.inspected", "10", "", "空转分：巡查评为差", "Weight: an inspection graded poor",
      DEFAULTS },
    { "ghost.w.unreached", "15", "", "空转分：回访打不通", "Weight: not reached when called back",
      DEFAULTS },
    { "ghost.w.never_came", "20", "", "空转分：回访说没来过",
      "Weight: said that nobody ever came", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "ghost.once", "这个机构已有自查记录", "This organisation has its row already" },
    { "ghost.listed", "这个机构已在抽查名单上", "This organisation is on the list already" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "ghost_told", .zh = "请说明站点活动", .en = "Say why so little happens",
      .entity = "ghost_score", .list = "state=told", .due = "listed_from",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "score,reasons" },
    { .key = "spot_checks", .zh = "待抽查的站点", .en = "Stations to be checked",
      .entity = "spot_check", .list = "state=open", .due = "due",
      .may = RIGHT(MAY_WRITE_REGISTER) | RIGHT(MAY_REVIEW_DIRECTORY), .not_org = true,
      .shows = "org,score,reasons" },
    { 0 },
};

static const struct entity *const entities[] = { &ghost_score_entity, &spot_check_entity, NULL };

const struct module ghost_module = {
    .name = "ghost", .entities = entities, .jobs = jobs, .schedules = schedules,
    .parameters = parameters, .messages = messages, .todos = todos,
};
