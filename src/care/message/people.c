/* people.c - something about an elder, told to her and to family that may know it. */

#include "care/message/inside.h"

#include "care/family/family.h"

SQL(message_family);

enum { FAMILY_MAX = 10 };

MUST static enum err to_account(struct ctx *c, const struct message_new *n, int64_t account)
{
    struct account a;
    bool found;
    TRY(entity_load(c, &account_entity, account, &a, &found));
    if (!found || a.kind != ACCOUNT_CITIZEN || a.state == ACCOUNT_ENDED)
        return ERR_NONE;
    struct message_new one = *n;
    one.account = a.id;
    one.phone = a.phone;
    one.once = sv_fmt(&c->mem, "%.*s/%lld", SV_ARG(n->once), (long long)a.id.n);
    return message_send(c, &one);
}

/* Nobody is made to ring her for what is only a reminder. */
MUST static enum err to_herself(struct ctx *c, const struct message_new *n)
{
    struct elder e;
    bool found;
    TRY(entity_load(c, &elder_entity, n->elder.n, &e, &found));
    if (!found || (!e.phone.len && !e.account.n))
        return ERR_NONE;
    if (e.account.n)
        return to_account(c, n, e.account.n);
    struct message_new one = *n;
    one.to_elder = true;
    one.phone = e.phone;
    one.once = sv_fmt(&c->mem, "%.*s/elder", SV_ARG(n->once));
    return message_send(c, &one);
}

enum err message_people(struct ctx *c, const struct message_new *n)
{
    int64_t all[FAMILY_MAX];
    size_t found = 0;
    struct rows r = db_rows(c, &sql_message_family,
                            PARAMS(P_INT("elder", n->elder.n), P_INT("today", day_of(c->now).n)));
    while (found < FAMILY_MAX && rows_next(&r))
        all[found++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < found; i++)
        TRY(to_account(c, n, all[i]));
    return to_herself(c, n);
}
