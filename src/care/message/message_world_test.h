/* message_world_test.h - an order of tomorrow, who ordered it, bound family, and a sender. */
#ifndef CARE_MESSAGE_WORLD_H
#define CARE_MESSAGE_WORLD_H

#include "care/family/family.h"
#include "care/message/inside.h"
#include "care/order/order_world_test.h"

struct told {
    struct station    s;
    struct ctx       *c;
    struct care_order order;           /* a bath on Monday at 9, placed by account 70 */
    struct visit      visit;           /* Mei's; it is now that Monday, 9:10 */
    struct bond       bond;            /* account 72, may see records */
    struct sender     sender;          /* to a file, until a channel is in use */
};

/* Committed, so that the sender can work. */
struct told told_world(void);

extern const struct finish_input told_well;
extern const struct not_met_input told_nobody;

void told_step(struct told *t, const char *action, const void *input);     /* of the visit */
void told_send(struct told *t);                        /* two turns: telling, then sending */
void told_job(struct told *t, enum err (*run)(struct ctx *c, const struct job *j));
void told_choose(struct told *t, int64_t account, struct message_choice m);
void told_parameter(struct told *t, const char *name, const char *value);
int64_t told_count(struct told *t, int kind, int state);
struct message_row told_last(struct told *t, int kind);
struct sv told_file(struct told *t);                   /* what the file adapter wrote */
struct sv told_link(struct told *t);                   /* the last link in it */
struct message_row told_by_link(struct told *t, struct sv token);
struct sv told_open(struct told *t, struct sv token);  /* the answer's body */
enum err told_open_fails(struct told *t, struct sv token);

#endif
