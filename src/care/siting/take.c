/* take.c - an answer as a file: a workbook to go on with, or its map and tables on A3. */

#include "care/siting/question.h"

#include "care/atlas/page/take.h"
#include "care/export/export.h"
#include "sheet/out.h"

enum { MAP_AREAS_MAX = 500, MAP_TALL = 520, CPU_S = SITING_SECONDS };

static const struct choice formats[] = { { "xlsx", "Excel 表", "workbook" },
                                         { "pdf", "A3 地图（PDF）", "map on A3 (PDF)" }, { 0 } };
const struct field siting_take_fields[] = {
    RECORD(struct siting_take, question, siting_asked_fields, .required = true, .zh = "问题",
           .en = "The question"),
    LINK(struct siting_take, siting, "siting", .zh = "或已算完的选址方案",
         .en = "Or one that has been answered"),
    CHOICE(struct siting_take, format, formats, .required = true, .zh = "格式", .en = "Format"),
    FIELD(struct siting_take, reason, .required = true, .low = 2, .high = 200, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

enum err siting_take_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct siting_take *in = q->body;
    struct buf filter = buf_new(&c->mem, 512);
    struct json j = json_new(&filter);
    struct siting_row kept;
    TRY(who_need(c, MAY_READ_FIGURES));
    if (in->siting.n)
        TRY(entity_get(c, &siting_entity, in->siting.n, &kept));
    else
        question_check(c, &in->question);
    TRY(fail_fields(c));
    json_record(&j, NULL, siting_take_fields, in);
    struct export_batch b = {
        .kind = in->format ? EXPORT_PRINT : EXPORT_LIST, .filter = buf_sv(&filter),
        .format = in->format ? EXPORT_PDF : EXPORT_XLSX, .reason = in->reason,
        .title = c->lang == LANG_EN ? SV("Siting") : SV("选址方案") };
    TRY(export_begin(c, &b, "export.siting"));
    a->status = 201;
    json_fields(&a->json, export_batch_fields, &b);
    return ERR_NONE;
}

/* --- what goes out: the answer as JSON, made again or kept --- */

struct taken { struct export_work *work; const struct json_value *answer; struct sv mark; };

static struct sv text_of(const struct json_value *of, const char *name)
{
    const struct json_value *v = json_member(of, name);
    return v ? v->text : SV("");
}

static int64_t whole_of(const struct json_value *of, const char *name)
{
    int64_t n = 0;
    (void)json_whole(json_member(of, name), -WHOLE_MAX, WHOLE_MAX, &n);
    return n;
}

static double real_of(const struct json_value *of, const char *name)
{
    double n = 0;
    (void)sv_real(text_of(of, name), -1e15, 1e15, &n);
    return n;
}

static struct sv yuan(struct ctx *c, int64_t fen)
{
    return sv_fmt(&c->mem, "%lld", (long long)((fen + 50) / 100));
}

static struct sv percent(struct ctx *c, int64_t permille)
{
    return sv_fmt(&c->mem, "%lld.%lld%%", (long long)(permille / 10), (long long)(permille % 10));
}

static struct sv rule_words(struct ctx *c, const struct json_value *answer)
{
    bool round = sv_is(text_of(answer, "way"), "radius");
    return sv_fmt(&c->mem, "%.*s · %s", SV_ARG(text_of(answer, "kind_name")),
                  round ? sv_fmt(&c->mem, "直线半径 %lld 米", (long long)whole_of(answer, "metres")).at
                        : sv_fmt(&c->mem, "%.*s %lld 分钟",
                                 SV_ARG(text_of(answer, "profile_name")),
                                 (long long)whole_of(answer, "minutes")).at);
}

static struct sv sum_words(struct ctx *c, const struct json_value *answer)
{
    const struct json_value *total = json_member(answer, "total");
    return sv_fmt(&c->mem, "走得到 %lld → %lld 位（%.*s → %.*s），费用 %.*s 元；基尼系数 %.4f → %.4f；"
                  "证明的差距 %.2f%%",
                  (long long)whole_of(total, "before"), (long long)whole_of(total, "after"),
                  SV_ARG(percent(c, whole_of(total, "permille"))),
                  SV_ARG(percent(c, whole_of(total, "then_permille"))),
                  SV_ARG(yuan(c, whole_of(answer, "cost"))), real_of(answer, "gini"),
                  real_of(answer, "then_gini"), real_of(answer, "gap_percent"));
}

/* --- tables, told once for both kinds of file --- */

enum { CELLS = 6 };
struct told { const char *list, *title, *head[CELLS]; };
static const struct told tables[] = {
    { "proposals", "建议建设", { "地点", "来源", "新走得到", "范围内", "费用（元）", "理由" } },
    { "closings", "建议关闭", { "网点", "", "走不到了", "", "", "理由" } },
    { "overlaps", "可合并的现有网点", { "网点", "与哪一处重叠", "只有它", "范围内", "共同", "" } },
    { "items", "各社区", { "社区", "全称", "住处已知", "现在", "建成后", "比例" } },
};
enum { TABLES = sizeof tables / sizeof *tables };

static struct sv number(struct ctx *c, int64_t n)
{
    return sv_fmt(&c->mem, "%lld", (long long)n);
}

static void cells_of(struct ctx *c, const struct told *t, const struct json_value *v,
                     struct sv ret[CELLS])
{
    bool items = t == &tables[3], overlaps = t == &tables[2], closes = t == &tables[1];
    ret[0] = text_of(v, "name").len ? text_of(v, "name") : text_of(v, "path");
    ret[1] = text_of(v, overlaps ? "with_name" : items ? "path" : "source_name");
    ret[2] = number(c, whole_of(v, items ? "known" : overlaps ? "only" : closes ? "loss" : "gain"));
    ret[3] = closes ? SV("") : number(c, whole_of(v, items ? "before" : "near"));
    ret[4] = items ? number(c, whole_of(v, "after")) : overlaps ? number(c, whole_of(v, "shared"))
           : closes ? SV("") : yuan(c, whole_of(v, "cost"));
    ret[5] = items ? sv_fmt(&c->mem, "%.*s → %.*s", SV_ARG(percent(c, whole_of(v, "permille"))),
                            SV_ARG(percent(c, whole_of(v, "then_permille"))))
                   : text_of(v, "reason");
}

static bool is_number(struct sv cell, double *ret_n)
{
    return cell.len && cell.at[cell.len - 1] != '%' && sv_real(cell, -1e15, 1e15, ret_n);
}

static void table_to_book(struct ctx *c, struct sheet_out *o, const struct told *t,
                          const struct json_value *list)
{
    sheet_out_page(o, sv_of(t->title));
    sheet_out_width(o, 0, 28);
    sheet_out_width(o, 5, 60);
    sheet_out_freeze(o, 1);
    for (int i = 0; i < CELLS; i++)
        sheet_out_text(o, SHEET_HEAD, sv_of(t->head[i]));
    sheet_out_end_row(o);
    for (const struct json_value *v = list ? list->first : NULL; v; v = v->next) {
        struct sv cells[CELLS];
        double n;
        cells_of(c, t, v, cells);
        for (int i = 0; i < CELLS; i++)
            if (i > 1 && is_number(cells[i], &n))
                sheet_out_number(o, SHEET_PLAIN, n);
            else
                sheet_out_text(o, SHEET_PLAIN, cells[i]);
        sheet_out_end_row(o);
    }
}

MUST static enum err to_book(struct ctx *c, const struct taken *t)
{
    struct sheet_out *o;
    TRY(sheet_out_open(c, t->work->path, &o));
    sheet_out_told(o, t->work->batch->title, c->who->name, t->mark);
    sheet_out_page(o, t->work->batch->title);
    const struct sv lines[] = { rule_words(c, t->answer), sum_words(c, t->answer),
                                text_of(t->answer, "definition"), t->mark };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        sheet_out_text(o, i ? SHEET_PLAIN : SHEET_TITLE, lines[i]);
        sheet_out_end_row(o);
    }
    const struct json_value *notes = json_member(t->answer, "notes");
    for (const struct json_value *v = notes ? notes->first : NULL; v; v = v->next) {
        sheet_out_text(o, SHEET_FAINT, v->text);
        sheet_out_end_row(o);
    }
    for (int i = 0; i < TABLES; i++)
        table_to_book(c, o, &tables[i], json_member(t->answer, tables[i].list));
    return sheet_out_close(c, o);
}

