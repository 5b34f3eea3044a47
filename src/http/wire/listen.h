/*
 * listen.h - the socket of the server, who is at its other end, and its own certificate.
 */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "base/ctx.h"

struct sockaddr;

/*
 * Listens on an IPv4 or IPv6 address, or on a unix socket when `where` begins with '/'. Port 0
 * takes a free one. Fails ERR_BUSY "listen.taken".
 */
MUST enum err listen_open(struct ctx *c, const char *where, int port, int *ret_fd, int *ret_port);

/* The address as text; local: a unix socket or a loopback address. */
void peer_name(const struct sockaddr *peer, char *text, size_t size, bool *ret_local);

struct tls { const char *key, *cert; };             /* PEM */

/* DATA/tls/key.pem and cert.pem, made when they are not there or end within 30 days. */
MUST enum err tls_read(struct ctx *c, const char *data_dir, const char *host, struct tls *ret_tls);

#endif
