/* replies.c - what was answered to 12345's requests, as a workbook to send back. */

#include "care/request/inside.h"
#include "model/row/list.h"
#include "sheet/out.h"

enum { REPLIES_MAX = 5000, COLUMNS = 8 };

struct asked { struct day from, to; struct sv reason; };
static const struct field asked_fields[] = {
    FIELD(struct asked, from, .required = true, .zh = "答复自", .en = "Answered from"),
    FIELD(struct asked, to, .required = true, .zh = "答复至", .en = "Answered until"),
    FIELD(struct asked, reason, .required = true, .low = 2, .high = 200, .zh = "导出事由",
          .en = "Why it is taken out"),
    { 0 },
};

struct book { struct sv bytes; int64_t n; };

static void head_put(struct sheet_out *o)
{
    static const char *const names[COLUMNS] = { "12345编号", "工单号", "类别", "签收时间",
                                                "答复时间", "答复内容", "是否解决", "是否满意" };
    static const double widths[COLUMNS] = { 20, 14, 8, 18, 18, 60, 10, 10 };
    sheet_out_page(o, SV("答复"));
    for (size_t i = 0; i < COLUMNS; i++) {
        sheet_out_width(o, i, widths[i]);
        sheet_out_text(o, SHEET_HEAD, sv_of(names[i]));
    }
    sheet_out_end_row(o);
    sheet_out_freeze(o, 1);
}

static void when_put(struct arena *mem, struct sheet_out *o, struct moment at)
{
    struct civil v = civil_of(at);
    sheet_out_text(o, SHEET_CELL, !moment_known(at) ? SV("")
                   : sv_fmt(mem, "%04d-%02d-%02d %02d:%02d", v.year, v.month, v.day, v.hour,
                            v.minute));
}

static void row_put(struct arena *mem, struct sheet_out *o, const struct request_ticket *r)
{
    sheet_out_text(o, SHEET_CELL, r->number12345);
    sheet_out_text(o, SHEET_CELL, r->number);
    sheet_out_text(o, SHEET_CELL, sv_of(request_kinds[r->kind].zh));
    when_put(mem, o, r->accepted_at);
    when_put(mem, o, r->replied_at);
    sheet_out_text(o, SHEET_CELL, r->reply);
    sheet_out_text(o, SHEET_CELL, sv_of(request_solveds[r->solved].zh));
    sheet_out_text(o, SHEET_CELL, sv_of(request_satisfieds[r->satisfied].zh));
    sheet_out_end_row(o);
}

/* Her sight as in any list; only what came from 12345. */
MUST static enum err rows_put(struct ctx *c, struct sheet_out *o, const struct asked *in,
                              int64_t *ret_n)
{
    struct buf text = buf_new(&c->mem, 128);
    struct page page = { .next = SV("") };
    buf_text(&text, "channel=hotline&replied_at.from=");
    buf_day(&text, in->from);
    buf_text(&text, "&replied_at.to=");
    buf_day(&text, in->to);
    do {
        struct query q;
        TRY(query_read(c, &request_entity, buf_sv(&text), &q));
        q.size = LIST_SIZE_MAX;
        q.after = page.next;
        TRY(entity_list(c, &request_entity, &q, &page));
        for (size_t i = 0; i < page.n; i++) {
            const struct request_ticket *r = (const struct request_ticket *)page.rows + i;
            if (r->number12345.len && r->reply.len)
                row_put(&c->mem, o, r), ++*ret_n;
        }
    } while (page.next.len && *ret_n < REPLIES_MAX);
    return ERR_NONE;
}

MUST static enum err book_make(struct ctx *c, const struct asked *in, struct book *b)
{
    struct sheet_sent out;
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    head_put(out.out);
    enum err e = rows_put(c, out.out, in, &b->n);
    if (e != ERR_NONE) {
        sheet_out_drop(out.out);
        return e;
    }
    return sheet_sent_close(c, &out, &b->bytes);
}

static enum err replies_read(struct ctx *c, struct request *q)
{
    struct book *b = NEW(&c->mem, struct book, 1);
    const struct asked *in = q->body;
    TRY(who_need(c, MAY_IMPORT));
    if (in->to.n < in->from.n)
        fail_field(c, SV("to"), "days.backwards");
    TRY(fail_fields(c));
    TRY(book_make(c, in, b));
    q->hashed = b;
    return ERR_NONE;
}

static enum err replies_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct book *b = q->hashed;
    const struct asked *in = q->body;
    c->reason = in->reason;
    TRY(access_note(c, 0, &request_entity, 0, SV("export:replies")));
    a->type = XLSX_TYPE;
    a->disposition = file_disposition(&c->mem, "attachment", SV("replies.xlsx"),
                                      SV("12345答复.xlsx"));
    buf_put(&a->body, b->bytes);
    return ERR_NONE;
}

const struct endpoint request_reply_endpoints[] = {
    { .verb = POST, .path = "/api/requests/replies", .run = replies_post, .lane = HASHES,
      .may = MAY_IMPORT, .hash = replies_read, .no_replay = true, .media = XLSX_TYPE,
      .takes = asked_fields, .takes_size = sizeof(struct asked), .zh = "12345答复表（Excel）",
      .en = "Answers to 12345's requests as a workbook to send back" },
    { 0 },
};
