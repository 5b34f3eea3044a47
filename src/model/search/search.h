/*
 * search.h - the words of rows as entries in one table, for lists (?q=) and for finding.
 *
 * Fields marked .search give entries: text its characters, pinyin and initials (entries.h; a MASKED
 * field with MASK_NAME is a person's name). An entry lies under its entity, the district of its
 * row (bucket: the first six digits of the scope), its rank and its key, so that the rows of one
 * district that begin so, best first, are one run of the index, and a scope is applied in it.
 * A SEALED field marked .search is found whole or by its last four characters through its blind
 * index, never by a part: by search_numbers(), and by ?q= only where rows are about no elder, as
 * whom a number shows is noted in the access log. A field marked .search_whole (the number of an
 * order) is found as a whole, by finding and by ?q= alike, and then nothing else is.
 *
 * Who holds no MAY_UNMASK sees of a person's name the family name, and finds her by no more.
 */
#ifndef MODEL_SEARCH_SEARCH_H
#define MODEL_SEARCH_SEARCH_H

#include "model/entity.h"
#include "model/search/entries.h"

/* Of what one word finds a list takes so many, some of a common letter are then not seen. */
enum { SEARCH_WORDS_MAX = 4, SEARCH_MAX = 200, SEARCH_LIST_MAX = 20000 };

/* --- entries of rows (index.c) --- */

/* Entries of a row where a searched field or the scope differs from `before` (NULL: a new row). */
MUST enum err search_change(struct ctx *c, const struct entity *e, const void *before,
                            const void *row);

/* Entries of n new rows, fast. */
MUST enum err search_bulk(struct ctx *c, const struct entity *e, const void *rows, size_t n);

/* The row's scope is about to become another. */
MUST enum err search_move(struct ctx *c, const struct entity *e, int64_t id, int64_t scope);

/*
 * All entries anew, in transactions of some thousand rows, when they were made by another table
 * of readings or another form of entries (or `always`). For migrate: nobody else writes, no
 * transaction is open, and c->mem is reset on the way.
 */
MUST enum err search_refill(struct ctx *c, bool always, int64_t *ret_rows);

bool search_has(const struct entity *e);         /* does it declare anything to search by words? */
bool search_has_whole(const struct entity *e);   /* … a number found as a whole? */
bool search_of_persons(const struct entity *e);  /* … a masked name? */

/* All entries of one row's fields. */
void search_entries(struct arena *mem, const struct entity *e, const void *row,
                    struct entries *ret_entries);

/* --- finding (find.c) --- */

struct search_hit { int64_t id; int rank; struct sv key; };      /* rank as entries_rank() */
struct search_hits { struct search_hit *at; size_t n; bool more; };

/*
 * At most `max` (up to SEARCH_MAX) rows the caller sees that all words of the text lead to: whole
 * names first, then by how they meet and key. `more`: there may be others; a longer word finds
 * them. None for a caller who may not read the entity.
 */
MUST enum err search_rows(struct ctx *c, const struct entity *e, struct sv text, size_t max,
                          struct search_hits *ret_hits);

/* The same of rows with a number: whole, or its last four (three digits and X of a document). */
MUST enum err search_numbers(struct ctx *c, const struct entity *e, struct sv number, size_t max,
                             struct search_hits *ret_hits);

/* At most `max` of the rows found, in their order; those that have ended are left out. */
MUST enum err search_page(struct ctx *c, const struct entity *e, const struct search_hits *hits,
                          size_t max, struct page *ret_page);

/* The last four of a number, or five digits and more: what search_numbers() takes. */
bool search_is_number(struct sv word);

#endif
