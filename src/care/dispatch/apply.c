/* apply.c - changes put into orders and visits, all or none. */

#include "care/dispatch/apply.h"

#include "care/dispatch/change.h"
#include "care/order/steps.h"
#include "care/parameter/parameter.h"

#include <string.h>

SQL(dispatch_locked);

const struct field wanted_fields[] = {
    LINK(struct wanted, order, "care_order", .required = true, .zh = "订单", .en = "Order"),
    FIELD(struct wanted, order_version, .required = true, .low = 1, .high = INT64_C(1) << 40,
          .zh = "订单版本", .en = "Version of the order"),
    FIELD(struct wanted, visit_version, .low = 0, .high = INT64_C(1) << 40, .zh = "工单版本",
          .en = "Version of the visit, 0: there is none; not asked when absent"),
    FIELD(struct wanted, start_min, .low = 0, .high = 1439, .zh = "开始（分钟）",
          .en = "Begin, minute of the day; as it stands when absent"),
    FIELD(struct wanted, carer, .high = 20, .zh = "护理员（空：没有人）", .en = "Carer; \"\": nobody"),
    FIELD(struct wanted, second, .high = 20, .zh = "两人上门的另一位",
          .en = "Of an order of two who goes with her"),
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
    if (w->second.len && !sv_int(w->second, 1, INT64_MAX, &n))
        fail_field(c, SV("second"), "field.not_id");
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

/* An order of two has two visits and gets two carers; else the second of each is nothing. */
struct applied {
    struct care_order o;
    struct visit    v[VISITS_OF_ORDER];
    int             n;                   /* of visits */
    struct carer_id carer[VISITS_OF_ORDER];      /* 0: nobody */
    int64_t         start_min;
};

static bool begun(const struct applied *p)
{
    return (p->n > 0 && p->v[0].state != VISIT_PLANNED) ||
           (p->n > 1 && p->v[1].state != VISIT_PLANNED);
}

/* Still as it was looked at, and still to be planned? */
static bool moved_on(const struct apply *a, const struct wanted *w, const struct applied *p)
{
    bool waits = p->o.state == ORDER_PLACED || p->o.state == ORDER_ACCEPTED ||
                 p->o.state == ORDER_ASSIGNED;
    return !waits || p->o.row.version != w->order_version || p->o.day.n != a->day.n ||
           p->o.org.n != a->org.n || p->o.sitting || p->o.gathering.n ||
           (w->visit_version.known && w->visit_version.n != visits_version(p->v, p->n)) || begun(p);
}

/* Who is asked for. Who goes already keeps her visit, whichever of the two she is asked as. */
static void carers_asked(const struct wanted *w, struct applied *p)
{
    int64_t one = 0, other = 0;
    (void)sv_int(w->carer, 1, INT64_MAX, &one);
    (void)sv_int(w->second, 1, INT64_MAX, &other);
    bool crossed = other && p->n > 1 && (p->v[0].carer.n == other || p->v[1].carer.n == one);
    p->carer[crossed].n = one;
    p->carer[!crossed].n = other;
}

/* Two go together or nobody; else one goes. */
static void refuse_number(struct ctx *c, const struct wanted *w, size_t i, const struct applied *p)
{
    bool two = order_two(&p->o) && (p->n == 0 || p->v[0].seat != SEAT_ALONE);
    if (two && w->carer.len && sv_eq(w->carer, w->second))
        fault_at(c, i, "second", "carer.same");
    else if (two && !w->carer.len != !w->second.len)
        fault_at(c, i, w->carer.len ? "second" : "carer", "order.two");
    else if (!two && w->second.len)
        fault_at(c, i, "second", "order.one");
}

MUST static enum err look(struct ctx *c, const struct apply *a, size_t i, struct applied *p)
{
    const struct wanted *w = &a->wanted[i];
    enum err e = entity_get(c, &care_order_entity, w->order.n, &p->o);
    if (e == ERR_MISSING) {
        ctx_forgive(c);
        fault_at(c, i, "order", "order.missing");
        return ERR_NONE;
    }
    TRY(e);
    TRY(order_visits_of(c, &p->o, p->v, &p->n));
    carers_asked(w, p);
    p->start_min = w->start_min.known ? w->start_min.n
                   : p->n             ? p->v[0].start_min
                                      : p->o.start_min;
    refuse_number(c, w, i, p);
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
    bool changes = false;
    for (int i = 0; i < p->n; i++)
        changes = changes || p->carer[i].n != p->v[i].carer.n ||
                  p->start_min != p->v[i].start_min;
    return changes;
}

/* What speaks against one of them, under the name she was asked by. */
MUST static enum err check_carer(struct ctx *c, size_t i, const struct applied *p,
                                 struct carer_id carer, struct sv field)
{
    struct fault before = c->fault;
    if (carer.n == 0)
        return ERR_NONE;
    ctx_forgive(c);
    enum err e = order_check_carer(c, p->o.id, carer);
    if (e == ERR_NONE)
        c->fault = before;
    for (size_t f = 0; e == ERR_INVALID && f < c->fault.fields_n; f++)
        c->fault.fields[f].field = field;
    return keep_fault(c, e, i, &before);
}

MUST static enum err check(struct ctx *c, const struct wanted *w, size_t i,
                           const struct applied *p)
{
    int64_t locked = 0, second = 0;
    if (changes_visit(p))
        TRY(db_int(c, &sql_dispatch_locked, PARAMS(P_INT("care_order", p->o.id.n)), &locked));
    if (locked)
        fault_at(c, i, "order", "dispatch.locked");
    if (p->start_min + p->o.end_min - p->o.start_min > MINUTES_A_DAY)
        fault_at(c, i, "start_min", "dispatch.past_midnight");
    (void)sv_int(w->second, 1, INT64_MAX, &second);
    for (int k = 0; k < VISITS_OF_ORDER; k++)
        TRY(check_carer(c, i, p, p->carer[k],
                        p->carer[k].n == second ? SV("second") : SV("carer")));
    return ERR_NONE;
}

/* --- putting it in --- */

MUST static enum err take_off(struct ctx *c, struct applied *p)
{
    if (!p->n || p->carer[0].n)
        return ERR_NONE;
    return entity_act_by_rule(c, &care_order_entity, p->o.id.n, p->o.row.version, SV("unassign"),
                              NULL, &p->o);
}

MUST static enum err move_one(struct ctx *c, const struct applied *p, struct visit *v,
                              struct carer_id to)
{
    bool other = to.n != v->carer.n;
    if (!other && p->start_min == v->start_min)
        return ERR_NONE;
    int64_t minutes = v->end_min - v->start_min;
    v->carer = to;
    v->start_min = p->start_min;
    v->end_min = p->start_min + minutes;
    return entity_update_by_rule(c, &visit_entity, v, v->row.version, other ? "reassign" : "move");
}

MUST static enum err move(struct ctx *c, struct applied *p)
{
    for (int i = 0; p->carer[0].n && i < p->n; i++)
        TRY(move_one(c, p, &p->v[i], p->carer[i]));
    return ERR_NONE;
}

MUST static enum err send(struct ctx *c, struct applied *p)
{
    struct plan_input in = { p->carer[0], p->start_min, p->carer[1] };
    if (!p->carer[0].n || p->n)
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
    if (!p->carer[0].n || within || p->o.told == TOLD_NO)
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
        TRY(order_visits_of(c, &p->o, p->v, &p->n));
        for (int k = 0; k < p->n && !clash; k++)
            TRY(visit_clash(c, p->v[k].carer, p->v[k].day, p->v[k].start_min, p->v[k].end_min,
                            p->v[k].id, &clash));
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

struct before { struct carer_id carer[VISITS_OF_ORDER]; int64_t start_min; };

static void before_carer(struct json *j, const char *name, struct carer_id carer)
{
    if (carer.n)
        json_id(j, name, carer.n);
    else
        json_text(j, name, SV(""));
}

static void before_json(struct json *j, const struct applied *p, const struct before *was)
{
    json_object(j, NULL);
    json_id(j, "order", p->o.id.n);
    json_int(j, "order_version", p->o.row.version);
    json_int(j, "visit_version", visits_version(p->v, p->n));
    before_carer(j, "carer", was->carer[0]);
    if (order_two(&p->o))
        before_carer(j, "second", was->carer[1]);
    json_int(j, "start_min", was->start_min);
    json_end(j, '}');
}

static struct before before_of(const struct applied *p)
{
    struct before was = { .start_min = p->n ? p->v[0].start_min : p->o.start_min };
    for (int i = 0; i < p->n; i++)
        was.carer[i] = p->v[i].carer;
    return was;
}

MUST static enum err keep_run(struct ctx *c, const struct apply *a, const struct applied *all,
                              const struct before *was)
{
    struct dispatch_run run;
    struct buf b = buf_new(&c->mem, 160 * a->n + 16);
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
        TRY(check(c, &a->wanted[i], i, &all[i]));
        was[i] = before_of(&all[i]);
    }
    TRY(fail_fields(c));
    TRY(put_all(c, a, all));
    TRY(refuse_clashes(c, a, all));
    return keep_run(c, a, all, was);
}
