/* figure.c - indicators asked, judged and put in order. */

#include "care/figure/figure.h"

#include "care/organisation/organisation.h"
#include "care/parameter/parameter.h"
#include "model/house.h"

#include <stdlib.h>
#include <string.h>

const struct choice figure_states[] = {
    { "good", "正常", "good" },
    { "watch", "关注", "watch" },
    { "bad", "告急", "bad" },
    { 0 },
};

static const struct field part_fields[] = {
    FIELD(struct figure_part, key, .zh = "键", .en = "Key"),
    FIELD(struct figure_part, name, .zh = "名称", .en = "Name"),
    FIELD(struct figure_part, value, .zh = "数值", .en = "Value"),
    FIELD(struct figure_part, list, .zh = "明细", .en = "The rows behind it"),
    { 0 },
};

const struct field figure_fields[] = {
    FIELD(struct figure, key, .zh = "键", .en = "Key"),
    FIELD(struct figure, name, .zh = "指标", .en = "Figure"),
    FIELD(struct figure, definition, .zh = "口径", .en = "Definition"),
    FIELD(struct figure, unit, .zh = "单位", .en = "Unit"),
    FIELD(struct figure, value, .zh = "数值", .en = "Value"),
    FIELD(struct figure, text, .zh = "显示", .en = "As shown"),
    FIELD(struct figure, whole, .zh = "分母", .en = "Of how many"),
    FIELD(struct figure, compare, .zh = "对比", .en = "Compared"),
    CHOICE(struct figure, state, figure_states, .zh = "状态", .en = "State"),
    FIELD(struct figure, as_of, .zh = "计算于", .en = "Worked out at"),
    FIELD(struct figure, list, .zh = "明细", .en = "The rows behind it"),
    LIST(struct figure, parts, struct figure_part, part_fields, .zh = "其中", .en = "Parts"),
    { 0 },
};

enum { COLUMNS_MAX = FIGURE_COLUMNS_MAX, WEEK_DAYS = 7, MONTH_DAYS = 30 };

SQL(figure_meal_items);

/* What one answer is made for. */
struct asking {
    struct scope_range ranges[WHO_RANGES_MAX];
    size_t ranges_n;
    bool narrowed; /* to a division: links say so */
    int64_t scope; /* whose parameters count */
    struct figure_when when;
};

/* --- where and when --- */

static enum err house_wide(struct ctx *c, struct asking *a)
{
    if (c->who == &who_house) {
        a->ranges[a->ranges_n++] = division_range(0);
    } else {
        for (size_t i = 0; c->who && i < c->who->ranges_n; i++)
            a->ranges[a->ranges_n++] = c->who->ranges[i];
    }
    if (a->ranges_n == 0)
        return fail(c, ERR_FORBIDDEN, "figure.no_area", "the caller has no area");
    a->scope = a->ranges_n == 1 ? a->ranges[0].low : 0;
    return ERR_NONE;
}

/* What the division and the caller's area have in common. */
static enum err narrow(struct ctx *c, int64_t division, struct asking *a)
{
    struct division d;
    bool found;
    size_t n = 0;
    if (!division)
        return ERR_NONE;
    TRY(entity_load(c, &division_entity, division, &d, &found));
    struct scope_range in = division_range(found ? d.row.scope : 0);
    for (size_t i = 0; found && i < a->ranges_n; i++) {
        struct scope_range r = a->ranges[i];
        r.low = r.low > in.low ? r.low : in.low;
        r.high = r.high < in.high ? r.high : in.high;
        if (r.low <= r.high)
            a->ranges[n++] = r;
    }
    if (n == 0)
        return fail(c, ERR_MISSING, "figure.outside", "division %lld is not the caller's",
                    (long long)division);
    a->ranges_n = n;
    a->narrowed = true;
    a->scope = d.row.scope;
    return ERR_NONE;
}

enum err figure_area_of(struct ctx *c, int64_t division, struct figure_area *ret_area)
{
    struct asking a = { .when.today = day_of(c->now) };
    TRY(house_wide(c, &a));
    TRY(narrow(c, division, &a));
    ret_area->n = a.ranges_n;
    ret_area->narrowed = a.narrowed;
    memcpy(ret_area->range, a.ranges, sizeof ret_area->range);
    return ERR_NONE;
}

