/* push.c - what was done off line, item by item in the order it was done. */

#include "care/sync/inside.h"

/*
 * The phone's clock against ours as it sends. One that is near is taken as right; one that is
 * more than a day off would make times nobody can use, so the person sets it first.
 */
static enum err clock_of(struct ctx *c, const struct sync_push *p, struct sync_work *w)
{
    int64_t off = p->phone_at.ms - c->now.ms;
    if (off > SYNC_CLOCK_MAX_MS || off < -SYNC_CLOCK_MAX_MS)
        fail_field(c, SV("phone_at"), "sync.clock");
    w->phone_at = p->phone_at;
    w->skew_ms = off > SYNC_CLOCK_NEAR_MS || off < -SYNC_CLOCK_NEAR_MS ? off : 0;
    return fail_fields(c);
}

static enum err items_of(struct ctx *c, const struct request *q, const struct json_value **ret)
{
    const struct json_value *items = json_member(q->json, "items");
    if (!items || items->kind != JSON_ARRAY)
        fail_field(c, SV("items"), "sync.items");
    else if (items->n > SYNC_ITEMS_MAX)
        fail_field_args(c, SV("items"), "sync.many", sv_fmt(&c->mem, "%d", SYNC_ITEMS_MAX), SV(""));
    *ret = items;
    return fail_fields(c);
}

enum err sync_push_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct sync_work w = { .trace = NEW(&c->mem, struct sync_trace, SYNC_ITEMS_MAX) };
    const struct json_value *items;
    TRY(sync_form_of(c, q, &w.form));
    TRY(items_of(c, q, &items));
    TRY(clock_of(c, q->body, &w));
    json_moment(&a->json, "as_of", c->now);
    json_int(&a->json, "skew_ms", w.skew_ms);
    json_array(&a->json, "results");
    for (const struct json_value *item = items->first; item; item = item->next)
        TRY(sync_item_run(c, &w, item, &a->json));
    json_end(&a->json, ']');
    return ERR_NONE;
}
