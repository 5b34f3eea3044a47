/*
 * parameter.h - policy parameters: every threshold that a document may change, with date and
 * source.
 *
 * Asked by name, place and day: the nearest enclosing division wins, there the latest that is
 * valid on that day. A name that no row answers for takes the default its module declares
 * (struct parameter_default); asking for a name nobody declares is our mistake (ERR_BROKEN).
 * Rows made from defaults are 待核 (unchecked) until somebody has compared them with the document.
 */
#ifndef CARE_PARAMETER_H
#define CARE_PARAMETER_H

#include "care/division/division.h"

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
    struct sv          source;
    int                status;
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

/* The declared default, NULL when no module declares the name. */
const struct parameter_default *parameter_default_of(const struct house *h, struct sv name);

/* Writes a row 待核 for each declared default that has no row yet; *ret_added how many. */
MUST enum err parameter_seed(struct ctx *c, int64_t *ret_added);

#endif
