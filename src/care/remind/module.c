/* module.c - when reminders are looked for, and their lead times. */

#include "care/remind/inside.h"

#include "care/parameter/parameter.h"

static const struct job_kind jobs[] = {
    { "remind.meals", remind_meals, 0, 0 }, { "remind.renewals", remind_renewals, 0, 0 }, { 0 },
};
static const struct schedule schedules[] = {
    { "remind.meals", "remind.meals", 600, 0 },
    { "remind.renewals", "remind.renewals", 86400, 9 * 60 },
    { 0 },
};

#define DEFAULTS "系统默认值，待核"
static const struct parameter_default parameters[] = {
    { "remind.meal_minutes", "60", "minute", "订餐截止前几分钟提醒常客（0 不提醒）",
      "Minutes before a meal's cut-off at which regular diners are reminded (0: never)",
      DEFAULTS },
    { "remind.meal_times", "5", "day", "近14天订过几天算常客",
      "Days of the last 14 on which a meal was had that make somebody a regular", DEFAULTS },
    { "remind.renew_days", "30,7", "day", "协议和绑定到期前几天提醒（可写几个）",
      "Days before an agreement or bond ends at which it is told (several)", DEFAULTS },
    { 0 },
};

const struct module remind_module = {
    .name = "remind", .jobs = jobs, .schedules = schedules, .parameters = parameters,
};
