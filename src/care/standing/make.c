/* make.c - from a rule to orders: every night, and whenever a rule begins or changes. */

#include "care/carer/staff.h"
#include "care/order/placing.h"
#include "care/order/steps.h"
#include "care/parameter/parameter.h"
#include "care/standing/pause.h"
#include "care/standing/standing.h"
#include "care/visit/visit.h"
#include "model/jobs.h"

#include <string.h>

SQL(standing_days_between);
SQL(standing_day_find);
SQL(standing_active);
SQL(standing_active_of);
SQL(standing_past);

/* --- why not --- */

/* The first reason as a sentence, of an answer that is missing with its name before it. */
static struct sv sentence(struct ctx *c, const struct fault *f)
{
    const struct field_fault *field = f->fields_n ? &f->fields[0] : NULL;
    const char *key = field ? field->key : f->key ? f->key : err_name(f->kind);
    struct sv said = house_message(c->house, &c->mem, LANG_ZH, key, field ? field->arg0 : f->arg0,
                                   field ? field->arg1 : f->arg1);
    const struct field *of = field ? field_named(order_new_fields, field->field) : NULL;
    if (!of || strcmp(key, "field.required") != 0)
        return said;
    return sv_fmt(&c->mem, "%s：%.*s", of->zh, SV_ARG(said));
}

/* What lies in the order itself is told; anything else is a failure of ours or the moment's. */
static bool is_answer(const struct ctx *c, enum err e)
{
    bool said = e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_MISSING || e == ERR_FORBIDDEN;
    return said && !c->fault.retryable && db_in_transaction(c->db);
}

/*
 * Runs `fn` in a savepoint; what it refuses undoes it alone and becomes *ret_why. "" is: done. The
 * sentence outlives the forgiven fault.
 */
struct attempt { struct standing *s; struct standing_day *d; };
typedef enum err attempt_fn(struct ctx *c, struct attempt *a);

MUST static enum err attempt(struct ctx *c, attempt_fn *fn, struct attempt *a, struct sv *ret_why)
{
    *ret_why = SV("");
    TRY(db_savepoint(c));
    enum err e = fn(c, a);
    if (e == ERR_NONE)
        return db_savepoint_keep(c);
    if (!is_answer(c, e))
        return e;
    *ret_why = sv_runes_head(sentence(c, &c->fault), 300);
    ctx_forgive(c);
    return db_savepoint_undo(c);
}

/* --- one day --- */

/* She agreed to the price of then: another is asked about before anybody is sent. */
MUST static enum err refuse_other_price(struct ctx *c, const struct standing *s,
                                        const struct offer *o)
{
    if (o->price.fen == s->price.fen)
        return ERR_NONE;
    struct buf was = buf_new(&c->mem, 16), is = buf_new(&c->mem, 16);
    buf_fixed(&was, s->price.fen, 2);
    buf_fixed(&is, o->price.fen, 2);
    fail_field_args(c, SV("offer"), "standing.price_changed", buf_sv(&was), buf_sv(&is));
    return fail_fields(c);
}

static struct order_new order_of(struct ctx *c, const struct standing *s, struct day on)
{
    struct buf key = buf_new(&c->mem, 16);
    slot_key_write(&key, (struct slot_key){ on, (int)s->start_min });
    return (struct order_new){
        .offer = s->offer, .slot = buf_sv(&key), .quantity = s->quantity, .elder = s->elder,
        .gender_wish = s->gender_wish, .carer_wish = s->carer_wish, .pay_way = s->pay_way,
        .password = s->password, .note = s->note, .channel = CHANNEL_JOB,
    };
}

/* She has agreed to the rule, and so to each of its orders; they belong to who asked for it. */
static enum err place_one(struct ctx *c, struct attempt *a)
{
    struct placing p;
    const struct standing *s = a->s;
    struct order_new n = order_of(c, s, a->d->on_day);
    TRY(placing_prepare(c, &n, &p));
    bool covered = s->plan.n && order_price_package(&p.price) >= p.order.quantity;
    if (s->plan.n && !covered)
        return fail(c, ERR_CONFLICT, "standing.beyond_package", "plan %lld covers less",
                    (long long)s->plan.n);
    if (!covered)                         /* what she pays of a package stands with that */
        TRY(refuse_other_price(c, s, &p.offer));
    if (p.price.subsidy_had && !covered)  /* she agreed to pay less: somebody asks her first */
        return fail(c, ERR_CONFLICT, "subsidy.once_a_day", "had on day %lld",
                    (long long)p.order.day.n);
    p.order.account = s->account;
    p.order.placed_by = s->placed_by;
    p.order.standing = s->id;
    p.order.told = TOLD_AGREED;
    p.order.told_at = c->now;
    TRY(placing_store(c, &p));
    struct care_order o = p.order;
    a->d->care_order = o.id;
    if (o.state != ORDER_PLACED)          /* a meal is accepted as it is placed */
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("accept"), NULL, &o);
}

