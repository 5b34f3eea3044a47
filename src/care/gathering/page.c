/* page.c - a class or outing as everybody sees it, signing up, and one's own sign-ups. */

#include "care/gathering/grid.h"
#include "care/gathering/inside.h"
#include "sheet/out.h"

#include "care/near/ask.h"
#include "care/parameter/parameter.h"
#include "http/describe/gives.h"

SQL(gathering_counts);
SQL(gathering_left);
SQL(gathering_ahead);

enum { MINE_MAX = 60 };

enum err gathering_count_of(struct ctx *c, const struct gathering *g, struct gathering_count *n)
{
    *n = (struct gathering_count){ .left = g->places };
    struct rows r = db_rows(c, &sql_gathering_counts, PARAMS(P_INT("gathering", g->id.n)));
    if (rows_next(&r)) {
        n->in = rows_int(&r, 0);
        n->waiting = rows_int(&r, 1);
        n->invited = rows_int(&r, 2);
        n->absent = rows_int(&r, 3);
    }
    TRY(rows_end(&r));
    struct rows left = db_rows(c, &sql_gathering_left,
                               PARAMS(P_INT("offer", g->offer.n), P_INT("day", g->first_day.n),
                                      P_INT("start_min", g->start_min)));
    if (rows_next(&left))
        n->left = rows_int(&left, 0);
    return rows_end(&left);
}

enum err gathering_json(struct ctx *c, struct json *j, const struct gathering *g)
{
    struct gathering_count n;
    struct organisation org;
    bool found;
    TRY(gathering_count_of(c, g, &n));
    TRY(entity_load(c, &organisation_entity, g->org.n, &org, &found));
    const struct choice *kind = &gathering_kinds[g->kind];
    json_id(j, "id", g->id.n);
    json_text(j, "title", g->title);
    json_text(j, "kind", sv_of(kind->key));
    json_text(j, "kind_name", sv_of(c->lang == LANG_EN ? kind->en : kind->zh));
    json_text(j, "when", gathering_when(&c->mem, g, c->lang));
    json_text(j, "where", g->meets_at);
    json_day(j, "first_day", g->first_day);
    json_day(j, "last_day", g->last_day);
    json_int(j, "start_min", g->start_min);
    json_int(j, "end_min", g->end_min);
    if (g->leader.len)
        json_text(j, "leader", g->leader);
    json_id(j, "org", g->org.n);
    json_text(j, "org_name", found ? org.name : SV(""));
    if (g->place.n)
        json_id(j, "place", g->place.n);
    json_int(j, "price", g->price.fen);
    json_int(j, "places", g->places);
    json_int(j, "left", n.left);
    json_int(j, "in", n.in);
    json_int(j, "waiting", n.waiting);
    json_int(j, "invited", n.invited);
    json_day(j, "opens_on", g->opens_on);
    json_day(j, "closes_on", g->closes_on);
    return ERR_NONE;
}

/* --- one of them --- */

static void put_set(struct ctx *c, struct json *j, const char *name, struct set set,
                    const struct choice *choices)
{
    json_array(j, name);
    for (int i = 0; choices[i].key; i++)
        if (set.bits >> i & 1)
            json_text(j, NULL, sv_of(c->lang == LANG_EN ? choices[i].en : choices[i].zh));
    json_end(j, ']');
}

/* What leaving and not coming cost, said before one signs up. */
MUST static enum err rule_of(struct ctx *c, const struct gathering *g, struct sv *ret_text)
{
    int64_t hours, percent, absent;
    TRY(parameter_int(c, "gathering.cancel_free_hours", g->row.scope, g->first_day, &hours));
    TRY(parameter_int(c, "gathering.cancel_fee_percent", g->row.scope, g->first_day, &percent));
    TRY(parameter_int(c, "gathering.absent_percent", g->row.scope, g->first_day, &absent));
    *ret_text = sv_fmt(&c->mem,
                       c->lang == LANG_EN
                           ? "Leaving is free until %lld hours before it begins, then %lld%% of "
                             "what one pays oneself; who never comes pays %lld%% of it."
                           : "开始前 %lld 小时以上退出不收费，再晚收自付部分的 %lld%%；"
                             "报了名一次没来，收自付部分的 %lld%%。",
                       (long long)hours, (long long)percent, (long long)absent);
    return ERR_NONE;
}

