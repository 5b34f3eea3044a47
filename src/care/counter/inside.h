/* inside.h - what the files of this folder share. */
#ifndef CARE_COUNTER_INSIDE_H
#define CARE_COUNTER_INSIDE_H

#include "care/counter/counter.h"
#include "care/order/placing.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

/* Told so much later than it was, a meal counts as entered off line. */
/* card.c: cards of one's own and of those one may read of, with their QR. */
endpoint_fn my_cards_get;
extern const struct field my_cards_gives[];

enum { COUNTER_LATE_MS = 120000 };

#endif
