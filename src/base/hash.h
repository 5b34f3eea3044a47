/*
 * hash.h - a table from 64-bit keys to numbers, open addressing, in an arena.
 *
 * Keys are hashes themselves: two things that share one of 2^64 are not told apart. 0 is no key;
 * hash_step() never gives it. Nothing is taken out; what was reset holds 0.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

struct hashed { uint64_t key; uint32_t value; };
struct hash_table { struct hashed *at; size_t room, n; };

/* The value's place, made when it is new (then 0); good until the next key is put. */
uint32_t *hash_put(struct arena *mem, struct hash_table *t, uint64_t key);
const uint32_t *hash_find(const struct hash_table *t, uint64_t key);       /* NULL: none */

/* A key of one number after another, from HASH_START on. */
#define HASH_START UINT64_C(0x1234567)
static inline uint64_t hash_step(uint64_t h, uint64_t token)
{
    h = (h ^ token) * UINT64_C(0x9E3779B97F4A7C15);
    return (h ^ h >> 32) | 1;
}

#endif
