/* doubt.c - how doubtful a visit is, why, and who settles it. */

#include "care/doubt/doubt.h"

#include "care/parameter/parameter.h"
#include "care/todo/todo.h"
#include "model/jobs.h"

SQL(doubt_visits);
SQL(doubt_proofs);
SQL(doubt_together);
SQL(doubt_row);

const struct choice doubt_reasons[] = {
    { "no_proof", "没有任何凭证", "nothing speaks for it" },
    { "code", "门码不对或已更换", "a wrong or old door code" },
    { "place", "签到位置离家太远", "signed in far from the home" },
    { "time", "从上一家赶不到", "could not have come from the visit before" },
    { "short", "时长不足", "too short" },
    { "photo", "照片以前用过", "a photo used before" },
    { "signature", "签字与以前完全相同", "the signature of another visit" },
    { "together", "几家在同一处同时签到", "several homes signed in at one place at once" },
    { "late", "补录或迟报，没有老人签字", "entered late without her signature" },
    { "disputed", "老人或家属有异议", "she or her family says otherwise" }, { 0 },
};
const struct choice doubt_states[] = {
    { "clear", "无疑点", "clear" }, { "doubtful", "存疑", "doubtful" },
    { "explained", "已说明", "explained" }, { "accepted", "已认可", "accepted" },
    { "held", "暂缓结算", "held" }, { 0 },
};

#define K struct visit_check
const struct field visit_check_fields[] = {
    ROW_FIELDS(K),
    LINK(K, visit, "visit", .read_only = true, .filter = true, .brief = true, .zh = "工单",
         .en = "Visit"),
    LINK(K, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(K, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "护理员",
         .en = "Carer"),
    LINK(K, elder, "elder", .read_only = true, .filter = true, .brief = true, .zh = "老年人",
         .en = "Elder"),
    LINK(K, care_order, "care_order", .read_only = true, .filter = true, .zh = "订单",
         .en = "Order"),
    FIELD(K, day, .read_only = true, .filter = true, .brief = true, .zh = "日期", .en = "Day"),
    FIELD(K, score, .low = 0, .high = 100, .read_only = true, .brief = true, .zh = "疑点分",
          .en = "Doubt"),
    SET(K, reasons, doubt_reasons, .read_only = true, .brief = true, .zh = "疑点",
        .en = "Reasons"),
    CHOICE(K, state, doubt_states, .read_only = true, .filter = true, .brief = true, .zh = "核验",
           .en = "State"),
    FIELD(K, explained, .class = SECRET, .mask = MASK_ALL, .read_only = true, .high = 500,
          .many_lines = true, .zh = "情况说明", .en = "Explanation"),
    LINK(K, explained_by, "account", .read_only = true, .zh = "说明人", .en = "Explained by"),
    LINK(K, decided_by, "account", .read_only = true, .zh = "核验人", .en = "Decided by"),
    FIELD(K, decided_at, .read_only = true, .zh = "核验时间", .en = "Decided at"),
    { 0 },
};
#undef K

static const struct index indexes[] = {
    { .name = "visit", .columns = "visit", .unique = true, .where = "ended_at IS NULL",
      .message = "doubt.once" },
    { .name = "org_day", .columns = "org, day, id" },
    { .name = "waiting", .columns = "state, scope, day" },
    { .name = "carer", .columns = "carer, day" }, { .name = "elder", .columns = "elder, id" },
    { .name = "order", .columns = "care_order, id" }, { 0 },
};
static const struct sort sorts[] = { { "day", "day", true, "日期", "Day" }, { 0 } };

/* --- the score --- */

static const char *const weights[DOUBT_REASONS] = {
    "doubt.no_proof", "doubt.code", "doubt.place", "doubt.time", "doubt.short", "doubt.photo",
    "doubt.signature", "doubt.together", "doubt.late", "doubt.disputed",
};

/* Which reason a proof that speaks against the visit gives; -1 none. */
static int reason_of(enum proof_why why)
{
    switch (why) {
    case WHY_CODE_OLD:
    case WHY_CODE_FOREIGN:
    case WHY_CODE_UNKNOWN:
        return DOUBT_CODE;
    case WHY_PLACE_FAR:
        return DOUBT_PLACE;
    case WHY_TIME_TOO_FAST:
        return DOUBT_TIME;
    case WHY_TIME_SHORT:
        return DOUBT_SHORT;
    case WHY_PHOTO_SEEN:
        return DOUBT_PHOTO;
    case WHY_SIGNATURE_SEEN:
        return DOUBT_SIGNATURE;
    default:
        return -1;
    }
}

struct proofs { uint64_t against; bool any, strong, signed_; };

static enum err proofs_read(struct ctx *c, const struct visit *v, struct proofs *p)
{
    *p = (struct proofs){ 0 };
    struct rows r = db_rows(c, &sql_doubt_proofs, PARAMS(P_INT("visit", v->id.n)));
    while (rows_next(&r)) {
        int why = 0;
        if (!choice_of(proof_whys, rows_text(&r, 0), &why))
            continue;
        int reason = reason_of((enum proof_why)why);
        if (reason >= 0)
            p->against |= UINT64_C(1) << reason;
        p->any = p->any || proof_reasons[why].result == PROOF_GOOD;
        p->strong = p->strong || why == WHY_CODE_OK;
        p->signed_ = p->signed_ || why == WHY_SIGNED;
    }
    return rows_end(&r);
}

enum { TOGETHER_MS = 120000, TOGETHER_HOMES = 2, TOGETHER_MAX = 50 };

static enum err together(struct ctx *c, const struct visit *v, bool *ret_together)
{
    int64_t ids[TOGETHER_MAX];
    size_t n = 0, here = 0;
    *ret_together = false;
    if (!v->arrived_lat.e7 || !moment_known(v->arrived_at))
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_doubt_together,
                            PARAMS(P_INT("org", v->org.n), P_INT("day", v->day.n),
                                   P_INT("care_order", v->care_order.n),
                                   P_INT("from", v->arrived_at.ms - TOGETHER_MS),
                                   P_INT("to", v->arrived_at.ms + TOGETHER_MS)));
    while (n < TOGETHER_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct visit other;
        bool found;
        TRY(entity_load(c, &visit_entity, ids[i], &other, &found));
        here += other.arrived_lat.e7 == v->arrived_lat.e7 &&
                other.arrived_lon.e7 == v->arrived_lon.e7;
    }
    *ret_together = here >= TOGETHER_HOMES;
    return ERR_NONE;
}

