/*
 * import.h - maps and tables in, one road file out.
 *
 *   yike roads import -o city.roads city.osm.pbf suburb.osm.gz
 *   yike roads import -o city.roads nodes.csv arcs.csv
 *
 * Reads .osm.pbf (blocks raw or zlib), .osm.gz and .osm (XML), and a graph as two CSV tables (see
 * graph_csv.c for the columns); what a file is, its first bytes say, not its name. Several files
 * become one net; what they share counts once. A file that is hostile, cut or empty fails with one
 * line that names the file and why, and the road file of before stays as it is. Limits: 32 MiB a
 * block, no more nodes than the file has bytes (no real map comes near), no XML entities but the
 * five of XML.
 */
#ifndef ROADS_IMPORT_IMPORT_H
#define ROADS_IMPORT_IMPORT_H

#include "base/why.h"
#include "roads/import/builder.h"

#include <stdio.h>

/* What is read. */
struct road_maps {
    const char *const *file;
    size_t      n;
    const char *heights;         /* the folder of SRTM tiles; NULL: everything is flat */
    FILE       *progress;        /* told how far it is, a line at a time; may be NULL */
};

/*
 * Reads the maps and writes the road file `path`. Fails ERR_INVALID ("roads.source", {0} the file,
 * {1} why), and as road_builder_write does. ret_counts may be NULL.
 */
MUST enum err roads_import(struct ctx *c, const struct road_maps *maps, const char *path,
                           struct road_counts *ret_counts);

/* One file into a builder, from anything that can be read; `name` is for messages. */
MUST enum err roads_read(struct ctx *c, struct road_builder *b, FILE *in, const char *name,
                         FILE *progress);

/* --- between import.c and the formats --- */

/* A file being read: its size and how much has been read, for limits and progress. */
struct source {
    struct road_builder *builder;
    FILE       *in, *progress;
    const char *name;
    uint64_t    size, done;          /* bytes as they stand on the disk */
    uint64_t    nodes, ways;         /* seen in this file */
    int         told;                /* tenths of the file that progress has been told */
};

/* What is wrong with a file: the one line. */
enum err source_bad(struct ctx *c, const struct source *s, const struct why *why);
void source_progress(struct source *s);

MUST enum err pbf_read(struct ctx *c, struct source *s);
MUST enum err xml_read(struct ctx *c, struct source *s, bool gzip);
MUST enum err graph_read(struct ctx *c, struct source *s);

#endif
