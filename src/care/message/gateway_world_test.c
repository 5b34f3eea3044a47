/* gateway_world_test.c - a gateway on this machine that does as it is planned. */

#include "care/message/gateway_test.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void say(int to, const char *status, const char *body)
{
    char text[512];
    int n = snprintf(text, sizeof text,
                     "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", status,
                     strlen(body), body);
    (void)!write(to, text, (size_t)n);
}

/* Heads and the body by its length; false when the other side has gone. */
static bool hear(int from, char *all, size_t size)
{
    size_t len = 0;
    for (;;) {
        ssize_t n = read(from, all + len, size - 1 - len);
        if (n <= 0)
            return false;
        len += (size_t)n;
        all[len] = 0;
        const char *head = strstr(all, "\r\n\r\n"), *said = strstr(all, "Content-Length: ");
        size_t want = said ? strtoul(said + 16, NULL, 10) : 0;
        if (head && len >= (size_t)(head + 4 - all) + want)
            return true;
    }
}

static void answer(struct gateway *g, int to, char how)
{
    char ok[64];
    switch (how) {
    case OK:
        snprintf(ok, sizeof ok, "{\"code\":\"OK\",\"data\":{\"id\":\"g-%d\"}}", g->asked);
        say(to, "200 OK", ok);
        return;
    case REFUSE:
        say(to, "200 OK", "{\"code\":\"LIMIT\"}");
        return;
    case NEVER:
        say(to, "200 OK", "{\"code\":\"NO_SUCH_NUMBER\"}");
        return;
    case OPENID:
        say(to, "200 OK", "{\"access_token\":\"t\",\"openid\":\"o-Daughter_1\"}");
        return;
    case BAD_CODE:
        say(to, "200 OK", "{\"errcode\":40029,\"errmsg\":\"invalid code\"}");
        return;
    case NOT_FOLLOWING:
        say(to, "200 OK", "{\"errcode\":43004,\"errmsg\":\"require subscribe\"}");
        return;
    case FIVE:
        say(to, "502 Bad Gateway", "{}");
        return;
    case HANG:
        g->held[g->held_n++] = dup(to);            /* open, and silent, until the end */
        return;
    default:
        return;
    }
}

static void *serve(void *at)
{
    struct gateway *g = at;
    while (!g->stop) {
        struct pollfd p = { g->fd, POLLIN, 0 };
        char all[4096];
        if (poll(&p, 1, 20) != 1)
            continue;
        int to = accept(g->fd, NULL, NULL);
        if (to >= 0 && hear(to, all, sizeof all)) {
            char how = g->plan[0];
            if (g->plan[1])
                g->plan++;
            snprintf(g->heads[g->asked % 32], sizeof g->heads[0], "%.255s", all);
            const char *body = strstr(all, "\r\n\r\n") + 4;
            snprintf(g->bodies[g->asked++ % 32], sizeof g->bodies[0], "%s", body);
            answer(g, to, how);
        }
        close(to);
    }
    return NULL;
}

void gateway_open(struct gateway *g, const char *plan)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
    socklen_t len = sizeof at;
    g->plan = plan;
    g->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(g->fd, (struct sockaddr *)&at, sizeof at) == 0);
    CHECK(listen(g->fd, 16) == 0);
    CHECK(getsockname(g->fd, (struct sockaddr *)&at, &len) == 0);
    g->port = ntohs(at.sin_port);
    pthread_create(&g->thread, NULL, serve, g);
}

void gateway_close(struct gateway *g)
{
    g->stop = true;
    pthread_join(g->thread, NULL);
    for (int i = 0; i < g->held_n; i++)
        close(g->held[i]);
    close(g->fd);
}

struct message_channel gateway_row(struct told *t, const struct gateway *g)
{
    struct message_channel k;
    told_send(t);                                        /* what waited goes to the file */
    record_clear(message_channel_fields, &k);
    k.name = SV("试验网关");
    k.adapter = ADAPTER_HTTP;
    k.state = CHANNEL_ACTIVE;
    k.url = sv_fmt(test_mem(), "http://127.0.0.1:%d/send", g->port);
    k.headers = SV("Authorization: Bearer {secret}");
    k.body = SV("{\"to\":\"{to}\",\"text\":\"{text}\",\"vars\":{params},\"id\":\"{once}\","
                "\"sign\":\"{sign}\"}");
    k.secret = SV("very-secret-key");
    k.sign = SIGN_HMAC;
    k.sign_of = SV("{to}");
    k.ok_path = k.why_path = SV("code");
    k.ok_value = SV("OK,0");
    k.id_path = SV("data.id");
    k.never_values = SV("NO_SUCH_NUMBER");
    k.timeout_ms = 300;
    k.rate_s = 100;
    k.receipt_key = SV("receipt-key");
    k.receipt_id_path = SV("id");
    k.receipt_ok_path = SV("result");
    k.receipt_ok_value = SV("DELIVRD");
    return k;
}
