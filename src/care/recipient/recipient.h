/*
 * recipient.h - 服务对象: whom an organisation serves, as a list of its own: signed with it or
 * ordered from it in the last `recipient.days`, living, each with what she last had, what comes
 * next, what repeats, what is left of quotas and packages, and until when the agreement runs.
 *
 * It is no table: all of it stands elsewhere and is read anew. Whoever was served longest ago and
 * has nothing ahead stands first. An organisation's people see its own; officers that of an
 * organisation in their area. Names are masked as in any list. Nobody is left out: one that serves
 * more than RECIPIENTS_MAX is told so instead of shown a part.
 */
#ifndef CARE_RECIPIENT_H
#define CARE_RECIPIENT_H

#include "care/order/order.h"
#include "http/http.h"

enum { RECIPIENTS_MAX = 20000 };

extern const struct module recipient_module;

#endif
