/* fuzz_tar.c - any bytes as a backup's outer file: members have good names, or it is refused. */

#include "app/cmd/tar.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct ctx c = { 0 };
    struct tar_member m;
    bool more = true;
    FILE *in = size ? fmemopen((void *)(uintptr_t)bytes, size, "r") : NULL;
    enum err e = ERR_NONE;
    while (in && e == ERR_NONE && more) {
        e = tar_next(&c, in, &m, &more);
        if (e == ERR_NONE && more) {
            assert(tar_name_good(sv_of(m.name)) && !strstr(m.name, ".."));
            assert(m.size >= 0);
            e = tar_take(&c, in, &m, NULL);
        }
    }
    if (in)
        fclose(in);
    arena_free(&c.mem);
    return 0;
}
