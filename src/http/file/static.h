/*
 * static.h - the front ends: files read once at start, with their compressed forms beside.
 *
 * FOLDER/citizen, /console and /carer hold index.html and what it asks for. Answered in the
 * loop. A path below a face that is no file gives that face's page, which draws it.
 */
#ifndef HTTP_STATIC_H
#define HTTP_STATIC_H

#include "http/call.h"

struct statics;
struct MHD_Response;

enum { STATIC_FILES_MAX = 4000, STATIC_BYTES_MAX = 64 * 1024 * 1024 };

/* `folder` NULL or without files: only a page that says that there is no front end. */
struct statics *statics_load(struct arena *mem, const char *folder);
void statics_free(struct statics *s);

/* Sets call->fixed when the path is a file or a page. */
bool static_find(struct call *call);

/* The file in the best packing. *ret_shared: it is everybody's and not to be destroyed. */
struct MHD_Response *static_response(struct call *call, bool *ret_shared);

#endif
