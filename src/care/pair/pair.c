/* pair.c - which carer suits which elder: table, steps, whether she may be sent. */

#include "care/pair/pair.h"

#include "care/elder/seen.h"
#include "care/review/review.h"
#include "care/todo/todo.h"

SQL(pair_forbidden);
SQL(pair_standing_others);

const struct choice pair_kinds[] = {
    { "preferred", "优先安排", "preferred" }, { "forbidden", "不再安排", "not to be sent" }, { 0 },
};
const struct choice pair_states[] = {
    { "standing", "生效", "standing" }, { "asked", "待驿站确认", "asked" },
    { "refused", "未采纳", "refused" }, { "ended", "已解除", "ended" }, { 0 },
};
const struct choice pair_saids[] = {
    { "station", "机构", "the organisation" }, { "elder", "老人", "the elder" },
    { "family", "家属", "the family" },        { "carer", "护理员", "the carer" }, { 0 },
};

#define P struct carer_pair
const struct field carer_pair_fields[] = {
    ROW_FIELDS(P),
    LINK(P, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(P, carer, "carer", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "护理员", .en = "Carer"),
    CHOICE(P, kind, pair_kinds, .create_only = true, .filter = true, .brief = true, .zh = "搭配",
           .en = "Pair"),
    CHOICE(P, said_by, pair_saids, .create_only = true, .brief = true, .zh = "谁提出的",
           .en = "Said by"),
    FIELD(P, reason, .class = SECRET, .high = 500, .many_lines = true, .zh = "原因",
          .en = "Why"),
    FIELD(P, valid_from, .brief = true, .zh = "自（不填为今天）", .en = "From (today)"),
    FIELD(P, valid_to, .brief = true, .zh = "至", .en = "To"),
    CHOICE(P, state, pair_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    LINK(P, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(P, asked_by, "account", .read_only = true, .zh = "申请人", .en = "Asked by"),
    LINK(P, set_by, "account", .read_only = true, .zh = "登记或确认人", .en = "Noted by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "once", .columns = "elder, carer", .unique = true,
      .where = "ended_at IS NULL AND state = 'standing'", .message = "pair.once" },
    { .name = "asked_once", .columns = "elder, carer", .unique = true,
      .where = "ended_at IS NULL AND state = 'asked'", .message = "pair.asked" },
    { .name = "elder", .columns = "elder, carer, state, id" },
    { .name = "carer", .columns = "carer, state, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "work", .columns = "state, scope, id" },
    { .name = "kind", .columns = "kind, scope, id" },
    { .name = "asked_by", .columns = "asked_by, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "最近登记", "Latest" }, { 0 } };

/* --- rules and steps --- */

MUST static enum err take_org(struct ctx *c, P *p)
{
    struct carer a;
    bool found;
    TRY(entity_load(c, &carer_entity, p->carer.n, &a, &found));
    if (!found || a.state == CARER_LEFT)
        fail_field(c, SV("carer"), "carer.not_here");
    else
        p->org = a.org;
    return fail_fields(c);
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    P *p = row;
    if (!day_known(p->valid_from))
        p->valid_from = day_of(c->now);
    if (day_known(p->valid_to) && p->valid_to.n < p->valid_from.n)
        fail_field(c, SV("valid_to"), "days.backwards");
    return before ? fail_fields(c) : take_org(c, p);
}

/* The newer word holds: what stood of these two ends. */
MUST static enum err end_others(struct ctx *c, const P *p)
{
    P other;
    bool found;
    record_clear(carer_pair_fields, &other);
    TRY(db_find(c, &sql_pair_standing_others,
                PARAMS(P_INT("elder", p->elder.n), P_INT("carer", p->carer.n),
                       P_INT("id", p->id.n)), carer_pair_fields, &other, &found));
    if (!found)
        return ERR_NONE;
    return entity_act_by_rule(c, &carer_pair_entity, other.id.n, other.row.version,
                              SV("give_way"), NULL, &other);
}

static enum err set(struct ctx *c, void *row, const void *input)
{
    P *p = row;
    (void)input;
    p->set_by = review_me(c);
    return end_others(c, p);
}

static enum err ask(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((P *)row)->asked_by = review_me(c);
    return ERR_NONE;
}

#define STATION RIGHT(MAY_SERVE_ORDERS)

static const struct step steps[] = {
    { .from = "", .action = "create", .to = "standing", .may = STATION, .effect = set,
      .zh = "登记搭配", .en = "Note" },
    { .from = "", .action = "ask", .to = "asked", .automatic = true, .effect = ask,
      .zh = "申请不再安排", .en = "Ask" },
    { .from = "asked", .action = "confirm", .to = "standing", .may = STATION, .effect = set,
      .zh = "确认", .en = "Confirm" },
    { .from = "asked", .action = "refuse", .to = "refused", .may = STATION, .reason = true,
      .zh = "不采纳", .en = "Refuse" },
    { .from = "standing,asked", .action = "end", .to = "ended", .may = STATION, .reason = true,
      .danger = true, .zh = "解除", .en = "End" },
    { .from = "standing", .action = "give_way", .to = "ended", .automatic = true,
      .zh = "有了新的登记", .en = "A newer word" },
    { 0 },
};

const struct entity carer_pair_entity = {
    .name = "carer_pair", .zh = "人员搭配", .en = "Pair of elder and carer",
    .kind = ENTITY_ORDINARY, .size = sizeof(P), .fields = carer_pair_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "kind", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .seen_by_org = "org = $", .seen_by_own = "asked_by = $",
    .elder = "elder", .open = "standing,asked", .scope_of = "elder", .rules = rules,
    .follow = pair_mend, .menu = "staff",
};
#undef P

enum err pair_forbidden(struct ctx *c, struct elder_id elder, struct carer_id carer,
                        struct day day, bool *ret_forbidden)
{
    int64_t id = 0;
    *ret_forbidden = false;
    if (!elder.n || !carer.n)
        return ERR_NONE;
    TRY(db_int(c, &sql_pair_forbidden,
               PARAMS(P_INT("elder", elder.n), P_INT("carer", carer.n), P_INT("day", day.n)),
               &id));
    *ret_forbidden = id != 0;
    return ERR_NONE;
}

static const struct message messages[] = {
    { "pair.forbidden", "已登记不再派她到这位老人家（人员搭配）",
      "she is noted as not to be sent to this elder (pairs)" },
    { "pair.once", "这位老人和这位护理员的搭配刚刚被登记过，请刷新再看",
      "this pair has just been noted: look again" },
    { "pair.asked", "已经申请过了，等驿站确认", "this has been asked already: the station decides" },
    { "pair.no_elder", "这单的老人没有登记，请直接联系驿站",
      "the elder of this order is not in the register: please call the station" },
    { "pair.nobody", "这单还没有派人", "nobody goes for this order" },
    { "pair.not_yours", "只有老人本人或能代她下单的家属可以申请",
      "only the elder, or family that may order for her, can ask this" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "pairs_asked", .zh = "不再安排的申请", .en = "Asked not to be sent again",
      .entity = "carer_pair", .list = "state=asked", .may = STATION,
      .shows = "elder,carer,kind,said_by" },
    { 0 },
};

const struct module pair_module = {
    .name = "pair", .messages = messages, .todos = todos, .endpoints = pair_endpoints,
    .entities = (const struct entity *const[]){ &carer_pair_entity, NULL },
};
