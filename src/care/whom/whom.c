/* whom.c - is a rule for her on a day? */

#include "care/whom/whom.h"

SQL(whom_residence);

const struct choice whom_whys[] = {
    { "hers", "可享", "hers" },
    { "age", "年龄未到", "too young" },
    { "group", "不在对象范围", "of none of its groups" },
    { "residence", "居住情况不在范围", "not for how she resides" },
    { "waits", "居住时间未满", "has not resided long enough" },
    { 0 },
};

static const uint64_t all_kinds = UINT64_C(1) << RESIDENCE_REGISTERED |
                                  UINT64_C(1) << RESIDENCE_RESIDENT |
                                  UINT64_C(1) << RESIDENCE_FLOATING;

static uint64_t kinds_of(const struct whom *w)
{
    return w->residences.bits ? w->residences.bits & all_kinds : all_kinds;
}

static bool is_for_kind(const struct whom *w, int residence)
{
    return kinds_of(w) >> residence & 1;
}

static bool asks_residence(const struct whom *w)
{
    return kinds_of(w) != all_kinds || w->months > 0;
}

struct set whom_keys(const struct choice *choices, struct sv keys)
{
    struct set found = { 0 };
    struct sv key;
    int index;
    while (sv_cut(&keys, ',', &key))
        if (choice_of(choices, sv_trim(key), &index))
            found.bits |= UINT64_C(1) << index;
    return found;
}

enum whom_why whom_but_residence(const struct whom *w, const struct elder *e, struct day day)
{
    bool old_enough = !w->min_age || (day_known(e->birth) && age_on(e->birth, day) >= w->min_age);
    bool any = w->grade < GRADE_MILD && w->groups.bits == 0;
    bool by_grade = w->grade >= GRADE_MILD && e->grade >= w->grade;
    if (w->nobody)
        return WHOM_GROUP;
    if (!old_enough)
        return WHOM_AGE;
    return any || by_grade || (w->groups.bits & e->flags.bits) ? WHOM_HERS : WHOM_GROUP;
}

/* --- how she resided --- */

struct resided { int kind; struct day since; bool told; };

/* What her own row says: since she moved here, or else since she was registered. */
static struct resided by_column(const struct elder *e)
{
    struct day since = day_known(e->moved_on) ? e->moved_on : day_of(e->row.created_at);
    return (struct resided){ e->residence, since, false };
}

/* On the day, and unbroken since when in kinds the rule is for. */
MUST static enum err residence_on(struct ctx *c, const struct whom *w, const struct elder *e,
                                  struct day day, struct resided *ret_resided)
{
    struct resided at = by_column(e);
    bool unbroken = true;
    int64_t until = day.n;                 /* the piece before must reach so far */
    struct rows r = db_rows(c, &sql_whom_residence,
                            PARAMS(P_INT("elder", e->id.n), P_INT("day", day.n)));
    while (rows_next(&r)) {
        int kind = 0;
        struct day from = { rows_int(&r, 1) };
        unbroken = unbroken && choice_of(residence_kinds, rows_text(&r, 0), &kind) &&
                   rows_int(&r, 2) >= until && (!at.told || is_for_kind(w, kind));
        if (unbroken)
            at = (struct resided){ at.told ? at.kind : kind, from, true };
        until = from.n - 1;
    }
    TRY(rows_end(&r));
    *ret_resided = at;
    return ERR_NONE;
}

enum err whom_judge(struct ctx *c, const struct whom *w, const struct elder *e, struct day day,
                    struct whom_said *ret_said)
{
    struct resided at;
    *ret_said = (struct whom_said){ .why = whom_but_residence(w, e, day), .since = DAY_NONE,
                                    .from = DAY_NONE };
    if (ret_said->why != WHOM_HERS || !asks_residence(w))
        return ERR_NONE;
    TRY(residence_on(c, w, e, day, &at));
    ret_said->residence = at.kind;
    if (!is_for_kind(w, at.kind)) {
        ret_said->why = WHOM_RESIDENCE;
    } else if (at.kind != RESIDENCE_REGISTERED && w->months) {
        ret_said->since = at.since;
        ret_said->from = day_months_on(at.since, w->months);
        ret_said->told = at.told;
        ret_said->why = ret_said->from.n > day.n ? WHOM_WAITS : WHOM_HERS;
    }
    return ERR_NONE;
}
