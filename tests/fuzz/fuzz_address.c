/* fuzz_address.c - any text as an address: within its limits, and never sure of two homes. */

#include "app/demo/make/spell.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct address_index *city(struct arena *mem)
{
    static struct address_index *made;
    if (!made)
        made = spelt_city(mem, 1);
    return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena names;
    struct arena mem = { 0 };
    struct address_match m;
    struct sv text = { (const char *)data, size };
    address_match(&mem, city(&names), text, size % 2 ? INT64_C(990101001001) : 0, &m);
    assert(m.best.score <= 100 && m.best.score >= 0);
    assert(m.best.level < ADDRESS_COMPOUND || m.best.score >= ADDRESS_SCORE_MIN);
    assert(m.best.level < ADDRESS_COMPOUND || m.best.compound);
    assert(m.best.level < ADDRESS_DOOR || (m.best.building && m.best.room.len));
    assert(m.best.level < ADDRESS_COMPOUND || m.others == 0);
    assert(m.others <= ADDRESS_CANDIDATES);
    assert(m.unknown.len <= size);
    (void)address_form(&mem, text);
    arena_free(&mem);
    return 0;
}
