/* page.c - the queue that is rung one after another, and what came of a round. */

#include "care/parameter/parameter.h"
#include "care/survey/survey.h"
#include "http/describe/gives.h"

SQL(survey_result);
SQL(survey_next);
SQL(survey_contact);

/* --- the queue --- */

struct next_asked { struct survey_round_id round; };
static const struct field next_fields[] = {
    LINK(struct next_asked, round, "survey_round", .required = true, .zh = "批次", .en = "Round"),
    { 0 },
};

static int64_t part_bit(struct moment m)
{
    int minute = minute_of(m);
    return minute < 720 ? 1 : minute < 1080 ? 2 : 4;
}

MUST static enum err next_id(struct ctx *c, struct survey_round_id round, int64_t *ret_id)
{
    *ret_id = 0;
    for (size_t i = 0; c->who && i < c->who->ranges_n && !*ret_id; i++)
        TRY(db_int(c, &sql_survey_next,
                   PARAMS(P_INT("round", round.n), P_INT("low", c->who->ranges[i].low),
                          P_INT("high", c->who->ranges[i].high),
                          P_INT("bit", part_bit(c->now))), ret_id));
    return ERR_NONE;
}

/* Her own number, else that of the first of her people; neither: `by` and `phone` stay empty. */
MUST static enum err number_put(struct ctx *c, struct json *j, const struct elder *e)
{
    struct contact by;
    int64_t id = 0;
    bool found = false;
    if (!e->phone.len)
        TRY(db_int(c, &sql_survey_contact, PARAMS(P_INT("elder", e->id.n)), &id));
    if (id)
        TRY(entity_load(c, &contact_entity, id, &by, &found));
    json_text(j, "phone", found ? by.phone : e->phone);
    if (found)
        json_text(j, "by", sv_fmt(&c->mem, "%s %.*s",
                                  c->lang == LANG_EN ? relation_kinds[by.relation].en
                                                     : relation_kinds[by.relation].zh,
                                  SV_ARG(by.name)));
    return ERR_NONE;
}

/* The number is shown whole to who rings it: a look, and logged. */
static enum err next_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct next_asked *asked = q->query;
    struct survey_round r;
    struct survey_call k;
    struct elder e;
    int64_t id;
    TRY(entity_get(c, &survey_round_entity, asked->round.n, &r));
    TRY(next_id(c, r.id, &id));
    json_text(&a->json, "opening", r.opening);
    json_text(&a->json, "question1", r.question1);
    json_text(&a->json, "question2", r.question2);
    if (!id)
        return ERR_NONE;
    TRY(entity_get(c, &survey_call_entity, id, &k));
    TRY(entity_get(c, &elder_entity, k.elder.n, &e));
    c->reason = SV("电话回访");
    TRY(access_note(c, e.id.n, &survey_call_entity, k.id.n, SV("name,phone")));
    entity_json(c, &a->json, "call", &survey_call_entity, &k, false);
    json_text(&a->json, "name", e.name);
    return number_put(c, &a->json, &e);
}

/* --- the result --- */

static void share_json(struct json *j, struct share s)
{
    json_real(j, "share", s.p);
    json_real(j, "low", s.low);
    json_real(j, "high", s.high);
}

static void line_json(struct json *j, const struct survey_line *l)
{
    json_object(j, NULL);
    json_id(j, "org", l->org);
    json_text(j, "name", l->name);
    json_int(j, "population", l->of.population);
    json_int(j, "drawn", l->drawn);
    json_int(j, "answered", l->of.answered);
    json_int(j, "satisfied", l->of.good);
    json_int(j, "refused", l->refused);
    json_int(j, "unreached", l->unreached);
    json_int(j, "waiting", l->waiting);
    share_json(j, share_of(l->of.population, l->of.answered, l->of.good));
    json_end(j, '}');
}

