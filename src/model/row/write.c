/* write.c - creating and changing rows: checks, scope, the row, and what goes with it. */

#include "model/inside.h"
#include "model/search/search.h"
#include "store/event.h"

#include <string.h>

enum err may_write(struct ctx *c, const struct entity *e, bool by_rule)
{
    if (by_rule || who_is_house(c) || !c->who || roles[c->who->role].writes)
        return ERR_NONE;
    return fail(c, ERR_FORBIDDEN, "who.reads_only", "role %s may not write %s",
                roles[c->who->role].name.key, e->name);
}

/* --- checks --- */

/* A link the caller sets must lead to a row she sees: else its title would leak. */
static enum err link_check(struct ctx *c, const struct change *ch, const struct field *f)
{
    int64_t id = field_int(f, ch->row);
    bool same = ch->before && field_same(f, ch->before, ch->row), seen = true;
    if (id == 0 || same || f->read_only || ch->by_rule || who_is_house(c))
        return ERR_NONE;
    const struct entity *to = house_entity(c->house, sv_of(f->links));
    if (!to)
        return ERR_NONE;
    TRY(row_seen(c, to, VIEW_READ, id, &seen, NULL));
    if (!seen)
        fail_field(c, sv_of(f->name), "link.missing");
    return ERR_NONE;
}

/* A dated fact: when it was recorded, and a period that does not end before it begins. */
static void dated_check(struct ctx *c, const struct entity *e, void *row)
{
    const struct field *recorded = field_named(e->fields, SV("recorded_at"));
    const struct field *from = field_named(e->fields, SV("valid_from"));
    const struct field *to = field_named(e->fields, SV("valid_to"));
    if (recorded && field_absent(recorded, row))
        field_set_int(recorded, row, c->now.ms);
    if (from && to && !field_absent(from, row) && !field_absent(to, row)
        && field_int(to, row) < field_int(from, row))
        fail_field(c, SV("valid_to"), "dated.backwards");
}

/* A new row that belongs to nothing lies in the officer's own division. */
static void scope_default(const struct ctx *c, const struct change *ch)
{
    struct row *r = row_of(ch->e, ch->row);
    bool officer = c->who && roles[c->who->role].sees == SEES_SCOPE && c->who->ranges_n > 0;
    if (!ch->before && r->scope == 0 && officer)
        r->scope = c->who->ranges[0].low;
}

/* The scope of the row it belongs to, when that link is new. */
static enum err scope_take(struct ctx *c, const struct change *ch)
{
    if (ch->scoped)
        return ERR_NONE;
    if (!ch->e->scope_of) {
        scope_default(c, ch);
        return ERR_NONE;
    }
    const struct field *f = field_named(ch->e->fields, sv_of(ch->e->scope_of));
    assert(f);
    const struct entity *to = house_entity(c->house, sv_of(f->links));
    int64_t id = field_int(f, ch->row);
    if (!to || id == 0 || (ch->before && field_same(f, ch->before, ch->row)))
        return ERR_NONE;
    bool found;
    TRY(row_scope(c, to, id, &found, &row_of(ch->e, ch->row)->scope));
    if (!found)
        fail_field(c, sv_of(f->name), "link.missing");
    return fail_fields(c);
}

/* An officer writes only within her ranges (or about elders granted to her). */
static enum err scope_check(struct ctx *c, const struct change *ch)
{
    const struct who *w = c->who;
    if (ch->by_rule || !w || who_is_house(c) || roles[w->role].sees != SEES_SCOPE)
        return ERR_NONE;
    int64_t elder = row_elder(ch->e, ch->row);
    for (size_t i = 0; i < w->elders_n; i++)
        if (elder && w->elders[i] == elder)
            return ERR_NONE;
    int64_t scope = entity_row(ch->e, ch->row)->scope;
    if (!who_in_scope(c, scope))
        return fail(c, ERR_FORBIDDEN, "scope.outside", "scope %lld of %s lies outside the caller's",
                    (long long)scope, ch->e->name);
    return ERR_NONE;
}

enum err change_check(struct ctx *c, const struct change *ch)
{
    const struct entity *e = ch->e;
    TRY(may_write(c, e, ch->by_rule));
    record_check(c, e->fields, ch->row, !ch->before);
    if (e->kind == ENTITY_DATED)
        dated_check(c, e, ch->row);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->kind == KIND_LINK && f->links)
            TRY(link_check(c, ch, f));
    TRY(fail_fields(c));
    if (e->rules)
        TRY(e->rules(c, ch->before, ch->row));
    TRY(fail_fields(c));
    TRY(scope_take(c, ch));
    return scope_check(c, ch);
}

/* --- storing --- */

