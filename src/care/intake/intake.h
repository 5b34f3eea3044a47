/*
 * intake.h - taking lists in: a workbook's columns matched to an entity's fields, looked at row by
 * row, confirmed, and taken back whole.
 *
 * A file becomes a batch: uploaded, its columns mapped (guessed, remembered by source), checked by
 * a job that counts what would happen, confirmed by a person, stored by a job, and, if wanted,
 * undone. The file itself is kept sealed. Rows are told apart by the rule's key (found by its blind
 * index) or, where it is missing, by points for what agrees; a row in doubt waits for a decision.
 * Nothing is guessed about a value: what cannot be read for certain is an error that says the fix.
 * Whoever confirms needs the right to create and change the entity; each row must lie in her scope.
 */
#ifndef CARE_INTAKE_H
#define CARE_INTAKE_H

#include "care/organisation/organisation.h"
#include "model/who/account.h"
#include "model/house.h"
#include "sheet/sheet.h"

enum { INTAKE_ROWS_MAX = 200000, INTAKE_HEAD_ROWS = 30, INTAKE_POINTS_DOUBT = 60 };

/* --- what lists call our fields: data --- */

struct import_word { const char *field, *words, *example; };     /* words with blanks between */
struct import_match { const char *field; int points; };
struct import_choice { const char *field, *word, *key; };

struct import_rule {
    const struct entity *entity;
    const struct import_word *words;         /* ends with { 0 } */
    const char          *key;                /* equal: the same row; NULL: only by points */
    struct import_match  match[6];           /* the first must agree; 60 points are a doubt */
    const char          *remarks, *phone;    /* telephones found in the one may fill the other */
    bool                 goes_out;           /* guessing: fields that a list shows, not takes */
};
/* The entities that lists are taken in for; ends with { 0 }. */
extern const struct import_rule import_rules[];
extern const struct import_choice import_choices[];              /* ends with { 0 } */
const struct import_rule *import_rule_of(struct sv entity);      /* or NULL */

/* --- rows --- */

struct import_source_id { int64_t n; };
struct import_source {
    struct import_source_id id;
    struct row              row;
    struct sv               name, entity;
    struct organisation_id  org;
    struct text             mapping;         /* by heads: [{"head":"姓名","field":"name"}] */
    struct moment           used_at;
};
extern const struct field  import_source_fields[];
extern const struct entity import_source_entity;

enum batch_state {
    BATCH_UPLOADED, BATCH_CHECKING, BATCH_CHECKED, BATCH_RUNNING, BATCH_DONE, BATCH_STOPPED,
    BATCH_UNDOING, BATCH_UNDONE, BATCH_CANCELLED, BATCH_FAILED
};
extern const struct choice batch_states[];

struct import_counts {                       /* of rows */
    int64_t rows_n, new_n, changed_n, same_n, doubt_n, wrong_n, outside_n, hint_n;
};

struct import_batch_id { int64_t n; };
struct import_batch {
    struct import_batch_id  id;
    struct row              row;
    struct sv               entity, file_name;
    struct import_source_id source;
    struct account_id       account;
    struct organisation_id  org;
    int                     state;
    int64_t                 size;
    struct sv               file_hash;       /* SHA-256 of what was uploaded */
    int64_t                 sheet;           /* from 1 */
    int64_t                 header_row, header_rows;
    struct text             mapping;         /* [{"column":0,"head":"姓名","field":"name"}] */
    bool                    take_phones;     /* those found in remarks fill empty telephones */
    struct import_counts    counts;
    int64_t                 added_n, updated_n, undone_n, kept_n;
    struct sv               trouble;         /* the sentence of what went wrong as a whole */
    struct sv               sealed_hash, returned_hash;
    struct text             ran_as;          /* rights of who confirmed */
    int64_t                 job;
};
extern const struct field  import_batch_fields[];
extern const struct entity import_batch_entity;

enum verdict { VERDICT_NEW, VERDICT_CHANGED, VERDICT_SAME, VERDICT_DOUBT, VERDICT_WRONG,
               VERDICT_OUTSIDE };
extern const struct choice verdicts[];
enum line_state { LINE_OPEN, LINE_SAME, LINE_APART, LINE_SKIPPED, LINE_APPLIED, LINE_UNDONE,
                  LINE_KEPT };
extern const struct choice line_states[];

/* A row of the file that something is said about, or that was stored. */
struct import_line_id { int64_t n; };
struct import_line {
    struct import_line_id  id;
    struct row             row;
    struct import_batch_id batch;
    int64_t                line;             /* as the person sees it */
    int                    verdict, state;
    struct sv              faults;           /* sentences */
    int64_t                row_id;           /* stored, or the candidate of a doubt; 0: none */
    int64_t                points;
    int64_t                row_version;      /* as the batch left it */
    struct text            was;              /* SECRET: earlier values of what it changed */
};
extern const struct field  import_line_fields[];
extern const struct entity import_line_entity;
extern const struct module intake_module;

/* What the step "map" takes: the sheet and its header (from 1), the columns as in .mapping. */
struct intake_map {
    int64_t     sheet, header_row, header_rows;
    struct text mapping;
    bool        take_phones;
    struct sv   source;                      /* remembered under this name; "" not */
};

/* --- the work, for jobs and commands --- */

/* Keeps a file as a batch with a guessed mapping; `source` and `name` may be "". */
struct intake_new { struct sv entity, file_name, source; };
MUST enum err intake_upload(struct ctx *c, const struct intake_new *n, struct sv bytes,
                            struct import_batch *ret_batch);

/*
 * Each goes on where it was stopped, and ends quietly when somebody has stopped the batch.
 * `j` NULL: from a command, without progress. They open their own transactions.
 */
MUST enum err intake_check(struct ctx *c, int64_t batch, const struct job *j);
MUST enum err intake_confirm(struct ctx *c, int64_t batch, const struct job *j);
MUST enum err intake_undo(struct ctx *c, int64_t batch, const struct job *j);

/* The checked file with what is wrong marked in it; "" when nothing was. */
MUST enum err intake_returned(struct ctx *c, const struct import_batch *b, struct sv *ret_bytes);

#endif
