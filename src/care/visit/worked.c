/* worked.c - how long carers work, visit after visit. */

#include "care/visit/worked.h"

#include "care/carer/way.h"
#include "care/parameter/parameter.h"
#include "care/visit/visit.h"

SQL(visits_worked);

struct seen { int64_t minutes; bool done; enum way_kind way; struct point at; };
struct sums { struct worked *at; size_t n, room; struct point last; int64_t percent, unknown; };

static struct seen seen_of(struct rows *r)
{
    int64_t came = rows_int(r, 4), left = rows_int(r, 5);
    int state = VISIT_PLANNED, travel = TRAVEL_WALK;
    choice_of(visit_states, rows_text(r, 6), &state);
    choice_of(travels, rows_text(r, 7), &travel);
    struct seen s = { .minutes = rows_int(r, 3) - rows_int(r, 2), .done = state == VISIT_DONE,
                      .way = way_of((enum travel)travel),
                      .at = { (int32_t)rows_int(r, 8), (int32_t)rows_int(r, 9) } };
    if (s.done && came && left)
        s.minutes = (left - came) / 60000;
    return s;
}

static int64_t way_minutes(const struct sums *s, const struct seen *v)
{
    if (!point_told(s->last) || !point_told(v->at))
        return s->unknown;
    return (way_straight_s(v->way, s->last, v->at) + 59) / 60;
}

static void add(struct ctx *c, struct sums *s, struct carer_id carer, struct day day,
                const struct seen *v)
{
    struct worked *w = s->n ? &s->at[s->n - 1] : NULL;
    int64_t way = 0;
    if (w && w->carer.n == carer.n && w->day.n == day.n) {
        way = way_minutes(s, v) * s->percent / 100;
    } else {
        s->at = GROW(&c->mem, s->at, s->n, &s->room);
        w = &s->at[s->n++];
        *w = (struct worked){ .carer = carer, .day = day };
    }
    w->visit_min += v->minutes;
    w->way_min += way;
    w->done_visit_min += v->done ? v->minutes : 0;
    w->done_way_min += v->done ? way : 0;
    s->last = v->at;
}

enum err worked_between(struct ctx *c, const struct worked_asked *asked,
                        struct worked **ret_days, size_t *ret_n)
{
    struct sums s = { 0 };
    TRY(parameter_int(c, "dispatch.way_percent", asked->scope, asked->to, &s.percent));
    TRY(parameter_int(c, "dispatch.unknown_way_min", asked->scope, asked->to, &s.unknown));
    struct rows r = db_rows(c, &sql_visits_worked,
                            PARAMS(P_INT("org", asked->org.n), P_INT("from", asked->from.n),
                                   P_INT("to", asked->to.n)));
    while (rows_next(&r)) {
        struct seen v = seen_of(&r);
        add(c, &s, (struct carer_id){ rows_int(&r, 0) }, (struct day){ rows_int(&r, 1) }, &v);
    }
    *ret_days = s.at;
    *ret_n = s.n;
    return rows_end(&r);
}
