/*
 * near_all.h - the k nearest of some places for every point of a city, and what changes when a
 * place opens, moves or closes.
 *
 *   struct near_all *all = near_all_new(net, 5, 1200 * 1000 / 90 * 100);
 *   for each place: near_all_open(all, &anchor);                one of a kind: one table a kind
 *   n = near_all_ask(all, &home, nearest);                      under a tenth of a microsecond
 *
 * Not one search for each point but one for each place, against the arcs, given up where k others
 * are nearer: of what is nearest behind a junction, all is nearest at the junction too. Costs are
 * door to door from the point to the place, both access legs included, by the net's pace; equal
 * costs come in order of place number. The answers are those of reach.h for every anchor.
 */
#ifndef ROADS_BATCH_NEAR_ALL_H
#define ROADS_BATCH_NEAR_ALL_H

#include "roads/batch/net.h"

enum { NEAR_K_MAX = 64 };

/* cost << 32 | place; the greatest there is when there are no more. */
typedef uint64_t near_entry;
#define NEAR_NONE UINT64_MAX

static inline uint32_t near_place(near_entry e) { return (uint32_t)e; }
static inline uint32_t near_cost(near_entry e) { return (uint32_t)(e >> 32); }

struct near_all;                                 /* one thread at a time changes it */

/* Takes blocks of states * k * 8 bytes; k at most NEAR_K_MAX, limit at most the net's. */
struct near_all *near_all_new(const struct net *net, uint32_t k, uint32_t limit);
void near_all_free(struct near_all *all);        /* accepts NULL */

/*
 * Opens a place and returns its number: 0, 1, 2 ... in order, never used again. An anchor of
 * NO_EDGE opens a place that nobody reaches. Costs one search within the limit.
 */
uint32_t near_all_open(struct near_all *all, const struct anchor *at);

/* Opens n of them, in an order that is quicker: place number i is at[i]. */
void near_all_open_many(struct near_all *all, const struct anchor *at, uint32_t n);

/* Closes an open place: what it leaves is filled with the next nearest. To move: close and open. */
void near_all_close(struct near_all *all, uint32_t place);

/*
 * The edges on which an answer may have changed since the last call (or since near_all_new), in
 * order of number, *ret_n of them; in the arena. All other points have the answers they had.
 */
uint32_t *near_all_changed(struct near_all *all, struct arena *mem, uint32_t *ret_n);

/* The nearest for who sets out from an anchor: fills ret[k], returns how many there are. */
uint32_t near_all_ask(const struct near_all *all, const struct anchor *from, near_entry *ret);

/* The same for n anchors: row i is ret[i * k] .. The quickest order is by edge and along it. */
void near_all_ask_many(const struct near_all *all, const struct anchor *from, uint32_t n,
                       near_entry *ret);

/* The same when their spots are at hand (net_spots()): twice as quick for several kinds or days. */
void near_all_ask_spots(const struct near_all *all, const struct net_spot *spot,
                        const struct anchor *from, uint32_t n, near_entry *ret);

#endif
