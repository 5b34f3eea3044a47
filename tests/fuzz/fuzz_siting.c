/* fuzz_siting.c - any bytes as a siting problem: refused with a line, or solved within bounds. */

#include "plan/site/read/read.h"

#include <assert.h>

enum { SITES_SOLVED = 40, CLIENTS_SOLVED = 200 };

static void solve(struct ctx *c, const struct siting *p)
{
    struct site_answer a;
    if (p->sites > SITES_SOLVED || p->clients > CLIENTS_SOLVED)
        return;
    site_solve(&c->mem, p, &(struct site_limits){ .cpu_s = 0.01, .seed = 1 }, &a);
    assert(a.bound <= a.cost);
    assert(a.possible || a.cost > 0);
}

static int plant(struct ctx *c, struct sv text)
{
    struct plant p;
    struct site_answer a;
    double *share;
    if (cap_read(c, "fuzz", text, 10, &p) != ERR_NONE)
        assert(c->fault.log.len > 0);
    else if (p.sites <= SITES_SOLVED && p.clients <= CLIENTS_SOLVED)
        plant_solve(&c->mem, &p, &(struct site_limits){ .cpu_s = 0.01 }, &a, &share);
    arena_free(&c->mem);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct siting p;
    uint32_t lost;
    if (size == 0)
        return 0;
    if (bytes[0] % 3 == 2)
        return plant(&c, (struct sv){ (const char *)bytes + 1, size - 1 });
    struct sv text = { (const char *)bytes + 1, size - 1 };
    enum err e = bytes[0] % 3 ? pmed_read(&c, "fuzz", text, 0, &p)
                              : mclp_read(&c, "fuzz", text, bytes[0] / 3 % 4, &p, &lost);
    if (e == ERR_NONE)
        solve(&c, &p);
    else
        assert(c.fault.log.len > 0);
    arena_free(&c.mem);
    return 0;
}
