/* again.c - 再来一单: the same service, the same carer, the next time at which both are free. */

#include "care/told/told.h"

#include "care/order/placing.h"
#include "care/carer/staff.h"
#include "care/pair/pair.h"
#include "care/offer/week.h"
#include "care/visit/visit.h"
#include "http/describe/gives.h"

SQL(told_slot_left);

enum { DAYS_AHEAD = 14 };

const struct field told_again_fields[] = {
    { .name = "order", .kind = KIND_LINK, .offset = offsetof(struct told_again, order),
      .links = "care_order", .required = true, .zh = "上次的订单", .en = "The order before" },
    { 0 },
};

struct usual {
    struct care_order o;
    struct offer      offer;
    struct catalogue_item item;
    struct carer      carer;           /* id 0: none came, she has left or must not come */
    struct week       week;
};

static enum err read_before(struct ctx *c, int64_t id, struct usual *a)
{
    struct visit v;
    bool found, visited, forbidden;
    TRY(entity_get(c, &care_order_entity, id, &a->o));
    TRY(entity_load(c, &offer_entity, a->o.offer.n, &a->offer, &found));
    if (!found || a->offer.state != REVIEW_PUBLISHED)
        return fail(c, ERR_MISSING, "offer.missing", "offer %lld is not sold any more",
                    (long long)a->o.offer.n);
    TRY(entity_load(c, &catalogue_item_entity, a->offer.item.n, &a->item, &found));
    TRY(order_visit_of(c, &a->o, &v, &visited));
    if (visited)
        TRY(entity_load(c, &carer_entity, v.carer.n, &a->carer, &found));
    TRY(pair_forbidden(c, a->o.elder, a->carer.id, day_of(c->now), &forbidden));
    if (!visited || !found || forbidden || a->carer.state == CARER_LEFT)
        a->carer.id.n = 0;
    return week_parse(a->offer.week, &a->week)
        ? ERR_NONE : fail(c, ERR_BROKEN, "house.broken", "offer %lld has a bad week",
                          (long long)a->offer.id.n);
}

static enum err carer_free(struct ctx *c, const struct usual *a, struct day day,
                           const struct week_slot *s, bool *ret_free)
{
    bool absent, clash;
    *ret_free = true;
    if (!a->carer.id.n)
        return ERR_NONE;
    TRY(carer_absent(c, &a->carer, day, &absent));
    TRY(visit_clash(c, a->carer.id, day, s->start_min,
                    placing_end(&a->item, s->start_min, s->end_min), (struct visit_id){ 0 },
                    &clash));
    *ret_free = !absent && !clash;
    return ERR_NONE;
}

/* Of one day: the usual hour before others; -1 none. */
static enum err day_slot(struct ctx *c, const struct usual *a, struct day day, int *ret_start)
{
    struct calendar calendar;
    struct week_slot slots[WEEK_SLOTS_MAX];
    TRY(calendar_load_day(c, day, &calendar));
    size_t n = week_day_slots(&a->week, &calendar, day, slots);
    *ret_start = -1;
    for (size_t i = 0; i < n; i++) {
        bool usual = slots[i].start_min == a->o.start_min, free;
        int64_t left = a->offer.capacity;
        if (moment_at(day, slots[i].start_min).ms < c->now.ms + a->offer.lead_min * 60000)
            continue;
        struct rows r = db_rows(c, &sql_told_slot_left,
                                PARAMS(P_INT("offer", a->offer.id.n), P_INT("day", day.n),
                                       P_INT("start_min", slots[i].start_min)));
        if (rows_next(&r))
            left = rows_int(&r, 0);
        TRY(rows_end(&r));
        TRY(carer_free(c, a, day, &slots[i], &free));
        if (left < a->o.quantity || !free || (*ret_start >= 0 && !usual))
            continue;
        *ret_start = slots[i].start_min;
    }
    return ERR_NONE;
}

enum err told_again_get(struct ctx *c, const struct request *q, struct answer *out)
{
    struct usual a = { .carer = { .id = { 0 } } };
    int start = -1;
    TRY(read_before(c, ((const struct told_again *)q->query)->order.n, &a));
    struct day day = day_of(c->now);
    for (int i = 0; i <= DAYS_AHEAD && start < 0; i++, day.n += start < 0)
        TRY(day_slot(c, &a, day, &start));
    json_id(&out->json, "offer", a.offer.id.n);
    json_text(&out->json, "offer_title", a.offer.name);
    if (a.carer.id.n) {
        json_id(&out->json, "carer", a.carer.id.n);
        json_text(&out->json, "carer_title", a.carer.name);
    }
    if (start >= 0) {
        struct buf key = buf_new(&c->mem, 16);
        slot_key_write(&key, (struct slot_key){ day, start });
        json_text(&out->json, "slot", buf_sv(&key));
    }
    return ERR_NONE;
}

const struct field told_again_gives[] = {
    SAYS(ID, "offer"), SAYS(TEXT, "offer_title"), MAY_SAY(ID, "carer"),
    MAY_SAY(TEXT, "carer_title"), MAY_SAY(TEXT, "slot"), { 0 },
};
