/* reason.c - why nobody makes a visit: the least that would have to give. */

#include "plan/tour/reason_tie.h"
#include "plan/tour/schedule.h"
#include "plan/tour/search/state.h"

#include <string.h>

const char *const tour_why_names[] = { "skill", "load", "shift", "travel", "crowded",
                                       "hours", "second", "meet", "with" };
const char *const tour_repair_names[] = { "none",     "teach", "widen", "overtime",
                                          "postpone", "swap",  "hire",  "hours" };
_Static_assert(sizeof tour_why_names / sizeof *tour_why_names == TOUR_WHYS, "a name for each");
_Static_assert(sizeof tour_repair_names / sizeof *tour_repair_names == TOUR_REPAIRS,
               "a name for each");

struct asked {
    const struct tour_problem *p;
    const struct tour_problem *pinned;   /* the same with what is tied at its time in the plan */
    const struct tour_plan    *plan;
    int32_t             v;
    int32_t             mate;            /* made with it; TOUR_NONE: nothing */
    int32_t            *codes, *with;    /* of one carer, without and with the visit */
    int                 n;
    bool                too_long;        /* alone only hours stood in the way */
    int64_t             least, least_cost;       /* of what gives, by the repair found so far */
    int64_t             swap_cost;
    struct tour_reason *r;
};

/* --- without any plan --- */

static int32_t missing_skill(const struct tour_carer *k, const struct tour_visit *v, int *ret_n)
{
    int32_t first = TOUR_NONE;
    *ret_n = 0;
    for (int i = -1; (i = tour_lacks(k, v, i + 1)) >= 0; ++*ret_n)
        first = first == TOUR_NONE ? v->skills.at[i] : first;
    return first;
}

/* The carer who lacks least; true when one lacks nothing. */
static bool skilled(struct asked *q)
{
    int least = INT32_MAX;
    for (int k = 0; k < q->p->carers_n; k++) {
        int n;
        int32_t skill = missing_skill(&q->p->carers[k], &q->p->visits[q->v], &n);
        if (n == 0)
            return true;
        if (n < least) {
            least = n;
            q->r->skill = skill;
            q->r->carer = k;
        }
    }
    q->r->why = TOUR_WHY_SKILL;
    q->r->repair = TOUR_REPAIR_TEACH;
    return false;
}

static bool works_then(const struct asked *q, int k)
{
    const struct tour_window shift = q->p->carers[k].shift;
    int32_t from = windows_next(q->p->visits[q->v].windows, shift.open);
    return from <= TOUR_TIME_MAX && from + tour_service(q->p, k, q->v) <= shift.close;
}

static void count_able(const struct asked *q, int *ret_able, int *ret_works)
{
    *ret_able = *ret_works = 0;
    for (int k = 0; k < q->p->carers_n; k++)
        if (tour_able(q->p, k, q->v)) {
            ++*ret_able;
            *ret_works += works_then(q, k);
        }
}

/* --- among the others --- */

static void codes_of(struct asked *q, int k)
{
    const struct tour_carer *c = &q->p->carers[k];
    for (int i = 0; i < q->plan->tours_n; i++)
        if (q->plan->tours[i].carer == k) {
            q->n = tour_codes(&q->plan->tours[i], q->codes);
            return;
        }
    q->n = 0;
    q->codes[q->n++] = STOP_START;
    for (int b = 0; b < c->breaks_n; b++)
        q->codes[q->n++] = STOP_BREAK - b;
    q->codes[q->n++] = STOP_END;
}

/*
 * The codes with the visit before `at`, its mate (if it has one) before `to`, and without what
 * stands at `less` (0: nothing).
 */
static int put_in(const struct asked *q, int at, int to, int less)
{
    int n = 0;
    for (int i = 0; i < q->n; i++) {
        if (i == at)
            q->with[n++] = q->v;
        if (i == to && q->mate != TOUR_NONE)
            q->with[n++] = q->mate;
        if (less == 0 || i != less)
            q->with[n++] = q->codes[i];
    }
    return n;
}

/* The last place for the mate of what stands before `at`. */
static int last_to(const struct asked *q, int at)
{
    return q->mate == TOUR_NONE ? at : q->n - 1;
}

/* What gives, in time; nothing that is one step only is none of the repairs. */
static bool one_gives(const struct tour_trial *t)
{
    return t->late_n + (t->over > 0) + (t->long_by > 0) <= 1;
}

