/* phone.c - errands on the telephone of who runs them, with and without a network. */

#include "care/errand/errand.h"

#include "care/parameter/parameter.h"
#include "care/sync/sync.h"

SQL(carer_errands);

/* The list whole, since she must buy by it; it is noted that she saw it. */
static enum err errand_members(struct ctx *c, struct json *j, const void *row, int64_t visit)
{
    const struct errand *e = row;
    struct care_order o;
    struct money most;
    struct sv never;
    bool found;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    TRY(parameter_money(c, "errand.advance_max", e->row.scope, e->day, &most));
    TRY(parameter_text(c, "errand.never_ask", e->row.scope, e->day, &never));
    entity_json(c, j, "errand", &errand_entity, e, true);
    json_id(j, "visit", visit);
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? errand_kinds[e->kind].en
                                                       : errand_kinds[e->kind].zh));
    json_text(j, "number", o.number);
    json_text(j, "for_name", o.for_name);
    json_text(j, "wants", e->wants);
    json_int(j, "most", most.fen);
    json_text(j, "never_ask", never);
    return ERR_NONE;
}

static const struct sync_own errands = { &errand_entity, &sql_carer_errands, errand_members };

static enum err errand_given(struct ctx *c, const struct sync_row *row)
{
    struct errand e;
    TRY(entity_get(c, &errand_entity, row->id, &e));
    return access_note(c, e.elder.n, &errand_entity, e.id.n, SV("wants"));
}

static const struct sync_step takes[] = {
    { &errand_entity, "advance" }, { &errand_entity, "buy" }, { &errand_entity, "hand_back" },
    { &errand_entity, "acknowledge" }, { 0 },
};

const struct sync_form errand_forms[] = {
    { .name = "errands", .zh = "代办", .en = "Errands", .may = MAY_DO_VISITS, .own = &errands,
      .given = errand_given, .takes = takes },
    { 0 },
};
