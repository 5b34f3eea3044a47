/* take.c - whose rule, how much is left, taking it and giving it back. */

#include "base/id.h"
#include "care/quota/quota.h"

SQL(quota_rules_on);
SQL(quota_rules_of_plans);
SQL(quota_month);
SQL(quota_take);
SQL(quota_give_back);
SQL(quota_uses_of);

/* The first day of the rule's period in which a day lies. */
static struct day period_of(const struct quota_rule *r, struct day day)
{
    struct civil v = civil_of_day(day);
    if (r->period == QUOTA_WEEK)
        return (struct day){ day.n - (day_weekday(day) - 1) };
    return day_civil(v.year, v.month, 1);
}

/* Times, minutes or fen. */
static int64_t in_units(const struct quota_rule *r)
{
    static const int64_t scale[] = { [QUOTA_TIMES] = 1, [QUOTA_HOURS] = 60, [QUOTA_YUAN] = 100 };
    return r->amount * scale[r->unit];
}

int64_t quota_left(const struct quota *q)
{
    return q->granted + q->carried - q->used;
}

/* --- whose --- */

struct whom quota_whom(const struct quota_rule *r)
{
    return (struct whom){ .grade = r->grade, .groups = r->groups, .residences = r->residences,
                          .months = r->residence_months };
}

MUST static enum err holds_there(struct ctx *c, const struct quota_rule *r, int64_t scope,
                                 bool *ret_holds)
{
    struct division d;
    bool found;
    *ret_holds = true;
    if (!r->division.n)
        return ERR_NONE;
    TRY(entity_load(c, &division_entity, r->division.n, &d, &found));
    *ret_holds = found && division_holds(d.row.scope, scope);
    return ERR_NONE;
}

enum err quota_there(struct ctx *c, int64_t scope, struct day day,
                     struct quota_rule rules[QUOTA_THERE_MAX], size_t *ret_n)
{
    size_t n = 0;
    *ret_n = 0;
    struct rows rows = db_rows(c, &sql_quota_rules_on, PARAMS(P_INT("day", day.n)));
    while (n < QUOTA_THERE_MAX && rows_next(&rows)) {
        record_clear(quota_rule_fields, &rules[n]);
        rows_read(&rows, quota_rule_fields, &rules[n++]);
    }
    TRY(rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        bool holds;
        TRY(holds_there(c, &rules[i], scope, &holds));
        if (holds)
            rules[(*ret_n)++] = rules[i];
    }
    return ERR_NONE;
}

/* Rules are few, elders without grade and group many: those are not asked about. */
static bool may_have_some(const struct elder *e)
{
    return e->grade >= GRADE_MILD || e->flags.bits != 0;
}

/* A package has at most so many items; of several packages the first. */
MUST static enum err package_rules(struct ctx *c, const struct elder *e, struct day day,
                                   struct organisation_id org,
                                   struct quota_state states[QUOTA_RULES_MAX], size_t *ret_n)
{
    *ret_n = 0;
    struct rows rows = db_rows(c, &sql_quota_rules_of_plans,
                               PARAMS(P_INT("elder", e->id.n), P_INT("day", day.n),
                                      P_INT("org", org.n)));
    while (*ret_n < QUOTA_RULES_MAX && rows_next(&rows)) {
        struct quota_rule *r = &states[(*ret_n)++].rule;
        record_clear(quota_rule_fields, r);
        rows_read(&rows, quota_rule_fields, r);
    }
    return rows_end(&rows);
}

static bool is_for(const struct quota_rule *r, const struct catalogue_item *item)
{
    bool may = item->category != CATEGORY_MEAL || r->service_package.n;
    bool kind = r->item.n ? r->item.n == item->id.n : r->categories.bits >> item->category & 1;
    return may && kind;
}

