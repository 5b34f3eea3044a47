/*
 * world_place.c - folders in memory, databases on the tests' PostgreSQL, and their end.
 *
 * A watcher process ends the server and removes the files when this process ends, however it
 * ends: it waits on a pipe that nobody ever writes to.
 */

#include "world_place.h"
#include "test.h"
#include "world_reuse.h"

#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PG_BIN "/usr/lib/postgresql/15/bin/"

enum {
    TEMPLATES_MAX = 32,
    MADE_MAX = 16,
    SPARE_MAX = 8,
    USES_MAX = 60,                       /* what was deleted stays in a database's files */
    START_MAX_S = 90,
    PATH_ROOM = 200
};

struct database { char name[64], template[64]; int uses; };

static struct {
    char    base[PATH_ROOM];             /* /dev/shm/yike-unit-PID */
    pid_t   owner;                       /* this process: a forked child must not clean up */
    int     alive;                       /* the pipe's end that closes when this process ends */
    int     folders, databases;          /* made so far */
    int     folders_n;                   /* of the running test */
    char    templates[TEMPLATES_MAX][2][64];
    int     templates_n[2];
    struct database made[MADE_MAX];      /* of the running test */
    int     made_n;
    struct database spare[SPARE_MAX];    /* as their templates, for tests to come */
    int     spare_n;
    char    admin[PATH_ROOM];            /* URL of the server; "" not known yet */
    PGconn *link;
} place;

/* --- a fresh folder, and the watcher --- */

static void run_and_wait(const char *const *command, bool as_postgres)
{
    pid_t child = fork();
    if (child == 0) {
        const struct passwd *who = as_postgres && geteuid() == 0 ? getpwnam("postgres") : NULL;
        if (who &&
            (initgroups(who->pw_name, who->pw_gid) || setgid(who->pw_gid) || setuid(who->pw_uid)))
            _exit(126);
        execv(command[0], (char *const *)command);
        _exit(127);
    }
    int status;
    waitpid(child, &status, 0);
}

static void quiet(void)
{
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; fd++)
        dup2(null, fd);
}

static void end_server(void)
{
    char path[PATH_ROOM + 32];
    snprintf(path, sizeof path, "%s/pg/data/postmaster.pid", place.base);
    FILE *f = fopen(path, "re");
    int pid = 0;
    if (f && fscanf(f, "%d", &pid) == 1 && pid > 1)
        kill(pid, SIGQUIT);
    if (f)
        fclose(f);
    for (int i = 0; pid > 1 && kill(pid, 0) == 0 && i < 100; i++)
        usleep(20000);
}

static void watch(int pipe_end)
{
    setsid();
    quiet();
    char byte;
    while (read(pipe_end, &byte, 1) > 0)
        ;
    end_server();
    run_and_wait((const char *const[]){ "/bin/rm", "-rf", place.base, NULL }, false);
    _exit(0);
}

static const char *base(void)
{
    if (place.base[0])
        return place.base;
    snprintf(place.base, sizeof place.base, "%s/yike-unit-%d",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (int)getpid());
    place.owner = getpid();
    int ends[2];
    if (mkdir(place.base, 0755) != 0 || pipe2(ends, O_CLOEXEC) != 0)
        test_fail(__FILE__, __LINE__, "could not make %s", place.base);
    pid_t watcher = fork();
    if (watcher == 0) {
        close(ends[1]);
        watch(ends[0]);
    }
    close(ends[0]);
    place.alive = ends[1];
    return place.base;
}

const char *place_folder(void)
{
    struct sv path = sv_fmt(test_mem(), "%s/%d", base(), ++place.folders);
    place.folders_n++;
    if (mkdir(path.at, 0700) != 0)
        test_fail(__FILE__, __LINE__, "could not make %s", path.at);
    return path.at;
}

static void copy_file(const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (in < 0 || out < 0)
        test_fail(__FILE__, __LINE__, "could not copy %s", from);
    char block[65536];
    for (ssize_t n; (n = read(in, block, sizeof block)) > 0;)
        if (write(out, block, (size_t)n) != n)
            test_fail(__FILE__, __LINE__, "could not copy %s", from);
    close(in);
    close(out);
}

/* --- the server --- */

static void server_start(void)
{
    const char *data = sv_fmt(test_mem(), "%s/pg/data", base()).at;
    const char *home = sv_fmt(test_mem(), "%s/pg", base()).at;
    const char *sockets = sv_fmt(test_mem(), "unix_socket_directories=%s", home).at;
    const struct passwd *who = getpwnam("postgres");
    if (mkdir(home, 0755) != 0 ||
        (geteuid() == 0 && who && chown(home, who->pw_uid, who->pw_gid) != 0))
        test_fail(__FILE__, __LINE__, "could not make %s", home);
    const char *const init[] = {
        PG_BIN "initdb", "-N",         "-A", "trust", "-U", "postgres", "-E",
        "UTF8",          "--locale=C", "-D", data,    NULL
    };
    const char *const serve[] = { PG_BIN "postgres", "-F", "-D", data, "-c", sockets,
                                  "-c", "listen_addresses=", "-c", "full_page_writes=off",
                                  "-c", "synchronous_commit=off", "-c", "autovacuum=off",
                                  "-c", "max_connections=100", "-c", "shared_buffers=64MB",
                                  "-c", "log_min_messages=fatal", "-c", "jit=off", NULL };
    if (fork() == 0) {                   /* its end is the watcher's business */
        close(place.alive);
        setsid();
        quiet();
        run_and_wait(init, true);
        run_and_wait(serve, true);
        _exit(0);
    }
    snprintf(place.admin, sizeof place.admin, "postgresql:///postgres?host=%s&user=postgres", home);
    for (int i = 0; i < START_MAX_S * 20 && PQping(place.admin) != PQPING_OK; i++)
        usleep(50000);
}

