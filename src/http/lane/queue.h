/*
 * queue.h - calls waiting for a worker, first come first served, bounded.
 */
#ifndef HTTP_QUEUE_H
#define HTTP_QUEUE_H

#include "http/call.h"

#include <pthread.h>

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t  more;
    struct call    *first, **last;
    size_t          n, n_max;
    bool            closed;
};

void queue_open(struct queue *q, size_t n_max);
bool queue_put(struct queue *q, struct call *call);      /* false: full or closed */
struct call *queue_wait(struct queue *q);                /* NULL: closed and empty */
struct call *queue_try(struct queue *q);                 /* NULL: empty */
void queue_close(struct queue *q);                       /* waiters end when it is empty */
size_t queue_length(struct queue *q);
void queue_end(struct queue *q);                         /* after the last waiter has ended */

#endif
