/* import.c - OpenStreetMap files in, one road file out. */

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

/* A PBF file starts with the length of its first header, an XML file with '<' or white space. */
static enum err read_by_kind(struct ctx *c, struct source *s)
{
    unsigned char start[4] = { 0 };
    size_t n = fread(start, 1, sizeof start, s->in);
    if (n == 0)
        return source_bad(c, s, "it is empty");
    rewind(s->in);
    if (n >= 2 && start[0] == 0x1F && start[1] == 0x8B)
        return xml_read(c, s, true);
    if (start[0] == '<' || start[0] == 0xEF || start[0] == ' ' || start[0] == '\n')
        return xml_read(c, s, false);
    if (start[0] == 0 && start[1] == 0)
        return pbf_read(c, s);
    return source_bad(c, s, "it is neither OSM PBF nor OSM XML");
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
    TRY(read_by_kind(c, &s));
    if (b->full)
        return source_bad(c, &s, "it holds more nodes than a map of its size can have");
    if (s.nodes == 0 || s.ways == 0)
        return source_bad(c, &s, "there is no street in it");
    return ERR_NONE;
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

enum err roads_import(struct ctx *c, const char *const *files, size_t n, const char *path,
                      FILE *progress, struct road_counts *ret_counts)
{
    AUTO(road_builder_free) struct road_builder b = { 0 };
    for (size_t i = 0; i < n; i++)
        TRY(read_named(c, &b, files[i], progress));
    b.nodes_max = b.refs_max = 0;
    if (progress)
        fprintf(progress, "%s: joining streets\n", path);
    return road_builder_write(c, &b, path, ret_counts);
}
