/*
 * file.h - what a road file looks like: a header, then sections, each 64-byte aligned.
 *
 * All numbers are little-endian. The checksum covers every byte of the file, with its own field
 * taken as zero. Version 2; another layout takes another number, and old files are imported again.
 */
#ifndef ROADS_FILE_H
#define ROADS_FILE_H

#include "base/why.h"
#include "roads/roads.h"

enum road_section {
    SECTION_AT, SECTION_JUNCTION_FLAGS, SECTION_FIRST_ARC, SECTION_ARC, /* one for each profile */
    SECTION_ARC_EDGE = SECTION_ARC + PROFILE_COUNT,
    SECTION_EDGE, SECTION_WHEELS, SECTION_SHAPE, SECTION_NAME_AT, SECTION_NAME_TEXT, SECTION_TREE,
    SECTION_COUNT
};

#define ROAD_MAGIC "YIKEROAD"
enum { ROAD_VERSION = 2, SECTION_ALIGN = 64, TREE_WIDTH = 8, TREE_LEVELS_MAX = 12 };
#define ROAD_LENGTH_CM_MAX 200000000u            /* of one edge: 2,000 km */
#define ROAD_COUNT_MAX 0x3FFFFFFFu               /* of junctions, edges, arcs ... */

struct road_section_place { uint64_t at, size; };

struct road_header {
    char     magic[8];
    uint32_t version;
    uint32_t header_size;
    uint64_t size;                       /* of the file */
    uint64_t checksum;
    uint64_t profiles;                   /* profile_fingerprint() */
    uint64_t total_m;
    uint32_t junctions, edges, arcs, names, shapes, boxes;
    struct point_box box;
    struct road_section_place section[SECTION_COUNT];
};

/* The sum of a whole file image that starts with its header. */
uint64_t road_checksum(const void *image, size_t size);

/* How many boxes each level of the tree has, leaves first; returns the number of levels. */
int tree_levels(uint32_t edges, uint32_t ret_n[TREE_LEVELS_MAX]);

/* Checks an image and points *ret_roads into it; NULL when it is right, else what is wrong. */
const struct why *road_image_check(const void *image, size_t size, struct roads *ret_roads);

/* Bytes of each section for the counts in a header; the names' text is as long as it is. */
void road_section_sizes(const struct road_header *h, uint64_t name_bytes,
                        uint64_t ret_sizes[SECTION_COUNT]);

#endif
