/* phone.c - the stops of who brings, on her telephone, with and without a network. */

#include "care/delivery/delivery.h"
#include "care/parameter/parameter.h"

SQL(carer_stops);

enum { STOPS_TAKEN_MAX = 90 };

/* Name, address and telephone whole, since she must get there; it is noted that she saw them. */
static enum err stop_row(struct ctx *c, const struct meal_stop *s, struct buf *b)
{
    struct care_order o;
    struct meal_run run;
    struct json j = json_new(b);
    int64_t sign;
    bool found;
    TRY(entity_load(c, &care_order_entity, s->care_order.n, &o, &found));
    TRY(entity_load(c, &meal_run_entity, s->run.n, &run, &found));
    json_object(&j, NULL);
    entity_json(c, &j, "stop", &meal_stop_entity, s, true);
    TRY(parameter_int(c, "delivery.sign", s->row.scope, s->day, &sign));
    json_bool(&j, "sign_asked", sign == SIGN_ASKED);
    json_text(&j, "sitting_name", sitting_name((enum sitting)run.sitting, c->lang));
    json_int(&j, "trip", run.trip);
    json_int(&j, "leave_min", run.leave_min);
    json_text(&j, "number", o.number);
    json_text(&j, "for_name", o.for_name);
    json_text(&j, "address", o.for_address);
    json_text(&j, "phone", o.for_phone);
    json_text(&j, "note", o.note);
    json_text(&j, "diets_text", diets_text(&c->mem, s->diets, c->lang));
    json_int(&j, "to_collect", o.paid || o.pay_way != PAY_CASH ? 0 : o.own_pay.fen);
    json_end(&j, '}');
    return ERR_NONE;
}

static enum err stop_rows(struct ctx *c, struct day day, struct sync_rows *out)
{
    int64_t ids[STOPS_TAKEN_MAX];
    size_t n = 0;
    if (c->who->carer == 0)
        return fail(c, ERR_FORBIDDEN, "carer.no_carer", "account %lld is no carer",
                    (long long)c->who->account);
    struct rows r = db_rows(c, &sql_carer_stops,
                            PARAMS(P_INT("carer", c->who->carer), P_INT("day", day.n)));
    while (n < STOPS_TAKEN_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct meal_stop s;
        struct buf b = buf_new(&c->mem, 512);
        TRY(entity_get(c, &meal_stop_entity, ids[i], &s));
        TRY(stop_row(c, &s, &b));
        (void)sync_add(out, &(struct sync_row){ &meal_stop_entity, s.id.n, s.row.version,
                                                buf_sv(&b) });
    }
    return ERR_NONE;
}

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
      .rows = stop_rows, .given = stop_given, .takes = takes },
    { 0 },
};
