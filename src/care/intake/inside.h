/* inside.h - what the folder's own files share; no other folder includes it. */
#ifndef CARE_INTAKE_INSIDE_H
#define CARE_INTAKE_INSIDE_H

#include "care/intake/read/read.h"
#include "model/history/history.h"
#include "model/row/many.h"
#include "sheet/out.h"

#include <assert.h>
#include <string.h>

/* --- one pass over a file --- */

enum { HEADS_KEPT = 6 };

struct pass {
    struct ctx               *c;             /* memory of the whole pass */
    struct ctx                w;             /* memory of some rows; the caller of c */
    const struct entity      *e;
    const struct import_rule *rule;
    struct import_batch      *batch;
    struct import_map         map;
    struct sheet_book        *book;
    struct sheet_rows        *rows;
    bool                      opened;
    struct table64            seen;          /* key → line */
    struct table64            links;         /* field and text → id; -1 none, -2 many */
    struct table64            lines;         /* line → 1 + state, of lines that are there */
    struct table64            candidates;    /* line → id */
    bool                     *given;         /* of each mapped column: the row says something */
    struct field_fault        noted[FIELD_FAULTS_MAX];
    size_t                    noted_n;
    struct sheet_row          heads[HEADS_KEPT];      /* above the data, the last of them */
    size_t                    heads_n;
    int64_t                   month_only;    /* the birthday had no day: its month as a day */
};

MUST enum err pass_open(struct ctx *c, struct import_batch *b, struct pass *ret_pass);
/* The next row of data; repeated heads, sums, signatures and remarks are passed over. */
bool pass_next(struct pass *p, struct sheet_row *ret_row);
MUST enum err pass_end(struct pass *p);
void pass_forget(struct pass *p);            /* memory of the rows so far */

/* A row as it would be stored. */
struct judged {
    enum verdict        verdict;
    void               *row, *before;        /* of the entity; before NULL: new */
    int64_t             existing;            /* the row it is, or may be; 0 none */
    int                 points;
    bool                keyed;               /* it says its key: found by that alone */
    struct field_fault *faults;
    size_t              faults_n;
    const struct field *hint;                /* remarks that hold a telephone */
    struct sv           hint_phone;
};
MUST enum err judge(struct pass *p, const struct sheet_row *row, struct judged *ret);
/* The column a fault is about, -1 when none. */
int64_t fault_column(const struct pass *p, const struct field_fault *f);
/* "证件号码：校验位不对；出生日期：…" */
struct sv faults_text(struct pass *p, const struct judged *j);

/* --- check.c --- */

enum { LINES_KEPT_MAX = 20000 };             /* of rows that are not stored, a batch */
/* The line of a row that is not to be stored; false for others. */
bool line_said(struct pass *p, const struct sheet_row *row, const struct judged *j,
               struct import_line *ret_line);

/* --- kept.c --- */

MUST enum err kept_put(struct ctx *c, int64_t batch, const char *what, struct sv bytes,
                       struct sv *ret_hash);
MUST enum err kept_get(struct ctx *c, int64_t batch, const char *what, struct sv hash,
                       struct sv *ret_bytes);
MUST enum err file_whole(struct ctx *c, const char *path, struct sv *ret_bytes);

/* --- acting.c: in the name of who asked --- */

struct sv acting_json(struct ctx *c);
MUST enum err acting_read(struct ctx *c, struct sv json, const struct who **ret_who);

/* --- came.c --- */

/* The list and line by which a row came. */
MUST enum err intake_came(struct ctx *c, const struct entity *e, int64_t id,
                          struct history *ret_line, bool *ret_found);

/* --- upload.c --- */

/* All of intake_upload() but the row: the slow part, with a connection that only reads. */
MUST enum err batch_prepare(struct ctx *c, const struct intake_new *n, struct sv bytes,
                            struct import_batch *ret_batch);

/* Where the header of a guess stands, as the sheet numbers its rows. */
void guess_place(const struct head_rows *h, const struct guess *g, struct import_batch *b);

/* --- steps.c --- */

extern const struct field map_fields[];
extern const struct step  batch_steps[];
struct finish { struct import_counts counts; struct sv returned_hash, trouble;
                int64_t added_n, updated_n, undone_n, kept_n; };
/* An automatic step of a batch, in a transaction; quiet when somebody else moved it meanwhile. */
MUST enum err batch_step(struct ctx *c, int64_t batch, const char *action,
                         const struct finish *f);
MUST enum err batch_load(struct ctx *c, int64_t id, struct import_batch *ret_batch);
/* ERR_CONFLICT "intake.stopped" unless the batch is in that state. */
MUST enum err batch_must_be(struct ctx *c, int64_t id, enum batch_state state);

extern const struct message  intake_messages[];

/* --- returned.c: the file with what is wrong marked --- */

struct returned { struct sheet_out *out; const char *path; bool worth; };
MUST enum err returned_open(struct pass *p, struct returned *r);
void returned_row(struct pass *p, struct returned *r, const struct sheet_row *row,
                  const struct judged *j);
/* Keeps it when it is worth it: *ret_hash "" otherwise. */
MUST enum err returned_close(struct pass *p, struct returned *r, struct sv *ret_hash);

/* --- template.c --- */

MUST enum err template_make(struct ctx *c, const struct import_rule *r, struct sv *ret_bytes);

#endif
