/* roads_file.c - the road file in service. */

#include "app/roads_file.h"

#include "model/house.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { OLD_FILE_S = 86400 };

static const char *path_in(struct ctx *c, const char *data_dir, const char *name)
{
    return sv_fmt(&c->mem, "%s/roads/%s", data_dir, name).at;
}

static enum err broken(struct ctx *c, const char *what, const char *path)
{
    return fail(c, ERR_BROKEN, "roads.folder", "could not %s %s: %s", what, path, strerror(errno));
}

static enum err manifest_read(struct ctx *c, const char *data_dir, const char *manifest,
                              struct sv *ret_path)
{
    char line[128];
    *ret_path = SV("");
    FILE *in = fopen(path_in(c, data_dir, manifest), "re");
    if (!in)
        return errno == ENOENT ? ERR_NONE : broken(c, "read", manifest);
    size_t len = fread(line, 1, sizeof line - 1, in);
    fclose(in);
    struct sv name = sv_trim((struct sv){ line, len });
    if (name.len == 0 || sv_find_byte(name, '/') >= 0)
        return fail(c, ERR_BROKEN, "roads.folder", "the manifest of the road file names no file");
    *ret_path = sv_fmt(&c->mem, "%s/roads/%.*s", data_dir, SV_ARG(name));
    return ERR_NONE;
}

enum err roads_file_path(struct ctx *c, const char *data_dir, struct sv *ret_path)
{
    return manifest_read(c, data_dir, "current", ret_path);
}

enum err roads_file_base(struct ctx *c, const char *data_dir, struct sv *ret_path)
{
    TRY(manifest_read(c, data_dir, "base", ret_path));
    return ret_path->len ? ERR_NONE : roads_file_path(c, data_dir, ret_path);
}

/* One line, written beside and renamed. */
static enum err manifest_write(struct ctx *c, const char *data_dir, const char *manifest,
                               const char *name)
{
    const char *path = path_in(c, data_dir, manifest), *fresh = sv_fmt(&c->mem, "%s.new", path).at;
    FILE *out = fopen(fresh, "we");
    if (!out)
        return broken(c, "write", fresh);
    bool good = fprintf(out, "%s\n", name) > 0 && fflush(out) == 0 && fsync(fileno(out)) == 0;
    good = fclose(out) == 0 && good;
    if (!good || rename(fresh, path) != 0)
        return broken(c, "put in place", path);
    return ERR_NONE;
}

/* The file at `made` gets the name of its checksum. */
static enum err file_name(struct ctx *c, const char *data_dir, const char *made,
                          const char **ret_name)
{
    struct roads r = { 0 };
    TRY(roads_open(c, made, &r));
    const char *name = sv_fmt(&c->mem, "%016llx.roads", (unsigned long long)r.checksum).at;
    roads_close(&r);
    *ret_name = name;
    return rename(made, path_in(c, data_dir, name)) == 0 ? ERR_NONE : broken(c, "rename", made);
}

/* Two processes may make files at the same time. */
static const char *fresh_path(struct ctx *c, const char *data_dir)
{
    return path_in(c, data_dir, sv_fmt(&c->mem, "made-%d.roads", (int)getpid()).at);
}

static enum err builder_put(struct ctx *c, const char *data_dir, struct road_builder *b,
                            struct road_counts *ret_counts, const char **ret_name)
{
    const char *made = fresh_path(c, data_dir);
    TRY(road_builder_write(c, b, made, ret_counts));
    return file_name(c, data_dir, made, ret_name);
}

enum err roads_file_put(struct ctx *c, const char *data_dir, struct road_builder *b,
                        struct road_counts *ret_counts)
{
    const char *name;
    TRY(builder_put(c, data_dir, b, ret_counts, &name));
    TRY(manifest_write(c, data_dir, "base", name));
    return manifest_write(c, data_dir, "current", name);
}

enum err roads_file_import(struct ctx *c, const char *data_dir, const char *const *files, size_t n,
                           FILE *progress, struct road_counts *ret_counts)
{
    const char *name, *made = fresh_path(c, data_dir);
    const struct road_maps maps = { .file = files, .n = n, .progress = progress };
    TRY(roads_import(c, &maps, made, ret_counts));
    TRY(file_name(c, data_dir, made, &name));
    return manifest_write(c, data_dir, "base", name);
}

/* Files that no manifest names, a day old: a running server may still open a younger one. */
static void old_files_drop(struct ctx *c, const char *data_dir, struct sv base, struct sv current)
{
    const char *folder = sv_fmt(&c->mem, "%s/roads", data_dir).at;
    DIR *d = opendir(folder);
    struct stat st;
    for (const struct dirent *one; d && (one = readdir(d));) {
        struct sv path = sv_fmt(&c->mem, "%s/%s", folder, one->d_name);
        if (sv_ends(path, SV(".roads")) && !sv_eq(path, base) && !sv_eq(path, current) &&
            stat(path.at, &st) == 0 && st.st_mtime < time(NULL) - OLD_FILE_S)
            (void)unlink(path.at);
    }
    if (d)
        closedir(d);
}

enum err roads_file_serve(struct ctx *c, const char *data_dir, struct road_builder *b,
                          bool *ret_changed)
{
    const char *name;
    struct sv base, was;
    TRY(roads_file_base(c, data_dir, &base));
    TRY(roads_file_path(c, data_dir, &was));
    if (b)
        TRY(builder_put(c, data_dir, b, NULL, &name));
    else
        name = strrchr(base.at, '/') + 1;
    struct sv is = sv_of(path_in(c, data_dir, name));
    *ret_changed = !sv_eq(is, was);
    if (*ret_changed)
        TRY(manifest_write(c, data_dir, "current", name));
    TRY(manifest_write(c, data_dir, "base", strrchr(base.at, '/') + 1));
    old_files_drop(c, data_dir, base, is);
    return ERR_NONE;
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
