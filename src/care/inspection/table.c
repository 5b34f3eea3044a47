/* table.c - checklists, inspections and answers: what they are made of, and their steps. */

#include "care/inspection/inspection.h"
#include "care/request/request.h"
#include "care/review/review.h"

SQL(checklist_used);

const struct choice checklist_kinds[] = {
    { "meals", "助餐服务", "meals" }, { "safety", "安全管理", "safety" },
    { "fire", "消防安全", "fire" }, { 0 },
};
const struct choice looked_choices[] = {
    { "none", "未查", "not looked at" }, { "pass", "符合", "passes" },
    { "fail", "不符合", "fails" },       { "not_here", "不适用", "not here" }, { 0 },
};
const struct choice inspection_states[] = {
    { "open", "检查中", "under way" },    { "submitted", "待公布", "to be published" },
    { "published", "已公布", "published" }, { "dropped", "已作废", "dropped" }, { 0 },
};
const struct choice inspection_grades[] = {
    { "none", "未评", "none" }, { "good", "优秀", "good" }, { "fair", "合格", "fair" },
    { "poor", "不合格", "poor" }, { 0 },
};
const struct choice mended_choices[] = {
    { "no", "未整改", "not mended" }, { "said", "已报整改", "said to be mended" },
    { "confirmed", "整改已确认", "mending confirmed" }, { 0 },
};

#define K struct checklist
const struct field checklist_fields[] = {
    ROW_FIELDS(K),
    FIELD(K, title, .required = true, .high = 80, .brief = true, .zh = "检查表", .en = "Checklist"),
    CHOICE(K, kind, checklist_kinds, .filter = true, .brief = true, .zh = "类别", .en = "Kind"),
    FIELD(K, edition, .required = true, .low = 1, .high = 1000, .brief = true, .zh = "版次",
          .en = "Edition"),
    FIELD(K, source, .required = true, .high = 200, .brief = true, .zh = "依据", .en = "Source"),
    FIELD(K, document_no, .high = 60, .zh = "文号", .en = "Document number"),
    FIELD(K, checked, .brief = true, .zh = "已与原文核对", .en = "Compared with the document"),
    FIELD(K, valid_from, .brief = true, .zh = "自", .en = "From"),
    FIELD(K, valid_to, .zh = "至", .en = "To"),
    { 0 },
};
static const struct index checklist_indexes[] = {
    { .name = "kind", .columns = "kind, id" },
    { .name = "edition", .columns = "title, edition", .unique = true, .where = "ended_at IS NULL",
      .message = "checklist.edition" },
    { 0 },
};
static const struct sort checklist_sorts[] = {
    { "title", "title", false, "名称", "Title" }, { 0 },
};

const struct entity checklist_entity = {
    .name = "checklist", .zh = "检查表", .en = "Checklist", .size = sizeof(K),
    .fields = checklist_fields, .indexes = checklist_indexes, .sorts = checklist_sorts,
    .title = "title", .reads = MAY_READ_DIRECTORY, .writes = MAY_SET_RULES, .seen_by_all = true,
    .seen_by_org = "ended_at IS NULL", .menu = "setup",
};
#undef K

#define I struct checklist_item
const struct field checklist_item_fields[] = {
    ROW_FIELDS(I),
    LINK(I, checklist, "checklist", .required = true, .create_only = true, .filter = true,
         .brief = true, .zh = "检查表", .en = "Checklist"),
    FIELD(I, seq, .required = true, .low = 1, .high = 200, .brief = true, .zh = "序", .en = "No."),
    FIELD(I, part, .high = 30, .brief = true, .zh = "部分", .en = "Part"),
    FIELD(I, words, .required = true, .high = 200, .brief = true, .zh = "检查内容",
          .en = "What to look for"),
    FIELD(I, points, .low = 0, .high = 100, .brief = true, .zh = "分值", .en = "Points"),
    FIELD(I, vital, .brief = true, .zh = "否决项", .en = "Fails the whole"),
    FIELD(I, mend_days, .low = 0, .high = 365, .brief = true, .zh = "整改天数",
          .en = "Days to mend"),
    { 0 },
};
static const struct index item_indexes[] = {
    { .name = "list", .columns = "checklist, seq, id" }, { 0 },
};
static const struct sort item_sorts[] = { { "seq", "checklist", false, "检查表", "Checklist" },
                                          { 0 } };

/* An edition by which somebody has been judged stays as it was; the next one is written anew. */
static enum err item_rules(struct ctx *c, const void *before, void *row)
{
    const I *i = row;
    int64_t used;
    (void)before;
    TRY(db_int(c, &sql_checklist_used, PARAMS(P_INT("checklist", i->checklist.n)), &used));
    if (used)
        fail_field(c, SV("checklist"), "checklist.in_use");
    return fail_fields(c);
}

