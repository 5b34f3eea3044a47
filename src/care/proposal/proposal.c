/* proposal.c - proposing a change to what is public, applying it, refusing it. */

#include "care/proposal/proposal.h"

#include "care/review/review.h"
#include "care/todo/todo.h"
#include "http/describe/gives.h"
#include "http/http.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

const struct choice proposal_states[] = {
    { "open", "待审核", "to be reviewed" }, { "applied", "已采纳", "applied" },
    { "refused", "未采纳", "refused" },     { "taken_back", "已撤回", "taken back" },
    { 0 },
};

const struct field proposal_fields[] = {
    ROW_FIELDS(struct proposal),
    FIELD(struct proposal, entity, .read_only = true, .filter = true, .high = 40, .zh = "对象",
          .en = "Of"),
    FIELD(struct proposal, row_id, .read_only = true, .code = true, .filter = true,
          .high = INT64_MAX, .zh = "对象编号", .en = "Row"),
    FIELD(struct proposal, subject, .read_only = true, .brief = true, .zh = "名称",
          .en = "Name"),
    LINK(struct proposal, org, "organisation", .read_only = true, .filter = true, .zh = "机构",
         .en = "Organisation"),
    FIELD(struct proposal, was, .read_only = true, .zh = "原值", .en = "Was"),
    FIELD(struct proposal, becomes, .read_only = true, .zh = "改为", .en = "Becomes"),
    FIELD(struct proposal, why, .read_only = true, .brief = true, .high = 500, .zh = "理由",
          .en = "Why"),
    CHOICE(struct proposal, state, proposal_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    LINK(struct proposal, proposed_by, "account", .read_only = true, .brief = true,
         .zh = "申请人", .en = "Proposed by"),
    LINK(struct proposal, decided_by, "account", .read_only = true, .zh = "审核人",
         .en = "Decided by"),
    FIELD(struct proposal, decided_at, .read_only = true, .zh = "审核时间", .en = "Decided at"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "work", .columns = "state, scope, id" },
    { .name = "subject", .columns = "row_id, state, id" },
    { .name = "entity", .columns = "entity, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "once", .columns = "row_id, proposed_by", .unique = true,
      .where = "ended_at IS NULL AND state = 'open'", .message = "proposal.open" },
    { 0 },
};

static const struct sort sorts[] = { { "created", "id", true, "申请先后", "Proposed" }, { 0 } };

/* --- what may be proposed for --- */

/* An entity whose rows are reviewed before they are public; NULL when it is none. */
static const struct entity *reviewed(const struct ctx *c, struct sv name)
{
    const struct entity *e = house_entity(c->house, name);
    const struct field *state = e && e->state ? field_named(e->fields, sv_of(e->state)) : NULL;
    return state && state->choices == review_states ? e : NULL;
}

static int64_t number_in(const struct entity *e, const void *row, const char *field)
{
    const struct field *f = field_named(e->fields, sv_of(field));
    return f ? field_int(f, row) : 0;
}

static struct row *head_of(const struct entity *e, void *row)
{
    return (struct row *)(void *)((char *)row + field_named(e->fields, SV("version"))->offset);
}

/* One side of the difference: an object of the fields in which the two rows differ. */
static struct sv side(struct ctx *c, const struct entity *e, const void *shown, const void *other)
{
    struct buf b = buf_new(&c->mem, 200);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    for (const struct field *f = e->fields; f->kind != KIND_END; f++) {
        if (field_same(f, shown, other))
            continue;
        if (field_absent(f, shown))
            json_null(&j, f->name);
        else
            json_field(&j, f, shown);
    }
    json_end(&j, '}');
    return buf_sv(&b);
}

/* What is masked or sealed would lie open in the proposal. */
static void refuse_closed(struct ctx *c, const struct entity *e, const void *wish, const void *row)
{
    for (const struct field *f = e->fields; f->kind != KIND_END; f++)
        if (f->class != OPEN && !field_same(f, wish, row))
            fail_field(c, sv_of(f->name), "proposal.closed");
}

/* The row with what the object says written over it. */
MUST static enum err overlay(struct ctx *c, const struct entity *e, struct sv object,
                             const void *row, void *ret_row)
{
    const struct json_value *tree;
    memcpy(ret_row, row, e->size);
    TRY(json_parse(c, object, &tree));
    return json_read(c, tree, e->fields, false, ret_row, NULL);
}

/* --- proposing --- */

struct proposing { struct sv entity; int64_t row_id; struct text changes; struct sv why; };

static const struct field proposing_fields[] = {
    FIELD(struct proposing, entity, .required = true, .high = 40, .zh = "对象", .en = "Of"),
    FIELD(struct proposing, row_id, .required = true, .code = true, .low = 1, .high = INT64_MAX,
          .zh = "对象编号", .en = "Row"),
    FIELD(struct proposing, changes, .required = true, .zh = "改动", .en = "Changes",
          .hint_zh = "只含要改的字段", .hint_en = "the fields to change, and no other"),
    FIELD(struct proposing, why, .required = true, .low = 2, .high = 500, .zh = "理由",
          .en = "Why"),
    { 0 },
};

MUST static enum err proposal_of(struct ctx *c, const struct entity *e,
                                 const struct proposing *in, struct proposal *ret_proposal)
{
    void *row = arena_take(&c->mem, e->size, alignof(max_align_t));
    void *wish = arena_take(&c->mem, e->size, alignof(max_align_t));
    TRY(entity_get(c, e, in->row_id, row));
    if (number_in(e, row, e->state) != REVIEW_PUBLISHED)
        return fail(c, ERR_CONFLICT, "proposal.not_public", "%s %lld is not published", e->name,
                    (long long)in->row_id);
    TRY(overlay(c, e, in->changes.json, row, wish));
    record_check(c, e->fields, wish, false);
    refuse_closed(c, e, wish, row);
    struct sv becomes = side(c, e, wish, row);
    if (sv_is(becomes, "{}"))
        fail_field(c, SV("changes"), "proposal.nothing");
    TRY(fail_fields(c));
    *ret_proposal = (struct proposal){
        .row.scope = head_of(e, row)->scope, .entity = sv_of(e->name), .row_id = in->row_id,
        .subject = field_text(field_named(e->fields, sv_of(e->title)), row),
        .org = { e == &organisation_entity ? in->row_id : number_in(e, row, "org") },
        .was = { side(c, e, row, wish) }, .becomes = { becomes }, .why = in->why,
        .proposed_by = review_me(c),
    };
    return ERR_NONE;
}

static enum err propose(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct proposing *in = q->body;
    const struct entity *e = reviewed(c, in->entity);
    struct proposal p;
    if (!e) {
        fail_field(c, SV("entity"), "proposal.entity");
        return fail_fields(c);
    }
    if (!entity_may_update(c, e))
        return fail(c, ERR_FORBIDDEN, "forbidden", "the caller may not change %s", e->name);
    TRY(proposal_of(c, e, in, &p));
    TRY(entity_create_by_rule(c, &proposal_entity, &p));
    entity_json(c, &a->json, "proposal", &proposal_entity, &p, false);
    a->status = 201;
    return ERR_NONE;
}

static const struct field proposal_gives[] = {
    SAYS(RECORD, "proposal", .links = "proposal"), { 0 },
};

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/proposal", .run = propose, .lane = WRITES,
      .gives = proposal_gives,
      .may = MAY_WRITE_DIRECTORY, .takes = proposing_fields,
      .takes_size = sizeof(struct proposing), .zh = "申请变更已发布的信息",
      .en = "Propose a change to what is public" },
    { 0 },
};

