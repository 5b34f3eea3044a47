/* knowledge.c - answers kept: table, review, what is public, what is offered to who replies. */

#include "care/knowledge/knowledge.h"

#include "care/parameter/parameter.h"
#include "care/request/task.h"
#include "care/todo/todo.h"
#include "http/describe/gives.h"
#include "http/http.h"

#include <stdlib.h>

SQL(knowledge_published);

#define K struct knowledge_item
const struct field knowledge_item_fields[] = {
    ROW_FIELDS(K),
    FIELD(K, question, .required = true, .high = 100, .brief = true, .search = true, .zh = "问题",
          .en = "Question"),
    FIELD(K, answer, .required = true, .high = 3000, .many_lines = true, .zh = "答案",
          .en = "Answer", .hint_zh = "公开，不要写姓名电话", .hint_en = "public: no names or numbers"),
    CHOICE(K, topic, request_topics, .filter = true, .brief = true, .zh = "事项",
           .en = "Matter of"),
    FIELD(K, keywords, .high = 200, .search = true, .zh = "关键词", .en = "Words",
          .hint_zh = "以逗号分隔", .hint_en = "comma between"),
    LINK(K, division, "division", .required = true, .brief = true, .zh = "适用区划",
         .en = "Holds in"),
    LINK(K, request, "request", .create_only = true, .filter = true, .zh = "来自诉求工单",
         .en = "From the request"),
    FIELD(K, verified_on, .read_only = true, .brief = true, .zh = "核实日期", .en = "Verified on"),
    FIELD(K, expires_on, .read_only = true, .filter = true, .brief = true, .zh = "有效至",
          .en = "Counts until"),
    LINK(K, submitted_by, "account", .read_only = true, .zh = "提交人", .en = "Submitted by"),
    CHOICE(K, state, review_states, .read_only = true, .filter = true, .brief = true, .zh = "状态",
           .en = "State"),
    { 0 },
};

static const struct index indexes[] = {
    { .name = "within", .columns = "scope, state, id" },
    { .name = "state", .columns = "state, expires_on, id" },
    { .name = "expiring", .columns = "state, scope, expires_on, id" },
    { .name = "topic", .columns = "topic, state, id" },
    { .name = "request", .columns = "request, id" },
    { 0 },
};
static const struct sort sorts[] = { { "created", "id", true, "先后", "Newest" }, { 0 } };

static enum err guard(struct ctx *c, const void *row)
{
    return review_guard(c, ((const K *)row)->submitted_by);
}

static enum err submit(struct ctx *c, void *row, const void *input)
{
    (void)input;
    ((K *)row)->submitted_by = review_me(c);
    return ERR_NONE;
}

MUST static enum err count_anew(struct ctx *c, K *k)
{
    int64_t days;
    TRY(parameter_int(c, "knowledge.valid_days", k->row.scope, day_of(c->now), &days));
    k->verified_on = day_of(c->now);
    k->expires_on.n = k->verified_on.n + days;
    return ERR_NONE;
}

/* Somebody has looked, and it is still so: also once it is past its day and no longer public. */
static enum err verify(struct ctx *c, void *row, const void *input)
{
    (void)input;
    return count_anew(c, row);
}

static const struct step steps[] = {
    REVIEW_STEPS(guard, submit),
    { .from = "published", .action = "verify", .to = "", .effect = verify,
      .may = RIGHT(MAY_WRITE_DIRECTORY) | RIGHT(MAY_REVIEW_DIRECTORY), .zh = "核实：仍然有效",
      .en = "Still true" },
    { 0 },
};

/* From the day it is published its facts count as verified. */
static enum err rules(struct ctx *c, const void *before, void *row)
{
    const K *was = before;
    K *k = row;
    if (!was || was->state == REVIEW_PUBLISHED || k->state != REVIEW_PUBLISHED)
        return ERR_NONE;
    return count_anew(c, k);
}

const struct entity knowledge_item_entity = {
    .name = "knowledge_item", .zh = "知识条目", .en = "Knowledge item", .size = sizeof(K),
    .fields = knowledge_item_fields, .indexes = indexes, .sorts = sorts, .state = "state",
    .steps = steps, .title = "question", .reads = MAY_READ_DIRECTORY,
    .writes = MAY_WRITE_DIRECTORY, .scope_of = "division",
    .rules = rules, .menu = "requests",
};

/* --- how well one fits --- */

struct fit { K item; int64_t points; };

static int64_t hits(struct sv words, struct sv text)
{
    struct sv one;
    int64_t n = 0;
    while (sv_cut(&words, ',', &one)) {
        one = sv_trim(one);
        n += one.len && sv_find(text, one) >= 0;
    }
    return n;
}

static int by_points(const void *a, const void *b)
{
    const struct fit *x = a, *y = b;
    if (x->points != y->points)
        return x->points > y->points ? -1 : 1;
    return x->item.id.n > y->item.id.n ? -1 : 1;
}

enum { PUBLISHED_MAX = 500, SHOWN = 20, OFFERED = 5 };

/* Every one that is published and counts today. */
MUST static enum err published(struct ctx *c, struct fit **ret_all, size_t *ret_n)
{
    struct fit *all = NEW(&c->mem, struct fit, PUBLISHED_MAX);
    size_t n = 0;
    struct rows r = db_rows(c, &sql_knowledge_published, PARAMS(P_INT("today", day_of(c->now).n)));
    while (n < PUBLISHED_MAX && rows_next(&r)) {
        record_clear(knowledge_item_fields, &all[n].item);
        rows_read(&r, knowledge_item_fields, &all[n++].item);
    }
    *ret_all = all;
    *ret_n = n;
    return rows_end(&r);
}

