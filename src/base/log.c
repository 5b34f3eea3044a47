/*
 * log.c - lines to one descriptor.
 *
 * Where lines go is the one thing in the house that stays global: a line must be writable from
 * anywhere, also where no ctx is at hand, and it changes only at start and at midnight, under
 * the lock.
 */

#include "base/log.h"

#include "base/json.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_MAX = 2000, PATH_LENGTH_MAX = 1000 };

static struct {
    pthread_mutex_t lock;
    int             fd;
    enum log_level  least;
    char            process[32];
    char            dir[PATH_LENGTH_MAX];    /* "": lines go to fd as it was given */
    struct day      day;                     /* of the open file */
    int             keep_days;
} sink = { .lock = PTHREAD_MUTEX_INITIALIZER, .fd = 2, .least = LOG_INFO, .process = "yike" };

static const char *const level_names[] = { "debug", "info", "warn", "error" };

void log_start(int fd, enum log_level least, const char *process)
{
    pthread_mutex_lock(&sink.lock);
    sink.fd = fd;
    sink.least = least;
    sink.dir[0] = '\0';
    snprintf(sink.process, sizeof sink.process, "%s", process);
    pthread_mutex_unlock(&sink.lock);
}

/* --- files by day --- */

/* yike-2026-11-21.log: its day, false for any other name. */
static bool file_day(const char *name, struct day *ret_day)
{
    struct sv s = sv_of(name);
    if (!sv_starts(s, SV("yike-")) || !sv_ends(s, SV(".log")) || s.len != 19)
        return false;
    return sv_day(sv_head(sv_from(s, 5), 10), ret_day);
}

static void remove_old(struct day today)
{
    DIR *dir = opendir(sink.dir);
    if (!dir)
        return;
    struct day day;
    for (struct dirent *file; (file = readdir(dir));)
        if (file_day(file->d_name, &day) && day.n < today.n - sink.keep_days)
            unlinkat(dirfd(dir), file->d_name, 0);
    closedir(dir);
}

/* Opens the file of `today` and makes it the one lines go to; -1 leaves all as it was. */
static int open_day(struct day today)
{
    struct arena mem = { 0 };
    struct buf path = buf_new(&mem, PATH_LENGTH_MAX);
    buf_text(&path, sink.dir);
    buf_text(&path, "/yike-");
    buf_day(&path, today);
    buf_text(&path, ".log");
    int fd = open(buf_cstr(&path), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    arena_free(&mem);
    if (fd < 0)
        return -1;
    if (sink.fd > 2)
        close(sink.fd);
    sink.fd = fd;
    sink.day = today;
    remove_old(today);
    return fd;
}

enum err log_dir(struct ctx *c, const char *dir, int keep_days)
{
    if (strlen(dir) >= PATH_LENGTH_MAX)
        return fail(c, ERR_INVALID, "log.directory", "the log folder's path is too long");
    pthread_mutex_lock(&sink.lock);
    snprintf(sink.dir, sizeof sink.dir, "%s", dir);
    sink.keep_days = keep_days;
    bool opened = open_day(day_of(moment_real())) >= 0;
    int cause = errno;
    if (!opened)
        sink.dir[0] = '\0';
    pthread_mutex_unlock(&sink.lock);

    if (!opened)
        return fail(c, ERR_BROKEN, "log.directory", "could not open a log in %s: %s", dir,
                    strerror(cause));
    return ERR_NONE;
}

/* --- lines --- */

static void write_line(struct sv line, struct moment now)
{
    pthread_mutex_lock(&sink.lock);
    if (sink.dir[0] && sink.day.n != day_of(now).n)
        open_day(day_of(now));                   /* if not, yesterday's file goes on */
    ssize_t written = write(sink.fd, line.at, line.len);
    if (written != (ssize_t)line.len && sink.fd != 2)
        written = write(2, line.at, line.len);   /* a full disk must not silence us */
    pthread_mutex_unlock(&sink.lock);
    (void)written;
}

static void begin_line(struct json *j, enum log_level level, const char *event, struct moment now)
{
    json_object(j, NULL);
    json_moment(j, "at", now);
    json_text(j, "level", sv_of(level_names[level]));
    json_text(j, "process", sv_of(sink.process));
    json_int(j, "pid", getpid());
    json_text(j, "event", sv_of(event));
}

void log_line_at(enum log_level level, const char *event, const char *format, ...)
{
    if (level < sink.least)
        return;
    char text[TEXT_MAX];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);

    struct arena mem = { 0 };
    struct buf line = buf_new(&mem, 512);
    struct json j = json_new(&line);
    struct moment now = moment_real();
    begin_line(&j, level, event, now);
    if (text[0])
        json_text(&j, "text", sv_of(text));
    json_end(&j, '}');
    buf_byte(&line, '\n');
    write_line(buf_sv(&line), now);
    arena_free(&mem);
}

void log_fault(const struct ctx *c, const char *event)
{
    const struct fault *f = &c->fault;
    enum log_level level = f->kind == ERR_BROKEN ? LOG_ERROR
                           : f->kind == ERR_BUSY ? LOG_WARN
                                                 : LOG_INFO;
    if (level < sink.least || f->kind == ERR_NONE)
        return;
    struct arena mem = { 0 };
    struct buf line = buf_new(&mem, 512);
    struct json j = json_new(&line);
    struct moment now = moment_real();
    begin_line(&j, level, event, now);
    json_text(&j, "kind", sv_of(err_name(f->kind)));
    json_text(&j, "key", sv_of(f->key));
    json_text(&j, "text", f->log);
    json_text(&j, "file", sv_of(f->file));
    json_int(&j, "line", f->line);
    if (c->request_id.len)
        json_text(&j, "request", c->request_id);
    json_array(&j, "fields");
    for (size_t i = 0; i < f->fields_n; i++)
        json_text(&j, NULL, f->fields[i].field);         /* names of fields, never values */
    json_end(&j, ']');
    json_end(&j, '}');
    buf_byte(&line, '\n');
    write_line(buf_sv(&line), now);
    arena_free(&mem);
}
