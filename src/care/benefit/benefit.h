/*
 * benefit.h - what an older person is entitled to (待遇) by how she resides: the rules that hold on
 * a day, what each gives who is registered, resident or floating, and of one elder whether it is
 * hers, why not, and from when. No table of its own: subsidies stand in policy parameters, quotas
 * and packages in their rules (care/whom judges all three). Nothing here decides a payment: an
 * order's price asks the same rules on its own day.
 */
#ifndef CARE_BENEFIT_H
#define CARE_BENEFIT_H

#include "http/http.h"

extern const struct module benefit_module;

#endif
