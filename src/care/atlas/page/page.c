/* page.c - GET /api/atlas: who has a kind of place within a walk and within a radius. */

#include "care/atlas/page/ask.h"

static const struct field row_gives[] = {
    SAYS(INT, "scope", .zh = "区划内码", .en = "The division's code"), SAYS(TEXT, "path"),
    MAY_SAY(ID, "division"), MAY_SAY(TEXT, "name"), MAY_SAY(REAL, "lat"), MAY_SAY(REAL, "lon"),
    SAYS(INT, "elders", .zh = "在册在世", .en = "The living in the register"),
    SAYS(INT, "known", .zh = "住处位置已知", .en = "Of whom the home is known"),
    SAYS(INT, "walk", .zh = "走得到", .en = "Who can walk to one"),
    SAYS(INT, "round", .zh = "直线半径内", .en = "Who live within the radius"),
    SAYS(INT, "both", .zh = "两样都算得到", .en = "Who count by both"),
    SAYS(INT, "permille", .zh = "走得到的千分比", .en = "Of a thousand known, who can walk"),
    SAYS(INT, "round_permille"), SAYS(INT, "loose", .zh = "附近没有路", .en = "No street near"),
    SAYS(INT, "door"), SAYS(INT, "building"), SAYS(INT, "compound"),
    SAYS(INT, "community", .zh = "只到社区中心", .en = "Known by the community's middle"),
    SAYS(INT, "unknown"), SAYS(INT, "places", .zh = "这类网点几个", .en = "Places of the kind"),
    MAY_SAY(TEXT, "list", .zh = "走不到的老人名单", .en = "The list of homes outside"), { 0 },
};

const struct field atlas_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(TEXT, "definition"), SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"),
    SAYS(TEXT, "profile"), SAYS(TEXT, "profile_name"), SAYS(INT, "minutes"), SAYS(INT, "metres"),
    SAYS(BOOL, "ruled", .zh = "就是参数规定的步速与分钟",
         .en = "The pace and minutes are those of the parameters"),
    SAYS(RECORD, "total", .record = row_gives), SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "在册未去世、住处位置已知的老年人中，按所选步速沿路网在规定分钟内能走到已发布且今天未停业的该类" \
                "网点的比例；另按直线半径计一遍。附近三百米没有路的按走不到计；只知道社区的按社区中心计"
#define SAID_EN "of the living in the register whose home is known, those who can walk along the " \
                "streets within the minutes to a published place of the kind not closed today; " \
                "beside it, those within the radius as the crow flies. Homes farther than 300 m " \
                "from any street count as not; those known by community count at its middle"

static void counts_json(struct json *j, const struct atlas_sum *s)
{
    json_int(j, "elders", s->known + s->level[ADDRESS_NONE]);
    json_int(j, "known", s->known);
    json_int(j, "walk", s->walk);
    json_int(j, "round", s->round);
    json_int(j, "both", s->both);
    json_int(j, "permille", atlas_permille(s->walk, s->known));
    json_int(j, "round_permille", atlas_permille(s->round, s->known));
    json_int(j, "loose", s->loose);
    json_int(j, "door", s->level[ADDRESS_DOOR]);
    json_int(j, "building", s->level[ADDRESS_BUILDING]);
    json_int(j, "compound", s->level[ADDRESS_COMPOUND]);
    json_int(j, "community", s->level[ADDRESS_COMMUNITY]);
    json_int(j, "unknown", s->level[ADDRESS_NONE]);
    json_int(j, "places", s->places);
}

/* The register's own list: only for the rule by which homes are noted, and who may read them. */
static void list_json(struct ctx *c, struct json *j, const struct atlas_question *q, int64_t scope)
{
    struct scope_range in = division_range(scope);
    if (q->ruled && who_may(c, MAY_READ_REGISTER))
        json_text(j, "list", sv_fmt(&c->mem, "/api/elder?died_on.none=1&reach=known&far_kinds=%s"
                                             "&scope.from=%lld&scope.to=%lld",
                                    place_kinds[q->rule.kind].key, (long long)in.low,
                                    (long long)in.high));
}

static void row_json(struct ctx *c, struct json *j, const char *name,
                     const struct atlas_question *q, const struct atlas_row *row)
{
    json_object(j, name);
    atlas_division_json(j, row);
    counts_json(j, &row->sum);
    if (!name)
        list_json(c, j, q, row->scope);
    json_end(j, '}');
}

static void write_answer(struct ctx *c, struct json *j, const struct atlas_question *q,
                         const struct atlas_rows *rows)
{
    json_moment(j, "as_of", c->now);
    json_text(j, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    atlas_rule_json(c, j, &q->rule);
    json_bool(j, "ruled", q->ruled);
    row_json(c, j, "total", q, &rows->total);
    json_array(j, "items");
    for (size_t i = 0; i < rows->n; i++)
        row_json(c, j, NULL, q, &rows->at[i]);
    json_end(j, ']');
}

enum err atlas_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct atlas_question question;
    struct atlas *atlas;
    struct directory *d;
    TRY(atlas_question_of(c, q->query, &question));
    TRY(atlas_enter(c, &atlas));
    struct atlas_sums sums = atlas_count(&c->mem, atlas, &question.rule);
    atlas_leave(c, atlas);
    TRY(directory_enter(c, &d));
    struct atlas_rows rows = atlas_rows_of(c, d, &question, &sums, NULL);
    write_answer(c, &a->json, &question, &rows);
    directory_leave(c, d);
    return ERR_NONE;
}
