-- counter.sql - who eats here, what she had today, and what a day has brought in.

-- The meal of the day that has the subsidy, wherever it was: its point and its hour.
-- :counter_used
SELECT o.id, o.org, o.start_min, p.name, o.number
  FROM care_order o LEFT JOIN place p ON p.id = o.place
 WHERE o.elder = :elder AND o.day = :day AND o.subsidy > 0
   AND o.state NOT IN ('draft', 'declined', 'cancelled') AND o.id <> :but AND o.ended_at IS NULL
 LIMIT 1;

-- What she ordered ahead to eat here today and has not had.
-- :counter_ahead
SELECT o.id FROM care_order o JOIN catalogue_item i ON i.id = o.item
 WHERE o.elder = :elder AND o.day = :day AND o.org = :org AND i.category = 'meal'
   AND i.at_home = 0 AND o.state IN ('placed', 'accepted') AND o.ended_at IS NULL
 ORDER BY o.start_min, o.id LIMIT 1;

-- Meals that she has had here today, subsidised or not.
-- :counter_had
SELECT COUNT(*) FROM care_order o JOIN catalogue_item i ON i.id = o.item
 WHERE o.elder = :elder AND o.day = :day AND i.category = 'meal'
   AND o.state IN ('served', 'confirmed', 'rated', 'disputed') AND o.ended_at IS NULL;

-- The diets of the last meal that had any.
-- :counter_diets
SELECT diets FROM care_order
 WHERE elder = :elder AND sitting <> 'none' AND diets <> 0 AND ended_at IS NULL
 ORDER BY day DESC, id DESC LIMIT 1;

-- Who eats here: the most regular of the last weeks, and who ordered for today.
-- :counter_diners
SELECT o.elder FROM care_order o JOIN catalogue_item i ON i.id = o.item
  JOIN elder e ON e.id = o.elder
 WHERE o.org = :org AND o.day BETWEEN :from AND :day AND i.category = 'meal'
   AND o.state NOT IN ('draft', 'declined', 'cancelled') AND o.ended_at IS NULL
   AND e.died_on IS NULL AND e.ended_at IS NULL
 GROUP BY o.elder
 ORDER BY MAX(CASE WHEN o.day = :day THEN 1 ELSE 0 END) DESC, COUNT(*) DESC, o.elder
 LIMIT :most;

-- How often one of them ate here in that time; 0: no diner.
-- :counter_is_diner
SELECT COUNT(*) FROM care_order o JOIN catalogue_item i ON i.id = o.item
 WHERE o.elder = :elder AND o.org = :org AND o.day BETWEEN :from AND :day
   AND i.category = 'meal' AND o.state NOT IN ('draft', 'declined', 'cancelled')
   AND o.ended_at IS NULL;

-- :counter_card
SELECT elder FROM diner_card WHERE number = :number AND state = 'active' AND ended_at IS NULL
 LIMIT 1;

-- Cards of herself and of those whose records she may read (bit 2 of the bond).
-- :counter_my_cards
SELECT e.name, k.number FROM diner_card k JOIN elder e ON e.id = k.elder
 WHERE k.state = 'active' AND k.ended_at IS NULL AND e.ended_at IS NULL
   AND k.elder IN (SELECT id FROM elder WHERE account = :account
                   UNION SELECT elder FROM bond WHERE account = :account AND state = 'active'
                     AND ended_at IS NULL AND (may & 2) = 2)
 ORDER BY k.id LIMIT 20;

-- :counter_cards_of
SELECT number FROM diner_card WHERE elder = :elder AND state = 'active' AND ended_at IS NULL
 ORDER BY id LIMIT 3;

-- :counter_photo
SELECT id FROM file
 WHERE entity = 'elder' AND row_id = :elder AND type LIKE 'image/%' AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- The meals one may buy at the organisation's counters.
-- :counter_offers
SELECT f.id FROM offer f JOIN catalogue_item i ON i.id = f.item
 WHERE f.org = :org AND f.state = 'published' AND f.ended_at IS NULL AND i.category = 'meal'
   AND i.at_home = 0
 ORDER BY f.id LIMIT 20;

-- A day at a counter so far.
-- :counter_day
SELECT COUNT(*), COALESCE(SUM(quantity), 0),
       COALESCE(SUM(CASE WHEN elder IS NULL THEN 1 ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN paid = 1 AND pay_way = 'cash' THEN own_pay ELSE 0 END), 0),
       COALESCE(SUM(CASE WHEN paid = 1 AND pay_way = 'station_qr' THEN own_pay ELSE 0 END), 0),
       COALESCE(SUM(subsidy), 0),
       COALESCE(SUM(CASE WHEN state = 'clash' THEN 1 ELSE 0 END), 0)
  FROM counter_meal
 WHERE org = :org AND day = :day AND state <> 'undone' AND ended_at IS NULL;

-- What stands in the books of a day, by source, way of paying and who had it.
-- :close_sums
SELECT source, pay_way, COALESCE(carer, 0), SUM(amount), COUNT(*), SUM(late) FROM payment
 WHERE place = :place AND day = :day AND ended_at IS NULL
 GROUP BY source, pay_way, COALESCE(carer, 0)
 ORDER BY source, pay_way, COALESCE(carer, 0) LIMIT 200;

-- Days on which a place took money, without a closing.
-- :close_wanted
SELECT p.place, p.day FROM payment p
 WHERE p.place IS NOT NULL AND p.day BETWEEN :from AND :today AND p.ended_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM day_close d WHERE d.place = p.place AND d.day = p.day
                                               AND d.ended_at IS NULL)
 GROUP BY p.place, p.day ORDER BY p.day, p.place LIMIT :most;

-- A closed day to whose books something was added afterwards.
-- :close_check
SELECT d.id AS id FROM day_close d
 WHERE d.state <> 'open' AND d.ended_at IS NULL
   AND d.cash + d.qr + d.transfer + d.monthly <>
       (SELECT COALESCE(SUM(p.amount), 0) FROM payment p
         WHERE p.place = d.place AND p.day = d.day AND p.ended_at IS NULL) LIMIT 100;

-- A counter's meal without its order.
-- :counter_order_check
SELECT m.id AS id FROM counter_meal m
 WHERE NOT EXISTS (SELECT 1 FROM care_order o WHERE o.id = m.care_order) LIMIT 100;

-- The closed days of a place from one on: their money is counted, nothing is added to them.
-- :payment_closed_days
SELECT day FROM day_close
 WHERE place = :place AND day BETWEEN :day AND :last AND state <> 'open' AND ended_at IS NULL
 ORDER BY day;
