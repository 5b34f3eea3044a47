/* page.c - a household's page, an elder's household, splitting and merging. */

#include "care/household/household.h"
#include "care/page/page.h"
#include "http/generic.h"
#include "http/describe/gives.h"
#include "model/history/history.h"

SQL(household_of_elder);

/* --- looking --- */

static enum err page(struct ctx *c, const struct request *q, struct answer *a)
{
    static const struct linked lists[] = {
        { .name = "members", .entity = "household_member", .field = "household", .size = 50 },
        { 0 },
    };
    int64_t id;
    struct household h;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &household_entity, id, &h));
    entity_json(c, &a->json, "household", &household_entity, &h, false);
    TRY(page_lists(c, &a->json, lists, id));
    return history_json(c, &a->json, "history", &household_entity, id);
}

/* Whom she lives with today; nothing when she is in no household that the caller sees. */
static enum err of_elder(struct ctx *c, const struct request *q, struct answer *a)
{
    struct elder e;
    struct household h;
    int64_t id, in = 0;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &elder_entity, id, &e));
    struct rows r = db_rows(c, &sql_household_of_elder,
                            PARAMS(P_INT("elder", id), P_INT("day", day_of(c->now).n)));
    if (rows_next(&r))
        in = rows_int(&r, 1);
    TRY(rows_end(&r));
    enum err err = in ? entity_get(c, &household_entity, in, &h) : ERR_MISSING;
    if (err == ERR_MISSING || err == ERR_FORBIDDEN) {
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(err);
    entity_json(c, &a->json, "household", &household_entity, &h, false);
    return page_linked(c, &a->json, (struct linked){ "members", "household_member", "household",
                                                     in, 50 });
}

/* --- proposing again --- */

static enum err propose(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t job;
    (void)q;
    TRY(job_add_for(c, "household_propose", SV("{}"), c->who->account, 0, &job));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

/* --- splitting and merging --- */

struct splitting { struct sv members; struct day from; struct opt_int others; struct sv reason; };
struct merging { struct household_id into; struct day from; struct sv reason; };

static const struct field split_fields[] = {
    FIELD(struct splitting, members, .required = true, .high = 600, .zh = "分出的成员（编号，逗号分隔）",
          .en = "Who leaves together: ids, comma between"),
    FIELD(struct splitting, from, .required = true, .zh = "分户日期", .en = "From"),
    FIELD(struct splitting, others, .high = 30, .zh = "新户其他同住人数",
          .en = "Others living with them"),
    FIELD(struct splitting, reason, .required = true, .high = 200, .zh = "原因", .en = "Why"),
    { 0 },
};
static const struct field merge_fields[] = {
    LINK(struct merging, into, "household", .required = true, .zh = "并入", .en = "Into"),
    FIELD(struct merging, from, .required = true, .zh = "并户日期", .en = "From"),
    FIELD(struct merging, reason, .required = true, .high = 200, .zh = "原因", .en = "Why"),
    { 0 },
};

MUST static enum err may_change(struct ctx *c, const struct household *h, struct day from)
{
    if (h->state != HOUSEHOLD_CONFIRMED)
        return fail(c, ERR_CONFLICT, "household.not_confirmed", "household %lld is not confirmed",
                    (long long)h->id.n);
    if (from.n > day_of(c->now).n)
        fail_field(c, SV("from"), "household.future");
    return fail_fields(c);
}

/* Out of where she is on the day before, into the other from the day on. */
MUST static enum err move_member(struct ctx *c, int64_t id, struct household_id from_house,
                                 struct household_id to, struct day from)
{
    struct household_member m, next;
    TRY(entity_get(c, &household_member_entity, id, &m));
    if (m.household.n != from_house.n || m.state != MEMBER_CONFIRMED || day_known(m.valid_to))
        fail_field(c, SV("members"), "household.not_member");
    else if (m.valid_from.n >= from.n)
        fail_field(c, SV("from"), "household.before_join");
    TRY(fail_fields(c));
    next = m;
    TRY(member_end(c, &m, (struct day){ from.n - 1 }, "parted", false));
    next.id.n = 0;
    next.row = (struct row){ 0 };
    next.household = to;
    next.valid_from = from;
    next.settled = CHECK_NOTHING;
    next.settled_why = SV("");
    if (next.role != MEMBER_HEAD)
        return entity_create(c, &household_member_entity, &next);
    next.role = MEMBER_OTHER;
    return entity_create(c, &household_member_entity, &next);
}

enum { SPLIT_MAX = 20 };

/* The ids that were chosen; *ret_n SPLIT_MAX + 1 when one is no id or they are too many. */
static void chosen(struct sv text, int64_t *ret_ids, size_t *ret_n)
{
    struct sv one;
    *ret_n = 0;
    while (*ret_n < SPLIT_MAX && sv_cut(&text, ',', &one))
        if (!sv_int(sv_trim(one), 1, INT64_MAX, &ret_ids[(*ret_n)++]))
            *ret_n = SPLIT_MAX + 1;
    if (text.len)
        *ret_n = SPLIT_MAX + 1;
}

static enum err split(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct splitting *in = q->body;
    struct household h, made;
    int64_t id, who[SPLIT_MAX];
    size_t n;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &household_entity, id, &h));
    TRY(may_change(c, &h, in->from));
    chosen(in->members, who, &n);
    if (n == 0 || (int64_t)n >= h.members_n || n > SPLIT_MAX)
        fail_field(c, SV("members"), "household.split_all");
    TRY(fail_fields(c));
    made = h;
    made.id.n = 0;
    made.row = (struct row){ 0 };
    made.code = made.head_name = made.phone = SV("");
    made.others = in->others;
    made.formed_on = in->from;
    made.why = in->reason;
    c->reason = in->reason;
    TRY(entity_create(c, &household_entity, &made));
    for (size_t i = 0; i < n; i++)
        TRY(move_member(c, who[i], h.id, made.id, in->from));
    TRY(entity_get(c, &household_entity, made.id.n, &made));
    entity_json(c, &a->json, "household", &household_entity, &made, false);
    a->status = 201;
    return ERR_NONE;
}

