/*
 * open.c - GET /api/coverage: the share of homes by division below, for everybody.
 *
 * Shares in whole per cent of all homes that are known there; a division with fewer than
 * COVERAGE_FEW of them has none, so that nobody can be picked out of it. By the rule each
 * community has set from what is noted of each home; by a rule of the caller's from the planning
 * map, one kind at a time, in steps of COVERAGE_STEP_MIN: finer ones would tell how far single
 * homes lie.
 */

#include "care/coverage/coverage.h"

#include "care/atlas/atlas.h"
#include "care/division/division.h"
#include "care/near/directory.h"
#include "care/near/walk.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/http.h"

SQL(coverage_by_scope);
SQL(coverage_at);

enum { COVERAGE_FEW = 10, COVERAGE_STEP_MIN = 5 };

const struct field coverage_asked_fields[] = {
    LINK(struct coverage_asked, division, "division", .zh = "看哪个区划的下一级",
         .en = "Whose divisions below; none: the topmost"),
    FIELD(struct coverage_asked, kind, .high = 40, .zh = "只看哪类网点",
          .en = "This kind of place only"),
    CHOICE(struct coverage_asked, profile, walk_paces, .zh = "步速或车（须指明 kind）",
           .en = "Pace or vehicle; needs a kind"),
    FIELD(struct coverage_asked, minutes, .low = COVERAGE_STEP_MIN, .high = ATLAS_MINUTES_MAX,
          .zh = "分钟数，5 的倍数（须指明 kind）", .en = "Minutes, in fives; needs a kind"),
    { 0 },
};

static const struct field share_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"),
    SAYS(INT, "percent", .zh = "走得到的老人占比，整数百分比",
         .en = "Of a hundred elders, who can walk there"), { 0 },
};
static const struct field row_gives[] = {
    SAYS(ID, "division"), SAYS(TEXT, "name"),
    SAYS(BOOL, "few", .zh = "已知位置的老人不足十位，不公布", .en = "Fewer than ten homes known"),
    MAY_SAY(INT, "homes"), MAY_SAY(LIST, "shares", .record = share_gives), { 0 },
};
const struct field coverage_gives[] = {
    MAY_SAY(MOMENT, "as_of"), SAYS(TEXT, "definition"),
    MAY_SAY(TEXT, "profile", .zh = "按哪种步速；没有则各按社区的参数",
            .en = "By which pace; absent: each community's own"),
    MAY_SAY(TEXT, "profile_name"), MAY_SAY(INT, "minutes"),
    SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "已知住处的老年人中，按其社区参数的步速与分钟数沿路网能走到该类网点的比例；" \
                "不足十位的区划不公布"
#define SAID_EN "of the elders whose home is known, those who can walk to a place of the kind, " \
                "at the pace and for the minutes their community has set; not told under ten"

#define RULE_ZH "已知住处的老年人中，按所问的步速与分钟数沿路网能走到（乘车则能开到）该类网点的" \
                "比例；不足十位的区划不公布"
#define RULE_EN "of the elders whose home is known, those who can come to a place of the kind at " \
                "the pace and within the minutes asked for; not told under ten"

/* What is asked for, read: all kinds by the communities' rules, or one, perhaps by another rule. */
struct coverage_wanted { uint32_t kinds; bool by_rule; struct atlas_rule rule; };

/* A division below, and how many homes have each kind. */
struct below { const struct listed_division *division; struct scope_range in; int64_t homes;
               int64_t near[PLACE_KINDS]; };
struct belows { struct below *at; size_t n, room; };

static bool stands_below(const struct directory *d, const struct listed_division *v,
                         const struct listed_division *above)
{
    int64_t up = division_up(v->scope);
    return above ? up == above->scope : up == 0 || !directory_coded(d, up);
}

static struct belows belows_of(struct ctx *c, const struct directory *d,
                               const struct listed_division *above)
{
    struct belows b = { 0 };
    for (uint32_t i = 0; i < d->divisions; i++) {
        const struct listed_division *v = &d->division[i];
        if (!stands_below(d, v, above))
            continue;
        b.at = GROW(&c->mem, b.at, b.n, &b.room);
        b.at[b.n++] = (struct below){ .division = v, .in = division_range(v->scope) };
    }
    return b;
}

static void count_in(struct belows *b, int64_t scope, uint32_t kinds, int64_t homes)
{
    for (size_t i = 0; i < b->n; i++) {
        struct below *at = &b->at[i];
        if (scope < at->in.low || scope > at->in.high)
            continue;
        at->homes += homes;
        for (int kind = 0; kind < PLACE_KINDS; kind++)
            at->near[kind] += kinds >> kind & 1 ? homes : 0;
        return;
    }
}

MUST static enum err count_all(struct ctx *c, struct belows *b, struct scope_range in)
{
    struct rows r = db_rows(c, &sql_coverage_by_scope,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high)));
    while (rows_next(&r))
        count_in(b, rows_int(&r, 0), (uint32_t)rows_int(&r, 1), rows_int(&r, 2));
    return rows_end(&r);
}

