/*
 * plan.h - `yike plan`: the optimisers on files, without the platform, a database or a server.
 * docs/PLAN.md is their manual.
 *
 * Results go to standard output (or -o FILE, which appears whole or not at all), the last line of
 * standard output sums up; what is wrong is the last line on standard error.
 */
#ifndef APP_PLAN_H
#define APP_PLAN_H

#include "base/ctx.h"

/* argv[0] is "plan", argv[1] what is planned. Exit codes as in app/cmd/command.h: 0, 1, 2. */
int plan_command(int argc, char **argv);

/* --- what is planned; argv[0] is its name --- */

int plan_sites(int argc, char **argv);
int plan_pairs(int argc, char **argv);
int plan_tours(int argc, char **argv);

/* --- between the files of this folder --- */

/* The whole file. ERR_MISSING, ERR_TOO_LARGE (over 1 GB), ERR_BROKEN with a line for the log. */
MUST enum err plan_file(struct ctx *c, const char *path, struct sv *ret_text);

/* Prints the failure as the last line on standard error; gives 1. */
int plan_failed(const struct ctx *c, const char *what);

#endif
