/*
 * dispatch.h - the day's work of an organisation, planned: who goes to whom and when (派单台).
 *
 * The plan is what orders and visits say; there is no other. An order keeps what was promised
 * (start_min), its visit says when she comes: within dispatch.early_min before and
 * dispatch.late_min after the promise nobody has to be asked. Beside the plan stand a note of each
 * order (locked; what its carer was told last) and the re-plans that were applied, to take back.
 *
 *     GET  /api/dispatch/day      what stands, and why nobody goes where nobody goes
 *     POST /api/dispatch/try      one visit to a carer at a time: fits, or why not
 *     POST /api/dispatch/replan   what a better plan would change
 *     POST /api/dispatch/apply    changes, all or none; …/undo takes the last ones back
 *     POST /api/dispatch/lock, …/publish
 *     GET  /api/dispatch/slots    when somebody could come
 *
 * docs/decisions/0063.
 */
#ifndef CARE_DISPATCH_H
#define CARE_DISPATCH_H

#include "care/order/order.h"
#include "http/http.h"

enum { CHANGES_TEXT_MAX = 400000 };       /* bytes of a thousand changes */

struct dispatch_note_id { int64_t n; };
struct dispatch_run_id { int64_t n; };

/* What is noted of one order: at most one row for each who goes. */
struct dispatch_note {
    struct dispatch_note_id id;
    struct row  row;
    struct organisation_id org;
    struct care_order_id care_order;
    struct day  day;
    int         seat;                      /* enum visit_seat: of two each has her own */
    bool        locked;                    /* stays with its carer at its time */
    struct carer_id told_carer;            /* who was told last … */
    int64_t     told_min;                  /* … that it begins then */
    struct moment told_at;
};

/* One applied set of changes, with what was before: to take it back. */
struct dispatch_run {
    struct dispatch_run_id id;
    struct row  row;
    struct organisation_id org;
    struct day  day;
    struct account_id account;
    int         why;                       /* enum dispatch_why */
    struct text before;                    /* changes that take it back */
    bool        undone;
};

enum dispatch_why { WHY_BY_HAND, WHY_IMPROVE, WHY_ILL, WHY_LATE, WHY_ABSENT_VISIT, WHY_NIGHT };
extern const struct choice dispatch_whys[];

extern const struct field  dispatch_note_fields[], dispatch_run_fields[];
extern const struct entity dispatch_note_entity, dispatch_run_entity;
extern const struct module dispatch_module;

/* Days kept in memory, one set a process, in house->dispatch; ended by dispatch_days_end(). */
struct dispatch_days;
struct dispatch_days *dispatch_days_new(struct arena *mem);
void dispatch_days_end(struct dispatch_days *k);

#endif
