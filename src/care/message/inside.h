/* inside.h - what the files of care/message share. */
#ifndef CARE_MESSAGE_INSIDE_H
#define CARE_MESSAGE_INSIDE_H

#include "care/message/channel.h"
#include "care/message/choice.h"
#include "care/message/message.h"
#include "care/message/template.h"
#include "http/http.h"

#define DEFAULTS "系统默认值，待核"

/* --- fit.c: a text with its slots filled, and what it costs --- */

struct sv text_fill(struct arena *mem, struct sv text, const struct message_value *values,
                    size_t n);
/* The same with every slot's sample, or (worst) as long as it may become. */
struct sv text_sample(struct arena *mem, struct sv text, const struct message_form *f, bool worst);
/* The values without secrets: •••• stands for them. */
void values_shown(const struct message_form *f, const struct message_value *values, size_t n,
                  struct message_value *ret_shown);
/* A name in braces that the kind does not have; "" none. */
struct sv text_unknown_slot(struct sv text, const struct message_form *f);

/* SMS in UCS-2: 70 units in one part, else 67 in each; a character beyond U+FFFF is two units. */
enum { PART_ALONE = 70, PART_OF_MANY = 67, SPOKEN_A_SECOND = 4, WECHAT_SLOT_MAX = 20 };
struct text_fit { int64_t units, parts, seconds; };
struct text_fit text_fit(struct sv text);

/* --- put.c: what stands in the row becomes the transport's --- */

/* The transport's row for a message that waits; `again` of the row tells it from the one before. */
MUST enum err message_post(struct ctx *c, const struct message_row *m);
/* What is sent: the text with its secrets, and the values as a JSON object in *ret_values. */
MUST enum err message_whole(struct ctx *c, const struct message_row *m, struct sv *ret_text,
                            struct sv *ret_values);

/* The text of the row's way and template, and its slots, from the values (put.c). */
MUST enum err message_text(struct ctx *c, struct message_row *m,
                           const struct message_value *values, size_t n);
/* The values that stand in the row; SLOTS_MAX + 1 of them. */
MUST enum err message_values(struct ctx *c, const struct message_row *m,
                             struct message_value *ret_values, size_t *ret_n);
/* An SMS to a mobile, a voice to a landline, a person where there is no number. */
int way_to(struct sv phone);
/* turn.c: what WeChat did not take goes by her number instead; its transport with it. */
MUST enum err message_turn(struct ctx *c, struct message_row *m);

/* What the sender found out, for the automatic steps try, carry, turn, fail, doubt, bounce. */
struct carried_input {
    struct sv                 why, ref;
    struct message_channel_id channel;
    bool                      sent;
};

/* --- link.c --- */

/* A new link for the row (its hash and end noted there); "" where the house has no address. */
MUST enum err link_make(struct ctx *c, struct message_row *m, struct sv *ret_url);

/* --- texts.c --- */

extern const struct field texts_gives[];
enum err texts_get(struct ctx *c, const struct request *q, struct answer *a);

extern const struct endpoint message_endpoints[];
endpoint_fn link_open, receipt_post, template_preview, channel_test, my_messages, my_choice_get,
    my_choice_put, elder_choice_put, elder_choice_get;
extern const struct field receipt_fields[], link_gives[];
enum err message_digest_job(struct ctx *c, const struct job *j);
enum err message_tomorrow_job(struct ctx *c, const struct job *j);
extern const struct follower message_followers[];          /* of orders and visits: tell.c */

#endif
