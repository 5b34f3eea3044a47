/* tell.c - locking what is promised, and telling carers what has changed for them. */

#include "care/dispatch/tell.h"

#include "care/dispatch/change.h"
#include "care/message/message.h"

SQL(dispatch_note_of);
SQL(dispatch_notes);
SQL(dispatch_carer_account);

const struct field lock_asked_fields[] = {
    LINK(struct lock_asked, order, "care_order", .required = true, .zh = "订单", .en = "Order"),
    FIELD(struct lock_asked, locked, .zh = "锁定", .en = "Locked; false: not any more"),
    { 0 },
};

/* --- notes --- */

/* What a note is of. */
struct noted { struct care_order_id order; struct organisation_id org; struct day day; int seat; };

/* The note of an order, of each who goes, stored or about to be. */
MUST static enum err note_of(struct ctx *c, const struct noted *of, struct dispatch_note *ret_note)
{
    bool found;
    record_clear(dispatch_note_fields, ret_note);
    TRY(db_find(c, &sql_dispatch_note_of,
                PARAMS(P_INT("care_order", of->order.n),
                       P_TEXT("seat", sv_of(visit_seats[of->seat].key))),
                dispatch_note_fields, ret_note, &found));
    if (found)
        return ERR_NONE;
    ret_note->care_order = of->order;
    ret_note->org = of->org;
    ret_note->day = of->day;
    ret_note->seat = of->seat;
    return ERR_NONE;
}

/* An order that was moved to another day takes its note along. */
MUST static enum err note_store(struct ctx *c, struct dispatch_note *n, struct day day,
                                const char *action)
{
    n->day = day;
    if (n->id.n)
        return entity_update_by_rule(c, &dispatch_note_entity, n, n->row.version, action);
    return entity_create_by_rule(c, &dispatch_note_entity, n);
}

/* --- locking --- */

MUST static enum err lock_one(struct ctx *c, const struct care_order *o, int seat, bool locked)
{
    struct dispatch_note n;
    TRY(note_of(c, &(struct noted){ o->id, o->org, o->day, seat }, &n));
    n.locked = locked;
    return note_store(c, &n, o->day, locked ? "lock" : "unlock");
}

enum err dispatch_lock_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct lock_asked *asked = q->body;
    struct care_order o;
    struct visit v;
    bool found;
    TRY(need_org(c));
    TRY(entity_get(c, &care_order_entity, asked->order.n, &o));
    TRY(order_visit_of(c, &o, &v, &found));
    if (o.org.n != c->who->org)
        return fail(c, ERR_MISSING, "order.missing", "order %lld is another's", (long long)o.id.n);
    if (asked->locked && !found)
        return fail(c, ERR_CONFLICT, "dispatch.lock_nobody", "order %lld has no carer",
                    (long long)o.id.n);
    bool two = order_two(&o) && (!found || v.seat != SEAT_ALONE);
    TRY(lock_one(c, &o, two ? SEAT_FIRST : SEAT_ALONE, asked->locked));
    if (two)
        TRY(lock_one(c, &o, SEAT_SECOND, asked->locked));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

/* --- telling --- */

enum { LINES_MAX = 90 };

/* "09:00张**助浴；10:10李**助洁", as many as fit. */
static struct sv lines_of(struct ctx *c, const struct the_day *d, int carer, int *ret_n)
{
    struct buf b = buf_new(&c->mem, 512);
    bool full = false;
    *ret_n = 0;
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        if (v->carer != carer || v->over)
            continue;
        struct sv one = sv_fmt(&c->mem, "%s%.*s%.*s%.*s", *ret_n ? "；" : "",
                               SV_ARG(clock_text(&c->mem, v->start_min)), SV_ARG(v->for_name),
                               SV_ARG(sv_runes_head(v->item_name, 6)));
        full = full || sv_runes(buf_sv(&b)) + sv_runes(one) > LINES_MAX - 1;
        if (!full)
            buf_put(&b, one);
        ++*ret_n;
    }
    if (full)
        buf_text(&b, "…");
    return *ret_n ? buf_sv(&b) : SV("没有工单");
}

