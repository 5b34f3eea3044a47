/*
 * stream.h - server-sent events: GET /api/events tells a browser what has changed.
 *
 * One thread waits at the house's bell, reads the new events once and gives each stream those
 * its caller may know of: entity, id and action, never a value. A stream that hears nothing gets
 * a comment every 15 s, so that a client that has left is noticed.
 */
#ifndef HTTP_STREAM_H
#define HTTP_STREAM_H

#include "http/call.h"

struct hub;
struct MHD_Response;

enum {
    STREAM_PULSE_S = 15, STREAM_EVENTS_MAX = 500, STREAM_BUFFER_MAX = 64 * 1024,
    STREAMS_PER_ACCOUNT = 4,                 /* when config->streams_max is 0 */
};

MUST enum err hub_start(struct ctx *c, struct server *s, struct hub **ret_hub);
/* Ends the thread and every stream. */
void hub_stop(struct hub *h);
size_t hub_streams(struct hub *h);

/* GET /api/events. ERR_TOO_MANY when the account has all its streams open. */
enum err events_get(struct ctx *c, const struct request *q, struct answer *a);

struct MHD_Response *stream_response(struct stream *s);
void stream_end(struct stream *s);           /* the connection is gone */

#endif
