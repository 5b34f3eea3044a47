/* ask.c - a declared kind as a list of the caller: who may act, the condition, the deadline. */

#include "care/todo/inside.h"

#include "care/organisation/organisation.h"
#include "care/parameter/parameter.h"

bool todo_may(const struct ctx *c, const struct todo_kind *k)
{
    if (!c->who || c->who->weak || (c->who != &who_house && !roles[c->who->role].writes))
        return false;
    if (k->not_org && roles[c->who->role].sees == SEES_ORG)
        return false;
    for (int r = 0; r < RIGHT_COUNT; r++)
        if ((k->may & RIGHT(r)) && who_may(c, (enum right)r))
            return true;
    return false;
}

/* Parameters count as they do where the caller works. */
enum err todo_when_of(struct ctx *c, struct figure_when *ret_when, int64_t *ret_scope)
{
    struct organisation o;
    bool found = false;
    int64_t scope = c->who && c->who->ranges_n == 1 ? c->who->ranges[0].low : 0;
    if (c->who && c->who->org)
        TRY(entity_load(c, &organisation_entity, c->who->org, &o, &found));
    *ret_scope = found ? o.row.scope : scope;
    return figure_when_of(c, *ret_scope, ret_when);
}

const struct todo_kind *todo_kind_named(const struct ctx *c, struct sv key)
{
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct todo_kind *k = (*m)->todos; k && k->key; k++)
            if (sv_is(key, k->key))
                return k;
    return NULL;
}

/* A day is over at its end, a moment when it has come. */
MUST static enum err limits(struct ctx *c, int64_t scope, struct todo_ask *a)
{
    struct day today = day_of(c->now);
    int64_t within = 0;
    if (!a->due)
        return ERR_NONE;
    if (a->kind->within)
        TRY(parameter_int(c, a->kind->within, scope, today, &within));
    bool day = a->due->kind == KIND_DAY;
    a->behind = day ? within : within * 3600000;
    a->late = (day ? today.n : c->now.ms) - 1 - a->behind;
    a->today = (day ? today.n : moment_at(today, 0).ms + MS_A_DAY - 1) - a->behind;
    return ERR_NONE;
}

static const struct field *named(const struct entity *e, const char *name)
{
    return name ? field_named(e->fields, sv_of(name)) : NULL;
}

enum err todo_ask_make(struct ctx *c, const struct todo_kind *k, const struct figure_when *w,
                       int64_t scope, enum todo_whose whose, struct todo_ask *a, bool *ret_may)
{
    struct buf list = buf_new(&c->mem, 96);
    const struct entity *e = house_entity(c->house, sv_of(k->entity));
    *ret_may = todo_may(c, k) && e && who_may(c, e->reads);
    if (!*ret_may)
        return ERR_NONE;
    *a = (struct todo_ask){ .kind = k, .entity = e, .due = named(e, k->due) };
    if (!figure_list(&list, w, k->list))
        return fail(c, ERR_BROKEN, "broken", "todo %s: unknown word in its list", k->key);
    a->list = buf_sv(&list);
    TRY(query_read(c, e, a->list, &a->query));
    const struct field *owner = named(e, k->owner);
    a->query.not_by = named(e, k->not_by);
    a->query.to_answer = true;
    if (owner && whose == TODO_MINE_OR_FREE)
        a->query.mine = owner;
    if (owner && whose == TODO_MINE)
        a->query.filters[a->query.filters_n++] = (struct filter){
            owner, '=', sv_fmt(&c->mem, "%lld", (long long)c->who->account) };
    if (!owner && whose == TODO_MINE)
        *ret_may = false;
    return limits(c, scope, a);
}
