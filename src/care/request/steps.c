/* steps.c - the life of a request: routing, answering, and what she says of the answer. */

#include "care/parameter/parameter.h"
#include "care/request/inside.h"

#define R struct request_ticket

/* --- who --- */

/* An organisation answers through its task; it neither routes nor says that it has solved. */
static enum err office_guard(struct ctx *c, const void *row)
{
    (void)row;
    if (c->who && c->who->org)
        return fail(c, ERR_FORBIDDEN, "request.office_only", "organisation %lld moves no request",
                    (long long)c->who->org);
    return ERR_NONE;
}

/* What an organisation has, it accepts itself. */
static enum err accept_guard(struct ctx *c, const void *row)
{
    const R *r = row;
    TRY(office_guard(c, row));
    if (r->handler.n)
        return fail(c, ERR_CONFLICT, "request.has_handler", "request %lld is with %lld",
                    (long long)r->id.n, (long long)r->handler.n);
    return ERR_NONE;
}

static enum err extend_guard(struct ctx *c, const void *row)
{
    const R *r = row;
    TRY(office_guard(c, row));
    if (r->extended)
        return fail(c, ERR_CONFLICT, "request.extended", "request %lld was put off before",
                    (long long)r->id.n);
    return ERR_NONE;
}

/* Who answered does not note herself that all were satisfied. */
static enum err said_guard(struct ctx *c, const void *row)
{
    const R *r = row;
    TRY(office_guard(c, row));
    if (c->who && c->who->account && r->replied_by.n == c->who->account)
        return fail(c, ERR_FORBIDDEN, "request.own_answer", "account %lld answered it",
                    (long long)c->who->account);
    return ERR_NONE;
}

static enum err reopen_guard(struct ctx *c, const void *row)
{
    const R *r = row;
    int64_t days;
    TRY(office_guard(c, row));
    if (!c->who || c->who->role != ROLE_CITIZEN)
        return ERR_NONE;
    TRY(parameter_int(c, "request.reopen_days", r->row.scope, day_of(c->now), &days));
    if (c->now.ms - r->closed_at.ms > days * MS_A_DAY)
        return fail(c, ERR_CONFLICT, "request.reopen_over", "request %lld closed long ago",
                    (long long)r->id.n);
    return ERR_NONE;
}

static enum err inspect_guard(struct ctx *c, const void *row)
{
    const R *r = row;
    TRY(office_guard(c, row));
    if (r->inspection_asked || (!r->place.n && !r->org.n))
        return fail(c, ERR_CONFLICT, "request.inspect_what", "request %lld: asked, or about none",
                    (long long)r->id.n);
    return ERR_NONE;
}

/* --- routing --- */

static const struct field route_takes[] = {
    LINK(struct route_input, handler, "organisation", .zh = "承办机构", .en = "To organisation"),
    LINK(struct route_input, office, "division", .zh = "承办街道或社区", .en = "To the office of"),
    FIELD(struct route_input, gist, .high = 1000, .many_lines = true, .zh = "转办摘要",
          .en = "Gist for who answers",
          .hint_zh = "诉求人要求隐去时必填：承办机构只看到这段话，不要写姓名电话",
          .hint_en = "needed when she is hidden: it is all that the organisation reads; no names"),
    { 0 },
};

MUST static enum err check_route(struct ctx *c, const R *r, const struct route_input *in)
{
    struct organisation o;
    struct division d;
    bool found = true;
    if (!in->handler.n == !in->office.n)
        fail_field(c, SV("handler"), "request.route_one");
    TRY(fail_fields(c));
    if (in->office.n) {
        TRY(entity_load(c, &division_entity, in->office.n, &d, &found));
        if (!found || (!division_holds(d.row.scope, r->row.scope)
                       && !division_holds(r->row.scope, d.row.scope)))
            fail_field(c, SV("office"), "request.route_office");
        return fail_fields(c);
    }
    TRY(entity_load(c, &organisation_entity, in->handler.n, &o, &found));
    if (!found || o.state != REVIEW_PUBLISHED)
        fail_field(c, SV("handler"), "request.route_org");
    if (r->hidden && !in->gist.len)
        fail_field(c, SV("gist"), "request.gist");
    return fail_fields(c);
}

