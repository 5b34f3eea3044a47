/*
 * seen.h - who sees a row that names an elder in a field `elder` (struct entity, seen_by_*): she
 * herself and relatives whom she lets see her records; organisations she orders from or has an
 * agreement with.
 */
#ifndef CARE_ELDER_SEEN_H
#define CARE_ELDER_SEEN_H

/* The elders an account is bound to, whatever it may do for them. */
#define BOUND_ELDERS                                                                               \
    "SELECT elder FROM bond WHERE account = $ AND state = 'active' AND ended_at IS NULL"
/* The bit is BOND_MAY_RECORDS (care/family): who may only order reads nothing of what is known. */
#define SEEN_BY_FAMILY "elder IN (SELECT id FROM elder WHERE account = $) OR elder IN ("           \
                       BOUND_ELDERS " AND (may & 2) = 2)"
/* The bit is BOND_MAY_MONEY: what was spent for her. */
#define SEEN_BY_MONEY "elder IN (SELECT id FROM elder WHERE account = $) OR elder IN ("           \
                      BOUND_ELDERS " AND (may & 4) = 4)"
#define SEEN_BY_SERVER "elder IN (SELECT elder FROM care_order WHERE org = $) OR elder IN (SELECT" \
                       " elder FROM agreement WHERE org = $ AND state IN ('draft', 'active'))"

#endif
