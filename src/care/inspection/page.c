/* page.c - beginning an inspection, its score, the draw of a sample, what everybody may read. */

#include "care/inspection/inspection.h"

#include "care/division/division.h"
#include "care/parameter/parameter.h"
#include "care/request/request.h"
#include "care/todo/todo.h"
#include "http/describe/gives.h"
#include "model/who/account.h"

#include <stdlib.h>

SQL(checklist_items);
SQL(inspection_answers);
SQL(inspection_shown);
SQL(inspection_places);

enum { ITEMS_MAX = 120, DRAW_MAX = 100, POPULATION_MAX = 2000 };

/* --- begun --- */

const struct field inspection_new_fields[] = {
    LINK(struct inspection_new, place, "place", .required = true, .zh = "网点", .en = "Place"),
    LINK(struct inspection_new, checklist, "checklist", .required = true, .zh = "检查表",
         .en = "Checklist"),
    LINK(struct inspection_new, again, "inspection", .zh = "复查哪一次", .en = "Re-inspection of"),
    FIELD(struct inspection_new, reason, .required = true, .high = 100, .zh = "事由",
          .en = "Reason"),
    FIELD(struct inspection_new, request, .low = 0, .high = INT64_MAX, .code = true,
          .zh = "诉求工单", .en = "The request that asked for it"),
    { 0 },
};

MUST static enum err items_read(struct ctx *c, struct checklist_id id, struct checklist_item *ret,
                                size_t *ret_n)
{
    size_t n = 0;
    struct rows r = db_rows(c, &sql_checklist_items, PARAMS(P_INT("checklist", id.n)));
    while (n < ITEMS_MAX && rows_next(&r)) {
        record_clear(checklist_item_fields, &ret[n]);
        rows_read(&r, checklist_item_fields, &ret[n++]);
    }
    TRY(rows_end(&r));
    for (size_t i = 0; i < n; i++) {
        ret[i].part = sv_copy(&c->mem, ret[i].part);
        ret[i].words = sv_copy(&c->mem, ret[i].words);
    }
    *ret_n = n;
    return n ? ERR_NONE : fail(c, ERR_INVALID, "checklist.empty", "no items");
}

MUST static enum err answer_add(struct ctx *c, const struct inspection *i,
                                const struct checklist_item *item)
{
    struct inspection_answer a;
    record_clear(inspection_answer_fields, &a);
    a.row.scope = i->row.scope;
    a.inspection = i->id;
    a.org = i->org;
    a.place = i->place;
    a.item = item->id;
    a.seq = item->seq;
    a.points = item->points;
    a.part = item->part;
    a.words = item->words;
    a.vital = item->vital;
    return entity_create_under(c, &inspection_answer_entity, &a);
}

enum err inspection_begin(struct ctx *c, const struct inspection_new *in, struct inspection *ret)
{
    struct checklist_item *items = NEW(&c->mem, struct checklist_item, ITEMS_MAX);
    struct inspection i, before;
    struct request_ticket asked;
    struct place place;
    size_t n;
    if (c->who->org)
        return fail(c, ERR_FORBIDDEN, "inspection.own", "of an organisation");
    TRY(entity_get(c, &place_entity, in->place.n, &place));
    if (in->again.n)
        TRY(entity_get(c, &inspection_entity, in->again.n, &before));
    if (in->request)
        TRY(entity_get(c, &request_entity, in->request, &asked));
    TRY(items_read(c, in->checklist, items, &n));
    record_clear(inspection_fields, &i);
    i.row.scope = place.row.scope;
    i.place = place.id;
    i.org = place.org;
    i.checklist = in->checklist;
    i.again = in->again;
    i.day = day_of(c->now);
    i.inspector = review_me(c);
    i.reason = in->reason;
    i.request = in->request || !in->again.n ? in->request : before.request;
    TRY(entity_create_by_rule(c, &inspection_entity, &i));
    for (size_t k = 0; k < n; k++)
        TRY(answer_add(c, &i, &items[k]));
    *ret = i;
    return ERR_NONE;
}

/* --- its score --- */

