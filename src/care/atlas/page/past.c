/* past.c - GET /api/atlas/past: who had a kind of place within the walk on a day gone by. */

#include "care/atlas/page/ask.h"

#include "care/coverage/past.h"

const struct field atlas_past_fields[] = {
    CHOICE(struct atlas_past_asked, kind, place_kinds, .zh = "网点类型",
           .en = "Kind of place"),
    CHOICE(struct atlas_past_asked, level, atlas_levels, .zh = "按哪一级", .en = "By which level"),
    FIELD(struct atlas_past_asked, day, .required = true, .zh = "哪一天",
          .en = "As it was on this day"),
    LINK(struct atlas_past_asked, division, "division", .zh = "区划",
         .en = "Within this division"),
    { 0 },
};

static const struct field row_gives[] = {
    SAYS(INT, "scope", .zh = "区划内码", .en = "The division's code"), SAYS(TEXT, "path"),
    MAY_SAY(ID, "division"), MAY_SAY(TEXT, "name"), MAY_SAY(REAL, "lat"), MAY_SAY(REAL, "lon"),
    SAYS(INT, "known", .zh = "住处位置已知", .en = "Of whom the home was known"),
    SAYS(INT, "walk", .zh = "走得到", .en = "Who could walk to one"),
    SAYS(INT, "permille", .zh = "走得到的千分比", .en = "Of a thousand known, who could walk"),
    { 0 },
};

const struct field atlas_past_gives[] = {
    SAYS(TEXT, "definition"), SAYS(DAY, "day"),
    MAY_SAY(DAY, "noted_on", .zh = "数据里最近的记录日", .en = "The latest note among them"),
    SAYS(TEXT, "kind"), SAYS(TEXT, "kind_name"),
    SAYS(RECORD, "total", .record = row_gives), SAYS(LIST, "items", .record = row_gives), { 0 },
};

#define SAID_ZH "每天第一次测算时，按当天参数规定的步速与分钟数记下各社区的人数，有变化才记；" \
                "这里取那一天及以前最近一次的记录，以前没有记录的社区不列"
#define SAID_EN "noted by the first measuring of each day, by the pace and minutes that the " \
                "parameters then said, where it changed; this is the last note up to that day. " \
                "Communities without one are left out"

/* The notes as the sums that rows of divisions are made of. */
MUST static enum err read_notes(struct ctx *c, const struct atlas_past_asked *q,
                                const struct figure_area *area, struct atlas_sums *ret_sums,
                                struct day *ret_noted)
{
    struct atlas_sums sums = { 0 };
    size_t room = 0;
    *ret_noted = DAY_NONE;
    for (size_t i = 0; i < area->n; i++) {
        struct coverage_thens then;
        TRY(coverage_on(c, q->kind, q->day, area->range[i], &then));
        for (size_t k = 0; k < then.n; k++) {
            const struct coverage_then *t = &then.at[k];
            sums.at = GROW(&c->mem, sums.at, sums.n, &room);
            sums.at[sums.n++] = (struct atlas_sum){ .scope = t->scope, .known = t->known,
                                                    .walk = t->near };
            if (!day_known(*ret_noted) || t->day.n > ret_noted->n)
                *ret_noted = t->day;
        }
    }
    *ret_sums = sums;
    return ERR_NONE;
}

static void row_json(struct json *j, const char *name, const struct atlas_row *row)
{
    json_object(j, name);
    atlas_division_json(j, row);
    json_int(j, "known", row->sum.known);
    json_int(j, "walk", row->sum.walk);
    json_int(j, "permille", atlas_permille(row->sum.walk, row->sum.known));
    json_end(j, '}');
}

static void write_answer(struct ctx *c, struct json *j, const struct atlas_past_asked *q,
                         struct day noted, const struct atlas_rows *rows)
{
    const struct choice *kind = &place_kinds[q->kind];
    json_text(j, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    json_day(j, "day", q->day);
    if (day_known(noted))
        json_day(j, "noted_on", noted);
    json_text(j, "kind", sv_of(kind->key));
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? kind->en : kind->zh));
    row_json(j, "total", &rows->total);
    json_array(j, "items");
    for (size_t i = 0; i < rows->n; i++)
        row_json(j, NULL, &rows->at[i]);
    json_end(j, ']');
}

enum err atlas_past_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct atlas_past_asked *asked = q->query;
    struct atlas_question question = { .level = asked->level };
    struct atlas_sums sums;
    struct directory *d;
    struct day noted;
    if (asked->day.n > day_of(c->now).n) {
        fail_field(c, SV("day"), "atlas.past_day");
        return fail_fields(c);
    }
    TRY(figure_area_of(c, asked->division.n, &question.area));
    TRY(read_notes(c, asked, &question.area, &sums, &noted));
    TRY(directory_enter(c, &d));
    struct atlas_rows rows = atlas_rows_of(c, d, &question, &sums, NULL);
    write_answer(c, &a->json, asked, noted, &rows);
    directory_leave(c, d);
    return ERR_NONE;
}
