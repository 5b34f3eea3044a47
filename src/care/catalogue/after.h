/*
 * after.h - one service waits for another of the same elder on the same day: the blood pressure is
 * taken, then comes the bath; the pack is put on, exercises follow while it is warm.
 *
 * Said by an item of a package and by a standing order; the orders of the rule are planned by it
 * (care/dispatch/day/after.h). Counted from the end of the one to the begin of the other.
 */
#ifndef CARE_CATALOGUE_AFTER_H
#define CARE_CATALOGUE_AFTER_H

#include "care/catalogue/catalogue.h"

enum { GAP_MAX_MIN = 720 };

struct after {
    struct catalogue_item_id item;         /* what comes before; 0: it waits for nothing */
    int64_t least_min, most_min;           /* most 0: any time later */
};

/* The members after_item, gap_least_min, gap_most_min of a struct; more for each may follow. */
#define AFTER_FIELDS(T, ...)                                                                     \
    LINK(T, after_item, "catalogue_item", .zh = "排在哪一项之后",                                  \
         .en = "Comes after this item of the day", __VA_ARGS__),                                 \
        FIELD(T, gap_least_min, .high = GAP_MAX_MIN, .default_sql = "0",                         \
              .zh = "做完后至少隔几分钟", .en = "Minutes between, at least", __VA_ARGS__),         \
        FIELD(T, gap_most_min, .high = GAP_MAX_MIN, .default_sql = "0",                          \
              .zh = "做完后几分钟内（0 不限）", .en = "Minutes between, at most; 0: any",           \
              __VA_ARGS__)
#define AFTER_OF(row) \
    ((struct after){ (row)->after_item, (row)->gap_least_min, (row)->gap_most_min })

/* Faults on gap_least_min and gap_most_min; fail_fields() is the caller's. */
void after_check(struct ctx *c, const struct after *after);

/* Can it keep the gap that begins then, both moved by so many minutes in all if they must? */
bool after_fits(const struct after *after, int64_t first_end_min, int64_t begin_min,
                int64_t give_min);

/* "「量血压」做完后 10–30 分钟内", by that item's name. */
struct sv after_said(struct ctx *c, const struct after *after, struct sv name);

/* The same by the item's plain name; "" for none. */
MUST enum err after_text(struct ctx *c, const struct after *after, struct sv *ret_text);

#endif
