/*
 * supervise.h - a house of several processes: started, watched, started again, ended together.
 */
#ifndef APP_SUPERVISE_H
#define APP_SUPERVISE_H

enum {
    CHILDREN_MAX = 8,
    RESTART_FIRST_MS = 50, RESTART_MOST_MS = 5000,   /* doubled each time one dies at once */
    KILLED_MOST_MS = 800,                            /* the most where a signal ended it */
    LIVED_MS = 5000,                                 /* who lived so long begins at 50 ms again */
    START_TRIES = 5,                                 /* of one that has never lived LIVED_MS */
    STOP_MS = 10000,                                 /* then SIGKILL */
};

/* What one process does; its value is the process's exit code. */
struct child { const char *name; int (*run)(void *arg); void *arg; };

/*
 * Forks every child (call it before any thread or connection is there) and starts again whichever
 * dies. SIGTERM or SIGINT is passed on, and it returns 0 when all have ended. Children end at
 * once when this process dies. A child that has never lived and has ended itself START_TRIES times
 * ends all: its exit code is returned.
 */
int supervise(const struct child *children, int n);

#endif
