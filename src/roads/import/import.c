/* import.c - maps and tables in, one road file out. */

#include "roads/import/import.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { SPARE_NODES = 100000 };

enum err source_bad(struct ctx *c, const struct source *s, const char *why)
{
    enum err kind = fail(c, ERR_INVALID, "roads.source", "%s: %s", s->name, why);
    c->fault.arg0 = sv_copy(&c->mem, sv_of(s->name));
    c->fault.arg1 = sv_copy(&c->mem, sv_of(why));
    return kind;
}

void source_progress(struct source *s)
{
    int tenths = s->size ? (int)(s->done * 10 / s->size) : 10;
    if (!s->progress || tenths <= s->told)
        return;
    s->told = tenths;
    fprintf(s->progress, "%s: %d %%, %llu nodes, %llu ways\n", s->name, tenths * 10,
            (unsigned long long)s->nodes, (unsigned long long)s->ways);
}

/* A file without one street is no map; a table of nodes has none, its arcs stand elsewhere. */
static enum err has_streets(struct ctx *c, const struct source *s)
{
    if (s->nodes == 0 || s->ways == 0)
        return source_bad(c, s, "there is no street in it");
    return ERR_NONE;
}

/* A PBF file starts with the length of its first header, an XML file with '<' or white space. */
static enum err read_by_kind(struct ctx *c, struct source *s)
{
    unsigned char start[4] = { 0 };
    size_t n = fread(start, 1, sizeof start, s->in);
    if (n == 0)
        return source_bad(c, s, "it is empty");
    rewind(s->in);
    bool gzip = n >= 2 && start[0] == 0x1F && start[1] == 0x8B;
    bool xml = start[0] == '<' || (start[0] == 0xEF && start[3] == '<') || start[0] == ' ' ||
               start[0] == '\n';
    if (!gzip && !xml && (start[0] != 0 || start[1] != 0))
        return graph_read(c, s);
    if (gzip || xml)
        TRY(xml_read(c, s, gzip));
    else
        TRY(pbf_read(c, s));
    return has_streets(c, s);
}

enum err roads_read(struct ctx *c, struct road_builder *b, FILE *in, const char *name,
                    FILE *progress)
{
    struct source s = { .builder = b, .in = in, .progress = progress, .name = name };
    struct stat st;
    if (fstat(fileno(in), &st) == 0 && !S_ISREG(st.st_mode))
        return source_bad(c, &s, "it is not a file");
    if (fseek(in, 0, SEEK_END) != 0)
        return source_bad(c, &s, strerror(errno));
    long size = ftell(in);
    rewind(in);
    s.size = size > 0 ? (uint64_t)size : 0;
    b->nodes_max = b->nodes + s.size + SPARE_NODES;
    b->refs_max = b->refs + 2 * s.size + SPARE_NODES;
    enum err e = read_by_kind(c, &s);
    if (e == ERR_NONE && b->full)
        return source_bad(c, &s, "it holds more nodes than a map of its size can have");
    return e;
}

static void file_end(FILE **f)
{
    if (*f)
        fclose(*f);
}

static enum err read_named(struct ctx *c, struct road_builder *b, const char *name, FILE *progress)
{
    AUTO(file_end) FILE *in = fopen(name, "rb");
    struct source s = { .name = name };
    if (!in)
        return source_bad(c, &s, strerror(errno));
    return roads_read(c, b, in, name, progress);
}

static void maps_end(struct road_builder *b)
{
    heights_close(b->heights);
    road_builder_free(b);
}

enum err roads_import(struct ctx *c, const struct road_maps *maps, const char *path,
                      struct road_counts *ret_counts)
{
    struct heights heights = { .folder = maps->heights };
    AUTO(maps_end) struct road_builder b = { .heights = maps->heights ? &heights : NULL };
    for (size_t i = 0; i < maps->n; i++)
        TRY(read_named(c, &b, maps->file[i], maps->progress));
    b.nodes_max = b.refs_max = 0;
    if (maps->progress)
        fprintf(maps->progress, "%s: joining streets\n", path);
    return road_builder_write(c, &b, path, ret_counts);
}
