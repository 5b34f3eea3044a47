/*
 * proposal.h - a change to something public (变更申请): what it is, what it would become, and a
 * second person who applies or refuses it.
 *
 * For every entity that is reviewed (its state is one of review_states). What is published stays
 * as it is until another than the proposer applies the change; if the row has changed meanwhile
 * in one of these fields, applying is refused and the two are compared again.
 */
#ifndef CARE_PROPOSAL_H
#define CARE_PROPOSAL_H

#include "care/organisation/organisation.h"

enum proposal_state { PROPOSAL_OPEN, PROPOSAL_APPLIED, PROPOSAL_REFUSED, PROPOSAL_TAKEN_BACK };
extern const struct choice proposal_states[];

struct proposal_id { int64_t n; };

struct proposal {
    struct proposal_id     id;
    struct row             row;            /* scope: of what is to change */
    struct sv              entity;         /* "place" */
    int64_t                row_id;
    struct sv              subject;        /* its name when proposed */
    struct organisation_id org;            /* whose it is; 0: nobody's */
    struct text            was, becomes;   /* objects of the changed fields only */
    struct sv              why;
    int                    state;
    struct account_id      proposed_by, decided_by;
    struct moment          decided_at;
};

extern const struct field  proposal_fields[];
extern const struct entity proposal_entity;
extern const struct module proposal_module;

#endif
