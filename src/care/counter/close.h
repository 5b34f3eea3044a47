/*
 * close.h - the closing of a day at a place (日结): expected, counted, why they differ, two names.
 *
 *     open → counted (by who counts) → closed (by another), or sent back with a reason
 *
 * Expected is the sum of the payments in that day's books by way of paying. From the moment it is
 * counted nothing is added to the day: what is told later stands in the books of the first day
 * that is still open (payment.h), so nothing is ever edited.
 *
 * Advances of errands (care/errand) are no income and in no books: they are what the carers of the
 * place hold for elders at the moment of counting, and are shown to whoever counts.
 */
#ifndef CARE_COUNTER_CLOSE_H
#define CARE_COUNTER_CLOSE_H

#include "care/payment/payment.h"

enum close_state { CLOSE_OPEN, CLOSE_COUNTED, CLOSE_CLOSED };
extern const struct choice close_states[], close_ways[];    /* ways as pay_way_choices, short */

struct day_close_id { int64_t n; };

struct day_close {
    struct day_close_id    id;
    struct row             row;
    struct organisation_id org;
    struct place_id        place;
    struct day             day;
    struct money           cash, qr, transfer, monthly;       /* expected */
    struct money           cash_counted, qr_counted, transfer_counted;
    struct money           advances;         /* elders' money with carers, for errands */
    struct money           advances_counted;
    struct money           difference;       /* counted less expected, of the four */
    struct sv              why;              /* where they differ */
    int64_t                payments, late;   /* rows in its books; of those corrections */
    struct account_id      counted_by, checked_by;
    struct moment          counted_at, checked_at;
    int                    state;
};

/* What the step "count" takes. */
struct close_count { struct money cash, qr, transfer, advances; struct sv why; };

extern const struct field  day_close_fields[];
extern const struct entity day_close_entity;

/* The first day, from this one on, whose books are open at the place; place 0: the day itself. */
MUST enum err close_open_day(struct ctx *c, struct place_id place, struct day day,
                             struct day *ret_day);

/* What stands in the books of a day by source, way of paying and carer, newest sums. */
struct close_line { int source, pay_way; struct carer_id carer; struct money amount; int64_t n; };
enum { CLOSE_LINES_MAX = 200 };
MUST enum err close_lines(struct ctx *c, struct place_id place, struct day day,
                          struct close_line *ret_lines, size_t *ret_n);

/* Makes the row of every place that took money and has none: each evening, and when looked at. */
MUST enum err job_close_open(struct ctx *c, const struct job *j);

extern const struct field close_lines_gives[];
endpoint_fn close_lines_get;

#endif