enum err inspection_sum(struct ctx *c, struct inspection_id id, struct inspection_sum *ret)
{
    struct inspection_sum s = { 0 };
    struct rows r = db_rows(c, &sql_inspection_answers, PARAMS(P_INT("inspection", id.n)));
    while (rows_next(&r)) {
        int is = 0;
        (void)choice_of(looked_choices, rows_text(&r, 0), &is);
        s.open += is == LOOKED_NOT;
        s.points += is == LOOKED_PASS || is == LOOKED_FAIL ? rows_int(&r, 1) : 0;
        s.got += is == LOOKED_PASS ? rows_int(&r, 1) : 0;
        s.failing += is == LOOKED_FAIL;
        s.vital_failed = s.vital_failed || (is == LOOKED_FAIL && rows_int(&r, 2));
    }
    TRY(rows_end(&r));
    *ret = s;
    return ERR_NONE;
}

enum err inspection_grade_of(struct ctx *c, int64_t scope, struct day day,
                             const struct inspection_sum *sum, int64_t *ret_score, int *ret_grade)
{
    int64_t good, fair, score = sum->points ? sum->got * 100 / sum->points : 100;
    TRY(parameter_int(c, "inspection.good", scope, day, &good));
    TRY(parameter_int(c, "inspection.fair", scope, day, &fair));
    *ret_score = score;
    *ret_grade = sum->vital_failed || score < fair ? GRADED_POOR
                 : score < good                    ? GRADED_FAIR
                                                   : GRADED_GOOD;
    return ERR_NONE;
}

/* --- endpoints --- */

static enum err begin_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct inspection i;
    TRY(inspection_begin(c, q->body, &i));
    a->status = 201;
    entity_json(c, &a->json, "inspection", &inspection_entity, &i, false);
    return ERR_NONE;
}
static const struct field begin_gives[] = {
    SAYS(RECORD, "inspection", .links = "inspection"), { 0 },
};

struct score_said { int64_t score, failing, open; int grade; };
static const struct field score_gives[] = {
    FIELD(struct score_said, score, .zh = "得分", .en = "Score as it stands, per cent"),
    FIELD(struct score_said, failing, .zh = "不符合项", .en = "Failing"),
    FIELD(struct score_said, open, .zh = "未查", .en = "Not looked at yet"),
    CHOICE(struct score_said, grade, inspection_grades, .zh = "评定", .en = "Grade"),
    { 0 },
};

static enum err score_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct inspection i;
    struct inspection_sum sum;
    struct score_said said;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &inspection_entity, id, &i));
    TRY(inspection_sum(c, i.id, &sum));
    TRY(inspection_grade_of(c, i.row.scope, i.day, &sum, &said.score, &said.grade));
    said.failing = sum.failing;
    said.open = sum.open;
    return answer_record(c, a, score_gives, &said);
}

static const struct field shown_gives[] = {
    SAYS(DAY, "day"), SAYS(INT, "score"), SAYS(CHOICE, "grade", .choices = inspection_grades),
    SAYS(TEXT, "grade_name"), SAYS(CHOICE, "kind", .choices = checklist_kinds),
    SAYS(TEXT, "title"), SAYS(INT, "failing"),
    SAYS(INT, "mended", .zh = "已确认整改", .en = "Of these confirmed as mended"), { 0 },
};
static const struct field shown_answer_gives[] = {
    SAYS(LIST, "items", .record = shown_gives), { 0 },
};

enum err inspections_json(struct ctx *c, struct json *j, struct place_id place)
{
    struct rows r = db_rows(c, &sql_inspection_shown, PARAMS(P_INT("place", place.n)));
    json_array(j, "items");
    while (rows_next(&r)) {
        int grade = 0;
        (void)choice_of(inspection_grades, rows_text(&r, 2), &grade);
        const struct choice *g = &inspection_grades[grade];
        json_object(j, NULL);
        json_day(j, "day", (struct day){ rows_int(&r, 0) });
        json_int(j, "score", rows_int(&r, 1));
        json_text(j, "grade", rows_text(&r, 2));
        json_text(j, "grade_name", sv_of(c->lang == LANG_EN ? g->en : g->zh));
        json_text(j, "kind", rows_text(&r, 3));
        json_text(j, "title", rows_text(&r, 4));
        json_int(j, "failing", rows_int(&r, 5));
        json_int(j, "mended", rows_int(&r, 6));
        json_end(j, '}');
    }
    json_end(j, ']');
    return rows_end(&r);
}

