/* walk.c - what an edit does: where its ends join, and the walk without and with it. */

#include "care/street/street.h"

#include "care/near/walk.h"
#include "http/describe/gives.h"
#include "roads/reach.h"

SQL(streets_published);
SQL(streets_near);

enum { AROUND_M = 2000, WALK_MINUTES = 120, SPAN_M = 5000 };
#define NEAR_E7 600000                   /* of a line's middle: two of 5 km may meet */

MUST static enum err load_all(struct ctx *c, struct rows *found, struct street_edit **ret_edits,
                              struct mend **ret_mends, size_t *ret_n)
{
    int64_t *ids = NEW(&c->mem, int64_t, MENDS_MAX);
    size_t n = 0, kept = 0;
    bool there;
    while (n < MENDS_MAX && rows_next(found))
        ids[n++] = rows_int(found, 0);
    TRY(rows_end(found));
    *ret_edits = NEW(&c->mem, struct street_edit, n + 1);
    *ret_mends = NEW(&c->mem, struct mend, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct street_edit *e = *ret_edits + kept;
        TRY(entity_load(c, &street_edit_entity, ids[i], e, &there));
        if (!there)
            continue;
        (*ret_mends)[kept] = street_mend(c, e);
        kept += (*ret_mends)[kept].points >= 2;
    }
    *ret_n = kept;
    return ERR_NONE;
}

enum err street_published(struct ctx *c, struct day day, struct street_edit **ret_edits,
                          struct mend **ret_mends, size_t *ret_n)
{
    struct rows r = db_rows(c, &sql_streets_published,
                            PARAMS(P_INT("today", day.n), P_INT("most", MENDS_MAX)));
    return load_all(c, &r, ret_edits, ret_mends, ret_n);
}

/* --- trying one --- */

static struct point_box line_box(const struct mend *m, double around_m)
{
    struct point_box box = box_none();
    for (size_t i = 0; i < m->points; i++) {
        struct point_box around = box_around(m->point[i], around_m);
        box_add(&box, around.low);
        box_add(&box, around.high);
    }
    return box;
}

/* Alone, or with those that are drawn near it: three make a bridge. */
MUST static enum err try_on(struct ctx *c, const struct roads *streets, const struct street_edit *e,
                            const struct point_box *box, struct street_try *t)
{
    struct street_edit *others;
    struct mend *mends;
    size_t n;
    struct mend one = street_mend(c, e);
    struct point_box around = box ? *box : line_box(&one, 100);
    struct rows r = db_rows(c, &sql_streets_near, PARAMS(
        P_INT("id", e->id.n), P_INT("south", one.point[0].lat_e7 - NEAR_E7),
        P_INT("north", one.point[0].lat_e7 + NEAR_E7), P_INT("west", one.point[0].lon_e7 - NEAR_E7),
        P_INT("east", one.point[0].lon_e7 + NEAR_E7), P_INT("most", MENDS_MAX - 1)));
    TRY(load_all(c, &r, &others, &mends, &n));
    mends[n] = one;
    for (int round = 0; round < 2; round++) {
        AUTO(road_builder_free) struct road_builder b = { 0 };
        struct mend *of = round == 0 ? &mends[n] : mends;
        mends_apply(&c->mem, streets, &around, of, round == 0 ? 1 : n + 1, &b);
        t->fit = mends[n].fit;
        if (t->fit != MEND_FITS && n)
            continue;
        return t->fit == MEND_FITS && box ? road_builder_open(c, &b, &t->with) : ERR_NONE;
    }
    return ERR_NONE;
}

enum err street_try(struct ctx *c, const struct roads *streets, const struct street_edit *e,
                    const struct point_box *box, struct street_try *ret_try)
{
    *ret_try = (struct street_try){ 0 };
    struct mend m = street_mend(c, e);
    (void)roads_snap_any(streets, m.point[0], MEND_JOIN_M, &ret_try->end[0]);
    (void)roads_snap_any(streets, m.point[m.points - 1], MEND_JOIN_M, &ret_try->end[1]);
    return try_on(c, streets, e, box, ret_try);
}

/* --- POST /api/street_edit/walk --- */

struct walk_asked {
    int            kind, profile;
    struct text    line;
    int64_t        steps;
    bool           wheelchair;
    struct degrees from_lat, from_lon, to_lat, to_lon;
};

#define LAT .low = -900000000, .high = 900000000
#define LON .low = -1800000000, .high = 1800000000

static const struct field walk_fields[] = {
    CHOICE(struct walk_asked, kind, street_kinds, .zh = "类型", .en = "Kind"),
    FIELD(struct walk_asked, line, .required = true, .high = 20000, .zh = "线路", .en = "Line"),
    FIELD(struct walk_asked, steps, .high = 1000, .zh = "台阶级数", .en = "Steps"),
    FIELD(struct walk_asked, wheelchair, .zh = "轮椅可通行", .en = "Passable in a wheelchair"),
    CHOICE(struct walk_asked, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct walk_asked, from_lat, LAT, .zh = "起点纬度", .en = "From, latitude"),
    FIELD(struct walk_asked, from_lon, LON, .zh = "起点经度", .en = "From, longitude"),
    FIELD(struct walk_asked, to_lat, LAT, .zh = "终点纬度", .en = "To, latitude"),
    FIELD(struct walk_asked, to_lon, LON, .zh = "终点经度", .en = "To, longitude"),
    { 0 },
};

