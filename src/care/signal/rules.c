/* rules.c - from what happened to a work item: visits and refusals. */

#include "care/parameter/parameter.h"
#include "care/signal/signal.h"
#include "care/signal/welfare.h"
#include "care/standing/pause.h"
#include "care/todo/todo.h"

#include <string.h>

SQL(signal_endings);
SQL(signal_refusals);
SQL(signal_twice);

MUST static enum err of_scope(struct ctx *c, const char *name, int64_t scope, int64_t *ret)
{
    return parameter_int(c, name, scope, day_of(c->now), ret);
}

/* How many of her last orders, newest first, ended with nobody met. */
MUST static enum err not_met_running(struct ctx *c, const struct visit *v, int64_t days,
                                     int64_t *ret_n)
{
    struct rows r = db_rows(c, &sql_signal_endings,
                            PARAMS(P_INT("elder", v->elder.n), P_INT("from", v->day.n - days)));
    bool running = true;
    *ret_n = 0;
    while (rows_next(&r)) {
        running = running && sv_eq(rows_text(&r, 0), SV("not_met"));
        *ret_n += running;
    }
    return rows_end(&r);
}

MUST static enum err not_met(struct ctx *c, const struct visit *v)
{
    struct elder e;
    bool found, paused;
    int64_t days, times, n;
    TRY(entity_load(c, &elder_entity, v->elder.n, &e, &found));
    TRY(elder_paused(c, v->elder, v->day, &paused));
    if (!found || paused)                 /* in hospital or away: nobody opens, and all is well */
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_NOT_MET_ALONE, .elder = v->elder, .org = v->org,
                           .visit = v->id, .care_order = v->care_order, .happened_at = v->done_at,
                           .why = SV("独居老人上门未遇，请立即电话问安，联系不上请上门查看") };
    if (e.flags.bits & UINT64_C(1) << FLAG_LIVING_ALONE)
        return signal_raise(c, &w);
    TRY(of_scope(c, "signal.repeat_days", v->row.scope, &days));
    TRY(of_scope(c, "signal.not_met_times", v->row.scope, &times));
    TRY(not_met_running(c, v, days, &n));
    if (n < times)
        return ERR_NONE;
    w.kind = SIGNAL_NOT_MET;
    w.why = sv_fmt(&c->mem, "连续 %lld 次上门未遇，请联系本人或家属", (long long)n);
    return signal_raise(c, &w);
}

static enum err visit_ended(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct visit *v = row;
    struct sv step = sv_of(action ? action : "");
    (void)before;
    if (!v->elder.n)
        return ERR_NONE;
    if (sv_eq(step, SV("not_met")))
        return not_met(c, v);
    if (v->result != RESULT_ATTENTION || !(sv_eq(step, SV("finish")) || sv_eq(step, SV("back"))))
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_ATTENTION, .elder = v->elder, .org = v->org,
                           .visit = v->id, .care_order = v->care_order, .happened_at = v->done_at,
                           .why = SV("上门的护理员认为需要关注，详见工单记录") };
    return signal_raise(c, &w);
}

static enum err order_refused(struct ctx *c, const void *before, const void *row,
                              const char *action)
{
    const struct care_order *o = row;
    int64_t days, times, n = 0;
    (void)before;
    if (!o->elder.n || !action || strcmp(action, "refuse") != 0)
        return ERR_NONE;
    TRY(of_scope(c, "signal.repeat_days", o->row.scope, &days));
    TRY(of_scope(c, "signal.refused_times", o->row.scope, &times));
    TRY(db_int(c, &sql_signal_refusals, PARAMS(P_INT("elder", o->elder.n),
                                               P_INT("from", day_of(c->now).n - days)), &n));
    if (n < times)
        return ERR_NONE;
    struct work_item w = { .kind = SIGNAL_REFUSED, .elder = o->elder, .org = o->org,
                           .care_order = o->id,
                           .why = sv_fmt(&c->mem, "%lld 天内谢绝服务 %lld 次，请了解原因",
                                         (long long)days, (long long)n) };
    return signal_raise(c, &w);
}

static const struct follower followers[] = {
    { &visit_entity, visit_ended }, { &care_order_entity, order_refused }, { 0 },
};

#define DEFAULTS "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "signal.urgent_minutes", "30", "minute", "紧急信号多少分钟内要有人处理",
      "An urgent signal: somebody acts within", DEFAULTS },
    { "signal.soon_minutes", "1440", "minute", "较急信号多少分钟内要有人处理",
      "A signal that matters: somebody acts within", DEFAULTS },
    { "signal.normal_minutes", "4320", "minute", "一般信号多少分钟内要有人处理",
      "Any other signal: somebody acts within", DEFAULTS },
    { "welfare.steps", "elder,elder,elder,family,neighbour,go,emergency", "",
      "独居未遇的问安步骤，按先后", "Steps of a welfare call, in order", DEFAULTS },
    { "welfare.step_minutes", "10", "minute", "问安一步没有结果，多少分钟内做下一步",
      "A step without a result: the next within", DEFAULTS },
    { "signal.repeat_days", "30", "day", "看多少天内的重复", "Days that repetitions are counted in",
      DEFAULTS },
    { "signal.not_met_times", "2", "time", "连续未遇几次算信号", "Not met so often running",
      DEFAULTS },
    { "signal.refused_times", "3", "time", "谢绝几次算信号", "Refused so often", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "work_item.open", "这位老人已有一件同类工作项", "There is an open item of this kind for her" },
    { "work_item.not_yours", "这件工作项不在您手上，不能退回", "You have not taken this one" },
    { "work_item.outcome", "请选择结果", "Choose an outcome" },
    { "welfare.nobody", "这件工作项不是关于一位老人的", "This item is about no elder" },
    { "welfare.closed", "这件工作项已办结", "This item is done" },
    { "welfare.say", "请写清了解到的情况", "Say what was found" },
    { "work_item.about", "请选择老年人或机构", "Choose the elder or the organisation it is about" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "work_item_once", "同一老人同类工作项只有一件未办结", &sql_signal_twice }, { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "urgent_items",
      .zh = "紧急工作项",
      .en = "Urgent work items",
      .entity = "work_item",
      .list = "weight=urgent&state.in=open,taken",
      .due = "due",
      .may = SIGNAL_WORKERS,
      .owner = "owner",
      .shows = "kind,elder,why",
      .weight = TODO_DANGER },
    { .key = "work_items",
      .zh = "工作项",
      .en = "Work items",
      .entity = "work_item",
      .list = "weight.in=soon,normal&state.in=open,taken",
      .due = "due",
      .may = SIGNAL_WORKERS,
      .owner = "owner",
      .shows = "kind,elder,why" },
    { 0 },
};

static const struct entity *const entities[] = { &work_item_entity, &welfare_step_entity, NULL };

const struct module signal_module = {
    .name = "signal", .entities = entities, .endpoints = welfare_endpoints,
    .parameters = parameters, .messages = messages,
    .invariants = invariants, .todos = todos, .followers = followers,
};
