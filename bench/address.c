/*
 * address.c - what matching an address costs: bench-address [COUNT [STREETS]]
 *
 * Builds the index of a made-up city (432 compounds a street), spells COUNT random homes in it and
 * matches each, half of them knowing the row's community. Prints one JSON object: CPU seconds of
 * the matching alone and of building the index, and how many reached which level.
 */

#include "app/demo/make/spell.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

struct asked { struct sv text; struct spelt_key key; };

static struct asked *spell_all(struct arena *mem, int n, int streets)
{
    struct dice dice = { 1 };
    struct asked *all = NEW(mem, struct asked, n);
    for (int i = 0; i < n; i++) {
        enum address_level level;
        struct spelt_home h = spelt_draw(mem, &dice, streets, &all[i].key);
        all[i].text = spell_home(mem, &dice, &h, SPELT_DIVISION, &level);
    }
    return all;
}

int main(int argc, char **argv)
{
    int64_t n = 200000, streets = 14;
    struct arena mem = { 0 }, work = { 0 };
    if ((argc > 1 && !sv_int(sv_of(argv[1]), 1, 10000000, &n)) ||
        (argc > 2 && !sv_int(sv_of(argv[2]), 1, 500, &streets))) {
        fprintf(stderr, "usage: bench-address [COUNT [STREETS]]\n");
        return 2;
    }
    double start = cpu_seconds();
    struct address_index *ix = spelt_city(&mem, (int)streets);
    double built = cpu_seconds();
    struct asked *all = spell_all(&mem, (int)n, (int)streets);
    int64_t level[ADDRESS_DOOR + 1] = { 0 }, wrong = 0;
    double from = cpu_seconds();
    for (int64_t i = 0; i < n; i++) {
        struct address_match m;
        address_match(&work, ix, all[i].text, i % 2 ? all[i].key.scope : 0, &m);
        level[m.best.level]++;
        wrong += m.best.compound && m.best.compound != all[i].key.compound;
        arena_reset(&work);
    }
    printf("{\"count\": %lld, \"cpu_s\": %.3f, \"index_s\": %.3f, \"door\": %lld, "
           "\"building\": %lld, \"compound\": %lld, \"less\": %lld, \"wrong\": %lld}\n",
           (long long)n, cpu_seconds() - from, built - start, (long long)level[ADDRESS_DOOR],
           (long long)level[ADDRESS_BUILDING], (long long)level[ADDRESS_COMPOUND],
           (long long)(level[ADDRESS_NONE] + level[ADDRESS_COMMUNITY]), (long long)wrong);
    address_index_end(ix);
    arena_free(&work);
    arena_free(&mem);
    return 0;
}