/* An office that has no meals yet asks for item 0, which is none. */
MUST static enum err meal_items(struct ctx *c, struct sv *ret_items)
{
    struct buf b = buf_new(&c->mem, 64);
    struct rows r = db_rows(c, &sql_figure_meal_items, NO_PARAMS);
    while (rows_next(&r)) {
        buf_text(&b, b.len ? "," : "");
        buf_int(&b, rows_int(&r, 0));
    }
    *ret_items = buf_sv(&b);
    return rows_end(&r);
}

enum err figure_when_of(struct ctx *c, int64_t scope, struct figure_when *w)
{
    int64_t grace, hours, days, near;
    *w = (struct figure_when){ .today = day_of(c->now), .minute = minute_of(c->now) };
    TRY(parameter_int(c, "figure.overdue_grace_min", scope, w->today, &grace));
    TRY(parameter_int(c, "figure.waiting_hours", scope, w->today, &hours));
    TRY(parameter_int(c, "figure.papers_days", scope, w->today, &days));
    TRY(parameter_int(c, "figure.near_days", scope, w->today, &near));
    w->late = w->minute > grace ? w->minute - grace : 0;
    w->soon = w->today.n + days;
    w->near = w->today.n + near;
    w->waiting.ms = c->now.ms - hours * 3600000;
    return meal_items(c, &w->meal_items);
}

static bool for_org(const struct ctx *c)
{
    return c->who && c->who->org && roles[c->who->role].sees == SEES_ORG;
}

static enum err asking_make(struct ctx *c, int64_t division, struct asking *a)
{
    struct organisation o;
    bool found = false;
    *a = (struct asking){ 0 };
    if (for_org(c)) {
        TRY(entity_load(c, &organisation_entity, c->who->org, &o, &found));
        a->scope = found ? o.row.scope : 0;
        return figure_when_of(c, a->scope, &a->when);
    }
    TRY(house_wide(c, a));
    TRY(narrow(c, division, a));
    return figure_when_of(c, a->scope, &a->when);
}

/* --- the query --- */

enum err figure_ask(struct ctx *c, const struct indicator *k, const struct figure_when *w,
                    struct scope_range in, int64_t *sums)
{
    struct rows r = db_rows(c, k->sql,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("today", w->today.n), P_INT("yesterday", w->today.n - 1),
                                   P_INT("minute", w->minute), P_INT("late", w->late),
                                   P_INT("soon", w->soon), P_INT("near", w->near),
                                   P_INT("waiting", w->waiting.ms), P_INT("bit", k->bit)));
    if (rows_next(&r))
        for (int i = 0; i < r.columns && i < COLUMNS_MAX; i++)
            sums[i] += rows_int(&r, i);
    return rows_end(&r);
}

MUST static enum err count_list(struct ctx *c, const struct indicator *k, const struct asking *a,
                                const char *list, int64_t *ret_n)
{
    const struct entity *e = house_entity(c->house, sv_of(k->entity));
    struct buf text = buf_new(&c->mem, 96);
    struct query q;
    if (!e || !who_may(c, e->reads))
        return ERR_NONE;
    if (!figure_list(&text, &a->when, list))
        return fail(c, ERR_BROKEN, "broken", "indicator %s: unknown word in a list", k->key);
    TRY(query_read(c, e, buf_sv(&text), &q));
    return entity_count(c, e, &q, LIST_TOTAL_MAX, ret_n);
}

static enum err ask_org(struct ctx *c, const struct indicator *k, const struct asking *a,
                        int64_t *sums)
{
    TRY(count_list(c, k, a, k->list, &sums[0]));
    for (int i = 0; k->parts[i].key; i++)
        TRY(count_list(c, k, a, k->parts[i].list, &sums[1 + i]));
    return ERR_NONE;
}

