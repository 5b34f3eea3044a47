/*
 * answer.h - rows as JSON for the caller: masks, titles, actions, and complete values on demand.
 */
#ifndef MODEL_ANSWER_H
#define MODEL_ANSWER_H

#include "base/json.h"
#include "model/entity.h"

/*
 * A row as the caller may see it: masked fields masked, sealed ones shortened, secret ones left
 * out, hidden ones never; titles of links as <name>_title; "actions": [{name, label, takes…}].
 * `plain` shows MASKED fields in full: only where a rule says so (own data; a carer's visit) and
 * the caller of this function has logged it.
 */
void entity_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                 const void *row, bool plain);

/* A page of rows as an array; titles of links are looked up once for all of them. */
void entity_page_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                      const struct page *page, bool plain);

/* The same with no more than id, title and brief columns, and no actions: for choosing a row. */
void entity_brief_json(struct ctx *c, struct json *j, const char *name, const struct entity *e,
                       const struct page *page);

/*
 * The complete values of fields (comma between) of one row, as members of the open object. Needs
 * MAY_UNMASK, a row the caller sees, and c->reason; writes the access log, so it needs a writing
 * connection. Nothing is written to `j` on failure.
 */
MUST enum err entity_reveal(struct ctx *c, const struct entity *e, int64_t id, struct sv fields,
                            struct json *j);

/* A line in the access log: this caller saw this elder's values, why. */
MUST enum err access_note(struct ctx *c, int64_t elder, const struct entity *e, int64_t id,
                          struct sv what);

/* One value masked for showing. */
struct sv mask_text(struct arena *mem, enum mask mask, struct sv value);

#endif
