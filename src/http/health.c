/* health.c - counters, the access log, /metrics and /healthz. */

#include "http/health.h"

#include "base/log.h"
#include "http/answer.h"
#include "http/lane/lanes.h"
#include "http/server.h"
#include "http/wire/stream.h"

#include <stdio.h>
#include <unistd.h>

enum { BUCKETS = 16, CLASSES = 6 };

/* Upper bounds of the histogram in microseconds: 50, 100, 200 … 50 · 2^14. */
#define BUCKET_US(i) (INT64_C(50) << (i))

struct counter {
    _Atomic int64_t by_class[CLASSES];       /* 2xx is [2] */
    _Atomic int64_t buckets[BUCKETS];        /* the last has no bound */
    _Atomic int64_t sum_us;
};

struct metrics {
    size_t          n;
    struct counter *endpoints;               /* one each, then one for files, one for the rest */
    _Atomic int64_t groups, grouped, group_max, work_us, commit_us;
};

struct metrics *metrics_new(struct arena *mem, size_t endpoints_n)
{
    struct metrics *m = NEW(mem, struct metrics, 1);
    m->n = endpoints_n;
    m->endpoints = NEW(mem, struct counter, endpoints_n + 2);
    return m;
}

/* Answers from memory that went well are only counted: they are many, and say nothing. */
static void access_line(const struct call *call, unsigned status, int64_t us)
{
    const struct endpoint *e = call->found.endpoint;
    bool quiet = (call->fixed || (e && e->lane == MEMORY)) && status < 400;
    log_line(quiet ? LOG_DEBUG : LOG_INFO, "access", "%s %s %u %lld us",
             verb_names[call->head.verb], e ? e->path : call->fixed ? "file" : "unknown", status,
             (long long)us);
}

void metrics_request(struct call *call, bool sent)
{
    struct metrics *m = call->server->metrics;
    unsigned status = sent ? answer_status(call) : 499;
    int64_t us = (now_ns() - call->began_ns) / 1000;
    size_t at = call->found.endpoint ? call->found.number : call->fixed ? m->n : m->n + 1;
    struct counter *k = &m->endpoints[at];
    int bucket = 0;
    while (bucket < BUCKETS - 1 && us > BUCKET_US(bucket))
        bucket++;
    k->by_class[status / 100 < CLASSES ? status / 100 : 5]++;
    k->buckets[bucket]++;
    k->sum_us += us;
    access_line(call, status, us);
}

void metrics_group(struct metrics *m, size_t n, int64_t work_ns, int64_t commit_ns)
{
    m->groups++;
    m->grouped += (int64_t)n;
    if ((int64_t)n > m->group_max)
        m->group_max = (int64_t)n;
    m->work_us += work_ns / 1000;
    m->commit_us += commit_ns / 1000;
}

/* --- the text for Prometheus --- */

static void number(struct buf *b, const char *name, const char *kind, const char *help, int64_t n)
{
    buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n%s %lld\n", name, help, name, kind, name, (long long)n);
}

static void seconds(struct buf *b, const char *name, const char *help, int64_t us)
{
    buf_fmt(b, "# HELP %s %s\n# TYPE %s counter\n%s ", name, help, name, name);
    buf_fixed(b, us, 6);
    buf_byte(b, '\n');
}

static const char *label_of(const struct server *s, size_t i, const char **ret_verb)
{
    *ret_verb = i < s->endpoints.n ? verb_names[s->endpoints.list[i]->verb] : "GET";
    return i < s->endpoints.n    ? s->endpoints.list[i]->path
           : i == s->endpoints.n ? "file"
                                 : "unknown";
}

static void requests(struct buf *b, const struct server *s)
{
    buf_text(b,
             "# HELP yike_requests_total Requests answered\n# TYPE yike_requests_total counter\n");
    for (size_t i = 0; i < s->metrics->n + 2; i++)
        for (int k = 1; k < CLASSES; k++) {
            const char *verb, *path = label_of(s, i, &verb);
            int64_t n = s->metrics->endpoints[i].by_class[k];
            if (n)
                buf_fmt(b, "yike_requests_total{method=\"%s\",path=\"%s\",status=\"%dxx\"} %lld\n",
                        verb, path, k, (long long)n);
        }
}

