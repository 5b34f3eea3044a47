/*
 * staff.h - what is kept about somebody who works: shifts, leave, training.
 *
 * A shift says when she usually works (hours as places have them) and where her day begins; a
 * leave is asked for, and approved by another than herself; approved, or noted on the carer as
 * away, it keeps orders from her. Training is hours, who held it and how it ended.
 */
#ifndef CARE_CARER_STAFF_H
#define CARE_CARER_STAFF_H

#include "care/carer/carer.h"
#include "care/review/review.h"

struct shift_id { int64_t n; };

struct shift {
    struct shift_id id;
    struct row      row;           /* scope: of the carer */
    struct carer_id carer;
    struct sv       week;          /* care/hours: "Mo-Fr 08:00-12:00,13:00-17:00" */
    struct place_id starts_at;     /* 0: at home */
    struct day      valid_from, valid_to;
};

extern const struct field  shift_fields[];
extern const struct entity shift_entity;

enum leave_kind { LEAVE_ANNUAL, LEAVE_SICK, LEAVE_PERSONAL, LEAVE_TRAINING, LEAVE_PARENT };
extern const struct choice leave_kinds[];

enum leave_state { LEAVE_ASKED, LEAVE_APPROVED, LEAVE_REFUSED, LEAVE_CANCELLED };
extern const struct choice leave_states[];

struct leave_id { int64_t n; };

struct leave {
    struct leave_id   id;
    struct row        row;
    struct carer_id   carer;
    int               kind;
    struct day        from_day, to_day;      /* both count */
    struct sv         note;
    int               state;
    struct account_id decided_by;
};

extern const struct field  leave_fields[];
extern const struct entity leave_entity;

enum training_result { TRAINING_ATTENDED, TRAINING_PASSED, TRAINING_FAILED };
extern const struct choice training_results[];

struct training_id { int64_t n; };

struct training {
    struct training_id id;
    struct row         row;
    struct carer_id    carer;
    struct sv          topic, held_by;
    struct day         held_on;
    int64_t            hours;
    int                result;
    struct sv          certificate;          /* number; the paper itself is a paper row */
};

extern const struct field  training_fields[];
extern const struct entity training_entity;
extern const struct module staff_module;

/* Is she not to be sent that day: away, left, or on an approved leave? */
MUST enum err carer_absent(struct ctx *c, const struct carer *a, struct day day, bool *ret_absent);

#endif
