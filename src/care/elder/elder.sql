-- elder.sql - finding people by number.

-- :call_bonds
SELECT b.id, b.elder FROM bond b JOIN account a ON a.id = b.account
 WHERE (a.phone_key = :account_key OR a.phone_last4 = :account_key)
   AND b.state = 'active' AND b.ended_at IS NULL
 ORDER BY b.id LIMIT 10;

-- :call_last_order
SELECT id FROM care_order WHERE elder = :elder AND ended_at IS NULL ORDER BY id DESC LIMIT 1;

-- :elder_scope_differs
SELECT e.id FROM elder e JOIN division d ON d.id = e.division
 WHERE e.ended_at IS NULL AND e.scope <> d.scope LIMIT 100;

-- :elder_by_number
SELECT id FROM elder WHERE id_number_key = :key AND ended_at IS NULL LIMIT 1;

-- :elders_by_phone
SELECT id FROM elder WHERE phone_key = :key AND ended_at IS NULL ORDER BY id LIMIT 10;

-- Homes to be found by hand, of the living.
-- :elder_unmatched
SELECT id FROM elder
 WHERE match_level = :level AND scope BETWEEN :low AND :high AND id > :after
   AND died_on IS NULL AND ended_at IS NULL ORDER BY id LIMIT :size;

-- What a learnt name may change: homes without a compound, and those already in the one it means.
-- :elder_unmatched_of
SELECT id FROM elder
 WHERE (match_level IN ('none', 'community') OR (:compound <> 0 AND compound = :compound))
   AND id > :after AND ended_at IS NULL ORDER BY id LIMIT :size;

-- How many are matched, of how many; then the levels from the finest on.
-- :elder_homes_matched
SELECT CAST(COALESCE(SUM(CASE WHEN match_level IN ('door', 'building', 'compound')
                              THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(n), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN match_level = 'door' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN match_level = 'building' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN match_level = 'compound' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN match_level = 'community' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN match_level = 'none' THEN n ELSE 0 END), 0) AS BIGINT)
  FROM (SELECT match_level, COUNT(*) AS n
          FROM elder
         WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL
         GROUP BY scope, match_level) homes;

-- Living people whose birthday is known.
-- :elder_births
SELECT id, birth, birthday_by FROM elder
 WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL
   AND birth IS NOT NULL LIMIT :most;

-- :elder_division_scope
SELECT scope FROM division WHERE id = :division;
