-- errand.sql - errands of an order, of a carer, of a place; what is overdue.

-- :errand_of_order
SELECT id FROM errand WHERE care_order = :care_order AND ended_at IS NULL LIMIT 1;

-- The step has been told too late: work_by_clock asks.
-- :errand_overdue
SELECT id, version FROM errand
 WHERE state IN ('advanced', 'bought') AND due < :now AND overdue_at IS NULL AND id > :after
   AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- The elders' money in carers' hands. Who has paid out of her own pocket holds nothing.
-- :errand_held
SELECT COALESCE(SUM(CASE WHEN advance > spent THEN advance - spent ELSE 0 END), 0), COUNT(*)
  FROM errand
 WHERE place = :place AND day <= :day AND state IN ('advanced', 'bought') AND ended_at IS NULL;

-- Today's of a carer, and what she has not brought to an end.
-- :carer_errands
SELECT e.id, v.id AS visit FROM visit v JOIN errand e ON e.care_order = v.care_order
 WHERE v.carer = :carer AND v.day BETWEEN :day - 14 AND :day AND v.state <> 'cancelled'
   AND (v.day = :day OR e.state IN ('advanced', 'bought', 'returned'))
   AND e.state <> 'dropped' AND v.ended_at IS NULL AND e.ended_at IS NULL
 ORDER BY v.day, v.start_min, e.id LIMIT 60;

-- What is open at a station, the oldest advance first; those without money only on their day.
-- :station_errands
SELECT id FROM errand
 WHERE org = :org AND state IN ('open', 'advanced', 'bought', 'returned', 'disputed')
   AND day <= :day AND (state <> 'open' OR day = :day) AND ended_at IS NULL
 ORDER BY day, id LIMIT 200;

-- :station_errands_done
SELECT id FROM errand
 WHERE org = :org AND state = 'confirmed' AND day = :day AND ended_at IS NULL
 ORDER BY id LIMIT 200;

-- Settled, the money does not add up, and nobody has said why.
-- :errand_check
SELECT id FROM errand
 WHERE state IN ('returned', 'confirmed') AND difference <> 0 AND why IS NULL
   AND ended_at IS NULL LIMIT 100;

-- An errand is of the organisation that serves its order.
-- :errand_order_check
SELECT e.id AS id FROM errand e JOIN care_order o ON o.id = e.care_order
 WHERE o.org <> e.org AND e.ended_at IS NULL LIMIT 100;
