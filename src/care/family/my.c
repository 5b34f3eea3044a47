/* my.c - a citizen's own: whom I care for, asking to be bound, who looked at the record. */

#include "care/family/my.h"

#include "base/json.h"
#include "care/elder/known.h"
#include "care/family/family.h"
#include "care/message/message.h"
#include "care/parameter/parameter.h"
#include "http/file/file.h"
#include "model/history/access.h"

SQL(bonds_of_account);
SQL(bond_asked);
SQL(bond_open);
SQL(elder_of_account);

static struct sv label(const struct ctx *c, const struct choice *choices, int i)
{
    return sv_of(c->lang == LANG_EN ? choices[i].en : choices[i].zh);
}

/* --- /api/my --- */

MUST static enum err write_me(struct ctx *c, struct json *j, int64_t own_elder)
{
    struct account me;
    bool found;
    TRY(entity_load(c, &account_entity, c->who->account, &me, &found));
    json_object(j, "me");
    json_id(j, "account", c->who->account);
    if (found) {
        json_text(j, "name", me.name);
        json_text(j, "phone", mask_text(&c->mem, MASK_PHONE, me.phone));
    }
    if (own_elder)
        json_id(j, "elder", own_elder);
    json_end(j, '}');
    return ERR_NONE;
}

static void write_may(struct json *j, struct set may)
{
    json_array(j, "may");
    for (size_t i = 0; i < choices_n(bond_mays); i++)
        if (may.bits >> i & 1)
            json_text(j, NULL, sv_of(bond_mays[i].key));
    json_end(j, ']');
}

/* Where she lives, as far as an order and a search need it. */
MUST static enum err write_home(struct ctx *c, struct json *j, const struct elder *e)
{
    struct compound k;
    bool found = false;
    if (e->compound.n)
        TRY(entity_load(c, &compound_entity, e->compound.n, &k, &found));
    if (found) {
        json_id(j, "compound", k.id.n);
        json_text(j, "compound_name", k.name);
        json_fixed(j, "lat", k.lat.e7, 7);
        json_fixed(j, "lon", k.lon.e7, 7);
    }
    json_text(j, "address", mask_text(&c->mem, MASK_ADDRESS, e->address));
    return ERR_NONE;
}

MUST static enum err write_elder(struct ctx *c, struct json *j, const struct bond *b, int64_t id)
{
    struct elder e;
    int64_t days;
    bool found;
    TRY(entity_load(c, &elder_entity, id, &e, &found));
    if (!found || moment_known(e.row.ended_at))
        return ERR_NONE;
    json_object(j, NULL);
    json_id(j, "id", e.id.n);
    json_text(j, "name", e.name);
    json_text(j, "relation", sv_of(b ? relation_kinds[b->relation].key : "self"));
    json_text(j, "relation_name", b ? label(c, relation_kinds, b->relation)
                                    : c->lang == LANG_EN ? SV("myself") : SV("本人"));
    if (b) {
        json_id(j, "bond", b->id.n);
        json_int(j, "version", b->row.version);
    }
    write_may(j, b ? b->may : (struct set){ 15 });
    TRY(parameter_int(c, "my.renew_days", e.row.scope, day_of(c->now), &days));
    json_int(j, "renew_days", days);
    TRY(write_home(c, j, &e));
    json_end(j, '}');
    return ERR_NONE;
}

/* What has been asked and not yet agreed to shows no more than was typed: the relation. */
MUST static enum err write_asked(struct ctx *c, struct json *j, const struct bond *b)
{
    json_object(j, NULL);
    json_id(j, "bond", b->id.n);
    json_int(j, "version", b->row.version);
    json_text(j, "relation", sv_of(relation_kinds[b->relation].key));
    json_text(j, "relation_name", label(c, relation_kinds, b->relation));
    json_text(j, "state", sv_of(bond_states[b->state].key));
    json_moment(j, "asked_at", b->row.created_at);
    TRY(files_write(c, j, "papers", "bond", b->id.n));
    json_end(j, '}');
    return ERR_NONE;
}

enum { MY_BONDS_MAX = 20 };

MUST static enum err my_bonds(struct ctx *c, struct bond bonds[MY_BONDS_MAX], size_t *ret_n)
{
    int64_t ids[MY_BONDS_MAX];
    size_t n = 0;
    *ret_n = 0;
    struct rows r = db_rows(c, &sql_bonds_of_account, PARAMS(P_INT("account", c->who->account)));
    while (n < MY_BONDS_MAX && rows_next(&r))
        ids[n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        bool found;
        struct bond *b = &bonds[*ret_n];
        TRY(entity_load(c, &bond_entity, ids[i], b, &found));
        bool past = found && day_known(b->valid_until) && b->valid_until.n < day_of(c->now).n;
        *ret_n += found && !past;
    }
    return ERR_NONE;
}

