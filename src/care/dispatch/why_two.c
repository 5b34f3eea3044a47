/* why_two.c - why two do not go together, and what would help. */

#include "care/dispatch/why_two.h"

#include "care/dispatch/day/two.h"

/* Trials of one reason: a day of two hundred carers is not searched to its end for one repair. */
enum { TRIALS_MAX = 3000 };

/* `other` goes if `visit` is given to `taker`; `more`: by how much all ways grow. */
struct giving { int visit, other, taker, more; struct course with, taken; };

struct freeing {
    struct ctx *c;
    const struct the_day *d;
    const struct two_asked *asked;
    struct course first;                 /* of the one who is free */
    int    begin, trials;
    struct giving best, trial;           /* taker NOBODY: there is none */
    struct course taken;
};

static struct sv say(struct ctx *c, const char *key, struct sv arg0, struct sv arg1)
{
    return house_message(c->house, &c->mem, c->lang, key, arg0, arg1);
}

static struct stop half(const struct freeing *f, int nth)
{
    const struct day_visit *v = f->asked->v;
    return (struct stop){ .visit = f->asked->visit[nth], .place = v->place, .minutes = v->minutes,
                          .open_min = f->begin, .close_min = f->begin, .wish_min = f->begin };
}

static bool may(const struct the_day *d, int carer, const struct day_visit *v)
{
    const char *keys[HINDRANCES_MAX];
    return d->carers[carer].parts_n && !day_hindrances(d, &d->carers[carer], v, keys);
}

static int way_now(const struct freeing *f, int carer, struct course *scratch)
{
    course_of(f->d, carer, NOBODY, scratch);
    return course_way(scratch);
}

/* Of those who make the visit within its window the one whose ways grow least. */
static void given_to(struct freeing *f, struct giving *g, int more)
{
    const struct day_visit *v = &f->d->visits[g->visit];
    int at;
    for (int k = 0; k < f->d->carers_n && f->trials < TRIALS_MAX; k++) {
        if (k == g->other || k == f->first.carer || !may(f->d, k, v))
            continue;
        f->trials++;
        int before = way_now(f, k, &f->taken);
        if (!course_take(&f->taken, stop_of(f->d, g->visit), &at))
            continue;
        int sum = more + course_way(&f->taken) - before;
        if (f->best.taker != NOBODY && f->best.more <= sum)
            continue;
        f->best = *g;
        f->best.taker = k;
        f->best.taken = f->taken;
        f->best.more = sum;
    }
}

/* Each of her visits without which she could go. */
static void freed(struct freeing *f, int carer)
{
    struct giving *g = &f->trial;
    int at, before = way_now(f, carer, &g->with);
    g->other = carer;
    for (int i = 0; i < f->d->visits_n && f->trials < TRIALS_MAX; i++) {
        const struct day_visit *v = &f->d->visits[i];
        if (v->carer != carer || v->pinned || v->locked || v->mate != NOBODY)
            continue;
        f->trials++;
        g->visit = i;
        course_of(f->d, carer, i, &g->with);
        if (course_take(&g->with, half(f, 1), &at))
            given_to(f, g, course_way(&g->with) - before);
    }
}

/* The cheapest, as far as the trials go; of two alike the first. */
static bool can_free(struct freeing *f)
{
    f->best.taker = NOBODY;
    for (int k = 0; k < f->d->carers_n; k++)
        if (k != f->first.carer && may(f->d, k, f->asked->v))
            freed(f, k);
    return f->best.taker != NOBODY;
}

/* --- as it is written --- */

static struct sv both(struct ctx *c, const struct the_day *d, int one, int other)
{
    return sv_fmt(&c->mem, "%.*s、%.*s", SV_ARG(d->carers[one].name),
                  SV_ARG(d->carers[other].name));
}

static void head(struct ctx *c, struct json *j, const struct day_visit *v, const char *why,
                 const char *key)
{
    json_object(j, NULL);
    json_id(j, "order", v->order.n);
    json_text(j, "why", sv_of(why));
    json_text(j, "why_text", say(c, key, SV(""), SV("")));
    json_array(j, "repairs");
}

static void repair(struct json *j, const struct the_day *d, const char *kind, struct sv text,
                   const struct changes *all)
{
    json_object(j, NULL);
    json_text(j, "kind", sv_of(kind));
    json_text(j, "text", text);
    changes_json(j, "changes", d, all);
    json_end(j, '}');
}

static void tail(struct json *j)
{
    json_end(j, ']');
    json_end(j, '}');
}

static void free_json(struct ctx *c, struct json *j, const struct the_day *d,
                      const struct day_visit *v, const struct two_found *found)
{
    struct changes *all = NEW(&c->mem, struct changes, 1);
    changes_of(d, &found->course[0], all);
    changes_of(d, &found->course[1], all);
    head(c, j, v, "waiting", "dispatch.why_waiting");
    repair(j, d, "assign",
           say(c, "dispatch.repair_assign_two", both(c, d, found->carer[0], found->carer[1]),
               clock_text(&c->mem, found->begin_min)), all);
    tail(j);
}

static void freed_json(struct json *j, const struct freeing *f)
{
    struct ctx *c = f->c;
    const struct giving *g = &f->best;
    const struct day_visit *given = &f->d->visits[g->visit];
    struct changes *all = NEW(&c->mem, struct changes, 1);
    struct sv what = sv_fmt(&c->mem, "%.*s%.*s", SV_ARG(given->for_name),
                            SV_ARG(given->item_name));
    changes_of(f->d, &f->first, all);
    changes_of(f->d, &g->with, all);
    changes_of(f->d, &g->taken, all);
    repair(j, f->d, "give",
           say(c, "dispatch.repair_move_other", both(c, f->d, f->first.carer, g->other),
               say(c, "dispatch.repair_given_to", what, f->d->carers[g->taker].name)), all);
}

bool why_two_json(struct ctx *c, struct json *j, const struct the_day *d, int visit)
{
    struct two_found *found = NEW(&c->mem, struct two_found, 1);
    struct two_asked asked = two_of(d, visit);
    int n = day_two(c, d, &asked, found);
    if (n >= VISITS_OF_ORDER)
        free_json(c, j, d, &d->visits[visit], found);
    if (n != 1)
        return n >= VISITS_OF_ORDER;
    struct freeing *f = NEW(&c->mem, struct freeing, 1);
    f->c = c;
    f->d = d;
    f->asked = &asked;
    f->first = found->course[0];
    f->begin = found->begin_min;
    head(c, j, &d->visits[visit], "second", "dispatch.one_free");
    if (can_free(f))
        freed_json(j, f);
    tail(j);
    return true;
}
