/* module.c - what surveys bring to the house. */

#include "care/survey/survey.h"

static const struct message messages[] = {
    { "survey.drawn", "这个批次已经抽过样", "This round has been drawn already" },
    { "survey.future", "服务日期不能晚于今天", "The days of the service cannot lie ahead" },
    { "survey.many", "抽取人数超过 2000，请减少每家人数或缩小范围",
      "More than 2,000 would be drawn; ask fewer of each or a smaller area" },
    { "survey.nobody", "这段时间没有接受过服务的老人", "Nobody was served in those days" },
    { "survey.office_only", "服务机构不能回访自己的老人", "A provider does not ask its own people" },
    { "survey.closed", "这个批次已结束", "This round is closed" },
    { "survey.same_part", "今天这个时段打过了，请换上午、下午或晚上再打",
      "Tried at this part of the day already; try in the morning, afternoon or evening" },
    { "survey.three", "打满三次（不同时段）没接才算无法接通",
      "Only the third try at another part of the day counts as not reached" },
    { 0 },
};

static const struct entity *const entities[] = {
    &survey_round_entity, &survey_stratum_entity, &survey_call_entity, NULL,
};

const struct module survey_module = {
    .name = "survey", .entities = entities, .endpoints = survey_endpoints, .messages = messages,
};
