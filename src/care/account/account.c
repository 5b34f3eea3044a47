/* account.c - passwords changed, accounts unlocked, grants ended; the module's tables. */

#include "care/account/inside.h"
#include "care/elder/elder.h"


const struct field sign_in_fields[] = {
    FIELD(struct sign_in, login, .required = true, .high = 60, .zh = "登录名", .en = "Sign-in name"),
    FIELD(struct sign_in, password, .required = true, .high = PASSWORD_LENGTH_MAX, .zh = "密码",
          .en = "Password"),
    { 0 },
};

const struct field code_only_fields[] = {
    FIELD(struct code_in, code, .required = true, .high = 8, .zh = "验证码", .en = "Code"), { 0 },
};

const struct field phone_only_fields[] = {
    FIELD(struct code_in, phone, .required = true, .high = 30, .check = phone_check, .zh = "手机号",
          .en = "Phone"),
    { 0 },
};

const struct field phone_code_fields[] = {
    FIELD(struct code_in, phone, .required = true, .high = 30, .check = phone_check, .zh = "手机号",
          .en = "Phone"),
    FIELD(struct code_in, code, .required = true, .high = 8, .zh = "验证码", .en = "Code"),
    { 0 },
};

const struct field role_in_fields[] = {
    LINK(struct role_in, grant, "access_grant", .required = true, .zh = "授权", .en = "Grant"), { 0 },
};

const struct field password_change_fields[] = {
    FIELD(struct password_in, old, .required = true, .high = PASSWORD_LENGTH_MAX, .zh = "原密码",
          .en = "Old password"),
    FIELD(struct password_in, new, .required = true, .high = PASSWORD_LENGTH_MAX, .zh = "新密码",
          .en = "New password"),
    { 0 },
};

const struct field password_set_fields[] = {
    FIELD(struct password_in, new, .required = true, .high = PASSWORD_LENGTH_MAX, .zh = "新密码",
          .en = "New password"),
    { 0 },
};

/* --- passwords --- */

struct hashed { bool right; struct sv hash; };

MUST static enum err hash_new(struct ctx *c, struct request *q, const struct account *of,
                              bool right)
{
    const struct password_in *in = q->body;
    struct hashed *h = NEW(&c->mem, struct hashed, 1);
    const char *fault = password_fault(in->new, of->login);
    if (fault)
        fail_field(c, SV("new"), fault);
    TRY(fail_fields(c));
    h->right = right;
    TRY(password_hash(c, in->new, &h->hash));
    q->hashed = h;
    return ERR_NONE;
}

enum err password_change_hash(struct ctx *c, struct request *q)
{
    struct account me;
    const struct password_in *in = q->body;
    TRY(caller_account(c, &me));
    return hash_new(c, q, &me, password_right(c, me.password, in->old));
}

/* All other sessions of the account end with its old password. */
MUST static enum err password_store(struct ctx *c, struct account *of, struct sv hash)
{
    of->password = hash;
    TRY(entity_update_by_rule(c, &account_entity, of, of->row.version, "password"));
    return session_close_all(c, of->id.n);
}

enum err password_change(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct hashed *h = q->hashed;
    struct account me;
    TRY(caller_account(c, &me));
    if (!h->right) {
        fail_field(c, SV("old"), "account.old_wrong");
        return fail_fields(c);
    }
    TRY(password_store(c, &me, h->hash));
    json_bool(&a->json, "done", true);
    return sign_in_as(c, q, a, me.id.n, c->who->role, false);
}

MUST static enum err account_in_path(struct ctx *c, const struct request *q,
                                     struct account *ret_account)
{
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    return entity_get(c, &account_entity, id, ret_account);
}

enum err password_set_hash(struct ctx *c, struct request *q)
{
    struct account other;
    TRY(account_in_path(c, q, &other));
    return hash_new(c, q, &other, true);
}

enum err password_set(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct hashed *h = q->hashed;
    struct account other;
    TRY(account_in_path(c, q, &other));
    TRY(password_store(c, &other, h->hash));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

/* --- the security administrator --- */

enum err account_unlock(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct account other;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_load(c, &account_entity, id, &other, &found));
    if (!found)
        return fail(c, ERR_MISSING, "missing", "no account %lld", (long long)id);
    other.failed_tries = 0;
    other.locked_until = (struct moment){ 0 };
    if (other.state == ACCOUNT_LOCKED)
        other.state = ACCOUNT_ACTIVE;
    TRY(entity_update_by_rule(c, &account_entity, &other, other.row.version, "unlock"));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

/* A grant ends now: today it no longer counts, and whoever used it signs in again. */
enum err grant_end(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct access_grant g;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &access_grant_entity, id, &g));
    g.row.ended_at = c->now;
    TRY(entity_update(c, &access_grant_entity, &g, g.row.version, "end"));
    TRY(session_close_all(c, g.account.n));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}

/* --- the module --- */