enum err doubt_of(struct ctx *c, const struct visit *v, struct doubt *ret_doubt)
{
    struct care_order o;
    struct proofs p;
    bool found, many;
    int64_t score = 0, strong = 0;
    TRY(entity_load(c, &care_order_entity, v->care_order.n, &o, &found));
    TRY(proofs_read(c, v, &p));
    TRY(together(c, v, &many));
    uint64_t bits = p.against;
    bool late = (v->entered_late || v->backdated) && !p.signed_ && v->signed_by.len == 0;
    bits |= (uint64_t)!p.any << DOUBT_NO_PROOF | (uint64_t)many << DOUBT_TOGETHER
          | (uint64_t)late << DOUBT_LATE
          | (uint64_t)(found && o.state == ORDER_DISPUTED) << DOUBT_DISPUTED;
    for (int i = 0; i < DOUBT_REASONS; i++) {
        int64_t weight;
        if (!(bits >> i & 1))
            continue;
        TRY(parameter_int(c, weights[i], v->row.scope, v->day, &weight));
        score += weight;
    }
    if (p.strong)
        TRY(parameter_int(c, "doubt.code_right", v->row.scope, v->day, &strong));
    score -= strong;
    ret_doubt->score = score < 0 ? 0 : score > 100 ? 100 : score;
    ret_doubt->reasons = bits;
    return ERR_NONE;
}

/* --- rows --- */