static enum err send_one(struct ctx *c, struct attempt *a)
{
    struct care_order o;
    bool found;
    struct assign_input in = { a->s->carer_wish };
    TRY(entity_load(c, &care_order_entity, a->d->care_order.n, &o, &found));
    if (!found || order_two(&o))          /* of two the night's plan finds both (care/dispatch) */
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, o.id.n, o.row.version, SV("assign"), &in, &o);
}

MUST static enum err is_at_home(struct ctx *c, const struct standing *s, bool *ret_at_home)
{
    struct catalogue_item item;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, s->item.n, &item, &found));
    *ret_at_home = found && item.at_home;
    return ERR_NONE;
}

/* The order of one day, or why there is none; who is wished for is sent when she can. */
MUST static enum err make_day(struct ctx *c, struct standing *s, struct standing_day *d)
{
    struct attempt a = { s, d };
    bool at_home = false;
    d->tries++;
    TRY(attempt(c, place_one, &a, &d->why));
    d->state = d->why.len ? DAY_FAILED : DAY_MADE;
    if (d->state == DAY_FAILED) {
        d->care_order.n = 0;
        return ERR_NONE;
    }
    if (s->carer_wish.n)
        TRY(is_at_home(c, s, &at_home));
    return at_home ? attempt(c, send_one, &a, &d->why) : ERR_NONE;
}

MUST static enum err day_store(struct ctx *c, struct standing_day *d, bool known)
{
    return known ? standing_day_mark(c, d) : entity_create_by_rule(c, &standing_day_entity, d);
}

/* --- the days ahead --- */

enum { AHEAD_MAX = 62 };

struct making {
    struct standing s;
    struct calendar calendar;
    struct standing_day known[AHEAD_MAX + 1];
    size_t known_n;
};

MUST static enum err days_read(struct ctx *c, struct making *m, struct day first, struct day last)
{
    m->known_n = 0;
    struct rows r = db_rows(c, &sql_standing_days_between,
                            PARAMS(P_INT("standing_order", m->s.id.n), P_INT("first", first.n),
                                   P_INT("last", last.n)));
    while (m->known_n < AHEAD_MAX && rows_next(&r)) {
        record_clear(standing_day_fields, &m->known[m->known_n]);
        rows_read(&r, standing_day_fields, &m->known[m->known_n++]);
    }
    return rows_end(&r);
}

static struct standing_day *known_at(struct making *m, struct day day)
{
    for (size_t i = 0; i < m->known_n; i++)
        if (m->known[i].day.n == day.n)
            return &m->known[i];
    return NULL;
}

static struct standing_day day_new(const struct standing *s, struct day day, struct day on)
{
    struct standing_day d;
    record_clear(standing_day_fields, &d);
    d.row.scope = s->row.scope;
    d.standing_order = s->id;
    d.elder = s->elder;
    d.org = s->org;
    d.item = s->item;
    d.day = day;
    d.on_day = on;
    return d;
}

MUST static enum err take_day(struct ctx *c, struct making *m, struct day day)
{
    struct standing_day *was = known_at(m, day), fresh;
    struct day on = standing_served_on(&m->s, &m->calendar, day);
    bool open = !was || was->state == DAY_FAILED || was->state == DAY_PAUSED, paused;
    if (!open || !day_known(on) || on.n < day_of(c->now).n)
        return ERR_NONE;
    TRY(elder_paused(c, m->s.elder, on, &paused));
    if (paused)
        return ERR_NONE;
    fresh = was ? *was : day_new(&m->s, day, on);
    TRY(make_day(c, &m->s, &fresh));
    return day_store(c, &fresh, was != NULL);
}

/* No more comes to one who has died or left the register. */
MUST static enum err end_with_elder(struct ctx *c, struct standing *s, bool *ret_gone)
{
    struct elder e;
    bool found;
    TRY(entity_load(c, &elder_entity, s->elder.n, &e, &found));
    *ret_gone = !found || day_known(e.died_on) || moment_known(e.row.ended_at);
    if (!*ret_gone)
        return ERR_NONE;
    c->reason = SV("老人已不在册");
    return entity_act_by_rule(c, &standing_entity, s->id.n, s->row.version, SV("expire"), NULL, s);
}

MUST static enum err make_ahead(struct ctx *c, struct making *m)
{
    struct day today = day_of(c->now);
    int64_t ahead;
    bool gone;
    TRY(end_with_elder(c, &m->s, &gone));
    if (gone)
        return ERR_NONE;
    TRY(parameter_int(c, "standing.ahead_days", m->s.row.scope, today, &ahead));
    ahead = ahead < 1 ? 1 : ahead > AHEAD_MAX ? AHEAD_MAX : ahead;
    struct day last = { today.n + ahead };
    TRY(days_read(c, m, today, last));
    for (struct day d = today; d.n <= last.n; d.n++)
        if (standing_on(&m->s, d))
            TRY(take_day(c, m, d));
    return ERR_NONE;
}