static enum err ask(struct ctx *c, const struct indicator *k, const struct asking *a, int64_t *sums)
{
    memset(sums, 0, COLUMNS_MAX * sizeof *sums);
    if (k->of_org)
        return ask_org(c, k, a, sums);
    for (size_t i = 0; i < a->ranges_n; i++)
        TRY(figure_ask(c, k, &a->when, a->ranges[i], sums));
    return ERR_NONE;
}

/* --- as it is shown --- */

static int64_t tenths_of(const struct indicator *k, const int64_t *sums)
{
    return sums[0] * (k->per ? k->per : 100) * 10 / sums[1];
}

double figure_value(const struct indicator *k, const int64_t *sums)
{
    if (!k->share)
        return (double)sums[0];
    return sums[1] ? (double)tenths_of(k, sums) / 10 : 0;
}

/* Rounded down: 99.96 % is not all of them. */
struct sv figure_text(struct arena *mem, const struct indicator *k, const int64_t *sums)
{
    struct buf b = buf_new(mem, 16);
    if (!k->share) {
        buf_int(&b, sums[0]);
    } else if (sums[1] == 0) {
        buf_text(&b, "—");
    } else {
        int64_t n = tenths_of(k, sums);
        buf_fmt(&b, "%lld.%lld%s", (long long)(n / 10), (long long)(n % 10), k->per ? "" : "%");
    }
    return buf_sv(&b);
}

/* The name in braces as the list's filter writes it. */
static bool put_named(struct buf *b, const struct figure_when *w, struct sv name)
{
    struct buf at = buf_new(b->mem, 32);
    if (sv_is(name, "today"))
        buf_day(b, w->today);
    else if (sv_is(name, "yesterday"))
        buf_day(b, (struct day){ w->today.n - 1 });
    else if (sv_is(name, "before_yesterday"))
        buf_day(b, (struct day){ w->today.n - 2 });
    else if (sv_is(name, "soon"))
        buf_day(b, (struct day){ w->soon });
    else if (sv_is(name, "near"))
        buf_day(b, (struct day){ w->near });
    else if (sv_is(name, "month_ago"))
        buf_day(b, (struct day){ w->today.n - MONTH_DAYS });
    else if (sv_is(name, "meal_items"))
        buf_put(b, w->meal_items.len ? w->meal_items : SV("0"));
    else if (sv_is(name, "late"))
        buf_int(b, w->late);
    else if (sv_is(name, "minute"))
        buf_int(b, w->minute);
    else if (!sv_is(name, "waiting"))
        return false;
    else
        buf_moment(&at, w->waiting);
    for (size_t i = 0; i < at.len; i++)
        buf_text(b, at.at[i] == '+' ? "%2B" : (char[]){ at.at[i], 0 });
    return true;
}

bool figure_list(struct buf *b, const struct figure_when *w, const char *list)
{
    struct sv rest = sv_of(list), part;
    while (sv_cut(&rest, '{', &part)) {
        buf_put(b, part);
        if (sv_cut(&rest, '}', &part) && !put_named(b, w, part))
            return false;
    }
    return true;
}

/* "/api/visit?day=2026-11-21&…", "" when the caller may not read the entity. */
static struct sv link_of(struct ctx *c, const struct indicator *k, const struct asking *a,
                         const char *list)
{
    struct sv rest = sv_of(list ? list : ""), name = sv_of(k->entity), other;
    if (sv_find(rest, SV("?")) >= 0 && sv_cut(&rest, '?', &other))
        name = other;
    const struct entity *e = house_entity(c->house, name);
    struct buf b = buf_new(&c->mem, 128);
    if (!list || !e || !who_may(c, e->reads))
        return SV("");
    buf_fmt(&b, "/api/%s?", e->name);
    if (!figure_list(&b, &a->when, sv_text(&c->mem, rest)))
        return SV("");
    for (size_t i = 0; a->narrowed && i < 1; i++)
        buf_fmt(&b, "&scope.from=%lld&scope.to=%lld", (long long)a->ranges[i].low,
                (long long)a->ranges[i].high);
    return buf_sv(&b);
}

