/*
 * load.c - asks an HTTP server many things over many kept connections, and says what it cost.
 *
 *   bench-load PORT FILE [-c connections] [-n requests | -s seconds] [-r rate] [-w warmup]
 *              [-p pid,pid] [-f]
 *
 * FILE holds a request a line: method, path, bearer token, body, with tabs between; taken in turn.
 * A body goes as JSON with an Idempotency-Key of its own. Without -r the loop is closed: each
 * connection asks again once answered. With -r it is open: request i is due at i / rate seconds,
 * and the time it waits for a free connection counts. -f opens a connection for each request.
 * -p: CPU (user and system, of all threads) those processes used meanwhile, a request.
 * Prints one JSON line; times in ms, CPU in µs. With the variable BENCH_BODIES naming a file, the
 * bodies of the answers go there, a line each.
 */

#include "base/json.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNS_MAX = 1024, PIDS_MAX = 64, ROOM = 1024 * 1024, STATUS_MAX = 600, TIMED_OUT_S = 120 };

struct line { struct sv method, path, token, body; };

struct conn {
    int     fd;                          /* -1: not connected */
    bool    busy;
    int64_t due_ns;                      /* latency counts from here */
    char   *in;
    size_t  in_n, room;
    struct sv out;
    size_t  sent;
    struct arena mem;
};

struct load {
    struct arena mem;
    int          port, conns, epoll;
    int64_t      total, warm, rate, seconds;
    bool         fresh;
    struct line *lines;
    size_t       lines_n;
    long         pids[PIDS_MAX];
    int          pids_n;
    struct conn  conn[CONNS_MAX];
    int64_t      began_ns, asked, answered, broken, bytes;
    int64_t      status[STATUS_MAX];
    float       *ms;                     /* of each answer */
    uint64_t     salt;
    FILE        *bodies;
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* --- what the servers used --- */

static double cpu_of(long pid)
{
    char path[64], text[1024];
    (void)snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = 0;
    unsigned long user = 0, system = 0;
    const char *behind_name = strrchr(text, ')');
    if (behind_name)
        (void)sscanf(behind_name, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
                     &system);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double cpu_all(const struct load *l)
{
    double sum = 0;
    for (int i = 0; i < l->pids_n; i++)
        sum += cpu_of(l->pids[i]);
    return sum;
}

/* --- one request --- */

static void request_write(struct load *l, struct conn *k)
{
    const struct line *one = &l->lines[(size_t)l->asked % l->lines_n];
    arena_reset(&k->mem);
    struct buf b = buf_new(&k->mem, 512);
    buf_fmt(&b, "%.*s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n", SV_ARG(one->method),
            SV_ARG(one->path), l->port);
    if (one->token.len)
        buf_fmt(&b, "Authorization: Bearer %.*s\r\n", SV_ARG(one->token));
    if (one->body.len)
        buf_fmt(&b, "Content-Type: application/json\r\nContent-Length: %zu\r\n"
                "Idempotency-Key: bench-%llx-%lld\r\n", one->body.len,
                (unsigned long long)l->salt, (long long)l->asked);
    buf_text(&b, "\r\n");
    buf_put(&b, one->body);
    k->out = buf_sv(&b);
    k->sent = 0;
    k->in_n = 0;
}

static void conn_shut(struct conn *k)
{
    if (k->fd >= 0)
        close(k->fd);
    k->fd = -1;
}

static bool conn_open(struct load *l, struct conn *k)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)l->port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int one = 1;
    k->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (k->fd < 0 || connect(k->fd, (const struct sockaddr *)&to, sizeof to) != 0) {
        conn_shut(k);
        return false;
    }
    (void)setsockopt(k->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = k };
    return epoll_ctl(l->epoll, EPOLL_CTL_ADD, k->fd, &e) == 0;
}

/* Requests are small: the socket takes them whole. */
static bool request_send(struct load *l, struct conn *k)
{
    if (k->fd < 0 && !conn_open(l, k))
        return false;
    return send(k->fd, k->out.at, k->out.len, MSG_NOSIGNAL) == (ssize_t)k->out.len;
}

static void ask(struct load *l, struct conn *k, int64_t due_ns)
{
    request_write(l, k);
    k->due_ns = due_ns;
    k->busy = true;
    l->asked++;
    if (request_send(l, k))
        return;
    conn_shut(k);                        /* the server had closed it: once more, afresh */
    if (!request_send(l, k)) {
        l->broken++;
        k->busy = false;
        conn_shut(k);
    }
}

/* --- one answer --- */

