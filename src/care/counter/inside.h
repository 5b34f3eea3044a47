/* inside.h - what the files of this folder share. */
#ifndef CARE_COUNTER_INSIDE_H
#define CARE_COUNTER_INSIDE_H

#include "care/counter/counter.h"
#include "care/order/placing.h"
#include "care/parameter/parameter.h"
#include "care/todo/todo.h"

/* Told so much later than it was, a meal counts as entered off line. */
enum { COUNTER_LATE_MS = 120000 };

#endif
