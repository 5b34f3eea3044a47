/* arena.c - memory with one lifetime; the only home of malloc and free. */

#include "base/arena.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { CHUNK_MIN = 16 * 1024, CHUNK_KEEP = 256 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t              size;        /* of bytes */
    char                bytes[];
};

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "out of memory: could not take %zu bytes\n", size);
    abort();
}

/*
 * Asks for large pages where a large table begins: a table of a million junctions that is read here
 * and there else waits for its page numbers as much as for itself. Refusal changes nothing.
 */
static void ask_for_large_pages(void *at, size_t size)
{
    enum { PAGE = 2 * 1024 * 1024, LEAST = 2 * PAGE };
    uintptr_t start = ((uintptr_t)at + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    if (size >= LEAST)
        madvise((void *)start, (uintptr_t)at + size - start, MADV_HUGEPAGE);
}

static void chunk_add(struct arena *a, size_t least)
{
    size_t size = a->chunks ? a->chunks->size * 2 : CHUNK_MIN;
    if (size > 8u * 1024 * 1024)
        size = 8u * 1024 * 1024;
    if (size < least)
        size = least;
    struct arena_chunk *made = malloc(sizeof *made + size);
    if (!made)
        out_of_memory(size);
    ask_for_large_pages(made, size);
    made->size = size;
    made->next = a->chunks;
    a->chunks = made;
    a->at = made->bytes;
    a->end = made->bytes + size;
}

void *arena_room(struct arena *a, size_t size, size_t align)
{
    assert(align > 0);
    assert((align & (align - 1)) == 0);
    if (a->used_max && a->used + size > a->used_max)
        out_of_memory(size);

    uintptr_t start = ((uintptr_t)a->at + align - 1) & ~(uintptr_t)(align - 1);
    if (!a->at || start > (uintptr_t)a->end || (uintptr_t)a->end - start < size) {
        chunk_add(a, size + align);
        start = ((uintptr_t)a->at + align - 1) & ~(uintptr_t)(align - 1);
    }
    a->at = (char *)start + size;
    a->used += size;
    return (void *)start;
}

void *arena_take(struct arena *a, size_t size, size_t align)
{
    return memset(arena_room(a, size, align), 0, size);
}

void *arena_take_array(struct arena *a, size_t size, size_t align, size_t n)
{
    size_t total;
    if (__builtin_mul_overflow(size, n, &total))
        out_of_memory(SIZE_MAX);
    return arena_take(a, total, align);
}

void *arena_grow(struct arena *a, void *at, size_t size, size_t n, size_t *room)
{
    if (n < *room)
        return at;
    size_t wider = *room ? *room * 2 : 8;
    if (wider <= n)
        wider = n + 1;
    char *made = arena_take_array(a, size, alignof(max_align_t), wider);
    if (*room)
        memcpy(made, at, size * *room);
    *room = wider;
    return made;
}

void arena_reset(struct arena *a)
{
    struct arena_chunk *keep = NULL;
    for (struct arena_chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        if (!keep && c->size <= CHUNK_KEEP) {
            keep = c;
            keep->next = NULL;
        } else {
            free(c);
        }
    }
    a->chunks = keep;
    a->at = keep ? keep->bytes : NULL;
    a->end = keep ? keep->bytes + keep->size : NULL;
    a->used = 0;
}

void arena_join(struct arena *a, struct arena *from)
{
    struct arena_chunk *last = from->chunks;
    if (!last)
        return;
    while (last->next)
        last = last->next;
    last->next = a->chunks;
    a->chunks = from->chunks;
    a->at = from->at;
    a->end = from->end;
    a->used += from->used;
    *from = (struct arena){ .used_max = from->used_max };
}

void arena_free(struct arena *a)
{
    for (struct arena_chunk *c = a->chunks, *next; c; c = next) {
        next = c->next;
        free(c);
    }
    size_t used_max = a->used_max;
    *a = (struct arena){ .used_max = used_max };
}

void *block_take(size_t size)
{
    void *made = calloc(1, size ? size : 1);
    if (!made)
        out_of_memory(size);
    ask_for_large_pages(made, size);
    return made;
}

void *block_resize(void *at, size_t size)
{
    void *made = realloc(at, size ? size : 1);
    if (!made)
        out_of_memory(size);
    return made;
}

void block_free(void *at)
{
    free(at);
}
