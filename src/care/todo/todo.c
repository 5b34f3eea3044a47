/* todo.c - what waits for the caller: counted by kind, and the most pressing rows. */

#include "care/todo/inside.h"

#include "model/row/shown.h"

#include <stdlib.h>

const struct choice todo_weights[] = {
    { "usual", "一般", "usual" }, { "urgent", "紧急", "urgent" }, { "low", "不急", "can wait" },
    { "danger", "危急", "somebody may be in danger" }, { 0 },
};
const struct choice todo_whens[] = {
    { "late", "已逾期", "overdue" }, { "today", "今天到期", "due today" },
    { "later", "以后到期", "due later" }, { "some_day", "没有期限", "no deadline" }, { 0 },
};

#define C struct todo_count
const struct field todo_count_fields[] = {
    FIELD(C, key, .zh = "键", .en = "Key"), FIELD(C, name, .zh = "名称", .en = "Name"),
    FIELD(C, entity, .zh = "对象", .en = "Entity"),
    FIELD(C, entity_name, .zh = "对象名称", .en = "Its name"),
    FIELD(C, list, .zh = "明细", .en = "The list behind"),
    CHOICE(C, weight, todo_weights, .zh = "轻重", .en = "Weight"),
    FIELD(C, taken, .zh = "可认领", .en = "Can be taken"),
    FIELD(C, total, .zh = "件数", .en = "How many"),
    FIELD(C, late, .zh = "已逾期", .en = "Overdue"),
    FIELD(C, today, .zh = "今天到期", .en = "Due today"), { 0 },
};
#undef C

static const struct field action_fields[] = {
    FIELD(struct todo_action, name, .zh = "操作", .en = "Action"),
    FIELD(struct todo_action, label, .zh = "名称", .en = "Label"), { 0 },
};

static const struct field part_fields[] = {
    FIELD(struct todo_part, text, .zh = "文字", .en = "Words"),
    FIELD(struct todo_part, day, .zh = "日期", .en = "Day, instead of words"),
    FIELD(struct todo_part, at, .zh = "时间", .en = "Moment, instead of words"), { 0 },
};

#define R struct todo_row
const struct field todo_row_fields[] = {
    FIELD(R, kind, .zh = "种类", .en = "Kind"), FIELD(R, entity, .zh = "对象", .en = "Entity"),
    FIELD(R, id, .zh = "编号", .en = "Id"), FIELD(R, title, .zh = "事由", .en = "Line"),
    CHOICE(R, when, todo_whens, .zh = "缓急", .en = "When"),
    CHOICE(R, weight, todo_weights, .zh = "轻重", .en = "Weight"),
    FIELD(R, due, .zh = "期限", .en = "Due"),
    FIELD(R, day_only, .zh = "期限为整天", .en = "Due is a day"),
    FIELD(R, owner, .zh = "认领人编号", .en = "Owner's id"),
    FIELD(R, owner_title, .zh = "认领人", .en = "Owner"),
    FIELD(R, mine, .zh = "我认领的", .en = "Taken by me"),
    FIELD(R, handed_by, .zh = "由谁转交", .en = "Handed on by"),
    FIELD(R, handed_why, .zh = "转交说明", .en = "Handed on why"),
    FIELD(R, version, .zh = "版本", .en = "Version"),
    LIST(R, parts, struct todo_part, part_fields, .zh = "事由的各段", .en = "The line in its parts"),
    LIST(R, actions, struct todo_action, action_fields, .zh = "可做", .en = "What may be done"),
    { 0 },
};
#undef R

/* --- counting --- */

MUST static enum err count_to(struct ctx *c, const struct todo_ask *a, int64_t limit, int64_t *n)
{
    struct query q = a->query;
    struct buf text = buf_new(&c->mem, 32);
    if (a->due->kind == KIND_DAY)
        buf_day(&text, (struct day){ limit });
    else
        buf_moment(&text, (struct moment){ limit });
    if (q.filters_n == LIST_FILTERS_MAX)
        return fail(c, ERR_BROKEN, "broken", "todo %s has too many conditions", a->kind->key);
    q.filters[q.filters_n++] = (struct filter){ a->due, '<', buf_sv(&text) };
    return entity_count(c, a->entity, &q, TODO_COUNT_MAX + 1, n);
}

MUST static enum err count_one(struct ctx *c, const struct todo_ask *a, struct todo_count *ret)
{
    const struct todo_kind *k = a->kind;
    bool en = c->lang == LANG_EN;
    *ret = (struct todo_count){
        .of = k, .key = sv_of(k->key), .name = sv_of(en ? k->en : k->zh),
        .entity = sv_of(k->entity), .entity_name = sv_of(en ? a->entity->en : a->entity->zh),
        .list = sv_fmt(&c->mem, "/api/%s?%.*s", k->entity, SV_ARG(a->list)),
        .weight = (int)k->weight, .taken = k->owner != NULL };
    TRY(entity_count(c, a->entity, &a->query, TODO_COUNT_MAX + 1, &ret->total));
    if (!ret->total || !a->due)
        return ERR_NONE;
    TRY(count_to(c, a, a->late, &ret->late));
    TRY(count_to(c, a, a->today, &ret->today));
    ret->today -= ret->late;
    return ERR_NONE;
}

