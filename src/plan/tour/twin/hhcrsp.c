/* hhcrsp.c - instances of home health care routing with two-carer visits: read, check, write. */

#include "base/json.h"
#include "plan/tour/twin/twin.h"

enum { ITEMS_MAX = 5000000, DIGITS = 3, TIME_MAX = 100000000 };

struct reader { struct ctx *c; struct twin_problem *p; const struct json_value *top; };

static enum err wrong(struct reader *r, struct sv path, const char *what)
{
    return fail(r->c, ERR_INVALID, "plan.invalid", "%.*s: %s", SV_ARG(path), what);
}

/* A number with at most three decimals, in thousandths; more are rounded. */
static bool number_of(const struct json_value *v, int32_t *ret_n)
{
    double n;
    if (!v || v->kind != JSON_NUMBER || !sv_real(v->text, 0, TIME_MAX / 1000.0, &n))
        return false;
    *ret_n = (int32_t)(n * 1000 + 0.5);
    return true;
}

static enum err list_of(struct reader *r, const char *name, size_t most,
                        const struct json_value **ret_list)
{
    *ret_list = json_member(r->top, name);
    if (!*ret_list || (*ret_list)->kind != JSON_ARRAY || (*ret_list)->n == 0 ||
        (*ret_list)->n > most)
        return wrong(r, sv_of(name), sv_fmt(&r->c->mem, "an array of 1 to %zu is wanted", most).at);
    return ERR_NONE;
}

static int service_of(const struct twin_problem *p, const struct json_value *v)
{
    for (int i = 0; v && v->kind == JSON_TEXT && i < p->services_n; i++)
        if (sv_eq(p->services[i], v->text))
            return i;
    return -1;
}

static enum err services_read(struct reader *r)
{
    const struct json_value *list;
    TRY(list_of(r, "services", TWIN_SERVICES_MAX, &list));
    r->p->services = NEW(&r->c->mem, struct sv, list->n);
    for (const struct json_value *i = list->first; i; i = i->next) {
        const struct json_value *id = json_member(i, "id");
        if (!id || id->kind != JSON_TEXT)
            return wrong(r, sv_fmt(&r->c->mem, "services[%d].id", r->p->services_n),
                         "a text is wanted");
        r->p->services[r->p->services_n++] = id->text;
    }
    return ERR_NONE;
}

static enum err carers_read(struct reader *r)
{
    const struct json_value *list;
    TRY(list_of(r, "caregivers", TWIN_CARERS_MAX, &list));
    r->p->carers = NEW(&r->c->mem, struct sv, list->n);
    r->p->able = NEW(&r->c->mem, uint64_t, list->n);
    for (const struct json_value *i = list->first; i; i = i->next) {
        int n = r->p->carers_n++, at = 0;
        const struct json_value *id = json_member(i, "id"), *able = json_member(i, "abilities");
        if (!id || id->kind != JSON_TEXT || !able || able->kind != JSON_ARRAY)
            return wrong(r, sv_fmt(&r->c->mem, "caregivers[%d]", n),
                         "an id and an array of abilities are wanted");
        r->p->carers[n] = id->text;
        for (const struct json_value *s = able->first; s; s = s->next, at++) {
            int service = service_of(r->p, s);
            if (service < 0)
                return wrong(r, sv_fmt(&r->c->mem, "caregivers[%d].abilities[%d]", n, at),
                             "there is no such service");
            r->p->able[n] |= 1ull << service;
        }
    }
    return ERR_NONE;
}

/* How the second start follows the first. */
static enum err together_read(struct reader *r, const struct json_value *patient, struct sv path,
                              struct twin_visit *v)
{
    const struct json_value *s = json_member(patient, "synchronization");
    const struct json_value *type = json_member(s, "type"), *gap = json_member(s, "distance");
    path = sv_fmt(&r->c->mem, "%.*s.synchronization", SV_ARG(path));
    if (type && type->kind == JSON_TEXT && sv_is(type->text, "simultaneous"))
        return ERR_NONE;
    if (!type || type->kind != JSON_TEXT || !sv_is(type->text, "sequential"))
        return wrong(r, path, "type is simultaneous or sequential");
    if (!gap || gap->kind != JSON_ARRAY || gap->n != 2 || !number_of(gap->first, &v->gap_min) ||
        !number_of(gap->first->next, &v->gap_max) || v->gap_max < v->gap_min)
        return wrong(r, path, "distance is [least, most], numbers from 0");
    return ERR_NONE;
}

