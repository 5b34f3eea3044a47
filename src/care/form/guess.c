/* guess.c - where a form's heads and rows are, and which of its columns are which of our fields. */

#include "care/form/inside.h"

#include "model/row/shown.h"

bool form_field_fits(const struct field *f)
{
    return shown_goes_out(f) && f->kind != KIND_ID;
}

bool form_entity_fits(const struct ctx *c, const struct entity *e)
{
    return !e->no_history && who_may(c, e->reads);
}

static bool has_word(struct sv text)
{
    static const char *const words[] = { "合计", "总计", "小计", "填报", "填表", "制表", "审核",
                                         "负责人", "签字", "签章", "盖章", "备注：", "注：", "说明：" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (sv_find(text, sv_of(words[i])) >= 0)
            return true;
    return false;
}

/* What stands below the rows: totals, lines to sign, remarks. */
static bool is_below(const struct sheet_row *row)
{
    for (size_t i = 0; i < row->n; i++)
        if (row->cells[i].kind == CELL_TEXT && has_word(row->cells[i].text))
            return true;
    return false;
}

/* From below the header to above what stands below; one row where there is no telling. */
static void rows_guess(const struct head_rows *h, struct form_template *t)
{
    int64_t last = 0;
    t->from_row = t->header_row + t->header_rows;
    for (size_t i = 0; i < h->n; i++) {
        if (h->rows[i].number < t->from_row)
            continue;
        last = h->rows[i].number;
        if (is_below(&h->rows[i])) {
            last--;
            break;
        }
    }
    t->through_row = last < t->from_row ? t->from_row : last;
}

static void column_put(struct json *j, size_t column, struct sv head, struct sv field,
                       struct sv text)
{
    json_object(j, NULL);
    json_int(j, "column", (int64_t)column);
    if (head.len)
        json_text(j, "head", head);
    json_text(j, field.len ? "field" : "text", field.len ? field : text);
    json_end(j, '}');
}

static bool is_counting(struct arena *mem, struct sv label)
{
    struct sv l = label_normal(mem, label);
    return sv_is(l, "序号") || sv_is(l, "编号") || sv_is(l, "no");
}

/* What the earlier file's heads were bound to comes before a guess. */
static const struct form_column *known_of(const struct form_layout *known, struct sv head)
{
    for (size_t i = 0; known && head.len && i < known->columns_n; i++)
        if (sv_eq(known->columns[i].head, head))
            return &known->columns[i];
    return NULL;
}

static struct sv columns_guess(struct ctx *c, const struct head_rows *h, const struct guess *g,
                               const struct form_layout *known)
{
    struct buf b = buf_new(&c->mem, 512);
    struct json j = json_new(&b);
    json_array(&j, NULL);
    for (size_t k = 0; k < h->columns && k < SHEET_COLUMNS_MAX; k++) {
        struct sv head = head_label(&c->mem, h, g->first, g->rows, k);
        const struct form_column *was = known_of(known, head);
        const struct field *f = was ? was->field : NULL;
        for (size_t i = 0; !was && i < g->map.n; i++)
            if (g->map.at[i].column == (int64_t)k)
                f = g->map.at[i].field;
        struct sv text = was ? was->text : is_counting(&c->mem, head) && !f ? SV("#") : SV("");
        if (f || text.len)
            column_put(&j, k, head, f ? sv_of(f->name) : SV(""), text);
    }
    json_end(&j, ']');
    return buf_sv(&b);
}

/* A form without its rows in a header: the first row, so that the person can choose. */
enum err form_guess(struct ctx *c, struct sv bytes, struct form_template *t)
{
    struct sheet_book *book;
    struct page_guess found = { .page = (size_t)(t->sheet - 1) };
    struct form_layout *known = NULL;
    const struct entity *e = house_entity(c->house, t->entity);
    const struct import_rule *known_words = import_rule_of(t->entity);
    struct import_rule rule = { .entity = e, .words = known_words ? known_words->words : NULL,
                                .goes_out = true };
    TRY(sheet_open(c, bytes, &book));
    if (book->form != SHEET_XLSX) {
        sheet_close(book);
        return fail(c, ERR_INVALID, "sheet.form_xlsx", "a form is no .xlsx");
    }
    bool chosen = t->sheet && t->sheet <= (int64_t)book->pages_n;
    enum err err = chosen ? heads_read(c, book, found.page, &found.heads)
                          : pages_guess(c, &rule, book, &found);
    sheet_close(book);
    TRY(err);
    struct head_rows h = found.heads;
    if (h.n == 0)
        return fail(c, ERR_INVALID, "sheet.form_empty", "a form without rows");
    if (t->columns.json.len)
        TRY(layout_read(c, t, &known));
    struct guess g = chosen ? guess_make(c, &rule, &h) : found.guess;
    t->sheet = (int64_t)found.page + 1;
    t->header_row = h.rows[g.first].number;
    t->header_rows = h.rows[g.first + g.rows - 1].number - t->header_row + 1;
    rows_guess(&h, t);
    t->columns.json = columns_guess(c, &h, &g, known);
    return ERR_NONE;
}
