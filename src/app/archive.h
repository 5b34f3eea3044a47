/*
 * archive.h - several files in one: the tar format (POSIX ustar), which every system can open.
 *
 * Only what a backup needs: plain files, names of at most 99 bytes in [a-zA-Z0-9._/-] without
 * "..", sizes below 8 GiB in octal and above in the usual binary form.
 */
#ifndef APP_ARCHIVE_H
#define APP_ARCHIVE_H

#include "base/ctx.h"

#include <stdio.h>

enum { ARCHIVE_NAME_MAX = 99 };

/* Adds the file at `path` under a name, or a text. ERR_BROKEN "backup.write". */
MUST enum err archive_add(struct ctx *c, FILE *out, const char *name, const char *path);
MUST enum err archive_line(struct ctx *c, FILE *out, const char *name, struct sv text);

/* The end, flushed and synced. */
MUST enum err archive_end(struct ctx *c, FILE *out);

struct archive_member { char name[ARCHIVE_NAME_MAX + 1]; int64_t size; };

/* True when a name may stand in an archive. */
bool archive_name_good(struct sv name);

/*
 * The next member; *ret_more false at the end. Its bytes must be taken before the one behind.
 * ERR_MALFORMED "backup.malformed" when the archive is damaged or cut short.
 */
MUST enum err archive_next(struct ctx *c, FILE *in, struct archive_member *ret_member,
                           bool *ret_more);

/* Writes the bytes of the member at hand to `path`, which must not exist; NULL: leaves them out. */
MUST enum err archive_take(struct ctx *c, FILE *in, const struct archive_member *m,
                           const char *path);

#endif
