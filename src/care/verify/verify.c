/* verify.c - verifications: table, steps, the nightly opening. */

#include "care/verify/verify.h"

#include "care/parameter/parameter.h"
#include "care/todo/hand.h"
#include "care/verify/say.h"
#include "model/jobs.h"

SQL(verify_places_due);
SQL(verify_orgs_due);
SQL(verify_open_twice);

const struct choice verify_states[] = {
    { "open", "待核实", "to be verified" }, { "done", "已核实", "done" },
    { "given_up", "联系不上", "given up" }, { 0 },
};

const struct choice verify_results[] = {
    { "none", "未出结果", "none yet" },   { "same", "无变化", "nothing changed" },
    { "changed", "有变化", "changed" },   { "closed", "已关停", "closed down" },
    { "unreached", "没联系上", "not reached" }, { 0 },
};

const struct field verification_fields[] = {
    ROW_FIELDS(struct verification),
    LINK(struct verification, place, "place", .read_only = true, .filter = true, .brief = true,
         .zh = "网点", .en = "Place"),
    LINK(struct verification, org, "organisation", .read_only = true, .filter = true, .brief = true,
         .zh = "机构", .en = "Organisation"),
    FIELD(struct verification, due, .read_only = true, .filter = true, .brief = true,
          .zh = "核实期限", .en = "Due"),
    LINK(struct verification, owner, "account", .read_only = true, .filter = true, .brief = true,
         .zh = "谁来核实", .en = "Owner"),
    HANDED_FIELDS(struct verification),
    FIELD(struct verification, phone, .read_only = true, .brief = true, .high = 40,
          .zh = "联系电话", .en = "Phone"),
    FIELD(struct verification, say, .read_only = true, .many_lines = true, .high = 4000,
          .zh = "怎么说", .en = "What to say"),
    FIELD(struct verification, tries, .read_only = true, .brief = true, .zh = "已联系次数",
          .en = "Tries"),
    FIELD(struct verification, tried_at, .read_only = true, .zh = "最近联系", .en = "Last tried"),
    CHOICE(struct verification, state, verify_states, .read_only = true, .filter = true,
           .brief = true, .zh = "状态", .en = "State"),
    CHOICE(struct verification, result, verify_results, .read_only = true, .filter = true,
           .brief = true, .zh = "结果", .en = "Result"),
    FIELD(struct verification, found, .read_only = true, .many_lines = true, .high = 1000,
          .zh = "核实到的情况", .en = "What was heard"),
    FIELD(struct verification, done_at, .read_only = true, .zh = "完成时间", .en = "Done at"),
    LINK(struct verification, done_by, "account", .read_only = true, .zh = "完成人",
         .en = "Done by"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "work", .columns = "state, due, scope, id" },
    { .name = "place", .columns = "place, state, id" },
    { .name = "org", .columns = "org, state, id" },
    { .name = "owner", .columns = "owner, state, id" },
    { .name = "within", .columns = "scope, state, due, id" },
    { .name = "result", .columns = "result, id" },
    { .name = "once",
      .columns = "place",
      .unique = true,
      .where = "ended_at IS NULL AND state = 'open' AND place IS NOT NULL",
      .message = "verification.open" },
    { 0 },
};

static const struct sort sorts[] = { { "due", "due", false, "期限先后", "Due" }, { 0 } };

/* --- steps --- */

static enum err take(struct ctx *c, void *row, const void *input)
{
    struct verification *v = row;
    (void)input;
    v->owner = review_me(c);
    v->handed_by.n = 0;
    v->handed_why = SV("");
    return verify_say(c, v);               /* the facts as they are now */
}

static enum err hand_on(struct ctx *c, void *row, const void *input)
{
    struct verification *v = row;
    const struct todo_hand *in = input;
    TRY(todo_hand(c, &verification_entity, v, in));
    v->owner = in->to;
    v->handed_by = review_me(c);
    v->handed_why = in->why;
    return verify_say(c, v);
}

/* Who has taken it leaves it to others; a colleague may also take it from her. */
static enum err put_back_guard(struct ctx *c, const void *row)
{
    const struct verification *v = row;
    if (v->owner.n && v->owner.n == review_me(c).n)
        return ERR_NONE;
    return fail(c, ERR_CONFLICT, "verification.not_yours", "verification %lld is not the caller's",
                (long long)v->id.n);
}

