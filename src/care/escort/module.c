/* module.c - what escorts bring to the house: parameters, words, what waits, checks. */

#include "care/escort/escort.h"

#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

SQL(escort_check);
SQL(proxy_check);

#define DEFAULTS "平台默认值，待核"

static const struct parameter_default parameters[] = {
    { "proxy.days_max", "366", "day", "委托书最长有效多少天", "A proxy consent holds at most",
      DEFAULTS },
    { "proxy.paper_hours", "24", "hour", "手机离线签的委托书，签字图多少小时内传到",
      "The file of one signed off line follows within", DEFAULTS },
    { "escort.late_min", "30", "minute", "陪诊取药过了预定时间多少分钟算超时",
      "Minutes behind the order's times at which an escort is late", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "proxy.acts", "请勾选委托办什么事", "Say for what" },
    { "proxy.org", "只能登记委托本机构的委托书", "Only of your own organisation" },
    { "proxy.too_long", "委托书最长 {0} 天，请改有效期", "It holds at most {0} days; change its end" },
    { "proxy.guardian", "没有登记可决定医疗事项的监护人：请先在“监护与代理”登记，或由老人本人签",
      "No guardian for medical matters is noted: note the guardian first, or let her sign" },
    { "proxy.not_hers", "委托书须由老人本人或监护人签，家属可以请护理员上门时带手机让老人签",
      "She herself or her guardian signs; let her sign on the carer's telephone" },
    { "escort.once", "这个订单已有陪诊记录", "This order has its escort already" },
    { "escort.no_proxy",
      "没有有效的委托书，不能出发：请老人在护理员手机上签字，或把签好的纸质委托书拍照上传（空白的可在驿站打印）",
      "No proxy consent is in force: let her sign on the carer's telephone, or photograph the "
      "signed paper (the station prints it)" },
    { "escort.no_elder", "这位老人还没有登记，不能签委托书：请驿站先登记老人，再重新下单",
      "She is not registered: the station registers her first, then orders again" },
    { "escort.no_drugs", "请先记取药的情况；没取到也写明原因", "Note the medicine first, or why there is none" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "proxies_without_paper", .zh = "委托书缺签字图", .en = "Proxy consents without a file",
      .entity = "proxy", .list = "state=draft", .due = "valid_until",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "elder,acts,signed_by" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "escort_proxy", "出发的陪诊取药都有委托书", &sql_escort_check },
    { "proxy_guardian", "监护人签的委托书都出自该老人的监护人", &sql_proxy_check },
    { 0 },
};

const struct module escort_module = {
    .name = "escort",
    .entities = (const struct entity *const[]){ &proxy_entity, &escort_entity, NULL },
    .endpoints = escort_endpoints, .sync_forms = escort_forms, .parameters = parameters,
    .messages = messages, .todos = todos, .invariants = invariants,
    .followers = escort_followers,
};
