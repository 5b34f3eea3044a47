/* archive.h - the file of a backup, value by value. Sticky both ways: ask once at the end. */
#ifndef STORE_ARCHIVE_H
#define STORE_ARCHIVE_H

#include "store/db.h"

enum { ARCHIVE_TEXT_MAX = 64 * 1024 * 1024 };

struct archive { struct gzFile_s *file; bool bad; };

void archive_put_int(struct archive *a, int64_t n);
void archive_put_text(struct archive *a, struct sv s);
void archive_put(struct archive *a, struct value v);

int64_t      archive_int(struct archive *a, int64_t low, int64_t high);    /* 0 once bad */
struct sv    archive_text(struct archive *a, struct arena *mem);           /* "" once bad */
struct value archive_value(struct archive *a, struct arena *mem);          /* NULL once bad */

#endif
