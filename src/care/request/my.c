/* my.c - the complainant's side: rules before sign-in, sending, her requests as a time line. */

#include "care/parameter/parameter.h"
#include "care/request/gives.h"
#include "care/request/inside.h"

SQL(request_happened);

#define R struct request_ticket

/* --- what anybody may read first --- */

struct rules_asked { struct place_id place; };
static const struct field rules_asked_fields[] = {
    LINK(struct rules_asked, place, "place", .zh = "网点", .en = "Place whose rules count"), { 0 },
};

MUST static enum err json_days(struct ctx *c, struct json *j, int64_t scope)
{
    json_array(j, "kinds");
    for (const struct choice *k = request_kinds; k->key; k++) {
        int64_t days;
        struct sv name = sv_fmt(&c->mem, "request.days.%s", k->key);
        TRY(parameter_int(c, sv_text(&c->mem, name), scope, day_of(c->now), &days));
        json_object(j, NULL);
        json_text(j, "key", sv_of(k->key));
        json_text(j, "name", sv_of(c->lang == LANG_EN ? k->en : k->zh));
        json_int(j, "days", days);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

static void json_topics(struct json *j, enum lang lang)
{
    json_array(j, "topics");
    for (const struct choice *t = request_topics; t->key; t++) {
        json_object(j, NULL);
        json_text(j, "key", sv_of(t->key));
        json_text(j, "name", sv_of(lang == LANG_EN ? t->en : t->zh));
        json_end(j, '}');
    }
    json_end(j, ']');
}

static enum err rules_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct rules_asked *asked = q->query;
    struct place p;
    int64_t accept;
    bool found = false;
    if (asked->place.n)
        TRY(entity_load(c, &place_entity, asked->place.n, &p, &found));
    found = found && p.state == REVIEW_PUBLISHED;
    int64_t scope = found ? p.row.scope : 0;
    TRY(parameter_int(c, "request.accept_days", scope, day_of(c->now), &accept));
    json_int(&a->json, "accept_days", accept);
    if (found)
        json_text(&a->json, "place", p.name);
    TRY(json_days(c, &a->json, scope));
    json_topics(&a->json, c->lang);
    return ERR_NONE;
}

/* --- sending --- */

static enum err my_post(struct ctx *c, const struct request *q, struct answer *a)
{
    R r;
    TRY(request_open(c, q->body, &r));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/my/requests/%lld", (long long)r.id.n);
    json_id(&a->json, "id", r.id.n);
    json_text(&a->json, "number", r.number);
    json_day(&a->json, "accept_by", r.accept_by);
    json_day(&a->json, "due", r.due);
    return ERR_NONE;
}

/* --- reading --- */

/* What she reads for each thing that happened; what offices do among themselves is not there. */
static const struct { const char *action, *zh, *en; } happenings[] = {
    { "open", "已收到您反映的事", "We have what you said" },
    { "route", "已转给承办单位", "Passed on to who will answer" },
    { "accept", "已签收，正在办理", "Accepted, being looked into" },
    { "task_accept", "承办单位已签收，正在办理", "Accepted, being looked into" },
    { "extend", "办理时间延长了一次", "More time was taken, once" },
    { "reply", "已答复", "Answered" },
    { "task_reply", "承办单位已答复", "Answered by who runs it" },
    { "solved", "您说解决了", "You said that it is solved" },
    { "not_solved", "您说没解决，重新办理", "You said that it is not solved: we look again" },
    { "reopen", "重新办理", "Opened again" },
    { "close", "到期没有评价，办结", "Closed: nothing more was said" },
    { "withdraw", "已撤回", "Withdrawn" },
};

static void json_happened(struct json *j, struct moment at, struct sv action, enum lang lang)
{
    for (size_t i = 0; i < sizeof happenings / sizeof *happenings; i++) {
        if (!sv_is(action, happenings[i].action))
            continue;
        json_object(j, NULL);
        json_moment(j, "at", at);
        json_text(j, "text", sv_of(lang == LANG_EN ? happenings[i].en : happenings[i].zh));
        json_end(j, '}');
        return;
    }
}

MUST static enum err json_timeline(struct ctx *c, struct json *j, const R *r)
{
    json_array(j, "timeline");
    struct rows rows = db_rows(c, &sql_request_happened, PARAMS(P_INT("request", r->id.n)));
    while (rows_next(&rows))
        json_happened(j, (struct moment){ rows_int(&rows, 0) }, rows_text(&rows, 1), c->lang);
    TRY(rows_end(&rows));
    json_end(j, ']');
    return ERR_NONE;
}

static bool is_mine(const struct ctx *c, const R *r)
{
    return c->who && r->account.n && r->account.n == c->who->account;
}

static enum err my_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    R r;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &request_entity, id, &r));
    if (!is_mine(c, &r))
        return fail(c, ERR_MISSING, "missing", "request %lld is not hers", (long long)id);
    entity_json(c, &a->json, "request", &request_entity, &r, true);
    json_text(&a->json, "matter", r.matter);
    json_text(&a->json, "reply", r.reply);
    json_text(&a->json, "rated_words", r.rated_words);
    return json_timeline(c, &a->json, &r);
}

static enum err my_list(struct ctx *c, const struct request *q, struct answer *a)
{
    struct query asked;
    struct page page;
    TRY(query_read(c, &request_entity, q->query_string, &asked));
    TRY(entity_list(c, &request_entity, &asked, &page));
    const R *rows = page.rows;
    json_array(&a->json, "items");
    for (size_t i = 0; i < page.n; i++)
        if (is_mine(c, &rows[i]))
            entity_json(c, &a->json, NULL, &request_entity, &rows[i], true);
    json_end(&a->json, ']');
    if (page.next.len)
        json_text(&a->json, "next", page.next);
    return ERR_NONE;
}
#undef R

const struct endpoint request_my_endpoints[] = {
    { .verb = GET, .path = "/api/requests/rules", .run = rules_get, .lane = READS,
      .may = MAY_ANYONE, .query = rules_asked_fields, .query_size = sizeof(struct rules_asked),
      .gives = rules_gives, .zh = "反映问题的规则：类别、事项、几个工作日答复",
      .en = "Kinds, matters, and in how many working days each is answered" },
    { .verb = POST, .path = "/api/my/requests", .run = my_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = request_new_fields, .takes_size = sizeof(struct request_new),
      .gives = request_sent_gives, .per_minute = 20, .zh = "反映问题",
      .en = "Send a request; staff write down what somebody told them" },
    { .verb = GET, .path = "/api/my/requests", .run = my_list, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = my_requests_gives, .zh = "我反映的",
      .en = "The caller's requests" },
    { .verb = GET, .path = "/api/my/requests/{id}", .run = my_get, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = my_request_gives, .zh = "我反映的一件",
      .en = "One of them with its answer and time line" },
    { 0 },
};
