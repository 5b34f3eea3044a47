/* try.c - one visit given to a carer at a time: does it fit, and if not, why? */

#include "care/dispatch/try.h"

#include "care/dispatch/change.h"
#include "care/dispatch/day/after.h"
#include "care/dispatch/day/two.h"

const struct field try_asked_fields[] = {
    FIELD(struct try_asked, day, .required = true, .zh = "日期", .en = "Day"),
    LINK(struct try_asked, order, "care_order", .required = true, .zh = "订单", .en = "Order"),
    CHOICE(struct try_asked, seat, visit_seats, .zh = "两人上门的哪一位",
           .en = "Which of two who go together; the first when absent"),
    FIELD(struct try_asked, carer, .high = 20, .zh = "护理员（空：没有人）", .en = "Carer; \"\": nobody"),
    FIELD(struct try_asked, start_min, .low = 0, .high = 1439, .zh = "开始（分钟）",
          .en = "Begin, minute of the day; the best there when absent"),
    { 0 },
};

enum { REASONS_MAX = 12 };

/* What speaks against it, in words. */
struct against { const char *key; struct sv arg0, arg1; };

struct trial {
    const struct the_day *d;
    int    visit, carer;                 /* NOBODY: she is taken off */
    bool   at_given;
    int    start_min;
    struct against reasons[REASONS_MAX];
    int    reasons_n, more_min;
    struct course course;                /* her day with it, when it can be */
    bool   timed;
    int    with;                         /* of two who go together the other; NOBODY */
    struct course other;                 /* her day with it, when it is other than it stands */
    bool   other_timed;
};

static void reason_of(struct trial *t, const char *key, struct sv arg0, struct sv arg1)
{
    for (int i = 0; i < t->reasons_n; i++)
        if (t->reasons[i].key == key)
            return;
    if (t->reasons_n < REASONS_MAX)
        t->reasons[t->reasons_n++] = (struct against){ key, arg0, arg1 };
}

static void reason(struct trial *t, const char *key)
{
    reason_of(t, key, SV(""), SV(""));
}

/* --- when --- */

static struct stop stop_wanted(const struct trial *t)
{
    struct stop s = stop_of(t->d, t->visit);
    struct span may = day_may_begin(t->d, t->visit);
    s.open_min = may.from_min;
    s.close_min = may.to_min;
    if (t->at_given)
        s.open_min = s.close_min = s.wish_min = t->start_min;
    return s;
}

enum but { ALL_HOLDS = 0, NO_WAYS = 1, NO_SHIFT = 2, NO_REST = 4 };

static bool fits_with(struct trial *t, int but)
{
    int at;
    course_of(t->d, t->carer, t->visit, &t->course);
    t->course.no_ways = but & NO_WAYS;
    t->course.no_shift = but & NO_SHIFT;
    t->course.no_rest = but & NO_REST;
    return course_fit(&t->course, stop_wanted(t), &at);
}

static void say_times(struct trial *t)
{
    int before = t->reasons_n;
    if (!fits_with(t, NO_WAYS | NO_SHIFT)) {
        reason(t, "visit.clash");
        return;
    }
    if (fits_with(t, NO_REST)) {
        reason(t, "dispatch.rest");
        return;
    }
    if (!fits_with(t, NO_SHIFT))
        reason(t, "dispatch.late");
    if (!fits_with(t, NO_WAYS | NO_REST))
        reason(t, "dispatch.shift");
    if (t->reasons_n == before)
        reason(t, "dispatch.late");
}

static bool in_shift(const struct day_carer *a, int from, int minutes)
{
    for (int i = 0; i < a->parts_n; i++)
        if (from >= a->parts[i].from_min && from + minutes <= a->parts[i].to_min)
            return true;
    return false;
}

/* Minutes of ways more than now: hers with it less hers without, and less what the other saves. */
static int way_more(const struct trial *t)
{
    struct course k;
    const struct day_visit *v = &t->d->visits[t->visit];
    int more = t->timed ? course_way(&t->course) : 0;
    if (t->timed) {
        course_of(t->d, t->carer, t->visit, &k);
        more -= course_way(&k);
    }
    if (v->carer == NOBODY || v->pinned)
        return more;
    course_of(t->d, v->carer, NOBODY, &k);
    more -= course_way(&k);
    course_of(t->d, v->carer, t->visit, &k);
    return more + course_way(&k);
}

/* --- what waits for another --- */

