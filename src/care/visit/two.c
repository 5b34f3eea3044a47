/*
 * two.c - two carers at one door: an order of two has two visits, at one time, sent together.
 *
 * Each visit is a carer's own: her arrival, her evidence, her hours. What the order does follows
 * from both, and what is told of it is told once.
 */

#include "care/visit/visit.h"

#include "care/order/steps.h"

#include <string.h>

SQL(order_visits);
SQL(visit_mate);

bool order_two(const struct care_order *o)
{
    return o->carers == VISITS_OF_ORDER;
}

enum err order_visits_of(struct ctx *c, const struct care_order *o,
                         struct visit ret_visits[VISITS_OF_ORDER], int *ret_n)
{
    int n = 0;
    struct rows r = db_rows(c, &sql_order_visits, PARAMS(P_INT("care_order", o->id.n)));
    while (n < VISITS_OF_ORDER && rows_next(&r)) {
        record_clear(visit_fields, &ret_visits[n]);
        rows_read(&r, visit_fields, &ret_visits[n++]);
    }
    *ret_n = n;
    return rows_end(&r);
}

int64_t visits_version(const struct visit *visits, int n)
{
    int64_t sum = 0;
    for (int i = 0; i < n; i++)
        sum += visits[i].row.version;
    return sum;
}

enum err visit_mate(struct ctx *c, const struct visit *v, struct visit *ret_mate, bool *ret_found)
{
    *ret_found = false;
    record_clear(visit_fields, ret_mate);
    if (v->seat == SEAT_ALONE)
        return ERR_NONE;
    return db_find(c, &sql_visit_mate,
                   PARAMS(P_INT("care_order", v->care_order.n),
                          P_TEXT("seat", sv_of(visit_seats[v->seat].key))),
                   visit_fields, ret_mate, ret_found);
}

enum err order_carers_text(struct ctx *c, const struct care_order *o, struct sv *ret_text)
{
    struct visit v[VISITS_OF_ORDER];
    struct buf b = buf_new(&c->mem, 32);
    int n;
    TRY(order_visits_of(c, o, v, &n));
    for (int i = 0; i < n; i++) {
        struct carer a;
        bool found;
        TRY(entity_load(c, &carer_entity, v[i].carer.n, &a, &found));
        if (!found)
            continue;
        if (b.len)
            buf_text(&b, "、");
        buf_put(&b, a.name);
    }
    *ret_text = buf_sv(&b);
    return ERR_NONE;
}

int64_t visit_share(enum visit_seat seat, int64_t fen)
{
    return seat == SEAT_ALONE ? fen : seat == SEAT_FIRST ? fen - fen / 2 : fen / 2;
}

/* --- what the order does --- */

static enum err contradicts(struct ctx *c, const struct visit *v, const char *key)
{
    return fail(c, ERR_CONFLICT, key, "visit %lld and its other say two things",
                (long long)v->id.n);
}

/* The order's step that follows from what both say; NULL: none yet. */
static enum err step_of_two(struct ctx *c, const struct visit *v, const struct care_order *o,
                            const char *action, const char **ret_step)
{
    struct visit mate;
    bool found;
    TRY(visit_mate(c, v, &mate, &found));
    bool there = found && (mate.state == VISIT_ARRIVED || mate.state == VISIT_DONE);
    bool missed = found && mate.state == VISIT_NOT_MET;
    bool misses = strcmp(action, "miss") == 0;
    if (misses && there)
        return contradicts(c, v, "visit.other_there");
    if (!misses && missed)
        return contradicts(c, v, "visit.other_not_met");
    *ret_step = action;
    if (misses)
        *ret_step = missed ? NULL : action;
    else if (strcmp(action, "serve") == 0 && found && mate.state != VISIT_DONE)
        *ret_step = "start";
    if (*ret_step && strcmp(*ret_step, "start") == 0 && o->state != ORDER_ASSIGNED)
        *ret_step = NULL;
    return ERR_NONE;
}

enum err order_follow_visit(struct ctx *c, const struct visit *v, const char *action)
{
    struct care_order o;
    bool found;
    TRY(entity_load(c, &care_order_entity, v->care_order.n, &o, &found));
    if (!found)
        return fail(c, ERR_BROKEN, "house.broken", "a visit without its order %lld",
                    (long long)v->care_order.n);
    if (v->seat != SEAT_ALONE)
        TRY(step_of_two(c, v, &o, action, &action));
    if (!action)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, sv_of(action), NULL,
                              &o);
}

/* --- one of them did not come --- */

enum err visit_alone_guard(struct ctx *c, const void *row)
{
    const struct visit *v = row;
    struct visit mate;
    bool found;
    TRY(visit_mate(c, v, &mate, &found));
    if (!found || (mate.state != VISIT_ARRIVED && mate.state != VISIT_DONE))
        return fail(c, ERR_CONFLICT, "visit.nobody_else", "visit %lld: nobody else is there",
                    (long long)v->id.n);
    return ERR_NONE;
}

/* Who came is alone from now on, and bears the whole; if she is done, so is the order. */
enum err visit_alone_effect(struct ctx *c, void *row, const void *input)
{
    const struct visit *v = row;
    struct visit mate;
    bool found;
    (void)input;
    TRY(visit_mate(c, v, &mate, &found));
    mate.seat = SEAT_ALONE;
    TRY(entity_update_by_rule(c, &visit_entity, &mate, mate.row.version, "alone"));
    return mate.state == VISIT_DONE ? order_follow_visit(c, &mate, "serve") : ERR_NONE;
}
