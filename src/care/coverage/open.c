/*
 * open.c - GET /api/coverage: the share of homes by division below, for everybody.
 *
 * By the rule each community has set, from what the job noted of each home; by a rule of the
 * caller's from the planning map, one kind at a time, in steps of five minutes. Both from counts
 * that are kept (kept.h), and told so that nobody can be picked out of them (told.h): a division
 * with fewer than COVERAGE_FEW homes has no share.
 */

#include "care/coverage/coverage.h"

#include "base/messages.h"
#include "base/sorted.h"
#include "care/coverage/kept.h"
#include "care/coverage/told.h"
#include "care/division/division.h"
#include "care/near/directory.h"
#include "care/near/walk.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/http.h"

const struct field coverage_asked_fields[] = {
    LINK(struct coverage_asked, division, "division", .zh = "看哪个区划的下一级",
         .en = "Whose divisions below; none: the topmost"),
    FIELD(struct coverage_asked, kind, .high = 40, .zh = "只看哪类网点",
          .en = "This kind of place only"),
    CHOICE(struct coverage_asked, profile, walk_paces, .zh = "步速或车（须指明 kind）",
           .en = "Pace or vehicle; needs a kind"),
    FIELD(struct coverage_asked, minutes, .low = ATLAS_STEP_MIN, .high = ATLAS_MINUTES_MAX,
          .zh = "分钟数，5 的倍数（须指明 kind）", .en = "Minutes, in fives; needs a kind"),
    { 0 },
};

