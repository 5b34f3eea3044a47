/* ask.c - reading the rule and the area; sums by division, worst first. */

#include "care/atlas/page/ask.h"

#include "care/parameter/parameter.h"

#include <stdlib.h>

const struct choice atlas_levels[] = {
    { "community", "社区", "community" }, { "street", "街道", "street" },
    { "district", "区", "district" },     { 0 },
};

const struct field atlas_asked_fields[] = {
    CHOICE(struct atlas_asked, kind, place_kinds, .zh = "网点类型",
           .en = "Kind of place"),
    CHOICE(struct atlas_asked, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct atlas_asked, minutes, .low = 1, .high = ATLAS_MINUTES_MAX, .zh = "步行分钟",
          .en = "Minutes on foot; else parameter coverage.minutes"),
    FIELD(struct atlas_asked, metres, .low = 100, .high = ATLAS_METRES_MAX, .zh = "直线半径（米）",
          .en = "Radius in metres; else parameter coverage.radius_m"),
    CHOICE(struct atlas_asked, level, atlas_levels, .zh = "按哪一级", .en = "By which level"),
    LINK(struct atlas_asked, division, "division", .zh = "区划", .en = "Within this division"),
    { 0 },
};

MUST static enum err number_of(struct ctx *c, const char *name, int64_t scope,
                               struct opt_int asked, int64_t most, int64_t *ret_n,
                               int64_t *ret_ruled)
{
    TRY(parameter_int(c, name, scope, day_of(c->now), ret_ruled));
    *ret_ruled = *ret_ruled < 1 ? 1 : *ret_ruled > most ? most : *ret_ruled;
    *ret_n = asked.known ? asked.n : *ret_ruled;
    return ERR_NONE;
}

enum err atlas_question_of(struct ctx *c, const struct atlas_asked *q,
                           struct atlas_question *ret_question)
{
    struct atlas_question made = { .level = q->level };
    int64_t minutes, metres, ruled_minutes, ruled_metres;
    struct sv pace;
    TRY(figure_area_of(c, q->division.n, &made.area));
    int64_t scope = made.area.n == 1 ? made.area.range[0].low : 0;
    TRY(number_of(c, "coverage.minutes", scope, q->minutes, ATLAS_MINUTES_MAX, &minutes,
                  &ruled_minutes));
    TRY(number_of(c, "coverage.radius_m", scope, q->metres, ATLAS_METRES_MAX, &metres,
                  &ruled_metres));
    TRY(parameter_text(c, "coverage.pace", scope, day_of(c->now), &pace));
    made.rule = (struct atlas_rule){ .kind = q->kind, .profile = walk_pace(q->profile),
                                     .minutes = (uint32_t)minutes, .metres = (uint32_t)metres };
    made.ruled = minutes == ruled_minutes && sv_is(pace, walk_paces[q->profile].key);
    *ret_question = made;
    return ERR_NONE;
}

/* --- rows --- */

static int64_t scope_at(int64_t scope, int level)
{
    static const enum division_level least[] = { DIVISION_COMMUNITY, DIVISION_STREET,
                                                 DIVISION_DISTRICT };
    while (scope && division_level_of(scope) > least[level])
        scope = division_up(scope);
    return scope;
}

int64_t atlas_permille(int64_t part, int64_t whole)
{
    return whole ? part * 1000 / whole : 0;
}

/* Lowest share first, of equal ones the most elders outside; where nobody is known, last. */
static int worst_first(const void *left, const void *right)
{
    const struct atlas_row *a = left, *b = right;
    if ((a->sum.known == 0) != (b->sum.known == 0))
        return a->sum.known == 0 ? 1 : -1;
    int64_t x = a->sum.walk * b->sum.known, y = b->sum.walk * a->sum.known;
    if (x != y)
        return x < y ? -1 : 1;
    int64_t out_a = a->sum.known - a->sum.walk, out_b = b->sum.known - b->sum.walk;
    if (out_a != out_b)
        return out_a > out_b ? -1 : 1;
    return (a->scope > b->scope) - (a->scope < b->scope);
}

static void name_rows(struct ctx *c, const struct directory *d, struct atlas_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct atlas_row *row = &rows->at[i];
        row->division = directory_coded(d, row->scope);
        row->path = directory_path(&c->mem, d, row->scope);
    }
}

struct atlas_rows atlas_rows_of(struct ctx *c, const struct directory *d,
                                const struct atlas_question *q, const struct atlas_sums *now,
                                const struct atlas_sums *then)
{
    struct atlas_rows rows = { .at = NEW(&c->mem, struct atlas_row, now->n + 1) };
    for (size_t i = 0; i < now->n; i++) {
        if (!scope_held(q->area.range, q->area.n, now->at[i].scope))
            continue;
        int64_t scope = scope_at(now->at[i].scope, q->level);
        if (rows.n == 0 || rows.at[rows.n - 1].scope != scope)
            rows.at[rows.n++].scope = scope;
        struct atlas_row *row = &rows.at[rows.n - 1];
        atlas_sum_add(&row->sum, &now->at[i]);
        atlas_sum_add(&rows.total.sum, &now->at[i]);
        if (then) {
            atlas_sum_add(&row->then, &then->at[i]);
            atlas_sum_add(&rows.total.then, &then->at[i]);
        }
    }
    if (rows.n)
        qsort(rows.at, rows.n, sizeof *rows.at, worst_first);
    name_rows(c, d, &rows);
    return rows;
}

/* --- json --- */

void atlas_rule_json(struct ctx *c, struct json *j, const struct atlas_rule *rule)
{
    const struct choice *kind = &place_kinds[rule->kind];
    const struct profile_info *pace = &profiles[rule->profile];
    json_text(j, "kind", sv_of(kind->key));
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? kind->en : kind->zh));
    json_text(j, "profile", sv_of(pace->key));
    json_text(j, "profile_name", sv_of(c->lang == LANG_EN ? pace->en : pace->zh));
    json_int(j, "minutes", rule->minutes);
    json_int(j, "metres", rule->metres);
}

void atlas_division_json(struct json *j, const struct atlas_row *row)
{
    json_int(j, "scope", row->scope);
    json_text(j, "path", row->path);
    if (!row->division)
        return;
    json_id(j, "division", row->division->id);
    json_text(j, "name", row->division->name);
    json_fixed(j, "lat", row->division->at.lat_e7, 7);
    json_fixed(j, "lon", row->division->at.lon_e7, 7);
}
