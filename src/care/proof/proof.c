/* proof.c - rows that speak for a visit: what they are, who makes them, how they are read. */

#include "care/proof/inside.h"
#include "http/describe/gives.h"

SQL(proofs_of_visit);
SQL(proof_same_file);

#define P struct proof
const struct field proof_fields[] = {
    ROW_FIELDS(P),
    LINK(P, visit, "visit", .required = true, .create_only = true, .filter = true, .zh = "工单",
         .en = "Visit"),
    LINK(P, org, "organisation", .read_only = true, .filter = true, .brief = true, .zh = "机构",
         .en = "Organisation"),
    LINK(P, elder, "elder", .read_only = true, .filter = true, .zh = "老年人", .en = "Elder"),
    LINK(P, carer, "carer", .read_only = true, .filter = true, .brief = true, .zh = "护理员",
         .en = "Carer"),
    CHOICE(P, kind, proof_kinds, .create_only = true, .filter = true, .brief = true, .zh = "凭证",
           .en = "Kind"),
    CHOICE(P, result, proof_results, .read_only = true, .filter = true, .brief = true,
           .zh = "结论", .en = "Result"),
    CHOICE(P, why, proof_whys, .read_only = true, .filter = true, .brief = true, .zh = "原因",
           .en = "Reason"),
    FIELD(P, weight, .low = -1000, .high = 1000, .read_only = true, .zh = "权重(待核)",
          .en = "Weight (unchecked)"),
    FIELD(P, measure, .read_only = true, .zh = "测得", .en = "Measured"),
    FIELD(P, bound, .read_only = true, .zh = "限值", .en = "Allowed"),
    LINK(P, other, "visit", .read_only = true, .zh = "相同的工单", .en = "The visit it was of"),
    LINK(P, door_code, "door_code", .read_only = true, .zh = "门码", .en = "Door code"),
    FIELD(P, given, .class = SECRET, .mask = MASK_ALL, .create_only = true, .high = 60, .zh = "所填",
          .en = "As typed"),
    FIELD(P, at, .read_only = true, .brief = true, .zh = "时间", .en = "At"),
    FIELD(P, known_at, .read_only = true, .zh = "上报时间", .en = "Told at"),
    FIELD(P, file_hash, .hidden = true, .high = 64, .zh = "附件指纹", .en = "Hash of its file"),
    { 0 },
};

static const struct index proof_indexes[] = {
    { .name = "visit", .columns = "visit, id" },
    { .name = "result", .columns = "org, result, id" },
    { .name = "file", .columns = "org, file_hash", .where = "file_hash IS NOT NULL" },
    { 0 },
};
static const struct sort proof_sorts[] = { { "at", "at", true, "时间", "At" }, { 0 } };

/* --- making --- */

static void say(struct proof *p, enum proof_why why)
{
    p->why = (int)why;
    p->result = proof_reasons[why].result;
    p->weight = proof_reasons[why].weight;
}

static void belong(struct proof *p, const struct visit *v)
{
    p->visit = v->id;
    p->org = v->org;
    p->elder = v->elder;
    p->carer = v->carer;
}

enum err proof_add(struct ctx *c, const struct visit *v, enum proof_why why, int64_t measure,
                   int64_t bound)
{
    struct proof p;
    record_clear(proof_fields, &p);
    belong(&p, v);
    p.kind = proof_reasons[why].kind;
    say(&p, why);
    p.measure = measure;
    p.bound = bound;
    p.at = ctx_happened(c);
    p.known_at = c->now;
    return entity_create_by_rule(c, &proof_entity, &p);
}

/* What a person sends; the house's own rows come with their reason. */
static bool sent_by_person(int kind)
{
    return kind == PROOF_DOOR_CODE || kind == PROOF_PIN || kind == PROOF_SIGNATURE ||
           kind == PROOF_PHOTO || kind == PROOF_VOICE;
}

static enum err judge_code(struct ctx *c, struct proof *p)
{
    enum proof_why why;
    if (p->given.len == 0) {
        fail_field(c, SV("given"), "field.required");
        return fail_fields(c);
    }
    TRY(door_code_judge(c, p->elder, p->kind == PROOF_PIN ? CODE_PIN : CODE_DOOR, p->given,
                        day_of(p->at), &why, &p->door_code));
    say(p, why);
    return ERR_NONE;
}

