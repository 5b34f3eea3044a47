/* services.h - the demo city's catalogue by name, and which station answers for a community. */
#ifndef APP_DEMO_CITY_SERVICES_H
#define APP_DEMO_CITY_SERVICES_H

#include "app/demo/demo.h"

enum demo_item {
    ITEM_BATH, ITEM_CLEAN, ITEM_LAUNDRY, ITEM_WALK, ITEM_CLINIC, ITEM_MEDICINE, ITEM_HAIR,
    ITEM_COMPANION, ITEM_REPAIR, ITEM_LOCK, ITEM_LUNCH, ITEM_SUPPER, ITEM_DELIVERY, ITEM_DAY_CARE,
    ITEM_REHAB, ITEM_CLASS, ITEM_OUTING, ITEM_SHOPPING, ITEM_FETCH_MEAL, ITEM_BILLS,
    ITEM_REGISTRATION, ITEM_HOUSEKEEPING, ITEM_COUNT
};

/* The station of the manager who can sign in (index of orgs), and its offer; NULL: none. */
size_t demo_first_station(const struct demo *d);
const struct offer *demo_offer_of(const struct demo *d, size_t org, enum demo_item item);

/* What every station runs for elders (errands.c). */
MUST enum err demo_errand_offers(struct demo *d);

/* One of the two stations of the community's sub-district; another's when it has none. */
const struct organisation *demo_station_for(const struct demo *d, int area);

#endif
