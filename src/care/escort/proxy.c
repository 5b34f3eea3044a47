/* proxy.c - the 委托书: who may act for her, in what, until when, on whose signature. */

#include "care/escort/escort.h"

#include "care/elder/seen.h"
#include "care/parameter/parameter.h"

SQL(proxy_standing);

enum { HOUR_MS = 3600000 };

const struct choice proxy_acts[] = {
    { "escort", "陪同就医", "going along to the clinic" },
    { "medicine", "代取药", "fetching medicine" },
    { "registration", "代挂号", "registering" },
    { "reports", "代取检查报告", "fetching results" },
    { 0 },
};
const struct choice proxy_signers[] = {
    { "elder", "老人本人", "the elder" }, { "guardian", "监护人", "her guardian" }, { 0 },
};
const struct choice proxy_ways[] = {
    { "screen", "手机上签字", "signed on the screen" }, { "paper", "纸质拍照", "photo of the paper" },
    { 0 },
};
const struct choice proxy_states[] = {
    { "draft", "已签，图待传", "signed, file to come" }, { "given", "有效", "given" },
    { "withdrawn", "已撤回", "withdrawn" }, { 0 },
};

#define P struct proxy
const struct field proxy_fields[] = {
    ROW_FIELDS(P),
    LINK(P, elder, "elder", .required = true, .create_only = true, .filter = true, .brief = true,
         .zh = "老年人", .en = "Elder"),
    LINK(P, org, "organisation", .create_only = true, .filter = true, .brief = true,
         .zh = "受托机构", .en = "Who acts for her", .hint_zh = "不填就是本机构"),
    SET(P, acts, proxy_acts, .required = true, .create_only = true, .brief = true,
        .zh = "委托事项", .en = "For what"),
    CHOICE(P, signer, proxy_signers, .create_only = true, .brief = true, .zh = "谁签的",
           .en = "Signed by"),
    CHOICE(P, way, proxy_ways, .create_only = true, .zh = "签署方式", .en = "Signed how"),
    FIELD(P, signed_by, .required = true, .class = MASKED, .mask = MASK_NAME, .high = 40,
          .create_only = true, .zh = "签字人姓名", .en = "Signer's name"),
    LINK(P, guardian, "guardian", .create_only = true, .zh = "监护人", .en = "Guardian"),
    FIELD(P, valid_from, .create_only = true, .zh = "自", .en = "From",
          .hint_zh = "不填就是今天"),
    FIELD(P, valid_until, .required = true, .create_only = true, .filter = true, .brief = true,
          .zh = "有效期至", .en = "Until"),
    LINK(P, noted_by, "account", .read_only = true, .zh = "经办人", .en = "Noted by"),
    FIELD(P, papers, .read_only = true, .zh = "签字图张数", .en = "Signatures kept"),
    FIELD(P, withdrawn_on, .read_only = true, .zh = "撤回日期", .en = "Withdrawn on"),
    CHOICE(P, state, proxy_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "elder", .columns = "elder, org, valid_until, id" },
    { .name = "org", .columns = "org, state, valid_until, id" },
    { .name = "state", .columns = "state, scope, valid_until, id" },
    { .name = "until", .columns = "valid_until, id" },
    { 0 },
};
static const struct sort sorts[] = {
    { "until", "valid_until", true, "有效期", "Until" }, { 0 },
};

/* Whoever decides for her in medical matters, and is noted as that. */
MUST static enum err check_signer(struct ctx *c, P *p)
{
    struct guardian g;
    bool found;
    if (p->signer == PROXY_BY_ELDER) {
        p->guardian.n = 0;
        return ERR_NONE;
    }
    TRY(guardian_for(c, p->elder, MATTER_MEDICAL, p->valid_from, &g, &found));
    if (!found || g.kind == GUARDIAN_ENTRUSTED || (p->guardian.n && p->guardian.n != g.id.n))
        fail_field(c, SV("signer"), "proxy.guardian");
    else
        p->guardian = g.id;
    return ERR_NONE;
}

/* A daughter who only sees the record may not sign for her mother; staff note what was signed. */
MUST static enum err check_who(struct ctx *c, const P *p)
{
    struct elder e;
    bool found;
    if (!c->who || roles[c->who->role].sees != SEES_OWN)
        return ERR_NONE;
    TRY(entity_load(c, &elder_entity, p->elder.n, &e, &found));
    if (!found || e.account.n != c->who->account)
        return fail(c, ERR_FORBIDDEN, "proxy.not_hers", "account %lld is not elder %lld's",
                    (long long)c->who->account, (long long)p->elder.n);
    return ERR_NONE;
}

