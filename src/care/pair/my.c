/* my.c - the elder or her family ask not to have a carer again; the station decides. */

#include "care/pair/pair.h"

#include "care/family/family.h"
#include "care/visit/visit.h"
#include "http/http.h"
#include "http/describe/gives.h"

SQL(pair_asked_by);

struct not_again { struct carer_id carer; struct sv reason; };
static const struct field not_again_fields[] = {
    LINK(struct not_again, carer, "carer", .zh = "哪一位（两人上门时；不填为第一位）",
         .en = "Which of two who came; the first when absent"),
    FIELD(struct not_again, reason, .class = SECRET, .high = 500, .many_lines = true,
          .zh = "原因（只有驿站和街道能看）", .en = "Why (only the station and the street read it)"),
    { 0 },
};

struct not_again_of { struct carer_id carer; };
static const struct field not_again_of_fields[] = {
    LINK(struct not_again_of, carer, "carer", .zh = "哪一位", .en = "Which of two who came"), { 0 },
};

static const struct field not_again_gives[] = {
    SAYS(BOOL, "may", .zh = "可以申请", .en = "Can be asked"),
    MAY_SAY(CHOICE, "state", .choices = pair_states), { 0 },
};

struct asking {
    struct care_order o;
    struct visit v;
    bool visited, hers;
    struct carer_pair last;              /* what the caller has asked before */
    bool asked;
};

/* The visit of who is asked about; the first of two when it is not said. */
MUST static enum err visit_asked(struct ctx *c, struct carer_id carer, struct asking *a)
{
    struct visit v[VISITS_OF_ORDER];
    int n;
    TRY(order_visits_of(c, &a->o, v, &n));
    for (int i = 0; i < n && !a->visited; i++)
        if (carer.n == 0 || v[i].carer.n == carer.n) {
            a->v = v[i];
            a->visited = true;
        }
    return ERR_NONE;
}

MUST static enum err read_order(struct ctx *c, const struct request *q, struct carer_id carer,
                                struct asking *a)
{
    int64_t id, last = 0;
    *a = (struct asking){ .visited = false };
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &a->o));
    TRY(visit_asked(c, carer, a));
    if (!a->o.elder.n || !a->visited)
        return ERR_NONE;
    TRY(bond_allows(c, c->who->account, a->o.elder, BOND_MAY_ORDER, &a->hers));
    TRY(db_int(c, &sql_pair_asked_by,
               PARAMS(P_INT("elder", a->o.elder.n), P_INT("carer", a->v.carer.n),
                      P_INT("account", c->who->account)), &last));
    return last ? entity_load(c, &carer_pair_entity, last, &a->last, &a->asked) : ERR_NONE;
}

static bool waits_or_stands(const struct asking *a)
{
    return a->asked && (a->last.state == PAIR_ASKED || a->last.state == PAIR_STANDING);
}

static void answer(struct json *j, const struct asking *a)
{
    json_bool(j, "may", a->hers && !waits_or_stands(a));
    if (a->asked)
        json_text(j, "state", sv_of(pair_states[a->last.state].key));
}

static enum err not_again_get(struct ctx *c, const struct request *q, struct answer *out)
{
    struct asking a;
    TRY(read_order(c, q, ((const struct not_again_of *)q->query)->carer, &a));
    answer(&out->json, &a);
    return ERR_NONE;
}

MUST static enum err refuse(struct ctx *c, const struct asking *a)
{
    long long id = (long long)a->o.id.n;
    if (!a->o.elder.n)
        return fail(c, ERR_CONFLICT, "pair.no_elder", "order %lld names no elder", id);
    if (!a->visited)
        return fail(c, ERR_CONFLICT, "pair.nobody", "order %lld has no carer", id);
    if (!a->hers)
        return fail(c, ERR_FORBIDDEN, "pair.not_yours", "order %lld is another's elder's", id);
    if (waits_or_stands(a))
        return fail(c, ERR_CONFLICT, "pair.asked", "asked already for order %lld", id);
    return ERR_NONE;
}

static enum err not_again_post(struct ctx *c, const struct request *q, struct answer *out)
{
    const struct not_again *in = q->body;
    struct asking a;
    struct elder e;
    bool found;
    TRY(read_order(c, q, in->carer, &a));
    TRY(refuse(c, &a));
    TRY(entity_load(c, &elder_entity, a.o.elder.n, &e, &found));
    record_clear(carer_pair_fields, &a.last);
    a.last.elder = a.o.elder;
    a.last.carer = a.v.carer;
    a.last.kind = PAIR_FORBIDDEN;
    a.last.said_by = found && e.account.n == c->who->account ? PAIR_SAID_ELDER : PAIR_SAID_FAMILY;
    a.last.reason = in->reason;
    a.last.state = PAIR_ASKED;
    TRY(entity_create_by_rule(c, &carer_pair_entity, &a.last));
    a.asked = true;
    answer(&out->json, &a);
    return ERR_NONE;
}

const struct endpoint pair_endpoints[] = {
    { .verb = GET, .path = "/api/my/orders/{id}/not_again", .run = not_again_get, .lane = READS,
      .query = not_again_of_fields, .query_size = sizeof(struct not_again_of),
      .may = MAY_BE_CITIZEN, .gives = not_again_gives, .zh = "能否申请不再派这位",
      .en = "Whether one may ask not to have this carer again" },
    { .verb = POST, .path = "/api/my/orders/{id}/not_again", .run = not_again_post,
      .lane = WRITES, .may = MAY_BE_CITIZEN, .takes = not_again_fields,
      .takes_size = sizeof(struct not_again), .gives = not_again_gives, .zh = "申请不再派这位",
      .en = "Ask not to have this carer again" },
    { 0 },
};
