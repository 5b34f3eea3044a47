/* begin.c - signing up: is it open, is it for her, who serves it, on which days. */

#include "care/package/plan.h"

#include "base/json.h"
#include "care/order/placing.h"
#include "care/parameter/parameter.h"
#include "care/standing/begin.h"
#include "care/standing/pause.h"

SQL(plan_offer);
SQL(plan_same);
SQL(plan_standings);

const struct field plan_new_fields[] = {
    LINK(struct plan_new, service_package, "service_package", .required = true, .zh = "服务包",
         .en = "Package"),
    LINK(struct plan_new, elder, "elder", .required = true, .zh = "老年人", .en = "Elder"),
    LINK(struct plan_new, org, "organisation", .zh = "服务机构",
         .en = "Who serves it; not asked for when the package is an organisation's"),
    FIELD(struct plan_new, from_day, .required = true, .zh = "从哪天起", .en = "First day"),
    FIELD(struct plan_new, lines, .zh = "每周的日子", .en = "Days of what comes every week",
          .hint_zh = "每项 { package_item, weekdays, start_min }",
          .hint_en = "each { package_item, weekdays, start_min }"),
    CHOICE(struct plan_new, pay_way, pay_way_choices, .zh = "自付部分付款方式",
           .en = "Own part paid how"),
    CHOICE(struct plan_new, channel, channel_choices, .zh = "渠道", .en = "Channel"),
    CHOICE(struct plan_new, consent_way, consent_ways, .zh = "老人怎样同意的（工作人员登记时）",
           .en = "How she agreed, when staff write it down"),
    { 0 },
};

struct line_asked { struct package_item_id package_item; struct set weekdays; int64_t start_min; };
static const struct field line_asked_fields[] = {
    LINK(struct line_asked, package_item, "package_item", .required = true, .zh = "服务包内容",
         .en = "Item of the package"),
    SET(struct line_asked, weekdays, weekday_choices, .required = true, .zh = "每周哪几天",
        .en = "Weekdays"),
    FIELD(struct line_asked, start_min, .low = 0, .high = 1439, .required = true, .zh = "几点",
          .en = "Start, minute of the day"),
    { 0 },
};

struct signing {
    struct service_package of;
    struct elder elder;
    struct organisation_id org;
    struct package_item items[PACKAGE_ITEMS_MAX];
    struct package_line lines[PACKAGE_ITEMS_MAX];
    struct line_asked asked[PACKAGE_ITEMS_MAX];
    size_t items_n, asked_n;
    struct day until;
};

/* --- what is asked --- */

MUST static enum err lines_read(struct ctx *c, struct sv text, struct signing *s)
{
    const struct json_value *tree = NULL;
    if (text.len)
        TRY(json_parse(c, text, &tree));
    for (const struct json_value *one = tree && tree->kind == JSON_ARRAY ? tree->first : NULL;
         one && s->asked_n < PACKAGE_ITEMS_MAX; one = one->next) {
        struct line_asked *l = &s->asked[s->asked_n++];
        record_clear(line_asked_fields, l);
        TRY(json_read(c, one, line_asked_fields, true, l, NULL));
    }
    return ERR_NONE;
}

static const struct line_asked *asked_for(const struct signing *s, struct package_item_id id)
{
    for (size_t i = 0; i < s->asked_n; i++)
        if (s->asked[i].package_item.n == id.n)
            return &s->asked[i];
    return NULL;
}

static int days_of(struct set days)
{
    int n = 0;
    for (int i = 0; i < 7; i++)
        n += (int)(days.bits >> i & 1);
    return n;
}

/* --- what fits --- */

MUST static enum err check_open(struct ctx *c, const struct plan_new *n, const struct signing *s,
                                bool found)
{
    const struct service_package *p = &s->of;
    struct whom w = package_whom(p);
    struct whom_said said;
    bool open = found && p->state == REVIEW_PUBLISHED && p->valid_from.n <= n->from_day.n &&
                (!day_known(p->valid_to) || p->valid_to.n >= n->from_day.n);
    bool here = p->org.n || division_holds(p->row.scope, s->elder.row.scope);
    TRY(whom_judge(c, &w, &s->elder, n->from_day, &said));
    if (!open || !here)
        fail_field(c, SV("service_package"), "package.closed");
    else if (said.why != WHOM_HERS)
        fail_field_args(c, SV("elder"), "package.not_for", whom_words(&c->mem, &w, c->lang),
                        whom_reason(&c->mem, &w, &said, c->lang));
    if (n->from_day.n < day_of(c->now).n)
        fail_field(c, SV("from_day"), "package.from_past");
    return ERR_NONE;
}

MUST static enum err refuse_twice(struct ctx *c, const struct plan_new *n, const struct signing *s)
{
    int64_t same;
    TRY(db_int(c, &sql_plan_same,
               PARAMS(P_INT("elder", n->elder.n), P_INT("from_day", n->from_day.n),
                      P_INT("until_day", s->until.n), P_TEXT("name", s->of.name)), &same));
    if (same)
        fail_field(c, SV("service_package"), "package.twice");
    return fail_fields(c);
}

