/* turn.c - what WeChat did not take goes to her number instead. */

#include "care/message/inside.h"

#include <string.h>

MUST static enum err number_of(struct ctx *c, const struct message_row *m, struct sv *ret_phone)
{
    struct account a;
    bool found = false;
    *ret_phone = SV("");
    if (m->account.n)
        TRY(entity_load(c, &account_entity, m->account.n, &a, &found));
    if (found)
        *ret_phone = phone_normal(&c->mem, a.phone);
    return ERR_NONE;
}

/* A WeChat message opens her own page; an SMS shows the event by a link, made only now. */
MUST static enum err link_anew(struct ctx *c, struct message_row *m, struct message_value *values,
                               size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(values[i].name, "link") == 0)
            return link_make(c, m, &values[i].value);
    return ERR_NONE;
}

enum err message_turn(struct ctx *c, struct message_row *m)
{
    struct message_value values[SLOTS_MAX + 1] = { 0 };
    size_t n;
    TRY(number_of(c, m, &m->address));
    m->way = way_to(m->address);
    m->why = SV("");
    m->again++;
    TRY(message_values(c, m, values, &n));
    TRY(link_anew(c, m, values, n));
    TRY(message_text(c, m, values, n));
    return message_post(c, m);
}
