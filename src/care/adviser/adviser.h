/*
 * adviser.h - the adviser for care (养老顾问): notes of what somebody needs, and referrals.
 *
 * A note (个案记录) says what an elder needs, as categories and in words, and when to ask again. From
 * the needs follows the list of services that are sold near her home, with what she would pay. A
 * referral (转介) sends her to an organisation, which accepts or rejects it and says what came of it.
 *
 *     note:      open → followed (asked again; a new day) … → closed with the result
 *     referral:  sent → accepted → done, or rejected with a reason
 */
#ifndef CARE_ADVISER_H
#define CARE_ADVISER_H

#include "care/order/order.h"
#include "http/http.h"

enum note_state { NOTE_OPEN, NOTE_CLOSED };
enum referral_state { REFERRAL_SENT, REFERRAL_ACCEPTED, REFERRAL_REJECTED, REFERRAL_DONE };

struct adviser_note_id { int64_t n; };
struct referral_id { int64_t n; };
struct adviser_duty_id { int64_t n; };

struct adviser_note {
    struct adviser_note_id id;
    struct row             row;
    struct elder_id        elder;
    struct organisation_id org;            /* whose adviser; 0: an office's */
    struct account_id      adviser;
    struct set             needs;          /* of catalogue categories */
    struct sv              text;           /* SECRET */
    struct day             follow_on;      /* ask again */
    int64_t                followed;       /* how often that was done */
    struct sv              result;         /* SECRET */
    int                    state;
};

struct referral {
    struct referral_id     id;
    struct row             row;
    struct adviser_note_id note;
    struct elder_id        elder;
    struct organisation_id from_org, org;  /* who sent (0: an office), who is asked */
    struct offer_id        offer;          /* 0: whatever they have */
    struct sv              why;            /* SECRET */
    struct day             answer_by;
    struct account_id      answered_by;
    struct sv              reason, result;
    int                    state;
};

/* Where and when an adviser sits. */
struct adviser_duty {
    struct adviser_duty_id id;
    struct row             row;
    struct place_id        place;
    struct organisation_id org;
    struct sv              name, phone, week;      /* care/hours: "Mo,We 09:00-11:00" */
};

extern const struct field  adviser_note_fields[], referral_fields[], adviser_duty_fields[];
extern const struct entity adviser_note_entity, referral_entity, adviser_duty_entity;
extern const struct module adviser_module;

extern const struct endpoint adviser_endpoints[];

#endif
