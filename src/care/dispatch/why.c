/* why.c - why nobody goes to a visit, and what would help, in words and as changes. */

#include "care/dispatch/change.h"

#include "care/dispatch/day/after.h"
#include "care/dispatch/day/problem.h"
#include "care/dispatch/why_two.h"
#include "plan/tour/reason.h"

const char *const why_keys[] = {
    "dispatch.why_skill",   "dispatch.why_load",  "dispatch.why_shift",
    "dispatch.why_travel",  "dispatch.why_crowded", "dispatch.why_hours",
    "dispatch.why_second",  "dispatch.why_meet",  "dispatch.why_with",
};
_Static_assert(sizeof why_keys / sizeof *why_keys == TOUR_WHYS, "words for each reason there is");

struct asking {
    struct ctx *c;
    struct json *j;
    const struct the_day *d;
    const struct day_problem *q;
    const struct tour_reason *r;
    int visit;                           /* of the day */
    bool stands;                         /* the plan is what stands */
};

static struct sv say(struct ctx *c, const char *key, struct sv arg0, struct sv arg1)
{
    return house_message(c->house, &c->mem, c->lang, key, arg0, arg1);
}

static struct sv skill_text(const struct ctx *c, int skill)
{
    const struct choice *k = skill > SKILL_NONE && skill <= SKILL_NURSE ? &skill_choices[skill]
                             : skill == SKILL_WOMAN ? &gender_choices[GENDER_FEMALE]
                             : skill == SKILL_MAN   ? &gender_choices[GENDER_MALE]
                                                    : &skill_choices[SKILL_NONE];
    return sv_of(c->lang == LANG_EN ? k->en : k->zh);
}

static struct sv carer_name(const struct asking *a, int carer)
{
    return carer == NOBODY ? SV("") : a->d->carers[carer].name;
}

/* --- what would help, as changes --- */

static void course_for(const struct asking *a, int carer, int less, struct course *k)
{
    course_of(a->d, carer, less, k);
}

static void widen_other(const struct asking *a, struct course *k)
{
    int other = a->q->visit[a->r->other];
    for (int i = 0; i < k->n; i++)
        if (k->at[i].visit == other && k->at[i].close_min < a->r->until)
            k->at[i].close_min = a->r->until;
}

/* The changes that the repair comes to; none when it is only advice, or does not come out. */
static void repair_changes(const struct asking *a, enum tour_repair kind, int carer, int other,
                           struct changes *all)
{
    struct course *k = NEW(&a->c->mem, struct course, 1);
    struct stop stop = stop_of(a->d, a->visit);
    int at;
    if (!a->stands || carer == NOBODY || kind == TOUR_REPAIR_TEACH ||
        kind == TOUR_REPAIR_HIRE || kind == TOUR_REPAIR_HOURS)
        return;
    if (kind == TOUR_REPAIR_POSTPONE && a->d->visits[a->q->visit[a->r->other]].mate != NOBODY)
        return;                              /* the one who goes with her would have to be asked */
    course_for(a, carer, kind == TOUR_REPAIR_SWAP ? other : NOBODY, k);
    if (kind == TOUR_REPAIR_WIDEN && stop.close_min < a->r->until)
        stop.close_min = a->r->until;
    if (kind == TOUR_REPAIR_POSTPONE)
        widen_other(a, k);
    k->no_shift = kind == TOUR_REPAIR_OVERTIME;
    if (!course_fit(k, stop, &at))
        return;
    const struct stop *last = &k->at[k->n - 1];
    if (kind == TOUR_REPAIR_OVERTIME && last->begin_min + last->minutes > a->r->until)
        return;
    if (kind == TOUR_REPAIR_SWAP)
        change_add(all, other, NOBODY, a->d->visits[other].promised_min);
    changes_of(a->d, k, all);
}

static struct sv repair_text(const struct asking *a, enum tour_repair kind, int carer, int other)
{
    struct ctx *c = a->c;
    struct sv who = carer_name(a, carer), by = sv_fmt(&c->mem, "%d", a->r->by);
    struct sv then = clock_text(&c->mem, a->r->until);
    struct sv others = other == NOBODY ? SV("")
        : sv_fmt(&c->mem, "%.*s %.*s", SV_ARG(a->d->visits[other].for_name),
                 SV_ARG(a->d->visits[other].item_name));
    switch (kind) {
    case TOUR_REPAIR_TEACH:
        return say(c, "dispatch.repair_teach", who, skill_text(c, a->r->skill));
    case TOUR_REPAIR_WIDEN:
        return say(c, "dispatch.repair_widen", who, then);
    case TOUR_REPAIR_OVERTIME:
        return say(c, "dispatch.repair_overtime", who, by);
    case TOUR_REPAIR_POSTPONE:
        return say(c, "dispatch.repair_postpone", others, then);
    case TOUR_REPAIR_SWAP:
        return say(c, "dispatch.repair_swap", who, others);
    case TOUR_REPAIR_HOURS:
        return say(c, "dispatch.repair_hours", who, by);
    default:
        return say(c, "dispatch.repair_hire", SV(""), SV(""));
    }
}

static void repair_json(const struct asking *a, enum tour_repair kind, int carer, int other)
{
    struct changes *all = NEW(&a->c->mem, struct changes, 1);
    repair_changes(a, kind, carer, other, all);
    json_object(a->j, NULL);
    json_text(a->j, "kind", sv_of(tour_repair_names[kind]));
    json_text(a->j, "text", repair_text(a, kind, carer, other));
    changes_json(a->j, "changes", a->d, all);
    json_end(a->j, '}');
}

/* --- who is free --- */

struct free { struct course course; int carer, at; int64_t cost; };

