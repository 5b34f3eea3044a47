/* session.c - staff sign in: password, second factor, role. */

#include "care/account/inside.h"
#include "care/parameter/parameter.h"
#include "print/qr.h"

SQL(account_by_login);
SQL(account_failed);
SQL(account_signed_in);
SQL(account_grants);
SQL(totp_use);
SQL(org_name);

/* --- sessions --- */

enum err sign_in_as(struct ctx *c, const struct request *q, struct answer *a, int64_t account,
                    enum role role, bool weak)
{
    struct sv token;
    if (c->who && c->who->session)
        TRY(session_close(c, c->who->session));
    TRY(session_open(c, &(struct session_new){ .account = account, .role = role, .weak = weak,
                                               .agent = q->agent }, &token));
    a->cookie = session_cookie(c, token);
    return ERR_NONE;
}

enum err caller_account(struct ctx *c, struct account *ret_account)
{
    bool found = false;
    if (!c->who || !c->who->account)
        return fail(c, ERR_SIGN_IN, "who.sign_in", "nobody is signed in");
    TRY(entity_load(c, &account_entity, c->who->account, ret_account, &found));
    return found ? ERR_NONE : fail(c, ERR_SIGN_IN, "who.sign_in", "account is gone");
}

enum err first_role(struct ctx *c, int64_t account, enum role *ret_role, bool *ret_found)
{
    int role = 0;
    struct rows r = db_rows(c, &sql_account_grants, PARAMS(
        P_INT("account", account), P_INT("today", day_of(c->now).n)));
    *ret_found = rows_next(&r) && choice_of(role_choices, rows_text(&r, 1), &role);
    TRY(rows_end(&r));
    *ret_role = (enum role)role;
    return ERR_NONE;
}

/* --- by password --- */

/* What the hashers found out, for the writer. */
struct checked { int64_t account; bool right; };

static const struct sign_in *sent(const struct request *q)
{
    return q->body;
}

struct login_row {
    int64_t id, tries;
    struct sv password, state;
    struct moment locked_until;
    bool totp_on;
};

MUST static enum err login_find(struct ctx *c, struct sv login, struct login_row *ret_row,
                                bool *ret_found)
{
    struct sv normal = account_login_normal(&c->mem, login);
    struct rows r = db_rows(c, &sql_account_by_login, PARAMS(P_TEXT("login", normal)));
    *ret_found = rows_next(&r);
    if (*ret_found)
        *ret_row = (struct login_row){ .id = rows_int(&r, 0), .password = rows_text(&r, 1),
                                       .locked_until = { rows_int(&r, 2) },
                                       .state = rows_text(&r, 3), .tries = rows_int(&r, 4),
                                       .totp_on = rows_int(&r, 5) != 0 };
    return rows_end(&r);
}

enum err password_sign_in_hash(struct ctx *c, struct request *q)
{
    struct login_row row = { 0 };
    bool found;
    TRY(login_find(c, sent(q)->login, &row, &found));
    struct checked *k = NEW(&c->mem, struct checked, 1);
    k->right = password_right(c, found ? row.password : SV(""), sent(q)->password);
    k->account = found ? row.id : 0;
    q->hashed = k;
    return ERR_NONE;
}

MUST static enum err wrong(struct ctx *c, struct answer *a, const struct login_row *row)
{
    if (row) {
        int64_t wait_s = lock_seconds(row->tries + 1);
        struct moment until = { wait_s ? c->now.ms + wait_s * 1000 : 0 };
        TRY(db_run(c, &sql_account_failed, PARAMS(P_INT("id", row->id), P_ID("until", until.ms)),
                   NULL));
    }
    enum err err = fail(c, ERR_SIGN_IN, "account.wrong", "wrong name or password");
    return answer_refuse(c, a, err);
}

MUST static enum err locked(struct ctx *c, const struct login_row *row)
{
    int64_t left_s = (row->locked_until.ms - c->now.ms + 999) / 1000;
    c->fault.retry_after_s = (int)left_s;
    enum err err =
        fail(c, ERR_TOO_MANY, "account.locked", "account %lld is locked", (long long)row->id);
    c->fault.retry_after_s = (int)left_s;
    c->fault.arg0 = sv_fmt(&c->mem, "%lld", (long long)((left_s + 59) / 60));
    return err;
}