static enum err page_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering g;
    struct day days[GATHERING_DAYS_MAX];
    struct sv rule;
    int64_t id;
    bool found;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_load(c, &gathering_entity, id, &g, &found));
    if (!found || g.state != REVIEW_PUBLISHED || moment_known(g.row.ended_at))
        return fail(c, ERR_MISSING, "gathering.missing", "no gathering %lld", (long long)id);
    TRY(gathering_json(c, &a->json, &g));
    TRY(rule_of(c, &g, &rule));
    json_text(&a->json, "description", g.description);
    json_text(&a->json, "rule", rule);
    json_int(&a->json, "age_min", g.age_min);
    put_set(c, &a->json, "grades", g.grades, ability_grades);
    struct whom w = gathering_whom(&g);
    if (w.residences.bits || w.months)
        json_text(&a->json, "residence", whom_words(&c->mem, &w, c->lang));
    json_array(&a->json, "needs");
    for (int i = 0; gathering_needs[i].key; i++)
        if (g.needs.bits >> i & 1)
            json_text(&a->json, NULL, sv_of(gathering_needs[i].key));
    json_end(&a->json, ']');
    json_array(&a->json, "days");
    size_t n = gathering_days(&g, days);
    for (size_t i = 0; i < n; i++)
        json_day(&a->json, NULL, days[i]);
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field page_gives[] = {
    GATHERING_GIVES, SAYS(TEXT, "description"),
    SAYS(TEXT, "rule", .zh = "退出规则", .en = "What leaving costs"), SAYS(INT, "age_min"),
    SAYS(LIST, "grades"), MAY_SAY(TEXT, "residence"), SAYS(LIST, "needs"), SAYS(LIST, "days"),
    { 0 },
};

/* --- signing up --- */

MUST static enum err put_enrolment(struct ctx *c, struct json *j, const struct enrolment *r)
{
    int64_t ahead = 0;
    if (r->state == ENROLMENT_WAITING)
        TRY(db_int(c, &sql_gathering_ahead,
                   PARAMS(P_INT("gathering", r->gathering.n), P_INT("id", r->id.n)), &ahead));
    entity_json(c, j, "enrolment", &enrolment_entity, r, false);
    json_text(j, "name", r->for_name);         /* whole: of who is hers, or was typed just now */
    json_text(j, "state_name", sv_of(c->lang == LANG_EN ? enrolment_states[r->state].en
                                                        : enrolment_states[r->state].zh));
    if (r->state == ENROLMENT_WAITING)
        json_int(j, "turn", ahead + 1);
    return ERR_NONE;
}

static enum err enrol_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct gathering_id id;
    struct enrolment r;
    TRY(request_id(c, q, 0, &id.n));
    TRY(gathering_enrol(c, id, q->body, &r));
    a->status = 201;
    a->location = sv_fmt(&c->mem, "/api/enrolment/%lld", (long long)r.id.n);
    return put_enrolment(c, &a->json, &r);
}

#define SIGNED_UP                                                                                 \
    SAYS(RECORD, "enrolment", .links = "enrolment"), SAYS(TEXT, "name"), SAYS(TEXT, "state_name"), \
        MAY_SAY(INT, "turn", .zh = "候补第几位", .en = "Which turn, of who waits")
static const struct field enrol_gives[] = {
    SIGNED_UP, { 0 },
};

