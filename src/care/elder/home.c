/* home.c - the rule of an elder's home: by text or by hand. */

#include "care/elder/home.h"

#include "care/address/book.h"
#include "roads/roads.h"

SQL(elder_division_scope);

const struct choice match_ways[] = {
    { "text", "按住址", "by the address" },
    { "hand", "手工选定", "chosen by hand" },
    { "again", "待重新匹配", "to be matched again" },
    { 0 },
};

static bool home_known(const struct elder *e)
{
    return e->home_lat.e7 != 0 || e->home_lon.e7 != 0;
}

static bool point_same(const struct elder *a, const struct elder *b)
{
    return a->home_lat.e7 == b->home_lat.e7 && a->home_lon.e7 == b->home_lon.e7;
}

static void point_set(struct elder *e, struct point at)
{
    e->home_lat.e7 = at.lat_e7;
    e->home_lon.e7 = at.lon_e7;
}

void elder_place_home(struct ctx *c, struct elder *e)
{
    struct point at = { (int32_t)e->home_lat.e7, (int32_t)e->home_lon.e7 };
    struct anchor anchor;
    e->junction = e->cell = (struct opt_int){ 0 };
    if (!home_known(e))
        return;
    e->cell = (struct opt_int){ true, elder_cell(at) };
    struct roads *r = c->house && c->house->roads ? slot_enter(c->house->roads) : NULL;
    if (r && roads_snap(r, PROFILE_ELDER, at, ACCESS_M_DEFAULT, &anchor)) {
        const struct edge *street = &r->edge[anchor.edge];
        bool near_a = anchor.along_cm * 2 <= street->length_cm;
        e->junction = (struct opt_int){ true, near_a ? street->a : street->b };
    }
    if (r)
        slot_leave(c->house->roads, r);
}

/* --- what this write says --- */

struct said {
    bool compound, building, entrance, point;      /* chosen in this write */
    bool address, door, division;                  /* changed in this write */
};

static struct said said_of(const struct elder *was, const struct elder *e)
{
    struct elder none = { .id = { 0 } };
    const struct elder *b = was ? was : &none;
    return (struct said){
        .compound = e->compound.n && e->compound.n != b->compound.n,
        .building = e->home_building.n && e->home_building.n != b->home_building.n,
        .entrance = e->home_entrance.n && e->home_entrance.n != b->home_entrance.n,
        .point = home_known(e) && !point_same(e, b),
        .address = !sv_eq(e->address, b->address),
        .door = !sv_eq(e->building, b->building) || !sv_eq(e->entrance, b->entrance) ||
                !sv_eq(e->room, b->room),
        .division = e->division.n != b->division.n,
    };
}

/* --- by hand --- */

MUST static enum err check_entrance(struct ctx *c, struct elder *e, const struct said *s)
{
    struct entrance in;
    bool found;
    if (!e->home_entrance.n)
        return ERR_NONE;
    TRY(entity_load(c, &entrance_entity, e->home_entrance.n, &in, &found));
    if (found && s->entrance && !s->building)
        e->home_building = in.building;
    if (found && in.building.n == e->home_building.n)
        return ERR_NONE;
    if (s->entrance)
        fail_field(c, SV("home_entrance"), found ? "elder.entrance_elsewhere" : "link.missing");
    e->home_entrance.n = 0;
    return ERR_NONE;
}

MUST static enum err check_building(struct ctx *c, struct elder *e, const struct said *s)
{
    struct building in;
    bool found;
    if (!e->home_building.n)
        return ERR_NONE;
    TRY(entity_load(c, &building_entity, e->home_building.n, &in, &found));
    if (found && (s->building || s->entrance) && !s->compound)
        e->compound = in.compound;
    if (found && in.compound.n == e->compound.n)
        return ERR_NONE;
    if (s->building)
        fail_field(c, SV("home_building"), found ? "elder.building_elsewhere" : "link.missing");
    e->home_building.n = e->home_entrance.n = 0;
    return ERR_NONE;
}

