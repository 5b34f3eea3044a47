/* acting.c - a job works in the name of who asked for it, with the rights she had then. */

#include "care/intake/inside.h"

struct sv acting_json(struct ctx *c)
{
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    const struct who *w = c->who;
    bool house = w == NULL || w == &who_house;
    json_object(&j, NULL);
    json_text(&j, "role", house ? SV("house") : sv_of(roles[w->role].name.key));
    if (!house) {
        json_id(&j, "account", w->account);
        json_id(&j, "org", w->org);
        json_id(&j, "carer", w->carer);
        json_array(&j, "ranges");
        for (size_t i = 0; i < w->ranges_n; i++) {
            json_id(&j, NULL, w->ranges[i].low);
            json_id(&j, NULL, w->ranges[i].high);
        }
        json_end(&j, ']');
    }
    json_end(&j, '}');
    return buf_sv(&b);
}

static int64_t number_of(const struct json_value *v)
{
    int64_t n = 0;
    return v && sv_int(v->text, 0, INT64_MAX, &n) ? n : 0;
}

static void ranges_read(const struct json_value *list, struct who *w)
{
    for (const struct json_value *v = list ? list->first : NULL;
         v && v->next && w->ranges_n < WHO_RANGES_MAX; v = v->next->next)
        w->ranges[w->ranges_n++] = (struct scope_range){ number_of(v), number_of(v->next) };
}

enum err acting_read(struct ctx *c, struct sv json, const struct who **ret_who)
{
    const struct json_value *tree, *role;
    int index;
    TRY(json_parse(c, json, &tree));
    role = json_member(tree, "role");
    if (role && sv_is(role->text, "house")) {
        *ret_who = &who_house;
        return ERR_NONE;
    }
    if (!role || !choice_of(role_choices, role->text, &index))
        return fail(c, ERR_BROKEN, "broken", "a batch does not say who asked for it");
    struct who *w = NEW(&c->mem, struct who, 1);
    w->role = (enum role)index;
    w->account = number_of(json_member(tree, "account"));
    w->org = number_of(json_member(tree, "org"));
    w->carer = number_of(json_member(tree, "carer"));
    ranges_read(json_member(tree, "ranges"), w);
    *ret_who = w;
    return ERR_NONE;
}