/* The columns that this write sets: all of a new row, else what changed. */
static enum err cells_changed(struct ctx *c, const struct change *ch, struct cells *ret_cells)
{
    *ret_cells = (struct cells){ 0 };
    for (const struct field *f = ch->e->fields; f->kind != KIND_END; f++)
        if (field_stored(f) && (!ch->before || !field_same(f, ch->before, ch->row)))
            TRY(cells_of(c, ch->e, f, ch->row, ret_cells));
    return ERR_NONE;
}

static enum err insert(struct ctx *c, const struct change *ch)
{
    struct cells cells;
    TRY(cells_changed(c, ch, &cells));
    struct build b = build_new(c);
    build_sql(&b, "INSERT INTO ");
    build_name(&b, ch->e->name);
    for (size_t i = 0; i < cells.n; i++) {
        build_piece(&b, i ? ", " : " (");
        build_name(&b, cells.at[i].column);
    }
    build_sql(&b, ") VALUES (");
    for (size_t i = 0; i < cells.n; i++) {
        build_piece(&b, i ? ", " : "");
        build_value(&b, cells.at[i].value);
    }
    build_sql(&b, ")");
    return build_run(c, &b, NULL);
}

static enum err update(struct ctx *c, const struct change *ch)
{
    struct cells cells;
    TRY(cells_changed(c, ch, &cells));
    struct build b = build_new(c);
    build_sql(&b, "UPDATE ");
    build_name(&b, ch->e->name);
    for (size_t i = 0; i < cells.n; i++) {
        build_piece(&b, i ? ", " : " SET ");
        build_name(&b, cells.at[i].column);
        build_sql(&b, " = ");
        build_value(&b, cells.at[i].value);
    }
    int64_t version = entity_row(ch->e, ch->before)->version, changed = 0;
    build_sql(&b, " WHERE id = ");
    build_value(&b, V_INT(row_id(ch->e, ch->row)));
    build_sql(&b, " AND version = ");
    build_value(&b, V_INT(version));
    TRY(build_run(c, &b, &changed));
    return changed == 1 ? ERR_NONE : stale(c, ch->e, NULL, version);
}

/* Callers who see only what is theirs cannot store a row that is not. */
static enum err own_check(struct ctx *c, const struct change *ch)
{
    const struct who *w = c->who;
    if (ch->by_rule || !w || who_is_house(c) || roles[w->role].sees == SEES_SCOPE)
        return ERR_NONE;
    const char *condition = roles[w->role].sees == SEES_OWN ? ch->e->seen_by_own
                          : roles[w->role].sees == SEES_ORG ? ch->e->seen_by_org
                                                            : ch->e->seen_by_carer;
    if (!condition)                                  /* no generic answer: the entity's rules say */
        return ERR_NONE;
    bool seen;
    TRY(row_seen(c, ch->e, VIEW_WRITE, row_id(ch->e, ch->row), &seen, NULL));
    if (!seen)
        return fail(c, ERR_FORBIDDEN, "scope.outside", "the caller would not see her own %s",
                    ch->e->name);
    return ERR_NONE;
}

static enum err tell(struct ctx *c, const struct change *ch)
{
    struct event event = {
        .entity = sv_of(ch->e->name),
        .row_id = row_id(ch->e, ch->row),
        .action = sv_of(ch->action),
        .scope = entity_row(ch->e, ch->row)->scope,
        .org = row_link(ch->e, ch->row, "org"),
        .account = row_link(ch->e, ch->row, "account"),
        .at = c->now,
    };
    return event_add(c, &event);
}

/* The entity's own, then what other modules do. */
static enum err follow(struct ctx *c, const struct change *ch)
{
    if (ch->e->follow)
        TRY(ch->e->follow(c, ch->before, ch->row, ch->action));
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct follower *f = (*m)->followers; f && f->of; f++)
            if (f->of == ch->e)
                TRY(f->follow(c, ch->before, ch->row, ch->action));
    return ERR_NONE;
}

enum err change_store(struct ctx *c, const struct change *ch)
{
    TRY(ch->before ? update(c, ch) : insert(c, ch));
    TRY(own_check(c, ch));
    TRY(search_change(c, ch->e, ch->before, ch->row));
    if (ch->before && entity_row(ch->e, ch->before)->scope != entity_row(ch->e, ch->row)->scope)
        TRY(scope_follow(c, ch->e, row_id(ch->e, ch->row), entity_row(ch->e, ch->row)->scope));
    if (!ch->e->no_history)
        TRY(history_add(c, ch));
    if (!ch->e->no_events)
        TRY(tell(c, ch));
    return follow(c, ch);
}

/* --- create --- */

static enum err create(struct ctx *c, struct change ch)
{
    const struct entity *e = ch.e;
    void *row = ch.row;
    struct row *r = row_of(e, row);
    if (row_id(e, row) == 0) {
        int64_t id;
        TRY(id_next(c, c->house->ids, &id));
        field_set_int(&e->fields[0], row, id);
    }
    r->version = 1;
    if (!moment_known(r->created_at))
        r->created_at = c->now;

