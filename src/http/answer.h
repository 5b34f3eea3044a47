/*
 * answer.h - from a finished call to bytes: problem documents, ETags, compression, headers.
 */
#ifndef HTTP_ANSWER_H
#define HTTP_ANSWER_H

#include "http/call.h"

struct MHD_Response;

/* Compressors, each used by one call at a time; made as needed. */
struct gzips;
struct gzips *gzips_new(struct arena *mem);
void gzips_free(struct gzips *g);
/* Compressed by level 1 into mem; "" when it would not be smaller. */
struct sv gzip_text(struct gzips *g, struct arena *mem, struct sv text);

/* 16 hex digits of a text, for ETags. */
struct sv etag_of(struct arena *mem, struct sv text);

/* The headers of every answer; `page` for HTML and scripts of our own, else for data. */
void headers_safe(struct MHD_Response *r, bool page);

/* The response of a finished call; its bytes stay the call's. Never NULL. */
struct MHD_Response *answer_response(struct call *call);

/* Status that goes with answer_response(). */
unsigned answer_status(const struct call *call);

#endif
