/*
 * pair.h - which carer suits which elder (人员搭配): preferred, or not to be sent again.
 *
 * A row says so of one elder and one carer from a day to a day, who said it, and why. The reason
 * may be a complaint: it is SECRET, no refusal repeats it, and carers see no rows at all. What
 * forbids holds wherever a carer is given a visit: pair_forbidden() is asked by the order's own
 * check of its carer. What is preferred is a price in the day's plan (care/dispatch).
 *
 *     asked → standing, or refused         the elder or her family ask, the station confirms
 *     standing → ended                     at the latest with valid_to
 *
 * One row of a pair stands at a time: the newer word ends the older one. When visits stand that
 * have become forbidden, a work item (SIGNAL_PAIR) asks the organisation to send others.
 */
#ifndef CARE_PAIR_H
#define CARE_PAIR_H

#include "care/carer/carer.h"
#include "care/elder/elder.h"
#include "http/http.h"

enum pair_kind { PAIR_PREFERRED, PAIR_FORBIDDEN };
extern const struct choice pair_kinds[];

enum pair_state { PAIR_STANDING, PAIR_ASKED, PAIR_REFUSED, PAIR_ENDED };
extern const struct choice pair_states[];

/* Whose word it is. */
enum pair_said { PAIR_SAID_STATION, PAIR_SAID_ELDER, PAIR_SAID_FAMILY, PAIR_SAID_CARER };
extern const struct choice pair_saids[];

struct carer_pair_id { int64_t n; };

struct carer_pair {
    struct carer_pair_id id;
    struct row      row;                   /* scope: of the elder */
    struct organisation_id org;            /* the carer's */
    struct elder_id elder;
    struct carer_id carer;
    int             kind, said_by, state;
    struct sv       reason;                /* SECRET */
    struct day      valid_from, valid_to;  /* both count; valid_to 0: until it is ended */
    struct account_id asked_by;            /* the citizen who asked; 0: nobody had to */
    struct account_id set_by;              /* who noted or confirmed it */
};

extern const struct field  carer_pair_fields[];
extern const struct entity carer_pair_entity;
extern const struct module pair_module;

/* Must she not be sent to this elder on that day? No elder: false. */
MUST enum err pair_forbidden(struct ctx *c, struct elder_id elder, struct carer_id carer,
                             struct day day, bool *ret_forbidden);

/* struct entity, follow: visits that stand and have become forbidden are to be mended (mend.c). */
enum err pair_mend(struct ctx *c, const void *before, const void *row, const char *action);

/* The family asks not to have the carer of an order again (my.c). */
extern const struct endpoint pair_endpoints[];

#endif
