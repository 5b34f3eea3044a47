/* link.c - the link in a message: opened without signing in, it shows just that event. */

#include "care/message/inside.h"
#include "care/message/link.h"

#include "care/parameter/parameter.h"
#include "http/describe/gives.h"
#include "http/http.h"
#include "model/seal/seal.h"

SQL(message_by_link);

enum { TOKEN_BYTES = 12, HOUR_MS = 3600000 };

static struct sv hash_of(struct ctx *c, struct sv token)
{
    return seal_hash_hex(&c->mem, token);
}

enum err link_make(struct ctx *c, struct message_row *m, struct sv *ret_url)
{
    const char *base = c->house->config ? c->house->config->public_url : NULL;
    int64_t hours;
    *ret_url = SV("");
    if (!base || !*base || m->way != WAY_SMS)
        return ERR_NONE;
    uint8_t bytes[TOKEN_BYTES];
    struct sv hex = seal_random_hex(&c->mem, TOKEN_BYTES);
    if (!sv_unhex(hex, bytes, TOKEN_BYTES))
        return fail(c, ERR_BROKEN, "broken", "random bytes are no hex");
    struct sv token = base64_of(&c->mem, (struct sv){ (const char *)bytes, TOKEN_BYTES });
    TRY(parameter_int(c, "message.link_hours", m->row.scope, day_of(c->now), &hours));
    m->link = hash_of(c, token);
    m->link_until.ms = c->now.ms + hours * HOUR_MS;
    *ret_url = sv_fmt(&c->mem, "%s/told/%.*s", base, SV_ARG(token));
    return ERR_NONE;
}

enum err link_message(struct ctx *c, struct sv token, struct message_row *ret_message)
{
    int64_t id = 0;
    bool found = false;
    if (token.len && token.len < 64)
        TRY(db_int(c, &sql_message_by_link, PARAMS(P_TEXT("link", hash_of(c, token))), &id));
    if (id)
        TRY(entity_load(c, &message_entity, id, ret_message, &found));
    if (!found || ret_message->link_until.ms < c->now.ms)
        return fail(c, ERR_MISSING, "told.gone", "no such link, or it has ended");
    return ERR_NONE;
}

const struct field link_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "title"), SAYS(MOMENT, "at"), MAY_SAY(TEXT, "number"),
    MAY_SAY(TEXT, "item"), MAY_SAY(DAY, "day"), MAY_SAY(INT, "start_min"), MAY_SAY(TEXT, "state"),
    MAY_SAY(TEXT, "org"), MAY_SAY(TEXT, "org_phone"), { 0 },
};

MUST static enum err write_order(struct ctx *c, struct json *j, const struct message_row *m)
{
    struct care_order o;
    struct catalogue_item item;
    struct organisation org;
    bool found;
    TRY(entity_load(c, &care_order_entity, m->care_order.n, &o, &found));
    if (!found)
        return ERR_NONE;
    json_text(j, "number", o.number);
    json_day(j, "day", o.day);
    json_int(j, "start_min", o.start_min);
    json_text(j, "state", sv_of(c->lang == LANG_EN ? order_states[o.state].en
                                                   : order_states[o.state].zh));
    TRY(entity_load(c, &catalogue_item_entity, o.item.n, &item, &found));
    if (found)
        json_text(j, "item", item.plain_name.len ? item.plain_name : item.name);
    TRY(entity_load(c, &organisation_entity, o.org.n, &org, &found));
    if (found) {
        json_text(j, "org", org.name);
        json_text(j, "org_phone", org.phone);
    }
    return ERR_NONE;
}

/* A POST, so that what only fetches the address (a preview) has not looked. */
enum err link_open(struct ctx *c, const struct request *q, struct answer *a)
{
    struct message_row m;
    TRY(link_message(c, q->param[0], &m));
    if (!moment_known(m.looked_at))
        m.looked_at = c->now;
    m.looks++;
    TRY(entity_update_by_rule(c, &message_entity, &m, m.row.version, "look"));
    if (m.elder.n)
        TRY(access_note(c, m.elder.n, &message_entity, m.id.n, SV("link")));
    json_text(&a->json, "kind", sv_of(message_kinds[m.kind].key));
    json_text(&a->json, "title", sv_of(c->lang == LANG_EN ? message_kinds[m.kind].en
                                                           : message_kinds[m.kind].zh));
    json_moment(&a->json, "at", m.happened_at);
    return m.care_order.n ? write_order(c, &a->json, &m) : ERR_NONE;
}