static int64_t head_number(struct sv head, const char *name)
{
    struct sv line;
    size_t n = strlen(name);
    int64_t value = -1;
    while (sv_cut(&head, '\n', &line))
        if (line.len > n && strncasecmp(line.at, name, n) == 0)
            (void)sv_int(sv_trim(sv_from(line, n)), 0, INT32_MAX, &value);
    return value;
}

/* Whole when the head and Content-Length bytes are there. */
static bool answer_whole(const struct conn *k, int *ret_status, struct sv *ret_body, bool *ret_end)
{
    struct sv all = { k->in, k->in_n };
    ptrdiff_t end = sv_find(all, SV("\r\n\r\n"));
    int64_t status;
    if (end < 0 || !sv_int(sv_head(sv_from(all, 9), 3), 100, 599, &status))
        return false;
    struct sv head = sv_head(all, (size_t)end);
    int64_t length = head_number(head, "content-length:");
    *ret_body = sv_from(all, (size_t)end + 4);
    *ret_status = (int)status;
    *ret_end = sv_find(head, SV("onnection: close")) >= 0;
    return (int64_t)ret_body->len >= (length < 0 ? 0 : length);
}

static void answered(struct load *l, struct conn *k, int status, struct sv body)
{
    int64_t i = l->answered++ - l->warm;
    l->status[status]++;
    l->bytes += (int64_t)body.len;
    k->busy = false;
    if (i >= 0)
        l->ms[i] = (float)((double)(now_ns() - k->due_ns) / 1e6);
    if (l->bodies)
        fprintf(l->bodies, "%.*s\n", SV_ARG(body));
}

static void take(struct load *l, struct conn *k)
{
    int status;
    bool end;
    struct sv body;
    if (k->in_n == k->room) {
        k->room = k->room ? k->room * 4 : 16384;
        k->in = block_resize(k->in, k->room);
    }
    ssize_t n = recv(k->fd, k->in + k->in_n, k->room - k->in_n, 0);
    if (n <= 0) {
        conn_shut(k);
        if (k->busy)
            l->broken++;
        k->busy = false;
        return;
    }
    k->in_n += (size_t)n;
    if (k->in_n >= ROOM * 64 || !answer_whole(k, &status, &body, &end))
        return;
    answered(l, k, status, body);
    if (end || l->fresh)
        conn_shut(k);
}

/* --- the loop --- */

static bool more_to_ask(const struct load *l)
{
    if (l->total)
        return l->asked < l->total;
    return now_ns() - l->began_ns < l->seconds * 1000000000;
}

/* Open loop: nothing is asked before it is due. Returns ms until the next one is. */
static int ask_due(struct load *l)
{
    for (int i = 0; i < l->conns && more_to_ask(l); i++) {
        struct conn *k = &l->conn[i];
        int64_t now = now_ns();
        int64_t due = l->rate ? l->began_ns + l->asked * (1000000000 / l->rate) : now;
        if (due > now)
            return (int)((due - now) / 1000000) + 1;
        if (!k->busy)
            ask(l, k, due);
    }
    return 1000;
}

static bool any_busy(const struct load *l)
{
    for (int i = 0; i < l->conns; i++)
        if (l->conn[i].busy)
            return true;
    return false;
}

static void run(struct load *l, double *ret_cpu_s, double *ret_wall_s)
{
    struct epoll_event ready[64];
    bool warm = l->warm == 0;
    double cpu = cpu_all(l);
    int64_t from = l->began_ns = now_ns();
    while ((more_to_ask(l) || any_busy(l)) && now_ns() - from < TIMED_OUT_S * INT64_C(1000000000)) {
        int wait = ask_due(l);
        int n = epoll_wait(l->epoll, ready, 64, wait);
        for (int i = 0; i < n; i++)
            take(l, ready[i].data.ptr);
        if (!warm && l->answered >= l->warm) {
            warm = true;
            cpu = cpu_all(l);
            from = now_ns();
        }
    }
    *ret_cpu_s = cpu_all(l) - cpu;
    *ret_wall_s = (double)(now_ns() - from) / 1e9;
}

/* --- telling --- */

