/*
 * known.h - finding one elder by what somebody who knows her can say.
 */
#ifndef CARE_ELDER_KNOWN_H
#define CARE_ELDER_KNOWN_H

#include "care/elder/elder.h"

struct elder_said { struct sv name, id_number, phone; };

/*
 * By document number, else by telephone (several may share one: the name decides); the name must
 * be the registered one. Without asking who looks: what is found is not yet an answer.
 * ERR_INVALID "elder.needs_one" when neither number is given. The row lives in c->mem.
 */
MUST enum err elder_known(struct ctx *c, struct elder_said said, struct elder *ret_elder,
                          bool *ret_found);

#endif
