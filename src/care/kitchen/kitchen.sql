-- kitchen.sql - portions by sitting, way and diet.

-- What is to be cooked as it stands now: ordered here, and at the points supplied from here.
-- :kitchen_now
SELECT sitting, way, diets, SUM(quantity)
  FROM care_order
 WHERE place IN (SELECT id FROM place WHERE id = :place UNION
                   SELECT place FROM meal_point WHERE kitchen = :place AND state = 'published'
                      AND ended_at IS NULL)
   AND day = :day AND sitting <> 'none' AND ended_at IS NULL
   AND state NOT IN ('draft', 'declined', 'cancelled')
 GROUP BY sitting, way, diets ORDER BY sitting, way, diets LIMIT 200;

-- :kitchen_fixed
SELECT sitting, way, diets, SUM(portions) FROM kitchen_count
 WHERE place IN (SELECT id FROM place WHERE id = :place UNION
                   SELECT place FROM meal_point WHERE kitchen = :place AND state = 'published'
                      AND ended_at IS NULL)
   AND day = :day AND ended_at IS NULL
 GROUP BY sitting, way, diets ORDER BY sitting, way, diets LIMIT 200;

-- The same, point by point and diet by diet.
-- :kitchen_now_at
SELECT o.place, o.sitting, o.diets, SUM(o.quantity), p.name
  FROM care_order o JOIN place p ON p.id = o.place
 WHERE o.place IN (SELECT id FROM place WHERE id = :place UNION
                   SELECT place FROM meal_point WHERE kitchen = :place AND state = 'published'
                      AND ended_at IS NULL)
   AND o.day = :day AND o.sitting <> 'none' AND o.ended_at IS NULL
   AND o.state NOT IN ('draft', 'declined', 'cancelled')
 GROUP BY o.place, o.sitting, o.diets, p.name ORDER BY o.place, o.sitting, o.diets LIMIT 3000;

-- :kitchen_fixed_at
SELECT k.place, k.sitting, SUM(k.portions), p.name
  FROM kitchen_count k JOIN place p ON p.id = k.place
 WHERE k.place IN (SELECT id FROM place WHERE id = :place UNION
                   SELECT place FROM meal_point WHERE kitchen = :place AND state = 'published'
                      AND ended_at IS NULL)
   AND k.day = :day AND k.ended_at IS NULL
 GROUP BY k.place, k.sitting, p.name ORDER BY k.place, k.sitting LIMIT 1000;

-- Orders that came, changed or went after the cut-off.
-- :kitchen_late
SELECT o.number, o.sitting, o.way, o.diets, o.quantity, o.state, o.created_at, o.cut_off, p.name
  FROM care_order o JOIN place p ON p.id = o.place
 WHERE o.place IN (SELECT id FROM place WHERE id = :place UNION
                   SELECT place FROM meal_point WHERE kitchen = :place AND state = 'published'
                      AND ended_at IS NULL)
   AND o.day = :day AND o.late = 1 AND o.sitting <> 'none' AND o.ended_at IS NULL
 ORDER BY o.id LIMIT 200;

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
SELECT m.place, m.org, o.sitting, SUM(o.quantity), m.scope
  FROM meal_point m JOIN care_order o ON o.place = m.place
 WHERE m.kitchen = :kitchen AND m.state = 'published' AND m.ended_at IS NULL AND o.day = :day
   AND o.sitting <> 'none' AND o.state NOT IN ('draft', 'declined', 'cancelled')
   AND o.ended_at IS NULL
 GROUP BY m.place, m.org, m.scope, o.sitting ORDER BY m.place, o.sitting LIMIT 300;

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
