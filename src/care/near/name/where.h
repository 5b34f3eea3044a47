/*
 * where.h - homes and things by name, by address, and as points of a map.
 */
#ifndef CARE_NEAR_NAME_WHERE_H
#define CARE_NEAR_NAME_WHERE_H

#include "care/near/directory.h"
#include "http/http.h"

enum { WHERE_LIMIT_MAX = 30 };

/* ?q=… of /api/where; ?q=… of /api/what; ?bbox=… of /api/map/places. */
struct where_asked { struct sv q; struct opt_int limit; struct degrees lat, lon; };
struct what_asked { struct sv q; struct opt_int limit; struct degrees lat, lon; int kind; };
/* The body of POST /api/where/address. */
struct address_asked { struct sv text; };

/* A compound or division as an object: a member, or with a NULL name of the open array. */
void where_item_json(struct json *j, const char *name, const struct directory *d,
                     const struct listed_found *f);
struct map_asked { struct sv bbox, kinds; struct opt_int cells; };

extern const struct field where_asked_fields[], what_asked_fields[], map_asked_fields[],
    address_asked_fields[];
extern const struct choice what_ways[];        /* how words that found nothing were read instead */

/* Closed for that whole day, whatever its hours say (choose.c). */
bool place_shut(const struct listed_place *p, struct day day);

/* In where.c, what.c, address.c and marks.c. */
endpoint_fn where_get, what_get, address_post, map_places_get;

#endif
