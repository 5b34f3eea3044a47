/* page.c - the escort of an order as her family reads it, and signing a 委托书. */

#include "care/escort/escort.h"

#include "care/standing/pause.h"
#include "http/describe/gives.h"
#include "http/file/file.h"
#include "http/http.h"

/* --- what has happened --- */

void escort_steps_json(struct ctx *c, struct json *j, const struct escort *e)
{
    const struct { int state; struct moment at; } steps[] = {
        { ESCORT_OUT, e->out_at },     { ESCORT_CLINIC, e->clinic_at },
        { ESCORT_SEEN, e->seen_at },   { ESCORT_DRUGS, e->drugs_at },
        { ESCORT_HOME, e->home_at },
    };
    json_array(j, "steps");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        const struct choice *said = &escort_states[steps[i].state];
        bool shown = moment_known(steps[i].at);
        if (!shown && steps[i].state == ESCORT_SEEN && e->kind != ERRAND_CLINIC)
            continue;
        json_object(j, NULL);
        json_text(j, "key", sv_of(said->key));
        json_text(j, "name", sv_of(c->lang == LANG_EN ? said->en : said->zh));
        if (shown)
            json_moment(j, "at", steps[i].at);
        json_end(j, '}');
    }
    json_end(j, ']');
}

const struct field escort_step_gives[] = {
    SAYS(TEXT, "key"), SAYS(TEXT, "name"), MAY_SAY(MOMENT, "at"), { 0 },
};

enum err escort_proxy_json(struct ctx *c, struct json *j, const struct escort *e)
{
    struct proxy p = { 0 };
    enum proxy_act act = escort_act(e->kind);
    const char *none = e->elder.n ? "escort.no_proxy" : "escort.no_elder";
    if (e->elder.n)
        TRY(proxy_of(c, e->elder, e->org, act, e->day, &p));
    json_object(j, "proxy");
    json_bool(j, "stands", p.id.n != 0);
    json_text(j, "act", sv_of(proxy_acts[act].key));
    json_text(j, "act_name", sv_of(c->lang == LANG_EN ? proxy_acts[act].en : proxy_acts[act].zh));
    if (p.id.n)
        json_day(j, "until", p.valid_until);
    else
        json_text(j, "words", house_message(c->house, &c->mem, c->lang, none, SV(""), SV("")));
    json_end(j, '}');
    return ERR_NONE;
}

const struct field escort_proxy_gives[] = {
    SAYS(BOOL, "stands"), SAYS(CHOICE, "act", .choices = proxy_acts), SAYS(TEXT, "act_name"),
    MAY_SAY(DAY, "until"), MAY_SAY(TEXT, "words", .zh = "没有时怎么办", .en = "How to get one"), { 0 },
};

/* --- of one order --- */

/* What is SECRET goes out only to those whose own it is; staff ask for it with a reason. */
MUST static enum err put_closed(struct ctx *c, struct json *j, const struct escort *e)
{
    if (!c->who || roles[c->who->role].sees != SEES_OWN)
        return ERR_NONE;
    if (e->department.len)
        json_text(j, "department", e->department);
    if (e->bring.len)
        json_text(j, "bring", e->bring);
    if (e->advice.len)
        json_text(j, "advice", e->advice);
    if (e->drugs.len)
        json_text(j, "drugs", e->drugs);
    return files_write(c, j, "papers", "escort", e->id.n);
}

MUST static enum err put_escort(struct ctx *c, struct json *j, const struct escort *e, bool seen)
{
    bool own = c->who && roles[c->who->role].sees == SEES_OWN;
    json_object(j, "escort");
    json_bool(j, "open", seen);
    json_text(j, "kind", sv_of(errand_kinds[e->kind].key));
    json_id(j, "org", e->org.n);
    if (e->elder.n)
        json_id(j, "elder", e->elder.n);
    escort_steps_json(c, j, e);
    if (seen) {
        entity_json(c, j, "row", &escort_entity, e, own);
        TRY(put_closed(c, j, e));
        TRY(escort_proxy_json(c, j, e));
    }
    json_end(j, '}');
    return ERR_NONE;
}

