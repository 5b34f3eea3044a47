/*
 * roads_file.h - the road file in service: DATA/roads/<checksum>.roads, named by
 * DATA/roads/current; and the map as it was imported, named by DATA/roads/base.
 *
 * Without street edits (care/street) both are the same file; app/streets makes one of the other.
 * A new file is written beside the others and put into service by renaming the one-line manifest,
 * so that readers have the old streets or the new ones, whole. Running servers see the event
 * "roads" and swap.
 */
#ifndef APP_ROADS_FILE_H
#define APP_ROADS_FILE_H

#include "roads/import/import.h"

/* What the builder holds becomes the base and is put into service. ret_counts may be NULL. */
MUST enum err roads_file_put(struct ctx *c, const char *data_dir, struct road_builder *b,
                             struct road_counts *ret_counts);

/* OpenStreetMap files become the base; nothing is in service yet: streets_build() does that. */
MUST enum err roads_file_import(struct ctx *c, const char *data_dir, const char *const *files,
                                size_t n, FILE *progress, struct road_counts *ret_counts);

/*
 * Puts what the builder holds (NULL: the base itself) into service and drops files of before that
 * nobody needs. *ret_changed false when it is in service already.
 */
MUST enum err roads_file_serve(struct ctx *c, const char *data_dir, struct road_builder *b,
                               bool *ret_changed);

/* The path of the base; where none is named yet, of the file in service. */
MUST enum err roads_file_base(struct ctx *c, const char *data_dir, struct sv *ret_path);

/* The path that the manifest names, "" when there is none; in c->mem. */
MUST enum err roads_file_path(struct ctx *c, const char *data_dir, struct sv *ret_path);

/* Opens the file in service into a block of its own; *ret_roads NULL when there is none. */
MUST enum err roads_file_open(struct ctx *c, const char *data_dir, struct roads **ret_roads);

/* A module's refresh: the file in service into house->roads, unless it is there already. */
MUST enum err roads_file_refresh(struct ctx *c);

/* Closes one that roads_file_open gave; accepts NULL. For the slot. */
void roads_file_end(void *roads);

#endif
