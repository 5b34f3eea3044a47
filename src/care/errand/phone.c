/* phone.c - errands on the telephone of who runs them, with and without a network. */

#include "care/errand/errand.h"

#include "care/parameter/parameter.h"
#include "care/sync/sync.h"

SQL(carer_errands);

enum { ERRANDS_TAKEN_MAX = 60, DAYS_BACK = 14 };

/* The list whole, since she must buy by it; it is noted that she saw it. */
MUST static enum err errand_row(struct ctx *c, const struct errand *e, int64_t visit, struct buf *b)
{
    struct json j = json_new(b);
    struct care_order o;
    struct money most;
    struct sv never;
    bool found;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    TRY(parameter_money(c, "errand.advance_max", e->row.scope, e->day, &most));
    TRY(parameter_text(c, "errand.never_ask", e->row.scope, e->day, &never));
    json_object(&j, NULL);
    entity_json(c, &j, "errand", &errand_entity, e, true);
    json_id(&j, "visit", visit);
    json_text(&j, "kind_name", sv_of(c->lang == LANG_EN ? errand_kinds[e->kind].en
                                                        : errand_kinds[e->kind].zh));
    json_text(&j, "number", o.number);
    json_text(&j, "for_name", o.for_name);
    json_text(&j, "wants", e->wants);
    json_int(&j, "most", most.fen);
    json_text(&j, "never_ask", never);
    json_end(&j, '}');
    return ERR_NONE;
}

static enum err errand_rows(struct ctx *c, struct day day, struct sync_rows *out)
{
    int64_t ids[ERRANDS_TAKEN_MAX], visits[ERRANDS_TAKEN_MAX];
    size_t n = 0;
    if (c->who->carer == 0)
        return fail(c, ERR_FORBIDDEN, "carer.no_carer", "account %lld is no carer",
                    (long long)c->who->account);
    struct rows r = db_rows(c, &sql_carer_errands,
                            PARAMS(P_INT("carer", c->who->carer), P_INT("day", day.n),
                                   P_INT("from", day.n - DAYS_BACK)));
    for (; n < ERRANDS_TAKEN_MAX && rows_next(&r); n++) {
        ids[n] = rows_int(&r, 0);
        visits[n] = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct errand e;
        struct buf b = buf_new(&c->mem, 512);
        TRY(entity_get(c, &errand_entity, ids[i], &e));
        TRY(errand_row(c, &e, visits[i], &b));
        (void)sync_add(out, &(struct sync_row){ &errand_entity, e.id.n, e.row.version,
                                                buf_sv(&b) });
    }
    return ERR_NONE;
}

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
    { .name = "errands", .zh = "代办", .en = "Errands", .may = MAY_DO_VISITS, .rows = errand_rows,
      .given = errand_given, .takes = takes },
    { 0 },
};
