/*
 * search.h - one box for everything: people, orders, organisations, places, catalogue (查找).
 *
 * What is found is shown as lists show it: masked, with brief columns only. Elders are found by
 * name, by what the caller's organisation calls them, and by compound and door (柳荫里3-2-401);
 * the door, like a masked name, only by who may unmask. Numbers have an endpoint of their own,
 * because each person whom a number shows is a line of the access log.
 */
#ifndef CARE_SEARCH_SEARCH_H
#define CARE_SEARCH_SEARCH_H

#include "http/http.h"

extern const struct module search_module;

enum { DOOR_NUMBERS_MAX = 4 };

/* "柳荫里3-2-401": words, then up to four numbers; false when it is not of that form. */
struct door_asked { struct sv words; int64_t number[DOOR_NUMBERS_MAX]; size_t n; };
bool door_asked_read(struct arena *mem, struct sv text, struct door_asked *ret_door);

/* Do these columns of an elder hold the door? A building, or with more numbers also the room. */
bool door_asked_is(const struct door_asked *door, struct sv building, struct sv entrance,
                   struct sv room);

#endif
