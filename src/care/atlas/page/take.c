/* take.c - coverage as a file: a workbook to go on with, or a map and its table on A3. */

#include "care/atlas/page/take.h"

#include "care/export/export.h"
#include "sheet/out.h"

#include <math.h>

enum { MAP_AREAS_MAX = 500, MAP_TALL = 540, COLUMNS = 12 };

/* --- asking --- */

static const struct choice formats[] = { { "xlsx", "Excel 表", "workbook" },
                                         { "pdf", "A3 地图（PDF）", "map on A3 (PDF)" }, { 0 } };
const struct field atlas_take_fields[] = {
    CHOICE(struct atlas_take, kind, place_kinds, .required = true, .zh = "网点类型",
           .en = "Kind of place"),
    CHOICE(struct atlas_take, profile, walk_paces, .zh = "步速", .en = "Pace"),
    CHOICE(struct atlas_take, level, atlas_levels, .zh = "按哪一级", .en = "By which level"),
    CHOICE(struct atlas_take, format, formats, .required = true, .zh = "格式", .en = "Format"),
    FIELD(struct atlas_take, minutes, .low = 1, .high = ATLAS_MINUTES_MAX, .zh = "步行分钟",
          .en = "Minutes on foot"),
    FIELD(struct atlas_take, metres, .low = 100, .high = ATLAS_METRES_MAX, .zh = "直线半径（米）",
          .en = "Radius in metres"),
    LINK(struct atlas_take, division, "division", .zh = "区划", .en = "Within this division"),
    FIELD(struct atlas_take, reason, .required = true, .low = 2, .high = 200, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

enum err atlas_take_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct atlas_take *in = q->body;
    struct atlas_asked asked = { in->kind, in->profile, in->level, in->minutes, in->metres,
                                 in->division };
    struct buf filter = buf_new(&c->mem, 256);
    struct json j = json_new(&filter);
    struct atlas_question question;
    TRY(who_need(c, MAY_READ_FIGURES));
    TRY(atlas_question_of(c, &asked, &question));
    json_record(&j, NULL, atlas_asked_fields, &asked);
    struct export_batch b = {
        .kind = in->format ? EXPORT_PRINT : EXPORT_LIST, .filter = buf_sv(&filter),
        .format = in->format ? EXPORT_PDF : EXPORT_XLSX, .reason = in->reason,
        .title = c->lang == LANG_EN ? SV("Planning map") : SV("养老地图") };
    TRY(export_begin(c, &b, "export.atlas"));
    a->status = 201;
    json_fields(&a->json, export_batch_fields, &b);
    return ERR_NONE;
}

/* --- what goes out --- */

/* The answer of the screen, made again when the file is made. */
struct taken {
    struct export_work   *work;
    struct atlas_question q;
    struct atlas_rows     rows;
    struct sv             mark, rule;
};

static struct sv rule_words(struct ctx *c, const struct atlas_question *q)
{
    return sv_fmt(&c->mem, "%s · %s %u 分钟 · 直线半径 %u 米", place_kinds[q->rule.kind].zh,
                  profiles[q->rule.profile].zh, q->rule.minutes, q->rule.metres);
}

static const char *const heads[COLUMNS] = {
    "区划", "住处已知", "走得到", "走得到%", "走不到", "半径内%", "仅半径", "网点", "到门户", "到楼栋", "到小区",
    "只到社区",
};

/* The figures behind the first column; shares in per cent. */
static void numbers_of(const struct atlas_sum *s, double ret[COLUMNS])
{
    const double all[COLUMNS] = {
        0, (double)s->known, (double)s->walk, (double)atlas_permille(s->walk, s->known) / 10,
        (double)(s->known - s->walk), (double)atlas_permille(s->round, s->known) / 10,
        (double)(s->round - s->both), (double)s->places, (double)s->level[ADDRESS_DOOR],
        (double)s->level[ADDRESS_BUILDING], (double)s->level[ADDRESS_COMPOUND],
        (double)s->level[ADDRESS_COMMUNITY],
    };
    for (int i = 0; i < COLUMNS; i++)
        ret[i] = all[i];
}

static struct sv name_of(struct ctx *c, const struct atlas_row *row)
{
    return row->division ? row->division->name
                         : sv_fmt(&c->mem, "%lld", (long long)row->scope);
}

/* --- workbook --- */

static void row_to_book(struct sheet_out *o, struct sv name, const struct atlas_sum *s)
{
    double n[COLUMNS];
    numbers_of(s, n);
    sheet_out_text(o, SHEET_PLAIN, name);
    for (int i = 1; i < COLUMNS; i++)
        sheet_out_number(o, SHEET_PLAIN, n[i]);
    sheet_out_end_row(o);
}

MUST static enum err to_book(struct ctx *c, const struct taken *t)
{
    struct sheet_out *o;
    TRY(sheet_out_open(c, t->work->path, &o));
    sheet_out_told(o, t->work->batch->title, c->who->name, t->mark);
    sheet_out_page(o, t->work->batch->title);
    sheet_out_width(o, 0, 28);
    sheet_out_freeze(o, 3);
    sheet_out_paper(o, true, 3, SV("&P/&N"));
    sheet_out_text(o, SHEET_FAINT, t->mark);
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_TITLE, t->rule);
    sheet_out_end_row(o);
    for (int i = 0; i < COLUMNS; i++)
        sheet_out_text(o, SHEET_HEAD, sv_of(heads[i]));
    sheet_out_end_row(o);
    for (size_t i = 0; i < t->rows.n; i++)
        row_to_book(o, sv_fmt(&c->mem, "%.*s", SV_ARG(t->rows.at[i].path)), &t->rows.at[i].sum);
    row_to_book(o, SV("合计"), &t->rows.total.sum);
    return sheet_out_close(c, o);
}

