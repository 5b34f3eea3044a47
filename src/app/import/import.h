/*
 * import.h - real data from CSV: divisions, places, compounds, offers.
 *
 * A file is read and checked whole, every fault is told with its line and column, and only when
 * there is none is it stored, in one transaction: all of it or none. Rows are known again by their
 * own id (import_key: entity, source, key → row), so a second import of the file changes what
 * differs and adds what is new; it removes nothing.
 *
 * Columns carry our names, our Chinese labels, or what --map says; columns of other names are left
 * out and told. Beside the columns named by each function any writable field of the entity may
 * be one, except money. An import takes c->mem over: nothing of the caller's may lie in it.
 */
#ifndef APP_IMPORT_H
#define APP_IMPORT_H

#include "base/csv.h"
#include "care/division/division.h"
#include "model/house.h"

enum { IMPORT_SHOWN_MAX = 50, IMPORT_ROWS_MAX = 1000000, IMPORT_KEY_MAX = 100 };
#define IMPORT_BYTES_MAX (INT64_C(512) * 1024 * 1024)

struct import {
    struct ctx *c;
    struct arena mem;          /* what has been read; c->mem is reset between batches */
    struct sv map;             /* "ours=theirs,…" */
    struct sv source;          /* whose ids they are; "" when there is only one list */
    struct sv datum;           /* of rows that do not say their own; "": WGS-84 */
    struct sv division;        /* official or internal code for rows in no boundary */
    struct sv city;            /* or the name of a top division, made when there is none */
    struct progress *progress; /* may be NULL */

    struct buf faults;   /* a line each, in mem */
    struct buf left_out; /* columns nobody knows, parted by commas */
    int64_t faults_n, read, added, changed;
};

/*
 * code,name[,parent_code,valid_from,valid_to,…], in any order of rows. Codes are official ones
 * of 2, 4, 6, 9 or 12 digits.
 */
MUST enum err import_divisions(struct import *im, struct sv text);

/*
 * id,name,kind,lat,lon[,datum,address,phone,hours,capacity,org,division,verified_on,…]. Each
 * place gets an organisation of its name, or the one that `org` names. Published as they stand.
 * The division is that of the column, else the innermost whose boundary holds the point, else
 * im->division or im->city.
 */
MUST enum err import_places(struct import *im, struct sv text);

/* id,name,lat,lon[,datum,aliases,address,households,division]: homes that people name. */
MUST enum err import_compounds(struct import *im, struct sv text);

/* id,compound_id,name[,lat,lon,datum,aliases,storeys,lift]: compounds from the same source. */
MUST enum err import_buildings(struct import *im, struct sv text);

/* id,building_id,name[,lat,lon,datum]: entrances (单元) of buildings from the same source. */
MUST enum err import_entrances(struct import *im, struct sv text);

/*
 * place_id,item,price[,week,capacity,name,lead_min,…]: what imported places (same source) offer;
 * price in yuan. An item that the catalogue lacks is made when the row names its category.
 */
MUST enum err import_offers(struct import *im, struct sv text);

/* Frees what reading took; im may be used again. */
void import_end(struct import *im);

extern const struct table import_tables[]; /* ends with { 0 } */
extern const struct message import_messages[];

#endif
