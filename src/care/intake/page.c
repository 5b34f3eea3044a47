/* page.c - taking lists in over HTTP: templates, uploads, the mapping screen, what comes back. */

#include "care/intake/inside.h"
#include "care/todo/todo.h"
#include "http/describe/gives.h"
#include "http/http.h"
#include "sheet/out.h"

enum { SAMPLE_ROWS = 8, PREVIEW_ROWS = 20 };

/* --- what may be taken in --- */

static void targets_put(struct json *j, const struct import_rule *r)
{
    json_array(j, "fields");
    for (const struct field *f = r->entity->fields; f->kind != KIND_END; f++) {
        if (!field_imports(f))
            continue;
        json_object(j, NULL);
        json_text(j, "name", sv_of(f->name));
        json_text(j, "label", sv_of(f->zh));
        json_text(j, "label_en", sv_of(f->en));
        json_bool(j, "required", f->required);
        json_text(j, "links", f->links ? sv_of(f->links) : SV(""));
        json_array(j, "flags");
        for (int i = 0; f->kind == KIND_SET && f->choices[i].key; i++) {
            json_object(j, NULL);
            json_text(j, "key", sv_of(f->choices[i].key));
            json_text(j, "label", sv_of(f->choices[i].zh));
            json_end(j, '}');
        }
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

static enum err targets_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    json_array(&a->json, "items");
    for (const struct import_rule *r = import_rules; r->entity; r++) {
        if (!entity_may_create(c, r->entity) || !entity_may_update(c, r->entity))
            continue;
        json_object(&a->json, NULL);
        json_text(&a->json, "entity", sv_of(r->entity->name));
        json_text(&a->json, "label", sv_of(c->lang == LANG_EN ? r->entity->en : r->entity->zh));
        targets_put(&a->json, r);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static void answer_book(struct ctx *c, struct answer *a, struct sv bytes, struct sv name)
{
    a->type = XLSX_TYPE;
    a->disposition = sv_fmt(&c->mem, "attachment; filename=\"%.*s.xlsx\"", SV_ARG(name));
    buf_put(&a->body, bytes);
}

static enum err template_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct import_rule *r = import_rule_of(q->param[0]);
    struct sv bytes;
    if (!r)
        return fail(c, ERR_MISSING, "intake.entity", "no lists are taken in for this entity");
    TRY(template_make(c, r, &bytes));
    answer_book(c, a, bytes, sv_fmt(&c->mem, "template-%s", r->entity->name));
    return ERR_NONE;
}

/* --- a file --- */

struct upload_query { struct sv name, source; };
static const struct field upload_query_fields[] = {
    FIELD(struct upload_query, name, .high = 100, .zh = "文件名", .en = "File's name"),
    FIELD(struct upload_query, source, .high = 60, .zh = "来源", .en = "Source"),
    { 0 },
};

static enum err upload_read(struct ctx *c, struct request *q)
{
    const struct upload_query *u = q->query;
    struct import_batch *b = NEW(&c->mem, struct import_batch, 1);
    struct intake_new n = { q->param[0], u ? u->name : SV(""), u ? u->source : SV("") };
    TRY(who_need(c, MAY_IMPORT));
    TRY(batch_prepare(c, &n, q->raw, b));
    q->hashed = b;
    return ERR_NONE;
}

static enum err upload_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct import_batch b = *(const struct import_batch *)q->hashed;
    TRY(entity_create(c, &import_batch_entity, &b));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/import_batch/%lld", (long long)b.id.n);
    a->body.len = 0;
    a->json = json_new(&a->body);
    entity_json(c, &a->json, NULL, &import_batch_entity, &b, false);
    return ERR_NONE;
}

/* --- the mapping screen --- */

/* Another sheet or header than the batch's, tried before it is checked; 0: as the batch has it. */
struct page_query { int64_t sheet, header_row, header_rows; };
static const struct field page_query_fields[] = {
    FIELD(struct page_query, sheet, .low = 0, .high = SHEET_PAGES_MAX, .zh = "工作表（第几张）",
          .en = "Sheet"),
    FIELD(struct page_query, header_row, .low = 0, .high = 1048576, .zh = "表头从第几行",
          .en = "Header from row"),
    FIELD(struct page_query, header_rows, .low = 0, .high = 3, .zh = "表头有几行",
          .en = "Rows of the header"),
    { 0 },
};

/* How a sheet is read: by the batch's own mapping, guessed anew where something else is tried. */
static enum err reading_of(struct ctx *c, const struct page_query *q, const struct head_rows *h,
                           struct import_batch *b, struct guess *g)
{
    const struct import_rule *r = import_rule_of(b->entity);
    struct import_source s = { .name = SV("") };
    bool tried = q && (q->sheet || q->header_row), found = false;
    if (tried && b->source.n)
        TRY(entity_load(c, &import_source_entity, b->source.n, &s, &found));
    if (tried && q->header_row == 0 && r && h->n) {
        *g = guess_make(c, r, h);
        guess_place(h, g, b);
    } else {
        b->header_row = tried ? q->header_row : b->header_row;
        b->header_rows = tried && q->header_rows ? q->header_rows : b->header_rows;
        *g = guess_at(c, r, h, b->header_row, b->header_rows);
    }
    if (!tried)
        return ERR_NONE;
    TRY(guess_remember(c, r, found ? s.mapping.json : SV(""), h, g));
    b->mapping.json = map_json(&c->mem, &g->map);
    return ERR_NONE;
}

static void reading_put(struct ctx *c, struct json *j, const struct import_batch *b,
                        const struct head_rows *h, const struct guess *g)
{
    json_object(j, "reading");
    json_int(j, "sheet", b->sheet);
    json_int(j, "header_row", b->header_row);
    json_int(j, "header_rows", b->header_rows);
    json_raw(j, "mapping", b->mapping.json);
    json_end(j, '}');
    json_array(j, "heads");
    for (size_t k = 0; k < h->columns; k++)
        json_text(j, NULL, g->rows ? head_label(&c->mem, h, g->first, g->rows, k) : SV(""));
    json_end(j, ']');
}

static void rows_put(struct json *j, const struct head_rows *h)
{
    json_array(j, "rows");
    for (size_t i = 0; i < h->n; i++) {
        json_object(j, NULL);
        json_int(j, "number", h->rows[i].number);
        json_bool(j, "hidden", h->rows[i].hidden);
        json_array(j, "cells");
        for (size_t k = 0; k < h->rows[i].n; k++)
            json_text(j, NULL, sv_runes_head(h->rows[i].cells[k].text, 60));
        json_end(j, ']');
        json_end(j, '}');
    }
    json_end(j, ']');
}

static enum err book_put(struct ctx *c, struct json *j, const struct page_query *q,
                         struct import_batch *b)
{
    struct sheet_book *book;
    struct head_rows h;
    struct guess g;
    struct sv bytes;
    TRY(kept_get(c, b->id.n, "file", b->sealed_hash, &bytes));
    TRY(sheet_open(c, bytes, &book));
    json_array(j, "pages");
    for (size_t i = 0; i < book->pages_n; i++) {
        json_object(j, NULL);
        json_text(j, "name", book->pages[i].name);
        json_bool(j, "hidden", book->pages[i].hidden);
        json_end(j, '}');
    }
    json_end(j, ']');
    if (q && q->sheet)
        b->sheet = q->sheet;
    enum err e = (size_t)b->sheet <= book->pages_n
                     ? heads_read(c, book, (size_t)b->sheet - 1, &h)
                     : fail(c, ERR_MISSING, "missing", "there is no sheet %lld",
                            (long long)b->sheet);
    sheet_close(book);
    TRY(e);
    TRY(reading_of(c, q, &h, b, &g));
    reading_put(c, j, b, &h, &g);
    rows_put(j, &h);
    return ERR_NONE;
}

/* --- the first rows as they would be --- */

static struct sv shown(struct pass *p, const struct field *f, const void *row)
{
    struct buf b = buf_new(&p->w.mem, 64);
    int64_t n = f->kind == KIND_TEXT || f->kind == KIND_REAL ? 0 : field_int(f, row);
    if (field_absent(f, row))
        return SV("");
    if (f->kind == KIND_TEXT)
        return field_text(f, row);
    if (f->kind == KIND_DAY)
        buf_day(&b, (struct day){ n });
    else if (f->kind == KIND_CHOICE)
        buf_text(&b, f->choices[n].zh);
    else if (f->kind == KIND_BOOL)
        buf_text(&b, n ? "是" : "否");
    else if (f->kind == KIND_MONEY)
        buf_fixed(&b, n, 2);
    else if (f->kind == KIND_DEGREES)
        buf_fixed(&b, n, 7);
    else if (f->kind == KIND_REAL)
        buf_fmt(&b, "%.15g", field_real(f, row));
    else if (f->kind != KIND_SET)
        buf_int(&b, n);
    for (int i = 0; f->kind == KIND_SET && f->choices[i].key; i++)
        if (n >> i & 1)
            buf_fmt(&b, "%s%s", b.len ? "、" : "", f->choices[i].zh);
    return buf_sv(&b);
}

static struct sv fault_of(struct pass *p, const struct judged *g, const struct field *f)
{
    for (size_t i = 0; i < g->faults_n; i++)
        if (sv_is(g->faults[i].field, f->name))
            return house_message(p->w.house, &p->w.mem, p->c->lang, g->faults[i].key,
                                 g->faults[i].arg0, g->faults[i].arg1);
    return SV("");
}

static void preview_row(struct pass *p, struct json *j, const struct sheet_row *row,
                        const struct judged *g)
{
    json_object(j, NULL);
    json_int(j, "number", row->number);
    json_text(j, "verdict", sv_of(verdicts[g->verdict].key));
    json_text(j, "faults", faults_text(p, g));
    json_array(j, "cells");
    for (size_t i = 0; i < p->map.n; i++) {
        const struct field *f = p->map.at[i].field;
        struct sv said = p->map.at[i].column >= 0 ? sheet_text(row, (size_t)p->map.at[i].column)
                                                  : p->map.at[i].fixed;
        struct sv fault = fault_of(p, g, f);
        json_object(j, NULL);
        json_text(j, "field", sv_of(f->name));
        json_text(j, "said", said);
        json_text(j, "value", f->kind == KIND_LINK || fault.len ? said : shown(p, f, g->row));
        if (fault.len)
            json_text(j, "fault", fault);
        json_end(j, '}');
    }
    json_end(j, ']');
    json_end(j, '}');
}

/* The preview is judged by the reader's own rights: she must be the one who uploaded. */
static enum err preview_put(struct ctx *c, struct json *j, struct import_batch *b)
{
    struct pass p;
    struct sheet_row row;
    struct judged g;
    enum err e = ERR_NONE;
    TRY(pass_open(c, b, &p));
    json_array(j, "preview");
    for (int i = 0; i < PREVIEW_ROWS && e == ERR_NONE && pass_next(&p, &row); i++) {
        e = judge(&p, &row, &g);
        if (e == ERR_NONE)
            preview_row(&p, j, &row, &g);
    }
    json_end(j, ']');
    if (e != ERR_NONE)
        c->fault = p.w.fault;
    enum err ended = pass_end(&p);
    TRY(e);
    return ended;
}

static enum err progress_put(struct ctx *c, struct json *j, const struct import_batch *b)
{
    struct job job;
    bool found = false;
    if (b->job)
        TRY(job_get(c, b->job, &job, &found));
    if (!found)
        return ERR_NONE;
    json_object(j, "progress");
    json_text(j, "state", job.state);
    json_int(j, "done", job.done);
    json_int(j, "total", job.total);
    json_end(j, '}');
    return ERR_NONE;
}

/* What stands in the file is shown to whoever uploaded it; others see the counts. */
static bool is_mine(const struct ctx *c, const struct import_batch *b)
{
    return c->who && b->account.n && c->who->account == b->account.n;
}

static enum err page_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct import_batch b;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &import_batch_entity, id, &b));
    entity_json(c, &a->json, "batch", &import_batch_entity, &b, false);
    json_bool(&a->json, "mine", is_mine(c, &b));
    json_bool(&a->json, "returned", b.returned_hash.len > 0);
    TRY(progress_put(c, &a->json, &b));
    if (!is_mine(c, &b))
        return ERR_NONE;
    struct import_batch read = b;
    TRY(book_put(c, &a->json, q->query, &read));
    bool judged = b.state == BATCH_CHECKED;
    return judged ? preview_put(c, &a->json, &b) : ERR_NONE;
}

