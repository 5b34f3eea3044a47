/* keys.h - by what id of its own an imported row is known again. Only for this folder. */
#ifndef APP_IMPORT_KEYS_H
#define APP_IMPORT_KEYS_H

#include "app/import/import.h"

struct import_key {
    struct sv key;
    int64_t row;
};
struct import_keys {
    struct import_key *at;
    size_t n;
};

/* All keys of an entity and im->source, in im->mem, by key. */
MUST enum err keys_load(struct import *im, const char *entity, struct import_keys *ret_keys);

/* The row of a key, 0 when it is new. */
int64_t keys_row(const struct import_keys *k, struct sv key);

/* Stores n new keys. */
MUST enum err keys_store(struct import *im, const char *entity, const struct import_key *at,
                         size_t n);

#endif
