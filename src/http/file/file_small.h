/*
 * file_small.h - small pictures of attachments, made by the job worker, never by the server.
 *
 * They lie under DATA/small by the hash of the picture they were made from. They can be made
 * again, so they are in no backup.
 */
#ifndef HTTP_FILE_SMALL_H
#define HTTP_FILE_SMALL_H

#include "http/http.h"

enum { SMALL_SIDE = 240 };       /* pixels of the longer side */

/* Puts the job in, for JPEG and PNG; nothing for other types or when it is there already. */
MUST enum err small_ask(struct ctx *c, struct sv hash, struct sv type);

/* Answers the small picture; ERR_MISSING "file.small" while there is none. */
MUST enum err small_answer(struct ctx *c, struct answer *a, struct sv hash);

/* For jobs: the small picture's bytes, made now when it is not there; ERR_INVALID: unreadable. */
MUST enum err small_read(struct ctx *c, struct sv hash, struct sv *ret_jpeg);

enum err job_file_small(struct ctx *c, const struct job *j);

#endif
