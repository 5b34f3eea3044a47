/* move.c - an elder moves: the new home, the day, why; what is open goes with her. */

#include "care/elder/home.h"

const struct field move_fields[] = {
    FIELD(struct elder_moved, address, .required = true, .high = 200, .zh = "新住址",
          .en = "New address"),
    LINK(struct elder_moved, compound, "compound", .zh = "小区", .en = "Compound",
         .hint_zh = "不填则按住址匹配", .hint_en = "else found by the address"),
    LINK(struct elder_moved, home_building, "building", .zh = "楼栋", .en = "Building"),
    LINK(struct elder_moved, division, "division", .zh = "所在社区", .en = "Division",
         .hint_zh = "住址匹配不到小区时必填", .hint_en = "needed when no compound is found"),
    FIELD(struct elder_moved, moved_on, .required = true, .zh = "迁移日期", .en = "Moved on"),
    FIELD(struct elder_moved, reason, .required = true, .high = 200, .zh = "迁移原因", .en = "Why"),
    { 0 },
};

/* Who may change her now may move her away; where she goes is no longer asked of them. */
MUST static enum err may_move(struct ctx *c, const struct elder *e)
{
    if (who_in_scope(c, e->row.scope))
        return ERR_NONE;
    return fail(c, ERR_FORBIDDEN, "scope.outside", "elder %lld may only be read by this caller",
                (long long)e->id.n);
}

static void new_home(struct elder *e, const struct elder_moved *m)
{
    e->address = m->address;
    e->compound = m->compound;
    e->home_building = m->home_building;
    e->home_entrance.n = 0;
    e->division = m->division;
    e->building = e->entrance = e->room = SV("");
    e->home_lat.e7 = e->home_lon.e7 = 0;
    e->match_by = MATCH_BY_TEXT;
    e->moved_on = m->moved_on;
}

MUST static enum err put_moved(struct ctx *c, struct json *j, const struct elder *e)
{
    struct sv path;
    TRY(division_path(c, e->row.scope, &path));
    json_id(j, "id", e->id.n);
    json_int(j, "version", e->row.version);
    json_text(j, "division_title", path);
    json_text(j, "match_level", sv_of(address_levels[e->match_level].key));
    json_bool(j, "still_ours", who_in_scope(c, e->row.scope));
    return ERR_NONE;
}

enum err elder_move(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct elder_moved *m = q->body;
    struct elder e;
    int64_t id, version;
    TRY(request_id(c, q, 0, &id));
    TRY(request_version(c, q, &version));
    TRY(entity_get(c, &elder_entity, id, &e));
    TRY(may_move(c, &e));
    if (m->moved_on.n > day_of(c->now).n)
        fail_field(c, SV("moved_on"), "elder.move_future");
    TRY(fail_fields(c));
    new_home(&e, m);
    c->reason = m->reason;
    TRY(entity_update_by_rule(c, &elder_entity, &e, version, "move"));
    return put_moved(c, &a->json, &e);
}
