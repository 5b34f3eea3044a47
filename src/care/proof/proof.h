/*
 * proof.h - what speaks for a visit, and against it: dated rows, strongest kind first.
 *
 * A printed door code that the supervisor replaces each month, the elder's signature, a photograph,
 * where the phone was, whether the times can be, at last the elder's own number, which the carer
 * soon knows. Each row has a result and a reason out of one table with a weight, so that a month's
 * score can sum them; nothing is summed here. A carer makes rows of what she scanned or took (also
 * off line, care/sync); place and time the house works out as the visit moves.
 */
#ifndef CARE_PROOF_H
#define CARE_PROOF_H

#include "care/visit/visit.h"
#include "geo/point.h"

/* Strongest first; the order is the strength. */
enum proof_kind {
    PROOF_DOOR_CODE, PROOF_CALL_BACK, PROOF_FAMILY, PROOF_SIGNATURE, PROOF_PHOTO, PROOF_PLACE,
    PROOF_TIME, PROOF_PIN, PROOF_VOICE,
};
enum proof_result { PROOF_PENDING, PROOF_GOOD, PROOF_DOUBTFUL, PROOF_BAD };
extern const struct choice proof_kinds[], proof_results[];

enum proof_why {
    WHY_PENDING,
    WHY_CODE_OK, WHY_CODE_OLD, WHY_CODE_UNHUNG, WHY_CODE_FOREIGN, WHY_CODE_UNKNOWN,
    WHY_SIGNED, WHY_SIGNATURE_SEEN,
    WHY_PHOTO_NEW, WHY_PHOTO_SEEN, WHY_PHOTO_BLANK, WHY_PHOTO_UNREADABLE,
    WHY_PLACE_NEAR, WHY_PLACE_FAR, WHY_PLACE_NONE, WHY_PLACE_NO_HOME,
    WHY_TIME_POSSIBLE, WHY_TIME_TOO_FAST, WHY_TIME_SHORT, WHY_TIME_WHOLE, WHY_TIME_LATE,
    WHY_PIN_OK, WHY_PIN_WRONG, WHY_VOICE,
    WHY_COUNT
};
extern const struct choice proof_whys[];

/* What a reason says and weighs; positive speaks for the visit. Weights are 待核. */
struct proof_reason { int kind, result; int64_t weight; };
extern const struct proof_reason proof_reasons[WHY_COUNT];

struct proof_id { int64_t n; };
struct door_code_id { int64_t n; };

struct proof {
    struct proof_id        id;
    struct row             row;
    struct visit_id        visit;
    struct organisation_id org;
    struct elder_id        elder;
    struct carer_id        carer;
    int                    kind, result, why;
    int64_t                weight;
    int64_t                measure, bound;      /* metres, minutes or bits, and what was allowed */
    struct visit_id        other;               /* the visit whose photo or signature it was */
    struct door_code_id    door_code;
    struct sv              given;               /* SECRET: the code or number as typed */
    struct moment          at, known_at;        /* when it was, and when we were told */
    struct sv              file_hash;
};

extern const struct field  proof_fields[];
extern const struct entity proof_entity;
extern const struct module proof_module;

/* A row of the house's own (place, time); measure and bound as the reason says. */
MUST enum err proof_add(struct ctx *c, const struct visit *v, enum proof_why why, int64_t measure,
                        int64_t bound);

/* After a step of a visit: place and time (chain.c). */
extern const struct follower proof_followers[];

/* The point of the home of a visit: the order's, else the elder's; it stays inside the house. */
MUST enum err visit_home(struct ctx *c, const struct visit *v, struct point *ret_home,
                         bool *ret_found);

/* A sentence: "签到位置距家 1.2 公里（应在 300 米内）". */
struct sv proof_text(struct ctx *c, const struct proof *p);

#endif
