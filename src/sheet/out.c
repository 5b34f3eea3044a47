/* out.c - writing .xlsx through libxlsxwriter. */

#include "sheet/out.h"

#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { PAGE_NAME_MAX = 31, CHOICES_INLINE = 250, SCRATCH_BYTES = 256 * 1024 };

struct sheet_out {
    lxw_workbook  *book;
    lxw_worksheet *page;
    lxw_worksheet *lists;              /* hidden: choices too long for a validation */
    lxw_row_t      lists_rows;
    lxw_format    *styles[SHEET_STYLES];
    lxw_row_t      row;
    lxw_col_t      column;
    size_t         notes;
    const char    *path;
    struct arena   scratch;            /* texts of the row at hand */
    lxw_error      failed;
};

static void note(struct sheet_out *o, lxw_error error)
{
    if (o->failed == LXW_NO_ERROR)
        o->failed = error;
}

static void filled(lxw_format *f, lxw_color_t color)
{
    format_set_bg_color(f, color);
    format_set_pattern(f, LXW_PATTERN_SOLID);
}

static lxw_format *style_make(lxw_workbook *book, enum sheet_style style)
{
    lxw_format *f = workbook_add_format(book);
    format_set_num_format(f, "@");
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (style == SHEET_TITLE)
        format_set_font_size(f, 16);
    if (style == SHEET_TITLE || style == SHEET_HEAD || style == SHEET_REQUIRED)
        format_set_bold(f);
    if (style == SHEET_HEAD || style == SHEET_REQUIRED)
        filled(f, 0xE8EEF4);
    if (style == SHEET_HEAD || style == SHEET_REQUIRED || style == SHEET_CELL) {
        format_set_border(f, LXW_BORDER_THIN);
        format_set_text_wrap(f);
    }
    if (style == SHEET_REQUIRED)
        format_set_font_color(f, 0xB00020);
    if (style == SHEET_WRONG)
        filled(f, 0xFFC7CE);
    if (style == SHEET_DOUBT)
        filled(f, 0xFFEB9C);
    if (style == SHEET_FAINT)
        format_set_font_color(f, 0x5F6B76);
    return f;
}

enum err sheet_out_open(struct ctx *c, const char *path, struct sheet_out **ret_out)
{
    struct sheet_out *o = NEW(&c->mem, struct sheet_out, 1);
    struct sv folder = sv_of(path);
    while (folder.len && folder.at[folder.len - 1] != '/')
        folder.len--;
    const char *dir = folder.len > 1 ? sv_text(&c->mem, sv_head(folder, folder.len - 1)) : NULL;
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .use_zip64 = LXW_TRUE, .tmpdir = (char *)(uintptr_t)dir,
    };
    o->path = sv_text(&c->mem, sv_of(path));
    o->book = workbook_new_opt(o->path, &options);
    if (!o->book)
        return fail(c, ERR_BUSY, "sheet.write", "could not begin a workbook");
    for (int i = 0; i < SHEET_STYLES; i++)
        o->styles[i] = style_make(o->book, (enum sheet_style)i);
    *ret_out = o;
    return ERR_NONE;
}

/* The library asks for texts it may change, and does not. */
static char *told_text(struct sheet_out *o, struct sv text, size_t most)
{
    return (char *)(uintptr_t)sv_text(&o->scratch, sv_runes_head(text, most));
}

void sheet_out_told(struct sheet_out *o, struct sv title, struct sv author, struct sv remark)
{
    lxw_doc_properties told = {
        .title = told_text(o, title, 100),
        .author = told_text(o, author, 60),
        .comments = told_text(o, remark, 200),
    };
    if (!o->failed)
        note(o, workbook_set_properties(o->book, &told));
}

/* --- pages --- */

/* Cut on a whole character, without []:*?/\ and the quote at the ends. */
static const char *page_name(struct sheet_out *o, struct sv name)
{
    struct buf b = buf_new(&o->scratch, 128);
    uint32_t rune;
    for (int n = 0; n < PAGE_NAME_MAX && sv_rune(&name, &rune); n++)
        buf_rune(&b, rune < 128 && strchr("[]:*?/\\'", (int)rune) ? ' ' : rune);
    struct sv kept = sv_trim(buf_sv(&b));
    return kept.len ? sv_text(&o->scratch, kept) : NULL;
}

void sheet_out_page(struct sheet_out *o, struct sv name)
{
    if (o->failed)
        return;
    const char *called = page_name(o, name);
    if (called && workbook_validate_sheet_name(o->book, called) != LXW_NO_ERROR)
        called = NULL;                               /* taken: it gets a number for a name */
    o->page = workbook_add_worksheet(o->book, called);
    o->row = 0;
    o->column = 0;
    if (!o->page)
        note(o, LXW_ERROR_MEMORY_MALLOC_FAILED);
}

void sheet_out_width(struct sheet_out *o, size_t column, double characters)
{
    if (!o->failed)
        note(o, worksheet_set_column(o->page, (lxw_col_t)column, (lxw_col_t)column, characters,
                                     NULL));
}

void sheet_out_freeze(struct sheet_out *o, size_t rows)
{
    if (!o->failed)
        worksheet_freeze_panes(o->page, (lxw_row_t)rows, 0);
}

/* The texts as a row of the hidden page, and the range that names it. */
static const char *list_range(struct sheet_out *o, const char *const *texts, size_t n)
{
    char last[LXW_MAX_COL_NAME_LENGTH];
    if (!o->lists) {
        o->lists = workbook_add_worksheet(o->book, "选项");
        if (!o->lists)
            return NULL;
        worksheet_hide(o->lists);
    }
    for (size_t i = 0; i < n; i++)
        note(o, worksheet_write_string(o->lists, o->lists_rows, (lxw_col_t)i, texts[i], NULL));
    lxw_col_to_name(last, (lxw_col_t)(n - 1), LXW_TRUE);
    o->lists_rows++;
    return sv_fmt(&o->scratch, "=选项!$A$%u:%s$%u", o->lists_rows, last, o->lists_rows).at;
}

