/* scope.c - whose rows a caller sees and may change: applied to every statement of model. */

#include "model/inside.h"
#include "model/search/search.h"

#include <string.h>

bool who_is_house(const struct ctx *c)
{
    return c->who == &who_house;
}

bool who_may(const struct ctx *c, enum right right)
{
    if (right == MAY_ANYONE || who_is_house(c))
        return true;
    return c->who && !c->who->weak && role_may(c->who->role, right);
}

enum err who_need(struct ctx *c, enum right right)
{
    if (who_may(c, right))
        return ERR_NONE;
    if (!c->who)
        return fail(c, ERR_SIGN_IN, "who.sign_in", "right %d needs a signed-in account",
                    (int)right);
    if (c->who->weak)
        return fail(c, ERR_SIGN_IN, "who.second_factor", "session %lld owes its second factor",
                    (long long)c->who->session);
    return fail(c, ERR_FORBIDDEN, "who.forbidden", "role %s lacks right %d",
                roles[c->who->role].name.key, (int)right);
}

static bool role_writes(const struct ctx *c)
{
    return who_is_house(c) || !c->who || roles[c->who->role].writes;
}

bool entity_may_create(const struct ctx *c, const struct entity *e)
{
    return role_writes(c) && !e->no_create && who_may(c, e->creates ? e->creates : e->writes);
}

bool entity_may_update(const struct ctx *c, const struct entity *e)
{
    return role_writes(c) && !e->no_update && e->kind != ENTITY_APPEND_ONLY &&
           who_may(c, e->writes);
}

bool scope_held(const struct scope_range *ranges, size_t n, int64_t scope)
{
    for (size_t i = 0; i < n; i++)
        if (scope >= ranges[i].low && scope <= ranges[i].high)
            return true;
    return false;
}

bool who_in_scope(const struct ctx *c, int64_t scope)
{
    return who_is_house(c) || (c->who && scope_held(c->who->ranges, c->who->ranges_n, scope));
}

/* The condition of the caller's kind, NULL when the entity shows that kind nothing. */
static const char *condition_of(const struct entity *e, const struct who *w, int64_t *ret_self)
{
    switch (roles[w->role].sees) {
    case SEES_OWN:
        *ret_self = w->account;
        return e->seen_by_own;
    case SEES_ORG:
        *ret_self = w->org;
        return e->seen_by_org;
    case SEES_CARER:
        *ret_self = w->carer;
        return e->seen_by_carer;
    default:
        return NULL;
    }
}

/* False when the caller may read (write) none of this entity. */
static bool view_make(struct ctx *c, const struct entity *e, enum view_use use, struct view *v)
{
    *v = (struct view){ 0 };
    const struct who *w = c->who;
    bool may_read = who_may(c, e->reads);
    if (who_is_house(c) || (use == VIEW_READ && e->seen_by_all && may_read)) {
        v->all = true;
        return true;
    }
    if (!w || w->weak)
        return false;
    v->condition = condition_of(e, w, &v->self);
    if (roles[w->role].sees == SEES_OWN)             /* their right is that it is theirs */
        return true;
    v->ranges = roles[w->role].sees == SEES_SCOPE;
    v->elders = w->elders_n && e->elder;
    return may_read;
}

enum err view_of(struct ctx *c, const struct entity *e, enum view_use use, struct view *ret_view)
{
    if (view_make(c, e, use, ret_view))
        return ERR_NONE;
    enum err why = who_need(c, e->reads);
    return why ? why : who_need(c, MAY_SIGNED_IN);
}

/* A static condition with `$` bound to the caller. */
static void build_condition(struct ctx *c, struct build *b, const char *condition, int64_t self)
{
    struct sv rest = sv_of(condition);
    for (;;) {
        ptrdiff_t at = sv_find_byte(rest, '$');
        build_piece(b, sv_text(&c->mem, at < 0 ? rest : sv_head(rest, (size_t)at)));
        if (at < 0)
            return;
        build_value(b, V_INT(self));
        rest = sv_from(rest, (size_t)at + 1);
    }
}

void build_ranges(struct build *b, const struct who *w, bool no_scope_index)
{
    for (size_t i = 0; i < w->ranges_n; i++) {
        build_piece(b, no_scope_index ? " OR scope + 0 BETWEEN " : " OR scope BETWEEN ");
        build_value(b, V_INT(w->ranges[i].low));
        build_sql(b, " AND ");
        build_value(b, V_INT(w->ranges[i].high));
    }
}

static void build_elders(struct build *b, const struct who *w, const char *elder)
{
    build_sql(b, " OR ");
    build_name(b, elder);
    build_sql(b, " IN (");
    for (size_t i = 0; i < w->elders_n; i++) {
        build_piece(b, i ? ", " : "");
        build_value(b, V_INT(w->elders[i]));
    }
    build_sql(b, ")");
}

void build_view(struct ctx *c, struct build *b, const struct entity *e, const struct view *v,
                bool no_scope_index)
{
    if (v->all)
        return;
    if (v->ranges && !v->elders && c->who->ranges_n == 1) {      /* plain, for the planner */
        build_piece(b, no_scope_index ? " AND scope + 0 BETWEEN " : " AND scope BETWEEN ");
        build_value(b, V_INT(c->who->ranges[0].low));
        build_sql(b, " AND ");
        build_value(b, V_INT(c->who->ranges[0].high));
        return;
    }
    build_sql(b, " AND (1 = 0");
    if (v->condition) {
        build_sql(b, " OR (");
        build_condition(c, b, v->condition, v->self);
        build_sql(b, ")");
    }
    if (v->ranges)
        build_ranges(b, c->who, no_scope_index);
    if (v->elders)
        build_elders(b, c->who, e->elder);
    build_sql(b, ")");
}

