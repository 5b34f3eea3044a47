/*
 * verify.h - keeping the directory true (信息核实): who asks whom by when, what to say, what came
 * of it.
 *
 * Every published organisation and place carries the day until which its facts count as verified.
 * Some days before (`directory.verify_lead_days`) a nightly job opens one verification for it: in
 * the scope of what is verified, with a sentence to read out that holds the facts as published,
 * the services and prices it offers among them: offers have no day of their own.
 * Whoever takes it owns it. Nothing changed and Something changed move the day on, Closed down
 * withdraws a place; No answer counts a try and leaves it open; after `directory.verify_tries`
 * tries it may be given up, and the public page goes on saying how old its facts are.
 */
#ifndef CARE_VERIFY_H
#define CARE_VERIFY_H

#include "care/place/place.h"

enum verify_state { VERIFY_OPEN, VERIFY_DONE, VERIFY_GIVEN_UP };
extern const struct choice verify_states[];

enum verify_result {
    VERIFY_NO_RESULT, VERIFY_SAME, VERIFY_CHANGED, VERIFY_CLOSED, VERIFY_UNREACHED
};
extern const struct choice verify_results[];

struct verification_id { int64_t n; };

struct verification {
    struct verification_id id;
    struct row             row;       /* scope: of the place, else of the organisation */
    struct organisation_id org;       /* 0: a place without one */
    struct place_id        place;     /* 0: the organisation itself */
    struct day             due;       /* its facts count until then */
    struct account_id      owner;     /* 0: nobody has taken it yet */
    struct account_id      handed_by; /* who handed it to the owner (care/todo/hand.h) */
    struct sv              handed_why;
    struct sv              phone, say;
    int64_t                tries;
    struct moment          tried_at;
    int                    state, result;
    struct sv              found;     /* what was heard */
    struct moment          done_at;
    struct account_id      done_by;
};

extern const struct field  verification_fields[];
extern const struct entity verification_entity;
extern const struct module verify_module;

#endif