enum err plan_offer(struct ctx *c, struct organisation_id org, struct catalogue_item_id item,
                    struct offer *ret_offer)
{
    bool found;
    record_clear(offer_fields, ret_offer);
    return db_find(c, &sql_plan_offer, PARAMS(P_INT("org", org.n), P_INT("item", item.n)),
                   offer_fields, ret_offer, &found);
}

static bool has_slots(const struct offer *o, const struct line_asked *a)
{
    struct week week;
    struct week_slot slots[WEEK_SLOTS_MAX];
    if (!week_parse(o->week, &week))
        return false;
    for (int day = 1; day <= 7; day++) {
        bool has = !(a->weekdays.bits >> (day - 1) & 1);
        size_t n = week_slots(&week, day, false, slots);
        for (size_t i = 0; i < n && !has; i++)
            has = slots[i].start_min == a->start_min;
        if (!has)
            return false;
    }
    return true;
}

/* What comes every week needs its days; what comes a month is ordered when she likes. */
MUST static enum err fit_line(struct ctx *c, struct signing *s, size_t i)
{
    const struct package_item *of = &s->items[i];
    struct package_line *l = &s->lines[i];
    struct catalogue_item item;
    struct offer offer;
    bool found;
    TRY(entity_load(c, &catalogue_item_entity, of->item.n, &item, &found));
    TRY(plan_offer(c, s->org, of->item, &offer));
    record_clear(package_line_fields, l);
    l->package_item = of->id;
    l->item = of->item;
    l->offer = offer.id;
    if (!offer.id.n)
        fail_field_args(c, SV("org"), "package.not_offered", item.plain_name, SV(""));
    if (of->period != QUOTA_WEEK || !offer.id.n)
        return ERR_NONE;
    const struct line_asked *a = asked_for(s, of->id);
    if (!a || days_of(a->weekdays) != of->times)
        fail_field_args(c, SV("lines"), "package.days", item.plain_name,
                        sv_fmt(&c->mem, "%lld", (long long)of->times));
    else if (!has_slots(&offer, a))
        fail_field_args(c, SV("lines"), "package.no_slot", item.plain_name, SV(""));
    l->weekdays = a ? a->weekdays : (struct set){ 0 };
    l->start_min = a ? a->start_min : 0;
    return ERR_NONE;
}

/* --- one after the other --- */

static size_t item_at(const struct signing *s, struct catalogue_item_id item)
{
    size_t i = 0;
    while (i < s->items_n && s->items[i].item.n != item.n)
        i++;
    return i;
}

/* On a day of both the times chosen let the gap be kept, as far as the board may move each. */
MUST static enum err fit_after(struct ctx *c, const struct signing *s, size_t i)
{
    const struct package_line *l = &s->lines[i], *first;
    struct after after = AFTER_OF(&s->items[i]);
    size_t before = item_at(s, after.item);
    struct catalogue_item item, its;
    int64_t early, late;
    struct sv gap;
    bool found;
    if (!after.item.n || before == s->items_n || before == i)
        return ERR_NONE;
    first = &s->lines[before];
    if (!(first->weekdays.bits & l->weekdays.bits))
        return ERR_NONE;
    TRY(entity_load(c, &catalogue_item_entity, l->item.n, &item, &found));
    TRY(entity_load(c, &catalogue_item_entity, first->item.n, &its, &found));
    TRY(parameter_int(c, "dispatch.early_min", s->elder.row.scope, day_of(c->now), &early));
    TRY(parameter_int(c, "dispatch.late_min", s->elder.row.scope, day_of(c->now), &late));
    TRY(after_text(c, &after, &gap));
    int64_t end = placing_end(&its, first->start_min, first->start_min);
    if (first->start_min >= l->start_min || !after_fits(&after, end, l->start_min, early + late))
        fail_field_args(c, SV("lines"), "package.gap", item.plain_name, gap);
    return ERR_NONE;
}

MUST static enum err prepare(struct ctx *c, const struct plan_new *n, struct signing *s)
{
    bool found;
    TRY(pause_elder(c, n->elder, &s->elder));
    TRY(entity_load(c, &service_package_entity, n->service_package.n, &s->of, &found));
    TRY(lines_read(c, n->lines.json, s));
    TRY(check_open(c, n, s, found));
    s->org = s->of.org.n ? s->of.org : n->org;
    if (!s->org.n)
        fail_field(c, SV("org"), "package.not_here");
    TRY(fail_fields(c));
    s->until = plan_until(n->from_day, s->of.months);
    TRY(refuse_twice(c, n, s));
    TRY(package_items(c, s->of.id, s->items, &s->items_n));
    for (size_t i = 0; i < s->items_n; i++)
        TRY(fit_line(c, s, i));
    for (size_t i = 0; i < s->items_n; i++)
        TRY(fit_after(c, s, i));
    return fail_fields(c);
}

/* --- storing --- */

