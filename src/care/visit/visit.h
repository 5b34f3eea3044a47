/*
 * visit.h - one coming to the home (工单), made from an order when a carer is assigned.
 *
 * planned → arrived → done, or not_met (上门未遇); the order follows each step. A carer cannot be
 * in two places: two visits of one carer never overlap (visit_refuse_clash; on PostgreSQL the
 * serialisable transaction, on SQLite the one writer keep check and write together).
 */
#ifndef CARE_VISIT_H
#define CARE_VISIT_H

#include "care/order/order.h"
#include "http/http.h"

enum visit_state { VISIT_PLANNED, VISIT_ARRIVED, VISIT_DONE, VISIT_NOT_MET, VISIT_CANCELLED };
enum visit_result { RESULT_NONE, RESULT_WELL, RESULT_ATTENTION };
extern const struct choice visit_states[], visit_results[], visit_seats[];

/* An order of two carers has two visits, at one time; each bears half its money (visit_share). */
enum visit_seat { SEAT_ALONE, SEAT_FIRST, SEAT_SECOND };

struct visit_id { int64_t n; };

struct visit {
    struct visit_id id;
    struct row row;
    struct care_order_id care_order;
    struct organisation_id org;
    struct account_id account;             /* the citizen who ordered */
    struct elder_id elder;
    struct carer_id carer;
    struct day day;
    int64_t start_min, end_min;
    int state;
    struct moment arrived_at, done_at;     /* when it was: the phone's moment, by our clock */
    struct moment arrived_known_at, done_known_at;       /* when we were told */
    int64_t clock_off_s;                   /* how far the phone's clock was ahead, last told */
    bool entered_late;                     /* told later than visit.late_minutes */
    struct degrees arrived_lat, arrived_lon;      /* 0, 0: the phone gave none */
    struct sv note;
    int result;
    bool backdated;                        /* 补录: done or entered on another day */
    struct sv signed_by;                   /* who signed the sheet that was keyed in */
    int seat;                              /* enum visit_seat */
};

extern const struct field  visit_fields[];
extern const struct entity visit_entity;
extern const struct module visit_module;
extern const struct module carer_day_module;   /* her own day, also off line (carer_day.c) */

/* True when the carer has another visit (not `but`) that overlaps. */
MUST enum err visit_clash(struct ctx *c, struct carer_id carer, struct day day, int64_t start_min,
                          int64_t end_min, struct visit_id but, bool *ret_clash);

/* The same as a failure: ERR_CONFLICT "visit.clash". */
MUST enum err visit_refuse_clash(struct ctx *c, struct carer_id carer, struct day day,
                                 int64_t start_min, int64_t end_min, struct visit_id but);

/* The visit of an order that has not been called off; of two the first. */
MUST enum err order_visit_of(struct ctx *c, const struct care_order *o, struct visit *ret_visit,
                             bool *ret_found);

/* --- two at one door (two.c) --- */

enum { VISITS_OF_ORDER = 2 };

/* Two carers come for it, together: both are sent or neither. */
bool order_two(const struct care_order *o);

/* All that have not been called off, the first first. */
MUST enum err order_visits_of(struct ctx *c, const struct care_order *o,
                              struct visit ret_visits[VISITS_OF_ORDER], int *ret_n);

/* The versions of so many visits of an order as one number, which changes with each; 0: none. */
int64_t visits_version(const struct visit *visits, int n);

/* Who goes with her; of one who goes alone nobody, and nothing is asked. */
MUST enum err visit_mate(struct ctx *c, const struct visit *v, struct visit *ret_mate,
                         bool *ret_found);

/* "李梅、王芳": who comes for an order, by whole names; "": nobody yet. */
MUST enum err order_carers_text(struct ctx *c, const struct care_order *o, struct sv *ret_text);

/* Her share of a sum that is of the order: half of it each where two came. */
int64_t visit_share(enum visit_seat seat, int64_t fen);

/* Guard and effect of "alone": the other did not come, and who did has made it alone. */
enum err visit_alone_guard(struct ctx *c, const void *row);
enum err visit_alone_effect(struct ctx *c, void *row, const void *input);

/* What the steps take. */
struct arrive_input { struct degrees lat, lon; };
struct finish_input { struct sv note; int result; };
struct not_met_input { struct degrees lat, lon; struct sv note; };
struct note_input { struct sv note; };
/* 补录 of a sheet of paper: minutes of the visit's own day (back.c). */
struct back_input { int64_t arrived_min, left_min; struct sv note, signed_by; int result; };
extern const struct field back_takes[];
enum err back_effect(struct ctx *c, void *row, const void *input);

struct reassign_input { struct carer_id carer; };

extern const struct endpoint station_endpoints[];      /* station.c */

#endif
