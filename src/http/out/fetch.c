/* fetch.c - requests of our own to other sides, by libcurl. */

#include "http/out/fetch.h"

#include <assert.h>
#include <curl/curl.h>

/* One transfer, and what it has brought so far. */
struct transfer {
    CURL              *easy;
    struct curl_slist *headers;
    struct buf         body;
    CURLcode           code;
    bool               done;
};

static size_t take_body(char *bytes, size_t size, size_t n, void *at)
{
    struct buf *b = at;
    size_t len = size * n, left = FETCH_BODY_MAX - b->len;
    buf_put(b, (struct sv){ bytes, len < left ? len : left });
    return len;
}

static void set_headers(struct ctx *c, const struct fetch_ask *ask, struct transfer *t)
{
    for (int i = 0; i < FETCH_HEADERS_MAX && ask->headers[i].len; i++)
        t->headers = curl_slist_append(t->headers, sv_text(&c->mem, ask->headers[i]));
    t->headers = curl_slist_append(t->headers, "Expect:");
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void set_up(struct ctx *c, const struct fetch_ask *ask, struct transfer *t)
{
    long ms = ask->timeout_ms > 0 && ask->timeout_ms < FETCH_MS_MAX ? ask->timeout_ms
                                                                     : FETCH_MS_MAX;
    t->easy = curl_easy_init();
    assert(t->easy);
    t->body = buf_new(&c->mem, 1024);
    set_headers(c, ask, t);
    curl_easy_setopt(t->easy, CURLOPT_URL, sv_text(&c->mem, ask->url));
    curl_easy_setopt(t->easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(t->easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(t->easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(t->easy, CURLOPT_NOPROXY, "127.0.0.1,localhost,::1");
    curl_easy_setopt(t->easy, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(t->easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(t->easy, CURLOPT_TIMEOUT_MS, ms);
    curl_easy_setopt(t->easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(t->easy, CURLOPT_WRITEDATA, &t->body);
    if (!ask->get) {
        curl_easy_setopt(t->easy, CURLOPT_POST, 1L);
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE, (long)ask->body.len);
        curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, sv_text(&c->mem, ask->body));
    }
    curl_easy_setopt(t->easy, CURLOPT_PRIVATE, t);
}

static void note_ends(CURLM *multi)
{
    int left;
    for (CURLMsg *m; (m = curl_multi_info_read(multi, &left));) {
        struct transfer *t = NULL;
        if (m->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &t);
        t->code = m->data.result;
        t->done = true;
    }
}

static void run_all(CURLM *multi, const _Atomic bool *stop)
{
    enum { WAIT_MS = 200 };
    for (int running = 1; running && !(stop && *stop);) {
        if (curl_multi_perform(multi, &running) != CURLM_OK)
            break;
        note_ends(multi);
        if (running && curl_multi_poll(multi, NULL, 0, WAIT_MS, NULL) != CURLM_OK)
            break;
    }
    note_ends(multi);
}

/* Nothing has left when there is no connection, or not one byte of the request was written. */
static struct fetch_got got_of(const struct transfer *t)
{
    long status = 0, sent = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_REQUEST_SIZE, &sent);
    if (t->done && t->code == CURLE_OK)
        return (struct fetch_got){ FETCH_ANSWERED, (int)status, buf_sv(&t->body), SV("") };
    return (struct fetch_got){ .end = sent > 0 ? FETCH_UNSURE : FETCH_NOT_SENT,
                               .why = sv_of(t->done ? curl_easy_strerror(t->code) : "stopped") };
}

void fetch_all(struct ctx *c, const struct fetch_ask *asks, size_t n, const _Atomic bool *stop,
               struct fetch_got *ret_got)
{
    struct transfer *all = NEW(&c->mem, struct transfer, n ? n : 1);
    CURLM *multi = curl_multi_init();
    assert(multi);
    curl_multi_setopt(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long)FETCH_AT_ONCE);
    for (size_t i = 0; i < n; i++) {
        set_up(c, &asks[i], &all[i]);
        curl_multi_add_handle(multi, all[i].easy);
    }
    run_all(multi, stop);
    for (size_t i = 0; i < n; i++) {
        ret_got[i] = got_of(&all[i]);
        curl_multi_remove_handle(multi, all[i].easy);
        curl_easy_cleanup(all[i].easy);
        curl_slist_free_all(all[i].headers);
    }
    curl_multi_cleanup(multi);
}

/* --- what we may ask --- */

static bool is_private(struct sv host)
{
    static const char *const nets[] = { "127.", "10.", "192.168.", NULL };
    struct sv rest = host, part;
    int64_t n[4];
    if (sv_is(host, "localhost"))
        return true;
    for (int i = 0; i < 4; i++)
        if (!sv_cut(&rest, '.', &part) || !sv_int(part, 0, 255, &n[i]))
            return false;
    for (int i = 0; nets[i]; i++)
        if (sv_starts(host, sv_of(nets[i])))
            return rest.len == 0;
    return rest.len == 0 && n[0] == 172 && n[1] >= 16 && n[1] < 32;
}

bool fetch_may(struct sv url)
{
    struct sv rest = url, host;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.at[i] <= ' ')
            return false;
    if (sv_starts(url, SV("https://")))
        return url.len > sizeof "https://";
    if (!sv_starts(url, SV("http://")))
        return false;
    rest = sv_from(url, sizeof "http://" - 1);
    if (!sv_cut(&rest, '/', &host) || sv_find_byte(host, '@') >= 0)
        return false;
    rest = host;
    return sv_cut(&rest, ':', &host) && is_private(host);
}
