/* said.c - runs a command with its outputs in a file, and reads that. */

#include "said.h"

#include <stdio.h>
#include <unistd.h>

enum { WORDS_MAX = 32, TEXT_MAX = 4000000 };

const char *temporary(const char *name)
{
    return sv_fmt(test_mem(), "/tmp/yike-test-%d.%s", (int)getpid(), name).at;
}

const char *written(const char *name, struct sv text)
{
    const char *path = temporary(name);
    FILE *f = fopen(path, "w");
    CHECK(f && fwrite(text.at, 1, text.len, f) == text.len);
    fclose(f);
    return path;
}

struct sv text_of(const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f)
        return SV("");
    char *text = NEW(test_mem(), char, TEXT_MAX);
    size_t n = fread(text, 1, TEXT_MAX - 1, f);
    fclose(f);
    return (struct sv){ text, n };
}

static void flush_both(void)
{
    fflush(stdout);
    fflush(stderr);
}

int said_by(int (*command)(int argc, char **argv), const char *const *words, struct sv *ret_said)
{
    char *argv[WORDS_MAX] = { 0 };
    int argc = 0;
    for (; words[argc] && argc < WORDS_MAX - 1; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc];
    const char *path = temporary("said");
    flush_both();
    int out = dup(1), err = dup(2);
    CHECK(freopen(path, "w", stdout) && dup2(1, 2) == 2);
    int code = command(argc, argv);
    flush_both();
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    *ret_said = text_of(path);
    unlink(path);
    return code;
}
