/*
 * messy.h - a list as offices keep them: merged headers, lost digits, duplicates, wrong numbers,
 * telephones in remarks. Made, never typed: the demo lays one into its data folder, tests and the
 * bench take it in.
 */
#ifndef APP_DEMO_MAKE_MESSY_H
#define APP_DEMO_MAKE_MESSY_H

#include "base/ctx.h"

/* Who and where the list speaks of; all invented. */
struct messy {
    struct sv  community, elsewhere;       /* one of the reader's own, one of somebody else's */
    struct sv  known_name;                 /* registered already: the list has no number of hers */
    struct day known_birth;
    int64_t    rows;                       /* of good people besides; 0: twelve */
    int64_t    first;                      /* their numbers begin here, so that lists differ */
};

/* What is wrong in it: the row (from 1, as a person sees it) and the message that must name it. */
struct messy_fault { int64_t line; const char *field, *key; };
extern const struct messy_fault messy_faults[];      /* ends with { 0 } */

enum { MESSY_DOUBT_LINE = 22, MESSY_HINT_LINE = 21, MESSY_FIRST_LINE = 4, MESSY_GOOD_LINE = 23 };

MUST enum err messy_write(struct ctx *c, const char *path, const struct messy *m);

#endif
