/*
 * file.h - photos, papers, proofs: content-addressed under DATA/files, a row for each attachment.
 *
 * A file's name is the SHA-256 of its bytes (files/ab/cdef…), so the same bytes are kept once. The
 * bytes are on disk, synced, before the row is: a crash leaves at most a file without a row.
 * Kinds are told by their first bytes, not by what the sender says.
 */
#ifndef MODEL_FILE_H
#define MODEL_FILE_H

#include "model/entity.h"

enum { FILE_BYTES_MAX = 20 * 1024 * 1024 };

struct file_id { int64_t n; };
struct file {
    struct file_id        id;
    struct row            row;           /* scope: of the row it is attached to */
    struct sv             hash;          /* 64 hex digits */
    int64_t               size;          /* bytes */
    int                   type;          /* file_types */
    struct sv             entity;        /* what it is attached to */
    int64_t               row_id;
    struct { int64_t n; } account;       /* who brought it; 0: the house */
    struct sv             label;         /* "before", "signature": a word, never a name */
};
extern const struct choice file_types[];         /* keys are media types */
extern const struct field file_fields[];
extern const struct entity file_entity;

/*
 * Keeps bytes and attaches them to a row the caller may change. ERR_TOO_LARGE, ERR_INVALID
 * "file.type", ERR_MISSING and ERR_FORBIDDEN as entity_update().
 */
MUST enum err file_attach(struct ctx *c, const struct entity *e, int64_t id, struct sv bytes,
                          struct sv label, struct file *ret_file);

/* A file whose row the caller sees, and where its bytes are. ERR_MISSING. */
MUST enum err file_open(struct ctx *c, int64_t id, struct file *ret_file, const char **ret_path);

/* The files of a row the caller sees: an array of {id, type, size, label, created_at}. */
enum { FILES_OF_MAX = 100 };
MUST enum err files_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                         int64_t id);

/* Every row's bytes are there and are what the row says; a line a finding. */
MUST enum err files_check(struct ctx *c, struct buf *ret_findings);

#endif