static void item_json(struct json *j, const K *k, enum lang lang)
{
    json_object(j, NULL);
    json_id(j, "id", k->id.n);
    json_text(j, "question", k->question);
    json_text(j, "answer", k->answer);
    json_text(j, "topic", sv_of(request_topics[k->topic].key));
    json_text(j, "topic_name", sv_of(lang == LANG_EN ? request_topics[k->topic].en
                                                     : request_topics[k->topic].zh));
    json_day(j, "verified_on", k->verified_on);
    json_end(j, '}');
}

static void items_json(struct ctx *c, struct json *j, struct fit *all, size_t n, size_t max)
{
    size_t shown = 0;
    qsort(all, n, sizeof *all, by_points);
    json_array(j, "items");
    for (size_t i = 0; i < n && shown < max; i++)
        if (all[i].points > 0) {
            item_json(j, &all[i].item, c->lang);
            shown++;
        }
    json_end(j, ']');
}

/* --- the public --- */

struct asked { struct sv q; };
static const struct field asked_fields[] = {
    FIELD(struct asked, q, .high = 100, .zh = "想问什么", .en = "What is asked"), { 0 },
};

static enum err public_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct asked *in = q->query;
    struct fit *all;
    size_t n;
    TRY(published(c, &all, &n));
    for (size_t i = 0; i < n; i++) {
        const K *k = &all[i].item;
        bool named = sv_find(k->question, in->q) >= 0 || sv_find(k->answer, in->q) >= 0;
        all[i].points = in->q.len == 0 || named ? 1 : hits(k->keywords, in->q);
    }
    items_json(c, &a->json, all, n, SHOWN);
    return ERR_NONE;
}

/* --- who replies --- */

struct suggest_asked { struct request_id request; struct request_task_id task; };
static const struct field suggest_fields[] = {
    LINK(struct suggest_asked, request, "request", .zh = "诉求工单", .en = "Request"),
    LINK(struct suggest_asked, task, "request_task", .zh = "承办单", .en = "Task"),
    { 0 },
};

static enum err suggest_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct suggest_asked *in = q->query;
    struct request_ticket r = { .topic = TOPIC_OTHER };
    struct request_task t;
    struct fit *all;
    size_t n;
    if (in->request.n)
        TRY(entity_get(c, &request_entity, in->request.n, &r));
    if (in->task.n) {
        TRY(entity_get(c, &request_task_entity, in->task.n, &t));
        r.row.scope = t.row.scope;
        r.topic = t.topic;
        r.matter = t.matter.len ? t.matter : t.gist;
    }
    TRY(published(c, &all, &n));
    for (size_t i = 0; i < n; i++) {
        const K *k = &all[i].item;
        int64_t points = 2 * hits(k->keywords, r.matter);
        points += r.topic != TOPIC_OTHER && k->topic == r.topic;
        all[i].points = division_holds(k->row.scope, r.row.scope) ? points : 0;
    }
    items_json(c, &a->json, all, n, OFFERED);
    return ERR_NONE;
}
#undef K

static const struct field item_gives[] = {
    SAYS(ID, "id"), SAYS(TEXT, "question"), SAYS(TEXT, "answer"),
    SAYS(CHOICE, "topic", .choices = request_topics), SAYS(TEXT, "topic_name"),
    SAYS(DAY, "verified_on"), { 0 },
};
static const struct field items_gives[] = { SAYS(LIST, "items", .record = item_gives), { 0 } };

static const struct endpoint endpoints[] = {
    { .verb = GET, .path = "/api/knowledge", .run = public_get, .lane = READS, .may = MAY_ANYONE,
      .query = asked_fields, .query_size = sizeof(struct asked), .gives = items_gives,
      .zh = "常见问题", .en = "Questions with their answers" },
    { .verb = GET, .path = "/api/knowledge/suggest", .run = suggest_get, .lane = READS,
      .may = MAY_READ_ORDERS, .query = suggest_fields, .query_size = sizeof(struct suggest_asked),
      .gives = items_gives, .zh = "答复时可参考的知识条目",
      .en = "Answers that fit a request, for who replies" },
    { 0 },
};

static const struct parameter_default parameters[] = {
    { "knowledge.valid_days", "180", "day", "知识条目核实后几天内有效",
      "Days that an answer counts as verified", "系统默认值，待核" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "knowledge_submitted", .zh = "待审核的知识条目", .en = "Answers to review",
      .entity = "knowledge_item", .list = "state=submitted",
      .may = RIGHT(MAY_REVIEW_DIRECTORY), .not_by = "submitted_by", .shows = "question,topic" },
    { .key = "knowledge_expiring", .zh = "快过期的知识条目：还对吗", .en = "Answers to verify again",
      .entity = "knowledge_item", .list = "state=published&expires_on.to={soon}",
      .due = "expires_on", .may = RIGHT(MAY_WRITE_DIRECTORY), .shows = "question,topic" },
    { 0 },
};

static const struct entity *const entities[] = { &knowledge_item_entity, NULL };

const struct module knowledge_module = {
    .name = "knowledge", .entities = entities, .endpoints = endpoints, .parameters = parameters,
    .todos = todos,
};
