/* kept.c - files of a batch: encrypted by the house's key, under the hash of what lies there. */

#include "care/intake/inside.h"
#include "http/file/file.h"
#include "model/seal/seal.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum { KEPT_BYTES_MAX = 200 * 1024 * 1024 };

static struct seal_place place_of(int64_t batch, const char *what)
{
    return (struct seal_place){ "import_batch", what, batch };
}

enum err kept_put(struct ctx *c, int64_t batch, const char *what, struct sv bytes,
                  struct sv *ret_hash)
{
    struct seal_place at = place_of(batch, what);
    struct sv sealed;
    TRY(seal_value(c, &at, bytes, &sealed));
    return file_put(c, sealed, ret_hash);
}

enum err file_whole(struct ctx *c, const char *path, struct sv *ret_bytes)
{
    struct stat found;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_MISSING, "intake.file", "could not open a file: %s", strerror(errno));
    bool good = fstat(fileno(in), &found) == 0 && found.st_size <= KEPT_BYTES_MAX;
    size_t size = good ? (size_t)found.st_size : 0;
    char *at = NEW(&c->mem, char, size + 1);
    good = good && fread(at, 1, size, in) == size;
    fclose(in);
    if (!good)
        return fail(c, ERR_BROKEN, "intake.file", "could not read a file whole");
    *ret_bytes = (struct sv){ at, size };
    return ERR_NONE;
}

enum err kept_get(struct ctx *c, int64_t batch, const char *what, struct sv hash,
                  struct sv *ret_bytes)
{
    struct seal_place at = place_of(batch, what);
    struct sv sealed;
    TRY(file_whole(c, file_path(&c->mem, c->house->config, hash).at, &sealed));
    return seal_open(c, &at, sealed, ret_bytes);
}