enum err survey_result_of(struct ctx *c, struct survey_round_id id, struct survey_result *ret)
{
    struct stratum *strata = NEW(&c->mem, struct stratum, SURVEY_STRATA_MAX);
    struct survey_result r = { .lines = NEW(&c->mem, struct survey_line, SURVEY_STRATA_MAX) };
    struct rows rows = db_rows(c, &sql_survey_result, PARAMS(P_INT("round", id.n)));
    while (r.n < SURVEY_STRATA_MAX && rows_next(&rows)) {
        struct survey_line *l = &r.lines[r.n];
        *l = (struct survey_line){
            .org = rows_int(&rows, 0), .name = sv_copy(&c->mem, rows_text(&rows, 1)),
            .of = { rows_int(&rows, 2), rows_int(&rows, 4), rows_int(&rows, 5) },
            .drawn = rows_int(&rows, 3), .refused = rows_int(&rows, 6),
            .unreached = rows_int(&rows, 7), .waiting = rows_int(&rows, 8),
        };
        strata[r.n++] = l->of;
        r.drawn += l->drawn;
        r.answered += l->of.answered;
        r.refused += l->refused;
        r.unreached += l->unreached;
    }
    TRY(rows_end(&rows));
    r.all = share_of_strata(strata, r.n, &r.covered);
    *ret = r;
    return ERR_NONE;
}

struct sv survey_method(enum lang lang)
{
    return sv_of(lang == LANG_EN
                     ? "Simple random sample of each provider's people, without replacement; "
                       "95 % intervals by Wilson with finite population correction; the whole "
                       "weighted by people served. Refused and not reached are not answers."
                     : "按服务机构分层、不放回简单随机抽样；95% 置信区间用 Wilson 法加有限总体修正；"
                       "总体按各机构服务人数加权。拒访和无法接通不算回答，另列。");
}

static enum err result_get(struct ctx *c, const struct request *q, struct answer *a)
{
    int64_t id;
    struct survey_round round;
    struct survey_result r;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &survey_round_entity, id, &round));
    TRY(survey_result_of(c, round.id, &r));
    json_array(&a->json, "strata");
    for (size_t i = 0; i < r.n; i++)
        line_json(&a->json, &r.lines[i]);
    json_end(&a->json, ']');
    share_json(&a->json, r.all);
    json_real(&a->json, "covered", r.covered);
    json_int(&a->json, "drawn", r.drawn);
    json_int(&a->json, "answered", r.answered);
    json_int(&a->json, "refused", r.refused);
    json_int(&a->json, "unreached", r.unreached);
    json_text(&a->json, "name", round.name);
    json_text(&a->json, "method", survey_method(c->lang));
    return ERR_NONE;
}

static const struct field next_gives[] = {
    SAYS(TEXT, "opening"), SAYS(TEXT, "question1"), SAYS(TEXT, "question2"),
    MAY_SAY(RECORD, "call", .links = "survey_call"), MAY_SAY(TEXT, "name"),
    MAY_SAY(TEXT, "phone"), MAY_SAY(TEXT, "by"), { 0 },
};
static const struct field stratum_gives[] = {
    SAYS(ID, "org"), SAYS(TEXT, "name"), SAYS(INT, "population"), SAYS(INT, "drawn"),
    SAYS(INT, "answered"), SAYS(INT, "satisfied"), SAYS(INT, "refused"), SAYS(INT, "unreached"),
    SAYS(INT, "waiting"), SAYS(REAL, "share"), SAYS(REAL, "low"), SAYS(REAL, "high"), { 0 },
};
static const struct field result_gives[] = {
    SAYS(LIST, "strata", .record = stratum_gives), SAYS(REAL, "share"), SAYS(REAL, "low"),
    SAYS(REAL, "high"), SAYS(REAL, "covered"), SAYS(INT, "drawn"), SAYS(INT, "answered"),
    SAYS(INT, "refused"), SAYS(INT, "unreached"), SAYS(TEXT, "name"), SAYS(TEXT, "method"), { 0 },
};

const struct endpoint survey_endpoints[] = {
    { .verb = GET, .path = "/api/survey/next", .run = next_get, .lane = WRITES,
      .may = MAY_ANSWER_CALLS, .query = next_fields, .query_size = sizeof(struct next_asked),
      .gives = next_gives, .zh = "下一个要回访的人", .en = "Whom to ring next, and what to say" },
    { .verb = GET, .path = "/api/survey_round/{id}/result", .run = result_get, .lane = READS,
      .may = MAY_READ_FIGURES, .gives = result_gives, .zh = "回访结果",
      .en = "Satisfaction by provider and in all, with 95 % intervals" },
    { 0 },
};
