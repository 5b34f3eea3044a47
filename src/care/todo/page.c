/* page.c - GET /api/todo and GET /api/todo/counts. */

#include "care/todo/hand.h"
#include "care/todo/inside.h"

#include "http/http.h"

static const struct choice whose_choices[] = {
    { "mine_or_free", "我的和无人认领的", "mine and nobody's" }, { "mine", "我认领的", "mine" },
    { "all", "全部", "everybody's" }, { 0 },
};

static const struct field asked_fields[] = {
    FIELD(struct todo_asked, kind, .high = 48, .zh = "种类（不填为全部）", .en = "Kind (all)"),
    CHOICE(struct todo_asked, whose, whose_choices, .zh = "谁的", .en = "Whose"),
    FIELD(struct todo_asked, size, .low = 0, .high = TODO_ROWS_MAX, .zh = "每种几行",
          .en = "Rows of each kind"),
    { 0 },
};

struct todo_answer {
    struct moment as_of;
    int64_t       total, late, today, count_max;
    bool          cut;
    struct sv     entities;
    struct list   kinds, items;
};
#define A struct todo_answer
#define SUMS \
    FIELD(A, as_of, .zh = "截至", .en = "As of"), FIELD(A, total, .zh = "件数", .en = "How many"), \
    FIELD(A, late, .zh = "已逾期", .en = "Overdue"), \
    FIELD(A, today, .zh = "今天到期", .en = "Due today"), \
    FIELD(A, count_max, .zh = "每种最多数到", .en = "Each kind is counted up to"), \
    FIELD(A, cut, .zh = "有种类超过此数", .en = "Some kind has more than that"), \
    FIELD(A, entities, .zh = "涉及的对象", .en = "Entities whose changes matter")
static const struct field counts_fields[] = { SUMS, { 0 } };
static const struct field answer_fields[] = {
    SUMS,
    LIST(A, kinds, struct todo_count, todo_count_fields, .zh = "各种类", .en = "The kinds"),
    LIST(A, items, struct todo_row, todo_row_fields, .zh = "事项", .en = "What waits"), { 0 },
};
#undef A

/* What a page listens to: the entities of every kind that the caller's role acts on. */
static struct sv entities_of(struct ctx *c)
{
    struct buf b = buf_new(&c->mem, 128);
    buf_text(&b, ",");
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct todo_kind *k = (*m)->todos; k && k->key; k++)
            if (todo_may(c, k) && sv_find(buf_sv(&b), sv_fmt(&c->mem, ",%s,", k->entity)) < 0)
                buf_fmt(&b, "%s,", k->entity);
    struct sv all = buf_sv(&b);
    return all.len > 1 ? sv_head(sv_from(all, 1), all.len - 2) : SV("");
}

static void sum_up(struct ctx *c, struct todo_answer *t)
{
    t->entities = entities_of(c);
    const struct todo_count *k = t->kinds.at;
    t->count_max = TODO_COUNT_MAX;
    for (size_t i = 0; i < t->kinds.n; i++) {
        t->total += k[i].total;
        t->late += k[i].late;
        t->today += k[i].today;
        t->cut = t->cut || k[i].total > TODO_COUNT_MAX;
    }
}

static enum err todo_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct todo_asked *asked = q->query;
    struct todo_answer t = { .as_of = c->now };
    if (asked->kind.len && !todo_kind_named(c, asked->kind))
        fail_field(c, SV("kind"), "todo.kind");
    TRY(fail_fields(c));
    TRY(todo_counts(c, asked, &t.kinds));
    TRY(todo_rows(c, asked, &t.kinds, &t.items));
    sum_up(c, &t);
    return answer_record(c, a, answer_fields, &t);
}

static enum err counts_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct todo_asked asked = { .whose = TODO_MINE_OR_FREE };
    struct todo_answer t = { .as_of = c->now };
    (void)q;
    TRY(todo_counts(c, &asked, &t.kinds));
    sum_up(c, &t);
    return answer_record(c, a, counts_fields, &t);
}

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/todo", .run = todo_get, .lane = READS, .may = MAY_SIGNED_IN,
      .query = asked_fields, .query_size = sizeof(struct todo_asked), .gives = answer_fields,
      .zh = "待办", .en = "What waits for the caller" },
    { .verb = GET, .path = "/api/todo/counts", .run = counts_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = counts_fields, .zh = "待办件数",
      .en = "How much waits for the caller" },
    { .verb = GET, .path = "/api/todo/colleagues", .run = todo_colleagues_get, .lane = READS,
      .may = MAY_SIGNED_IN, .query = todo_hand_asked_fields,
      .query_size = sizeof(struct todo_hand_asked), .gives = todo_hand_gives,
      .zh = "可以转交给谁", .en = "Who could be given it" },
    { 0 },
};

static const struct message messages[] = {
    { "todo.kind", "没有这种待办", "There is no such kind of work" },
    { "todo.hand_to", "这位同事看不到或不能办理这一件，请从列表里另选一位",
      "she does not see this or may not act on it: choose another colleague" },
    { "todo.hand_self", "这是您自己，请直接认领", "that is yourself: take it instead" },
    { "todo.hand_none", "这种事项不能转交", "this kind cannot be handed on" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "todo.bond_hours", "72", "hour", "亲属绑定申请的处理时限", "Hours to hear the elder on a bond",
      "系统默认值，待核" },
    { "todo.proposal_hours", "72", "hour", "变更申请的审核时限", "Hours to review a change",
      "系统默认值，待核" },
    { "todo.difference_hours", "168", "hour", "名单差异的处理时限",
      "Hours to decide a difference to a list", "系统默认值，待核" },
    { "todo.comparison_hours", "48", "hour", "数据比对的审批时限",
      "Hours to decide on a comparison", "系统默认值，待核" },
    { "todo.import_hours", "24", "hour", "导入待确认的处理时限",
      "Hours to confirm an import", "系统默认值，待核" },
    { 0 },
};

const struct module todo_module = {
    .name = "todo", .endpoints = endpoints, .messages = messages, .parameters = parameters,
};
