/* clock.c - by when a request is to be accepted and answered: working days by the calendar. */

#include "care/calendar/calendar.h"
#include "care/parameter/parameter.h"
#include "care/request/inside.h"

static const char *const days_of[REQUEST_KINDS] = {
    [REQUEST_CONSULTATION] = "request.days.consultation",
    [REQUEST_SUGGESTION] = "request.days.suggestion",
    [REQUEST_COMPLAINT] = "request.days.complaint",
    [REQUEST_HELP] = "request.days.help",
};

/*
 * Not deadline_count(): that refuses what touches a year whose arrangement is not loaded, and a
 * complaint must be taken on 30 December too. The row says that its days are a guess.
 */
enum err request_days_after(struct ctx *c, struct day from, int64_t n, struct day *ret_day,
                            bool *ret_unsure)
{
    struct calendar k;
    TRY(calendar_load(c, &c->mem, &k));
    *ret_day = calendar_add(&k, from, n);
    if (!calendar_knows(&k, *ret_day))
        *ret_unsure = true;
    return ERR_NONE;
}

MUST static enum err days_for(struct ctx *c, struct day from, const struct request_ticket *r,
                              int64_t *ret_n)
{
    int64_t high;
    TRY(parameter_int(c, days_of[r->kind], r->row.scope, from, ret_n));
    if (r->risk != RISK_HIGH)
        return ERR_NONE;
    TRY(parameter_int(c, "request.days.high", r->row.scope, from, &high));
    *ret_n = high < *ret_n ? high : *ret_n;
    return ERR_NONE;
}

enum err request_clock(struct ctx *c, struct day from, struct request_ticket *r)
{
    int64_t accept, answer;
    TRY(parameter_int(c, "request.accept_days", r->row.scope, from, &accept));
    TRY(days_for(c, from, r, &answer));
    r->due_unsure = false;
    TRY(request_days_after(c, from, accept, &r->accept_by, &r->due_unsure));
    TRY(request_days_after(c, from, answer, &r->due, &r->due_unsure));
    if (day_known(r->city_due) && r->city_due.n < r->due.n)
        r->due = r->city_due;
    if (r->accept_by.n > r->due.n)
        r->accept_by = r->due;
    return ERR_NONE;
}

void request_accepted(const struct ctx *c, struct request_ticket *r)
{
    if (r->response != TIMELY_WAITING)
        return;
    r->accepted_at = c->now;
    r->response = day_of(c->now).n <= r->accept_by.n ? TIMELY_YES : TIMELY_LATE;
}

void request_replied(const struct ctx *c, struct request_ticket *r)
{
    request_accepted(c, r);
    r->replied_at = c->now;
    r->finish = day_of(c->now).n <= r->due.n ? TIMELY_YES : TIMELY_LATE;
    r->solved = SOLVED_UNKNOWN;
    r->satisfied = SATISFIED_UNKNOWN;
}
