/*
 * quota.h - what is bought for an elder each month (购买服务额度): so many times, hours or yuan of
 * some kinds of service, by the government for her grade or group, or by a package she has.
 *
 * A rule is a row with its source and days (待核 until compared with the document). A quota is a
 * rule's month of one elder: granted, carried over from the month before, used. It is taken from
 * inside the order's transaction by one conditional update, so that two orders never share the
 * last unit, and given back when the order is called off; every move is a quota_use. The order says
 * what the quota pays in a part of its price (PAYER_QUOTA).
 *
 * Rules of a package (care/package) are made with it: one item, times a month or week, for elders
 * with a plan of it, at the organisation that serves the plan. She pays `own_price` of a unit; the
 * rest is the government's or, of a station's own package, the organisation's (PAYER_STATION). They
 * come before her other quotas. Meals have their subsidy and no quota but a package's.
 *
 * Units: times are counted, hours kept in minutes of the item's length, money in fen. What the
 * quota does not reach is her own payment, or refused, as the rule says. A month's row begins with
 * its first order; what was left of the month before is carried from that month's row, if the rule
 * carries (a month without any order has no row, and nothing to carry).
 */
#ifndef CARE_QUOTA_H
#define CARE_QUOTA_H

#include "care/order/order.h"
#include "care/parameter/parameter.h"

enum quota_unit { QUOTA_TIMES, QUOTA_HOURS, QUOTA_YUAN };
enum quota_over { OVER_OWN_PAY, OVER_BLOCK };
enum quota_period { QUOTA_MONTH, QUOTA_WEEK };
enum quota_payer { QUOTA_BY_GOVERNMENT, QUOTA_BY_STATION };
extern const struct choice quota_units[], quota_overs[], quota_periods[], quota_payers[];

struct quota_rule_id { int64_t n; };

struct quota_rule {
    struct quota_rule_id id;
    struct row  row;
    struct division_id division;           /* where it holds; 0: everywhere */
    struct sv   name;                      /* 居家照护（中度失能） */
    struct set  categories;                /* of category_choices */
    int         grade;                     /* this grade or worse; GRADE_UNKNOWN: not asked */
    struct set  groups;                    /* of elder_flags: any of them; none: not asked */
    struct set  residences;                /* care/whom: residence_kinds; none: all */
    int64_t     residence_months;
    int         unit;
    int64_t     amount;                    /* a period: times, hours, yuan */
    int         period;
    struct catalogue_item_id item;         /* only this one; 0: all of the categories */
    struct service_package_id service_package;     /* for who has it; 0: by grade and group */
    int         payer;
    struct money own_price;                /* of a package: what she pays of a unit herself */
    bool        carries;                   /* what is left goes into the next month, once */
    int         over;
    struct day  valid_from, valid_to;
    struct sv   source;
    int         status;                    /* parameter_statuses */
};

struct quota_id { int64_t n; };

struct quota {
    struct quota_id id;
    struct row  row;                       /* scope: of the elder */
    struct elder_id elder;
    struct quota_rule_id quota_rule;
    struct day  month;                     /* its first day; of a week its Monday */
    int64_t     granted, carried, used;    /* times, minutes or fen */
};

struct quota_use_id { int64_t n; };

struct quota_use {
    struct quota_use_id id;
    struct row  row;
    struct quota_id quota;
    struct elder_id elder;
    struct care_order_id care_order;
    int64_t     units;                     /* taken; given back: below 0 */
};

extern const struct field  quota_rule_fields[], quota_fields[], quota_use_fields[];
extern const struct entity quota_rule_entity, quota_entity, quota_use_entity;
extern const struct module quota_module;

/* A rule for an elder and what is left of its month. */
struct quota_state {
    struct quota_rule rule;
    struct quota quota;                    /* quota.id 0: no row yet */
};

/* For whom a rule is that is not a package's. */
struct whom quota_whom(const struct quota_rule *r);

/* The rules that hold in a place on a day, those of packages left out; at most QUOTA_THERE_MAX. */
enum { QUOTA_THERE_MAX = 200 };
MUST enum err quota_there(struct ctx *c, int64_t scope, struct day day,
                          struct quota_rule rules[QUOTA_THERE_MAX], size_t *ret_n);

/* How much is left, in the quota's units. */
int64_t quota_left(const struct quota *q);

/* "还剩 2 次（本月 4 次，上月结转 0，已用 2）" */
struct sv quota_words(struct arena *mem, const struct quota_state *s, enum lang lang);

enum { QUOTA_RULES_MAX = 16 };

/* The elder's rules on a day, with their months; packages first, of any organisation. */
MUST enum err quota_of(struct ctx *c, const struct elder *e, struct day day,
                       struct quota_state states[QUOTA_RULES_MAX], size_t *ret_n);

/*
 * What her quota pays of so many units of an item at `unit_fen` each, and how much of it that
 * takes; *ret_state.rule.id 0 when no rule is hers. Nothing is written.
 */
struct quota_share {
    struct quota_state state;
    int64_t units, fen;
    bool over;                             /* it does not reach all of it */
    struct sv withheld;                    /* no rule is hers, only for how she resides: why */
};
struct quota_asked {
    const struct elder *elder;
    const struct catalogue_item *item;
    int64_t    quantity, unit_fen;
    struct day day;
    struct organisation_id org;            /* who serves; a package is served by one */
    int64_t    subsidy_fen;                /* what a subsidy pays of it already */
};
MUST enum err quota_share_of(struct ctx *c, const struct quota_asked *asked,
                             struct quota_share *ret_share);

/* What a package pays of `quantity` units, of which it covers share->units, beside a subsidy. */
int64_t quota_package_fen(const struct quota_share *share, int64_t unit_fen, int64_t subsidy_fen);

/* Takes it for the order. ERR_CONFLICT "quota.gone": somebody was faster; "quota.over": refused. */
MUST enum err quota_take(struct ctx *c, const struct quota_share *share,
                         const struct care_order *o);

/* Gives back what the order took; nothing when it took nothing. */
MUST enum err quota_give_back(struct ctx *c, const struct care_order *o);

/* Array member "quotas" of the open object, with its table for answers. */
MUST enum err quota_json(struct ctx *c, struct json *j, const struct elder *e);
extern const struct field quota_line_gives[];

#endif
