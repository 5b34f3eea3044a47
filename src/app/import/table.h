/* table.h - a CSV text as rows with named columns, its faults gathered. Only for this folder. */
#ifndef APP_IMPORT_TABLE_H
#define APP_IMPORT_TABLE_H

#include "app/import/import.h"

struct import_column {
    struct sv ours, theirs;
    const struct field *field;
};

struct import_table {
    struct import *im;
    struct csv csv;
    const struct field *fields;
    struct import_column *columns;
    size_t columns_n;
};

/* Names of columns that are no fields of the entity, and of those that must be there. */
struct import_names {
    const char *const *extra, *const *required;
}; /* end with NULL */

/* Reads the header; faults are noted, ERR_MALFORMED when the text is no table at all. */
MUST enum err table_open(struct import *im, struct sv text, const struct field *fields,
                         const struct import_names *names, struct import_table *ret_table);

/* The next row; false at the end. */
bool table_next(struct import_table *t);

/* The trimmed cell of one of our columns, "" when there is none. */
struct sv table_cell(const struct import_table *t, const char *ours);
bool table_has(const struct import_table *t, const char *ours);

/* Fills the fields of a cleared record that have a cell; faults are left in the ctx. */
void table_read(struct import_table *t, void *record);

/* Takes the faults of this row out of the ctx and notes them; true when there were none. */
bool table_row_good(struct import_table *t);

/* A fault of a line that has been read before. */
void table_fault(struct import *im, int64_t line, struct sv column, const char *key, struct sv arg);

/* ERR_INVALID "import.faults" when anything was noted. */
MUST enum err table_end(struct import_table *t);

#endif
