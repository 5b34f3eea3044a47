/* wire_test.c - a client for tests. */

#include "http/wire/wire_test.h"

#include "test.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <zlib.h>

static int port;

void wire_port(int to)
{
    port = to;
}

int wire_open(void)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                              .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval wait = { 10, 0 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (connect(fd, (const struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static bool send_all(int fd, struct sv s)
{
    while (s.len) {
        ssize_t n = send(fd, s.at, s.len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        s = sv_from(s, (size_t)n);
    }
    return true;
}

/* The length said in the head; -1: none. */
static int64_t length_of(struct sv head)
{
    struct sv line, name;
    int64_t n = -1;
    while (sv_cut(&head, '\n', &line))
        if (sv_cut(&line, ':', &name) && name.len == 14 &&
            strncasecmp(name.at, "content-length", 14) == 0)
            (void)sv_int(sv_trim(line), 0, INT64_MAX, &n);
    return n;
}

static struct reply read_reply(int fd, struct arena *mem, bool no_body)
{
    struct buf got = buf_new(mem, 4096);
    struct reply r = { 0 };
    ptrdiff_t end = -1;
    int64_t length = -1, status = 0;
    for (;;) {
        char part[65536];
        ssize_t n = recv(fd, part, sizeof part, 0);
        if (n <= 0)
            break;
        buf_put(&got, (struct sv){ part, (size_t)n });
        end = end < 0 ? sv_find(buf_sv(&got), SV("\r\n\r\n")) : end;
        if (end < 0)
            continue;
        length = length_of(sv_head(buf_sv(&got), (size_t)end));
        if (no_body || (length >= 0 && (int64_t)got.len >= end + 4 + length))
            break;
    }
    if (end < 0)
        return r;
    r.head = sv_head(buf_sv(&got), (size_t)end);
    r.body = sv_from(buf_sv(&got), (size_t)end + 4);
    if (sv_int(sv_head(sv_from(r.head, 9), 3), 100, 599, &status))
        r.status = (int)status;
    return r;
}

struct reply wire_on(int fd, struct arena *mem, const char *verb, const char *path,
                     const char *headers, struct sv body)
{
    struct buf b = buf_new(mem, 512);
    buf_fmt(&b, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s", verb, path, headers);
    if (strcmp(verb, "GET") != 0 && strcmp(verb, "HEAD") != 0)
        buf_fmt(&b, "Content-Length: %zu\r\n", body.len);
    buf_text(&b, "\r\n");
    buf_put(&b, body);
    if (!send_all(fd, buf_sv(&b)))
        return (struct reply){ 0 };
    return read_reply(fd, mem, strcmp(verb, "HEAD") == 0);
}

struct reply wire_ask(const char *verb, const char *path, const char *headers, struct sv body)
{
    int fd = wire_open();
    struct reply r = wire_on(fd, test_mem(), verb, path, headers, body);
    close(fd);
    return r;
}

struct reply wire_raw(struct sv bytes)
{
    int fd = wire_open();
    struct timeval wait = { 1, 0 };
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    struct reply r = { 0 };
    if (send_all(fd, bytes))
        r = read_reply(fd, test_mem(), false);
    close(fd);
    return r;
}

struct sv wire_unzip(struct sv packed)
{
    enum { ROOM = 1 << 20 };
    z_stream z = { .next_in = (Bytef *)(uintptr_t)packed.at, .avail_in = (uInt)packed.len };
    char *out = arena_take(test_mem(), ROOM, 1);
    z.next_out = (Bytef *)out;
    z.avail_out = ROOM;
    (void)inflateInit2(&z, 15 + 16);
    (void)inflate(&z, Z_FINISH);
    size_t n = ROOM - z.avail_out;
    inflateEnd(&z);
    return (struct sv){ out, n };
}
