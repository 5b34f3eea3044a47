/* solve.c - the search, and its answer tried as a what-if. */

#include "care/siting/question.h"

#include <string.h>

MUST static enum err refuse(struct ctx *c, const struct question *q, enum plan_end end)
{
    if (end == PLAN_LARGE)
        return fail(c, ERR_TOO_LARGE, "siting.too_large", "%u candidates, %u points of homes",
                    q->n, q->demand.homes);
    fail_field(c, q->asked->goal == SITING_BY_NUMBER ? SV("sites") : SV("budget"),
               "siting.forced");
    return fail_fields(c);
}

static struct plan_ask asked_of(struct ctx *c, const struct question *q)
{
    uint8_t *mark = NEW(&c->mem, uint8_t, q->n + 1);
    int64_t *cost = NEW(&c->mem, int64_t, q->n + 1);
    bool by_number = q->asked->goal == SITING_BY_NUMBER;
    for (uint32_t i = 0; i < q->n; i++) {
        mark[i] = q->candidate[i].mark;
        cost[i] = q->candidate[i].cost;
    }
    return (struct plan_ask){
        .demand = &q->demand, .served = &q->served, .mark = mark, .cost = cost,
        .closable = q->closable, .by_number = by_number, .equity = q->asked->equity,
        .budget = by_number ? q->asked->sites : q->asked->budget.fen,
        .close_saves = q->asked->close_saves.fen };
}

/* --- as a what-if --- */

static void change_of(const struct question *q, const struct plan_step *step,
                      struct atlas_change *to)
{
    if (step->closes)
        *to = (struct atlas_change){ .act = ATLAS_CLOSE, .place = q->served.site[step->which].id };
    else
        *to = (struct atlas_change){ .act = ATLAS_OPEN, .at = q->candidate[step->which].at };
}

/* Built and closed, as care/scenario keeps them; what does not fit is left out, and told. */
static void write_changes(struct ctx *c, const struct question *q, struct solution *s)
{
    struct buf b = buf_new(&c->mem, 512);
    struct json j = json_new(&b);
    s->changed = s->plan.steps < SCENARIO_CHANGES_MAX ? s->plan.steps : SCENARIO_CHANGES_MAX;
    s->left_out = s->plan.steps - s->changed;
    json_array(&j, NULL);
    for (size_t i = 0; i < s->changed; i++) {
        const struct plan_step *step = &s->plan.step[i];
        json_object(&j, NULL);
        json_text(&j, "act", step->closes ? SV("close") : SV("open"));
        if (step->closes) {
            json_id(&j, "place", q->served.site[step->which].id);
        } else {
            const struct candidate *k = &q->candidate[step->which];
            json_fixed(&j, "lat", k->at.lat_e7, 7);
            json_fixed(&j, "lon", k->at.lon_e7, 7);
            json_text(&j, "name", sv_runes_head(k->name, 60));
        }
        json_end(&j, '}');
    }
    json_end(&j, ']');
    s->changes = buf_sv(&b);
}

MUST static enum err try_it(struct ctx *c, const struct question *q, struct solution *s)
{
    struct atlas *atlas;
    struct atlas_change *change = NEW(&c->mem, struct atlas_change, s->plan.steps + 1);
    for (uint32_t i = 0; i < s->plan.steps; i++)
        change_of(q, &s->plan.step[i], &change[i]);
    TRY(atlas_enter(c, &atlas));
    enum err err = atlas_try(c, atlas, &(struct atlas_try){
        .rule = q->rule.rule, .change = change, .n = s->plan.steps }, &s->tried);
    atlas_leave(c, atlas);
    return err;
}

enum err question_solve(struct ctx *c, const struct question *q, double seconds,
                        bool (*go_on)(void *arg), void *arg, struct solution *ret_solution)
{
    struct solution s = { .seconds = seconds };
    struct plan_ask ask = asked_of(c, q);
    ask.limits = (struct site_limits){ .cpu_s = seconds, .seed = 1, .go_on = go_on, .arg = arg };
    s.plan = siting_plan(&c->mem, &ask);
    if (s.plan.end != PLAN_DONE)
        return refuse(c, q, s.plan.end);
    s.overlap = siting_overlap(&c->mem, &q->demand, &q->served, &s.overlaps);
    write_changes(c, q, &s);
    TRY(try_it(c, q, &s));
    *ret_solution = s;
    return ERR_NONE;
}
