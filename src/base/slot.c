/* slot.c - snapshots swapped whole under their readers. */

#include "base/slot.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>

enum { GENERATIONS_MAX = 8 };        /* old snapshots still held; a swap waits beyond that */

struct generation { void *snapshot; int held; };

struct slot {
    pthread_mutex_t   lock;
    pthread_cond_t    left;
    struct generation all[GENERATIONS_MAX];
    int               current;
    void            (*end)(void *snapshot);
};

struct slot *slot_new(struct arena *mem, void (*end)(void *snapshot))
{
    struct slot *s = NEW(mem, struct slot, 1);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->left, NULL);
    s->end = end;
    return s;
}

void *slot_enter(struct slot *s)
{
    pthread_mutex_lock(&s->lock);
    struct generation *g = &s->all[s->current];
    if (g->snapshot)
        g->held++;
    void *snapshot = g->snapshot;
    pthread_mutex_unlock(&s->lock);
    return snapshot;
}

static struct generation *generation_of(struct slot *s, const void *snapshot)
{
    for (int i = 0; i < GENERATIONS_MAX; i++)
        if (s->all[i].snapshot == snapshot)
            return &s->all[i];
    return NULL;
}

void slot_leave(struct slot *s, void *snapshot)
{
    if (!snapshot)
        return;
    pthread_mutex_lock(&s->lock);
    struct generation *g = generation_of(s, snapshot);
    assert(g && g->held > 0);
    g->held--;
    bool over = g->held == 0 && g != &s->all[s->current];
    if (over)
        g->snapshot = NULL;
    pthread_cond_broadcast(&s->left);
    pthread_mutex_unlock(&s->lock);
    if (over)
        s->end(snapshot);
}

static int free_place(const struct slot *s)
{
    for (int i = 0; i < GENERATIONS_MAX; i++)
        if (!s->all[i].snapshot && i != s->current)
            return i;
    return -1;
}

void slot_swap(struct slot *s, void *snapshot)
{
    pthread_mutex_lock(&s->lock);
    int place;
    while ((place = free_place(s)) < 0)
        pthread_cond_wait(&s->left, &s->lock);
    struct generation *old = &s->all[s->current];
    void *over = old->held == 0 ? old->snapshot : NULL;
    if (over)
        old->snapshot = NULL;
    s->all[place].snapshot = snapshot;
    s->current = place;
    pthread_mutex_unlock(&s->lock);
    if (over)
        s->end(over);
}
