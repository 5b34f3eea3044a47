/* steps.c - there and back: nobody sets out without a 委托书, and medicine is handed over. */

#include "care/escort/escort.h"

#include "care/visit/visit.h"

/* --- what they take --- */

static const struct field plan_takes[] = {
    FIELD(struct escort_plan, clinic, .required = true, .high = 60, .zh = "医院", .en = "Clinic"),
    FIELD(struct escort_plan, department, .high = 40, .zh = "科室", .en = "Department"),
    FIELD(struct escort_plan, at_min, .high = 1439, .zh = "预约几点（当天第几分钟）",
          .en = "Appointment, minute of the day"),
    FIELD(struct escort_plan, bring, .high = 300, .many_lines = true, .zh = "要带什么",
          .en = "What to bring", .hint_zh = "如：医保卡、上次的病历"),
    { 0 },
};
static const struct field advice_takes[] = {
    FIELD(struct escort_advice, advice, .required = true, .high = 1000, .many_lines = true,
          .zh = "医生怎么说（大白话）", .en = "What the doctor said, plainly"),
    { 0 },
};
static const struct field drugs_takes[] = {
    FIELD(struct escort_drugs, picked_up, .zh = "药取到了", .en = "Fetched"),
    FIELD(struct escort_drugs, drugs, .required = true, .high = 500, .many_lines = true,
          .zh = "取了什么药；没取到写原因", .en = "What was fetched, or why not"),
    { 0 },
};
static const struct field home_takes[] = {
    FIELD(struct escort_home, handed_to, .required = true, .high = 40, .zh = "交接给谁",
          .en = "Handed to"),
    { 0 },
};

/* --- what they do --- */

static enum err plan(struct ctx *c, void *row, const void *input)
{
    struct escort *e = row;
    const struct escort_plan *in = input;
    (void)c;
    e->clinic = in->clinic;
    e->department = in->department;
    e->at_min = in->at_min;
    e->bring = in->bring;
    return ERR_NONE;
}

static enum err set_out(struct ctx *c, void *row, const void *input)
{
    struct escort *e = row;
    struct care_order o;
    struct visit v;
    struct proxy p;
    bool found;
    (void)input;
    if (!e->elder.n)
        return fail(c, ERR_CONFLICT, "escort.no_elder", "escort %lld is of no registered elder",
                    (long long)e->id.n);
    TRY(proxy_of(c, e->elder, e->org, escort_act(e->kind), day_of(ctx_happened(c)), &p));
    if (!p.id.n)
        return fail(c, ERR_CONFLICT, "escort.no_proxy", "elder %lld has signed nothing",
                    (long long)e->elder.n);
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    TRY(order_visit_of(c, &o, &v, &found));
    e->carer = found ? v.carer : (struct carer_id){ c->who ? c->who->carer : 0 };
    e->proxy = p.id;
    e->out_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err arrive(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct escort *)row)->clinic_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err advise(struct ctx *c, void *row, const void *input)
{
    struct escort *e = row;
    e->advice = ((const struct escort_advice *)input)->advice;
    e->seen_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err fetch(struct ctx *c, void *row, const void *input)
{
    struct escort *e = row;
    const struct escort_drugs *in = input;
    e->drugs = in->drugs;
    e->picked_up = in->picked_up;
    e->drugs_at = ctx_happened(c);
    return ERR_NONE;
}

static enum err come_home(struct ctx *c, void *row, const void *input)
{
    struct escort *e = row;
    if (e->kind == ERRAND_MEDICINE && !moment_known(e->drugs_at))
        return fail(c, ERR_CONFLICT, "escort.no_drugs", "escort %lld fetched nothing yet",
                    (long long)e->id.n);
    e->handed_to = ((const struct escort_home *)input)->handed_to;
    e->home_at = ctx_happened(c);
    return ERR_NONE;
}

#define DOES  (RIGHT(MAY_DO_VISITS) | RIGHT(MAY_SERVE_ORDERS))
#define PLANS (RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_PLACE_ORDERS) | RIGHT(MAY_SERVE_ORDERS))

const struct step escort_steps[] = {
    { .from = "planned", .action = "plan", .to = "", .may = PLANS, .zh = "填写就诊安排",
      .en = "Where and when", .effect = plan, .takes = plan_takes,
      .takes_size = sizeof(struct escort_plan) },
    { .from = "planned", .action = "set_out", .to = "out", .may = DOES, .zh = "出发",
      .en = "Set out", .effect = set_out },
    { .from = "out", .action = "arrive", .to = "clinic", .may = DOES, .zh = "到医院了",
      .en = "At the clinic", .effect = arrive },
    { .from = "clinic", .action = "advise", .to = "seen", .may = DOES, .zh = "看完医生了",
      .en = "The doctor has seen her", .effect = advise, .takes = advice_takes,
      .takes_size = sizeof(struct escort_advice) },
    { .from = "clinic,seen", .action = "fetch", .to = "drugs", .may = DOES, .zh = "取药",
      .en = "Medicine", .effect = fetch, .takes = drugs_takes,
      .takes_size = sizeof(struct escort_drugs) },
    { .from = "clinic,seen,drugs", .action = "come_home", .to = "home", .may = DOES,
      .zh = "送回家交接", .en = "Home, handed over", .effect = come_home, .takes = home_takes,
      .takes_size = sizeof(struct escort_home) },
    { .from = "planned", .action = "call_off", .to = "called_off", .zh = "随订单取消",
      .en = "Called off with its order", .automatic = true },
    { 0 },
};