struct shown_asked { struct place_id place; };
static const struct field shown_asked_fields[] = {
    LINK(struct shown_asked, place, "place", .required = true, .zh = "网点", .en = "Place"), { 0 },
};

static enum err shown_get(struct ctx *c, const struct request *q, struct answer *a)
{
    return inspections_json(c, &a->json, ((const struct shown_asked *)q->query)->place);
}

/* --- a sample drawn with a seed --- */

struct draw_asked { struct division_id division; int kind; int64_t n; struct sv seed; };
static const struct field draw_asked_fields[] = {
    LINK(struct draw_asked, division, "division", .zh = "辖区",
         .en = "Division; all that the caller answers for when absent"),
    CHOICE(struct draw_asked, kind, place_kinds, .required = true, .zh = "网点类型",
           .en = "Kind of place"),
    FIELD(struct draw_asked, n, .required = true, .low = 1, .high = DRAW_MAX, .zh = "抽几家",
          .en = "How many"),
    FIELD(struct draw_asked, seed, .required = true, .low = 1, .high = 40, .zh = "种子",
          .en = "Seed: the same seed draws the same places"),
    { 0 },
};
static const struct field drawn_gives[] = {
    SAYS(ID, "place"), SAYS(TEXT, "name"), MAY_SAY(DAY, "last_inspected"), { 0 },
};
static const struct field draw_gives[] = {
    SAYS(TEXT, "seed"), SAYS(INT, "population", .zh = "总数", .en = "Drawn from how many"),
    SAYS(LIST, "items", .record = drawn_gives), { 0 },
};

struct drawn { int64_t id; struct sv name; struct day last; uint64_t lot; };