static enum err route(struct ctx *c, void *row, const void *input)
{
    const struct route_input *in = input;
    R *r = row;
    TRY(check_route(c, r, in));
    r->handler = in->handler;
    r->office = in->office;
    r->routed_at = c->now;
    return in->handler.n ? task_make(c, r, in->gist) : task_take_back(c, r->id);
}

static enum err accept(struct ctx *c, void *row, const void *input)
{
    (void)input;
    request_accepted(c, row);
    return ERR_NONE;
}

static enum err task_returned(struct ctx *c, void *row, const void *input)
{
    R *r = row;
    (void)c;
    (void)input;
    r->handler.n = 0;
    return ERR_NONE;
}

/* --- weighing --- */

static const struct field triage_takes[] = {
    CHOICE(struct triage_input, risk, request_risks, .required = true, .zh = "风险", .en = "Risk"),
    { 0 },
};

static enum err triage(struct ctx *c, void *row, const void *input)
{
    const struct triage_input *in = input;
    R *r = row;
    r->risk = in->risk;
    r->risk_why = c->reason.len ? sv_fmt(&c->mem, "人工研判：%.*s", SV_ARG(c->reason))
                                : SV("人工研判");
    if (!r->extended)
        TRY(request_clock(c, day_of(r->came_at), r));
    return task_days(c, r);
}

static enum err extend(struct ctx *c, void *row, const void *input)
{
    R *r = row;
    int64_t days;
    struct day from = r->due.n > day_of(c->now).n ? r->due : day_of(c->now);
    (void)input;
    TRY(parameter_int(c, "request.extend_days", r->row.scope, day_of(c->now), &days));
    TRY(request_days_after(c, from, days, &r->due, &r->due_unsure));
    r->extended = true;
    r->extend_reason = c->reason;
    return task_days(c, r);
}

static enum err inspect(struct ctx *c, void *row, const void *input)
{
    (void)c;
    (void)input;
    ((R *)row)->inspection_asked = true;
    return ERR_NONE;
}

/* --- the answer --- */

static const struct field reply_takes[] = {
    FIELD(struct reply_input, reply, .required = true, .low = 2, .high = 3000, .many_lines = true,
          .zh = "答复内容", .en = "Reply", .hint_zh = "诉求人看到的就是这段话",
          .hint_en = "she reads exactly this"),
    { 0 },
};

static enum err answered(struct ctx *c, void *row, const void *input)
{
    const struct reply_input *in = input;
    R *r = row;
    r->reply = in->reply;
    r->replied_by = review_me(c);
    request_replied(c, r);
    return ERR_NONE;
}

static enum err reply(struct ctx *c, void *row, const void *input)
{
    R *r = row;
    TRY(answered(c, row, input));
    r->handler.n = 0;
    return task_take_back(c, r->id);
}

static const struct field solved_takes[] = {
    CHOICE(struct solved_input, satisfied, request_satisfieds, .required = true,
           .zh = "是否满意", .en = "Satisfied"),
    FIELD(struct solved_input, words, .high = 1000, .many_lines = true, .zh = "想说的话",
          .en = "Words"),
    { 0 },
};
static const struct field unsolved_takes[] = {
    FIELD(struct unsolved_input, words, .required = true, .low = 2, .high = 1000,
          .many_lines = true, .zh = "哪里没有解决", .en = "What is not solved"),
    { 0 },
};

static enum err solved(struct ctx *c, void *row, const void *input)
{
    const struct solved_input *in = input;
    R *r = row;
    if (in->satisfied == SATISFIED_UNKNOWN)
        fail_field(c, SV("satisfied"), "field.required");
    TRY(fail_fields(c));
    r->solved = SOLVED_YES;
    r->satisfied = in->satisfied;
    r->rated_words = in->words;
    r->closed_at = c->now;
    return ERR_NONE;
}

/* Its clock begins again, today; who had it is chosen anew. */
static enum err begin_again(struct ctx *c, R *r)
{
    r->reopened++;
    r->handler.n = 0;
    r->office.n = 0;
    r->extended = false;
    r->response = r->finish = TIMELY_WAITING;
    r->accepted_at = r->closed_at = (struct moment){ 0 };
    r->city_due = DAY_NONE;
    return request_clock(c, day_of(c->now), r);
}

