/* answer.c - an answer as JSON: proposals with their reasons, communities before and after. */

#include "care/siting/question.h"

#include "care/near/ask.h"
#include "care/property/property.h"
#include "plan/site/even.h"

#include <math.h>

enum { OVERLAPS_TOLD = 30, LONG_MIN = ATLAS_MINUTES_MAX };

/* --- what it says --- */

static const struct field proposal_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "source"), SAYS(TEXT, "source_name"), SAYS(TEXT, "name"),
    SAYS(REAL, "lat"), SAYS(REAL, "lon"), MAY_SAY(ID, "id"),
    SAYS(INT, "cost", .zh = "费用（分）", .en = "Cost, fen"),
    SAYS(BOOL, "guessed", .zh = "费用按参数估", .en = "The cost is the parameter's"),
    MAY_SAY(INT, "area_m2"), SAYS(BOOL, "forced"),
    SAYS(INT, "gain", .zh = "新走得到的老人", .en = "Elders newly served, after those before it"),
    SAYS(INT, "near", .zh = "范围内的老人", .en = "Elders it has within the rule"),
    SAYS(TEXT, "reason"), { 0 },
};
static const struct field closing_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(INT, "loss", .zh = "因此走不到的老人", .en = "Elders who lose by it"),
    SAYS(TEXT, "reason"), { 0 },
};
static const struct field overlap_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"),
    SAYS(INT, "near"), SAYS(INT, "only", .zh = "只有它走得到", .en = "Who have no other"),
    MAY_SAY(ID, "with"), MAY_SAY(TEXT, "with_name"), SAYS(INT, "shared"),
    SAYS(BOOL, "could_merge"), { 0 },
};
static const struct field row_gives[] = {
    SAYS(INT, "scope"), SAYS(TEXT, "path"), MAY_SAY(ID, "division"), MAY_SAY(TEXT, "name"),
    MAY_SAY(REAL, "lat"), MAY_SAY(REAL, "lon"),
    SAYS(INT, "known", .zh = "住处位置已知的老人", .en = "Elders whose home is known"),
    SAYS(INT, "before"), SAYS(INT, "after"), SAYS(INT, "permille"), SAYS(INT, "then_permille"),
    { 0 },
};
static const struct field total_gives[] = {
    SAYS(INT, "known"), SAYS(INT, "before"), SAYS(INT, "after"), SAYS(INT, "permille"),
    SAYS(INT, "then_permille"), { 0 },
};

const struct field siting_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(TEXT, "definition"), SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"),
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(INT, "minutes"), SAYS(INT, "metres"),
    SAYS(TEXT, "way"), SAYS(TEXT, "goal"), SAYS(REAL, "equity"),
    SAYS(RECORD, "total", .record = total_gives), SAYS(REAL, "gini"), SAYS(REAL, "then_gini"),
    SAYS(INT, "norm_permille", .zh = "目标：每千名老人至少走得到", .en = "The norm"),
    SAYS(INT, "short", .zh = "未达标社区", .en = "Communities below the norm"),
    SAYS(INT, "then_short"), SAYS(INT, "cost", .zh = "费用（分）", .en = "Cost, fen"),
    SAYS(REAL, "gained", .zh = "所得（加权时为权数）", .en = "Gain, in weights with equity"),
    SAYS(REAL, "most", .zh = "证明的上界", .en = "No choice gives more: proved"),
    SAYS(REAL, "gap_percent"), SAYS(BOOL, "proved"), SAYS(REAL, "cpu_s"),
    SAYS(INT, "candidates"), SAYS(INT, "homes"), SAYS(LIST, "notes"),
    SAYS(LIST, "proposals", .record = proposal_gives),
    SAYS(LIST, "closings", .record = closing_gives),
    SAYS(LIST, "overlaps", .record = overlap_gives),
    SAYS(LIST, "items", .record = row_gives), SAYS(JSON, "changes"), { 0 },
};

