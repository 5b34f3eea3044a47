/* grid.h - who came when, of one class: names by dates (grid.c). */
#ifndef CARE_GATHERING_GRID_H
#define CARE_GATHERING_GRID_H

#include "care/gathering/gathering.h"

struct grid_line {
    struct enrolment who;
    uint64_t came;                             /* bit: index in days[] */
    int64_t times;
};

struct gathering_grid {
    struct gathering of;
    struct day days[GATHERING_DAYS_MAX];
    int64_t came[GATHERING_DAYS_MAX];          /* how many on that day */
    size_t days_n;
    struct grid_line lines[GATHERING_PEOPLE_MAX];      /* who has or had a place */
    size_t lines_n;
};

/* Reads it into *g, which is zeroed. The caller's rights are not asked. */
MUST enum err gathering_grid_read(struct ctx *c, const struct gathering *of,
                                  struct gathering_grid *g);

/* "√" she came, "—" that day is over and she did not, "" it is ahead. */
struct sv gathering_grid_cell(const struct gathering_grid *g, size_t line, size_t day,
                              struct day today);

/* "11/28" */
struct sv gathering_grid_day(struct arena *mem, struct day day);

/* Endpoints; names stand whole and each look is logged, so both need a writing lane. */
endpoint_fn gathering_grid_get, gathering_grid_book_get;
extern const struct field gathering_grid_gives[];

#endif
