/*
 * building.h - buildings (楼栋) and entrances (单元) of compounds, and names that were learnt.
 *
 * A row of houses or a group of a village is a building too (3排, 5组). Points are WGS-84; `datum`
 * keeps in which system they were given, and they are converted once, on the way in. A point of
 * 0, 0 is not known: a home is then where the compound is.
 */
#ifndef CARE_BUILDING_H
#define CARE_BUILDING_H

#include "care/compound/compound.h"
#include "model/who/account.h"

struct building_id { int64_t n; };

struct building {
    struct building_id id;
    struct row         row;
    struct compound_id compound;
    struct sv          name;             /* 12号楼, 甲3号楼, A座, 5组; once in a compound */
    struct sv          aliases;          /* parted by commas; 文昌路20号 may be one */
    struct degrees     lat, lon;
    int                datum;            /* place_datums */
    int64_t            storeys;          /* 0: not known */
    bool               lift;
};

struct entrance_id { int64_t n; };

struct entrance {
    struct entrance_id id;
    struct row         row;
    struct building_id building;
    struct sv          name;             /* 3单元; once in a building */
    struct degrees     lat, lon;
    int                datum;
};

enum alias_state { ALIAS_ACTIVE, ALIAS_WITHDRAWN };

struct address_alias_id { int64_t n; };

/* What people call a compound or one of its buildings, learnt from an address nobody knew. */
struct address_alias {
    struct address_alias_id id;
    struct row              row;
    struct sv               text;
    struct sv               form;        /* address_form(text): what texts are compared by */
    struct compound_id      compound;
    struct building_id      building;    /* 0: the compound */
    struct account_id       learnt_by;   /* when: row.created_at */
    int                     state;
};

extern const struct field  building_fields[], entrance_fields[], address_alias_fields[];
extern const struct entity building_entity, entrance_entity, address_alias_entity;

#endif
