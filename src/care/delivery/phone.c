/* phone.c - the stops of who brings, on her telephone, with and without a network. */

#include "care/delivery/delivery.h"
#include "care/parameter/parameter.h"

SQL(carer_stops);

/* Name, address and telephone whole, since she must get there; it is noted that she saw them. */
static enum err stop_members(struct ctx *c, struct json *j, const void *row, int64_t second)
{
    const struct meal_stop *s = row;
    struct care_order o;
    struct meal_run run;
    int64_t sign;
    bool found;
    (void)second;
    TRY(entity_load(c, &care_order_entity, s->care_order.n, &o, &found));
    TRY(entity_load(c, &meal_run_entity, s->run.n, &run, &found));
    entity_json(c, j, "stop", &meal_stop_entity, s, true);
    TRY(parameter_int(c, "delivery.sign", s->row.scope, s->day, &sign));
    json_bool(j, "sign_asked", sign == SIGN_ASKED);
    json_text(j, "sitting_name", sitting_name((enum sitting)run.sitting, c->lang));
    json_int(j, "trip", run.trip);
    json_int(j, "leave_min", run.leave_min);
    json_text(j, "number", o.number);
    json_text(j, "for_name", o.for_name);
    json_text(j, "address", o.for_address);
    json_text(j, "phone", o.for_phone);
    json_text(j, "note", o.note);
    json_text(j, "diets_text", diets_text(&c->mem, s->diets, c->lang));
    json_int(j, "to_collect", o.paid || o.pay_way != PAY_CASH ? 0 : o.own_pay.fen);
    return ERR_NONE;
}

static const struct sync_own stops = { &meal_stop_entity, &sql_carer_stops, stop_members };

static enum err stop_given(struct ctx *c, const struct sync_row *row)
{
    struct meal_stop s;
    TRY(entity_get(c, &meal_stop_entity, row->id, &s));
    return access_note(c, s.elder.n, &care_order_entity, s.care_order.n,
                       SV("for_name,for_address,for_phone"));
}

static const struct sync_step takes[] = {
    { &meal_stop_entity, "hand" }, { &meal_stop_entity, "leave" },
    { &meal_stop_entity, "nobody" }, { &meal_stop_entity, "sign" }, { 0 },
};

const struct sync_form delivery_forms[] = {
    { .name = "meals", .zh = "送餐", .en = "Meals to bring", .may = MAY_DO_VISITS,
      .own = &stops, .given = stop_given, .takes = takes },
    { 0 },
};