static enum err check_put(struct ctx *c, const struct visit *v)
{
    struct visit_check k;
    struct doubt d;
    int64_t id, line;
    bool found;
    TRY(doubt_of(c, v, &d));
    TRY(parameter_int(c, "doubt.line", v->row.scope, v->day, &line));
    TRY(db_int(c, &sql_doubt_row, PARAMS(P_INT("visit", v->id.n)), &id));
    bool doubtful = d.score >= line;
    if (!id) {
        k = (struct visit_check){ .visit = v->id, .org = v->org, .carer = v->carer,
                                  .elder = v->elder, .care_order = v->care_order, .day = v->day,
                                  .score = d.score, .reasons = { d.reasons },
                                  .state = doubtful ? DOUBT_DOUBTFUL : DOUBT_CLEAR };
        return entity_create_by_rule(c, &visit_check_entity, &k);
    }
    TRY(entity_load(c, &visit_check_entity, id, &k, &found));
    if (k.state > DOUBT_DOUBTFUL || (k.score == d.score && k.reasons.bits == d.reasons))
        return ERR_NONE;                            /* somebody has spoken, or nothing is new */
    k.score = d.score;
    k.reasons.bits = d.reasons;
    if (doubtful == (k.state == DOUBT_DOUBTFUL))
        return entity_update_by_rule(c, &visit_check_entity, &k, k.row.version, "score");
    return entity_act_by_rule(c, &visit_check_entity, k.id.n, k.row.version,
                              doubtful ? SV("doubt") : SV("clear"), &d, &k);
}

enum { RUN_MAX = 200 };

static enum err run_page(struct ctx *c, struct organisation_id org, struct day first,
                         struct day last, int64_t *after, size_t *ret_n)
{
    int64_t ids[RUN_MAX];
    size_t n = 0;
    struct rows r = db_rows(c, &sql_doubt_visits,
                            PARAMS(P_INT("org", org.n), P_INT("first", first.n),
                                   P_INT("last", last.n), P_INT("after", *after)));
    while (n < RUN_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        struct visit v;
        bool found;
        TRY(entity_load(c, &visit_entity, ids[i], &v, &found));
        TRY(check_put(c, &v));
        *after = ids[i];
    }
    *ret_n = n;
    return ERR_NONE;
}

enum err doubt_run(struct ctx *c, struct organisation_id org, struct day first, struct day last,
                   int64_t *ret_n)
{
    int64_t after = 0;
    size_t n = RUN_MAX;
    *ret_n = 0;
    for (int pages = 0; n == RUN_MAX && pages < 16; pages++, *ret_n += (int64_t)n)
        TRY(run_page(c, org, first, last, &after, &n));
    return ERR_NONE;
}

/* --- steps --- */

static const struct field explain_takes[] = {
    FIELD(struct visit_check, explained, .required = true, .low = 4, .high = 500,
          .many_lines = true, .zh = "情况说明", .en = "Explanation",
          .hint_zh = "如：当天手机没电，签字单照片已上传"),
    { 0 },
};

static struct account_id me(const struct ctx *c)
{
    return (struct account_id){ c->who && c->who != &who_house ? c->who->account : 0 };
}

static enum err explain(struct ctx *c, void *row, const void *input)
{
    struct visit_check *k = row;
    k->explained = ((const struct visit_check *)input)->explained;
    k->explained_by = me(c);
    return ERR_NONE;
}

static enum err decide(struct ctx *c, void *row, const void *input)
{
    struct visit_check *k = row;
    (void)input;
    k->decided_by = me(c);
    k->decided_at = c->now;
    return ERR_NONE;
}

/* Who was paid for it does not judge it. */
static enum err not_own(struct ctx *c, const void *row)
{
    const struct visit_check *k = row;
    return c->who && c->who->org && c->who->org == k->org.n
        ? fail(c, ERR_FORBIDDEN, "doubt.own", "organisation %lld may not judge its own visit",
               (long long)k->org.n)
        : ERR_NONE;
}

static enum err scored(struct ctx *c, void *row, const void *input)
{
    const struct doubt *d = input;
    struct visit_check *k = row;
    (void)c;
    k->score = d->score;
    k->reasons.bits = d->reasons;
    return ERR_NONE;
}

#define JUDGE RIGHT(MAY_REVIEW_DIRECTORY) | RIGHT(MAY_WRITE_REGISTER)

static const struct step steps[] = {
    { .from = "doubtful", .action = "explain", .to = "explained", .may = RIGHT(MAY_SERVE_ORDERS),
      .effect = explain, .takes = explain_takes, .takes_size = sizeof(struct visit_check),
      .zh = "说明情况", .en = "Explain" },
    { .from = "doubtful,explained,held", .action = "accept", .to = "accepted", .may = JUDGE,
      .guard = not_own, .effect = decide, .reason = true, .zh = "认可", .en = "Accept" },
    { .from = "doubtful,explained,accepted", .action = "hold", .to = "held", .may = JUDGE,
      .guard = not_own, .effect = decide, .reason = true, .danger = true, .zh = "暂缓结算",
      .en = "Hold" },
    { .from = "clear", .action = "doubt", .to = "doubtful", .effect = scored, .automatic = true },
    { .from = "doubtful", .action = "clear", .to = "clear", .effect = scored, .automatic = true },
    { 0 },
};

