/* page.c - the balance as an answer, and as a workbook. */

#include "care/bed/bed.h"

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "sheet/out.h"

#define SAID_ZH "集中养老床位取已发布养老机构的床位总数，在用＝总数－空床（未报空床的不计在用）；驿站与家庭" \
                "照护床位取各街道最近一次统计，没有统计为“没有数”，不作零。应有＝名册中在世老年人 × 每千人" \
                "标准（政策参数 bed.norm_*），向上取整；缺口＝应有－现有。街道的缺口只加缺的类，" \
                "合计的缺口是各街道之和，余缺不相抵；合计行里每一类则是应有减现有，可以相抵，" \
                "没有统计的街道不算在内。"
#define SAID_EN "institution beds are those of published institutions, in use is all less free " \
                "ones (where told); station and home-care beds are the latest count of each " \
                "street, unknown where nobody counted. Needed: living elders of the register x " \
                "the norm per 1,000 (parameters bed.norm_*), rounded up. Gap: needed less have. " \
                "A street's gap is of the classes that lack, the total's is the sum of its " \
                "streets'; a class in the total row is balanced over the streets that were counted."

const struct field bed_asked_fields[] = {
    LINK(struct bed_asked, division, "division", .zh = "区划", .en = "Division"), { 0 },
};

static const struct field line_gives[] = {
    SAYS(CHOICE, "kind", .choices = bed_classes), SAYS(TEXT, "kind_name"),
    MAY_SAY(INT, "have", .zh = "现有；没有时为没有数", .en = "Absent: nobody counted"),
    MAY_SAY(INT, "used"), MAY_SAY(INT, "used_of", .zh = "报了在用的床位", .en = "Whose use is known"),
    SAYS(INT, "need"), SAYS(INT, "uncounted", .zh = "没有统计的街道", .en = "Streets not counted"),
    MAY_SAY(INT, "gap", .zh = "应有减现有；负数为富余", .en = "Needed less have"),
    MAY_SAY(INT, "share", .zh = "占现有的百分比", .en = "Per cent of the beds there are"),
    MAY_SAY(INT, "rule_share", .zh = "占应有的百分比", .en = "Per cent of those needed"),
    MAY_SAY(INT, "norm", .zh = "每千名老年人应有", .en = "Needed per 1,000 elders"),
    MAY_SAY(DAY, "as_of"), MAY_SAY(TEXT, "source"), MAY_SAY(TEXT, "list"), { 0 },
};
static const struct field area_gives[] = {
    MAY_SAY(ID, "division"), SAYS(TEXT, "name"), SAYS(INT, "elders"),
    SAYS(INT, "unsaid", .zh = "没有报床位数的机构", .en = "Institutions that have not told"),
    SAYS(LIST, "classes", .record = line_gives), SAYS(INT, "have"), SAYS(INT, "need"),
    SAYS(INT, "gap"), MAY_SAY(REAL, "per_1000"), MAY_SAY(INT, "rank"), { 0 },
};
static const struct field norm_gives[] = {
    SAYS(CHOICE, "kind", .choices = bed_classes), SAYS(TEXT, "parameter"), SAYS(TEXT, "value"),
    SAYS(TEXT, "source"), SAYS(TEXT, "status"), SAYS(TEXT, "status_name"), { 0 },
};
const struct field bed_gives[] = {
    SAYS(MOMENT, "as_of"), SAYS(TEXT, "definition"),
    SAYS(LIST, "norms", .record = norm_gives, .zh = "标准与依据", .en = "Norms and their sources"),
    SAYS(RECORD, "total", .record = area_gives),
    SAYS(LIST, "districts", .record = area_gives),
    SAYS(LIST, "streets", .record = area_gives, .zh = "缺口大的在前", .en = "Largest gap first"),
    { 0 },
};

/* --- as JSON --- */

static int64_t percent(int64_t n, int64_t of)
{
    return (n * 100 + of / 2) / of;
}

