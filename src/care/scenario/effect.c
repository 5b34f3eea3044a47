/* effect.c - who would have what, and how much of it, by division: as it is and as it would be. */

#include "care/scenario/effect.h"

#include "care/atlas/page/ask.h"
#include "care/scenario/scenario.h"

#include <math.h>

struct tried {
    int                kind, profile, level, measure;
    struct opt_int     minutes, metres;
    struct division_id division;
    struct text        changes;
};
static const struct field tried_fields[] = {
    CHOICE(struct tried, kind, place_kinds, .required = true, .zh = "网点类型",
           .en = "Kind of place"),
    CHOICE(struct tried, profile, walk_paces, .zh = "步速", .en = "Pace"),
    FIELD(struct tried, minutes, .low = 1, .high = ATLAS_MINUTES_MAX, .zh = "步行分钟",
          .en = "Minutes on foot"),
    FIELD(struct tried, metres, .low = 100, .high = ATLAS_METRES_MAX, .zh = "直线半径（米）",
          .en = "Radius in metres"),
    CHOICE(struct tried, measure, scenario_measures, .zh = "可达性算法", .en = "Measure"),
    CHOICE(struct tried, level, atlas_levels, .zh = "按哪一级", .en = "By which level"),
    LINK(struct tried, division, "division", .zh = "区划", .en = "Within this division"),
    FIELD(struct tried, changes, .required = true, .high = SCENARIO_BYTES_MAX, .zh = "变动",
          .en = "Changes (scenario)"),
    { 0 },
};

struct effect_asked { int level; };
static const struct field effect_asked_fields[] = {
    CHOICE(struct effect_asked, level, atlas_levels, .zh = "按哪一级", .en = "By which level"),
    { 0 },
};

static const struct field row_gives[] = {
    SAYS(INT, "scope"), SAYS(TEXT, "path"), MAY_SAY(ID, "division"), MAY_SAY(TEXT, "name"),
    MAY_SAY(REAL, "lat"), MAY_SAY(REAL, "lon"),
    SAYS(INT, "known", .zh = "住处位置已知的老人", .en = "Elders whose home is known"),
    SAYS(INT, "walk", .zh = "现在走得到", .en = "Who can walk to one now"),
    SAYS(INT, "then", .zh = "变动后走得到", .en = "... with the changes"),
    SAYS(INT, "permille"), SAYS(INT, "then_permille"),
    SAYS(INT, "round", .zh = "现在半径内", .en = "Within the radius now"),
    SAYS(INT, "then_round"),
    SAYS(REAL, "access", .zh = "现在每千名老人可及床位（容量）", .en = "For 1,000 elders, now"),
    SAYS(REAL, "then_access"), { 0 },
};
static const struct field effect_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(TEXT, "definition"), SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"),
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(INT, "minutes"), SAYS(INT, "metres"),
    SAYS(TEXT, "measure"), SAYS(TEXT, "measure_name"),
    SAYS(REAL, "supply", .zh = "现有床位（容量）", .en = "Beds or seats in all, now"),
    SAYS(REAL, "then_supply"), SAYS(RECORD, "total", .record = row_gives),
    SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "走得到：口径同养老地图；每千名老人可及床位：各网点的床位（没有床位的按同时容纳人数）按所选算法" \
                "分给规定分钟内走得到的老人，再按区划平均。按提问时的住址、网点和路网计算，不改动任何数据"
#define SAID_EN "who can walk: as on the planners' map. For 1,000 elders: each place's beds " \
                "(else seats) shared by the measure among the elders within the minutes, then " \
                "the mean of the division. Worked out when asked; nothing is changed"

/* --- the answer --- */

static void per_1000_json(struct json *j, const char *name, const struct atlas_sum *s)
{
    json_fixed(j, name, s->known ? llround(s->access * 1e6 / (double)s->known) : 0, 3);
}

