-- remind.sql - who eats there and has not ordered; what ends on a day.

-- :remind_points
SELECT place FROM meal_point
 WHERE state = 'published' AND place > :after AND ended_at IS NULL ORDER BY place LIMIT 100;

-- Who had this meal there on so many days of the last two weeks, and has none of it that day.
-- :remind_diners
SELECT elder, MIN(scope) FROM care_order
 WHERE place = :place AND day BETWEEN :day - 14 AND :day - 1 AND sitting = :sitting
   AND sitting <> 'none' AND elder > :after AND ended_at IS NULL
   AND state NOT IN ('draft', 'declined', 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM care_order other
                    WHERE other.elder = care_order.elder AND other.day = :day
                      AND other.sitting = :sitting AND other.ended_at IS NULL
                      AND other.state NOT IN ('draft', 'declined', 'cancelled'))
 GROUP BY elder HAVING COUNT(DISTINCT day) >= :times
 ORDER BY elder LIMIT 100;

-- :remind_agreements
SELECT id FROM agreement
 WHERE state = 'active' AND valid_to = :until AND id > :after AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- :remind_plans
SELECT id FROM package_plan
 WHERE state = 'active' AND until_day = :until AND id > :after AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- :remind_bonds
SELECT id FROM bond
 WHERE state = 'active' AND valid_until = :until AND id > :after AND ended_at IS NULL
 ORDER BY id LIMIT 100;
