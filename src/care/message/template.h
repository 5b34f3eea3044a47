/*
 * template.h - what a message says: a text with named slots for one kind by one way.
 *
 * Versions follow each other: draft → submitted → published by another person; publishing ends the
 * version before. Until one is published the house's own text counts (kinds.c). A text that names
 * a slot the kind does not have, or that with every slot as long as it may become takes more SMS
 * parts, seconds or WeChat characters than it may, is not stored.
 */
#ifndef CARE_MESSAGE_TEMPLATE_H
#define CARE_MESSAGE_TEMPLATE_H

#include "care/message/message.h"

struct message_template {
    struct message_template_id id;
    struct row  row;
    int         kind, way, state;
    int64_t     number;                  /* version, counted by kind and way */
    struct sv   text;
    struct sv   provider_code;           /* the gateway's own id of the approved text */
    int64_t     parts_max, seconds_max;
    struct account_id submitted_by, published_by;
    struct moment published_at;
    int64_t     units, parts, seconds;   /* at its longest, with the signature */
    struct sv   preview;                 /* with samples */
};
extern const struct field  message_template_fields[];
extern const struct entity message_template_entity;

/* What counts now: the published version, else the house's own text (id 0). "" text: none. */
struct template_held { struct message_template_id id; struct sv text, provider_code; };
MUST enum err template_held(struct ctx *c, enum message_kind kind, enum message_way way,
                            struct template_held *ret_held);

/* The text as it leaves: an SMS has the house's signature in front. */
MUST enum err template_signed(struct ctx *c, enum message_way way, int64_t scope, struct sv text,
                              struct sv *ret_text);

#endif