/* The door beside a chosen compound: the fields of the form, else what the address says. */
static void door_of(struct ctx *c, const struct address_index *ix, const struct elder *e,
                    const struct said *s, struct address_found *ret)
{
    bool fields = e->building.len || e->entrance.len || e->room.len;
    bool from_address = e->address.len && (!fields || (s->address && !s->door));
    struct address_match m = { 0 };
    struct sv text = sv_fmt(&c->mem, "%.*s-%.*s-%.*s", SV_ARG(e->building), SV_ARG(e->entrance),
                            SV_ARG(e->room));
    if (from_address)
        address_match(&c->mem, ix, e->address, e->row.scope, &m);
    if (m.best.compound == e->compound.n && m.best.level >= ADDRESS_COMPOUND)
        *ret = m.best;
    else
        (void)address_door(&c->mem, ix, e->compound.n, e->home_building.n, text, ret);
}

static void door_keep(struct elder *e, const struct address_found *f)
{
    if (f->building_text.len)
        e->building = f->building_text;
    if (f->entrance_text.len)
        e->entrance = f->entrance_text;
    if (f->room.len)
        e->room = f->room;
}

static void chosen_door(struct elder *e, const struct said *s, const struct address_found *f)
{
    bool same = !e->home_building.n || e->home_building.n == f->building;
    e->match_level = ADDRESS_COMPOUND;
    if (!s->building && !s->entrance && f->building && same) {
        e->home_building.n = f->building;
        if (!s->entrance)
            e->home_entrance.n = f->entrance;
    }
    if (e->home_building.n)
        e->match_level = ADDRESS_BUILDING;
    bool door = f->level == ADDRESS_DOOR || e->home_entrance.n;
    if (e->home_building.n && door && e->room.len && same)
        e->match_level = ADDRESS_DOOR;
}

/* The compound itself, its division and point. */
MUST static enum err from_compound(struct ctx *c, struct elder *e, bool pinned)
{
    struct compound home;
    bool found;
    TRY(entity_load(c, &compound_entity, e->compound.n, &home, &found));
    if (!found) {
        fail_field(c, SV("compound"), "link.missing");
        return ERR_NONE;
    }
    e->division = home.division;
    e->row.scope = home.row.scope;
    if (!pinned)
        point_set(e, (struct point){ (int32_t)home.lat.e7, (int32_t)home.lon.e7 });
    if (e->address.len == 0)
        e->address = home.address.len ? home.address : home.name;
    return ERR_NONE;
}

/* The nearest thing that has a point: entrance, building, else the compound's stays. */
MUST static enum err chosen_point(struct ctx *c, struct elder *e)
{
    struct building b;
    struct entrance in;
    bool found = false;
    if (e->home_building.n)
        TRY(entity_load(c, &building_entity, e->home_building.n, &b, &found));
    if (found && (b.lat.e7 || b.lon.e7))
        point_set(e, (struct point){ (int32_t)b.lat.e7, (int32_t)b.lon.e7 });
    found = false;
    if (e->home_entrance.n)
        TRY(entity_load(c, &entrance_entity, e->home_entrance.n, &in, &found));
    if (found && (in.lat.e7 || in.lon.e7))
        point_set(e, (struct point){ (int32_t)in.lat.e7, (int32_t)in.lon.e7 });
    return ERR_NONE;
}

MUST static enum err by_hand(struct ctx *c, const struct address_index *ix, const struct elder *was,
                             struct elder *e, const struct said *s)
{
    struct address_found f;
    bool pinned = s->point || (was && was->match_by == MATCH_BY_HAND && point_same(was, e) &&
                               was->match_level == ADDRESS_DOOR && !was->home_building.n);
    TRY(check_entrance(c, e, s));
    TRY(check_building(c, e, s));
    TRY(from_compound(c, e, pinned));
    TRY(fail_fields(c));
    door_of(c, ix, e, s, &f);
    door_keep(e, &f);
    chosen_door(e, s, &f);
    e->match_by = MATCH_BY_HAND;
    e->match_score = 100;
    e->match_why.bits = f.why & (ADDRESS_NO_BUILDING | ADDRESS_NO_ENTRANCE | ADDRESS_UNCLEAR);
    return pinned ? ERR_NONE : chosen_point(c, e);
}

/* --- by text --- */

