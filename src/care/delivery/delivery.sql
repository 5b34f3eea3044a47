-- delivery.sql - who is to be brought a meal.

-- Delivered meals that are in no run, or in this one and not yet brought.
-- :run_orders
SELECT o.id FROM care_order o
 WHERE o.place = :place AND o.day = :day AND o.sitting = :sitting AND o.way = 'delivered'
   AND o.state IN ('placed', 'accepted') AND o.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.care_order = o.id AND v.state <> 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM meal_stop s WHERE s.care_order = o.id AND s.run <> :run
                      AND s.state <> 'dropped' AND s.ended_at IS NULL)
 ORDER BY o.id LIMIT 61;

-- The run that has not left yet.
-- :run_planned
SELECT * FROM meal_run
 WHERE place = :place AND day = :day AND sitting = :sitting AND state = 'planned'
   AND ended_at IS NULL ORDER BY id LIMIT 1;

-- :run_stop_of
SELECT * FROM meal_stop
 WHERE run = :run AND care_order = :care_order AND state <> 'dropped' AND ended_at IS NULL LIMIT 1;

-- :run_stops
SELECT * FROM meal_stop
 WHERE run = :run AND state <> 'dropped' AND ended_at IS NULL ORDER BY seq, id LIMIT 61;

-- :run_counts
SELECT COUNT(*), COALESCE(SUM(quantity), 0),
       COALESCE(SUM(CASE WHEN state = 'planned' THEN 1 ELSE 0 END), 0)
  FROM meal_stop WHERE run = :run AND state <> 'dropped' AND ended_at IS NULL;

-- :order_stop
SELECT * FROM meal_stop
 WHERE care_order = :care_order AND state = 'planned' AND ended_at IS NULL LIMIT 1;

-- :carer_stops
SELECT s.id FROM meal_stop s JOIN meal_run r ON r.id = s.run
 WHERE r.carer = :carer AND r.day = :day AND s.state <> 'dropped' AND s.ended_at IS NULL
   AND r.ended_at IS NULL
 ORDER BY r.sitting, r.id, s.seq LIMIT 90;

-- A stop that says brought while its order does not.
-- :stop_order_check
SELECT s.id AS id FROM meal_stop s JOIN care_order o ON o.id = s.care_order
 WHERE s.state IN ('handed', 'left') AND o.state IN ('placed', 'accepted', 'under_way');
