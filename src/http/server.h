/*
 * server.h - the server process: what its threads share, all built before the first request.
 */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/call.h"

enum { TOUCHED_MAX = 4093 };

/* When a session was last noted as used by this process. */
struct touched { _Atomic int64_t session, at_ms; };

struct server {
    const struct house *house;
    struct arena        mem;              /* process lifetime */
    struct schema       schema;           /* the house's, for /healthz */
    struct endpoints    endpoints;
    struct statics     *statics;
    struct document    *openapi;
    struct lanes       *lanes;
    struct limits      *limits;
    struct hub         *hub;              /* event streams */
    struct metrics     *metrics;
    struct gzips       *gzips;
    struct pool        *pool;             /* of calls */
    _Atomic bool        lost;
    struct touched     *touched;          /* TOUCHED_MAX */
    struct refresh     *refresh;
    struct loop *_Atomic loop;            /* the connections and libmicrohttpd's daemon */
};

/*
 * Builds everything, opens the connections to the database, listens. Port 0 takes a free one.
 * Fails ERR_BUSY when it cannot listen or has no database.
 */
MUST enum err server_start(struct ctx *c, const struct house *h, struct server **ret_server);
int server_port(const struct server *s);

/* Renews this process's node number; once it is lost s->lost is set: stop, and begin anew. */
void server_renew(struct server *s);

/* Takes no more connections, lets running requests end, frees everything. */
void server_stop(struct server *s);

/* A call from the pool with no connection, and back. */
struct call *call_take(struct server *s);
void call_give(struct call *call);

/* A worker is done: the loop may send. Ends a house's own call. */
void call_release(struct call *call);

/* The address limits count by: the peer, or what a proxy on this machine says. */
struct sv call_address(const struct call *call);

/* ERR_TOO_MANY when this address or account asks too much of this endpoint. */
MUST enum err call_limit(struct call *call);

#endif
