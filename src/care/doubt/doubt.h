/*
 * doubt.h - the doubt score of a visit from its proof (核验), and the month that is billed by it.
 *
 * Each visit that was done gets a score of 0 to 100: the sum of the weights of what speaks against
 * it (parameters doubt.*), less what its strong proofs outweigh. From doubt.line on it is doubtful:
 * the manager sees it first, may add evidence and explain; a supervisor accepts or holds it. The
 * month's bill takes the visits that are clear or accepted; a doubtful one holds its own line, not
 * the month. The score is worked out each night and when the month is looked at, until somebody
 * has settled it.
 *
 *     clear ⇄ doubtful → explained → accepted | held          (⇄ by the score alone)
 */
#ifndef CARE_DOUBT_H
#define CARE_DOUBT_H

#include "care/proof/proof.h"

enum doubt_reason {
    DOUBT_NO_PROOF,        /* nothing speaks for it */
    DOUBT_CODE,            /* the door code was wrong, old or another home's */
    DOUBT_PLACE,           /* signed in far from the home */
    DOUBT_TIME,            /* could not have come from the visit before */
    DOUBT_SHORT,           /* too short */
    DOUBT_PHOTO,           /* a photo that was used before */
    DOUBT_SIGNATURE,       /* the very signature of another visit */
    DOUBT_TOGETHER,        /* several homes signed in at one moment and place */
    DOUBT_LATE,            /* entered late, or from paper without a signature */
    DOUBT_DISPUTED,        /* she or her family says otherwise */
    DOUBT_REASONS
};
enum doubt_state { DOUBT_CLEAR, DOUBT_DOUBTFUL, DOUBT_EXPLAINED, DOUBT_ACCEPTED, DOUBT_HELD };
extern const struct choice doubt_reasons[], doubt_states[];

struct visit_check_id { int64_t n; };

struct visit_check {
    struct visit_check_id  id;
    struct row             row;
    struct visit_id        visit;
    struct organisation_id org;
    struct carer_id        carer;
    struct elder_id        elder;
    struct care_order_id   care_order;
    struct day             day;
    int64_t                score;          /* 0..100 */
    struct set             reasons;        /* bit per enum doubt_reason */
    int                    state;
    struct sv              explained;      /* SECRET: the manager's words */
    struct account_id      explained_by, decided_by;
    struct moment          decided_at;
};

extern const struct field  visit_check_fields[];
extern const struct entity visit_check_entity;
extern const struct module doubt_module;

/* What the score is now; reasons as bits. */
struct doubt { int64_t score; uint64_t reasons; };
MUST enum err doubt_of(struct ctx *c, const struct visit *v, struct doubt *ret_doubt);

/* Works out the rows of an organisation's days, 3,200 visits at most; *ret_n how many. */
MUST enum err doubt_run(struct ctx *c, struct organisation_id org, struct day first,
                        struct day last, int64_t *ret_n);

extern const struct endpoint month_endpoints[];

#endif