static const struct field stands_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "name"), SAYS(REAL, "lat"), SAYS(REAL, "lon"), { 0 },
};
static const struct field candidate_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "source"), SAYS(TEXT, "source_name"), SAYS(TEXT, "name"),
    SAYS(REAL, "lat"), SAYS(REAL, "lon"), MAY_SAY(ID, "id"), SAYS(INT, "cost"),
    SAYS(BOOL, "guessed"), MAY_SAY(INT, "area_m2"), { 0 },
};
const struct field siting_candidates_gives[] = {
    SAYS(LIST, "items", .record = candidate_gives), SAYS(LIST, "stands", .record = stands_gives),
    { 0 },
};

#define SAID_ZH "候选点建成后，按所选口径（同养老地图）新增走得到的老人；各处按先后逐个相加，总数与推演一致。" \
                "“证明的差距”是说：任何选法都不会比这个多出这么多"
#define SAID_EN "elders newly served by the rule of the planning map, one after another; " \
                "the sum is what a what-if says. The proved gap: no choice at all gives more"

/* --- words --- */

static struct sv named(struct ctx *c, const struct directory *d, int64_t scope)
{
    const struct listed_division *v = directory_coded(d, scope);
    return v ? v->name : sv_fmt(&c->mem, "%lld", (long long)scope);
}

struct sv candidate_source_name(const struct ctx *c, const struct candidate *k)
{
    const struct choice *kind = k->source == FROM_PLACES ? &place_kinds[k->kind]
                              : k->source == FROM_PROPERTIES ? &property_kinds[k->kind]
                                                             : &siting_sources[FROM_GRID];
    return sv_of(c->lang == LANG_EN ? kind->en : kind->zh);
}

/* How far the one in the middle has it now. */
static struct sv how_far(struct ctx *c, enum profile profile, uint32_t ms)
{
    bool english = c->lang == LANG_EN;
    struct sv by = near_by(profile, c->lang);
    if (ms == NOT_REACHED)
        return english ? sv_fmt(&c->mem, "none within %d min %.*s", LONG_MIN, SV_ARG(by))
                       : sv_fmt(&c->mem, "%.*s %d 分钟内一处也没有", SV_ARG(by), LONG_MIN);
    uint32_t minutes = (ms + 59999) / 60000;
    return english ? sv_fmt(&c->mem, "the nearest %u min %.*s", minutes, SV_ARG(by))
                   : sv_fmt(&c->mem, "%.*s到最近一处要 %u 分钟", SV_ARG(by), minutes);
}

static struct sv reason_of(struct ctx *c, const struct directory *d, enum profile profile,
                           const struct plan_step *step)
{
    bool english = c->lang == LANG_EN;
    if (step->gain == 0 && step->closes)
        return english ? SV("everybody who has it has another")
                       : SV("到这里的老人都另有一处走得到");
    if (step->gain == 0)
        return english ? SV("marked as to be built; nobody gains by it")
                       : SV("按要求必建；没有老人因此新走得到");
    struct sv name = named(c, d, step->scope), far = how_far(c, profile, step->ms);
    if (step->closes)
        return sv_fmt(&c->mem, english ? "%.*s: %lld elders lose it, so that another is built"
                                       : "%.*s %lld 位老人不再走得到，换别处新建",
                      SV_ARG(name), (long long)step->elders);
    struct sv more = step->communities < 2 ? SV("")
        : sv_fmt(&c->mem, english ? "; %lld more in %lld communities" : "；另有 %lld 位在其他 %lld 个社区",
                 (long long)(step->gain - step->elders), (long long)(step->communities - 1));
    return english
        ? sv_fmt(&c->mem, "%lld elders of %.*s: now %.*s%.*s", (long long)step->elders,
                 SV_ARG(name), SV_ARG(far), SV_ARG(more))
        : sv_fmt(&c->mem, "%.*s %lld 位老人目前%.*s%.*s", SV_ARG(name), (long long)step->elders,
                 SV_ARG(far), SV_ARG(more));
}

static void note(struct ctx *c, struct json *j, int64_t n, const char *zh, const char *en)
{
    if (n)
        json_text(j, NULL, sv_fmt(&c->mem, c->lang == LANG_EN ? "%lld %s" : "%lld %s",
                                  (long long)n, c->lang == LANG_EN ? en : zh));
}

