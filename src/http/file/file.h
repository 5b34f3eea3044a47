/*
 * file.h - attachments: bytes by their hash under DATA/files, a row for each use.
 *
 * Who sees a row sees its files; who may change it, or may take a step of it now, may add one.
 * Kept are pictures (JPEG, PNG, WebP) and PDF, known by their first bytes, not by what the
 * client says. Staff who open the file of a row about an elder leave a line in the access log;
 * small pictures (file_small.h) do not. An entity whose files are of a closed class (struct entity,
 * files_class) keeps them sealed on disk, without small pictures, and staff open them only where
 * they decide on the row.
 */
#ifndef HTTP_FILE_H
#define HTTP_FILE_H

#include "http/describe/gives.h"
#include "http/http.h"

extern const struct table file_tables[];          /* ends with { 0 } */

enum { FILES_PER_ROW_MAX = 50 };

/* POST /api/{entity}/{id}/file: file_keep() stores the bytes, file_post() the row. */
enum err file_keep(struct ctx *c, struct request *q);
enum err file_post(struct ctx *c, const struct request *q, struct answer *a);

/* ?name= and ?note= of an upload: what it is called, what it shows. */
struct file_told { struct sv name, note; };
extern const struct field file_told_fields[];

/* POST /api/{entity}/{id}/file/{file}/end: taken away by whoever may add one, with a reason. */
struct file_end { struct sv reason; };
extern const struct field file_end_fields[];
enum err file_end(struct ctx *c, const struct request *q, struct answer *a);

/* A row of the list: id, size, type, name, note, created_at. */
extern const struct field file_fields[];
/* The same with where it lies, and the list: http/describe/gives.h. */
extern const struct field file_listed_gives[], files_gives[];

enum err files_get(struct ctx *c, const struct request *q, struct answer *a);      /* the list */
enum err file_get(struct ctx *c, const struct request *q, struct answer *a);       /* the bytes */

enum err file_small_get(struct ctx *c, const struct request *q, struct answer *a);

/* Opening its files writes the access log, so it runs as a write. */
bool file_is_personal(const struct entity *e);

/* --- for purpose endpoints --- */

/* For .hash of a raw endpoint, whose .query is file_told_fields: the bytes, sealed. */
enum err file_keep_sealed(struct ctx *c, struct request *q);

/*
 * What .hash kept becomes a file of a row; the answer is 201 with its id, size and type. The
 * caller has asked who may. ERR_CONFLICT "file.many" when there are `most` already.
 */
MUST enum err file_add(struct ctx *c, const struct request *q, const char *entity, int64_t row,
                       int64_t most, struct answer *a);

/* A picture (JPEG, PNG) that the house itself made becomes a file of a row. */
MUST enum err file_of_house(struct ctx *c, struct sv bytes, struct sv type, const char *entity,
                            int64_t row);

/* From one row to another; *ret_moved is false when it was not there. */
MUST enum err file_move(struct ctx *c, int64_t file, const char *from, int64_t from_row,
                        const char *to, int64_t to_row, bool *ret_moved);

/* The files of a row as an array: as file_fields, with href and small. */
MUST enum err files_write(struct ctx *c, struct json *j, const char *name, const char *entity,
                          int64_t row);

/* Papers that lie with an account for a day, with no request after them, are removed. */
struct job;
enum err job_file_sweep(struct ctx *c, const struct job *j);

/* Keeps bytes of any kind under their SHA-256 (not an attachment: no row, no endpoint). */
MUST enum err file_put(struct ctx *c, struct sv bytes, struct sv *ret_hash);

/* Where the bytes of a hash are: DATA/files/ab/cdef… */
struct sv file_path(struct arena *mem, const struct config *k, struct sv hash);

#endif