static enum err put_back(struct ctx *c, void *row, const void *input)
{
    struct verification *v = row;
    (void)c;
    (void)input;
    v->owner.n = v->handed_by.n = 0;
    v->handed_why = SV("");
    return ERR_NONE;
}

static enum err no_answer(struct ctx *c, void *row, const void *input)
{
    struct verification *v = row;
    (void)input;
    v->tries++;
    v->tried_at = c->now;
    v->result = VERIFY_UNREACHED;
    return ERR_NONE;
}

/* The step of what is verified: "verify" of both, "withdraw" of a place. */
MUST static enum err act_on_subject(struct ctx *c, const struct verification *v, struct sv action)
{
    struct place p;
    struct organisation o;
    bool found;
    if (v->place.n) {
        TRY(entity_load(c, &place_entity, v->place.n, &p, &found));
        return entity_act_by_rule(c, &place_entity, p.id.n, p.row.version, action, NULL, &p);
    }
    TRY(entity_load(c, &organisation_entity, v->org.n, &o, &found));
    return entity_act_by_rule(c, &organisation_entity, o.id.n, o.row.version, action, NULL, &o);
}

MUST static enum err finish(struct ctx *c, struct verification *v, enum verify_result result,
                            const struct verification *input)
{
    v->result = (int)result;
    v->found = input ? input->found : SV("");
    v->done_at = c->now;
    v->done_by = review_me(c);
    v->tries++;
    v->tried_at = c->now;
    return act_on_subject(c, v, result == VERIFY_CLOSED ? SV("withdraw") : SV("verify"));
}

static enum err same(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return finish(c, row, VERIFY_SAME, NULL);
}

static enum err changed(struct ctx *c, void *row, const void *input)
{
    return finish(c, row, VERIFY_CHANGED, input);
}

static enum err closed(struct ctx *c, void *row, const void *input)
{
    return finish(c, row, VERIFY_CLOSED, input);
}

static enum err give_up_guard(struct ctx *c, const void *row)
{
    const struct verification *v = row;
    int64_t tries;
    TRY(parameter_int(c, "directory.verify_tries", v->row.scope, day_of(c->now), &tries));
    if (v->tries < tries)
        return fail(c, ERR_CONFLICT, "verification.tries", "verification %lld was tried %lld times",
                    (long long)v->id.n, (long long)v->tries);
    return ERR_NONE;
}

static enum err give_up(struct ctx *c, void *row, const void *input)
{
    struct verification *v = row;
    (void)input;
    v->result = VERIFY_UNREACHED;
    v->done_at = c->now;
    v->done_by = review_me(c);
    return ERR_NONE;
}

static const struct field found_takes[] = {
    FIELD(struct verification, found, .required = true, .many_lines = true, .high = 1000,
          .zh = "核实到的情况", .en = "What was heard"),
    { 0 },
};

#define WHO (RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY))

static const struct step steps[] = {
    { .from = "open", .action = "take", .to = "", .may = WHO, .effect = take, .zh = "我来核实",
      .en = "I take it" },
    { .from = "open", .action = "put_back", .to = "", .may = WHO, .guard = put_back_guard,
      .effect = put_back, .zh = "退回，由别人核实", .en = "Leave it to others" },
    { .from = "open", .action = "hand_on", .to = "", .may = WHO, .effect = hand_on,
      .takes = todo_hand_takes, .takes_size = sizeof(struct todo_hand), .zh = "转交给同事",
      .en = "Hand on" },
    { .from = "open", .action = "same", .to = "done", .may = WHO, .effect = same, .zh = "无变化",
      .en = "Nothing changed" },
    { .from = "open", .action = "changed", .to = "done", .may = WHO, .effect = changed,
      .takes = found_takes, .takes_size = sizeof(struct verification), .zh = "有变化，已改",
      .en = "Changed and mended" },
    { .from = "open", .action = "no_answer", .to = "", .may = WHO, .effect = no_answer,
      .zh = "没联系上", .en = "No answer" },
    { .from = "open", .action = "closed", .to = "done", .may = WHO, .effect = closed,
      .takes = found_takes, .takes_size = sizeof(struct verification), .reason = true,
      .danger = true, .zh = "已关停", .en = "Closed down" },
    { .from = "open", .action = "give_up", .to = "given_up", .may = WHO, .guard = give_up_guard,
      .effect = give_up, .zh = "多次联系不上", .en = "Give up" },
    { 0 },
};

