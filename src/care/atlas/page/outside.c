/*
 * outside.c - GET /api/atlas/homes: by name who a rule leaves out, for whom may read the register.
 *
 * Elders in order of community and number, looked up in the atlas a chunk at a time, so that any
 * pace and any minutes have their list, not only those that the parameters say.
 */

#include "care/atlas/inside.h"

#include "care/atlas/page/ask.h"
#include "care/elder/elder.h"

SQL(atlas_living);

enum { SIZE_DEFAULT = 50, SIZE_MAX_ASKED = 200, CHUNK = 1000, CHUNKS_MAX = 50 };

static const struct choice lefts[] = {
    { "walk", "走不到", "cannot walk" },
    { "between", "半径内却走不到", "within the radius, but cannot walk" },
    { "round", "半径以外", "outside the radius" }, { 0 },
};
enum { LEFT_WALK, LEFT_BETWEEN, LEFT_ROUND };

#define A struct atlas_homes_asked
const struct field atlas_homes_fields[] = {
    CHOICE(A, kind, place_kinds, .zh = "网点类型", .en = "Kind of place"),
    CHOICE(A, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(A, minutes, .low = 1, .high = ATLAS_MINUTES_MAX, .zh = "步行分钟",
          .en = "Minutes on foot; else parameter coverage.minutes"),
    FIELD(A, metres, .low = 100, .high = ATLAS_METRES_MAX, .zh = "直线半径（米）",
          .en = "Radius in metres; else parameter coverage.radius_m"),
    LINK(A, division, "division", .zh = "区划", .en = "Within this division"),
    CHOICE(A, left, lefts, .zh = "哪些人", .en = "Whom: left out by walk, by radius, between"),
    FIELD(A, after, .high = 40, .zh = "接在哪一位之后", .en = "`next` of the answer before"),
    FIELD(A, size, .low = 0, .high = SIZE_MAX_ASKED, .zh = "每页几位", .en = "How many at once; 0: 50"),
    { 0 },
};

static const struct field home_gives[] = {
    SAYS(ID, "elder"), SAYS(TEXT, "name", .zh = "姓名（遮盖）", .en = "Name, masked"),
    SAYS(INT, "scope"), SAYS(TEXT, "community"),
    MAY_SAY(INT, "minutes", .zh = "走到最近一处要几分钟；没有则一小时内走不到",
            .en = "On foot to the nearest; absent: more than an hour"),
    SAYS(TEXT, "level"), SAYS(TEXT, "level_name", .zh = "位置准到哪一级", .en = "How well known"),
    { 0 },
};
const struct field atlas_homes_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"), SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"),
    SAYS(INT, "minutes"), SAYS(INT, "metres"), SAYS(LIST, "items", .record = home_gives),
    MAY_SAY(TEXT, "next", .zh = "还有时给出，作为 after 再问", .en = "There is more: ask with it"),
    { 0 },
};

/* --- one chunk of the register --- */

struct seat { int64_t scope, id; };
struct found { struct seat seat; uint32_t ms; uint8_t level; };
struct looking {
    struct atlas_question q;
    int          left;
    struct seat  after;
    struct seat  chunk[CHUNK];
    size_t       chunk_n;
    struct found found[SIZE_MAX_ASKED];
    size_t       n, size;
    bool         more;
};

MUST static enum err chunk_read(struct ctx *c, struct looking *l, struct scope_range in)
{
    l->chunk_n = 0;
    struct rows r = db_rows(c, &sql_atlas_living,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high),
                                   P_INT("scope", l->after.scope), P_INT("id", l->after.id),
                                   P_INT("size", CHUNK)));
    while (rows_next(&r))
        l->chunk[l->chunk_n++] = (struct seat){ rows_int(&r, 0), rows_int(&r, 1) };
    return rows_end(&r);
}

static bool left_out(const struct looking *l, const struct spot *s, uint32_t ms,
                     const struct points_near *places)
{
    bool walk = ms <= l->q.rule.minutes * 60000;
    if (l->left == LEFT_WALK || walk)
        return l->left == LEFT_ROUND ? !round_has(places, s->at, l->q.rule.metres) : !walk;
    bool round = round_has(places, s->at, l->q.rule.metres);
    return l->left == LEFT_BETWEEN ? round : !round;
}

