/* fuzz_form.c - any bytes as a form, urlencoded or in parts: refused, or pairs within limits. */

#include "care/open311/inside.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const types[] = { "application/x-www-form-urlencoded",
                                         "multipart/form-data; boundary=b" };
    for (size_t i = 0; i < 2; i++) {
        struct ctx c = { 0 };
        struct request q = { .raw = { (const char *)bytes, size },
                             .content_type = sv_of(types[i]) };
        struct pairs p;
        if (pairs_of_body(&c, &q, &p) == ERR_NONE) {
            assert(p.n <= PAIRS_MAX);
            for (size_t k = 0; k < p.n; k++)
                assert(sv_utf8(p.at[k].value));
            (void)attribute_of(&c, &p, "kind");
        }
        arena_free(&c.mem);
    }
    return 0;
}
