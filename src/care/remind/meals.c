/* meals.c - a meal that closes soon, told to who usually has it and has not ordered. */

#include "care/remind/inside.h"

#include "care/meal/meal.h"
#include "care/message/message.h"
#include "care/parameter/parameter.h"
#include "care/standing/pause.h"

SQL(remind_points);
SQL(remind_diners);

enum { BATCH = 100, MINUTE_MS = 60000 };

/* One sitting of one day at one place; `after` moves on. */
struct closing {
    struct place  place;
    enum sitting  sitting;
    struct day    day;
    struct moment until;
    int64_t       times, after, last;     /* after: the last elder of the batch before */
    size_t        found;
};

MUST static enum err tell_diner(struct ctx *c, const struct closing *k, struct elder_id elder,
                                int64_t scope)
{
    struct civil at = civil_of(k->until);
    bool paused;
    TRY(elder_paused(c, elder, k->day, &paused));
    if (paused)
        return ERR_NONE;
    return message_people(c, &(struct message_new){
        .kind = TELL_MEAL, .elder = elder, .scope = scope, .until = k->until,
        .values = {
            { "sitting", sitting_name(k->sitting, LANG_ZH) },
            { "until", sv_fmt(&c->mem, "今天%02d:%02d", at.hour, at.minute) },
            { "place", sv_runes_head(k->place.name, 12) },
        },
        .once = sv_fmt(&c->mem, "meal.cut_off/%lld/%lld/%s", (long long)elder.n,
                       (long long)k->day.n, sitting_choices[k->sitting].key) });
}

static enum err tell_some(struct ctx *c, void *arg)
{
    struct closing *k = arg;
    struct { int64_t elder, scope; } all[BATCH];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_remind_diners,
                            PARAMS(P_INT("place", k->place.id.n), P_INT("day", k->day.n),
                                   P_TEXT("sitting", sv_of(sitting_choices[k->sitting].key)),
                                   P_INT("after", k->after), P_INT("times", k->times)));
    while (n < BATCH && rows_next(&r)) {
        all[n].elder = rows_int(&r, 0);
        all[n++].scope = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(tell_diner(c, k, (struct elder_id){ all[i].elder }, all[i].scope));
    k->found = n;
    k->last = n ? all[n - 1].elder : k->after;
    return ERR_NONE;
}

MUST static enum err tell_closing(struct ctx *c, struct closing *k)
{
    TRY(parameter_int(c, "remind.meal_times", k->place.row.scope, day_of(c->now), &k->times));
    do {
        TRY(transaction(c, tell_some, k));
        k->after = k->last;
    } while (k->found == BATCH);
    return ERR_NONE;
}

/* Today's and tomorrow's sittings of a place whose cut-off comes within the lead. */
MUST static enum err look_at(struct ctx *c, int64_t place)
{
    struct closing k = { .after = 0 };
    int64_t lead;
    bool found;
    TRY(entity_load(c, &place_entity, place, &k.place, &found));
    if (!found || k.place.state != REVIEW_PUBLISHED)
        return ERR_NONE;
    TRY(parameter_int(c, "remind.meal_minutes", k.place.row.scope, day_of(c->now), &lead));
    for (int ahead = 0; lead > 0 && ahead < 2; ahead++)
        for (int sitting = SITTING_BREAKFAST; sitting < SITTINGS; sitting++) {
            k.day.n = day_of(c->now).n + ahead;
            k.sitting = (enum sitting)sitting;
            k.after = 0;
            TRY(meal_cut_off(c, k.place.row.scope, k.place.id, k.sitting, k.day, &k.until));
            if (k.until.ms > c->now.ms && k.until.ms - c->now.ms <= lead * MINUTE_MS)
                TRY(tell_closing(c, &k));
        }
    return ERR_NONE;
}

enum err remind_meals(struct ctx *c, const struct job *j)
{
    int64_t places[BATCH], after = 0;
    size_t n;
    (void)j;
    do {
        n = 0;
        struct rows r = db_rows(c, &sql_remind_points, PARAMS(P_INT("after", after)));
        while (n < BATCH && rows_next(&r))
            places[n++] = rows_int(&r, 0);
        TRY(rows_end(&r));
        for (size_t i = 0; i < n; i++)
            TRY(look_at(c, places[i]));
        after = n ? places[n - 1] : after;
    } while (n == BATCH);
    return ERR_NONE;
}
