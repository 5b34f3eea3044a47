/*
 * why.h - why something was refused, in both languages, where the check stands.
 *
 * For causes that go as {0} or {1} into a message: the sentence around them is in the reader's
 * language, so must they be. The log has the English.
 */
#ifndef BASE_WHY_H
#define BASE_WHY_H

#include "base/ctx.h"

struct why { const char *zh, *en; };

/* Lives as long as the program. */
#define WHY(zh, en) ({ static const struct why why_ = { zh, en }; &why_; })

/* In the language of who asked. */
struct sv why_said(const struct ctx *c, const struct why *why);

/* What the system says of errno; English where nobody has written it down in Chinese. */
const struct why *why_of_errno(struct ctx *c, int number);

#endif