static int by_size(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static int64_t part_us(const struct load *l, int64_t n, double part)
{
    int64_t i = (int64_t)((double)n * part);
    return n ? (int64_t)((double)l->ms[i < n ? i : n - 1] * 1000) : 0;
}

static void tell(struct load *l, double cpu_s, double wall_s)
{
    int64_t n = l->answered > l->warm ? l->answered - l->warm : 0;
    struct buf b = buf_new(&l->mem, 1024);
    struct json j = json_new(&b);
    if (n)
        qsort(l->ms, (size_t)n, sizeof *l->ms, by_size);
    json_object(&j, NULL);
    json_int(&j, "answers", n);
    json_int(&j, "broken", l->broken);
    json_object(&j, "status");
    for (int i = 0; i < STATUS_MAX; i++)
        if (l->status[i])
            json_int(&j, sv_fmt(&l->mem, "%d", i).at, l->status[i]);
    json_end(&j, '}');
    json_fixed(&j, "wall_s", (int64_t)(wall_s * 1000), 3);
    json_fixed(&j, "per_s", wall_s > 0 ? (int64_t)((double)n / wall_s * 10) : 0, 1);
    json_fixed(&j, "p50_ms", part_us(l, n, 0.5), 3);
    json_fixed(&j, "p99_ms", part_us(l, n, 0.99), 3);
    json_fixed(&j, "max_ms", part_us(l, n, 1), 3);
    json_int(&j, "body_bytes", l->answered ? l->bytes / l->answered : 0);
    json_fixed(&j, "cpu_s", (int64_t)(cpu_s * 100), 2);
    json_fixed(&j, "cpu_us", n ? (int64_t)(cpu_s * 1e7 / (double)n) : 0, 1);
    json_end(&j, '}');
    printf("%.*s\n", SV_ARG(buf_sv(&b)));
}

/* --- what was asked for --- */

static bool lines_read(struct load *l, const char *path)
{
    FILE *f = fopen(path, "r");
    char *text = NULL;
    size_t n = 0, room = 0, lines_room = 0;
    if (!f)
        return false;
    do {
        text = block_resize(text, room += ROOM);
        n += fread(text + n, 1, room - n, f);
    } while (n == room);
    fclose(f);
    struct sv all = { text, n }, one;
    while (sv_cut(&all, '\n', &one)) {
        struct line made = { 0 };
        if (!sv_cut(&one, '\t', &made.method) || !sv_cut(&one, '\t', &made.path))
            return false;
        (void)sv_cut(&one, '\t', &made.token);
        made.body = one;
        l->lines = GROW(&l->mem, l->lines, l->lines_n, &lines_room);
        l->lines[l->lines_n++] = made;
    }
    return l->lines_n > 0;
}

static bool pids_read(struct load *l, struct sv list)
{
    struct sv one;
    int64_t pid;
    while (l->pids_n < PIDS_MAX && sv_cut(&list, ',', &one)) {
        if (!sv_int(one, 1, INT32_MAX, &pid))
            return false;
        l->pids[l->pids_n++] = (long)pid;
    }
    return true;
}

static bool options(struct load *l, int argc, char **argv)
{
    int64_t conns = 1;
    bool good = true;
    for (int o; good && (o = getopt(argc, argv, "c:n:s:r:w:p:f")) != -1;) {
        struct sv value = sv_of(optarg);
        switch (o) {
        case 'c': good = sv_int(value, 1, CONNS_MAX, &conns); break;
        case 'n': good = sv_int(value, 1, 100000000, &l->total); break;
        case 's': good = sv_int(value, 1, 3600, &l->seconds); break;
        case 'r': good = sv_int(value, 1, 1000000, &l->rate); break;
        case 'w': good = sv_int(value, 1, 100000000, &l->warm); break;
        case 'p': good = pids_read(l, value); break;
        case 'f': l->fresh = true; break;
        default: good = false;
        }
    }
    l->conns = (int)conns;
    if (good && l->rate && l->seconds)
        l->total = l->rate * l->seconds;
    if (l->total)
        l->total += l->warm;
    return good && (l->total || l->seconds);
}

int main(int argc, char **argv)
{
    static struct load l;
    int64_t port;
    double cpu_s, wall_s;
    const char *bodies = getenv("BENCH_BODIES");
    if (argc < 4 || !sv_int(sv_of(argv[1]), 1, 65535, &port) || !lines_read(&l, argv[2]) ||
        !options(&l, argc - 2, argv + 2)) {
        fprintf(stderr, "usage: bench-load PORT FILE [-c connections] [-n requests | -s seconds]"
                        " [-r rate] [-w warmup] [-p pids] [-f]\n");
        return 2;
    }
    l.port = (int)port;
    l.epoll = epoll_create1(EPOLL_CLOEXEC);
    l.salt = (uint64_t)now_ns();
    l.bodies = bodies ? fopen(bodies, "w") : NULL;
    l.ms = block_take(sizeof *l.ms * (size_t)(l.total ? l.total : 10000000));
    for (int i = 0; i < l.conns; i++)
        l.conn[i].fd = -1;
    run(&l, &cpu_s, &wall_s);
    tell(&l, cpu_s, wall_s);
    return l.bodies && fclose(l.bodies) != 0;
}