static void take_match(struct elder *e, const struct address_found *f, bool pinned)
{
    bool further = f->level >= ADDRESS_COMPOUND;
    e->compound.n = f->compound;
    e->home_building.n = f->building;
    e->home_entrance.n = f->entrance;
    e->match_level = f->level;
    e->match_score = f->score;
    e->match_why.bits = f->why;
    e->match_by = MATCH_BY_TEXT;
    if (f->division && f->scope) {
        e->division.n = f->division;
        e->row.scope = f->scope;
    }
    if (further)
        door_keep(e, f);
    if (!pinned)
        point_set(e, f->at);
}

/* The point somebody gave stands; the text may still say in which compound it lies. */
static void pin(struct elder *e)
{
    e->match_by = MATCH_BY_HAND;
    e->match_level = ADDRESS_DOOR;
    e->match_score = 100;
}

/* Of its division, 0 when that is not known; the border is not read, as it is for every row. */
MUST static enum err own_scope(struct ctx *c, struct elder *e, int64_t *ret_scope)
{
    return db_int(c, &sql_elder_division_scope, PARAMS(P_INT("division", e->division.n)),
                  ret_scope);
}

MUST static enum err by_text(struct ctx *c, const struct address_index *ix, const struct elder *was,
                             struct elder *e, const struct said *s)
{
    struct address_match m = { 0 };
    int64_t scope;
    bool pinned = s->point || (was && was->match_by == MATCH_BY_HAND && point_same(was, e) &&
                               home_known(e) && !was->compound.n);
    TRY(own_scope(c, e, &scope));
    if (was && s->address && !s->door)
        e->building = e->entrance = e->room = SV("");
    address_match(&c->mem, ix, e->address, scope, &m);
    take_match(e, &m.best, pinned);
    if (pinned)
        pin(e);
    return ERR_NONE;
}

/* --- the rule --- */

MUST static enum err find_division(struct ctx *c, struct elder *e)
{
    struct division d;
    bool found = false;
    if (e->division.n)
        return ERR_NONE;
    if (home_known(e))
        TRY(division_at(c, e->home_lat, e->home_lon, &d, &found));
    if (!found) {
        fail_field(c, SV("division"), "elder.division");
        return ERR_NONE;
    }
    e->division = d.id;
    e->row.scope = d.row.scope;
    return ERR_NONE;
}

/* Nothing that a home depends on has been touched. */
static bool as_it_was(const struct elder *was, const struct elder *e, const struct said *s)
{
    return was && e->match_by != MATCH_AGAIN && !s->compound && !s->building && !s->entrance &&
           !s->point && !s->address && !s->door && !s->division &&
           was->compound.n == e->compound.n && was->home_building.n == e->home_building.n &&
           was->home_entrance.n == e->home_entrance.n;
}

static bool is_chosen(const struct elder *was, const struct elder *e, const struct said *s)
{
    bool kept = was && was->match_by == MATCH_BY_HAND && e->compound.n && !s->division;
    bool door = was && s->door && !s->address && e->compound.n;
    return e->compound.n + e->home_building.n + e->home_entrance.n != 0 &&
           (s->compound || s->building || s->entrance || kept || door);
}

MUST static enum err find(struct ctx *c, const struct address_index *ix, const struct elder *was,
                          struct elder *e, const struct said *s)
{
    bool again = e->match_by == MATCH_AGAIN && was && was->match_by != MATCH_BY_HAND;
    /* Rows from before homes were matched have the compound that somebody chose. */
    bool old = again && was->match_by == MATCH_AGAIN && e->compound.n;
    if (was && !s->point && was->match_by == MATCH_BY_TEXT)
        point_set(e, (struct point){ 0, 0 });
    if (is_chosen(was, e, s) || old)
        return by_hand(c, ix, was, e, s);
    return by_text(c, ix, was, e, s);
}

enum err home_find(struct ctx *c, const struct elder *was, struct elder *e)
{
    const struct address_index *ix;
    struct said s = said_of(was, e);
    if (!as_it_was(was, e, &s)) {
        TRY(address_enter(c, &ix));
        enum err err = find(c, ix, was, e, &s);
        if (err == ERR_NONE) {                         /* what the texts borrow ends with it */
            e->building = sv_copy(&c->mem, e->building);
            e->entrance = sv_copy(&c->mem, e->entrance);
            e->room = sv_copy(&c->mem, e->room);
        }
        address_leave(c, ix);
        TRY(err);
    }
    TRY(find_division(c, e));
    elder_place_home(c, e);
    return ERR_NONE;
}
