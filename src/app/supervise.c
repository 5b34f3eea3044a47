/* supervise.c - started, watched, started again, ended together. */

#include "app/supervise.h"

#include "base/log.h"

#include <assert.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct process {
    const struct child *child;
    pid_t               pid;                 /* 0: not running */
    int64_t             started_ms, start_at_ms, wait_ms;
    int                 failed;
    bool                lived;
};

struct family {
    struct process at[CHILDREN_MAX];
    int            n;
    bool           ending;
    int64_t        kill_at_ms;
    int            code;
    sigset_t       signals;
};

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The child never comes back from here. */
static _Noreturn void live(struct family *f, const struct child *child, pid_t parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)prctl(PR_SET_NAME, child->name);
    if (getppid() != parent)
        _exit(0);                            /* it died before we asked */
    (void)sigprocmask(SIG_UNBLOCK, &f->signals, NULL);
    _exit(child->run(child->arg));
}

static void start(struct family *f, struct process *p)
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        live(f, p->child, parent);
    p->started_ms = now_ms();
    if (pid < 0) {
        log_line(LOG_ERROR, "supervise.fork", "could not start %s", p->child->name);
        p->start_at_ms = p->started_ms + RESTART_MOST_MS;
        return;
    }
    p->pid = pid;
    log_line(LOG_INFO, "supervise.started", "%s is process %d", p->child->name, (int)pid);
}

static void end_all(struct family *f, int code)
{
    if (f->ending)
        return;
    f->ending = true;
    f->code = code;
    f->kill_at_ms = now_ms() + STOP_MS;
    for (int i = 0; i < f->n; i++)
        if (f->at[i].pid)
            (void)kill(f->at[i].pid, SIGTERM);
}

static void note_end(struct family *f, struct process *p, int status)
{
    int64_t now = now_ms(), age = now - p->started_ms;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    p->pid = 0;
    p->lived = p->lived || age >= LIVED_MS;
    if (f->ending)
        return;
    log_line(LOG_ERROR, "supervise.died", "%s ended with code %d after %lld ms", p->child->name,
             code, (long long)age);
    bool killed = WIFSIGNALED(status);       /* no fault of its start: it must be back at once */
    p->failed += !killed;
    if (!killed && !p->lived && p->failed >= START_TRIES) {
        end_all(f, code ? code : 1);
        return;
    }
    p->wait_ms = age >= LIVED_MS || p->wait_ms == 0 ? RESTART_FIRST_MS : p->wait_ms * 2;
    int64_t most_ms = killed ? KILLED_MOST_MS : RESTART_MOST_MS;
    p->wait_ms = p->wait_ms > most_ms ? most_ms : p->wait_ms;
    p->start_at_ms = now + p->wait_ms;
}

static void collect(struct family *f)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < f->n; i++)
            if (f->at[i].pid == pid)
                note_end(f, &f->at[i], status);
}

static bool anyone_left(const struct family *f)
{
    for (int i = 0; i < f->n; i++)
        if (f->at[i].pid)
            return true;
    return false;
}

/* Starts who is due; gives the milliseconds until the next is, or a second. */
static int64_t tend(struct family *f)
{
    int64_t now = now_ms(), wait = 1000;
    for (int i = 0; i < f->n; i++) {
        struct process *p = &f->at[i];
        if (f->ending && p->pid && now >= f->kill_at_ms)
            (void)kill(p->pid, SIGKILL);
        if (f->ending || p->pid)
            continue;
        if (p->start_at_ms <= now)
            start(f, p);
        else if (p->start_at_ms - now < wait)
            wait = p->start_at_ms - now;
    }
    return wait;
}

int supervise(const struct child *children, int n)
{
    struct family f = { .n = n };
    assert(n <= CHILDREN_MAX);
    for (int i = 0; i < n; i++)
        f.at[i].child = &children[i];
    sigemptyset(&f.signals);
    sigaddset(&f.signals, SIGTERM);
    sigaddset(&f.signals, SIGINT);
    sigaddset(&f.signals, SIGCHLD);
    sigset_t before;
    (void)sigprocmask(SIG_BLOCK, &f.signals, &before);
    while (!f.ending || anyone_left(&f)) {
        int64_t wait_ms = tend(&f);
        const struct timespec wait = { wait_ms / 1000, wait_ms % 1000 * 1000000 };
        int got = sigtimedwait(&f.signals, NULL, &wait);
        if (got == SIGTERM || got == SIGINT)
            end_all(&f, 0);
        collect(&f);
    }
    (void)sigprocmask(SIG_SETMASK, &before, NULL);
    return f.code;
}
