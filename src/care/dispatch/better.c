/* better.c - POST /api/dispatch/replan: what a better plan would change, for whom. */

#include "care/dispatch/replan.h"
#include "care/dispatch/try.h"
#include "care/dispatch/day/two.h"

enum { STAY_IMPROVE_S = 900, STAY_REPAIR_S = 5400 };

const struct field replan_asked_fields[] = {
    FIELD(struct replan_asked, day, .required = true, .zh = "日期", .en = "Day"),
    CHOICE(struct replan_asked, why, dispatch_whys, .zh = "原因", .en = "Why"),
    LINK(struct replan_asked, carer, "carer", .zh = "请假或晚到的护理员", .en = "Who is ill or late"),
    FIELD(struct replan_asked, free_min, .low = 0, .high = 1439, .zh = "几点起可以继续（分钟）",
          .en = "When she who is late can go on"),
    LINK(struct replan_asked, order, "care_order", .zh = "老人不在家的订单",
         .en = "The order whose elder is not in"),
    { 0 },
};

/* What each reason needs to be told. */
MUST static enum err read_ask(struct ctx *c, const struct the_day *d,
                              const struct replan_asked *asked, struct problem_ask *ask)
{
    bool ill = asked->why == WHY_ILL, late = asked->why == WHY_LATE;
    int carer = asked->carer.n ? day_carer_at(d, asked->carer) : NOBODY;
    *ask = PROBLEM_OF(PROBLEM_STRICT);
    if ((ill || late) && carer == NOBODY)
        fail_field(c, SV("carer"), asked->carer.n ? "carer.not_here" : "field.required");
    if (late && !asked->free_min.known)
        fail_field(c, SV("free_min"), "field.required");
    if (asked->why == WHY_ABSENT_VISIT) {
        ask->gone = asked->order.n ? day_order_at(d, asked->order) : NOBODY;
        if (ask->gone == NOBODY)
            fail_field(c, SV("order"), asked->order.n ? "order.missing" : "field.required");
    }
    ask->keeps = asked->why != WHY_IMPROVE && asked->why != WHY_BY_HAND;
    if (ill)
        ask->ill = carer;
    if (late) {
        ask->late = carer;
        ask->free_min = (int)asked->free_min.n;
    }
    return fail_fields(c);
}

static void json_before(struct json *j, const char *name, const struct the_day *d, int carer)
{
    if (carer == NOBODY)
        json_text(j, name, SV(""));
    else
        json_id(j, name, d->carers[carer].id.n);
}

static void json_one(struct json *j, const struct the_day *d, const struct change_whole *one)
{
    const struct day_visit *v = &d->visits[one->visit];
    json_object(j, NULL);
    change_members(j, d, one);
    json_text(j, "number", v->number);
    json_text(j, "for_name", v->for_name);
    json_text(j, "item_name", v->item_name);
    const struct day_visit *mate = day_mate(d, v);
    json_before(j, "carer_before", d, v->carer);
    if (mate)
        json_before(j, "second_before", d, mate->carer);
    json_int(j, "start_before", v->start_min);
    json_bool(j, "told", v->told || (mate && mate->told));
    json_end(j, '}');
}

MUST static enum err write_plan(struct ctx *c, const struct the_day *d,
                                const struct replan_asked *asked, struct json *j)
{
    struct problem_ask ask;
    struct replanned x;
    struct totals before, after;
    bool repairs = asked->why != WHY_IMPROVE && asked->why != WHY_BY_HAND;
    TRY(read_ask(c, d, asked, &ask));
    TRY(replan_day(c, d, &ask, repairs ? STAY_REPAIR_S : STAY_IMPROVE_S, &x));
    totals_of(c, d, NULL, NULL, &before);
    totals_of(c, d, x.carer_of, x.start_of, &after);
    json_text(j, "stamp", d->stamp);
    json_array(j, "changes");
    for (int i = 0; i < x.changes->n; i++) {
        struct change_whole w;
        if (change_whole(d, x.changes, i, &w))
            json_one(j, d, &w);
    }
    json_end(j, ']');
    totals_json(j, "before", &before);
    totals_json(j, "after", &after);
    unassigned_json(c, j, "unassigned", &x.q, &x.plan, x.carer_of);
    return ERR_NONE;
}

enum err dispatch_replan_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct replan_asked *asked = q->body;
    struct the_day *d;
    TRY(need_org(c));
    TRY(day_enter(c, (struct organisation_id){ c->who->org }, asked->day, false, &d));
    enum err e = write_plan(c, d, asked, &a->json);
    day_leave(c, d);
    return e;
}