/* SplitMix64 over the seed's FNV and the place's id: anybody can draw the same sample again. */
static uint64_t lot_of(struct sv seed, int64_t id)
{
    uint64_t x = 14695981039346656037u;
    for (size_t i = 0; i < seed.len; i++)
        x = (x ^ (uint8_t)seed.at[i]) * 1099511628211u;
    x += (uint64_t)id * 0x9E3779B97F4A7C15u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

static int by_lot(const void *left, const void *right)
{
    const struct drawn *a = left, *b = right;
    return a->lot != b->lot ? (a->lot < b->lot ? -1 : 1) : a->id < b->id ? -1 : a->id > b->id;
}

MUST static enum err range_read(struct ctx *c, const struct draw_asked *in,
                                struct scope_range range, struct drawn *all, size_t *n)
{
    struct rows r = db_rows(c, &sql_inspection_places,
                            PARAMS(P_INT("low", range.low), P_INT("high", range.high),
                                   P_TEXT("kind", sv_of(place_kinds[in->kind].key))));
    for (; *n < POPULATION_MAX && rows_next(&r); ++*n)
        all[*n] = (struct drawn){
            .id = rows_int(&r, 0), .name = sv_copy(&c->mem, rows_text(&r, 1)),
            .last = rows_value(&r, 3).type == VALUE_NULL ? DAY_NONE
                                                         : (struct day){ rows_int(&r, 3) },
            .lot = lot_of(in->seed, rows_int(&r, 0)) };
    return rows_end(&r);
}

MUST static enum err population(struct ctx *c, const struct draw_asked *in, struct drawn *all,
                                size_t *ret_n)
{
    struct scope_range range[WHO_RANGES_MAX];
    size_t n = 0, ranges_n = c->who->ranges_n;
    struct division v;
    for (size_t i = 0; i < ranges_n; i++)
        range[i] = c->who->ranges[i];
    if (in->division.n) {
        TRY(entity_get(c, &division_entity, in->division.n, &v));
        range[0] = division_range(v.row.scope);
        ranges_n = 1;
    }
    for (size_t i = 0; i < ranges_n; i++)
        TRY(range_read(c, in, range[i], all, &n));
    *ret_n = n;
    return ERR_NONE;
}

static enum err draw_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct draw_asked *in = q->query;
    struct drawn *all = NEW(&c->mem, struct drawn, POPULATION_MAX);
    size_t n;
    if (c->who->org)
        return fail(c, ERR_FORBIDDEN, "inspection.own", "of an organisation");
    TRY(population(c, in, all, &n));
    if (n)
        qsort(all, n, sizeof *all, by_lot);
    json_text(&a->json, "seed", in->seed);
    json_int(&a->json, "population", (int64_t)n);
    json_array(&a->json, "items");
    for (size_t i = 0; i < n && i < (size_t)in->n; i++) {
        json_object(&a->json, NULL);
        json_id(&a->json, "place", all[i].id);
        json_text(&a->json, "name", all[i].name);
        if (day_known(all[i].last))
            json_day(&a->json, "last_inspected", all[i].last);
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct endpoint endpoints[] = {
    { .verb = POST, .path = "/api/inspection/begin", .run = begin_post, .lane = WRITES,
      .may = MAY_WRITE_DIRECTORY, .takes = inspection_new_fields,
      .takes_size = sizeof(struct inspection_new), .gives = begin_gives, .zh = "开始现场检查",
      .en = "Begin an inspection: an answer for every item of the checklist" },
    { .verb = GET, .path = "/api/inspection/{id}/score", .run = score_get, .lane = READS,
      .may = MAY_READ_DIRECTORY, .gives = score_gives, .zh = "检查当前得分",
      .en = "An inspection's score as it stands" },
    { .verb = GET, .path = "/api/inspection/shown", .run = shown_get, .lane = READS,
      .may = MAY_ANYONE, .query = shown_asked_fields, .query_size = sizeof(struct shown_asked),
      .gives = shown_answer_gives, .zh = "公布的检查结果", .en = "A place's published inspections" },
    { .verb = GET, .path = "/api/inspection/draw", .run = draw_get, .lane = READS,
      .may = MAY_WRITE_DIRECTORY, .query = draw_asked_fields,
      .query_size = sizeof(struct draw_asked), .gives = draw_gives, .zh = "抽查名单（带种子）",
      .en = "A sample of places drawn with a seed" },
    { 0 },
};

#define DEFAULTS "系统默认值，待核"
static const struct parameter_default parameters[] = {
    { "inspection.good", "90", "%", "检查评定优秀不低于", "Graded good from", DEFAULTS },
    { "inspection.fair", "70", "%", "检查评定合格不低于", "Graded fair from", DEFAULTS },
    { 0 },
};

static const struct message messages[] = {
    { "checklist.edition", "这个检查表的这一版已有了", "This edition exists" },
    { "checklist.in_use", "这一版已用过，请另建新版", "This edition has been used: write a new one" },
    { "checklist.empty", "这个检查表还没有检查项", "This checklist has no items" },
    { "inspection.own", "机构人员不能检查，由社区、街道、区里的人检查",
      "Who works for an organisation does not inspect" },
    { "inspection.unanswered", "还有没查的项，请先逐项填写", "Some items are not answered yet" },
    { "inspection.signed", "双方已签字，不能再改；要改请退回", "It is signed; have it returned first" },
    { "inspection.not_now", "现在没有要整改的", "There is nothing to mend now" },
    { "inspection.not_yours", "由被检查的机构填写整改", "The organisation inspected says this" },
    { 0 },
};

static const struct todo_kind todos[] = {
    { .key = "inspections_to_publish", .zh = "待公布的检查", .en = "Inspections to publish",
      .entity = "inspection", .list = "state=submitted", .may = RIGHT(MAY_REVIEW_DIRECTORY),
      .not_org = true, .not_by = "inspector", .shows = "place,day,score,grade" },
    { .key = "to_mend", .zh = "待整改", .en = "To mend", .entity = "inspection_answer",
      .list = "result=fail&mended=no", .due = "mend_by", .may = RIGHT(MAY_SERVE_ORDERS),
      .shows = "place,words,mend_by" },
    { .key = "mending_to_confirm", .zh = "待确认的整改", .en = "Mending to confirm",
      .entity = "inspection_answer", .list = "result=fail&mended=said", .due = "mend_by",
      .may = RIGHT(MAY_WRITE_DIRECTORY), .not_org = true, .shows = "place,words,mended_note" },
    { 0 },
};

static const struct entity *const entities[] = {
    &checklist_entity, &checklist_item_entity, &inspection_entity, &inspection_answer_entity, NULL,
};

const struct module inspection_module = {
    .name = "inspection", .entities = entities, .endpoints = endpoints, .parameters = parameters,
    .messages = messages, .todos = todos,
};
