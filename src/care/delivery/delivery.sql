-- delivery.sql - who is to be brought a meal, and by whom.

-- Delivered meals that are in no run, or in one that may be planned again.
-- :run_orders
SELECT o.id FROM care_order o
 WHERE o.place = :place AND o.day = :day AND o.sitting = :sitting AND o.way = 'delivered'
   AND o.state IN ('placed', 'accepted') AND o.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.care_order = o.id AND v.state <> 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM meal_stop s JOIN meal_run r ON r.id = s.run
                    WHERE s.care_order = o.id AND s.state <> 'dropped' AND s.ended_at IS NULL
                      AND (r.state <> 'planned' OR r.locked = 1))
 ORDER BY o.id LIMIT 301;

-- Those that are in none.
-- :orders_left
SELECT o.id FROM care_order o
 WHERE o.place = :place AND o.day = :day AND o.sitting = :sitting AND o.way = 'delivered'
   AND o.state IN ('placed', 'accepted') AND o.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.care_order = o.id AND v.state <> 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM meal_stop s WHERE s.care_order = o.id AND s.state <> 'dropped'
                      AND s.ended_at IS NULL)
 ORDER BY o.id LIMIT 300;

-- :round_runs
SELECT id FROM meal_run
 WHERE place = :place AND day = :day AND sitting = :sitting AND state <> 'dropped'
   AND ended_at IS NULL ORDER BY leave_min, id LIMIT 120;

-- :round_people
SELECT id FROM meal_bringer
 WHERE place = :place AND day = :day AND sitting = :sitting AND comes = 1 AND ended_at IS NULL
 ORDER BY id LIMIT 20;

-- :day_people
SELECT id FROM meal_bringer
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL
 ORDER BY id LIMIT 20;

-- Who was at hand the last time that anybody was named.
-- :usual_people
SELECT id FROM meal_bringer
 WHERE place = :place AND sitting = :sitting AND comes = 1 AND ended_at IS NULL
   AND day = (SELECT MAX(b.day) FROM meal_bringer b
               WHERE b.place = :place AND b.sitting = :sitting AND b.day < :day
                 AND b.ended_at IS NULL)
 ORDER BY id LIMIT 20;

-- A person's row in a round, by the carer.
-- :run_bringer
SELECT id FROM meal_bringer
 WHERE place = :place AND day = :day AND sitting = :sitting AND carer = :carer
   AND ended_at IS NULL LIMIT 1;

-- Who brought an elder her meals, the most frequent last.
-- :delivery_usual
SELECT s.elder, r.carer, COUNT(*) FROM meal_run r JOIN meal_stop s ON s.run = r.id
 WHERE r.place = :place AND r.day >= :since AND r.day < :before AND r.carer IS NOT NULL
   AND r.ended_at IS NULL AND s.elder IS NOT NULL AND s.state IN ('handed', 'left')
 GROUP BY s.elder, r.carer ORDER BY s.elder, COUNT(*), r.carer LIMIT 4000;

-- The later rounds of the same person that have not left.
-- :run_after
SELECT o.id FROM meal_run r JOIN meal_run o ON o.bringer = r.bringer
 WHERE r.id = :run AND o.trip > r.trip AND o.state = 'planned' AND o.ended_at IS NULL
 ORDER BY o.trip LIMIT 12;

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

-- The last that came of it at the door.
-- :order_brought
SELECT * FROM meal_stop
 WHERE care_order = :care_order AND state IN ('handed', 'left', 'nobody') AND ended_at IS NULL
 ORDER BY id DESC LIMIT 1;

-- :carer_stops
SELECT s.id FROM meal_stop s JOIN meal_run r ON r.id = s.run
 WHERE r.carer = :carer AND r.day = :day AND s.state <> 'dropped' AND s.ended_at IS NULL
   AND r.ended_at IS NULL
 ORDER BY r.sitting, r.leave_min, r.id, s.seq LIMIT 90;

-- A stop that says brought while its order does not.
-- :stop_order_check
SELECT s.id AS id FROM meal_stop s JOIN care_order o ON o.id = s.care_order
 WHERE s.state IN ('handed', 'left') AND o.state IN ('placed', 'accepted', 'under_way');
