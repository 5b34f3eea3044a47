/*
 * standing.h - standing orders (长期服务): a weekly rule that makes ordinary orders, and skips.
 *
 *     asked → active → ended          a citizen or the desk asks, the organisation agrees;
 *       └ declined                    what its own people write down is active at once
 *
 * Every night (and whenever a rule begins or changes) the orders of the coming
 * `standing.ahead_days` days are made, exactly one for a rule and day: the row standing_day of that
 * day and the order are one transaction, the pair (rule, day) is unique. What cannot be made stands
 * there with the reason, is tried again every night and waits in 待办 until it is made or dropped.
 * The orders are accepted, since the organisation agreed to the rule, and go to the carer wished
 * for when she is free and suits.
 *
 * A rule of a package (care/package) orders what that covers, and nothing beyond it.
 *
 * A change is from a day on: the rule ends the day before and another begins, which names it. A
 * public holiday is left out, kept, or served on the last day before it that is none.
 */
#ifndef CARE_STANDING_H
#define CARE_STANDING_H

#include "care/catalogue/after.h"
#include "care/order/order.h"
#include "http/http.h"

enum standing_state { STANDING_ASKED, STANDING_ACTIVE, STANDING_DECLINED, STANDING_ENDED };
extern const struct choice standing_states[];

enum standing_holiday { HOLIDAY_LEAVE_OUT, HOLIDAY_KEEP, HOLIDAY_DAY_BEFORE };
extern const struct choice standing_holidays[], weekday_choices[];

struct standing {
    struct standing_id id;
    struct row  row;
    struct account_id account;             /* the citizen who asked for it; 0: staff did */
    struct account_id placed_by;           /* staff who wrote it down; 0: the citizen did */
    int         channel;
    struct elder_id elder;
    struct organisation_id org;
    struct offer_id offer;
    struct catalogue_item_id item;
    struct set  weekdays;                  /* bit 0 Monday */
    int64_t     start_min;                 /* a slot of the offer's week begins then */
    int64_t     quantity;
    struct day  from_day, until_day;       /* both count; until_day open: until told */
    int         holidays;
    struct money price;                    /* of one unit, as agreed: another is asked about */
    int         gender_wish;
    struct carer_id carer_wish;
    int         pay_way;
    struct sv   password;
    struct sv   note;
    struct standing_id replaces;           /* the rule that this one continues */
    struct package_plan_id plan;           /* the package that it is part of; 0: none */
    struct catalogue_item_id after_item;   /* struct after: what its visits wait for */
    int64_t     gap_least_min, gap_most_min;
    struct sv   reason;                    /* why it was declined or ended */
    int         state;
};

/* What became of one day of a rule. Days without a row are still ahead, or holidays left out. */
enum standing_day_state { DAY_MADE, DAY_SKIPPED, DAY_PAUSED, DAY_FAILED, DAY_DROPPED };
extern const struct choice standing_day_states[];

struct standing_day_id { int64_t n; };

struct standing_day {
    struct standing_day_id id;
    struct row  row;
    struct standing_id standing_order;
    struct elder_id elder;
    struct organisation_id org;
    struct catalogue_item_id item;
    struct day  day;                       /* of the rule */
    struct day  on_day;                    /* that it is served on: another before a holiday */
    int         state;
    struct sv   why;                       /* a sentence: why not, or why nobody is sent yet */
    struct care_order_id care_order;
    int64_t     tries;
};

extern const struct field  standing_fields[], standing_day_fields[];
extern const struct entity standing_entity, standing_day_entity;
extern const struct module standing_module;

/* --- the rule's days (days.c): pure --- */

/* Is the day one of the rule's: within its span, on one of its weekdays? */
bool standing_on(const struct standing *s, struct day day);

/*
 * The day on which the rule's `day` is served; DAY_NONE when a holiday leaves it out, or moves it
 * to a day that is the rule's own anyway.
 */
struct day standing_served_on(const struct standing *s, const struct calendar *k, struct day day);

/* "每周一、三、五 11:00" */
struct sv standing_words(struct arena *mem, const struct standing *s, enum lang lang);

/* --- making orders (make.c) --- */

/* Makes what is not made yet of the days ahead. Run twice it does nothing more. */
MUST enum err standing_make(struct ctx *c, const struct standing *s);

/* Of all active rules of an elder: after a pause has ended. */
MUST enum err standing_make_of(struct ctx *c, struct elder_id elder);

/* One day again, that failed or was skipped. */
MUST enum err standing_day_again(struct ctx *c, struct standing_day *d);

/* Orders of the rule from a day on are called off free of charge, their days marked `state`. */
MUST enum err standing_call_off(struct ctx *c, const struct standing *s, struct day from,
                                enum standing_day_state state, struct sv why);

/* Stores what became of a day: on_day, state, why, care_order and tries of *d. */
MUST enum err standing_day_mark(struct ctx *c, struct standing_day *d);

/* The row of a rule's day. */
MUST enum err standing_day_of(struct ctx *c, struct standing_id id, struct day day,
                              struct standing_day *ret_day, bool *ret_found);

extern const struct job_kind standing_jobs[];
extern const struct schedule standing_schedules[];

extern const struct endpoint standing_endpoints[];     /* page.c */

#endif
