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
struct found { bool it; off_t whole; };      /* whole: where the last whole line ends */

/* Every line begins with its id, so the id is looked for at the heads of lines only. */
static void look(struct found *f, struct sv block, off_t at, struct sv head)
{
    for (ptrdiff_t end; (end = sv_find_byte(block, '\n')) >= 0;) {
        f->it = f->it || sv_starts(sv_head(block, (size_t)end), head);
        block = sv_from(block, (size_t)end + 1);
        at += end + 1;
        f->whole = at;
    }
}

/* Reads from `from` on, keeping what is not yet a whole line in front of the next block. */
static enum err look_through(struct ctx *c, int fd, const char *path, struct sv head,
                             struct found *f)
{
    size_t room = 0;
    char *text = GROW(&c->mem, (char *)NULL, BLOCK, &room);
    size_t kept = 0;
    for (ssize_t n; (n = pread(fd, text + kept, BLOCK, f->whole + (off_t)kept)) != 0;) {
        if (n < 0)
            return unwritable(c, path);
        off_t start = f->whole;
        kept += (size_t)n;
        look(f, (struct sv){ text, kept }, start, head);
        size_t used = (size_t)(f->whole - start);
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

/*
 * A first try appends at once. A later one, or a file whose last line a crash cut short, is looked
 * through; the cut line is taken away: nobody has it for sure.
 */
static enum err append(struct ctx *c, int fd, const char *path, const struct message_out *m)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return unwritable(c, path);
    struct found f = { .whole = st.st_size };
    if (m->tries > 1 || !ends_whole(fd, st.st_size)) {
        f.whole = 0;
        TRY(look_through(c, fd, path, sv_fmt(&c->mem, "{\"id\":\"%lld\",", (long long)m->id), &f));
    }
    if (f.it)
        return ERR_NONE;
    if (f.whole < st.st_size && ftruncate(fd, f.whole) != 0)
        return unwritable(c, path);
    struct sv line = line_of(c, m);
    if (pwrite(fd, line.at, line.len, f.whole) != (ssize_t)line.len || fdatasync(fd) != 0)
        return unwritable(c, path);
    return ERR_NONE;
}

enum err carrier_file(struct ctx *c, const struct message_out *m, void *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return unwritable(c, path);
    while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
        ;
    enum err e = append(c, fd, path, m);
    close(fd);
    return e;
}
