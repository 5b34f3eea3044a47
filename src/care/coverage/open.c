/*
 * open.c - GET /api/coverage: the share of homes by division below, for everybody.
 *
 * Shares in whole per cent of all homes that are known there; a division with fewer than
 * COVERAGE_FEW of them has none, so that nobody can be picked out of it.
 */

#include "care/coverage/coverage.h"

#include "care/division/division.h"
#include "care/near/directory.h"
#include "http/describe/gives.h"
#include "http/http.h"

SQL(coverage_by_scope);
SQL(coverage_at);

enum { COVERAGE_FEW = 10 };

const struct field coverage_asked_fields[] = {
    LINK(struct coverage_asked, division, "division", .zh = "看哪个区划的下一级",
         .en = "Whose divisions below; none: the topmost"),
    { 0 },
};

static const struct field share_gives[] = {
    SAYS(CHOICE, "kind", .choices = place_kinds), SAYS(TEXT, "kind_name"),
    SAYS(INT, "percent", .zh = "走得到的老人占比，整数百分比",
         .en = "Of a hundred elders, who can walk there"), { 0 },
};
static const struct field row_gives[] = {
    SAYS(ID, "division"), SAYS(TEXT, "name"),
    SAYS(BOOL, "few", .zh = "已知位置的老人不足十位，不公布", .en = "Fewer than ten homes known"),
    MAY_SAY(INT, "homes"), MAY_SAY(LIST, "shares", .record = share_gives), { 0 },
};
const struct field coverage_gives[] = {
    MAY_SAY(MOMENT, "as_of"), SAYS(TEXT, "definition"),
    SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "已知住处的老年人中，按其社区参数的步速与分钟数沿路网能走到该类网点的比例；" \
                "不足十位的区划不公布"
#define SAID_EN "of the elders whose home is known, those who can walk to a place of the kind, " \
                "at the pace and for the minutes their community has set; not told under ten"

/* A division below, and how many homes have each kind. */
struct below { const struct listed_division *division; struct scope_range in; int64_t homes;
               int64_t near[PLACE_KINDS]; };
struct belows { struct below *at; size_t n, room; };

static bool stands_below(const struct directory *d, const struct listed_division *v,
                         const struct listed_division *above)
{
    int64_t up = division_up(v->scope);
    return above ? up == above->scope : up == 0 || !directory_coded(d, up);
}

static struct belows belows_of(struct ctx *c, const struct directory *d,
                               const struct listed_division *above)
{
    struct belows b = { 0 };
    for (uint32_t i = 0; i < d->divisions; i++) {
        const struct listed_division *v = &d->division[i];
        if (!stands_below(d, v, above))
            continue;
        b.at = GROW(&c->mem, b.at, b.n, &b.room);
        b.at[b.n++] = (struct below){ .division = v, .in = division_range(v->scope) };
    }
    return b;
}

static void count_in(struct belows *b, int64_t scope, uint32_t kinds, int64_t homes)
{
    for (size_t i = 0; i < b->n; i++) {
        struct below *at = &b->at[i];
        if (scope < at->in.low || scope > at->in.high)
            continue;
        at->homes += homes;
        for (int kind = 0; kind < PLACE_KINDS; kind++)
            at->near[kind] += kinds >> kind & 1 ? homes : 0;
        return;
    }
}

MUST static enum err count_all(struct ctx *c, struct belows *b, struct scope_range in)
{
    struct rows r = db_rows(c, &sql_coverage_by_scope,
                            PARAMS(P_INT("low", in.low), P_INT("high", in.high)));
    while (rows_next(&r))
        count_in(b, rows_int(&r, 0), (uint32_t)rows_int(&r, 1), rows_int(&r, 2));
    return rows_end(&r);
}

static void write_row(struct ctx *c, struct json *j, const struct below *b)
{
    bool few = b->homes < COVERAGE_FEW;
    json_object(j, NULL);
    json_id(j, "division", b->division->id);
    json_text(j, "name", b->division->name);
    json_bool(j, "few", few);
    if (!few) {
        json_int(j, "homes", b->homes);
        json_array(j, "shares");
        for (int kind = 0; kind < PLACE_KINDS; kind++) {
            json_object(j, NULL);
            json_text(j, "kind", sv_of(place_kinds[kind].key));
            json_text(j, "kind_name",
                      sv_of(c->lang == LANG_EN ? place_kinds[kind].en : place_kinds[kind].zh));
            json_int(j, "percent", (b->near[kind] * 100 + b->homes / 2) / b->homes);
            json_end(j, '}');
        }
        json_end(j, ']');
    }
    json_end(j, '}');
}

MUST static enum err coverage_of(struct ctx *c, const struct directory *d,
                                 const struct coverage_asked *q, struct answer *a)
{
    const struct listed_division *above = NULL;
    int64_t at = 0;
    if (q->division.n && !(above = directory_division(d, q->division.n)))
        return fail(c, ERR_MISSING, "near.area_unknown", "no division %lld",
                    (long long)q->division.n);
    struct belows b = belows_of(c, d, above);
    struct scope_range in = above ? division_range(above->scope)
                                  : (struct scope_range){ 0, INT64_MAX };
    TRY(db_int(c, &sql_coverage_at, NO_PARAMS, &at));
    TRY(count_all(c, &b, in));
    if (at)
        json_moment(&a->json, "as_of", (struct moment){ at });
    json_text(&a->json, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    json_array(&a->json, "items");
    for (size_t i = 0; i < b.n; i++)
        write_row(c, &a->json, &b.at[i]);
    json_end(&a->json, ']');
    return ERR_NONE;
}

enum err coverage_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct directory *d;
    TRY(directory_enter(c, &d));
    enum err err = coverage_of(c, d, q->query, a);
    directory_leave(c, d);
    return err;
}