/* The carer whose ways grow least, what is wished for reckoned in as the plan does. */
static bool somebody_free(const struct asking *a, struct free *best)
{
    struct course *k = NEW(&a->c->mem, struct course, 1);
    const struct day_visit *v = &a->d->visits[a->visit];
    const int32_t *wish = a->q->p.wish + (size_t)a->r->visit * (size_t)a->d->carers_n;
    const char *keys[HINDRANCES_MAX];
    int at;
    best->carer = NOBODY;
    for (int i = 0; i < a->d->carers_n; i++) {
        course_of(a->d, i, NOBODY, k);
        int before = course_way(k);
        if (a->d->carers[i].parts_n == 0 || day_hindrances(a->d, &a->d->carers[i], v, keys) ||
            !course_take(k, stop_of(a->d, a->visit), &at))
            continue;
        int64_t cost = (int64_t)(course_way(k) - before) * 60 + wish[i];
        if (best->carer == NOBODY || cost < best->cost)
            *best = (struct free){ *k, i, at, cost };
    }
    return best->carer != NOBODY;
}

static void free_json(const struct asking *a, const struct free *f)
{
    struct ctx *c = a->c;
    struct changes *all = NEW(&c->mem, struct changes, 1);
    int begin = f->course.at[f->at].begin_min;
    changes_of(a->d, &f->course, all);
    json_object(a->j, NULL);
    json_id(a->j, "order", a->d->visits[a->visit].order.n);
    json_text(a->j, "why", SV("waiting"));
    json_text(a->j, "why_text", say(c, "dispatch.why_waiting", SV(""), SV("")));
    json_array(a->j, "repairs");
    json_object(a->j, NULL);
    json_text(a->j, "kind", SV("assign"));
    json_text(a->j, "text", say(c, "dispatch.repair_assign", carer_name(a, f->carer),
                                clock_text(&c->mem, begin)));
    changes_json(a->j, "changes", a->d, all);
    json_end(a->j, '}');
    json_end(a->j, ']');
    json_end(a->j, '}');
}

/* --- one visit --- */

/* What is tied to another is helped by nothing that breaks its gap, or leaves one without it. */
static bool breaks_gap(const struct asking *a, enum tour_repair kind, int other)
{
    bool moves_other = kind == TOUR_REPAIR_POSTPONE || kind == TOUR_REPAIR_SWAP;
    if (moves_other && other != NOBODY && day_tied(a->d, other))
        return true;
    return kind == TOUR_REPAIR_WIDEN && day_gap_broken(a->d, a->visit, a->r->until) != NOBODY;
}

/* Nobody makes what it waits for, which is helped first; or no time keeps the gaps. */
static bool waits_in_vain(const struct asking *a)
{
    const struct day_visit *first = day_first(a->d, &a->d->visits[a->visit]);
    struct span may = day_may_begin(a->d, a->visit);
    return (first && first->carer == NOBODY) || may.from_min > may.to_min;
}

static void reason_json(const struct asking *a)
{
    const struct tour_reason *r = a->r;
    int other = r->other == TOUR_NONE ? NOBODY : a->q->visit[r->other];
    json_object(a->j, NULL);
    json_id(a->j, "order", a->d->visits[a->visit].order.n);
    json_text(a->j, "why", sv_of(tour_why_names[r->why]));
    json_text(a->j, "why_text", say(a->c, why_keys[r->why], skill_text(a->c, r->skill), SV("")));
    json_array(a->j, "repairs");
    if (r->repair != TOUR_REPAIR_NONE && !breaks_gap(a, r->repair, other))
        repair_json(a, r->repair, r->carer, other);
    if (r->swap != TOUR_NONE && r->repair != TOUR_REPAIR_SWAP &&
        !breaks_gap(a, TOUR_REPAIR_SWAP, a->q->visit[r->swap]))
        repair_json(a, TOUR_REPAIR_SWAP, r->swap_carer, a->q->visit[r->swap]);
    json_end(a->j, ']');
    json_end(a->j, '}');
}

static void without_problem(struct ctx *c, struct json *j, const struct day_visit *v,
                            const char *why, const char *key)
{
    json_object(j, NULL);
    json_id(j, "order", v->order.n);
    json_text(j, "why", sv_of(why));
    json_text(j, "why_text", say(c, key, SV(""), SV("")));
    json_array(j, "repairs");
    json_end(j, ']');
    json_end(j, '}');
}

void unassigned_json(struct ctx *c, struct json *j, const char *name,
                     const struct day_problem *q,
                     const struct tour_plan *plan, const int *carer_of)
{
    const struct the_day *d = q->day;
    bool asked = d->carers_n > 0 && q->p.visits_n > 0;
    const struct tour_reason *r = asked ? tour_reasons(c, &q->p, plan) : NULL;
    struct free *f = NEW(&c->mem, struct free, 1);
    json_array(j, name);
    for (int i = 0; asked && i < plan->absent_n; i++) {
        struct asking a = { c, j, d, q, &r[i], q->visit[r[i].visit], carer_of == NULL };
        if ((carer_of ? carer_of[a.visit] : d->visits[a.visit].carer) != NOBODY)
            continue;
        if (d->visits[a.visit].seat == SEAT_SECOND ||
            (d->visits[a.visit].seat == SEAT_FIRST && a.stands && why_two_json(c, j, d, a.visit)))
            continue;                    /* two are told of once */
        if (a.stands && !waits_in_vain(&a) && somebody_free(&a, f))
            free_json(&a, f);
        else
            reason_json(&a);
    }
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        if (v->carer != NOBODY || v->over || v->seat == SEAT_SECOND)
            continue;
        if (v->pinned)
            without_problem(c, j, v, "past", "dispatch.why_past");
        else if (!asked)
            without_problem(c, j, v, "nobody", "dispatch.why_nobody");
    }
    json_end(j, ']');
}
