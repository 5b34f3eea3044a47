/*
 * arena.h - memory with one lifetime: an operation, a snapshot, a scratch search.
 *
 * Everything made for one request, job or test comes from its arena and ends together.
 * There is no free of a single thing, and running out ends the process (it is supervised,
 * writes are transactional, clients repeat), so no caller checks for NULL.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <stdalign.h>

struct arena_chunk;

/* A zeroed struct arena is a valid, empty one. Not for use by two threads at once. */
struct arena {
    struct arena_chunk *chunks;      /* newest first */
    char               *at;          /* next free byte of the newest chunk */
    char               *end;
    size_t              used;        /* bytes handed out since the last reset */
    size_t              used_max;    /* 0: no limit; beyond it the process ends */
};

/* Zeroed memory of `size` bytes, aligned to `align` (a power of two). Never NULL. */
void *arena_take(struct arena *a, size_t size, size_t align);

/* The same, not zeroed: for bytes that are written before they are read. */
void *arena_room(struct arena *a, size_t size, size_t align);

/* Forgets everything, keeps one chunk for the next operation. */
void arena_reset(struct arena *a);

/* Gives all memory back. Accepts a zeroed arena; the arena can be used again. */
void arena_free(struct arena *a);

/* What `from` holds lives on in `a`; from is empty afterwards. */
void arena_join(struct arena *a, struct arena *from);

/* Zeroed array of n T. n may be 0 (the pointer is then valid but holds nothing). */
#define NEW(a, T, n) ((T *)arena_take_array((a), sizeof(T), alignof(T), (size_t)(n)))

/* What NEW calls; ends the process when size * n overflows. */
void *arena_take_array(struct arena *a, size_t size, size_t align, size_t n);

/*
 * Grows an arena array so that item n fits: returns `at` or a larger copy (zeroed behind the
 * old items) and updates *room. For lists whose length is not known beforehand.
 */
#define GROW(a, at, n, room) ((__typeof__(at))arena_grow((a), (at), sizeof *(at), (n), (room)))
void *arena_grow(struct arena *a, void *at, size_t size, size_t n, size_t *room);

/* Large blocks that live as long as a snapshot or the process (directory, road tables). */
void *block_take(size_t size);                       /* zeroed; never NULL */
void *block_resize(void *at, size_t size);           /* contents kept, the new part not zeroed */
void  block_free(void *at);                          /* accepts NULL */

/* Runs `close` on a variable when its scope ends: AUTO(file_close) FILE *f = ... */
#define AUTO(close) __attribute__((cleanup(close)))

#endif