/* The rows behind a class of one street. */
static void write_list(struct ctx *c, struct json *j, const struct bed_area *a,
                       const struct bed_line *l)
{
    struct buf b = buf_new(&c->mem, 160);
    struct scope_range in = division_range(a->scope);
    if (!a->scope || (l->kind == BED_INSTITUTION && !who_may(c, MAY_READ_DIRECTORY)))
        return;
    if (l->kind == BED_INSTITUTION)
        buf_text(&b, "/api/place?kind=institution&state=published");
    else
        buf_fmt(&b, "/api/bed_count?kind=%s", bed_classes[l->kind].key);
    buf_fmt(&b, "&scope.from=%lld&scope.to=%lld", (long long)in.low, (long long)in.high);
    json_text(j, "list", buf_sv(&b));
}

static void write_line(struct ctx *c, struct json *j, const struct bed_area *a,
                       const struct bed_line *l)
{
    const struct choice *k = &bed_classes[l->kind];
    json_object(j, NULL);
    json_text(j, "kind", sv_of(k->key));
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? k->en : k->zh));
    if (l->have.known)
        json_int(j, "have", l->have.n);
    if (l->used.known) {
        json_int(j, "used", l->used.n);
        json_int(j, "used_of", l->used_of);
    }
    json_int(j, "need", l->need);
    json_int(j, "uncounted", l->uncounted);
    if (l->have.known)
        json_int(j, "gap", l->need_counted - l->have.n);
    if (l->have.known && a->have)
        json_int(j, "share", percent(l->have.n, a->have));
    if (a->need)
        json_int(j, "rule_share", percent(l->need, a->need));
    if (l->norm)
        json_int(j, "norm", l->norm);
    if (day_known(l->as_of))
        json_day(j, "as_of", l->as_of);
    if (l->source.len)
        json_text(j, "source", l->source);
    write_list(c, j, a, l);
    json_end(j, '}');
}

static void write_area(struct ctx *c, struct json *j, const char *name, const struct bed_area *a)
{
    json_object(j, name);
    if (a->id)
        json_id(j, "division", a->id);
    json_text(j, "name", a->name);
    json_int(j, "elders", a->elders);
    json_int(j, "unsaid", a->unsaid);
    json_array(j, "classes");
    for (int k = 0; k < BED_CLASSES; k++)
        write_line(c, j, a, &a->line[k]);
    json_end(j, ']');
    json_int(j, "have", a->have);
    json_int(j, "need", a->need);
    json_int(j, "gap", a->gap);
    if (a->per_1000_tenths >= 0)
        json_fixed(j, "per_1000", a->per_1000_tenths, 1);
    if (a->rank)
        json_int(j, "rank", a->rank);
    json_end(j, '}');
}

MUST static enum err write_norm(struct ctx *c, struct json *j, int kind, int64_t scope)
{
    const char *name = sv_text(&c->mem, sv_fmt(&c->mem, "bed.norm_%s", bed_classes[kind].key));
    struct parameter_held held;
    struct parameter p;
    bool found = false;
    TRY(parameter_held(c, name, scope, day_of(c->now), &held));
    if (held.id)
        TRY(entity_load(c, &parameter_entity, held.id, &p, &found));
    const struct choice *status = &parameter_statuses[found ? p.status : PARAMETER_UNCHECKED];
    const struct parameter_default *d = parameter_default_of(c->house, sv_of(name));
    json_object(j, NULL);
    json_text(j, "kind", sv_of(bed_classes[kind].key));
    json_text(j, "parameter", sv_of(name));
    json_text(j, "value", held.value);
    json_text(j, "source", found ? p.source : sv_of(d->source));
    json_text(j, "status", sv_of(status->key));
    json_text(j, "status_name", sv_of(c->lang == LANG_EN ? status->en : status->zh));
    json_end(j, '}');
    return ERR_NONE;
}

static void write_areas(struct ctx *c, struct json *j, const char *name, const struct bed_area *at,
                        size_t n)
{
    json_array(j, name);
    for (size_t i = 0; i < n; i++)
        write_area(c, j, NULL, &at[i]);
    json_end(j, ']');
}

enum err bed_balance_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct bed_asked *asked = q->query;
    struct bed_balance b;
    struct json *j = &a->json;
    TRY(bed_balance(c, asked->division.n, &b));
    json_moment(j, "as_of", c->now);
    json_text(j, "definition", c->lang == LANG_EN ? SV(SAID_EN) : SV(SAID_ZH));
    json_array(j, "norms");
    for (int k = 0; k < BED_CLASSES; k++)
        TRY(write_norm(c, j, k, b.districts == 1 ? b.district[0].scope : 0));
    json_end(j, ']');
    write_area(c, j, "total", &b.total);
    write_areas(c, j, "districts", b.district, b.districts);
    write_areas(c, j, "streets", b.street, b.streets);
    return ERR_NONE;
}

