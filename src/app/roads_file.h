/*
 * roads_file.h - the road file in service: DATA/roads/<checksum>.roads, named by
 * DATA/roads/current.
 *
 * A new file is written beside the others and put into service by renaming the one-line manifest,
 * so that readers have the old streets or the new ones, whole. Running servers see the event
 * "roads" and swap.
 */
#ifndef APP_ROADS_FILE_H
#define APP_ROADS_FILE_H

#include "roads/import/import.h"

/* Writes what the builder holds and puts it into service. ret_counts may be NULL. */
MUST enum err roads_file_put(struct ctx *c, const char *data_dir, struct road_builder *b,
                             struct road_counts *ret_counts);

/* The same for OpenStreetMap files. */
MUST enum err roads_file_import(struct ctx *c, const char *data_dir, const char *const *files,
                                size_t n, FILE *progress, struct road_counts *ret_counts);

/* The path that the manifest names, "" when there is none; in c->mem. */
MUST enum err roads_file_path(struct ctx *c, const char *data_dir, struct sv *ret_path);

/* Opens the file in service into a block of its own; *ret_roads NULL when there is none. */
MUST enum err roads_file_open(struct ctx *c, const char *data_dir, struct roads **ret_roads);

/* A module's refresh: the file in service into house->roads, unless it is there already. */
MUST enum err roads_file_refresh(struct ctx *c);

/* Closes one that roads_file_open gave; accepts NULL. For the slot. */
void roads_file_end(void *roads);

#endif
