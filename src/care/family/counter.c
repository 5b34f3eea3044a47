/* counter.c - a bond made at the counter: a relative came or called, and staff heard the elder. */

#include "care/family/family.h"
#include "care/family/my.h"
#include "care/account/account.h"
#include "care/message/message.h"

SQL(bond_asked);

#define B struct counter_bond
const struct field counter_bond_fields[] = {
    FIELD(B, name, .required = true, .high = 40, .zh = "亲属姓名", .en = "The relative's name"),
    FIELD(B, phone, .required = true, .high = 30, .check = phone_check, .zh = "亲属手机号",
          .en = "The relative's telephone", .hint_zh = "亲属以后用这个号码登录",
          .hint_en = "what the relative signs in with"),
    CHOICE(B, relation, relation_kinds, .zh = "与老人关系", .en = "Relation"),
    SET(B, may, bond_mays, .zh = "可代办", .en = "May"),
    CHOICE(B, consent_way, consent_ways, .required = true, .zh = "老人如何表示同意",
           .en = "How she agreed"),
    FIELD(B, valid_until, .zh = "有效期至", .en = "Valid until"),
    { 0 },
};
#undef B

/* What the account has asked for already is what she agrees to; else it is asked here. */
MUST static enum err asked_bond(struct ctx *c, const struct counter_bond *in, int64_t account,
                                struct elder_id elder, struct bond *ret_bond)
{
    int64_t id;
    bool found;
    struct set usual = { 1u << BOND_MAY_ORDER | 1u << BOND_MAY_RECORDS };
    TRY(db_int(c, &sql_bond_asked, PARAMS(P_INT("account", account), P_INT("elder", elder.n)),
               &id));
    if (id)
        return entity_load(c, &bond_entity, id, ret_bond, &found);
    *ret_bond = (struct bond){ .account = { account }, .elder = elder, .relation = in->relation,
                               .may = in->may.bits ? in->may : usual, .state = BOND_ASKED,
                               .valid_until = in->valid_until };
    return entity_create_by_rule(c, &bond_entity, ret_bond);
}

/* The relative hears of it, for the account and what it may now do are hers. */
MUST static enum err tell(struct ctx *c, struct sv phone, const struct bond *b)
{
    return message_send(c, &(struct message_new){
        .kind = TELL_BOND_MADE, .account = b->account, .elder = b->elder, .phone = phone,
        .scope = b->row.scope,
        .once = sv_fmt(&c->mem, "bond.made/%lld", (long long)b->id.n) });
}

enum err counter_bond_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct counter_bond *in = q->body;
    const struct bond heard = { .consent_way = in->consent_way };
    int64_t id, account;
    struct elder e;
    struct bond b;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &elder_entity, id, &e));
    TRY(citizen_account(c, in->phone, in->name, &account));
    TRY(asked_bond(c, in, account, e.id, &b));
    TRY(entity_act(c, &bond_entity, b.id.n, b.row.version, SV("agree"), &heard, &b));
    TRY(tell(c, in->phone, &b));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/bond/%lld", (long long)b.id.n);
    entity_json(c, &a->json, "bond", &bond_entity, &b, false);
    return ERR_NONE;
}
