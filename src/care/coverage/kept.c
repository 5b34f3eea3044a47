/* kept.c - counts for everybody's questions, made by one of them and kept for the others. */

#include "care/coverage/kept.h"

#include "model/house.h"

#include <assert.h>
#include <pthread.h>

SQL(coverage_by_scope);
SQL(coverage_state);

enum { KEEP_MS = 1800000 };

static_assert((int)ATLAS_STEPS <= (int)PLACE_KINDS, "a row has room for the steps");

struct coverage_kept {
    pthread_mutex_t   lock;
    bool              counting;
    struct kept_table own, by[PLACE_KINDS][PROFILE_COUNT];
};

struct coverage_kept *coverage_kept_new(struct arena *mem)
{
    struct coverage_kept *k = NEW(mem, struct coverage_kept, 1);
    pthread_mutex_init(&k->lock, NULL);
    return k;
}

void coverage_kept_end(struct coverage_kept *k)
{
    if (!k)
        return;
    block_free(k->own.row);
    for (int kind = 0; kind < PLACE_KINDS; kind++)
        for (int p = 0; p < PROFILE_COUNT; p++)
            block_free(k->by[kind][p].row);
    pthread_mutex_destroy(&k->lock);
}

/* --- counting --- */

static struct kept_row *row_of(struct kept_table *t, size_t *room, int64_t scope)
{
    if (t->n && t->row[t->n - 1].scope == scope)
        return &t->row[t->n - 1];
    if (t->n == *room) {
        *room = *room ? *room * 2 : 64;
        t->row = block_resize(t->row, *room * sizeof *t->row);
    }
    t->row[t->n] = (struct kept_row){ .scope = scope };
    return &t->row[t->n++];
}

MUST static enum err count_own(struct ctx *c, struct kept_table *t)
{
    size_t room = 0;
    struct rows r = db_rows(c, &sql_coverage_by_scope, PARAMS(P_INT("low", 0),
                                                              P_INT("high", INT64_MAX)));
    while (rows_next(&r)) {
        struct kept_row *row = row_of(t, &room, rows_int(&r, 0));
        int64_t kinds = rows_int(&r, 1), homes = rows_int(&r, 2);
        row->homes += homes;
        for (int kind = 0; kind < PLACE_KINDS; kind++)
            row->near[kind] += kinds >> kind & 1 ? homes : 0;
    }
    return rows_end(&r);
}

MUST static enum err count_by_rule(struct ctx *c, const struct kept_ask *ask, struct kept_table *t)
{
    struct atlas *a;
    size_t room = 0;
    TRY(atlas_enter(c, &a));
    struct atlas_steps steps = atlas_steps_of(&c->mem, a, ask->kind, ask->profile);
    atlas_leave(c, a);
    for (size_t i = 0; i < steps.n; i++) {
        struct kept_row *row = row_of(t, &room, steps.at[i].scope);
        row->homes = steps.at[i].known;
        for (int step = 0; step < ATLAS_STEPS; step++)
            row->near[step] = steps.at[i].within[step];
    }
    return ERR_NONE;
}

/* --- asking --- */

/* What the job looked at last: the tables by its rule are as old as that. */
MUST static enum err state_read(struct ctx *c, struct kept_table *ret_now)
{
    *ret_now = (struct kept_table){ .there = true };
    struct rows r = db_rows(c, &sql_coverage_state, NO_PARAMS);
    if (rows_next(&r)) {
        ret_now->at.ms = rows_int(&r, 0);
        ret_now->event = rows_int(&r, 1);
    }
    return rows_end(&r);
}

static bool is_fresh(const struct kept_table *t, const struct kept_table *now, bool by_rule)
{
    if (!t->there)
        return false;
    return by_rule ? now->at.ms >= t->at.ms && now->at.ms - t->at.ms < KEEP_MS
                   : now->at.ms == t->at.ms && now->event == t->event;
}

/* The lock is not held while it counts: who comes meanwhile is answered. */
MUST static enum err count_anew(struct ctx *c, const struct kept_ask *ask,
                                struct coverage_kept *k, struct kept_table *t,
                                struct kept_table *now)
{
    k->counting = true;
    pthread_mutex_unlock(&k->lock);
    enum err err = ask->by_rule ? count_by_rule(c, ask, now) : count_own(c, now);
    pthread_mutex_lock(&k->lock);
    k->counting = false;
    if (err) {
        block_free(now->row);
        return err;
    }
    block_free(t->row);
    *t = *now;
    return ERR_NONE;
}

enum err kept_enter(struct ctx *c, const struct kept_ask *ask, const struct kept_table **ret_table)
{
    struct coverage_kept *k = c->house->coverage;
    struct kept_table now = { .there = true, .at = c->now };
    enum err err = ERR_NONE;
    if (!k)
        return fail(c, ERR_BUSY, "coverage.counting", "this process keeps no counts");
    if (!ask->by_rule)
        TRY(state_read(c, &now));
    pthread_mutex_lock(&k->lock);
    struct kept_table *t = ask->by_rule ? &k->by[ask->kind][ask->profile] : &k->own;
    if (!is_fresh(t, &now, ask->by_rule)) {
        if (!k->counting)
            err = count_anew(c, ask, k, t, &now);
        else if (!t->there)
            err = fail(c, ERR_BUSY, "coverage.counting", "another question is counting");
    }
    if (err)
        pthread_mutex_unlock(&k->lock);
    else
        *ret_table = t;
    return err;
}

void kept_leave(struct ctx *c)
{
    pthread_mutex_unlock(&c->house->coverage->lock);
}