/* Those of her grade or group, whatever they say of how she resides. */
MUST static enum err rules_of_her(struct ctx *c, const struct elder *e, struct day day,
                                  struct quota_rule rules[QUOTA_RULES_MAX], size_t *ret_n)
{
    *ret_n = 0;
    struct rows rows = db_rows(c, &sql_quota_rules_on, PARAMS(P_INT("day", day.n)));
    while (rows_next(&rows)) {
        struct quota_rule r;
        record_clear(quota_rule_fields, &r);
        rows_read(&rows, quota_rule_fields, &r);
        struct whom w = quota_whom(&r);
        if (*ret_n < QUOTA_RULES_MAX && whom_but_residence(&w, e, day) == WHOM_HERS)
            rules[(*ret_n)++] = r;
    }
    return rows_end(&rows);
}

/* What is hers; and of an item asked about why it is withheld, for how she resides. */
struct had {
    struct quota_state *states;
    size_t n;
    const struct catalogue_item *item;     /* NULL: none is asked about */
    struct sv withheld;
};

MUST static enum err rules_on(struct ctx *c, const struct elder *e, struct day day,
                              struct had *had)
{
    struct quota_rule rules[QUOTA_RULES_MAX];
    size_t n;
    TRY(rules_of_her(c, e, day, rules, &n));
    for (size_t i = 0; i < n && had->n < QUOTA_RULES_MAX; i++) {
        struct whom w = quota_whom(&rules[i]);
        struct whom_said said;
        bool holds;
        TRY(holds_there(c, &rules[i], e->row.scope, &holds));
        if (!holds)
            continue;
        TRY(whom_judge(c, &w, e, day, &said));
        if (said.why == WHOM_HERS)
            had->states[had->n++].rule = rules[i];
        else if (had->item && !had->withheld.len && is_for(&rules[i], had->item))
            had->withheld = sv_fmt(&c->mem, "“%.*s”%.*s", SV_ARG(rules[i].name),
                                   SV_ARG(whom_reason(&c->mem, &w, &said, LANG_ZH)));
    }
    return ERR_NONE;
}

MUST static enum err month_find(struct ctx *c, const struct elder *e, const struct quota_rule *r,
                                struct day month, struct quota *ret_quota, bool *ret_found)
{
    record_clear(quota_fields, ret_quota);
    return db_find(c, &sql_quota_month,
                   PARAMS(P_INT("elder", e->id.n), P_INT("quota_rule", r->id.n),
                          P_INT("month", month.n)), quota_fields, ret_quota, ret_found);
}

/* The month's row, or what it would begin with. */
MUST static enum err month_state(struct ctx *c, const struct elder *e, struct quota_state *s,
                                 struct day month)
{
    struct quota last;
    bool found;
    TRY(month_find(c, e, &s->rule, month, &s->quota, &found));
    if (found)
        return ERR_NONE;
    s->quota.elder = e->id;
    s->quota.row.scope = e->row.scope;
    s->quota.quota_rule = s->rule.id;
    s->quota.month = month;
    s->quota.granted = in_units(&s->rule);
    if (!s->rule.carries)
        return ERR_NONE;
    TRY(month_find(c, e, &s->rule, period_of(&s->rule, (struct day){ month.n - 1 }), &last,
                   &found));
    int64_t left = quota_left(&last);
    if (found)                            /* what was carried itself is not carried on */
        s->quota.carried = left < last.granted ? left : last.granted;
    return ERR_NONE;
}

MUST static enum err quota_at(struct ctx *c, const struct elder *e, struct day day,
                              struct organisation_id org, struct had *had)
{
    TRY(package_rules(c, e, day, org, had->states, &had->n));
    if (may_have_some(e))
        TRY(rules_on(c, e, day, had));
    for (size_t i = 0; i < had->n; i++)
        TRY(month_state(c, e, &had->states[i], period_of(&had->states[i].rule, day)));
    return ERR_NONE;
}

enum err quota_of(struct ctx *c, const struct elder *e, struct day day,
                  struct quota_state states[QUOTA_RULES_MAX], size_t *ret_n)
{
    struct had had = { .states = states };
    TRY(quota_at(c, e, day, (struct organisation_id){ 0 }, &had));
    *ret_n = had.n;
    return ERR_NONE;
}

/* --- how much --- */

