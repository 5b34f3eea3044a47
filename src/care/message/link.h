/*
 * link.h - the link in a message. Its token is 96 random bits, of which only the hash is kept; it
 * ends after message.link_hours, shows one event, signs nobody in, and every look is counted and
 * stands in the elder's access log.
 */
#ifndef CARE_MESSAGE_LINK_H
#define CARE_MESSAGE_LINK_H

#include "care/message/message.h"

/* The message behind a token; ERR_MISSING "told.gone" when there is none or its time is over. */
MUST enum err link_message(struct ctx *c, struct sv token, struct message_row *ret_message);

#endif