/* --- deciding --- */

static enum err not_own(struct ctx *c, const void *row)
{
    return review_guard(c, ((const struct proposal *)row)->proposed_by);
}

static void decided(struct ctx *c, struct proposal *p)
{
    p->decided_by = review_me(c);
    p->decided_at = c->now;
}

static enum err apply(struct ctx *c, void *row, const void *input)
{
    struct proposal *p = row;
    const struct entity *e = reviewed(c, p->entity);
    bool found = false;
    (void)input;
    void *now = e ? arena_take(&c->mem, e->size, alignof(max_align_t)) : NULL;
    void *then = e ? arena_take(&c->mem, e->size, alignof(max_align_t)) : NULL;
    if (e)
        TRY(entity_load(c, e, p->row_id, now, &found));
    if (!found || number_in(e, now, e->state) != REVIEW_PUBLISHED)
        return fail(c, ERR_CONFLICT, "proposal.not_public", "proposal %lld has lost its row",
                    (long long)p->id.n);
    TRY(overlay(c, e, p->was.json, now, then));
    if (!sv_is(side(c, e, then, now), "{}"))
        return fail(c, ERR_CONFLICT, "proposal.stale", "proposal %lld was made for other values",
                    (long long)p->id.n);
    TRY(overlay(c, e, p->becomes.json, now, then));
    decided(c, p);
    c->reason = p->why;
    return entity_update_by_rule(c, e, then, head_of(e, then)->version, "apply_proposal");
}