/* Whose gap it would break; where no time is given, whose leaves none in its window. */
static void look_gap(struct ctx *c, struct trial *t)
{
    const struct the_day *d = t->d;
    const struct day_visit *v = &d->visits[t->visit], *first = day_first(d, v);
    struct span may = day_may_begin(d, t->visit);
    int at = t->at_given ? t->start_min : v->start_min;
    int broken = t->at_given || may.from_min > may.to_min ? day_gap_broken(d, t->visit, at)
                                                         : NOBODY;
    if (first && first->carer == NOBODY)
        reason_of(t, "dispatch.first_none", v->item_name, first->item_name);
    if (broken == NOBODY)
        return;
    const struct day_visit *whose = &d->visits[broken];
    reason_of(t, "dispatch.gap_of", whose->item_name,
              after_said(c, &whose->after, whose->after_name));
}

/* --- all that speaks against it --- */

static int64_t minutes_with(const struct trial *t)
{
    int64_t sum = t->d->visits[t->visit].minutes;
    for (int i = 0; i < t->d->visits_n; i++)
        if (t->d->visits[i].carer == t->carer && i != t->visit)
            sum += t->d->visits[i].minutes;
    return sum;
}

static void look(struct ctx *c, struct trial *t)
{
    const struct day_visit *v = &t->d->visits[t->visit];
    const struct day_carer *a = &t->d->carers[t->carer];
    const char *keys[HINDRANCES_MAX];
    int n = day_hindrances(t->d, a, v, keys);
    for (int i = 0; i < n; i++)
        reason(t, keys[i]);
    if (v->pinned)
        reason(t, "dispatch.begun");
    if (v->locked && (t->carer != v->carer || (t->at_given && t->start_min != v->start_min)))
        reason(t, "dispatch.locked");
    if (t->at_given && (t->start_min < v->earliest_min || t->start_min > v->latest_min))
        reason(t, "dispatch.window");
    look_gap(c, t);
    t->timed = fits_with(t, ALL_HOLDS);
    if ((t->timed ? course_work(&t->course) : minutes_with(t)) > a->limit_min)
        reason(t, "dispatch.hours");
    if (!t->timed) {
        say_times(t);
        return;
    }
    for (int i = 0; i < t->course.n; i++)
        if (t->course.at[i].visit == t->visit) {
            t->start_min = t->course.at[i].begin_min;
            if (!in_shift(a, t->start_min, v->minutes))
                reason(t, "dispatch.shift");
        }
}

/* --- with another --- */

/* Who goes with her is there at that moment: she who is, or of a free pair somebody who can be. */
static void look_other(struct ctx *c, struct trial *t)
{
    const struct day_visit *v = &t->d->visits[t->visit];
    struct two_found *f = NEW(&c->mem, struct two_found, 1);
    struct two_asked asked = two_of(t->d, t->visit);
    if (t->with == t->carer) {
        reason(t, "carer.same");
        return;
    }
    if (t->with != NOBODY && t->start_min == v->start_min)
        return;                          /* for her nothing changes */
    bool second = v->seat == SEAT_SECOND;
    asked.carer[second] = t->carer;
    asked.carer[!second] = t->with;
    asked.open_min = asked.close_min = asked.wish_min = t->start_min;
    if (day_two(c, t->d, &asked, f) < VISITS_OF_ORDER) {
        reason(t, t->with != NOBODY ? "dispatch.other_busy" : "dispatch.one_free");
        return;
    }
    t->with = f->carer[!second];
    t->other = f->course[!second];
    t->other_timed = true;
}

/* Where no time is given: the moment at which both can be there, nearest to what stands. */
static void find_moment(struct ctx *c, struct trial *t)
{
    const struct day_visit *v = &t->d->visits[t->visit];
    struct two_found *f = NEW(&c->mem, struct two_found, 1);
    struct two_asked asked = two_of(t->d, t->visit);
    bool second = v->seat == SEAT_SECOND;
    asked.carer[second] = t->carer;
    asked.carer[!second] = t->with;
    (void)day_two(c, t->d, &asked, f);
    t->start_min = f->begin_min;
    t->at_given = true;
}

static void look_two(struct ctx *c, struct trial *t)
{
    const struct day_visit *mate = day_mate(t->d, &t->d->visits[t->visit]);
    t->with = mate->carer;
    if (!t->at_given)
        find_moment(c, t);
    look(c, t);
    if (t->timed || t->with == t->carer)
        look_other(c, t);
}

/* --- the answer --- */