const struct entity checklist_item_entity = {
    .name = "checklist_item", .zh = "检查项", .en = "Checklist item", .size = sizeof(I),
    .fields = checklist_item_fields, .indexes = item_indexes, .sorts = item_sorts,
    .title = "words", .reads = MAY_READ_DIRECTORY, .writes = MAY_SET_RULES, .seen_by_all = true,
    .seen_by_org = "ended_at IS NULL", .rules = item_rules, .scope_of = "checklist",
    .menu = "setup",
};
#undef I

/* --- an inspection --- */

#define N struct inspection
const struct field inspection_fields[] = {
    ROW_FIELDS(N),
    LINK(N, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "网点",
         .en = "Place"),
    LINK(N, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(N, checklist, "checklist", .read_only = true, .filter = true, .brief = true,
         .zh = "检查表", .en = "Checklist"),
    LINK(N, again, "inspection", .read_only = true, .zh = "复查的检查", .en = "Re-inspection of"),
    FIELD(N, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    LINK(N, inspector, "account", .read_only = true, .filter = true, .brief = true,
         .zh = "检查人", .en = "Inspector"),
    FIELD(N, reason, .read_only = true, .high = 100, .brief = true, .zh = "事由", .en = "Reason"),
    FIELD(N, request, .read_only = true, .hidden = true, .code = true, .low = 0,
          .high = INT64_MAX, .zh = "诉求工单", .en = "Asked for by request"),
    FIELD(N, score, .read_only = true, .brief = true, .zh = "得分", .en = "Score, per cent"),
    FIELD(N, failing, .read_only = true, .brief = true, .zh = "不符合项", .en = "Failing"),
    CHOICE(N, grade, inspection_grades, .read_only = true, .filter = true, .brief = true,
           .zh = "评定", .en = "Grade"),
    FIELD(N, signed_place, .read_only = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "被检查方签字", .en = "Signed for the place"),
    FIELD(N, signed_inspector, .read_only = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .zh = "检查人签字", .en = "Signed by the inspector"),
    FIELD(N, submitted_at, .read_only = true, .zh = "提交时间", .en = "Submitted"),
    FIELD(N, published_at, .read_only = true, .zh = "公布时间", .en = "Published"),
    LINK(N, published_by, "account", .read_only = true, .zh = "公布人", .en = "Published by"),
    CHOICE(N, state, inspection_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};
static const struct index inspection_indexes[] = {
    { .name = "place", .columns = "place, day, id" },
    { .name = "org", .columns = "org, day, id" },
    { .name = "within", .columns = "scope, day, id" },
    { .name = "state", .columns = "state, scope, day, id" },
    { .name = "inspector", .columns = "inspector, state, id" },
    { .name = "checklist", .columns = "checklist, id" },
    { .name = "request", .columns = "request, id" },
    { .name = "grade", .columns = "grade, id" },
    { .name = "day", .columns = "day, id" },
    { 0 },
};
static const struct sort inspection_sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

struct sign_input { struct sv signed_place, signed_inspector; };
static const struct field sign_takes[] = {
    FIELD(struct sign_input, signed_place, .required = true, .high = 40, .zh = "被检查方签字人",
          .en = "Who signs for the place"),
    FIELD(struct sign_input, signed_inspector, .required = true, .high = 40, .zh = "检查人签字",
          .en = "Who signs as inspector"),
    { 0 },
};

/* Those who are looked at do not look. */
static enum err outsider(struct ctx *c)
{
    return c->who && c->who->org ? fail(c, ERR_FORBIDDEN, "inspection.own", "of an organisation")
                                 : ERR_NONE;
}

static enum err submit_guard(struct ctx *c, const void *row)
{
    (void)row;
    return outsider(c);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    const struct sign_input *in = input;
    N *n = row;
    struct inspection_sum sum;
    TRY(inspection_sum(c, n->id, &sum));
    if (sum.open)
        return fail(c, ERR_CONFLICT, "inspection.unanswered", "%lld items are open",
                    (long long)sum.open);
    TRY(inspection_grade_of(c, n->row.scope, n->day, &sum, &n->score, &n->grade));
    n->failing = sum.failing;
    n->signed_place = in->signed_place;
    n->signed_inspector = in->signed_inspector;
    n->submitted_at = c->now;
    return ERR_NONE;
}

static enum err publish_guard(struct ctx *c, const void *row)
{
    TRY(outsider(c));
    return review_guard(c, ((const N *)row)->inspector);
}

static enum err publish(struct ctx *c, void *row, const void *input)
{
    N *n = row;
    (void)input;
    n->published_at = c->now;
    n->published_by = review_me(c);
    return ERR_NONE;
}

#define LOOKS    RIGHT(MAY_WRITE_DIRECTORY)
#define DECIDES  RIGHT(MAY_REVIEW_DIRECTORY)

static const struct step inspection_steps[] = {
    { .from = "open", .action = "submit", .to = "submitted", .may = LOOKS, .zh = "双方签字，提交",
      .en = "Signed: submit", .guard = submit_guard, .effect = submit, .takes = sign_takes,
      .takes_size = sizeof(struct sign_input) },
    { .from = "submitted", .action = "publish", .to = "published", .may = DECIDES,
      .zh = "审核公布", .en = "Publish", .guard = publish_guard, .effect = publish },
    { .from = "submitted", .action = "return", .to = "open", .may = DECIDES, .reason = true,
      .zh = "退回重查", .en = "Return", .guard = publish_guard },
    { .from = "open", .action = "drop", .to = "dropped", .may = LOOKS, .reason = true,
      .danger = true, .zh = "作废", .en = "Drop", .guard = submit_guard },
    { 0 },
};

/* The request that it was begun for hears what came of it. */
static enum err follow(struct ctx *c, const void *before, const void *row, const char *action)
{
    const N *n = row;
    struct sv did = sv_of(action ? action : "");
    struct civil on = civil_of_day(n->day);
    if (!before || !n->request)
        return ERR_NONE;
    if (sv_is(did, "drop"))
        return request_inspected(c, n->request, SV("现场检查已作废"));
    if (!sv_is(did, "submit") && !sv_is(did, "publish"))
        return ERR_NONE;
    return request_inspected(c, n->request, sv_fmt(&c->mem,
        "现场检查（%d月%d日）%s：得分 %lld，不符合 %lld 项，评定%s", on.month, on.day,
        sv_is(did, "submit") ? "双方已签字" : "已公布", (long long)n->score, (long long)n->failing,
        inspection_grades[n->grade].zh));
}

const struct entity inspection_entity = {
    .name = "inspection", .zh = "现场检查", .en = "Inspection", .size = sizeof(N),
    .fields = inspection_fields, .indexes = inspection_indexes, .sorts = inspection_sorts,
    .state = "state", .steps = inspection_steps, .title = "day", .found_by = "place",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .no_create = true,
    .no_update = true, .seen_by_org = "org = $ AND state <> 'dropped'", .scope_of = "place",
    .files = true, .follow = follow, .menu = "places",
};
#undef N

/* --- one answer --- */

#define A struct inspection_answer
const struct field inspection_answer_fields[] = {
    ROW_FIELDS(A),
    LINK(A, inspection, "inspection", .read_only = true, .filter = true, .zh = "检查",
         .en = "Inspection"),
    LINK(A, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(A, item, "checklist_item", .read_only = true, .zh = "检查项", .en = "Item"),
    LINK(A, place, "place", .read_only = true, .filter = true, .brief = true, .zh = "网点",
         .en = "Place"),
    FIELD(A, seq, .read_only = true, .brief = true, .zh = "序", .en = "No."),
    FIELD(A, points, .read_only = true, .zh = "分值", .en = "Points"),
    FIELD(A, part, .read_only = true, .high = 30, .zh = "部分", .en = "Part"),
    FIELD(A, words, .read_only = true, .high = 200, .brief = true, .zh = "检查内容",
          .en = "What was looked for"),
    FIELD(A, vital, .read_only = true, .zh = "否决项", .en = "Fails the whole"),
    CHOICE(A, result, looked_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "结果", .en = "Result"),
    FIELD(A, note, .read_only = true, .high = 300, .zh = "说明", .en = "Note"),
    FIELD(A, mend_by, .read_only = true, .filter = true, .brief = true, .zh = "整改期限",
          .en = "Mend by"),
    CHOICE(A, mended, mended_choices, .read_only = true, .filter = true, .brief = true,
           .zh = "整改", .en = "Mended"),
    FIELD(A, mended_note, .read_only = true, .high = 300, .zh = "整改说明", .en = "How mended"),
    FIELD(A, mended_at, .read_only = true, .zh = "整改时间", .en = "Mended at"),
    { 0 },
};
static const struct index answer_indexes[] = {
    { .name = "inspection", .columns = "inspection, seq, id" },
    { .name = "mend", .columns = "result, mended, scope, mend_by, id" },
    { .name = "org_mend", .columns = "org, result, mended, mend_by, id" },
    { .name = "within", .columns = "scope, id" },
    { .name = "place", .columns = "place, id" },
    { .name = "mended", .columns = "mended, id" },
    { .name = "mend_by", .columns = "mend_by, id" },
    { 0 },
};
static const struct sort answer_sorts[] = {
    { "seq", "seq", false, "序", "No." }, { "mend_by", "mend_by", false, "整改期限", "Mend by" },
    { 0 },
};

struct note_input { struct sv note; };
static const struct field note_takes[] = {
    FIELD(struct note_input, note, .high = 300, .many_lines = true, .zh = "说明", .en = "Note"),
    { 0 },
};

MUST static enum err inspected(struct ctx *c, const A *a, struct inspection *ret)
{
    bool found;
    TRY(entity_load(c, &inspection_entity, a->inspection.n, ret, &found));
    return found ? ERR_NONE : fail(c, ERR_BROKEN, "house.broken", "an answer of nothing");
}

static enum err answer_guard(struct ctx *c, const void *row)
{
    struct inspection i;
    TRY(outsider(c));
    TRY(inspected(c, row, &i));
    return i.state == INSPECTION_OPEN
               ? ERR_NONE
               : fail(c, ERR_CONFLICT, "inspection.signed", "inspection %lld is signed",
                      (long long)i.id.n);
}

static enum err passes(struct ctx *c, void *row, const void *input)
{
    A *a = row;
    (void)c;
    a->note = ((const struct note_input *)input)->note;
    a->mend_by = DAY_NONE;
    return ERR_NONE;
}

static enum err fails(struct ctx *c, void *row, const void *input)
{
    A *a = row;
    struct checklist_item item;
    bool found;
    a->note = ((const struct note_input *)input)->note;
    TRY(entity_load(c, &checklist_item_entity, a->item.n, &item, &found));
    a->mend_by.n = day_of(c->now).n + (found ? item.mend_days : 0);
    a->mended = MENDED_NO;
    return ERR_NONE;
}

static enum err mend_guard(struct ctx *c, const void *row)
{
    const A *a = row;
    struct inspection i;
    TRY(inspected(c, a, &i));
    if (i.state == INSPECTION_OPEN || a->mended == MENDED_CONFIRMED)
        return fail(c, ERR_CONFLICT, "inspection.not_now", "nothing to mend");
    if (!c->who || c->who->org != a->org.n)
        return fail(c, ERR_FORBIDDEN, "inspection.not_yours", "of another organisation");
    return ERR_NONE;
}

static enum err mends(struct ctx *c, void *row, const void *input)
{
    A *a = row;
    a->mended = MENDED_SAID;
    a->mended_note = ((const struct note_input *)input)->note;
    a->mended_at = c->now;
    return ERR_NONE;
}

static enum err confirm_guard(struct ctx *c, const void *row)
{
    TRY(outsider(c));
    return ((const A *)row)->mended == MENDED_SAID
               ? ERR_NONE
               : fail(c, ERR_CONFLICT, "inspection.not_now", "nothing said to be mended");
}

static enum err confirms(struct ctx *c, void *row, const void *input)
{
    (void)c, (void)input;
    ((A *)row)->mended = MENDED_CONFIRMED;
    return ERR_NONE;
}

static enum err refuses(struct ctx *c, void *row, const void *input)
{
    (void)c, (void)input;
    ((A *)row)->mended = MENDED_NO;
    return ERR_NONE;
}

#define ANY "none,pass,fail,not_here"
#define NOTED .guard = answer_guard, .takes = note_takes, .takes_size = sizeof(struct note_input)

static const struct step answer_steps[] = {
    { .from = ANY, .action = "pass", .to = "pass", .may = LOOKS, .zh = "符合", .en = "Passes",
      .effect = passes, NOTED },
    { .from = ANY, .action = "fail", .to = "fail", .may = LOOKS, .zh = "不符合", .en = "Fails",
      .effect = fails, NOTED },
    { .from = ANY, .action = "skip", .to = "not_here", .may = LOOKS, .zh = "不适用",
      .en = "Not here", .effect = passes, NOTED },
    { .from = "fail", .action = "mend", .to = "", .may = LOOKS | RIGHT(MAY_SERVE_ORDERS),
      .zh = "已整改", .en = "Mended", .guard = mend_guard, .effect = mends, .takes = note_takes,
      .takes_size = sizeof(struct note_input) },
    { .from = "fail", .action = "confirm", .to = "", .may = LOOKS, .zh = "确认已整改",
      .en = "Confirm", .guard = confirm_guard, .effect = confirms },
    { .from = "fail", .action = "refuse", .to = "", .may = LOOKS, .reason = true,
      .zh = "整改不到位", .en = "Not mended", .guard = confirm_guard, .effect = refuses },
    { 0 },
};

const struct entity inspection_answer_entity = {
    .name = "inspection_answer", .zh = "检查结果", .en = "Answer", .size = sizeof(A),
    .fields = inspection_answer_fields, .indexes = answer_indexes, .sorts = answer_sorts,
    .state = "result", .steps = answer_steps, .title = "words", .reads = MAY_READ_DIRECTORY,
    .writes = MAY_WRITE_DIRECTORY, .no_create = true, .no_update = true,
    .seen_by_org = "org = $", .scope_of = "inspection", .files = true,
};
#undef A
