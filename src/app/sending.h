/*
 * sending.h - messages leave in a thread of their own: a gateway that hangs must not hold up jobs,
 * seals and the lease of the node.
 */
#ifndef APP_SENDING_H
#define APP_SENDING_H

#include "model/house.h"

struct sending;

/* Begins to send what waits in the outbox; without a gateway (care/message) to
 * DATA/outbox.jsonl. Lives in `mem`. The signals that end the process are blocked by then. */
struct sending *sending_start(const struct house *h, struct arena *mem);

/* Ends it; what is under way is broken off (at most once: the message is then `unsure`). */
void sending_stop(struct sending *s);

#endif