/* What slides in one of the two days, but for the visit itself and its other half. */
static void also_of(struct json *j, const struct trial *t, const struct course *k)
{
    for (int i = 0; i < k->n; i++) {
        const struct stop *s = &k->at[i];
        const struct day_visit *v = &t->d->visits[s->visit];
        if (s->visit == t->visit || v->mate == t->visit || s->begin_min == v->start_min)
            continue;
        json_object(j, NULL);
        json_id(j, "order", v->order.n);
        json_int(j, "start_before", v->start_min);
        json_int(j, "start_min", s->begin_min);
        json_end(j, '}');
    }
}

static void json_also(struct json *j, const struct trial *t)
{
    json_array(j, "also");
    if (t->timed)
        also_of(j, t, &t->course);
    if (t->other_timed)
        also_of(j, t, &t->other);
    json_end(j, ']');
}

static void json_trial(struct ctx *c, struct json *j, const struct trial *t)
{
    struct changes *all = NEW(&c->mem, struct changes, 1);
    const struct day_visit *v = &t->d->visits[t->visit];
    json_bool(j, "fits", t->reasons_n == 0);
    json_array(j, "reasons");
    for (int i = 0; i < t->reasons_n; i++)
        json_text(j, NULL, house_message(c->house, &c->mem, c->lang, t->reasons[i].key,
                                         t->reasons[i].arg0, t->reasons[i].arg1));
    json_end(j, ']');
    int less = t->carer != NOBODY && t->carer != v->carer && day_enough(t->d, v, t->carer)
               ? day_less_worked(t->d, v) : NOBODY;
    json_array(j, "notes");
    if (less != NOBODY)
        json_text(j, NULL, house_message(c->house, &c->mem, c->lang, "dispatch.enough",
                                         t->d->carers[less].name, SV("")));
    json_end(j, ']');
    json_int(j, "start_min", t->start_min);
    json_int(j, "end_min", t->start_min + v->minutes);
    if (t->with != NOBODY && t->carer != NOBODY) {
        json_id(j, "with", t->d->carers[t->with].id.n);
        json_text(j, "with_name", t->d->carers[t->with].name);
    }
    json_int(j, "travel_more_min", way_more(t));
    json_also(j, t);
    if (t->reasons_n == 0 && t->timed)
        changes_of(t->d, &t->course, all);
    if (t->reasons_n == 0 && t->other_timed)
        changes_of(t->d, &t->other, all);
    if (t->reasons_n == 0 && t->carer == NOBODY && v->carer != NOBODY)
        change_add(all, t->visit, NOBODY, v->promised_min);
    changes_json(j, "changes", t->d, all);
}

MUST static enum err find(struct ctx *c, const struct try_asked *asked, struct trial *t)
{
    int64_t carer = 0;
    t->visit = asked->seat == SEAT_SECOND ? day_seat_at(t->d, asked->order, SEAT_SECOND)
                                          : day_order_at(t->d, asked->order);
    if (t->visit == NOBODY)
        return fail(c, ERR_MISSING, "order.missing", "order %lld is not of this day",
                    (long long)asked->order.n);
    if (asked->carer.len && !sv_int(asked->carer, 1, INT64_MAX, &carer))
        fail_field(c, SV("carer"), "field.not_id");
    TRY(fail_fields(c));
    t->carer = carer ? day_carer_at(t->d, (struct carer_id){ carer }) : NOBODY;
    if (carer && t->carer == NOBODY)
        fail_field(c, SV("carer"), "carer.not_here");
    t->at_given = asked->start_min.known;
    t->start_min = t->at_given ? (int)asked->start_min.n : t->d->visits[t->visit].start_min;
    return fail_fields(c);
}

MUST static enum err try_day(struct ctx *c, const struct try_asked *asked, const struct the_day *d,
                             struct json *j)
{
    struct trial *t = NEW(&c->mem, struct trial, 1);
    const struct day_visit *v;
    t->d = d;
    t->with = NOBODY;
    TRY(find(c, asked, t));
    v = &d->visits[t->visit];
    if (t->carer != NOBODY && v->mate != NOBODY)
        look_two(c, t);
    else if (t->carer != NOBODY)
        look(c, t);
    else if (v->pinned || v->locked)
        reason(t, v->pinned ? "dispatch.begun" : "dispatch.locked");
    json_trial(c, j, t);
    return ERR_NONE;
}

enum err dispatch_try_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct try_asked *asked = q->body;
    struct the_day *d;
    TRY(need_org(c));
    TRY(day_enter(c, (struct organisation_id){ c->who->org }, asked->day, false, &d));
    enum err e = try_day(c, asked, d, &a->json);
    day_leave(c, d);
    return e;
}
