/* inspect.c - a request opens an inspection on the spot, and hears what came of it. */

#include "care/request/gives.h"
#include "care/request/inside.h"

#include "care/inspection/inspection.h"

SQL(request_inspections);

#define R struct request_ticket

enum { INSPECTIONS_MAX = 20 };

/* --- begun --- */

struct inspect_input { struct checklist_id checklist; struct place_id place; };
static const struct field inspect_fields[] = {
    LINK(struct inspect_input, checklist, "checklist", .required = true, .zh = "检查表",
         .en = "Checklist"),
    LINK(struct inspect_input, place, "place", .zh = "网点",
         .en = "Place; the request's own when absent"),
    { 0 },
};

/* The reason that the place reads does not say that somebody complained. */
static enum err inspection_post(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct inspect_input *in = q->body;
    struct inspection begun;
    int64_t id;
    R r;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &request_entity, id, &r));
    struct place_id place = in->place.n ? in->place : r.place;
    if (!place.n) {
        fail_field(c, SV("place"), "field.required");
        return fail_fields(c);
    }
    const struct inspection_new wanted = { .place = place, .checklist = in->checklist,
                                           .reason = SV("专项检查"), .request = r.id.n };
    TRY(inspection_begin(c, &wanted, &begun));
    a->status = 201;
    entity_json(c, &a->json, "inspection", &inspection_entity, &begun, false);
    return ERR_NONE;
}

/* --- shown on both pages --- */

enum err request_inspections_json(struct ctx *c, struct json *j, struct request_id request)
{
    int64_t ids[INSPECTIONS_MAX];
    size_t n = 0;
    struct rows rows = db_rows(c, &sql_request_inspections, PARAMS(P_INT("request", request.n)));
    while (n < INSPECTIONS_MAX && rows_next(&rows))
        ids[n++] = rows_int(&rows, 0);
    TRY(rows_end(&rows));
    json_array(j, "inspections");
    for (size_t i = 0; i < n; i++) {
        struct inspection one;
        bool found;
        TRY(entity_load(c, &inspection_entity, ids[i], &one, &found));
        if (found)
            entity_json(c, j, NULL, &inspection_entity, &one, false);
    }
    json_end(j, ']');
    return ERR_NONE;
}

/* Who is inspected never learns that there was a request: offices ask for it apart. */
static enum err asked_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct inspection i;
    R r;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &inspection_entity, id, &i));
    if (c->who->org || !i.request)
        return ERR_NONE;
    enum err e = entity_get(c, &request_entity, i.request, &r);
    if (e == ERR_MISSING) {                      /* of another area */
        ctx_forgive(c);
        return ERR_NONE;
    }
    TRY(e);
    json_id(&a->json, "id", r.id.n);
    json_text(&a->json, "number", r.number);
    return ERR_NONE;
}

/* --- what came of it --- */

enum err request_inspected(struct ctx *c, int64_t request, struct sv words)
{
    R r;
    bool found;
    struct request_note note;
    TRY(entity_load(c, &request_entity, request, &r, &found));
    if (!found)
        return ERR_NONE;
    record_clear(request_note_fields, &note);
    note.request = r.id;
    note.words = words;
    return entity_create_by_rule(c, &request_note_entity, &note);
}
#undef R

static const struct field begun_gives[] = {
    SAYS(RECORD, "inspection", .links = "inspection"), { 0 },
};
static const struct field asked_gives[] = { MAY_SAY(ID, "id"), MAY_SAY(TEXT, "number"), { 0 } };

const struct endpoint request_inspect_endpoints[] = {
    { .verb = POST, .path = "/api/request/{id}/inspection", .run = inspection_post,
      .lane = WRITES, .may = MAY_WRITE_DIRECTORY, .takes = inspect_fields,
      .takes_size = sizeof(struct inspect_input), .gives = begun_gives, .zh = "因诉求开始现场检查",
      .en = "Begin an inspection because of a request" },
    { .verb = GET, .path = "/api/inspection/{id}/asked", .run = asked_get, .lane = READS,
      .may = MAY_READ_DIRECTORY, .gives = asked_gives, .zh = "因哪件诉求检查",
      .en = "The request that an inspection was begun for; offices only" },
    { 0 },
};