/* --- paper --- */

static struct point point_of(const struct json_value *v)
{
    int64_t lat = 0, lon = 0;
    (void)sv_fixed(text_of(v, "lat"), 7, -LAT_E7_MAX, LAT_E7_MAX, &lat);
    (void)sv_fixed(text_of(v, "lon"), 7, -LON_E7_MAX, LON_E7_MAX, &lon);
    return (struct point){ (int32_t)lat, (int32_t)lon };
}

static void mark_of(struct ctx *c, const struct plane *plane, const struct json_value *v,
                    size_t nth, struct print_area *ret_area)
{
    struct plane_point p = plane_of(plane, point_of(v));
    struct print_spot *at = NEW(&c->mem, struct print_spot, 1);
    at[0] = (struct print_spot){ p.x, p.y };
    *ret_area = (struct print_area){ at, 1, 4, sv_fmt(&c->mem, "建议 %zu", nth),
                                     sv_fmt(&c->mem, "+%lld", (long long)whole_of(v, "gain")) };
}

MUST static enum err map_to_paper(struct ctx *c, const struct taken *t, struct print *p)
{
    const struct json_value *items = json_member(t->answer, "items");
    const struct json_value *proposals = json_member(t->answer, "proposals");
    size_t n = 0, nth = 0;
    struct print_area *areas = NEW(&c->mem, struct print_area,
                                   MAP_AREAS_MAX + (proposals ? proposals->n : 0));
    struct plane plane = { 0 };
    for (const struct json_value *v = items ? items->first : NULL; v && n < MAP_AREAS_MAX;
         v = v->next) {
        if (!json_member(v, "lat"))
            continue;
        if (n == 0)
            plane = plane_at(point_of(v));
        int64_t division = 0;
        (void)json_id_of(json_member(v, "division"), &division);
        TRY(atlas_paper_area(c, &plane, &(struct atlas_shaded){
            division, point_of(v), text_of(v, "name"), whole_of(v, "then_permille"),
            whole_of(v, "known") > 0 }, &areas[n++]));
    }
    for (const struct json_value *v = proposals && n ? proposals->first : NULL; v; v = v->next)
        mark_of(c, &plane, v, ++nth, &areas[n++]);
    print_map(p, areas, n, MAP_TALL);
    print_legend(p, atlas_shades);
    return ERR_NONE;
}

