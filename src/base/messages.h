/*
 * messages.h - sentences for people, in both languages, by key.
 *
 * Each folder keeps a table of its own (ends with { 0 }); the sentence says the fix. {0} and {1}
 * stand for a fault's arguments.
 */
#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include "base/ctx.h"
#include "base/member.h"

/* Of base: field.*, json.*, csv.*, clock.* and, under err_name(), the kinds of failure. */
extern const struct message base_messages[];

const struct message *message_named(const struct message *table, const char *key);  /* or NULL */

/* Writes the sentence; the arguments are put in as they are (plain text, not HTML or JSON). */
void message_put(struct buf *out, const struct message *m, enum lang lang, struct sv arg0,
                 struct sv arg1);

/* What a choice is called. */
static inline const char *choice_named(const struct choice *one, enum lang lang)
{
    return lang == LANG_EN ? one->en : one->zh;
}

#endif
