/* fuzz_chain.c - whatever is pasted, the parser of chains ends and keeps its bounds. */

#include "care/chain/parse.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena mem = { 0 };
    struct chain_entries *e = NEW(&mem, struct chain_entries, 1);
    chain_parse(&mem, (struct sv){ (const char *)data, size }, e);
    assert(e->n <= CHAIN_LINES_MAX);
    for (size_t i = 0; i < e->n; i++)
        assert(e->at[i].quantity >= 0 && e->at[i].quantity <= CHAIN_QUANTITY_MAX);
    arena_free(&mem);
    return 0;
}
