/* node.h - what job.c asks of node.c. */
#ifndef STORE_NODE_H
#define STORE_NODE_H

#include "store/job.h"

/* node_renew inside the caller's transaction, at a moment of its own (ms): a job runs for long. */
MUST enum err node_keep(struct ctx *c, int64_t node, int64_t now);

#endif