static enum err returned_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct import_batch b;
    struct sv bytes;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &import_batch_entity, id, &b));
    if (!is_mine(c, &b) || b.returned_hash.len == 0)
        return fail(c, ERR_MISSING, "missing", "batch %lld returns no file to this caller",
                    (long long)id);
    TRY(intake_returned(c, &b, &bytes));
    answer_book(c, a, bytes, sv_fmt(&c->mem, "returned-%lld", (long long)id));
    return ERR_NONE;
}

static const struct field flag_gives[] = { SAYS(TEXT, "key"), SAYS(TEXT, "label"), { 0 } };
static const struct field target_field_gives[] = {
    SAYS(TEXT, "name"), SAYS(TEXT, "label"), SAYS(TEXT, "label_en"), SAYS(BOOL, "required"),
    SAYS(TEXT, "links"), SAYS(LIST, "flags", .record = flag_gives), { 0 },
};
static const struct field target_gives[] = {
    SAYS(TEXT, "entity"), SAYS(TEXT, "label"),
    SAYS(LIST, "fields", .record = target_field_gives), { 0 },
};
static const struct field targets_gives[] = {
    SAYS(LIST, "items", .record = target_gives), { 0 },
};
static const struct field head_row_gives[] = {
    SAYS(INT, "number"), SAYS(BOOL, "hidden"), SAYS(LIST, "cells"), { 0 },
};
static const struct field book_page_gives[] = { SAYS(TEXT, "name"), SAYS(BOOL, "hidden"), { 0 } };
static const struct field cell_gives[] = {
    SAYS(TEXT, "field"), SAYS(TEXT, "said"), SAYS(TEXT, "value"), MAY_SAY(TEXT, "fault"), { 0 },
};
static const struct field preview_gives[] = {
    SAYS(INT, "number"), SAYS(TEXT, "verdict"), SAYS(TEXT, "faults"),
    SAYS(LIST, "cells", .record = cell_gives), { 0 },
};
static const struct field mapped_gives[] = {
    MAY_SAY(INT, "column"), MAY_SAY(TEXT, "fixed"), MAY_SAY(TEXT, "head"),
    SAYS(TEXT, "field"), { 0 },
};
static const struct field progress_gives[] = {
    SAYS(TEXT, "state"), SAYS(INT, "done"), SAYS(INT, "total"), { 0 },
};
static const struct field reading_gives[] = {
    SAYS(INT, "sheet"), SAYS(INT, "header_row"), SAYS(INT, "header_rows"),
    SAYS(LIST, "mapping", .record = mapped_gives), { 0 },
};
static const struct field batch_page_gives[] = {
    SAYS(RECORD, "batch", .links = "import_batch"), SAYS(BOOL, "mine"), SAYS(BOOL, "returned"),
    MAY_SAY(RECORD, "progress", .record = progress_gives),
    MAY_SAY(LIST, "pages", .record = book_page_gives),
    MAY_SAY(RECORD, "reading", .record = reading_gives), MAY_SAY(LIST, "heads"),
    MAY_SAY(LIST, "rows", .record = head_row_gives),
    MAY_SAY(LIST, "preview", .record = preview_gives), { 0 },
};

