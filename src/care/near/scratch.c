/* scratch.c - lending searches their memory. */

#include "care/near/scratch.h"

struct near_scratch *scratch_pool(struct directory *d)
{
    struct near_scratch *pool = NEW(&d->mem, struct near_scratch, NEAR_SCRATCHES);
    for (int i = 0; i < NEAR_SCRATCHES; i++)
        atomic_flag_clear(&pool[i].lent);
    return pool;
}

void scratch_pool_end(struct directory *d)
{
    for (int i = 0; d->scratch && i < NEAR_SCRATCHES; i++)
        arena_free(&d->scratch[i].mem);
}

struct near *scratch_borrow(struct arena *mem, struct directory *d, struct near_scratch **ret_lent)
{
    *ret_lent = NULL;
    if (!d->near)
        return NULL;
    for (int i = 0; i < NEAR_SCRATCHES; i++) {
        struct near_scratch *s = &d->scratch[i];
        if (atomic_flag_test_and_set_explicit(&s->lent, memory_order_acquire))
            continue;
        if (!s->near)
            s->near = near_new(&s->mem, d->near);
        *ret_lent = s;
        return s->near;
    }
    return near_new(mem, d->near);
}

void scratch_return(struct near_scratch *lent)
{
    if (lent)
        atomic_flag_clear_explicit(&lent->lent, memory_order_release);
}
