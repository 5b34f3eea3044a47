/* phone.c - the batches of a van on its driver's telephone, with and without a network. */

#include "care/kitchen/van.h"
#include "care/parameter/parameter.h"

SQL(driver_batches);

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
static enum err batch_members(struct ctx *c, struct json *j, const void *row, int64_t second)
{
    const struct meal_batch *b = row;
    struct meal_van v;
    int64_t least, minutes;
    bool found;
    (void)second;
    TRY(entity_load(c, &meal_van_entity, b->van.n, &v, &found));
    TRY(parameter_int(c, "meal.hot_min", b->row.scope, b->day, &least));
    TRY(parameter_int(c, "meal.batch_minutes", b->row.scope, b->day, &minutes));
    entity_json(c, j, "batch", &meal_batch_entity, b, true);
    TRY(place_members(c, j, "kitchen", b->kitchen));
    TRY(place_members(c, j, "point", b->place));
    json_text(j, "van", found ? v.name : SV(""));
    json_text(j, "sitting_name", sitting_name((enum sitting)b->sitting, c->lang));
    json_int(j, "least_temp", least * 10);
    json_int(j, "minutes_max", minutes);
    return ERR_NONE;
}

static const struct sync_own batches = { &meal_batch_entity, &sql_driver_batches, batch_members };

static const struct sync_step takes[] = {
    { &meal_batch_entity, "send" }, { &meal_batch_entity, "receive" }, { 0 },
};

const struct sync_form kitchen_forms[] = {
    { .name = "batches", .zh = "配餐交接", .en = "Meals by van", .may = MAY_DO_VISITS,
      .own = &batches, .takes = takes },
    { 0 },
};
