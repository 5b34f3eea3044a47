/* surveys.c - a round of call-backs, half way through. */

#include "app/demo/demo.h"
#include "care/survey/survey.h"

struct asking { struct demo *d; struct survey_round round; struct survey_call *calls; size_t n; };

static enum err draw(struct ctx *c, void *arg)
{
    struct asking *a = arg;
    struct query q = { .size = LIST_SIZE_MAX };
    struct page page;
    record_clear(survey_round_fields, &a->round);
    a->round.name = SV("上月服务电话回访");
    a->round.division = a->d->area[0].id;
    a->round.from_day.n = a->d->today.n - 40;
    a->round.to_day.n = a->d->today.n - 5;
    a->round.per_org = 30;
    a->round.seed = 20261101;
    TRY(entity_create_by_rule(c, &survey_round_entity, &a->round));
    TRY(entity_act_by_rule(c, &survey_round_entity, a->round.id.n, a->round.row.version,
                           SV("draw"), NULL, &a->round));
    TRY(entity_list(c, &survey_call_entity, &q, &page));
    a->n = page.n;
    a->calls = NEW(&a->d->mem, struct survey_call, page.n + 1);
    for (size_t i = 0; i < page.n; i++)
        a->calls[i] = ((const struct survey_call *)page.rows)[i];
    return ERR_NONE;
}

struct answered_now { int came, satisfied; struct sv words, recording; };

/* Four in five answer, most of them satisfied; the others refuse or do not pick up. */
static enum err ring(struct ctx *c, void *arg)
{
    struct asking *a = arg;
    struct dice *dice = &a->d->dice;
    for (size_t i = 0; i < a->n; i += 2) {
        struct survey_call *k = &a->calls[i];
        int how = dice_chance(dice, 0.85) ? ANSWER_YES : dice_chance(dice, 0.5) ? ANSWER_PARTLY
                                                                             : ANSWER_NO;
        struct answered_now in = { ANSWER_YES, how, SV(""), SV("") };
        const char *action = dice_chance(dice, 0.8) ? "answered"
                             : dice_chance(dice, 0.5) ? "refused" : "no_answer";
        in.recording = sv_fmt(&c->mem, "DEMO-REC-%04zu", i);
        TRY(entity_act_by_rule(c, &survey_call_entity, k->id.n, k->row.version, sv_of(action),
                               &in, k));
    }
    return ERR_NONE;
}

enum err demo_surveys(struct demo *d)
{
    struct asking a = { .d = d };
    TRY(transaction(d->c, draw, &a));
    return transaction(d->c, ring, &a);
}
