/*
 * span.h - a run of visits made one after the other, whatever comes before and behind: how long
 * it lasts and how late it is in itself, in four numbers that two runs' numbers give in constant
 * time (Vidal, Crainic, Gendreau and Prins, Computers & Operations Research 40, 2013).
 *
 * Who comes too late is thought to go back in time to the window's end; these leaps add up to
 * `warp`. `early` and `late` are the first and the last moment to begin the run at which it lasts
 * no longer and warps no more than it must.
 */
#ifndef PLAN_TOUR_SPAN_H
#define PLAN_TOUR_SPAN_H

#include <stdint.h>

struct span { int32_t lasts, warp, early, late; };

/* One run and then the other, so far away. */
static inline struct span span_join(struct span a, int32_t way, struct span b)
{
    int32_t from = a.lasts - a.warp + way;
    int32_t wait = b.early - from - a.late, warp = a.early + from - b.late;
    wait = wait > 0 ? wait : 0;
    warp = warp > 0 ? warp : 0;
    int32_t early = b.early - from > a.early ? b.early - from : a.early;
    int32_t late = b.late - from < a.late ? b.late - from : a.late;
    return (struct span){ .lasts = a.lasts + b.lasts + way + wait, .warp = a.warp + b.warp + warp,
                          .early = early - wait, .late = late + warp };
}

/* Only the warp of both. */
static inline int32_t span_warp(struct span a, int32_t way, struct span b)
{
    int32_t warp = a.early + a.lasts - a.warp + way - b.late;
    return a.warp + b.warp + (warp > 0 ? warp : 0);
}

#endif
