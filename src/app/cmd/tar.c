/* tar.c - several files in one: tar. */

#include "app/cmd/tar.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 512, NAME_AT = 0, MODE_AT = 100, SIZE_AT = 124, TIME_AT = 136, SUM_AT = 148,
       TYPE_AT = 156, MAGIC_AT = 257, BYTES = 64 * 1024 };

/* The largest size of eleven octal digits. */
#define OCTAL_MAX ((INT64_C(1) << 33) - 1)

static enum err unwritten(struct ctx *c, const char *what)
{
    return fail(c, ERR_BROKEN, "backup.write", "could not write %s: %s", what, strerror(errno));
}

static enum err malformed(struct ctx *c, const char *why)
{
    return fail(c, ERR_MALFORMED, "backup.malformed", "the archive %s", why);
}

bool tar_name_good(struct sv name)
{
    if (name.len == 0 || name.len > TAR_NAME_MAX || name.at[0] == '/' ||
        sv_find(name, SV("..")) >= 0 || sv_find(name, SV("//")) >= 0 || sv_ends(name, SV("/")))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char x = name.at[i];
        if (!((x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') ||
              x == '.' || x == '_' || x == '/' || x == '-'))
            return false;
    }
    return true;
}

/* --- heads --- */

static void octal_put(unsigned char *at, size_t width, int64_t n)
{
    for (size_t i = width - 1; i-- > 0; n >>= 3)
        at[i] = (unsigned char)('0' + (n & 7));
}

static void size_put(unsigned char *head, int64_t size)
{
    if (size <= OCTAL_MAX) {
        octal_put(head + SIZE_AT, 12, size);
        return;
    }
    head[SIZE_AT] = 0x80;
    for (int i = 11; i > 3; i--, size >>= 8)
        head[SIZE_AT + i] = (unsigned char)(size & 0xFF);
}

static int64_t sum_of(const unsigned char *head)
{
    int64_t sum = 0;
    for (int i = 0; i < BLOCK; i++)
        sum += i >= SUM_AT && i < SUM_AT + 8 ? ' ' : head[i];
    return sum;
}

static enum err head_put(struct ctx *c, FILE *out, const char *name, int64_t size)
{
    unsigned char head[BLOCK] = { 0 };
    assert(tar_name_good(sv_of(name)));
    memcpy(head + NAME_AT, name, strlen(name));
    memcpy(head + MODE_AT, "0000640", 8);
    memcpy(head + 108, "0000000", 8);
    memcpy(head + 116, "0000000", 8);
    size_put(head, size);
    octal_put(head + TIME_AT, 12, c->now.ms / 1000);
    head[TYPE_AT] = '0';
    memcpy(head + MAGIC_AT, "ustar\00000", 8);
    octal_put(head + SUM_AT, 7, sum_of(head));
    head[SUM_AT + 7] = ' ';
    return fwrite(head, 1, BLOCK, out) == BLOCK ? ERR_NONE : unwritten(c, name);
}

static bool pad_put(FILE *out, int64_t size)
{
    static const unsigned char zeros[BLOCK];
    size_t over = (size_t)(size % BLOCK), left = over ? BLOCK - over : 0;
    return fwrite(zeros, 1, left, out) == left;
}

/* --- writing --- */

enum err tar_text(struct ctx *c, FILE *out, const char *name, struct sv text)
{
    TRY(head_put(c, out, name, (int64_t)text.len));
    if (fwrite(text.at, 1, text.len, out) != text.len || !pad_put(out, (int64_t)text.len))
        return unwritten(c, name);
    return ERR_NONE;
}

/* Copies exactly `size` bytes. */
static bool copy(FILE *in, FILE *out, int64_t size)
{
    unsigned char bytes[BYTES];
    while (size > 0) {
        size_t want = size < BYTES ? (size_t)size : BYTES;
        if (fread(bytes, 1, want, in) != want || (out && fwrite(bytes, 1, want, out) != want))
            return false;
        size -= (int64_t)want;
    }
    return true;
}

enum err tar_add(struct ctx *c, FILE *out, const char *name, const char *path)
{
    struct stat found;
    FILE *in = fopen(path, "re");
    if (!in || fstat(fileno(in), &found) != 0) {
        if (in)
            fclose(in);
        return fail(c, ERR_BROKEN, "backup.read", "could not read %s: %s", path, strerror(errno));
    }
    enum err e = head_put(c, out, name, found.st_size);
    if (e == ERR_NONE && (!copy(in, out, found.st_size) || !pad_put(out, found.st_size)))
        e = unwritten(c, name);
    fclose(in);
    return e;
}

enum err tar_end(struct ctx *c, FILE *out)
{
    static const unsigned char zeros[2 * BLOCK];
    if (fwrite(zeros, 1, sizeof zeros, out) != sizeof zeros || fflush(out) != 0 ||
        fsync(fileno(out)) != 0)
        return unwritten(c, "the end of the archive");
    return ERR_NONE;
}

/* --- reading --- */

static bool octal_read(const unsigned char *at, size_t width, int64_t *ret_n)
{
    int64_t n = 0;
    size_t i = 0, digits = 0;
    for (; i < width && at[i] == ' '; i++)
        ;
    for (; i < width && at[i] >= '0' && at[i] <= '7'; i++, digits++)
        n = n * 8 + (at[i] - '0');
    *ret_n = n;
    return digits > 0 && (i == width || at[i] == 0 || at[i] == ' ');
}

static bool size_read(const unsigned char *head, int64_t *ret_size)
{
    if (!(head[SIZE_AT] & 0x80))
        return octal_read(head + SIZE_AT, 12, ret_size);
    int64_t n = 0;
    for (int i = 4; i < 12; i++)
        n = n << 8 | head[SIZE_AT + i];
    *ret_size = n;
    return n >= 0;
}

enum err tar_next(struct ctx *c, FILE *in, struct tar_member *ret_member, bool *ret_more)
{
    unsigned char head[BLOCK];
    int64_t sum;
    if (fread(head, 1, BLOCK, in) != BLOCK)
        return malformed(c, "is cut short");
    *ret_more = head[0] != 0;
    if (!*ret_more)
        return ERR_NONE;
    if (!octal_read(head + SUM_AT, 8, &sum) || sum != sum_of(head) ||
        memcmp(head + MAGIC_AT, "ustar", 5) != 0)
        return malformed(c, "has a damaged head");
    memcpy(ret_member->name, head + NAME_AT, TAR_NAME_MAX);
    ret_member->name[TAR_NAME_MAX] = 0;
    if (head[TYPE_AT] != '0' || !tar_name_good(sv_of(ret_member->name)) ||
        !size_read(head, &ret_member->size))
        return malformed(c, "holds something that no backup of ours does");
    return ERR_NONE;
}

enum err tar_take(struct ctx *c, FILE *in, const struct tar_member *m, const char *path)
{
    FILE *out = path ? fopen(path, "wxe") : NULL;
    if (path && !out)
        return unwritten(c, path);
    bool good = copy(in, out, m->size);
    bool read = !feof(in) && !ferror(in);
    if (out)
        good = fflush(out) == 0 && fsync(fileno(out)) == 0 && good;
    if (out)
        good = fclose(out) == 0 && good;
    if (!read)
        return malformed(c, "is cut short");
    if (!good)
        return unwritten(c, path ? path : m->name);
    int64_t pad = (BLOCK - m->size % BLOCK) % BLOCK;
    return copy(in, NULL, pad) ? ERR_NONE : malformed(c, "is cut short");
}
