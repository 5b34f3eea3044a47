/*
 * tags.h - what OpenStreetMap's tags mean to somebody on foot, and to wheels.
 *
 * The same for wheels: a bicycle is pushed where only walkers go, cars keep off, oneway=* binds
 * them and not who walks. A crossing with lights makes wait; zebra crossings do not.
 *
 * What is being built and what is forbidden to all are left out. Private ways are
 * kept with ROAD_PRIVATE: residents and their visitors may use them. A gate without a word about
 * walkers lets them pass, since it mostly speaks of cars; one that forbids them does not; one for
 * residents makes private land of what lies behind it alone (layout_gates()).
 */
#ifndef ROADS_IMPORT_TAGS_H
#define ROADS_IMPORT_TAGS_H

#include "roads/import/builder.h"

/* The keys that matter; TAG_NONE is every other. */
enum osm_tag {
    TAG_NONE, TAG_HIGHWAY, TAG_FOOT, TAG_ACCESS, TAG_NAME, TAG_NAME_ZH, TAG_STEP_COUNT,
    TAG_WHEELCHAIR, TAG_BRIDGE, TAG_TUNNEL, TAG_CONVEYING, TAG_ONEWAY_FOOT, TAG_FOOTWAY,
    TAG_RAILWAY, TAG_PUBLIC_TRANSPORT, TAG_MAN_MADE, TAG_MOTORROAD, TAG_BARRIER, TAG_KERB,
    TAG_RAMP_WHEELCHAIR, TAG_RAMP, TAG_HANDRAIL, TAG_CROSSING, TAG_CROSSING_SIGNALS, TAG_ONEWAY,
    TAG_ONEWAY_BICYCLE, TAG_CYCLEWAY, TAG_JUNCTION, TAG_BICYCLE, TAG_MOTOR_VEHICLE, TAG_VEHICLE,
    TAG_COUNT
};

/* The values of one way or node; "" where a key is missing. */
struct osm_tags { struct sv value[TAG_COUNT]; };

enum osm_tag tag_of(struct sv key);

/* Fills what is to be known of a way; false when nobody may use it. The name is borrowed. */
bool tags_way(const struct osm_tags *tags, struct road_way *ret_way);

/* enum junction_flag, or 0. */
unsigned tags_node(const struct osm_tags *tags);

#endif