/* Her own and those of whom she is bound to, the latest first. */
static enum err mine_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct page page;
    (void)q;
    TRY(entity_list(c, &enrolment_entity, &(struct query){ .size = MINE_MAX }, &page));
    const struct enrolment *rows = page.rows;
    json_array(&a->json, "items");
    for (size_t i = 0; i < page.n; i++) {
        struct gathering g;
        bool found;
        TRY(entity_load(c, &gathering_entity, rows[i].gathering.n, &g, &found));
        json_object(&a->json, NULL);
        json_object(&a->json, "gathering");
        TRY(gathering_json(c, &a->json, &g));
        json_end(&a->json, '}');
        TRY(put_enrolment(c, &a->json, &rows[i]));
        json_end(&a->json, '}');
    }
    json_end(&a->json, ']');
    return ERR_NONE;
}

static const struct field brief_gives[] = { GATHERING_GIVES, { 0 } };
static const struct field mine_item_gives[] = {
    SAYS(RECORD, "gathering", .record = brief_gives), SIGNED_UP, { 0 },
};
static const struct field mine_gives[] = { SAYS(LIST, "items", .record = mine_item_gives), { 0 } };

const struct endpoint gathering_endpoints[] = {
    { .verb = GET, .path = "/api/gathering/open", .run = gathering_open_get, .lane = READS,
      .may = MAY_ANYONE, .query = near_asked_fields, .query_size = sizeof(struct near_asked),
      .gives = gathering_open_gives, .zh = "可以报名的课程与活动，按步行时间",
      .en = "Classes and outings that one may sign up for, by how far it is to walk" },
    { .verb = GET, .path = "/api/gathering/week", .run = gathering_week_get, .lane = READS,
      .may = MAY_READ_ORDERS, .query = gathering_week_asked_fields,
      .query_size = sizeof(struct gathering_week_asked), .gives = gathering_week_gives,
      .zh = "一周的课程与活动", .en = "A week of classes and outings" },
    { .verb = GET, .path = "/api/gathering/{id}/page", .run = page_get, .lane = READS,
      .may = MAY_ANYONE, .gives = page_gives, .zh = "一个课程或活动",
      .en = "One class or outing, with its rule and conditions" },
    { .verb = POST, .path = "/api/gathering/{id}/enrol", .run = enrol_post, .lane = WRITES,
      .may = MAY_SIGNED_IN, .takes = enrol_new_fields, .takes_size = sizeof(struct enrol_new),
      .gives = enrol_gives, .zh = "报名，满员时候补", .en = "Sign up, or wait when it is full" },
    { .verb = GET, .path = "/api/my/gatherings", .run = mine_get, .lane = READS,
      .may = MAY_BE_CITIZEN, .gives = mine_gives, .zh = "我的活动", .en = "One's own sign-ups" },
    { .verb = GET, .path = "/api/gathering/{id}/sheet", .run = gathering_sheet_get,
      .lane = WRITES, .may = MAY_SERVE_ORDERS, .query = gathering_sheet_asked_fields,
      .query_size = sizeof(struct gathering_sheet_asked), .gives = gathering_sheet_gives,
      .zh = "某一天的签到表", .en = "Who signed up and who came, of one day" },
    { .verb = GET, .path = "/api/gathering/{id}/attendance", .run = gathering_grid_get,
      .lane = WRITES, .may = MAY_SERVE_ORDERS, .gives = gathering_grid_gives,
      .zh = "出勤表：姓名×日期", .en = "Who came when: names by dates" },
    { .verb = GET, .path = "/api/gathering/{id}/attendance/book", .run = gathering_grid_book_get,
      .lane = WRITES, .may = MAY_EXPORT, .media = XLSX_TYPE, .zh = "出勤表（Excel）",
      .en = "Who came when, as a workbook" },
    { .verb = POST, .path = "/api/gathering/{id}/sign_in", .run = gathering_sign_in_post,
      .lane = WRITES, .may = MAY_SERVE_ORDERS, .takes = door_fields,
      .takes_size = sizeof(struct sign_in), .gives = door_gives,
      .zh = "签到：刷卡、尾号或点名", .en = "Sign in: by card, digits or a tick" },
    { 0 },
};
