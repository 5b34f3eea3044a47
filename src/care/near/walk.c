/* walk.c - how far it is to walk between two points. */

#include "care/near/walk.h"

#include "care/near/scratch.h"

/* A pace only turns metres into the search's milliseconds and back. */
static const enum profile pace = PROFILE_STANDARD;

static struct walk walk_on(struct ctx *c, struct directory *d, struct point a, struct point b,
                           int64_t metres)
{
    struct near_scratch *lent = NULL;
    struct anchor from, to;
    struct near *near = d->roads ? scratch_borrow(&c->mem, d, &lent) : NULL;
    if (!near)
        return (struct walk){ false, false };
    bool known = roads_snap(d->roads, pace, a, ACCESS_M_DEFAULT, &from)
              && roads_snap(d->roads, pace, b, ACCESS_M_DEFAULT, &to);
    bool within = false;
    if (known) {
        reach_from(near->reach, pace, &from,
                   (uint32_t)(metres * 100000 / profiles[pace].speed_cm_s));
        within = reach_ms(near->reach, &to) != NOT_REACHED;
    }
    scratch_return(lent);
    return (struct walk){ known, within };
}

enum err walk_within(struct ctx *c, struct point a, struct point b, int64_t metres,
                     struct walk *ret_walk)
{
    struct directory *d;
    *ret_walk = (struct walk){ false, false };
    if (directory_enter(c, &d) != ERR_NONE) {
        ctx_forgive(c);                  /* no directory yet: nobody knows */
        return ERR_NONE;
    }
    *ret_walk = walk_on(c, d, a, b, metres < 20000 ? metres : 20000);
    directory_leave(c, d);
    return ERR_NONE;
}
