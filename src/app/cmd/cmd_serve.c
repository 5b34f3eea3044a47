/*
 * cmd_serve.c - yike serve: the server and the job worker under their supervisor.
 *
 * Everything is forked before anything is opened: first a look whether the house can be opened at
 * all (so that a wrong folder is told at once and not five times), then one that waits until the
 * port answers and tells the address, then the two that are supervised.
 */

#include "app/cmd/command.h"
#include "app/demo/demo.h"
#include "app/qr.h"
#include "app/supervise.h"
#include "app/worker.h"
#include "base/log.h"
#include "http/http.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <limits.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

SQL(serve_is_demo);

enum { LOOK_DEMO = 100, TRY_MS = 50, TRIES = 600 };

struct serving {
    struct config config;
    bool          phone;
    char          address[128];    /* as a person types it */
    char          web_dir[PATH_MAX];
    const char   *public_url;      /* asked for; NULL: the address it listens on */
};

/* --- the two that are supervised --- */

static enum err child_open(const struct serving *v, const char *name, struct start *s)
{
    log_start(STDERR_FILENO, LOG_INFO, name);
    TRY(start_open(s, &v->config, START_READY));
    const char *dir = sv_fmt(&s->mem, "%s/log", v->config.data_dir).at;
    (void)mkdir(dir, 0750);
    TRY(log_dir(&s->ctx, dir, v->config.keep_logs_days));
    if (v->config.clock)
        log_line(LOG_WARN, "serve.clock", "the clock is not the machine's: %s", v->config.clock);
    return start_node(s);
}

static int child_end(struct start *s, enum err e, const char *event)
{
    if (e != ERR_NONE)
        log_fault(&s->ctx, event);
    start_close(s);
    return e == ERR_NONE ? EXIT_DONE : EXIT_FAILED;
}

static int server_run(void *arg)
{
    struct start s = { 0 };
    enum err e = child_open(arg, "server", &s);
    if (e == ERR_NONE)
        e = start_roads(&s);
    if (e != ERR_NONE)
        return child_end(&s, e, "serve.failed");
    db_close(s.ctx.db);                              /* the server opens its own */
    s.ctx.db = NULL;
    e = http_serve(&s.house);                        /* has told why */
    start_close(&s);
    return e == ERR_NONE ? EXIT_DONE : EXIT_FAILED;
}

static int worker_start(void *arg)
{
    struct start s = { 0 };
    enum err e = child_open(arg, "worker", &s);
    if (e == ERR_NONE)
        e = start_roads(&s);
    if (e != ERR_NONE)
        return child_end(&s, e, "worker.failed");
    return child_end(&s, worker_run(&s.house), "worker.failed");
}

/* --- a look before --- */

static int look(const struct serving *v)
{
    struct start s = { 0 };
    int64_t demo = 0;
    enum err e = start_open(&s, &v->config, START_READY);
    if (e == ERR_NONE)
        e = db_int(&s.ctx, &sql_serve_is_demo, NO_PARAMS, &demo);
    int code = e == ERR_NONE ? (demo ? LOOK_DEMO : EXIT_DONE) : command_failed(&s.ctx, "serve");
    start_close(&s);
    return code;
}

static int look_apart(const struct serving *v)
{
    int status = 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(look(v));
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return EXIT_FAILED;
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILED;
}

/* --- telling the address --- */

static bool port_answers(const struct config *config)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)config->port) };
    if (inet_pton(AF_INET, config->listen, &to.sin_addr) != 1 || to.sin_addr.s_addr == INADDR_ANY)
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool answers = fd >= 0 && connect(fd, (const struct sockaddr *)&to, sizeof to) == 0;
    if (fd >= 0)
        close(fd);
    return answers;
}

static void tell(const struct serving *v, bool demo)
{
    if (demo)
        demo_print_sign_ins();
    if (v->phone) {
        qr_print(stdout, v->address);
        printf("The certificate is this house's own: the phone asks once whether to trust it.\n");
    }
    printf("Yike is at %s (staff: %s/console). Ctrl+C ends it.\n", v->address, v->address);
    fflush(stdout);
}