static enum err my(struct ctx *c, const struct request *q, struct answer *a)
{
    struct bond bonds[MY_BONDS_MAX];
    size_t n;
    int64_t own = 0;
    struct json *j = &a->json;
    (void)q;
    TRY(db_int(c, &sql_elder_of_account, PARAMS(P_INT("account", c->who->account)), &own));
    TRY(my_bonds(c, bonds, &n));
    TRY(write_me(c, j, own));
    json_array(j, "elders");
    if (own)
        TRY(write_elder(c, j, NULL, own));
    for (size_t i = 0; i < n; i++)
        if (bonds[i].state == BOND_ACTIVE)
            TRY(write_elder(c, j, &bonds[i], bonds[i].elder.n));
    json_end(j, ']');
    json_array(j, "asked");
    for (size_t i = 0; i < n; i++)
        if (bonds[i].state == BOND_ASKED)
            TRY(write_asked(c, j, &bonds[i]));
    json_end(j, ']');
    return ERR_NONE;
}

/* --- finding her by what the family knows --- */

struct bond_in { struct sv name, id_number, phone; int relation; struct sv papers; };

static const struct field bond_in_fields[] = {
    FIELD(struct bond_in, name, .required = true, .high = 40, .zh = "老人姓名", .en = "Her name"),
    FIELD(struct bond_in, id_number, .high = 30, .zh = "证件号码", .en = "Document number"),
    FIELD(struct bond_in, phone, .high = 30, .zh = "电话", .en = "Phone"),
    CHOICE(struct bond_in, relation, relation_kinds, .zh = "我是老人的", .en = "I am her"),
    FIELD(struct bond_in, papers, .high = 200, .zh = "证明材料", .en = "Papers that prove it",
          .hint_zh = "先上传得到的编号，以逗号分隔", .hint_en = "ids of what was sent before, comma between"),
    { 0 },
};

static struct elder_said said_in(const struct bond_in *in)
{
    return (struct elder_said){ in->name, in->id_number, in->phone };
}

/* --- asking --- */

enum { PAPERS_MAX = 5 };

/* Sent before the request, so that its answer need not say which bond it belongs to. */
static enum err paper(struct ctx *c, const struct request *q, struct answer *a)
{
    return file_add(c, q, "account", c->who->account, PAPERS_MAX, a);
}

/*
 * What the request names, of the papers that lie with her account, goes to the bond. Without one
 * (0) they stay, and are swept away; but a wrong name is a fault either way.
 */
MUST static enum err take_papers(struct ctx *c, struct sv names, int64_t bond)
{
    int64_t mine = c->who->account;
    struct sv name;
    for (int n = 0; n < PAPERS_MAX && sv_cut(&names, ',', &name); n++) {
        int64_t id;
        bool moved = sv_int(sv_trim(name), 1, INT64_MAX, &id);
        if (moved)
            TRY(file_move(c, id, "account", mine, bond ? "bond" : "account", bond ? bond : mine,
                          &moved));
        if (!moved)
            fail_field(c, SV("papers"), "bond.paper");
    }
    return fail_fields(c);
}

/* *ret_bond is what she has asked for, now or before; 0 when there is nothing to ask. */
MUST static enum err ask_once(struct ctx *c, const struct bond_in *in, const struct elder *e,
                              int64_t *ret_bond)
{
    int64_t there;
    struct params whose = PARAMS(P_INT("account", c->who->account), P_INT("elder", e->id.n));
    TRY(db_int(c, &sql_bond_open, whose, &there));
    if (there || e->account.n == c->who->account)
        return db_int(c, &sql_bond_asked, whose, ret_bond);
    struct bond b = { .account = { c->who->account }, .elder = e->id, .relation = in->relation,
                      .may = { 1u << BOND_MAY_ORDER | 1u << BOND_MAY_RECORDS },
                      .state = BOND_ASKED, .valid_until = DAY_NONE };
    TRY(entity_create_by_rule(c, &bond_entity, &b));
    *ret_bond = b.id.n;
    if (e->phone.len == 0)
        return ERR_NONE;
    return message_send(c, &(struct message_new){
        .kind = TELL_BOND_ASKED, .account = e->account, .elder = e->id, .to_elder = true,
        .phone = e->phone, .scope = e->row.scope,
        .once = sv_fmt(&c->mem, "bond.asked/%lld", (long long)b.id.n) });
}

/* The answer is the same whether she is in the register or not: nobody learns who is. */
static enum err ask(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct bond_in *in = q->body;
    struct elder e;
    int64_t bond = 0;
    bool found;
    TRY(elder_known(c, said_in(in), &e, &found));
    if (found)
        TRY(ask_once(c, in, &e, &bond));
    TRY(take_papers(c, in->papers, bond));
    json_text(&a->json, "state", SV("asked"));
    json_text(&a->json, "text", c->lang == LANG_EN
        ? SV("If this is as registered, she or the station will be asked for her consent.")
        : SV("如果与登记信息一致，驿站会请老人本人确认；三天没有消息请到站办理。"));
    return ERR_NONE;
}

