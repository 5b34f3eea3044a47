/*
 * family.h - binding (亲属绑定): an account that may act for an elder, with her consent.
 *
 * Asked by the citizen, agreed to by the elder herself (her own account) or by staff who heard
 * her say so (by telephone, at the counter, by message, on a visit): the way and the time are
 * kept. What it lets one do is a set: order, see records, money, alarms. Either side ends it.
 * Ordering for someone without binding (代下单) needs none of this (care/order).
 */
#ifndef CARE_FAMILY_H
#define CARE_FAMILY_H

#include "care/elder/elder.h"

enum bond_state { BOND_ASKED, BOND_ACTIVE, BOND_REFUSED, BOND_ENDED };
extern const struct choice bond_states[];

/* Bits of bond.may. */
enum bond_may { BOND_MAY_ORDER, BOND_MAY_RECORDS, BOND_MAY_MONEY, BOND_MAY_ALARMS };
extern const struct choice bond_mays[];

enum consent_way { CONSENT_PHONE, CONSENT_COUNTER, CONSENT_SMS, CONSENT_VISIT };
extern const struct choice consent_ways[];

struct bond_id { int64_t n; };

struct bond {
    struct bond_id    id;
    struct row        row;           /* scope: of the elder */
    struct account_id account;
    struct elder_id   elder;
    int               relation;      /* relation_kinds */
    struct set        may;
    int               state;
    int               consent_way;
    struct moment     consent_at;    /* 0: nobody has agreed yet */
    struct account_id consent_by;    /* who heard it: staff, or the elder's own account */
    struct day        valid_until;
};

extern const struct field  bond_fields[];
extern const struct entity bond_entity;
extern const struct module family_module;

/*
 * Whether the account may do this for the elder today: through a living bond that says so, or
 * because it is her own account. For rules; reading goes by the entity's own view.
 */
MUST enum err bond_allows(struct ctx *c, int64_t account, struct elder_id elder, enum bond_may what,
                          bool *ret_allows);

#endif
