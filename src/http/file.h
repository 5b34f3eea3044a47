/*
 * file.h - attachments: bytes by their hash under DATA/files, a row for each use.
 *
 * Who sees a row sees its files; who may change it, or may take a step of it now, may add one.
 * Kept are pictures (JPEG, PNG, WebP) and PDF, known by their first bytes, not by what the
 * client says.
 */
#ifndef HTTP_FILE_H
#define HTTP_FILE_H

#include "http/http.h"

extern const struct table file_tables[];          /* ends with { 0 } */

enum { FILES_PER_ROW_MAX = 50 };

/* POST /api/{entity}/{id}/file: file_keep() stores the bytes, file_post() the row. */
enum err file_keep(struct ctx *c, struct request *q);
enum err file_post(struct ctx *c, const struct request *q, struct answer *a);

enum err files_get(struct ctx *c, const struct request *q, struct answer *a);      /* the list */
enum err file_get(struct ctx *c, const struct request *q, struct answer *a);       /* the bytes */

/* Where the bytes of a hash are: DATA/files/ab/cdef… */
struct sv file_path(struct arena *mem, const struct config *k, struct sv hash);

#endif
