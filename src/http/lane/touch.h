/*
 * touch.h - noting that a session is used, at most once a minute and never inside a reader.
 */
#ifndef HTTP_TOUCH_H
#define HTTP_TOUCH_H

#include "http/call.h"

/* From a reader: when it is due, a call of the house's own goes to the writer. */
void touch_if_due(struct call *call);

/* From a writer: when it is due, in this request's transaction. */
MUST enum err touch_now(struct call *call);

#endif
