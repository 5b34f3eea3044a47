/* gateway_test.h - a gateway on this machine that refuses, hangs, breaks, by plan. */
#ifndef CARE_MESSAGE_GATEWAY_TEST_H
#define CARE_MESSAGE_GATEWAY_TEST_H

#include "care/message/message_world_test.h"

#include <pthread.h>

/* What it does with the next requests, a character each; the last counts for the rest. w: an open
 * id; c: an unknown code; f: she does not follow. */
enum { OK = 'o', REFUSE = 'r', NEVER = 'n', HANG = 'h', BREAK = 'b', FIVE = '5', OPENID = 'w',
       BAD_CODE = 'c', NOT_FOLLOWING = 'f' };

struct gateway {
    int         fd, port;
    pthread_t   thread;
    const char *plan;
    int         asked;                 /* requests seen whole */
    char        heads[32][256], bodies[32][2048];
    int         held[8], held_n;
    _Atomic bool stop;
};

void gateway_open(struct gateway *g, const char *plan);
void gateway_close(struct gateway *g);
/* A row in use that leads to it, not stored yet; what waited before has gone to the file. */
struct message_channel gateway_row(struct told *t, const struct gateway *g);

#endif
