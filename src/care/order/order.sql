-- order.sql - orders, their parts and what happened to them.

-- :bond_may_order
SELECT COUNT(*) FROM bond
 WHERE elder = :elder AND account = :account AND state = 'active' AND ended_at IS NULL
   AND (may & 1) = 1;

-- The visit of an order that has not been called off.
-- :order_visit
SELECT id FROM visit WHERE care_order = :care_order AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY seat, id DESC LIMIT 1;

-- All of them: one, or the two who go together.
-- :order_visits
SELECT * FROM visit WHERE care_order = :care_order AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY seat, id LIMIT 2;

-- Who goes with her.
-- :visit_mate
SELECT * FROM visit
 WHERE care_order = :care_order AND seat <> :seat AND state <> 'cancelled' AND ended_at IS NULL
 ORDER BY seat, id LIMIT 1;

-- Sent for an order of two, and not two of them.
-- :order_two_check
SELECT care_order.id AS id FROM care_order
 WHERE care_order.state = 'assigned' AND care_order.carers = 2
   AND 2 <> (SELECT COUNT(*) FROM visit
              WHERE visit.care_order = care_order.id AND visit.state <> 'cancelled'
                AND visit.seat <> 'alone');

-- What a carer already has at that time.
-- :carer_clash
SELECT id FROM visit
 WHERE carer = :carer AND day = :day AND start_min < :end_min AND end_min > :start_min
   AND state IN ('planned', 'arrived') AND id <> :but AND ended_at IS NULL
 LIMIT 1;

-- An order of hers that stands at that time.
-- :order_clash
SELECT number FROM care_order
 WHERE elder = :elder AND day = :day AND start_min < :end_min AND end_min > :start_min
   AND state IN ('placed', 'accepted', 'assigned', 'under_way') AND ended_at IS NULL
 ORDER BY start_min, id LIMIT 1;

-- :order_parts
SELECT * FROM order_part WHERE care_order = :care_order ORDER BY id;

-- What happened to an order, oldest first.
-- :order_happened
SELECT created_at AS at, action, role, entity FROM history
 WHERE entity = 'care_order' AND row_id = :care_order ORDER BY id LIMIT 200;

-- The same with its visits, when it has any. A visit's arrival and end stand at the moment they
-- were, which a phone without network tells later.
-- :order_and_visits_happened
SELECT CASE WHEN history.entity = 'visit' AND history.action = 'arrive'
            THEN COALESCE(visit.arrived_at, history.created_at)
            WHEN history.entity = 'visit' AND history.action IN ('finish', 'not_met')
            THEN COALESCE(visit.done_at, history.created_at)
            ELSE history.created_at END AS at,
       history.action, history.role, history.entity
  FROM history LEFT JOIN visit ON history.entity = 'visit' AND visit.id = history.row_id
 WHERE (history.entity = 'care_order' AND history.row_id = :care_order)
    OR (history.entity = 'visit'
        AND history.row_id IN (SELECT id FROM visit WHERE care_order = :care_order))
 ORDER BY at, history.id LIMIT 200;

-- How often a carer has been in this home before.
-- :carer_visits_here
SELECT COUNT(*) FROM visit JOIN care_order ON care_order.id = visit.care_order
 WHERE visit.carer = :carer AND visit.state = 'done' AND visit.day < :day
   AND (care_order.elder = :elder OR (care_order.elder IS NULL AND care_order.account = :account));

-- Orders whose service was done so long ago that silence is consent: as the index of states and
-- days lies, for by their ids all orders ever confirmed would be passed at each hundred.
-- :orders_to_confirm
SELECT id, version FROM care_order WHERE state = 'served' AND day <= :until
 ORDER BY day, id LIMIT 100;

-- A price that its parts do not add up to.
-- :order_parts_check
SELECT care_order.id AS id FROM care_order
 WHERE care_order.price <> (SELECT COALESCE(SUM(amount), 0) FROM order_part
                             WHERE order_part.care_order = care_order.id);

-- An order under way or served without its visit.
-- :order_visit_check
SELECT care_order.id AS id FROM care_order
 WHERE care_order.state IN ('assigned', 'under_way', 'served')
   AND care_order.item IN (SELECT id FROM catalogue_item WHERE at_home = 1)
   AND NOT EXISTS (SELECT 1 FROM visit WHERE visit.care_order = care_order.id
                                         AND visit.state <> 'cancelled')
   AND NOT EXISTS (SELECT 1 FROM meal_stop WHERE meal_stop.care_order = care_order.id
                                             AND meal_stop.state <> 'dropped');

-- :carer_papers
SELECT kind, number, valid_to FROM paper
 WHERE carer = :carer AND ended_at IS NULL ORDER BY kind LIMIT 12;

-- :order_is_own
SELECT COUNT(*) FROM care_order
 WHERE id = :id
   AND (account = :account
        OR elder IN (SELECT id FROM elder WHERE account = :account)
        OR elder IN (SELECT elder FROM bond
                      WHERE account = :account AND state = 'active' AND ended_at IS NULL
                        AND (may & 2) = 2));

-- Her photo: the first picture among her files.
-- :carer_photo
SELECT id FROM file
 WHERE entity = 'carer' AND row_id = :carer AND type LIKE 'image/%' AND ended_at IS NULL
 ORDER BY id LIMIT 1;

-- :visit_photos
SELECT COUNT(*) FROM file
 WHERE entity = 'visit' AND row_id = :visit AND type LIKE 'image/%' AND ended_at IS NULL;

-- Does another meal of that day have her subsidy?
-- :order_subsidy_used
SELECT COUNT(*) FROM care_order
 WHERE elder = :elder AND day = :day AND subsidy > 0
   AND state NOT IN ('draft', 'declined', 'cancelled') AND ended_at IS NULL;