/* Those of the chunk who are left out, until the page is full; `after` is the last looked at. */
MUST static enum err chunk_look(struct ctx *c, struct looking *l)
{
    struct atlas *a;
    TRY(atlas_enter(c, &a));
    const struct lens *lens = lens_for(a, &l->q.rule);
    struct points_near places = sites_near(&c->mem, a, l->q.rule.kind);
    for (size_t i = 0; i < l->chunk_n && !l->more; i++) {
        const uint32_t *at = hash_find(&a->home, id_key(l->chunk[i].id));
        const struct spot *s = at && *at ? &a->spot[*at - 1] : NULL;
        if (s && s->level != ADDRESS_NONE && left_out(l, s, lens->ms[s - a->spot], &places)) {
            l->more = l->n == l->size;
            if (!l->more)
                l->found[l->n++] = (struct found){ l->chunk[i], lens->ms[s - a->spot], s->level };
        }
        if (!l->more)
            l->after = l->chunk[i];
    }
    atlas_leave(c, a);
    return ERR_NONE;
}

/* Stops at a full page, and after CHUNKS_MAX chunks, where the caller may go on. */
MUST static enum err look_all(struct ctx *c, struct looking *l)
{
    int chunks = 0;
    for (size_t i = 0; i < l->q.area.n && !l->more; i++) {
        struct scope_range in = l->q.area.range[i];
        if (in.high < l->after.scope)
            continue;
        do {
            TRY(chunk_read(c, l, in));
            TRY(chunk_look(c, l));
            l->more = l->more || (++chunks == CHUNKS_MAX && l->chunk_n == CHUNK);
        } while (l->chunk_n == CHUNK && !l->more);
    }
    return ERR_NONE;
}

/* --- the answer --- */

MUST static enum err home_json(struct ctx *c, struct json *j, const struct directory *d,
                               const struct found *f)
{
    struct elder e;
    bool found;
    const struct listed_division *community = directory_coded(d, f->seat.scope);
    const struct choice *level = &address_levels[f->level];
    TRY(entity_load(c, &elder_entity, f->seat.id, &e, &found));
    if (!found)
        return ERR_NONE;
    json_object(j, NULL);
    json_id(j, "elder", e.id.n);
    json_text(j, "name", mask_text(&c->mem, MASK_NAME, e.name));
    json_int(j, "scope", f->seat.scope);
    json_text(j, "community", community ? community->name : SV(""));
    if (f->ms <= ATLAS_MINUTES_MAX * 60000)
        json_int(j, "minutes", (f->ms + 59999) / 60000);
    json_text(j, "level", sv_of(level->key));
    json_text(j, "level_name", sv_of(c->lang == LANG_EN ? level->en : level->zh));
    json_end(j, '}');
    return ERR_NONE;
}

MUST static enum err write_homes(struct ctx *c, struct json *j, const struct looking *l)
{
    struct directory *d;
    enum err err = ERR_NONE;
    TRY(directory_enter(c, &d));
    json_array(j, "items");
    for (size_t i = 0; i < l->n && err == ERR_NONE; i++)
        err = home_json(c, j, d, &l->found[i]);
    json_end(j, ']');
    directory_leave(c, d);
    return err;
}

/* "990101001001.12345": community and number of the last one that was looked at. */
static bool seat_read(struct sv text, struct seat *ret)
{
    ptrdiff_t point = sv_find_byte(text, '.');
    return text.len == 0 ||
           (point > 0 && sv_int(sv_head(text, (size_t)point), 0, INT64_MAX, &ret->scope) &&
            sv_int(sv_from(text, (size_t)point + 1), 0, INT64_MAX, &ret->id));
}

enum err atlas_homes_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct atlas_homes_asked *asked = q->query;
    const struct atlas_asked rule = { .kind = asked->kind, .profile = asked->profile,
                                      .minutes = asked->minutes, .metres = asked->metres,
                                      .division = asked->division };
    struct looking *l = NEW(&c->mem, struct looking, 1);
    if (roles[c->who->role].sees == SEES_ORG)
        return fail(c, ERR_FORBIDDEN, "atlas.office", "homes of an area are not an organisation's");
    l->left = asked->left;
    l->size = asked->size ? (size_t)asked->size : SIZE_DEFAULT;
    if (!seat_read(asked->after, &l->after)) {
        fail_field(c, SV("after"), "atlas.after");
        return fail_fields(c);
    }
    TRY(atlas_question_of(c, &rule, &l->q));
    TRY(look_all(c, l));
    atlas_rule_json(c, &a->json, &l->q.rule);
    TRY(write_homes(c, &a->json, l));
    if (l->more)
        json_text(&a->json, "next", sv_fmt(&c->mem, "%lld.%lld", (long long)l->after.scope,
                                           (long long)l->after.id));
    return ERR_NONE;
}
