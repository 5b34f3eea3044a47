/*
 * fsync_delay.c - preloaded: a slower disk, and a count of what reaches it.
 *
 * Adds BENCH_FSYNC_US microseconds (0: none) to every fsync and fdatasync. With BENCH_FSYNC_COUNT
 * naming a file, each process keeps its number of calls there as 64 bits, added up over processes.
 */

#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static long delay_us;
static _Atomic uint64_t *count;

__attribute__((constructor)) static void read_settings(void)
{
    const char *said = getenv("BENCH_FSYNC_US"), *path = getenv("BENCH_FSYNC_COUNT");
    delay_us = said ? strtol(said, NULL, 10) : 0;
    int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    if (fd < 0)
        return;
    void *map = MAP_FAILED;
    if (ftruncate(fd, sizeof *count) == 0)
        map = mmap(NULL, sizeof *count, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    count = map == MAP_FAILED ? NULL : map;
    close(fd);
}

static int slowly(const char *name, int fd)
{
    int (*real)(int) = (int (*)(int))(uintptr_t)dlsym(RTLD_NEXT, name);
    struct timespec wait = { delay_us / 1000000, delay_us % 1000000 * 1000 };
    if (count)
        atomic_fetch_add(count, 1);
    if (delay_us > 0)
        nanosleep(&wait, NULL);
    return real(fd);
}

int fsync(int fd)
{
    return slowly("fsync", fd);
}

int fdatasync(int fd)
{
    return slowly("fdatasync", fd);
}
