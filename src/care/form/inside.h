/* inside.h - what the folder's own files share; no other folder includes it. */
#ifndef CARE_FORM_INSIDE_H
#define CARE_FORM_INSIDE_H

#include "care/form/form.h"
#include "care/intake/read/read.h"

/* A column of theirs: a field of ours, or a text that is the same on each row ("#": the number). */
struct form_column { size_t column; struct sv head; const struct field *field; struct sv text; };
struct form_cell { struct fill_fixed at; struct sv text; };
struct form_layout {
    const struct entity *e;
    struct form_column   columns[SHEET_COLUMNS_MAX];
    size_t               columns_n;
    struct form_cell     cells[FILL_FIXED_MAX];
    struct fill_fixed    fixed[FILL_FIXED_MAX];        /* the same places, for fill_open */
    size_t               cells_n;
};

/* Reads both JSON texts; faults by field. The layout lives in c->mem. */
MUST enum err layout_read(struct ctx *c, const struct form_template *t,
                          struct form_layout **ret_layout);
/* The names of its fields by comma, as lists take them. */
struct sv layout_names(struct ctx *c, const struct form_layout *l);
struct fill_form layout_form(const struct form_template *t, const struct form_layout *l);

/* guess.c */
MUST enum err form_guess(struct ctx *c, struct sv bytes, struct form_template *t);
bool form_field_fits(const struct field *f);
/* Those a form may ask for: lists that the caller may read. */
bool form_entity_fits(const struct ctx *c, const struct entity *e);

/* run.c: job "export.form" */
enum err form_job(struct ctx *c, const struct job *j);

/* page.c */
extern const struct endpoint form_endpoints[];

#endif