static void fill(struct ctx *c, const struct plan_new *n, const struct signing *s,
                 struct package_plan *p)
{
    bool staff = who_may(c, MAY_PLACE_ORDERS);
    record_clear(package_plan_fields, p);
    p->row.scope = s->elder.row.scope;
    p->elder = n->elder;
    p->service_package = s->of.id;
    p->org = s->org;
    p->from_day = n->from_day;
    p->until_day = s->until;
    p->account = staff ? (struct account_id){ 0 } : review_me(c);
    p->placed_by = staff ? review_me(c) : (struct account_id){ 0 };
    p->channel = staff ? (n->channel ? n->channel : CHANNEL_PHONE) : CHANNEL_WEB;
    p->pay_way = n->pay_way;
    p->consent_way = n->consent_way;
    p->heard_by = p->placed_by;
}

/* Who serves it and has heard her has agreed already; others wait for it. */
MUST static enum err accept_own(struct ctx *c, struct package_plan *p)
{
    bool own = (c->who->org && c->who->org == p->org.n) || c->who == &who_house;
    struct plan_accept in = { p->consent_way };
    if (!own)
        return ERR_NONE;
    return entity_act_by_rule(c, &package_plan_entity, p->id.n, p->row.version, SV("accept"), &in,
                              p);
}

enum err plan_begin(struct ctx *c, const struct plan_new *n, struct package_plan *ret_plan)
{
    struct signing *s = NEW(&c->mem, struct signing, 1);
    if (!who_may(c, MAY_BE_CITIZEN))
        TRY(who_need(c, MAY_PLACE_ORDERS));
    TRY(prepare(c, n, s));
    fill(c, n, s, ret_plan);
    TRY(entity_create_by_rule(c, &package_plan_entity, ret_plan));
    for (size_t i = 0; i < s->items_n; i++) {
        s->lines[i].plan = ret_plan->id;
        s->lines[i].row.scope = ret_plan->row.scope;
        TRY(entity_create_under(c, &package_line_entity, &s->lines[i]));
    }
    return accept_own(c, ret_plan);
}

/* --- its standing orders --- */

/* From tomorrow on when it was accepted late: today's hour may have passed. */
MUST static enum err start_line(struct ctx *c, const struct package_plan *p,
                                const struct package_line *l)
{
    struct standing made;
    struct package_item of;
    bool found;
    TRY(entity_load(c, &package_item_entity, l->package_item.n, &of, &found));
    struct day tomorrow = { day_of(c->now).n + 1 };
    struct standing_new n = {
        .offer = l->offer, .elder = p->elder, .weekdays = l->weekdays, .start_min = l->start_min,
        .quantity = 1, .until_day = p->until_day, .pay_way = p->pay_way, .plan = p->id,
        .from_day = p->from_day.n > tomorrow.n ? p->from_day : tomorrow,
        .account = p->account, .placed_by = p->placed_by, .channel = p->channel,
        .after_item = of.after_item, .gap_least_min = of.gap_least_min,
        .gap_most_min = of.gap_most_min,
    };
    if (n.from_day.n > n.until_day.n)
        return ERR_NONE;
    return standing_begin(c, &n, &made);
}

MUST static enum err start_all(struct ctx *c, const struct package_plan *p)
{
    struct package_line lines[PACKAGE_ITEMS_MAX];
    size_t n;
    TRY(plan_lines(c, p->id, lines, &n));
    for (size_t i = 0; i < n; i++)
        if (lines[i].weekdays.bits)
            TRY(start_line(c, p, &lines[i]));
    return ERR_NONE;
}

enum err plan_start(struct ctx *c, const struct package_plan *p)
{
    const struct who *caller = c->who;
    c->who = &who_house;
    enum err e = start_all(c, p);
    c->who = caller;
    return e;
}

/* One step of each of its rules (that end on `until`, if given), whoever may take it. */
struct step_of { const char *action; const void *input; struct day until; };

MUST static enum err step_one(struct ctx *c, int64_t id, const struct step_of *step)
{
    struct standing s;
    bool found;
    TRY(entity_load(c, &standing_entity, id, &s, &found));
    if (!found || (day_known(step->until) && s.until_day.n != step->until.n))
        return ERR_NONE;
    return entity_act_by_rule(c, &standing_entity, id, s.row.version, sv_of(step->action),
                              step->input, &s);
}

enum { RULES_MAX = 2 * PACKAGE_ITEMS_MAX };

MUST static enum err step_all(struct ctx *c, const struct package_plan *p,
                              const struct step_of *step)
{
    int64_t ids[RULES_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_plan_standings, PARAMS(P_INT("plan", p->id.n)));
    while (n < RULES_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(step_one(c, ids[i], step));
    return ERR_NONE;
}

/* A rule that was changed or ended before the term stays so. */
enum err plan_prolong(struct ctx *c, const struct package_plan *p, struct day former_until)
{
    struct standing_prolong in = { p->until_day };
    return step_all(c, p, &(struct step_of){ "prolong", &in, former_until });
}

enum err plan_stop(struct ctx *c, const struct package_plan *p, struct day last, struct sv reason)
{
    struct standing_end_input in = { last, reason };
    return step_all(c, p, &(struct step_of){ "end", &in, DAY_NONE });
}