static void histogram(struct buf *b, const char *verb, const char *path, const struct counter *k)
{
    int64_t n = 0;
    for (int i = 0; i < BUCKETS; i++) {
        n += k->buckets[i];
        buf_fmt(b, "yike_request_seconds_bucket{method=\"%s\",path=\"%s\",le=\"", verb, path);
        if (i == BUCKETS - 1)
            buf_text(b, "+Inf");
        else
            buf_fixed(b, BUCKET_US(i), 6);
        buf_fmt(b, "\"} %lld\n", (long long)n);
    }
    buf_fmt(b, "yike_request_seconds_count{method=\"%s\",path=\"%s\"} %lld\n", verb, path,
            (long long)n);
    buf_fmt(b, "yike_request_seconds_sum{method=\"%s\",path=\"%s\"} ", verb, path);
    buf_fixed(b, k->sum_us, 6);
    buf_byte(b, '\n');
}

static void latencies(struct buf *b, const struct server *s)
{
    buf_text(b, "# HELP yike_request_seconds From the first byte to the last\n"
                "# TYPE yike_request_seconds histogram\n");
    for (size_t i = 0; i < s->metrics->n + 2; i++) {
        const struct counter *k = &s->metrics->endpoints[i];
        const char *verb, *path = label_of(s, i, &verb);
        bool used = false;
        for (int n = 0; n < BUCKETS; n++)
            used = used || k->buckets[n];
        if (used)
            histogram(b, verb, path, k);
    }
}

static int64_t memory_bytes(void)
{
    FILE *f = fopen("/proc/self/statm", "re");
    if (!f)
        return 0;
    char line[128];
    struct sv text = sv_of(fgets(line, sizeof line, f)), first, second;
    int64_t pages = 0, resident = 0;
    if (sv_cut(&text, ' ', &first) && sv_cut(&text, ' ', &second) &&
        sv_int(second, 0, INT64_MAX / 65536, &pages))
        resident = pages * sysconf(_SC_PAGESIZE);
    fclose(f);
    return resident;
}

enum err metrics_get(struct ctx *c, const struct request *q, struct answer *a)
{
    const struct call *call = call_of(q);
    struct server *s = call->server;
    if (!call->conn->local || call->head.forwarded_for.len)
        return fail(c, ERR_MISSING, "missing", "metrics are for this machine");
    struct metrics *m = s->metrics;
    struct buf *b = &a->body;
    struct lane_counts n = lanes_counts(s->lanes);
    a->type = "text/plain; version=0.0.4; charset=utf-8";
    requests(b, s);
    latencies(b, s);
    number(b, "yike_queue_reads", "gauge", "Requests waiting for a reader", (int64_t)n.reads);
    number(b, "yike_queue_writes", "gauge", "Requests waiting for the writer", (int64_t)n.writes);
    number(b, "yike_queue_hashes", "gauge", "Requests waiting for a hasher", (int64_t)n.hashes);
    number(b, "yike_commits_total", "counter", "Transactions of the grouping writer", m->groups);
    number(b, "yike_committed_requests_total", "counter", "Requests in them", m->grouped);
    number(b, "yike_group_max", "gauge", "Most requests in one transaction", m->group_max);
    seconds(b, "yike_write_seconds_total", "Work inside transactions", m->work_us);
    seconds(b, "yike_commit_seconds_total", "COMMIT", m->commit_us);
    number(b, "yike_streams", "gauge", "Open event streams", (int64_t)hub_streams(s->hub));
    number(b, "process_resident_memory_bytes", "gauge", "Resident memory", memory_bytes());
    return ERR_NONE;
}

/* In READS, so that the answer comes over a connection to the database. */
enum err health_get(struct ctx *c, const struct request *q, struct answer *a)
{
    TRY(schema_check(c, &call_of(q)->server->schema));
    json_bool(&a->json, "ok", true);
    json_text(&a->json, "version", SV(YIKE_VERSION));
    json_moment(&a->json, "now", c->now);
    return ERR_NONE;
}

enum err live_get(struct ctx *c, const struct request *q, struct answer *a)
{
    (void)c;
    (void)q;
    json_bool(&a->json, "ok", true);
    return ERR_NONE;
}