/* --- paper --- */

const struct sv atlas_shades[PRINT_SHADES] = {
    SV_INIT("没有已知住处"), SV_INIT("不足 50%"), SV_INIT("50%–70%"), SV_INIT("70%–90%"),
    SV_INIT("90% 及以上"),
};

enum err atlas_paper_area(struct ctx *c, const struct plane *plane,
                          const struct atlas_shaded *of, struct print_area *ret_area)
{
    struct division d;
    bool found = false;
    size_t n = 0;
    struct point middle = of->at, *ring = &middle;
    int64_t share = of->permille;
    if (of->division)
        TRY(entity_load(c, &division_entity, of->division, &d, &found));
    if (found && d.boundary.json.len)
        ring = division_boundary_ring(c, d.boundary.json, &n);
    if (n < 3) {
        ring = &middle;
        n = 1;
    }
    struct print_spot *at = NEW(&c->mem, struct print_spot, n);
    for (size_t i = 0; i < n; i++) {
        struct plane_point p = plane_of(plane, ring[i]);
        at[i] = (struct print_spot){ p.x, p.y };
    }
    int shade = !of->known ? 0 : share < 500 ? 1 : share < 700 ? 2 : share < 900 ? 3 : 4;
    *ret_area = (struct print_area){ at, n, shade, of->name,
                                     sv_fmt(&c->mem, "%lld.%lld%%", (long long)(share / 10),
                                            (long long)(share % 10)) };
    return ERR_NONE;
}

MUST static enum err map_to_paper(struct ctx *c, const struct taken *t, struct print *p)
{
    struct print_area *areas = NEW(&c->mem, struct print_area, t->rows.n + 1);
    struct plane plane = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < t->rows.n && n < MAP_AREAS_MAX; i++) {
        const struct atlas_row *row = &t->rows.at[i];
        if (!row->division || !point_told(row->division->at))
            continue;
        if (n == 0)
            plane = plane_at(row->division->at);
        TRY(atlas_paper_area(c, &plane, &(struct atlas_shaded){
            row->division->id, row->division->at, row->division->name,
            atlas_permille(row->sum.walk, row->sum.known), row->sum.known > 0 }, &areas[n++]));
    }
    print_map(p, areas, n, MAP_TALL);
    print_legend(p, atlas_shades);
    return ERR_NONE;
}

static void row_to_paper(struct ctx *c, struct print *p, struct sv name, const struct atlas_sum *s)
{
    double n[COLUMNS];
    struct sv cells[COLUMNS] = { name };
    numbers_of(s, n);
    for (int i = 1; i < COLUMNS; i++)
        cells[i] = sv_fmt(&c->mem, fabs(n[i] - round(n[i])) > 0.01 ? "%.1f" : "%.0f", n[i]);
    print_row(p, cells);
}

static void table_to_paper(struct ctx *c, const struct taken *t, struct print *p)
{
    struct print_column columns[COLUMNS];
    for (int i = 0; i < COLUMNS; i++)
        columns[i] = (struct print_column){ sv_of(heads[i]), i ? 1 : 2.2, i > 0 };
    print_table(p, columns, COLUMNS);
    for (size_t i = 0; i < t->rows.n; i++)
        row_to_paper(c, p, name_of(c, &t->rows.at[i]), &t->rows.at[i].sum);
    row_to_paper(c, p, SV("合计"), &t->rows.total.sum);
}

MUST static enum err to_paper(struct ctx *c, const struct taken *t)
{
    struct print *p;
    const struct export_batch *b = t->work->batch;
    TRY(print_open(c, t->work->path, &(struct print_paper){
        .title = b->title, .author = c->who->name, .made = b->row.created_at, .a3 = true }, &p));
    print_form(p, &(struct print_form){
        .title = b->title, .under = t->rule, .foot = t->mark,
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(b->number)) });
    enum err err = map_to_paper(c, t, p);
    if (err != ERR_NONE) {
        print_drop(p);
        return err;
    }
    table_to_paper(c, t, p);
    print_small(p, SV("走得到：按步速沿路网在规定分钟内；半径：直线。住处只到社区的按社区中心计，未知的不计。"));
    return print_close(c, p);
}

/* --- the job --- */

MUST static enum err count(struct ctx *c, struct directory *d, struct taken *t)
{
    struct atlas *atlas;
    TRY(atlas_enter(c, &atlas));
    struct atlas_sums sums = atlas_count(&c->mem, atlas, &t->q.rule);
    atlas_leave(c, atlas);
    t->rows = atlas_rows_of(c, d, &t->q, &sums, NULL);
    t->work->rows = (int64_t)t->rows.n;
    return t->work->batch->format == EXPORT_PDF ? to_paper(c, t) : to_book(c, t);
}

static enum err take_make(struct ctx *c, struct export_work *w)
{
    struct atlas_asked asked;
    struct taken t = { .work = w, .mark = export_mark(c, w->batch) };
    const struct json_value *tree;
    struct directory *d;
    record_clear(atlas_asked_fields, &asked);
    TRY(json_parse(c, w->batch->filter, &tree));
    TRY(json_read(c, tree, atlas_asked_fields, true, &asked, NULL));
    TRY(atlas_question_of(c, &asked, &t.q));
    t.rule = rule_words(c, &t.q);
    TRY(directory_build(c, &d));             /* for names: a worker keeps none */
    enum err err = count(c, d, &t);
    directory_end(d);
    return err;
}

enum err atlas_take_job(struct ctx *c, const struct job *j)
{
    return export_job(c, j, take_make);
}

