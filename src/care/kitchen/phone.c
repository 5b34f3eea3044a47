/* phone.c - the batches of a van on its driver's telephone, with and without a network. */

#include "care/kitchen/van.h"
#include "care/parameter/parameter.h"

SQL(driver_batches);

enum { BATCHES_TAKEN_MAX = 100 };

MUST static enum err place_members(struct ctx *c, struct json *j, const char *name,
                                   struct place_id id)
{
    struct place p;
    bool found;
    TRY(entity_load(c, &place_entity, id.n, &p, &found));
    json_object(j, name);
    json_text(j, "name", found ? p.name : SV(""));
    json_text(j, "address", found ? p.address : SV(""));
    json_text(j, "phone", found ? p.phone : SV(""));
    json_end(j, '}');
    return ERR_NONE;
}

/* With the limits, so that the telephone can say at once that it is too cold. */
MUST static enum err batch_row(struct ctx *c, const struct meal_batch *b, struct buf *out)
{
    struct meal_van v;
    struct json j = json_new(out);
    int64_t least, minutes;
    bool found;
    TRY(entity_load(c, &meal_van_entity, b->van.n, &v, &found));
    TRY(parameter_int(c, "meal.hot_min", b->row.scope, b->day, &least));
    TRY(parameter_int(c, "meal.batch_minutes", b->row.scope, b->day, &minutes));
    json_object(&j, NULL);
    entity_json(c, &j, "batch", &meal_batch_entity, b, true);
    TRY(place_members(c, &j, "kitchen", b->kitchen));
    TRY(place_members(c, &j, "point", b->place));
    json_text(&j, "van", found ? v.name : SV(""));
    json_text(&j, "sitting_name", sitting_name((enum sitting)b->sitting, c->lang));
    json_int(&j, "least_temp", least * 10);
    json_int(&j, "minutes_max", minutes);
    json_end(&j, '}');
    return ERR_NONE;
}

static enum err batch_rows(struct ctx *c, struct day day, struct sync_rows *out)
{
    int64_t ids[BATCHES_TAKEN_MAX];
    size_t n = 0;
    if (c->who->carer == 0)
        return fail(c, ERR_FORBIDDEN, "carer.no_carer", "account %lld is no carer",
                    (long long)c->who->account);
    struct rows r = db_rows(c, &sql_driver_batches,
                            PARAMS(P_INT("carer", c->who->carer), P_INT("day", day.n)));
    while (n < BATCHES_TAKEN_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct meal_batch b;
        struct buf text = buf_new(&c->mem, 512);
        TRY(entity_get(c, &meal_batch_entity, ids[i], &b));
        TRY(batch_row(c, &b, &text));
        (void)sync_add(out, &(struct sync_row){ &meal_batch_entity, b.id.n, b.row.version,
                                                buf_sv(&text) });
    }
    return ERR_NONE;
}

static const struct sync_step takes[] = {
    { &meal_batch_entity, "send" }, { &meal_batch_entity, "receive" }, { 0 },
};

const struct sync_form kitchen_forms[] = {
    { .name = "batches", .zh = "配餐交接", .en = "Meals by van", .may = MAY_DO_VISITS,
      .rows = batch_rows, .takes = takes },
    { 0 },
};