static enum err rules(struct ctx *c, const void *before, void *row)
{
    P *p = row;
    int64_t days;
    struct day today = day_of(ctx_happened(c));
    if (before)
        return ERR_NONE;
    TRY(check_who(c, p));
    if (!p->org.n && c->who)
        p->org.n = c->who->org;
    if (c->who && c->who->org && p->org.n != c->who->org)
        fail_field(c, SV("org"), "proxy.org");
    if (!p->org.n)
        fail_field(c, SV("org"), "field.required");
    if (!day_known(p->valid_from))
        p->valid_from = today;
    TRY(parameter_int(c, "proxy.days_max", p->row.scope, today, &days));
    if (p->acts.bits == 0)
        fail_field(c, SV("acts"), "proxy.acts");
    if (p->valid_until.n < p->valid_from.n)
        fail_field(c, SV("valid_until"), "days.backwards");
    else if (p->valid_until.n - p->valid_from.n > days)
        fail_field_args(c, SV("valid_until"), "proxy.too_long",
                        sv_fmt(&c->mem, "%lld", (long long)days), SV(""));
    TRY(check_signer(c, p));
    p->noted_by = review_me(c);
    return fail_fields(c);
}

/* The signature, or the photograph of the paper, has come. */
static enum err filed(struct ctx *c, const void *row, struct sv hash, struct sv type)
{
    P p;
    bool found;
    (void)hash;
    (void)type;
    TRY(entity_load(c, &proxy_entity, ((const P *)row)->id.n, &p, &found));
    p.papers++;
    TRY(entity_update_by_rule(c, &proxy_entity, &p, p.row.version, "filed"));
    if (p.state != PROXY_DRAFT)
        return ERR_NONE;
    return entity_act_by_rule(c, &proxy_entity, p.id.n, p.row.version, SV("give"), NULL, &p);
}

static enum err withdraw(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((P *)row)->withdrawn_on = day_of(c->now);
    return ERR_NONE;
}

/* Of citizens only she herself. */
static enum err hers(struct ctx *c, const void *row)
{
    return check_who(c, row);
}

const struct step proxy_steps[] = {
    { .from = "", .action = "create", .to = "draft",
      .may = RIGHT(MAY_DO_VISITS) | RIGHT(MAY_SERVE_ORDERS) | RIGHT(MAY_WRITE_REGISTER) |
             RIGHT(MAY_BE_CITIZEN), .zh = "登记委托书", .en = "Note" },
    { .from = "draft", .action = "give", .to = "given", .automatic = true, .zh = "签字图已到",
      .en = "The signature has come" },
    { .from = "draft,given", .action = "withdraw", .to = "withdrawn", .reason = true,
      .danger = true, .may = RIGHT(MAY_BE_CITIZEN) | RIGHT(MAY_WRITE_REGISTER) |
                             RIGHT(MAY_SERVE_ORDERS),
      .guard = hers, .effect = withdraw, .zh = "撤回委托", .en = "Withdraw" },
    { 0 },
};

const struct entity proxy_entity = {
    .name = "proxy", .zh = "委托书", .en = "Proxy consent", .size = sizeof(P),
    .fields = proxy_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = proxy_steps, .title = "acts", .reads = MAY_READ_ORDERS, .writes = MAY_DO_VISITS,
    .creates = MAY_DO_VISITS, .no_update = true, .seen_by_org = "org = $",
    .seen_by_carer = "org IN (SELECT org FROM carer WHERE id = $)",
    .seen_by_own = SEEN_BY_FAMILY, .elder = "elder", .open = "draft,given", .scope_of = "elder",
    .rules = rules, .files = true, .files_class = SECRET, .filed = filed, .menu = "people",
};
#undef P

enum err proxy_of(struct ctx *c, struct elder_id elder, struct organisation_id org,
                  enum proxy_act act, struct day day, struct proxy *ret_proxy)
{
    int64_t id = 0, hours;
    bool found;
    record_clear(proxy_fields, ret_proxy);
    TRY(parameter_int(c, "proxy.paper_hours", 0, day, &hours));
    struct rows r = db_rows(c, &sql_proxy_standing,
                            PARAMS(P_INT("elder", elder.n), P_INT("org", org.n),
                                   P_INT("day", day.n),
                                   P_INT("signed_since", c->now.ms - hours * HOUR_MS)));
    while (!id && rows_next(&r))
        if (rows_int(&r, 1) >> act & 1)
            id = rows_int(&r, 0);
    TRY(rows_end(&r));
    return id ? entity_load(c, &proxy_entity, id, ret_proxy, &found) : ERR_NONE;
}
