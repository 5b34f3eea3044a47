/* roads_file.c - the road file in service. */

#include "app/roads_file.h"

#include "model/house.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *path_in(struct ctx *c, const char *data_dir, const char *name)
{
    return sv_fmt(&c->mem, "%s/roads/%s", data_dir, name).at;
}

static enum err broken(struct ctx *c, const char *what, const char *path)
{
    return fail(c, ERR_BROKEN, "roads.folder", "could not %s %s: %s", what, path, strerror(errno));
}

enum err roads_file_path(struct ctx *c, const char *data_dir, struct sv *ret_path)
{
    char line[128];
    *ret_path = SV("");
    FILE *in = fopen(path_in(c, data_dir, "current"), "re");
    if (!in)
        return errno == ENOENT ? ERR_NONE : broken(c, "read", "roads/current");
    size_t len = fread(line, 1, sizeof line - 1, in);
    fclose(in);
    struct sv name = sv_trim((struct sv){ line, len });
    if (name.len == 0 || sv_find_byte(name, '/') >= 0)
        return fail(c, ERR_BROKEN, "roads.folder", "the manifest of the road file names no file");
    *ret_path = sv_fmt(&c->mem, "%s/roads/%.*s", data_dir, SV_ARG(name));
    return ERR_NONE;
}

/* One line, written beside and renamed. */
static enum err manifest_write(struct ctx *c, const char *data_dir, const char *name)
{
    const char *fresh = path_in(c, data_dir, "current.new"),
               *path = path_in(c, data_dir, "current");
    FILE *out = fopen(fresh, "we");
    if (!out)
        return broken(c, "write", fresh);
    bool good = fprintf(out, "%s\n", name) > 0 && fflush(out) == 0 && fsync(fileno(out)) == 0;
    good = fclose(out) == 0 && good;
    if (!good || rename(fresh, path) != 0)
        return broken(c, "put in place", path);
    return ERR_NONE;
}

/* The file at `made` gets the name of its checksum and becomes the one in service. */
static enum err into_service(struct ctx *c, const char *data_dir, const char *made)
{
    struct roads r = { 0 };
    TRY(roads_open(c, made, &r));
    const char *name = sv_fmt(&c->mem, "%016llx.roads", (unsigned long long)r.checksum).at;
    roads_close(&r);
    const char *path = path_in(c, data_dir, name);
    if (rename(made, path) != 0)
        return broken(c, "rename", made);
    return manifest_write(c, data_dir, name);
}

enum err roads_file_put(struct ctx *c, const char *data_dir, struct road_builder *b,
                        struct road_counts *ret_counts)
{
    const char *made = path_in(c, data_dir, "made.roads");
    TRY(road_builder_write(c, b, made, ret_counts));
    return into_service(c, data_dir, made);
}

enum err roads_file_import(struct ctx *c, const char *data_dir, const char *const *files, size_t n,
                           FILE *progress, struct road_counts *ret_counts)
{
    const char *made = path_in(c, data_dir, "made.roads");
    TRY(roads_import(c, files, n, made, progress, ret_counts));
    return into_service(c, data_dir, made);
}

enum err roads_file_open(struct ctx *c, const char *data_dir, struct roads **ret_roads)
{
    struct sv path;
    *ret_roads = NULL;
    TRY(roads_file_path(c, data_dir, &path));
    if (path.len == 0)
        return ERR_NONE;
    struct roads *made = block_take(sizeof *made);
    enum err e = roads_open(c, path.at, made);
    if (e != ERR_NONE) {
        block_free(made);
        return e;
    }
    *ret_roads = made;
    return ERR_NONE;
}

enum err roads_file_refresh(struct ctx *c)
{
    struct slot *slot = c->house->roads;
    struct sv path;
    if (!slot)
        return ERR_NONE;
    TRY(roads_file_path(c, c->house->config->data_dir, &path));
    struct roads *now = slot_enter(slot), *fresh = NULL;
    struct sv name = now ? sv_fmt(&c->mem, "/%016llx.roads", (unsigned long long)now->checksum)
                         : SV("");
    bool same = path.len == 0 || (now && sv_ends(path, name));
    slot_leave(slot, now);
    if (same)
        return ERR_NONE;
    TRY(roads_file_open(c, c->house->config->data_dir, &fresh));
    if (fresh)
        slot_swap(slot, fresh);
    return ERR_NONE;
}

void roads_file_end(void *roads)
{
    if (!roads)
        return;
    roads_close(roads);
    block_free(roads);
}
