/*
 * fuzz_search.c - any bytes as what is typed and as a name: what is looked up stays in its bounds,
 * holds nothing that LIKE would read otherwise, and a name is found by itself.
 */

#include "model/search/entries.h"

#include <assert.h>

static void check_probes(const struct probes *p)
{
    assert(p->n <= PROBES_MAX);
    for (size_t i = 0; i < p->n; i++) {
        assert(p->at[i].low.len > 0);
        for (size_t k = 0; k < p->at[i].low.len; k++)
            assert(p->at[i].low.at[k] != '%' && p->at[i].low.at[k] != '_');
        assert(sv_find_byte(p->at[i].like, '\\') < 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena mem = { 0 };
    struct sv text = { (const char *)bytes, size };
    struct entries *list = NEW(&mem, struct entries, 1);
    struct probes probes;
    struct sv word = search_word(&mem, text);
    probes_of(&mem, word, &probes);
    check_probes(&probes);
    entries_of(&mem, text, size % 2, list);
    assert(list->n <= ENTRIES_MAX);
    int rank = entries_rank(list, word, &probes);
    assert(word.len == 0 || !sv_utf8(text) || rank < RANKS);
    (void)surname_only(word);
    (void)surname_runes(text);
    arena_free(&mem);
    return 0;
}