static const struct endpoint intake_endpoints[] = {
    { .verb = GET, .path = "/api/import", .run = targets_get, .lane = READS, .may = MAY_IMPORT,
      .gives = targets_gives, .zh = "可以导入的数据", .en = "What lists may be taken in for" },
    { .verb = GET, .path = "/api/import/{entity}/template", .run = template_get, .lane = READS,
      .may = MAY_IMPORT, .media = XLSX_TYPE, .zh = "导入模板", .en = "Template of a list" },
    { .verb = POST, .path = "/api/import/{entity}", .run = upload_post, .lane = HASHES,
      .may = MAY_IMPORT, .raw = true, .hash = upload_read, .query = upload_query_fields,
      .query_size = sizeof(struct upload_query), .gives = import_batch_fields,
      .zh = "上传名单", .en = "Upload a list" },
    { .verb = GET, .path = "/api/import_batch/{id}/page", .run = page_get, .lane = READS,
      .may = MAY_IMPORT, .query = page_query_fields, .query_size = sizeof(struct page_query),
      .gives = batch_page_gives, .zh = "导入批次的对应与预览",
      .en = "Mapping and preview of a batch" },
    { .verb = GET, .path = "/api/import_batch/{id}/returned", .run = returned_get,
      .lane = READS, .may = MAY_IMPORT, .media = XLSX_TYPE, .zh = "退回的表格",
      .en = "The list given back" },
    { 0 },
};

