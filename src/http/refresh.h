/*
 * refresh.h - what modules build from the database and hold in memory (the directory).
 *
 * Built before the first request, and again in the background when a row of an entity that a
 * module names (refresh_on) has changed: at most every REFRESH_S seconds, the old one serving
 * meanwhile.
 */
#ifndef HTTP_REFRESH_H
#define HTTP_REFRESH_H

#include "http/server.h"

enum { REFRESH_S = 2, REFRESH_EVENTS_MAX = 1000 };

struct refresh;

MUST enum err refresh_start(struct ctx *c, struct server *s, struct refresh **ret_refresh);
void refresh_stop(struct refresh *r);

#endif
