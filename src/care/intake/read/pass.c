/* pass.c - going through a batch's file once, row by row. */

#include "care/intake/inside.h"

SQL(import_lines);

/* The lines that are there: stored ones are left out, decisions count. */
static enum err lines_read(struct pass *p)
{
    struct rows r = db_rows(p->c, &sql_import_lines, PARAMS(P_INT("batch", p->batch->id.n)));
    while (rows_next(&r)) {
        struct sv line = sv_fmt(&p->c->mem, "%lld", (long long)rows_int(&r, 0));
        int state = 0;
        if (!choice_of(line_states, rows_text(&r, 1), &state))
            continue;
        table64_set(&p->lines, hash64(SV("line"), line), 1 + state);
        if (rows_int(&r, 2))
            table64_set(&p->candidates, hash64(SV("line"), line), rows_int(&r, 2));
    }
    return rows_end(&r);
}

static void reason_take(struct pass *p)
{
    p->w.reason = sv_fmt(&p->w.mem, "导入批次 %lld：%.*s", (long long)p->batch->id.n,
                         SV_ARG(p->batch->file_name));
    p->w.purpose = SV("import");
}

static enum err file_open(struct pass *p)
{
    struct sv bytes;
    TRY(kept_get(p->c, p->batch->id.n, "file", p->batch->sealed_hash, &bytes));
    TRY(sheet_open(p->c, bytes, &p->book));
    enum err e = sheet_rows_open(p->c, p->book, (size_t)p->batch->sheet - 1, &p->rows);
    if (e != ERR_NONE)
        sheet_close(p->book);
    p->opened = e == ERR_NONE;
    return e;
}

enum err pass_open(struct ctx *c, struct import_batch *b, struct pass *ret_pass)
{
    struct pass *p = ret_pass;
    *p = (struct pass){ .c = c, .batch = b, .rule = import_rule_of(b->entity) };
    if (!p->rule)
        return fail(c, ERR_INVALID, "intake.entity", "no lists are taken in for this entity");
    p->e = p->rule->entity;
    p->w = (struct ctx){ .now = c->now, .lang = LANG_ZH, .channel = c->channel, .db = c->db,
                         .house = c->house, .who = c->who };
    p->seen.mem = p->links.mem = p->lines.mem = p->candidates.mem = &c->mem;
    TRY(map_read(c, p->e, b->mapping.json, &p->map));
    p->given = NEW(&c->mem, bool, p->map.n + 1);
    if (b->ran_as.json.len)
        TRY(acting_read(c, b->ran_as.json, &p->w.who));
    reason_take(p);
    TRY(lines_read(p));
    return file_open(p);
}

/* What stands below a list: 合计 8人, 制表人：…, 审核人：… */
static const char *const below_lists[] = {
    "合计", "总计", "小计", "共计", "制表", "填表人", "填表单位", "填报人", "填报单位", "审核人", "经办人",
    "单位负责人", "盖章",
};
static const char *const remarks[] = { "注：", "注:", "备注：", "备注:", "说明：", "说明:", "填表说明" };
enum { BELOW_CELLS_MAX = 4 };

/* It says little, and begins with one of those words: no person and no place is called so. */
static bool stands_below(struct pass *p, const struct sheet_row *row)
{
    struct sv first = SV("");
    size_t filled = 0;
    for (size_t i = 0; i < row->n; i++) {
        struct sv text = sv_trim(row->cells[i].text);
        if (text.len && filled++ == 0)
            first = text;
    }
    if (!filled || filled > BELOW_CELLS_MAX || (first.at[0] & 0x80) == 0)
        return false;
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++)
        if (sv_starts(first, sv_of(remarks[i])))
            return true;
    first = label_normal(&p->w.mem, first);
    for (size_t i = 0; i < sizeof below_lists / sizeof *below_lists; i++)
        if (sv_starts(first, sv_of(below_lists[i])))
            return true;
    return false;
}

/* --- heads that every printed page repeats --- */

static void head_keep(struct pass *p, const struct sheet_row *row)
{
    struct sheet_row *kept = &p->heads[p->heads_n++ % HEADS_KEPT];
    *kept = *row;
    kept->cells = NEW(&p->c->mem, struct sheet_cell, row->n + 1);
    for (size_t i = 0; i < row->n; i++) {
        kept->cells[i] = row->cells[i];
        kept->cells[i].text = sv_copy(&p->c->mem, sv_trim(row->cells[i].text));
    }
}

/* What a merged area fills may be empty in the other. */
static bool same_cell(const struct sheet_row *row, const struct sheet_row *head, size_t i)
{
    struct sv text = sv_trim(sheet_text(row, i)), above = sheet_text(head, i);
    return sv_eq(text, above) || (text.len == 0 && i < head->n && head->cells[i].merged)
           || (above.len == 0 && i < row->n && row->cells[i].merged);
}

/* Cell by cell the same, and not one word over the whole width. */
static bool same_head(const struct sheet_row *row, const struct sheet_row *head)
{
    size_t most = row->n > head->n ? row->n : head->n, words = 0;
    struct sv last = SV("");
    for (size_t i = 0; i < most; i++) {
        struct sv text = sv_trim(sheet_text(row, i));
        if (!same_cell(row, head, i))
            return false;
        words += text.len && !sv_eq(text, last);
        last = text.len ? text : last;
    }
    return words >= 2;
}

static bool repeats_head(const struct pass *p, const struct sheet_row *row)
{
    for (size_t i = 0; i < p->heads_n && i < HEADS_KEPT; i++)
        if (same_head(row, &p->heads[i]))
            return true;
    return false;
}

bool pass_next(struct pass *p, struct sheet_row *ret_row)
{
    while (sheet_next(p->rows, ret_row)) {
        if (ret_row->number < p->batch->header_row + p->batch->header_rows)
            head_keep(p, ret_row);
        else if (!stands_below(p, ret_row) && !repeats_head(p, ret_row))
            return true;
    }
    return false;
}

void pass_forget(struct pass *p)
{
    const struct who *who = p->w.who;
    ctx_next(&p->w, p->c->now);
    p->w.who = who;
    p->w.channel = p->c->channel;
    reason_take(p);
}

enum err pass_end(struct pass *p)
{
    enum err e = p->opened ? sheet_rows_end(p->c, p->rows) : ERR_NONE;
    if (p->opened)
        sheet_close(p->book);
    arena_free(&p->w.mem);
    p->opened = false;
    return e;
}
