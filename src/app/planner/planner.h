/*
 * planner.h - the planner's commands: tables of homes and places against a road file, without a
 * database or a server. docs/ROADS.md is their manual.
 *
 * Each reads its tables whole and checks them before it answers; what is wrong is named by file,
 * line and column. Answers go to a file that appears whole (-o) or to standard output; the same
 * input gives the same bytes, on one thread or several.
 */
#ifndef APP_PLANNER_H
#define APP_PLANNER_H

#include "app/planner/points.h"
#include "roads/batch/net.h"

enum { PLANNER_THREADS_MAX = 16, PLANNER_PAIRS_MAX = 100000000 };

/* What was asked for on the command line; texts are NULL when they were not given. */
struct planner {
    struct ctx         *c;
    const struct roads *roads;
    const char   *out, *from, *to, *homes, *places, *kind, *measure;
    enum profile  profile;
    enum datum    datum;
    int64_t       minutes, max_metres, k, access_m, threads;     /* 0: not given */
    uint32_t      speed_cm_s;        /* 0: by profile */
    bool          streets;
};

/* Each prints what is wrong to stderr and gives the exit code: 0, 1 could not, 2 used wrongly. */
int planner_nearest(struct planner *p);
int planner_reach(struct planner *p);
int planner_coverage(struct planner *p);
int planner_matrix(struct planner *p);
int planner_access(struct planner *p);

/* --- between the files of this folder --- */

int planner_wrong(const char *command, const char *what);        /* used wrongly: 2 */

/* The pace asked for, and a net for ways of at most so many milliseconds; net_free() it. */
struct net *planner_net(const struct planner *p, uint32_t limit_ms);

/* The limit of --minutes, or of --max-metres, or of so many minutes. */
uint32_t planner_limit_ms(const struct planner *p, int64_t minutes);

/*
 * Where each point of a table joins the streets, on all threads: anchors by row, in c->mem; says
 * on stderr how many have no street near.
 */
struct anchor *planner_snap(struct planner *p, const struct points *t);

/*
 * The same piece by piece, for who needs each but once: the rows of each of planner_share()'s
 * shares in the order along the ground (in the low half of each key), and a run of them joined;
 * then what planner_snap() says by itself.
 */
uint64_t *planner_order(struct planner *p, const struct points *t);
void planner_snap_run(const struct planner *p, const struct points *t, const uint64_t *key,
                      uint32_t n, struct anchor *ret_anchor);
void planner_tell_loose(const struct planner *p, const struct points *t, uint32_t loose,
                        uint32_t first);

/* Runs work(arg, part, first, end) on each thread's share of n, and waits. */
void planner_share(const struct planner *p, uint32_t n,
                   void (*work)(void *arg, int part, uint32_t first, uint32_t end), void *arg);

/* How many shares planner_share() makes. */
int planner_parts(const struct planner *p);

#endif
