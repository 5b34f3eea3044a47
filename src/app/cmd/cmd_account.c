/* cmd_account.c - yike account: who may sign in, from the machine itself; the first one of a house.
 */

#include "app/cmd/command.h"

#include "care/account/account.h"
#include "care/division/division.h"
#include "model/seal/seal.h"

#include <stdio.h>

SQL(account_to_grant);
SQL(organisation_by_name);
SQL(organisation_scope);

/* What was asked for, and the password that is shown once ("" when the account was there). */
struct account_asked {
    struct sv login, role, name, scope, org;
    struct sv password;
    int64_t   home;              /* the division whose administrators see the account */
};

static enum err fault(struct ctx *c, const char *field, const char *key)
{
    fail_field(c, sv_of(field), key);
    return fail_fields(c);
}

/* Eighteen characters a person can copy from paper; she is asked for her own at the counter. */
static struct sv password_make(struct ctx *c)
{
    struct sv hex = seal_random_hex(&c->mem, 9);
    struct buf b = buf_new(&c->mem, 24);
    buf_text(&b, "Yk");
    buf_put(&b, sv_head(hex, 8));
    buf_byte(&b, '-');
    buf_put(&b, sv_from(hex, 8));
    return buf_sv(&b);
}

static enum err account_find_or_make(struct ctx *c, struct account_asked *asked, int64_t *ret_id)
{
    struct account a;
    TRY(db_int(c, &sql_account_to_grant, PARAMS(P_TEXT("login", asked->login)), ret_id));
    if (*ret_id)
        return ERR_NONE;
    record_clear(account_fields, &a);
    a.kind = ACCOUNT_STAFF;
    a.login = asked->login;
    a.row.scope = asked->home;
    a.name = asked->name.len ? asked->name : asked->login;
    asked->password = password_make(c);
    TRY(password_hash(c, asked->password, &a.password));
    TRY(entity_create(c, &account_entity, &a));
    *ret_id = a.id.n;
    return ERR_NONE;
}

/* An account for a code that no division has would see nothing and nobody would know why. */
static enum err code_known(struct ctx *c, struct sv text, int64_t code)
{
    struct division d;
    bool found;
    TRY(division_of_code(c, code, &d, &found));
    if (found)
        return ERR_NONE;
    fail_field_args(c, SV("scope"), "account.scope_unknown", text, SV(""));
    return fail_fields(c);
}

/* The area or the organisation that the role sees; each is asked for by the role that needs it. */
static enum err sight_fill(struct ctx *c, struct account_asked *asked, struct access_grant *g)
{
    int64_t code;
    enum sees sees = roles[g->role].sees;
    if (sees == SEES_SCOPE) {
        if (!division_code_of(asked->scope, &code))
            return fault(c, "scope", "account.scope");
        TRY(code_known(c, asked->scope, code));
        struct scope_range range = division_range(code);
        g->low = range.low;
        g->high = range.high;
        g->row.scope = asked->home = code;
    }
    if (sees == SEES_ORG) {
        TRY(db_int(c, &sql_organisation_by_name, PARAMS(P_TEXT("name", asked->org)), &g->org.n));
        if (g->org.n == 0)
            return fault(c, "org", "account.org");
        TRY(db_int(c, &sql_organisation_scope, PARAMS(P_INT("id", g->org.n)), &asked->home));
        g->row.scope = asked->home;
    }
    return ERR_NONE;
}

static enum err account_make(struct ctx *c, void *arg)
{
    struct account_asked *asked = arg;
    struct access_grant g;
    record_clear(access_grant_fields, &g);
    asked->login = account_login_normal(&c->mem, asked->login);
    bool known = choice_of(role_choices, asked->role, &g.role) && roles[g.role].staff;
    if (!known || roles[g.role].sees == SEES_CARER)
        return fault(c, "role", "account.role");
    TRY(sight_fill(c, asked, &g));
    TRY(account_find_or_make(c, asked, &g.account.n));
    return entity_create(c, &access_grant_entity, &g);
}

static enum err account_work(struct start *s, void *arg)
{
    struct account_asked *asked = arg;
    TRY(start_node(s));
    TRY(transaction(&s->ctx, account_make, asked));
    printf("%.*s may now sign in as %.*s\n", SV_ARG(asked->login), SV_ARG(asked->role));
    if (asked->password.len)
        printf("password, shown this once: %.*s\n", SV_ARG(asked->password));
    return ERR_NONE;
}

int account_command(int argc, char **argv)
{
    struct config config = config_default();
    const struct command *k = command_named("account");
    const char *login[2] = { NULL, NULL }, *role = "", *name = "", *scope = "", *org = "";
    bool help;
    const struct option_row rows[] = {
        { "role", &role, NULL }, { "name", &name, NULL }, { "scope", &scope, NULL },
        { "org", &org, NULL }, { "data", &config.data_dir, NULL }, { "db", &config.database, NULL },
        { 0 },
    };
    if (!options_read(k, argc, argv, rows, login, 1, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    if (!login[0] || !role[0]) {
        fprintf(stderr, "yike account: name a login and --role\nusage: yike %s\n", k->usage);
        return EXIT_USAGE;
    }
    struct account_asked asked = { .login = sv_of(login[0]), .role = sv_of(role),
                                   .name = sv_of(name), .scope = sv_of(scope), .org = sv_of(org) };
    return command_run(k, &config, START_READY, account_work, &asked);
}
