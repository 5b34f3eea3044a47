/* sorted.h - looking through rows that stand in order of a number of theirs. */
#ifndef BASE_SORTED_H
#define BASE_SORTED_H

#include <stddef.h>
#include <stdint.h>

/*
 * Of n rows of so many bytes, in order of the int64_t that lies `key_at` bytes into each: the first
 * that is not less than `key`; n when all are. `rows` may be NULL when n is 0.
 */
static inline size_t sorted_from(const void *rows, size_t n, size_t size, size_t key_at,
                                 int64_t key)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const void *at = (const char *)rows + middle * size + key_at;
        if (*(const int64_t *)at < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/*
 * The same by the name of the member: SORTED_FROM(struct rule, rules->at, rules->n, scope, key).
 * A member of any other type does not compile.
 */
#define SORTED_FROM(type, rows, n, member, key)                                                  \
    sorted_from((rows), (n), sizeof(type),                                                       \
                _Generic(((type *)NULL)->member, int64_t: offsetof(type, member)), (key))

#endif
