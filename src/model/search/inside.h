/* inside.h - what index.c and find.c share; no other folder includes it. */
#ifndef MODEL_SEARCH_INSIDE_H
#define MODEL_SEARCH_INSIDE_H

#include "model/search/search.h"

bool search_keyed(const struct field *f);            /* gives entries */
bool search_named(const struct field *f);            /* … as a person's name */

/* Adds the entries of one field's text; several names are parted by commas. */
void search_field(struct arena *mem, const struct field *f, struct sv text,
                  struct entries *entries);

/* The district of a scope: its first six digits. */
static inline int64_t search_bucket(int64_t scope)
{
    return scope / 1000000;
}

#endif