const struct entity verification_entity = {
    .name = "verification", .zh = "信息核实", .en = "Verification",
    .size = sizeof(struct verification), .fields = verification_fields, .indexes = indexes,
    .sorts = sorts, .state = "state", .steps = steps, .title = "due",
    .reads = MAY_READ_DIRECTORY, .writes = MAY_WRITE_DIRECTORY, .no_create = true,
    .no_update = true, .seen_by_org = "org = $", .menu = "places",
};

/* --- opening what is due --- */

static enum err open_place(struct ctx *c, const struct due_row *due, const void *with)
{
    struct verification v;
    struct place p;
    bool found;
    (void)with;
    record_clear(verification_fields, &v);
    TRY(entity_load(c, &place_entity, due->id, &p, &found));
    v.place = p.id, v.org = p.org, v.row.scope = p.row.scope, v.due = p.verify_until;
    TRY(verify_say(c, &v));
    return entity_create_by_rule(c, &verification_entity, &v);
}

static enum err open_org(struct ctx *c, const struct due_row *due, const void *with)
{
    struct verification v;
    struct organisation o;
    bool found;
    (void)with;
    record_clear(verification_fields, &v);
    TRY(entity_load(c, &organisation_entity, due->id, &o, &found));
    v.org = o.id, v.row.scope = o.row.scope, v.due = o.verify_until;
    TRY(verify_say(c, &v));
    return entity_create_by_rule(c, &verification_entity, &v);
}

static enum err job_open(struct ctx *c, const struct job *j)
{
    int64_t lead;
    TRY(parameter_int(c, "directory.verify_lead_days", 0, day_of(c->now), &lead));
    struct day until = { day_of(c->now).n + lead };
    TRY(work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_verify_places_due, .until = until,
                                                     .each = open_place }));
    return work_by_clock(c, j, &(struct work_by_clock){ .due = &sql_verify_orgs_due,
                                                        .until = until, .each = open_org });
}

static const struct job_kind jobs[] = { { .name = "verify_open", .run = job_open }, { 0 } };

static const struct schedule schedules[] = {
    { .name = "verify_open", .job = "verify_open", .every_s = 86400, .at_min = 10 }, { 0 },
};

#define HOUSE_DEFAULT "系统默认值，待核"

static const struct parameter_default parameters[] = {
    { "directory.verify_lead_days", "14", "day", "核实期限前多少天开始核实",
      "Days before the due day that asking begins", HOUSE_DEFAULT },
    { "directory.verify_tries", "3", "time", "联系几次不上可作罢", "Tries before giving up",
      HOUSE_DEFAULT },
    { 0 },
};

static const struct message messages[] = {
    { "verification.not_yours", "这件核实不是您认领的，不能退回",
      "You have not taken this one" },
    { "verification.open", "这个网点已有一条待核实", "this place is on the list already" },
    { "verification.tries", "联系次数还不够，请先记“没联系上”再试",
      "not tried often enough yet: note each try as No answer" },
    { 0 },
};

static const struct invariant invariants[] = {
    { "verify_once", "一个网点只有一条待核实", &sql_verify_open_twice }, { 0 },
};

static const struct entity *const entities[] = { &verification_entity, NULL };

/* What waits, and for whom. */
static const struct todo_kind todos[] = {
    { .key = "verifications", .zh = "待核实的信息", .en = "Facts to verify",
      .entity = "verification", .list = "state=open&due.to={soon}", .due = "due",
      .may = WHO, .owner = "owner", .shows = "place,org,phone" },
    { 0 },
};

const struct module verify_module = {
    .name = "verify", .entities = entities, .endpoints = verify_endpoints, .jobs = jobs,
    .schedules = schedules, .parameters = parameters, .messages = messages,
    .invariants = invariants, .todos = todos,
};