/* By the house, whoever caused it: the organisation need not see the elder, nor the citizen it. */
enum err standing_make(struct ctx *c, const struct standing *s)
{
    const struct who *caller = c->who;
    struct making *m = NEW(&c->mem, struct making, 1);
    m->s = *s;
    TRY(calendar_load(c, &c->mem, &m->calendar));
    c->who = &who_house;
    enum err e = make_ahead(c, m);
    c->who = caller;
    return e;
}

enum { RULES_OF_ONE = 50 };

enum err standing_make_of(struct ctx *c, struct elder_id elder)
{
    int64_t ids[RULES_OF_ONE];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_standing_active_of, PARAMS(P_INT("elder", elder.n)));
    while (n < RULES_OF_ONE && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct standing s;
        bool found;
        TRY(entity_load(c, &standing_entity, ids[i], &s, &found));
        if (found)
            TRY(standing_make(c, &s));
    }
    return ERR_NONE;
}

enum err standing_day_of(struct ctx *c, struct standing_id id, struct day day,
                         struct standing_day *ret_day, bool *ret_found)
{
    record_clear(standing_day_fields, ret_day);
    return db_find(c, &sql_standing_day_find,
                   PARAMS(P_INT("standing_order", id.n), P_INT("day", day.n)),
                   standing_day_fields, ret_day, ret_found);
}

enum err standing_day_again(struct ctx *c, struct standing_day *d)
{
    const struct who *caller = c->who;
    struct standing s;
    bool found;
    TRY(entity_load(c, &standing_entity, d->standing_order.n, &s, &found));
    if (!found || d->on_day.n < day_of(c->now).n)
        return fail(c, ERR_CONFLICT, "standing.day_past", "day %lld of rule %lld is over",
                    (long long)d->day.n, (long long)d->standing_order.n);
    c->who = &who_house;
    enum err e = make_day(c, &s, d);
    c->who = caller;
    return e;
}

/* --- calling off --- */

MUST static enum err call_off_day(struct ctx *c, struct standing_day *d,
                                  enum standing_day_state state, struct sv why)
{
    if (d->state == DAY_MADE)
        TRY(order_call_off(c, d->care_order, why));
    d->state = (int)state;
    d->why = why;
    return standing_day_mark(c, d);
}

enum err standing_call_off(struct ctx *c, const struct standing *s, struct day from,
                           enum standing_day_state state, struct sv why)
{
    struct making *m = NEW(&c->mem, struct making, 1);
    m->s = *s;
    TRY(days_read(c, m, from, (struct day){ from.n + 2 * AHEAD_MAX }));
    for (size_t i = 0; i < m->known_n; i++)
        if (m->known[i].state == DAY_MADE || m->known[i].state == DAY_FAILED)
            TRY(call_off_day(c, &m->known[i], state, why));
    return ERR_NONE;
}

/* --- every night --- */

/* A transaction holds few rules: each may place a week of orders. */
enum { RULES_A_BATCH = 8 };
struct night { int64_t after, last; size_t n; };

static enum err make_some(struct ctx *c, void *arg)
{
    struct night *night = arg;
    int64_t ids[RULES_A_BATCH];
    night->n = 0;
    struct rows r = db_rows(c, &sql_standing_active, PARAMS(P_INT("after", night->after)));
    while (night->n < RULES_A_BATCH && rows_next(&r))
        ids[night->n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < night->n; i++) {
        struct standing s;
        night->last = ids[i];
        bool found;
        TRY(entity_load(c, &standing_entity, ids[i], &s, &found));
        if (found)
            TRY(standing_make(c, &s));
    }
    return ERR_NONE;
}

static enum err job_make(struct ctx *c, const struct job *j)
{
    static const struct step_by_clock expire = { &standing_entity, &sql_standing_past, "expire",
                                                 "" };
    struct night night = { 0 };
    int64_t done = 0;
    TRY(step_by_clock(c, j, &expire));
    do {
        struct night batch = night;
        TRY(transaction_batch(c, make_some, &batch));
        done += (int64_t)batch.n;
        TRY(job_progress(c, j, done, 0));
        if (batch.n == 0)
            return ERR_NONE;
        night = batch;
        night.after = batch.last;
    } while (night.n == RULES_A_BATCH);
    return ERR_NONE;
}

const struct job_kind standing_jobs[] = { { .name = "standing.make", .run = job_make }, { 0 } };

/* In the evening: the station sees in the morning what stands in 待办. */
const struct schedule standing_schedules[] = {
    { .name = "standing.make", .job = "standing.make", .every_s = 86400, .at_min = 1200 },
    { 0 },
};