static void forget_databases(void);

static PGconn *admin(void)
{
    if (place.link)
        return place.link;
    base();
    const char *url = getenv("YIKE_TEST_PG");
    if (url && *url)
        snprintf(place.admin, sizeof place.admin, "%s", url);
    else
        server_start();
    place.link = PQconnectdb(place.admin);
    if (PQstatus(place.link) != CONNECTION_OK)
        test_fail(__FILE__, __LINE__, "no PostgreSQL for the tests: %s",
                  PQerrorMessage(place.link));
    atexit(forget_databases);
    return place.link;
}

static void admin_run(struct sv text)
{
    PGresult *r = PQexec(admin(), text.at);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK;
    PQclear(r);
    if (!good)
        test_fail(__FILE__, __LINE__, "%s", PQerrorMessage(place.link));
}

/* The server's URL with another database in it. */
static const char *url_of(const char *database)
{
    struct sv url = sv_of(place.admin), query = SV("");
    ptrdiff_t mark = sv_find_byte(url, '?');
    if (mark >= 0) {
        query = sv_from(url, (size_t)mark);
        url = sv_head(url, (size_t)mark);
    }
    size_t host = (size_t)sv_find(url, SV("://")) + 3;
    ptrdiff_t slash = sv_find_byte(sv_from(url, host), '/');
    if (slash >= 0)
        url = sv_head(url, host + (size_t)slash);
    return sv_fmt(test_mem(), "%.*s/%s%.*s", SV_ARG(url), database, SV_ARG(query)).at;
}

static void drop(const char *database)
{
    admin_run(sv_fmt(test_mem(), "DROP DATABASE IF EXISTS %s WITH (FORCE)", database));
}

static void forget_databases(void)
{
    if (getpid() != place.owner)
        return;
    while (place.spare_n > 0)
        drop(place.spare[--place.spare_n].name);
    for (int i = 0; i < place.templates_n[1]; i++)
        drop(place.templates[i][1]);
    PQfinish(place.link);
}

/* --- what world.c asks --- */

static const char *template_name(const char *name)
{
    return sv_fmt(test_mem(), "yike_%d_%s", (int)getpid(), name).at;
}

static bool take_spare(const char *template, struct database *d)
{
    for (int i = 0; i < place.spare_n; i++)
        if (strcmp(place.spare[i].template, template) == 0) {
            *d = place.spare[i];
            place.spare[i] = place.spare[--place.spare_n];
            return true;
        }
    return false;
}

static const char *fresh_database(const char *template)
{
    admin();
    if (place.made_n == MADE_MAX)
        test_fail(__FILE__, __LINE__, "a test has at most %d databases", MADE_MAX);
    struct database *d = &place.made[place.made_n++];
    if (template && take_spare(template, d))
        return url_of(d->name);
    *d = (struct database){ 0 };
    snprintf(d->name, sizeof d->name, "yike_%d_%d", (int)getpid(), ++place.databases);
    snprintf(d->template, sizeof d->template, "%s", template ? template : "");
    admin_run(sv_fmt(test_mem(), "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", d->name,
                     template ? template_name(template) : "template0"));
    if (template)
        reuse_note(template, url_of(d->name));
    return url_of(d->name);
}

/* Kept for a test to come when it can be as its template again, else dropped. */
static void end_database(struct database *d)
{
    if (!d->template[0] || ++d->uses == USES_MAX || !reuse_clean(d->template, url_of(d->name))) {
        drop(d->name);
        return;
    }
    if (place.spare_n == SPARE_MAX) {    /* the oldest: its template's tests may be over */
        drop(place.spare[0].name);
        place.spare_n--;
        memmove(place.spare, place.spare + 1, (size_t)place.spare_n * sizeof place.spare[0]);
    }
    place.spare[place.spare_n++] = *d;
}

const char *place_fresh(bool postgres, const char *template)
{
    if (postgres)
        return fresh_database(template);
    const char *folder = place_folder();
    if (template)
        copy_file(sv_fmt(test_mem(), "%s/%s/yike.db", base(), template).at,
                  sv_fmt(test_mem(), "%s/yike.db", folder).at);
    return folder;
}

const char *place_template(bool postgres, const char *name)
{
    int *n = &place.templates_n[postgres];
    const char *full = postgres ? template_name(name) : name;
    for (int i = 0; i < *n; i++)
        if (strcmp(place.templates[i][postgres], full) == 0)
            return NULL;
    if (*n == TEMPLATES_MAX)
        test_fail(__FILE__, __LINE__, "a run has at most %d templates", TEMPLATES_MAX);
    snprintf(place.templates[(*n)++][postgres], sizeof place.templates[0][0], "%s", full);
    if (postgres) {
        admin();
        admin_run(sv_fmt(test_mem(), "CREATE DATABASE %s TEMPLATE template0", full));
        return url_of(full);
    }
    struct sv path = sv_fmt(test_mem(), "%s/%s", base(), name);
    mkdir(path.at, 0700);
    return path.at;
}

static int remove_one(const char *path, const struct stat *at, int type, struct FTW *where)
{
    (void)at, (void)type, (void)where;
    return remove(path);
}

void place_end(void)
{
    for (; place.folders_n > 0; place.folders_n--) {
        struct sv path =
            sv_fmt(test_mem(), "%s/%d", place.base, place.folders - place.folders_n + 1);
        nftw(path.at, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    }
    while (place.made_n > 0)
        end_database(&place.made[--place.made_n]);
}
