/* services.c - what may be sent: discovery, the services, and what each asks. */

#include "care/open311/inside.h"

#include "care/parameter/parameter.h"

enum err jurisdiction_check(struct ctx *c, struct sv wanted)
{
    struct sv ours;
    TRY(parameter_text(c, "open311.jurisdiction", 0, day_of(c->now), &ours));
    if (!wanted.len || sv_eq(wanted, ours))
        return ERR_NONE;
    return fail(c, ERR_MISSING, "open311.jurisdiction", "another jurisdiction");
}

enum err service_of(struct ctx *c, struct sv code, int *ret_topic)
{
    for (int i = 0; request_topics[i].key; i++)
        if (sv_is(code, request_topics[i].key)) {
            *ret_topic = i;
            return ERR_NONE;
        }
    return fail(c, ERR_MISSING, "open311.service", "no such service");
}

static struct sv name_of(const struct ctx *c, const struct choice *k)
{
    return sv_of(c->lang == LANG_EN ? k->en : k->zh);
}

/* --- discovery --- */

MUST static enum err fill_discovery(struct ctx *c, const struct request *q, struct json *j)
{
    static const char *const formats[] = { "text/xml", "application/json" };
    struct sv contact;
    const char *base = c->house->config ? c->house->config->public_url : NULL;
    (void)q;
    TRY(parameter_text(c, "open311.contact", 0, day_of(c->now), &contact));
    json_text(j, "changeset", SV("2026-11-22T00:00:00+08:00"));
    json_text(j, "contact", contact);
    json_text(j, "key_service", contact);
    json_array(j, "endpoints");
    json_object(j, NULL);
    json_text(j, "specification", SV("http://wiki.open311.org/GeoReport_v2"));
    json_text(j, "url", sv_fmt(&c->mem, "%s/open311/v2", base ? base : ""));
    json_text(j, "changeset", SV("2026-11-22T00:00:00+08:00"));
    json_text(j, "type", SV("production"));
    json_array(j, "formats");
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        json_text(j, NULL, sv_of(formats[i]));
    json_end(j, ']');
    json_end(j, '}');
    json_end(j, ']');
    return ERR_NONE;
}

enum err discovery_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "discovery", fill_discovery);
}

/* --- the services --- */

MUST static enum err check_query(struct ctx *c, const struct request *q)
{
    struct pairs p;
    TRY(pairs_read(c, q->query_string, &p));
    return jurisdiction_check(c, pair_of(&p, "jurisdiction_id"));
}

MUST static enum err fill_services(struct ctx *c, const struct request *q, struct json *j)
{
    bool en = c->lang == LANG_EN;
    TRY(check_query(c, q));
    for (const struct choice *k = request_topics; k->key; k++) {
        json_object(j, NULL);
        json_text(j, "service_code", sv_of(k->key));
        json_text(j, "service_name", name_of(c, k));
        json_text(j, "description", sv_fmt(&c->mem, en ? "Care of older people: %s" : "养老服务：%s",
                                           en ? k->en : k->zh));
        json_bool(j, "metadata", true);
        json_text(j, "type", SV("realtime"));
        json_text(j, "keywords", sv_fmt(&c->mem, "养老,elder care,%s,%s", k->zh, k->en));
        json_text(j, "group", en ? SV("Care of older people") : SV("养老服务"));
        json_end(j, '}');
    }
    return ERR_NONE;
}

enum err services_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "services", fill_services);
}

/* --- what a service asks beside the standard's own --- */

static const struct choice yes_no[] = { { "no", "否", "no" }, { "yes", "是", "yes" }, { 0 } };
static const struct {
    const char *code, *datatype;
    bool required;
    const struct choice *values;
    const char *zh, *en;
} attributes[] = {
    { "kind", "singlevaluelist", true, request_kinds, "类别", "What it is" },
    { "place", "string", false, NULL, "涉及的养老服务网点编号（/api/near 里的 id）",
      "Id of the place it is about, as /api/near names it" },
    { "danger", "singlevaluelist", false, yes_no, "是否有人受伤或有危险",
      "Is somebody hurt or in danger" },
    { "hidden", "singlevaluelist", false, yes_no, "是否对被反映方隐去诉求人",
      "Hide who says so from who it is about" },
};

static void values_put(const struct ctx *c, struct json *j, const struct choice *values)
{
    json_array(j, "values");
    for (const struct choice *v = values; v && v->key; v++) {
        json_object(j, NULL);
        json_text(j, "key", sv_of(v->key));
        json_text(j, "name", name_of(c, v));
        json_end(j, '}');
    }
    json_end(j, ']');
}

MUST static enum err fill_service(struct ctx *c, const struct request *q, struct json *j)
{
    int topic;
    TRY(check_query(c, q));
    TRY(service_of(c, q->param[0], &topic));
    json_text(j, "service_code", q->param[0]);
    json_array(j, "attributes");
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        json_object(j, NULL);
        json_bool(j, "variable", true);
        json_text(j, "code", sv_of(attributes[i].code));
        json_text(j, "datatype", sv_of(attributes[i].datatype));
        json_bool(j, "required", attributes[i].required);
        json_text(j, "datatype_description", SV(""));
        json_int(j, "order", (int64_t)i + 1);
        json_text(j, "description",
                  sv_of(c->lang == LANG_EN ? attributes[i].en : attributes[i].zh));
        if (attributes[i].values)
            values_put(c, j, attributes[i].values);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

enum err service_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return open311_answer(c, q, a, "service_definition", fill_service);
}
