/* supervise_test.c - processes that die are started again, and end together. */

#include "app/supervise.h"
#include "base/log.h"
#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Every start of a child writes one byte. */
static int live_once(void *arg)
{
    const int *fd = arg;
    (void)!write(*fd, "a", 1);
    return 3;
}

static int live_on(void *arg)
{
    const int *fd = arg;
    (void)!write(*fd, "b", 1);
    while (pause() != 0)
        ;
    return 0;
}

/* A supervisor in a process of its own; what its children write comes out of *ret_fd. */
static pid_t family_start(int (*run)(void *arg), int *ret_fd)
{
    int ends[2];
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        log_start(2, LOG_ERROR + 1, "test");
        const struct child children[] = { { "one", run, &ends[1] } };
        _exit(supervise(children, 1));
    }
    close(ends[1]);
    *ret_fd = ends[0];
    return pid;
}

static int exit_of(pid_t pid)
{
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static pid_t child_of(pid_t parent)
{
    char text[32] = "";
    int n_of = (int)parent;
    int fd = open(sv_fmt(test_mem(), "/proc/%d/task/%d/children", n_of, n_of).at, O_RDONLY);
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    int64_t pid = 0;
    CHECK(n > 0 && sv_int(sv_trim((struct sv){ text, (size_t)n }), 1, 1 << 30, &pid));
    return (pid_t)pid;
}

TEST(a_child_that_cannot_live_ends_the_house)
{
    int fd;
    char got[16];
    pid_t pid = family_start(live_once, &fd);
    CHECK_INT(exit_of(pid), 3);
    CHECK_INT(read(fd, got, sizeof got), START_TRIES);
    close(fd);
}

TEST(a_killed_child_is_back_and_all_end_when_told)
{
    int fd;
    char got;
    pid_t pid = family_start(live_on, &fd);
    CHECK_INT(read(fd, &got, 1), 1);
    pid_t first = child_of(pid);
    CHECK(kill(first, SIGKILL) == 0);
    CHECK_INT(read(fd, &got, 1), 1);
    CHECK(child_of(pid) != first);
    CHECK(kill(pid, SIGTERM) == 0);
    CHECK_INT(exit_of(pid), 0);
    CHECK_INT(read(fd, &got, 1), 0);             /* nobody is left to write */
    close(fd);
}

TEST(children_end_with_their_supervisor)
{
    int fd;
    char got;
    pid_t pid = family_start(live_on, &fd);
    CHECK_INT(read(fd, &got, 1), 1);
    CHECK(kill(pid, SIGKILL) == 0);
    CHECK_INT(exit_of(pid), 128 + SIGKILL);
    CHECK_INT(read(fd, &got, 1), 0);
    close(fd);
}
