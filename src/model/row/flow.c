/* flow.c - work-flow: which steps may be taken now, and taking one. */

#include "model/inside.h"

#include <string.h>

bool state_of(const struct entity *e, const void *row, struct sv *ret_state)
{
    if (!e->state)
        return false;
    const struct field *f = field_named(e->fields, sv_of(e->state));
    assert(f);
    assert(f->kind == KIND_CHOICE);
    *ret_state = sv_of(f->choices[field_int(f, row)].key);
    return true;
}

static void state_set(const struct entity *e, void *row, const char *state)
{
    const struct field *f = field_named(e->fields, sv_of(e->state));
    int index = 0;
    bool known = choice_of(f->choices, sv_of(state), &index);
    assert(known);
    field_set_int(f, row, index);
}

static bool leads_from(const struct step *s, struct sv state)
{
    struct sv rest = sv_of(s->from), one;
    while (sv_cut(&rest, ',', &one))
        if (sv_eq(sv_trim(one), state))
            return true;
    return false;
}

static bool step_may(const struct ctx *c, const struct step *s)
{
    if (who_is_house(c))
        return true;
    for (int r = 0; r < RIGHT_COUNT; r++)
        if ((s->may & RIGHT(r)) && who_may(c, (enum right)r))
            return true;
    return false;
}

enum err flow_start(struct ctx *c, const struct change *ch, const struct step **ret_step)
{
    struct sv state;
    *ret_step = NULL;
    bool declared = false;
    if (!state_of(ch->e, ch->row, &state))
        return ERR_NONE;
    for (const struct step *s = ch->e->steps; s && s->action; s++) {
        if (s->from[0])
            continue;
        declared = true;
        if (!sv_is(state, s->to) || (!ch->by_rule && (s->automatic || !step_may(c, s))))
            continue;
        *ret_step = s;
        if (s->guard)
            TRY(s->guard(c, ch->row));
        return s->effect ? s->effect(c, ch->row, NULL) : ERR_NONE;
    }
    if (declared && !ch->by_rule)
        return fail(c, ERR_FORBIDDEN, "step.no_start",
                    "%s may not begin in state %.*s for this caller", ch->e->name, SV_ARG(state));
    return ERR_NONE;
}

/* --- what may be done now --- */

/* Asks a guard without leaving its refusal behind. */
static bool guard_lets(struct ctx *c, const struct step *s, const void *row)
{
    if (!s->guard)
        return true;
    struct fault kept = c->fault;
    ctx_forgive(c);
    enum err e = s->guard(c, row);
    c->fault = kept;
    return e == ERR_NONE;
}

static bool reads_only(const struct ctx *c)
{
    return c->who && !who_is_house(c) && !roles[c->who->role].writes;
}

size_t entity_steps(struct ctx *c, const struct entity *e, const void *row,
                    const struct step **ret_steps)
{
    struct sv state;
    size_t n = 0;
    if (!state_of(e, row, &state) || reads_only(c))
        return 0;
    for (const struct step *s = e->steps; s && s->action && n < STEPS_MAX; s++)
        if (!s->automatic && s->from[0] && leads_from(s, state) && step_may(c, s)
            && guard_lets(c, s, row))
            ret_steps[n++] = s;
    return n;
}

/* --- taking a step --- */

/* The step of that name that leads from here; *ret_step NULL when none does. */
static enum err step_find(struct ctx *c, const struct entity *e, const void *row, struct sv action,
                          bool by_rule, const struct step **ret_step)
{
    struct sv state;
    bool known = false, has_state = state_of(e, row, &state);
    assert(has_state);
    for (const struct step *s = e->steps; s && s->action; s++) {
        if (!sv_is(action, s->action) || !s->from[0] || (s->automatic && !by_rule))
            continue;
        known = true;
        if (leads_from(s, state)) {
            *ret_step = s;
            return ERR_NONE;
        }
    }
    if (!known)
        return fail(c, ERR_MISSING, "step.unknown", "%s has no such step", e->name);
    return fail(c, ERR_CONFLICT, "step.not_now", "%s %lld is %.*s: the step does not lead from it",
                e->name, (long long)row_id(e, row), SV_ARG(state));
}

static enum err step_ask(struct ctx *c, const struct step *s, const void *row, const void *input,
                         bool by_rule)
{
    if (!by_rule && !step_may(c, s)) {
        TRY(who_need(c, MAY_SIGNED_IN));
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "the caller's role may not %s", s->action);
    }
    if (s->reason && !by_rule && c->reason.len == 0)
        fail_field(c, SV("reason"), "step.reason");
    assert(!s->takes || input);
    if (s->takes)
        record_check(c, s->takes, input, true);
    TRY(fail_fields(c));
    return s->guard ? s->guard(c, row) : ERR_NONE;
}

struct taking {
    const struct entity *e;
    int64_t              id, version;
    struct sv            action;
    const void          *input;
    bool                 by_rule;
};

static enum err step_take(struct ctx *c, const struct taking *t, void *ret_row)
{
    const struct entity *e = t->e;
    void *before = arena_take(&c->mem, e->size, alignof(max_align_t));
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    const struct step *s = NULL;
    TRY(step_row(c, e, t->id, t->version, t->by_rule, before));
    TRY(step_find(c, e, before, t->action, t->by_rule, &s));
    TRY(step_ask(c, s, before, t->input, t->by_rule));

    memcpy(row, before, e->size);
    if (s->effect)
        TRY(s->effect(c, row, t->input));
    TRY(fail_fields(c));
    if (s->to[0])
        state_set(e, row, s->to);
    struct change ch = { .e = e, .before = before, .row = row, .action = s->action,
                         .by_rule = t->by_rule };
    TRY(change_check(c, &ch));
    row_of(e, row)->version = t->version + 1;
    TRY(change_store(c, &ch));
    memcpy(ret_row, row, e->size);
    return ERR_NONE;
}

enum err entity_act(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                    struct sv action, const void *input, void *ret_row)
{
    return step_take(c, &(struct taking){ e, id, version, action, input, false }, ret_row);
}

enum err entity_act_by_rule(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                            struct sv action, const void *input, void *ret_row)
{
    return step_take(c, &(struct taking){ e, id, version, action, input, true }, ret_row);
}
