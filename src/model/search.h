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
#include "store/build.h"

enum { SEARCH_WORDS_MAX = 4, SEARCH_FIND_MAX = 200 };

/* Writes the keys of a row anew. */
MUST enum err search_keys_write(struct ctx *c, const struct entity *e, const void *row);

/* The same only when a searched field differs from `before` (NULL: a new row). */
MUST enum err search_keys_change(struct ctx *c, const struct entity *e, const void *before,
                                 const void *row);

/* Keys of n new rows, fast. */
MUST enum err search_keys_bulk(struct ctx *c, const struct entity *e, const void *rows, size_t n);

/* " AND …" for each word of the text, over a table with column id. */
void build_search(struct ctx *c, struct build *b, const struct entity *e, struct sv text);

/* Ids of rows that all words of the text lead to, best first. No scope: for rules, not answers. */
MUST enum err search_find(struct ctx *c, const struct entity *e, struct sv text, size_t n,
                          int64_t *ret_ids, size_t *ret_n);

#endif
