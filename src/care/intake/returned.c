/* returned.c - the file given back: rows as they came, what to mend in front, wrong cells red. */

#include "care/intake/inside.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static void cells_put(struct pass *p, struct returned *r, const struct sheet_row *row,
                      const struct judged *j)
{
    for (size_t i = 0; i < row->n; i++) {
        enum sheet_style style = SHEET_PLAIN;
        struct sv remark = SV("");
        for (size_t k = 0; j && k < j->faults_n && !remark.len; k++) {
            const struct field_fault *f = &j->faults[k];
            if (fault_column(p, f) != (int64_t)i)
                continue;
            style = SHEET_WRONG;
            remark = house_message(p->w.house, &p->w.mem, LANG_ZH, f->key, f->arg0, f->arg1);
        }
        const struct import_column *hint = j && j->hint
            ? map_column(&p->map, sv_of(j->hint->name)) : NULL;
        if (!remark.len && hint && hint->column == (int64_t)i) {
            style = SHEET_DOUBT;
            remark = sv_fmt(&p->w.mem, "这里有一个电话：%.*s", SV_ARG(j->hint_phone));
        }
        sheet_out_text(r->out, style, row->cells[i].text);
        if (remark.len)
            sheet_out_note(r->out, remark);
    }
    sheet_out_end_row(r->out);
}

static void head_put(struct pass *p, struct returned *r, const struct head_rows *h)
{
    int64_t data = p->batch->header_row + p->batch->header_rows;
    for (size_t i = 0; i < h->n && h->rows[i].number < data; i++) {
        bool label = h->rows[i].number == p->batch->header_row;
        sheet_out_text(r->out, label ? SHEET_REQUIRED : SHEET_PLAIN, label ? SV("错误") : SV(""));
        for (size_t k = 0; k < h->rows[i].n; k++)
            sheet_out_text(r->out, label ? SHEET_HEAD : SHEET_PLAIN, h->rows[i].cells[k].text);
        sheet_out_end_row(r->out);
    }
}

enum err returned_open(struct pass *p, struct returned *r)
{
    struct ctx *c = p->c;
    struct head_rows h;
    const char *folder = sv_fmt(&c->mem, "%s/tmp", c->house->config->data_dir).at;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return fail(c, ERR_BUSY, "store.away", "could not make %s: %s", folder, strerror(errno));
    *r = (struct returned){ .path = sv_fmt(&c->mem, "%s/returned-%lld.xlsx", folder,
                                           (long long)p->batch->id.n).at };
    TRY(heads_read(c, p->book, (size_t)p->batch->sheet - 1, &h));
    TRY(sheet_out_open(c, r->path, &r->out));
    sheet_out_page(r->out, p->book->pages[p->batch->sheet - 1].name);
    sheet_out_width(r->out, 0, 48);
    for (size_t i = 1; i <= h.columns; i++)
        sheet_out_width(r->out, i, 16);
    head_put(p, r, &h);
    return ERR_NONE;
}

void returned_row(struct pass *p, struct returned *r, const struct sheet_row *row,
                  const struct judged *j)
{
    bool doubt = j->verdict == VERDICT_DOUBT;
    struct sv text = doubt ? SV("可能已经登记，请在系统里确认是不是同一个") : faults_text(p, j);
    r->worth = r->worth || text.len || j->hint;
    sheet_out_text(r->out, text.len == 0 ? SHEET_PLAIN : doubt ? SHEET_DOUBT : SHEET_WRONG, text);
    cells_put(p, r, row, j);
}

enum err returned_close(struct pass *p, struct returned *r, struct sv *ret_hash)
{
    struct ctx *c = p->c;
    struct sv bytes;
    *ret_hash = SV("");
    if (!r->worth) {
        sheet_out_drop(r->out);
        return ERR_NONE;
    }
    TRY(sheet_out_close(c, r->out));
    enum err e = file_whole(c, r->path, &bytes);
    (void)unlink(r->path);
    TRY(e);
    return kept_put(c, p->batch->id.n, "returned", bytes, ret_hash);
}

enum err intake_returned(struct ctx *c, const struct import_batch *b, struct sv *ret_bytes)
{
    *ret_bytes = SV("");
    return b->returned_hash.len ? kept_get(c, b->id.n, "returned", b->returned_hash, ret_bytes)
                                : ERR_NONE;
}
