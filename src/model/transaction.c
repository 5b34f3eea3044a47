/* transaction.c - a call as a transaction, run again when the engine asks for it. */

#include "model/house.h"

static enum err run_once(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
    TRY(db_begin(c));
    enum err e = fn(c, arg);
    if (e == ERR_NONE)
        e = db_commit(c);
    if (e != ERR_NONE)
        db_rollback(c);
    return e;
}

enum err transaction(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
    struct again again = { 0 };
    enum err e;
    do
        e = run_once(c, fn, arg);
    while (e && db_again(c, &again));
    if (e == ERR_NONE && c->house && c->house->bell)
        bell_ring(c->house->bell);
    return e;
}

enum err transaction_batch(struct ctx *c, enum err (*fn)(struct ctx *c, void *arg), void *arg)
{
    struct arena outer = c->mem;
    c->mem = (struct arena){ .used_max = outer.used_max };
    enum err e = transaction(c, fn, arg);
    if (e != ERR_NONE)
        arena_join(&outer, &c->mem);                 /* the cause may lie there */
    else
        arena_free(&c->mem);
    c->mem = outer;
    return e;
}
