/* swap.c - what a change of one site costs: bench-swap FILE P prints microseconds as JSON. */

#include "plan/site/read/read.h"

#include <stdio.h>
#include <stdlib.h>

enum { ROUNDS = 20000 };

static struct sv whole(struct arena *mem, const char *path)
{
    FILE *f = fopen(path, "r");
    size_t room = 1 << 24, n = 0;
    char *text = NEW(mem, char, room);
    if (f) {
        n = fread(text, 1, room, f);
        fclose(f);
    }
    return (struct sv){ text, n };
}

/* The next site of which open or closed is wanted. */
static uint32_t next_site(const struct choice *s, uint32_t sites, uint32_t from, bool open)
{
    uint32_t i = from % sites;
    while (choice_is_open(s, i) != open)
        i = (i + 1) % sites;
    return i;
}

int main(int argc, char **argv)
{
    struct ctx c = { 0 };
    struct siting p;
    struct site_answer a;
    uint32_t lost;
    int64_t open;
    if (argc != 3 || !sv_int(sv_of(argv[2]), 1, SITES_MAX, &open)
        || mclp_read(&c, argv[1], whole(&c.mem, argv[1]), open, &p, &lost) != ERR_NONE) {
        fprintf(stderr, "bench-swap: FILE P, of a covering problem\n");
        return 1;
    }
    site_solve(&c.mem, &p, &(struct site_limits){ .cpu_s = 5, .seed = 1 }, &a);
    struct choice *s = choice_new(&c.mem, &p, 1);
    choice_become(s, a.open);
    double start = cpu_now(), sum = 0;
    for (uint32_t n = 0; n < ROUNDS; n++) {
        uint32_t in = next_site(s, p.sites, n * 7, false);
        sum += choice_if(s, in, next_site(s, p.sites, n * 13, true));
    }
    double asked = cpu_now();
    for (uint32_t n = 0; n < ROUNDS / 20; n++) {
        uint32_t in = next_site(s, p.sites, n * 7, false);
        uint32_t out = next_site(s, p.sites, n * 13, true);
        choice_close(s, out);
        choice_open(s, in);
        sum += choice_cost(s);
        choice_close(s, in);
        choice_open(s, out);
    }
    double done = cpu_now();
    printf("{\"asked_us\":%.3f,\"done_us\":%.3f,\"checksum\":%.0f}\n",
           (asked - start) / ROUNDS * 1e6, (done - asked) / (ROUNDS / 20) * 1e6, sum);
    arena_free(&c.mem);
    return 0;
}
