/*
 * property.h - idle properties (闲置房产): rooms of communities, empty offices, public assets that
 * could serve the old.
 *
 * Lists of them are taken in like any other (care/intake); a property is idle until somebody has
 * agreed on it, uses it, or withdraws it. Only idle ones are candidates of siting (care/siting).
 * Coordinates are stored in WGS-84 and converted once, as those of places are. What is not known
 * is empty: an area or a cost of 0 is unknown.
 */
#ifndef CARE_PROPERTY_H
#define CARE_PROPERTY_H

#include "care/division/division.h"

enum property_kind { PROPERTY_COMMUNITY, PROPERTY_OFFICE, PROPERTY_STATE, PROPERTY_SCHOOL,
                     PROPERTY_SHOP, PROPERTY_OTHER };
enum property_state { PROPERTY_IDLE, PROPERTY_AGREED, PROPERTY_USED, PROPERTY_WITHDRAWN };
extern const struct choice property_kinds[], property_states[];

enum { PROPERTY_AREA_MAX = 1000000 };

struct property_id { int64_t n; };

struct property {
    struct property_id id;
    struct row         row;
    struct sv          name;
    int                kind;
    struct division_id division;       /* found by the point when not given */
    struct sv          address;
    struct degrees     lat, lon;       /* WGS-84 */
    int                datum;          /* in which they were given: enum of place_datums */
    int64_t            area_m2;        /* floor area */
    struct sv          floors;         /* 1–2 层，无电梯 */
    struct money       rent;           /* a year */
    struct money       cost;           /* to make it fit, once */
    struct sv          owner;
    struct sv          source;         /* who reported it, which list */
    struct day         as_of;
    struct sv          note;
    int                state;
};

extern const struct field  property_fields[];
extern const struct entity property_entity;
extern const struct module property_module;

#endif
