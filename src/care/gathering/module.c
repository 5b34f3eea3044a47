/* module.c - what classes and outings bring to the house. */

#include "care/gathering/inside.h"

#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(enrolment_check);

static const struct parameter_default parameters[] = {
    { "gathering.answer_hours", "24", "hour", "候补有名额后几小时内答复",
      "Hours in which who waited answers for a place", "平台默认值，待核" },
    { "gathering.cancel_free_hours", "24", "hour", "课程活动开始前多少小时以上退出不收费",
      "Hours before the start with free leaving", "平台默认值，待核" },
    { "gathering.cancel_fee_percent", "20", "%", "逾时退出收取自付部分的比例",
      "Share of the own payment for leaving late", "平台默认值，待核" },
    { "gathering.absent_percent", "50", "%", "报名后一次未到收取自付部分的比例",
      "Share of the own payment when she never came", "平台默认值，待核" },
    { "gathering.backdate_days", "7", "day", "纸质签到最多补录几天",
      "Days in which attendance from paper may be keyed in", "平台默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "gathering.missing", "没有这个课程或活动", "There is no such class or outing" },
    { "gathering.full", "名额已满，可以候补", "It is full; one may wait for a place" },
    { "gathering.twice", "这位老人已经报名或在候补", "She has signed up or waits already" },
    { "gathering.closed", "报名已截止", "Signing up has closed" },
    { "gathering.not_open", "报名还没有开始", "Signing up has not opened yet" },
    { "gathering.needs_elder", "有年龄或能力要求，请选择在册的老人",
      "It has conditions: choose an elder in the register" },
    { "gathering.age", "还没有到这个活动要求的年龄", "She is younger than this asks for" },
    { "gathering.grade", "能力等级不适合这个活动", "Her ability grade does not suit this" },
    { "gathering.residence", "这个活动{0}", "{0}" },
    { "gathering.consent", "请先同意活动须知", "This needs her consent" },
    { "gathering.insured", "请先办理意外保险", "This needs an accident insurance" },
    { "gathering.emergency", "请填写紧急联系人和电话",
      "Give an emergency contact with a telephone number" },
    { "gathering.paused", "这段时间老人暂停服务", "She is away for all of it" },
    { "gathering.too_late", "答复时间已过，名额给了下一位", "The time to answer has passed" },
    { "gathering.nobody", "没有找到报名的人，请点名或核对尾号",
      "Nobody who signed up: tick her name, or look at the digits again" },
    { "gathering.not_that_day", "这一天没有这个课程或活动", "It does not meet on that day" },
    { "gathering.too_long_ago", "已超过可以补录的天数", "That is too long ago to be noted" },
    { "gathering.no_carer", "课程活动不派护理员", "A class or outing has no carer to assign" },
    { "gathering.fixed", "已公布，不能再改；请撤回后重新发布",
      "This is public and stays; withdraw it and publish another" },
    { "gathering.places_taken", "名额不能少于已占用的", "More places are taken than that" },
    { "gathering.end", "结束须晚于开始", "The end must come after the start" },
    { "gathering.year", "最长一年", "A year at most" },
    { "gathering.no_day", "停课日期去掉后没有一次课", "No day is left" },
    { "gathering.skips", "日期请写成 2026-12-05，多个用逗号分开",
      "Give days as 2026-12-05, with commas" },
    { "gathering.closes", "报名截止不能晚于最后一次", "Sign-up cannot close after the last day" },
    { "gathering.past", "已经过去，不能发布", "It is over" },
    { "attendance.twice", "今天已经签到", "She has signed in on that day" },
    { "attendance.day", "只能撤销当天的签到", "Only today's can be undone" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "enrolment_order", "已报名的都有名额订单", &sql_enrolment_check },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "gatherings_submitted", .zh = "待审核的课程活动", .en = "Classes and outings to review",
      .entity = "gathering", .list = "state=submitted", .due = "first_day",
      .may = RIGHT(MAY_REVIEW_DIRECTORY), .not_org = true, .not_by = "submitted_by",
      .shows = "title,kind,org,first_day,places" },
    { .key = "places_offered", .zh = "候补名额等答复", .en = "Places that wait for an answer",
      .entity = "enrolment", .list = "state=invited", .due = "answer_by",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "gathering,for_name,elder,answer_by" },
    { 0 },
};

const struct module gathering_module = {
    .name = "gathering",
    .entities = (const struct entity *const[]){ &gathering_entity, &enrolment_entity,
                                                &attendance_entity, NULL },
    .endpoints = gathering_endpoints, .jobs = gathering_jobs, .schedules = gathering_schedules,
    .parameters = parameters, .messages = messages, .invariants = invariants, .todos = todos,
    .followers = gathering_followers,
};
