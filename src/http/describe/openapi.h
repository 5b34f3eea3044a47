/* openapi.h - the interface's document, from the same tables that answer. */
#ifndef HTTP_OPENAPI_H
#define HTTP_OPENAPI_H

#include "http/http.h"

struct gzips;

/* The document as it is sent, plain and packed; a byte nobody wants stands before each. */
struct document { struct sv plain, gzip, etag; };
struct document *document_new(struct arena *mem, const struct house *h, struct gzips *g);

enum err openapi_get(struct ctx *c, const struct request *q, struct answer *a);

#endif
