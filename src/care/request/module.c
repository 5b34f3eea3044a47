/* module.c - what requests bring to the house: jobs, parameters, messages, figures, 待办. */

#include "care/parameter/parameter.h"
#include "care/request/inside.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

#include <string.h>

SQL(requests_silent);
SQL(request_check);

/* Answered some days ago and nothing said: closed, but not counted as solved. */
static enum err close_one(struct ctx *c, const struct due_row *due, const void *with)
{
    struct request_ticket r;
    (void)with;
    return entity_act_by_rule(c, &request_entity, due->id, due->version, SV("close"), NULL, &r);
}

static enum err close_silent(struct ctx *c, const struct job *j)
{
    int64_t days;
    TRY(parameter_int(c, "request.silent_days", 0, day_of(c->now), &days));
    return work_by_clock(c, j, &(struct work_by_clock){
        .due = &sql_requests_silent, .until = { day_of(c->now).n - days }, .each = close_one });
}

static const struct job_kind jobs[] = { { "request.close", close_silent, 0, 0 }, { 0 } };
static const struct schedule schedules[] = { { "request.close", "request.close", 3600, 0 },
                                             { 0 } };

#define DEFAULTS "系统默认值，待核"
#define FIELD_DEFAULT "12345 通行做法，时限未见公开文本，待核"

static const struct parameter_default parameters[] = {
    { "request.accept_days", "1", "workday", "诉求签收时限", "Working days to accept a request",
      FIELD_DEFAULT },
    { "request.days.consultation", "5", "workday", "咨询答复时限", "Consultation answered within",
      FIELD_DEFAULT },
    { "request.days.suggestion", "15", "workday", "建议答复时限", "Suggestion answered within",
      FIELD_DEFAULT },
    { "request.days.complaint", "10", "workday", "投诉办结时限", "Complaint answered within",
      FIELD_DEFAULT },
    { "request.days.help", "3", "workday", "求助办结时限", "Help given within", FIELD_DEFAULT },
    { "request.days.high", "1", "workday", "高风险诉求办结时限", "High risk answered within",
      DEFAULTS },
    { "request.extend_days", "5", "workday", "延期一次的天数", "Days a request is put off, once",
      DEFAULTS },
    { "request.silent_days", "7", "day", "答复后几天没有评价视为办结",
      "Days without a word after which an answered request is closed", DEFAULTS },
    { "request.reopen_days", "30", "day", "办结后几天内可要求重新办理",
      "Days after closing within which it may be opened again", DEFAULTS },
    { "request.repeat_days", "30", "day", "看多少天内的重复诉求",
      "Days that repeated requests are counted in", DEFAULTS },
    { "request.repeat_elder", "2", "time", "同一老人几件诉求算信号",
      "Requests about one elder that make a signal", DEFAULTS },
    { "request.repeat_place", "3", "time", "同一网点几件诉求算信号",
      "Requests about one place that make a signal", DEFAULTS },
    { "request.repeat_org", "5", "time", "同一机构几件投诉算信号",
      "Complaints about one organisation that make a signal", DEFAULTS },
    { "request.words_high",
      "打人,殴打,虐待,打骂,捆绑,摔伤,骨折,走失,失踪,昏迷,中毒,煤气,燃气泄漏,着火,火灾,自杀,轻生,不想活,"
      "性骚扰,猥亵,抢救,噎食",
      "", "高风险词", "Words of high risk", DEFAULTS },
    { "request.words_middle",
      "克扣,骗,强迫,偷,丢了,过期,变质,拉肚子,没饭吃,饿,断药,跑路,关门,停业,预付,不退钱,辱骂,漏电", "",
      "较高风险词", "Words of raised risk", DEFAULTS },
    { "request.topics_high", "-", "", "高风险事项", "Matters of high risk", DEFAULTS },
    { "request.topics_middle", "safety", "", "较高风险事项", "Matters of raised risk", DEFAULTS },
    { "request.overdue.watch", "1", "", "逾期诉求：关注", "Overdue requests: watch", DEFAULTS },
    { "request.overdue.bad", "5", "", "逾期诉求：告急", "Overdue requests: bad", DEFAULTS },
    { "request.near.watch", "1", "", "快到期诉求：关注", "Requests near: watch", DEFAULTS },
    { "request.rate.watch", "95", "%", "三率：关注", "Rates of requests: watch", DEFAULTS },
    { "request.rate.bad", "80", "%", "三率：告急", "Rates of requests: bad", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "request.number12345", "这个12345编号已经登记过", "This number of 12345 is known already" },
    { "request.routed", "这件诉求已在承办中", "This request is with somebody already" },
    { "request.future", "反映日期不能晚于今天", "It cannot have been said after today" },
    { "request.where", "请选择涉及的老人、网点、机构或所在社区",
      "Choose the elder, place, organisation or community it is about" },
    { "request.office_only", "承办机构只能在承办单里办理", "An organisation works on its own task" },
    { "request.has_handler", "已转给机构承办，由机构签收；要自己办请先改转办单位",
      "It is with an organisation; route it elsewhere first" },
    { "request.extended", "只能延期一次，已经延过了", "It was put off once; that is all" },
    { "request.own_answer", "自己答复的，不能自己登记是否满意，请由别人回访",
      "Who answered does not note whether it satisfied; somebody else asks" },
    { "request.reopen_over", "已办结太久，请重新反映", "Closed too long ago; please send a new one" },
    { "request.inspect_what", "已请过检查，或没有写明网点或机构",
      "An inspection was asked before, or no place or organisation is named" },
    { "request.route_one", "请选择一个承办机构，或一个街道（社区），只能选一个",
      "Choose one organisation or one office" },
    { "request.route_office", "这个区划管不到这件诉求，请选它所在的街道或社区",
      "That office does not answer for this request; choose the street or community it lies in" },
    { "request.route_org", "请选择已发布的机构", "Choose a published organisation" },
    { "request.gist", "诉求人要求隐去，请写转办摘要（不写姓名、电话、住址）",
      "She asked to be hidden: write a gist without names, numbers, addresses" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "request_task", "转给机构的诉求都有一张未办完的承办单", &sql_request_check }, { 0 },
};

