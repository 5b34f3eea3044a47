/* change.c - checking a version against its document, correcting it, withdrawing a future one. */

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/generic.h"

#define DOCUMENT_FIELDS(T)                                                                      \
    FIELD(T, document_no, .high = 80, .zh = "文号", .en = "Document number",                    \
          .hint_zh = "没有文号写“无文号”", .hint_en = "when it has none, say so"),                \
    FIELD(T, article, .high = 80, .zh = "条款", .en = "Article")

const struct field version_check_fields[] = {
    DOCUMENT_FIELDS(struct version_check),
    FIELD(struct version_check, note, .high = 200, .zh = "核对情况", .en = "What was compared"),
    { 0 },
};

const struct field version_correction_fields[] = {
    FIELD(struct version_correction, value, .required = true, .zh = "取值", .en = "Value"),
    FIELD(struct version_correction, valid_from, .zh = "生效日期", .en = "Valid from",
          .hint_zh = "不填则不变", .hint_en = "as it was when not given"),
    FIELD(struct version_correction, valid_to, .zh = "失效日期", .en = "Valid to",
          .hint_zh = "不填则不变", .hint_en = "as it was when not given"),
    FIELD(struct version_correction, source, .high = 300, .zh = "依据", .en = "Source",
          .hint_zh = "不填则不变", .hint_en = "as it was when not given"),
    DOCUMENT_FIELDS(struct version_correction),
    FIELD(struct version_correction, reason, .required = true, .high = 200, .zh = "更正原因",
          .en = "Why it is corrected"),
    FIELD(struct version_correction, gap_reason, .high = 200, .zh = "空档说明",
          .en = "Why there is a gap"),
    { 0 },
};

const struct field version_withdrawal_fields[] = {
    FIELD(struct version_withdrawal, reason, .required = true, .high = 200, .zh = "撤回原因",
          .en = "Why it is withdrawn"),
    { 0 },
};

MUST static enum err version_asked(struct ctx *c, const struct request *q, int64_t *ret_version,
                                   struct parameter *ret_parameter)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(request_version(c, q, ret_version));
    TRY(entity_get(c, &parameter_entity, id, ret_parameter));
    if (moment_known(ret_parameter->row.ended_at))
        return fail(c, ERR_MISSING, "missing", "parameter %lld has ended", (long long)id);
    return ERR_NONE;
}

static void answer_version(struct ctx *c, struct answer *a, const struct parameter *p)
{
    entity_json(c, &a->json, "parameter", &parameter_entity, p, false);
}

static void take(struct sv given, struct sv *to)
{
    if (given.len)
        *to = given;
}

/* Checking changes no value, so what holds in her area may be checked though it stands above it. */
static bool holds_here(const struct ctx *c, int64_t scope)
{
    for (size_t i = 0; i < c->who->ranges_n; i++)
        if (division_holds(scope, c->who->ranges[i].low))
            return true;
    return who_in_scope(c, scope);
}

enum err version_check(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct version_check *in = q->body;
    struct parameter p;
    int64_t version;
    TRY(version_asked(c, q, &version, &p));
    if (!holds_here(c, p.row.scope))
        return fail(c, ERR_FORBIDDEN, "scope.outside", "parameter %lld does not hold there",
                    (long long)p.id.n);
    if (p.status == PARAMETER_CHECKED)
        return fail(c, ERR_CONFLICT, "parameter.checked_already", "parameter %lld is checked",
                    (long long)p.id.n);
    take(in->document_no, &p.document_no);
    take(in->article, &p.article);
    if (p.document_no.len == 0)
        fail_field(c, SV("document_no"), "parameter.no_document");
    TRY(fail_fields(c));
    p.status = PARAMETER_CHECKED;
    p.checked_by.n = c->who->account;
    p.checked_at = c->now;
    c->reason = in->note;
    TRY(entity_update_by_rule(c, &parameter_entity, &p, version, "check"));
    answer_version(c, a, &p);
    return ERR_NONE;
}

/* The wrong version ends and stays readable; the right one takes its place and names it. */
enum err version_correct(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct version_correction *in = q->body;
    struct parameter was, p;
    int64_t version;
    TRY(version_asked(c, q, &version, &was));
    p = was;
    c->reason = in->reason;
    was.row.ended_at = c->now;
    TRY(entity_update(c, &parameter_entity, &was, version, "correct"));
    p.id.n = 0;
    p.row = (struct row){ .scope = was.row.scope };
    p.value = in->value;
    p.reason = in->reason;
    p.replaces = was.id;
    p.status = PARAMETER_UNCHECKED;
    p.checked_by.n = 0;
    p.checked_at.ms = 0;
    p.valid_from = day_known(in->valid_from) ? in->valid_from : p.valid_from;
    p.valid_to = day_known(in->valid_to) ? in->valid_to : p.valid_to;
    take(in->source, &p.source);
    take(in->document_no, &p.document_no);
    take(in->article, &p.article);
    take(in->gap_reason, &p.gap_reason);
    TRY(entity_create(c, &parameter_entity, &p));
    answer_version(c, a, &p);
    a->status = 201;
    return ERR_NONE;
}

/* The version before holds on, where it had ended for this one. */
enum err version_withdraw(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct version_withdrawal *in = q->body;
    struct parameter p, last;
    int64_t version;
    TRY(version_asked(c, q, &version, &p));
    if (p.valid_from.n <= day_of(c->now).n)
        return fail(c, ERR_CONFLICT, "parameter.held_already", "parameter %lld holds already",
                    (long long)p.id.n);
    c->reason = in->reason;
    p.row.ended_at = c->now;
    TRY(entity_update(c, &parameter_entity, &p, version, "withdraw"));
    TRY(version_before(c, &p, &last));
    if (last.id.n && last.valid_to.n == p.valid_from.n - 1) {
        last.valid_to = p.valid_to;
        TRY(entity_update(c, &parameter_entity, &last, last.row.version, "reopen"));
    }
    answer_version(c, a, &p);
    return ERR_NONE;
}
