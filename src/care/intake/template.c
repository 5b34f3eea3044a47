/* template.c - an empty workbook to fill in: our labels, our choices, and a page that explains. */

#include "care/intake/inside.h"

enum { CHOICES_MAX = 64 };

/* The fields of a template: those a list has words for, required ones first named so. */
static const struct field *field_of(const struct import_rule *r, const struct import_word *w)
{
    const struct field *f = field_named(r->entity->fields, sv_of(w->field));
    assert(f != NULL);
    return f;
}

static size_t choices_of(const struct field *f, struct sv *ret_texts)
{
    static const struct sv yes_no[] = { SV_INIT("是"), SV_INIT("否") };
    size_t n = 0;
    if (f->kind == KIND_BOOL) {
        memcpy(ret_texts, yes_no, sizeof yes_no);
        return 2;
    }
    for (; f->kind == KIND_CHOICE && f->choices[n].key && n < CHOICES_MAX; n++)
        ret_texts[n] = sv_of(f->choices[n].zh);
    return n;
}

static void columns_put(struct sheet_out *o, const struct import_rule *r)
{
    struct sv texts[CHOICES_MAX];
    size_t column = 0;
    sheet_out_page(o, sv_of(r->entity->zh));
    sheet_out_freeze(o, 1);
    for (const struct import_word *w = r->words; w->field; w++, column++) {
        const struct field *f = field_of(r, w);
        size_t n = choices_of(f, texts);
        sheet_out_width(o, column, f->kind == KIND_TEXT ? 20 : 14);
        if (n)
            sheet_out_choices(o, column, 1, texts, n);
    }
    for (const struct import_word *w = r->words; w->field; w++) {
        const struct field *f = field_of(r, w);
        sheet_out_text(o, f->required ? SHEET_REQUIRED : SHEET_HEAD, sv_of(f->zh));
    }
    sheet_out_end_row(o);
}

static struct sv form_of(struct arena *mem, const struct field *f)
{
    static const char *const forms[] = {
        [KIND_BOOL] = "是 或 否（√、有/无 也可以）", [KIND_INT] = "整数", [KIND_OPT_INT] = "整数",
        [KIND_REAL] = "数字", [KIND_TEXT] = "文字", [KIND_LINK] = "名称，与系统里的一致",
        [KIND_MONEY] = "元，如 12.50", [KIND_DAY] = "如 1949-12-31、1949年12月31日、19491231",
        [KIND_DEGREES] = "度，如 116.4123",
    };
    struct buf b = buf_new(mem, 128);
    if (f->class == SEALED && f->mask == MASK_ID)
        return SV("18 位，按文本填写（先把整列设为“文本”格式），末位 X 大小写都可以");
    if (f->kind != KIND_CHOICE && f->kind != KIND_SET)
        return sv_of(forms[f->kind]);
    buf_text(&b, f->kind == KIND_SET ? "可多选，用顿号隔开：" : "选一个：");
    for (int i = 0; f->choices[i].key; i++)
        buf_fmt(&b, "%s%s", i ? "、" : "", f->choices[i].zh);
    return buf_sv(&b);
}

static void explain_put(struct ctx *c, struct sheet_out *o, const struct import_rule *r)
{
    static const double widths[] = { 18, 8, 60, 24 };
    static const char *const heads[] = { "栏目", "必填", "怎样填写", "示例（虚构）" };
    sheet_out_page(o, SV("填写说明"));
    for (size_t i = 0; i < 4; i++)
        sheet_out_width(o, i, widths[i]);
    sheet_out_text(o, SHEET_TITLE, sv_fmt(&c->mem, "%s名单填写说明", r->entity->zh));
    sheet_out_end_row(o);
    sheet_out_text(o, SHEET_FAINT, SV("列的顺序可以变，不用的列可以删；自己的表也可以直接上传，"
                                      "系统会找出表头并对应各列。本页不会被导入。"));
    sheet_out_end_row(o);
    for (size_t i = 0; i < 4; i++)
        sheet_out_text(o, SHEET_HEAD, sv_of(heads[i]));
    sheet_out_end_row(o);
    for (const struct import_word *w = r->words; w->field; w++) {
        const struct field *f = field_of(r, w);
        sheet_out_text(o, SHEET_CELL, sv_of(f->zh));
        sheet_out_text(o, SHEET_CELL, f->required ? SV("是") : SV(""));
        sheet_out_text(o, SHEET_CELL, form_of(&c->mem, f));
        sheet_out_text(o, SHEET_CELL, sv_of(w->example));
        sheet_out_end_row(o);
    }
}

enum err template_make(struct ctx *c, const struct import_rule *r, struct sv *ret_bytes)
{
    struct sheet_sent out;
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    columns_put(out.out, r);
    explain_put(c, out.out, r);
    return sheet_sent_close(c, &out, ret_bytes);
}
