/* phone.c - escorts on the telephone of who goes along, with and without a network. */

#include "care/escort/escort.h"

SQL(carer_escorts);

/* What to bring and where to go, whole; it is noted that she saw it. */
static enum err escort_members(struct ctx *c, struct json *j, const void *row, int64_t visit)
{
    const struct escort *e = row;
    struct care_order o;
    bool found;
    TRY(entity_load(c, &care_order_entity, e->care_order.n, &o, &found));
    entity_json(c, j, "escort", &escort_entity, e, true);
    json_id(j, "visit", visit);
    if (e->elder.n)
        json_id(j, "elder", e->elder.n);
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? errand_kinds[e->kind].en
                                                       : errand_kinds[e->kind].zh));
    json_text(j, "for_name", o.for_name);
    json_text(j, "clinic", e->clinic);
    json_text(j, "department", e->department);
    json_text(j, "bring", e->bring);
    TRY(escort_proxy_json(c, j, e));
    return ERR_NONE;
}

static const struct sync_own escorts = { &escort_entity, &sql_carer_escorts, escort_members };

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
      .own = &escorts, .given = escort_given, .takes = takes },
    { 0 },
};
