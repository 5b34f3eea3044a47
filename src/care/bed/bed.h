/*
 * bed.h - the balance of beds (养老床位配比): three classes per street, have, used, needed.
 *
 * Institution beds are those of published institutions (place.beds_total, beds_free). Station and
 * home-care beds are counted by others and taken in: a bed_count says how many a street has of one
 * class on one day, by whom; the latest day that has come counts, earlier ones stay. What nobody
 * has counted is unknown, never nought.
 *
 * Needed is a norm: beds per 1,000 elders of the register, one parameter a class (bed.norm_*),
 * valid per division and dated, 待核 until compared with the document. Gap is needed less have.
 */
#ifndef CARE_BED_H
#define CARE_BED_H

#include "care/division/division.h"
#include "http/http.h"

enum bed_class { BED_INSTITUTION, BED_STATION, BED_HOME, BED_CLASSES };
extern const struct choice bed_classes[];

/* What is counted by hand: never the institutions', which are places. */
enum bed_counted { COUNTED_STATION, COUNTED_HOME };
extern const struct choice bed_counteds[];

struct bed_count_id { int64_t n; };

struct bed_count {
    struct bed_count_id id;
    struct row          row;
    struct division_id  division;      /* a street */
    int                 kind;          /* enum bed_counted */
    struct day          as_of;
    int64_t             have;
    struct opt_int      used;
    struct sv           source;
    struct sv           note;
};

extern const struct field  bed_count_fields[];
extern const struct entity bed_count_entity;

/* --- the balance --- */

struct bed_line {
    int            kind;               /* enum bed_class */
    struct opt_int have, used;
    int64_t        used_of;            /* beds whose use is known */
    int64_t        need, norm;         /* norm: of a street, per 1,000; 0 of sums */
    int64_t        need_counted;       /* of the streets of which somebody has told */
    int64_t        uncounted;          /* streets of which nobody has told */
    struct day     as_of;              /* the oldest of what was added up */
    struct sv      source;
};

struct bed_area {
    int64_t         id, scope;
    struct sv       name;
    int64_t         elders, unsaid;    /* unsaid: institutions that have not told their beds */
    struct bed_line line[BED_CLASSES];
    int64_t         have, need, gap;   /* known beds; gap: what the classes that lack, lack */
    int64_t         per_1000_tenths;   /* -1: no elders */
    int64_t         rank;              /* most beds per 1,000 first; 0: none */
};

struct bed_balance {
    struct bed_area  total;
    struct bed_area *district, *street;        /* streets: largest gap first */
    size_t           districts, streets;
};

/* Of a division, 0 all that the caller answers for; errors as figure_area_of. */
MUST enum err bed_balance(struct ctx *c, int64_t division, struct bed_balance *ret_balance);

struct bed_asked { struct division_id division; };
extern const struct field bed_asked_fields[], bed_gives[];
endpoint_fn bed_balance_get, bed_book_get;

extern const struct module bed_module;

#endif
