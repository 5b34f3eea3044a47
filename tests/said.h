/* said.h - commands as a person runs them: files to give them, and what they say. */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

#include "test.h"

/* A path of this process's own that ends with the name; the file is whoever makes it. */
const char *temporary(const char *name);

/* The same with that text in it. */
const char *written(const char *name, struct sv text);

/* What a file holds, at most four million bytes; "" where there is none. */
struct sv text_of(const char *path);

/*
 * Runs a command with its words, NULL behind the last, the first its name; what it says on both
 * its outputs is *ret_said. Returns its exit code.
 */
int said_by(int (*command)(int argc, char **argv), const char *const *words, struct sv *ret_said);

#endif