MUST static enum err count_by_rule(struct ctx *c, struct belows *b, struct scope_range in,
                                   const struct atlas_rule *rule)
{
    struct atlas *a;
    TRY(atlas_enter(c, &a));
    struct atlas_sums sums = atlas_count(&c->mem, a, rule);
    atlas_leave(c, a);
    for (size_t i = 0; i < sums.n; i++) {
        const struct atlas_sum *s = &sums.at[i];
        if (s->scope < in.low || s->scope > in.high)
            continue;
        count_in(b, s->scope, 1u << rule->kind, s->walk);
        count_in(b, s->scope, 0, s->known - s->walk);
    }
    return ERR_NONE;
}

/* --- the question --- */

MUST static enum err rule_of(struct ctx *c, const struct coverage_asked *q, int64_t scope, int kind,
                             struct atlas_rule *ret_rule)
{
    int64_t minutes, metres;
    TRY(parameter_int(c, "coverage.minutes", scope, day_of(c->now), &minutes));
    TRY(parameter_int(c, "coverage.radius_m", scope, day_of(c->now), &metres));
    if (q->minutes.known)
        minutes = q->minutes.n;
    *ret_rule = (struct atlas_rule){ .kind = kind, .profile = walk_pace(q->profile),
                                     .minutes = (uint32_t)minutes, .metres = (uint32_t)metres };
    return ERR_NONE;
}

MUST static enum err wanted_of(struct ctx *c, const struct coverage_asked *q, int64_t scope,
                               struct coverage_wanted *ret_wanted)
{
    struct coverage_wanted w = { .kinds = ~0u, .by_rule = q->minutes.known || q->profile };
    int kind = 0;
    if (q->kind.len && !choice_of(place_kinds, q->kind, &kind))
        fail_field(c, SV("kind"), "coverage.kind");
    if (w.by_rule && q->kind.len == 0)
        fail_field(c, SV("kind"), "coverage.one_kind");
    if (q->minutes.known && q->minutes.n % COVERAGE_STEP_MIN)
        fail_field(c, SV("minutes"), "coverage.in_fives");
    TRY(fail_fields(c));
    if (q->kind.len)
        w.kinds = 1u << kind;
    if (w.by_rule)
        TRY(rule_of(c, q, scope, kind, &w.rule));
    *ret_wanted = w;
    return ERR_NONE;
}

/* --- the answer --- */

static void write_rule(struct ctx *c, struct json *j, const struct coverage_wanted *w, int64_t at)
{
    bool english = c->lang == LANG_EN;
    if (w->by_rule) {
        const struct profile_info *pace = &profiles[w->rule.profile];
        json_moment(j, "as_of", c->now);
        json_text(j, "definition", english ? SV(RULE_EN) : SV(RULE_ZH));
        json_text(j, "profile", sv_of(pace->key));
        json_text(j, "profile_name", sv_of(english ? pace->en : pace->zh));
        json_int(j, "minutes", w->rule.minutes);
        return;
    }
    if (at)
        json_moment(j, "as_of", (struct moment){ at });
    json_text(j, "definition", english ? SV(SAID_EN) : SV(SAID_ZH));
}

static void write_row(struct ctx *c, struct json *j, const struct below *b, uint32_t kinds)
{
    bool few = b->homes < COVERAGE_FEW;
    json_object(j, NULL);
    json_id(j, "division", b->division->id);
    json_text(j, "name", b->division->name);
    json_bool(j, "few", few);
    if (!few) {
        json_int(j, "homes", b->homes);
        json_array(j, "shares");
        for (int kind = 0; kind < PLACE_KINDS; kind++) {
            if (!(kinds >> kind & 1))
                continue;
            json_object(j, NULL);
            json_text(j, "kind", sv_of(place_kinds[kind].key));
            json_text(j, "kind_name",
                      sv_of(c->lang == LANG_EN ? place_kinds[kind].en : place_kinds[kind].zh));
            json_int(j, "percent", (b->near[kind] * 100 + b->homes / 2) / b->homes);
            json_end(j, '}');
        }
        json_end(j, ']');
    }
    json_end(j, '}');
}

MUST static enum err coverage_of(struct ctx *c, const struct directory *d,
                                 const struct coverage_asked *q, struct answer *a)
{
    const struct listed_division *above = NULL;
    struct coverage_wanted wanted;
    int64_t at = 0;
    if (q->division.n && !(above = directory_division(d, q->division.n)))
        return fail(c, ERR_MISSING, "near.area_unknown", "no division %lld",
                    (long long)q->division.n);
    struct belows b = belows_of(c, d, above);
    struct scope_range in = above ? division_range(above->scope)
                                  : (struct scope_range){ 0, INT64_MAX };
    TRY(wanted_of(c, q, above ? above->scope : 0, &wanted));
    TRY(db_int(c, &sql_coverage_at, NO_PARAMS, &at));
    TRY(wanted.by_rule ? count_by_rule(c, &b, in, &wanted.rule) : count_all(c, &b, in));
    write_rule(c, &a->json, &wanted, at);
    json_array(&a->json, "items");
    for (size_t i = 0; i < b.n; i++)
        write_row(c, &a->json, &b.at[i], wanted.kinds);
    json_end(&a->json, ']');
    return ERR_NONE;
}

enum err coverage_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = coverage_of(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
