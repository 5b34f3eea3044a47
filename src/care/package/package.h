/*
 * package.h - packages (服务包): items, how often, what she pays of each, for whom, who pays the rest.
 *
 * A package is data: a government's (no organisation: any that serves all its items) or a
 * station's own. What is published stands as it is; another edition is another row that names the
 * one it follows, and takes its place on the day it begins. Publishing makes one quota rule an item
 * (care/quota), which is how an order knows what the package covers: the price has a part that
 * names it. There is no fee beside the orders: what is not served is not paid for. The rest is paid
 * by the government (PAYER_QUOTA) or given by the station (PAYER_STATION), never mixed.
 *
 * A plan (package_plan) is one elder's package, at one organisation, from a day until a day:
 *
 *     asked → active → ended            herself, family or staff ask; the organisation accepts and
 *       └ declined                      says how she agreed (what its own people write is accepted)
 *
 * Items of a week become standing orders (care/standing) on the days she chose; items of a month
 * are ordered when she likes. Skips and pauses are those of the rules. `package.renew_days` before
 * its last day a plan stands in 待办 and may be renewed for another term, in the edition that still
 * holds; a new edition is signed up for anew. Ended early: from `package.end_notice_days` on, by
 * staff at once.
 */
#ifndef CARE_PACKAGE_H
#define CARE_PACKAGE_H

#include "care/family/family.h"
#include "care/quota/quota.h"
#include "care/standing/standing.h"

enum package_kind { PACKAGE_EAT, PACKAGE_WALK, PACKAGE_MEDICAL, PACKAGE_CARE };
enum package_payer { PACKAGE_OWN, PACKAGE_GOVERNMENT, PACKAGE_STATION };
extern const struct choice package_kinds[], package_payers[];

struct service_package {
    struct service_package_id id;
    struct row  row;
    struct organisation_id org;            /* 0: the government's */
    struct sv   name, about;
    struct set  kinds;                     /* package_kinds */
    int64_t     min_age;                   /* 0: any */
    int         grade;                     /* this grade or worse; GRADE_UNKNOWN: not asked */
    struct set  groups;                    /* or any of these elder_flags; none: not asked */
    struct set  residences;                /* care/whom: residence_kinds; none: all */
    int64_t     residence_months;
    int         payer;                     /* of what she does not pay herself */
    int64_t     months;                    /* a plan's term */
    struct day  valid_from, valid_to;      /* it may be signed up for; plans go on */
    struct sv   source;
    int         status;                    /* parameter_statuses */
    struct service_package_id replaces;
    struct account_id submitted_by;
    int         state;                     /* enum review_state */
};

struct package_item_id { int64_t n; };

struct package_item {
    struct package_item_id id;
    struct row  row;
    struct service_package_id service_package;
    struct catalogue_item_id item;
    int64_t     times;
    int         period;                    /* enum quota_period */
    struct money own_price;                /* she pays of one unit */
    struct catalogue_item_id after_item;   /* struct after: what it waits for on a day of both */
    int64_t     gap_least_min, gap_most_min;
    struct quota_rule_id quota_rule;       /* once published */
};

enum plan_state { PLAN_ASKED, PLAN_ACTIVE, PLAN_DECLINED, PLAN_ENDED };
extern const struct choice plan_states[];

struct package_plan {
    struct package_plan_id id;
    struct row  row;                       /* scope: of the elder */
    struct elder_id elder;
    struct service_package_id service_package;
    struct organisation_id org;            /* who serves it */
    struct day  from_day, until_day;       /* both count */
    int64_t     renewed;                   /* how often */
    struct account_id account;             /* the citizen who asked; 0: staff did */
    struct account_id placed_by;           /* staff who wrote it down; 0: the citizen did */
    int         channel, pay_way;
    int         consent_way;               /* how she agreed, */
    struct account_id heard_by;            /* and who heard it; 0: nobody yet */
    struct sv   reason;                    /* why declined or ended */
    int         state;
};

struct package_line_id { int64_t n; };

/* One item of a plan: of a week on which days; of a month when she likes. */
struct package_line {
    struct package_line_id id;
    struct row  row;
    struct package_plan_id plan;
    struct package_item_id package_item;
    struct catalogue_item_id item;
    struct offer_id offer;
    struct set  weekdays;                  /* none: when she likes */
    int64_t     start_min;
};

extern const struct field  service_package_fields[], package_item_fields[], package_plan_fields[],
    package_line_fields[];
extern const struct entity service_package_entity, package_item_entity, package_plan_entity,
    package_line_entity;
extern const struct module package_module;

enum { PACKAGE_ITEMS_MAX = 12 };           /* of one package */

/* Its items in order of entry. */
MUST enum err package_items(struct ctx *c, struct service_package_id id,
                            struct package_item items[PACKAGE_ITEMS_MAX], size_t *ret_n);

/* What may be signed up for on a day; of an elder's place, or (NULL) anywhere. */
enum { PACKAGES_OPEN_MAX = 60 };
struct packages_open { struct service_package at[PACKAGES_OPEN_MAX]; size_t n; };
MUST enum err package_open(struct ctx *c, const struct elder *e, struct day day,
                           struct packages_open *ret_open);

/* For whom it is. */
struct whom package_whom(const struct service_package *p);

#endif