MUST static enum err tell_carer(struct ctx *c, const struct the_day *d, int carer)
{
    struct carer a;
    int64_t account = 0;
    bool found;
    int n;
    struct civil day = civil_of_day(d->day);
    struct sv lines = lines_of(c, d, carer, &n);
    TRY(entity_load(c, &carer_entity, d->carers[carer].id.n, &a, &found));
    TRY(db_int(c, &sql_dispatch_carer_account,
               PARAMS(P_INT("carer", a.id.n), P_INT("today", day_of(c->now).n)), &account));
    return message_send(c, &(struct message_new){
        .kind = TELL_DAY_PLAN, .account = { account }, .phone = a.phone, .scope = d->scope,
        .values = { { "day", sv_fmt(&c->mem, "%d月%d日", day.month, day.day) },
                    { "count", sv_fmt(&c->mem, "%d", n) }, { "lines", lines } },
        .until = moment_at((struct day){ d->day.n + 1 }, 0),
        .once = sv_fmt(&c->mem, "day.planned/%lld/%lld/%lld", (long long)a.id.n,
                       (long long)d->day.n, (long long)c->now.ms) });
}

/* She has heard of it: what stands is what was told. */
MUST static enum err note_told(struct ctx *c, const struct the_day *d, const struct day_visit *v)
{
    struct dispatch_note n;
    TRY(note_of(c, &(struct noted){ v->order, d->org, d->day, v->seat }, &n));
    n.told_carer = d->carers[v->carer].id;
    n.told_min = v->start_min;
    n.told_at = c->now;
    return note_store(c, &n, d->day, "tell");
}

/* Who was told of a visit that is nobody's now has heard that it is off. */
MUST static enum err note_off(struct ctx *c, const struct the_day *d)
{
    struct dispatch_note *all = NEW(&c->mem, struct dispatch_note, DAY_VISITS_MAX);
    int n = 0;
    struct rows r = db_rows(c, &sql_dispatch_notes,
                            PARAMS(P_INT("org", d->org.n), P_INT("day", d->day.n)));
    while (n < DAY_VISITS_MAX && rows_next(&r)) {
        record_clear(dispatch_note_fields, &all[n]);
        rows_read(&r, dispatch_note_fields, &all[n]);
        int i = day_seat_at(d, all[n].care_order, (enum visit_seat)all[n].seat);
        n += all[n].told_carer.n && (i == NOBODY || d->visits[i].carer == NOBODY);
    }
    TRY(rows_end(&r));
    for (int i = 0; i < n; i++) {
        all[i].told_carer.n = 0;
        TRY(note_store(c, &all[i], d->day, "tell"));
    }
    return ERR_NONE;
}

MUST static enum err publish(struct ctx *c, const struct the_day *d, int *ret_told)
{
    *ret_told = 0;
    for (int k = 0; k < d->carers_n; k++)
        if (d->untold[k]) {
            TRY(tell_carer(c, d, k));
            ++*ret_told;
        }
    for (int i = 0; i < d->visits_n; i++) {
        const struct day_visit *v = &d->visits[i];
        if (v->carer != NOBODY && !v->told && !v->over && v->visit_state == VISIT_PLANNED)
            TRY(note_told(c, d, v));
    }
    return note_off(c, d);
}

enum err dispatch_publish_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct { struct day day; } *asked = q->body;
    struct the_day *d;
    int told;
    TRY(need_org(c));
    if (asked->day.n < day_of(c->now).n)
        fail_field(c, SV("day"), "dispatch.day_over");
    TRY(fail_fields(c));
    TRY(day_enter(c, (struct organisation_id){ c->who->org }, asked->day, true, &d));
    enum err e = publish(c, d, &told);
    day_leave(c, d);
    TRY(e);
    json_int(&a->json, "told", told);
    json_int(&a->json, "untold_n", 0);
    return ERR_NONE;
}
