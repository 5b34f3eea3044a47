/*
 * say.h - the sentence to read out, and how fresh the directory is, street by street.
 */
#ifndef CARE_VERIFY_SAY_H
#define CARE_VERIFY_SAY_H

#include "care/verify/verify.h"
#include "http/http.h"

/* Fills phone and say from what is published now; v->place or v->org names what is verified. */
MUST enum err verify_say(struct ctx *c, struct verification *v);

extern const struct endpoint verify_endpoints[];

#endif
