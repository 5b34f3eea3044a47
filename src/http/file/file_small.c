/* file_small.c - small pictures of attachments. */

#include "http/file/file_small.h"

#include "base/log.h"
#include "http/file/file.h"
#include "picture/picture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct sv small_path(struct arena *mem, const struct config *k, struct sv hash)
{
    return sv_fmt(mem, "%s/small/%.*s.jpg", k->data_dir, SV_ARG(hash));
}

enum err small_ask(struct ctx *c, struct sv hash, struct sv type)
{
    int64_t id;
    struct buf b = buf_new(&c->mem, 128);
    struct json j = json_new(&b);
    if ((!sv_is(type, "image/jpeg") && !sv_is(type, "image/png")) ||
        access(small_path(&c->mem, c->house->config, hash).at, R_OK) == 0)
        return ERR_NONE;
    json_object(&j, NULL);
    json_text(&j, "hash", hash);
    json_end(&j, '}');
    return job_add(c, "file_small", buf_sv(&b), &id);
}

enum err small_answer(struct ctx *c, struct answer *a, struct sv hash)
{
    const char *path = small_path(&c->mem, c->house->config, hash).at;
    if (access(path, R_OK) != 0)
        return fail(c, ERR_MISSING, "file.small", "no small picture yet");
    a->type = "image/jpeg";
    a->file = path;
    a->disposition = SV("inline");
    a->shown = true;
    return ERR_NONE;
}

/* --- the job --- */

static enum err bytes_read(struct ctx *c, const char *path, struct sv *ret_bytes)
{
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &s) != 0 || s.st_size > UPLOAD_MAX) {
        if (fd >= 0)
            close(fd);
        return fail(c, ERR_MISSING, "missing", "could not open an attachment");
    }
    char *at = NEW(&c->mem, char, (size_t)s.st_size);
    ssize_t n = read(fd, at, (size_t)s.st_size);
    close(fd);
    if (n != s.st_size)
        return fail(c, ERR_BUSY, "store.away", "could not read an attachment");
    *ret_bytes = (struct sv){ at, (size_t)n };
    return ERR_NONE;
}

/* Beside and renamed: two workers may make the same one. */
static enum err bytes_write(struct ctx *c, const char *path, struct sv bytes)
{
    const char *beside = sv_fmt(&c->mem, "%s.%d", path, (int)getpid()).at;
    FILE *f = fopen(beside, "wxe");
    bool kept = f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len;
    if (f && fclose(f) != 0)
        kept = false;
    if (kept && rename(beside, path) == 0)
        return ERR_NONE;
    enum err err = fail(c, ERR_BUSY, "store.away", "could not keep a small picture: %s",
                        strerror(errno));
    (void)unlink(beside);
    return err;
}

MUST static enum err make(struct ctx *c, struct sv hash, struct sv *ret_jpeg)
{
    struct sv bytes;
    TRY(bytes_read(c, file_path(&c->mem, c->house->config, hash).at, &bytes));
    TRY(picture_small_apart(c, bytes, SMALL_SIDE, ret_jpeg));
    (void)mkdir(sv_fmt(&c->mem, "%s/small", c->house->config->data_dir).at, 0700);
    return bytes_write(c, small_path(&c->mem, c->house->config, hash).at, *ret_jpeg);
}

enum err small_read(struct ctx *c, struct sv hash, struct sv *ret_jpeg)
{
    const char *path = small_path(&c->mem, c->house->config, hash).at;
    return access(path, R_OK) == 0 ? bytes_read(c, path, ret_jpeg) : make(c, hash, ret_jpeg);
}

enum err job_file_small(struct ctx *c, const struct job *j)
{
    const struct json_value *tree, *hash;
    struct sv jpeg;
    TRY(json_parse(c, j->input, &tree));
    hash = json_member(tree, "hash");
    if (!hash || hash->text.len != 64)
        return fail(c, ERR_MALFORMED, "json.malformed", "job without a hash");
    return make(c, hash->text, &jpeg);
}
