/* vroom.h - what the parts of the reader of VROOM's problems share: members with their paths. */
#ifndef PLAN_TOUR_VROOM_H
#define PLAN_TOUR_VROOM_H

#include "base/json.h"
#include "plan/tour/form/form.h"

enum { VROOM_ITEMS_MAX = 20000000, VROOM_COST_FINE = 100, PER_HOUR = 3600 };

/* Where a value stands: jobs[3].time_windows. name NULL: the index of an array. */
struct node { const struct node *up; const char *name; int64_t index; const struct json_value *v; };

/* A matrix of the file, by its profile. */
struct vroom_profile {
    struct sv name;
    const struct json_value *times, *distances, *costs;
    const int32_t *seconds;              /* instead of times: from streets */
};

struct vroom {
    struct ctx          *c;
    struct tour_problem *p;
    struct vroom_profile *profiles;
    int                  profiles_n;
    struct sv           *kinds;          /* types of vehicles, "" first */
    int                  kinds_n;
    const struct vroom_streets *streets; /* NULL: the file has matrices */
    struct vroom_spot   *spots;          /* its places, then, */
    struct sv           *spot_paths;     /* and where each stands first */
    const struct json_value *skills;     /* all there are, by number; NULL: any number is one */
    int32_t             *wish;           /* jobs x vehicles; NULL until a job has one */
    struct vroom_priced { int profile; double speed, per_hour, per_km; } *priced;    /* travels */
};

/* Says what is wrong with a member (name NULL: with the value itself). */
MUST enum err vroom_wrong(struct vroom *r, const struct node *at, const char *name,
                          const char *what);

/* Writes where a member stands: "jobs[3].location". */
void vroom_path(struct buf *out, const struct node *at, const char *name);

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
/* skills and skill_levels; the file's own list of skills, if it has one. */
MUST enum err vroom_skills(struct vroom *r, const struct node *at, struct tour_skills *ret_s,
                           const int32_t **ret_levels);
MUST enum err vroom_skill_names(struct vroom *r, const struct node *top);

MUST enum err vroom_amounts(struct vroom *r, const struct node *at, const char *name,
                            int64_t *ret_amounts);
MUST enum err vroom_place(struct vroom *r, const struct node *at, const char *where,
                          const char *which, struct vroom_spot *ret_spot);

/* A span [from, to]. */
MUST enum err vroom_window(struct vroom *r, const struct node *at, struct tour_window *ret_w);

/* --- vroom_street.c --- */

/* All places that the file's locations are. */
MUST enum err vroom_spots(struct vroom *r, const struct node *top);

/* The place of a location; TOUR_NONE: there is none such. */
int32_t vroom_spot_at(const struct vroom *r, double lon, double lat);

/* A vehicle's profile from the streets: r->profiles has one more. */
MUST enum err vroom_street_profile(struct vroom *r, const struct node *vehicle, struct sv name);

/* --- vroom_wish.c --- */

/* vehicle_costs, forbidden_vehicles and promised of the job of that index among so many. */
MUST enum err vroom_wishes(struct vroom *r, const struct node *job, int index, int jobs);

/* due and late_per_hour. */
MUST enum err vroom_late(struct vroom *r, const struct node *job, struct tour_visit *v);

/* --- vroom_tie.c --- */

/* pair and after of all jobs. */
MUST enum err vroom_ties(struct vroom *r, const struct node *top);

/* --- vroom.c, vroom_vehicle.c, vroom_job.c, vroom_steps.c --- */

/* The way to travel of a profile at a speed and price, made once. */
int vroom_travel(struct vroom *r, struct vroom_priced of);

MUST enum err vroom_vehicle(struct vroom *r, const struct node *at, struct tour_carer *k);
MUST enum err vroom_job(struct vroom *r, const struct node *at, struct tour_visit *v);

/* The pick-up at v and the hand-over behind it. */
MUST enum err vroom_shipment(struct vroom *r, const struct node *at, struct tour_visit *v);

/* The days that the vehicles' steps say, to begin with; refused when one does not hold. */
MUST enum err vroom_steps(struct vroom *r, const struct node *top);

#endif
