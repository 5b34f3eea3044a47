/*
 * remind.h - reminders that no event makes: a meal that closes soon, an agreement or a bond that
 * ends. Tomorrow's visit and class: care/message/digest.c. Of medicine the house keeps no plan.
 *
 *     meal.cut_off     whoever had that meal there on remind.meal_times of the last 14 days and has
 *                      none ordered for the day, is not paused: remind.meal_minutes before the
 *                      cut-off; never after it
 *     agreement.ends   remind.renew_days days before its last day: several numbers, one each
 *     bond.ends        the same, to the account it binds
 *     package.ends     the same as agreements, of a package's term
 *
 * They are messages like all others (care/message): told once, at her hour, switched off by her.
 */
#ifndef CARE_REMIND_H
#define CARE_REMIND_H

#include "model/house.h"

extern const struct module remind_module;

#endif
