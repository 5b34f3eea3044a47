/*
 * gathering.h - classes and outings (课程与活动): what it is, who signed up, who came.
 *
 * A class meets every week from its first day to its last, an outing is one day. Its places are
 * one slot of an offer of its own (care/offer), so one place is never given twice, and a sign-up
 * is a care_order in that slot: price, quota, bill, rating and rights are the order's. The offer
 * is never published; it is no service that one orders.
 *
 *     enrolment:   in → done (came at least once) | absent (never came) | left (order cancelled)
 *        waiting → invited → in
 *             └ left   └ left, lapsed (did not answer in time)
 *
 * Full: one waits in the order of asking. When a place frees, the first who waits is told, and the
 * place is held for her (slot.taken counts it) until she answers or `answer_by` passes; then the
 * next. Signing up anew never passes those who wait, for no place is free while somebody does.
 * Leaving is cancelling the order, by the rule shown before. Of a pause (care/standing/pause.h) an
 * outing is called off; in a class she keeps her place and is excused.
 */
#ifndef CARE_GATHERING_H
#define CARE_GATHERING_H

#include "care/order/order.h"
#include "http/http.h"

enum gathering_kind { GATHERING_CLASS, GATHERING_OUTING };
enum gathering_need { NEED_CONSENT, NEED_INSURANCE, NEED_EMERGENCY };
extern const struct choice gathering_kinds[], gathering_needs[];

struct gathering {
    struct gathering_id    id;
    struct row             row;
    struct sv              title;
    int                    kind;
    struct organisation_id org;
    struct catalogue_item_id item;
    struct place_id        place;          /* 0: only `meets_at` says where */
    struct sv              meets_at, leader;
    struct day             first_day, last_day;
    struct sv              skips;          /* days it does not meet: "2026-12-05,2026-12-12" */
    int64_t                start_min, end_min, places;
    struct money           price;          /* of all of it, for one */
    struct sv              description;
    struct day             opens_on, closes_on;      /* of signing up, both count */
    int64_t                age_min;        /* 0: any */
    struct set             grades;         /* ability grades that may come; none: all */
    struct set             residences;     /* care/whom: residence_kinds; none: all */
    int64_t                residence_months;
    struct set             needs;
    struct offer_id        offer;
    int                    state;          /* enum review_state */
    struct account_id      submitted_by;
};

enum enrolment_state {
    ENROLMENT_WAITING, ENROLMENT_INVITED, ENROLMENT_IN, ENROLMENT_LEFT, ENROLMENT_LAPSED,
    ENROLMENT_ABSENT, ENROLMENT_DONE
};
extern const struct choice enrolment_states[];

struct enrolment_id { int64_t n; };

struct enrolment {
    struct enrolment_id    id;             /* in the order of asking */
    struct row             row;
    struct gathering_id    gathering;
    struct organisation_id org;
    struct elder_id        elder;          /* 0: somebody not in the register */
    struct account_id      account, placed_by;
    int                    channel;
    struct sv              for_name, for_phone;
    struct sv              emergency_name, emergency_phone;
    bool                   consent, insured;
    struct care_order_id   care_order;     /* from `in` on */
    struct slot_id         slot;           /* the place held while invited, then had */
    struct moment          invited_at, answer_by;
    int                    state;
};

enum attendance_way { ATTEND_TICK, ATTEND_CARD, ATTEND_DIGITS, ATTEND_PAPER };
extern const struct choice attendance_ways[];
struct attendance_id { int64_t n; };

/* Somebody came on a day. */
struct attendance {
    struct attendance_id   id;
    struct row             row;
    struct gathering_id    gathering;
    struct enrolment_id    enrolment;
    struct organisation_id org;
    struct elder_id        elder;
    struct day             day;
    struct moment          at;
    int                    way;
    bool                   backdated;      /* noted on a later day: 补录 */
    struct account_id      noted_by;
    int                    state;          /* 0 here, 1 undone */
};

extern const struct field  gathering_fields[], enrolment_fields[], attendance_fields[];
extern const struct entity gathering_entity, enrolment_entity, attendance_entity;
extern const struct module gathering_module;

/* How one must reside to come; age and grades it asks by itself, who is not graded may come. */
struct whom gathering_whom(const struct gathering *g);

/* --- days.c: when it meets --- */

enum { GATHERING_DAYS_MAX = 60, GATHERING_PEOPLE_MAX = 300 };
size_t gathering_days(const struct gathering *g, struct day ret_days[GATHERING_DAYS_MAX]);
bool gathering_meets(const struct gathering *g, struct day day);
bool gathering_skips_check(struct sv skips);
/* "每周六 09:00–10:30，11月7日至12月26日，共 8 次" */
struct sv gathering_when(struct arena *mem, const struct gathering *g, enum lang lang);

/* --- enrol.c: signing up --- */

struct enrol_new {
    struct elder_id elder;
    struct sv  for_name, for_phone;        /* when she is not in the register */
    struct sv  emergency_name, emergency_phone;
    bool       consent, insured;
    bool       wait;                       /* wait when it is full */
    int        pay_way, channel;
};
extern const struct field enrol_new_fields[];

/*
 * Signs up for the caller; `in` with its order, or `waiting`. ERR_INVALID with the fields at fault
 * (conditions, window, pause), ERR_CONFLICT "gathering.full" (not waiting), "gathering.twice".
 */
MUST enum err gathering_enrol(struct ctx *c, struct gathering_id id, const struct enrol_new *n,
                              struct enrolment *ret_enrolment);

/* Offers places that are free to who waits, one after the other. */
MUST enum err gathering_fill(struct ctx *c, struct gathering_id id);

/* --- attend.c: the door --- */

struct sign_in {
    struct day day;                        /* today when absent */
    struct enrolment_id enrolment;         /* a tick; else `code` */
    struct sv  code;                       /* a counter card, or the last four digits */
    int        way;                        /* ATTEND_PAPER: keyed in from the sheet */
};
/* Who it may be: one was noted, more are to be asked (`n`), none is an error on "code". */
struct signed_in { struct attendance made; bool before; struct enrolment_id several[9]; size_t n; };
MUST enum err gathering_sign_in(struct ctx *c, struct gathering_id id, const struct sign_in *in,
                                struct signed_in *ret);

#endif
