-- standing.sql - rules, their days, pauses.

-- :standing_days_between
SELECT * FROM standing_day
 WHERE standing_order = :standing_order AND day BETWEEN :first AND :last AND ended_at IS NULL
 ORDER BY day LIMIT 62;

-- :standing_day_find
SELECT * FROM standing_day
 WHERE standing_order = :standing_order AND day = :day AND ended_at IS NULL;

-- :standing_active
SELECT id FROM standing_order
 WHERE state = 'active' AND id > :after AND ended_at IS NULL ORDER BY id LIMIT 8;

-- :standing_active_of
SELECT id FROM standing_order
 WHERE elder = :elder AND state = 'active' AND ended_at IS NULL ORDER BY id LIMIT 50;

-- Rules whose last day is over.
-- :standing_past
SELECT id, version FROM standing_order
 WHERE state = 'active' AND until_day < :today AND id > :after AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- A day that says it was ordered without an order of that rule.
-- :standing_day_without_order
SELECT standing_day.id AS id FROM standing_day
 WHERE standing_day.state = 'made' AND standing_day.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM care_order
                    WHERE care_order.id = standing_day.care_order
                      AND care_order.standing = standing_day.standing_order) LIMIT 100;

-- A living order of a rule that no day of it holds.
-- :standing_order_strays
SELECT care_order.id AS id FROM care_order
 WHERE care_order.standing IS NOT NULL
   AND care_order.state NOT IN ('cancelled', 'declined')
   AND NOT EXISTS (SELECT 1 FROM standing_day
                    WHERE standing_day.standing_order = care_order.standing
                      AND standing_day.care_order = care_order.id) LIMIT 100;

-- :pause_on
SELECT * FROM pause
 WHERE elder = :elder AND state <> 'withdrawn' AND from_day <= :day
   AND (until_day IS NULL OR until_day >= :day) AND ended_at IS NULL
 ORDER BY id DESC LIMIT 1;

-- What stands in a span and has not begun. A place in a class is kept: she is excused there.
-- :pause_orders
SELECT id FROM care_order
 WHERE elder = :elder AND day BETWEEN :first AND :last
   AND (day > :today OR start_min > :minute)
   AND state IN ('placed', 'accepted', 'assigned') AND ended_at IS NULL
   AND (gathering IS NULL OR gathering IN (SELECT id FROM gathering WHERE kind = 'outing'))
 ORDER BY day, start_min, id LIMIT 200;

-- The day of a rule that an order came from.
-- :standing_day_by_order
SELECT standing_day.* FROM standing_day
  JOIN care_order ON care_order.id = :care_order
                 AND care_order.standing = standing_day.standing_order
 WHERE standing_day.care_order = :care_order AND standing_day.ended_at IS NULL;

-- Pauses that somebody must be asked about today.
-- :pause_ask
SELECT id, version FROM pause
 WHERE state = 'active' AND ask_on <= :today AND id > :after AND ended_at IS NULL
 ORDER BY id LIMIT 100;

-- Two pauses of one elder at once: a defect that check reports.
-- :pause_twice
SELECT elder FROM pause WHERE state = 'active' AND ended_at IS NULL
 GROUP BY elder HAVING COUNT(*) > 1 LIMIT 100;

-- A rule's orders that stand in a pause: a defect that check reports.
-- :pause_orders_left
SELECT care_order.id AS id FROM care_order
  JOIN pause ON pause.elder = care_order.elder
 WHERE pause.state = 'active' AND pause.ended_at IS NULL AND care_order.standing IS NOT NULL
   AND care_order.day > pause.from_day
   AND (pause.until_day IS NULL OR care_order.day <= pause.until_day)
   AND care_order.state IN ('placed', 'accepted', 'assigned') LIMIT 100;
