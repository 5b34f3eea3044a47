/* day_world_test.h - a small team and its Monday, for tests of the dispatch board. */
#ifndef CARE_DISPATCH_DAY_WORLD_H
#define CARE_DISPATCH_DAY_WORLD_H

#include "care/dispatch/change.h"
#include "care/order/order_world_test.h"
#include "care/carer/staff.h"

#define MONDAY day_civil(2026, 11, 23)

/* The station with a second woman who can bathe (lan), places for eight at a time. */
struct team {
    struct station s;
    struct ctx *c;
    struct carer lan;
    int placed;
};
struct team team_world(void);

/* The same as team_order() for somebody and of an item's offer. */
struct caller { struct sv name, phone; };
struct care_order team_order_for(struct team *t, const struct offer *offer, struct caller who,
                                 int start_min, int east_100m);

/* An accepted order at this minute of Monday, so many hundred metres east of the station. */
struct care_order team_order(struct team *t, int start_min, int east_100m);

/* The same of an item that needs two carers: from the first on every bath does. */
struct care_order team_pair_order(struct team *t, int start_min, int east_100m);

/* Sends a carer as the board's neighbours do. */
void team_assign(struct team *t, struct care_order *o, const struct carer *a);

void team_shift(struct team *t, const struct carer *a, const char *week);

/* A policy parameter's value, everywhere, since the first of the month. */
void team_parameter(struct team *t, const char *name, const char *value);

/* The answer of an endpoint of the module as the manager's; MUST go well. */
const struct json_value *team_ask(struct team *t, const struct who *who, enum verb verb,
                                  const char *path, const void *query, const char *body);
/* How it fails. */
enum err team_fails(struct team *t, const struct who *who, enum verb verb, const char *path,
                    const void *query, const char *body);

struct visit team_visit(struct team *t, const struct care_order *o);

/* The element of a list whose member `name` holds this id. */
const struct json_value *team_row(const struct json_value *list, const char *name, int64_t id);
int64_t team_int(const struct json_value *row, const char *name);

#endif