/* What was cut, guessed or not counted, so that nobody takes the answer for more than it is. */
static void notes_json(struct ctx *c, struct json *j, const struct question *q,
                       const struct solution *s)
{
    json_array(j, "notes");
    note(c, j, q->loose, "处候选附近 500 米没有路，没有考虑",
         "candidates have no street within 500 m and were left out");
    note(c, j, q->unpriced, "处候选没有填费用，按参数估算",
         "candidates have no cost of their own; the parameter's was taken");
    note(c, j, (int64_t)s->left_out, "处没有放进推演方案（一个方案最多 200 处变动）",
         "did not fit into the scenario (200 changes at most)");
    if (!s->plan.proved)
        note(c, j, (int64_t)ceil(s->seconds), "秒计算时间用完，差距还没有证明到零",
             "s of computing are used up; the gap is not closed");
    if (q->demand.homes == 0)
        json_text(j, NULL, c->lang == LANG_EN ? SV("no home of this division is known by point")
                                              : SV("这个区划没有住处位置已知的老人"));
    json_end(j, ']');
}

/* --- parts --- */

static void at_json(struct json *j, struct point at)
{
    json_fixed(j, "lat", at.lat_e7, 7);
    json_fixed(j, "lon", at.lon_e7, 7);
}

static void candidate_json(struct ctx *c, struct json *j, const struct candidate *k)
{
    json_text(j, "key", k->key);
    json_text(j, "source", sv_of(siting_sources[k->source].key));
    json_text(j, "source_name", candidate_source_name(c, k));
    json_text(j, "name", k->name);
    at_json(j, k->at);
    if (k->id)
        json_id(j, "id", k->id);
    json_int(j, "cost", k->cost);
    json_bool(j, "guessed", k->guessed);
    if (k->area_m2)
        json_int(j, "area_m2", k->area_m2);
}

