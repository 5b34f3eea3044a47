/*
 * loop.h - libmicrohttpd's threads: they parse, hand over, and send.
 */
#ifndef HTTP_LOOP_H
#define HTTP_LOOP_H

#include "http/server.h"

enum {
    CONNECTIONS_MAX = 4096, IDLE_S = 30, HEAD_S = 40, BODY_S = 60, UPLOAD_S = 300,
    CONNECTION_MEMORY = 32 * 1024,
    DROP_MAX = 64 * 1024 * 1024, /* of a refused request's body: so much is read and thrown away */
};

/* Binds (config->listen: an address, or a path for a unix socket) and starts the threads. */
MUST enum err loop_start(struct ctx *c, struct server *s);        /* fills s->loop */
int loop_port(const struct loop *l);

/* No new connections; then, when all lanes have ended, the rest. */
void loop_quiet(struct loop *l);
void loop_stop(struct loop *l);

/* Sends what a worker has finished. */
void loop_resume(struct call *call);

/* Ends connections that have been sending the head of one request for HEAD_S seconds. */
void loop_sweep(struct loop *l);

#endif
