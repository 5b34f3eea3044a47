/* page.c - asking at once, candidates for the map, and what became of a job. */

#include "care/siting/question.h"

static const struct siting_row *asked_in(const struct request *q)
{
    return q->body;
}

enum err siting_candidates_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct atlas *atlas;
    struct question question;
    TRY(atlas_enter(c, &atlas));
    enum err err = question_candidates(c, asked_in(q), atlas, &question);
    atlas_leave(c, atlas);
    TRY(err);
    candidates_json(c, &a->json, &question);
    return ERR_NONE;
}

enum err siting_try_post(struct ctx *c, const struct request *q, struct answer *a)
{
    struct question question;
    struct solution solution;
    struct directory *d;
    TRY(question_make(c, asked_in(q), true, &question));
    TRY(question_solve(c, &question, SITING_TRY_SECONDS, NULL, NULL, &solution));
    TRY(directory_enter(c, &d));
    solution_json(c, &a->json, d, &question, &solution);
    directory_leave(c, d);
    return ERR_NONE;
}

/* --- of a row --- */

const struct field siting_answer_gives[] = {
    SAYS(TEXT, "state"), MAY_SAY(ID, "scenario"), MAY_SAY(TEXT, "fault_text"),
    MAY_SAY(RECORD, "answer", .record = siting_gives), { 0 },
};

enum err siting_answer_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct siting_row s;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &siting_entity, id, &s));
    json_text(&a->json, "state", sv_of(siting_states[s.state].key));
    if (s.scenario.n)
        json_id(&a->json, "scenario", s.scenario.n);
    if (s.fault.len)
        json_text(&a->json, "fault_text", s.fault);
    if (s.answer.json.len)
        json_raw(&a->json, "answer", s.answer.json);
    return ERR_NONE;
}

const struct field siting_progress_gives[] = {
    SAYS(TEXT, "state"), SAYS(INT, "done"), SAYS(INT, "total"), { 0 },
};

enum err siting_progress_get(struct ctx *c, const struct request *q, struct answer *a)
{
    struct siting_row s;
    struct job j = { 0 };
    bool found = false;
    int64_t id;
    TRY(request_id(c, q, 0, &id));
    TRY(entity_get(c, &siting_entity, id, &s));
    if (s.job)
        TRY(job_get(c, s.job, &j, &found));
    bool waits = s.state == SITING_WAITING && found;
    bool gone = waits && (sv_is(j.state, "failed") || sv_is(j.state, "cancelled"));
    json_text(&a->json, "state", gone ? SV("failed") : waits && sv_is(j.state, "running")
              ? SV("running") : sv_of(siting_states[s.state].key));
    json_int(&a->json, "done", j.done);
    json_int(&a->json, "total", j.total);
    return ERR_NONE;
}
