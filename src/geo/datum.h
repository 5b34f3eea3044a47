/*
 * datum.h - the coordinate systems that Chinese maps use, to and from WGS-84.
 *
 * GCJ-02 (Amap, Tencent) is WGS-84 shifted by 100-700 m inside China, and WGS-84 itself outside;
 * BD-09 (Baidu) is GCJ-02 shifted again. CGCS2000 (surveys, Tianditu) differs from WGS-84 by
 * decimetres and is taken as equal. Points are stored in WGS-84 with the tag of their source.
 */
#ifndef GEO_DATUM_H
#define GEO_DATUM_H

#include "geo/point.h"

enum datum { DATUM_WGS84, DATUM_CGCS2000, DATUM_GCJ02, DATUM_BD09, DATUM_COUNT };

/* The names people write: "WGS-84" "CGCS2000" "GCJ-02" "BD-09". */
extern const char *const datum_names[DATUM_COUNT];

/* Finds a datum by name, any case, with or without hyphen and underscore ("gcj02", "BD-09"). */
bool datum_find(struct sv name, enum datum *ret_datum);

/* A point as `datum` writes it, from WGS-84. */
struct point datum_from_wgs84(enum datum datum, struct point at);

/*
 * Back to WGS-84. The inverse is iterated until it is right to less than 1 cm (the unit of
 * struct point is 1.1 cm, so the way there and back may differ by one unit).
 */
struct point datum_to_wgs84(enum datum datum, struct point at);

/* True in the rectangle in which GCJ-02 is shifted. */
bool datum_in_china(struct point at);

#endif
