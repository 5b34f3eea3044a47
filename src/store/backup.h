/*
 * backup.h - all rows of all tables in one file, and back, on either engine.
 *
 * The archive is a gzip stream (its own checksum): a head with schema number and moment, then
 * table after table, then an end with the number of rows. It is made from one snapshot while
 * others read and write, and restored into SQLite or PostgreSQL, wherever it came from. Files
 * (data/files) and keys lie outside the database; app adds them.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/schema.h"

/* Told after every chunk, for a progress line; `rows` counts from the table's first. */
struct backup_watch { void (*told)(void *state, const char *table, int64_t rows); void *state; };

struct backup_facts { int64_t number; struct moment made_at; int64_t tables, rows; };

/*
 * Writes the file `path`, whole and synced or not at all (it is PATH.part meanwhile). Any
 * connection will do; no transaction may be open. Facts and watch may be NULL.
 */
MUST enum err backup_write(struct ctx *c, const struct schema *s, const char *path,
                           const struct backup_watch *watch, struct backup_facts *ret_facts);

/*
 * Fills an empty database (ERR_CONFLICT "backup.not_empty" when a table has rows) in one
 * transaction, after making its tables; `folder` is that of schema_migrate. ERR_CONFLICT
 * "backup.other" when the archive is of another schema number: restore it with its own release,
 * then migrate. ERR_MALFORMED "backup.malformed" when it is damaged or cut short.
 */
MUST enum err backup_read(struct ctx *c, const struct schema *s, const char *folder,
                          const char *path, const struct backup_watch *watch,
                          struct backup_facts *ret_facts);

#endif