/* --- jobs --- */

static enum err job_batch(struct ctx *c, const struct job *j, int64_t *ret_id)
{
    const struct json_value *tree;
    TRY(json_parse(c, j->input, &tree));
    if (!json_id_of(json_member(tree, "batch"), ret_id))
        return fail(c, ERR_INVALID, "broken", "a job names no batch");
    return ERR_NONE;
}

static enum err check_run(struct ctx *c, const struct job *j)
{
    int64_t id;
    TRY(job_batch(c, j, &id));
    return intake_check(c, id, j);
}

static enum err confirm_run(struct ctx *c, const struct job *j)
{
    int64_t id;
    TRY(job_batch(c, j, &id));
    return intake_confirm(c, id, j);
}

static enum err undo_run(struct ctx *c, const struct job *j)
{
    int64_t id;
    TRY(job_batch(c, j, &id));
    return intake_undo(c, id, j);
}

static const struct job_kind jobs[] = {
    { .name = "import.check", .run = check_run }, { .name = "import.confirm", .run = confirm_run },
    { .name = "import.undo", .run = undo_run },   { 0 },
};

static const struct entity *const entities[] = {
    &import_source_entity, &import_batch_entity, &import_line_entity, NULL,
};

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "imports_waiting", .zh = "待确认的导入", .en = "Imports to confirm",
      .entity = "import_batch", .list = "state=uploaded,checked", .due = "created_at",
      .within = "todo.import_hours", .may = RIGHT(MAY_IMPORT), .shows = "file_name,state" },
    { .key = "import_doubts", .zh = "导入中待判断的行", .en = "Doubtful rows of imports",
      .entity = "import_line", .list = "state=open&verdict=doubt", .may = RIGHT(MAY_IMPORT),
      .shows = "batch,line" },
    { 0 },
};

const struct module intake_module = {
    .name = "intake", .entities = entities, .endpoints = intake_endpoints, .jobs = jobs,
    .messages = intake_messages, .came = intake_came, .todos = todos,
};