static enum err unsolved(struct ctx *c, void *row, const void *input)
{
    const struct unsolved_input *in = input;
    R *r = row;
    r->solved = SOLVED_NO;
    r->satisfied = SATISFIED_NO;
    r->rated_words = in->words;
    return begin_again(c, r);
}

static enum err reopen(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return begin_again(c, row);
}

static enum err closed(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((R *)row)->closed_at = c->now;
    return ERR_NONE;
}

static enum err withdraw(struct ctx *c, void *row, const void *input)
{
    R *r = row;
    TRY(closed(c, row, input));
    return task_take_back(c, r->id);
}

#define CITIZEN RIGHT(MAY_BE_CITIZEN)
#define OFFICE  REQUEST_OFFICE
#define LIVE    "open,routed,accepted"

const struct step request_steps[] = {
    { .from = "", .action = "open", .to = "open", .may = OFFICE, .zh = "登记诉求",
      .en = "Write down" },
    { .from = LIVE, .action = "route", .to = "routed", .may = OFFICE, .guard = office_guard,
      .effect = route, .takes = route_takes, .takes_size = sizeof(struct route_input),
      .zh = "转办", .en = "Route" },
    { .from = "open,routed", .action = "accept", .to = "accepted", .may = OFFICE,
      .guard = accept_guard, .effect = accept, .zh = "签收办理", .en = "Accept" },
    { .from = LIVE, .action = "reply", .to = "replied", .may = OFFICE, .guard = office_guard,
      .effect = reply, .takes = reply_takes, .takes_size = sizeof(struct reply_input),
      .zh = "答复", .en = "Reply" },
    { .from = LIVE, .action = "triage", .to = "", .may = OFFICE, .guard = office_guard,
      .effect = triage, .takes = triage_takes, .takes_size = sizeof(struct triage_input),
      .reason = true, .zh = "研判风险", .en = "Judge the risk" },
    { .from = LIVE, .action = "extend", .to = "", .may = OFFICE, .guard = extend_guard,
      .effect = extend, .reason = true, .zh = "延期", .en = "Put off once" },
    { .from = "open,routed,accepted,replied,closed", .action = "inspect", .to = "", .may = OFFICE,
      .guard = inspect_guard, .effect = inspect, .reason = true, .zh = "请检查",
      .en = "Ask for an inspection" },
    { .from = "replied", .action = "solved", .to = "closed", .may = CITIZEN | OFFICE,
      .guard = said_guard, .effect = solved, .takes = solved_takes,
      .takes_size = sizeof(struct solved_input), .zh = "解决了", .en = "Solved" },
    { .from = "replied", .action = "not_solved", .to = "open", .may = CITIZEN | OFFICE,
      .guard = office_guard, .effect = unsolved, .takes = unsolved_takes,
      .takes_size = sizeof(struct unsolved_input), .zh = "没解决", .en = "Not solved" },
    { .from = "closed", .action = "reopen", .to = "open", .may = CITIZEN | OFFICE,
      .guard = reopen_guard, .effect = reopen, .reason = true, .zh = "重新办理",
      .en = "Open again" },
    { .from = LIVE, .action = "withdraw", .to = "withdrawn", .may = CITIZEN | OFFICE,
      .guard = office_guard, .effect = withdraw, .reason = true, .danger = true, .zh = "撤回诉求",
      .en = "Withdraw" },
    { .from = "replied", .action = "close", .to = "closed", .effect = closed, .automatic = true,
      .zh = "到期办结", .en = "Closed by the clock" },
    { .from = "routed", .action = "task_accept", .to = "accepted", .effect = accept,
      .automatic = true, .zh = "承办机构签收", .en = "Accepted by the organisation" },
    { .from = "accepted", .action = "task_reply", .to = "replied", .effect = answered,
      .takes = reply_takes, .takes_size = sizeof(struct reply_input), .automatic = true,
      .zh = "承办机构答复", .en = "Answered by the organisation" },
    { .from = "routed,accepted", .action = "task_return", .to = "open", .effect = task_returned,
      .automatic = true, .zh = "承办机构退回", .en = "Given back" },
    { 0 },
};
#undef R
