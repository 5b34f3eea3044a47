/* phone.c - escorts on the telephone of who goes along, with and without a network. */

#include "care/escort/escort.h"

SQL(carer_escorts);

enum { ESCORTS_TAKEN_MAX = 30 };

/* What to bring and where to go, whole; it is noted that she saw it. */
MUST static enum err escort_row(struct ctx *c, const struct escort *e, int64_t visit, struct buf *b)
{
    struct json j = json_new(b);
    struct care_order o;
    bool found;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    json_object(&j, NULL);
    entity_json(c, &j, "escort", &escort_entity, e, true);
    json_id(&j, "visit", visit);
    if (e->elder.n)
        json_id(&j, "elder", e->elder.n);
    json_text(&j, "kind_name", sv_of(c->lang == LANG_EN ? errand_kinds[e->kind].en
                                                        : errand_kinds[e->kind].zh));
    json_text(&j, "for_name", o.for_name);
    json_text(&j, "clinic", e->clinic);
    json_text(&j, "department", e->department);
    json_text(&j, "bring", e->bring);
    TRY(escort_proxy_json(c, &j, e));
    json_end(&j, '}');
    return ERR_NONE;
}

static enum err escort_rows(struct ctx *c, struct day day, struct sync_rows *out)
{
    int64_t ids[ESCORTS_TAKEN_MAX], visits[ESCORTS_TAKEN_MAX];
    size_t n = 0;
    if (c->who->carer == 0)
        return fail(c, ERR_FORBIDDEN, "carer.no_carer", "account %lld is no carer",
                    (long long)c->who->account);
    struct rows r = db_rows(c, &sql_carer_escorts, PARAMS(P_INT("carer", c->who->carer),
                                                          P_INT("day", day.n)));
    for (; n < ESCORTS_TAKEN_MAX && rows_next(&r); n++) {
        ids[n] = rows_int(&r, 0);
        visits[n] = rows_int(&r, 1);
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct escort e;
        struct buf b = buf_new(&c->mem, 512);
        TRY(entity_get(c, &escort_entity, ids[i], &e));
        TRY(escort_row(c, &e, visits[i], &b));
        (void)sync_add(out, &(struct sync_row){ &escort_entity, e.id.n, e.row.version,
                                                buf_sv(&b) });
    }
    return ERR_NONE;
}

static enum err escort_given(struct ctx *c, const struct sync_row *row)
{
    struct escort e;
    TRY(entity_get(c, &escort_entity, row->id, &e));
    return access_note(c, e.elder.n, &escort_entity, e.id.n, SV("clinic,department,bring"));
}

static const struct sync_step takes[] = {
    { &escort_entity, "set_out" }, { &escort_entity, "arrive" }, { &escort_entity, "advise" },
    { &escort_entity, "fetch" }, { &escort_entity, "come_home" }, { &proxy_entity, "create" },
    { 0 },
};

const struct sync_form escort_forms[] = {
    { .name = "escorts", .zh = "陪诊取药", .en = "Escorts", .may = MAY_DO_VISITS,
      .rows = escort_rows, .given = escort_given, .takes = takes },
    { 0 },
};