#define TAKES(T, table) .takes = table, .takes_size = sizeof(struct T)

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/session", .run = session_get, .lane = READS, .may = MAY_ANYONE,
      .gives = session_gives,
      .zh = "当前登录", .en = "Who is signed in" },
    { .verb = POST, .path = "/api/session", .run = password_sign_in, .lane = HASHES,
      .may = MAY_ANYONE, .hash = password_sign_in_hash, TAKES(sign_in, sign_in_fields),
      .no_csrf = true, .per_minute = 30, .gives = signed_in_gives,
      .zh = "密码登录", .en = "Sign in by password" },
    { .verb = POST, .path = "/api/session/totp", .run = totp_sign_in, .lane = WRITES,
      .may = MAY_ANYONE, TAKES(code_in, code_only_fields), .per_minute = 20, .gives = done_gives,
      .zh = "动态口令",
      .en = "Second factor" },
    { .verb = POST, .path = "/api/session/code", .run = code_send, .lane = WRITES,
      .may = MAY_ANYONE, TAKES(code_in, phone_only_fields), .no_csrf = true, .per_minute = 10,
      .gives = code_sent_gives,
      .zh = "发送验证码", .en = "Send a code" },
    { .verb = POST, .path = "/api/session/phone", .run = code_sign_in, .lane = WRITES,
      .may = MAY_ANYONE, TAKES(code_in, phone_code_fields), .no_csrf = true, .per_minute = 20,
      .gives = signed_in_gives,
      .zh = "验证码登录", .en = "Sign in by code" },
    { .verb = POST, .path = "/api/session/role", .run = session_role, .lane = WRITES,
      .may = MAY_SIGNED_IN, TAKES(role_in, role_in_fields), .gives = role_taken_gives,
      .zh = "切换角色", .en = "Change role" },
    { .verb = DELETE, .path = "/api/session", .run = session_delete, .lane = WRITES,
      .may = MAY_ANYONE, .gives = done_gives,
      .zh = "退出", .en = "Sign out" },
    { .verb = POST, .path = "/api/account/totp", .run = totp_enrol, .lane = WRITES,
      .may = MAY_ANYONE, .per_minute = 10, .gives = totp_gives,
      .zh = "启用动态口令", .en = "Enrol a second factor" },
    { .verb = POST, .path = "/api/account/password", .run = password_change, .lane = HASHES,
      .may = MAY_SIGNED_IN, .hash = password_change_hash,
      TAKES(password_in, password_change_fields), .per_minute = 10, .gives = done_gives,
      .zh = "修改密码",
      .en = "Change my password" },
    { .verb = POST, .path = "/api/account/{id}/password", .run = password_set, .lane = HASHES,
      .may = MAY_MANAGE_ACCOUNTS, .hash = password_set_hash,
      TAKES(password_in, password_set_fields), .gives = done_gives,
      .zh = "设置密码", .en = "Set a password" },
    { .verb = POST, .path = "/api/account/{id}/unlock", .run = account_unlock, .lane = WRITES,
      .may = MAY_MANAGE_GRANTS, .gives = done_gives,
      .zh = "解锁账号", .en = "Unlock an account" },
    { .verb = POST, .path = "/api/access_grant/{id}/end", .run = grant_end, .lane = WRITES,
      .may = MAY_MANAGE_GRANTS, .gives = done_gives, .zh = "收回授权", .en = "End a grant" },
    { 0 },
};

static const struct message messages[] = {
    { "account.wrong", "登录名或密码不对", "the name or the password is wrong" },
    { "account.locked", "连续输错，账号暂时锁定，请 {0} 分钟后再试，或请安全管理员解锁",
      "too many wrong tries: wait {0} minutes, or ask the security administrator" },
    { "account.no_role", "这个账号没有可用的角色，请联系安全管理员",
      "this account has no role; ask the security administrator" },
    { "account.no_grant", "没有这项授权", "there is no such grant" },
    { "account.code_wrong", "动态口令不对，请看手机上当前的六位数",
      "wrong code; enter the six digits shown now" },
    { "account.code_used", "这个动态口令刚用过，请等下一个", "this code was used; wait for the next" },
    { "account.totp_there", "已启用动态口令；要更换请联系安全管理员",
      "a second factor is there already" },
    { "account.hash", "系统繁忙，请稍后再试", "please try again in a moment" },
    { "account.old_wrong", "原密码不对", "the old password is wrong" },
    { "account.password_length", "密码至少 10 个字符，最多 128 字节",
      "a password has at least 10 characters, at most 128 bytes" },
    { "account.password_simple", "密码不能全是数字或同一个字符",
      "a password cannot be digits only or one character" },
    { "account.password_login", "密码不能包含登录名", "a password cannot contain the sign-in name" },
    { "code.wait", "验证码刚发送过，请一分钟后再试", "a code was just sent; wait a minute" },
    { "code.enough", "今天发送的验证码太多，请明天再试或到站办理",
      "too many codes today; try tomorrow or come to the station" },
    { "code.wrong", "验证码不对或已过期，请重新获取", "wrong or old code; ask for another" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "account.totp_required", "1", "", "工作人员登录必须使用动态口令（1 是，0 否）",
      "staff must use a second factor (1 yes, 0 no)", "系统默认值，待核" },
    { 0 },
};

static const struct column totp_columns[] = {
    { .name = "account", .type = VALUE_INT, .not_null = true },
    { .name = "step", .type = VALUE_INT, .not_null = true },
};

static const struct column code_columns[] = {
    { .name = "phone", .type = VALUE_TEXT, .not_null = true },
    { .name = "code", .type = VALUE_TEXT, .not_null = true },
    { .name = "sent_at", .type = VALUE_INT, .not_null = true },
    { .name = "tries", .type = VALUE_INT, .not_null = true },
    { .name = "day", .type = VALUE_INT, .not_null = true },
    { .name = "sent", .type = VALUE_INT, .not_null = true },
};

static const struct table tables[] = {
    { .name = "totp_last", .columns = totp_columns, .columns_n = 2 },
    { .name = "phone_code", .columns = code_columns, .columns_n = 6 },
    { 0 },
};

const struct module account_module = {
    .name = "account", .endpoints = endpoints, .messages = messages, .parameters = parameters,
    .tables = tables,
};
