/*
 * out.h - answers as rows: CSV, or GeoJSON when the file is called so.
 *
 * A file is written beside and renamed, so that it appears whole or not at all. The first row's
 * names make the header of the CSV; every row has the same. What is not reached is an empty cell,
 * in GeoJSON null.
 */
#ifndef APP_PLANNER_OUT_H
#define APP_PLANNER_OUT_H

#include "base/json.h"
#include "geo/point.h"

struct out {
    struct arena  mem;
    struct buf    buf, head, point;
    struct json   json;
    const char   *path;          /* NULL: standard output */
    char         *beside;
    int           fd, why;       /* why: errno of the first write that failed */
    bool          geojson, open, inside;
    uint64_t      rows;
};

/* False (and a line on stderr) when it cannot be written. Ended by out_end(), whatever happens. */
bool out_begin(struct out *o, const char *path);

void out_row(struct out *o, struct point at);
void out_text(struct out *o, const char *name, struct sv value);
void out_int(struct out *o, const char *name, int64_t value);
void out_fixed(struct out *o, const char *name, int64_t value, int digits);
void out_none(struct out *o, const char *name);
void out_row_end(struct out *o);

/* Puts the file in place if `good`, else takes it away; false with a line on stderr. */
bool out_end(struct out *o, bool good);

/* One text as a whole file. False with a line on stderr. */
bool out_file(const char *path, struct sv text);

#endif