void sheet_out_choices(struct sheet_out *o, size_t column, size_t from, const struct sv *texts,
                       size_t n)
{
    lxw_data_validation rule = {
        .validate = LXW_VALIDATION_TYPE_LIST, .error_title = "请从列表中选择",
        .error_message = "这一栏只接受下拉列表中的内容",
    };
    size_t bytes = 0;
    if (o->failed || n == 0 || n > SHEET_OUT_COLUMNS)
        return;
    const char **list = NEW(&o->scratch, const char *, n + 1);
    for (size_t i = 0; i < n; i++) {
        list[i] = sv_text(&o->scratch, texts[i]);
        bytes += texts[i].len + 1;
    }
    if (bytes < CHOICES_INLINE) {
        rule.value_list = (char **)(uintptr_t)list;
    } else {
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = (char *)(uintptr_t)list_range(o, list, n);
    }
    note(o, worksheet_data_validation_range(o->page, (lxw_row_t)from, (lxw_col_t)column,
                                            SHEET_OUT_ROWS - 1, (lxw_col_t)column, &rule));
}

void sheet_out_paper(struct sheet_out *o, bool landscape, size_t rows_again, struct sv footer)
{
    enum { A4 = 9 };
    if (o->failed)
        return;
    worksheet_set_paper(o->page, A4);
    if (landscape)
        worksheet_set_landscape(o->page);
    worksheet_fit_to_pages(o->page, 1, 0);
    if (rows_again)
        note(o, worksheet_repeat_rows(o->page, 0, (lxw_row_t)(rows_again - 1)));
    if (footer.len)
        note(o, worksheet_set_footer(o->page, sv_text(&o->scratch, sv_head(footer, 250))));
}

/* --- rows --- */

static bool room(struct sheet_out *o)
{
    if (!o->failed && (o->row >= SHEET_OUT_ROWS || o->column >= SHEET_OUT_COLUMNS))
        note(o, LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE);
    return !o->failed;
}

/* Control characters that XML cannot hold become blanks. */
static const char *clean(struct sheet_out *o, struct sv text)
{
    struct sv kept = sv_runes_head(text, SHEET_OUT_TEXT);
    char *copy = NEW(&o->scratch, char, kept.len + 1);
    for (size_t i = 0; i < kept.len; i++)
        copy[i] = (unsigned char)kept.at[i] < ' ' && kept.at[i] != '\n' && kept.at[i] != '\t'
            ? ' ' : kept.at[i];
    return copy;
}

void sheet_out_text(struct sheet_out *o, enum sheet_style style, struct sv text)
{
    if (room(o) && (text.len || style != SHEET_PLAIN))
        note(o, worksheet_write_string(o->page, o->row, o->column, clean(o, text),
                                       o->styles[style]));
    o->column++;
}

void sheet_out_across(struct sheet_out *o, enum sheet_style style, struct sv text, size_t columns)
{
    lxw_col_t last = (lxw_col_t)(o->column + columns - 1);
    if (columns < 2) {
        sheet_out_text(o, style, text);
        return;
    }
    if (room(o))
        note(o, worksheet_merge_range(o->page, o->row, o->column, o->row, last, clean(o, text),
                                      o->styles[style]));
    o->column = (lxw_col_t)(last + 1);
}

void sheet_out_number(struct sheet_out *o, enum sheet_style style, double n)
{
    if (room(o))
        note(o, worksheet_write_number(o->page, o->row, o->column, n,
                                       style == SHEET_PLAIN ? NULL : o->styles[style]));
    o->column++;
}

void sheet_out_skip(struct sheet_out *o)
{
    o->column++;
}

void sheet_out_note(struct sheet_out *o, struct sv text)
{
    if (o->failed || o->column == 0 || o->notes++ >= SHEET_OUT_NOTES || text.len == 0)
        return;
    note(o, worksheet_write_comment(o->page, o->row, (lxw_col_t)(o->column - 1), clean(o, text)));
}

void sheet_out_end_row(struct sheet_out *o)
{
    o->row++;
    o->column = 0;
    if (o->scratch.used > SCRATCH_BYTES)
        arena_reset(&o->scratch);
}

void sheet_out_filter(struct sheet_out *o, size_t row, size_t columns)
{
    if (!o->failed && columns && o->row > row + 1)
        note(o, worksheet_autofilter(o->page, (lxw_row_t)row, 0, o->row - 1,
                                     (lxw_col_t)(columns - 1)));
}

/* --- the end --- */

enum err sheet_out_close(struct ctx *c, struct sheet_out *o)
{
    lxw_error failed = o->failed;
    if (failed) {
        sheet_out_drop(o);
        return fail(c, ERR_BUSY, "sheet.write", "could not write a workbook: %s",
                    lxw_strerror(failed));
    }
    failed = workbook_close(o->book);
    o->book = NULL;
    arena_free(&o->scratch);
    if (failed)
        return fail(c, ERR_BUSY, "sheet.write", "could not close a workbook: %s",
                    lxw_strerror(failed));
    return ERR_NONE;
}

void sheet_out_drop(struct sheet_out *o)
{
    if (!o || !o->book)
        return;
    lxw_workbook_free(o->book);
    o->book = NULL;
    arena_free(&o->scratch);
    (void)unlink(o->path);
}
