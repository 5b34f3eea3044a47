/* moved.c - an elder who moves or dies leaves her household. */

#include "care/household/household.h"

#include <string.h>

SQL(household_of_elder);

MUST static enum err leave(struct ctx *c, struct elder_id elder, struct day last,
                           const char *action)
{
    struct household_member m;
    int64_t id = 0;
    bool found = false;
    struct params p = PARAMS(P_INT("elder", elder.n), P_INT("day", last.n));
    TRY(db_int(c, &sql_household_of_elder, p, &id));
    if (id)
        TRY(entity_load(c, &household_member_entity, id, &m, &found));
    return found ? member_end(c, &m, last, action, true) : ERR_NONE;
}

enum err household_follow(struct ctx *c, const struct elder *was, const struct elder *now,
                          const char *action)
{
    if (was && strcmp(action, "move") == 0 && day_known(now->moved_on))
        return leave(c, now->id, (struct day){ now->moved_on.n - 1 }, "moved");
    if (was && day_known(now->died_on) && !day_known(was->died_on))
        return leave(c, now->id, now->died_on, "died");
    return ERR_NONE;
}
