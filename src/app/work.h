/* work.h - what some commands do once the house is open; for their tests. */
#ifndef APP_WORK_H
#define APP_WORK_H

#include "app/start.h"
#include "store/backup.h"

#include <stdio.h>

/* Every check, a line each on `out`; *ret_findings how many things are wrong. */
struct check_run { FILE *out; int64_t checks, findings; };
MUST enum err check_work(struct start *s, void *check_run);

/* An entity's rows as CSV, masked, noted in the access log with c->reason. */
MUST enum err export_rows(struct ctx *c, const char *entity, FILE *out, int64_t *ret_rows);

/* Database, attachments and road file into one tar file, and back into an empty place. */
MUST enum err backup_make(struct start *s, const char *path, struct backup_facts *ret_facts);
MUST enum err backup_restore(struct start *s, const char *path, struct backup_facts *ret_facts);

#endif
