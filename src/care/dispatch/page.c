/* page.c - the day as the board shows it. */

#include "care/dispatch/change.h"

#include "care/dispatch/day/after.h"
#include "care/dispatch/day/problem.h"
#include "care/dispatch/day/two.h"

enum { OPEN_MIN = 480, CLOSE_MIN = 1080, HOUR = 60 };

enum err need_org(struct ctx *c)
{
    if (c->who->org == 0)
        return fail(c, ERR_FORBIDDEN, "station.no_org", "account %lld acts for no organisation",
                    (long long)c->who->account);
    return ERR_NONE;
}

static void json_point(struct json *j, int64_t lat_e7, int64_t lon_e7)
{
    if (lat_e7 == 0 && lon_e7 == 0)
        return;
    json_fixed(j, "lat", lat_e7, 7);
    json_fixed(j, "lon", lon_e7, 7);
}

/* --- carers --- */

static void json_parts(struct json *j, const struct day_carer *a)
{
    json_array(j, "shift");
    for (int i = 0; i < a->parts_n; i++) {
        json_object(j, NULL);
        json_int(j, "from_min", a->parts[i].from_min);
        json_int(j, "to_min", a->parts[i].to_min);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void json_sums(struct json *j, const struct the_day *d, int carer)
{
    const struct day_carer *a = &d->carers[carer];
    int minutes = 0, way = 0, between = 0;
    bool out = false;
    for (int i = 0; i < d->visits_n; i++)
        if (d->visits[i].carer == carer) {
            minutes += d->visits[i].minutes;
            way += d->visits[i].way_min;
            between += out ? d->visits[i].way_min : 0;
            out = true;
        }
    json_int(j, "month_min", a->month_all_min);
    json_int(j, "month_way_min", a->month_way_min);
    json_int(j, "month_done_min", a->month_done_min);
    json_bool(j, "over_mean", a->over_mean);
    json_int(j, "month_limit_min", a->month_limit_min);
    json_int(j, "day_min", minutes);
    json_int(j, "work_min", minutes + between * d->way_percent / 100);
    json_int(j, "travel_min", way);
    json_int(j, "untold_n", d->untold[carer]);
}

static void json_carer(struct ctx *c, struct json *j, const struct the_day *d, int carer)
{
    const struct day_carer *a = &d->carers[carer];
    json_object(j, NULL);
    json_id(j, "id", a->id.n);
    json_text(j, "name", a->name);
    json_text(j, "gender", sv_of(gender_choices[a->gender].key));
    json_text(j, "travel", sv_of(travels[a->travel].key));
    json_field(j, field_named(carer_fields, SV("skills")), &(struct carer){ .skills = a->skills });
    json_bool(j, "away", a->away);
    if (a->away)
        json_text(j, "away_why", house_message(c->house, &c->mem, c->lang, "carer.away", SV(""),
                                               SV("")));
    if (d->now_min > 0 && d->now_min < MINUTES_A_DAY && a->free_min > d->now_min)
        json_int(j, "late_until_min", a->free_min);
    json_parts(j, a);
    if (a->rest_min != NOBODY) {
        json_object(j, "rest");
        json_int(j, "from_min", a->rest_min);
        json_int(j, "to_min", a->rest_min + a->rest.minutes);
        json_end(j, '}');
    }
    json_bool(j, "rest_lost", a->rest_lost);
    json_bool(j, "shift_known", a->shift_known);
    json_sums(j, d, carer);
    if (a->place != NOBODY) {
        json_object(j, "start");
        json_point(j, a->start.lat_e7, a->start.lon_e7);
        json_end(j, '}');
    }
    json_end(j, '}');
}

/* --- visits --- */

/* The order's steps that the caller may take now, by name. */
MUST static enum err json_actions(struct ctx *c, struct json *j, const struct day_visit *v)
{
    const struct step *steps[STEPS_MAX];
    struct care_order o;
    bool found;
    TRY(entity_load(c, &care_order_entity, v->order.n, &o, &found));
    size_t n = found ? entity_steps(c, &care_order_entity, &o, steps) : 0;
    json_array(j, "actions");
    for (size_t i = 0; i < n; i++)
        json_text(j, NULL, sv_of(steps[i]->action));
    json_end(j, ']');
    return ERR_NONE;
}

static void json_id_or_none(struct json *j, const char *name, int64_t id)
{
    if (id)
        json_id(j, name, id);
    else
        json_text(j, name, SV(""));
}

static void json_times(struct json *j, const struct day_visit *v)
{
    int end = v->start_min + v->minutes;
    json_int(j, "start_min", v->start_min);
    json_int(j, "end_min", end < MINUTES_A_DAY ? end : MINUTES_A_DAY);
    json_int(j, "promised_min", v->promised_min);
    json_int(j, "earliest_min", v->earliest_min);
    json_int(j, "latest_min", v->latest_min);
    json_int(j, "travel_before_min", v->way_min);
    json_int(j, "wait_min", v->wait_min);
    json_int(j, "expected_late_min", v->expect_min > v->start_min && v->carer != NOBODY && !v->over
                                         ? v->expect_min - v->start_min : 0);
}

static void json_flags(struct ctx *c, struct json *j, const struct day_visit *v)
{
    json_text(j, "state", sv_of(order_states[v->state].key));
    json_text(j, "visit_state", sv_of(v->visit.n ? visit_states[v->visit_state].key : ""));
    json_bool(j, "pinned", v->pinned);
    json_bool(j, "locked", v->locked);
    json_bool(j, "told", v->told);
    json_bool(j, "usual", v->usual);
    json_bool(j, "standing", v->standing);
    json_id_or_none(j, "wish", v->carer_wish.n);
    json_text(j, "gender_wish", sv_of(gender_wish_choices[v->gender_wish].key));
    json_text(j, "skill", sv_of(skill_choices[v->skill].key));
    json_text(j, "fault", v->fault ? house_message(c->house, &c->mem, c->lang, v->fault, SV(""),
                                                   SV(""))
                                   : SV(""));
}

/* Of a block on the board. */
static struct sv key_of(struct ctx *c, const struct day_visit *v)
{
    return sv_fmt(&c->mem, "%lld%s", (long long)v->order.n, v->seat == SEAT_SECOND ? ".2" : "");
}

/* What it waits for, in words; and its block, where it comes that day. */
static void json_after(struct ctx *c, struct json *j, const struct the_day *d,
                       const struct day_visit *v)
{
    const struct day_visit *first = day_first(d, v);
    if (!v->after.item.n)
        return;
    struct sv said = after_said(c, &v->after, v->after_name);
    json_text(j, "after", first ? said : house_message(c->house, &c->mem, c->lang,
                                                       "dispatch.first_not_today", said, SV("")));
    if (first)
        json_text(j, "after_key", key_of(c, first));
}

MUST static enum err json_visit(struct ctx *c, struct json *j, const struct the_day *d, int visit)
{
    const struct day_visit *v = &d->visits[visit];
    json_object(j, NULL);
    const struct day_visit *mate = day_mate(d, v);
    json_id(j, "order", v->order.n);
    json_text(j, "key", key_of(c, v));
    json_text(j, "seat", sv_of(visit_seats[v->seat].key));
    if (mate)
        json_id_or_none(j, "with", mate->carer == NOBODY ? 0 : d->carers[mate->carer].id.n);
    json_int(j, "order_version", v->order_version);
    if (v->visit.n)
        json_id(j, "visit", v->visit.n);
    json_int(j, "visit_version", v->visits_version);
    json_text(j, "number", v->number);
    json_text(j, "item_name", v->item_name);
    json_text(j, "for_name", v->for_name);
    json_text(j, "where", v->where);
    json_point(j, v->lat.e7, v->lon.e7);
    json_id_or_none(j, "carer", v->carer == NOBODY ? 0 : d->carers[v->carer].id.n);
    json_times(j, v);
    json_after(c, j, d, v);
    json_flags(c, j, v);
    TRY(json_actions(c, j, v));
    json_end(j, '}');
    return ERR_NONE;
}

/* --- the whole --- */

/* The hours worth drawing: all shifts and visits, at least a working day, in whole hours. */
static void json_span(struct json *j, const struct the_day *d)
{
    int open = OPEN_MIN, close = CLOSE_MIN;
    for (int i = 0; i < d->carers_n; i++)
        for (int k = 0; k < d->carers[i].parts_n; k++) {
            const struct span *s = &d->carers[i].parts[k];
            open = s->from_min < open ? s->from_min : open;
            close = s->to_min > close ? s->to_min : close;
        }
    for (int i = 0; i < d->visits_n; i++) {
        int from = d->visits[i].start_min, to = from + d->visits[i].minutes;
        open = from < open ? from : open;
        close = to > close ? to : close;
    }
    close = (close + HOUR - 1) / HOUR * HOUR;
    json_int(j, "open_min", open / HOUR * HOUR);
    json_int(j, "close_min", close < MINUTES_A_DAY ? close : MINUTES_A_DAY);
}

/*
 * Why nobody goes is most of the work of a full day, and the same for all who look: it is found
 * once. Who writes does not wait for it, for the writer is one: she asks again.
 */
MUST static enum err unassigned_write(struct ctx *c, struct json *j, const struct the_day *d,
                                      bool later)
{
    struct sv said = day_said(d, c->lang);
    struct day_problem q;
    json_bool(j, "unassigned_later", later && !said.len);
    if (later && !said.len) {
        json_array(j, "unassigned");
        json_end(j, ']');
        return ERR_NONE;
    }
    if (!said.len) {
        struct buf b = buf_new(&c->mem, 4096);
        struct json own = json_new(&b);
        TRY(problem_make(c, d, &PROBLEM_OF(PROBLEM_STANDING), &q));
        unassigned_json(c, &own, NULL, &q, &q.plan, NULL);
        said = buf_sv(&b);
        day_say(d, c->lang, said);
    }
    json_raw(j, "unassigned", said);
    return ERR_NONE;
}

MUST static enum err day_write(struct ctx *c, struct json *j, const struct the_day *d, bool fresh)
{
    struct totals t;
    json_day(j, "day", d->day);
    json_id(j, "org", d->org.n);
    json_text(j, "stamp", d->stamp);
    json_bool(j, "streets", d->ground.streets);
    json_int(j, "month_mean_min", d->fair.mean_all_min);
    json_int(j, "fair_percent", d->fair.percent);
    json_int(j, "fair_hours", d->fair.hours);
    json_span(j, d);
    json_bool(j, "can_undo", d->can_undo);
    json_int(j, "untold_n", d->untold_n);
    if (moment_known(d->told_at))
        json_moment(j, "told_at", d->told_at);
    totals_of(c, d, NULL, NULL, &t);
    totals_json(j, "totals", &t);
    json_array(j, "carers");
    for (int i = 0; i < d->carers_n; i++)
        json_carer(c, j, d, i);
    json_end(j, ']');
    json_array(j, "visits");
    for (int i = 0; i < d->visits_n; i++)
        TRY(json_visit(c, j, d, i));
    json_end(j, ']');
    return unassigned_write(c, j, d, fresh);
}

enum err day_answer(struct ctx *c, struct day day, bool fresh, struct json *j)
{
    struct the_day *d;
    TRY(day_enter(c, (struct organisation_id){ c->who->org }, day, fresh, &d));
    enum err e = day_write(c, j, d, fresh);
    day_leave(c, d);
    return e;
}

enum err dispatch_day_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct { struct day day; } *asked = q->query;
    TRY(need_org(c));
    return day_answer(c, day_known(asked->day) ? asked->day : day_of(c->now), false, &a->json);
}