static void note(struct asked *q, int k, const struct tour_trial *t)
{
    int64_t gives = (int64_t)t->late + t->over + t->long_by;
    struct tour_reason *r = q->r;
    if (t->late_n && t->late_at != q->v && tie_of(q->p, t->late_at))
        return;                          /* what is tied cannot just be postponed */
    if (!one_gives(t) || gives > q->least || (gives == q->least && t->cost >= q->least_cost))
        return;
    q->least = gives;
    q->least_cost = t->cost;
    r->carer = k;
    r->by = (int32_t)gives;
    r->other = TOUR_NONE;
    if (t->over > 0) {
        r->repair = TOUR_REPAIR_OVERTIME;
        r->until = q->p->carers[k].shift.close + t->over;
    } else if (t->long_by > 0) {
        r->repair = TOUR_REPAIR_HOURS;
        r->until = (int32_t)(q->p->carers[k].hours.most + t->long_by);
    } else {
        struct tour_windows w = q->p->visits[t->late_n ? t->late_at : q->v].windows;
        bool own = t->late_at == q->v || t->late_at == q->mate || !t->late_n;
        r->repair = own ? TOUR_REPAIR_WIDEN : TOUR_REPAIR_POSTPONE;
        r->other = r->repair == TOUR_REPAIR_POSTPONE ? t->late_at : TOUR_NONE;
        r->until = w.n ? w.at[w.n - 1].close + t->late : t->begin;
    }
}

static void try_inserts(struct asked *q, int k)
{
    for (int at = 1; at < q->n; at++)
        for (int to = at; to <= last_to(q, at); to++) {
            struct tour_trial t;
            if (tour_try(q->p, k, q->with, put_in(q, at, to, 0), q->v, &t))
                note(q, k, &t);
        }
}

static void try_swap(struct asked *q, int k, int less, int at)
{
    int32_t u = q->codes[less];
    for (int to = at; to <= last_to(q, at); to++) {
        struct tour_trial t;
        if (at == less + 1 || !tour_try(q->p, k, q->with, put_in(q, at, to, less), q->v, &t) ||
            !tour_holds(&t))
            continue;
        int64_t worth = t.cost + q->p->visits[u].priority * (int64_t)TOUR_TIME_MAX;
        if (worth >= q->swap_cost)
            continue;
        q->swap_cost = worth;
        q->r->swap = u;
        q->r->swap_carer = k;
    }
}

/* In place of a visit that matters no more. */
static void try_swaps(struct asked *q, int k)
{
    for (int less = 1; less < q->n; less++) {
        int32_t u = q->codes[less];
        if (u < 0 || q->p->visits[u].part != TOUR_ALONE || tie_of(q->p, u) ||
            q->p->visits[u].priority > q->p->visits[q->v].priority)
            continue;
        for (int at = 1; at < q->n; at++)
            try_swap(q, k, less, at);
    }
}

/* Alone, on a day without other visits. */
static bool alone(struct asked *q, int k)
{
    struct tour_plan none = { 0 };
    const struct tour_plan *plan = q->plan;
    bool fits = false;
    q->plan = &none;
    codes_of(q, k);
    q->plan = plan;
    for (int at = 1; at < q->n; at++)
        for (int to = at; to <= last_to(q, at) && !fits; to++) {
            struct tour_trial t;
            if (!tour_try(q->p, k, q->with, put_in(q, at, to, 0), q->v, &t))
                continue;
            fits = tour_holds(&t);
            q->too_long |= t.late_n == 0 && t.over == 0 && t.long_by > 0;
            note(q, k, &t);
        }
    return fits;
}

static void explain(struct asked *q)
{
    int able, works;
    bool fits = false;
    if (!skilled(q))
        return;
    count_able(q, &able, &works);
    q->r->why = able == 0 ? TOUR_WHY_LOAD : works == 0 ? TOUR_WHY_SHIFT : TOUR_WHY_TRAVEL;
    for (int k = 0; k < q->p->carers_n; k++)
        if (tour_able(q->p, k, q->v))
            fits |= alone(q, k);
    if (!fits && q->too_long)
        q->r->why = TOUR_WHY_HOURS;
    if (!fits)
        return;
    q->r->why = TOUR_WHY_CROWDED;
    q->r->repair = TOUR_REPAIR_NONE;
    q->r->carer = TOUR_NONE;
    q->least = INT64_MAX;
    if (tie_explains(q->p, q->plan, q->v, q->r))
        return;
    q->p = q->pinned;
    for (int k = 0; k < q->p->carers_n; k++)
        if (tour_able(q->p, k, q->v)) {
            codes_of(q, k);
            try_inserts(q, k);
            try_swaps(q, k);
        }
    if (q->r->repair != TOUR_REPAIR_NONE)
        return;
    q->r->repair = TOUR_REPAIR_HIRE;
    if (q->r->swap != TOUR_NONE) {
        q->r->repair = TOUR_REPAIR_SWAP;
        q->r->carer = q->r->swap_carer;
        q->r->other = q->r->swap;
    }
}