static const struct field share_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"),
    SAYS(INT, "percent", .zh = "走得到的老人占比，按以十为单位的人数算的整数百分比",
         .en = "Of a hundred elders, who can walk there, by counts in tens"), { 0 },
};
static const struct field row_gives[] = {
    SAYS(ID, "division"), SAYS(TEXT, "name"),
    SAYS(BOOL, "few", .zh = "已知位置的老人不足十位，不公布", .en = "Fewer than ten homes known"),
    MAY_SAY(INT, "homes", .zh = "已知位置的老人数，四舍五入到十",
            .en = "Elders whose home is known, to the nearest ten"),
    MAY_SAY(LIST, "shares", .record = share_gives), { 0 },
};
const struct field coverage_gives[] = {
    MAY_SAY(MOMENT, "as_of"), SAYS(TEXT, "definition"),
    MAY_SAY(TEXT, "profile", .zh = "按哪种步速；没有则各按社区的参数",
            .en = "By which pace; absent: each community's own"),
    MAY_SAY(TEXT, "profile_name"), MAY_SAY(INT, "minutes"),
    SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "已知住处的老年人中，按其社区参数的步速与分钟数沿路网能走到该类网点的比例；" \
                "人数以十为单位，不足十位的区划不公布"
#define SAID_EN "of the elders whose home is known, those who can walk to a place of the kind, " \
                "at the pace and for the minutes their community has set; counted in tens, not " \
                "told under ten"

#define RULE_ZH "已知住处的老年人中，按所问的步速与分钟数沿路网能走到（乘车则能开到）该类网点的" \
                "比例；人数以十为单位，每多五分钟新增不足十位的并入下一档，不足十位的区划不公布，" \
                "半小时更新一次"
#define RULE_EN "of the elders whose home is known, those who can come to a place of the kind at " \
                "the pace and within the minutes asked for; counted in tens, what five minutes " \
                "more add is told once it is ten, not told under ten; renewed every half hour"

/* What is asked for, read: all kinds by the communities' rules, or one, perhaps by another rule. */
struct coverage_wanted { uint32_t kinds; struct kept_ask ask; int step; };

/* A division below, and how many homes have each kind, or one within each step. */
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

/* --- the counts --- */

static void count_below(struct below *b, const struct kept_table *t)
{
    size_t first = SORTED_FROM(struct kept_row, t->row, t->n, scope, b->in.low);
    for (size_t i = first; i < t->n && t->row[i].scope <= b->in.high; i++) {
        b->homes += t->row[i].homes;
        for (int column = 0; column < PLACE_KINDS; column++)
            b->near[column] += t->row[i].near[column];
    }
}

MUST static enum err count_all(struct ctx *c, const struct kept_ask *ask, struct belows *b,
                               struct moment *ret_at)
{
    const struct kept_table *t;
    TRY(kept_enter(c, ask, &t));
    for (size_t i = 0; i < b->n; i++)
        count_below(&b->at[i], t);
    *ret_at = t->at;
    kept_leave(c);
    return ERR_NONE;
}

/* --- the question --- */

/* Minutes that nobody names are the area's own, taken down to a step. */
MUST static enum err step_of(struct ctx *c, const struct coverage_asked *q, int64_t scope,
                             int *ret_step)
{
    int64_t minutes = q->minutes.n;
    if (!q->minutes.known)
        TRY(parameter_int(c, "coverage.minutes", scope, day_of(c->now), &minutes));
    minutes = minutes < ATLAS_STEP_MIN ? ATLAS_STEP_MIN
            : minutes > ATLAS_MINUTES_MAX ? ATLAS_MINUTES_MAX : minutes;
    *ret_step = (int)(minutes / ATLAS_STEP_MIN) - 1;
    return ERR_NONE;
}

MUST static enum err wanted_of(struct ctx *c, const struct coverage_asked *q, int64_t scope,
                               struct coverage_wanted *ret_wanted)
{
    struct coverage_wanted w = { .kinds = ~0u };
    w.ask.by_rule = q->minutes.known || q->profile;
    if (q->kind.len && !choice_of(place_kinds, q->kind, &w.ask.kind))
        fail_field(c, SV("kind"), "coverage.kind");
    if (w.ask.by_rule && q->kind.len == 0)
        fail_field(c, SV("kind"), "coverage.one_kind");
    if (q->minutes.known && q->minutes.n % ATLAS_STEP_MIN)
        fail_field(c, SV("minutes"), "coverage.in_fives");
    TRY(fail_fields(c));
    if (q->kind.len)
        w.kinds = 1u << w.ask.kind;
    w.ask.profile = walk_pace(q->profile);
    TRY(step_of(c, q, scope, &w.step));
    *ret_wanted = w;
    return ERR_NONE;
}

/* --- the answer --- */

static void write_rule(struct ctx *c, struct json *j, const struct coverage_wanted *w,
                       struct moment at)
{
    bool english = c->lang == LANG_EN;
    if (moment_known(at))
        json_moment(j, "as_of", at);
    if (w->ask.by_rule) {
        const struct profile_info *pace = &profiles[w->ask.profile];
        json_text(j, "definition", english ? SV(RULE_EN) : SV(RULE_ZH));
        json_text(j, "profile", sv_of(pace->key));
        json_text(j, "profile_name", sv_of(english ? pace->en : pace->zh));
        json_int(j, "minutes", (w->step + 1) * ATLAS_STEP_MIN);
        return;
    }
    json_text(j, "definition", english ? SV(SAID_EN) : SV(SAID_ZH));
}

static int64_t homes_near(const struct below *b, const struct coverage_wanted *w, int kind)
{
    return w->ask.by_rule ? told_within(b->near, w->step) : b->near[kind];
}

static void write_row(struct ctx *c, struct json *j, const struct below *b,
                      const struct coverage_wanted *w)
{
    bool few = b->homes < COVERAGE_FEW;
    json_object(j, NULL);
    json_id(j, "division", b->division->id);
    json_text(j, "name", b->division->name);
    json_bool(j, "few", few);
    if (!few) {
        json_int(j, "homes", told_homes(b->homes));
        json_array(j, "shares");
        for (int kind = 0; kind < PLACE_KINDS; kind++) {
            if (!(w->kinds >> kind & 1))
                continue;
            json_object(j, NULL);
            json_text(j, "kind", sv_of(place_kinds[kind].key));
            json_text(j, "kind_name",
                      sv_of(choice_named(&place_kinds[kind], c->lang)));
            json_int(j, "percent", told_percent(homes_near(b, w, kind), b->homes));
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
    struct moment at;
    if (q->division.n && !(above = directory_division(d, q->division.n)))
        return fail(c, ERR_MISSING, "near.area_unknown", "no division %lld",
                    (long long)q->division.n);
    struct belows b = belows_of(c, d, above);
    TRY(wanted_of(c, q, above ? above->scope : 0, &wanted));
    TRY(count_all(c, &wanted.ask, &b, &at));
    write_rule(c, &a->json, &wanted, at);
    json_array(&a->json, "items");
    for (size_t i = 0; i < b.n; i++)
        write_row(c, &a->json, &b.at[i], &wanted);
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