static void row_json(struct json *j, const char *name, const struct atlas_row *row)
{
    json_object(j, name);
    atlas_division_json(j, row);
    json_int(j, "known", row->sum.known);
    json_int(j, "walk", row->sum.walk);
    json_int(j, "then", row->then.walk);
    json_int(j, "permille", atlas_permille(row->sum.walk, row->sum.known));
    json_int(j, "then_permille", atlas_permille(row->then.walk, row->sum.known));
    json_int(j, "round", row->sum.round);
    json_int(j, "then_round", row->then.round);
    per_1000_json(j, "access", &row->sum);
    per_1000_json(j, "then_access", &row->then);
    json_end(j, '}');
}

static void write_effect(struct ctx *c, struct json *j, const struct atlas_question *q,
                         int measure, const struct atlas_tried *t, const struct atlas_rows *rows)
{
    const struct choice *m = &scenario_measures[measure];
    json_moment(j, "as_of", c->now);
    json_text(j, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    atlas_rule_json(c, j, &q->rule);
    json_text(j, "measure", sv_of(m->key));
    json_text(j, "measure_name", sv_of(c->lang == LANG_EN ? m->en : m->zh));
    json_fixed(j, "supply", llround(t->supply_before * 10), 1);
    json_fixed(j, "then_supply", llround(t->supply_after * 10), 1);
    row_json(j, "total", &rows->total);
    json_array(j, "items");
    for (size_t i = 0; i < rows->n; i++)
        row_json(j, NULL, &rows->at[i]);
    json_end(j, ']');
}

/* --- asking --- */

MUST static enum err answer_for(struct ctx *c, const struct tried *asked, struct answer *a)
{
    struct atlas_question q;
    struct scenario_changes changes;
    struct atlas_tried tried;
    struct atlas *atlas;
    struct directory *d;
    TRY(scenario_changes_read(c, asked->changes.json, &changes));
    TRY(atlas_question_of(c, &(struct atlas_asked){
        .kind = asked->kind, .profile = asked->profile, .level = asked->level,
        .minutes = asked->minutes, .metres = asked->metres, .division = asked->division }, &q));
    struct atlas_try t = { .rule = q.rule, .measure = asked->measure, .change = changes.at,
                           .n = changes.n };
    TRY(atlas_enter(c, &atlas));
    enum err err = atlas_try(c, atlas, &t, &tried);
    atlas_leave(c, atlas);
    TRY(err);
    TRY(directory_enter(c, &d));
    struct atlas_rows rows = atlas_rows_of(c, d, &q, &tried.before, &tried.after);
    write_effect(c, &a->json, &q, asked->measure, &tried, &rows);
    directory_leave(c, d);
    return ERR_NONE;
}

static enum err try_post(struct ctx *c, const struct request *q, struct answer *a)
{
    return answer_for(c, q->body, a);
}

static enum err effect_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct effect_asked *asked = q->query;
    struct scenario s;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &scenario_entity, id, &s));
    return answer_for(c, &(struct tried){
        .kind = s.kind, .profile = s.profile, .measure = s.measure, .level = asked->level,
        .minutes = { true, s.minutes }, .metres = { true, s.metres }, .division = s.division,
        .changes = s.changes }, a);
}

const struct endpoint effect_endpoints[] = {
    { .verb = POST, .path = "/api/scenario/try", .run = try_post, .lane = READS,
      .may = MAY_READ_FIGURES, .takes = tried_fields, .takes_size = sizeof(struct tried),
      .gives = effect_gives, .no_replay = true, .per_minute = 240,
      .zh = "推演：网点变动后的覆盖与可达性（不保存）",
      .en = "What if: coverage and access with the changes; nothing is kept" },
    { .verb = GET, .path = "/api/scenario/{id}/effect", .run = effect_get, .lane = READS,
      .may = MAY_READ_FIGURES, .query = effect_asked_fields,
      .query_size = sizeof(struct effect_asked), .gives = effect_gives,
      .zh = "推演方案的效果", .en = "What a scenario would change" },
    { 0 },
};
