/* page.c - the pages that offices and organisations work on. */

#include "care/request/gives.h"
#include "care/request/inside.h"

SQL(requests_beside);
SQL(request_notes);
SQL(request_tasks);

#define R struct request_ticket

/* Her words are shown to who works on them: a look, logged with the elder it is about. */
MUST static enum err note_look(struct ctx *c, const struct entity *e, int64_t id, int64_t elder)
{
    return access_note(c, elder, e, id, SV("matter"));
}

MUST static enum err json_earlier(struct ctx *c, struct json *j, const R *r)
{
    struct rows rows = db_rows(c, &sql_requests_beside,
                               PARAMS(P_INT("id", r->id.n), P_ID("elder", r->elder.n),
                                      P_ID("place", r->place.n),
                                      P_ID("care_order", r->care_order.n)));
    int64_t ids[10];
    size_t n = 0;
    while (n < 10 && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    json_array(j, "earlier");
    for (size_t i = 0; i < n; i++) {
        R one;
        enum err e = entity_get(c, &request_entity, ids[i], &one);
        if (e == ERR_NONE)
            entity_json(c, j, NULL, &request_entity, &one, false);
        else if (e == ERR_MISSING)               /* of another area */
            ctx_forgive(c);
        else
            return e;
    }
    json_end(j, ']');
    return ERR_NONE;
}

MUST static enum err json_notes(struct ctx *c, struct json *j, const R *r)
{
    struct rows rows = db_rows(c, &sql_request_notes, PARAMS(P_INT("request", r->id.n)));
    int64_t ids[100];
    size_t n = 0;
    while (n < 100 && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    json_array(j, "notes");
    for (size_t i = 0; i < n; i++) {
        struct request_note one;
        struct account by = { .name = SV("") };
        bool found;
        TRY(entity_load(c, &request_note_entity, ids[i], &one, &found));
        TRY(entity_load(c, &account_entity, one.account.n, &by, &found));
        json_object(j, NULL);
        json_moment(j, "at", one.row.created_at);
        json_text(j, "by", by.name);
        json_text(j, "words", one.words);
        json_end(j, '}');
    }
    json_end(j, ']');
    return ERR_NONE;
}

MUST static enum err json_tasks(struct ctx *c, struct json *j, const R *r)
{
    struct rows rows = db_rows(c, &sql_request_tasks, PARAMS(P_INT("request", r->id.n)));
    int64_t ids[20];
    size_t n = 0;
    while (n < 20 && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    json_array(j, "tasks");
    for (size_t i = 0; i < n; i++) {
        struct request_task t;
        bool found;
        TRY(entity_load(c, &request_task_entity, ids[i], &t, &found));
        if (found)
            entity_json(c, j, NULL, &request_task_entity, &t, false);
    }
    json_end(j, ']');
    return ERR_NONE;
}

static enum err page_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    R r;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &request_entity, id, &r));
    if (c->who && c->who->role == ROLE_CITIZEN)            /* hers is /api/my/requests/{id} */
        return fail(c, ERR_FORBIDDEN, "who.forbidden", "a citizen asks for an office's page");
    TRY(note_look(c, &request_entity, r.id.n, r.elder.n));
    entity_json(c, &a->json, "request", &request_entity, &r, false);
    json_text(&a->json, "matter", r.matter);
    json_text(&a->json, "reply", r.reply);
    json_text(&a->json, "rated_words", r.rated_words);
    TRY(json_earlier(c, &a->json, &r));
    TRY(json_tasks(c, &a->json, &r));
    TRY(request_inspections_json(c, &a->json, r.id));
    return json_notes(c, &a->json, &r);
}

static enum err task_page_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct request_task t;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &request_task_entity, id, &t));
    TRY(note_look(c, &request_task_entity, t.id.n, t.elder.n));
    entity_json(c, &a->json, "task", &request_task_entity, &t, false);
    json_text(&a->json, "matter", t.matter);
    json_text(&a->json, "reply", t.reply);
    return ERR_NONE;
}
#undef R

const struct endpoint request_endpoints[] = {
    { .verb = GET, .path = "/api/request/{id}/page", .run = page_get, .lane = WRITES,
      .may = MAY_READ_ORDERS, .gives = request_page_gives, .zh = "诉求工单办理页",
      .en = "A request as offices work on it: words, earlier ones, tasks, notes" },
    { .verb = GET, .path = "/api/request_task/{id}/page", .run = task_page_get, .lane = WRITES,
      .may = MAY_READ_ORDERS, .gives = task_page_gives, .zh = "承办单办理页",
      .en = "A request as the organisation that is to answer reads it" },
    { 0 },
};
