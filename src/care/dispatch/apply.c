/* apply.c - changes put into orders and visits, all or none. */

#include "care/dispatch/apply.h"

#include "care/dispatch/change.h"
#include "care/order/steps.h"
#include "care/parameter/parameter.h"

#include <string.h>

SQL(dispatch_note_of);

const struct field wanted_fields[] = {
    LINK(struct wanted, order, "care_order", .required = true, .zh = "订单", .en = "Order"),
    FIELD(struct wanted, order_version, .required = true, .low = 1, .high = INT64_C(1) << 40,
          .zh = "订单版本", .en = "Version of the order"),
    FIELD(struct wanted, visit_version, .low = 0, .high = INT64_C(1) << 40, .zh = "工单版本",
          .en = "Version of the visit, 0: there is none; not asked when absent"),
    FIELD(struct wanted, start_min, .low = 0, .high = 1439, .zh = "开始（分钟）",
          .en = "Begin, minute of the day; as it stands when absent"),
    FIELD(struct wanted, carer, .high = 20, .zh = "护理员（空：没有人）", .en = "Carer; \"\": nobody"),
    { 0 },
};

/* --- faults under their change --- */

static struct sv under(struct ctx *c, size_t i, struct sv field)
{
    return sv_fmt(&c->mem, "changes.%zu.%.*s", i, SV_ARG(field));
}

static void fault_at(struct ctx *c, size_t i, const char *field, const char *key)
{
    fail_field(c, under(c, i, sv_of(field)), key);
}

/* Faults of one are put under its number; anything that is no answer goes on. */
static enum err keep_fault(struct ctx *c, enum err e, size_t i, const struct fault *before)
{
    if (e == ERR_NONE || e != ERR_INVALID)
        return e;
    struct fault one = c->fault;
    c->fault = *before;
    for (size_t f = 0; f < one.fields_n; f++)
        fail_field_args(c, under(c, i, one.fields[f].field), one.fields[f].key,
                        one.fields[f].arg0, one.fields[f].arg1);
    return ERR_NONE;
}

static enum err read_one(struct ctx *c, const struct json_value *v, struct wanted *w)
{
    record_clear(wanted_fields, w);
    TRY(json_read(c, v, wanted_fields, true, w, NULL));
    record_check(c, wanted_fields, w, true);
    int64_t n;
    if (w->carer.len && !sv_int(w->carer, 1, INT64_MAX, &n))
        fail_field(c, SV("carer"), "field.not_id");
    return fail_fields(c);
}

enum err wanted_read(struct ctx *c, const struct json_value *list, struct wanted **ret_wanted,
                     size_t *ret_n)
{
    if (!list || list->kind != JSON_ARRAY || list->n == 0)
        fail_field(c, SV("changes"), "dispatch.no_changes");
    else if (list->n > APPLY_MAX)
        fail_field(c, SV("changes"), "dispatch.many_changes");
    TRY(fail_fields(c));
    struct wanted *all = NEW(&c->mem, struct wanted, list->n);
    size_t n = 0;
    for (const struct json_value *v = list->first; v; v = v->next, n++) {
        struct fault before = c->fault;
        TRY(keep_fault(c, read_one(c, v, &all[n]), n, &before));
    }
    *ret_wanted = all;
    *ret_n = n;
    return fail_fields(c);
}

/* --- what each means --- */

struct applied {
    struct care_order o;
    struct visit    v;
    bool            has_visit;
    struct carer_id carer;               /* 0: nobody */
    int64_t         start_min;
};

/* Still as it was looked at, and still to be planned? */
static bool moved_on(const struct apply *a, const struct wanted *w, const struct applied *p)
{
    bool waits = p->o.state == ORDER_PLACED || p->o.state == ORDER_ACCEPTED ||
                 p->o.state == ORDER_ASSIGNED;
    int64_t version = p->has_visit ? p->v.row.version : 0;
    return !waits || p->o.row.version != w->order_version || p->o.day.n != a->day.n ||
           p->o.org.n != a->org.n || p->o.sitting || p->o.gathering.n ||
           (w->visit_version.known && w->visit_version.n != version) ||
           (p->has_visit && p->v.state != VISIT_PLANNED);
}

