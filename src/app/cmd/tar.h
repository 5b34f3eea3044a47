/*
 * tar.h - several files in one: the tar format (POSIX ustar), which every system can open.
 *
 * Only what a backup needs: plain files, names of at most 99 bytes in [a-zA-Z0-9._/-] without
 * "..", sizes below 8 GiB in octal and above in the usual binary form.
 */
#ifndef APP_TAR_H
#define APP_TAR_H

#include "base/ctx.h"

#include <stdio.h>

enum { TAR_NAME_MAX = 99 };

/* Adds the file at `path` under a name, or a text. ERR_BROKEN "backup.write". */
MUST enum err tar_add(struct ctx *c, FILE *out, const char *name, const char *path);
MUST enum err tar_text(struct ctx *c, FILE *out, const char *name, struct sv text);

/* The end, flushed and synced. */
MUST enum err tar_end(struct ctx *c, FILE *out);

struct tar_member { char name[TAR_NAME_MAX + 1]; int64_t size; };

/* True when a name may stand in an archive. */
bool tar_name_good(struct sv name);

/*
 * The next member; *ret_more false at the end. Its bytes must be taken before the one behind.
 * ERR_MALFORMED "backup.malformed" when the archive is damaged or cut short.
 */
MUST enum err tar_next(struct ctx *c, FILE *in, struct tar_member *ret_member,
                           bool *ret_more);

/* Writes the bytes of the member at hand to `path`, which must not exist; NULL: leaves them out. */
MUST enum err tar_take(struct ctx *c, FILE *in, const struct tar_member *m,
                           const char *path);

#endif
