/* homes.c - homes are joined to the streets that are in service now. */

#include "app/streets/streets.h"

#include "base/json.h"
#include "care/elder/elder.h"

SQL(streets_homes);
SQL(streets_home_set);
SQL(streets_home_none);

/* One job's memory grows with its homes; the next goes on where it ended. */
enum { BATCH = 50, HOMES_A_JOB = 5000 };

struct pass { int64_t after; size_t n; };

MUST static enum err join_one(struct ctx *c, int64_t id)
{
    struct elder e;
    bool found;
    TRY(entity_load(c, &elder_entity, id, &e, &found));
    struct opt_int was = e.junction;
    if (!found)
        return ERR_NONE;
    elder_place_home(c, &e);
    if (was.known == e.junction.known && was.n == e.junction.n)
        return ERR_NONE;
    if (e.junction.known)
        return db_run(c, &sql_streets_home_set,
                      PARAMS(P_INT("junction", e.junction.n), P_INT("id", id)), NULL);
    return db_run(c, &sql_streets_home_none, PARAMS(P_INT("id", id)), NULL);
}

static enum err join_batch(struct ctx *c, void *arg)
{
    struct pass *p = arg;
    int64_t ids[BATCH];
    p->n = 0;
    struct rows r = db_rows(c, &sql_streets_homes,
                            PARAMS(P_INT("after", p->after), P_INT("size", BATCH)));
    while (rows_next(&r))
        ids[p->n++] = rows_int(&r, 0);
    TRY(rows_end(&r));
    for (size_t i = 0; i < p->n; i++)
        TRY(join_one(c, ids[i]));
    p->after = p->n ? ids[p->n - 1] : p->after;
    return ERR_NONE;
}

static enum err go_on(struct ctx *c, void *arg)
{
    const struct pass *p = arg;
    struct buf b = buf_new(&c->mem, 64);
    struct json j = json_new(&b);
    int64_t job;
    json_object(&j, NULL);
    json_id(&j, "after", p->after);
    json_end(&j, '}');
    return job_add(c, "roads.homes", buf_sv(&b), &job);
}

/* A transaction may run twice, so the place is moved on only behind it. */
enum err streets_homes(struct ctx *c, const struct job *j)
{
    struct pass at = { .n = BATCH };
    const struct json_value *input = NULL;
    int64_t done = 0;
    if (j->input.len)
        TRY(json_parse(c, j->input, &input));
    (void)json_id_of(json_member(input, "after"), &at.after);
    TRY(roads_file_refresh(c));
    for (; at.n == BATCH && done < HOMES_A_JOB; done += BATCH) {
        struct pass next = { .after = at.after };
        TRY(transaction_batch(c, join_batch, &next));
        at = next;
        TRY(job_progress(c, j, done, 0));
    }
    return at.n == BATCH ? transaction(c, go_on, &at) : ERR_NONE;
}
