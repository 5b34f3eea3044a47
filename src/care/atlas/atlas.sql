-- atlas.sql - homes and places as they are counted.

-- The points are sealed; the living only.
-- :atlas_homes
SELECT id, scope, home_lat, home_lon, match_level FROM elder
 WHERE id > :after AND ended_at IS NULL AND died_on IS NULL ORDER BY id LIMIT :size;

-- :atlas_home
SELECT id, scope, home_lat, home_lon, match_level FROM elder
 WHERE id = :id AND ended_at IS NULL AND died_on IS NULL;

-- :atlas_places
SELECT id, scope, lat, lon, kind, beds_total, capacity, name FROM place
 WHERE state = 'published' AND ended_at IS NULL
   AND (closed_on IS NULL OR closed_on > :today OR COALESCE(closed_until, closed_on) < :today)
 ORDER BY id LIMIT 1000000;

-- The living of a range of scopes in order of community and number, behind one of them.
-- :atlas_living
SELECT scope, id FROM elder
 WHERE scope BETWEEN :low AND :high AND (scope > :scope OR (scope = :scope AND id > :id))
   AND ended_at IS NULL AND died_on IS NULL
 ORDER BY scope, id LIMIT :size;
