/* plan.h - signing up for a package, and what the folder's files share. */
#ifndef CARE_PACKAGE_PLAN_H
#define CARE_PACKAGE_PLAN_H

#include "care/package/package.h"

/* What a face sends; `lines`: an array of { package_item, weekdays, start_min }. */
struct plan_new {
    struct service_package_id service_package;
    struct elder_id elder;
    struct organisation_id org;            /* not asked when the package is an organisation's */
    struct day      from_day;
    struct text     lines;
    int             pay_way, channel, consent_way;
};
extern const struct field plan_new_fields[];

/*
 * Signs an elder up, for the caller. ERR_MISSING "elder.missing"; ERR_INVALID with the fields:
 * package not open, not for her, already hers in that time, no such organisation, an item that it
 * does not offer, days that are not as many as the item's times or without such a slot.
 */
MUST enum err plan_begin(struct ctx *c, const struct plan_new *n, struct package_plan *ret_plan);

/* The published offer of an organisation for an item; id 0: none. */
MUST enum err plan_offer(struct ctx *c, struct organisation_id org, struct catalogue_item_id item,
                         struct offer *ret_offer);

/* A plan's lines, in the package's order. */
MUST enum err plan_lines(struct ctx *c, struct package_plan_id id,
                         struct package_line lines[PACKAGE_ITEMS_MAX], size_t *ret_n);

/* Begins the standing orders of a plan that has become active; prolongs those it has; ends them. */
MUST enum err plan_start(struct ctx *c, const struct package_plan *p);
MUST enum err plan_prolong(struct ctx *c, const struct package_plan *p, struct day former_until);
MUST enum err plan_stop(struct ctx *c, const struct package_plan *p, struct day last,
                        struct sv reason);

/* The last day of a term that begins on a day. */
struct day plan_until(struct day from, int64_t months);

/* May the plan be renewed by now? Its edition, for what it is called. */
MUST enum err plan_may_renew(struct ctx *c, const struct package_plan *p, bool *ret_may);

struct plan_accept { int consent_way; };
extern const struct step package_plan_steps[];
extern const struct endpoint package_endpoints[];      /* page.c */
extern const struct job_kind package_jobs[];
extern const struct schedule package_schedules[];
enum err package_publish(struct ctx *c, void *row, const void *input);
enum err package_edition(struct ctx *c, void *row, const void *input);

#endif
