/* import.c - maps and tables in, one road file out. */

#include "roads/import/import.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { SPARE_NODES = 100000 };

enum err source_bad(struct ctx *c, const struct source *s, const struct why *why)
{
    enum err kind = fail(c, ERR_INVALID, "roads.source", "%s: %s", s->name, why->en);
    c->fault.arg0 = sv_copy(&c->mem, sv_of(s->name));
    c->fault.arg1 = why_said(c, why);
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
        return source_bad(c, s, WHY("里面没有街道", "there is no street in it"));
    return ERR_NONE;
}

/* What people have in hand and must turn into something else first, by its first bytes. */
static const struct { struct sv start; struct why why; } others[] = {
    { SV_INIT("BZh"),
      { "它是 bzip2 压缩包，请先解压（bunzip2）",
        "it is packed with bzip2: unpack it first (bunzip2)" } },
    { SV_INIT("\x28\xB5\x2F\xFD"),
      { "它是 zstd 压缩包，请先解压（unzstd）",
        "it is packed with zstd: unpack it first (unzstd)" } },
    { SV_INIT("\xFD" "7zXZ"),
      { "它是 xz 压缩包，请先解压（unxz）",
        "it is packed with xz: unpack it first (unxz)" } },
    { SV_INIT("PK\x03\x04"),
      { "它是 zip 压缩包或工作簿，请先解压，或另存为 CSV",
        "it is a zip archive or a workbook: unpack it, or save it as CSV" } },
    { SV_INIT("{"),
      { "它是 JSON；能读的是 OSM PBF、OSM XML 或 CSV",
        "it is JSON: what is read is OSM PBF, OSM XML or CSV" } },
};

/* XML of one byte a letter or of two, white space before it or not. */
static bool is_xml(struct sv start)
{
    if (sv_starts(start, SV("\xFF\xFE<")) || sv_starts(start, SV("\xFE\xFF\0<")))
        return true;
    if (sv_starts(start, SV("\xEF\xBB\xBF")))
        start = sv_from(start, 3);
    return sv_starts(sv_trim(start), SV("<"));
}

/* A PBF file starts with the length of its first header, below 64 KiB. */
static enum err read_by_kind(struct ctx *c, struct source *s)
{
    char bytes[64];
    struct sv start = { bytes, fread(bytes, 1, sizeof bytes, s->in) };
    if (start.len == 0)
        return source_bad(c, s, WHY("它是空的", "it is empty"));
    rewind(s->in);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (sv_starts(start, others[i].start))
            return source_bad(c, s, &others[i].why);
    bool gzip = sv_starts(start, SV("\x1F\x8B")), xml = is_xml(start);
    if (!gzip && !xml && !sv_starts(start, SV("\0\0")))
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
        return source_bad(c, &s, WHY("它不是文件", "it is not a file"));
    if (fseek(in, 0, SEEK_END) != 0)
        return source_bad(c, &s, why_of_errno(c, errno));
    long size = ftell(in);
    rewind(in);
    s.size = size > 0 ? (uint64_t)size : 0;
    b->nodes_max = b->nodes + s.size + SPARE_NODES;
    b->refs_max = b->refs + 2 * s.size + SPARE_NODES;
    enum err e = read_by_kind(c, &s);
    if (e == ERR_NONE && b->full)
        return source_bad(c, &s, WHY("里面的节点比这样大小的地图可能有的还多",
                                     "it holds more nodes than a map of its size can have"));
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
        return source_bad(c, &s, why_of_errno(c, errno));
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