static enum err decide(struct ctx *c, void *row, const void *input)
{
    (void)input;
    decided(c, row);
    return ERR_NONE;
}

static enum err own(struct ctx *c, const void *row)
{
    const struct proposal *p = row;
    if (p->proposed_by.n != review_me(c).n)
        return fail(c, ERR_FORBIDDEN, "proposal.not_own", "proposal %lld is another's",
                    (long long)p->id.n);
    return ERR_NONE;
}

static const struct step steps[] = {
    { .from = "open", .action = "apply", .to = "applied", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .guard = not_own, .effect = apply, .zh = "采纳并公布", .en = "Apply" },
    { .from = "open", .action = "refuse", .to = "refused", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .guard = not_own, .effect = decide, .reason = true, .zh = "不采纳", .en = "Refuse" },
    { .from = "open", .action = "take_back", .to = "taken_back",
      .may = RIGHT(MAY_WRITE_DIRECTORY), .guard = own, .effect = decide, .zh = "撤回申请",
      .en = "Take back" },
    { 0 },
};

const struct entity proposal_entity = {
    .name = "proposal", .zh = "变更申请", .en = "Proposed change",
    .size = sizeof(struct proposal), .fields = proposal_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "subject",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .no_create = true,
    .no_update = true, .seen_by_org = "org = $", .menu = "places",
};

static const struct message messages[] = {
    { "proposal.open", "您对它已有一条待审核的变更申请，请先撤回或等审核",
      "you have a change to it under review; take that back or wait" },
    { "proposal.nothing", "与现在公布的一样，没有要改的", "this is what is published already" },
    { "proposal.closed", "这一项不公开，不用申请，请直接修改",
      "this is not public; change it directly" },
    { "proposal.entity", "只有经审核发布的信息才走变更申请",
      "only what is reviewed before it is public takes proposals" },
    { "proposal.not_public", "它现在不是已发布状态，请直接修改后提交审核",
      "it is not public now; change it and submit it" },
    { "proposal.stale", "申请之后这些内容已被改过，请对照后重新申请",
      "these fields have changed since; compare and propose again" },
    { "proposal.not_own", "只有申请人可以撤回", "only who proposed it takes it back" },
    { 0 },
};

static const struct entity *const entities[] = { &proposal_entity, NULL };

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "proposals", .zh = "待审核的变更", .en = "Changes to review", .entity = "proposal",
      .list = "state=open", .due = "created_at", .within = "todo.proposal_hours",
      .may = RIGHT(MAY_REVIEW_DIRECTORY), .not_by = "proposed_by",
      .shows = "subject,why,proposed_by" },
    { 0 },
};

const struct module proposal_module = {
    .name = "proposal", .entities = entities, .endpoints = endpoints, .messages = messages,
    .todos = todos,
};