MUST static enum err ids_of(struct ctx *c, int64_t household, int64_t *ret_ids, size_t *ret_n)
{
    struct query q = {
        .filters = { { field_named(household_member_fields, SV("household")), '=',
                       sv_fmt(&c->mem, "%lld", (long long)household) },
                     { field_named(household_member_fields, SV("state")), '=', SV("confirmed") } },
        .filters_n = 2, .size = LIST_SIZE_MAX,
    };
    struct page all;
    TRY(entity_list(c, &household_member_entity, &q, &all));
    *ret_n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct household_member *m = &((const struct household_member *)all.rows)[i];
        if (!day_known(m->valid_to))
            ret_ids[(*ret_n)++] = m->id.n;
    }
    return ERR_NONE;
}

/* The household that is left ends with its last member (household_count). */
static enum err merge(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct merging *in = q->body;
    struct household h, into;
    int64_t id, ids[LIST_SIZE_MAX];
    size_t n;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &household_entity, id, &h));
    TRY(entity_get(c, &household_entity, in->into.n, &into));
    TRY(may_change(c, &h, in->from));
    TRY(may_change(c, &into, in->from));
    if (h.id.n == into.id.n)
        fail_field(c, SV("into"), "household.same");
    TRY(fail_fields(c));
    c->reason = in->reason;
    TRY(ids_of(c, id, ids, &n));
    for (size_t i = 0; i < n; i++)
        TRY(move_member(c, ids[i], h.id, into.id, in->from));
    TRY(entity_get(c, &household_entity, into.id.n, &into));
    entity_json(c, &a->json, "household", &household_entity, &into, false);
    return ERR_NONE;
}

/* --- what they give --- */

static const struct field one_gives[] = { SAYS(RECORD, "household", .links = "household"), { 0 } };
static const struct field of_elder_gives[] = {
    MAY_SAY(RECORD, "household", .links = "household"),
    MAY_SAY(LIST, "members", .links = "household_member"), { 0 },
};
static const struct field page_gives[] = {
    SAYS(RECORD, "household", .links = "household"),
    SAYS(LIST, "members", .links = "household_member"),
    SAYS(LIST, "history", .record = history_line_gives), { 0 },
};

const struct endpoint household_endpoints[] = {
    { .verb = GET, .path = "/api/household/{id}/page", .run = page, .lane = READS,
      .may = MAY_READ_REGISTER, .gives = page_gives, .zh = "住户全景", .en = "A household" },
    { .verb = GET, .path = "/api/elder/{id}/household", .run = of_elder, .lane = READS,
      .may = MAY_READ_REGISTER, .gives = of_elder_gives, .zh = "与谁同住",
      .en = "Whom she lives with" },
    { .verb = GET, .path = "/api/household/checks", .run = household_checks_get, .lane = READS,
      .may = MAY_WRITE_REGISTER, .query = household_checks_asked,
      .query_size = sizeof(struct checks_asked), .gives = household_checks_gives,
      .zh = "住户与档案不一致", .en = "Households and records that differ" },
    { .verb = POST, .path = "/api/household/propose", .run = propose, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .gives = done_gives, .per_minute = 6, .zh = "重新查找同住的老人",
      .en = "Look for households again" },
    { .verb = POST, .path = "/api/household/{id}/split", .run = split, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .takes = split_fields, .takes_size = sizeof(struct splitting),
      .gives = one_gives, .zh = "分户", .en = "Split a household" },
    { .verb = POST, .path = "/api/household/{id}/merge", .run = merge, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .takes = merge_fields, .takes_size = sizeof(struct merging),
      .gives = one_gives, .zh = "并户", .en = "Merge into another household" },
    { 0 },
};