static enum err proof_rules(struct ctx *c, const void *before, void *row)
{
    struct proof *p = row;
    struct visit v;
    bool found;
    if (before || p->why != WHY_PENDING)
        return ERR_NONE;
    if (!sent_by_person(p->kind)) {
        fail_field(c, SV("kind"), "proof.own");
        return fail_fields(c);
    }
    TRY(entity_load(c, &visit_entity, p->visit.n, &v, &found));
    if (!found)
        return ERR_NONE;                                 /* the link's own check has said so */
    belong(p, &v);
    p->at = ctx_happened(c);
    p->known_at = c->now;
    if (p->kind == PROOF_DOOR_CODE || p->kind == PROOF_PIN)
        return judge_code(c, p);
    return ERR_NONE;
}

/* --- with its file --- */

/* Who went with her has the same elder, home and sheet before her: no copy of it. */
enum err proof_mate(struct ctx *c, struct visit_id id, struct visit_id *ret_mate)
{
    struct visit v, mate;
    bool found, together = false;
    TRY(entity_load(c, &visit_entity, id.n, &v, &found));
    if (found)
        TRY(visit_mate(c, &v, &mate, &together));
    *ret_mate = together ? mate.id : (struct visit_id){ 0 };
    return ERR_NONE;
}

static enum err judge_file(struct ctx *c, struct proof *p)
{
    struct visit_id mate;
    int64_t other = 0;
    if (p->kind == PROOF_VOICE) {
        say(p, WHY_VOICE);
        return ERR_NONE;
    }
    TRY(proof_mate(c, p->visit, &mate));
    TRY(db_int(c, &sql_proof_same_file,
               PARAMS(P_INT("org", p->org.n), P_TEXT("hash", p->file_hash),
                      P_INT("visit", p->visit.n), P_INT("mate", mate.n)), &other));
    p->other.n = other;
    if (p->kind == PROOF_SIGNATURE)
        say(p, other ? WHY_SIGNATURE_SEEN : WHY_SIGNED);
    else if (other)
        say(p, WHY_PHOTO_SEEN);
    return ERR_NONE;
}

static enum err look_later(struct ctx *c, const struct proof *p)
{
    int64_t id;
    struct buf b = buf_new(&c->mem, 128);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_id(&j, "proof", p->id.n);
    json_end(&j, '}');
    return job_add(c, "proof_photo", buf_sv(&b), &id);
}

enum err proof_filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    struct proof p = *(const struct proof *)row;
    (void)type;
    if (p.file_hash.len || p.result != PROOF_PENDING)
        return ERR_NONE;                                 /* one file speaks, the first */
    p.file_hash = hash;
    TRY(judge_file(c, &p));
    TRY(entity_update_by_rule(c, &proof_entity, &p, p.row.version, "filed"));
    return p.result == PROOF_PENDING ? look_later(c, &p) : ERR_NONE;
}

const struct entity proof_entity = {
    .name = "proof",
    .zh = "上门凭证",
    .en = "Proof of a visit",
    .kind = ENTITY_ORDINARY,
    .size = sizeof(P),
    .fields = proof_fields,
    .indexes = proof_indexes,
    .sorts = proof_sorts,
    .reads = MAY_READ_ORDERS,
    .writes = MAY_DO_VISITS,
    .no_update = true,
    .seen_by_org = "org = $",
    .seen_by_carer = "carer = $",
    .elder = "elder",
    .scope_of = "org",
    .menu = "orders",
    .files = true,
    .filed = proof_filed,
    .rules = proof_rules,
};
#undef P

/* --- reading --- */