void candidates_json(struct ctx *c, struct json *j, const struct question *q)
{
    json_array(j, "items");
    for (uint32_t i = 0; i < q->n; i++) {
        json_object(j, NULL);
        candidate_json(c, j, &q->candidate[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_array(j, "stands");
    for (size_t i = 0; i < q->stands_n; i++) {
        json_object(j, NULL);
        json_id(j, "id", q->stands[i].id);
        json_text(j, "name", q->stands[i].name);
        at_json(j, q->stands[i].at);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void steps_json(struct ctx *c, struct json *j, const struct directory *d,
                       const struct question *q, const struct site_plan *plan)
{
    for (int closes = 0; closes < 2; closes++) {
        json_array(j, closes ? "closings" : "proposals");
        for (uint32_t i = 0; i < plan->steps; i++) {
            const struct plan_step *step = &plan->step[i];
            if (step->closes != (closes == 1))
                continue;
            json_object(j, NULL);
            if (closes) {
                const struct atlas_site *site = &q->served.site[step->which];
                json_id(j, "id", site->id);
                json_text(j, "name", site->name);
                at_json(j, site->at);
                json_int(j, "loss", -step->gain);
            } else {
                const struct candidate *k = &q->candidate[step->which];
                candidate_json(c, j, k);
                json_bool(j, "forced", k->mark == MARK_FORCED);
                json_int(j, "gain", step->gain);
                json_int(j, "near", step->near);
            }
            json_text(j, "reason", reason_of(c, d, q->demand.rule.profile, step));
            json_end(j, '}');
        }
        json_end(j, ']');
    }
}

static void overlaps_json(struct json *j, const struct question *q, const struct solution *s)
{
    json_array(j, "overlaps");
    for (uint32_t i = 0, told = 0; i < s->overlaps && told < OVERLAPS_TOLD; i++) {
        const struct overlap *o = &s->overlap[i];
        const struct atlas_site *site = &q->served.site[o->site], *with = &q->served.site[o->with];
        if (!o->could_merge)
            continue;
        told++;
        json_object(j, NULL);
        json_id(j, "id", site->id);
        json_text(j, "name", site->name);
        at_json(j, site->at);
        json_int(j, "near", o->near);
        json_int(j, "only", o->only);
        json_id(j, "with", with->id);
        json_text(j, "with_name", with->name);
        json_int(j, "shared", o->shared);
        json_bool(j, "could_merge", o->could_merge);
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* --- communities --- */

static int64_t counted(const struct question *q, const struct atlas_sum *s)
{
    return q->demand.by_round ? s->round : s->walk;
}

static void shares_json(struct json *j, const struct question *q, const struct atlas_row *row)
{
    int64_t before = counted(q, &row->sum), after = counted(q, &row->then);
    json_int(j, "known", row->sum.known);
    json_int(j, "before", before);
    json_int(j, "after", after);
    json_int(j, "permille", atlas_permille(before, row->sum.known));
    json_int(j, "then_permille", atlas_permille(after, row->sum.known));
}

static void evenness_json(struct ctx *c, struct json *j, const struct question *q,
                          const struct atlas_rows *rows)
{
    int64_t lack[2] = { 0, 0 };
    double gini[2];
    struct shared *s = NEW(&c->mem, struct shared, rows->n + 1);
    for (int then = 0; then < 2; then++) {
        uint32_t n = 0;
        for (size_t i = 0; i < rows->n; i++) {
            int64_t known = rows->at[i].sum.known;
            int64_t have = counted(q, then ? &rows->at[i].then : &rows->at[i].sum);
            if (known)
                s[n++] = (struct shared){ (double)have / (double)known, (double)known };
            lack[then] += known && atlas_permille(have, known) < q->norm_permille;
        }
        gini[then] = gini_of(s, n);
    }
    json_fixed(j, "gini", llround(gini[0] * 10000), 4);
    json_fixed(j, "then_gini", llround(gini[1] * 10000), 4);
    json_int(j, "norm_permille", q->norm_permille);
    json_int(j, "short", lack[0]);
    json_int(j, "then_short", lack[1]);
}

static void rows_json(struct json *j, const struct question *q, const struct atlas_rows *rows)
{
    json_array(j, "items");
    for (size_t i = 0; i < rows->n; i++) {
        json_object(j, NULL);
        atlas_division_json(j, &rows->at[i]);
        shares_json(j, q, &rows->at[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

/* --- the whole --- */

static void sums_json(struct json *j, const struct question *q, const struct solution *s)
{
    const struct site_plan *p = &s->plan;
    int64_t cost = 0;
    for (uint32_t i = 0; i < p->steps; i++)
        cost += p->step[i].closes ? 0 : q->candidate[p->step[i].which].cost;
    double gap = p->most <= p->gained ? 0
               : p->gained > 0 ? (p->most - p->gained) / p->gained * 100 : 100;
    json_int(j, "cost", cost);
    json_fixed(j, "gained", llround(p->gained * 100), 2);
    json_fixed(j, "most", llround(p->most * 100), 2);
    json_fixed(j, "gap_percent", llround(gap * 100), 2);
    json_bool(j, "proved", p->proved);
    json_fixed(j, "cpu_s", llround(p->cpu_s * 1000), 3);
    json_int(j, "candidates", q->n);
    json_int(j, "homes", q->demand.homes);
}

void solution_json(struct ctx *c, struct json *j, const struct directory *d,
                   const struct question *q, const struct solution *s)
{
    struct atlas_rows rows = atlas_rows_of(c, d, &q->rule, &s->tried.before, &s->tried.after);
    json_moment(j, "as_of", c->now);
    json_text(j, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    atlas_rule_json(c, j, &q->rule.rule);
    json_text(j, "way", sv_of(siting_ways[q->asked->way].key));
    json_text(j, "goal", sv_of(siting_goals[q->asked->goal].key));
    json_real(j, "equity", q->asked->equity);
    json_object(j, "total");
    shares_json(j, q, &rows.total);
    json_end(j, '}');
    evenness_json(c, j, q, &rows);
    sums_json(j, q, s);
    notes_json(c, j, q, s);
    steps_json(c, j, d, q, &s->plan);
    overlaps_json(j, q, s);
    rows_json(j, q, &rows);
    json_raw(j, "changes", s->changes);
}
