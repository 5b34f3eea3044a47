/* vroom_tie.c - beyond VROOM: jobs that are tied to others, by `pair` and `after`. */

#include "plan/tour/form/vroom.h"

#include "plan/tour/link.h"

#include <stdlib.h>

enum { AFTER_MAX = 16 };                 /* entries of one job */

struct name { int64_t id; int32_t job; };

/* Links as they are read, each with where it stands. */
struct reading {
    struct vroom     *r;
    struct name      *names;             /* of jobs, by id; NULL until one is asked for */
    struct tour_link *links;
    struct sv        *paths;
    int               n, jobs;
};

static int by_id(const void *a, const void *b)
{
    const struct name *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

static void names_make(struct reading *t)
{
    t->names = NEW(&t->r->c->mem, struct name, t->jobs);
    for (int i = 0; i < t->jobs; i++)
        t->names[i] = (struct name){ t->r->p->visits[i].id, i };
    qsort(t->names, (size_t)t->jobs, sizeof *t->names, by_id);
}

/* The job that is named. */
static enum err job_read(struct reading *t, const struct node *at, int32_t *ret_job)
{
    struct name asked = { .id = -1 };
    if (at->v->kind != JSON_OBJECT || !json_member(at->v, "job"))
        return vroom_wrong(t->r, at, NULL, "must be an object with the other job's id as `job`");
    TRY(vroom_whole(t->r, at, "job", INT64_MAX, &asked.id));
    if (!t->names)
        names_make(t);
    const struct name *found = bsearch(&asked, t->names, (size_t)t->jobs, sizeof asked, by_id);
    if (!found)
        return vroom_wrong(t->r, at, "job", "there is no job with this id");
    if ((found > t->names && found[-1].id == asked.id) ||
        (found + 1 < t->names + t->jobs && found[1].id == asked.id))
        return vroom_wrong(t->r, at, "job", "several jobs have this id");
    *ret_job = found->job;
    return ERR_NONE;
}

static enum err span_read(struct reading *t, const struct node *at, struct tour_link *l)
{
    TRY(vroom_small(t->r, at, "min", TOUR_TIME_MAX, &l->min));
    l->max = l->pair ? l->min : TOUR_TIME_MAX;
    TRY(vroom_small(t->r, at, "max", TOUR_TIME_MAX, &l->max));
    if (l->max < l->min)
        return vroom_wrong(t->r, at, "max", "must not be below min");
    return ERR_NONE;
}

static enum err link_add(struct reading *t, const struct node *at, struct tour_link l)
{
    struct buf path = buf_new(&t->r->c->mem, 32);
    if (t->n == TOUR_LINKS_MAX)
        return vroom_wrong(t->r, at, NULL, "at most 10,000 pairs and afters in one plan");
    TRY(span_read(t, at, &l));
    vroom_path(&path, at, NULL);
    t->links[t->n] = l;
    t->paths[t->n++] = buf_sv(&path);
    return ERR_NONE;
}

static enum err after_read(struct reading *t, const struct node *at, int job)
{
    struct tour_link l = { .second = job, .ended = true };
    struct sv since = SV("end");
    TRY(job_read(t, at, &l.first));
    TRY(vroom_text(t->r, at, "since", &since));
    if (!sv_is(since, "end") && !sv_is(since, "begin"))
        return vroom_wrong(t->r, at, "since", "must be begin or end");
    l.ended = sv_is(since, "end");
    return link_add(t, at, l);
}

static enum err ties_of(struct reading *t, const struct node *at, int job)
{
    struct node pair = { .up = at, .name = "pair", .v = json_member(at->v, "pair") };
    struct node list = { .up = at, .name = "after", .v = json_member(at->v, "after") };
    struct tour_link l = { .first = job, .pair = true };
    int64_t n = 0;
    if (pair.v) {
        TRY(job_read(t, &pair, &l.second));
        TRY(link_add(t, &pair, l));
    }
    if (list.v && (list.v->kind != JSON_ARRAY || list.v->n > AFTER_MAX))
        return vroom_wrong(t->r, &list, NULL, "must be an array of at most 16 objects");
    for (const struct json_value *v = list.v ? list.v->first : NULL; v; v = v->next) {
        struct node item = vroom_item(&list, n++, v);
        TRY(after_read(t, &item, job));
    }
    return ERR_NONE;
}

enum err vroom_ties(struct vroom *r, const struct node *top)
{
    struct node jobs = { .up = top, .name = "jobs", .v = json_member(top->v, "jobs") };
    struct reading t = { .r = r, .jobs = jobs.v ? (int)jobs.v->n : 0 };
    int at, job = 0;
    t.links = NEW(&r->c->mem, struct tour_link, TOUR_LINKS_MAX);
    t.paths = NEW(&r->c->mem, struct sv, TOUR_LINKS_MAX);
    for (const struct json_value *v = jobs.v ? jobs.v->first : NULL; v; v = v->next) {
        struct node item = vroom_item(&jobs, job, v);
        TRY(ties_of(&t, &item, job++));
    }
    r->p->links = t.links;
    r->p->links_n = t.n;
    enum err e = tour_links_check(r->c, r->p, &at);
    if (e) {                             /* "links[3]: what": say where that stands */
        struct sv what = r->c->fault.log;
        while (what.len && *what.at != ':')
            what = (struct sv){ what.at + 1, what.len - 1 };
        r->c->fault.log = sv_fmt(&r->c->mem, "%.*s%.*s", SV_ARG(t.paths[at]), SV_ARG(what));
    }
    return e;
}
