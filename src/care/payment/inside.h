/* inside.h - what the files of this folder share. */
#ifndef CARE_PAYMENT_INSIDE_H
#define CARE_PAYMENT_INSIDE_H

#include "care/parameter/parameter.h"
#include "care/payment/payment.h"
#include "care/todo/todo.h"

extern const struct endpoint payment_endpoints[];      /* page.c */

#endif
