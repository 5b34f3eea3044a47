/*
 * health.h - counters of the server for Prometheus, the access log, and /healthz.
 */
#ifndef HTTP_HEALTH_H
#define HTTP_HEALTH_H

#include "http/call.h"

struct metrics;

struct metrics *metrics_new(struct arena *mem, size_t endpoints_n);

/* One request has ended: counted, timed, and written to the access log. */
void metrics_request(struct call *call, bool sent);

/* One transaction of the writer: requests, nanoseconds of work and of COMMIT. */
void metrics_group(struct metrics *m, size_t n, int64_t work_ns, int64_t commit_ns);

/*
 * GET /metrics (only for callers on this machine); /healthz: the database answers too, for who
 * decides where requests go; /livez: the server answers, for who starts it again.
 */
enum err metrics_get(struct ctx *c, const struct request *q, struct answer *a);
enum err health_get(struct ctx *c, const struct request *q, struct answer *a);
enum err live_get(struct ctx *c, const struct request *q, struct answer *a);

#endif