/* What is owed after the right password: the second factor, or its enrolment. */
MUST static enum err second_step(struct ctx *c, struct answer *a, const struct login_row *row,
                                 bool *ret_weak)
{
    int64_t required = 0;
    TRY(parameter_int(c, "account.totp_required", 0, day_of(c->now), &required));
    *ret_weak = row->totp_on || required;
    if (row->totp_on)
        json_bool(&a->json, "need_totp", true);
    else if (required)
        json_bool(&a->json, "enrol_totp", true);
    return ERR_NONE;
}

enum err password_sign_in(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct checked *k = q->hashed;
    struct login_row row = { 0 };
    bool found, held, weak;
    enum role role;
    TRY(login_find(c, sent(q)->login, &row, &found));
    if (!found || row.id != k->account)
        return wrong(c, a, NULL);
    if (row.locked_until.ms > c->now.ms)
        return locked(c, &row);
    if (!k->right)
        return wrong(c, a, &row);
    TRY(first_role(c, row.id, &role, &held));
    if (!held || !sv_is(row.state, "active"))
        return fail(c, ERR_FORBIDDEN, "account.no_role", "account %lld may not act",
                    (long long)row.id);
    TRY(db_run(c, &sql_account_signed_in, PARAMS(P_INT("id", row.id), P_INT("now", c->now.ms)),
               NULL));
    TRY(second_step(c, a, &row, &weak));
    return sign_in_as(c, q, a, row.id, role, weak);
}

/* --- second factor --- */

MUST static enum err totp_once(struct ctx *c, int64_t account, int64_t step)
{
    int64_t changed;
    TRY(db_run(c, &sql_totp_use, PARAMS(P_INT("account", account), P_INT("step", step)), &changed));
    return changed ? ERR_NONE : fail(c, ERR_SIGN_IN, "account.code_used", "a code came twice");
}

MUST static enum err totp_wrong(struct ctx *c, struct answer *a, const struct account *of)
{
    struct login_row row = { .id = of->id.n, .tries = of->failed_tries };
    int64_t wait_s = lock_seconds(row.tries + 1);
    struct moment until = { wait_s ? c->now.ms + wait_s * 1000 : 0 };
    TRY(db_run(c, &sql_account_failed, PARAMS(P_INT("id", row.id), P_ID("until", until.ms)), NULL));
    return answer_refuse(c, a, fail(c, ERR_SIGN_IN, "account.code_wrong", "a wrong second factor"));
}

enum err totp_sign_in(struct ctx *c, const struct request *q, struct answer *a)
{
    struct account me;
    int64_t step = 0;
    TRY(caller_account(c, &me));
    if (me.locked_until.ms > c->now.ms)
        return locked(c, &(struct login_row){ .id = me.id.n, .locked_until = me.locked_until });
    const struct code_in *in = q->body;
    if (!totp_right(me.totp_secret, sv_trim(in->code), c->now, &step))
        return totp_wrong(c, a, &me);
    TRY(totp_once(c, me.id.n, step));
    if (!me.totp_on) {                     /* the first right code ends the enrolment */
        me.totp_on = true;
        TRY(entity_update_by_rule(c, &account_entity, &me, me.row.version, "totp_on"));
    }
    TRY(db_run(c, &sql_account_signed_in, PARAMS(P_INT("id", me.id.n), P_INT("now", c->now.ms)),
               NULL));
    json_bool(&a->json, "done", true);
    return sign_in_as(c, q, a, me.id.n, c->who->role, false);
}

/* A new key is shown once; it counts when a code of it has come. */
enum err totp_enrol(struct ctx *c, const struct request *q, struct answer *a)
{
    struct account me;
    (void)q;
    TRY(caller_account(c, &me));
    if (me.totp_on)
        return fail(c, ERR_CONFLICT, "account.totp_there", "account %lld has a second factor",
                    (long long)me.id.n);
    me.totp_secret = totp_secret_new(&c->mem);
    TRY(entity_update_by_rule(c, &account_entity, &me, me.row.version, "totp_enrol"));
    json_text(&a->json, "secret", me.totp_secret);
    int side;
    struct sv otpauth = sv_fmt(&c->mem, "otpauth://totp/Yike:%.*s?secret=%.*s&issuer=Yike",
                               SV_ARG(me.login), SV_ARG(me.totp_secret));
    struct sv path = qr_path(&c->mem, otpauth, &side);
    json_text(&a->json, "otpauth", otpauth);
    json_text(&a->json, "qr_path", path);
    json_int(&a->json, "qr_side", side);
    return ERR_NONE;
}

