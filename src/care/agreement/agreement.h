/*
 * agreement.h - service agreements (签约): an elder and the organisation that serves her, for a
 * term and at a price she was shown.
 *
 * "My elders" of a station are the ones it has agreements with; before the first order they are
 * how it sees a person at all. Drafted by the organisation, in force once signed (who signed, when,
 * how consent was given; the photographed page is a file of the row). A living agreement past its
 * last day expires by the clock. Renewing moves the last day on and keeps the earlier ones in
 * history; the alarm is the figure of those that end within `agreement.renew_days`.
 */
#ifndef CARE_AGREEMENT_H
#define CARE_AGREEMENT_H

#include "care/family/family.h"
#include "care/organisation/organisation.h"

enum agreement_kind {
    AGREEMENT_BASIC,
    AGREEMENT_MEAL,
    AGREEMENT_HOME,
    AGREEMENT_BED,
    AGREEMENT_DAY
};
extern const struct choice agreement_kinds[];

enum agreement_state {
    AGREEMENT_DRAFT, AGREEMENT_ACTIVE, AGREEMENT_EXPIRED, AGREEMENT_ENDED, AGREEMENT_DROPPED
};
extern const struct choice agreement_states[];

struct agreement_id { int64_t n; };

struct agreement {
    struct agreement_id    id;
    struct row             row;            /* scope: of the elder */
    struct elder_id        elder;
    struct organisation_id org;
    int                    kind;
    struct day             valid_from, valid_to;   /* both count; valid_to is known once signed */
    struct sv              price_sheet;    /* what was shown: item, unit, price, a line each */
    int                    state;
    struct day             signed_on;
    struct sv              signed_by;      /* the elder's name, or who speaks for her */
    int                    signer;         /* signer_kinds */
    int                    consent_way;    /* consent_ways of care/family */
    struct account_id      heard_by;       /* who noted the signature */
    struct sv              ended_why;
    struct sv              note;
};

enum signer_kind { SIGNER_SELF, SIGNER_GUARDIAN, SIGNER_FAMILY };
extern const struct choice signer_kinds[];

extern const struct field  agreement_fields[];
extern const struct entity agreement_entity;
extern const struct module agreement_module;

#endif