static const int weight_rank[] = { [TODO_DANGER] = 0, [TODO_URGENT] = 1, [TODO_USUAL] = 2,
                                   [TODO_LOW] = 3 };

/* Before everything else; 0: both or neither. */
static int danger_compare(int a, int b)
{
    return (b == TODO_DANGER) - (a == TODO_DANGER);
}

static int count_compare(const void *left, const void *right)
{
    const struct todo_count *a = left, *b = right;
    if (danger_compare((int)a->weight, (int)b->weight))
        return danger_compare((int)a->weight, (int)b->weight);
    if ((a->late > 0) != (b->late > 0))
        return a->late > 0 ? -1 : 1;
    if ((a->today > 0) != (b->today > 0))
        return a->today > 0 ? -1 : 1;
    if (a->weight != b->weight)
        return weight_rank[a->weight] - weight_rank[b->weight];
    return a->of < b->of ? -1 : a->of > b->of;
}

enum err todo_counts(struct ctx *c, const struct todo_asked *q, struct list *ret_counts)
{
    struct todo_count *made = NEW(&c->mem, struct todo_count, TODO_KINDS_MAX);
    struct figure_when when;
    struct todo_ask a;
    int64_t scope;
    size_t n = 0;
    bool may;
    TRY(todo_when_of(c, &when, &scope));
    for (const struct module *const *m = c->house->modules; *m; m++) {
        for (const struct todo_kind *k = (*m)->todos; k && k->key && n < TODO_KINDS_MAX; k++) {
            if (q->kind.len && !sv_is(q->kind, k->key))
                continue;
            TRY(todo_ask_make(c, k, &when, scope, (enum todo_whose)q->whose, &a, &may));
            if (may)
                TRY(count_one(c, &a, &made[n]));
            n += may && made[n].total > 0;
        }
    }
    qsort(made, n, sizeof *made, count_compare);
    *ret_counts = (struct list){ made, n };
    return ERR_NONE;
}

/* --- rows --- */

/* A number says what it counts: 得分 80. */
static struct sv part_words(struct ctx *c, const struct titles *t, const struct field *f,
                            const void *row)
{
    struct sv words = shown_words(c, t, f, row);
    double n;
    if (!words.len || !shown_number(f, row, &n))
        return sv_runes_head(words, 60);
    return sv_fmt(&c->mem, "%s %.*s", c->lang == LANG_EN ? f->en : f->zh, SV_ARG(words));
}

/* "1120-HEV2M4 · 助浴 · 2026-11-21 · 王**", masked as in the list; and the same in parts. */
static void line_of(struct ctx *c, const struct todo_ask *a, const struct titles *t,
                    const void *row, struct todo_row *r)
{
    enum { PARTS_MAX = 12 };
    struct sv rest = sv_of(a->kind->shows), name;
    struct todo_part *parts = NEW(&c->mem, struct todo_part, PARTS_MAX);
    struct buf b = buf_new(&c->mem, 96);
    size_t n = 0;
    while (n < PARTS_MAX && sv_cut(&rest, ',', &name)) {
        const struct field *f = field_named(a->entity->fields, sv_trim(name));
        struct sv words = f ? part_words(c, t, f, row) : SV("");
        if (!words.len || sv_find(buf_sv(&b), words) >= 0)
            continue;                              /* a place that is called as its owner */
        buf_text(&b, b.len ? " · " : "");
        buf_put(&b, words);
        parts[n] = (struct todo_part){ .day = DAY_NONE };
        if (f->kind == KIND_DAY && f->class == OPEN)
            parts[n++].day.n = field_int(f, row);
        else if (f->kind == KIND_MOMENT && f->class == OPEN)
            parts[n++].at.ms = field_int(f, row);
        else
            parts[n++].text = words;
    }
    r->title = buf_sv(&b);
    r->parts = (struct list){ parts, n };
}

static void due_of(const struct ctx *c, const struct todo_ask *a, const void *row,
                   struct todo_row *r)
{
    r->when = TODO_SOME_DAY;
    if (!a->due || field_absent(a->due, row))
        return;
    int64_t at = field_int(a->due, row);
    r->when = at <= a->late ? TODO_LATE : at <= a->today ? TODO_TODAY : TODO_LATER;
    r->day_only = a->due->kind == KIND_DAY;
    r->due.ms = r->day_only ? moment_at((struct day){ at + a->behind }, 0).ms + MS_A_DAY - 1
                            : at + a->behind;
    (void)c;
}

static struct list actions_of(struct ctx *c, const struct entity *e, const void *row)
{
    const struct step *steps[STEPS_MAX];
    size_t n = entity_steps(c, e, row, steps);
    struct todo_action *made = NEW(&c->mem, struct todo_action, n + 1);
    for (size_t i = 0; i < n; i++)
        made[i] = (struct todo_action){
            sv_of(steps[i]->action), sv_of(c->lang == LANG_EN ? steps[i]->en : steps[i]->zh) };
    return (struct list){ made, n };
}