/* Seconds door to door; -1: no way within two hours, or no street near one of them. */
static int64_t walk_s(struct arena *mem, const struct roads *r, enum profile profile,
                      struct point from, struct point to)
{
    struct anchor a, b;
    if (!roads_snap(r, profile, from, ACCESS_M_DEFAULT, &a) ||
        !roads_snap(r, profile, to, ACCESS_M_DEFAULT, &b))
        return -1;
    struct reach *s = reach_new(mem, r);
    reach_from(s, profile, &a, WALK_MINUTES * 60000);
    uint32_t ms = reach_ms(s, &b);
    return ms == NOT_REACHED ? -1 : ((int64_t)ms + 500) / 1000;
}

static void put_end(struct json *j, const char *name, const struct roads *r, const struct anchor *a)
{
    json_object(j, name);
    json_bool(j, "joined", a->edge != NO_EDGE);
    if (a->edge != NO_EDGE) {
        json_int(j, "metres", (a->access_cm + 50) / 100);
        json_text(j, "street", edge_name(r, (uint32_t)a->edge));
        json_fixed(j, "lat", a->at.lat_e7, 7);
        json_fixed(j, "lon", a->at.lon_e7, 7);
    }
    json_end(j, '}');
}

static void put_walk(struct json *j, const char *name, int64_t s)
{
    if (s >= 0)
        json_int(j, name, s);
}

static bool asks_walk(const struct walk_asked *q)
{
    return (q->from_lat.e7 || q->from_lon.e7) && (q->to_lat.e7 || q->to_lon.e7);
}

/* The streets that matter: around the line and both points. */
MUST static enum err around_of(struct ctx *c, const struct walk_asked *q, const struct mend *m,
                               struct point_box *ret_box)
{
    const struct point ends[] = { { (int32_t)q->from_lat.e7, (int32_t)q->from_lon.e7 },
                                  { (int32_t)q->to_lat.e7, (int32_t)q->to_lon.e7 } };
    *ret_box = line_box(m, AROUND_M);
    for (int i = 0; i < 2 && asks_walk(q); i++) {
        if (point_distance_m(ends[i], m->point[0]) > SPAN_M) {
            fail_field(c, i ? SV("to_lat") : SV("from_lat"), "street_edit.far");
            return fail_fields(c);
        }
        struct point_box around = box_around(ends[i], AROUND_M);
        box_add(ret_box, around.low);
        box_add(ret_box, around.high);
    }
    return ERR_NONE;
}

static void put_answer(struct ctx *c, struct json *j, const struct walk_asked *q,
                       const struct roads *streets, const struct street_try *t)
{
    enum profile profile = walk_pace(q->profile);
    const struct point from = { (int32_t)q->from_lat.e7, (int32_t)q->from_lon.e7 },
                       to = { (int32_t)q->to_lat.e7, (int32_t)q->to_lon.e7 };
    const struct choice *fit = &street_fits[(int)t->fit + 1];
    json_text(j, "fit", sv_of(fit->key));
    json_text(j, "fit_name", sv_of(c->lang == LANG_EN ? fit->en : fit->zh));
    put_end(j, "start", streets, &t->end[0]);
    put_end(j, "end", streets, &t->end[1]);
    if (!asks_walk(q))
        return;
    put_walk(j, "without_s", walk_s(&c->mem, streets, profile, from, to));
    if (t->with.edges)
        put_walk(j, "with_s", walk_s(&c->mem, &t->with, profile, from, to));
}

MUST static enum err walk_on(struct ctx *c, const struct walk_asked *asked,
                             const struct roads *streets, struct answer *a)
{
    struct street_edit e = { .kind = asked->kind, .line = asked->line, .steps = asked->steps,
                             .wheelchair = asked->wheelchair };
    struct mend m = street_mend(c, &e);
    struct street_try t = { 0 };
    struct point_box box;
    TRY(around_of(c, asked, &m, &box));
    TRY(street_try(c, streets, &e, &box, &t));
    put_answer(c, &a->json, asked, streets, &t);
    roads_close(&t.with);
    return ERR_NONE;
}

static enum err walk_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct walk_asked *asked = q->body;
    struct point *at;
    size_t n;
    const char *wrong = street_line(c, asked->line.json, &at, &n);
    if (wrong)
        fail_field(c, SV("line"), wrong);
    TRY(fail_fields(c));
    struct roads *streets = slot_enter(c->house->roads);
    if (!streets)
        return fail(c, ERR_BUSY, "near.no_roads", "there is no road file");
    enum err err = walk_on(c, asked, streets, a);
    slot_leave(c->house->roads, streets);
    return err;
}

static const struct field end_gives[] = {
    SAYS(BOOL, "joined"), MAY_SAY(INT, "metres"), MAY_SAY(TEXT, "street"),
    MAY_SAY(DEGREES, "lat"), MAY_SAY(DEGREES, "lon"), { 0 },
};
static const struct field walk_gives[] = {
    SAYS(TEXT, "fit"), SAYS(TEXT, "fit_name"), SAYS(RECORD, "start", .record = end_gives),
    SAYS(RECORD, "end", .record = end_gives), MAY_SAY(INT, "without_s"), MAY_SAY(INT, "with_s"),
    { 0 },
};

const struct endpoint street_endpoints[] = {
    { .verb = POST, .path = "/api/street_edit/walk", .run = walk_post, .lane = READS,
      .may = MAY_READ_DIRECTORY, .takes = walk_fields, .takes_size = sizeof(struct walk_asked),
      .gives = walk_gives, .no_replay = true, .zh = "画一条路有什么用",
      .en = "What a drawn line would change" },
    { 0 },
};
