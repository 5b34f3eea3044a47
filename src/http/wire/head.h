/*
 * head.h - the head of a request, read without any server around it: line, path, headers.
 *
 * Strict where proxies disagree. Everything borrowed from what came in, or copied into `mem`.
 */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include "http/http.h"

struct header { struct sv name, value; };

enum { HEADERS_MAX = 64, URI_MAX = 8192, SEGMENTS_MAX = 8 };

struct head {
    /* What came in. */
    struct sv            method, uri, version;
    const struct header *headers;
    size_t               headers_n;

    /* What head_read() found. */
    enum verb            verb;
    bool                 head_only;             /* HEAD: GET without the body */
    struct sv            path, query;           /* of the uri, still percent-encoded */
    struct sv            segment[SEGMENTS_MAX]; /* of the path, decoded, checked as UTF-8 */
    size_t               segments_n;
    int64_t              length;                /* Content-Length, -1: none */
    bool                 chunked;
    bool                 takes_gzip, takes_br;
    enum lang            lang;
    struct sv            token;                 /* session cookie or bearer */
    bool                 bearer;

    /* Headers as they came, "" when absent; those that must stand once are refused twice. */
    struct sv host, content_length, transfer_encoding, content_type, authorization, cookie,
              accept_encoding, accept_language, if_match, if_none_match, idempotency_key, origin,
              fetch_site, csrf, channel, purpose, reason, agent, forwarded_for, forwarded_proto,
              last_event_id, request_id;
};

/* Why a head was refused; .status 0: it was not. */
struct refusal { int status; const char *key; };

/* Reads all of it. Refuses with 400, 405, 414, 431, 501 or 505 and a message key. */
struct refusal head_read(struct arena *mem, struct head *h);

/* Percent-decoded; false: a bad escape, a NUL or bad UTF-8. `plus`: '+' is a space (queries). */
bool percent_decode(struct arena *mem, struct sv s, bool plus, struct sv *ret_text);

/* The version in If-Match: 3, "3", W/"3", "3-4f2a" (an ETag of ours); "" when it is none. */
struct sv if_match_version(struct sv value);

/* True when an If-None-Match list holds this ETag (without quotes), or is *. */
bool etag_listed(struct sv list, struct sv etag);

/* The address a proxy on this machine names last in X-Forwarded-For; "" when it is none. */
struct sv forwarded_last(struct sv forwarded_for);

/* True when a browser says, or does not deny, that the request comes from our own pages. */
bool same_origin(const struct head *h, struct sv public_url);

/*
 * ?name=value pairs into a record: unknown names, doubles and bad values are noted with
 * fail_field(); record_check() follows. Fails ERR_MALFORMED for bad escapes, ERR_INVALID.
 */
MUST enum err query_record(struct ctx *c, struct sv query, const struct field *fields,
                           void *record);

#endif