/* --- that is me --- */

/*
 * The registered telephone (proved by the code one signed in with), the document number and the
 * name together are enough; whoever lacks one of them goes to the counter.
 */
static enum err that_is_me(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct bond_in *in = q->body;
    struct account me;
    struct elder e;
    bool found = false, have;
    TRY(entity_load(c, &account_entity, c->who->account, &me, &have));
    if (in->id_number.len)
        TRY(elder_known(c, said_in(in), &e, &found));
    bool mine = have && found && !e.account.n && e.phone.len &&
                sv_eq(phone_normal(&c->mem, e.phone), phone_normal(&c->mem, me.phone));
    if (mine) {
        e.account = (struct account_id){ c->who->account };
        TRY(entity_update_by_rule(c, &elder_entity, &e, e.row.version, "link_account"));
    }
    json_bool(&a->json, "linked", mine);
    if (!mine)
        json_text(&a->json, "text", c->lang == LANG_EN
            ? SV("Please bring your document to the station, where we link it for you.")
            : SV("请带证件到驿站，由工作人员核验后办理。"));
    return ERR_NONE;
}

/* --- who looked --- */

static void write_look(struct ctx *c, struct json *j, const struct access_log *l)
{
    int role = 0;
    bool known = choice_of(role_choices, l->role, &role);
    json_object(j, NULL);
    json_id(j, "elder", l->elder.n);
    json_moment(j, "at", l->row.created_at);
    json_text(j, "role", l->role);
    if (known)
        json_text(j, "role_name", label(c, role_choices, role));
    if (l->org)
        json_id(j, "org", l->org);
    json_text(j, "what", l->what);
    if (l->reason.len)
        json_text(j, "reason", l->reason);
    json_end(j, '}');
}

MUST static enum err write_looks(struct ctx *c, struct json *j, int64_t elder)
{
    struct list rows;
    TRY(access_of(c, elder, &rows));
    const struct access_log *l = rows.at;
    for (size_t i = 0; i < rows.n; i++)
        write_look(c, j, &l[i]);
    return ERR_NONE;
}

static enum err my_access(struct ctx *c, const struct request *q, struct answer *a)
{
    struct bond bonds[MY_BONDS_MAX];
    size_t n;
    int64_t own = 0;
    (void)q;
    TRY(db_int(c, &sql_elder_of_account, PARAMS(P_INT("account", c->who->account)), &own));
    TRY(my_bonds(c, bonds, &n));
    json_array(&a->json, "items");
    if (own)
        TRY(write_looks(c, &a->json, own));
    for (size_t i = 0; i < n; i++)
        if (bonds[i].state == BOND_ACTIVE && bonds[i].may.bits >> BOND_MAY_RECORDS & 1)
            TRY(write_looks(c, &a->json, bonds[i].elder.n));
    json_end(&a->json, ']');
    return ERR_NONE;
}

const struct endpoint my_endpoints[] = {
    { .verb = GET, .path = "/api/my", .run = my, .lane = READS, .may = MAY_BE_CITIZEN,
      .gives = my_gives, .zh = "我和我照顾的人", .en = "Me and whom I care for" },
    { .verb = POST, .path = "/api/my/bond", .run = ask, .lane = WRITES, .may = MAY_BE_CITIZEN,
      .takes = bond_in_fields, .takes_size = sizeof(struct bond_in), .per_minute = 5,
      .gives = bond_asked_gives, .zh = "申请亲属绑定", .en = "Ask to be bound" },
    { .verb = POST, .path = "/api/my/paper", .run = paper, .hash = file_keep_sealed,
      .lane = HASHES, .may = MAY_BE_CITIZEN, .raw = true, .per_minute = 10,
      .query = file_told_fields, .query_size = sizeof(struct file_told),
      .gives = file_fields, .zh = "上传证明材料", .en = "Send a paper for a request to be bound" },
    { .verb = POST, .path = "/api/elder/{id}/bond", .run = counter_bond_post, .lane = WRITES,
      .may = MAY_WRITE_REGISTER, .takes = counter_bond_fields,
      .takes_size = sizeof(struct counter_bond), .gives = bond_made_gives,
      .zh = "登记亲属绑定", .en = "Bind a relative at the counter" },
    { .verb = POST, .path = "/api/my/elder", .run = that_is_me, .lane = WRITES,
      .may = MAY_BE_CITIZEN, .takes = bond_in_fields, .takes_size = sizeof(struct bond_in),
      .per_minute = 5, .gives = linked_gives,
      .zh = "本人档案", .en = "That record is mine" },
    { .verb = GET, .path = "/api/my/access", .run = my_access, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = looks_gives, .zh = "谁看过", .en = "Who looked" },
    { 0 },
};
