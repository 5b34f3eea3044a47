/*
 * seal.h - keys, encryption of SEALED and SECRET values, blind indexes.
 *
 * Keys live in a folder outside the database (0700; files 0600): data-N.key encrypts (the highest
 * N writes, all read), index-1.key makes blind indexes. A ciphertext is
 *     format (1) · key id (0: an elder's) · algorithm (1: AES-256-GCM) · nonce 12 · data · tag 16
 * and is bound to its table, field and row: it opens nowhere else. Nonces are random; a data key
 * must be replaced before some 2^32 values.
 */
#ifndef MODEL_SEAL_H
#define MODEL_SEAL_H

#include "base/field.h"

enum { KEY_SIZE = 32, KEYS_MAX = 16, HASH_SIZE = 32, SEAL_EXTRA = 3 + 12 + 16 };

struct keys;                     /* immutable, thread-safe, lives until keys_close() */

/*
 * Loads the keys of a folder. With `create` makes the folder and what is missing when the folder
 * holds no key at all; else ERR_BROKEN "keys.missing". A folder others may read is refused.
 */
MUST enum err keys_open(struct ctx *c, const char *dir, bool create, struct keys **ret_keys);
void keys_close(struct keys *k);                 /* wipes; accepts NULL */

/* Where a value stands; what it is bound to. */
struct seal_place { const char *table, *field; int64_t row; };

/* With the house's data key; results live in c->mem. ERR_BROKEN "seal.broken" when changed. */
MUST enum err seal_value(struct ctx *c, const struct seal_place *at, struct sv plain,
                         struct sv *ret_sealed);
MUST enum err seal_open(struct ctx *c, const struct seal_place *at, struct sv sealed,
                        struct sv *ret_plain);

/* The same with another key (an elder's own). */
MUST enum err seal_value_with(struct ctx *c, const uint8_t key[KEY_SIZE],
                              const struct seal_place *at, struct sv plain, struct sv *ret_sealed);
MUST enum err seal_open_with(struct ctx *c, const uint8_t key[KEY_SIZE],
                             const struct seal_place *at, struct sv sealed, struct sv *ret_plain);

/* A value as it is compared: letters upper, digits of any width, no spaces or dashes, no +86. */
struct sv seal_normal(struct arena *mem, enum mask mask, struct sv value);

/* Blind index of a normalised value: 32 hex digits. `use` is "key" or "last4". */
struct sv seal_index(struct ctx *c, const char *table, const char *field, const char *use,
                     struct sv normal);

/* True when the field also has an index over its last four characters. */
bool seal_last4(const struct field *f);

/* SHA-256 of parts, each with its length before it. */
void seal_hash(const struct sv *parts, size_t n, uint8_t ret_hash[HASH_SIZE]);
struct sv seal_hash_hex(struct arena *mem, struct sv bytes);     /* of one run of bytes, plain */
struct sv seal_random_hex(struct arena *mem, size_t bytes);

/* base64url without padding, and back (false: it is none). */
struct sv base64_of(struct arena *mem, struct sv bytes);
bool base64_read(struct arena *mem, struct sv text, struct sv *ret_bytes);

/* --- an elder's own key: what history keeps of her ends with it --- */

struct elder_key { uint8_t bytes[KEY_SIZE]; bool erased; };

/* Made on first use, wrapped by the data key; `erased` once it has been destroyed. */
MUST enum err elder_key_get(struct ctx *c, int64_t elder, struct elder_key *ret_key);
/* Destroys it: her SEALED, SECRET and MASKED values in history can never be read again. */
MUST enum err elder_key_erase(struct ctx *c, int64_t elder);

#endif
