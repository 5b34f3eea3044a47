/*
 * form.h - forms of other offices (外来表样): their workbook, kept, bound once, filled on demand.
 *
 * A template is the file they sent and what was decided about it: which list it asks for, at which
 * rows it is filled, which column is which field (guessed by the heads, changed by hand), which
 * single cells say who fills it in and when. Columns without a field stay empty for others to fill.
 * A later file of theirs takes over what the heads still say; the earlier ones stay in the history.
 * Filling is an export like any other (care/export): a reason, masks, the mark, the register; the
 * file is theirs (sheet/fill/fill.h), so the mark stands in the page's footer and the properties.
 */
#ifndef CARE_FORM_FORM_H
#define CARE_FORM_FORM_H

#include "care/export/export.h"
#include "care/organisation/organisation.h"
#include "sheet/fill/fill.h"

enum form_state { FORM_READY, FORM_RETIRED };
enum { FORM_GRID_ROWS = 40 };

struct form_template_id { int64_t n; };
struct form_template {
    struct form_template_id id;
    struct row              row;
    struct sv               name, sender;
    struct sv               entity;          /* the list it asks for */
    int                     state;
    struct organisation_id  org;             /* of an organisation's own; 0: an office's */
    struct sv               file_name;
    int64_t                 size;            /* bytes */
    int64_t                 file_version;    /* from 1 */
    struct sv               file_hash;       /* SHA-256 of what was sent */
    struct sv               sealed_hash;
    int64_t                 sheet;           /* from 1 */
    int64_t                 header_row, header_rows;
    int64_t                 from_row, through_row;      /* the sample rows */
    struct text             columns;         /* [{"column":0,"head":"姓名","field":"name"}] */
    struct text             fixed;           /* [{"row":2,"column":1,"text":"{org}"}] */
    struct moment           used_at;
};
extern const struct field  form_template_fields[];
extern const struct entity form_template_entity;
extern const struct module form_module;

/* A template from a file, its heads, rows and columns guessed; stored. For the demo and page.c. */
struct form_new { struct sv entity, name, sender, file_name; };
MUST enum err form_prepare(struct ctx *c, const struct form_new *n, struct sv bytes,
                           struct form_template *ret);
MUST enum err form_bytes(struct ctx *c, const struct form_template *t, struct sv *ret_bytes);

#endif
