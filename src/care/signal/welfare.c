/* welfare.c - the steps of a welfare call: which comes next, and noting one. */

#include "care/signal/welfare.h"

#include "care/parameter/parameter.h"

SQL(welfare_tried);

const struct choice welfare_whats[] = {
    { "elder", "打给老人", "ring her" }, { "family", "打给家属", "ring the family" },
    { "neighbour", "问邻居、楼长或居委会", "ask the neighbours" }, { "go", "上门查看", "go there" },
    { "emergency", "拨打 110、120", "call 110 or 120" }, { 0 },
};
const struct choice welfare_results[] = {
    { "no_answer", "没接通", "no answer" }, { "unsure", "接通了，还不确定", "not sure yet" },
    { "safe", "确认平安", "she is well" }, { "helped", "已救助或送医", "helped" }, { 0 },
};

#define S struct welfare_step
const struct field welfare_step_fields[] = {
    ROW_FIELDS(S),
    LINK(S, work_item, "work_item", .read_only = true, .filter = true, .zh = "工作项",
         .en = "Work item"),
    LINK(S, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(S, org, "organisation", .read_only = true, .zh = "机构", .en = "Organisation"),
    CHOICE(S, what, welfare_whats, .read_only = true, .brief = true, .zh = "做了什么",
           .en = "What was done"),
    CHOICE(S, result, welfare_results, .read_only = true, .brief = true, .zh = "结果",
           .en = "Result"),
    FIELD(S, at, .read_only = true, .brief = true, .zh = "时间", .en = "When"),
    LINK(S, noted_by, "account", .read_only = true, .zh = "谁做的", .en = "By whom"),
    FIELD(S, note, .class = SECRET, .read_only = true, .high = 500, .zh = "记录", .en = "Note"),
    { 0 },
};
static const struct index indexes[] = {
    { .name = "item", .columns = "work_item, id" }, { .name = "elder", .columns = "elder, id" },
    { 0 },
};
static const struct sort sorts[] = { { "made", "id", true, "最近", "Latest" }, { 0 } };

const struct entity welfare_step_entity = {
    .name = "welfare_step", .zh = "问安步骤", .en = "Step of a welfare call",
    .kind = ENTITY_APPEND_ONLY, .size = sizeof(S), .fields = welfare_step_fields,
    .indexes = indexes, .sorts = sorts, .reads = MAY_READ_REGISTER, .writes = MAY_PLACE_ORDERS,
    .no_create = true, .no_update = true, .seen_by_org = "org = $", .elder = "elder",
    .scope_of = "work_item",
};

/* A step stands in the list as often as it is to be tried: "elder,elder,elder,family,…". */
enum err welfare_next(struct ctx *c, const struct work_item *w, unsigned silent, int *ret_what)
{
    struct sv list, one;
    int64_t wanted[WELFARE_WHATS] = { 0 }, tried[WELFARE_WHATS] = { 0 };
    for (int i = 0; i < WELFARE_WHATS; i++)
        TRY(db_int(c, &sql_welfare_tried, PARAMS(P_INT("item", w->id.n),
                   P_TEXT("what", sv_of(welfare_whats[i].key))), &tried[i]));
    TRY(parameter_text(c, "welfare.steps", w->row.scope, day_of(c->now), &list));
    *ret_what = -1;
    while (sv_cut(&list, ',', &one)) {
        int what;
        if (choice_of(welfare_whats, sv_trim(one), &what) && !(silent >> what & 1)
            && ++wanted[what] > tried[what]) {
            *ret_what = what;
            return ERR_NONE;
        }
    }
    return ERR_NONE;
}

/* --- noting one --- */

struct found_input { int outcome; struct sv found; };          /* as the step "done" takes it */

MUST static enum err close_item(struct ctx *c, struct work_item *w, const struct welfare_note *n)
{
    const struct found_input in = {
        n->result == WELFARE_SAFE ? OUTCOME_SAFE : OUTCOME_HELPED, n->note };
    return entity_act(c, &work_item_entity, w->id.n, w->row.version, SV("done"), &in, w);
}

/* Whoever does something has taken it; the next step is due by then. */
MUST static enum err move_on(struct ctx *c, struct work_item *w, const struct welfare_note *n)
{
    int64_t minutes;
    if (w->state == SIGNAL_OPEN)
        TRY(entity_act(c, &work_item_entity, w->id.n, w->row.version, SV("take"), NULL, w));
    if (n->result == WELFARE_SAFE || n->result == WELFARE_HELPED)
        return close_item(c, w, n);
    TRY(parameter_int(c, "welfare.step_minutes", w->row.scope, day_of(c->now), &minutes));
    w->tries++;
    w->tried_at = c->now;
    w->due.ms = c->now.ms + minutes * 60000;
    return entity_update_by_rule(c, &work_item_entity, w, w->row.version, "welfare");
}

enum err welfare_note(struct ctx *c, struct work_item_id id, const struct welfare_note *n, S *s)
{
    struct work_item w;
    bool ends = n->result == WELFARE_SAFE || n->result == WELFARE_HELPED;
    TRY(entity_get(c, &work_item_entity, id.n, &w));
    if (!w.elder.n)
        return fail(c, ERR_CONFLICT, "welfare.nobody", "item %lld is about no elder",
                    (long long)id.n);
    if (w.state != SIGNAL_OPEN && w.state != SIGNAL_TAKEN)
        return fail(c, ERR_CONFLICT, "welfare.closed", "item %lld is done", (long long)id.n);
    if (ends && !n->note.len)
        fail_field(c, SV("note"), "welfare.say");
    TRY(fail_fields(c));
    record_clear(welfare_step_fields, s);
    s->row.scope = w.row.scope;
    s->work_item = id;
    s->elder = w.elder;
    s->org = w.org;
    s->what = n->what;
    s->result = n->result;
    s->at = c->now;
    s->noted_by = review_me(c);
    s->note = n->note;
    TRY(entity_create_by_rule(c, &welfare_step_entity, s));
    return move_on(c, &w, n);
}
#undef S
