/*
 * change.h - what would be other than it stands: an order's carer and begin; how that is written.
 */
#ifndef CARE_DISPATCH_CHANGE_H
#define CARE_DISPATCH_CHANGE_H

#include "care/dispatch/dispatch.h"
#include "care/dispatch/day/times.h"

/* Of a visit of the day; carer NOBODY: nobody goes. */
struct change { int visit, carer, start_min; };
struct changes { struct change at[DAY_VISITS_MAX]; int n; };

void change_add(struct changes *all, int visit, int carer, int start_min);

/* What in a carer's day is other than it stands. */
void changes_of(const struct the_day *d, const struct course *k, struct changes *all);

/*
 * As it is asked and applied a change is of an order: of two who go together one change says both.
 * Of a list that is the first of its halves; what the list does not say stands as it is.
 */
struct change_whole { int visit; int carer[VISITS_OF_ORDER]; int start_min; };
bool change_whole(const struct the_day *d, const struct changes *all, int nth,
                  struct change_whole *ret_whole);

/* Members of a change, and an array of them. */
void change_members(struct json *j, const struct the_day *d, const struct change_whole *one);
void changes_json(struct json *j, const char *name, const struct the_day *d,
                  const struct changes *all);

/* "09:05" */
struct sv clock_text(struct arena *mem, int minute);

/*
 * An array, "unassigned" or without a name: why nobody goes, and what would help (why.c).
 * `carer_of` each visit in the plan, NULL: the plan is what stands; only then do repairs come with
 * their changes.
 */
struct day_problem;
struct tour_plan;
extern const char *const why_keys[];     /* of the words, by enum tour_why */
void unassigned_json(struct ctx *c, struct json *j, const char *name,
                     const struct day_problem *q,
                     const struct tour_plan *plan, const int *carer_of);

/* The sums of a day with these carers and begins of its visits; NULL: as it stands. */
struct totals { int visits, unassigned, travel_min, wait_min, carers_out, changed; };
void totals_of(struct ctx *c, const struct the_day *d, const int *carer_of, const int *start_of,
               struct totals *ret_totals);
void totals_json(struct json *j, const char *name, const struct totals *t);

extern const struct field change_gives[], totals_gives[], unassigned_gives[], day_gives[],
    try_gives[], replan_gives[], slots_gives[], publish_gives[], drawn_gives[];

/* The whole day as it is now, for GET and after a write (`fresh`). */
MUST enum err day_answer(struct ctx *c, struct day day, bool fresh, struct json *j);
MUST enum err need_org(struct ctx *c);

endpoint_fn dispatch_day_get;

#endif
