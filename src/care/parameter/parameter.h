/*
 * parameter.h - policy parameters: every threshold that a document may change, with date and
 * source.
 *
 * Asked by name, place and day: the nearest enclosing division wins, there the latest that is
 * valid on that day. Scope 0 asks for the house as a whole: what the division in which all others
 * lie has set (its officers rule the house), else what holds everywhere. A name that no row
 * answers for takes the default its module declares (struct parameter_default); asking for a name
 * nobody declares is our mistake (ERR_BROKEN). Rows made from defaults are 待核 (unchecked) until
 * somebody has compared them with the document.
 *
 * A name's versions at one place (the row's scope) follow each other: they never overlap, and a gap
 * between two is there only when the later one says why. A new version ends an open one the day
 * before it begins. A value that has begun to hold is never edited: it is corrected, which ends the
 * row (it stays readable) and makes one that names it and the reason. docs/decisions/0034.
 */
#ifndef CARE_PARAMETER_H
#define CARE_PARAMETER_H

#include "care/division/division.h"
#include "http/http.h"
#include "model/who/account.h"

enum parameter_status { PARAMETER_UNCHECKED, PARAMETER_CHECKED };
extern const struct choice parameter_statuses[];

struct parameter_id { int64_t n; };

struct parameter {
    struct parameter_id id;
    struct row         row;
    struct sv          name;           /* "order.cancel_free_hours" */
    struct sv          value;
    struct sv          unit;           /* hour, day, fen, % … */
    struct division_id division;       /* 0: everywhere */
    struct day         valid_from, valid_to;
    struct sv          source;         /* the document's title */
    struct sv          document_no;    /* 文号: 民发〔2021〕51号 */
    struct sv          article;        /* 第三条第二款 */
    int                status;
    struct account_id  checked_by;     /* who compared it with the document */
    struct moment      checked_at;
    struct account_id  entered_by;     /* none: the house itself */
    struct parameter_id replaces;      /* the version that this one corrects */
    struct sv          reason;         /* of a correction, or of a beginning in the past */
    struct sv          gap_reason;     /* why no version holds in the days before this one */
};

extern const struct field  parameter_fields[];
extern const struct entity parameter_entity;
extern const struct module parameter_module;

/* The value as text; lives in c->mem. */
MUST enum err parameter_text(struct ctx *c, const char *name, int64_t scope, struct day day,
                             struct sv *ret_value);
/* ERR_BROKEN "parameter.form" when the stored value is no integer. */
MUST enum err parameter_int(struct ctx *c, const char *name, int64_t scope, struct day day,
                            int64_t *ret_n);
/* The value is yuan as people write it: "12.50". */
MUST enum err parameter_money(struct ctx *c, const char *name, int64_t scope, struct day day,
                              struct money *ret_money);

/* What holds on a day and where it stands; id and scope 0, since unknown: the declared default. */
struct parameter_held { struct sv value; int64_t id, scope; struct day since; };
MUST enum err parameter_held(struct ctx *c, const char *name, int64_t scope, struct day day,
                             struct parameter_held *ret_held);

/* The declared default, NULL when no module declares the name. */
const struct parameter_default *parameter_default_of(const struct house *h, struct sv name);

/* Writes a row 待核 for each declared default that has no row yet; *ret_added how many. */
MUST enum err parameter_seed(struct ctx *c, int64_t *ret_added);

/* --- inside the folder --- */

extern const struct endpoint parameter_endpoints[];

/* Overlaps, gaps and values of the past; and what a new version does to the one before. */
MUST enum err version_rules(struct ctx *c, const struct parameter *before, struct parameter *p);
MUST enum err version_follow(struct ctx *c, const void *before, const void *row,
                             const char *action);

/* The latest version of the same name and place that begins before `p`; id 0: none. */
MUST enum err version_before(struct ctx *c, const struct parameter *p,
                             struct parameter *ret_before);

/* Checking, correcting, withdrawing: endpoints and their tables. */
struct version_check { struct sv document_no, article, note; };
struct version_correction {
    struct sv value, source, document_no, article, reason, gap_reason;
    struct day valid_from, valid_to;           /* not given: as they were */
};
struct version_withdrawal { struct sv reason; };
extern const struct field version_check_fields[], version_correction_fields[],
    version_withdrawal_fields[];
endpoint_fn version_check, version_correct, version_withdraw;

#endif
