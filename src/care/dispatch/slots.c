/*
 * slots.c - at which times of a day could somebody come?
 *
 * Asked before it is known where to: the ways are taken as if from where the organisation is.
 * A time is good when a carer who may do the item has room in her day for it, with what is
 * nobody's yet given out (day/fill.c). One slot is asked as if no other were taken.
 */

#include "care/dispatch/try.h"

#include "care/dispatch/change.h"
#include "care/dispatch/day/two.h"
#include "care/offer/week.h"
#include "care/parameter/parameter.h"

const struct field slots_asked_fields[] = {
    LINK(struct slots_asked, offer, "offer", .required = true, .zh = "服务供给", .en = "Offer"),
    FIELD(struct slots_asked, day, .required = true, .zh = "日期", .en = "Day"), { 0 },
};

static struct day_visit wished_of(const struct the_day *d, const struct staff_wanted *asked,
                                  const struct week_slot *s)
{
    const struct catalogue_item *item = asked->item;
    int minutes = item->duration_min ? (int)item->duration_min : s->end_min - s->start_min;
    int open = s->start_min - d->early_min, close = s->start_min + d->late_min;
    return (struct day_visit){ .place = d->centre, .minutes = minutes, .skill = item->skill,
                               .elder = asked->elder,
                               .promised_min = s->start_min,
                               .earliest_min = open > d->now_min ? open : d->now_min,
                               .latest_min = close };
}

static void could_all(struct ctx *c, const struct the_day *d, const struct staff_wanted *asked,
                      int *ret_n)
{
    struct course *trial = NEW(&c->mem, struct course, 1);
    bool two = item_two(asked->item);
    for (size_t i = 0; i < asked->n; i++) {
        struct day_visit wished = wished_of(d, asked, &asked->slots[i]);
        ret_n[i] = wished.latest_min < d->now_min ? 0
                   : two                          ? day_could_two(c, d, &wished)
                                                  : day_could(d, &wished, trial);
    }
}

enum err dispatch_nobody_comes(struct ctx *c, const struct staff_wanted *asked)
{
    struct the_day *d;
    int64_t by_staff, days;
    int64_t ahead = asked->day.n - day_of(c->now).n;
    int64_t scope = asked->offer->row.scope;
    int *n = NEW(&c->mem, int, asked->n + 1);
    TRY(parameter_int(c, "dispatch.slots_by_staff", scope, asked->day, &by_staff));
    TRY(parameter_int(c, "dispatch.plan_days", scope, asked->day, &days));
    if (!by_staff || ahead < 0 || ahead > days)
        return ERR_NONE;
    TRY(day_enter(c, asked->offer->org, asked->day, false, &d));
    if (d->carers_n) {
        could_all(c, d, asked, n);
        for (size_t i = 0; i < asked->n; i++)
            asked->nobody[i] = n[i] == 0;
    }
    day_leave(c, d);
    return ERR_NONE;
}

MUST static enum err offer_asked(struct ctx *c, struct offer_id id, struct offer *ret_offer,
                                 struct catalogue_item *ret_item)
{
    bool found = false;
    TRY(entity_get(c, &offer_entity, id.n, ret_offer));
    TRY(entity_load(c, &catalogue_item_entity, ret_offer->item.n, ret_item, &found));
    if (!found || ret_offer->org.n != c->who->org)
        return fail(c, ERR_MISSING, "offer.missing", "offer %lld is another's", (long long)id.n);
    return ERR_NONE;
}

static void slots_json(struct json *j, const struct week_slot *slots, size_t n, const int *could)
{
    json_array(j, "slots");
    for (size_t i = 0; i < n; i++) {
        json_object(j, NULL);
        json_int(j, "start_min", slots[i].start_min);
        json_bool(j, "carer_found", could[i] > 0);
        json_int(j, "carers_n", could[i]);
        json_end(j, '}');
    }
    json_end(j, ']');
}

enum err dispatch_slots_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct slots_asked *asked = q->query;
    struct offer offer;
    struct catalogue_item item;
    struct week week;
    struct calendar k;
    struct week_slot slots[WEEK_SLOTS_MAX];
    int could[WEEK_SLOTS_MAX];
    struct the_day *d;
    TRY(need_org(c));
    TRY(offer_asked(c, asked->offer, &offer, &item));
    TRY(calendar_load_day(c, asked->day, &k));
    size_t n = week_parse(offer.week, &week) ? week_day_slots(&week, &k, asked->day, slots) : 0;
    TRY(day_enter(c, offer.org, asked->day, false, &d));
    struct staff_wanted wanted = { &offer, &item, { 0 }, asked->day, slots, n, NULL };
    could_all(c, d, &wanted, could);
    json_text(&a->json, "stamp", d->stamp);
    day_leave(c, d);
    slots_json(&a->json, slots, n, could);
    return ERR_NONE;
}
