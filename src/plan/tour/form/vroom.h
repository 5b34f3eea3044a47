/* vroom.h - what the parts of the reader of VROOM's problems share: members with their paths. */
#ifndef PLAN_TOUR_VROOM_H
#define PLAN_TOUR_VROOM_H

#include "base/json.h"
#include "plan/tour/form/form.h"

enum { VROOM_ITEMS_MAX = 20000000, VROOM_COST_FINE = 100, PER_HOUR = 3600 };

/* Where a value stands: jobs[3].time_windows. name NULL: the index of an array. */
struct node { const struct node *up; const char *name; int64_t index; const struct json_value *v; };

/* A matrix of the file, by its profile. */
struct vroom_profile { struct sv name; const struct json_value *times, *distances, *costs; };

struct vroom {
    struct ctx          *c;
    struct tour_problem *p;
    struct vroom_profile *profiles;
    int                  profiles_n;
    struct sv           *kinds;          /* types of vehicles, "" first */
    int                  kinds_n;
    int32_t             *wish;           /* jobs x vehicles; NULL until a job has one */
    struct vroom_priced { int profile; double speed, per_hour, per_km; } *priced;    /* travels */
};

struct vroom_spot { int32_t place; bool located; double lon, lat; };

/* Says what is wrong with a member (name NULL: with the value itself). */
MUST enum err vroom_wrong(struct vroom *r, const struct node *at, const char *name,
                          const char *what);

struct node vroom_item(const struct node *array, int64_t index, const struct json_value *v);

/* Members; absent ones leave what the caller put there. */
MUST enum err vroom_whole(struct vroom *r, const struct node *at, const char *name, int64_t high,
                          int64_t *ret_n);
MUST enum err vroom_small(struct vroom *r, const struct node *at, const char *name, int64_t high,
                          int32_t *ret_n);
MUST enum err vroom_real(struct vroom *r, const struct node *at, const char *name, double low,
                         double high, double *ret_n);
MUST enum err vroom_text(struct vroom *r, const struct node *at, const char *name,
                         struct sv *ret_text);
MUST enum err vroom_windows(struct vroom *r, const struct node *at, struct tour_windows *ret_w);
MUST enum err vroom_skills(struct vroom *r, const struct node *at, struct tour_skills *ret_s);
MUST enum err vroom_amounts(struct vroom *r, const struct node *at, const char *name,
                            int64_t *ret_amounts);
MUST enum err vroom_place(struct vroom *r, const struct node *at, const char *where,
                          const char *which, struct vroom_spot *ret_spot);

/* vehicle_costs and forbidden_vehicles of the job of that index among so many. */
MUST enum err vroom_wishes(struct vroom *r, const struct node *job, int index, int jobs);

#endif
