/* carrier.c - the carrier that needs no other side: a file, one JSON line a message. */

#include "base/json.h"
#include "store/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

static enum err unwritable(struct ctx *c, const char *path)
{
    return fail(c, ERR_BUSY, "outbox.file", "could not write %s: %s", path, strerror(errno));
}

static struct sv line_of(struct ctx *c, const struct message_out *m)
{
    struct buf b = buf_new(&c->mem, 256);
    struct json j = json_new(&b);
    json_object(&j, NULL);
    json_id(&j, "id", m->id);
    json_text(&j, "way", m->way);
    json_text(&j, "address", m->address);
    json_text(&j, "template", m->template);
    if (m->values.len)
        json_raw(&j, "values", m->values);
    json_text(&j, "once", m->once);
    json_moment(&j, "at", c->now);
    json_end(&j, '}');
    buf_byte(&b, '\n');
    return buf_sv(&b);
}

/* What a look through the file found. */
struct looking {
    const struct message_out *const *m;
    size_t n;
    bool  *there;                            /* of each message, whether its line is */
    off_t  whole;                            /* where the last whole line ends */
};

/* Every line begins with its id, so it is looked for at the heads of lines only. */
static void note_line(struct looking *l, struct sv line)
{
    struct sv head = SV("{\"id\":\""), id;
    int64_t n;
    if (!sv_starts(line, head))
        return;
    line = sv_from(line, head.len);
    if (!sv_cut(&line, '"', &id) || !sv_int(id, 1, INT64_MAX, &n))
        return;
    for (size_t i = 0; i < l->n; i++)
        l->there[i] = l->there[i] || l->m[i]->id == n;
}

static void look(struct looking *l, struct sv block, off_t at)
{
    for (ptrdiff_t end; (end = sv_find_byte(block, '\n')) >= 0;) {
        note_line(l, sv_head(block, (size_t)end));
        block = sv_from(block, (size_t)end + 1);
        at += end + 1;
        l->whole = at;
    }
}

/* Reads from the start, keeping what is not yet a whole line in front of the next block. */
static enum err look_through(struct ctx *c, int fd, const char *path, struct looking *l)
{
    size_t room = 0;
    char *text = GROW(&c->mem, (char *)NULL, BLOCK, &room);
    size_t kept = 0;
    for (ssize_t n; (n = pread(fd, text + kept, BLOCK, l->whole + (off_t)kept)) != 0;) {
        if (n < 0)
            return unwritable(c, path);
        off_t start = l->whole;
        kept += (size_t)n;
        look(l, (struct sv){ text, kept }, start);
        size_t used = (size_t)(l->whole - start);
        kept -= used;
        memmove(text, text + used, kept);
        text = GROW(&c->mem, text, kept + BLOCK, &room);
    }
    return ERR_NONE;
}

static bool ends_whole(int fd, off_t size)
{
    char last = '\n';
    return size == 0 || (pread(fd, &last, 1, size - 1) == 1 && last == '\n');
}

static bool first_tries(const struct message_out *const *m, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (m[i]->tries > 1)
            return false;
    return true;
}

/*
 * First tries are appended at once. For later ones, or when a crash cut the last line short, the
 * file is looked through; the cut line is taken away: nobody has it for sure.
 */
static enum err append(struct ctx *c, int fd, const char *path, struct looking *l)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return unwritable(c, path);
    l->whole = st.st_size;
    if (!first_tries(l->m, l->n) || !ends_whole(fd, st.st_size)) {
        l->whole = 0;
        TRY(look_through(c, fd, path, l));
    }
    struct buf lines = buf_new(&c->mem, 256 * l->n);
    for (size_t i = 0; i < l->n; i++)
        if (!l->there[i])
            buf_put(&lines, line_of(c, l->m[i]));
    if (l->whole < st.st_size && ftruncate(fd, l->whole) != 0)
        return unwritable(c, path);
    if (lines.len && pwrite(fd, lines.at, lines.len, l->whole) != (ssize_t)lines.len)
        return unwritable(c, path);
    return fdatasync(fd) == 0 ? ERR_NONE : unwritable(c, path);
}

enum err carrier_file(struct ctx *c, const struct message_out *const *m, size_t n,
                      enum carried *how, void *path)
{
    struct looking l = { .m = m, .n = n, .there = NEW(&c->mem, bool, n) };
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return unwritable(c, path);
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
        ;
    enum err e = append(c, fd, path, &l);
    close(fd);
    for (size_t i = 0; i < n; i++)
        how[i] = e ? CARRIED_NO : CARRIED_YES;
    return e;
}
