/*
 * replay.h - a write with an Idempotency-Key that was answered before gets the same answer again.
 */
#ifndef HTTP_REPLAY_H
#define HTTP_REPLAY_H

#include "http/call.h"

/*
 * Answers as before, and says so in call->replayed, when the key was seen. Before the request's
 * transaction or in it: of two that come at once one breaks the key's index, and is run again.
 */
MUST enum err replay_find(struct call *call);

/*
 * Behind it, in the transaction: call_run() for writes, unless answered already, and keeps the
 * answer with its effect. Refusals are not kept: a repeat runs again.
 */
MUST enum err replay_run(struct call *call);

#endif
