/* account.c - accounts and grants as tables, and the separation of duties over them. */

#include "model/who/account.h"
#include "model/inside.h"

#include <string.h>

SQL(roles_held);

const struct choice account_kinds[] = {
    { "citizen", "居民", "Citizen" }, { "staff", "工作人员", "Staff" }, { 0 },
};
const struct choice account_states[] = {
    { "active", "正常", "Active" }, { "locked", "锁定", "Locked" }, { "ended", "停用", "Ended" }, { 0 },
};

const struct field account_fields[] = {
    ROW_FIELDS(struct account),
    CHOICE(struct account, kind, account_kinds, .create_only = true, .filter = true, .brief = true,
           .zh = "账号类别", .en = "Kind"),
    CHOICE(struct account, state, account_states, .read_only = true, .filter = true, .brief = true,
           .zh = "状态", .en = "State"),
    FIELD(struct account, name, .class = MASKED, .mask = MASK_NAME, .required = true, .brief = true,
          .search = true, .low = 1, .high = 60, .zh = "姓名", .en = "Name"),
    FIELD(struct account, login, .filter = true, .brief = true, .high = 60, .zh = "登录名",
          .en = "Sign-in name"),
    FIELD(struct account, phone, .class = SEALED, .mask = MASK_PHONE, .filter = true, .brief = true,
          .search = true, .high = 20, .zh = "手机号", .en = "Phone"),
    LINK(struct account, elder, "elder", .read_only = true, .zh = "本人档案", .en = "Own record"),
    FIELD(struct account, password, .hidden = true, .read_only = true, .zh = "密码",
          .en = "Password"),
    FIELD(struct account, totp_secret, .class = SECRET, .hidden = true, .read_only = true,
          .zh = "动态口令密钥", .en = "Second factor's key"),
    FIELD(struct account, totp_on, .read_only = true, .zh = "动态口令", .en = "Second factor"),
    FIELD(struct account, failed_tries, .read_only = true, .zh = "连续失败次数",
          .en = "Failed tries"),
    FIELD(struct account, locked_until, .read_only = true, .zh = "锁定至", .en = "Locked until"),
    FIELD(struct account, last_sign_in_at, .read_only = true, .zh = "上次登录",
          .en = "Last sign-in"),
    { 0 },
};

static const struct index account_indexes[] = {
    { .name = "login", .columns = "login", .unique = true,
      .where = "login IS NOT NULL AND ended_at IS NULL", .message = "account.login_taken" },
    { .name = "phone", .columns = "phone", .unique = true,
      .where = "kind = 'citizen' AND ended_at IS NULL", .message = "account.phone_taken" },
    { 0 },
};

static const struct sort account_sorts[] = {
    { "created", "created_at", true, "建立时间", "Created" },
    { "login", "login", false, "登录名", "Sign-in name" },
    { 0 },
};

struct sv account_login_normal(struct arena *mem, struct sv login)
{
    struct sv s = sv_copy(mem, sv_trim(login));
    char *at = (char *)s.at;
    for (size_t i = 0; i < s.len; i++)
        if (at[i] >= 'A' && at[i] <= 'Z')
            at[i] = (char)(at[i] + ('a' - 'A'));
    return s;
}

static enum err account_rules(struct ctx *c, const void *before, void *row)
{
    (void)before;
    struct account *a = row;
    a->login = account_login_normal(&c->mem, a->login);
    if (a->kind == ACCOUNT_STAFF && a->login.len == 0)
        fail_field(c, SV("login"), "account.login_required");
    if (a->kind == ACCOUNT_CITIZEN && a->phone.len == 0)
        fail_field(c, SV("phone"), "account.phone_required");
    return ERR_NONE;
}

const struct entity account_entity = {
    .name = "account", .zh = "账号", .en = "Account", .size = sizeof(struct account),
    .fields = account_fields, .indexes = account_indexes, .sorts = account_sorts, .title = "name",
    .reads = MAY_READ_ACCOUNTS, .writes = MAY_MANAGE_ACCOUNTS, .seen_by_own = "id = $",
    .menu = "system", .rules = account_rules,
};

const struct field access_grant_fields[] = {
    ROW_FIELDS(struct access_grant),
    LINK(struct access_grant, account, "account", .required = true, .create_only = true,
         .filter = true, .brief = true, .zh = "账号", .en = "Account"),
    CHOICE(struct access_grant, role, role_choices, .create_only = true, .filter = true,
           .brief = true, .zh = "角色", .en = "Role"),
    FIELD(struct access_grant, low, .low = 0, .high = 999999999999, .zh = "辖区起",
          .en = "Scope from"),
    FIELD(struct access_grant, high, .low = 0, .high = 999999999999, .zh = "辖区止",
          .en = "Scope to"),
    LINK(struct access_grant, org, "organisation", .filter = true, .zh = "机构",
         .en = "Organisation"),
    LINK(struct access_grant, carer, "carer", .filter = true, .zh = "护理员", .en = "Carer"),
    LINK(struct access_grant, elder, "elder", .filter = true, .zh = "老年人", .en = "Elder"),
    FIELD(struct access_grant, valid_from, .brief = true, .zh = "生效日期", .en = "Valid from"),
    FIELD(struct access_grant, valid_to, .brief = true, .zh = "失效日期", .en = "Valid to"),
    FIELD(struct access_grant, letter, .brief = true, .high = 60, .zh = "函号",
          .en = "Letter number"),
    { 0 },
};

static const struct index access_grant_indexes[] = {
    { .name = "account", .columns = "account, role" },
    { 0 },
};

static const struct sort access_grant_sorts[] = {
    { "created", "created_at", true, "建立时间", "Created" },
    { 0 },
};

/* Nobody holds two roles that must lie with two people. */
static enum err apart_check(struct ctx *c, const struct access_grant *g)
{
    struct rows r = db_rows(c, &sql_roles_held,
                            PARAMS(P_INT("account", g->account.n), P_INT("id", g->id.n),
                                   P_INT("today", day_of(c->now).n)));
    while (rows_next(&r)) {
        int held;
        if (choice_of(role_choices, rows_text(&r, 0), &held)
            && !roles_compatible((enum role)held, (enum role)g->role))
            fail_field_args(c, SV("role"), "grant.apart", sv_of(role_choices[held].zh),
                            sv_of(role_choices[g->role].zh));
    }
    return rows_end(&r);
}

static enum err access_grant_rules(struct ctx *c, const void *before, void *row)
{
    (void)before;
    const struct access_grant *g = row;
    enum sees sees = roles[g->role].sees;
    if (g->high < g->low)
        fail_field(c, SV("high"), "grant.range");
    if (sees == SEES_ORG && !g->org.n)
        fail_field(c, SV("org"), "field.required");
    if (sees == SEES_CARER && !g->carer.n)
        fail_field(c, SV("carer"), "field.required");
    if (!roles[g->role].writes && (g->letter.len == 0 || !day_known(g->valid_to)))
        fail_field(c, SV("letter"), "grant.letter");
    if (!who_is_house(c) && c->who && c->who->account == g->account.n)
        fail_field(c, SV("account"), "grant.oneself");
    return apart_check(c, g);
}

const struct entity access_grant_entity = {
    .name = "access_grant", .zh = "授权", .en = "Grant", .kind = ENTITY_ORDINARY,
    .size = sizeof(struct access_grant), .fields = access_grant_fields,
    .indexes = access_grant_indexes, .sorts = access_grant_sorts,
    .reads = MAY_MANAGE_GRANTS, .writes = MAY_MANAGE_GRANTS, .menu = "system",
    .rules = access_grant_rules,
};
