/* indicators.c - 响应率, 解决率, 满意率, and what is near or past its day. */

#include "care/figure/figure.h"
#include "care/request/inside.h"

SQL(figure_requests_overdue);
SQL(figure_requests_near);
SQL(figure_requests_response);
SQL(figure_requests_solved);
SQL(figure_requests_satisfied);

#define LIVE "state=open,routed,accepted"

const struct indicator request_indicators[] = {
    { .key = "requests_overdue", .zh = "逾期未答复的诉求", .en = "Requests past their day",
      .unit_zh = "件", .unit_en = "requests",
      .definition_zh = "待转办、待签收、办理中的诉求，办结期限早于今天的；辖区按工单所在区划",
      .definition_en = "requests not answered yet whose day lies before today",
      .sql = &sql_figure_requests_overdue, .entity = "request",
      .list = LIVE "&due.to={yesterday}",
      .parts = { { "high", "其中高风险", "of high risk", LIVE "&due.to={yesterday}&risk=high" } },
      .by_division = true, .watch = "request.overdue.watch", .bad = "request.overdue.bad" },
    { .key = "requests_near", .zh = "快到期的诉求", .en = "Requests near their day",
      .unit_zh = "件", .unit_en = "requests",
      .definition_zh = "未答复的诉求中，今天或之后 {figure.near_days} 天内到期的",
      .definition_en = "requests not answered that are due today or within "
                       "{figure.near_days} days",
      .sql = &sql_figure_requests_near, .entity = "request",
      .list = LIVE "&due.from={today}&due.to={near}",
      .parts = { { "open", "还没转办", "not routed yet",
                   "state=open&due.from={today}&due.to={near}" } },
      .by_division = true, .watch = "request.near.watch" },
    { .key = "requests_response", .zh = "诉求响应率", .en = "Requests accepted in time",
      .unit_zh = "%", .unit_en = "%", .share = true,
      .definition_zh = "签收期限在近30天内（截至昨天）的诉求中按时签收的比例；撤回的不计，"
                       "重新办理的按最近一次",
      .definition_en = "of the requests whose day of accepting lies in the last 30 days those "
                       "accepted by it; withdrawn ones left out, those opened again by the last "
                       "time",
      .sql = &sql_figure_requests_response, .entity = "request",
      .list = "accept_by.from={month_ago}&accept_by.to={yesterday}&response=in_time"
              "&state=open,routed,accepted,replied,closed",
      .watch = "request.rate.watch", .bad = "request.rate.bad" },
    { .key = "requests_solved", .zh = "诉求解决率", .en = "Requests solved", .unit_zh = "%",
      .unit_en = "%", .share = true,
      .definition_zh = "近30天答复的诉求中，诉求人说“解决了”的占说了的（解决或没解决）的比例；"
                       "没有评价的另列，不算解决",
      .definition_en = "of the requests answered in the last 30 days of which the complainant "
                       "said something, those she called solved; silence stands apart",
      .sql = &sql_figure_requests_solved, .entity = "request",
      .list = "replied_at.from={month_ago}&solved=yes",
      .parts = { { "no", "没解决", "not solved", "replied_at.from={month_ago}&solved=no" },
                 { "silent", "没有评价", "nothing said",
                   "replied_at.from={month_ago}&solved=unknown" } },
      .watch = "request.rate.watch", .bad = "request.rate.bad" },
    { .key = "requests_satisfied", .zh = "诉求满意率", .en = "Complainants satisfied",
      .unit_zh = "%", .unit_en = "%", .share = true,
      .definition_zh = "近30天答复并有评价的诉求中，满意的比例；“基本满意”另列，不算满意",
      .definition_en = "of the requests answered and rated in the last 30 days those whose "
                       "complainant was satisfied; partly satisfied stands apart",
      .sql = &sql_figure_requests_satisfied, .entity = "request",
      .list = "replied_at.from={month_ago}&satisfied=yes",
      .parts = { { "partly", "基本满意", "partly", "replied_at.from={month_ago}&satisfied=partly" },
                 { "no", "不满意", "not satisfied",
                   "replied_at.from={month_ago}&satisfied=no" } },
      .watch = "request.rate.watch", .bad = "request.rate.bad" },
    { .key = "org_requests", .of_org = true, .by_division = true,
      .zh = "要答复的诉求", .en = "Requests to answer",
      .unit_zh = "件", .unit_en = "requests",
      .definition_zh = "转给本机构、还没有答复的诉求", .definition_en = "routed to the organisation "
                                                                        "and not answered yet",
      .entity = "request_task", .list = "state=routed,accepted",
      .parts = { { "late", "已逾期", "past their day",
                   "state=routed,accepted&due.to={yesterday}" } },
      .watch = "request.near.watch" },
    { 0 },
};
