/*
 * replay.h - a write with an Idempotency-Key that was answered before gets the same answer again.
 */
#ifndef HTTP_REPLAY_H
#define HTTP_REPLAY_H

#include "http/call.h"

/*
 * call_run() for writes, in the request's transaction: answers as before when the key was seen,
 * else runs and keeps the answer with its effect. Refusals are not kept: a repeat runs again.
 */
MUST enum err replay_run(struct call *call);

#endif
