/*
 * tags.h - what OpenStreetMap's tags mean to somebody on foot.
 *
 * Motorways, what is being built and what is forbidden on foot are left out. Private ways are
 * kept with ROAD_PRIVATE: residents and their visitors may use them. A gate without a word about
 * walkers lets them pass, since it mostly speaks of cars; one that forbids them does not.
 */
#ifndef ROADS_IMPORT_TAGS_H
#define ROADS_IMPORT_TAGS_H

#include "roads/import/builder.h"

/* The keys that matter; TAG_NONE is every other. */
enum osm_tag {
    TAG_NONE, TAG_HIGHWAY, TAG_FOOT, TAG_ACCESS, TAG_NAME, TAG_NAME_ZH, TAG_STEP_COUNT,
    TAG_WHEELCHAIR, TAG_BRIDGE, TAG_TUNNEL, TAG_CONVEYING, TAG_ONEWAY_FOOT, TAG_FOOTWAY,
    TAG_RAILWAY, TAG_PUBLIC_TRANSPORT, TAG_MAN_MADE, TAG_MOTORROAD, TAG_BARRIER, TAG_KERB,
    TAG_RAMP_WHEELCHAIR, TAG_COUNT
};

/* The values of one way or node; "" where a key is missing. */
struct osm_tags { struct sv value[TAG_COUNT]; };

enum osm_tag tag_of(struct sv key);

/* Fills what a walker needs to know of a way; false when it is nothing to walk on. */
bool tags_way(const struct osm_tags *tags, struct road_way *ret_way);

/* JUNCTION_BLOCKED, JUNCTION_NO_WHEELCHAIR or 0. */
unsigned tags_node(const struct osm_tags *tags);

#endif
