/* gives.c - answers that several endpoints share. */

#include "http/describe/gives.h"

const struct field done_gives[] = { SAYS(BOOL, "done"), { 0 } };

static const struct field feature_gives[] = {
    SAYS(TEXT, "type"), SAYS(JSON, "geometry"), SAYS(JSON, "properties"), { 0 },
};

const struct field geojson_gives[] = {
    SAYS(TEXT, "type"), SAYS(LIST, "features", .record = feature_gives),
    MAY_SAY(BOOL, "cut", .zh = "没有全部列出", .en = "There are more"), { 0 },
};
