/* queue.c - calls waiting for a worker. */

#include "http/lane/queue.h"

void queue_open(struct queue *q, size_t n_max)
{
    *q = (struct queue){ .n_max = n_max };
    q->last = &q->first;
    pthread_mutex_init(&q->lock, NULL);
    pthread_cond_init(&q->more, NULL);
}

bool queue_put(struct queue *q, struct call *call)
{
    pthread_mutex_lock(&q->lock);
    bool taken = !q->closed && q->n < q->n_max;
    if (taken) {
        call->next = NULL;
        *q->last = call;
        q->last = &call->next;
        q->n++;
        pthread_cond_signal(&q->more);
    }
    pthread_mutex_unlock(&q->lock);
    return taken;
}

static struct call *take(struct queue *q)
{
    struct call *call = q->first;
    if (!call)
        return NULL;
    q->first = call->next;
    if (!q->first)
        q->last = &q->first;
    q->n--;
    return call;
}

struct call *queue_wait(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    while (!q->first && !q->closed)
        pthread_cond_wait(&q->more, &q->lock);
    struct call *call = take(q);
    pthread_mutex_unlock(&q->lock);
    return call;
}

struct call *queue_try(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    struct call *call = take(q);
    pthread_mutex_unlock(&q->lock);
    return call;
}

void queue_close(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    q->closed = true;
    pthread_cond_broadcast(&q->more);
    pthread_mutex_unlock(&q->lock);
}

size_t queue_length(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    size_t n = q->n;
    pthread_mutex_unlock(&q->lock);
    return n;
}

void queue_end(struct queue *q)
{
    pthread_mutex_destroy(&q->lock);
    pthread_cond_destroy(&q->more);
}
