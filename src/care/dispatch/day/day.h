/*
 * day.h - one organisation's day in memory: who works when, who is to be visited where, and how
 * long every way takes. Made from the database, immutable afterwards, shared by threads.
 *
 * Minutes are those of the day. A home's point is known in here and goes into no answer.
 */
#ifndef CARE_DISPATCH_DAY_H
#define CARE_DISPATCH_DAY_H

#include "care/catalogue/after.h"
#include "care/dispatch/day/staff.h"
#include "care/visit/visit.h"

enum { DAY_VISITS_MAX = 1000, HINDRANCES_MAX = 4 };

/* --- who is to be visited (read.c) --- */

struct day_visit {
    struct care_order_id order;
    int         seat, mate;              /* of two who go together each has one; NOBODY: alone */
    struct catalogue_item_id item;
    struct after after;                  /* by its order's rule: what it waits for, */
    struct sv   after_name;              /* its name, */
    int         first;                   /* and which visit of the day that is; NOBODY */
    int64_t     order_version;
    int64_t     visits_version;          /* of all visits of its order (visits_version()) */
    struct visit_id visit;
    struct sv   number, item_name, for_name, where, gender_text;
    struct elder_id elder;
    int         state, visit_state;      /* enum order_state, visit_state */
    int         skill, gender_wish;
    struct carer_id carer_wish;
    int         carer;                   /* index of carers; NOBODY */
    int         minutes;                 /* how long it takes */
    int         start_min;               /* as it stands; of nobody's: as promised */
    int         promised_min, earliest_min, latest_min;
    int         open_min, close_min;     /* the same, as far as what stands needs it */
    int         expect_min;              /* when she will be there as things stand */
    struct point at;                     /* the home, else the compound */
    bool        at_known;
    struct degrees lat, lon;             /* of the compound; 0, 0: not known */
    int         place;                   /* of the ground */
    bool        pinned, over;            /* pinned: begun, over, or its time is past */
    bool        locked, told, standing, usual;
    struct carer_id told_carer;          /* who was told last, and of which begin */
    int         told_min;
    int64_t     arrived_min, done_min;   /* -1: not */
    const char *fault;                   /* message key; NULL: none */
    int         way_min, wait_min;       /* before it */
};

/* How often of late a carer was with an elder, the older the less. */
struct day_known { struct elder_id elder; struct carer_id carer; double weight; };

/* What is noted of an elder and a carer on this day (care/pair). */
struct day_pair { struct elder_id elder; struct carer_id carer; bool forbidden; };

struct course;                           /* times.h */

/* The month shared out: means of hours of work, of other days and of all; what is much more. */
struct fair { int64_t mean_min, mean_all_min, percent, hours; };

struct the_day {
    struct arena  mem;                   /* everything below */
    struct organisation_id org;
    int64_t       scope;
    struct day    day;
    struct sv     stamp;
    int           now_min;               /* 0: a later day; MINUTES_A_DAY: past */
    int           early_min, late_min;   /* parameters */
    int           way_percent;           /* of ways between visits that counts as work */
    struct fair   fair;
    struct day_carer *carers;
    int           carers_n;
    struct day_visit *visits;            /* by start */
    int           visits_n;
    struct day_known *known;             /* by elder, carer */
    struct day_pair *pairs;              /* by elder, carer */
    size_t        known_n, pairs_n;
    struct ground ground;
    int           centre;                /* of the ground: where the organisation is */
    struct moment told_at;               /* the last time carers were told */
    int           untold_n;              /* of visits; of carers below */
    int          *untold;                /* by carer */
    bool          can_undo;
    struct course *courses;              /* of each carer, what is nobody's put where it fits */
    struct day_said *said;               /* why nobody goes, as once written (keep.c) */
};

/* Reads and works everything out, in d->mem. `like` may be NULL: an earlier day's ways. */
MUST enum err day_make(struct ctx *c, struct organisation_id org, struct day day,
                       const struct ground *like, struct the_day *d);

/* Parts of it. */
MUST enum err staff_read(struct ctx *c, struct the_day *d);
MUST enum err fair_read(struct ctx *c, struct the_day *d);
MUST enum err visits_read(struct ctx *c, struct the_day *d);
MUST enum err notes_read(struct ctx *c, struct the_day *d);
MUST enum err day_pairs_read(struct ctx *c, struct the_day *d);
MUST enum err day_stamp(struct ctx *c, struct organisation_id org, struct day day,
                        struct sv *ret_stamp);

/* Windows and pins; then, the ways known, what stands and what is wrong with it (stand.c). */
void day_windows(struct the_day *d);
void day_stand(struct ctx *c, struct the_day *d);

/* d->courses (fill.c); and how many carers could make one more visit, of which place, skill, wish,
 * minutes and window are asked. `trial` is scratch. */
void day_fill(struct ctx *c, struct the_day *d);
int day_could(const struct the_day *d, const struct day_visit *wished, struct course *trial);

int day_carer_at(const struct the_day *d, struct carer_id id);        /* NOBODY when not hers */
int day_order_at(const struct the_day *d, struct care_order_id id);   /* of two the first */
int day_seat_at(const struct the_day *d, struct care_order_id id, enum visit_seat seat);
double day_weight(const struct the_day *d, struct elder_id elder, struct carer_id carer);

/*
 * The month shared out (fair.c): who has the least of those below the mean who may make the visit,
 * NOBODY: none; has she so much more than the mean that one of them goes before her?
 */
int day_less_worked(const struct the_day *d, const struct day_visit *v);
bool day_enough(const struct the_day *d, const struct day_visit *v, int carer);

/* Is she not to be sent to that elder? Does the elder prefer somebody, and her? (pairs.c) */
bool day_forbidden(const struct the_day *d, struct elder_id elder, struct carer_id carer);
enum day_liking { LIKES_NOBODY, LIKES_ANOTHER, LIKES_HER };
enum day_liking day_liking(const struct the_day *d, struct elder_id elder, struct carer_id carer);

/* Why she cannot be the one whenever it is: message keys, at most HINDRANCES_MAX; how many. */
int day_hindrances(const struct the_day *d, const struct day_carer *a, const struct day_visit *v,
                   const char **ret_keys);

/* --- keeping it (keep.c) --- */

/*
 * The day as the database has it now, held until day_leave(). Within a writing transaction
 * (`fresh`) it is made anew and kept for nobody, for what is not committed may be undone.
 */
MUST enum err day_enter(struct ctx *c, struct organisation_id org, struct day day, bool fresh,
                        struct the_day **ret_day);
void day_leave(struct ctx *c, struct the_day *d);

/* What was worked out of this day as text, kept with it; "" when nobody has yet. */
struct sv day_said(const struct the_day *d, enum lang lang);
void day_say(const struct the_day *d, enum lang lang, struct sv text);

#endif
