-- centre.sql - functions that must be there, and what is known of them.

-- :centre_function_of
SELECT id FROM centre_function
 WHERE place = :place AND required = :required AND ended_at IS NULL;

-- What must be at a place, and what is known of it.
-- :centre_functions
SELECT r.id, f.id
  FROM place p
  JOIN required_function r ON r.place_kind = p.kind AND r.scope / 1000000 = p.scope / 1000000
                          AND r.valid_from <= :today
                          AND (r.valid_to IS NULL OR r.valid_to >= :today) AND r.ended_at IS NULL
  LEFT JOIN centre_function f ON f.place = p.id AND f.required = r.id AND f.ended_at IS NULL
 WHERE p.id = :place
 ORDER BY r.seq, r.id LIMIT 60;

-- Pictures of one, the latest first.
-- :centre_photos
SELECT COUNT(*) FROM file
 WHERE entity = 'centre_function' AND row_id = :id AND type LIKE 'image/%' AND ended_at IS NULL;

-- The centres of an area.
-- :centres_in
SELECT id FROM place
 WHERE kind = 'district_centre' AND state = 'published' AND scope BETWEEN :low AND :high
   AND ended_at IS NULL
 ORDER BY scope, id LIMIT 200;

-- :centres_of_org
SELECT id FROM place
 WHERE kind = 'district_centre' AND org = :org AND ended_at IS NULL ORDER BY id LIMIT 200;

-- Open, shown and seen lately, of all that must be there; then closed, overdue, without photograph.
-- :figure_centres
SELECT COALESCE(SUM(CASE WHEN f.is_open = 'open' AND f.shown = 1 AND f.verify_until >= :today
                         THEN 1 ELSE 0 END), 0),
       COUNT(*),
       COALESCE(SUM(CASE WHEN f.is_open = 'not_open' AND f.verify_until >= :today THEN 1 ELSE 0
                         END), 0),
       COALESCE(SUM(CASE WHEN f.verify_until < :today THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN f.is_open = 'open' AND f.shown = 0 AND f.verify_until >= :today
                         THEN 1 ELSE 0 END), 0)
  FROM place p
  JOIN required_function r ON r.place_kind = p.kind AND r.scope / 1000000 = p.scope / 1000000
                          AND r.valid_from <= :today
                          AND (r.valid_to IS NULL OR r.valid_to >= :today) AND r.ended_at IS NULL
  LEFT JOIN centre_function f ON f.place = p.id AND f.required = r.id AND f.ended_at IS NULL
 WHERE p.kind = 'district_centre' AND p.state = 'published' AND p.ended_at IS NULL
   AND p.scope BETWEEN :low AND :high;
