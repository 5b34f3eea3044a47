/*
 * export.h - what leaves the house as a file: lists, filled forms, papers to print.
 *
 * Every file is a row (export_batch): who took what out, by which conditions, why, how many rows,
 * until when it can be fetched. The file is made by the job worker on behalf of who asked, with
 * what she may see then, masked as her screens are; it is hers alone, lies under DATA/exports and
 * is removed when it expires. The access log says it too.
 */
#ifndef CARE_EXPORT_H
#define CARE_EXPORT_H

#include "http/http.h"
#include "model/who/account.h"
#include "model/entity.h"

enum { EXPORT_ROWS_MAX = 3000000, EXPORT_SHEET_ROWS = 1000000, EXPORT_COLUMNS_MAX = 60,
       EXPORT_DAYS = 7, EXPORT_PAPER_ROWS_MAX = 5000,
       EXPORT_TRIES_MAX = 5 };  /* as the job table's own */

enum export_kind { EXPORT_LIST, EXPORT_FORM, EXPORT_PRINT };
enum export_format { EXPORT_XLSX, EXPORT_CSV, EXPORT_PDF };
enum export_state { EXPORT_WAITING, EXPORT_DONE, EXPORT_FAILED, EXPORT_EXPIRED };
extern const struct choice export_kinds[], export_formats[], export_states[];

struct export_batch_id { int64_t n; };

struct export_batch {
    struct export_batch_id id;
    struct row  row;
    struct sv   number;               /* on the file itself: "20261122-483920" */
    struct account_id account;        /* who asked … */
    int         role;                 /* … as what */
    int         kind, format, state;
    struct sv   entity;               /* of the rows, or "" */
    struct sv   title;                /* of the file: 老年人, 服务确认单 … */
    struct sv   filter;               /* the list's query string; EXPORT_PRINT, FORM: JSON */
    struct sv   words;                /* the same as the screen said it */
    struct sv   columns;              /* names by comma; "" the list's own */
    struct sv   reason;
    struct opt_int rows_n;
    int64_t     size;                 /* bytes of the file */
    int64_t     job;
    struct sv   fault;                /* message key of EXPORT_FAILED */
    struct moment made_at, expires_at;
};
extern const struct field  export_batch_fields[];
extern const struct entity export_batch_entity;
extern const struct module export_module;

/*
 * Notes the batch (account, role, number, expiry filled in here), the access log, and puts the
 * job of `kind` in ("export.list", …). Needs c->who; `b->reason` must be there.
 */
MUST enum err export_begin(struct ctx *c, struct export_batch *b, const char *kind);

/* DATA/exports/<id>.<ending> */
const char *export_path(struct arena *mem, const struct config *k,
                        const struct export_batch *b);

/* Where its try makes it, until it is whole and gets that name. */
const char *export_try_path(struct arena *mem, const char *path, int64_t tries);
/* Removes what the tries before this one left half made, when their worker was stopped. */
void export_tries_remove(struct arena *mem, const char *path, int64_t before);

/* What one maker is given: `c` reads only, as who asked; its memory may be reset between rows. */
struct export_work {
    const struct export_batch *batch;
    const char       *path;            /* where the file must be when it returns */
    struct ctx       *job_ctx;         /* of the job: for progress, never reset */
    const struct job *job;
    int64_t           rows;            /* out: how many went out */
};
/* Every some thousand rows; fails when somebody has called it off. */
MUST enum err export_progress(struct export_work *w, int64_t done);

/*
 * The frame of every such job: loads the batch the job's input names, becomes who asked, opens a
 * reading connection in one snapshot, makes, and notes how it ended. A maker's failure that would
 * not go away is the batch's; BUSY and the like are tried again.
 */
MUST enum err export_job(struct ctx *c, const struct job *j,
                         enum err (*make)(struct ctx *c, struct export_work *w));

/* list.c: job "export.list" */
enum err export_list_job(struct ctx *c, const struct job *j);

/*
 * Before it is begun: entity, columns and conditions can be read, and the caller may read such
 * rows. *ret_total: how many there are; 10,001 means more.
 */
MUST enum err export_list_check(struct ctx *c, const struct export_batch *b, int64_t *ret_total);

/* A line for head or foot: 导出 20261122-483920 · 王敏（街道养老专干）· 2026-11-22 10:30 · reason */
struct sv export_mark(struct ctx *c, const struct export_batch *b);

/* page.c */
extern const struct endpoint export_endpoints[];

#endif
