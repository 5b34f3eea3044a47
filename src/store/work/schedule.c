/* schedule.c - jobs that are put in once a period. */

#include "base/json.h"
#include "store/driver.h"
#include "store/work/schedule.h"

#include <assert.h>
#include <string.h>

SQL(schedule_all);
SQL(schedule_first);
SQL(schedule_take);
SQL(schedule_job);

enum { DAY_S = 86400 };

/* One schedule as it stands in the database. */
struct standing { struct sv name; int64_t period; struct moment until; bool busy; };

/* A schedule that is due: the period that has begun last, and when it became due. */
struct due {
    const struct schedule *schedule;
    const struct standing *last;
    int64_t period;
    struct moment until;
};

static void period_of(const struct schedule *s, struct moment now, struct due *ret)
{
    assert(s->every_s > 0);
    if (s->every_s == DAY_S) {
        struct day day = day_of(now);
        day.n -= minute_of(now) < s->at_min;
        ret->period = day.n;
        ret->until = moment_at(day, s->at_min);
    } else {
        ret->period = now.ms / 1000 / s->every_s;
        ret->until.ms = ret->period * s->every_s * 1000;
    }
}

static struct sv input_of(struct ctx *c, const struct due *d)
{
    struct buf b = buf_new(&c->mem, 100);
    struct json j = json_new(&b);
    struct moment since = { d->until.ms - (int64_t)d->schedule->every_s * 1000 };
    json_object(&j, NULL);
    json_moment(&j, "since", d->last ? d->last->until : since);
    json_moment(&j, "until", d->until);
    json_end(&j, '}');
    return buf_sv(&b);
}

static enum err put_in(struct ctx *c, void *what)
{
    const struct due *d = what;
    struct sv name = sv_of(d->schedule->name);
    int64_t n, job;
    struct params p =
        PARAMS(P_TEXT("name", name), P_INT("period", d->period), P_INT("until", d->until.ms),
               P_INT("old", d->last ? d->last->period : 0));
    TRY(db_run(c, d->last ? &sql_schedule_take : &sql_schedule_first, p, &n));
    if (n == 0)
        return ERR_NONE;                                 /* another worker was faster */
    TRY(job_add(c, d->schedule->job, input_of(c, d), &job));
    return db_run(c, &sql_schedule_job, PARAMS(P_INT("job", job), P_TEXT("name", name)), NULL);
}

static const struct standing *standing_of(const struct standing *list, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (sv_is(list[i].name, name))
            return &list[i];
    return NULL;
}

static enum err read_standing(struct ctx *c, struct standing **ret_list, size_t *ret_n)
{
    struct standing *list = NULL;
    size_t n = 0, room = 0;
    struct rows r = db_rows(c, &sql_schedule_all, NO_PARAMS);
    while (rows_next(&r)) {
        list = GROW(&c->mem, list, n, &room);
        list[n++] = (struct standing){ rows_text(&r, 0), rows_int(&r, 1), { rows_int(&r, 2) },
                                       rows_int(&r, 3) != 0 };
    }
    *ret_list = list;
    *ret_n = n;
    return rows_end(&r);
}

enum err schedules_put_in(struct ctx *c, const struct job_table *t)
{
    struct standing *list;
    size_t n;
    if (t->schedules_n == 0)
        return ERR_NONE;
    TRY(read_standing(c, &list, &n));
    for (size_t i = 0; i < t->schedules_n; i++) {
        struct due d = { .schedule = &t->schedules[i] };
        d.last = standing_of(list, n, d.schedule->name);
        period_of(d.schedule, c->now, &d);
        if (!d.last || (d.last->period < d.period && !d.last->busy))
            TRY(store_write(c, put_in, &d));
    }
    return ERR_NONE;
}
