/* module.c - what errands bring to the house: parameters, words, what waits, checks, the clock. */

#include "care/errand/errand.h"

#include "care/parameter/parameter.h"
#include "care/sync/sync.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(errand_check);
SQL(errand_order_check);

#define DEFAULTS "平台默认值，待核"

static const struct parameter_default parameters[] = {
    { "errand.advance_max", "300", "yuan", "代办备用金一次最多收多少",
      "The most an advance may be", DEFAULTS },
    { "errand.settle_hours", "24", "hour", "备用金收后多少小时内结清",
      "An advance is settled within", DEFAULTS },
    { "errand.never_ask",
      "代办只收当面点清的少量现金，绝不要您的银行卡、存折、密码和验证码；谁要，请当场拒绝并打电话给驿站。", "",
      "代办绝不索要的东西（显示给老人和护理员）", "What is never asked for, as it is shown", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "errand.once", "这个订单已有代办记录", "This order has its errand already" },
    { "errand.money", "备用金＋补付－花费－找零与差额不符", "The money does not add up" },
    { "errand.secrets", "请不要写银行卡号、身份证号或密码，代办用不着",
      "Leave out card numbers and passwords; no errand needs them" },
    { "errand.too_much", "备用金一次最多收 {0} 元，请少收或分几次办",
      "An advance is at most {0} yuan; take less, or go several times" },
    { "errand.giver", "请选择备用金是谁给的", "Say who gave the advance" },
    { "errand.giver_name", "家属给的请写姓名", "Write the relative's name" },
    { "errand.counted", "请与老人当面点清，老人同意后再记",
      "Count it before her eyes; note it when she has agreed" },
    { "errand.no_receipt", "没有小票请写明原因", "Say why there is no receipt" },
    { "errand.why", "账目差 {0} 元，请写明原因", "It differs by {0} yuan; say why" },
    { "errand.no_order", "订单还没接单或已取消，不能收钱", "The order does not stand: no money is taken" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "advances_open", .zh = "备用金未结清", .en = "Advances to settle", .entity = "errand",
      .list = "state.in=advanced,bought", .due = "due", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "elder,kind,carer,advance,spent" },
    { .key = "errands_disputed", .zh = "有异议的代办账目", .en = "Disputed errands",
      .entity = "errand", .list = "state=disputed", .may = RIGHT(MAY_PLACE_ORDERS),
      .not_org = true, .shows = "elder,org,kind,advance,spent" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "errand_money", "结清的代办账目平，或写明差额原因", &sql_errand_check },
    { "errand_order", "代办与其订单属同一机构", &sql_errand_order_check },
    { 0 },
};

static const struct job_kind jobs[] = { { "errand.overdue", job_errand_overdue, 0, 0 }, { 0 } };
static const struct schedule schedules[] = {
    { "errand.overdue", "errand.overdue", 3600, 0 }, { 0 },
};

const struct module errand_module = {
    .name = "errand", .entities = (const struct entity *const[]){ &errand_entity, NULL },
    .endpoints = errand_endpoints, .sync_forms = errand_forms, .parameters = parameters,
    .messages = messages, .todos = todos, .invariants = invariants, .jobs = jobs,
    .schedules = schedules, .followers = errand_followers,
};
