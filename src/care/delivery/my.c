/* my.c - what became of a meal at the door, for whose order it is: handed, left with, signed. */

#include "care/delivery/delivery.h"
#include "care/order/page.h"
#include "http/describe/gives.h"
#include "http/file/file.h"

SQL(order_brought);

static const struct field at_door_gives[] = {
    SAYS(CHOICE, "state", .choices = stop_states), MAY_SAY(MOMENT, "done_at"),
    MAY_SAY(TEXT, "left_with"), MAY_SAY(TEXT, "signed_by"), MAY_SAY(MOMENT, "signed_at"),
    SAYS(LIST, "pictures", .record = file_listed_gives, .zh = "签字", .en = "What was drawn"),
    { 0 },
};

const struct field brought_gives[] = {
    MAY_SAY(RECORD, "stop", .record = at_door_gives, .zh = "没有送餐时没有",
            .en = "Absent where nothing was brought"),
    { 0 },
};

static enum err stop_write(struct ctx *c, struct json *j, const struct meal_stop *s)
{
    json_object(j, "stop");
    json_text(j, "state", sv_of(stop_states[s->state].key));
    if (moment_known(s->done_at))
        json_moment(j, "done_at", s->done_at);
    if (s->left_with.len)
        json_text(j, "left_with", s->left_with);
    if (s->signed_by.len)
        json_text(j, "signed_by", s->signed_by);
    if (moment_known(s->signed_at))
        json_moment(j, "signed_at", s->signed_at);
    TRY(files_write(c, j, "pictures", "meal_stop", s->id.n));
    json_end(j, '}');
    return ERR_NONE;
}

/* For whom the order is her own (order_is_own), as with the photographs of a visit. */
enum err my_brought_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct care_order o;
    struct meal_stop s;
    bool own, found = false;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    TRY(order_is_own(c, &o, &own));
    record_clear(meal_stop_fields, &s);
    if (own && o.sitting)
        TRY(db_find(c, &sql_order_brought, PARAMS(P_INT("care_order", id)), meal_stop_fields, &s,
                    &found));
    return found ? stop_write(c, &a->json, &s) : ERR_NONE;
}