MUST static enum err look(struct ctx *c, const struct apply *a, size_t i, struct applied *p)
{
    const struct wanted *w = &a->wanted[i];
    int64_t carer = 0;
    enum err e = entity_get(c, &care_order_entity, w->order.n, &p->o);
    if (e == ERR_MISSING) {
        ctx_forgive(c);
        fault_at(c, i, "order", "order.missing");
        return ERR_NONE;
    }
    TRY(e);
    TRY(order_visit_of(c, &p->o, &p->v, &p->has_visit));
    (void)sv_int(w->carer, 1, INT64_MAX, &carer);
    p->carer.n = carer;
    p->start_min = w->start_min.known ? w->start_min.n
                   : p->has_visit     ? p->v.start_min
                                      : p->o.start_min;
    if (moved_on(a, w, p))
        fault_at(c, i, "order", "dispatch.moved_on");
    for (size_t k = 0; k < i; k++)
        if (a->wanted[k].order.n == w->order.n)
            fault_at(c, i, "order", "dispatch.twice");
    return ERR_NONE;
}

/* Which of them are the moment's, not the asker's: the board looks again. */
static enum err fail_looked(struct ctx *c)
{
    bool moved = false;
    for (size_t f = 0; f < c->fault.fields_n; f++)
        moved = moved || strcmp(c->fault.fields[f].key, "dispatch.moved_on") == 0;
    if (moved)
        return fail(c, ERR_CONFLICT, "dispatch.moved_on", "%zu orders have moved on",
                    c->fault.fields_n);
    return fail_fields(c);
}

static bool changes_visit(const struct applied *p)
{
    return p->has_visit && (p->carer.n != p->v.carer.n || p->start_min != p->v.start_min);
}

MUST static enum err check(struct ctx *c, size_t i, const struct applied *p)
{
    struct dispatch_note note;
    bool noted;
    record_clear(dispatch_note_fields, &note);
    TRY(db_find(c, &sql_dispatch_note_of, PARAMS(P_INT("care_order", p->o.id.n)),
                dispatch_note_fields, &note, &noted));
    if (noted && note.locked && changes_visit(p))
        fault_at(c, i, "order", "dispatch.locked");
    if (p->start_min + p->o.end_min - p->o.start_min > MINUTES_A_DAY)
        fault_at(c, i, "start_min", "dispatch.past_midnight");
    if (p->carer.n == 0)
        return ERR_NONE;
    struct fault before = c->fault;
    ctx_forgive(c);
    enum err e = order_check_carer(c, p->o.id, p->carer);
    if (e == ERR_NONE)
        c->fault = before;
    return keep_fault(c, e, i, &before);
}

/* --- putting it in --- */

MUST static enum err take_off(struct ctx *c, struct applied *p)
{
    if (!p->has_visit || p->carer.n)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, p->o.id.n, p->o.row.version, SV("unassign"),
                              NULL, &p->o);
}

MUST static enum err move(struct ctx *c, struct applied *p)
{
    bool other = p->carer.n != p->v.carer.n;
    if (!p->carer.n || !changes_visit(p))
        return ERR_NONE;
    int64_t minutes = p->v.end_min - p->v.start_min;
    p->v.carer = p->carer;
    p->v.start_min = p->start_min;
    p->v.end_min = p->start_min + minutes;
    return entity_update_by_rule(c, &visit_entity, &p->v, p->v.row.version,
                                 other ? "reassign" : "move");
}

MUST static enum err send(struct ctx *c, struct applied *p)
{
    struct plan_input in = { p->carer, p->start_min };
    if (!p->carer.n || p->has_visit)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, p->o.id.n, p->o.row.version, SV("plan"),
                              &in, &p->o);
}

