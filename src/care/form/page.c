/* page.c - a form over HTTP: sent in, looked at, bound, tried with five rows, filled. */

#include "care/form/inside.h"

#include "http/describe/gives.h"
#include "model/row/list.h"
#include "model/row/shown.h"
#include "sheet/out.h"

enum { TRIED_ROWS = 5 };

/* --- what forms may ask for --- */

static enum err kinds_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    bool english = c->lang == LANG_EN;
    json_array(&a->json, "items");
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct entity *const *e = (*m)->entities; e && *e; e++) {
            if (!(*e)->menu || !form_entity_fits(c, *e))
                continue;
            json_object(&a->json, NULL);
            json_text(&a->json, "entity", sv_of((*e)->name));
            json_text(&a->json, "label", sv_of(english ? (*e)->en : (*e)->zh));
            json_array(&a->json, "fields");
            for (const struct field *f = (*e)->fields; f->kind != KIND_END; f++) {
                if (!form_field_fits(f))
                    continue;
                json_object(&a->json, NULL);
                json_text(&a->json, "name", sv_of(f->name));
                json_text(&a->json, "label", sv_of(english && f->en ? f->en : f->zh ? f->zh
                                                                                    : f->name));
                json_end(&a->json, '}');
            }
            json_end(&a->json, ']');
            json_end(&a->json, '}');
        }
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- a file --- */

struct upload_query { struct sv name, sender, file_name; };
static const struct field upload_query_fields[] = {
    FIELD(struct upload_query, name, .high = 100, .zh = "名称", .en = "Name"),
    FIELD(struct upload_query, sender, .high = 100, .zh = "来自", .en = "Sent by"),
    FIELD(struct upload_query, file_name, .high = 100, .zh = "文件名", .en = "File's name"),
    { 0 },
};

static struct form_new new_of(const struct request *q, struct sv entity)
{
    const struct upload_query *u = q->query;
    return (struct form_new){ entity, u ? u->name : SV(""), u ? u->sender : SV(""),
                              u ? u->file_name : SV("") };
}

static enum err upload_read(struct ctx *c, struct request *q)
{
    struct form_template *t = NEW(&c->mem, struct form_template, 1);
    struct form_new n = new_of(q, q->param[0]);
    TRY(who_need(c, MAY_EXPORT));
    TRY(form_prepare(c, &n, q->raw, t));
    q->hashed = t;
    return ERR_NONE;
}

static enum err form_answer(struct ctx *c, struct answer *a, const struct form_template *t)
{
    a->body.len = 0;
    a->json = json_new(&a->body);
    entity_json(c, &a->json, NULL, &form_template_entity, t, false);
    return ERR_NONE;
}

static enum err upload_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct form_template t = *(const struct form_template *)q->hashed;
    TRY(entity_create(c, &form_template_entity, &t));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/form_template/%lld", (long long)t.id.n);
    return form_answer(c, a, &t);
}

static enum err form_of_path(struct ctx *c, const struct request *q, struct form_template *ret)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    return entity_get(c, &form_template_entity, id, ret);
}

/* Next month's file of theirs: what its heads still say stays bound. */
static enum err again_read(struct ctx *c, struct request *q)
{
    struct form_template *t = NEW(&c->mem, struct form_template, 1);
    TRY(who_need(c, MAY_EXPORT));
    TRY(form_of_path(c, q, t));
    struct form_new n = new_of(q, t->entity);
    TRY(form_prepare(c, &n, q->raw, t));
    q->hashed = t;
    return ERR_NONE;
}

static enum err again_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct form_template t = *(const struct form_template *)q->hashed;
    TRY(entity_update(c, &form_template_entity, &t, t.row.version, "upload"));
    return form_answer(c, a, &t);
}

/* --- what is bound --- */

