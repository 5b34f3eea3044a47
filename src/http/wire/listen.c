/* listen.c - the socket of the server and who is at its other end. */

#include "http/wire/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

union place {
    struct sockaddr     any;
    struct sockaddr_in  v4;
    struct sockaddr_in6 v6;
    struct sockaddr_un  local;
};

static bool place_read(const char *where, int port, union place *p, socklen_t *ret_len)
{
    memset(p, 0, sizeof *p);
    if (where[0] == '/') {
        if (strlen(where) >= sizeof p->local.sun_path)
            return false;
        p->local.sun_family = AF_UNIX;
        memcpy(p->local.sun_path, where, strlen(where));
        *ret_len = sizeof p->local;
        return true;
    }
    if (inet_pton(AF_INET, where, &p->v4.sin_addr) == 1) {
        p->v4.sin_family = AF_INET;
        p->v4.sin_port = htons((uint16_t)port);
        *ret_len = sizeof p->v4;
        return true;
    }
    memset(p, 0, sizeof *p);
    if (inet_pton(AF_INET6, where, &p->v6.sin6_addr) != 1)
        return false;
    p->v6.sin6_family = AF_INET6;
    p->v6.sin6_port = htons((uint16_t)port);
    *ret_len = sizeof p->v6;
    return true;
}

static int port_of(int fd)
{
    union place p = { 0 };
    socklen_t len = sizeof p;
    if (getsockname(fd, &p.any, &len) != 0)
        return 0;
    return p.any.sa_family == AF_INET ? ntohs(p.v4.sin_port)
         : p.any.sa_family == AF_INET6 ? ntohs(p.v6.sin6_port) : 0;
}

static bool bind_and_listen(int fd, const union place *p, socklen_t len)
{
    int on = 1;
    if (p->any.sa_family == AF_UNIX)
        (void)unlink(p->local.sun_path);             /* of a server that died */
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    return bind(fd, &p->any, len) == 0 && listen(fd, BACKLOG) == 0 &&
           (p->any.sa_family != AF_UNIX || chmod(p->local.sun_path, 0660) == 0);
}

enum err listen_open(struct ctx *c, const char *where, int port, int *ret_fd, int *ret_port)
{
    union place p;
    socklen_t len;
    where = where ? where : "127.0.0.1";
    if (!place_read(where, port, &p, &len))
        return fail(c, ERR_INVALID, "listen.address", "%s is no address to listen on", where);
    int fd = socket(p.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail(c, ERR_BROKEN, "broken", "could not open a socket: %s", strerror(errno));
    if (!bind_and_listen(fd, &p, len)) {
        int why = errno;
        close(fd);
        return fail(c, ERR_BUSY, "listen.taken", "could not listen on %s port %d: %s", where, port,
                    strerror(why));
    }
    *ret_fd = fd;
    *ret_port = port_of(fd);
    return ERR_NONE;
}

void peer_name(const struct sockaddr *peer, char *text, size_t size, bool *ret_local)
{
    const union place *p = (const void *)peer;
    text[0] = 0;
    *ret_local = true;
    if (peer && peer->sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &p->v4.sin_addr, text, (socklen_t)size);
        *ret_local = ntohl(p->v4.sin_addr.s_addr) >> 24 == 127;
    } else if (peer && peer->sa_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &p->v6.sin6_addr, text, (socklen_t)size);
        *ret_local = IN6_IS_ADDR_LOOPBACK(&p->v6.sin6_addr);
    }
}
