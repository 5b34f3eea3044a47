/* fuzz_pairs.c - any bytes as a table of costs: refused with a line, or paired with a proof. */

#include "plan/pair/pair.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct pairing p;
    struct pair_answer a;
    struct sv text = { (const char *)bytes, size };
    if (pair_read(&c, "fuzz", text, &p) == ERR_NONE) {
        pair_solve(&c.mem, &p, &a);
        assert(a.pairs <= p.rows && a.pairs <= p.columns);
        assert(fabs(a.bound - a.cost) <= 1e-6 * (1 + fabs(a.cost) + a.forbidden));
    } else {
        assert(c.fault.log.len > 0);
    }
    arena_free(&c.mem);
    return 0;
}