struct bind {
    struct sv   name, sender;
    int64_t     header_row, header_rows, from_row, through_row, sheet;
    struct text columns, fixed;
};
#define B struct bind
static const struct field bind_fields[] = {
    FIELD(B, name, .required = true, .low = 1, .high = 100, .zh = "名称", .en = "Name"),
    FIELD(B, sender, .high = 100, .zh = "来自", .en = "Sent by"),
    FIELD(B, sheet, .required = true, .low = 1, .high = SHEET_PAGES_MAX, .zh = "工作表",
          .en = "Sheet"),
    FIELD(B, header_row, .required = true, .low = 1, .high = 5000, .zh = "表头从第几行",
          .en = "Header from row"),
    FIELD(B, header_rows, .required = true, .low = 1, .high = 3, .zh = "表头有几行",
          .en = "Rows of the header"),
    FIELD(B, from_row, .required = true, .low = 1, .high = 5000, .zh = "从第几行填起",
          .en = "Filled from row"),
    FIELD(B, through_row, .required = true, .low = 1, .high = 5000, .zh = "样行到第几行",
          .en = "Sample rows through"),
    FIELD(B, columns, .required = true, .high = 60000, .zh = "列的对应", .en = "Columns"),
    FIELD(B, fixed, .high = 20000, .zh = "单个格", .en = "Single cells"),
    { 0 },
};
#undef B

static void bind_into(const struct bind *in, struct form_template *t)
{
    t->name = in->name;
    t->sender = in->sender;
    t->sheet = in->sheet;
    t->header_row = in->header_row;
    t->header_rows = in->header_rows;
    t->from_row = in->from_row;
    t->through_row = in->through_row;
    t->columns = in->columns;
    t->fixed = in->fixed;
}

/* Can their workbook be filled so? Otherwise the sentence that says what to do. */
static enum err fillable(struct ctx *c, const struct form_template *t)
{
    struct form_layout *l;
    struct fill *f;
    struct sv bytes;
    TRY(layout_read(c, t, &l));
    if (l->columns_n == 0)
        fail_field(c, SV("columns"), "form.columns_none");
    if (t->from_row < t->header_row + t->header_rows || t->through_row < t->from_row)
        fail_field(c, SV("from_row"), "form.rows");
    TRY(fail_fields(c));
    struct fill_form form = layout_form(t, l);
    TRY(form_bytes(c, t, &bytes));
    TRY(fill_open(c, bytes, &form, NULL, &f));
    fill_drop(f);
    return ERR_NONE;
}

static enum err bind_read(struct ctx *c, struct request *q)
{
    struct form_template *t = NEW(&c->mem, struct form_template, 1);
    TRY(who_need(c, MAY_EXPORT));
    TRY(form_of_path(c, q, t));
    bind_into(q->body, t);
    TRY(fillable(c, t));
    q->hashed = t;
    return ERR_NONE;
}

static enum err bind_put(struct ctx *c, const struct request *q, struct answer *a)
{
    struct form_template t = *(const struct form_template *)q->hashed;
    int64_t version;
    TRY(request_version(c, q, &version));
    TRY(entity_update(c, &form_template_entity, &t, version, "bind"));
    return form_answer(c, a, &t);
}

/* --- the screen --- */

