/* sites.h - rows with a point: places and compounds. Only for this folder. */
#ifndef APP_IMPORT_SITES_H
#define APP_IMPORT_SITES_H

#include "app/import/areas.h"
#include "app/import/keys.h"
#include "geo/datum.h"

struct site {
    struct sv key;
    int64_t line;
    int64_t row;        /* 0: a new one */
    struct point given; /* as written, in `datum` */
    enum datum datum;
    struct area area;
    size_t org; /* places: index of sites.more */
};

struct sites;

/* What is particular to an entity. */
struct site_kind {
    const struct entity *e;
    struct import_names names;
    bool converts; /* its rules convert a point that moves */
    bool inside;   /* it stands in something: `finish` gives the scope, the point may be left out */
    /* NULL or: the rest of one row; faults are left in the ctx. */
    void (*finish)(struct import_table *t, struct sites *s, struct site *at, void *row);
    /* NULL or: before the rows are stored, in the transaction. */
    enum err (*before)(struct import *im, struct sites *s);
    /* NULL or: one that is there already, `stored` with what the file says in it. */
    void (*renew)(const struct site *at, const void *row, void *stored);
};

struct sites {
    const struct site_kind *kind;
    struct import *im;
    struct import_table table;
    struct areas areas;
    struct site *at; /* of each row */
    char *rows;      /* n × e->size */
    size_t n;
    void *more; /* the kind's own */
};

MUST enum err sites_import(struct import *im, struct sv text, const struct site_kind *kind,
                           struct sites *s);

void *site_row(const struct sites *s, size_t i);

#endif
