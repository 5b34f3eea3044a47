/*
 * choice.h - how somebody wants to be told: the way, the kinds she does not want, one digest in
 * the evening, her own quiet hours. A row for an account, or for an elder without one (kept by
 * staff: an old telephone hears a voice, who has none is rung).
 */
#ifndef CARE_MESSAGE_CHOICE_H
#define CARE_MESSAGE_CHOICE_H

#include "care/message/message.h"

enum choice_way { CHOICE_AUTO, CHOICE_SMS, CHOICE_VOICE, CHOICE_WECHAT, CHOICE_CALL };

struct message_choice_id { int64_t n; };
struct message_choice {
    struct message_choice_id id;
    struct row         row;
    struct account_id  account;
    struct elder_id    elder;              /* without an account */
    int                way;
    struct set         off;                /* bits of message_kinds */
    bool               digest;
    struct opt_int     quiet_from, quiet_to;     /* minutes of the day */
    struct opt_int     remind_min;         /* the minute of the day at which reminders come */
    struct sv          wechat;             /* SEALED: her open id */
};
extern const struct field  message_choice_fields[];
extern const struct entity message_choice_entity;

/* Of the account, else of the elder; with nothing chosen everything is absent. */
MUST enum err message_choice_of(struct ctx *c, struct account_id account, struct elder_id elder,
                        struct message_choice *ret_choice);

#endif
