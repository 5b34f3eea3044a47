/* write.c - the finished image onto the disk, whole or not at all. */

#include "roads/import/layout.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err cannot(struct ctx *c, const char *path, const struct why *why)
{
    enum err kind = fail(c, ERR_BROKEN, "roads.write", "%s: cannot be written: %s", path, why->en);
    c->fault.arg0 = sv_copy(&c->mem, sv_of(path));
    c->fault.arg1 = why_said(c, why);
    return kind;
}

static bool write_all(int fd, const char *at, size_t size)
{
    while (size) {
        ssize_t n = write(fd, at, size < 1 << 30 ? size : 1 << 30);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

/* The rename is safe on the disk only when the folder is. */
static bool sync_folder(struct arena *mem, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *folder = slash ? sv_fmt(mem, "%.*s", (int)(slash - path) + 1, path).at : ".";
    FILE *f = fopen(folder, "r");
    if (!f)
        return false;
    bool done = fsync(fileno(f)) == 0;
    fclose(f);
    return done;
}

static enum err write_image(struct ctx *c, const char *path, const struct road_header *image)
{
    struct buf name = buf_new(&c->mem, 64);
    buf_fmt(&name, "%s.XXXXXX", path);
    const char *beside = buf_cstr(&name);
    int fd = mkstemp(name.at);
    if (fd < 0)
        return cannot(c, path, why_of_errno(c, errno));
    bool done = write_all(fd, (const char *)image, image->size) && fchmod(fd, 0644) == 0 &&
                fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && done) {
        done = false;
        why = errno;
    }
    if (done && rename(beside, path) != 0) {
        done = false;
        why = errno;
    }
    if (!done) {
        unlink(beside);
        return cannot(c, path, why_of_errno(c, why));
    }
    return sync_folder(&c->mem, path) ? ERR_NONE : cannot(c, path, why_of_errno(c, errno));
}

static void image_free(struct road_header **image)
{
    block_free(*image);
}

static enum err graph_open(struct ctx *c, uint64_t missing)
{
    enum err kind = fail(c, ERR_INVALID, "roads.arcs",
                         "%llu ends of arcs are nodes that no table has",
                         (unsigned long long)missing);
    c->fault.arg0 = sv_fmt(&c->mem, "%llu", (unsigned long long)missing);
    return kind;
}

static enum err image_make(struct ctx *c, struct arena *mem, struct road_builder *b,
                           struct road_counts *counts, struct road_header **ret_image)
{
    struct chains chains;
    *ret_image = NULL;
    if (b->full)
        return fail(c, ERR_TOO_LARGE, "roads.limit", "more nodes or streets than allowed");
    chains_make(mem, b, &chains);
    counts->missing = chains.missing;
    if (b->whole && chains.missing)
        return graph_open(c, chains.missing);
    *ret_image = layout_make(mem, &chains, counts);
    if (!*ret_image)
        return fail(c, ERR_INVALID, "roads.empty", "there is no street in it that can be used");
    return b->heights ? heights_right(c, b->heights) : ERR_NONE;
}

enum err road_builder_write(struct ctx *c, struct road_builder *b, const char *path,
                            struct road_counts *ret_counts)
{
    AUTO(arena_free) struct arena mem = { 0 };
    AUTO(image_free) struct road_header *image = NULL;
    struct road_counts counts = { .nodes = b->nodes, .ways = b->ways,
                                  .arcs = b->arcs };
    TRY(image_make(c, &mem, b, &counts, &image));
    TRY(write_image(c, path, image));
    if (ret_counts)
        *ret_counts = counts;
    return ERR_NONE;
}

enum err road_builder_open(struct ctx *c, struct road_builder *b, struct roads *ret_roads)
{
    AUTO(arena_free) struct arena mem = { 0 };
    AUTO(image_free) struct road_header *image = NULL;
    struct road_counts counts = { .nodes = b->nodes };
    TRY(image_make(c, &mem, b, &counts, &image));
    const struct why *wrong = road_image_check(image, image->size, ret_roads);
    if (wrong)
        return fail(c, ERR_BROKEN, "broken", "a road image of our own: %s", wrong->en);
    ret_roads->block = image;
    image = NULL;
    return ERR_NONE;
}