struct tour_reason *tour_reasons(struct ctx *c, const struct tour_problem *p,
                                 const struct tour_plan *plan)
{
    struct tour_reason *all = NEW(&c->mem, struct tour_reason, plan->absent_n);
    size_t room = (size_t)p->visits_n + 64;
    int32_t *codes = NEW(&c->mem, int32_t, room), *with = NEW(&c->mem, int32_t, room + 2);
    const struct tour_problem *pinned = p->links_n ? tie_pinned(c, p, plan) : p;
    for (int i = 0; i < plan->absent_n; i++) {
        all[i] = (struct tour_reason){ .visit = plan->absent[i], .carer = TOUR_NONE,
                                       .other = TOUR_NONE, .skill = TOUR_NONE,
                                       .swap = TOUR_NONE, .swap_carer = TOUR_NONE };
        const struct tour_visit *v = &p->visits[plan->absent[i]];
        int32_t first = v->part == TOUR_HANDOVER ? v->mate : plan->absent[i];
        struct asked q = { .p = p, .pinned = pinned, .plan = plan, .v = first, .codes = codes,
                           .mate = v->part == TOUR_ALONE ? TOUR_NONE : p->visits[first].mate,
                           .with = with, .least = INT64_MAX, .least_cost = INT64_MAX,
                           .swap_cost = INT64_MAX, .r = &all[i] };
        explain(&q);
    }
    return all;
}

bool tour_why_proves(enum tour_why why)
{
    return why != TOUR_WHY_CROWDED && why != TOUR_WHY_WITH;
}

/* --- in words --- */

static void put_repair(struct buf *out, const struct tour_problem *p, const struct tour_reason *r)
{
    long long carer = r->carer < 0 ? 0 : (long long)p->carers[r->carer].id;
    long long other = r->other < 0 ? 0 : (long long)p->visits[r->other].id;
    switch (r->repair) {
    case TOUR_REPAIR_TEACH:
        buf_fmt(out, "; vehicle %lld would need skill %d", carer, r->skill);
        break;
    case TOUR_REPAIR_WIDEN:
        buf_fmt(out, "; vehicle %lld could if it began by %d, %d later", carer, r->until, r->by);
        break;
    case TOUR_REPAIR_OVERTIME:
        buf_fmt(out, "; vehicle %lld could by working until %d, %d longer", carer, r->until,
                r->by);
        break;
    case TOUR_REPAIR_POSTPONE:
        buf_fmt(out, "; vehicle %lld could if job %lld began by %d, %d later", carer, other,
                r->until, r->by);
        break;
    case TOUR_REPAIR_SWAP:
        buf_fmt(out, "; vehicle %lld could instead of job %lld", carer, other);
        break;
    case TOUR_REPAIR_HOURS:
        buf_fmt(out, "; vehicle %lld could by working %d in all, %d more", carer, r->until, r->by);
        break;
    case TOUR_REPAIR_HIRE:
        buf_text(out, "; one more vehicle with its skills would be needed then");
        break;
    default:
        break;
    }
}

struct sv tour_reason_text(struct arena *mem, const struct tour_problem *p,
                           const struct tour_reason *r)
{
    struct buf out = buf_new(mem, 128);
    static const char *const why[] = { "nobody has all its skills",
                                       "nobody who is able can carry it, or has tasks left",
                                       "nobody who is able works when it may begin",
                                       "nobody who is able is there and back in time",
                                       "others crowd it out",
                                       "nobody who is able may work so long",
                                       "there are no two who have its skills and the other's",
                                       "its windows leave no time that keeps what it is tied to",
                                       "what it is tied to is not made" };
    _Static_assert(sizeof why / sizeof *why == TOUR_WHYS, "words for each");
    buf_text(&out, why[r->why]);
    if (r->why >= TOUR_WHY_SECOND && r->other != TOUR_NONE)
        buf_fmt(&out, ": job %lld", (long long)p->visits[r->other].id);
    put_repair(&out, p, r);
    return buf_sv(&out);
}
