/* tell.h - locking what is promised, and telling carers what has changed for them. */
#ifndef CARE_DISPATCH_TELL_H
#define CARE_DISPATCH_TELL_H

#include "care/dispatch/dispatch.h"

struct lock_asked { struct care_order_id order; bool locked; };
extern const struct field lock_asked_fields[];

endpoint_fn dispatch_lock_post, dispatch_publish_post;

#endif
