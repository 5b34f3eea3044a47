/* matched.c - how far homes are known: the figure, and what homes add to the house. */

#include "care/elder/home.h"
#include "care/figure/figure.h"
#include "care/parameter/parameter.h"

SQL(elder_homes_matched);

#define LIVING "died_on.none=1&match_level="
#define HOUSE_DEFAULT "系统默认值，待核"

static const struct indicator indicators[] = {
    { .key = "homes_matched",
      .zh = "住址匹配率",
      .en = "Homes matched",
      .unit_zh = "%",
      .unit_en = "%",
      .definition_zh = "在册未去世的老年人中，住址已匹配到小区、楼栋或门户的比例；按距离算的覆盖率只在这个"
                       "精度上成立，只到社区的按社区中心计，未匹配的不计入",
      .definition_en = "of the living in the register, those whose address leads to a compound, a "
                       "building or a door; a coverage by distance is as true as this, homes known "
                       "by their community alone count at its middle, the others not at all",
      .sql = &sql_elder_homes_matched,
      .entity = "elder",
      .list = LIVING "door,building,compound",
      .share = true,
      .watch = "figure.homes_matched.watch",
      .bad = "figure.homes_matched.bad",
      .parts = { { "door", "门户", "door", LIVING "door" },
                 { "building", "楼栋", "building", LIVING "building" },
                 { "compound", "小区", "compound", LIVING "compound" },
                 { "community", "只到社区", "community only", LIVING "community" },
                 { "none", "未匹配", "not matched", LIVING "none" } } },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "figure.homes_matched.watch", "95", "%", "住址匹配率：关注", "Homes matched: watch",
      HOUSE_DEFAULT },
    { "figure.homes_matched.bad", "80", "%", "住址匹配率：告急", "Homes matched: bad",
      HOUSE_DEFAULT },
    { 0 },
};

static const struct job_kind jobs[] = { { .name = "elder.rematch", .run = home_rematch }, { 0 } };
static const struct schedule schedules[] = {
    { .name = "elder.rematch", .job = "elder.rematch", .every_s = 86400, .at_min = 150 }, { 0 }
};

static const struct message messages[] = {
    { "elder.no_area", "未匹配的住址按辖区列出，这个账号没有辖区",
      "these addresses are listed by area and this account has none" },
    { 0 },
};

const struct module home_module = {
    .name = "home", .endpoints = home_endpoints, .jobs = jobs, .schedules = schedules,
    .messages = messages, .indicators = indicators, .parameters = parameters,
};
