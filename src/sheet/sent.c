/* sent.c - a workbook that leaves as bytes: written to a file of its own, read back, removed. */

#include "sheet/out.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum err sheet_sent_open(struct ctx *c, const char *data_dir, int64_t id,
                         struct sheet_sent *ret_sent)
{
    const char *folder = sv_fmt(&c->mem, "%s/tmp", data_dir).at;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return fail(c, ERR_BUSY, "sheet.write", "could not make %s: %s", folder, strerror(errno));
    ret_sent->path = sv_fmt(&c->mem, "%s/sent-%lld.xlsx", folder, (long long)id).at;
    return sheet_out_open(c, ret_sent->path, &ret_sent->out);
}

MUST static enum err whole(struct ctx *c, const char *path, struct sv *ret_bytes)
{
    struct stat found;
    FILE *in = fopen(path, "re");
    if (!in)
        return fail(c, ERR_BUSY, "sheet.write", "could not read a workbook: %s", strerror(errno));
    size_t size = fstat(fileno(in), &found) == 0 ? (size_t)found.st_size : 0;
    char *at = NEW(&c->mem, char, size + 1);
    bool good = size && fread(at, 1, size, in) == size;
    (void)fclose(in);
    if (!good)
        return fail(c, ERR_BUSY, "sheet.write", "could not read a workbook whole");
    *ret_bytes = (struct sv){ at, size };
    return ERR_NONE;
}

enum err sheet_sent_close(struct ctx *c, struct sheet_sent *s, struct sv *ret_bytes)
{
    TRY(sheet_out_close(c, s->out));
    enum err e = whole(c, s->path, ret_bytes);
    (void)unlink(s->path);
    return e;
}
