/*
 * hand.h - 转交: what waits is handed to a named colleague, who is told.
 *
 * An entity whose kind names an `owner` can have the step: takes todo_hand_takes, its effect calls
 * todo_hand() and sets owner, handed_by and handed_why. Whoever may take the step may hand it on,
 * to anyone who could take it herself: a member of staff, not a carer, whose role acts on rows of
 * that kind and whose organisation or area the row is of. History keeps who gave it to whom.
 */
#ifndef CARE_TODO_HAND_H
#define CARE_TODO_HAND_H

#include "care/todo/todo.h"
#include "http/http.h"
#include "model/who/account.h"

struct todo_hand { struct account_id to; struct sv why; };
extern const struct field todo_hand_takes[];

/* The two fields that such an entity has beside its owner. */
#define HANDED_FIELDS(T)                                                                      \
    LINK(T, handed_by, "account", .read_only = true, .zh = "由谁转交", .en = "Handed on by"),  \
    FIELD(T, handed_why, .read_only = true, .high = 200, .zh = "转交说明", .en = "Handed on why")

/*
 * Checks `to` against this row and leaves her a message (sms, template "todo.handed": what and from
 * whom, never about whom). ERR_INVALID on "to" with the reason.
 */
MUST enum err todo_hand(struct ctx *c, const struct entity *e, const void *row,
                        const struct todo_hand *in);

/* GET /api/todo/colleagues?entity=&id=: who could be given the row, the caller left out. */
struct todo_hand_asked { struct sv entity; int64_t id; };
extern const struct field todo_hand_asked_fields[], todo_hand_gives[];
endpoint_fn todo_colleagues_get;

#endif
