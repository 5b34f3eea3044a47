-- coverage.sql - places and homes for the walk, and the figures of one kind of place.

-- :coverage_places
SELECT lat, lon, kind FROM place
 WHERE state = 'published' AND ended_at IS NULL
   AND (closed_on IS NULL OR closed_on > :today OR COALESCE(closed_until, closed_on) < :today)
 ORDER BY id LIMIT 1000000;

-- :coverage_elders
SELECT id FROM elder
 WHERE id > :after AND ended_at IS NULL AND died_on IS NULL ORDER BY id LIMIT :size;

-- :coverage_note
UPDATE elder SET reach = :reach, near_kinds = :near, far_kinds = :far WHERE id = :id;

-- What the share, its parts and the lists behind them count; grouped in the order of the index.
-- :coverage_homes
SELECT CAST(COALESCE(SUM(CASE WHEN (near_kinds & :bit) <> 0 THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'known' THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN (far_kinds & :bit) <> 0 THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'known' AND match_level = 'door'
                              THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'known' AND match_level = 'building'
                              THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'known' AND match_level = 'compound'
                              THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'known' AND match_level = 'community'
                              THEN n ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN reach = 'unknown' THEN n ELSE 0 END), 0) AS BIGINT)
  FROM (SELECT reach, match_level, near_kinds, far_kinds, COUNT(*) AS n
          FROM elder
         WHERE scope BETWEEN :low AND :high AND ended_at IS NULL AND died_on IS NULL
         GROUP BY scope, reach, match_level, near_kinds, far_kinds) homes;

-- By community, for the shares that everybody may see.
-- :coverage_by_scope
SELECT scope, near_kinds, COUNT(*) FROM elder
 WHERE scope BETWEEN :low AND :high AND reach = 'known' AND ended_at IS NULL AND died_on IS NULL
 GROUP BY scope, near_kinds ORDER BY scope, near_kinds LIMIT 10000000;

-- :coverage_state
SELECT COALESCE(MAX(CASE WHEN name = 'coverage_at' THEN value ELSE 0 END), 0),
       COALESCE(MAX(CASE WHEN name = 'coverage_event' THEN value ELSE 0 END), 0)
  FROM store_state WHERE name IN ('coverage_at', 'coverage_event');

-- :coverage_state_set
INSERT INTO store_state (name, value) VALUES ('coverage_at', :at), ('coverage_event', :event)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- :coverage_at
SELECT COALESCE(MAX(value), 0) FROM store_state WHERE name = 'coverage_at';

-- :coverage_stirred
SELECT COUNT(*) FROM (SELECT seq FROM event
                       WHERE seq > :seq AND entity IN ('place', 'elder', 'roads', 'parameter',
                                                       'compound', 'building', 'entrance')
                       LIMIT 1) one;

-- What was noted last of each community and kind; and on a day.
-- :coverage_past_last
SELECT p.scope, p.kind, p.known, p.near FROM coverage_past p
 WHERE NOT EXISTS (SELECT 1 FROM coverage_past n
                    WHERE n.scope = p.scope AND n.kind = p.kind
                      AND (n.day > p.day OR (n.day = p.day AND n.id > p.id)))
 ORDER BY p.scope, p.kind LIMIT 1000000;

-- :coverage_past_on
SELECT p.scope, p.day, p.known, p.near FROM coverage_past p
 WHERE p.kind = :kind AND p.scope BETWEEN :low AND :high AND p.day <= :day
   AND NOT EXISTS (SELECT 1 FROM coverage_past n
                    WHERE n.scope = p.scope AND n.kind = p.kind AND n.day <= :day
                      AND (n.day > p.day OR (n.day = p.day AND n.id > p.id)))
 ORDER BY p.scope LIMIT 100000;

-- :coverage_past_day
SELECT COALESCE(MAX(value), 0) FROM store_state WHERE name = 'coverage_past_day';

-- :coverage_past_day_set
INSERT INTO store_state (name, value) VALUES ('coverage_past_day', :day)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