static struct sv words_of(struct ctx *c, const struct entity *e, const struct titles *t,
                          const char *name, const void *row)
{
    const struct field *f = field_named(e->fields, sv_of(name));
    return f && !field_absent(f, row) ? shown_words(c, t, f, row) : SV("");
}

static struct todo_row row_make(struct ctx *c, const struct todo_ask *a, const struct titles *t,
                                const void *row)
{
    const struct entity *e = a->entity;
    struct todo_row r = {
        .kind = sv_of(a->kind->key), .entity = sv_of(a->kind->entity),
        .id = sv_fmt(&c->mem, "%lld", (long long)field_int(&e->fields[0], row)),
        .weight = (int)a->kind->weight,
        .version = field_int(field_named(e->fields, SV("version")), row),
        .actions = actions_of(c, e, row) };
    const struct field *owner =
        a->kind->owner ? field_named(e->fields, sv_of(a->kind->owner)) : NULL;
    line_of(c, a, t, row, &r);
    due_of(c, a, row, &r);
    if (owner && !field_absent(owner, row)) {
        r.owner = shown_key(&c->mem, owner, row);
        r.owner_title = shown_words(c, t, owner, row);
        r.mine = field_int(owner, row) == c->who->account;
        r.handed_by = words_of(c, e, t, "handed_by", row);
        r.handed_why = words_of(c, e, t, "handed_why", row);
    }
    return r;
}

static int row_compare(const void *left, const void *right)
{
    const struct todo_row *a = left, *b = right;
    if (danger_compare(a->weight, b->weight))
        return danger_compare(a->weight, b->weight);
    if (a->when != b->when)
        return a->when - b->when;
    if (a->weight != b->weight)
        return weight_rank[a->weight] - weight_rank[b->weight];
    return a->due.ms < b->due.ms ? -1 : a->due.ms > b->due.ms;
}

/* The rows of one kind, the nearest deadline first. */
MUST static enum err rows_of(struct ctx *c, struct todo_ask *a, int64_t size, struct todo_row *to,
                             size_t *n)
{
    struct sort by = { .name = "todo", .column = a->kind->due };
    struct page page;
    a->query.size = size;
    if (a->due)
        a->query.sort = &by;
    TRY(entity_list(c, a->entity, &a->query, &page));
    struct titles *t = shown_titles(c, a->entity, page.rows, page.n);
    for (size_t i = 0; i < page.n; i++)
        to[(*n)++] = row_make(c, a, t, (const char *)page.rows + i * a->entity->size);
    return ERR_NONE;
}

enum err todo_rows(struct ctx *c, const struct todo_asked *q, const struct list *counts,
                   struct list *ret_rows)
{
    const struct todo_count *of = counts->at;
    int64_t size = q->size ? q->size : TODO_ROWS;
    struct todo_row *made = NEW(&c->mem, struct todo_row, counts->n * (size_t)size + 1);
    struct figure_when when;
    struct todo_ask a;
    int64_t scope;
    size_t n = 0;
    bool may;
    TRY(todo_when_of(c, &when, &scope));
    for (size_t i = 0; i < counts->n; i++) {
        TRY(todo_ask_make(c, of[i].of, &when, scope, (enum todo_whose)q->whose, &a, &may));
        if (may)
            TRY(rows_of(c, &a, size, made, &n));
    }
    qsort(made, n, sizeof *made, row_compare);
    *ret_rows = (struct list){ made, n };
    return ERR_NONE;
}

/* --- what is wrong with the declarations --- */

static void field_look(struct buf *out, const struct todo_kind *k, const struct entity *e,
                       const char *name, const char *links)
{
    const struct field *f = name ? field_named(e->fields, sv_of(name)) : NULL;
    bool account = f && f->kind == KIND_LINK && sv_is(SV("account"), f->links);
    if (name && (!f || f->class == SECRET || f->hidden || (links && !account)))
        buf_fmt(out, "todo %s: %s is no such field\n", k->key, name);
}

static void kind_look(struct ctx *c, struct buf *out, const struct todo_kind *k)
{
    const struct entity *e = house_entity(c->house, sv_of(k->entity));
    struct sv rest = sv_of(k->shows ? k->shows : ""), name;
    if (!e || !k->zh || !k->en || !k->list || !k->may || !rest.len ||
        todo_kind_named(c, sv_of(k->key)) != k) {
        buf_fmt(out, "todo %s: no entity, name, list, right or line, or it is there twice\n",
                k->key);
        return;
    }
    const struct field *due = k->due ? field_named(e->fields, sv_of(k->due)) : NULL;
    if (k->due && (!due || (due->kind != KIND_DAY && due->kind != KIND_MOMENT)))
        buf_fmt(out, "todo %s: %s is no day or moment\n", k->key, k->due);
    field_look(out, k, e, k->not_by, "account");
    field_look(out, k, e, k->owner, "account");
    while (sv_cut(&rest, ',', &name))
        field_look(out, k, e, sv_text(&c->mem, sv_trim(name)), NULL);
}

void todo_faults(struct ctx *c, struct buf *out)
{
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct todo_kind *k = (*m)->todos; k && k->key; k++)
            kind_look(c, out, k);
}
