/* comparison.c - asking another office about our elders: purpose, approval, a list of numbers. */

#include "care/office/inside.h"
#include "model/history/access.h"
#include "sheet/out.h"

#include <string.h>

enum { ASKS_NUMBER, ASKS_NAME };

static const struct choice asks[] = {
    { "id_number", "证件号码", "document number" }, { "name", "姓名", "name" }, { 0 },
};
static const struct choice states[] = {
    { "draft", "起草", "draft" },       { "asked", "待审批", "to be approved" },
    { "approved", "已批准", "approved" }, { "sent", "已发出", "sent" },
    { "answered", "已回复", "answered" }, { "refused", "未批准", "refused" }, { 0 },
};

const struct field comparison_fields[] = {
    ROW_FIELDS(struct comparison),
    FIELD(struct comparison, name, .required = true, .high = 80, .brief = true, .filter = true,
          .zh = "比对事项", .en = "Comparison"),
    FIELD(struct comparison, office, .required = true, .high = 80, .brief = true,
          .zh = "对方单位", .en = "With"),
    FIELD(struct comparison, purpose, .required = true, .low = 4, .high = 300, .zh = "用途",
          .en = "Purpose"),
    SET(struct comparison, asks, asks, .zh = "提供的内容", .en = "What goes out"),
    LINK(struct comparison, division, "division", .required = true, .filter = true,
         .brief = true, .zh = "人员范围", .en = "Whose elders"),
    CHOICE(struct comparison, state, states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    LINK(struct comparison, asked_by, "account", .read_only = true, .zh = "提出人",
         .en = "Asked by"),
    LINK(struct comparison, approved_by, "account", .read_only = true, .zh = "审批人",
         .en = "Approved by"),
    FIELD(struct comparison, elders_n, .read_only = true, .brief = true, .zh = "人数",
          .en = "People"),
    FIELD(struct comparison, sent_at, .read_only = true, .zh = "生成时间", .en = "Made at"),
    { 0 },
};
static const struct index indexes[] = {
    { .name = "name", .columns = "name, id" }, { .name = "division", .columns = "division, id" },
    { .name = "state", .columns = "state, id" }, { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Order" }, { 0 } };

/* What was approved is what goes out: neither whom it is about nor what for changes after. */
static bool widened(const struct comparison *was, const struct comparison *k)
{
    return !sv_eq(was->name, k->name) || !sv_eq(was->office, k->office)
           || !sv_eq(was->purpose, k->purpose) || was->asks.bits != k->asks.bits
           || was->division.n != k->division.n;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    const struct comparison *k = row, *was = before;
    if (was && was->state != COMPARISON_DRAFT && was->state != COMPARISON_REFUSED
        && widened(was, k))
        return fail(c, ERR_CONFLICT, "comparison.asked", "comparison %lld is being approved",
                    (long long)k->id.n);
    if (k->asks.bits == 0)
        fail_field(c, SV("asks"), "comparison.fields");
    return fail_fields(c);
}

/* --- steps --- */

static struct account_id me(const struct ctx *c)
{
    return (struct account_id){ c->who && c->who != &who_house ? c->who->account : 0 };
}

static enum err ask(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct comparison *)row)->asked_by = me(c);
    return ERR_NONE;
}

static enum err another(struct ctx *c, const void *row)
{
    const struct comparison *k = row;
    return me(c).n && me(c).n != k->asked_by.n ? ERR_NONE
         : fail(c, ERR_FORBIDDEN, "comparison.own", "comparison %lld is approved by another",
                (long long)k->id.n);
}

static enum err approve(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((struct comparison *)row)->approved_by = me(c);
    return ERR_NONE;
}

static enum err send(struct ctx *c, void *row, const void *input)
{
    struct comparison *k = row;
    k->elders_n = *(const int64_t *)input;
    k->sent_at = c->now;
    return ERR_NONE;
}

static const struct step steps[] = {
    { .from = "draft,refused", .action = "ask", .to = "asked", .may = RIGHT(MAY_EXPORT),
      .effect = ask, .zh = "提交审批", .en = "Ask for approval" },
    { .from = "asked", .action = "approve", .to = "approved", .may = RIGHT(MAY_EXPORT),
      .guard = another, .effect = approve, .danger = true, .zh = "批准", .en = "Approve" },
    { .from = "asked", .action = "refuse", .to = "refused", .may = RIGHT(MAY_EXPORT),
      .guard = another, .reason = true, .zh = "不批准", .en = "Refuse" },
    { .from = "approved,sent", .action = "send", .to = "sent", .effect = send, .automatic = true },
    { .from = "sent", .action = "answer", .to = "answered", .automatic = true },
    { 0 },
};

const struct entity comparison_entity = {
    .name = "comparison", .zh = "数据比对", .en = "Comparison", .size = sizeof(struct comparison),
    .fields = comparison_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "name", .reads = MAY_READ_REGISTER, .writes = MAY_EXPORT,
    .scope_of = "division", .rules = rules, .menu = "lists",
};

/* --- the list that goes out --- */

struct going_out { struct sv bytes; int64_t n; };

static void person_put(struct sheet_out *o, const struct comparison *k, const struct elder *e)
{
    if (k->asks.bits >> ASKS_NAME & 1)
        sheet_out_text(o, SHEET_PLAIN, e->name);
    if (k->asks.bits >> ASKS_NUMBER & 1)
        sheet_out_text(o, SHEET_PLAIN, e->id_number);
    sheet_out_end_row(o);
}

static void heads_put(struct sheet_out *o, const struct comparison *k)
{
    sheet_out_page(o, k->name);
    sheet_out_freeze(o, 1);
    sheet_out_width(o, 0, 22);
    sheet_out_width(o, 1, 22);
    if (k->asks.bits >> ASKS_NAME & 1)
        sheet_out_text(o, SHEET_HEAD, SV("姓名"));
    if (k->asks.bits >> ASKS_NUMBER & 1)
        sheet_out_text(o, SHEET_HEAD, SV("证件号码"));
    sheet_out_text(o, SHEET_REQUIRED, SV("结果"));
    sheet_out_text(o, SHEET_REQUIRED, SV("发生日期"));
    sheet_out_text(o, SHEET_REQUIRED, SV("内容"));
    sheet_out_end_row(o);
}

/* Page by page, as the caller sees them; only people with a number, who have not died. */
static enum err people_put(struct ctx *c, struct sheet_out *o, const struct comparison *k,
                           int64_t *ret_n)
{
    struct ctx w = { .now = c->now, .lang = c->lang, .db = c->db, .house = c->house,
                     .who = c->who };
    struct scope_range r = division_range(k->row.scope);
    struct sv after = SV("");
    enum err e = ERR_NONE;
    char kept[1024];
    do {
        struct query q = { .size = LIST_SIZE_MAX, .after = after };
        struct page page;
        const struct field *scope = field_named(elder_fields, SV("scope"));
        q.filters[0] = (struct filter){ scope, '>', sv_fmt(&w.mem, "%lld", (long long)r.low) };
        q.filters[1] = (struct filter){ scope, '<', sv_fmt(&w.mem, "%lld", (long long)r.high) };
        q.filters[2] = (struct filter){ field_named(elder_fields, SV("died_on")), 'n', SV("1") };
        q.filters_n = 3;
        e = entity_list(&w, &elder_entity, &q, &page);
        for (size_t i = 0; e == ERR_NONE && i < page.n; i++) {
            const struct elder *one = (const struct elder *)page.rows + i;
            if (one->id_number.len == 0)
                continue;
            person_put(o, k, one);
            ++*ret_n;
        }
        after = e == ERR_NONE ? sv_head(page.next, sizeof kept) : SV("");
        memcpy(kept, after.at, after.len);
        after.at = kept;
        arena_reset(&w.mem);
    } while (e == ERR_NONE && after.len && *ret_n <= COMPARISON_ELDERS_MAX);
    if (e != ERR_NONE)
        c->fault = w.fault;
    arena_free(&w.mem);
    return e;
}

static enum err list_make(struct ctx *c, const struct comparison *k, struct going_out *g)
{
    struct sheet_sent out;
    int64_t id;
    TRY(id_next(c, c->house->ids, &id));
    TRY(sheet_sent_open(c, c->house->config->data_dir, id, &out));
    heads_put(out.out, k);
    enum err e = people_put(c, out.out, k, &g->n);
    if (e == ERR_NONE && g->n > COMPARISON_ELDERS_MAX)
        e = fail(c, ERR_INVALID, "comparison.many", "%lld: too many", (long long)k->id.n);
    if (e != ERR_NONE) {
        sheet_out_drop(out.out);
        return e;
    }
    return sheet_sent_close(c, &out, &g->bytes);
}

static enum err approved(struct ctx *c, const struct request *q, struct comparison *ret)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(who_need(c, MAY_EXPORT));
    TRY(entity_get(c, &comparison_entity, id, ret));
    if (ret->state != COMPARISON_APPROVED && ret->state != COMPARISON_SENT)
        return fail(c, ERR_CONFLICT, "comparison.not_approved", "comparison %lld is not approved",
                    (long long)id);
    return ERR_NONE;
}

static enum err list_read(struct ctx *c, struct request *q)
{
    struct comparison k;
    struct going_out *g = NEW(&c->mem, struct going_out, 1);
    TRY(approved(c, q, &k));
    TRY(list_make(c, &k, g));
    q->hashed = g;
    return ERR_NONE;
}

static enum err list_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct going_out *g = q->hashed;
    struct comparison k;
    TRY(approved(c, q, &k));
    TRY(entity_act_by_rule(c, &comparison_entity, k.id.n, k.row.version, SV("send"), &g->n, &k));
    c->reason = k.purpose;
    c->purpose = SV("comparison");
    TRY(access_note(c, 0, &comparison_entity, k.id.n, SV("name,id_number")));
    a->type = XLSX_TYPE;
    a->disposition = SV("attachment; filename=\"comparison.xlsx\"");
    buf_put(&a->body, g->bytes);
    return ERR_NONE;
}

const struct endpoint comparison_endpoints[] = {
    { .verb = POST, .path = "/api/comparison/{id}/list", .run = list_post, .lane = HASHES,
      .may = MAY_EXPORT, .hash = list_read, .no_replay = true, .media = XLSX_TYPE,
      .zh = "生成比对名单", .en = "The list that goes out" },
    { 0 },
};