/* Ends with its parent; if the port never answers, the supervisor's log says why. */
static void tell_apart(const struct serving *v, bool demo)
{
    pid_t parent = getpid(), pid = fork();
    if (pid != 0)
        return;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (int i = 0; i < TRIES && getppid() == parent; i++) {
        if (port_answers(&v->config)) {
            tell(v, demo);
            break;
        }
        const struct timespec wait = { 0, TRY_MS * 1000000L };
        nanosleep(&wait, NULL);
    }
    _exit(0);
}

/* --- what the options mean --- */

/* The address by which another machine of this network finds us; private ranges first. */
static void lan_address(char *ret_text, size_t room)
{
    struct ifaddrs *all = NULL;
    (void)snprintf(ret_text, room, "127.0.0.1");
    if (getifaddrs(&all) != 0)
        return;
    for (const struct ifaddrs *one = all; one; one = one->ifa_next) {
        if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET)
            continue;
        struct sockaddr_in at;
        memcpy(&at, one->ifa_addr, sizeof at);
        uint32_t n = ntohl(at.sin_addr.s_addr);
        bool home = n >> 16 == 0xC0A8 || n >> 24 == 10, docker = n >> 20 == 0xAC1;
        if (n >> 24 == 127 || docker)
            continue;
        (void)inet_ntop(AF_INET, &at.sin_addr, ret_text, (socklen_t)room);
        if (home)
            break;
    }
    freeifaddrs(all);
}

static bool folder_there(const char *path)
{
    struct stat found;
    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

/* The built faces: $YIKE_WEB, or beside the program as built or as installed. */
static void web_find(struct serving *v)
{
    static const char *const beside[] = { "../web/dist", "../share/yike/web" };
    char exe[PATH_MAX] = "";
    const char *said = getenv("YIKE_WEB");
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
    char *slash = len > 0 ? strrchr(exe, '/') : NULL;
    if (slash)
        *slash = 0;
    if (said) {
        v->config.web_dir = said;
        return;
    }
    for (size_t i = 0; slash && i < sizeof beside / sizeof *beside; i++) {
        int n = snprintf(v->web_dir, sizeof v->web_dir, "%s/%s", exe, beside[i]);
        if (n > 0 && n < (int)sizeof v->web_dir && folder_there(v->web_dir)) {
            v->config.web_dir = v->web_dir;
            return;
        }
    }
}

static void address_make(struct serving *v)
{
    char host[INET_ADDRSTRLEN + 1];
    bool every = strcmp(v->config.listen, "0.0.0.0") == 0;
    if (every)
        lan_address(host, sizeof host);
    (void)snprintf(v->address, sizeof v->address, "%s://%s:%d", v->config.tls ? "https" : "http",
                   every ? host : v->config.listen, v->config.port);
    v->config.public_url = v->public_url ? v->public_url : v->address;
}

static bool options_mean(struct serving *v, const char *port)
{
    int64_t n;
    if (!sv_int(sv_of(port), 1, 65535, &n)) {
        fprintf(stderr, "yike serve: --port is a number from 1 to 65535\n");
        return false;
    }
    v->config.port = (int)n;
    v->config.tls = v->phone;
    if (v->phone)
        v->config.listen = "0.0.0.0";
    web_find(v);
    address_make(v);
    return true;
}

int serve_command(int argc, char **argv)
{
    static struct serving v;
    const char *port = "8080";
    bool help;
    const struct command *k = command_named("serve");
    v.config = config_default();
    const struct option_row rows[] = {
        { "port", &port, NULL },
        { "public-url", &v.public_url, NULL },
        { "listen", &v.config.listen, NULL },
        { "phone", NULL, &v.phone },
        { "clock", &v.config.clock, NULL },
        { "data", &v.config.data_dir, NULL },
        { "db", &v.config.database, NULL },
        { 0 },
    };
    if (!options_read(k, argc, argv, rows, NULL, 0, &help))
        return EXIT_USAGE;
    if (help)
        return EXIT_DONE;
    if (!options_mean(&v, port))
        return EXIT_USAGE;
    int found = look_apart(&v);
    if (found != EXIT_DONE && found != LOOK_DEMO)
        return EXIT_FAILED;
    tell_apart(&v, found == LOOK_DEMO);
    const struct child children[] = { { "yike-server", server_run, &v },
                                      { "yike-worker", worker_start, &v } };
    log_start(STDERR_FILENO, LOG_WARN, "supervisor");
    return supervise(children, 2) == 0 ? EXIT_DONE : EXIT_FAILED;
}