static void proof_json(struct ctx *c, struct json *j, const struct proof *p)
{
    bool en = c->lang == LANG_EN;
    json_object(j, NULL);
    json_id(j, "id", p->id.n);
    json_text(j, "kind", sv_of(proof_kinds[p->kind].key));
    json_text(j, "kind_name", sv_of(en ? proof_kinds[p->kind].en : proof_kinds[p->kind].zh));
    json_int(j, "strength", PROOF_VOICE - p->kind + 1);
    json_text(j, "result", sv_of(proof_results[p->result].key));
    json_text(j, "result_name",
              sv_of(en ? proof_results[p->result].en : proof_results[p->result].zh));
    json_text(j, "why", sv_of(proof_whys[p->why].key));
    json_text(j, "text", proof_text(c, p));
    json_int(j, "weight", p->weight);
    json_moment(j, "at", p->at);
    json_moment(j, "known_at", p->known_at);
    if (p->other.n)
        json_id(j, "other", p->other.n);
    json_bool(j, "has_file", p->file_hash.len > 0);
    json_end(j, '}');
}

enum { PROOFS_MAX = 60 };

enum err visit_proofs_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct proof proofs[PROOFS_MAX];
    struct visit v;
    int64_t id, ids[PROOFS_MAX];
    size_t n = 0;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &visit_entity, id, &v));
    struct rows r = db_rows(c, &sql_proofs_of_visit, PARAMS(P_INT("visit", id)));
    while (n < PROOFS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++)
        TRY(entity_load(c, &proof_entity, ids[i], &proofs[i], &found));
    json_array(&a->json, "items");
    for (int kind = PROOF_DOOR_CODE; kind <= PROOF_VOICE; kind++)
        for (size_t i = 0; i < n; i++)
            if (proofs[i].kind == kind)
                proof_json(c, &a->json, &proofs[i]);
    json_end(&a->json, ']');
    return ERR_NONE;
}

/* --- the module --- */

static const struct field shown_gives[] = {
    SAYS(ID, "id"), SAYS(CHOICE, "kind", .choices = proof_kinds), SAYS(TEXT, "kind_name"),
    SAYS(INT, "strength"), SAYS(CHOICE, "result", .choices = proof_results),
    SAYS(TEXT, "result_name"), SAYS(CHOICE, "why", .choices = proof_whys), SAYS(TEXT, "text"),
    SAYS(INT, "weight"), SAYS(MOMENT, "at"), SAYS(MOMENT, "known_at"), MAY_SAY(ID, "other"),
    SAYS(BOOL, "has_file"), { 0 },
};
static const struct field proofs_gives[] = { SAYS(LIST, "items", .record = shown_gives), { 0 } };

static const struct endpoint proof_endpoints[] = {
    { .verb = GET, .path = "/api/visit/{id}/proofs", .gives = proofs_gives,
      .run = visit_proofs_get, .lane = READS,
      .may = MAY_READ_ORDERS, .zh = "上门凭证",
      .en = "What speaks for a visit and against it, strongest kind first" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "proof.place_metres", "300", "metre", "签到位置离家多远以内算在家",
      "An arrival this near counts as at the home", "系统默认值，待核" },
    { "proof.travel_kmh", "20", "km/h", "两家之间最快能有多快",
      "The fastest one may come from visit to visit", "系统默认值，待核" },
    { "proof.length_percent", "60", "%", "实际时长占应做时长的最低比例",
      "Least share of the planned time", "系统默认值，待核" },
    { "proof.photo_bits", "5", "bit", "照片相似到几位以内算同一张（最多 7）",
      "Photos that differ in so many bits are the same (at most 7)", "系统默认值，待核" },
    { "door_code.days", "31", "day", "门码多少天更换一次", "A door code holds so many days",
      "系统默认值，待核" },
    { 0 },
};

static const struct message messages[] = {
    { "proof.own", "这种凭证由系统生成", "Proofs of this kind are made by the house" },
    { "door_code.made", "门码由系统生成，不用填写", "A door code is made by the house; leave it out" },
    { "door_code.pin_form", "口令是 4 到 6 位数字", "A number has four to six digits" },
    { "door_code.no_org", "这个账号没有所属机构", "This account acts for no organisation" },
    { 0 },
};

static const struct job_kind jobs[] = {
    { .name = "proof_photo", .run = job_proof_photo },
    { .name = "door_codes", .run = job_door_codes },
    { 0 },
};

const struct module proof_module = {
    .name = "proof",
    .entities = (const struct entity *const[]){ &proof_entity, NULL },
    .endpoints = proof_endpoints,
    .messages = messages,
    .parameters = parameters,
    .jobs = jobs,
    .tables = photo_tables,
    .followers = proof_followers,
};
