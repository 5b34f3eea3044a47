/* event.c - what happened to an elder, and what a death ends. */

#include "care/agreement/agreement.h"
#include "care/elder/seen.h"
#include "care/fact/fact.h"

SQL(events_of_death);
SQL(agreements_running);

const struct choice elder_event_kinds[] = {
    { "died", "去世", "died" },          { "hospital", "住院", "into hospital" },
    { "discharged", "出院", "out of hospital" }, { "away", "外出", "away" },
    { "back", "返回", "back" },          { "other", "其他", "other" },
    { 0 },
};

const struct choice elder_event_states[] = {
    { "noted", "已登记", "noted" }, { "revoked", "已撤销", "revoked" }, { 0 },
};

const struct field elder_event_fields[] = {
    ROW_FIELDS(struct elder_event),
    LINK(struct elder_event, elder, "elder", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "老年人", .en = "Elder"),
    CHOICE(struct elder_event, kind, elder_event_kinds, .create_only = true, .filter = true,
           .brief = true, .zh = "事件", .en = "What happened"),
    FIELD(struct elder_event, happened_on, .required = true, .create_only = true, .filter = true,
          .brief = true, .zh = "发生日期", .en = "On"),
    FIELD(struct elder_event, known_on, .create_only = true, .filter = true, .brief = true,
          .zh = "知晓日期", .en = "Known here on"),
    FIELD(struct elder_event, source, .required = true, .create_only = true, .high = 200,
          .brief = true, .zh = "来源", .en = "Source"),
    FIELD(struct elder_event, note, .many_lines = true, .high = 1000, .zh = "说明", .en = "Note"),
    CHOICE(struct elder_event, state, elder_event_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    LINK(struct elder_event, noted_by, "account", .read_only = true, .zh = "登记人",
         .en = "Noted by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, happened_on, id" },
    { .name = "within", .columns = "scope, kind, happened_on, id" },
    { .name = "kind", .columns = "kind, happened_on, id" },
    { .name = "happened", .columns = "happened_on, id" },
    { .name = "known", .columns = "known_on, kind, scope, state" },
    { .name = "state", .columns = "state, id" },
    { 0 },
};

static const struct sort sorts[] = {
    { "created", "id", true, "登记先后", "Noted" },
    { "happened", "happened_on", true, "发生先后", "Happened" },
    { 0 },
};

static enum err rules(struct ctx *c, const void *before, void *row)
{
    struct elder_event *v = row;
    int64_t n = 0;
    if (before)
        return ERR_NONE;
    v->noted_by = review_me(c);
    if (!day_known(v->known_on))
        v->known_on = day_of(c->now);
    if (v->happened_on.n > v->known_on.n || v->known_on.n > day_of(c->now).n)
        fail_field(c, SV("happened_on"), "elder_event.order");
    if (v->kind == EVENT_DIED)
        TRY(db_int(c, &sql_events_of_death,
                   PARAMS(P_INT("elder", v->elder.n), P_INT("id", v->id.n)), &n));
    if (n)
        fail_field(c, SV("kind"), "elder_event.died_twice");
    return fail_fields(c);
}

/* --- what a death ends --- */

struct running { int64_t id, version; };

MUST static enum err end_agreements(struct ctx *c, struct elder_id elder)
{
    struct running at[20];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_agreements_running, PARAMS(P_INT("elder", elder.n)));
    while (n < 20 && rows_next(&r)) {
        at[n] = (struct running){ rows_int(&r, 0), rows_int(&r, 1) };
        n++;
    }
    TRY(rows_end(&r));
    c->reason = SV("老人去世");
    for (size_t i = 0; i < n; i++) {
        struct agreement after;
        TRY(entity_act_by_rule(c, &agreement_entity, at[i].id, at[i].version, SV("end"), NULL,
                               &after));
    }
    return ERR_NONE;
}

MUST static enum err set_died(struct ctx *c, struct elder_id elder, struct day on)
{
    struct elder e;
    bool found;
    TRY(entity_load(c, &elder_entity, elder.n, &e, &found));
    if (!found)
        return ERR_NONE;
    e.died_on = on;
    return entity_update_by_rule(c, &elder_entity, &e, e.row.version, "fact");
}

static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const struct elder_event *v = row;
    (void)action;
    if (v->kind != EVENT_DIED)
        return ERR_NONE;
    if (v->state == EVENT_REVOKED)
        return set_died(c, v->elder, DAY_NONE);
    if (before)
        return ERR_NONE;
    TRY(set_died(c, v->elder, v->happened_on));
    return end_agreements(c, v->elder);
}

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "noted", .may = RIGHT(MAY_WRITE_REGISTER),
      .zh = "登记事件", .en = "Note" },
    { .from = "noted", .action = "revoke", .to = "revoked", .may = RIGHT(MAY_WRITE_REGISTER),
      .reason = true, .danger = true, .zh = "撤销登记", .en = "Revoke" },
    { 0 },
};

const struct entity elder_event_entity = {
    .name = "elder_event", .zh = "老人事件", .en = "Event",
    .size = sizeof(struct elder_event), .fields = elder_event_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "kind",
    .reads = MAY_READ_REGISTER, .writes = MAY_WRITE_REGISTER,
    .seen_by_own = SEEN_BY_FAMILY,
    .elder = "elder", .scope_of = "elder", .rules = rules, .follow = follow, .menu = "people",
    .files = true,
};
