/* wire_test.h - a client for tests: requests as bytes, answers as they come. */
#ifndef HTTP_WIRE_TEST_H
#define HTTP_WIRE_TEST_H

#include "base/text.h"

struct reply { int status; struct sv head, body; };       /* status 0: closed without an answer */

void wire_port(int port);                                 /* whom all below speak to */
int  wire_open(void);

/* One request on an open connection; `headers` are whole lines. Answers live in mem. */
struct reply wire_on(int fd, struct arena *mem, const char *verb, const char *path,
                     const char *headers, struct sv body);

/* The same on a connection of its own, in the running test's memory. */
struct reply wire_ask(const char *verb, const char *path, const char *headers, struct sv body);

/* Bytes as they are; what comes back until the other side closes or is silent for a second. */
struct reply wire_raw(struct sv bytes);

struct sv wire_unzip(struct sv packed);

#endif
