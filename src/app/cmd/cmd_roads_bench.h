/*
 * cmd_roads_bench.h - `yike roads bench`: what searches cost on a road file.
 */
#ifndef APP_CMD_ROADS_BENCH_H
#define APP_CMD_ROADS_BENCH_H

#include "roads/roads.h"

/*
 * Runs each search from `homes` seeded random homes at the elder's pace, after one warm round, and
 * prints a JSON object a line: job, mean CPU microseconds, and what was found. Returns 0.
 */
int roads_bench(struct ctx *c, const struct roads *r, uint32_t homes);

#endif
