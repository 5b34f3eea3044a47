/* run.c - the job behind a row: asked as who made it, kept as an answer and as a scenario. */

#include "care/siting/question.h"

#include "base/log.h"

enum { TOLD_EVERY_MS = 1000, PER_CENT = 100, READY = 10 };

/* What the search is told by, and by which it is called off. */
struct running {
    struct ctx       *c;                 /* of the job */
    const struct job *job;
    double            start, seconds, told;
    enum err          err;
};

static bool go_on(void *arg)
{
    struct running *r = arg;
    double now = cpu_now();
    if (r->err != ERR_NONE || (now - r->told) * 1000 < TOLD_EVERY_MS)
        return r->err == ERR_NONE;
    r->told = now;
    int64_t done = READY + (int64_t)((now - r->start) / r->seconds * (PER_CENT - READY));
    r->err = job_progress(r->c, r->job, done < PER_CENT ? done : PER_CENT - 1, PER_CENT);
    return r->err == ERR_NONE;
}

/* --- as who asked --- */

struct made { struct siting_row row; enum role role; struct sv answer, changes; };

MUST static enum err answer_it(struct ctx *c, struct running *r, struct made *m,
                               struct arena *keep)
{
    struct question question;
    struct solution solution;
    struct directory *d;
    struct buf b = buf_new(&c->mem, 1 << 16);
    struct json j = json_new(&b);
    TRY(question_make(c, &m->row, false, &question));
    r->start = r->told = cpu_now();
    TRY(question_solve(c, &question, r->seconds, go_on, r, &solution));
    TRY(r->err);
    TRY(directory_build(c, &d));             /* for names: a worker keeps none */
    json_object(&j, NULL);
    solution_json(c, &j, d, &question, &solution);
    json_end(&j, '}');
    directory_end(d);
    if (b.len > SITING_ANSWER_MAX)
        return fail(c, ERR_TOO_LARGE, "siting.too_large", "an answer of %zu bytes", b.len);
    m->answer = sv_copy(keep, buf_sv(&b));
    m->changes = sv_copy(keep, solution.changes);
    return ERR_NONE;
}

/* Reads on a connection of its own, with memory of its own, as far as she may see today. */
MUST static enum err answer_as(struct ctx *c, struct running *r, struct made *m)
{
    struct ctx own = *c;
    own.mem = (struct arena){ 0 };
    own.db = NULL;
    TRY(db_open(c, c->house->store, DB_READS, &own.db));
    enum err err = who_of(&own, m->row.made_by.n, m->role, &own.who);
    if (err == ERR_NONE && !own.who)
        err = fail(&own, ERR_FORBIDDEN, "export.lost_role", "role is gone");
    if (err == ERR_NONE)
        err = db_begin_reads(&own);
    if (err == ERR_NONE) {
        err = answer_it(&own, r, m, &c->mem);
        db_rollback(&own);
    }
    if (err != ERR_NONE) {
        c->fault = own.fault;
        arena_join(&c->mem, &own.mem);
    }
    db_close(own.db);
    arena_free(&own.mem);
    return err;
}

/* --- how it ended --- */

/* The fault as a sentence: the field's own where one is at fault. */
static struct sv fault_words(struct ctx *c)
{
    const struct fault *f = &c->fault;
    bool field = f->fields_n > 0;
    return sv_copy(&c->mem, house_message(c->house, &c->mem, c->lang,
                                          field ? f->fields[0].key : f->key,
                                          field ? f->fields[0].arg0 : f->arg0,
                                          field ? f->fields[0].arg1 : f->arg1));
}

MUST static enum err keep_scenario(struct ctx *c, const struct siting_row *s, struct sv changes,
                                   struct scenario_id *ret_id)
{
    struct scenario k;
    const struct json_value *tree;
    struct atlas_question q;
    TRY(atlas_question_of(c, &(struct atlas_asked){ .kind = s->kind, .profile = s->profile,
                          .minutes = s->minutes, .metres = s->metres, .division = s->division },
                          &q));
    TRY(json_parse(c, changes, &tree));
    record_clear(scenario_fields, &k);
    k.name = s->name;
    k.division = s->division;
    k.kind = s->kind;
    k.profile = s->profile;
    k.minutes = q.rule.minutes;
    k.metres = q.rule.metres;
    k.measure = 1;                           /* e2sfca, as the screen begins with */
    k.changes.json = changes;
    k.origin = SCENARIO_BY_SITING;
    k.made_by = s->made_by;
    TRY(entity_create_by_rule(c, &scenario_entity, &k));
    *ret_id = k.id;
    return ERR_NONE;
}

struct ending { int64_t id; const struct made *made; struct sv fault; };

/* The automatic step's effect (siting.c): what came of it goes into the row. */
enum err siting_end(struct ctx *c, void *row, const void *input)
{
    struct siting_row *s = row;
    const struct ending *e = input;
    s->fault = e->fault;
    s->answered_at = c->now;
    if (e->fault.len)
        return ERR_NONE;
    s->answer.json = e->made->answer;
    return keep_scenario(c, s, e->made->changes, &s->scenario);
}

static enum err end_row(struct ctx *c, void *arg)
{
    const struct ending *e = arg;
    struct siting_row s;
    bool found;
    TRY(entity_load(c, &siting_entity, e->id, &s, &found));
    if (!found || s.state != SITING_WAITING)
        return ERR_NONE;
    return entity_act_by_rule(c, &siting_entity, s.id.n, s.row.version,
                              e->fault.len ? SV("fail") : SV("answer"), e, &s);
}

MUST static enum err row_of(struct ctx *c, const struct job *j, struct made *m, bool *ret_found)
{
    const struct json_value *tree;
    int64_t id, role;
    TRY(json_parse(c, j->input, &tree));
    if (!json_id_of(json_member(tree, "siting"), &id)
        || !json_whole(json_member(tree, "role"), 0, ROLE_COUNT - 1, &role))
        return fail(c, ERR_MALFORMED, "json.malformed", "job without a question");
    m->role = (enum role)role;
    return entity_load(c, &siting_entity, id, &m->row, ret_found);
}

enum err siting_job(struct ctx *c, const struct job *j)
{
    struct made m = { 0 };
    bool found;
    TRY(row_of(c, j, &m, &found));
    if (!found || m.row.state != SITING_WAITING)
        return ERR_NONE;
    struct running r = { .c = c, .job = j,
                         .seconds = m.row.seconds.known ? (double)m.row.seconds.n
                                                        : SITING_SECONDS };
    TRY(job_progress(c, j, 1, PER_CENT));
    enum err err = answer_as(c, &r, &m);
    if (r.err != ERR_NONE || err == ERR_BUSY || err == ERR_TOO_MANY)
        return err;                          /* called off, lost, or tried again */
    struct ending e = { .id = m.row.id.n, .made = &m };
    if (err != ERR_NONE) {
        log_fault(c, "siting.failed");
        e.fault = fault_words(c);
        ctx_forgive(c);
    }
    return transaction(c, end_row, &e);
}
