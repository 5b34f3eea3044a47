/* bringing_test.h - a station that brings lunch, its place, and who orders it. */
#ifndef CARE_DELIVERY_BRINGING_TEST_H
#define CARE_DELIVERY_BRINGING_TEST_H

#include "care/delivery/delivery.h"
#include "care/order/order_world_test.h"

#define MONDAY day_civil(2026, 11, 23)

struct bringing { struct station s; struct place place; struct offer offer; };

struct bringing bringing_world(void);

/* Lunch on Monday from eleven to twelve; without a name for the citizen's own elder. */
struct care_order ordered(struct bringing *b, const char *name, const char *address);

/* The round planned by the station's manager: the first run of it. */
struct meal_run made(struct bringing *b);

/* The stop of an order, the latest there is; id 0: none. */
struct meal_stop meal_stop_of(struct bringing *b, const struct care_order *o);

#endif