static void table_to_paper(struct ctx *c, struct print *p, const struct told *t,
                           const struct json_value *list)
{
    static const double shares[CELLS] = { 2, 1.6, 0.8, 0.8, 1, 4 };
    struct print_column columns[CELLS];
    if (!list || !list->first)
        return;
    print_heading(p, sv_of(t->title));
    for (int i = 0; i < CELLS; i++)
        columns[i] = (struct print_column){ sv_of(t->head[i]), shares[i], i > 1 && i < 5 };
    print_table(p, columns, CELLS);
    for (const struct json_value *v = list->first; v; v = v->next) {
        struct sv cells[CELLS];
        cells_of(c, t, v, cells);
        print_row(p, cells);
    }
}

MUST static enum err to_paper(struct ctx *c, const struct taken *t)
{
    struct print *p;
    const struct export_batch *b = t->work->batch;
    TRY(print_open(c, t->work->path, &(struct print_paper){
        .title = b->title, .author = c->who->name, .made = b->row.created_at, .a3 = true }, &p));
    print_form(p, &(struct print_form){
        .title = b->title, .under = rule_words(c, t->answer), .foot = t->mark,
        .number = sv_fmt(&c->mem, "编号 %.*s", SV_ARG(b->number)) });
    print_text(p, sum_words(c, t->answer));
    enum err err = map_to_paper(c, t, p);
    if (err != ERR_NONE) {
        print_drop(p);
        return err;
    }
    for (int i = 0; i < TABLES; i++)
        table_to_paper(c, p, &tables[i], json_member(t->answer, tables[i].list));
    print_small(p, text_of(t->answer, "definition"));
    return print_close(c, p);
}

/* --- the job --- */

MUST static enum err answer_again(struct ctx *c, const struct siting_row *asked,
                                  struct sv *ret_answer)
{
    struct question question;
    struct solution solution;
    struct directory *d;
    struct buf b = buf_new(&c->mem, 1 << 16);
    struct json j = json_new(&b);
    double seconds = asked->seconds.known ? (double)asked->seconds.n : CPU_S;
    TRY(question_make(c, asked, false, &question));
    TRY(question_solve(c, &question, seconds, NULL, NULL, &solution));
    TRY(directory_build(c, &d));
    json_object(&j, NULL);
    solution_json(c, &j, d, &question, &solution);
    json_end(&j, '}');
    directory_end(d);
    *ret_answer = buf_sv(&b);
    return ERR_NONE;
}

static enum err take_make(struct ctx *c, struct export_work *w)
{
    struct siting_take asked;
    struct siting_row kept;
    const struct json_value *tree;
    struct taken t = { .work = w, .mark = export_mark(c, w->batch) };
    struct sv answer;
    record_clear(siting_take_fields, &asked);
    TRY(json_parse(c, w->batch->filter, &tree));
    TRY(json_read(c, tree, siting_take_fields, true, &asked, NULL));
    if (asked.siting.n) {
        TRY(entity_get(c, &siting_entity, asked.siting.n, &kept));
        if (kept.state != SITING_DONE)
            return fail(c, ERR_CONFLICT, "siting.not_done", "siting %lld is not answered",
                        (long long)asked.siting.n);
        answer = kept.answer.json;
    } else {
        TRY(answer_again(c, &asked.question, &answer));
    }
    TRY(json_parse_large(c, answer, SITING_ANSWER_MAX, &t.answer));
    const struct json_value *proposals = json_member(t.answer, "proposals");
    w->rows = proposals ? (int64_t)proposals->n : 0;
    return w->batch->format == EXPORT_PDF ? to_paper(c, &t) : to_book(c, &t);
}

enum err siting_take_job(struct ctx *c, const struct job *j)
{
    return export_job(c, j, take_make);
}