static void grid_put(struct ctx *c, struct json *j, const struct form_template *t,
                     const struct head_rows *h)
{
    size_t first = 0, rows = 0;
    for (size_t i = 0; i < h->n; i++) {
        first += h->rows[i].number < t->header_row;
        rows += h->rows[i].number >= t->header_row
                && h->rows[i].number < t->header_row + t->header_rows;
    }
    json_array(j, "heads");
    for (size_t k = 0; k < h->columns; k++)
        json_text(j, NULL, rows ? head_label(&c->mem, h, first, rows, k) : SV(""));
    json_end(j, ']');
    json_array(j, "rows");
    for (size_t i = 0; i < h->n; i++) {
        json_object(j, NULL);
        json_int(j, "number", h->rows[i].number);
        json_array(j, "cells");
        for (size_t k = 0; k < h->rows[i].n; k++)
            json_text(j, NULL, h->rows[i].cells[k].merged
                                   ? SV("") : sv_runes_head(h->rows[i].cells[k].text, 60));
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

static enum err book_put(struct ctx *c, struct json *j, const struct form_template *t)
{
    struct sheet_book *book;
    struct head_rows h = { 0 };
    struct sv bytes;
    TRY(form_bytes(c, t, &bytes));
    TRY(sheet_open(c, bytes, &book));
    json_array(j, "pages");
    for (size_t i = 0; i < book->pages_n; i++)
        json_text(j, NULL, book->pages[i].name);
    json_end(j, ']');
    size_t page = (size_t)t->sheet - 1;
    enum err err = heads_read(c, book, page < book->pages_n ? page : book->first, &h);
    sheet_close(book);
    TRY(err);
    grid_put(c, j, t, &h);
    return ERR_NONE;
}

static enum err page_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct form_template t;
    TRY(form_of_path(c, q, &t));
    entity_json(c, &a->json, "form", &form_template_entity, &t, false);
    TRY(book_put(c, &a->json, &t));
    struct sv trouble = SV("");
    if (fillable(c, &t) != ERR_NONE && c->fault.key) {
        bool field = c->fault.fields_n > 0;
        trouble = house_message(c->house, &c->mem, c->lang,
                                field ? c->fault.fields[0].key : c->fault.key,
                                field ? c->fault.fields[0].arg0 : c->fault.arg0, SV(""));
        ctx_forgive(c);
    }
    json_text(&a->json, "trouble", trouble);
    return ERR_NONE;
}

/* The first rows as they would stand there, field by field. */
struct try_query { struct sv columns, query; };
static const struct field try_query_fields[] = {
    FIELD(struct try_query, columns, .required = true, .high = 4000, .zh = "字段，以逗号分隔",
          .en = "Fields, by comma"),
    FIELD(struct try_query, query, .high = 4000, .zh = "条件", .en = "Query of the list"),
    { 0 },
};

static enum err row_put(struct ctx *c, struct json *j, const struct titles *titles,
                        const struct entity *e, struct sv names, const void *row)
{
    struct sv one;
    json_object(j, NULL);
    json_array(j, "cells");
    while (sv_cut(&names, ',', &one)) {
        const struct field *f = field_named(e->fields, one);
        if (!f || !form_field_fits(f)) {
            fail_field_args(c, SV("columns"), "export.columns", one, SV(""));
            return fail_fields(c);
        }
        json_text(j, NULL, shown_words(c, titles, f, row));
    }
    json_end(j, ']');
    json_end(j, '}');
    return ERR_NONE;
}

static enum err try_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct try_query *in = q->query;
    struct form_template t;
    struct query query;
    struct page page;
    TRY(form_of_path(c, q, &t));
    const struct entity *e = house_entity(c->house, t.entity);
    if (!e || !form_entity_fits(c, e))
        return fail(c, ERR_MISSING, "export.entity", "no such list for the caller");
    TRY(query_read(c, e, in->query, &query));
    query.size = TRIED_ROWS;
    query.total = true;
    TRY(entity_list(c, e, &query, &page));
    struct titles *titles = shown_titles(c, e, page.rows, page.n);
    json_int(&a->json, "total", page.total);
    json_array(&a->json, "rows");
    for (size_t i = 0; i < page.n; i++)
        TRY(row_put(c, &a->json, titles, e, in->columns, (const char *)page.rows + i * e->size));
    json_end(&a->json, ']');
    return ERR_NONE;
}

static enum err workbook_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct form_template t;
    struct sv bytes;
    TRY(form_of_path(c, q, &t));
    TRY(form_bytes(c, &t, &bytes));
    a->type = XLSX_TYPE;
    a->disposition = file_disposition(&c->mem, "attachment",
                                      sv_fmt(&c->mem, "form-%lld.xlsx", (long long)t.id.n),
                                      t.file_name);
    buf_put(&a->body, bytes);
    return ERR_NONE;
}

/* --- filling --- */

struct fill_new { struct sv query, words, reason; };
static const struct field fill_new_fields[] = {
    FIELD(struct fill_new, query, .high = 3000, .zh = "条件", .en = "Query of the list",
          .hint_zh = "与列表地址中问号后的内容相同", .hint_en = "as behind the ? of the list"),
    FIELD(struct fill_new, words, .high = 500, .zh = "条件说明", .en = "Conditions in words"),
    FIELD(struct fill_new, reason, .required = true, .low = 2, .high = 200, .zh = "理由",
          .en = "Reason"),
    { 0 },
};

