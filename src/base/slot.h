/*
 * slot.h - a snapshot that readers hold while a newer one is put in its place.
 *
 * What is shared is immutable and swapped whole; the old one ends with the last reader that
 * began on it.
 */
#ifndef BASE_SLOT_H
#define BASE_SLOT_H

#include "base/arena.h"

struct slot;                                   /* thread-safe */

struct slot *slot_new(struct arena *mem, void (*end)(void *snapshot));

/* The current snapshot, held until slot_leave(); NULL when there is none yet. */
void *slot_enter(struct slot *s);
void  slot_leave(struct slot *s, void *snapshot);      /* accepts NULL */

/* Puts a new snapshot in; `end` is called on the old one when nobody holds it. */
void slot_swap(struct slot *s, void *snapshot);

#endif