/* --- the session itself --- */

static void write_rights(struct json *j, enum role role)
{
#define RIGHT_NAME(name, text) #name,
    static const char *const names[] = { RIGHT_LIST(RIGHT_NAME) };
#undef RIGHT_NAME
    json_array(j, "rights");
    for (int r = 0; r < RIGHT_COUNT; r++)
        if (role_may(role, (enum right)r))
            json_text(j, NULL, sv_of(names[r]));
    json_end(j, ']');
}

static struct sv role_name(const struct ctx *c, int role)
{
    return sv_of(c->lang == LANG_EN ? role_choices[role].en : role_choices[role].zh);
}

MUST static enum err write_roles(struct ctx *c, struct json *j)
{
    struct rows r = db_rows(c, &sql_account_grants, PARAMS(
        P_INT("account", c->who->account), P_INT("today", day_of(c->now).n)));
    json_array(j, "roles");
    while (rows_next(&r)) {
        int role = 0;
        (void)choice_of(role_choices, rows_text(&r, 1), &role);
        json_object(j, NULL);
        json_id(j, "grant", rows_int(&r, 0));
        json_text(j, "role", sv_of(role_choices[role].key));
        json_text(j, "name", role_name(c, role));
        if (rows_int(&r, 2))
            json_text(j, "org_title", rows_text(&r, 3));
        if (rows_int(&r, 4))
            json_text(j, "area", rows_text(&r, 5));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

MUST static enum err write_org(struct ctx *c, struct json *j)
{
    if (c->who->carer)
        json_id(j, "carer", c->who->carer);
    if (!c->who->org)
        return ERR_NONE;
    struct rows r = db_rows(c, &sql_org_name, PARAMS(P_INT("id", c->who->org)));
    json_id(j, "org", c->who->org);
    if (rows_next(&r))
        json_text(j, "org_title", rows_text(&r, 0));
    return rows_end(&r);
}

/* Password right, the rest owed: nothing but what is owed. */
MUST static enum err write_weak(struct ctx *c, struct json *j)
{
    struct account me;
    TRY(caller_account(c, &me));
    json_text(j, "csrf", c->who->csrf);
    json_bool(j, me.totp_on ? "need_totp" : "enrol_totp", true);
    return ERR_NONE;
}

enum err session_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct json *j = &a->json;
    (void)q;
    if (!c->who)
        return ERR_NONE;
    if (c->who->weak)
        return write_weak(c, j);
    json_id(j, "account", c->who->account);
    json_text(j, "name", c->who->name);
    json_text(j, "role", sv_of(role_choices[c->who->role].key));
    json_text(j, "role_name", role_name(c, (int)c->who->role));
    json_text(j, "csrf", c->who->csrf);
    json_int(j, "idle_min", roles[c->who->role].idle_min);
    if (c->who->letter.len)
        json_text(j, "letter", c->who->letter);
    if (c->who->ranges_n)
        json_text(j, "division", sv_fmt(&c->mem, "%lld", (long long)c->who->ranges[0].low));
    write_rights(j, c->who->role);
    TRY(write_org(c, j));
    return write_roles(c, j);
}

enum err session_role(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct role_in *in = q->body;
    int role = -1;
    struct rows r = db_rows(c, &sql_account_grants, PARAMS(
        P_INT("account", c->who->account), P_INT("today", day_of(c->now).n)));
    while (rows_next(&r))
        if (rows_int(&r, 0) == in->grant.n)
            (void)choice_of(role_choices, rows_text(&r, 1), &role);
    TRY(rows_end(&r));
    if (role < 0)
        return fail(c, ERR_MISSING, "account.no_grant", "no such grant of account %lld",
                    (long long)c->who->account);
    json_text(&a->json, "role", sv_of(role_choices[role].key));
    return sign_in_as(c, q, a, c->who->account, (enum role)role, false);
}

enum err session_delete(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    if (c->who && c->who->session)
        TRY(session_close(c, c->who->session));
    a->cookie = session_cookie(c, SV(""));
    json_bool(&a->json, "done", true);
    return ERR_NONE;
}