static enum err fill_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct fill_new *in = q->body;
    struct form_template t;
    struct form_layout *l;
    int64_t total = 0;
    TRY(form_of_path(c, q, &t));
    if (t.state == FORM_RETIRED)
        return fail(c, ERR_CONFLICT, "form.retired", "form %lld is retired", (long long)t.id.n);
    TRY(layout_read(c, &t, &l));
    struct export_batch b = { .kind = EXPORT_FORM, .format = EXPORT_XLSX, .entity = t.entity,
                              .title = t.name, .filter = in->query, .words = in->words,
                              .columns = layout_names(c, l), .reason = in->reason };
    TRY(export_list_check(c, &b, &total));
    struct buf filter = buf_new(&c->mem, 256);
    struct json j = json_new(&filter);
    json_object(&j, NULL);
    json_id(&j, "template", t.id.n);
    json_text(&j, "query", in->query);
    json_end(&j, '}');
    b.filter = buf_sv(&filter);
    TRY(export_begin(c, &b, "export.form"));
    t.used_at = c->now;
    TRY(entity_update_by_rule(c, &form_template_entity, &t, t.row.version, "fill"));
    a->status = 201;
    json_int(&a->json, "total", total);
    json_fields(&a->json, export_batch_fields, &b);
    return ERR_NONE;
}

static const struct field kind_field_gives[] = { SAYS(TEXT, "name"), SAYS(TEXT, "label"), { 0 } };
static const struct field kind_gives[] = {
    SAYS(TEXT, "entity"), SAYS(TEXT, "label"),
    SAYS(LIST, "fields", .record = kind_field_gives), { 0 },
};
static const struct field kinds_gives[] = { SAYS(LIST, "items", .record = kind_gives), { 0 } };
static const struct field grid_row_gives[] = { SAYS(INT, "number"), SAYS(LIST, "cells"), { 0 } };
static const struct field page_gives[] = {
    SAYS(RECORD, "form", .links = "form_template"), SAYS(LIST, "pages"), SAYS(LIST, "heads"),
    SAYS(LIST, "rows", .record = grid_row_gives), SAYS(TEXT, "trouble"), { 0 },
};
static const struct field tried_row_gives[] = { SAYS(LIST, "cells"), { 0 } };
static const struct field try_gives[] = {
    SAYS(INT, "total"), SAYS(LIST, "rows", .record = tried_row_gives), { 0 },
};

const struct endpoint form_endpoints[] = {
    { .verb = GET, .path = "/api/form", .run = kinds_get, .lane = READS, .may = MAY_EXPORT,
      .gives = kinds_gives, .zh = "表样可以要的名单", .en = "Lists that forms may ask for" },
    { .verb = POST, .path = "/api/form/{entity}", .run = upload_post, .lane = HASHES,
      .may = MAY_EXPORT, .raw = true, .hash = upload_read, .query = upload_query_fields,
      .query_size = sizeof(struct upload_query), .gives = form_template_fields,
      .zh = "上传外来表样", .en = "Keep a form of another office" },
    { .verb = POST, .path = "/api/form_template/{id}/workbook", .run = again_post,
      .lane = HASHES, .may = MAY_EXPORT, .raw = true, .hash = again_read,
      .query = upload_query_fields, .query_size = sizeof(struct upload_query),
      .gives = form_template_fields, .zh = "换新一版表样", .en = "Their next version of it" },
    { .verb = GET, .path = "/api/form_template/{id}/workbook", .run = workbook_get,
      .lane = READS, .may = MAY_EXPORT, .media = XLSX_TYPE, .zh = "原来的表样",
      .en = "The form as it was sent" },
    { .verb = GET, .path = "/api/form_template/{id}/page", .run = page_get, .lane = READS,
      .may = MAY_EXPORT, .gives = page_gives, .zh = "表样的格子与对应",
      .en = "A form's cells and what is bound" },
    { .verb = GET, .path = "/api/form_template/{id}/try", .run = try_get, .lane = READS,
      .may = MAY_EXPORT, .query = try_query_fields, .query_size = sizeof(struct try_query),
      .gives = try_gives, .zh = "试填五行", .en = "Its first five rows" },
    { .verb = PUT, .path = "/api/form_template/{id}/bind", .run = bind_put, .lane = HASHES,
      .may = MAY_EXPORT, .hash = bind_read, .takes = bind_fields,
      .takes_size = sizeof(struct bind), .gives = form_template_fields, .zh = "对应各列",
      .en = "Bind its columns" },
    { .verb = POST, .path = "/api/form_template/{id}/fill", .run = fill_post, .lane = WRITES,
      .may = MAY_EXPORT, .takes = fill_new_fields, .takes_size = sizeof(struct fill_new),
      .gives = export_batch_fields, .zh = "填好这张表", .en = "Fill it" },
    { 0 },
};