/* Who may order for her but not read her records sees how far it has come, and nothing of it. */
static enum err order_escort_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct care_order o;
    struct escort e, as_seen;
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &care_order_entity, id, &o));
    TRY(escort_find(c, o.id, &e, &found));
    if (!found)
        return ERR_NONE;
    enum err seen = entity_get(c, &escort_entity, e.id.n, &as_seen);
    if (seen != ERR_NONE && seen != ERR_MISSING)
        return seen;
    if (seen == ERR_MISSING)
        ctx_forgive(c);
    return put_escort(c, &a->json, seen == ERR_NONE ? &as_seen : &e, seen == ERR_NONE);
}

static const struct field escort_gives[] = {
    SAYS(BOOL, "open", .zh = "可看详情", .en = "The reader may see all of it"),
    SAYS(CHOICE, "kind", .choices = errand_kinds), SAYS(ID, "org"), MAY_SAY(ID, "elder"),
    SAYS(LIST, "steps", .record = escort_step_gives), MAY_SAY(RECORD, "row", .links = "escort"),
    MAY_SAY(TEXT, "department"), MAY_SAY(TEXT, "bring"), MAY_SAY(TEXT, "advice"),
    MAY_SAY(TEXT, "drugs"), MAY_SAY(LIST, "papers", .record = file_listed_gives),
    MAY_SAY(RECORD, "proxy", .record = escort_proxy_gives), { 0 },
};
static const struct field order_escort_gives[] = {
    MAY_SAY(RECORD, "escort", .record = escort_gives, .zh = "不是陪诊取药时没有",
            .en = "Absent when it is none"), { 0 },
};

/* --- signing --- */

struct proxy_new {
    struct organisation_id org;
    struct set acts;
    int signer, way;
    struct sv signed_by;
    struct day valid_until;
};
static const struct field proxy_new_fields[] = {
    LINK(struct proxy_new, org, "organisation", .zh = "受托机构", .en = "Who acts for her"),
    SET(struct proxy_new, acts, proxy_acts, .required = true, .zh = "委托事项", .en = "For what"),
    CHOICE(struct proxy_new, signer, proxy_signers, .zh = "谁签的", .en = "Signed by"),
    CHOICE(struct proxy_new, way, proxy_ways, .zh = "签署方式", .en = "Signed how"),
    FIELD(struct proxy_new, signed_by, .required = true, .high = 40, .zh = "签字人姓名",
          .en = "Signer's name"),
    FIELD(struct proxy_new, valid_until, .required = true, .zh = "有效期至", .en = "Until"),
    { 0 },
};

/* She herself, or staff who serve her; its file is sent to /api/proxy/{id}/file. */
static enum err proxy_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct proxy_new *in = q->body;
    struct elder e;
    struct proxy p;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(pause_elder(c, (struct elder_id){ id }, &e));
    record_clear(proxy_fields, &p);
    p.elder = e.id;
    p.org = in->org;
    p.acts = in->acts;
    p.signer = in->signer;
    p.way = in->way;
    p.signed_by = in->signed_by;
    p.valid_until = in->valid_until;
    TRY(entity_create(c, &proxy_entity, &p));
    a->status = 201;
    entity_json(c, &a->json, "proxy", &proxy_entity, &p, false);
    return ERR_NONE;
}

static const struct field proxy_gives[] = { SAYS(RECORD, "proxy", .links = "proxy"), { 0 } };

const struct endpoint escort_endpoints[] = {
    { .verb = GET, .path = "/api/order/{id}/escort", .run = order_escort_get, .lane = READS,
      .may = MAY_SIGNED_IN, .gives = order_escort_gives, .zh = "订单的陪诊取药",
      .en = "The escort of an order: steps, what the doctor said, what was fetched" },
    { .verb = GET, .path = "/api/escort/out", .run = escorts_out_get, .lane = READS,
      .may = MAY_READ_FIGURES, .gives = escorts_out_gives, .zh = "正在陪诊取药的人，超时在前",
      .en = "Who is out at a clinic now, late first" },
    { .verb = POST, .path = "/api/elder/{id}/proxy", .run = proxy_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = proxy_new_fields, .takes_size = sizeof(struct proxy_new),
      .gives = proxy_gives, .zh = "签委托书", .en = "Sign a proxy consent; its file follows" },
    { 0 },
};