/* Of `quantity` units of the item: how many the quota reaches, and what that takes from it. */
static void reach(const struct quota_state *s, const struct quota_asked *asked,
                  struct quota_share *share)
{
    int64_t left = quota_left(&s->quota), each = 1, quantity = asked->quantity;
    if (s->rule.service_package.n) {
        share->units = left < quantity ? left : quantity;
        share->over = left < quantity;
        share->fen = quota_package_fen(share, asked->unit_fen, asked->subsidy_fen);
        return;
    }
    if (s->rule.unit == QUOTA_YUAN) {
        int64_t total = quantity * asked->unit_fen;
        share->units = share->fen = left < total ? left : total;
        share->over = left < total;
        return;
    }
    if (s->rule.unit == QUOTA_HOURS)
        each = asked->item->duration_min ? asked->item->duration_min : 60;
    int64_t n = left / each < quantity ? left / each : quantity;
    share->units = n * each;
    share->fen = n * asked->unit_fen;
    share->over = n < quantity;
}

int64_t quota_package_fen(const struct quota_share *share, int64_t unit_fen, int64_t subsidy_fen)
{
    int64_t saved = share->units * (unit_fen - share->state.rule.own_price.fen) - subsidy_fen;
    return saved > 0 ? saved : 0;
}

/* The first of her rules for that kind of service that has something left; else the first. */
enum err quota_share_of(struct ctx *c, const struct quota_asked *asked,
                        struct quota_share *ret_share)
{
    struct quota_state states[QUOTA_RULES_MAX];
    struct had had = { .states = states, .item = asked->item };
    *ret_share = (struct quota_share){ 0 };
    TRY(quota_at(c, asked->elder, asked->day, asked->org, &had));
    for (size_t i = 0; i < had.n; i++) {
        bool has = ret_share->state.rule.id.n && ret_share->units;
        if (has || !is_for(&states[i].rule, asked->item))
            continue;
        *ret_share = (struct quota_share){ .state = states[i] };
        reach(&states[i], asked, ret_share);
    }
    ret_share->withheld = had.withheld;
    return ERR_NONE;
}

/* --- taking --- */

MUST static enum err note_use(struct ctx *c, struct quota_id id, const struct care_order *o,
                              int64_t units)
{
    struct quota_use u;
    record_clear(quota_use_fields, &u);
    u.quota = id;
    u.elder = o->elder;
    u.care_order = o->id;
    u.units = units;
    return entity_create_by_rule(c, &quota_use_entity, &u);
}

enum err quota_take(struct ctx *c, const struct quota_share *share, const struct care_order *o)
{
    struct quota wanted = share->state.quota, row;
    bool found;
    if (share->over && share->state.rule.over == OVER_BLOCK)
        return fail(c, ERR_CONFLICT, "quota.over", "rule %lld allows nothing beyond it",
                    (long long)share->state.rule.id.n);
    if (share->units == 0)
        return ERR_NONE;
    wanted.row.created_at = c->now;
    wanted.used = share->units;
    TRY(id_next(c, c->house->ids, &wanted.id.n));
    record_clear(quota_fields, &row);
    TRY(db_find(c, &sql_quota_take, RECORD_PARAMS(quota_fields, &wanted), quota_fields, &row,
                &found));
    if (!found)
        return fail(c, ERR_CONFLICT, "quota.gone", "quota of elder %lld has less left",
                    (long long)o->elder.n);
    return note_use(c, row.id, o, share->units);
}

enum err quota_give_back(struct ctx *c, const struct care_order *o)
{
    int64_t id = 0, units = 0, changed;
    if (!o->elder.n)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_quota_uses_of, PARAMS(P_INT("care_order", o->id.n)));
    if (rows_next(&r)) {
        id = rows_int(&r, 0);
        units = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    if (id == 0)
        return ERR_NONE;
    TRY(db_run(c, &sql_quota_give_back, PARAMS(P_INT("id", id), P_INT("units", units)), &changed));
    if (changed != 1)
        return fail(c, ERR_BROKEN, "house.broken", "quota %lld has less used", (long long)id);
    return note_use(c, (struct quota_id){ id }, o, -units);
}
