/*
 * page.h - pages made of one row and the lists of rows that link to it.
 */
#ifndef CARE_PAGE_H
#define CARE_PAGE_H

#include "base/json.h"
#include "model/house.h"

/*
 * Writes an array member `name`: the rows of `entity` whose link `field` is `id`, as the caller
 * may see them, at most `size`, in the entity's first order. The member is left out when the
 * caller may not read that entity at all or the house has no such entity.
 */
struct linked { const char *name, *entity, *field; int64_t id; int64_t size; };
MUST enum err page_linked(struct ctx *c, struct json *j, struct linked l);

/* The whole table, ended by a row of no name, all of one id. */
MUST enum err page_lists(struct ctx *c, struct json *j, const struct linked *lists, int64_t id);

#endif
