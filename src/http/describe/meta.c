/* meta.c - GET /api/meta: what the caller may read and write, for the console's generic screens. */

#include "http/describe/meta.h"

#include "http/server.h"

#include <string.h>

static const char *const kind_names[] = {
    [KIND_BOOL] = "bool",       [KIND_INT] = "int",       [KIND_OPT_INT] = "int",
    [KIND_REAL] = "real",       [KIND_TEXT] = "text",     [KIND_ID] = "id",
    [KIND_LINK] = "link",       [KIND_CHOICE] = "choice", [KIND_SET] = "set",
    [KIND_MONEY] = "money",     [KIND_MOMENT] = "moment", [KIND_DAY] = "day",
    [KIND_DEGREES] = "degrees", [KIND_JSON] = "json",     [KIND_LIST] = "list",
    [KIND_RECORD] = "record",
};
static const char *const class_names[] = { "open", "masked", "sealed", "secret" };

static const char *said(enum lang lang, const char *zh, const char *en)
{
    const char *text = lang == LANG_EN ? en : zh;
    return text ? text : "";
}

static void flag(struct json *j, const char *name, bool value)
{
    if (value)
        json_bool(j, name, true);
}

static void put_choices(struct json *j, enum lang lang, const struct choice *choices)
{
    json_array(j, "choices");
    for (const struct choice *one = choices; one->key; one++) {
        json_object(j, NULL);
        json_text(j, "key", sv_of(one->key));
        json_text(j, "label", sv_of(said(lang, one->zh, one->en)));
        json_end(j, '}');
    }
    json_end(j, ']');
}

void meta_field(struct json *j, enum lang lang, const struct field *f)
{
    json_object(j, NULL);
    json_text(j, "name", sv_of(f->name));
    json_text(j, "kind", sv_of(f->code ? "text" : kind_names[f->kind]));
    json_text(j, "label", sv_of(f->zh || f->en ? said(lang, f->zh, f->en) : f->name));
    if (f->hint_zh)
        json_text(j, "hint", sv_of(said(lang, f->hint_zh, f->hint_en)));
    if (f->class != OPEN)
        json_text(j, "class", sv_of(class_names[f->class]));
    flag(j, "required", f->required);
    flag(j, "read_only", f->read_only);
    flag(j, "create_only", f->create_only);
    flag(j, "filter", f->filter);
    flag(j, "brief", f->brief);
    flag(j, "search", f->search || f->search_whole);
    flag(j, "many_lines", f->many_lines);
    if (f->low || f->high) {
        json_int(j, "low", f->low);
        json_int(j, "high", f->high);
    }
    if (f->choices)
        put_choices(j, lang, f->choices);
    if (f->links)
        json_text(j, "links", sv_of(f->links));
    json_end(j, '}');
}

static void put_fields(struct json *j, enum lang lang, const struct field *fields)
{
    json_array(j, "fields");
    for (const struct field *f = fields; f && f->kind != KIND_END; f++)
        if (!f->hidden)
            meta_field(j, lang, f);
    json_end(j, ']');
}

static void put_sorts(struct json *j, enum lang lang, const struct sort *sorts)
{
    json_array(j, "sorts");
    for (const struct sort *s = sorts; s && s->name; s++) {
        json_object(j, NULL);
        json_text(j, "name", sv_of(s->name));
        json_text(j, "label", sv_of(said(lang, s->zh, s->en)));
        flag(j, "down", s->down);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static void put_steps(struct ctx *c, struct json *j, const struct entity *e)
{
    json_array(j, "steps");
    for (const struct step *s = e->steps; s && s->action; s++) {
        bool may = false;
        for (int r = 0; r < RIGHT_COUNT; r++)
            may = may || ((s->may & RIGHT(r)) && who_may(c, (enum right)r));
        if (!may || s->automatic || !s->from[0])
            continue;
        json_object(j, NULL);
        json_text(j, "name", sv_of(s->action));
        json_text(j, "label", sv_of(said(c->lang, s->zh, s->en)));
        json_text(j, "from", sv_of(s->from));
        json_text(j, "to", sv_of(s->to));
        flag(j, "reason", s->reason);
        flag(j, "danger", s->danger);
        put_fields(j, c->lang, s->takes);
        json_end(j, '}');
    }
    json_end(j, ']');
}

static bool may_see(struct ctx *c, const struct entity *e)
{
    return who_may(c, e->reads) || (c->who && (e->seen_by_own || e->seen_by_all));
}

static void put_entity(struct ctx *c, struct json *j, const struct entity *e)
{
    static const char *const kinds[] = { "ordinary", "append_only", "dated" };
    bool writes = c->who && roles[c->who->role].writes;
    json_object(j, NULL);
    json_text(j, "name", sv_of(e->name));
    json_text(j, "label", sv_of(said(c->lang, e->zh, e->en)));
    json_text(j, "kind", sv_of(kinds[e->kind]));
    if (e->menu)
        json_text(j, "menu", sv_of(e->menu));
    if (e->title)
        json_text(j, "title", sv_of(e->title));
    if (e->state)
        json_text(j, "state", sv_of(e->state));
    if (e->elder)
        json_text(j, "elder", sv_of(e->elder));
    if (e->found_by)
        json_text(j, "found_by", sv_of(e->found_by));
    flag(j, "create", writes && !e->no_create && who_may(c, e->creates ? e->creates : e->writes));
    flag(j, "update",
         writes && !e->no_update && e->kind != ENTITY_APPEND_ONLY && who_may(c, e->writes));
    flag(j, "reveal", who_may(c, MAY_UNMASK));
    flag(j, "files", e->files);
    flag(j, "history", !e->no_history);
    put_fields(j, c->lang, e->fields);
    put_sorts(j, c->lang, e->sorts);
    put_steps(c, j, e);
    json_end(j, '}');
}

enum err meta_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)q;
    a->kept = true;
    json_array(&a->json, "entities");
    for (const struct module *const *m = c->house->modules; *m; m++)
        for (const struct entity *const *e = (*m)->entities; e && *e; e++)
            if (may_see(c, *e))
                put_entity(c, &a->json, *e);
    json_end(&a->json, ']');
    return ERR_NONE;
}
