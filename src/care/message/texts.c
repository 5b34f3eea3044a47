/* texts.c - what is said now for each kind by each way, and how long that is at its longest. */

#include "care/message/inside.h"

#include "http/describe/gives.h"

const struct field text_gives[] = {
    SAYS(TEXT, "kind"), SAYS(TEXT, "name"), SAYS(TEXT, "way"), SAYS(TEXT, "text"),
    SAYS(TEXT, "sample"), SAYS(INT, "units"), SAYS(INT, "parts"), SAYS(INT, "seconds"),
    SAYS(BOOL, "published"), { 0 },
};
const struct field texts_gives[] = { SAYS(LIST, "texts", .record = text_gives), { 0 } };

MUST static enum err write_one(struct ctx *c, struct json *j, int kind, enum message_way way)
{
    const struct message_form *f = &message_forms[kind];
    struct template_held held;
    struct sv whole;
    TRY(template_held(c, (enum message_kind)kind, way, &held));
    if (!held.text.len)
        return ERR_NONE;
    TRY(template_signed(c, way, 0, held.text, &whole));
    struct text_fit fit = text_fit(text_sample(&c->mem, whole, f, true));
    const struct choice *name = &message_kinds[kind];
    json_object(j, NULL);
    json_text(j, "kind", sv_of(name->key));
    json_text(j, "name", sv_of(c->lang == LANG_EN ? name->en : name->zh));
    json_text(j, "way", sv_of(message_ways[way].key));
    json_text(j, "text", held.text);
    json_text(j, "sample", text_sample(&c->mem, whole, f, false));
    json_int(j, "units", fit.units);
    json_int(j, "parts", way == WAY_SMS ? fit.parts : 0);
    json_int(j, "seconds", way == WAY_VOICE ? fit.seconds : 0);
    json_bool(j, "published", held.id.n != 0);
    json_end(j, '}');
    return ERR_NONE;
}

enum err texts_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    json_array(&a->json, "texts");
    for (int kind = 0; kind < TELL_KINDS; kind++)
        for (int way = WAY_SMS; way < WAY_CALL; way++)
            TRY(write_one(c, &a->json, kind, (enum message_way)way));
    json_end(&a->json, ']');
    return ERR_NONE;
}
