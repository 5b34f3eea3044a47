/*
 * cmd_roads_bench.h - `yike roads bench`: what searches cost on a road file.
 */
#ifndef APP_CMD_ROADS_BENCH_H
#define APP_CMD_ROADS_BENCH_H

#include "roads/batch/lanes.h"
#include "roads/roads.h"

/* What is measured; roads_bench_options are what the options stand at when not given. */
struct bench_options {
    const char *file, *only;         /* only: jobs whose name has it; NULL: all */
    uint64_t    seed;
    uint32_t    places, homes, k, metres, minutes, cm_s, matrix, rounds;
    bool        shape;               /* every point of the streets' shape, or junctions only */
    enum lanes  lanes;
};
extern const struct bench_options roads_bench_options;

/*
 * argv[0] is "bench", then a road file and options. Prints a JSON object a line for each job: job,
 * n, cpu_s (of one thread, the least of the rounds), checksum (the same everywhere for the same
 * file and options), rss_mb (the most so far), and what else it found. Returns the exit code.
 */
int roads_bench_command(int argc, char **argv);

/* --- between the files of the bench --- */

struct bench {
    const struct bench_options *asked;
    const struct roads *roads;
    struct arena       *mem, *once;  /* `once` is reset before each search */
    uint64_t            seed, sum;   /* sum: of all that a job finds, in order */
    double              cpu_s;       /* of the job that is to be reported */
};

double   bench_cpu(void);
uint32_t bench_random(struct bench *b, uint32_t below);
void     bench_found(struct bench *b, uint64_t n);           /* into the checksum */
bool     bench_wants(const struct bench *b, const char *job);
void     bench_report(struct bench *b, const char *job, uint64_t n);

void bench_homes(struct bench *b);   /* from one home at a time: snap, circle, nearest, route */
void bench_city(struct bench *b);    /* of the whole city at once */

#endif