/* Beyond what may be done unasked somebody must tell the elder. */
MUST static enum err ask_again(struct ctx *c, struct applied *p)
{
    int64_t early, late;
    TRY(parameter_int(c, "dispatch.early_min", p->o.row.scope, p->o.day, &early));
    TRY(parameter_int(c, "dispatch.late_min", p->o.row.scope, p->o.day, &late));
    bool within = p->start_min >= p->o.start_min - early && p->start_min <= p->o.start_min + late;
    if (!p->carer.n || within || p->o.told == TOLD_NO)
        return ERR_NONE;
    p->o.told = TOLD_NO;
    p->o.told_at = (struct moment){ 0 };
    return entity_update_by_rule(c, &care_order_entity, &p->o, p->o.row.version, "move");
}

MUST static enum err refuse_clashes(struct ctx *c, const struct apply *a, struct applied *all)
{
    for (size_t i = 0; i < a->n; i++) {
        struct applied *p = &all[i];
        bool clash = false;
        TRY(order_visit_of(c, &p->o, &p->v, &p->has_visit));
        if (p->has_visit)
            TRY(visit_clash(c, p->v.carer, p->v.day, p->v.start_min, p->v.end_min, p->v.id,
                            &clash));
        if (clash)
            fault_at(c, i, "carer", "visit.clash");
    }
    return fail_fields(c);
}

typedef enum err put_fn(struct ctx *c, struct applied *p);

/*
 * Who is taken off makes room for who is moved, and both for who is sent. An assignment asks for a
 * clash itself: what it meets there is told under its number.
 */
MUST static enum err put_all(struct ctx *c, const struct apply *a, struct applied *all)
{
    static put_fn *const turns[] = { take_off, move, send, ask_again };
    for (size_t t = 0; t < sizeof turns / sizeof *turns; t++)
        for (size_t i = 0; i < a->n; i++) {
            enum err e = turns[t](c, &all[i]);
            if (e == ERR_CONFLICT && !c->fault.retryable && c->fault.key &&
                strcmp(c->fault.key, "visit.clash") == 0) {
                ctx_forgive(c);
                fault_at(c, i, "carer", "visit.clash");
                return fail_fields(c);
            }
            TRY(e);
        }
    return ERR_NONE;
}

/* --- what was before --- */

struct before { struct carer_id carer; int64_t start_min; };

static void before_json(struct json *j, const struct applied *p, const struct before *was)
{
    json_object(j, NULL);
    json_id(j, "order", p->o.id.n);
    json_int(j, "order_version", p->o.row.version);
    json_int(j, "visit_version", p->has_visit ? p->v.row.version : 0);
    if (was->carer.n)
        json_id(j, "carer", was->carer.n);
    else
        json_text(j, "carer", SV(""));
    json_int(j, "start_min", was->start_min);
    json_end(j, '}');
}

MUST static enum err keep_run(struct ctx *c, const struct apply *a, const struct applied *all,
                              const struct before *was)
{
    struct dispatch_run run;
    struct buf b = buf_new(&c->mem, 128 * a->n + 16);
    struct json j = json_new(&b);
    if (a->no_run)
        return ERR_NONE;
    json_array(&j, NULL);
    for (size_t i = 0; i < a->n; i++)
        before_json(&j, &all[i], &was[i]);
    json_end(&j, ']');
    record_clear(dispatch_run_fields, &run);
    run.row.scope = all[0].o.row.scope;
    run.org = a->org;
    run.day = a->day;
    run.account.n = c->who ? c->who->account : 0;
    run.why = (int)a->why;
    run.before.json = buf_sv(&b);
    return entity_create_by_rule(c, &dispatch_run_entity, &run);
}

enum err apply_changes(struct ctx *c, const struct apply *a)
{
    struct applied *all = NEW(&c->mem, struct applied, a->n);
    struct before *was = NEW(&c->mem, struct before, a->n);
    for (size_t i = 0; i < a->n; i++)
        TRY(look(c, a, i, &all[i]));
    TRY(fail_looked(c));
    for (size_t i = 0; i < a->n; i++) {
        TRY(check(c, i, &all[i]));
        was[i].carer = all[i].has_visit ? all[i].v.carer : (struct carer_id){ 0 };
        was[i].start_min = all[i].has_visit ? all[i].v.start_min : all[i].o.start_min;
    }
    TRY(fail_fields(c));
    TRY(put_all(c, a, all));
    TRY(refuse_clashes(c, a, all));
    return keep_run(c, a, all, was);
}