/* --- as a workbook --- */

static void book_head(struct sheet_out *o)
{
    static const char *const of[] = { "现有", "在用", "应有", "缺口", "截至" };
    sheet_out_page(o, SV("床位配比"));
    sheet_out_width(o, 0, 22);
    sheet_out_paper(o, true, 2, SV("第 &P 页 共 &N 页"));
    sheet_out_freeze(o, 2);
    sheet_out_text(o, SHEET_HEAD, SV("街道(乡镇)"));
    sheet_out_text(o, SHEET_HEAD, SV("老年人"));
    for (int k = 0; k < BED_CLASSES; k++)
        sheet_out_across(o, SHEET_HEAD, sv_of(bed_classes[k].zh), 5);
    sheet_out_across(o, SHEET_HEAD, SV("合计"), 5);
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_HEAD, SV(""));
    sheet_out_text(o, SHEET_HEAD, SV("人"));
    for (int k = 0; k < BED_CLASSES; k++)
        for (size_t i = 0; i < 5; i++)
            sheet_out_text(o, SHEET_HEAD, sv_of(of[i]));
    static const char *const sums[] = { "现有", "应有", "缺口", "每千人", "排名" };
    for (size_t i = 0; i < 5; i++)
        sheet_out_text(o, SHEET_HEAD, sv_of(sums[i]));
    sheet_out_end_row(o);
}

static void book_number(struct sheet_out *o, bool known, int64_t n)
{
    if (known)
        sheet_out_number(o, SHEET_CELL, (double)n);
    else
        sheet_out_text(o, SHEET_CELL, SV(""));
}

static void book_row(struct arena *mem, struct sheet_out *o, const struct bed_area *a,
                     struct sv name)
{
    sheet_out_text(o, SHEET_CELL, name);
    book_number(o, true, a->elders);
    for (int k = 0; k < BED_CLASSES; k++) {
        const struct bed_line *l = &a->line[k];
        struct buf day = buf_new(mem, 16);
        if (day_known(l->as_of))
            buf_day(&day, l->as_of);
        book_number(o, l->have.known, l->have.n);
        book_number(o, l->used.known, l->used.n);
        book_number(o, true, l->need);
        book_number(o, l->have.known, l->need_counted - l->have.n);
        sheet_out_text(o, SHEET_CELL, buf_sv(&day));
    }
    book_number(o, true, a->have);
    book_number(o, true, a->need);
    book_number(o, true, a->gap);
    if (a->per_1000_tenths >= 0)
        sheet_out_number(o, SHEET_CELL, (double)a->per_1000_tenths / 10);
    else
        sheet_out_text(o, SHEET_CELL, SV(""));
    book_number(o, a->rank > 0, a->rank);
    sheet_out_end_row(o);
}

enum err bed_book_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct bed_asked *asked = q->query;
    struct bed_balance b;
    struct sheet_sent out;
    struct sv bytes;
    int64_t id;
    TRY(bed_balance(c, asked->division.n, &b));
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    book_head(out.out);
    for (size_t i = 0; i < b.streets; i++)
        book_row(&c->mem, out.out, &b.street[i], b.street[i].name);
    for (size_t i = 0; i < b.districts; i++)
        book_row(&c->mem, out.out, &b.district[i],
                 sv_fmt(&c->mem, "%.*s 小计", SV_ARG(b.district[i].name)));
    book_row(&c->mem, out.out, &b.total, SV("合计"));
    sheet_out_text(out.out, SHEET_FAINT, SV(SAID_ZH));
    sheet_out_end_row(out.out);
    TRY(sheet_sent_close(c, &out, &bytes));
    a->type = XLSX_TYPE;
    a->disposition = file_disposition(&c->mem, "attachment", SV("beds.xlsx"),
                                      SV("养老床位配比.xlsx"));
    buf_put(&a->body, bytes);
    return ERR_NONE;
}