static enum err patient_read(struct reader *r, const struct json_value *i, struct sv path,
                             struct twin_visit *v)
{
    const struct json_value *id = json_member(i, "id"), *w = json_member(i, "time_window");
    const struct json_value *needs = json_member(i, "required_caregivers");
    if (!id || id->kind != JSON_TEXT)
        return wrong(r, path, "an id is wanted");
    v->id = id->text;
    if (!w || w->kind != JSON_ARRAY || w->n != 2 || !number_of(w->first, &v->open) ||
        !number_of(w->first->next, &v->close) || v->close < v->open)
        return wrong(r, sv_fmt(&r->c->mem, "%.*s.time_window", SV_ARG(path)),
                     "[from, to] is wanted, numbers from 0");
    if (!needs || needs->kind != JSON_ARRAY || needs->n < 1 || needs->n > 2)
        return wrong(r, sv_fmt(&r->c->mem, "%.*s.required_caregivers", SV_ARG(path)),
                     "one or two are wanted");
    for (const struct json_value *n = needs->first; n; n = n->next) {
        struct sv at = sv_fmt(&r->c->mem, "%.*s.required_caregivers[%d]", SV_ARG(path),
                              v->carers_n);
        v->service[v->carers_n] = service_of(r->p, json_member(n, "service"));
        if (v->service[v->carers_n] < 0)
            return wrong(r, at, "there is no such service");
        if (!number_of(json_member(n, "duration"), &v->takes[v->carers_n]))
            return wrong(r, at, "duration: a number from 0 is wanted");
        v->carers_n++;
    }
    return v->carers_n == 2 ? together_read(r, i, path, v) : ERR_NONE;
}

static enum err patients_read(struct reader *r)
{
    const struct json_value *list;
    TRY(list_of(r, "patients", TWIN_VISITS_MAX, &list));
    r->p->visits = NEW(&r->c->mem, struct twin_visit, list->n);
    for (const struct json_value *i = list->first; i; i = i->next) {
        struct sv path = sv_fmt(&r->c->mem, "patients[%d]", r->p->visits_n);
        TRY(patient_read(r, i, path, &r->p->visits[r->p->visits_n++]));
    }
    return ERR_NONE;
}

static enum err ways_read(struct reader *r)
{
    const struct json_value *list;
    size_t n = (size_t)r->p->visits_n + 1, at = 0;
    TRY(list_of(r, "distances", TWIN_VISITS_MAX + 1, &list));
    if (list->n != n)
        return wrong(r, SV("distances"), "a row for the office and one for each patient is wanted");
    r->p->ways = NEW(&r->c->mem, int32_t, n * n);
    for (const struct json_value *row = list->first; row; row = row->next) {
        if (row->kind != JSON_ARRAY || row->n != n)
            return wrong(r, sv_fmt(&r->c->mem, "distances[%zu]", at / n),
                         "the matrix is not square");
        for (const struct json_value *i = row->first; i; i = i->next, at++)
            if (!number_of(i, &r->p->ways[at]))
                return wrong(r, sv_fmt(&r->c->mem, "distances[%zu][%zu]", at / n, at % n),
                             "a number from 0 is wanted");
    }
    return ERR_NONE;
}

enum err twin_check(struct ctx *c, const struct twin_problem *p)
{
    for (int v = 0; v < p->visits_n; v++) {
        int first = 0, second = 0, either = 0, n = p->visits[v].carers_n;
        for (int k = 0; k < p->carers_n; k++) {
            bool a = p->able[k] >> p->visits[v].service[0] & 1;
            bool b = n == 2 && (p->able[k] >> p->visits[v].service[1] & 1);
            first += a;
            second += b;
            either += a || b;
        }
        if (first == 0 || (n == 2 && (second == 0 || either < 2)))
            return fail(c, ERR_INVALID, "plan.invalid",
                        "patients[%d].required_caregivers: no caregiver has the ability", v);
    }
    return ERR_NONE;
}

enum err hhcrsp_read(struct ctx *c, struct sv text, struct twin_problem *ret_problem)
{
    struct twin_problem p = { .scale = 1000 };
    struct reader r = { .c = c, .p = &p };
    enum err e = json_parse_large(c, text, ITEMS_MAX, &r.top);
    if (e == ERR_MALFORMED && c->fault.arg1.len)
        c->fault.log = sv_fmt(&c->mem, "%.*s: %.*s", SV_ARG(c->fault.arg1), SV_ARG(c->fault.log));
    TRY(e);
    TRY(services_read(&r));
    TRY(carers_read(&r));
    TRY(patients_read(&r));
    TRY(ways_read(&r));
    TRY(twin_check(c, &p));
    *ret_problem = p;
    return ERR_NONE;
}

/* --- writing --- */

static void put_route(struct json *j, const struct twin_problem *p, const struct twin_plan *plan,
                      int carer)
{
    json_object(j, NULL);
    json_text(j, "caregiver_id", p->carers[carer]);
    json_array(j, "locations");
    for (int i = 0; i < p->visits_n; i++)
        for (int w = 0; w < p->visits[plan->order[i]].carers_n; w++) {
            int v = plan->order[i];
            if (plan->carer[v][w] != carer)
                continue;
            json_object(j, NULL);
            json_text(j, "patient", p->visits[v].id);
            json_text(j, "service", p->services[p->visits[v].service[w]]);
            json_fixed(j, "arrival_time", plan->start[v][w], DIGITS);
            json_end(j, '}');
        }
    json_end(j, ']');
    json_end(j, '}');
}

void hhcrsp_write(const struct twin_problem *p, const struct twin_plan *plan, struct buf *out)
{
    struct json j = json_new(out);
    json_object(&j, NULL);
    json_array(&j, "routes");
    for (int k = 0; k < p->carers_n; k++)
        put_route(&j, p, plan, k);
    json_end(&j, ']');
    json_end(&j, '}');
    buf_byte(out, '\n');
}