    const struct step *start;
    TRY(flow_start(c, &ch, &start));
    ch.action = start ? start->action : "create";
    TRY(change_check(c, &ch));
    return change_store(c, &ch);
}

enum err entity_create(struct ctx *c, const struct entity *e, void *row)
{
    return create(c, (struct change){ .e = e, .row = row });
}

enum err entity_create_by_rule(struct ctx *c, const struct entity *e, void *row)
{
    return create(c, (struct change){ .e = e, .row = row, .by_rule = true });
}

enum err entity_create_under(struct ctx *c, const struct entity *e, void *row)
{
    return create(c, (struct change){ .e = e, .row = row, .by_rule = true, .scoped = true });
}

/* --- change --- */

static struct sv current_json(struct ctx *c, const struct entity *e, const void *current)
{
    struct buf b = buf_new(&c->mem, 512);
    struct json j = json_new(&b);
    entity_json(c, &j, NULL, e, current, false);
    return buf_sv(&b);
}

/* `current` NULL: the row moved under us in this very moment; the caller reads it again. */
enum err stale(struct ctx *c, const struct entity *e, const void *current, int64_t version)
{
    struct sv json = current ? current_json(c, e, current) : SV("");
    enum err kind = fail(c, ERR_CONFLICT, "version.stale", "%s is no longer at version %lld",
                         e->name, (long long)version);
    c->fault.current = json;
    return kind;
}

static bool changed(const struct change *ch)
{
    for (const struct field *f = ch->e->fields; f->kind != KIND_END; f++)
        if (field_stored(f) && !field_same(f, ch->before, ch->row))
            return true;
    return false;
}

/* Seen but outside one's own: forbidden. Not seen: missing. */
enum err change_allowed(struct ctx *c, const struct entity *e, int64_t id)
{
    bool reads, writes;
    TRY(row_seen(c, e, VIEW_WRITE, id, &writes, NULL));
    if (writes)
        return ERR_NONE;
    TRY(row_seen(c, e, VIEW_READ, id, &reads, NULL));
    if (!reads)
        return fail(c, ERR_MISSING, "entity.missing", "no %s %lld for this caller", e->name,
                    (long long)id);
    return fail(c, ERR_FORBIDDEN, "scope.outside", "%s %lld may only be read by this caller",
                e->name, (long long)id);
}

/* The row as it stands, for a change at `version`. */
static enum err before_of(struct ctx *c, const struct entity *e, int64_t id, int64_t version,
                          bool by_rule, void *ret_before)
{
    bool found;
    if (!by_rule)
        TRY(change_allowed(c, e, id));
    TRY(entity_load(c, e, id, ret_before, &found));
    if (!found)
        return fail(c, ERR_MISSING, "entity.missing", "no %s %lld", e->name, (long long)id);
    if (entity_row(e, ret_before)->version != version)
        return stale(c, e, ret_before, version);
    return ERR_NONE;
}

static enum err update_row(struct ctx *c, const struct entity *e, void *row, int64_t version,
                           const char *action, bool by_rule)
{
    if (e->kind == ENTITY_APPEND_ONLY)
        return fail(c, ERR_FORBIDDEN, "entity.append_only", "%s is never changed", e->name);
    void *before = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(may_write(c, e, by_rule));
    TRY(before_of(c, e, row_id(e, row), version, by_rule, before));

    struct sv was, is;
    if (state_of(e, before, &was) && state_of(e, row, &is) && !sv_eq(was, is))
        return fail(c, ERR_CONFLICT, "state.by_action", "the state of %s %lld moves only by a step",
                    e->name, (long long)row_id(e, row));
    struct change ch = {
        .e = e, .before = before, .row = row, .action = action, .by_rule = by_rule
    };
    row_of(e, row)->version = version;
    row_of(e, row)->created_at = entity_row(e, before)->created_at;
    TRY(change_check(c, &ch));
    if (!changed(&ch))
        return ERR_NONE;
    row_of(e, row)->version = version + 1;
    return change_store(c, &ch);
}

enum err entity_update(struct ctx *c, const struct entity *e, void *row, int64_t version,
                       const char *action)
{
    return update_row(c, e, row, version, action, false);
}

enum err entity_update_by_rule(struct ctx *c, const struct entity *e, void *row, int64_t version,
                               const char *action)
{
    return update_row(c, e, row, version, action, true);
}

/* --- steps (flow.c says which) --- */

enum err step_row(struct ctx *c, const struct entity *e, int64_t id, int64_t version, bool by_rule,
                  void *ret_before)
{
    TRY(may_write(c, e, by_rule));
    return before_of(c, e, id, version, by_rule, ret_before);
}
