/*
 * deadline.h - "n working days after": counted, and told how.
 *
 * The day something begins on is not counted (民法典 201). Working days go by the calendar's marks.
 * Calendar days (自然日) run through, but a last day that is not worked moves to the next worked one
 * (民法典 203). Working hours run within the office hours of worked days (parameter office.hours).
 * A deadline that touches a year whose arrangement is not loaded is refused: it would be a guess.
 */
#ifndef CARE_DEADLINE_H
#define CARE_DEADLINE_H

#include "care/calendar/calendar.h"
#include "http/http.h"

enum deadline_unit { DEADLINE_WORKING_DAY, DEADLINE_DAY, DEADLINE_WORKING_HOUR };
extern const struct choice deadline_units[];

enum { OFFICE_SPANS_MAX = 4, DEADLINE_N_MAX = 2000 };
struct office_hours { struct { int from_min, to_min; } at[OFFICE_SPANS_MAX]; size_t n; };

/* "08:30-12:00,13:30-17:30"; false for what is no such list in order. */
bool office_hours_of(struct sv text, struct office_hours *ret_hours);

struct deadline_asked { struct day from; int from_min; enum deadline_unit unit; int64_t n; };

struct deadline {
    struct day until;
    int        until_min;          /* the office's last minute of that day, or within its hours */
    struct day rolled_from;        /* DEADLINE_DAY: the last day before it moved, DAY_NONE: not */
};

/*
 * False when a day of it lies in a year that `k` does not know; *ret_unknown_year then says which.
 * Needs at least one minute of office hours.
 */
bool deadline_count(const struct calendar *k, const struct office_hours *hours,
                    struct deadline_asked asked, struct deadline *ret_deadline,
                    int *ret_unknown_year);

extern const struct endpoint calendar_endpoints[];

#endif
