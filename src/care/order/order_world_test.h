/* order_world_test.h - a small station, its offers and carers, for tests of orders and visits. */
#ifndef CARE_ORDER_WORLD_H
#define CARE_ORDER_WORLD_H

#include "care/order/steps.h"
#include "care/visit/visit.h"
#include "house.h"

#include <string.h>

struct station {
    struct ctx *c;
    struct organisation org, other_org;
    struct catalogue_item bath, lunch;
    struct offer bath_offer, lunch_offer;      /* capacity 2 and 30, Mo-Sa 08:00-12:00/60 */
    struct carer mei, gang;                    /* a woman who can bathe, a man who cannot */
    struct elder wang;                         /* account 70, lives alone, minimum income */
    struct who manager, other_manager, citizen, stranger, staff;
};

/* All rows stored; the caller is the house. 2026-11-21 is a Saturday, 09:00. */
struct station station_world(void);

/* A parameter says something else from this year on. */
void station_rule(struct station *s, const char *name, const char *value);

/* A published place of that organisation, in its area; `nth` tells one from another. */
struct place station_place_row(struct station *s, const struct organisation *org, int kind,
                               const char *name, int nth);

/* An order for wang on Monday 23 November at start_min; text keys live in the test's arena. */
struct order_new station_order(const struct station *s, const struct offer *o, int start_min);

/* Places it as the caller of that who. */
enum err station_place(struct station *s, const struct who *who, const struct order_new *n,
                       struct care_order *ret_order);

#endif
