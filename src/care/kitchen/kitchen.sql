-- kitchen.sql - portions by sitting, way and diet.

-- What is to be cooked as it stands now.
-- :kitchen_now
SELECT sitting, way, diets, SUM(quantity), SUM(CASE WHEN late = 1 THEN quantity ELSE 0 END)
  FROM care_order
 WHERE place = :place AND day = :day AND sitting <> 'none' AND ended_at IS NULL
   AND state NOT IN ('draft', 'declined', 'cancelled')
 GROUP BY sitting, way, diets ORDER BY sitting, way, diets LIMIT 200;

-- :kitchen_fixed
SELECT sitting, way, diets, portions, created_at FROM kitchen_count
 WHERE place = :place AND day = :day AND ended_at IS NULL
 ORDER BY sitting, way, diets LIMIT 200;

-- Orders that came, changed or went after the cut-off.
-- :kitchen_late
SELECT number, sitting, way, diets, quantity, state, created_at, cut_off FROM care_order
 WHERE place = :place AND day = :day AND late = 1 AND sitting <> 'none' AND ended_at IS NULL
 ORDER BY id LIMIT 200;

-- Sittings whose cut-off has passed and that nobody has written down: one order stands for each.
-- :kitchen_due
SELECT MIN(o.id), 0 FROM care_order o
 WHERE o.day BETWEEN :since AND :until AND o.sitting <> 'none' AND o.cut_off <= :now
   AND o.place IS NOT NULL AND o.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM kitchen_count k
                    WHERE k.place = o.place AND k.day = o.day AND k.sitting = o.sitting
                      AND k.ended_at IS NULL)
 GROUP BY o.place, o.day, o.sitting HAVING MIN(o.id) > :after ORDER BY 1 LIMIT 100;

-- :kitchen_has
SELECT COUNT(*) FROM kitchen_count
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL;

-- The portions of one sitting.
-- :kitchen_sitting
SELECT way, diets, SUM(quantity) FROM care_order
 WHERE place = :place AND day = :day AND sitting = :sitting AND ended_at IS NULL
   AND state NOT IN ('draft', 'declined', 'cancelled')
 GROUP BY way, diets ORDER BY way, diets LIMIT 200;

-- The points that a kitchen supplies, with what is ordered there for a day.
-- :kitchen_points
SELECT m.place, m.org, o.sitting, SUM(o.quantity)
  FROM meal_point m JOIN care_order o ON o.place = m.place
 WHERE m.kitchen = :kitchen AND m.state = 'published' AND m.ended_at IS NULL AND o.day = :day
   AND o.sitting <> 'none' AND o.state NOT IN ('draft', 'declined', 'cancelled')
   AND o.ended_at IS NULL
 GROUP BY m.place, m.org, o.sitting ORDER BY m.place, o.sitting LIMIT 300;

-- :kitchen_batch
SELECT * FROM meal_batch
 WHERE kitchen = :kitchen AND place = :place AND day = :day AND sitting = :sitting
   AND ended_at IS NULL LIMIT 1;

-- :kitchen_vans
SELECT id FROM meal_van WHERE kitchen = :kitchen AND works = 1 AND ended_at IS NULL
 ORDER BY id LIMIT 20;

-- Batches that have not left, with the minute of the first meal there (0: nobody ordered any more).
-- :kitchen_to_bring
SELECT b.id, COALESCE((SELECT MIN(o.start_min) FROM care_order o
                        WHERE o.place = b.place AND o.day = b.day AND o.sitting = b.sitting
                          AND o.state NOT IN ('draft', 'declined', 'cancelled')
                          AND o.ended_at IS NULL), 0)
  FROM meal_batch b
 WHERE b.kitchen = :kitchen AND b.day = :day AND b.sitting = :sitting AND b.state = 'planned'
   AND b.ended_at IS NULL ORDER BY b.place, b.id LIMIT 100;

-- What a kitchen brings on a day, van by van, in order.
-- :kitchen_batches
SELECT id FROM meal_batch
 WHERE kitchen = :kitchen AND day = :day AND ended_at IS NULL
 ORDER BY sitting DESC, CASE WHEN van IS NULL THEN 1 ELSE 0 END, van, van_trip, seq, id LIMIT 100;

-- What a driver brings on a day, in the order of going.
-- :driver_batches
SELECT b.id FROM meal_batch b JOIN meal_van v ON v.id = b.van
 WHERE v.driver_carer = :carer AND b.day = :day AND b.ended_at IS NULL AND v.ended_at IS NULL
 ORDER BY b.leave_min, b.van_trip, b.seq, b.id LIMIT 100;
