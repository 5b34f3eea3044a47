/* indicators.c - the eight numbers of 今日一览. */

#include "care/figure/figure.h"

#include "care/figure/today.h"

SQL(figure_visits_overdue);
SQL(figure_not_met);
SQL(figure_orders_waiting);
SQL(figure_served);
SQL(figure_places_closed);
SQL(figure_places_unverified);
SQL(figure_papers_expiring);
SQL(figure_elders);

#define ON_YESTERDAY "day={yesterday}&state="

static const struct indicator indicators[] = {
    { .key = "visits_overdue",
      .zh = "逾期未到的上门",
      .en = "Overdue visits",
      .unit_zh = "个",
      .unit_en = "visits",
      .definition_zh =
          "今天的工单，约定开始时间已过宽限分钟数（参数 figure.overdue_grace_min）仍未签到；"
          "辖区按机构所在区划",
      .definition_en =
          "today's visits not signed in although their start lies further back than the "
          "grace (parameter figure.overdue_grace_min); by the organisation's division",
      .sql = &sql_figure_visits_overdue,
      .entity = "visit",
      .list = "day={today}&state=planned&start_min.to={late}",
      .watch = "figure.visits_overdue.watch",
      .bad = "figure.visits_overdue.bad" },
    { .key = "not_met",
      .zh = "昨日上门未遇",
      .en = "Not met yesterday",
      .unit_zh = "个",
      .unit_en = "visits",
      .definition_zh = "昨天的工单中结果为“上门未遇”的；辖区按机构所在区划",
      .definition_en = "yesterday's visits that ended as not met; by the organisation's division",
      .sql = &sql_figure_not_met,
      .entity = "visit",
      .list = ON_YESTERDAY "not_met",
      .by_day = true,
      .watch = "figure.not_met.watch",
      .bad = "figure.not_met.bad" },
    { .key = "orders_waiting",
      .zh = "超时未接的订单",
      .en = "Orders waiting too long",
      .unit_zh = "单",
      .unit_en = "orders",
      .definition_zh = "下单后超过时限（参数 figure.waiting_hours）机构仍未接单或拒单的订单",
      .definition_en = "orders neither accepted nor declined within the limit (parameter "
                       "figure.waiting_hours)",
      .sql = &sql_figure_orders_waiting,
      .entity = "care_order",
      .list = "state=placed&created_at.to={waiting}",
      .watch = "figure.orders_waiting.watch",
      .bad = "figure.orders_waiting.bad" },
    { .key = "served",
      .zh = "昨日服务完成率",
      .en = "Served yesterday",
      .unit_zh = "%",
      .unit_en = "%",
      .definition_zh = "约定在昨天的订单中服务完成的比例；分母含上门未遇和未完成，"
                       "不含老人谢绝、取消和拒单（另列）",
      .definition_en = "of the orders due yesterday the share that was served; orders not met or "
                       "still open count, refusals, cancellations and declined ones stand apart",
      .sql = &sql_figure_served,
      .entity = "care_order",
      .list = ON_YESTERDAY "served,confirmed,rated,disputed",
      .share = true,
      .by_day = true,
      .watch = "figure.served.watch",
      .bad = "figure.served.bad",
      .parts = { { "not_met", "上门未遇", "not met", ON_YESTERDAY "not_met" },
                 { "open", "未完成", "still open",
                   ON_YESTERDAY "placed,accepted,assigned,under_way" },
                 { "refused", "老人谢绝", "refused", ON_YESTERDAY "cancelled&told=refused" },
                 { "cancelled", "取消", "cancelled", ON_YESTERDAY "cancelled&told=no,yes,agreed" },
                 { "declined", "拒单", "declined", ON_YESTERDAY "declined" } } },
    { .key = "places_closed",
      .zh = "今日停业的网点",
      .en = "Places closed today",
      .unit_zh = "个",
      .unit_en = "places",
      .definition_zh = "已发布的网点中，今天在临时停业期内的（不含按营业时间休息的）",
      .definition_en = "published places that are closed for now today, beyond their usual hours",
      .sql = &sql_figure_places_closed,
      .entity = "place",
      .list = "state=published&closed_on.to={today}&closed_until.from={today}",
      .watch = "figure.places_closed.watch",
      .bad = "figure.places_closed.bad" },
    { .key = "places_unverified",
      .zh = "核实过期的网点",
      .en = "Places overdue for verification",
      .unit_zh = "个",
      .unit_en = "places",
      .definition_zh = "已发布的网点中，下次核实期限早于今天的",
      .definition_en = "published places whose day of verification lies before today",
      .sql = &sql_figure_places_unverified,
      .entity = "place",
      .list = "state=published&verify_until.to={yesterday}",
      .watch = "figure.places_unverified.watch",
      .bad = "figure.places_unverified.bad" },
    { .key = "papers_expiring",
      .zh = "即将到期的证照",
      .en = "Papers expiring soon",
      .unit_zh = "件",
      .unit_en = "papers",
      .definition_zh = "机构证照和人员证书中，今天起若干天内（参数 figure.papers_days）到期的",
      .definition_en = "papers of organisations and staff that expire within the next days "
                       "(parameter figure.papers_days)",
      .sql = &sql_figure_papers_expiring,
      .entity = "paper",
      .list = "valid_to.from={today}&valid_to.to={soon}",
      .watch = "figure.papers_expiring.watch",
      .bad = "figure.papers_expiring.bad" },
    { .key = "elders",
      .zh = "在册老年人",
      .en = "Elders in the register",
      .unit_zh = "人",
      .unit_en = "people",
      .definition_zh = "登记在册、未登记死亡日期的老年人；户籍、常住、流动按登记的居住情况，"
                       "三项之和即在册",
      .definition_en = "elders in the register without a date of death; registered, resident and "
                       "floating as registered, which add up to the total",
      .sql = &sql_figure_elders,
      .entity = "elder",
      .list = "died_on.none=1",
      .parts = { { "registered", "户籍", "registered", "died_on.none=1&residence=registered" },
                 { "resident", "常住", "resident", "died_on.none=1&residence=resident" },
                 { "floating", "流动", "floating", "died_on.none=1&residence=floating" } } },
    { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "figure.overdue_grace_min", "15", "minute", "上门迟到宽限", "Minutes a carer may be late",
      HOUSE_DEFAULT },
    { "figure.waiting_hours", "2", "hour", "接单时限", "Hours an order may wait to be accepted",
      HOUSE_DEFAULT },
    { "figure.papers_days", "30", "day", "证照到期提前提醒", "Days before a paper expires",
      HOUSE_DEFAULT },
    { "figure.visits_overdue.watch", "1", "", "逾期上门：关注", "Overdue visits: watch",
      HOUSE_DEFAULT },
    { "figure.visits_overdue.bad", "5", "", "逾期上门：告急", "Overdue visits: bad",
      HOUSE_DEFAULT },
    { "figure.not_met.watch", "1", "", "上门未遇：关注", "Not met: watch", HOUSE_DEFAULT },
    { "figure.not_met.bad", "10", "", "上门未遇：告急", "Not met: bad", HOUSE_DEFAULT },
    { "figure.orders_waiting.watch", "1", "", "超时未接：关注", "Waiting: watch", HOUSE_DEFAULT },
    { "figure.orders_waiting.bad", "10", "", "超时未接：告急", "Waiting: bad", HOUSE_DEFAULT },
    { "figure.served.watch", "95", "%", "服务完成率：关注", "Served: watch", HOUSE_DEFAULT },
    { "figure.served.bad", "85", "%", "服务完成率：告急", "Served: bad", HOUSE_DEFAULT },
    { "figure.places_closed.watch", "1", "", "停业网点：关注", "Closed: watch", HOUSE_DEFAULT },
    { "figure.places_closed.bad", "5", "", "停业网点：告急", "Closed: bad", HOUSE_DEFAULT },
    { "figure.places_unverified.watch", "1", "", "核实过期：关注", "Unverified: watch",
      HOUSE_DEFAULT },
    { "figure.places_unverified.bad", "50", "", "核实过期：告急", "Unverified: bad",
      HOUSE_DEFAULT },
    { "figure.papers_expiring.watch", "1", "", "证照到期：关注", "Papers: watch", HOUSE_DEFAULT },
    { "figure.papers_expiring.bad", "20", "", "证照到期：告急", "Papers: bad", HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "figure.no_area", "今日一览按辖区统计，这个账号没有辖区；机构的数字在机构页",
      "these figures are by area and this account has none; see the organisation's own page" },
    { "figure.outside", "没有这个区划，或不在您的辖区内",
      "there is no such division in your area" },
    { 0 },
};

const struct module figure_module = {
    .name = "figure",
    .endpoints = today_endpoints,
    .indicators = indicators,
    .parameters = parameters,
    .messages = messages,
};
