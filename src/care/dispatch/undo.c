/* undo.c - applying and taking back, as endpoints. */

#include "care/dispatch/apply.h"

#include "care/dispatch/change.h"

SQL(dispatch_last_run);

const struct field apply_asked_fields[] = {
    FIELD(struct apply_asked, day, .required = true, .zh = "日期", .en = "Day"),
    FIELD(struct apply_asked, changes, .required = true, .record = wanted_fields,
          .high = CHANGES_TEXT_MAX, .zh = "各项调整", .en = "Changes"),
    CHOICE(struct apply_asked, why, dispatch_whys, .zh = "原因", .en = "Why"),
    { 0 },
};

const struct field day_asked_fields[] = {
    FIELD(struct day_asked, day, .required = true, .zh = "日期", .en = "Day"), { 0 },
};

enum err dispatch_apply_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct apply_asked *asked = q->body;
    struct wanted *wanted;
    size_t n;
    TRY(need_org(c));
    TRY(wanted_read(c, json_member(q->json, "changes"), &wanted, &n));
    TRY(apply_changes(c, &(struct apply){ .org = { c->who->org }, .day = asked->day,
                                          .why = (enum dispatch_why)asked->why, .wanted = wanted,
                                          .n = n }));
    return day_answer(c, asked->day, true, &a->json);
}

static enum err nothing_to_undo(struct ctx *c, struct day day)
{
    return fail(c, ERR_CONFLICT, "dispatch.no_undo", "organisation %lld: nothing to undo on %lld",
                (long long)c->who->org, (long long)day.n);
}

enum err dispatch_undo_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct day_asked *asked = q->body;
    const struct json_value *changes;
    struct dispatch_run run;
    struct wanted *wanted;
    size_t n;
    int64_t id = 0;
    bool found = false;
    TRY(need_org(c));
    TRY(db_int(c, &sql_dispatch_last_run,
               PARAMS(P_INT("org", c->who->org), P_INT("day", asked->day.n)), &id));
    if (id)
        TRY(entity_load(c, &dispatch_run_entity, id, &run, &found));
    if (!found || run.undone)
        return nothing_to_undo(c, asked->day);
    TRY(json_parse(c, run.before.json, &changes));
    TRY(wanted_read(c, changes, &wanted, &n));
    TRY(apply_changes(c, &(struct apply){ .org = { c->who->org }, .day = asked->day,
                                          .wanted = wanted, .n = n, .no_run = true }));
    run.undone = true;
    TRY(entity_update_by_rule(c, &dispatch_run_entity, &run, run.row.version, "undo"));
    return day_answer(c, asked->day, true, &a->json);
}