const struct entity visit_check_entity = {
    .name = "visit_check", .zh = "上门核验", .en = "Check of a visit",
    .size = sizeof(struct visit_check), .fields = visit_check_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "day", .reads = MAY_READ_ORDERS,
    .writes = MAY_SERVE_ORDERS, .no_create = true, .no_update = true, .seen_by_org = "org = $",
    .elder = "elder", .scope_of = "visit", .menu = "orders", .files = true,
};

/* --- the clock and the house --- */

struct nightly { struct day first, last; int64_t after; size_t n; };

static enum err night_page(struct ctx *c, void *arg)
{
    struct nightly *n = arg;
    int64_t after = n->after;
    TRY(run_page(c, (struct organisation_id){ 0 }, n->first, n->last, &after, &n->n));
    n->after = after;
    return ERR_NONE;
}

static enum err job_doubt(struct ctx *c, const struct job *j)
{
    int64_t days;
    (void)j;
    TRY(parameter_int(c, "doubt.days", 0, day_of(c->now), &days));
    struct nightly n = { { day_of(c->now).n - days }, day_of(c->now), 0, RUN_MAX };
    while (n.n == RUN_MAX)
        TRY(transaction_batch(c, night_page, &n));
    return ERR_NONE;
}

static const struct job_kind jobs[] = { { .name = "doubt", .run = job_doubt, .lease_s = 600 },
                                        { 0 } };
static const struct schedule schedules[] = {
    { .name = "doubt", .job = "doubt", .every_s = 86400, .at_min = 130 }, { 0 },
};

#define DEFAULTS "系统默认值，待核"
#define WEIGHT(key, value, zh, en) { "doubt." key, value, "", zh, en, DEFAULTS }

static const struct parameter_default parameters[] = {
    WEIGHT("line", "40", "疑点分达到多少算存疑", "Doubtful from this score on"),
    WEIGHT("no_proof", "30", "没有任何凭证", "No proof at all"),
    WEIGHT("code", "40", "门码不对或已更换", "A wrong or old door code"),
    WEIGHT("place", "25", "签到位置太远", "Signed in too far away"),
    WEIGHT("time", "40", "从上一家赶不到", "Could not have come"),
    WEIGHT("short", "20", "时长不足", "Too short"),
    WEIGHT("photo", "45", "照片以前用过", "A photo used before"),
    WEIGHT("signature", "45", "签字与以前相同", "A signature used before"),
    WEIGHT("together", "40", "几家同处同时签到", "Several homes at one place"),
    WEIGHT("late", "15", "补录或迟报且无签字", "Entered late, unsigned"),
    WEIGHT("disputed", "50", "老人或家属有异议", "Disputed"),
    WEIGHT("code_right", "30", "门码正确可抵的分", "What a right door code outweighs"),
    { "doubt.days", "45", "day", "每晚重算最近多少天", "Days worked out anew each night",
      DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "doubt.once", "这次上门已有核验记录", "The visit has its check already" },
    { "doubt.own", "机构不能核验自己的上门", "An organisation does not judge its own visits" },
    { "doubt.month", "月份写成 2026-11", "Write the month as 2026-11" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "visits_doubtful", .zh = "存疑的上门，待说明", .en = "Doubtful visits to explain",
      .entity = "visit_check", .list = "state=doubtful", .due = "day",
      .may = RIGHT(MAY_SERVE_ORDERS), .shows = "carer,elder,day,score,reasons" },
    { .key = "visits_explained", .zh = "已说明的上门，待核验", .en = "Explained visits to judge",
      .entity = "visit_check", .list = "state=explained", .due = "day", .may = JUDGE,
      .not_org = true, .shows = "carer,org,day,score,reasons" },
    { 0 },
};

const struct module doubt_module = {
    .name = "doubt", .entities = (const struct entity *const[]){ &visit_check_entity, NULL },
    .endpoints = month_endpoints, .jobs = jobs, .schedules = schedules, .parameters = parameters,
    .messages = messages, .todos = todos,
};
