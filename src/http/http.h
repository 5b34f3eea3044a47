/*
 * http.h - endpoints as tables: a request is read through its tables, answered by one function.
 *
 * Loop threads only parse and send. A complete request is checked (size, session, right, CSRF)
 * and goes by its lane: MEMORY is answered in the loop, READS by the pool of readers, WRITES by
 * the writer (its transaction is the request), HASHES first by the hashers and then as WRITES.
 */
#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H

#include "base/json.h"
#include "model/house.h"

enum verb { VERB_NONE, GET, POST, PUT, PATCH, DELETE };
enum lane { MEMORY, READS, WRITES, HASHES };

enum { PATH_PARAMS_MAX = 4, BODY_MAX = 1024 * 1024, UPLOAD_MAX = 20 * 1024 * 1024 };

struct request {
    const struct endpoint *endpoint;
    struct sv  path;
    struct sv  param[PATH_PARAMS_MAX];     /* {day} …, in order, percent-decoded, UTF-8 */
    struct sv  query_string;               /* raw */
    const void *query;                     /* record of endpoint->query, or NULL */
    const void *body;                      /* record of endpoint->takes, or NULL */
    const bool *given;                     /* which fields of takes were there */
    const struct json_value *json;              /* the body's tree, or NULL */
    struct sv  raw;                        /* the body's bytes (uploads, raw endpoints) */
    struct sv  content_type;
    struct sv  if_match;                   /* version from If-Match, digits; "" none */
    struct sv  if_none_match;
    struct sv  agent;
    struct sv  token;                      /* session cookie or bearer */
    struct sv  remote;                     /* address, for limits only */
    struct sv  forwarded_proto;
    const void *hashed;                    /* what endpoint->hash left for run (HASHES) */
};

struct answer {
    int        status;                     /* 0: 200 */
    const char *type;                      /* NULL: application/json; charset=utf-8 */
    struct buf body;
    struct json json;                      /* writes into body */
    struct sv etag; /* MEMORY: as it is; else a version, put before a hash of the body */
    struct sv  location, cookie;           /* headers, "" none */
    struct sv  disposition;                /* Content-Disposition */
    int        max_age_s;                  /* Cache-Control: max-age; 0: no-store */
    bool       kept;                       /* nothing personal: her browser keeps it and asks by
                                              its ETag each time whether it still holds */
    const char *file;                      /* instead of body: sent from this path */
    bool       shown;                      /* a->file may stand in a frame of our own pages */
};

typedef enum err endpoint_fn(struct ctx *c, const struct request *q, struct answer *a);

struct endpoint {
    enum verb    verb;
    const char  *path;                     /* "/api/visit/{id}"; "/rows/{id}.xml" too */
    endpoint_fn *run;
    enum lane    lane;
    enum right   may;
    const char  *zh, *en;                  /* summary, for the API document */
    const struct field *query;  size_t query_size;     /* of ?name=value */
    const struct field *takes;  size_t takes_size;     /* of the JSON body */
    const struct field *gives;                         /* of the answer's object */
    bool         gives_many;               /* an array of them */
    bool         partial;                  /* body: a missing required field is no fault (PATCH) */
    bool         raw;                      /* body is bytes, up to UPLOAD_MAX */
    const char  *media;                    /* of the answer, for the document; NULL: JSON */
    bool         no_csrf;                  /* sign-in and callbacks */
    bool no_replay; /* the answer must not lie in the database for 72 hours */
    enum err (*hash)(struct ctx *c, struct request *q); /* HASHES: slow part, read-only database */
    bool (*slow)(const struct request *q); /* MEMORY: asked so, a reader answers it */
    /* NULL: problem+json. Else a failure answered as another standard says: writes a->body, sets
       a->type and a->status (given: ours). `path` is what was asked. */
    void (*refuses)(struct ctx *c, struct sv path, struct answer *a);
    int          per_minute;               /* limit per address or account; 0: the general one */
};

/*
 * a->json is inside the answer's top object (gives_many: array) until the function returns; http
 * closes it. A function that sets a->type writes the whole body itself; one that sets a->file none.
 * MEMORY endpoints are answered in the loop without a database and without c->who; one that needs
 * a sign-in runs as READS; what is `slow` a reader answers, still without both.
 * c->fault.retry_after_s goes out as Retry-After.
 */

/* Answers one record of the endpoint's `gives` table. */
MUST enum err answer_record(struct ctx *c, struct answer *a, const struct field *fields,
                            const void *record);

/*
 * Answers with the cause in c->fault but keeps what was written: a wrong password must be counted.
 * The function returns what this returns.
 */
MUST enum err answer_refuse(struct ctx *c, struct answer *a, enum err kind);

/*
 * For a->disposition: how is "inline" or "attachment", plain a name in plain ASCII, name the one
 * that people gave, in whatever script ("": none).
 */
struct sv file_disposition(struct arena *mem, const char *how, struct sv plain, struct sv name);

/* For a->cookie: the session's cookie, or with an empty token its end. */
struct sv session_cookie(struct ctx *c, struct sv token);

/* Id in the path; ERR_MISSING when it is none. */
MUST enum err request_id(struct ctx *c, const struct request *q, int param, int64_t *ret_id);

/* Version from If-Match; ERR_INVALID "if_match.required" when absent. */
MUST enum err request_version(struct ctx *c, const struct request *q, int64_t *ret_version);

/* Serves until told to stop (SIGTERM); the process of `yike serve` under its supervisor. */
MUST enum err http_serve(const struct house *h);

/* The endpoints every entity has, and those of the frame (session of http itself, meta, events). */
extern const struct module http_module;

/* OpenAPI 3.1 of all modules. */
void openapi_write(struct ctx *c, struct buf *out);

#endif
