/*
 * endpoints.h - which endpoint a path asks for: a trie over all modules' tables, built once.
 */
#ifndef HTTP_ENDPOINTS_H
#define HTTP_ENDPOINTS_H

#include "http/wire/head.h"

struct node;

struct endpoints {
    struct node                  *root;
    const struct endpoint *const *list;       /* in the order of the API document */
    size_t                        n;
};

enum { ENDPOINTS_MAX = 4096, VERB_COUNT = 6 };

/* Of all modules of the house, and the generic ones of every entity where no module has its own. */
struct endpoints endpoints_build(struct arena *mem, const struct house *h);

struct found {
    const struct endpoint *endpoint;          /* NULL: none */
    size_t                 number;            /* its place in the list: for counters */
    struct sv              param[PATH_PARAMS_MAX];
    unsigned               verbs;             /* bit per verb the path knows; 0: unknown path */
};

/* Literal segments win over {names} with an end ("{id}.xml"), those over {names}. */
struct found endpoint_find(const struct endpoints *r, const struct head *h);

/* "GET, HEAD, POST" for Allow. */
struct sv verbs_text(struct arena *mem, unsigned verbs);
extern const char *const verb_names[VERB_COUNT];

#endif
