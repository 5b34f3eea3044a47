/*
 * search.h - the words of rows as keys in one table, for lists (?q=) and for finding.
 *
 * Fields marked .search give keys: text its characters, pinyin and initials (pinyin.h; a field
 * with MASK_NAME is a person's name). A SEALED field marked .search is found whole or by its last
 * four characters through its blind index, never by a part.
 */
#ifndef MODEL_SEARCH_H
#define MODEL_SEARCH_H

#include "model/entity.h"
#include "model/pinyin.h"

/* A word is looked up in at most so many keys: of what one letter finds, some rows are not seen. */
enum { SEARCH_WORDS_MAX = 4, SEARCH_FIND_MAX = 200, SEARCH_KEYS_MAX = 20000 };

/* Writes the keys of a row anew. */
MUST enum err search_keys_write(struct ctx *c, const struct entity *e, const void *row);

/* The same only when a searched field or the scope differs from `before` (NULL: a new row). */
MUST enum err search_keys_change(struct ctx *c, const struct entity *e, const void *before,
                                 const void *row);

/* Keys of n new rows, fast. */
MUST enum err search_keys_bulk(struct ctx *c, const struct entity *e, const void *rows, size_t n);

/* The keys of a row whose scope has changed. */
MUST enum err search_keys_move(struct ctx *c, const struct entity *e, int64_t id, int64_t scope);

/* Ids of rows that all words of the text lead to, best first. No scope: for rules, not answers. */
MUST enum err search_find(struct ctx *c, const struct entity *e, struct sv text, size_t n,
                          int64_t *ret_ids, size_t *ret_n);

#endif