/* SELECT scope FROM entity WHERE id = id [AND view] */
static enum err scope_under(struct ctx *c, const struct entity *e, const struct view *v, int64_t id,
                            bool *ret_found, int64_t *ret_scope)
{
    struct build b = build_new(c);
    build_sql(&b, "SELECT scope FROM ");
    build_name(&b, e->name);
    build_sql(&b, " WHERE id = ");
    build_value(&b, V_INT(id));
    build_view(c, &b, e, v, false);
    struct rows r = build_rows(c, &b);
    bool found = rows_next(&r);
    int64_t scope = found ? rows_int(&r, 0) : 0;
    TRY(rows_end(&r));
    *ret_found = found;
    if (ret_scope && found)
        *ret_scope = scope;
    return ERR_NONE;
}

enum err row_scope(struct ctx *c, const struct entity *e, int64_t id, bool *ret_found,
                   int64_t *ret_scope)
{
    return scope_under(c, e, &(struct view){ .all = true }, id, ret_found, ret_scope);
}

enum err row_seen(struct ctx *c, const struct entity *e, enum view_use use, int64_t id,
                  bool *ret_seen, int64_t *ret_scope)
{
    struct view v;
    *ret_seen = false;
    return view_make(c, e, use, &v) ? scope_under(c, e, &v, id, ret_seen, ret_scope) : ERR_NONE;
}

/* --- rows that take their scope from another --- */

enum { FOLLOW_MAX = 5000, FOLLOW_DEPTH = 4 };

/* " AND state IN (…)" of an entity that says which of its rows are open. */
static void build_open(struct build *b, const struct entity *e)
{
    struct sv rest = sv_of(e->open), state;
    if (!e->open)
        return;
    build_sql(b, " AND ");
    build_name(b, e->state);
    build_sql(b, " IN (");
    for (bool first = true; sv_cut(&rest, ',', &state); first = false) {
        build_piece(b, first ? "" : ", ");
        build_value(b, V_TEXT(state));
    }
    build_sql(b, ")");
}

static enum err ids_under(struct ctx *c, const struct entity *e, const char *link, int64_t id,
                          struct list *ret_ids)
{
    bool elder = e->elder && strcmp(link, e->elder) == 0;
    struct build b = build_new(c);
    build_sql(&b, "SELECT id FROM ");
    build_name(&b, e->name);
    build_sql(&b, " WHERE ended_at IS NULL AND ");
    build_name(&b, link);
    build_sql(&b, " = ");
    build_value(&b, V_INT(id));
    if (elder)
        build_open(&b, e);
    build_sql(&b, " LIMIT ");
    build_int(&b, FOLLOW_MAX + 1);
    int64_t *ids = NULL;
    size_t n = 0, room = 0;
    struct rows r = build_rows(c, &b);
    while (rows_next(&r)) {
        ids = GROW(&c->mem, ids, n, &room);
        ids[n++] = rows_int(&r, 0);
    }
    TRY(rows_end(&r));
    if (n > FOLLOW_MAX)
        return fail(c, ERR_TOO_LARGE, "scope.too_many", "over %d open rows of %s follow %lld",
                    FOLLOW_MAX, e->name, (long long)id);
    *ret_ids = (struct list){ ids, n };
    return ERR_NONE;
}

static enum err scope_set(struct ctx *c, const struct entity *e, int64_t id, int64_t scope)
{
    TRY(search_move(c, e, id, scope));
    struct build b = build_new(c);
    build_sql(&b, "UPDATE ");
    build_name(&b, e->name);
    build_sql(&b, " SET scope = ");
    build_value(&b, V_INT(scope));
    build_sql(&b, " WHERE id = ");
    build_value(&b, V_INT(id));
    return build_run(c, &b, NULL);
}

static enum err follow_at(struct ctx *c, const struct entity *e, int64_t id, int64_t scope,
                          int depth);

static enum err follow_one(struct ctx *c, const struct entity *child, const char *link, int64_t id,
                           int64_t scope, int depth)
{
    struct list ids;
    TRY(ids_under(c, child, link, id, &ids));
    for (size_t i = 0; i < ids.n; i++) {
        int64_t one = ((const int64_t *)ids.at)[i];
        TRY(scope_set(c, child, one, scope));
        TRY(follow_at(c, child, one, scope, depth + 1));
    }
    return ERR_NONE;
}

/*
 * The link by which rows of `child` follow a row of e: NULL when they do not. Rows that take their
 * scope from elsewhere (an order from its organisation) go with the elder while they are open.
 */
static const char *link_to(const struct entity *child, const struct entity *e)
{
    const char *const links[] = { child->scope_of, child->open ? child->elder : NULL };
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const struct field *f = links[i] ? field_named(child->fields, sv_of(links[i])) : NULL;
        if (f && f->links && strcmp(f->links, e->name) == 0)
            return links[i];
    }
    return NULL;
}

static enum err follow_at(struct ctx *c, const struct entity *e, int64_t id, int64_t scope,
                          int depth)
{
    if (depth == FOLLOW_DEPTH)
        return fail(c, ERR_BROKEN, "model.depth", "scopes of %s follow each other in a ring",
                    e->name);
    for (size_t m = 0; c->house->modules && c->house->modules[m]; m++) {
        const struct entity *const *list = c->house->modules[m]->entities;
        for (size_t i = 0; list && list[i]; i++) {
            const char *link = link_to(list[i], e);
            if (link && list[i] != e && list[i]->kind != ENTITY_APPEND_ONLY)
                TRY(follow_one(c, list[i], link, id, scope, depth));
        }
    }
    return ERR_NONE;
}

enum err scope_follow(struct ctx *c, const struct entity *e, int64_t id, int64_t scope)
{
    return follow_at(c, e, id, scope, 0);
}
