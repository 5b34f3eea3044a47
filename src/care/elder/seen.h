/*
 * seen.h - who sees a row that names an elder in a field `elder` (struct entity, seen_by_*): she
 * herself and relatives bound to her; organisations she orders from or has an agreement with.
 */
#ifndef CARE_ELDER_SEEN_H
#define CARE_ELDER_SEEN_H

#define SEEN_BY_FAMILY "elder IN (SELECT id FROM elder WHERE account = $) OR elder IN (SELECT"     \
                       " elder FROM bond WHERE account = $ AND state = 'active'"                   \
                       " AND ended_at IS NULL)"
#define SEEN_BY_SERVER "elder IN (SELECT elder FROM care_order WHERE org = $) OR elder IN (SELECT" \
                       " elder FROM agreement WHERE org = $ AND state IN ('draft', 'active'))"

#endif