static struct list parts_of(struct ctx *c, const struct indicator *k, const struct asking *a,
                            const int64_t *sums)
{
    struct figure_part *parts = NEW(&c->mem, struct figure_part, FIGURE_PARTS_MAX);
    size_t n = 0;
    for (const struct indicator_part *p = k->parts; p->key; p++, n++)
        parts[n] = (struct figure_part){
            .key = sv_of(p->key),
            .name = sv_of(c->lang == LANG_EN ? p->en : p->zh),
            .value = sums[n + (k->share ? 2 : 1)],
            .list = link_of(c, k, a, p->list),
        };
    return (struct list){ parts, n };
}

/* --- how it stands --- */

enum err figure_judge(struct ctx *c, const struct indicator *k, int64_t scope, struct day day,
                      const int64_t *sums, int *ret_state)
{
    const char *const limits[] = { k->watch, k->bad };
    *ret_state = FIGURE_GOOD;
    if (k->share && sums[1] == 0)
        return ERR_NONE;
    for (int i = 0; i < 2; i++) {
        int64_t limit;
        if (!limits[i])
            continue;
        TRY(parameter_int(c, limits[i], scope, day, &limit));
        int64_t per = k->per ? k->per : 100;
        bool past = k->share ? sums[0] * per <= limit * sums[1] : sums[k->judged] >= limit;
        if (past)
            *ret_state = i == 0 ? FIGURE_WATCH : FIGURE_BAD;
    }
    return ERR_NONE;
}

static enum err compare(struct ctx *c, const struct indicator *k, const struct asking *a,
                        struct sv *ret_text)
{
    struct asking before = *a;
    int64_t sums[COLUMNS_MAX];
    before.when.today.n -= WEEK_DAYS;
    TRY(ask(c, k, &before, sums));
    struct sv value = figure_text(&c->mem, k, sums);
    *ret_text =
        sv_fmt(&c->mem, c->lang == LANG_EN ? "a week before %.*s" : "一周前 %.*s", SV_ARG(value));
    return ERR_NONE;
}

static enum err figure_make(struct ctx *c, const struct indicator *k, const struct asking *a,
                            struct figure *f)
{
    bool en = c->lang == LANG_EN;
    int64_t sums[COLUMNS_MAX];
    TRY(ask(c, k, a, sums));
    *f = (struct figure){
        .key = sv_of(k->key),
        .name = sv_of(en ? k->en : k->zh),
        .unit = sv_of(en ? k->unit_en : k->unit_zh),
        .value = figure_value(k, sums),
        .text = figure_text(&c->mem, k, sums),
        .whole = { k->share, sums[1] },
        .list = link_of(c, k, a, k->list),
        .parts = parts_of(c, k, a, sums),
        .today = k->by_division,
    };
    TRY(figure_definition(c, k, a->scope, a->when.today, &f->definition));
    if (k->by_day)
        TRY(compare(c, k, a, &f->compare));
    if (k->as_of)
        TRY(db_int(c, k->as_of, NO_PARAMS, &f->as_of.ms));
    return figure_judge(c, k, a->scope, a->when.today, sums, &f->state);
}

/*
 * Worst first; among equals what somebody waits for today, then the order of the tables: a share
 * of homes near a station is bad for years, an unanswered request for hours.
 */
static int rank_of(const struct figure *f)
{
    return f->state * 2 + f->today;
}

static void put_in_order(struct figure *f, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && rank_of(&f[k - 1]) < rank_of(&f[k]); k--) {
            struct figure moved = f[k];
            f[k] = f[k - 1];
            f[k - 1] = moved;
        }
}

enum err figures_of(struct ctx *c, int64_t division, struct sv about, struct list *ret_figures)
{
    struct asking a;
    struct figure *made = NULL;
    size_t n = 0, room = 0;
    TRY(asking_make(c, division, &a));
    for (const struct module *const *m = c->house->modules; *m; m++) {
        for (const struct indicator *k = (*m)->indicators; k && k->key; k++) {
            if (k->of_org != for_org(c) || (about.len && !sv_is(about, k->entity)))
                continue;
            made = GROW(&c->mem, made, n, &room);
            TRY(figure_make(c, k, &a, &made[n++]));
        }
    }
    put_in_order(made, n);
    *ret_figures = (struct list){ made, n };
    return ERR_NONE;
}
