-- told.sql - whom somebody must ring.

-- Orders of a day that she was not told of, without a line yet.
-- :told_wanted
SELECT o.id FROM care_order o
 WHERE o.day = :day AND o.told = 'no' AND o.state IN ('placed', 'accepted', 'assigned')
   AND o.ended_at IS NULL AND (:org = 0 OR o.org = :org)
   AND NOT EXISTS (SELECT 1 FROM told_call t WHERE t.care_order = o.id AND t.ended_at IS NULL)
 ORDER BY o.id LIMIT :most;

-- The lines of a station's day, in the order in which the services begin.
-- :told_lines
SELECT t.id FROM told_call t JOIN care_order o ON o.id = t.care_order
 WHERE t.org = :org AND t.day = :day AND t.ended_at IS NULL
 ORDER BY CASE WHEN t.state = 'open' THEN 0 ELSE 1 END, o.start_min, t.id LIMIT 300;

-- Lines still open whose order has gone its way without them.
-- :told_moot
SELECT t.id AS id, t.version AS version FROM told_call t JOIN care_order o ON o.id = t.care_order
 WHERE t.state = 'open' AND t.ended_at IS NULL
   AND (o.told <> 'no' OR o.state NOT IN ('placed', 'accepted', 'assigned'))
 ORDER BY t.id LIMIT 100;

-- Places left in a time that somebody has taken before; no row: all of them.
-- :told_slot_left
SELECT capacity - taken FROM slot
 WHERE offer = :offer AND day = :day AND start_min = :start_min AND ended_at IS NULL LIMIT 1;
