/*
 * log.h - structured log: one JSON object a line, without personal data.
 *
 * Lower case, no full stop, what could not be done and why; ids, never names or addresses.
 * Lines of the process go to one descriptor; a line is written whole (one write).
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/ctx.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Where lines go and from which level on; called once, at start. fd 2 by default. */
void log_start(int fd, enum log_level least, const char *process);

/* Opens (and each local day re-opens) DIR/yike-YYYY-MM-DD.log; files older than keep_days end. */
MUST enum err log_dir(struct ctx *c, const char *dir, int keep_days);

#define log_line(level, event, ...) log_line_at((level), (event), __VA_ARGS__)
void log_line_at(enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The first cause of a failed call, with its place in the code and request id. */
void log_fault(const struct ctx *c, const char *event);

#endif
