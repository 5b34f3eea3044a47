/*
 * call.h - one request from its first byte until its answer has left.
 *
 * The loop fills `in` (head, body), a lane's worker runs it with `c` (its own memory, so that a
 * run can be repeated), the loop sends `out`. Calls are pooled; one thread has a call at a time.
 */
#ifndef HTTP_CALL_H
#define HTTP_CALL_H

#include "http/endpoints.h"

struct MHD_Connection;
struct server;
struct stream;
struct file;

/* One connection; lives as long as its socket. */
struct conn {
    struct conn     *next, **place;      /* the server's list */
    int              fd;
    bool             local;              /* the other side is on this machine */
    char             address[46];
    int              requests;
    _Atomic bool     busy;               /* a request has begun and is not yet answered */
    _Atomic int64_t  quiet_since_ms;
};

enum stage { CALL_NEW, CALL_READING, CALL_WAITING, CALL_ANSWERED, CALL_SENT };

enum { REQUESTS_PER_CONNECTION = 1000, GZIP_MIN = 1024, GZIP_MIN_MEMORY = 8192 };

struct call {
    struct ctx             c;
    struct request         q;
    struct answer          a;

    struct server         *server;
    struct conn           *conn;
    struct MHD_Connection *mhd;          /* NULL: the house's own (noting that a session is used) */
    struct arena           in;           /* head and what outlives a run; until the answer left */
    struct arena           kept;         /* what endpoint->hash made, while the writer runs */
    struct head            head;
    struct found           found;
    char                  *body;         /* a block */
    size_t                 body_n, body_room;
    int64_t                began_ns;
    enum stage             stage;
    bool                   close;        /* the connection ends with this answer */

    enum err               err;          /* how the run ended */
    int                    status;       /* over that of the kind: 405, 415, 503 … ; 0: none */
    bool                   no_gzip;
    bool                   counted;      /* against the limits, once for all runs */
    bool                   touches;      /* each run notes that the session is used */
    struct sv              out;          /* the bytes to send */
    bool                   gzipped, not_modified, problem, replayed;
    struct stream         *stream;       /* GET /api/events: instead of out */
    const struct file     *fixed;        /* a file of the front ends */
    const char            *line;         /* where the library has the uri */
    int64_t                session;      /* of a house's own call: what it notes */
    struct call           *next;         /* in a queue or the pool */
};

static inline struct call *call_of(const struct request *q)
{
    return (struct call *)(void *)((char *)(uintptr_t)q - offsetof(struct call, q));
}

/* Answered without a database and without a caller. */
static inline bool call_from_memory(const struct call *call)
{
    const struct endpoint *e = call->found.endpoint;
    return e->lane == MEMORY && e->may == MAY_ANYONE;
}

/* Ready to run: fresh memory, circumstances from the headers, caller, right, CSRF, query, body. */
MUST enum err call_prepare(struct call *call);

/* The endpoint's function, between the braces of its answer. */
MUST enum err call_run(struct call *call);

/* After the last run: the problem of a failure, ETag, compression; call->out is what is sent. */
void call_finish(struct call *call, enum err err);

/* A refusal that needs no run: status and message key. */
void call_refuse(struct call *call, int status, const char *key);

/* A failure's document (RFC 9457) into the answer's body. */
void problem_write(struct call *call, enum err err);

int64_t now_ns(void);

#endif