#define OFFICE REQUEST_OFFICE
static const struct todo_kind todos[] = {
    { .key = "requests_high", .zh = "高风险诉求", .en = "Requests of high risk",
      .entity = "request", .list = "risk=high&state.in=open,routed,accepted", .due = "due",
      .may = OFFICE, .not_org = true, .shows = "number,kind,topic,place,org",
      .weight = TODO_URGENT },
    { .key = "requests_open", .zh = "待转办的诉求", .en = "Requests to route", .entity = "request",
      .list = "state=open&risk.in=normal,middle", .due = "accept_by", .may = OFFICE,
      .not_org = true, .shows = "number,kind,topic,place,org" },
    { .key = "requests_unaccepted", .zh = "待签收的诉求", .en = "Requests not accepted",
      .entity = "request", .list = "state=routed&risk.in=normal,middle", .due = "accept_by",
      .may = OFFICE, .not_org = true, .shows = "number,kind,topic,handler,office" },
    { .key = "requests_under_way", .zh = "办理中的诉求", .en = "Requests being answered",
      .entity = "request", .list = "state=accepted&risk.in=normal,middle", .due = "due",
      .may = OFFICE, .not_org = true, .shows = "number,kind,topic,handler,office" },
    { .key = "tasks_routed", .zh = "待签收的承办单", .en = "Requests to accept",
      .entity = "request_task", .list = "state=routed", .due = "accept_by",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "number,kind,topic,place", .weight = TODO_URGENT },
    { .key = "tasks_under_way", .zh = "待答复的承办单", .en = "Requests to answer",
      .entity = "request_task", .list = "state=accepted", .due = "due",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "number,kind,topic,place" },
    { 0 },
};

static const struct entity *const entities[] = {
    &request_entity, &request_task_entity, &request_note_entity, NULL,
};

/* She is not content with an order: that is a complaint. */
static enum err order_disputed(struct ctx *c, const void *before, const void *row,
                               const char *action)
{
    (void)before;
    return action && strcmp(action, "dispute") == 0 ? request_of_dispute(c, row) : ERR_NONE;
}

static const struct follower followers[] = { { &care_order_entity, order_disputed }, { 0 } };

const struct module request_module = {
    .name = "request", .entities = entities, .endpoints = request_endpoints, .jobs = jobs,
    .schedules = schedules, .parameters = parameters, .messages = messages,
    .invariants = invariants, .indicators = request_indicators, .todos = todos,
    .followers = followers,
};
const struct module request_my_module = {
    .name = "my_request", .endpoints = request_my_endpoints,
};
const struct module request_reply_module = {
    .name = "request_reply", .endpoints = request_reply_endpoints,
};
const struct module request_inspect_module = {
    .name = "request_inspect", .endpoints = request_inspect_endpoints,
};
