/* apart.c - decoding in a child process that may fall. */

#include "picture/picture.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORK_S = 10, WAIT_MS = 20000, MEMORY_MB = 768, CHILD_FAILED = 3 };

/* A sanitizer reserves terabytes of addresses: there memory is bounded by the pixels alone. */
#ifndef __has_feature                     /* clang's way to ask; GCC 12 has macros instead */
#define __has_feature(x) 0
#endif
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__ || \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
static const bool bound_memory = false;
#else
static const bool bound_memory = true;
#endif

static void limit(int what, uint64_t most)
{
    const struct rlimit r = { most, most };
    if (setrlimit((__rlimit_resource_t)what, &r) != 0)
        _exit(CHILD_FAILED);
}

_Noreturn static void child(struct ctx *c, struct sv bytes, int side, int out)
{
    struct sv jpeg;
    struct ctx own = { .now = c->now };
    limit(RLIMIT_CPU, WORK_S);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 0);
    if (bound_memory)
        limit(RLIMIT_AS, (uint64_t)MEMORY_MB << 20);
    if (picture_small(&own, bytes, side, &jpeg) != ERR_NONE)
        _exit(CHILD_FAILED);
    while (jpeg.len) {
        ssize_t n = write(out, jpeg.at, jpeg.len);
        if (n <= 0)
            _exit(CHILD_FAILED);
        jpeg = sv_from(jpeg, (size_t)n);
    }
    _exit(0);
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* What the child says until it closes its end; false when it talks too long or too much. */
static bool hear(int in, struct buf *b)
{
    int64_t until = now_ms() + WAIT_MS;
    char part[65536];
    for (int64_t left; (left = until - now_ms()) > 0 && b->len < PICTURE_SMALL_BYTES_MAX;) {
        struct pollfd p = { .fd = in, .events = POLLIN };
        if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
            return false;
        if (!(p.revents & (POLLIN | POLLHUP)))
            continue;
        ssize_t n = read(in, part, sizeof part);
        if (n < 0 && errno != EINTR)
            return false;
        if (n == 0)
            return true;
        if (n > 0)
            buf_put(b, (struct sv){ part, (size_t)n });
    }
    return false;
}

enum err picture_small_apart(struct ctx *c, struct sv bytes, int side, struct sv *ret_jpeg)
{
    int ends[2], status = 0;
    struct buf b = buf_new(&c->mem, 65536);
    if (pipe(ends) != 0)
        return fail(c, ERR_BUSY, "busy", "no pipe for a picture: %s", strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        child(c, bytes, side, ends[1]);
    close(ends[1]);
    bool whole = pid > 0 && hear(ends[0], &b);
    close(ends[0]);
    if (pid < 0)
        return fail(c, ERR_BUSY, "busy", "no process for a picture: %s", strerror(errno));
    if (!whole)
        (void)kill(pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (!whole || status != 0 || b.len == 0)
        return fail(c, ERR_INVALID, "picture.unreadable", "picture's process ended with %d",
                    status);
    *ret_jpeg = buf_sv(&b);
    return ERR_NONE;
}
